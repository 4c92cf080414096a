"""Reading the Why and the promotion goals, with what a person may want to know before opening one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from fairlead.web.direction import later_reading, later_sittings
from fairlead.web.direction.models import PromotionGoal

if TYPE_CHECKING:
    from fairlead.core.direction_reading import DirectionSign
    from fairlead.web.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Goals:
    """The Why as it is written, the goals, and calm warnings that block nothing."""

    why: str
    open_ones: tuple[PromotionGoal, ...]
    closed: tuple[PromotionGoal, ...]
    signs: tuple[DirectionSign, ...]


def goals(person: Person) -> Goals:
    """Give everything on the page of the Why."""
    content: dict[str, Any] = later_sittings.content_of(person, "next_level") or {}
    mine = tuple(PromotionGoal.objects.filter(owner=person))
    return Goals(
        why=content.get("why", ""),
        open_ones=tuple(one for one in mine if one.closed_on is None),
        closed=tuple(one for one in mine if one.closed_on is not None),
        signs=later_reading.signs(person),
    )


PROMPTS: Final = (
    "If nobody ever heard of the title, would I still want the work?",
    "What would I do on an ordinary Tuesday there that I want more of?",
    "Who benefits if I get there, besides me?",
    "What would I give up, and would I give it up today?",
)
"""Questions that help to write a Why; authored here for row 63 (self-concordance of goals: Sheldon &
Elliot 1999, doi:10.1037/0022-3514.76.3.482)."""
