"""What the reporting lines of an organization look like: size, depth, spans, heads."""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from fairlead.core.roster_rows import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class OrgFacts:
    """An organization in eight numbers, of the people who are there on one day.

    ``heads`` have nobody above them and somebody below; ``levels_deep`` counts levels from the top,
    a head alone is one. A span is the number of people who report directly to somebody, over those
    who have at least one; ``None`` where nobody has. ``without_manager`` counts everybody whose
    manager is open, unknown or has left.
    """

    people: int
    units: int
    heads: int
    levels_deep: int
    span_median: float | None
    span_largest: int | None
    without_manager: int
    left: int


def org_facts(people: Iterable[Standing], *, today: date) -> OrgFacts:
    """Count people, units, heads, levels and spans of control.

    Parameters
    ----------
    people
        Everybody known, each id once, those who left among them.
    today
        Whoever left on this day or before is counted as left and nowhere else.

    Examples
    --------
    >>> from datetime import date
    >>> from fairlead.core.roster_rows import Standing
    >>> org_facts(
    ...     [
    ...         Standing(id="1", name="Ann"),
    ...         Standing(id="2", name="Ben", manager_id="1", unit="Sales"),
    ...         Standing(id="3", name="Cy", manager_id="1", unit="Sales"),
    ...     ],
    ...     today=date(2026, 1, 1),
    ... )
    OrgFacts(people=3, units=1, heads=1, levels_deep=2, span_median=2, span_largest=2, \
without_manager=1, left=0)
    """
    everybody = list(people)
    here = {person.id: person for person in everybody if person.left is None or person.left > today}
    above = {person.id: person.manager_id if person.manager_id in here else "" for person in here.values()}
    spans = Counter(boss for boss in above.values() if boss)
    return OrgFacts(
        people=len(here),
        units=len({person.unit for person in here.values()} - {""}),
        heads=sum(not boss and person in spans for person, boss in above.items()),
        levels_deep=max(_levels(above).values(), default=0),
        span_median=statistics.median(spans.values()) if spans else None,
        span_largest=max(spans.values(), default=None),
        without_manager=sum(not boss for boss in above.values()),
        left=len(everybody) - len(here),
    )


def _levels(above: Mapping[str, str]) -> dict[str, int]:
    """Give everybody's level, 1 at the top; in a circle, which nobody should have, whoever is met first."""
    levels: dict[str, int] = {}
    for start in above:
        path, at, on_path = [], start, set()
        while at and at not in levels and at not in on_path:
            path.append(at)
            on_path.add(at)
            at = above[at]
        below = levels.get(at, 0) + 1
        levels.update(zip(reversed(path), range(below, below + len(path)), strict=True))
    return levels


def heads_of_units(people: Iterable[Standing], *, today: date) -> dict[str, list[Standing]]:
    """Give for each unit its people whose manager is outside the unit or open."""
    here = {person.id: person for person in people if person.left is None or person.left > today}
    heads: dict[str, list[Standing]] = {}
    for person in here.values():
        boss = here.get(person.manager_id)
        if person.unit and (boss is None or boss.unit != person.unit):
            heads.setdefault(person.unit, []).append(person)
    return heads
