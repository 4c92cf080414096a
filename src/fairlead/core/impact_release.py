"""Impact tables that may be shown: no count from which somebody's attribute could be worked out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import InitVar, asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from fairlead.core.impact_results import LEVEL
from fairlead.core.impact_shown import Layout, ReleasedGroup, ReleasedTable, Telling
from fairlead.core.mantel_haenszel import MantelHaenszel
from fairlead.core.safe_counts import UnsafeCountsError, is_safe, protect

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from fairlead.core.decisions import Decisions
    from fairlead.core.impact_results import Scope
    from fairlead.core.safe_counts import Key

__all__ = (
    "MINIMUM", "Audit", "ReleasedGroup", "ReleasedImpact", "ReleasedTable", "UnsafeCountsError",
    "release_impact", "restore", "to_json",
)  # fmt: skip

MINIMUM: Final = 5
"""Counts below this are never shown and cannot be worked out; may be raised, never lowered."""

NOTES: Final = (
    "A count that is not shown is below {minimum}, or one below {minimum} could be worked out from it.",
    "Every figure here is made from counts that are shown.",
)

_HALLMARK: Final = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What the attack found.

    Of ``cells`` with an attribute in them ``withheld`` are not shown. ``passed``: every small one can have
    so many values as is promised. How many of the withheld are small is not told: it would help to find
    them.
    """

    passed: bool
    minimum: int
    cells: int
    withheld: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedImpact:
    """All of the impact tables that anybody may see; only this module makes one.

    ``shown`` are all counts in it by name and ``rounds`` the rounds it covers, so that a later release
    can be made safe together with this one.
    """

    tables: tuple[ReleasedTable, ...]
    audit: Audit
    minimum: int
    rounds: tuple[str, ...]
    shown: tuple[tuple[Key, int], ...]
    notes: tuple[str, ...]
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not _HALLMARK:
            raise TypeError("Only core.impact_release makes a ReleasedImpact.")

    def find(
        self, attribute: str, scope: Scope = "whole", name: str = "", stratum: str = ""
    ) -> ReleasedTable:
        """Give one table; ``KeyError`` if there is none."""
        for one in self.tables:
            if (one.attribute, one.scope, one.name, one.stratum) == (attribute, scope, name, stratum):
                return one
        raise KeyError((attribute, scope, name, stratum))


def release_impact(
    decisions: Decisions,
    *,
    minimum: int = MINIMUM,
    reference: str = "",
    earlier: Sequence[ReleasedImpact] = (),
    level: float = LEVEL,
) -> ReleasedImpact:
    """Make the impact tables that may be shown.

    Parameters
    ----------
    decisions
        All decisions so far, of one or two attributes. Who was decided on, in which unit and round, and
        how, counts as known to everybody; what people state of themselves is the secret.
    minimum
        Least count that is shown: 5, or more.
    reference
        The value of the first attribute to compare with; else the one selected most often of those shown.
    earlier
        Former releases of the same file, with fewer rounds: what they showed stays shown, and both
        together give nothing away.
    level
        Coverage of intervals.

    Returns
    -------
    ReleasedImpact
        Counts, and what follows from counts that are all shown. No figure is made from a withheld count.

    Raises
    ------
    ValueError
        When ``minimum`` is below 5 or below that of a former release, or a former release is of other
        rounds.
    UnsafeCountsError
        When former releases leave no way to protect the counts.

    Notes
    -----
    Zeros are withheld like other small counts: that none of a group was promoted says of everybody who was
    that they are not of that group. See :func:`fairlead.core.safe_counts.protect` for what is promised.

    Examples
    --------
    >>> import numpy as np
    >>> from fairlead.core.decisions import Decisions, attribute
    >>> race = attribute("race", ["B"] * 8 + ["H"] * 8 + ["W"] * 25)
    >>> passed = np.array([1] * 3 + [0] * 5 + [1] * 3 + [0] * 5 + [1] * 16 + [0] * 9)
    >>> table = Decisions(steps=("promoted",), passed=passed, open=np.zeros(41, bool), attributes=(race,))
    >>> for one in release_impact(table).find("race").groups:
    ...     print(one.group, one.n, one.selected, one.impact_ratio)
    B 8 None None
    H 8 None None
    W 25 16 1.0
    B, H 16 6 0.5859375
    """
    if minimum < MINIMUM:
        raise ValueError(f"The minimum is {MINIMUM} or more.")
    layout = Layout(decisions, [one.rounds for one in earlier])
    if any(one.minimum > minimum for one in earlier):
        raise ValueError("A former release promised a larger minimum.")
    before = np.zeros(len(layout.counts.keys), dtype=bool)
    for one in earlier:
        before |= layout.marked(one.rounds, one.shown)
    withheld = in_turn(layout, minimum, before)
    safe = is_safe(layout.counts, withheld, minimum)
    if not safe:
        raise UnsafeCountsError("A withheld count could be worked out.")
    told = Telling(layout, withheld, reference=reference, level=level)
    meant = ~layout.counts.known & ~layout.never_shown()
    return ReleasedImpact(
        tables=tuple(told.tables()),
        audit=Audit(
            passed=safe,
            minimum=minimum,
            cells=int(meant.sum()),
            withheld=int((withheld & meant).sum()),
        ),
        minimum=minimum,
        rounds=decisions.rounds.values if decisions.rounds is not None else (),
        shown=tuple(
            (key, int(value))
            for key, value, hidden in zip(layout.counts.keys, layout.counts.values, withheld, strict=True)
            if any(key[:2]) and not hidden
        ),
        notes=tuple(one.format(minimum=minimum) for one in NOTES),
        seal=_HALLMARK,
    )


