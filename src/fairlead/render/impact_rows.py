"""Selection rates in the table layout of New York's Local Law 144 (6 RCNY 5-301)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from fairlead.core.decisions import NOT_STATED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.impact_release import ReleasedImpact
    from fairlead.core.impact_results import AttributeImpact, Comparison, Impact

SMALL: Final = "Less than 2 % of the data: the rule lets an auditor leave it out of the impact ratios."
UNKNOWN: Final = "Not stated; not in the calculations above."
WITHHELD: Final = "Withheld, so that nobody can be told from it."

SELECTION: Final = (
    "Categories", "Category", "# of Applicants", "# Selected", "Selection Rate", "Impact Ratio", "Note",
)  # fmt: skip
SCORING: Final = ("Categories", "Category", "# of Applicants", "Scoring Rate", "Impact Ratio", "Note")


@dataclass(frozen=True, slots=True)
class Category:
    """One row before it is written: ``n`` or ``selected`` is ``None`` where it is withheld."""

    name: str
    n: int | None
    selected: int | None
    small: bool


Row = tuple[str | float | None, ...]


def categories_rows(title: str, categories: Sequence[Category], *, scoring: bool = False) -> list[Row]:
    """Write the rows of one table: each rate over the highest of the categories that are not small.

    Examples
    --------
    >>> both = [Category("Male", 1390, 667, False), Category("Female", 1181, 555, False)]
    >>> rows = categories_rows("Sex", both)
    >>> [(row[1], round(row[4], 3), round(row[5], 3)) for row in rows]
    [('Male', 0.48, 1.0), ('Female', 0.47, 0.979)]
    """
    rates = {
        one.name: Fraction(one.selected, one.n) for one in categories if one.n and one.selected is not None
    }
    best = max((rates[one.name] for one in categories if one.name in rates and not one.small), default=None)
    rows: list[Row] = []
    for one in categories:
        rate = rates.get(one.name)
        ratio = float(rate / best) if rate is not None and best and not one.small else None
        note = WITHHELD if one.n is None or one.selected is None else (SMALL if one.small else "")
        counts = (one.n,) if scoring else (one.n, one.selected)
        rows.append((title, one.name, *counts, None if rate is None else float(rate), ratio, note))
    return rows


def local_law_rows(found: Impact, *, scoring: bool = False) -> list[Row]:
    """Write every table of an analysis: each attribute, both together, and each step where there are several.

    The first row names the columns. Who did not state it is counted in a row of their own.
    """
    rows: list[Row] = [SCORING if scoring else SELECTION]
    for one in found.attributes:
        for title, table in _tables(one):
            categories = [
                Category(group.group, group.n, group.selected, group.small) for group in table.groups
            ]
            rows += categories_rows(title, categories, scoring=scoring)
            counts = (table.not_stated.n,) if scoring else (table.not_stated.n, table.not_stated.selected)
            rows.append((title, "Unknown", *counts, None, None, UNKNOWN))
    return rows


def _tables(one: AttributeImpact) -> list[tuple[str, Comparison]]:
    title = f"Intersectional Categories ({one.attribute})" if one.crossed else f"{one.attribute} Categories"
    found = [(title, one.whole)]
    if len(one.steps) > 1:
        found += [(f"{title}, {step.name}", step) for step in one.steps]
    return found + [(f"{title}, {each.name}", each) for each in one.rounds]


def released_rows(found: ReleasedImpact, *, scoring: bool = False) -> list[Row]:
    """Write every released table but those of single units; a withheld count is empty and says so."""
    rows: list[Row] = [SCORING if scoring else SELECTION]
    for table in found.tables:
        if table.stratum:
            continue
        title = f"{table.attribute} Categories" + (f", {table.name}" if table.name else "")
        stated = [one for one in table.groups if one.group != NOT_STATED and not one.together]
        categories = [Category(one.group, one.n, one.selected, one.small) for one in stated]
        rows += categories_rows(title, categories, scoring=scoring)
        for one in table.groups:
            if one.group == NOT_STATED:
                counts = (one.n,) if scoring else (one.n, one.selected)
                rows.append((title, "Unknown", *counts, None, None, UNKNOWN))
    return rows
