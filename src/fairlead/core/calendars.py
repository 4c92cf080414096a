"""Where the time goes: hours by kind of work, reactive and high-payoff share, balance, focus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.behaviours import diary_figures
from fairlead.core.calendar_figures import figures_of
from fairlead.core.calendar_sums import Sums, sum_up
from fairlead.core.calendar_texts import unsorted_series
from fairlead.core.kinds import COMPETENCIES
from fairlead.core.one_to_ones import one_to_ones
from fairlead.core.person_weeks import audit_weeks
from fairlead.core.tables import ORGANIZER_RELATIONS
from fairlead.core.time_results import (
    Behaviour,
    KindHours,
    OneToOnes,
    RuleUse,
    Share,
    TimeAudit,
    Unsorted,
    WeekReading,
)
from fairlead.core.work import label
from fairlead.core.working_hours import WorkingHours

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from numpy.typing import NDArray

    from fairlead.core.kinds import Classified
    from fairlead.core.tables import Meetings

__all__ = [
    "Behaviour", "KindHours", "OneToOnes", "RuleUse", "Share", "TimeAudit", "Unsorted", "WeekReading",
    "WorkingHours", "audit_time", "audit_weeks",
]  # fmt: skip


def audit_time(
    meetings: Meetings,
    classified: Classified,
    *,
    hours: WorkingHours,
    first: dt.date,
    last: dt.date,
    holidays: Collection[dt.date] = (),
    behaviour: Behaviour | None = None,
    keep_titles: bool = False,
) -> TimeAudit:
    """Read where the time of one person goes.

    Parameters
    ----------
    meetings
        n occurrences in order of start; those outside the period are left out.
    classified
        Their kinds, from ``kinds.classify`` of the same table.
    hours
        The person's working hours on their wall clock.
    first, last
        First and last day of the period, both included, on the person's wall clock.
    holidays
        Days without working hours.
    behaviour
        The second opinion of ``behaviours.score``, when it was asked for.
    keep_titles
        Whether ``unsorted`` may hold titles: the person's own machine and choice.

    Returns
    -------
    TimeAudit
        Hours in which every minute counts once (``minutes`` says how overlaps are shared),
        figures with n, date, formula, what is left out and an 80 % interval over weeks.

    Raises
    ------
    ValueError
        When ``last`` is before ``first`` or the two tables differ in length.

    Notes
    -----
    Declined, cancelled and transparent events cost no hours. Accepted, tentative and unanswered
    ones do, as in Viva Insights. All definitions: ``docs/methods/time-use.md``.
    """
    if last < first:
        raise ValueError("The period ends before it begins.")
    if len(meetings) != len(classified):
        raise ValueError("The events and their kinds are not of one table.")
    sums = sum_up(meetings, classified, bounds=hours.bounds(), first=first, last=last, holidays=holidays)
    pairs = one_to_ones(meetings, sums, last)
    return TimeAudit(
        first_day=first.isoformat(),
        last_day=last.isoformat(),
        zone=meetings.zone,
        working_hours=str(hours),
        events=int(sums.counted.sum()),
        hours=sums.by_kind(sums.all_pieces()),
        figures=(*figures_of(sums, pairs), *diary_figures(meetings, sums.counted)),
        weeks=sums.weeks,
        by_size=_by_size(sums),
        by_relation=_by_relation(meetings, sums),
        competencies=_by_code(sums, classified.competency, tuple(str(c) for c in COMPETENCIES)),
        high_payoff=_by_code(sums, classified.high_payoff, classified.areas),
        one_to_ones=pairs.readings,
        rules=_rule_use(classified, sums),
        unsorted=unsorted_series(meetings, classified, sums, keep_titles=keep_titles),
        behaviour=behaviour or NOT_ASKED,
        left_out=sums.left_out,
        notes=sums.notes,
        time_categories=_time_categories(classified, sums),
    )


NOT_ASKED: Final = Behaviour(
    index=None, low=None, high=None, level=0.8, units=0,
    too_little="The second opinion was not asked for.", method="",
)  # fmt: skip


def _share(sums: Sums, name: str, text: str, rows: NDArray[np.bool_]) -> Share:
    return Share(name=name, label=text, hours=sums.hours(rows), events=int((rows & sums.counted).sum()))


_SIZES: Final = (
    ("alone", "Nobody else", 1, 1),
    ("two", "Two people", 2, 2),
    ("three_to_five", "3 to 5 people", 3, 5),
    ("six_to_eight", "6 to 8 people", 6, 8),
    ("nine_or_more", "9 or more people", 9, np.iinfo(np.int64).max),
)


def _by_size(sums: Sums) -> tuple[Share, ...]:
    """Hours of working time by how many take part; time off is in none of them."""
    if not sums.knows_people:
        return ()
    people = np.where(sums.together, np.maximum(sums.people, 2), 1)
    return tuple(
        _share(sums, name, text, (people >= low) & (people <= high) & ~sums.recovery)
        for name, text, low, high in _SIZES
    )


def _by_relation(meetings: Meetings, sums: Sums) -> tuple[Share, ...]:
    """Hours with at least one person of each relation; a meeting may count under several."""
    if not sums.knows_people:
        return ()
    columns = {
        "report": meetings.reports,
        "manager": meetings.managers,
        "peer": meetings.peers,
        "other_function": meetings.other_functions,
        "outside": meetings.outside,
        "unknown": meetings.unknown,
    }
    asked = {name: meetings.organizer == ORGANIZER_RELATIONS.index(name) for name in columns}
    return tuple(
        _share(sums, name, label(name), ((column > 0) | asked[name]) & sums.together & ~sums.recovery)
        for name, column in columns.items()
    )


def _by_code(
    sums: Sums, codes: NDArray[np.int8] | NDArray[np.int16], names: tuple[str, ...]
) -> tuple[Share, ...]:
    return tuple(_share(sums, name, label(name), codes == place) for place, name in enumerate(names))


def _rule_use(classified: Classified, sums: Sums) -> tuple[RuleUse, ...]:
    """List the rules that decided something, most hours first."""
    used = []
    for number in np.unique(classified.rule[sums.counted & (classified.rule >= 0)]).tolist():
        rows, rule = classified.rule == number, classified.rules[number]
        use = RuleUse(
            rule=rule.id,
            kind=str(rule.kind),
            reason=rule.about,
            events=int((rows & sums.counted).sum()),
            hours=sums.hours(rows),
        )
        used.append(use)
    return tuple(sorted(used, key=lambda use: (-use.hours, use.rule)))


_CATEGORIES: Final = (
    ("motivation", "Motivation and personal problems of the team"),
    ("quotas", "Quotas and targets"),
    ("administration", "Administration"),
)


def _time_categories(classified: Classified, sums: Sums) -> tuple[Share, ...]:
    """Row 18: what a manager's days fill up with; meetings overlap with the other three."""
    named = [_share(sums, tag, text, classified.tagged(tag)) for tag, text in _CATEGORIES]
    return (*named, _share(sums, "meetings", "Meetings", sums.together & ~sums.recovery))
