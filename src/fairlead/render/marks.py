"""The few forms that all figures are made of: bars, intervals, stacks by week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fairlead.core.work import label
from fairlead.render import theme

if TYPE_CHECKING:
    from collections.abc import Sequence


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


def kind_legend(width: int) -> Any:
    """Put the words above the drawing, three to a row on small screens."""
    import altair as alt

    return alt.Legend(
        title=None,
        orient="top",
        direction="horizontal",
        columns=3 if width < 500 else 6,
        symbolType="square",
        symbolSize=150,
        columnPadding=18,
        rowPadding=4,
        offset=12,
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
    """Draw one bar a row with its number at the end: ``name``, ``value``, ``shown``, ``colour``."""
    import altair as alt

    names = [row["name"] for row in rows]
    top = max([row["value"] for row in rows], default=0) or 1
    zeroed = [{**row, "zero": 0} for row in rows]
    base = alt.Chart(values(zeroed)).encode(
        y=alt.Y("name:N", sort=None, scale=alt.Scale(domain=names, paddingInner=0.3), axis=names_axis(width))
    )
    # Room at the right for the longest number, so that labels never leave the picture.
    room = max((len(str(row["shown"])) for row in rows), default=0) * 7.5 / (width * 0.5)
    scale = alt.Scale(domain=[0, top * (1 + room)], nice=False)
    bar = base.mark_bar().encode(
        x=alt.X("zero:Q", scale=scale, axis=None, stack=None),
        x2="value",
        color=alt.Color("colour:N", scale=None),
    )
    text = base.mark_text(align="left", dx=6).encode(
        x=alt.X("value:Q", scale=scale, stack=None), text="shown:N"
    )
    return frame(bar + text, width=width, height=ROW * len(rows))


def stacked_weeks(
    rows: Sequence[dict[str, Any]], *, kinds: Sequence[str], width: int, title: str, height: int = 240
) -> Any:
    """Draw stacked weeks: ``monday``, ``sunday``, ``kind`` (a plain word), ``bottom``, ``top``."""
    import altair as alt

    span = sorted({row["monday"] for row in rows})
    chart = (
        alt.Chart(values(rows))
        .mark_rect(stroke=theme.LIGHT["paper"], strokeWidth=1 if len(span) < 60 else 0.4)
        .encode(
            x=weeks_axis("monday", width),
            x2="sunday",
            y=alt.Y("bottom:Q", axis=alt.Axis(title=title, titleAnchor="end", tickCount=5), stack=None),
            y2="top",
            color=alt.Color("kind:N", scale=kind_scale(kinds), legend=kind_legend(width)),
            tooltip=[alt.Tooltip("week:N"), alt.Tooltip("kind:N"), alt.Tooltip("shown:N", title="hours")],
        )
    )
    return frame(chart, width=width, height=height)


def weeks_axis(field: str, width: int) -> Any:
    """Give the calendar from left to right, in UTC so that no reader's zone moves a Monday."""
    import altair as alt

    return alt.X(
        f"{field}:T",
        scale=alt.Scale(type="utc", nice=False),
        axis=alt.Axis(title=None, tickCount=4 if width < 500 else 8, labelOverlap=True, labelFlush=True),
    )


def shape_scale(words: Sequence[tuple[str, str]]) -> Any:
    """Give each source of a point its mark: pairs of source and the word shown for it."""
    import altair as alt

    return alt.Scale(domain=[w for _, w in words], range=[theme.SHAPES.get(s, "cross") for s, _ in words])
