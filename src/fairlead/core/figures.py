"""A number that explains itself: how many, of which date, by which formula, what is left out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One published number with its explanation (PRODUCT.md principle 3).

    Parameters
    ----------
    name
        Stable key, as in JSON (``"reactive_share"``).
    value
        The number, unrounded; ``None`` when there is too little to say.
    unit
        ``"hours"``, ``"share"`` (0 to 1), ``"count"``, ``"points"`` (scale points), ``"days"``.
    n
        How many observations stand behind it.
    n_of
        What ``n`` counts: ``"events"``, ``"weeks"``, ``"answers"``.
    formula
        One plain sentence: how it was computed.
    left_out
        One plain sentence: what it does not contain; empty when nothing is.
    as_of
        ISO date of the newest observation behind it, or ``None`` when there is none.
    low, high
        Bounds of an interval at ``level``, where one can be given.
    level
        Coverage of the interval, usually 0.8.
    too_little
        Why ``value`` is ``None``, as a sentence a person can act on.
    """

    name: str
    value: float | None
    unit: str
    n: int
    n_of: str
    formula: str
    left_out: str = ""
    as_of: str | None = None
    low: float | None = None
    high: float | None = None
    level: float | None = None
    too_little: str = ""
