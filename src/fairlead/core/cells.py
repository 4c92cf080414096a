"""What a release is made of: figures, and the reasons where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from fairlead.core.blocks import Reach
    from fairlead.core.notches import Shown
    from fairlead.core.waves import Trend

Agreement = Literal["", "alike", "differently"]
"""What is said of how far a team's answers lie apart; empty where nothing may be said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One figure: the question, whose answers, the mean as shown, and how it moved.

    ``reach`` is ``"team"`` or ``"organization"`` with the manager's id as ``group`` (empty: all), or
    ``"lens"`` with the ``value`` of the lens. ``trend`` is empty where nothing may be said. With
    ``held`` the figure is the one of ``as_of`` again: since then only few came or left, and what is new
    could be theirs. ``agreement`` is said of teams only, and of a held figure as it was said then.
    """

    question: str
    reach: Reach
    group: str
    shown: Shown
    value: str = ""
    trend: Trend = ""
    held: bool = False
    as_of: date | None = None
    agreement: Agreement = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A figure that is not there, and why; ``question`` is empty where none of the group's is there."""

    question: str
    reach: Reach
    group: str
    why: str
