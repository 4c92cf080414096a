"""Asked against done, over kinds of work and over competencies, on one scale of shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.figures import Figure
from fairlead.core.phrases import percent, with_interval
from fairlead.core.quantiles import t_quantile
from fairlead.core.reading import Gap
from fairlead.core.shares import (
    EXCHANGE,
    MIN_WEEKS,
    Estimate,
    asked_interval,
    design_effect,
    done_shares,
    share_of,
    wilson,
    with_mixed,
    with_unseen_doing,
    with_unsorted,
)
from fairlead.core.work import ASKED_KINDS, Competency, Kind, label

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairlead.core.calendars import TimeAudit
    from fairlead.core.replies import Replies
    from fairlead.core.roles import RoleProfile

LEVEL: Final = 0.8
MOST_UNSORTED: Final = 0.5
"""With more unsorted time than this, sorted time is too small a part to stand for the rest."""

MIN_EVENTS: Final = 10
"""Fewer events with a competency than this say nothing about their mix."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """What the weeks of a calendar say.

    ``weeks`` holds hours of leading, managing and doing per week; ``unsorted`` is the part of working
    time that no rule could place; ``unseen`` is the part that sorted hours are of themselves and
    the free working time in which work without an entry may have been done, subtracted from 1.
    """

    weeks: NDArray[np.float64]
    unsorted: float
    unseen: float
    too_little: str


def sorted_hours(time: TimeAudit | None) -> Sorted:
    """Read the weeks of a calendar, or say why they cannot be read yet."""
    if time is None:
        return Sorted(np.zeros((0, 3)), 0.0, 0.0, "There is no calendar yet.")
    table = np.array(
        [[getattr(week.hours, kind) for kind in ASKED_KINDS] for week in time.weeks], dtype=float
    )
    table = table.reshape(-1, len(ASKED_KINDS))
    table = table[table.sum(axis=1) > 0]
    unsorted = unsorted_part(time)
    why = ""
    if only_totals(time):
        why = "Weekly totals do not say what was done. Read the calendar itself."
    elif table.shape[0] < MIN_WEEKS:
        why = f"It takes at least {MIN_WEEKS} weeks with sorted work; there are {table.shape[0]}."
    elif unsorted > MOST_UNSORTED:
        why = f"{percent(unsorted)} of the working time is not sorted yet. Sort it first."
    return Sorted(table, unsorted, _unseen_part(time, float(table.sum())), why)


def only_totals(time: TimeAudit | None) -> bool:
    """Say whether the hours come from weekly totals, with no events that anybody could sort."""
    return time is not None and time.hours.work <= 0 < time.hours.unclear and not time.unsorted


def _unseen_part(time: TimeAudit, hours: float) -> float:
    """Give free working time as a part of itself and the sorted hours; blocks of doing are in both."""
    free = sum(week.focus_hours + week.fragmented_hours for week in time.weeks) - time.hours.doing
    return free / (free + hours) if free > 0 else 0.0


def unsorted_part(time: TimeAudit) -> float:
    """Give the part of working time that no rule could place (0 to 1)."""
    working = time.hours.work + time.hours.unclear
    return time.hours.unclear / working if working > 0 else 0.0


def find_gaps(time: TimeAudit | None, role: RoleProfile | None, replies: Replies) -> tuple[Gap, ...]:
    """Set asked beside done: leading, managing and doing first, then the twelve competencies.

    Parameters
    ----------
    time, role
        What the calendar and the role say, where there are any.
    replies
        The person's own answers. They stand in for the calendar where it is missing.

    Returns
    -------
    tuple of Gap
        Fifteen, in the order of the vocabulary; empty when nothing was given at all. Every share is
        a part of its own whole: of leading, managing and doing together, or of the twelve.

    Notes
    -----
    Asked shares carry :func:`fairlead.core.shares.asked_interval`, done shares
    :func:`fairlead.core.shares.done_shares`, :func:`fairlead.core.shares.with_unsorted` and
    :func:`fairlead.core.shares.with_unseen_doing`. A gap is clear only where the two 80 % intervals
    do not meet and, where calendar and answers are both there, the two point the same way.
    """
    if time is None and role is None and not replies.scored:
        return ()
    hours = sorted_hours(time)
    kinds = tuple(
        _gap(kind, _asked(role, kind, "leading, managing and doing"), done, None, "calendar")
        for kind, done in zip(ASKED_KINDS, _done_kinds(time, hours), strict=True)
    )
    return (*kinds, *_competency_gaps(time, role, replies, hours))


def firefighting(time: TimeAudit | None) -> Figure | None:
    """Give firefighting as a part of all sorted work; nobody's role asks for it."""
    hours = sorted_hours(time)
    if time is None:
        return None
    weeks = [[week.hours.firefighting, week.hours.work - week.hours.firefighting] for week in time.weeks]
    table = np.maximum(np.array(weeks, dtype=float).reshape(-1, 2), 0.0)
    table = table[table.sum(axis=1) > 0]
    formula = "Hours of firefighting divided by hours of work. No role asks for it, so it has no gap."
    too_little = hours.too_little if table.shape[0] < MIN_WEEKS or hours.unsorted > MOST_UNSORTED else ""
    found = None if too_little else with_unsorted(done_shares(table)[0], hours.unsorted)
    return _figure(
        "firefighting", found, table.shape[0], "weeks", formula, time.last_day, too_little, _NOT_SEEN
    )


