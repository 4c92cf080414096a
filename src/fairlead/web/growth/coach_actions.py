"""Writing in the coach's space: the next talk by the person, notes by the coach (row 64)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from fairlead.web import erasing, trail, vault
from fairlead.web.access.relations import coached_by, coaches_of
from fairlead.web.grants.models import Grant, Over, Role
from fairlead.web.growth.later_models import CoachTalk, ShownNote
from fairlead.web.growth.models import CoachNote
from fairlead.web.people.models import Person
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

KEPT_AFTER: Final = timedelta(days=30)
"""How long what belongs to a coaching that ended is kept, closed to both, in case it goes on."""

MOST_NOTES: Final = 500
"""Notes about one person: a coach who writes more keeps a file, and a file is something else."""


@transaction.atomic
def write_talk(actor: Person, *, coach: Person, agenda: str, day: date | None) -> CoachTalk:
    """Write what one wants to talk about next; the coach reads it at once."""
    _check_stands(coach.pk in coaches_of(actor))
    Person.objects.select_for_update().get(pk=actor.pk)
    made, _new = CoachTalk.objects.get_or_create(owner=actor, coach=coach)
    made.agenda, made.day, made.changed_on = agenda, day, timezone.localdate()
    made.save(update_fields=["agenda", "day", "changed_on"])
    trail.record(actor, "change", made)
    return made


@transaction.atomic
def add_note(actor: Person, *, person: Person, text: str, day: date) -> CoachNote:
    """Note something about the work with one person; only the coach reads it."""
    _check_stands(person.pk in coached_by(actor))
    if CoachNote.objects.filter(owner=actor, person=person).count() >= MOST_NOTES:
        raise Refused(f"You keep {MOST_NOTES} notes about them, which is the most. Delete old ones first.")
    made = CoachNote.objects.create(owner=actor, person=person, text=text, day=day)
    trail.record(actor, "add", made)
    return made


@transaction.atomic
def change_note(actor: Person, *, note: CoachNote, text: str, day: date) -> None:
    """Change a note; a copy that is shown stays as it was shown."""
    _check_stands(note.person_id in coached_by(actor))
    note.text, note.day = text, day
    note.save(update_fields=["text", "day"])
    trail.record(actor, "change", note)


@transaction.atomic
def delete_note(actor: Person, *, note: CoachNote) -> None:
    """Delete a note, and the copy that was shown of it."""
    trail.record(actor, "delete", note)
    note.delete()
    erasing.for_good()


@transaction.atomic
def show_note(actor: Person, *, note: CoachNote) -> ShownNote:
    """Show a copy of one note, as it stands, to the person it is about."""
    _check_stands(note.person_id in coached_by(actor))
    # Under lock: a second click waits for the first one, and then finds the copy there.
    now = CoachNote.objects.select_for_update().filter(pk=note.pk).first()
    if now is None:
        raise Refused("This note is gone.")
    there = ShownNote.objects.filter(note=now).first()
    if there is not None and (there.text, there.day) == (now.text, now.day):
        return there
    if there is not None:
        there.delete()
    made = ShownNote.objects.create(
        owner=actor, note=now, person_id=now.person_id, text=now.text, day=now.day
    )
    trail.record(actor, "show_note", made, subject=note.person)
    return made


@transaction.atomic
def hide_note(actor: Person, *, note: CoachNote) -> None:
    """Take the copy back."""
    shown = ShownNote.objects.filter(note=note).first()
    if shown is None:
        raise Refused("This note is not shown.")
    trail.record(actor, "hide_note", shown, subject=note.person)
    shown.delete()
    erasing.for_good()


def tick() -> None:
    """Delete what belongs to coachings that are over for long enough; it was closed since their end."""
    today = timezone.localdate()
    with vault.on_duty("retention"), transaction.atomic():
        pairs = set(CoachNote.objects.values_list("owner", "person"))
        pairs |= set(CoachTalk.objects.values_list("coach", "owner"))
        over = [(coach, person) for coach, person in pairs if _is_over(coach, person, today)]
        for coach, person in over:
            CoachNote.objects.filter(owner=coach, person=person).delete()
            CoachTalk.objects.filter(owner=person, coach=coach).delete()
        if over:
            erasing.for_good()


def forget(person: Person) -> None:
    """Remove what coaches noted about somebody who goes."""
    CoachNote.objects.filter(person=person).delete()


def _is_over(coach: UUID, person: UUID, today: date) -> bool:
    """Say whether a coaching ended that long ago, or has left no trace of having been."""
    rows = Grant.objects.filter(role=Role.COACH, over=Over.PERSON, over_id=person, person=coach)
    rows = rows.filter(confirmed_at__isnull=False)
    if rows.filter(ended_at=None, until__gt=today - KEPT_AFTER).exists():
        return False
    ended = rows.aggregate(last=Max("ended_at"))["last"]
    return ended is None or ended <= timezone.now() - KEPT_AFTER


def _check_stands(stands: bool) -> None:
    if not stands:
        raise Refused("This coaching is over. What belonged to it is closed for both of you.")
