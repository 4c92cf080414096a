"""One next step out of a direction, by a rule that is written down and shown (row 192)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fairlead.core.direction_answers import SkillSide
from fairlead.core.direction_reading import DirectionStep
from fairlead.core.phrases import ended
from fairlead.core.skill_or_will import LIKE, NOT_YET_KNOWN, SKILL_GAP, WILL_GAP
from fairlead.core.work import Competency, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.direction_reading import (
        DemandReading,
        DirectionSign,
        EnergyReading,
        FrustrationReading,
        NextLevelReading,
        TaskReading,
        TrackReading,
    )

RULE_LINES: Final = (
    (
        "A frustration is rather a skill gap, and no will gap bothers more: learn that one skill. Of "
        "several, the one that bothers most; of those that bother alike, people skill first, then the one "
        "named first."
    ),
    (
        "A frustration is rather a will gap: look closer at a track that asks less of it, or let it go. Of "
        "several, it is chosen in the same way."
    ),
    (
        "A warning says that the wish is not yet your own, or has no reason: write the Why before anything "
        "that follows; if you do not wish to move up, what you want instead."
    ),
    (
        "Would you want that life was answered with no, or half of the burdens are not for you: talk with "
        "somebody who works on another track."
    ),
    (
        "A track asks something that you want (4 or 5) and are not yet able to do (1 or 2): learn that one. "
        "Of several, the one that is asked most; then the order of the tracks."
    ),
    "A frustration is not yet known: find out, by getting the tools for it and trying once.",
    "A task drains you and you want at least an hour a week less of it: begin with the largest one.",
    (
        "A warning says that what you do and what suits you lie apart: look at one thing that could be "
        "moved. Or that your wish is about moving up and hardly about people: talk with somebody who leads "
        "people."
    ),
    "A section that the others need is not answered, or holds too little to say anything: answer it.",
    "Otherwise keep what works, and look again when the reading expires.",
)
"""Numbered from 1; a step names the one that decided."""

RULE: Final = " ".join(
    ("The first line that fits decides.", *(f"{n}. {line}" for n, line in enumerate(RULE_LINES, start=1)))
)

NOT_OWN: Final = ("pushed", "expected_next_step", "treadmill")
"""Warnings that ask for a written Why."""

MISMATCH: Final = "mismatch"
UNSUITED: Final = (MISMATCH, "advancement_without_people")
"""Warnings that ask for one look or one talk, and for no skill."""

PEOPLE_UNDER_STRESS: Final = "people_under_stress"
"""The one skill that is practised and is no competency: it runs through all of them."""

AN_HOUR: Final = 1.0
ASK_FIRST: Final = {
    "energy": "what energizes and drains you",
    "values": "what matters most to you",
    "frustrations": "what frustrates you",
    "tracks": "the five tracks",
    "why": "why you work",
    "motives": "reasons to move up",
}
"""Sections in the order in which they help most, in words; the others are never asked for by this rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Everything that the rule looks at."""

    frustrations: tuple[FrustrationReading, ...]
    warnings: tuple[DirectionSign, ...]
    next_level: NextLevelReading | None
    tracks: tuple[TrackReading, ...]
    energy: EnergyReading | None
    missing: tuple[str, ...]
    why_written: bool
    no_wish: bool = False


def choose_step(found: Found) -> DirectionStep:
    """Choose the one next step by ``RULE``.

    Parameters
    ----------
    found
        What was read.

    Returns
    -------
    DirectionStep
        Exactly one; ``line`` says which line of the rule decided, ``evidence`` from which answers.

    Examples
    --------
    >>> nothing = Found(frustrations=(), warnings=(), next_level=None, tracks=(), energy=None,
    ...                 missing=("energy",), why_written=False)
    >>> step = choose_step(nothing)
    >>> step.kind, step.about, step.line
    ('answer', 'energy', 9)
    """
    for look in _LOOKS:
        step = look(found)
        if step is not None:
            return step
    return _step(
        10, "keep", "", "Keep what works", "Keep on, and look again when this reading expires.",
        "Nothing that this rule looks at asks for a change.",
    )  # fmt: skip


def competency_of(about: str) -> str:
    """Give the skill that the growth room knows, as it was said; empty where none was: nothing is assigned.

    Examples
    --------
    >>> competency_of("conflict_navigation"), competency_of("people_under_stress"), competency_of("moods")
    ('conflict_navigation', 'people_under_stress', '')
    """
    return about if about in set(Competency) or about == PEOPLE_UNDER_STRESS else ""


def _step(
    line: int, kind: str, about: str, title: str, does: str, why: str, evidence: Sequence[str] = ()
) -> DirectionStep:
    return DirectionStep(
        kind=kind,
        about=about,
        title=title,
        does=does,
        why=why,
        line=line,
        line_says=RULE_LINES[line - 1],
        rule=RULE,
        evidence=tuple(evidence),
    )


def _worst(told: Sequence[FrustrationReading], reading: str) -> FrustrationReading | None:
    mine = [one for one in told if one.reading == reading]
    return min(mine, key=lambda one: (-(one.bothers or 0), one.side != SkillSide.PEOPLE), default=None)


def _skill(found: Found) -> DirectionStep | None:
    one = _worst(found.frustrations, SKILL_GAP)
    other = _worst(found.frustrations, WILL_GAP)
    if one is None or (other is not None and (other.bothers or 0) > (one.bothers or 0)):
        return None
    about = competency_of(one.about)
    name = label(one.about) if one.about in set(Competency) else one.what
    return _step(
        1, "skill", about, f"Learn one skill: {name}", _begin(about),
        one.says, (f"Frustration: {ended(one.what)}",),
    )  # fmt: skip


def _begin(about: str) -> str:
    if about:
        return "Put it on your list as the one skill you work on."
    return "Say first which skill it is closest to: it is not yet assigned to one, and only you can tell."


def _look_closer(found: Found) -> DirectionStep | None:
    one = _worst(found.frustrations, WILL_GAP)
    if one is None:
        return None
    return _step(
        2, "look_closer", one.about, f"“{one.what}”: look at a track that asks less of it, or let it go",
        "Spend a day with somebody on a track that asks less of it, or give this one thing into other hands. "
        "Both are full answers.",
        one.says, (f"Frustration: {ended(one.what)}",),
    )  # fmt: skip


def _why(found: Found) -> DirectionStep | None:
    sign = next((one for one in found.warnings if one.id in NOT_OWN), None)
    if sign is None or found.why_written:
        return None
    if found.no_wish:
        return _step(
            3, "why", "", "Write down what you want instead",
            "Write in a few sentences what you want to go on doing, and choose whom you tell.",
            sign.says, sign.evidence,
        )  # fmt: skip
    return _step(
        3, "why", "", "Write down your Why", "Write in a few sentences why you would want it, for yourself.",
        sign.says, sign.evidence,
    )  # fmt: skip


def _talk(found: Found) -> DirectionStep | None:
    sign = next((one for one in found.warnings if one.id == "would_not_want_life"), None)
    if sign is None:
        return None
    return _step(
        4, "talk", "", "Talk with somebody on another track",
        "Ask somebody who works the way you might like to work how their week looks.",
        sign.says, sign.evidence,
    )  # fmt: skip


def _demand(found: Found) -> DirectionStep | None:
    gaps: list[tuple[DemandReading, TrackReading]] = [
        (demand, track)
        for track in found.tracks
        for demand in track.demands
        if demand.reading == "skill_gap" and (demand.want or 0) >= LIKE
    ]
    if not gaps:
        return None
    demand, track = max(gaps, key=lambda pair: pair[0].weight)
    about = competency_of(demand.about)
    name = label(demand.about) if demand.about in set(Competency) else demand.text.rstrip(".")
    return _step(
        5, "skill", about, f"Learn one skill: {name}", _begin(about),
        f"“{track.label}” asks it, you want it, and you are not yet able to do it.",
        (f"{demand.text.rstrip('.')}: wanted {demand.want} of 5, able {demand.able} of 5.",),
    )  # fmt: skip


def _find_out(found: Found) -> DirectionStep | None:
    one = _worst(found.frustrations, NOT_YET_KNOWN)
    if one is None:
        return None
    return _step(
        6, "find_out", competency_of(one.about), f"Find out: {one.what}",
        "Ask somebody who is good at it to show you how, try it once, and answer again.",
        one.says, (f"Frustration: {ended(one.what)}",),
    )  # fmt: skip


def _shift(found: Found) -> DirectionStep | None:
    moves: Sequence[TaskReading] = found.energy.moves if found.energy is not None else ()
    one = next((move for move in moves if move.effect < 0 and (move.shift or 0.0) <= -AN_HOUR), None)
    if one is None:
        return None
    return _step(
        7, "shift_hours", one.task, f"Give away hours of one task: {one.label}",
        "Find one hour of it a week that somebody else would like, or that nobody needs.",
        f"It drains you, and you want {abs(one.shift or 0.0):.1f} hours a week less of it.",
        (f"{one.label}: {one.hours_spent:g} hours a week spent, {one.hours_wanted:g} wanted.",),
    )  # fmt: skip


def _unsuited(found: Found) -> DirectionStep | None:
    sign = next((one for one in found.warnings if one.id in UNSUITED), None)
    if sign is None:
        return None
    if sign.id == MISMATCH:
        return _step(
            8, "look_closer", "", "Look at one thing that could be moved",
            "Choose one of the things below, and talk about it with somebody who can help to move it.",
            sign.says, sign.evidence,
        )  # fmt: skip
    return _step(
        8, "talk", "", "Talk with somebody who leads people",
        "Ask how much of their week goes to helping others get on, and what they like about it.",
        sign.says, sign.evidence,
    )  # fmt: skip


def _answer(found: Found) -> DirectionStep | None:
    section = next((one for one in ASK_FIRST if one in found.missing), None)
    if section is None:
        return None
    return _step(
        9, "answer", section, f"Answer one more section: {ASK_FIRST[section]}",
        "It takes five minutes at most.",
        "Without it there is not enough to choose a step.",
    )  # fmt: skip


_LOOKS: Final = (_skill, _look_closer, _why, _talk, _demand, _find_out, _shift, _unsuited, _answer)
