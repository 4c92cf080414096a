"""Raw against fair scores, and the strictness of raters, each with its interval and in the order of names."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any, Final

from fairlead.render import marks, theme
from fairlead.render.drawing import WIDE, Drawn, Table, drawn, empty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.rater_results import FairScore, RaterSeverity, Severity

MOST: Final = 40
"""Rows of one drawing; more would not be looked at, and stand in the table."""

_ROW: Final = 26


def raw_and_fair(found: Severity, *, width: int = WIDE) -> Drawn:
    """Draw everybody's mean rating and fair score with its interval."""
    name, title = "raw-and-fair", "Raw and fair score"
    headers = ("Person", "Raw", "Fair", "80 % interval", "Ratings", "Raters")
    shown = found.ratees[:MOST]
    if not shown:
        return empty(name, title, "Raw and fair scores will stand here once somebody is rated.", headers)
    return drawn(
        lambda: _scores(shown, found, width),
        name=name,
        title=title,
        sentence=sentence_of(found),
        table=Table(headers=headers, rows=tuple(_row(one) for one in found.ratees)),
        width=width,
    )


def sentence_of(found: Severity) -> str:
    """Say how many scores moved, and how much is known of a score; nothing about pairs of people."""
    beyond = sum(1 for one in found.ratees if not one.low <= one.observed <= one.high)
    people = len(found.ratees)
    if not any(one.corrected for one in found.ratees):
        moved = "No score is corrected: the fair score is the mean of the ratings."
    elif beyond:
        scores = "1 raw score lies" if beyond == 1 else f"{beyond:,} of {people:,} raw scores lie"
        moved = f"{scores} outside the interval of the fair score."
    else:
        moved = "Every raw score lies inside the interval of its fair score."
    if not people:
        return moved
    wide = median(one.high - one.low for one in found.ratees)
    return f"{moved} The middle one of the intervals is {number(wide)} points wide."


def _scores(shown: Sequence[FairScore], found: Severity, width: int) -> Any:
    import altair as alt

    rows = [
        {
            "name": one.ratee,
            "raw": one.observed,
            "fair": one.fair,
            "low": one.low,
            "high": one.high,
            "shown": f"raw {number(one.observed)}, fair {number(one.fair)} "
            f"({number(one.low)} to {number(one.high)})",
        }
        for one in shown
    ]
    scale = alt.Scale(domain=[found.lowest, found.highest], nice=False)
    axis = alt.Axis(title="score: circle raw, dot fair with 80 % interval", grid=True, titleAnchor="end",
                    tickCount=found.highest - found.lowest, format="d")  # fmt: skip
    base = alt.Chart(marks.values(rows)).encode(y=_names([one.ratee for one in shown], width))
    ink = theme.LIGHT["ink"]
    layers = [
        base.mark_rule(color=ink, strokeWidth=2).encode(x=alt.X("low:Q", scale=scale, axis=axis), x2="high"),
        base.mark_point(
            color=theme.LIGHT["control"], filled=False, size=110, strokeWidth=2, opacity=1
        ).encode(x=alt.X("raw:Q", scale=scale, axis=axis), tooltip=["name:N", "shown:N"]),
        base.mark_point(color=ink, filled=True, size=70, opacity=1).encode(
            x=alt.X("fair:Q", scale=scale, axis=axis), tooltip=["name:N", "shown:N"]
        ),
    ]
    return marks.frame(alt.layer(*layers), width=width, height=_ROW * len(shown))


def strictness(found: Severity, *, width: int = WIDE) -> Drawn:
    """Draw by how many points each rater scores higher or lower than the others, with its interval."""
    from fairlead.core.rater_texts import compared  # noqa: PLC0415 - words beside the drawing only

    name, title = "strictness", "How raters' scores compare"
    headers = ("Rater", "Ratings", "Points above or below", "80 % interval", "In words")
    shown = found.raters[:MOST]
    sentence = " ".join(one.why for one in found.components[:3])
    rows = tuple(
        (
            one.rater,
            f"{one.n:,}",
            signed(one.points),
            f"{signed(one.points_low)} to {signed(one.points_high)}",
            compared(one, found),
        )
        for one in found.raters
    )
    return drawn(
        lambda: _strict(shown, width),
        name=name,
        title=title,
        sentence=sentence,
        table=Table(headers=headers, rows=rows),
        width=width,
    )


def _strict(shown: Sequence[RaterSeverity], width: int) -> Any:
    import altair as alt

    rows = [
        {
            "name": one.rater,
            "points": one.points,
            "low": one.points_low,
            "high": one.points_high,
            "shown": f"{signed(one.points)} ({signed(one.points_low)} to {signed(one.points_high)})",
        }
        for one in shown
    ]
    far = max(0.5, *(max(abs(one.points_low), abs(one.points_high)) for one in shown))
    scale = alt.Scale(domain=[-far, far], nice=True)
    axis = alt.Axis(title="points lower or higher", format="+.1f", grid=True, titleAnchor="end", tickCount=5)
    ink = theme.LIGHT["ink"]
    base = alt.Chart(marks.values(rows)).encode(y=_names([one.rater for one in shown], width))
    layers = [
        alt.Chart(marks.values([{"none": 0}]))
        .mark_rule(color=theme.LIGHT["control"], strokeDash=[3, 4])
        .encode(x=alt.X("none:Q", scale=scale, axis=axis)),
        base.mark_rule(color=ink, strokeWidth=2).encode(x=alt.X("low:Q", scale=scale, axis=axis), x2="high"),
        base.mark_point(color=ink, filled=True, size=80, opacity=1).encode(
            x=alt.X("points:Q", scale=scale, axis=axis), tooltip=["name:N", "shown:N"]
        ),
    ]
    return marks.frame(alt.layer(*layers), width=width, height=_ROW * len(shown))


def _names(names: Sequence[str], width: int) -> Any:
    import altair as alt

    return alt.Y("name:N", sort=None, scale=alt.Scale(domain=list(names)), axis=marks.names_axis(width))


def _row(one: FairScore) -> tuple[str, ...]:
    return (
        one.ratee,
        number(one.observed),
        number(one.fair),
        f"{number(one.low)} to {number(one.high)}",
        f"{one.n:,}",
        f"{one.raters:,}",
    )


def number(value: float | None) -> str:
    """Write a figure with two decimals, ``"none"`` where there is none."""
    return "none" if value is None else f"{value:.2f}".replace("-", "−").replace("−0.00", "0.00")


def signed(value: float) -> str:
    """Write a difference in points with its sign."""
    return "0.0" if round(value, 1) == 0 else f"{value:+.1f}".replace("-", "−")
