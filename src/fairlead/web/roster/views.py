"""Looking at the organization: the chart, a person, a unit, finding somebody, on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from fairlead.web import access, trail
from fairlead.web.roster import actions, chart, drawing, forms, queries

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest


def operates(request: MemberRequest) -> bool:
    """Say whether what only people operations see may be shown now: with the second factor, if one is due."""
    try:
        access.require(request.user, "roster.edit")
    except (Http404, access.SecondFactorNeeded):
        return False
    return True


def _day(request: MemberRequest) -> date:
    """Give the day that is looked at; another one than today is for people operations alone."""
    today = timezone.localdate()
    if not request.GET.get("on"):
        access.require(request.user, "roster.view")
        return today
    access.require(request.user, "roster.edit")
    return forms.DayForm(request.GET).day(today)


def _shown(request: MemberRequest, day: date, **more: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "day": day,
        "on": f"?on={day.isoformat()}" if day != today else "",
        "other_day": day != today,
        "operates": operates(request),
        "may_operate": access.may(request.user, "roster.edit"),
        "day_form": forms.DayForm(initial={"on": day}),
        **more,
    }


@require_safe
@login_required
def organization(request: MemberRequest) -> HttpResponseBase:
    """Show the top floors; the rest opens branch by branch."""
    day = _day(request)
    page = chart.whole(day)
    shown = _shown(request, day, page=page, marks=drawing.marks(page.nodes))
    return render(request, "roster/organization.html", shown)


@require_safe
@login_required
def branch(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show one person, those above and those below; to htmx only those below."""
    day = _day(request)
    number = request.GET.get("page", "1")
    page = chart.branch(day, pk, int(number) if number.isdecimal() and len(number) < 6 else 1)
    if page is None:
        raise Http404(access.NOT_HERE)
    shown = _shown(request, day, page=page, marks=drawing.marks(page.nodes), pk=pk)
    return render(request, "roster/_below.html" if request.htmx else "roster/branch.html", shown)


@require_safe
@login_required
def find(request: MemberRequest) -> HttpResponseBase:
    """Find people and units."""
    access.require(request.user, "roster.view")
    found = chart.search(request.GET.get("q", ""), timezone.localdate())
    return render(request, "roster/_found.html" if request.htmx else "roster/find.html", {"found": found})


@require_safe
@login_required
def person(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show one person; what only they and people operations see, only to them."""
    all_of_it = operates(request)
    found = access.get(request.user, "roster.edit" if all_of_it else "roster.view", pk)
    me = request.user.person
    shown = queries.profile(found, timezone.localdate(), full=all_of_it or found.pk == me.pk)
    if shown.full:
        trail.saw(me, found, subject=found)
    return render(
        request, "roster/person.html", {"shown": shown, "operates": all_of_it, "mine": found.pk == me.pk}
    )


@require_safe
@login_required
def printed(request: MemberRequest) -> HttpResponseBase:
    """Show the whole chart, or one branch of it, all open and set for paper."""
    day = _day(request)
    root = request.GET.get("under", "")
    pk = (
        access.get(request.user, "roster.edit" if day != timezone.localdate() else "roster.view", root).pk
        if root
        else None
    )
    page = chart.printed(day, pk)
    if page is None:
        raise Http404(access.NOT_HERE)
    shown = _shown(request, day, page=page, marks=drawing.marks(page.nodes), most=chart.PRINTED)
    return render(request, "roster/printed.html", shown)


@require_safe
@login_required
def units(request: MemberRequest) -> HttpResponseBase:
    """List the units."""
    access.require(request.user, "roster.view")
    rows = queries.unit_tree(timezone.localdate())
    return render(request, "roster/units.html", {"rows": rows, "operates": operates(request)})


@require_safe
@login_required
def unit(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show one unit and its people of today."""
    found = access.get(request.user, "roster.unit", pk)
    shown = queries.unit_page(found, timezone.localdate())
    return render(request, "roster/unit.html", shown | {"operates": operates(request)})


@require_POST
@login_required
@access.fresh(needs="roster.edit")
def export(request: MemberRequest) -> HttpResponseBase:
    """Give the whole roster as a file that could be imported."""
    me = access.require(request.user, "roster.edit")
    actions.note_export(me)
    name = f"roster-{timezone.localdate():%Y-%m-%d}.csv"
    return as_csv(queries.export_csv(), name)


def as_csv(data: bytes, name: str) -> HttpResponse:
    """Give a table as a download."""
    return HttpResponse(
        data,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
