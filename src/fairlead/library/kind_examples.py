"""Examples of rules as calendar tables, so that every rule can be tried on what it says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from fairlead.core.kinds import classify
from fairlead.core.tables import NO_NOTICE, ORGANIZER_RELATIONS, Meetings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.kinds import Rules
    from fairlead.library.kinds import Facts, RuleEntry

_EVERY: Final = {"daily": 1, "weekly": 7, "biweekly": 14, "monthly": 28, "quarterly": 91}
_TUESDAY: Final = 20_551 * 1440  # 2026-04-07, an ordinary Tuesday, in minutes
_COUNTS: Final = ("reports", "managers", "peers", "other_functions", "outside", "unknown")


def example_meetings(examples: Sequence[Facts]) -> Meetings:
    """Lay out examples as a table in the zone UTC; those that repeat get three occurrences.

    The first row of each example comes in the order of the examples; rows are in order of start,
    so ``series`` tells which example a row belongs to. A meeting with a colleague is added at the
    end, so that the table is one of a calendar that names people.
    """
    rows = []
    for number, facts in enumerate(examples):
        hour, minute = (int(part) for part in facts.start.split(":"))
        first = _TUESDAY + (0 if facts.all_day else hour * 60 + minute)
        times = [0] if facts.every == "once" else [step * _EVERY[facts.every] for step in range(3)]
        created = NO_NOTICE if facts.notice is None else first - round(facts.notice * 60)
        rows += [(first + days * 1440, number, created, facts) for days in times]
    rows.sort(key=lambda row: row[:2])
    return _table(rows, len(examples))


def _table(rows: list[tuple[int, int, int, Facts]], extra: int) -> Meetings:
    last = (rows[-1][0] if rows else _TUESDAY) + 1
    facts = [row[3] for row in rows]
    start = np.array([*(row[0] for row in rows), last], dtype=np.int64)
    minutes = np.array([*(f.minutes for f in facts), 60], dtype=np.int64)
    counts: dict[str, Any] = {
        name: np.array([*(getattr(f, name) for f in facts), int(name == "peers") * 5], dtype=np.int16)
        for name in _COUNTS
    }
    people = np.sum(list(counts.values()), axis=0)
    alone_with = (counts["reports"] == 1) & (people == 1)
    flags: dict[str, Any] = {
        name: np.array([*(getattr(f, name) for f in facts), False])
        for name in ("all_day", "transparent", "private", "personal")
    }
    return Meetings(
        zone="UTC",
        start_utc=start,
        start_local=start,
        end_utc=start + minutes,
        end_local=start + minutes,
        created=np.array([*(row[2] for row in rows), last - 9000], dtype=np.int64),
        series=np.array([*(row[1] for row in rows), extra], dtype=np.int32),
        recurring=np.array([*(f.every != "once" for f in facts), False]),
        response=np.zeros(len(start), dtype=np.int8),
        organizer=np.array([*(ORGANIZER_RELATIONS.index(f.organizer) for f in facts), 3], dtype=np.int8),
        functions=np.zeros(len(start), dtype=np.int8),
        one_to_one=np.where(alone_with, 0, -1).astype(np.int32),
        title=(*(f.title for f in facts), ""),
        categories=((),) * len(start),
        report_labels=("report 1",),
        **counts,
        **flags,
    )


def deciding_rules(examples: Sequence[Facts], rules: Rules) -> list[str]:
    """Return the id of the rule that decides each example, or an empty text where none does."""
    table = example_meetings(examples)
    found = classify(table, rules)
    first = {int(number): row for row, number in reversed(list(enumerate(table.series)))}
    ids = [*(rule.id for rule in rules.rules), ""]
    return [ids[found.rule[first[number]]] for number in range(len(examples))]


def broken_examples(entries: Sequence[RuleEntry], rules: Rules) -> list[tuple[str, str]]:
    """Return (rule, sentence) for every example that its rule does not keep."""
    problems = []
    for entry in entries:
        for facts, rule in zip(entry.examples, deciding_rules(entry.examples, rules), strict=True):
            if rule != entry.id:
                decided = f"the rule “{rule}” decides" if rule else "no rule decides"
                problems.append((entry.id, f"Of its example “{facts.title}”, {decided}."))
        for facts, rule in zip(entry.not_examples, deciding_rules(entry.not_examples, rules), strict=True):
            if rule == entry.id:
                problems.append((entry.id, f"It decides “{facts.title}”, which it must not."))
    return problems
