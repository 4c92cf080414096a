"""Three values at a time: which set comes next, which follow from what was said, and the form of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from fairlead.core import value_sets as sets
from fairlead.core.direction_answers import Value, ValueChoice
from fairlead.web.rooms import offers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.direction_reading import Skipped

SIDES: Final = ("mine", "practice")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAsked:
    """One set on its screen: whose values, the how-manieth of the answered ones, and its place."""

    side: str
    place: int
    number: int
    answered: bool


def chosen(content: Any, side: str) -> list[ValueChoice]:
    """Give the choices of one side as the core reads them."""
    return [
        ValueChoice(
            shown=(Value(one["shown"][0]), Value(one["shown"][1]), Value(one["shown"][2])),
            most=Value(one["most"]),
            least=Value(one["least"]),
        )
        for one in (content or {}).get(side, [])
    ]


def sets_asked(content: Any, side: str) -> list[SetAsked]:
    """Give the sets of a side that were answered, in the order of answering, and the one to ask next."""
    said = chosen(content, side)
    places = [place_of(one.shown) for one in said]
    found = [
        SetAsked(side=side, place=place, number=number, answered=True)
        for number, place in enumerate(places, 1)
    ]
    following = sets.next_set(said)
    if following is not None:
        found.append(SetAsked(side=side, place=place_of(following), number=len(found) + 1, answered=False))
    return found


def skipped(content: Any, side: str) -> tuple[tuple[int, Skipped], ...]:
    """Give the sets that need not be asked, each with its place in the design and its reason."""
    return tuple((place_of(one.shown), one) for one in sets.skipped(chosen(content, side)))


def all_sets() -> tuple[tuple[Value, Value, Value], ...]:
    """Give every set there is, in the order of the design."""
    return sets.designs()


def is_through(content: Any, side: str) -> bool:
    """Whether every set of a side was answered or follows."""
    return bool(chosen(content, side)) and sets.next_set(chosen(content, side)) is None


def published() -> tuple[str, ...] | None:
    """Give the values that the organization publishes, where it does; ``None`` where it says nothing."""
    for _room, ask in offers("queries", "stated_values"):
        stated = ask()
        if stated is not None:
            return tuple(str(one) for one in stated.values)
    return None


def place_of(shown: Sequence[str]) -> int:
    """Give the place of a set in the design, whatever the order of the three."""
    wanted = set(shown)
    return next(n for n, one in enumerate(sets.designs()) if set(one) == wanted)
