"""What somebody says about their direction: the same sections in a file, on a screen and in the core.

Each section can stand alone and be missing; a reading says what it could not say without it. Texts
are the person's own and are never scored.
"""

from __future__ import annotations

from collections.abc import Iterable  # noqa: TC003 - the reader of plain data resolves names of this module
from dataclasses import dataclass
from enum import StrEnum


class Value(StrEnum):
    """The six work values of O*NET, on which people and roles can be compared."""

    ACHIEVEMENT = "achievement"
    INDEPENDENCE = "independence"
    RECOGNITION = "recognition"
    RELATIONSHIPS = "relationships"
    SUPPORT = "support"
    WORKING_CONDITIONS = "working_conditions"


class Reason(StrEnum):
    """Why somebody does the job they have (row 1)."""

    MONEY = "money"
    BILLS = "bills"
    PRESTIGE = "prestige"
    INTEREST = "interest"
    PEOPLE = "people"
    CONTRIBUTION = "contribution"
    SECURITY = "security"
    HABIT = "habit"


class Push(StrEnum):
    """Where the wish to move up came from (row 55)."""

    OWN = "own"
    SUPPOSED = "supposed"
    PUSHED = "pushed"
    NO_WISH = "no_wish"


class Need(StrEnum):
    """Whose need a next step would serve (row 54)."""

    OWN = "own"
    ORGANIZATION = "organization"
    BOTH = "both"
    UNSURE = "unsure"


class Encourager(StrEnum):
    """Who encourages somebody to move up (row 69)."""

    MANAGER = "manager"
    SENIOR_LEADERS = "senior_leaders"
    PEOPLE_OPERATIONS = "people_operations"
    MENTOR = "mentor"
    COLLEAGUES = "colleagues"
    FAMILY = "family"
    NOBODY = "nobody"


class OwnTrack(StrEnum):
    """The track somebody is on today: the same five, in the same order, as are set side by side (row 185)."""

    PEOPLE_MANAGER = "people_manager"
    INDIVIDUAL_CONTRIBUTOR_LEADER = "individual_contributor_leader"
    OWNER = "owner"
    EXPERT = "expert"
    STEPPING_BACK = "stepping_back"


class Motive(StrEnum):
    """What moving up would be for (rows 10, 11, 90, 91)."""

    ADVANCEMENT = "advancement"
    DEVELOPING_PEOPLE = "developing_people"
    INFLUENCE = "influence"
    ORGANIZATION = "organization"
    EXPECTATION = "expectation"


class Facet(StrEnum):
    """What a passion is about: a type of work, a way of thinking, an experience (row 124)."""

    WORK = "work"
    THOUGHT = "thought"
    EXPERIENCE = "experience"


class Sign(StrEnum):
    """What somebody does unasked where a passion is (row 125)."""

    LEARNING = "learning"
    THINKING = "thinking"
    BUILDING = "building"


class SkillSide(StrEnum):
    """Technical knowledge and skill, or people skill; never added together (row 72)."""

    TECHNICAL = "technical"
    PEOPLE = "people"


