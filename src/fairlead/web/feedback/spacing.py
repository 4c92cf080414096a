"""The same questions asked of the same people too soon: two figures then differ by the answers of a few."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from fairlead.core.waves import DAYS
from fairlead.web.feedback import terms
from fairlead.web.feedback.models import Survey

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from fairlead.core.blocks import Organization
    from fairlead.library.schema import Instrument

Kind, State = Survey.Kind, Survey.State

APART: Final = timedelta(days=DAYS)

SOON: Final = (
    "Some of these people are asked the same questions{about} in another survey. Two figures of the same "
    "questions lie at least {days} days apart, or their difference would be the answers of a few: choose a "
    "last day from {day} on, or other questions."
)
CLONE: Final = (
    "A survey that is not over yet asks nearly the same people the same questions{about}. The difference of "
    "the two would be the answers of a few: choose a last day from {day} on, or other "
    "questions."
)


def too_soon(survey: Survey, instrument: Instrument, organization: Organization) -> str:
    """Say from when on this survey is possible, or nothing where nothing stands against it.

    Surveys about different people may ask anybody anything at any time: what counts is the same
    question about the same person, or about the same workplace, asked of somebody twice.
    """
    asked, wanted = _targets(survey.kind, organization), _questions(instrument)
    first: date | None = None
    nearly = False
    for other in _near(survey):
        if not wanted & _questions(terms.instrument_of(other)):
            continue
        there = _targets(other.kind, terms.organization_of(other))
        if not any(people & there.get(target, set()) for target, people in asked.items()):
            continue
        first = max(first or other.closes_on + APART, other.closes_on + APART)
        nearly = nearly or (
            other.state in {State.FROZEN, State.OPEN} and _differ_by_a_few(asked, there, survey.k)
        )
    if first is None:
        return ""
    about = "" if survey.kind == Kind.PULSE else " about the same person"
    return (CLONE if nearly else SOON).format(about=about, days=DAYS, day=terms.spoken(first))


def asked_for_themselves(survey: Survey, instrument: Instrument, organization: Organization) -> set[str]:
    """Give the managers whose team they ask the same about themselves, too near to this survey.

    A survey of the organization goes round these teams: one manager's own question must not stand in
    the way of everybody's.
    """
    if survey.about_id is not None or survey.kind != Kind.UPWARD:
        return set()
    asked, wanted = _targets(survey.kind, organization), _questions(instrument)
    found: set[str] = set()
    for other in _near(survey).filter(about__isnull=False):
        if wanted & _questions(terms.instrument_of(other)):
            there = _targets(other.kind, terms.organization_of(other))
            found |= {target for target, people in asked.items() if people & there.get(target, set())}
    return found


def _near(survey: Survey) -> QuerySet[Survey]:
    """Give the surveys whose figures could be set beside this one's: not those that gave none."""
    counting = [State.FROZEN, State.OPEN, State.CLOSED, State.RELEASED]
    return Survey.objects.filter(
        state__in=counting,
        closes_on__gt=survey.closes_on - APART,
        closes_on__lt=survey.closes_on + APART,
    ).exclude(pk=survey.pk)


def _targets(kind: str, organization: Organization) -> dict[str, set[str]]:
    """Say for each person who is asked about, or for the workplace, who is asked."""
    teams = {one.id: set(one.members) for one in organization.teams if one.members}
    if kind != Kind.PULSE:
        return teams
    return {"": set(organization.alone).union(*teams.values())}


def _questions(instrument: Instrument) -> set[str]:
    """Give what is asked, so that a copy under another name is known: the id, and each question's words."""
    texts = {" ".join(item.text.casefold().split()) for item in instrument.items if item.options}
    return {f"id:{instrument.id}", *texts}


def _differ_by_a_few(asked: dict[str, set[str]], there: dict[str, set[str]], k: int) -> bool:
    """Say whether for any one target the people are nearly, and not exactly, the same."""
    return any(0 < len(people ^ there[target]) < k for target, people in asked.items() if target in there)
