"""What one states about oneself; selection rates for those whose role it is; what was published of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web import access
from fairlead.web.access import fresh
from fairlead.web.promotions import (
    impact_counting,
    impact_forms,
    impact_reading,
    impact_statements,
)
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest

show_or_send = require_http_methods(["GET", "HEAD", "POST"])
FORMS: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def sent(request: MemberRequest) -> Any:
    """Give what a form sent, also when it sent nothing; ``None`` where the page is only shown."""
    return request.POST if request.method == "POST" else None


# --- about oneself --------------------------------------------------------------------------------------


@show_or_send
@login_required
def about_me(request: MemberRequest) -> HttpResponseBase:
    """Let somebody state something about themselves, change it, or leave it."""
    person = access.require(request.user, "self_statement.own")
    asked, own = impact_statements.questions(), impact_statements.own(person)
    said = own.content if own else {}
    form = impact_forms.StatementForm(sent(request), asked=asked, said=said)
    if form.is_bound and form.is_valid():
        impact_statements.state(person, form.answers())
        messages.success(request, "Kept as you said it." if form.answers() else "Nothing is stated.")
        return redirect("promotions:about_me")
    names = {str(one.pk): one for one in asked}
    gone = [answer for pk, answer in said.items() if pk not in names or answer not in names[pk].categories]
    shown = {"form": form, "asked": asked, "own": own, "gone": gone, "published": impact_reading.published()}
    return render(request, "promotions/impact/about_me.html", shown, status=422 if form.errors else 200)


@require_POST
@login_required
def take_back(request: MemberRequest) -> HttpResponseBase:
    """Remove all that somebody stated."""
    person = access.require(request.user, "self_statement.own")
    impact_statements.withdraw(person)
    messages.success(request, "Taken back. Nothing about you stands here any more.")
    return redirect("promotions:about_me")


# --- for the analyst ------------------------------------------------------------------------------------


@show_or_send
@login_required
@fresh(needs="impact.see")
def index(request: MemberRequest) -> HttpResponseBase:
    """Show what was counted and what waits; let the analyst have it counted."""
    access.require(request.user, "impact.see")
    works = access.may(request.user, "impact.work")
    form = impact_forms.CountForm(sent(request))
    if request.method == "POST":
        person = access.require(request.user, "impact.work")
        if form.is_valid():
            try:
                run = impact_counting.work_out(person, form.chosen)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect("runs:run", pk=run.pk)
    shown = {"page": impact_reading.home(request.user.person), "works": works, "form": form}
    return render(request, "promotions/impact/index.html", shown, status=422 if form.errors else 200)


@show_or_send
@login_required
@fresh(needs="impact.work")
def ask(request: MemberRequest) -> HttpResponseBase:
    """Let the analyst write down what people may state."""
    person = access.require(request.user, "impact.work")
    form = impact_forms.QuestionsForm(sent(request), asked=impact_statements.questions())
    if form.is_bound and form.is_valid():
        impact_statements.ask(person, form.wanted())
        messages.success(request, "Everybody is asked this from now on, if they want to say.")
        return redirect("promotions:impact")
    shown = {"form": form, "asked": impact_statements.questions()}
    return render(request, "promotions/impact/questions.html", shown, status=422 if form.errors else 200)


@require_safe
@login_required
@fresh(needs="impact.see")
def one(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show one release."""
    table = access.get(request.user, "impact.see", pk)
    shown = {
        "table": table,
        "page": impact_reading.page(table),
        "said": impact_reading.SAID,
        "works": access.may(request.user, "impact.work"),
    }
    return render(request, "promotions/impact/table.html", shown)


@require_safe
@login_required
@fresh(needs="impact.work")
def file(request: MemberRequest, pk: UUID, form: str) -> HttpResponseBase:
    """Hand a release out as a file."""
    person, table = access.require(request.user, "impact.work"), access.get(request.user, "impact.see", pk)
    if form not in FORMS:
        raise Http404(access.NOT_HERE)
    data = impact_reading.as_csv(table) if form == "csv" else impact_reading.as_json(table)
    impact_counting.exported(person, table, form)
    name = f"selection-rates-{table.made_at:%Y-%m-%d}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=FORMS[form], headers=headers)


@show_or_send
@login_required
@fresh(needs="impact.work")
def publish(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show what everybody would read, and publish it."""
    person, table = access.require(request.user, "impact.work"), access.get(request.user, "impact.work", pk)
    if table.state != table.State.RELEASED:
        raise Http404(access.NOT_HERE)
    form = impact_forms.PublishForm(sent(request), initial={"words": table.summary})
    if form.is_bound and form.is_valid():
        with telling(request, "Published. Everybody who is signed in can read it."):
            impact_counting.publish(person, table, form.cleaned_data["words"])
        return redirect("promotions:impact_table", pk=pk)
    shown = {"table": table, "page": impact_reading.summary(table), "form": form}
    return render(request, "promotions/impact/publish.html", shown, status=422 if form.errors else 200)


@require_POST
@login_required
@fresh(needs="impact.work")
def take_down(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Take a published summary back."""
    person, table = access.require(request.user, "impact.work"), access.get(request.user, "impact.work", pk)
    with telling(request, "Taken back. Nobody but those with a role for it reads it now."):
        impact_counting.take_down(person, table)
    return redirect("promotions:impact")


@require_safe
@login_required
def summary(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show a published summary to everybody."""
    table = access.get(request.user, "impact.summary", pk)
    shown = {"table": table, "page": impact_reading.summary(table), "said": impact_reading.SAID}
    return render(request, "promotions/impact/summary.html", shown)
