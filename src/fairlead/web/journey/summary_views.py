"""Summaries of a quarter or a year: drafted, edited, printed, taken along (rows 102, 103)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web import access
from fairlead.web.journey import summary_actions as actions
from fairlead.web.journey import summary_forms as forms
from fairlead.web.journey import summary_queries as queries
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from uuid import UUID

    from fairlead.web.people.asking import MemberRequest

show_or_send = require_http_methods(["GET", "HEAD", "POST"])


@show_or_send
@login_required
def summaries(request: MemberRequest) -> HttpResponse:
    """List the times that can be summarized, or draft one."""
    person = request.user.person
    if request.method != "POST":
        return render(request, "journey/summaries.html", {"times": queries.times(person)})
    form = forms.BeginForm(request.POST)
    wrong = "Choose one of the quarters or years below."
    if form.is_valid():
        try:
            made = actions.begin(actor=person, **form.cleaned_data)
        except Refused as no:
            wrong = str(no)
        else:
            return redirect("journey:summary", pk=made.pk)
    page = {"times": queries.times(person), "wrong": wrong}
    return render(request, "journey/summaries.html", page, status=422)


@require_safe
@login_required
def summary(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Show a summary as it is printed."""
    found = access.get(request.user, "summary.view", pk)
    return render(request, "journey/summary.html", {"standing": queries.standing(found)})


@show_or_send
@login_required
def edit(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Change a summary; what stood there is kept as a version."""
    found = access.get(request.user, "summary.view", pk)
    now = queries.standing(found)
    sent = request.POST if request.method == "POST" else None
    form = forms.SummaryForm(sent, content=now.content, number=now.number)
    if form.is_bound and form.is_valid():
        try:
            actions.edit(
                actor=request.user.person,
                summary=found,
                content=form.content(),
                seen=form.cleaned_data["seen"],
            )
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Kept as a new version.")
            return redirect("journey:summary", pk=pk)
    page = {"form": form, "standing": now}
    return render(request, "journey/summary_edit.html", page, status=422 if form.errors else 200)


@require_POST
@login_required
def draft_anew(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Draft it again from the entries."""
    found = access.get(request.user, "summary.view", pk)
    with telling(request, "Drafted anew. What stood there is the version before."):
        actions.draft_anew(actor=request.user.person, summary=found)
    return redirect("journey:summary", pk=pk)


@require_POST
@login_required
def restore(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Go back to an earlier version."""
    found = access.get(request.user, "summary.view", pk)
    form = forms.RestoreForm(request.POST)
    number = form.cleaned_data["number"] if form.is_valid() else 0
    with telling(request, "The earlier version stands again."):
        actions.restore(actor=request.user.person, summary=found, number=number)
    return redirect("journey:summary", pk=pk)


@require_POST
@login_required
def remove(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Delete a summary."""
    found = access.get(request.user, "summary.view", pk)
    actions.remove(actor=request.user.person, summary=found)
    messages.success(request, "The summary is deleted. Your entries are as they were.")
    return redirect("journey:summaries")


@require_safe
@login_required
def file(request: MemberRequest, pk: UUID, form: str) -> HttpResponse:
    """Give a summary as a file."""
    found = access.get(request.user, "summary.view", pk)
    if form not in queries.FORMS:
        raise Http404(access.NOT_HERE)
    name = f"summary-{found.year}{f'-q{found.quarter}' if found.quarter else ''}.{form}"
    answer = HttpResponse(queries.written(found, form), content_type=queries.FORMS[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
