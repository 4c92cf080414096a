"""Reasons to move up, read as five motives (rows 10, 11, 90)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairlead.core.direction_answers import Motive
from fairlead.core.direction_reading import MotiveReading, MotivesReading
from fairlead.core.figures import Figure
from fairlead.core.phrases import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.direction_answers import Motives, OwnReason
    from fairlead.core.scales import ScaleScore

LABELS: Final[dict[str, str]] = {
    Motive.ADVANCEMENT: "Advancement",
    Motive.DEVELOPING_PEOPLE: "Developing people",
    Motive.INFLUENCE: "Influence",
    Motive.ORGANIZATION: "The organization's good",
    Motive.EXPECTATION: "Expectation of others",
}

ENOUGH_OWN: Final = 3
"""Fewer reasons in own words are too few to say that a motive is missing among them."""


def read_motives(said: Motives, scores: Sequence[ScaleScore], on: str) -> MotivesReading:
    """Read reasons by choice and in own words as five motives, each by itself.

    Parameters
    ----------
    said
        Reasons in own words with the motive that the person reads in them.
    scores
        Scored scales; a scale belongs to the motive that its ``about`` names, alone or behind a full
        stop (``"motive.influence"``).
    on
        ISO date of the answers.

    Returns
    -------
    MotivesReading
        Five motives in the order of ``Motive``. ``apart`` is true where advancement and developing
        people have intervals that do not meet, or, without scales, where of ``ENOUGH_OWN`` or more
        read reasons most are about the one and none about the other; ``higher`` says which.

    Notes
    -----
    Motives are kept apart and never added up: those of the motivation to lead behave as separate
    constructs (Chan & Drasgow 2001, doi:10.1037/0021-9010.86.3.481; meta-analysis Badura et al.
    2020, doi:10.1037/apl0000439). What a text means is the person's own reading of it; no machine
    reads texts.

    Examples
    --------
    >>> from fairlead.core.direction_answers import Motives, OwnReason
    >>> said = Motives(own=tuple(OwnReason(text="Up", motive=Motive.ADVANCEMENT) for _ in range(3)))
    >>> read_motives(said, (), "2026-11-23").beside
    'Advancement stands in 3 of 3 of your own reasons, developing people in none.'
    """
    motives = tuple(_motive(motive, said.own, scores, on) for motive in Motive)
    beside, higher = _beside(motives, said.own)
    return MotivesReading(
        motives=motives,
        not_read=_own_figure("not_read", sum(one.motive is None for one in said.own), said.own, on),
        beside=beside,
        apart=bool(higher),
        higher=higher,
        says=_says(motives, said.own),
    )


def of(reading: MotivesReading, motive: Motive) -> MotiveReading:
    """Return the reading of that motive."""
    return next(one for one in reading.motives if one.motive == motive)


def above_middle(score: ScaleScore | None) -> bool:
    """Say whether the whole interval of a scale lies above the middle of its options."""
    return (
        score is not None and score.low is not None and score.low > (score.low_option + score.high_option) / 2
    )


def _motive(motive: Motive, own: Sequence[OwnReason], scores: Sequence[ScaleScore], on: str) -> MotiveReading:
    mine = [one for one in own if one.motive is motive]
    return MotiveReading(
        motive=str(motive),
        label=LABELS[motive],
        score=next((score for score in scores if score.about.rpartition(".")[2] == motive), None),
        own=_own_figure(f"own.{motive}", len(mine), own, on),
        own_texts=tuple(one.text for one in mine),
    )


def _own_figure(name: str, n: int, own: Sequence[OwnReason], on: str) -> Figure:
    return Figure(
        name=name, value=float(n) if own else None, unit="count", n=len(own), n_of="own reasons",
        formula="Number of your own reasons that you read this way.", as_of=on,
        left_out="Reasons you did not write down.",
        too_little="" if own else "You wrote no reasons of your own.",
    )  # fmt: skip


def _beside(motives: Sequence[MotiveReading], own: Sequence[OwnReason]) -> tuple[str, str]:
    """Set advancement beside developing people, by scales or own reasons, and name the one above, if any."""
    by_id = {one.motive: one for one in motives}
    up, people = by_id[Motive.ADVANCEMENT], by_id[Motive.DEVELOPING_PEOPLE]
    ups, peoples = len(up.own_texts), len(people.own_texts)
    counted = ""
    if own:
        said = peoples or "none"
        counted = (
            f"Advancement stands in {ups} of {len(own)} of your own reasons, developing people in {said}."
        )
    read = sum(one.motive is not None for one in own)
    higher_own = ""
    if read >= ENOUGH_OWN and ups > read / 2 and not peoples:
        higher_own = up.motive
    elif read >= ENOUGH_OWN and peoples > read / 2 and not ups:
        higher_own = people.motive
    if up.score is None or people.score is None or up.score.score is None or people.score.score is None:
        return counted or "Neither advancement nor developing people was answered.", higher_own
    higher, lower = (up, people) if up.score.score >= people.score.score else (people, up)
    by_scale = _clearly(higher.score, lower.score)
    scales = (
        f"{higher.label} lies clearly above {lower.label.lower()}, by your choices."
        if by_scale
        else "By your choices, neither advancement nor developing people lies clearly above the other."
    )
    return " ".join(part for part in (scales, counted) if part), higher.motive if by_scale else ""


def _clearly(higher: ScaleScore | None, lower: ScaleScore | None) -> bool:
    return (
        higher is not None
        and lower is not None
        and higher.low is not None
        and lower.high is not None
        and higher.low > lower.high
    )


def _says(motives: Sequence[MotiveReading], own: Sequence[OwnReason]) -> str:
    clear = [one.label.lower() for one in motives if above_middle(one.score)]
    scored = any(one.score is not None and one.score.score is not None for one in motives)
    said = []
    if scored:
        said.append(f"Clearly part of your reasons: {', '.join(clear)}." if clear else
                    "No motive lies clearly above the middle.")  # fmt: skip
    if own:
        unread = sum(one.motive is None for one in own)
        rest = f", {unread} of them not yet read as a motive" if unread else ""
        said.append(f"{count(len(own), 'reason')} in your own words{rest}.")
    return " ".join(said) or "Nothing was answered."
