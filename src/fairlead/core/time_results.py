"""The shapes in which a reading of time is told: plain frozen data, no titles unless kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fairlead.core.figures import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class KindHours:
    """Hours by kind of work, overlaps counted once."""

    leading: float = 0.0
    managing: float = 0.0
    doing: float = 0.0
    firefighting: float = 0.0
    recovery: float = 0.0
    unclear: float = 0.0

    @property
    def work(self) -> float:
        """Hours of the four kinds that are work, without unclear time."""
        return self.leading + self.managing + self.doing + self.firefighting


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Hours and events of one group: a meeting size, a relation, a competency, an area."""

    name: str
    label: str
    hours: float
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekReading:
    """One ISO week, named by its Monday.

    ``complete``: all its days lie in the period. ``off``: every working day was time off or a
    holiday. ``reactive_of`` are the hours that ``reactive_hours`` are a part of: time with others
    whose notice is known.
    """

    monday: str
    complete: bool
    events: int
    hours: KindHours
    reactive_hours: float
    high_payoff_hours: float
    meeting_hours: float
    after_hours: float
    weekend_hours: float
    focus_hours: float
    focus_blocks: int
    fragmented_hours: float
    days_without_free_hour: int
    missed_personal: int
    holiday_hours: float = 0.0
    hands_on_hours: float = 0.0
    reactive_of: float = 0.0
    off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OneToOnes:
    """How often the person meets one report alone.

    ``median_gap_days`` counts the wait since the last meeting as a gap that is not over yet
    (Kaplan-Meier); ``None`` when more than half of the gaps are not over.
    """

    report: str
    meetings: int
    hours: float
    median_gap_days: float | None
    days_since_last: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleUse:
    """How much one rule decided, with the reason a person can read."""

    rule: str
    kind: str
    reason: str
    events: int
    hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsorted:
    """One series or single event that no rule could place, for the sorting screen.

    ``fingerprint`` is the keyed fingerprint of its title, to keep a correction without the title;
    empty when the reading was made without a key or the event has no title.
    """

    series: int
    title: str
    when: str
    people: str
    events: int
    hours: float
    fingerprint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """The second opinion without keywords: share of the published "leader" behaviour."""

    index: float | None
    low: float | None
    high: float | None
    level: float
    units: int
    too_little: str
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeAudit:
    """Everything a calendar says about where the time goes.

    ``figures`` holds the numbers of the whole period by name: ``work_hours``, ``hours_per_week``,
    ``reactive_share``, ``firefighting_share``, ``high_payoff_share``, ``unclear_share``,
    ``meeting_hours_per_week``, ``after_hours``, ``weekend_hours``, ``holiday_hours``,
    ``focus_blocks_per_week``, ``focus_hours_per_week``, ``fragmentation``,
    ``days_without_free_hour``, ``missed_personal``, ``one_to_one_coverage``,
    ``hands_on_hours_per_week`` (row 19), ``mechanics_share`` (row 20), and the features of the
    published diaries: ``diary_long_share``, ``diary_planned_share``, ``diary_large_share``,
    ``diary_outside_share``, ``diary_functions_share``. ``time_categories`` are
    motivation problems, quotas, administration and meetings (row 18); they may overlap.
    """

    first_day: str
    last_day: str
    zone: str
    working_hours: str
    events: int
    hours: KindHours
    figures: tuple[Figure, ...]
    weeks: tuple[WeekReading, ...]
    by_size: tuple[Share, ...]
    by_relation: tuple[Share, ...]
    competencies: tuple[Share, ...]
    high_payoff: tuple[Share, ...]
    one_to_ones: tuple[OneToOnes, ...]
    rules: tuple[RuleUse, ...]
    unsorted: tuple[Unsorted, ...]
    behaviour: Behaviour
    left_out: tuple[tuple[str, int], ...]
    notes: tuple[str, ...] = ()
    time_categories: tuple[Share, ...] = ()

    def figure(self, name: str) -> Figure:
        """Return the figure of that name; ``KeyError`` if there is none."""
        for found in self.figures:
            if found.name == name:
                return found
        raise KeyError(name)
