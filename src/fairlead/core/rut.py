"""The rut index with its parts and drift, and the way out over weeks (rows 5-8, 21, 34, 47)."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from fairlead.core import scales
from fairlead.core.figures import Figure
from fairlead.core.phrases import day
from fairlead.core.reading import RoleAudit, RutReading, Stage
from fairlead.core.replies import Replies
from fairlead.core.scales import Drift, Scored
from fairlead.core.shares import Z80, Estimate, mean_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.calendars import TimeAudit
    from fairlead.core.scales import ScaleScore
    from fairlead.core.step_texts import StepTexts

DAYS: Final = 90
"""How long a reading of a state stands (row 47)."""

MIN_PARTS: Final = 3
LOW, HIGH = 0.3, 0.5
"""Below ``LOW`` there is little to climb out of; from ``HIGH`` on the rut comes before other gaps."""

GUESS: Final = 0.1
"""A share that somebody guesses is taken to be right within ten points, four times in five."""

LOVED_ENOUGH: Final = 0.5
"""Half of the working time in work one loves, or more, is no burden. Of physicians with less than a fifth
54 % were burnt out, of the others 30 % (Shanafelt et al. 2009, doi:10.1001/archinternmed.2009.70)."""

OUTSIDE_FULL: Final = 0.25
"""A quarter of all work outside working hours counts as 1."""

ANSWERED: Final = ("symptoms", "loved_work", "balance", "traits")
"""Parts that only answers can give; without one of them there is no index."""

PARTS: Final[dict[str, str]] = {
    "symptoms": "The scale of symptoms from 0 (never) to 1 (the highest option).",
    "loved_work": "Time in work you love, by your own guess: 0 where it is half or more, 1 where it is none.",
    "reactive": "The reactive share of the calendar; without a calendar, your own guess of firefighting.",
    "traits": "How far the ten traits of the manager you have in mind lie above your own; never below 0.",
    "balance": "One minus the scale of balance with life outside work.",
    "missed_personal": "Personal engagements missed per week; one a week or more is 1.",
    "after_hours": "Work outside working hours as a part of all work, divided by a quarter; at most 1.",
}
"""Every part with its formula, in the order in which ties between parts are resolved."""


def read_rut(
    *,
    made_on: str,
    time: TimeAudit | None,
    scored: Sequence[Scored],
    earlier: Sequence[RoleAudit | Scored] = (),
    stands_days: int = DAYS,
) -> RutReading | None:
    """Read the rut index from answers and calendar.

    Parameters
    ----------
    made_on
        ISO date of the reading.
    time, scored
        What is there now; the newest answers count.
    earlier
        Earlier readings or answers to measure drift against; the newest before the present answers
        is used.
    stands_days
        Days after which the reading is history.

    Returns
    -------
    RutReading or None
        ``None`` when no part is known. The index is ``None`` while fewer than ``MIN_PARTS`` parts are
        known, or none of ``ANSWERED``.

    Notes
    -----
    The index is the plain mean of the known parts, each from 0 to 1 (see ``PARTS``). Its 80 %
    interval takes the errors of the parts as independent. It says how much of a rut was there when
    it was measured, and nothing about what kind of person somebody is. It has no norms. The reading
    stands until its oldest part is ``stands_days`` old.
    """
    parts = _parts(time, Replies.of(scored))
    if not parts:
        return None
    index = _index(parts)
    oldest = min((part.as_of for part in parts if part.as_of), default=made_on)
    ends = scales.expires_on(oldest[:10], stands_days)
    moved = (*_index_drift(parts, scored, earlier), *_scale_drift(scored, earlier))
    expired = made_on > ends
    return RutReading(
        index=index,
        parts=parts,
        drift=moved,
        expires_on=ends,
        says=_says(index, parts, moved, ends, expired=expired),
        expired=expired,
    )


def plan_way_out(rut: RutReading | None, made_on: str, texts: StepTexts) -> tuple[Stage, ...]:
    """Choose dated stages of the way out from the reading (rows 21, 34).

    Parameters
    ----------
    rut
        The reading; without an index, or with one that has expired, there is no plan.
    made_on
        ISO date; week 1 begins on the Monday after it.
    texts
        Words of the stages.

    Returns
    -------
    tuple of Stage
        Index below ``LOW``: hold what works, then check again in week 12. Else: look around in week 1,
        decide in week 2, then the two largest parts of ``LOW`` or more (weeks 3 and 4, weeks 5 to 7),
        high-payoff areas until week 11, and check again in week 12.
    """
    if rut is None or rut.index.value is None or rut.expired:
        return ()
    monday = date.fromisoformat(made_on)
    monday += timedelta(days=7 - monday.weekday())
    if rut.index.value < LOW:
        chosen = [("hold", 1, 11), ("check_again", 12, 12)]
    else:
        chosen = [("look_around", 1, 1), ("decide", 2, 2)]
        spans = [(3, 4), (5, 7)]
        for part, (first, last) in zip(heaviest(rut)[:2], spans, strict=False):
            chosen.append((part, first, last))
        chosen.extend([("high_payoff", chosen[-1][2] + 1, 11), ("check_again", 12, 12)])
    return tuple(_stage(name, first, last, monday, texts) for name, first, last in chosen)


def heaviest(rut: RutReading) -> list[str]:
    """Name the parts of ``LOW`` or more, the largest first; equal ones in the order of ``PARTS``."""
    known = [part for part in rut.parts if part.value is not None and part.value >= LOW]
    return [part.name for part in sorted(known, key=lambda part: -(part.value or 0.0))]


def _stage(name: str, first: int, last: int, monday: date, texts: StepTexts) -> Stage:
    words = texts.stage(name)
    begins, ends = monday + timedelta(weeks=first - 1), monday + timedelta(weeks=last, days=-1)
    weeks = f"Week {first}" if first == last else f"Weeks {first} to {last}"
    return Stage(
        weeks=f"{weeks}, {day(begins.isoformat())} to {day(ends.isoformat())}",
        does=words.does,
        shows=words.shows,
        id=words.id,
        title=words.title,
        first_day=begins.isoformat(),
        last_day=ends.isoformat(),
    )


def _parts(time: TimeAudit | None, replies: Replies) -> tuple[Figure, ...]:
    found: dict[str, Figure | None] = {
        "symptoms": _answered("symptoms", replies.burden("symptoms"), replies.score("symptoms")),
        "loved_work": _guessed("loved_work", replies, "loved_work", "loved_now"),
        "reactive": _reactive(time) or _guessed("reactive", replies, "firefighting", "firefighting_share"),
        "traits": _traits(replies),
        "balance": _answered("balance", replies.burden("balance"), replies.score("balance")),
        "missed_personal": _missed(time),
        "after_hours": _outside(time),
    }
    return tuple(found[name] for name in PARTS if found[name] is not None)  # type: ignore[misc]


def _part(name: str, found: Estimate, n: int, n_of: str, as_of: str | None, left_out: str) -> Figure:
    return Figure(
        name=name, value=found.value, low=found.low, high=found.high, level=0.8, unit="share", n=n,
        n_of=n_of, formula=PARTS[name], left_out=left_out, as_of=as_of,
    )  # fmt: skip


def _answered(name: str, found: Estimate | None, score: ScaleScore | None) -> Figure | None:
    if found is None or score is None:
        return None
    return _part(name, found, score.n_answered, "answers", score.answered_on, "What others see.")


def _guessed(name: str, replies: Replies, about: str, item: str) -> Figure | None:
    """Read a share that the person guessed; items are found by id where several are about the same."""
    numbers = [one for one in replies.numbers(about) if one.unit == "percent" and one.item == item]
    if not numbers or numbers[0].value is None:
        return None
    share = min(max(numbers[0].value / 100, 0.0), 1.0)
    bounds = (share, share - GUESS, share + GUESS)
    if name == "loved_work":
        value, high, low = (1 - bound / LOVED_ENOUGH for bound in bounds)
        bounds = (value, low, high)
    found = Estimate(*(min(1.0, max(0.0, bound)) for bound in bounds))
    return _part(name, found, 1, "answers", numbers[0].answered_on, "Anything but a guess.")


def _reactive(time: TimeAudit | None) -> Figure | None:
    if time is None:
        return None
    known = next((one for one in time.figures if one.name == "reactive_share"), None)
    if known is None or known.value is None:
        return None
    # Without an interval of its own (few weeks) the share is as good as a guess.
    low = max(0.0, known.value - GUESS) if known.low is None else min(known.low, known.value)
    high = min(1.0, known.value + GUESS) if known.high is None else max(known.high, known.value)
    return _part(
        "reactive", Estimate(known.value, low, high), known.n, known.n_of, known.as_of, known.left_out
    )


def _traits(replies: Replies) -> Figure | None:
    """Read the distance from the outright comparison, else from two scales asked alike."""
    beside, compared = replies.level("traits.beside"), replies.score("traits.beside")
    if beside is not None and compared is not None:
        found = Estimate(*(max(0.0, 2 * at - 1) for at in (beside.value, beside.low, beside.high)))
        return _part("traits", found, compared.n_answered, "answers", compared.answered_on, _OTHERS_LIFE)
    me, them = replies.level("traits.me"), replies.level("traits.them")
    mine, theirs = replies.score("traits.me"), replies.score("traits.them")
    if me is None or them is None or mine is None or theirs is None:
        return None
    gap = max(0.0, them.value - me.value)
    half = math.hypot(
        max(me.value - me.low, me.high - me.value), max(them.value - them.low, them.high - them.value)
    )
    found = Estimate(gap, max(0.0, gap - half), min(1.0, gap + half))
    n = mine.n_answered + theirs.n_answered
    return _part("traits", found, n, "answers", mine.answered_on, _OTHERS_LIFE)


_OTHERS_LIFE: Final = "How it really is for the other manager."


def _missed(time: TimeAudit | None) -> Figure | None:
    if time is None or not time.weeks:
        return None
    known = next((one for one in time.figures if one.name == "missed_personal"), None)
    if known is None or known.value is None:
        return None
    weeks = len(time.weeks)
    rate, half = known.value / weeks, Z80 * math.sqrt(max(known.value, 1.0)) / weeks
    found = Estimate(*(min(1.0, max(0.0, at)) for at in (rate, rate - half, rate + half)))
    return _part("missed_personal", found, weeks, "weeks", time.last_day, known.left_out)


def _outside(time: TimeAudit | None) -> Figure | None:
    if time is None:
        return None
    weeks = [week for week in time.weeks if week.hours.work + week.hours.unclear > 0]
    work = sum(week.hours.work + week.hours.unclear for week in weeks)
    if not weeks or work <= 0:
        return None
    outside = [week.after_hours + week.weekend_hours for week in weeks]
    share = sum(outside) / work
    off = [
        part - share * (week.hours.work + week.hours.unclear)
        for part, week in zip(outside, weeks, strict=True)
    ]
    n = len(weeks)
    half = Z80 * math.sqrt(n / (n - 1) * sum(one**2 for one in off)) / work if n > 1 else GUESS
    found = Estimate(*(min(1.0, max(0.0, at) / OUTSIDE_FULL) for at in (share, share - half, share + half)))
    left_out = "Work that is not in the calendar."
    return _part("after_hours", found, n, "weeks", time.last_day, left_out)


def _index(parts: Sequence[Figure]) -> Figure:
    formula = (
        f"The plain mean of {len(parts)} parts, each from 0 to 1: {', '.join(one.name for one in parts)}."
    )
    left_out = ", ".join(name for name in PARTS if name not in {one.name for one in parts})
    as_of = max((one.as_of for one in parts if one.as_of), default=None)
    too_little = ""
    if not any(one.name in ANSWERED for one in parts):
        too_little = "Answer the rut check: a calendar alone cannot say how it is for you."
    elif len(parts) < MIN_PARTS:
        too_little = f"{len(parts)} of {len(PARTS)} parts are known; it takes {MIN_PARTS}."
    found = None if too_little else mean_of([_estimate(one) for one in parts])
    return Figure(
        name="rut_index",
        value=None if found is None else found.value,
        low=None if found is None else found.low,
        high=None if found is None else found.high,
        level=None if found is None else 0.8,
        unit="share",
        n=len(parts),
        n_of="parts",
        formula=formula,
        left_out=f"Parts not known: {left_out}." if left_out else "",
        as_of=as_of,
        too_little=too_little,
    )


def _estimate(found: Figure) -> Estimate:
    value = found.value or 0.0
    return Estimate(
        value, value if found.low is None else found.low, value if found.high is None else found.high
    )


def _scale_drift(scored: Sequence[Scored], earlier: Sequence[RoleAudit | Scored]) -> tuple[Drift, ...]:
    """Compare each instrument with the newest answers to it that are older than the present ones."""
    before = [one for item in earlier for one in (item.scored if isinstance(item, RoleAudit) else (item,))]
    moved: list[Drift] = []
    for now in Replies.of(scored).scored:
        older = [
            one for one in before if one.instrument == now.instrument and one.answered_on < now.answered_on
        ]
        if older and any(score.about in _RUT_SCALES for score in now.scores):
            found = scales.drift(max(older, key=lambda one: one.answered_on), now)
            moved.extend(one for one in found if one.about in _RUT_SCALES)
    return tuple(moved)


_RUT_SCALES: Final = frozenset({
    "symptoms", "balance", "mechanics", "ahead", "high_payoff", "traits.beside", "traits.me", "traits.them",
    "warning.managing", "warning.leading",
})  # fmt: skip


def _index_drift(
    parts: Sequence[Figure], scored: Sequence[Scored], earlier: Sequence[RoleAudit | Scored]
) -> tuple[Drift, ...]:
    """Compare the mean of the parts known both times with the newest earlier reading."""
    newest = max((one.as_of for one in parts if one.as_of), default="")
    known = {one.answered_on for one in scored}
    readings: list[tuple[str, tuple[Figure, ...]]] = []
    for one in earlier:
        if isinstance(one, RoleAudit):
            found = one.rut.parts if one.rut is not None else ()
        else:
            found = () if one.answered_on in known else _parts(None, Replies.of((one,)))
        on = max((part.as_of for part in found if part.as_of), default="")
        if on and on < newest:
            readings.append((on, found))
    for on, before in sorted(readings, key=lambda item: item[0], reverse=True):
        then = {one.name: one for one in before}
        both = [one for one in parts if one.name in then and one.as_of != then[one.name].as_of]
        if len(both) >= MIN_PARTS:
            return (_moved(on, newest, [then[one.name] for one in both], both),)
    return ()


def _moved(on: str, newest: str, before: Sequence[Figure], now: Sequence[Figure]) -> Drift:
    first, second = mean_of([_estimate(one) for one in before]), mean_of([_estimate(one) for one in now])
    change = second.value - first.value
    half = math.hypot(_half(first), _half(second))
    low, high = max(-1.0, change - half), min(1.0, change + half)
    moved = "about the same"
    if low > 0:
        moved = "higher"
    elif high < 0:
        moved = "lower"
    return Drift(
        scale="rut_index", label=f"Rut index, {len(now)} parts known both times", earlier_on=on,
        later_on=newest, earlier=first.value, later=second.value, change=change, low=low, high=high,
        moved=moved, about="rut_index", better="lower", n_items=len(now),
    )  # fmt: skip


def _half(found: Estimate) -> float:
    return max(found.value - found.low, found.high - found.value)


def _says(index: Figure, parts: Sequence[Figure], moved: Sequence[Drift], ends: str, *, expired: bool) -> str:
    if index.value is None or index.low is None or index.high is None:
        return f"Too little to say yet. {index.too_little}"
    if expired:
        return f"This reading ended on {day(ends)}. Answer the rut check again to see how it is now."
    where = "in the middle"
    if index.high < HIGH and index.value < LOW:
        where = "at the light end"
    elif index.low > HIGH:
        where = "at the heavy end"
    largest = max(parts, key=lambda one: one.value or 0.0)
    said = (
        f"The index is {index.value:.2f} ({index.low:.2f} to {index.high:.2f}) from 0 to 1, {where}; "
        f"the largest part is {PART_NAMES[largest.name]} ({largest.value:.2f})."
    )
    drifted = next((one for one in moved if one.scale == "rut_index"), None)
    if drifted is not None:
        said += f" Since {day(drifted.earlier_on)}: {drifted.moved} ({drifted.change:+.2f})."
    return said


PART_NAMES: Final = {
    "symptoms": "signs of a rut",
    "loved_work": "little time for work you love",
    "reactive": "reactive time",
    "traits": "distance to the manager you have in mind",
    "balance": "balance with life outside work",
    "missed_personal": "missed personal engagements",
    "after_hours": "work outside working hours",
}
