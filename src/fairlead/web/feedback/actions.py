"""What the room does when somebody leaves or changes places, and now and then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from fairlead.web import vault
from fairlead.web.feedback import launching, reminding, surveys
from fairlead.web.feedback.models import Report, Seat, Survey

if TYPE_CHECKING:
    from fairlead.web.people.models import Person
    from fairlead.web.roster.models import Unit

State = Survey.State

GOING: Final = (State.FROZEN, State.OPEN)
"""Launched, and not closed yet."""


def tick() -> None:
    """Open, remind, close and release what is due."""
    from fairlead.web.feedback import closing  # noqa: PLC0415 - it counts with numpy, which no page waits for

    today = timezone.localdate()
    launching.open_due(today)
    reminding.remind_due(today)
    closing.close_due(timezone.now())


@transaction.atomic
def forget(person: Person) -> None:
    """Remove somebody's seats, and the surveys about themselves that nobody has read yet.

    What was released stays with whom it is about, and goes with them; what they began for the
    organization stays without their name. That they were asked stays in a launched survey as a number
    that names nobody any more: without it no figure of the others could be released.
    """
    with vault.on_duty("erasure"):
        Seat.objects.filter(owner=person).delete()
        own = Survey.objects.filter(about=person)
        for one in own.filter(state__in=GOING):
            surveys.cancel(None, one)
        own.exclude(state__in=[State.CLOSED, State.RELEASED]).delete()
        _out_of_drafts(person)
        Survey.objects.filter(made_by=person, about=None).update(made_by=None)


def _out_of_drafts(person: Person) -> None:
    """Take somebody out of those who were named and not asked yet."""
    number = str(person.pk)
    for draft in Survey.objects.filter(state=State.DRAFT, kind=Survey.Kind.ROLE):
        members = draft.organization["teams"][0]["members"]
        if number in members:
            members.remove(number)
            draft.save(update_fields=["organization"])


def take_over(account: Person, place: Person) -> None:
    """Give an account the seats and reports of the place in the roster that becomes theirs.

    Nothing of a launched survey changes, and papers in its box name teams by their numbers of that day:
    the survey notes beside them by which number somebody goes now.
    """
    before, now = str(place.pk), str(account.pk)
    with vault.on_duty("surveys"):
        for seat in Seat.objects.filter(owner=place):
            if not Seat.objects.filter(survey=seat.survey_id, owner=account).exists():
                Seat.objects.create(
                    owner=account, survey_id=seat.survey_id, team=seat.team, lens=seat.lens, used=seat.used
                )
            seat.delete()
        Seat.objects.filter(team=before, survey__state=State.RELEASED).update(team=now)
    Report.objects.filter(about=place).update(about=account)
    for survey in Survey.objects.filter(state__in=[State.DRAFT, *GOING, State.CLOSED]).select_for_update():
        kept = survey.organization
        if kept is None:
            continue
        if survey.state == State.DRAFT:
            members = kept["teams"][0]["members"]
            kept["teams"][0]["members"] = sorted({now if one == before else one for one in members})
        elif any(team["id"] == before for team in kept["teams"]):
            kept["now"] = {**kept.get("now", {}), before: now}
        else:
            continue
        survey.save(update_fields=["organization"])


def unit_merged(unit: Unit, into: Unit) -> None:
    """Let surveys of a unit that disappears be surveys of the one it became part of."""
    Survey.objects.filter(unit=unit).update(unit=into)
