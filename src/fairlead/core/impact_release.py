"""Impact tables that may be shown: no count from which somebody's attribute could be worked out."""

from __future__ import annotations

from dataclasses import InitVar, dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from fairlead.core.impact import Scope, Word
    from fairlead.core.mantel_haenszel import MantelHaenszel

MINIMUM: Final = 5
"""Counts below this are never shown and cannot be worked out; may be raised, never lowered."""

_SEAL: Final = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedGroup:
    """One group of a released table; ``n`` or ``selected`` is ``None`` where it is withheld.

    What follows from both (rate, ratio, interval, p, shortfall) stands only where all it is made from is
    shown. ``together`` names the groups of which this is the sum, where they are shown together only.
    """

    group: str
    n: int | None
    selected: int | None
    rate: float | None
    impact_ratio: float | None
    low: float | None
    high: float | None
    mid_p: float | None
    shortfall: float | None
    below_four_fifths: bool | None
    said: Word
    small: bool = False
    together: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedTable:
    """One decision as it may be shown; ``stratum`` is empty for all of them together.

    ``n`` and ``selected`` are of everybody and known anyway. The last group is "not stated". ``withheld``
    counts the cells that are not shown.
    """

    attribute: str
    scope: Scope
    name: str
    stratum: str
    n: int
    selected: int
    reference: str
    groups: tuple[ReleasedGroup, ...]
    withheld: int
    mantel_haenszel: MantelHaenszel | None = None
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What the attack found.

    Of ``cells`` with an attribute in them ``withheld`` are not shown, ``small`` of them because they are
    small themselves; ``narrowest`` is the least number of values a withheld count can have.
    """

    passed: bool
    minimum: int
    cells: int
    withheld: int
    small: int
    narrowest: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedImpact:
    """All of the impact tables that anybody may see; only this module makes one."""

    tables: tuple[ReleasedTable, ...]
    audit: Audit
    minimum: int
    notes: tuple[str, ...]
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError("Only core.impact_release makes a ReleasedImpact.")
