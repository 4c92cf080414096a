"""What a role asks: how much leading, managing and doing, by competency."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """How much a role asks of one kind of work or one competency.

    ``level`` runs 0 to 1 (importance and level together); ``emphasis`` is in standard deviations
    from the mean of roles of the same job zone; ``share`` is the part of all that the role asks
    (kinds: the three shares sum to 1; competencies: the twelve sum to 1), with an 80 % interval
    over the activities behind it. Any of them is ``None`` where the source cannot say.
    """

    name: str
    level: float | None
    emphasis: float | None
    share: float | None
    share_low: float | None
    share_high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleProfile:
    """What one role asks.

    ``source`` is ``"onet"``, ``"own"`` or ``"description"``; ``kinds`` holds leading, managing and
    doing in this order, ``competencies`` the twelve in the order of ``work.Competency``;
    ``values`` and ``styles`` are (name, number) pairs, strongest first; ``attribution`` must be
    shown with every figure derived from O*NET.
    """

    code: str
    title: str
    source: str
    job_zone: int | None
    kinds: tuple[Demand, ...]
    competencies: tuple[Demand, ...]
    values: tuple[tuple[str, float], ...] = ()
    styles: tuple[tuple[str, float], ...] = ()
    attribution: str = ""
    as_of: str | None = None
    notes: tuple[str, ...] = ()

    def demand(self, name: str) -> Demand:
        """Return the demand of that name; ``KeyError`` if there is none."""
        for found in (*self.kinds, *self.competencies):
            if found.name == name:
                return found
        raise KeyError(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleMatch:
    """One role found from a wording: the title that matched, and how well (0 to 100)."""

    code: str
    title: str
    matched: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceReading:
    """One sentence of a job description, what it asks for and the words that decided.

    ``words`` are (start, end) offsets into ``text``; ``kind`` is empty where the sentence asks for
    nothing that the lens knows.
    """

    text: str
    kind: str
    competency: str
    weight: float
    words: tuple[tuple[int, int], ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DescriptionReading:
    """A job description read through the lens (row 190)."""

    sentences: tuple[SentenceReading, ...]
    profile: RoleProfile | None
    too_little: str = ""
