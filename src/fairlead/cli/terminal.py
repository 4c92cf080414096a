"""A reading as a terminal page: 80 columns at most, every colour doubled by a word."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING, Final

from rich.console import Console, Group
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from fairlead.core.work import label
from fairlead.render import charts, content, theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from fairlead.core.audit import RoleAudit
    from fairlead.render.drawing import Drawn

WIDEST: Final = 80
STYLES: Final = {
    "leading": "blue",
    "managing": "yellow",
    "doing": "cyan",
    "firefighting": "red",
    "recovery": "green",
    "unclear": "dim",
}
_FILLS: Final = {"firefighting": "▒", "recovery": "░", "unclear": "·"}
"""Kinds that differ by their pattern as well; the others are solid."""

_LONG: Final = ("weeks", "after-hours", "drift", "changes")
"""Figures whose table is longer than a screen: the sentence stands alone here."""


def show(audit: RoleAudit, *, explain: bool = False) -> None:
    """Print a reading; ``explain`` adds how every number was made."""
    console = Console(highlight=False, markup=False, emoji=False, width=_width())
    said = content.report(audit, charts.figures(audit, width=charts.WORDS_ONLY))
    console.print(Text(said.title, style="bold"))
    console.print(_wrapped(said.lead, console.width, "dim"))
    for section in said.sections:
        if section.id == "methods" and not explain:
            continue
        console.print()
        if section.id == "next-step":
            inside = Group(*_blocks(section, audit, console.width - 6))
            console.print(Panel(inside, title=section.title, padding=(1, 2, 0, 2)))
            continue
        console.rule(Text(section.title, style="bold"), align="left", style="dim")
        for block in _blocks(section, audit, console.width):
            console.print(block)
    console.print()
    if not explain:
        said_where = (
            "“How this was made”, with the whole rule and every number: --explain, or --out reading.html"
        )
        console.print(_wrapped(said_where, console.width, "dim"))
    if audit.role is not None and audit.role.attribution:
        console.print(_wrapped(audit.role.attribution, console.width, "dim"))


def _width() -> int:
    return max(40, min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST))


def _blocks(section: content.Section, audit: RoleAudit, width: int) -> Iterator[RenderableType]:
    for block in section.blocks:
        match block:
            case content.Text(text, role):
                if text != (audit.role.attribution if audit.role else None):
                    yield Padding(_wrapped(text, width, _style(role)), (0, 0, 1, 0))
            case content.Bullets(items, numbered):
                marks = [f"{place:2}. " if numbered else "• " for place in range(1, len(items) + 1)]
                lines = [
                    _wrapped(item, width - 4, begin=mark, then=" " * len(mark))
                    for mark, item in zip(marks, items, strict=True)
                ]
                yield Padding(Group(*lines), (0, 0, 1, 2))
            case content.Part(title):
                yield Text(title, style="bold")
            case content.Grid(_, headers, rows, numbers):
                yield _table(headers, rows, numbers)
            case content.Picture(drawn):
                yield from _figure(drawn, width)


def _style(role: str) -> str:
    return {"lead": "bold", "note": "dim"}.get(role, "")


def _wrapped(text: str, width: int, style: str = "", *, begin: str = "", then: str = "") -> Text:
    # rich breaks lines at spaces that must not break; textwrap does not.
    lines = textwrap.fill(text, width, initial_indent=begin, subsequent_indent=then, break_long_words=True)
    return Text(lines.replace("\u00a0", " "), style=style)


def _figure(drawn: Drawn, width: int) -> Iterator[RenderableType]:
    yield Text(drawn.title, style="bold")
    yield Padding(_wrapped(drawn.sentence, width), (0, 0, 1, 0))
    if drawn.name in _LONG or not drawn.table.rows:
        return
    if drawn.name == "mean-week":
        yield Padding(_bars(drawn, max(6, width - 40)), (0, 0, 1, 0))
        return
    headers, rows = drawn.table.headers, drawn.table.rows
    if drawn.name == "asked-and-done":  # the sentences of its last column follow below
        headers, rows = headers[:-1], tuple(row[:-1] for row in rows)
    yield _table(headers, rows)


def _bars(drawn: Drawn, longest: int) -> Table:
    shares = [(kind, *row) for kind, row in zip(theme.KINDS, drawn.table.rows, strict=True)]
    numbers = [float(row[2].split("\u00a0")[0].replace(",", "")) for row in shares]
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 0))
    for (kind, word, hours, share), number in zip(shares, numbers, strict=True):
        length = round(longest * number / (max(numbers) or 1))
        bar = Text(_FILLS.get(kind, "█") * length, style=STYLES[kind])
        table.add_row(word, bar, Text(hours, justify="right"), Text(share, justify="right"))
    return table


def _table(
    headers: tuple[str, ...], rows: tuple[tuple[str, ...], ...], numbers: tuple[int, ...] = ()
) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for place, header in enumerate(headers):
        table.add_column(header, justify="right" if place in numbers else "left", overflow="fold")
    kinds = {label(kind): style for kind, style in STYLES.items()}
    for row in rows:
        table.add_row(*(Text(cell, style=kinds.get(cell, "")) for cell in row))
    return Padding(table, (0, 0, 1, 0))
