"""A first draft of a summary by written rules: the person's own words, put in order, and no word of ours."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from fairlead.render import words
from fairlead.web.journey import criteria

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.framework import Framework
    from fairlead.web.journey.queries import Shown

NO_CRITERION: Final = "Other work"
ENDS: Final = ".!?…”\"')"


def bounds(year: int, quarter: int) -> tuple[dt.date, dt.date]:
    """Give the first and the last day of a quarter; of the whole year where the quarter is 0."""
    if not quarter:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    after = dt.date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return dt.date(year, quarter * 3 - 2, 1), after - dt.timedelta(days=1)


def quarter_of(day: dt.date) -> tuple[int, int]:
    """Give year and quarter of a day."""
    return day.year, (day.month + 2) // 3


def draft(found: Sequence[Shown], framework: Framework) -> dict[str, Any]:
    """Put entries in order: by criterion as the framework has them, what has a result first, then by day.

    An entry that speaks to several criteria stands once, under the first of them, and names the others.
    """
    groups: dict[str, list[Shown]] = {}
    for one in found:
        first = criteria.first_of(framework, one.entry.criteria)
        groups.setdefault(first.title if first else NO_CRITERION, []).append(one)
    order = [one.title for one in framework.criteria if one.title in groups]
    if NO_CRITERION in groups:
        order.append(NO_CRITERION)
    return {
        "opening": "",
        "sections": [{"title": title, "text": _section(groups[title], title)} for title in order],
        "closing": "",
        "facts": _facts(found),
    }


def _facts(found: Sequence[Shown]) -> dict[str, int]:
    return {
        "entries": len(found),
        "with_result": sum(bool(one.entry.result) for one in found),
    }


def _section(found: Sequence[Shown], title: str) -> str:
    ordered = sorted(found, key=lambda one: (not one.entry.result, one.entry.day, one.entry.made_at))
    return "\n\n".join(_paragraph(one, title) for one in ordered)


def _paragraph(one: Shown, title: str) -> str:
    entry = one.entry
    parts = [f"{words.day(entry.day.isoformat())}: {sentence(entry.what)}"]
    if entry.result:
        parts.append(f"What came of it: {sentence(entry.result)}")
    if entry.otherwise:
        parts.append(f"Without me: {sentence(entry.otherwise)}")
    # Who confirmed it stands beside the summary, as it is when somebody reads it: a word can be taken back.
    if entry.seen_by:
        parts.append(f"Seen by {sentence(entry.seen_by)}")
    others = [it for it in one.criteria if it != title]
    if others:
        parts.append(f"Also: {words.listed(others)}.")
    return " ".join(parts)


def sentence(text: str) -> str:
    """Write a text in one line, with a full stop where it has no end."""
    plain = " ".join(text.split())
    return plain if plain.endswith(tuple(ENDS)) else f"{plain}."
