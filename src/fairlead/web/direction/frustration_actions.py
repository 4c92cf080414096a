"""Adding to, changing and shortening the list of frustrations (rows 71-73, 78, 79)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from fairlead.web.direction import later_sittings
from fairlead.web.direction.frustration_queries import entries_of, mark
from fairlead.web.rooms import offers
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

MOST: Final = 20
"""Frustrations on one list: more is no list, it is a bad week."""

CHANGED: Final = gettext_noop("This list was changed in another window. Here it is as it stands now.")
NOT_YET_ASSIGNED: Final = gettext_noop("Say first which skill it is closest to; then it can be learned.")
NO_LIST: Final = gettext_noop("There is no list of skills on this installation.")


@transaction.atomic
def add(*, actor: Person, **values: Any) -> None:
    """Add a frustration."""
    later_sittings.one_window(actor)
    there = entries_of(actor)
    if len(there) >= MOST:
        wrong = _("%(most)s frustrations are the most. Remove one that no longer bothers you.")
        raise Refused(wrong % {"most": MOST})
    _keep(actor, [*there, values])


@transaction.atomic
def change(*, actor: Person, number: int, was: str, **values: Any) -> None:
    """Change the frustration at that place, if it still is the one that was shown."""
    there = _checked(actor, number, was)
    there[number - 1] = values
    _keep(actor, there)


@transaction.atomic
def remove(*, actor: Person, number: int, was: str) -> dict[str, Any]:
    """Remove the frustration at that place, and give it back so that it can be brought back."""
    there = _checked(actor, number, was)
    gone = there.pop(number - 1)
    _keep(actor, there)
    return gone


@transaction.atomic
def want_skill(*, actor: Person, number: int, was: str, about: str = "") -> None:
    """Put the skill behind a frustration on the list of what to learn, in the room that keeps it.

    ``about`` says which skill it is where that was left open; what was said is kept with the frustration.
    """
    there = _checked(actor, number, was)
    entry = there[number - 1]
    said = entry.get("about") or about
    if not said:
        raise Refused(NOT_YET_ASSIGNED)
    asked = [part for _room, part in offers("actions", "want_skill")]
    if not asked:
        raise Refused(NO_LIST)
    if said != entry.get("about"):
        there[number - 1] = entry | {"about": said}
        _keep(actor, there)
    for part in asked:
        part(actor=actor, about=said, came_from=f"A frustration: {entry['what']}"[:300])


def _checked(actor: Person, number: int, was: str) -> list[dict[str, Any]]:
    later_sittings.one_window(actor)
    there = entries_of(actor)
    if not 1 <= number <= len(there) or mark(there[number - 1]) != was:
        raise Refused(CHANGED)
    return there


def _keep(actor: Person, entries: list[dict[str, Any]]) -> None:
    later_sittings.keep(actor=actor, section="frustrations", content=entries)
