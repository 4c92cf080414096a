"""What a packet rests on: impressions, evidence, praise without an act. Flags that change no number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

Basis = Literal["seen", "artefact", "heard", "impression"]
"""What a rating rests on: saw it myself, an artefact, heard of it, an impression."""

BASES: Final[tuple[Basis, ...]] = ("seen", "artefact", "heard", "impression")

FlagKind = Literal[
    "impressions", "self_above_evidence", "before_reading", "praise_without_act", "no_evidence"
]

HIGH: Final = 0.75
"""A self-rating this far up the scale, or farther, is a high one."""

THIN: Final = 1
"""So many pieces of evidence or fewer beside a high self-rating are thin."""

NO_NUMBER: Final = "It changes no rating, no fair score and no order; people read it and decide."


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
class PraiseTerm:
    """A word or phrase that praises (or blames) without saying what was done.

    ``*`` at the end of a word stands for any ending. ``why`` is said to the writer; ``rows`` and
    ``research`` say where it comes from.
    """

    term: str
    why: str
    rows: tuple[int, ...]
    research: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PraiseLexicon:
    """Words of praise, and words of acts that make a sentence more than praise."""

    praise: tuple[PraiseTerm, ...]
    acts: tuple[str, ...]


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


def packet_flags(
    ratings: Sequence[RatingBasis],
    *,
    self_ratings: Sequence[SelfRating] = (),
    texts: Sequence[tuple[str, str]] = (),
    lexicon: PraiseLexicon,
    lowest: float,
    highest: float,
) -> PacketFlags:
    """Say what a packet rests on.

    Parameters
    ----------
    ratings
        Every rating of the packet with what it rests on.
    self_ratings
        The candidate's own, each beside the count of evidence for that criterion.
    texts
        Other texts of the packet: whose it is, and the text.
    lexicon
        The words of praise and of acts.
    lowest, highest
        Ends of the scale that self-ratings are given on.

    Returns
    -------
    PacketFlags
        Counts and sentences; no score, and nothing that could be added to one.

    Notes
    -----
    Confidence raises the standing of people whether they are able or not, so that it is kept apart from
    evidence by asking of each rating what it rests on.

    References
    ----------
    Anderson, Brion, Moore & Kennedy (2012), doi:10.1037/a0029395; Smith & Kendall (1963),
    doi:10.1037/h0047060.

    Examples
    --------
    >>> from datetime import datetime
    >>> nothing = PraiseLexicon(praise=(), acts=())
    >>> at = datetime(2026, 5, 4)
    >>> one = RatingBasis(rater="r", criterion="c", basis="impression", given=at, first_read=at)
    >>> found = packet_flags([one], lexicon=nothing, lowest=1, highest=5)
    >>> found.impression_share, [flag.kind for flag in found.flags]
    (1.0, ['impressions'])
    """
    marks = tuple(_all_marks(ratings, texts, lexicon))
    by_basis = tuple((basis, sum(one.basis == basis for one in ratings)) for basis in BASES)
    written = sum(bool(one.text.strip()) for one in ratings) + sum(bool(text.strip()) for _, text in texts)
    flags = [
        _impressions(ratings),
        _before_reading(ratings),
        _self_above_evidence(self_ratings, lowest, highest),
        _praise(marks, written),
    ]
    return PacketFlags(
        ratings=len(ratings),
        by_basis=by_basis,
        impression_share=dict(by_basis)["impression"] / len(ratings) if ratings else None,
        flags=tuple(flag for flag in flags if flag is not None),
        marks=marks,
    )


def _criteria(ratings: Sequence[RatingBasis]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.criterion for one in ratings))


def _impressions(ratings: Sequence[RatingBasis]) -> Flag | None:
    found = [one for one in ratings if one.basis == "impression"]
    if not found:
        return None
    rest = "rests" if len(found) == 1 else "rest"
    says = f"{len(found)} of {_count(len(ratings), 'rating')} {rest} on an impression."
    others = {one.criterion for one in ratings if one.basis != "impression"}
    only = [name for name in _criteria(found) if name not in others]
    if only:
        says += f" Nothing else stands behind: {', '.join(only)}."
    explains = (
        "An impression is neither something seen nor an artefact, and how sure somebody appears shapes it. "
        f"Ask what was seen, and by whom. {NO_NUMBER}"
    )
    return Flag(
        kind="impressions", count=len(found), of=len(ratings), criteria=_criteria(found), says=says,
        explains=explains,
    )  # fmt: skip


def _before_reading(ratings: Sequence[RatingBasis]) -> Flag | None:
    found = [one for one in ratings if one.first_read is None or one.given < one.first_read]
    if not found:
        return None
    was = "was" if len(found) == 1 else "were"
    return Flag(
        kind="before_reading",
        count=len(found),
        of=len(ratings),
        criteria=_criteria(found),
        says=f"{len(found)} of {_count(len(ratings), 'rating')} {was} given before the evidence was opened.",
        explains=(
            "Who has formed an opinion reads the evidence in its light. The rater can read it now, and keep "
            f"or change the rating. {NO_NUMBER}"
        ),
    )


def _self_above_evidence(self_ratings: Sequence[SelfRating], lowest: float, highest: float) -> Flag | None:
    high = lowest + HIGH * (highest - lowest)
    found = [one for one in self_ratings if one.rating >= high and one.evidence <= THIN]
    if not found:
        return None
    listed = "; ".join(
        f"{one.criterion}: {one.rating:g} by oneself, "
        + ("no evidence" if not one.evidence else _count(one.evidence, "piece") + " of evidence")
        for one in found
    )
    return Flag(
        kind="self_above_evidence",
        count=len(found),
        of=len(self_ratings),
        criteria=tuple(one.criterion for one in found),
        says=f"High self-rating beside little evidence, {len(found)} of {len(self_ratings)}: {listed}.",
        explains=(
            "Much may have been done and not written down, or there may be more confidence than evidence. "
            f"Ask for an example before the decision. {NO_NUMBER}"
        ),
    )


def _praise(marks: Sequence[WordMark], written: int) -> Flag | None:
    if not marks:
        return None
    texts = len({one.where for one in marks})
    words = ", ".join(dict.fromkeys(f"“{one.word}”" for one in marks))
    return Flag(
        kind="praise_without_act",
        count=texts,
        of=written,
        criteria=(),
        says=f"{texts} of {_count(written, 'text')} with a judgement and nothing that was done: {words}.",
        explains=(
            "Such words say how somebody comes across. What did the person do, what came of it, and who saw "
            f"it? The list of words knows little: a fair sentence can be marked. {NO_NUMBER}"
        ),
    )


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


# --- words ------------------------------------------------------------------------------------

_WORD: Final = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SENTENCE: Final = re.compile(r"[^.!?;\n]+")
_NUMBER: Final = re.compile(r"\d|%|€|\$|https?:", re.IGNORECASE)


def _all_marks(
    ratings: Sequence[RatingBasis], texts: Sequence[tuple[str, str]], lexicon: PraiseLexicon
) -> Iterator[WordMark]:
    for one in ratings:
        yield from praise_marks(one.text, lexicon, where=f"rating: {one.rater}, {one.criterion}")
    for whose, text in texts:
        yield from praise_marks(text, lexicon, where=whose)


def praise_marks(text: str, lexicon: PraiseLexicon, *, where: str = "") -> tuple[WordMark, ...]:
    """Find praise (or blame) in sentences that tell of no act.

    Parameters
    ----------
    text
        What somebody wrote.
    lexicon
        The words of one or several languages.
    where
        Whose text it is, for the marks.

    Returns
    -------
    tuple of WordMark
        From left to right, without overlaps, the longest phrase first. A sentence with a word of an act,
        a number or a link is left alone.

    Examples
    --------
    >>> lexicon = PraiseLexicon(
    ...     praise=(PraiseTerm(term="charismat*", why="How?", rows=(161,), research=""),), acts=("led",)
    ... )
    >>> [mark.word for mark in praise_marks("Very charismatic. Charismatic, and led the move.", lexicon)]
    ['charismatic']
    """
    found: list[WordMark] = []
    terms = [(tuple(one.term.casefold().split()), one) for one in lexicon.praise]
    by_first: dict[str, list[tuple[tuple[str, ...], PraiseTerm]]] = {}
    for pair in sorted(terms, key=lambda pair: -len(pair[0])):
        by_first.setdefault(pair[0][0][:2], []).append(pair)
    plain = frozenset(one.casefold() for one in lexicon.acts if not one.endswith("*"))
    begun = tuple(one.casefold()[:-1] for one in lexicon.acts if one.endswith("*"))
    for sentence in _SENTENCE.finditer(text):
        words = list(_WORD.finditer(sentence.group()))
        folded = [word.group().casefold() for word in words]
        if _NUMBER.search(sentence.group()) or any(one in plain or one.startswith(begun) for one in folded):
            continue
        at = 0
        while at < len(words):
            near = by_first.get(folded[at][:2], ())
            hit = next((pair for pair in near if _fits(folded[at:], pair[0])), None)
            if hit is None:
                at += 1
                continue
            (parts, term), first = hit, at
            at += len(parts)
            start, end = sentence.start() + words[first].start(), sentence.start() + words[at - 1].end()
            found.append(
                WordMark(
                    where=where,
                    start=start,
                    end=end,
                    word=text[start:end],
                    why=term.why,
                    rows=term.rows,
                    research=term.research,
                )
            )
    return tuple(found)


def _fits(words: Sequence[str], term: Sequence[str]) -> bool:
    if len(words) < len(term):
        return False
    return all(
        word.startswith(part[:-1]) if part.endswith("*") else word == part
        for word, part in zip(words, term, strict=False)
    )
