"""What energizes and what drains, and where the hours go (rows 13, 75-77)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from fairlead.core.direction_reading import CalendarWeek, EnergyReading, KindEnergy, TaskReading
from fairlead.core.figures import Figure
from fairlead.core.item_means import item_mean
from fairlead.core.phrases import count, percent
from fairlead.core.work import WORK_KINDS, Competency, Kind, label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from fairlead.core.calendars import TimeAudit
    from fairlead.core.direction_answers import TaskEnergy
    from fairlead.core.roles import Activity

LOWEST, HIGHEST = -2, 2
"""From "drains me" to "energizes me"."""

GUESS: Final = 0.1
"""A share of hours that somebody guesses is taken to be right within ten points, four times in five."""

ENOUGH_TASKS: Final = 3
"""Fewer tasks say nothing about where the hours go, and fewer of a kind nothing about the kind."""

WEEK: Final = 168
"""Hours of a week: no task takes more, and all together do not either."""

OWN: Final = "own:"
"""Beginning of the code of a task in one's own words."""


def calendar_week(time: TimeAudit | None) -> CalendarWeek | None:
    """Give the hours of an average week by kind of work from a reading of a calendar.

    Returns
    -------
    CalendarWeek or None
        ``None`` without a calendar or without a week in it. Hours count as in the audit: declined and
        personal events are none.
    """
    if time is None or not time.weeks:
        return None
    weeks = len(time.weeks)
    return CalendarWeek(
        hours=tuple((str(kind), getattr(time.hours, str(kind)) / weeks) for kind in WORK_KINDS),
        first_day=time.first_day,
        last_day=time.last_day,
        n_weeks=weeks,
    )


def read_energy(
    tasks: Sequence[TaskEnergy],
    on: str,
    *,
    activities: Sequence[Activity] = (),
    calendar: CalendarWeek | None = None,
) -> EnergyReading:
    """Read energizers and drains, the shares of hours on them, and what one would shift.

    Parameters
    ----------
    tasks
        Effect -2 (drains) to 2 (energizes), hours a week spent and wanted; of a task named twice the
        last answer counts.
    on
        ISO date of the answers.
    activities
        The map of work activities: names and kinds of the tasks that are O*NET's.
    calendar
        Hours a week by kind as a calendar shows them, to stand beside the person's own.

    Returns
    -------
    EnergyReading
        Shares have no value while fewer than ``ENOUGH_TASKS`` tasks have hours, effects of a kind while
        fewer tasks of it are rated. Hours that add up to more than a week are noted in ``says``.

    Raises
    ------
    ValueError
        When an effect lies outside -2 to 2, or hours are negative.

    Notes
    -----
    A share is hours on tasks with an effect above (below) zero divided by the hours of all tasks that
    have hours. It is as good as the guess of hours, so its interval is ten points either way. That
    the share matters: of physicians with less than a fifth of their time in the work most meaningful
    to them 54 % were burnt out, of the others 30 % (Shanafelt et al. 2009,
    doi:10.1001/archinternmed.2009.70).

    Examples
    --------
    >>> from fairlead.core.direction_answers import TaskEnergy
    >>> said = [TaskEnergy(task="doing", effect=2, hours_spent=10, hours_wanted=20),
    ...         TaskEnergy(task="managing", effect=-1, hours_spent=25, hours_wanted=10),
    ...         TaskEnergy(task="leading", effect=0, hours_spent=5, hours_wanted=5)]
    >>> found = read_energy(said, "2026-11-23")
    >>> found.on_energizers.value, round(found.wanted_on_energizers.value, 3), found.moves[0].task
    (0.25, 0.571, 'managing')
    """
    for said in tasks:
        _check(said)
    names = {activity.id: activity for activity in activities}
    latest = {(said.task, said.label if said.task.startswith(OWN) else ""): said for said in tasks}
    read = tuple(_task(said, names) for said in latest.values())
    energizers = tuple(sorted((one for one in read if one.effect > 0), key=_strongest))
    drains = tuple(sorted((one for one in read if one.effect < 0), key=_strongest))
    moves = tuple(
        sorted((one for one in read if one.shift), key=lambda one: (-abs(one.shift or 0), one.task))
    )
    hours_spent = _hours("hours_spent", read, _spent, on)
    spent = _share(read, on, "on_energizers", _spent, positive=True)
    wanted = _share(read, on, "wanted_on_energizers", _wanted, positive=True)
    on_drains = _share(read, on, "on_drains", _spent, positive=False)
    return EnergyReading(
        tasks=read,
        energizers=energizers,
        drains=drains,
        by_kind=tuple(_kind(kind, read, on, calendar) for kind in WORK_KINDS if _has(kind, read)),
        hours_spent=hours_spent,
        on_energizers=spent,
        on_drains=on_drains,
        wanted_on_energizers=wanted,
        moves=moves,
        says=" ".join((_counts(energizers, drains), *_share_says(read, on, spent, wanted), *_too_many(read))),
    )


