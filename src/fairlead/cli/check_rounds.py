"""What ``fairlead check`` says of ratings and of decisions, in the words of ``rate`` and ``impact``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from fairlead.cli.check_page import Found
from fairlead.core.problems import Problem

if TYPE_CHECKING:
    from fairlead.cli.check_page import Given
    from fairlead.core.rater_design import Design

LINK: Final = "Let one rater of each part rate a person of the other, or rate each part for itself."
DECISIONS: Final = (
    "If these are decisions, say which columns to read, as for fairlead impact: --group COL --selected COL."
)


def columns_of(given: Given) -> frozenset[str]:
    """Give the columns of a table under our names; none where it cannot be read."""
    from fairlead.core.problems import BadInput
    from fairlead.core.ratings import COLUMNS
    from fairlead.sources.files import read_table

    try:
        found = read_table(
            given.name, given.data, known=COLUMNS, limit_bytes=given.limit_bytes, rows_alone=True
        ).columns
    except BadInput:
        return frozenset()  # it is told when the table is read for what it seems to be
    return frozenset(given.names.get(column, column) for column in found)


def is_ratings(given: Given) -> bool:
    """Tell ratings from other tables: two of who was rated, by whom, and the score."""
    return len(columns_of(given) & {"ratee", "rater", "score"}) > 1


def check_ratings(given: Given) -> Found:
    """Read ratings as ``fairlead rate`` would; names are known where the call has lists of them."""
    from fairlead.cli.rate import read_groups, read_table
    from fairlead.core.rater_design import design_of
    from fairlead.core.rater_layout import lay_out
    from fairlead.core.rater_texts import about_the_table

    known = {
        name for rules in given.frameworks.values() for one in rules.criteria for name in (one.id, one.title)
    }
    table = read_table(given.name, given.data, given.tables, people=given.people, known_criteria=known)
    read_groups(given.name, given.data, given.tables)
    layout = lay_out(table, "rsm")
    design = design_of(table).design
    low, high = table.ends
    return Found(
        file=given.name,
        kind="ratings",
        numbers=(
            ("ratings", len(table)),
            ("people", len(table.ratees)),
            ("raters", len(table.raters)),
            ("criteria", len(table.criteria)),
            ("lowest", low),
            ("highest", high),
            ("parts", len(design.components)),
            ("strength_of_links", design.strength if design.connected else 0.0),
        ),
        notes=about_the_table(table, layout, design),
        problems=tuple(_not_linked(given, design)),
    )


def _not_linked(given: Given, design: Design) -> list[Problem]:
    """Say that parts have no link, at the first rating of each part but the first."""
    if design.connected:
        return []
    from fairlead.cli.rate import lines_of_raters

    lines, column = lines_of_raters(given.name, given.data, given.tables)
    return [
        Problem(
            file=given.name,
            line=min(lines[rater] for rater in part),
            column=column,
            wrong=f"“{part[0]}” shares no link with “{design.components[0][0]}”: part {number} of "
            f"{len(design.components)} begins here.",
            right=LINK,
        )
        for number, part in enumerate(design.components[1:], start=2)
    ]


def check_decisions(given: Given) -> Found:
    """Read decisions as ``fairlead impact`` would."""
    from fairlead.cli.impact import notes, read_table
    from fairlead.core.impact import impact

    table = read_table(given.name, given.data, given.tables)
    decided, selected = table.whole()
    little = [
        f"{one.attribute}: {one.whole.too_little}" for one in impact(table).attributes if one.whole.too_little
    ]
    return Found(
        file=given.name,
        kind="decisions",
        numbers=(
            ("people", len(table)),
            ("decided", int(decided.sum())),
            ("selected", int((decided & selected).sum())),
            ("open", int(table.open.sum())),
            ("steps", ", ".join(table.steps)),
            *((f"groups_of_{one.name}", len(one.values)) for one in table.attributes),
            *((f"not_stated_{one.name}", int((one.of < 0).sum())) for one in table.attributes),
            *(((table.strata.name, len(table.strata.values)),) if table.strata else ()),
            *(((table.rounds.name, len(table.rounds.values)),) if table.rounds else ()),
        ),
        notes=(*little, *notes(table, given.tables)),
    )


def perhaps_decisions(given: Given, found: Found) -> Found:
    """Say how decisions are read where a table is no people list and has a column of yes and no."""
    from fairlead.core.problems import BadInput
    from fairlead.sources.decisions import NO, YES
    from fairlead.sources.files import read_table

    try:
        table = read_table(given.name, given.data, limit_bytes=given.limit_bytes, rows_alone=True)
    except BadInput:
        return found
    for column in table.columns:
        words = {cell.strip().casefold() for cell in table.column(column)} - {""}
        if words and words <= YES | NO:
            return replace(found, notes=(*found.notes, DECISIONS))
    return found
