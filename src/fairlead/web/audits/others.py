"""Others' side of My role: what they said, as it was released, beside what the person says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from fairlead.core.released_scales import Range
from fairlead.core.role_map import others_point
from fairlead.core.work import LEADING_COMPETENCIES, MANAGING_COMPETENCIES
from fairlead.render import words
from fairlead.web.rooms import offers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fairlead.core.reading import MapPoint, RoleAudit
    from fairlead.render.feedback_parts import Feedback, Line
    from fairlead.web.people.models import Person

INSTRUMENT: Final = "role-audit"

INFORMAL: Final = "informal_leadership"

SIDE: Final = 200
"""Width and height of the small map, in its own units."""

GROUPS: Final = (
    ("Leading", frozenset(LEADING_COMPETENCIES)),
    ("Managing", frozenset(MANAGING_COMPETENCIES)),
)
MORE: Final = "Styles, and what goes beyond the role"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on the small map: where one source lies on both axes."""

    x: float
    y: float
    width: float
    height: float
    middle_x: float
    middle_y: float
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """What others said, laid out: groups of lines, the small map, informal leadership in words."""

    groups: tuple[tuple[str, tuple[Line, ...]], ...]
    who: str
    closed_on: str
    href: str
    people: str
    beside: str
    map: Box | None
    mine: Box | None
    informal: str


def others_of(person: Person, audit: RoleAudit | None) -> Others | None:
    """Give what others said of the person's work; ``None`` where nothing was released about it."""
    for _room, others in offers("reporting", "others"):
        found = others(person, INSTRUMENT)
        if found is not None:
            return _laid_out(found, audit)
    return None


def _laid_out(found: Any, audit: RoleAudit | None) -> Others:
    told: Feedback = found.feedback
    point = _point(told.lines, found.closed_on)
    return Others(
        groups=tuple(_groups(told.lines)),
        who=told.who,
        closed_on=words.day(found.closed_on),
        href=found.href,
        people=next((one.people for one in told.lines if one.people), ""),
        beside=_beside(found.closed_on, audit),
        map=None if point is None else _box(point),
        mine=_mine(audit) if point is not None else None,
        informal=_informal(told.lines),
    )


def _beside(closed_on: str, audit: RoleAudit | None) -> str:
    if audit is None:
        return ""
    if closed_on == audit.made_on:
        return "It is of the same day as the reading above, and no part of it."
    age = "newer" if closed_on > audit.made_on else "older"
    return f"It is {age} than the reading above, and no part of it."


def _groups(lines: tuple[Line, ...]) -> Iterable[tuple[str, tuple[Line, ...]]]:
    placed: set[str] = set()
    for title, names in GROUPS:
        inside = tuple(one for one in lines if one.id in names)
        placed |= {one.id for one in inside}
        if inside:
            yield title, inside
    rest = tuple(one for one in lines if one.id not in placed)
    if rest:
        yield MORE, rest


def _point(lines: tuple[Line, ...], as_of: str) -> MapPoint | None:
    seen = {
        one.id: Range(low=one.low, high=one.high, lowest=one.lowest, highest=one.highest)
        for one in lines
        if one.low is not None and one.high is not None
    }
    people = min((one.people_from for one in lines if one.id in seen), default=0)
    return others_point(seen, as_of=as_of, people_from=people)


def _mine(audit: RoleAudit | None) -> Box | None:
    points = [point for point in audit.map if point.who == "self"] if audit is not None else []
    return _box(max(points, key=lambda point: point.as_of)) if points else None


def _box(point: MapPoint) -> Box:
    def up(share: float) -> float:
        return round((1 - share) * SIDE, 1)

    return Box(
        x=round(point.leading_low * SIDE, 1),
        y=up(point.managing_high),
        width=round((point.leading_high - point.leading_low) * SIDE, 1),
        height=round((point.managing_high - point.managing_low) * SIDE, 1),
        middle_x=round(point.leading * SIDE, 1),
        middle_y=up(point.managing),
        says=(
            f"{point.label}: leading {point.leading_low:.2f} to {point.leading_high:.2f}, managing "
            f"{point.managing_low:.2f} to {point.managing_high:.2f}, {words.day(point.as_of)}"
        ),
    )


def _informal(lines: tuple[Line, ...]) -> str:
    """Say what others see of leading that nobody asked for (row 171), where it was released."""
    found = next((one for one in lines if one.id == INFORMAL and one.figure), None)
    if found is None or found.low is None or found.high is None:
        return ""
    middle = (found.lowest + found.highest) / 2
    if found.low >= middle:
        return (
            f"People come to you: {found.figure} of {found.highest:.0f}, near “{found.near}”. That is "
            "leading, whether or not anybody reports to you."
        )
    if found.high <= middle:
        return f"People seldom come to you with their questions as yet: {found.figure}, near “{found.near}”."
    return f"Now and then people come to you with their questions: {found.figure}, near “{found.near}”."
