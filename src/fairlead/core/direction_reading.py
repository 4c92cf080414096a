"""The shapes in which a direction is told: values, energy, gaps of skill and will, motives, tracks.

Plain data throughout (``dataclasses.asdict`` gives JSON values). Where a number is missing its figure
says why; tracks stand in the order of ``tracks.TRACK_ORDER`` and are never sorted by fit (row 188).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fairlead.core.figures import Figure
    from fairlead.core.scales import ScaleScore


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A set of three that need not be asked: its order follows from earlier choices.

    ``order`` runs from most to least; ``because`` holds the (before, after) pairs that were chosen and
    from which it follows; ``says`` is the sentence for people, always shown.
    """

    shown: tuple[str, str, str]
    order: tuple[str, str, str]
    because: tuple[tuple[str, str], ...]
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueScore:
    """How much one value counts beside the others.

    ``figure`` is the chance to be put before another of the six (unit ``"share"``, 0 to 1, the mean of
    the six is ½) with an 80 % interval; ``most`` and ``least`` count choices among the ``shown`` sets;
    ``before`` names the values whose whole intervals lie below this one's.
    """

    value: str
    label: str
    figure: Figure
    most: int
    least: int
    shown: int
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueSide:
    """One person's choices among the six values: ``whose`` is ``"mine"`` or ``"practice"``.

    ``scores`` stand in the order of ``direction_answers.Value``. ``circles`` are circular triads (each
    before the next, the last before the first), ``both_ways`` pairs that were put once this way and
    once that way; both are said, neither is a fault.
    """

    whose: str
    scores: tuple[ValueScore, ...]
    n_sets: int
    skipped: tuple[Skipped, ...]
    circles: tuple[tuple[str, str, str], ...]
    both_ways: tuple[tuple[str, str], ...]
    says: str
    too_little: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueMismatch:
    """A value on which oneself and the company's daily practice lie clearly apart (row 66).

    ``more`` is ``"mine"`` (it counts more for me than practice rewards it) or ``"practice"``.
    """

    value: str
    label: str
    mine: Figure
    practice: Figure
    more: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedValue:
    """A value that the company states, beside its daily practice in one's eyes.

    ``lived`` is ``"yes"`` (the whole interval above the middle), ``"no"`` (below) or ``"cannot_say"``.
    """

    value: str
    label: str
    practice: Figure | None
    lived: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuesReading:
    """Own values, the company's practice in one's eyes, and where they part (rows 65, 66)."""

    mine: ValueSide | None
    practice: ValueSide | None
    mismatches: tuple[ValueMismatch, ...]
    stated: tuple[StatedValue, ...]
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRow:
    """One dimension of two profiles: what is mine, what is asked; ``None`` where it is not known."""

    name: str
    label: str
    mine: float | None
    asked: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileAgreement:
    """Two profiles beside each other: shape and distance, never one match percentage.

    ``on`` is ``"values"``, ``"energy"``, ``"want"`` or ``"able"``. ``shape`` is the correlation (-1 to
    1); ``level`` the mean of mine minus the mean of what is asked, ``scatter`` the ratio of the standard
    deviations, ``distance`` the root of the mean squared difference, the last three without a value
    where the two are not on one scale. ``by_chance`` is the share of all orders of what is asked that
    agree as well as this one. ``verdict``: ``"alike"``, ``"unlike"``, ``"cannot_say"`` or
    ``"too_little"``.
    """

    on: str
    shape: Figure
    level: Figure
    scatter: Figure
    distance: Figure
    by_chance: float | None
    verdict: str
    says: str
    rows: tuple[ProfileRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReading:
    """One task: what it gives or takes (-2 to 2), hours a week spent and wanted.

    ``shift`` is wanted minus spent; ``kind`` is a kind of work or empty where it is not known.
    """

    task: str
    label: str
    kind: str
    effect: int
    hours_spent: float | None
    hours_wanted: float | None
    shift: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindEnergy:
    """One kind of work: what its tasks give (mean effect, -2 to 2), hours spent, wanted, in the calendar.

    ``effect`` has no value below ``energy.ENOUGH_TASKS`` tasks. ``hours_spent`` and ``hours_wanted`` are
    sums over the tasks that give them; ``shift`` is over those that give both. ``calendar`` is hours a
    week from a reading of the calendar, where there is one.
    """

    kind: str
    label: str
    effect: Figure
    n_tasks: int
    hours_spent: Figure
    hours_wanted: Figure
    shift: float | None
    calendar: Figure | None
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarWeek:
    """Hours a week by kind of work, as a calendar shows them (row 75)."""

    hours: tuple[tuple[str, float], ...]
    first_day: str
    last_day: str
    n_weeks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EnergyReading:
    """What energizes, what drains, and where the hours go (rows 13, 75-77).

    ``energizers`` and ``drains`` are tasks, strongest first; ``on_energizers`` and ``on_drains`` are
    shares of the hours spent, ``wanted_on_energizers`` is the share if the hours were as wanted.
    ``moves`` are the tasks whose hours one wants to change, the largest change first.
    """

    tasks: tuple[TaskReading, ...]
    energizers: tuple[TaskReading, ...]
    drains: tuple[TaskReading, ...]
    by_kind: tuple[KindEnergy, ...]
    hours_spent: Figure
    on_energizers: Figure
    on_drains: Figure
    wanted_on_energizers: Figure
    moves: tuple[TaskReading, ...]
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PassionReading:
    """Something one is drawn to, with how many of the three signs are there (rows 2, 124, 125)."""

    what: str
    facets: tuple[str, ...]
    signs: tuple[str, ...]
    learn: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrustrationReading:
    """One frustration and what it rather is (rows 71-73, 78, 79).

    ``reading`` is ``"skill_gap"``, ``"will_gap"`` or ``"not_yet_known"``; then ``guess`` is
    ``"skill_gap"``, because that is the better bet, and ``says`` calls it a guess.
    """

    what: str
    side: str
    about: str
    taught: str
    with_tools: int | None
    bothers: int | None
    reading: str
    guess: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillSideReading:
    """Technical skill, or people skill: scores and frustrations of that side alone (row 72).

    The two sides are never added up; ``untaught`` counts frustrations that nobody taught (row 73).
    """

    side: str
    label: str
    scores: tuple[ScaleScore, ...]
    frustrations: tuple[FrustrationReading, ...]
    skill_gap: Figure
    will_gap: Figure
    not_yet_known: Figure
    untaught: Figure
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MotiveReading:
    """One motive: its scale, and the own reasons that were read as it (rows 10, 11, 90, 91)."""

    motive: str
    label: str
    score: ScaleScore | None
    own: Figure
    own_texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MotivesReading:
    """Reasons to move up, by motive; ``beside`` sets advancement beside developing people (row 90).

    Where the two are ``apart``, ``higher`` is the motive that lies above the other; else it is empty.
    """

    motives: tuple[MotiveReading, ...]
    not_read: Figure
    beside: str
    apart: bool
    says: str
    higher: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyReading:
    """Why somebody works and where the wish to move up came from (rows 1, 54-57, 69, 74, 117)."""

    reasons: tuple[str, ...]
    main_reason: str
    push: str
    need: str
    encouraged_by: tuple[str, ...]
    encouragement: Figure
    journey: Figure
    has_success: bool
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NextLevelReading:
    """The preview of the next level (rows 14, 62, 63)."""

    role: str
    fine: tuple[str, ...]
    bearable: tuple[str, ...]
    not_for_me: tuple[str, ...]
    would_want: Figure
    heard: bool
    why_written: bool
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectionSign:
    """A warning with the answers it came from and a calm reason (rows 55, 59, 62, 69, 90, 91, 189).

    ``id`` is one of ``direction_signs.SIGNS``.
    """

    id: str
    title: str
    evidence: tuple[str, ...]
    says: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandReading:
    """One demand of a track: how much is asked, what one wants of it (1-5), what one is able to do (1-5).

    ``reading``: ``"fits"`` (wanted and able), ``"skill_gap"`` (wanted, not yet able), ``"will_gap"``
    (able, not wanted), ``"not_mine"`` (neither), ``"between"`` or ``"not_said"``.
    """

    id: str
    text: str
    kind: str
    about: str
    weight: float
    want: int | None
    able: int | None
    reading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackReading:
    """One track: what it asks, what of it I want and can, what I would lose, energy, values.

    ``want`` and ``able`` are weighted means (1 to 5), ``energy`` the mean effect of its activities
    (-2 to 2), each with an 80 % interval. ``agreement`` holds shape and distance for want, able, energy
    and values where they can be told. ``reasons`` are the sentences behind it; ``too_little`` says what
    is missing when nothing can be said.
    """

    track: str
    label: str
    asks: str
    gives: tuple[str, ...]
    costs: tuple[str, ...]
    demands: tuple[DemandReading, ...]
    want: Figure
    able: Figure
    energy: Figure
    agreement: tuple[ProfileAgreement, ...]
    lose: tuple[str, ...]
    reasons: tuple[str, ...]
    attribution: str = ""
    too_little: str = ""
    notes: tuple[str, ...] = ()

    def on(self, aspect: str) -> ProfileAgreement | None:
        """Return the agreement on ``"want"``, ``"able"``, ``"energy"`` or ``"values"``, if there is one."""
        return next((found for found in self.agreement if found.on == aspect), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TracksApart:
    """Two tracks whose intervals do not meet on one aspect; ``more`` and ``less`` are track ids."""

    on: str
    more: str
    less: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAgreement:
    """Own values beside what one role offers, by the method of the tracks."""

    code: str
    title: str
    values: ProfileAgreement
    attribution: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectionStep:
    """The one thing to do next and the line of the rule that chose it (row 192).

    ``kind`` is ``"skill"`` (then ``about`` is a competency, ``"people_under_stress"`` or empty, and it
    is a wish for the growth room), ``"find_out"``, ``"why"``, ``"look_closer"``, ``"shift_hours"``,
    ``"talk"``, ``"answer"`` (then ``about`` is the section) or ``"keep"``.
    """

    kind: str
    about: str
    title: str
    does: str
    why: str
    line: int
    line_says: str
    rule: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaid:
    """A section that was not answered, and what could not be said without it."""

    section: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """Everything one reading of a direction says; parts without answers are ``None`` or empty."""

    method: str
    made_on: str
    answered_on: str
    expires_on: str
    expired: bool
    why: WhyReading | None
    values: ValuesReading | None
    energy: EnergyReading | None
    passions: tuple[PassionReading, ...]
    strengths: tuple[tuple[str, str], ...]
    sides: tuple[SkillSideReading, ...]
    sides_beside: str
    motives: MotivesReading | None
    next_level: NextLevelReading | None
    tracks: tuple[TrackReading, ...]
    apart: tuple[TracksApart, ...]
    tracks_say: str
    roles: tuple[RoleAgreement, ...]
    warnings: tuple[DirectionSign, ...]
    next_step: DirectionStep
    unsaid: tuple[Unsaid, ...]
    notes: tuple[str, ...] = ()
