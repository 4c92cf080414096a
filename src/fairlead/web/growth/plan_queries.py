"""Reading the plan on one page (row 68)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext_noop

from fairlead.web import asked_in
from fairlead.web.growth.later_models import Plan
from fairlead.web.growth.models import Year

if TYPE_CHECKING:
    from datetime import date

    from fairlead.web.people.models import Person

PARTS: Final = {
    "able": gettext_noop("What I want to be able to do"),
    "tried": gettext_noop("What I want to have tried"),
    "let_go": gettext_noop("What I want to have let go of"),
    "help": gettext_noop("Who could help"),
}
"""What is asked of each year."""

FEWEST_YEARS, MOST_YEARS = 3, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanYear:
    """One year of the plan, part by part in their order."""

    year: int
    parts: tuple[tuple[str, str], ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written for it."""
        return not any(said for _label, said in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The whole plan: what lies ahead, what is over, and whether it is time to look at it again."""

    plan: Plan
    ahead: tuple[PlanYear, ...]
    over: tuple[PlanYear, ...]
    is_due: bool
    can_be_undone: bool


def plan_of(person: Person) -> Plan | None:
    """Give the person's plan, if there is one."""
    return Plan.objects.filter(owner=person).first()


def years_of(person: Person) -> dict[int, dict[str, str]]:
    """Give what is written for each year."""
    return {one.year: one.content for one in Year.objects.filter(owner=person)}


def shown(person: Person) -> Shown | None:
    """Lay the plan out; ``None`` where there is none."""
    plan = plan_of(person)
    if plan is None:
        return None
    today = timezone.localdate()
    years = [_year(number, said) for number, said in years_of(person).items()]
    return Shown(
        plan=plan,
        ahead=tuple(one for one in years if one.year >= today.year),
        over=tuple(one for one in years if one.year < today.year),
        is_due=is_due(plan, today),
        can_be_undone=bool(plan.earlier),
    )


def is_due(plan: Plan, today: date) -> bool:
    """Say whether the day has come on which the person wanted to look at the plan again."""
    return plan.review_on is not None and plan.review_on <= today


def span(person: Person) -> range:
    """Give the years that the form asks about: from this one on, as many as were planned, three at least."""
    this = timezone.localdate().year
    last = max((year for year in years_of(person) if year >= this), default=this)
    return range(this, this + min(MOST_YEARS, max(FEWEST_YEARS, last - this + 1)))


def _year(number: int, said: dict[str, str]) -> PlanYear:
    return PlanYear(
        year=number, parts=tuple((asked_in.said(label), said.get(name, "")) for name, label in PARTS.items())
    )
