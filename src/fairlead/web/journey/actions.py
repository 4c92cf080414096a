"""Every write of the evidence log; an entry is its owner's, and goes anywhere by their act alone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from fairlead.web import erasing, trail, vault
from fairlead.web.journey import advocate_actions, snapshots, witness_actions
from fairlead.web.journey.models import Accomplishment
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from fairlead.web.people.models import Person

MOST: Final = 2000
"""Entries of one person: one each working day for eight years."""

GOES_AFTER: Final = timedelta(days=30)
"""How long what was put away can be taken back."""


@transaction.atomic
def add(*, actor: Person, **values: Any) -> Accomplishment:
    """Write something down."""
    _lock(actor)
    if Accomplishment.objects.filter(owner=actor).count() >= MOST:
        raise Refused(f"{MOST} entries are written down, which is the most. Delete some that are old first.")
    made = Accomplishment.objects.create(owner=actor, **values)
    trail.record(actor, "add", made)
    return made


@transaction.atomic
def record_result(
    *,
    actor: Person,
    what: str,
    result: str = "",
    came_from: str = "",
    day: date | None = None,
    seen_by: str = "",
    criteria: Sequence[str] = (),
    source: UUID | None = None,
) -> Accomplishment:
    """Write down what came of an opportunity that somebody took (row 96); offered to every room.

    ``source`` is the number of what it came from: the same one is written down once, however often it is
    told, and stays as its owner has it by then.
    """
    _lock(actor)
    if source is not None:
        there = Accomplishment.objects.filter(owner=actor, source=source).first()
        if there is not None:
            return there
    return add(
        actor=actor,
        what=what[:1500],
        result=result[:1000],
        came_from=came_from[:200],
        seen_by=seen_by[:300],
        criteria=list(criteria),
        day=day or timezone.localdate(),
        origin=Accomplishment.Origin.RESULT,
        source=source,
    )


@transaction.atomic
def change(*, actor: Person, entry: Accomplishment, **values: Any) -> int:
    """Change an entry; give how many confirmations and questions ended, which were about it as it stood."""
    now = _standing(entry)
    before = snapshots.shown(now)
    for name, value in values.items():
        setattr(now, name, value)
    now.save(update_fields=list(values))
    ended = witness_actions.end_all(now) if snapshots.shown(now) != before else 0
    trail.record(actor, "change", now)
    return ended


@transaction.atomic
def put_away(*, actor: Person, entry: Accomplishment) -> None:
    """Take an entry out of everything; for some time it can be taken back. Open questions about it end."""
    now = _standing(entry)
    witness_actions.take_back_questions(now)
    now.put_away_on = timezone.localdate()
    now.save(update_fields=["put_away_on"])
    trail.record(actor, "put_away_entry", now)


@transaction.atomic
def take_back(*, actor: Person, entry: Accomplishment) -> None:
    """Undo: an entry that was put away stands again, with who confirmed it."""
    now = _standing(entry)
    now.put_away_on = None
    now.save(update_fields=["put_away_on"])
    trail.record(actor, "put_back_entry", now)


@transaction.atomic
def delete(*, actor: Person, entry: Accomplishment) -> None:
    """Delete an entry for good, with its files and what witnesses said of it."""
    now = _standing(entry)
    trail.record(actor, "delete", now)
    now.delete()
    erasing.for_good()


@transaction.atomic
def evidence_for(person: Person, ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """Give copies of chosen entries, in the order of the choice, for a case of the person's own.

    Offered to the room of promotions: the person chooses there what goes into their case. What is not
    theirs, is put away or does not exist is refused, and nothing is given.
    """
    found = snapshots.of(person, ids)
    if len(found) != len(set(ids)):
        raise Refused("One of these entries is not there any more. Look at the list again.")
    trail.record_many(person, [trail.Doing("take_evidence", one.entry) for one in found])
    return [one.plain() for one in found]


def tick() -> None:
    """Delete what was put away long enough ago, and let questions lapse that nobody answered."""
    with vault.on_duty("retention"), transaction.atomic():
        old = Accomplishment.objects.filter(put_away_on__lte=timezone.localdate() - GOES_AFTER)
        if old.delete()[0]:
            erasing.for_good()
    witness_actions.tick()
    advocate_actions.tick()


def _lock(actor: Person) -> None:
    """Let a second window of the same person wait until this transaction is over."""
    type(actor).objects.select_for_update().get(pk=actor.pk)


def _standing(entry: Accomplishment) -> Accomplishment:
    """Read it again under lock: a witness who answers at this moment comes before or after."""
    now = Accomplishment.objects.select_for_update().filter(pk=entry.pk).first()
    if now is None:
        raise Refused("This entry was deleted in another window.")
    return now