def task_kind(task: str, activities: Mapping[str, Activity]) -> str:
    """Give the kind of work of a task code; empty for a task in one's own words or an unknown code.

    Examples
    --------
    >>> task_kind("reliability", {}), task_kind("firefighting", {}), task_kind("own:letters", {})
    ('managing', 'firefighting', '')
    """
    if task in activities:
        return str(activities[task].kind)
    if task in set(Competency):
        return str(Competency(task).kind)
    return task if task in set(Kind) else ""


def _check(said: TaskEnergy) -> None:
    name = said.label or said.task
    if not LOWEST <= said.effect <= HIGHEST:
        raise ValueError(f"“{name}”: the effect is {said.effect}; it lies between {LOWEST} and {HIGHEST}.")
    for hours in (said.hours_spent, said.hours_wanted):
        if hours is not None and not 0 <= hours <= WEEK:
            raise ValueError(f"“{name}”: {hours:g} hours a week; a week has 0 to {WEEK}.")


def _task(said: TaskEnergy, names: Mapping[str, Activity]) -> TaskReading:
    plain = said.task.removeprefix(OWN)
    known = names[said.task].name if said.task in names else label(plain)
    both = said.hours_spent is not None and said.hours_wanted is not None
    return TaskReading(
        task=said.task,
        label=said.label or known,
        kind=said.kind or task_kind(said.task, names),
        effect=said.effect,
        hours_spent=said.hours_spent,
        hours_wanted=said.hours_wanted,
        shift=(said.hours_wanted or 0.0) - (said.hours_spent or 0.0) if both else None,
    )


def _strongest(one: TaskReading) -> tuple[int, float, str]:
    return (-abs(one.effect), -(one.hours_spent or 0.0), one.task)


def _spent(one: TaskReading) -> float | None:
    return one.hours_spent


def _wanted(one: TaskReading) -> float | None:
    return one.hours_wanted


def _share(
    read: Sequence[TaskReading],
    on: str,
    name: str,
    hours: Callable[[TaskReading], float | None],
    *,
    positive: bool,
) -> Figure:
    known = [(one, at) for one in read if (at := hours(one)) is not None]
    total = sum(at for _, at in known)
    part = sum(at for one, at in known if (one.effect > 0 if positive else one.effect < 0))
    wish = "wanted" if name.startswith("wanted") else "spent"
    too_little = ""
    if len(known) < ENOUGH_TASKS:
        too_little = f"{count(len(known), 'task')} with hours {wish}; it takes {ENOUGH_TASKS}."
    elif total <= 0:
        too_little = f"All hours {wish} are zero."
    share = None if too_little else part / total
    what = "energize" if positive else "drain"
    return Figure(
        name=name, value=share, unit="share", n=len(known), n_of="tasks",
        low=None if share is None else max(0.0, share - GUESS),
        high=None if share is None else min(1.0, share + GUESS),
        level=None if share is None else 0.8,
        formula=(
            f"Hours {wish} on tasks that {what} you, divided by the hours {wish} on all tasks with hours; "
            "your own guess, taken to be right within ten points."
        ),
        left_out="Tasks without hours, and work you did not name.", as_of=on, too_little=too_little,
    )  # fmt: skip


def _hours(
    name: str, read: Sequence[TaskReading], hours: Callable[[TaskReading], float | None], on: str
) -> Figure:
    known = [at for one in read if (at := hours(one)) is not None]
    return Figure(
        name=name, value=sum(known) if known else None, unit="hours", n=len(known), n_of="tasks",
        formula="Sum of the hours a week that you gave for these tasks.",
        left_out="Tasks without hours, and work you did not name.", as_of=on,
        too_little="" if known else "No hours were given.",
    )  # fmt: skip