class Taught(StrEnum):
    """Whether anybody ever taught it (row 73)."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNSURE = "unsure"


class Bearing(StrEnum):
    """How somebody would take one burden of the next level (row 14)."""

    FINE = "fine"
    BEARABLE = "bearable"
    NOT_FOR_ME = "not_for_me"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyIWork:
    """Why somebody works, and where the wish to move up came from (rows 1, 54-57, 59, 67, 69, 74, 117).

    ``encouragement`` runs from 1 (hardly) to 5 (I am pushed), ``journey`` from 1 (not worth it) to
    5 (worth it for its own sake). ``levels_reached`` counts the levels of the last five years, and
    ``next_level_reason`` says why the next one; empty where there is no reason yet (row 59).
    ``current_track`` is the track one is on today, where one says it (rows 185, 189).
    """

    reasons: tuple[Reason, ...] = ()
    main_reason: Reason | None = None
    push: Push | None = None
    need: Need | None = None
    encouraged_by: tuple[Encourager, ...] = ()
    encouragement: int | None = None
    levels_reached: int | None = None
    next_level_reason: str = ""
    success: str = ""
    goals: str = ""
    want: tuple[str, ...] = ()
    do_not_want: tuple[str, ...] = ()
    journey: int | None = None
    current_track: OwnTrack | None = None


NOBODY_ALONE = "“Nobody” stands beside somebody. Name who encourages you, or leave nobody alone."
"""What is said where an answer names somebody and nobody at once: a file and a page refuse it alike."""


def nobody_beside_somebody(named: Iterable[str]) -> bool:
    """Whether an answer to who encourages one names nobody and somebody at once (row 69).

    Examples
    --------
    >>> nobody_beside_somebody(["nobody"]), nobody_beside_somebody(["nobody", "manager"])
    (False, True)
    """
    found = set(named)
    return Encourager.NOBODY in found and len(found) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueChoice:
    """One set of three values: which matters most, which least; the middle one follows (row 65)."""

    shown: tuple[Value, Value, Value]
    most: Value
    least: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """Own values, what the company's daily practice rewards in one's eyes, and what it states (row 66)."""

    mine: tuple[ValueChoice, ...] = ()
    practice: tuple[ValueChoice, ...] = ()
    stated: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskEnergy:
    """What one task gives or takes: ``effect`` -2 (drains) to 2 (energizes), hours a week (rows 75-77).

    ``task`` is a code of O*NET's 41 work activities, a competency, a kind of work, or ``own:`` with
    the person's words in ``label``; ``kind`` is the kind of work (``work.Kind``) of such an own task,
    where the person says it.
    """

    task: str
    effect: int
    label: str = ""
    hours_spent: float | None = None
    hours_wanted: float | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passion:
    """Something one is drawn to, by facet and sign (rows 2, 124, 125)."""

    what: str
    facets: tuple[Facet, ...] = ()
    signs: tuple[Sign, ...] = ()
    learn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """A strength, and how it works against its owner where it does (row 61)."""

    what: str
    works_against: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frustration:
    """A task or situation that frustrates as a leader, and the counterfactual (rows 71-73, 78, 79).

    ``with_tools`` says how one would like it with the tools for it: 1 (not at all) to 5 (very much);
    ``None`` where one cannot say. ``about`` is a competency or empty.
    """

    what: str
    side: SkillSide
    about: str = ""
    taught: Taught = Taught.UNSURE
    with_tools: int | None = None
    bothers: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReason:
    """A reason to move up in one's own words, and what one reads it as (row 90)."""

    text: str
    motive: Motive | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Motives:
    """Reasons by choice (item of the questionnaire ``motives`` to 1-5) and in own words (rows 90, 91)."""

    answers: tuple[tuple[str, int], ...] = ()
    own: tuple[OwnReason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NextLevel:
    """The preview of the next level: burdens, and what somebody who holds it told (rows 14, 62, 63).

    ``would_want`` is "would I want this life?", 1 (no) to 5 (yes); ``why`` is the written Why.
    """

    role: str = ""
    burdens: tuple[tuple[str, Bearing], ...] = ()
    heard: str = ""
    would_want: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackAnswers:
    """What of a track's demands one wants and is able to do: demand to 1-5 (rows 50, 51, 185, 188, 189).

    ``track`` is a value of ``work.Track`` or ``"stepping_back"``; ``lose`` names what one would lose.
    """

    track: str
    want: tuple[tuple[str, int], ...] = ()
    able: tuple[tuple[str, int], ...] = ()
    lose: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectionAnswers:
    """Everything somebody said about their direction; a section that was never answered is ``None``.

    ``skills`` holds the answers to the questionnaire ``two-sides`` (technical and people skill apart,
    row 72), item to 1-5. ``answered_on`` is the ISO date of the newest section.
    """

    answered_on: str
    why: WhyIWork | None = None
    values: Values | None = None
    energy: tuple[TaskEnergy, ...] | None = None
    passions: tuple[Passion, ...] | None = None
    strengths: tuple[Strength, ...] | None = None
    frustrations: tuple[Frustration, ...] | None = None
    motives: Motives | None = None
    skills: tuple[tuple[str, int], ...] | None = None
    next_level: NextLevel | None = None
    tracks: tuple[TrackAnswers, ...] | None = None


SECTIONS = (
    "why", "values", "energy", "passions", "strengths", "frustrations", "motives", "skills",
    "next_level", "tracks",
)  # fmt: skip
"""The sections in the order in which they are asked."""