_NOT_SEEN: Final = "Time that is not sorted (it widens the interval), and work that is not in the calendar."


def _done_kinds(time: TimeAudit | None, hours: Sorted) -> list[Figure]:
    formula = (
        "Hours of this kind divided by hours of leading, managing and doing together; interval over weeks, "
        "widened by the time that is not sorted and by free working time, where doing may have no entry."
    )
    if hours.too_little or time is None:
        found: list[Estimate | None] = [None] * len(ASKED_KINDS)
    else:
        sorted_shares = [with_unsorted(one, hours.unsorted) for one in done_shares(hours.weeks)]
        found = [
            with_unseen_doing(one, hours.unseen, doing=kind is Kind.DOING)
            for kind, one in zip(ASKED_KINDS, sorted_shares, strict=True)
        ]
    n, as_of = hours.weeks.shape[0], None if time is None else time.last_day
    left_out = f"Firefighting, which no role asks for. {_NOT_SEEN}"
    return [
        _figure("done", one, n, "weeks", formula, as_of, "" if one else hours.too_little, left_out)
        for one in found
    ]


def _competency_gaps(
    time: TimeAudit | None, role: RoleProfile | None, replies: Replies, hours: Sorted
) -> tuple[Gap, ...]:
    own = _told(replies)
    gaps: list[Gap] = []
    for competency in Competency:
        asked = _asked(role, competency, "the twelve competencies")
        seen, told = _seen(time, hours, competency), own[competency]
        if seen.value is None and told.value is not None:
            gaps.append(_gap(competency, asked, told, None, "answers"))
        else:
            gaps.append(_gap(competency, asked, seen, told, "calendar"))
    return tuple(gaps)


def _seen(time: TimeAudit | None, hours: Sorted, competency: Competency) -> Figure:
    formula = (
        "Hours with this competency divided by hours with any of the twelve; the interval counts events that "
        "come together once, and is widened by unsorted time and by what an entry may hold besides its title."
    )
    shares = {} if time is None else {share.name: share for share in time.competencies}
    events = sum(share.events for share in shares.values())
    total = sum(share.hours for share in shares.values())
    too_little = hours.too_little
    if not too_little and (events < MIN_EVENTS or total <= 0):
        too_little = f"Only {events} events have a competency; it takes {MIN_EVENTS}."
    found = None
    if not too_little:
        part = shares[competency].hours / total if competency in shares else 0.0
        counted = max(1.0, events / design_effect(hours.weeks))
        quantile = t_quantile(hours.weeks.shape[0] - 1, 0.9)
        of_kind = sum(one.hours for one in shares.values() if Competency(one.name).kind == competency.kind)
        found = with_mixed(with_unsorted(wilson(part, counted, quantile), hours.unsorted), of_kind / total)
    left_out = f"Events without a competency. {_NOT_SEEN}"
    as_of = None if time is None else time.last_day
    return _figure("done", found, events, "events", formula, as_of, too_little, left_out)


