"""A practice that somebody planned, with the words of its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairlead.library import load

if TYPE_CHECKING:
    from fairlead.web.growth.models import Practice


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A practice of an experiment with its words."""

    row: Practice
    title: str
    does: str
    shows: str


def planned(row: Practice, about: str) -> Planned:
    """Give a practice with its words; one that is no longer shipped keeps its name."""
    known = {one.id: one for one in load.practices()[about].practices}
    one = known.get(row.practice)
    return Planned(
        row=row,
        title=one.title if one else str(row),
        does=one.does if one else "",
        shows=one.shows if one else "",
    )
