"""Counts of people, so coarse that nobody can be found in them or missed from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

TEN: Final = 10
"""So many people stand behind a count that is shown, and so many beside it; and the step of rounding."""

RULE: Final = (
    "A count is shown from ten people on, rounded down to tens, and never so high that fewer than ten would "
    "be left. Fewer than ten are called that, and none is not told from nine."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoarseCount:
    """A count of people: ``at_least`` so many, a multiple of ten; 0 stands for fewer than ten, none included.

    ``None`` where the group is too small for any count.
    """

    at_least: int | None

    @property
    def says(self) -> str:
        """Say it in words."""
        if self.at_least is None:
            return "not shown"
        return f"{self.at_least} or more" if self.at_least else f"fewer than {TEN}"


def coarse_count(count: int, among: int) -> CoarseCount:
    """Round a count of people down, so that it says nothing about any one of them.

    Parameters
    ----------
    count
        People for whom something is so.
    among
        People it could be so for.

    Returns
    -------
    CoarseCount
        By ``RULE``: a multiple of ten with at least ten people behind it, and at least ten beside it.

    Raises
    ------
    ValueError
        When the count is negative or larger than the group.

    Notes
    -----
    Rounding down to a multiple of ten, with ten as the smallest that is told, is the rule by which
    participation in a survey is shown. The second half of the rule keeps a count that is nearly everybody
    from telling who is not in it. A count that moves can be watched; so a caller gives counts of periods
    that are over, and not of today.

    Examples
    --------
    >>> [coarse_count(count, 34).says for count in (0, 9, 10, 19, 20, 34)]
    ['fewer than 10', 'fewer than 10', '10 or more', '10 or more', '20 or more', '20 or more']
    >>> coarse_count(12, 19).says
    'not shown'
    """
    if not 0 <= count <= among:
        raise ValueError(f"{count} people are not among {among}.")
    if among < 2 * TEN:
        return CoarseCount(at_least=None)
    return CoarseCount(at_least=min(count, among - TEN) // TEN * TEN)