def in_turn(layout: Layout, minimum: int, before: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Choose what to withhold table by table, the most telling first: what is shown of it stays shown.

    Where a table leaves no way to protect its small counts, all of it is withheld.
    """
    later, never = ~layout.counts.known & ~before, layout.never_shown()
    witnesses: list[NDArray[np.int64]] = []
    counts = layout.counts
    withheld = protect(counts, minimum, shown_before=before, never_shown=later, witnesses=witnesses)
    shown = before.copy()
    for table in layout.in_turn():
        later &= ~table
        try:
            withheld = protect(
                counts, minimum, shown_before=shown, never_shown=later | never, witnesses=witnesses
            )
        except UnsafeCountsError:
            later |= table & ~shown
            continue
        shown |= table & ~withheld & ~counts.known
        later |= table & ~shown
    return withheld


def to_json(released: ReleasedImpact) -> dict[str, Any]:
    """Give a release as plain JSON values to keep, with a hash over all of them that :func:`restore` checks.

    Examples
    --------
    >>> import numpy as np
    >>> from fairlead.core.decisions import Decisions, attribute
    >>> sex = attribute("sex", ["woman"] * 20 + ["man"] * 20)
    >>> passed = np.array([1] * 8 + [0] * 12 + [1] * 9 + [0] * 11)
    >>> table = Decisions(steps=("promoted",), passed=passed, open=np.zeros(40, bool), attributes=(sex,))
    >>> found = release_impact(table)
    >>> restore(to_json(found)) == found
    True
    """
    told: dict[str, Any] = json.loads(json.dumps(asdict(released), allow_nan=False))
    return told | {"hash": _hash(told)}


def restore(stored: Mapping[str, Any]) -> ReleasedImpact:
    """Read back what :func:`to_json` gave, so that a later release can take it along.

    Raises
    ------
    ValueError
        When anything in it is not as it was released.
    """
    told = dict(stored)
    if told.pop("hash", "") != _hash(told):
        raise ValueError("This is not a release as it was made.")
    return ReleasedImpact(
        tables=tuple(_table(one) for one in told["tables"]),
        audit=Audit(**told["audit"]),
        minimum=told["minimum"],
        rounds=tuple(told["rounds"]),
        shown=tuple((tuple(key), value) for key, value in told["shown"]),
        notes=tuple(told["notes"]),
        seal=_HALLMARK,
    )


def _table(one: Mapping[str, Any]) -> ReleasedTable:
    found = one["mantel_haenszel"]
    read = {
        "groups": tuple(
            ReleasedGroup(**{**group, "together": tuple(group["together"])}) for group in one["groups"]
        ),
        "mantel_haenszel": None if found is None else MantelHaenszel(**found),
    }
    return ReleasedTable(**{**one, **read})


def _hash(told: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
