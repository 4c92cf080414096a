"""Where the time goes: hours by kind of work, reactive and high-payoff share, balance, focus."""

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
    """One ISO week, named by its Monday."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class OneToOnes:
    """How often the person meets one report alone."""

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
    """One series or single event that no rule could place, for the sorting screen."""

    series: int
    title: str
    when: str
    people: str
    events: int
    hours: float


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
    ``days_without_free_hour``, ``missed_personal``, ``one_to_one_coverage``.
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

    def figure(self, name: str) -> Figure:
        """Return the figure of that name; ``KeyError`` if there is none."""
        for found in self.figures:
            if found.name == name:
                return found
        raise KeyError(name)
