"""What a packet rests on: impressions, evidence, praise without an act. Flags that change no number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from datetime import datetime

Basis = Literal["seen", "artefact", "heard", "impression"]
"""What a rating rests on: saw it myself, an artefact, heard of it, an impression."""

BASES: Final[tuple[Basis, ...]] = ("seen", "artefact", "heard", "impression")

FlagKind = Literal["impressions", "self_above_evidence", "before_reading", "praise_without_act"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingBasis:
    """One rating of a packet: who gave it for which criterion, on what it rests, when, and in which words.

    ``first_read`` is when the rater first opened the evidence, ``None`` if never.
    """

    rater: str
    criterion: str
    basis: Basis
    given: datetime
    first_read: datetime | None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfRating:
    """What the candidate rates and what stands beside it: the evidence of that criterion, counted."""

    criterion: str
    rating: float
    evidence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WordMark:
    """Praise without an observable act: from ``start`` up to ``end`` of a text, and why it is marked.

    ``where`` says whose text: ``"rating"`` with rater and criterion, or another text of the packet.
    """

    where: str
    start: int
    end: int
    word: str
    why: str
    rows: tuple[int, ...] = ()
    research: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """One thing to look at: ``says`` what was counted, ``explains`` why it is shown and what not.

    ``count`` of ``of``; ``criteria`` where it stands. It changes no number.
    """

    kind: FlagKind
    count: int
    of: int
    criteria: tuple[str, ...]
    says: str
    explains: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketFlags:
    """The safeguard of one packet: counts by basis, the flags, the marked words."""

    ratings: int
    by_basis: tuple[tuple[Basis, int], ...]
    impression_share: float | None
    flags: tuple[Flag, ...]
    marks: tuple[WordMark, ...]