def _has(kind: Kind, read: Sequence[TaskReading]) -> bool:
    return any(one.kind == kind for one in read)


def _kind(kind: Kind, read: Sequence[TaskReading], on: str, calendar: CalendarWeek | None) -> KindEnergy:
    mine = [one for one in read if one.kind == kind]
    effect = _effect(kind, mine, on)
    both = [one for one in mine if one.shift is not None]
    shift = sum(one.shift or 0.0 for one in both) if both else None
    return KindEnergy(
        kind=str(kind),
        label=label(kind),
        effect=effect,
        n_tasks=len(mine),
        hours_spent=_hours(f"hours_spent.{kind}", mine, _spent, on),
        hours_wanted=_hours(f"hours_wanted.{kind}", mine, _wanted, on),
        shift=shift,
        calendar=_from_calendar(kind, calendar),
        says=_kind_says(kind, effect, shift),
    )


def _effect(kind: Kind, mine: Sequence[TaskReading], on: str) -> Figure:
    blank = Figure(
        name=f"energy.{kind}", value=None, unit="points", n=len(mine), n_of="tasks", as_of=on,
        formula="Mean effect of the tasks of this kind, −2 to 2; 80 % interval over the tasks.",
        left_out="Tasks in your own words whose kind you did not say.",
        too_little=(
            f"{count(len(mine), 'task')} of this kind rated; it takes {ENOUGH_TASKS}."
            if len(mine) < ENOUGH_TASKS
            else ""
        ),
    )  # fmt: skip
    if blank.too_little:
        return blank
    mean = item_mean([one.effect for one in mine], [1.0] * len(mine), LOWEST, HIGHEST)
    return replace(blank, value=mean.value, low=mean.low, high=mean.high, level=0.8)


def _from_calendar(kind: Kind, calendar: CalendarWeek | None) -> Figure | None:
    if calendar is None or str(kind) not in dict(calendar.hours):
        return None
    return Figure(
        name=f"calendar.{kind}", value=dict(calendar.hours)[str(kind)], unit="hours", n=calendar.n_weeks,
        n_of="weeks", as_of=calendar.last_day,
        formula="Hours of this kind in your calendar, divided by its weeks.",
        left_out="Work that is not in the calendar.",
    )  # fmt: skip


def _kind_says(kind: Kind, effect: Figure, shift: float | None) -> str:
    said, name = [], label(kind)
    if effect.low is not None and effect.high is not None:
        if effect.low > 0:
            said.append(f"{name} energizes you.")
        elif effect.high < 0:
            said.append(f"{name} drains you.")
        else:
            said.append(f"{name} neither clearly energizes nor clearly drains you.")
    if shift:
        more = "more" if shift > 0 else "fewer"
        what = "it" if said else name.lower()
        said.append(f"You want {abs(shift):.1f} {more} hours of {what} a week.")
    return " ".join(said)


def _counts(energizers: Sequence[TaskReading], drains: Sequence[TaskReading]) -> str:
    gives = "energizes" if len(energizers) == 1 else "energize"
    takes = "drains" if len(drains) == 1 else "drain"
    return f"{count(len(energizers), 'task')} {gives} you, {len(drains)} {takes} you."


def _share_says(read: Sequence[TaskReading], on: str, spent: Figure, wanted: Figure) -> Iterator[str]:
    """Say the share of hours spent; beside the share wanted only over the same tasks."""
    if spent.value is None:
        yield spent.too_little
        return
    now = f"{percent(spent.value)} of the hours you named go into what energizes you"
    both = [one for one in read if one.shift is not None]
    if spent.n == wanted.n == len(both) and wanted.value is not None:
        yield f"{now}; with your hours as wanted, {percent(wanted.value)}."
        return
    yield f"{now}."
    before, after = (_share(both, on, "", hours, positive=True).value for hours in (_spent, _wanted))
    if before is not None and after is not None:
        yield (
            f"Of the {len(both)} tasks with both hours, it is {percent(before)} now, and with your hours as "
            f"wanted {percent(after)}."
        )


def _too_many(read: Sequence[TaskReading]) -> Iterator[str]:
    for hours, name in ((_spent, "spent"), (_wanted, "wanted")):
        total = sum(at for one in read if (at := hours(one)) is not None)
        if total > WEEK:
            yield (
                f"The hours {name} add up to {total:g} a week, and a week has {WEEK}: some tasks may hold "
                "the same hours, so take the shares with care."
            )
