"""The demo company: a believable firm, staged, always the same (only in demo mode).

``CAST`` is who a visitor can step into; ``fill`` makes their accounts and readings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils import timezone

from fairlead.web.demo.cast import CAST as STORIES
from fairlead.web.demo.company import employees
from fairlead.web.demo.staging import employee, fill


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """A member of the cast as the visitor meets them."""

    key: str
    email: str
    name: str
    role: str
    story: str


def _players() -> tuple[Player, ...]:
    everyone = employees(timezone.localdate())
    met = [(story, employee(story, everyone)) for story in STORIES]
    return tuple(
        Player(key=story.key, email=me.email, name=me.name, role=f"{me.title}, {me.unit}", story=story.story)
        for story, me in met
    )


CAST: Final = _players()

__all__ = ["CAST", "fill"]
