"""Read a labelled table of the two published behaviours, where somebody holds one."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Final

from fairlead.core.behaviours import CELLS, FEATURES, BehaviourTable
from fairlead.core.problems import BadInput, Problem
from fairlead.library.load import shipped, validate
from fairlead.library.schema import Entry

if TYPE_CHECKING:
    from fairlead.sources.files import Table

COLUMNS: Final = ("length", "planned", "size", "place", "functions", "leader", "manager")
"""Five features of a combination, and its probability under each behaviour."""

NEAR_ONE: Final = 0.01
"""How far printed probabilities may be from summing to 1; they are made to sum to 1 exactly."""


class Published(Entry):
    """What is known of the behaviours without labels: how common each share is, and who found it."""

    source: str
    prior: tuple[float, ...]


def behaviours(table: Table) -> BehaviourTable:
    """Sum a labelled table to the combinations that a calendar carries.

    Rows that are alike in the five features are added up, so that a table of all 654 combinations can
    be given as it is. ``BadInput`` names line and column of what cannot be read.
    """
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        wrong = f"The column “{missing[0]}” is missing."
        raise BadInput(
            Problem(
                file=table.file, line=table.header_line, wrong=wrong, right=f"Needed: {', '.join(COLUMNS)}."
            )
        )
    sums = {name: dict.fromkeys(CELLS, 0.0) for name in ("leader", "manager")}
    for row, (_, record) in enumerate(table.records()):
        cell = "+".join(_feature(table, row, record, place) for place in range(len(FEATURES)))
        for name, found in sums.items():
            found[cell] += _probability(table, row, name, record[name])
    for name, found in sums.items():
        if abs(sum(found.values()) - 1) > NEAR_ONE:
            wrong = f"The column “{name}” sums to {sum(found.values()):.3f}."
            raise BadInput(Problem(file=table.file, wrong=wrong, right="Probabilities of all rows sum to 1."))
    published = validate(Published, shipped("behaviours/published.yaml"))
    return BehaviourTable(
        leader=_whole(sums["leader"]),
        manager=_whole(sums["manager"]),
        prior=published.prior,
        source=published.source,
    )


def _feature(table: Table, row: int, record: dict[str, str], place: int) -> str:
    name, known = COLUMNS[place], FEATURES[place]
    said = record[name].strip().casefold()
    if said not in known:
        raise table.bad(row, name, f"“{record[name][:40]}” is no {name}.", f"One of: {', '.join(known)}.")
    return said


def _probability(table: Table, row: int, name: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not (isfinite(value) and 0 <= value <= 1):
        raise table.bad(row, name, f"“{text[:40]}” is no probability.", "Write a number from 0 to 1.")
    return value


def _whole(found: dict[str, float]) -> tuple[float, ...]:
    total = sum(found.values())
    return tuple(found[cell] / total for cell in CELLS)
