"""A survey before it is launched, and the end of one before it closes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from fairlead.core.ballots import FLOOR
from fairlead.web import erasing, trail, vault
from fairlead.web.feedback import terms
from fairlead.web.feedback.audience import reports_of
from fairlead.web.feedback.models import Seat, Survey
from fairlead.web.runs.actions import Refused
from fairlead.web.vault import writing

if TYPE_CHECKING:
    from uuid import UUID

    from fairlead.web.feedback.terms import Offered
    from fairlead.web.people.models import Person
    from fairlead.web.roster.models import Unit

Kind, State = Survey.Kind, Survey.State

SHORTEST: Final = timedelta(days=3)
LONGEST: Final = timedelta(days=60)
AHEAD: Final = timedelta(days=30)
"""How long before its first day a survey may be launched: whom it asks is fixed at the launch."""

MOST_NAMED: Final = 30
HIGHEST_K: Final = 20
MOST_DRAFTS: Final = 10
"""Surveys about oneself that one prepares at the same time."""

NOT_A_DRAFT: Final = "This survey was launched; nothing of it changes any more."
TOO_FEW_REPORTS: Final = (
    "{n} {people} to you today. A figure needs the answers of {k} people, so none could be released. Ask "
    "openly instead: in a conversation, one question at a time."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody says of a survey before its launch; what does not fit the kind is refused."""

    title: str
    questionnaire: Offered
    opens_on: date
    closes_on: date
    unit: Unit | None = None
    k: int = FLOOR
    lens: str = ""
    people: tuple[UUID, ...] = ()


@transaction.atomic
def begin(actor: Person, kind: str, wanted: Wanted, *, about: Person | None = None) -> Survey:
    """Begin a survey: for the organization, or ``about`` the one who begins it.

    For the organization a survey is about each team's manager, or a pulse. About oneself it asks one's
    own team, or colleagues by name.
    """
    waiting = Survey.objects.filter(made_by=actor, about=actor, state=State.DRAFT)
    if about is not None and waiting.count() >= MOST_DRAFTS:
        raise Refused(
            f"You prepare {MOST_DRAFTS} surveys about your work, which is the most. Delete one first."
        )
    survey = Survey(kind=kind, made_by=actor, about=about)
    _set(actor, survey, wanted)
    survey.save(force_insert=True)
    trail.record(actor, "add", survey)
    return survey


@transaction.atomic
def change(actor: Person, draft: Survey, wanted: Wanted) -> Survey:
    """Change a survey that is still being prepared."""
    survey = drafted(draft)
    _set(actor, survey, wanted)
    survey.save()
    trail.record(actor, "change", survey)
    return survey


@transaction.atomic
def delete(actor: Person, draft: Survey) -> None:
    """Delete a survey that is still being prepared."""
    survey = drafted(draft)
    trail.record(actor, "delete", survey)
    with vault.on_duty("surveys"):
        survey.delete()


@transaction.atomic
def cancel(actor: Person | None, survey: Survey) -> None:
    """End a survey before it closes: its box is burnt unread, its seats go, and nobody is written to."""
    found = Survey.objects.select_for_update().get(pk=survey.pk)
    if found.state not in {State.FROZEN, State.OPEN}:
        raise Refused("Only a survey that was launched and has not closed can be cancelled.")
    writing.burn(found.pk)
    with vault.on_duty("surveys"):
        Seat.objects.filter(survey=found).delete()
    found.state, found.closed_at, found.organization = State.CANCELLED, timezone.now(), None
    found.save(update_fields=["state", "closed_at", "organization"])
    trail.record(actor, "cancel_survey", found)
    erasing.for_good()


def drafted(draft: Survey) -> Survey:
    """Give a survey as it stands, for this transaction alone; ``Refused`` when it was launched."""
    found = Survey.objects.select_for_update().get(pk=draft.pk)
    if found.state != State.DRAFT:
        raise Refused(NOT_A_DRAFT)
    return found


def _set(actor: Person, survey: Survey, wanted: Wanted) -> None:
    _check_kind(actor, survey, wanted)
    if refusal := days_refused(wanted.opens_on, wanted.closes_on, timezone.localdate()):
        raise Refused(refusal)
    survey.title = wanted.title
    survey.instrument = wanted.questionnaire.id
    survey.instrument_version = wanted.questionnaire.version
    survey.instrument_digest = wanted.questionnaire.digest
    survey.opens_on, survey.closes_on = wanted.opens_on, wanted.closes_on
    survey.unit, survey.k, survey.lens = wanted.unit, wanted.k, wanted.lens
    if survey.kind == Kind.ROLE:
        people = sorted({str(one) for one in wanted.people if one != actor.pk})
        survey.organization = {"teams": [{"id": str(actor.pk), "above": "", "members": people}], "alone": []}


def _check_kind(actor: Person, survey: Survey, wanted: Wanted) -> None:
    own = survey.about_id is not None
    if (own and survey.about_id != actor.pk) or (own and survey.kind == Kind.PULSE):
        raise Refused("A survey about one person is begun by that person alone.")
    if survey.kind == Kind.ROLE and not own:
        raise Refused("Feedback about somebody's work is asked for by that person alone.")
    if not wanted.questionnaire.fits(survey.kind):
        raise Refused(f"“{wanted.questionnaire.title}” does not fit this kind of survey. Choose another one.")
    if not FLOOR <= wanted.k <= HIGHEST_K or (wanted.k != FLOOR and survey.kind != Kind.UPWARD):
        raise Refused(
            f"Every figure stands for {FLOOR} people or more; feedback about managers can ask for up to "
            f"{HIGHEST_K}."
        )
    if wanted.lens and (
        survey.kind != Kind.PULSE or wanted.unit is not None or wanted.lens not in terms.LENSES
    ):
        raise Refused("Only a pulse that asks everybody can be shown through a lens.")
    if own and wanted.unit is not None:
        raise Refused("A survey about you asks your team, or those you name.")
    if survey.kind == Kind.ROLE:
        _check_named(actor, wanted)
    elif own:
        _check_reports(actor, wanted.k)


def _check_named(actor: Person, wanted: Wanted) -> None:
    number = len({one for one in wanted.people if one != actor.pk})
    if not FLOOR <= number <= MOST_NAMED:
        raise Refused(
            f"Choose {FLOOR} to {MOST_NAMED} colleagues; {number} {'is' if number == 1 else 'are'} chosen. "
            f"No figure is shown from fewer than {FLOOR} answers, so a few more are better."
        )


def _check_reports(actor: Person, k: int) -> None:
    number = reports_of(actor, timezone.localdate())
    if number < k:
        people = "person reports" if number == 1 else "people report"
        raise Refused(TOO_FEW_REPORTS.format(n=number or "No", people=people, k=k))


def days_refused(opens_on: date, closes_on: date, today: date) -> str:
    """Say what is wrong with the days of a survey, and what would be right; nothing if they are."""
    if opens_on < today:
        return f"The first day is over. Choose one from {terms.spoken(today)} on."
    if opens_on > today + AHEAD:
        last = terms.spoken(today + AHEAD)
        return f"Whom it asks is fixed at the launch, so the first day is near: choose one up to {last}."
    if not SHORTEST <= closes_on - opens_on <= LONGEST:
        first, last = terms.spoken(opens_on + SHORTEST), terms.spoken(opens_on + LONGEST)
        return (
            f"People need a few days, and nobody remembers months: choose a last day from {first} to {last}."
        )
    return ""
