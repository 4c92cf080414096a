"""Every write of the sittings: one transaction each, the person first, and a line in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from fairlead.library import load
from fairlead.web import erasing, trail
from fairlead.web.direction import carrying, parts, sittings
from fairlead.web.direction.models import OWNED, Sitting
from fairlead.web.direction.stretches import stretches_of
from fairlead.web.rooms import offers
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairlead.core.direction_answers import DirectionAnswers
    from fairlead.web.people.models import Person

FINISHED: Final = (
    "You have finished this sitting, and this is what it came to. Answer again to change something."
)
NOTHING: Final = "Nothing has been answered yet. Answer some of it first."


@transaction.atomic
def begin(
    *, actor: Person, section: str, language: str = "en", again: bool = False, stretch: int = 1
) -> Sitting:
    """Go on with the sitting that is open, or begin one, with the answers of the last time if wanted.

    Where a section is asked in several stretches, what was said in the others stays. An open sitting to an
    older questionnaire is deleted: its answers mean something else now.
    """
    _one_at_a_time(actor)
    there = sittings.open_sitting(actor, section)
    if there is not None and not parts.is_current(there):
        there.delete()
        there = None
    if there is not None:
        if there.language != language:
            there.language = language
            there.save(update_fields=["language"])
        return there
    name = parts.INSTRUMENTS.get(section, "")
    version = load.instrument(name).version if name else ""
    last = sittings.newest_sittings(actor).get(section)
    made = Sitting.objects.create(
        owner=actor,
        section=section,
        language=language,
        instrument=name,
        version=version,
        content=_begun_with(last, again=again, stretch=stretch) if last and last.version == version else {},
    )
    trail.record(actor, "open", made, section=section)
    return made


@transaction.atomic
def save(*, actor: Person, sitting: Sitting, change: Callable[[Any], Any]) -> Sitting:
    """Save one screen: ``change`` gives the content with what was answered there."""
    found = Sitting.objects.select_for_update().get(pk=sitting.pk, owner=actor)
    if found.is_finished:
        raise Refused(FINISHED)
    found.content = change(found.content)
    found.saved_at = timezone.now()
    found.save(update_fields=["content", "saved_at"])
    return found


@transaction.atomic
def finish(*, actor: Person, sitting: Sitting) -> Sitting:
    """Be done with a sitting: from now on it is what the person said, and is never changed."""
    found = Sitting.objects.select_for_update().get(pk=sitting.pk, owner=actor)
    if found.is_finished:
        raise Refused(FINISHED)
    found.content = carrying.settled(found.section, found.content)
    if not found.content:
        raise Refused(NOTHING)
    found.finished_at = timezone.now()
    found.save(update_fields=["content", "finished_at"])
    trail.record(actor, "finish", found, section=found.section)
    return found


@transaction.atomic
def delete_sitting(*, actor: Person, sitting: Sitting) -> None:
    """Delete the answers of one time."""
    trail.record(actor, "delete", sitting)
    sitting.delete()
    erasing.for_good()


@transaction.atomic
def take_in(*, actor: Person, answers: DirectionAnswers, language: str = "en") -> tuple[str, ...]:
    """Keep the sections of an answer file as finished sittings, and say which they are."""
    _one_at_a_time(actor)
    now = timezone.now()
    sections = sittings.write_answers(answers)
    for section, content in sections.items():
        name = parts.INSTRUMENTS.get(section, "")
        made = Sitting.objects.create(
            owner=actor,
            section=section,
            language=language,
            instrument=name,
            version=load.instrument(name).version if name else "",
            content=content,
            saved_at=now,
            finished_at=now,
        )
        trail.record(actor, "keep", made, section=section)
    return tuple(sections)


@transaction.atomic
def want_step(*, actor: Person) -> None:
    """Put the skill that the next step names on the person's list of skills, in the room that keeps it."""
    from fairlead.web.direction import home  # noqa: PLC0415 - it reads a whole direction

    wish = home.skill_wish(actor)
    asked = [part for _room, part in offers("actions", "want_skill")]
    if wish is None or not asked:
        raise Refused("The next step is no skill to learn at the moment.")
    for put in asked:
        put(actor=actor, about=wish[0], came_from=f"My direction: {wish[1]}"[:300])


@transaction.atomic
def delete_everything(*, actor: Person) -> int:
    """Delete all that this room holds about the person and say how many rows it was."""
    gone = 0
    for table in OWNED:
        gone += table._default_manager.filter(owner=actor).delete()[0]  # noqa: SLF001 - every table has it
    trail.record(actor, "delete_direction", actor, rows=gone)
    erasing.for_good()
    return gone


def _begun_with(last: Sitting, *, again: bool, stretch: int) -> Any:
    """Give what a new sitting begins with: all of the last time, or what it does not ask about."""
    if again:
        return carrying.carried(last.section, last.content)
    others = [one for one in stretches_of(last.section) if one.number != stretch]
    if not others or last.is_history:
        return {}
    return carrying.carried_answers(last.content, {name for one in others for name in one.names})


def _one_at_a_time(actor: Person) -> None:
    """Let a second request of the same person wait until this transaction is over."""
    type(actor).objects.select_for_update().get(pk=actor.pk)