def _told(replies: Replies) -> dict[Competency, Figure]:
    """Give what the answers say: each competency's level as a part of all twelve levels."""
    formula = "Own answers: how often these behaviours were shown, as a part of all twelve together."
    levels: dict[Competency, Estimate] = {}
    for competency in Competency:
        found = replies.level(competency)
        if found is None and replies.not_mine(competency):
            found = Estimate(0.0, 0.0, 0.0)
        if found is not None:
            levels[competency] = found
    missing = len(Competency) - len(levels)
    too_little = ""
    if missing:
        too_little = f"Answer the role audit for all twelve competencies; {missing} are missing."
    elif sum(one.value for one in levels.values()) <= 0:
        too_little = "By these answers none of the twelve was shown, so there is no mix to read."
    told: dict[Competency, Figure] = {}
    for place, competency in enumerate(Competency):
        score = replies.score(competency)
        part = None if too_little else share_of(list(levels.values()), place)
        n, as_of = (0, None) if score is None else (score.n_answered, score.answered_on)
        told[competency] = _figure("told", part, n, "answers", formula, as_of, too_little, "What others see.")
    return told


def _asked(role: RoleProfile | None, name: str, whole: str) -> Figure:
    formula = (
        f"The role's emphasis as a part of {whole}; the bounds allow an hour of one kind to serve it "
        f"{EXCHANGE:g} times as well as an hour of another."
    )
    if role is None:
        return _figure("asked", None, 0, "roles", formula, None, "Name your role to see what it asks.", "")
    demand = next((one for one in (*role.kinds, *role.competencies) if one.name == name), None)
    if demand is None or demand.share is None:
        why = f"The profile of {role.title} does not say how much of this it asks."
        return _figure("asked", None, 1, "roles", formula, role.as_of, why, "")
    found = asked_interval(demand.share, demand.share_low, demand.share_high)
    left_out = "Hours: a role asks for emphasis and not for hours."
    return _figure("asked", found, 1, "roles", formula, role.as_of, "", left_out)


def _figure(
    name: str,
    found: Estimate | None,
    n: int,
    n_of: str,
    formula: str,
    as_of: str | None,
    too_little: str,
    left_out: str,
) -> Figure:
    return Figure(
        name=name,
        value=None if found is None else found.value,
        low=None if found is None else found.low,
        high=None if found is None else found.high,
        level=None if found is None else LEVEL,
        unit="share",
        n=n,
        n_of=n_of,
        formula=formula,
        left_out=left_out,
        as_of=as_of,
        too_little=too_little,
    )


def _gap(name: str, asked: Figure, done: Figure, told: Figure | None, source: str) -> Gap:
    size, clear, against = None, False, False
    if asked.value is not None and done.value is not None:
        size = asked.value - done.value
        apart = _above(asked, done) or _above(done, asked)
        against = (
            apart and told is not None and told.value is not None and (asked.value - told.value) * size < 0
        )
        clear = apart and not against
    return Gap(
        name=str(name),
        label=label(name),
        asked=asked,
        done=done,
        gap=size,
        clear=clear,
        says=_says(asked, done, told if against else None, size, clear, source),
        done_from=source if done.value is not None else "",
        beside=told if told is not None and told.value is not None else None,
    )


def _above(first: Figure, second: Figure) -> bool:
    return first.low is not None and second.high is not None and first.low > second.high


def _says(
    asked: Figure, done: Figure, against: Figure | None, size: float | None, clear: bool, source: str
) -> str:
    if asked.value is None or done.value is None:
        return " ".join(dict.fromkeys(part for part in (asked.too_little, done.too_little) if part))
    where = "of your sorted time" if source == "calendar" else "of what you say you do"
    numbers = f"asked {with_interval(asked)}, done {with_interval(done)} {where}"
    if against is not None:
        return (
            f"Calendar and answers point apart: {numbers}, {with_interval(against)} of what you say you do."
        )
    if not clear or size is None:
        return f"Too close to call: {numbers}."
    if size > 0:
        return f"Your role asks for more of this than you do: {numbers}."
    return f"You do more of this than your role asks: {numbers}."
