"""The plan on one page: to read and print, to write, to undo (row 68)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web import access, asked_in, showing
from fairlead.web.growth import plan_actions as actions
from fairlead.web.growth import plan_queries as queries
from fairlead.web.growth.plan_forms import PlanForm
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest
    from fairlead.web.people.models import Person


@require_safe
@login_required
@asked_in.speaks()
def plan(request: MemberRequest) -> HttpResponseBase:
    """Show the plan, or how to begin one."""
    shown = queries.shown(request.user.person)
    page: dict[str, Any] = {"shown": shown}
    if shown is not None:
        page["seen_by"] = showing.seen_by("plan", shown.plan.pk)
        page["comments"] = showing.comments("plan", shown.plan.pk)
    return render(request, "growth/plan_page.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@asked_in.speaks()
def write(request: MemberRequest) -> HttpResponseBase:
    """Write the plan; one more year than now can be asked for, up to five."""
    person = request.user.person
    years = _years(request, person)
    sent = request.POST if request.method == "POST" else None
    today = timezone.localdate(timezone=ZoneInfo(person.zone))
    form = PlanForm(sent, years=years, initial=_initial(person), today=today)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.keep(
            person,
            start=said["start"],
            aim=said["aim"],
            review_on=said["review_on"],
            years=form.years_said(),
        )
        messages.success(request, gettext_noop("Kept. The last change can be undone."))
        return redirect("growth:plan")
    page = {
        "form": form,
        "count": len(years),
        "counts": range(queries.FEWEST_YEARS, queries.MOST_YEARS + 1),
    }
    return render(request, "growth/plan_write.html", page, status=422 if form.errors else 200)


def _years(request: MemberRequest, person: Person) -> range:
    """Give the years the form asks about: as many as its address says, else as many as are planned."""
    asked = request.GET.get("years", "")
    this = timezone.localdate().year
    if asked.isdecimal() and len(asked) == 1 and queries.FEWEST_YEARS <= int(asked) <= queries.MOST_YEARS:
        return range(this, this + int(asked))
    return queries.span(person)


def _initial(person: Person) -> dict[str, Any]:
    there = queries.plan_of(person)
    found: dict[str, Any] = {
        f"{name}_{year}": text
        for year, said in queries.years_of(person).items()
        for name, text in said.items()
    }
    if there is not None:
        found |= {"start": there.start, "aim": there.aim, "review_on": there.review_on}
    return found


@require_POST
@login_required
@asked_in.speaks()
def undo(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Undo the last change."""
    found = access.get(request.user, "plan.view", pk)
    with telling(request, gettext_noop("Undone. The plan stands as it did before the last change.")):
        actions.undo(request.user.person, plan=found)
    return redirect("growth:plan")


@require_POST
@login_required
@asked_in.speaks()
def delete(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Delete the plan."""
    found = access.get(request.user, "plan.view", pk)
    actions.delete(request.user.person, plan=found)
    messages.success(
        request, gettext_noop("The plan has been deleted, with everything that stood there before.")
    )
    return redirect("growth:plan")
