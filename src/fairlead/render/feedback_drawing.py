"""The ranges of a survey's scales as one drawing for paper; a page draws each beside its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from fairlead.render import theme
from fairlead.render.drawing import Drawn, Table
from fairlead.render.feedback_parts import WIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.render.feedback_parts import Bar, Line

ROW: Final = 24
NAMES: Final = 250
"""Room for the names at the left; the line of a row is as long as a bar has units, drawn larger."""

LARGER: Final = 1.5


def ranges(lines: Sequence[Line]) -> Drawn:
    """Draw one row per scale: the line of its options and where the mean lies on it."""
    shown = [line for line in lines if line.bar is not None]
    width, height = NAMES + LARGER * WIDE + 20, ROW * len(shown) + 8
    rows = "".join(
        _row(line, line.bar, ROW * at + 20) for at, line in enumerate(shown) if line.bar is not None
    )
    paper = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="{theme.FONT}" font-size="13">{rows}</svg>'
    )
    own = " The upright mark is your own answer." if any(line.own for line in shown) else ""
    return Drawn(
        name="ranges",
        title="Where the means lie",
        sentence=f"Each bar is a range and no point; its ends stand in the table.{own}"
        if shown
        else "No scale has a figure.",
        table=Table(headers=(), rows=()),
        paper=paper if shown else "",
    )


def _row(line: Line, bar: Bar, y: int) -> str:
    def at(x: float) -> float:
        return round(NAMES + LARGER * x, 1)

    rail, ink, range_ = theme.LIGHT["line"], theme.LIGHT["ink"], theme.LIGHT["control"]
    ticks = "".join(
        f'<path d="M{at(tick)} {y - 9}V{y + 1}" stroke="{rail}" stroke-width="1.5"/>' for tick in bar.ticks
    )
    mark = (
        ""
        if bar.own is None
        else f'<path d="M{at(bar.own)} {y - 12}V{y + 4}" stroke="{ink}" stroke-width="3"/>'
    )
    return (
        f'<text x="0" y="{y}" fill="{ink}">{escape(line.label)}</text>'
        f'<path d="M{NAMES} {y - 4}H{at(WIDE)}" stroke="{rail}" stroke-width="1.5"/>{ticks}'
        f'<path d="M{at(bar.low)} {y - 4}H{at(bar.high)}" stroke="{range_}" stroke-width="9"/>{mark}'
    )
