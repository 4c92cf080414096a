"""Writing the plan on one page: kept as a whole, and undone as a whole (row 68)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from fairlead.web import erasing, trail
from fairlead.web.growth.later_models import VERSIONS_KEPT, Plan
from fairlead.web.growth.models import Year
from fairlead.web.growth.plan_queries import years_of
from fairlead.web.people.models import Person
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    Content = Mapping[int, dict[str, str]]


@transaction.atomic
def keep(actor: Person, *, start: str, aim: str, review_on: date | None, years: Content) -> Plan:
    """Keep the plan as it was sent; what stood there before can be gone back to.

    Years that are over, and were not sent, stay as they are.
    """
    Person.objects.select_for_update().get(pk=actor.pk)
    plan, new = Plan.objects.get_or_create(owner=actor)
    before = _state(plan, actor)
    over = {year: said for year, said in years_of(actor).items() if year < timezone.localdate().year}
    after = {"start": start, "aim": aim, "review_on": _iso(review_on), "years": _written(over | dict(years))}
    if after == before and not new:
        return plan
    if not new:
        plan.earlier = [*plan.earlier, before | {"kept_on": plan.changed_on.isoformat()}][-VERSIONS_KEPT:]
    _put(actor, plan, after)
    trail.record(actor, "add" if new else "change", plan)
    return plan


@transaction.atomic
def undo(actor: Person, *, plan: Plan) -> None:
    """Put back what stood there before the last change."""
    now = Plan.objects.select_for_update().get(pk=plan.pk)
    if not now.earlier:
        raise Refused(gettext_noop("There is nothing to go back to."))
    before = now.earlier[-1]
    now.earlier = now.earlier[:-1]
    _put(actor, now, before)
    trail.record(actor, "undo", now)


@transaction.atomic
def delete(actor: Person, *, plan: Plan) -> None:
    """Delete the plan with all its years and everything that stood there before."""
    Year.objects.filter(owner=actor).delete()
    trail.record(actor, "delete", plan)
    plan.delete()
    erasing.for_good()


def _state(plan: Plan, actor: Person) -> dict[str, Any]:
    return {
        "start": plan.start,
        "aim": plan.aim,
        "review_on": _iso(plan.review_on),
        "years": _written(years_of(actor)),
    }


def _put(actor: Person, plan: Plan, state: Mapping[str, Any]) -> None:
    plan.start, plan.aim, plan.changed_on = state["start"], state["aim"], timezone.localdate()
    plan.review_on = date.fromisoformat(state["review_on"]) if state["review_on"] else None
    plan.save(update_fields=["start", "aim", "review_on", "changed_on", "earlier"])
    wanted = {int(year): said for year, said in state["years"].items()}
    Year.objects.filter(owner=actor).exclude(year__in=wanted).delete()
    for year, said in wanted.items():
        row, _new = Year.objects.get_or_create(owner=actor, year=year)
        row.content = said
        row.save(update_fields=["content"])
    erasing.for_good()


def _written(years: Content) -> dict[str, dict[str, str]]:
    """Give what is written, year by year, as it is stored; last years with nothing in them are left out."""
    this = timezone.localdate().year
    last = max((year for year, said in years.items() if any(said.values())), default=0)
    kept = {year: said for year, said in sorted(years.items()) if year <= last or year <= this}
    return {str(year): {name: text for name, text in said.items() if text} for year, said in kept.items()}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
