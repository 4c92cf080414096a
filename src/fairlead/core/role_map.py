"""The map: leading and managing as two separate axes, by who says so and over time (rows 86, 87, 89)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairlead.core.gaps import find_gaps, sorted_hours
from fairlead.core.reading import MapPoint, RoleAudit
from fairlead.core.replies import Replies
from fairlead.core.shares import Estimate, mean_of
from fairlead.core.work import LEADING_COMPETENCIES, MANAGING_COMPETENCIES, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairlead.core.calendars import TimeAudit
    from fairlead.core.figures import Figure
    from fairlead.core.released_scales import Range
    from fairlead.core.roles import RoleProfile
    from fairlead.core.scales import Scored

FULL_AXIS: Final = 0.5
"""Half of leading, managing and doing together is the end of an axis, so both axes can be full."""

MIN_COMPETENCIES: Final = 4
"""So many of the six competencies of an axis must be answered."""

LABELS: Final = {
    "asked": "What the role asks",
    "calendar": "What the calendar shows",
    "self": "What you say",
    "others": "What others say",
}


def find_points(
    *,
    made_on: str,
    time: TimeAudit | None,
    role: RoleProfile | None,
    scored: Sequence[Scored],
    earlier: Sequence[RoleAudit | Scored | MapPoint] = (),
) -> tuple[MapPoint, ...]:
    """Place every source on the map, older points first.

    Parameters
    ----------
    made_on
        ISO date of the reading; stands as date of a role profile that has none.
    time, role, scored
        What is there now.
    earlier
        Earlier readings, answers or points, in any order; of the same source and date the newer
        reading counts.

    Returns
    -------
    tuple of MapPoint
        In order of date. ``asked`` and ``calendar``: the share of leading (managing) in leading,
        managing and doing, divided by ``FULL_AXIS`` and cut at 1. ``self``: the mean of the six
        competencies of the axis, 0 never and 1 the highest option. So ``asked`` and ``calendar``
        can be compared with each other, ``self`` with ``others``; between the two pairs only the
        direction can.
    """
    placed: dict[tuple[str, str], MapPoint] = {}
    for one in earlier:
        for point in _earlier_points(one):
            placed[point.who, point.as_of] = point
    gaps = {gap.name: gap for gap in find_gaps(time, role, Replies.of(()))}
    if gaps:
        leading, managing = gaps[Kind.LEADING], gaps[Kind.MANAGING]
        weeks = sorted_hours(time).weeks.shape[0]
        for who, axes, n, n_of in (
            ("asked", (leading.asked, managing.asked), 1, "role profile"),
            ("calendar", (leading.done, managing.done), weeks, "weeks"),
        ):
            found = _from_shares(who, axes, made_on, n, n_of)
            if found is not None:
                placed[who, found.as_of] = found
    for answers in scored:
        for point in _earlier_points(answers):
            placed[point.who, point.as_of] = point
    return tuple(sorted(placed.values(), key=lambda point: (point.as_of, list(LABELS).index(point.who))))


def others_point(seen: Mapping[str, Range], *, as_of: str, people_from: int) -> MapPoint | None:
    """Place what others say, out of released figures alone.

    Parameters
    ----------
    seen
        By competency the range in which the mean of the others lies, as it was released.
    as_of
        ISO date on which their answers were counted.
    people_from
        The least number of people behind them.

    Returns
    -------
    MapPoint or None
        Each axis is the mean of its competencies' ranges, 0 never and 1 the highest option: ``low`` and
        ``high`` are the ends of that range and no interval of chance, the value is its middle. ``None``
        where fewer than ``MIN_COMPETENCIES`` of an axis were released. It can be compared with ``self``.

    Examples
    --------
    >>> from fairlead.core.released_scales import Range
    >>> seen = {
    ...     one: Range(low=2.5, high=3.5, lowest=1.0, highest=5.0)
    ...     for one in (*LEADING_COMPETENCIES, *MANAGING_COMPETENCIES)
    ... }
    >>> found = others_point(seen, as_of="2026-03-02", people_from=5)
    >>> found.leading_low, found.leading, found.leading_high
    (0.375, 0.5, 0.625)
    """
    axes = []
    for six in (LEADING_COMPETENCIES, MANAGING_COMPETENCIES):
        known = [seen[one] for one in six if one in seen]
        if len(known) < MIN_COMPETENCIES:
            return None
        low, high = (
            sum((end - one.lowest) / (one.highest - one.lowest) for one, end in zip(known, ends, strict=True))
            / len(known)
            for ends in ([one.low for one in known], [one.high for one in known])
        )
        axes.append(Estimate((low + high) / 2, low, high))
    return _point("others", axes[0], axes[1], as_of, people_from, "people or more")


def _earlier_points(one: RoleAudit | Scored | MapPoint) -> tuple[MapPoint, ...]:
    if isinstance(one, MapPoint):
        return (one,)
    if isinstance(one, RoleAudit):
        return tuple(point for point in one.map if point.who in LABELS)
    point = _from_answers(one)
    return () if point is None else (point,)


def _from_shares(who: str, axes: tuple[Figure, Figure], made_on: str, n: int, n_of: str) -> MapPoint | None:
    placed = [_on_axis(axis) for axis in axes]
    leading, managing = placed
    if leading is None or managing is None:
        return None
    return _point(who, leading, managing, axes[0].as_of or made_on, n, n_of)


def _on_axis(found: Figure) -> Estimate | None:
    if found.value is None or found.low is None or found.high is None:
        return None
    return Estimate(*(min(1.0, bound / FULL_AXIS) for bound in (found.value, found.low, found.high)))


def _from_answers(answers: Scored) -> MapPoint | None:
    replies = Replies.of((answers,))
    axes: list[Estimate] = []
    for six in (LEADING_COMPETENCIES, MANAGING_COMPETENCIES):
        levels = [found for one in six if (found := replies.level(one)) is not None]
        if len(levels) < MIN_COMPETENCIES:
            return None
        axes.append(mean_of(levels))
    n = sum(
        score.n_answered
        for score in answers.scores
        if score.about in {*LEADING_COMPETENCIES, *MANAGING_COMPETENCIES}
    )
    return _point("self", axes[0], axes[1], answers.answered_on, n, "answers")


def _point(who: str, leading: Estimate, managing: Estimate, as_of: str, n: int, n_of: str) -> MapPoint:
    return MapPoint(
        who=who,
        label=LABELS[who],
        leading=leading.value,
        leading_low=leading.low,
        leading_high=leading.high,
        managing=managing.value,
        managing_low=managing.low,
        managing_high=managing.high,
        as_of=as_of,
        n=n,
        n_of=n_of,
    )
