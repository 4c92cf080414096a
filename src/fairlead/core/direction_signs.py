"""Warnings about a direction: each with the answers it came from and a calm reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fairlead.core.direction_answers import Encourager, Motive, Need, Push
from fairlead.core.direction_reading import DirectionSign
from fairlead.core.motives import ENOUGH_OWN, above_middle, of
from fairlead.core.phrases import count, percent
from fairlead.core.why import ENCOURAGERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairlead.core.direction_answers import WhyIWork
    from fairlead.core.direction_reading import (
        EnergyReading,
        MotivesReading,
        NextLevelReading,
        TrackReading,
        ValuesReading,
    )

STRONG: Final = 4
"""Encouragement from 4 on (of 5) is strong."""

WEAK: Final = 2
"""Up to 2 (of 5) one would rather not."""

LEVELS: Final = 2
"""One level reached is a step; two and the next one without a reason are a treadmill."""

ENOUGH_BURDENS: Final = 3
ENOUGH_MISMATCHES: Final = 2
EXAMPLES: Final = 2
"""So many demands are named as examples: more is a list and no reason."""

HALF: Final = 0.5
MIDDLE: Final = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SignWords:
    """Title, calm reason and rows of one warning."""

    title: str
    says: str
    rows: tuple[int, ...]


SIGNS: Final[dict[str, SignWords]] = {
    "pushed": SignWords(
        title="The push comes from others",
        says=(
            "Encouragement is meant well, and it is no reason yet. Being good at the work says little about "
            "whether leading others would suit you. Take the time to find your own answer; “no” is one too."
        ),
        rows=(54, 55, 69),
    ),
    "expected_next_step": SignWords(
        title="It is the expected next step",
        says=(
            "What others expect plays a part in what you said. Look for one reason that would hold if nobody "
            "were watching, before you go after it."
        ),
        rows=(55, 91),
    ),
    "treadmill": SignWords(
        title="The next level, without a reason yet",
        says=(
            "Levels came one after the other, and why the next one is not written down. A reason of your "
            "own, in a sentence, is worth more than the level."
        ),
        rows=(59, 117),
    ),
    "advancement_without_people": SignWords(
        title="About moving up, hardly about people",
        says=(
            "Wanting to get on is a fair reason. Managing people is mostly about helping others get on: if "
            "that draws you little, another track may carry your wish better."
        ),
        rows=(90,),
    ),
    "would_not_want_life": SignWords(
        title="The life that comes with it is not one you want",
        says=(
            "What the next level brings every day is the level. That you would not want it is an answer, "
            "and it leaves the other tracks open."
        ),
        rows=(14, 62),
    ),
    "mismatch": SignWords(
        title="What you do and what suits you lie apart",
        says=(
            "Work that does not suit somebody tires them sooner (Maslach, Schaufeli & Leiter 2001). It says "
            "nothing against you or the work; something between the two can be moved."
        ),
        rows=(66, 185, 189),
    ),
}
"""Every warning, in the order in which they are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Everything that warnings look at."""

    why: WhyIWork | None = None
    motives: MotivesReading | None = None
    next_level: NextLevelReading | None = None
    values: ValuesReading | None = None
    energy: EnergyReading | None = None
    tracks: tuple[TrackReading, ...] = ()
    current_track: str = ""

    @property
    def wishes_up(self) -> bool:
        """Whether a wish to move up was not denied."""
        return self.why is None or self.why.push is not Push.NO_WISH


def find_signs(heard: Heard) -> tuple[DirectionSign, ...]:
    """Give the warnings that have evidence, in the order of ``SIGNS``.

    Parameters
    ----------
    heard
        What was answered and read.

    Returns
    -------
    tuple of DirectionSign
        Each with the answers it came from. Scales count only where their whole interval lies on one
        side of the middle; shares of hours only where it lies above one half.

    Notes
    -----
    Warnings are prompts to think and no findings. That strong performers are promoted although it
    suits neither them nor their teams: Benson, Li & Shue (2019), doi:10.1093/qje/qjz022.

    Examples
    --------
    >>> from fairlead.core.direction_answers import WhyIWork
    >>> found = find_signs(Heard(why=WhyIWork(push=Push.OWN, levels_reached=3)))
    >>> found[0].id, found[0].evidence
    ('treadmill', ('3 levels in the last five years, and no reason written for the next one.',))
    """
    found = []
    for name, look in _LOOKS.items():
        evidence = look(heard)
        if evidence:
            words = SIGNS[name]
            found.append(
                DirectionSign(id=name, title=words.title, evidence=evidence, says=words.says, rows=words.rows)
            )
    return tuple(found)


def _pushed(heard: Heard) -> tuple[str, ...]:
    why = heard.why
    if why is None:
        return ()
    evidence = []
    if why.push is Push.PUSHED:
        evidence.append("You said that you are pushed.")
    by = [one for one in why.encouraged_by if one is not Encourager.NOBODY]
    by_nobody = bool(why.encouraged_by) and not by
    strong = why.encouragement is not None and why.encouragement >= STRONG and not by_nobody
    if strong and why.push is not Push.OWN:
        who = ", ".join(ENCOURAGERS[one] for one in by) or "others"
        wish = ", and you do not wish it" if why.push is Push.NO_WISH else ""
        evidence.append(f"Strong encouragement ({why.encouragement} of 5) by {who}{wish}.")
    if evidence and why.need is Need.ORGANIZATION:
        evidence.append("A next step would serve the organization's need, you said.")
    return tuple(evidence)


def _expected(heard: Heard) -> tuple[str, ...]:
    if not heard.wishes_up:
        return ()
    evidence = []
    if heard.why is not None and heard.why.push is Push.SUPPOSED:
        evidence.append("You said that it is the direction one is supposed to go in.")
    if heard.motives is not None:
        expectation = of(heard.motives, Motive.EXPECTATION)
        score = expectation.score
        if above_middle(score) and score is not None and score.score is not None:
            evidence.append(
                f"Expectation of others: {score.score:.1f} on a scale from {score.low_option:g} to "
                f"{score.high_option:g} ({score.low:.1f} to {score.high:.1f})."
            )
        own, read = len(expectation.own_texts), _read_reasons(heard.motives)
        if read >= ENOUGH_OWN and own >= read / 2:
            evidence.append(f"{own} of {read} reasons in your own words are what others expect.")
    return tuple(evidence)


def _treadmill(heard: Heard) -> tuple[str, ...]:
    why = heard.why
    if why is None or not heard.wishes_up or (why.levels_reached or 0) < LEVELS:
        return ()
    if why.next_level_reason.strip():
        return ()
    levels = count(why.levels_reached or 0, "level")
    evidence = [f"{levels} in the last five years, and no reason written for the next one."]
    if why.journey is not None and why.journey <= WEAK:
        evidence.append(f"The journey itself is hardly worth it to you ({why.journey} of 5).")
    return tuple(evidence)


def _advancement(heard: Heard) -> tuple[str, ...]:
    found = heard.motives
    if found is None or not heard.wishes_up or found.higher != Motive.ADVANCEMENT:
        return ()
    return (found.beside,)


def _life(heard: Heard) -> tuple[str, ...]:
    level = heard.next_level
    if level is None or not heard.wishes_up:
        return ()
    evidence = []
    if level.would_want.value is not None and level.would_want.value <= WEAK:
        evidence.append(f"Would you want this life: {level.would_want.value:.0f} of 5.")
    refused = len(level.not_for_me)
    told = refused + len(level.fine) + len(level.bearable)
    if told >= ENOUGH_BURDENS and refused * 2 >= told:
        evidence.append(f"{refused} of {told} burdens of the next level are not for you.")
    return tuple(evidence)


def _mismatch(heard: Heard) -> tuple[str, ...]:
    evidence = []
    energy = heard.energy
    if energy is not None and energy.on_drains.low is not None and energy.on_drains.low > HALF:
        share = percent(energy.on_drains.value or 0.0)
        evidence.append(f"{share} of the hours you named go into what drains you.")
    for track in heard.tracks:
        if track.track != heard.current_track:
            continue
        if track.want.high is not None and track.want.high < MIDDLE:
            evidence.append(
                f"You want little of what your present track, “{track.label}”, asks ({track.want.value:.1f} "
                f"of 5, {track.want.low:.1f} to {track.want.high:.1f}). Least of all: {_least_wanted(track)}."
            )
        if track.energy.high is not None and track.energy.high < 0:
            drained = f"{track.energy.value:.1f}".replace("-", "−")
            evidence.append(
                f"The activities that your present track, “{track.label}”, asks more of than others do drain "
                f"you, taken together ({drained} on a scale from −2 to 2)."
            )
    values = heard.values
    if values is not None and (evidence or len(values.mismatches) >= ENOUGH_MISMATCHES):
        evidence.extend(one.says for one in values.mismatches)
    return tuple(evidence)


def _least_wanted(track: TrackReading) -> str:
    """Name what of a track is wanted least, what it asks most of first."""
    asked = [one for one in track.demands if one.want is not None]
    asked.sort(key=lambda one: (one.want or 0, -one.weight))
    return "; ".join(one.text.rstrip(".") for one in asked[:EXAMPLES])


def _read_reasons(found: MotivesReading) -> int:
    return sum(len(one.own_texts) for one in found.motives)


_LOOKS: Final[dict[str, Callable[[Heard], tuple[str, ...]]]] = {
    "pushed": _pushed,
    "expected_next_step": _expected,
    "treadmill": _treadmill,
    "advancement_without_people": _advancement,
    "would_not_want_life": _life,
    "mismatch": _mismatch,
}
