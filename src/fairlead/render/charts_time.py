"""The figures of a calendar: the week, evenings, meetings, one-to-ones, areas that pay off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairlead.core.time_results import Share
from fairlead.core.work import Competency, HighPayoff, label
from fairlead.render import marks, theme, words
from fairlead.render.drawing import WIDE, Drawn, Table, drawn, empty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.time_results import TimeAudit, WeekReading


def mean_week(time: TimeAudit, *, width: int = WIDE) -> Drawn:
    """Draw the average week: hours of each kind of work, one bar each."""
    name, title = "mean-week", "Your average week"
    weeks = _whole(time)
    if not weeks or not _total(weeks):
        return empty(name, title, "The hours of your average week will stand here, by kind of work.")
    means = {k: sum(getattr(w.hours, k) for w in weeks) / len(weeks) for k in theme.KINDS}
    total = sum(means.values())
    rows = [
        {
            "name": label(kind),
            "value": hours,
            "shown": f"{words.hours(hours)} · {words.percent(hours / total)}",
            "colour": theme.LIGHT[kind],
        }
        for kind, hours in means.items()
    ]
    largest = max(means, key=lambda kind: means[kind])
    parts = [f"{words.hours(means[k])} {label(k).lower()}" for k in theme.KINDS if means[k] > 0]
    sentence = (
        f"Over {words.count(len(weeks), 'week')} the calendar held {words.hours(total)} a week on average: "
        f"{words.listed(parts)}. "
        f"The largest part is {label(largest).lower()}, {words.percent(means[largest] / total)}."
    )
    table = Table(
        headers=("Kind of work", "Hours a week", "Share"),
        rows=tuple((label(k), words.hours(h), words.percent(h / total)) for k, h in means.items()),
    )
    return drawn(
        lambda: marks.bars(rows, width=width),
        name=name,
        title=title,
        sentence=sentence,
        table=table,
        width=width,
    )


def weeks(time: TimeAudit, *, width: int = WIDE) -> Drawn:
    """Draw hours by kind of work, week by week, stacked."""
    name, title = "weeks", "Week by week"
    headers = ("Week of", *(label(k) for k in theme.KINDS), "Together")
    if not _total(_whole(time)):
        return empty(name, title, "Each week's hours will stand here, stacked by kind of work.", headers)
    rows: list[dict[str, Any]] = []
    for week in time.weeks:
        parts = [(label(k), getattr(week.hours, k)) for k in theme.KINDS]
        rows += _stack(week, parts)
    table = Table(
        headers=headers,
        rows=tuple(
            (
                words.day(w.monday) + (" (off)" if w.off else "" if w.complete else " (part)"),
                *(words.hours(getattr(w.hours, k)) for k in theme.KINDS),
                words.hours(_hours(w)),
            )
            for w in time.weeks
        ),
    )
    fullest, emptiest = max(time.weeks, key=_hours), min(_whole(time), key=_hours)
    sentence = (
        f"{words.count(len(time.weeks), 'week')} with entries, from the week of "
        f"{words.day(time.weeks[0].monday)} to that of {words.day(time.weeks[-1].monday)}. "
        f"The fullest, of {words.day(fullest.monday)}, held {words.hours(_hours(fullest))}; "
        f"the lightest whole one, of {words.day(emptiest.monday)}, {words.hours(_hours(emptiest))}."
    )
    mondays = [w.monday for w in time.weeks]
    return drawn(
        lambda: marks.stacked_weeks(rows, kinds=theme.KINDS, width=width, title="hours", mondays=mondays),
        name=name,
        title=title,
        sentence=sentence,
        table=table,
        width=width,
    )


def after_hours(time: TimeAudit, *, width: int = WIDE) -> Drawn:
    """Draw the hours outside working hours, week by week: evenings and weekends apart."""
    name, title = "after-hours", "Evenings and weekends"
    headers = ("Week of", "Evenings and early mornings", "Weekend")
    if not time.weeks:
        return empty(name, title, "Hours outside your working hours will stand here, by week.", headers)
    evenings, weekend = "evenings and early mornings", "weekend"
    table = Table(
        headers=headers,
        rows=tuple(
            (words.day(w.monday), words.hours(w.after_hours), words.hours(w.weekend_hours))
            for w in time.weeks
        ),
    )
    late = sum(w.after_hours for w in time.weeks)
    off = sum(w.weekend_hours for w in time.weeks)
    touched = sum(1 for w in time.weeks if w.after_hours + w.weekend_hours > 0)
    sentence = (
        f"Outside {time.working_hours}: {words.hours(late)} in evenings and early mornings "
        f"and {words.hours(off)} at weekends, in {touched} of {words.count(len(time.weeks), 'week')}."
    )
    if late + off == 0:
        span = words.count(len(time.weeks), "week")
        none = f"No hours outside {time.working_hours} and none at weekends in {span}."
        return Drawn(name=name, title=title, sentence=none, table=table)
    return drawn(
        lambda: _outside_hours(time, evenings, weekend, width),
        name=name,
        title=title,
        sentence=sentence,
        table=table,
        width=width,
    )


def _outside_hours(time: TimeAudit, evenings: str, weekend: str, width: int) -> Any:
    import altair as alt

    rows = [
        row for w in time.weeks for row in _stack(w, [(evenings, w.after_hours), (weekend, w.weekend_hours)])
    ]
    scale = alt.Scale(domain=[evenings, weekend], range=[theme.LIGHT["muted"], theme.LIGHT["line"]])
    chart = (
        alt.Chart(marks.values(rows))
        .mark_rect(stroke=theme.LIGHT["muted"], strokeWidth=1)
        .encode(
            x=marks.weeks_axis("begins", [w.monday for w in time.weeks], width, spare=7),
            x2="ends",
            y=alt.Y("bottom:Q", axis=alt.Axis(title="hours", titleAnchor="end", tickCount=4), stack=None),
            y2="top",
            color=alt.Color("kind:N", scale=scale, legend=marks.kind_legend(width, columns=1)),
            tooltip=[alt.Tooltip("week:N"), alt.Tooltip("kind:N"), alt.Tooltip("shown:N", title="hours")],
        )
    )
    return marks.frame(chart, width=width, height=150)


def meetings_by_size(time: TimeAudit, *, width: int = WIDE) -> Drawn:
    """Draw meeting hours by how many people take part."""
    return _shares(
        time.by_size,
        name="meetings-by-size",
        title="How many take part",
        first="People",
        none="Hours by the number of people who take part will stand here.",
        after="Every hour of work counts once.",
        width=width,
    )


def meetings_by_relation(time: TimeAudit, *, width: int = WIDE) -> Drawn:
    """Draw meeting hours by who is there."""
    return _shares(
        time.by_relation,
        name="meetings-by-relation",
        title="Who you meet",
        first="With",
        none="Hours by whom you meet will stand here, once it is known who is who.",
        after="An hour with people of several groups counts in each.",
        width=width,
    )


def competencies(time: TimeAudit, *, width: int = WIDE) -> Drawn:
    """Draw hours by competency, managing and leading in their colours."""
    name, title = "competencies", "Hours by competency"
    headers = ("Competency", "Kind", "Hours", "Events")
    shown = sorted((s for s in time.competencies if s.hours > 0), key=lambda s: -s.hours)
    if not shown:
        return empty(name, title, "Hours will stand here once events can be told to a competency.", headers)
    kinds = {c.value: c.kind.value for c in Competency}
    rows = [
        {
            "name": s.label,
            "value": s.hours,
            "shown": f"{words.hours(s.hours)} · {label(kinds.get(s.name, 'unclear')).lower()}",
            "colour": theme.LIGHT[kinds.get(s.name, "unclear")],
        }
        for s in shown
    ]
    missing = [label(c.value) for c in Competency if c.value not in {s.name for s in shown}]
    sentence = f"Most hours went to {shown[0].label.lower()} ({words.hours(shown[0].hours)})."
    if missing:
        sentence += f" None were seen for {words.listed([m.lower() for m in missing])}."
    table = Table(
        headers=headers,
        rows=tuple(
            (s.label, label(kinds.get(s.name, "unclear")), words.hours(s.hours), f"{s.events:,}")
            for s in shown
        ),
    )
    return drawn(
        lambda: marks.bars(rows, width=width),
        name=name,
        title=title,
        sentence=sentence,
        table=table,
        width=width,
    )


def high_payoff(time: TimeAudit, *, width: int = WIDE) -> Drawn:
    """Draw hours by high-payoff area, the empty ones too, because they are the point."""
    name, title = "high-payoff", "Work that saves trouble later"
    headers = ("Area", "Hours", "Events")
    found = {s.name: s for s in time.high_payoff}
    if not any(s.hours > 0 for s in time.high_payoff):
        areas = words.listed([label(a.value).lower() for a in HighPayoff])
        return empty(
            name, title, f"No hours were seen in the areas that save trouble later: {areas}.", headers
        )
    for area in HighPayoff:
        found.setdefault(area.value, _nothing(area))
    shown = sorted(found.values(), key=lambda s: -s.hours)
    rows = [
        {"name": s.label, "value": s.hours, "shown": words.hours(s.hours), "colour": marks.QUIET}
        for s in shown
    ]
    without = [s.label.lower() for s in shown if not s.hours]
    sentence = f"The most went to {shown[0].label.lower()}: {words.hours(shown[0].hours)}."
    if without:
        sentence += f" Nothing was seen for {words.listed(without)}."
    table = Table(
        headers=headers, rows=tuple((s.label, words.hours(s.hours), f"{s.events:,}") for s in shown)
    )
    return drawn(
        lambda: marks.bars(rows, width=width),
        name=name,
        title=title,
        sentence=sentence,
        table=table,
        width=width,
    )


def one_to_ones(time: TimeAudit, *, width: int = WIDE) -> Drawn:
    """Draw how often each report is met alone: usual gap and days since the last time."""
    name, title = "one-to-ones", "One to one with each report"
    headers = ("Report", "Meetings", "Hours", "Usual gap", "Since the last")
    if not time.one_to_ones:
        return empty(name, title, "How often you meet each report alone will stand here.", headers)
    table = Table(
        headers=headers,
        rows=tuple(
            (
                o.report,
                f"{o.meetings:,}",
                words.hours(o.hours),
                _days(o.median_gap_days),
                _days(o.days_since_last),
            )
            for o in time.one_to_ones
        ),
    )
    usual, since = "usual gap", "since the last"
    rows = [
        {"name": o.report, "days": days, "what": what, "shown": _days(days)}
        for o in time.one_to_ones
        for what, days in ((usual, o.median_gap_days), (since, o.days_since_last))
        if days is not None
    ]
    sentence = _one_to_one_sentence(time)
    if not rows:
        return Drawn(name=name, title=title, sentence=sentence, table=table)
    reports = [o.report for o in time.one_to_ones]
    return drawn(
        lambda: _cadence(rows, reports, (usual, since), width),
        name=name,
        title=title,
        sentence=sentence,
        table=table,
        width=width,
    )


def _cadence(rows: Sequence[dict[str, Any]], reports: list[str], what: tuple[str, str], width: int) -> Any:
    import altair as alt

    chart = (
        alt.Chart(marks.values(rows))
        .mark_point(size=110, strokeWidth=2, color=theme.LIGHT["leading"])
        .encode(
            x=alt.X(
                "days:Q",
                scale=alt.Scale(zero=True, nice=True),
                axis=alt.Axis(title="days", grid=True, titleAnchor="end", tickCount=6),
            ),
            y=alt.Y("name:N", sort=None, scale=alt.Scale(domain=reports), axis=marks.names_axis(width)),
            shape=alt.Shape(
                "what:N",
                scale=alt.Scale(domain=list(what), range=["circle", "diamond"]),
                legend=alt.Legend(title=None, orient="top", symbolStrokeWidth=2, offset=8),
            ),
            tooltip=[alt.Tooltip("name:N"), alt.Tooltip("what:N"), alt.Tooltip("shown:N")],
        )
    )
    return marks.frame(chart, width=width, height=marks.ROW * len(reports))


def _one_to_one_sentence(time: TimeAudit) -> str:
    met = [o for o in time.one_to_ones if o.meetings]
    sentence = f"{len(met)} of {words.count(len(time.one_to_ones), 'report')} met you one to one."
    longest = [o for o in met if o.days_since_last is not None]
    if longest:
        last = max(longest, key=lambda o: o.days_since_last or 0)
        sentence += f" The longest wait is {_days(last.days_since_last)}, with {last.report}."
    return sentence


def _shares(
    shares: Sequence[Share], *, name: str, title: str, first: str, none: str, after: str, width: int
) -> Drawn:
    headers = (first, "Hours", "Events")
    if not any(s.hours > 0 for s in shares):
        return empty(name, title, none, headers)
    rows = [
        {"name": s.label, "value": s.hours, "shown": words.hours(s.hours), "colour": marks.QUIET}
        for s in shares
    ]
    most = max(shares, key=lambda s: s.hours)
    sentence = f"Most hours: {most.label.lower()}, {words.hours(most.hours)}. {after}"
    table = Table(
        headers=headers, rows=tuple((s.label, words.hours(s.hours), f"{s.events:,}") for s in shares)
    )
    return drawn(
        lambda: marks.bars(rows, width=width),
        name=name,
        title=title,
        sentence=sentence,
        table=table,
        width=width,
    )


def _stack(week: WeekReading, parts: Sequence[tuple[str, float]]) -> list[dict[str, Any]]:
    rows, bottom = [], 0.0
    for kind, hours in parts:
        if hours > 0:
            rows.append(
                {
                    "week": words.day(week.monday),
                    "monday": week.monday,
                    "begins": marks.instant(week.monday),
                    "ends": marks.instant(week.monday, later=7),
                    "kind": kind,
                    "bottom": round(bottom, 4),
                    "top": round(bottom + hours, 4),
                    "shown": words.hours(hours),
                }
            )
        bottom += hours
    return rows


def _nothing(area: HighPayoff) -> Share:
    return Share(name=area.value, label=label(area.value), hours=0.0, events=0)


def _whole(time: TimeAudit) -> Sequence[WeekReading]:
    worked = [w for w in time.weeks if not w.off]
    return [w for w in worked if w.complete] or worked


def _hours(week: WeekReading) -> float:
    return float(sum(getattr(week.hours, kind) for kind in theme.KINDS))


def _total(weeks: Sequence[WeekReading]) -> float:
    return sum(_hours(week) for week in weeks)


def _days(value: float | None) -> str:
    return (
        words.DASH
        if value is None
        else words.count(1, "day")
        if value == 1
        else f"{words.number(value)} days"
    )
