"""Any report as a terminal page: 96 columns at most."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from fairlead.render import content
from fairlead.sources.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

WIDEST: Final = 96


def show(report: content.Report) -> None:
    """Print the sections of a report one under another."""
    width = max(40, min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST))
    console = Console(highlight=False, markup=False, emoji=False, width=width)
    console.print(Text(clean(report.title), style="bold"))
    console.print(_wrapped(report.lead, width, "dim"))
    for section in report.sections:
        console.print()
        console.rule(Text(clean(section.title), style="bold"), align="left", style="dim")
        for block in section.blocks:
            for printed in _printed(block, width):
                console.print(printed)


def _printed(block: content.Block, width: int) -> Iterator[RenderableType]:
    match block:
        case content.Text(text, role):
            yield Padding(_wrapped(text, width, _style(role)), (0, 0, 1, 0))
        case content.Bullets(items):
            for item in items:
                yield _wrapped(item, width, begin="  • ", then="    ")
            yield Text("")
        case content.Part(title):
            yield Text(title, style="bold")
        case content.Grid():
            yield _table(block)


def _style(role: str) -> str:
    return {"lead": "bold", "note": "dim"}.get(role, "")


def _wrapped(text: str, width: int, style: str = "", *, begin: str = "", then: str = "") -> Text:
    said = clean(text, len(text) + 1)
    return Text(textwrap.fill(said, width, initial_indent=begin, subsequent_indent=then), style=style)


def _table(grid: content.Grid) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for place, header in enumerate(grid.headers):
        table.add_column(header, justify="right" if place in grid.numbers else "left", overflow="fold")
    for row in grid.rows:
        table.add_row(*(Text(clean(cell)) for cell in row))
    return Padding(table, (0, 0, 1, 0))
