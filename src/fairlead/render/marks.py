"""The few forms that all figures are made of: bars, intervals, stacks by week."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from fairlead.core.work import label
from fairlead.render import theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


ROW: Final = 30
"""Height of one row of bars or intervals, in pixels: a finger's reach on a table beside it."""

QUIET: Final = theme.LIGHT["control"]
"""Colour of marks that stand for no kind of work."""


def frame(chart: Any, *, width: int, height: float) -> Any:
    """Give a chart its outer width, its inner height and the one theme."""
    import altair as alt

    chart = chart.properties(
        width=width,
        height=height,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 2, "right": 8, "top": 6, "bottom": 4},
    )
    return chart.configure(**theme.altair_config())


def values(rows: Sequence[dict[str, Any]]) -> Any:
    """Put the numbers that are shown, and no others, into a chart."""
    import altair as alt

    return alt.InlineData(values=list(rows))


def kind_scale(kinds: Sequence[str]) -> Any:
    """Give each kind of work its colour, under its plain word."""
    import altair as alt

    return alt.Scale(domain=[label(k) for k in kinds], range=[theme.LIGHT[k] for k in kinds])


def kind_legend(width: int, *, columns: int = 2) -> Any:
    """Put the words above the drawing, ``columns`` to a row on small screens."""
    import altair as alt

    return alt.Legend(
        title=None,
        orient="top",
        direction="horizontal",
        columns=columns if width < 500 else 6,
        symbolType="square",
        symbolSize=150,
        columnPadding=18,
        rowPadding=4,
        offset=12,
        labelLimit=0,
    )


def names_axis(width: int) -> Any:
    """Give the words at the left of rows, kept whole on small screens."""
    import altair as alt

    return alt.Axis(
        title=None,
        labelLimit=int(width * 0.45),
        labelColor=theme.LIGHT["ink"],
        labelPadding=8,
        domain=False,
        grid=False,
    )


def bars(rows: Sequence[dict[str, Any]], *, width: int) -> Any:
    """Draw one bar a row with its number at the end: ``name``, ``value``, ``shown``, ``colour``.

    On small screens the name stands above its bar, so that neither is cut.
    """
    import altair as alt

    above = width < 500
    names = [row["name"] for row in rows]
    y = alt.Y(
        "name:N",
        sort=None,
        scale=alt.Scale(
            domain=names, paddingInner=0.6 if above else 0.3, paddingOuter=0.4 if above else 0.15
        ),
        axis=None if above else names_axis(width),
    )
    base = alt.Chart(values([{**row, "zero": 0} for row in rows])).encode(y=y)
    # Room at the right for the longest number, so that labels never leave the picture.
    room = max((len(str(row["shown"])) for row in rows), default=0) * 7.5 / (width * (0.75 if above else 0.5))
    top = max((row["value"] for row in rows), default=0) or 1
    scale = alt.Scale(domain=[0, top * (1 + room)], nice=False)
    start = alt.X("zero:Q", scale=scale, axis=None, stack=None)
    end = alt.X("value:Q", scale=scale, axis=None, stack=None)
    layers = [
        base.mark_bar().encode(x=start, x2="value", color=alt.Color("colour:N", scale=None)),
        base.mark_text(align="left", dx=6).encode(x=end, text="shown:N"),
    ]
    if above:
        layers.append(base.mark_text(align="left", dy=-19).encode(x=start, text="name:N"))
    return frame(alt.layer(*layers), width=width, height=(46 if above else ROW) * len(rows))


def stacked_weeks(
    rows: Sequence[dict[str, Any]], *, kinds: Sequence[str], width: int, title: str, mondays: Sequence[str]
) -> Any:
    """Draw stacked weeks: ``begins``, ``ends``, ``kind`` (a plain word), ``bottom``, ``top``."""
    import altair as alt

    chart = (
        alt.Chart(values(rows))
        .mark_rect(stroke=theme.LIGHT["paper"], strokeWidth=1 if len(mondays) < 60 else 0.4)
        .encode(
            x=weeks_axis("begins", mondays, width, spare=7),
            x2="ends",
            y=alt.Y("bottom:Q", axis=alt.Axis(title=title, titleAnchor="end", tickCount=5), stack=None),
            y2="top",
            color=alt.Color("kind:N", scale=kind_scale(kinds), legend=kind_legend(width)),
            tooltip=[alt.Tooltip("week:N"), alt.Tooltip("kind:N"), alt.Tooltip("shown:N", title="hours")],
        )
    )
    return frame(chart, width=width, height=240)


def weeks_axis(field: str, days: Iterable[str], width: int, *, spare: int = 0) -> Any:
    """Give the calendar from left to right; ``field`` holds instants as ``instant`` makes them.

    ``spare`` days stand free at the right, for a last week that begins with the last day.
    """
    import altair as alt

    found = sorted(set(days))
    step = max(1, -(-len(found) // (4 if width < 500 else 8)))
    ends = [instant(found[0]), instant(found[-1], later=spare)]
    axis = alt.Axis(
        title=None,
        values=[instant(day) for day in found[::step]],
        labelExpr="utcFormat(datum.value, '%-d %b')",
        labelAlign="left" if spare else "center",
        labelOverlap=True,
        labelFlush=not spare,
        grid=False,
    )
    return alt.X(f"{field}:Q", scale=alt.Scale(zero=False, nice=False, domain=ends), axis=axis)


def instant(day: str, *, later: int = 0) -> int:
    """Give midnight in UTC of an ISO day, ``later`` days on, in milliseconds: no reader's zone moves it.

    Numbers and not dates, because Vega-Lite takes the two ends of a rectangle in time for two scales.
    """
    moment = datetime.combine(date.fromisoformat(day), time(), tzinfo=UTC) + timedelta(days=later)
    return int(moment.timestamp() * 1000)


def shape_scale(words: Sequence[tuple[str, str]]) -> Any:
    """Give each source of a point its mark: pairs of source and the word shown for it."""
    import altair as alt

    return alt.Scale(domain=[w for _, w in words], range=[theme.SHAPES.get(s, "cross") for s, _ in words])
