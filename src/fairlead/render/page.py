"""A role audit as one HTML file: no script, nothing fetched, light and dark, small and wide, printable."""

from __future__ import annotations

import base64
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from fairlead.render import charts, content, theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fairlead.core.reading import RoleAudit
    from fairlead.render.drawing import Drawn

_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"
)
_STACKED: Final = 4
"""Tables of this many columns or more stand row by row on small screens."""

_SKIP: Final = {"next-step": "To the next step"}
"""What the link past the contents says, by the section it leads to."""


def html(
    audit: RoleAudit, drawings: Iterable[Drawn] | None = None, narrow: Iterable[Drawn] | None = None
) -> str:
    """Write a role audit as a page; ``drawings`` and ``narrow`` save drawing its figures twice."""
    wide = tuple(charts.figures(audit) if drawings is None else drawings)
    small = tuple(charts.figures(audit, width=charts.NARROW) if narrow is None else narrow)
    said = content.report(audit, wide)
    return document(said, {d.name: d.svg for d in small})


def document(said: content.Report, narrow: Mapping[str, str] | None = None) -> str:
    """Write any report as a page; ``narrow`` holds drawings for small screens by name."""
    body = "\n".join(_section(section, narrow or {}) for section in said.sections)
    start = said.sections[0].id
    links = "".join(f'<li><a href="#{s.id}">{escape(s.title)}</a></li>' for s in said.sections[1:])
    return (
        f'<!doctype html>\n<html lang="{said.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="robots" content="noindex">\n'
        f"<title>{escape(said.title)}</title>\n<style>\n{_style(body)}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#{start}">{_SKIP.get(start, "To the content")}</a>\n'
        "<main>\n"
        f'<header><h1>{escape(said.title)}</h1><p class="about">{escape(said.lead)}</p></header>\n'
        f'<nav aria-label="On this page"><ul>{links}</ul></nav>\n{body}\n</main>\n</body>\n</html>\n'
    )


def _style(body: str) -> str:
    further = any("\u0100" <= letter <= "\u024f" or "\u1e00" <= letter <= "\u1eff" for letter in body)
    faces = theme.font_faces(_embedded, subsets=("latin", "latin-ext") if further else ("latin",))
    return f"{faces}\n{theme.colours_css()}{_sheet()}"


@cache
def _sheet() -> str:
    return (files("fairlead.render") / "page.css").read_text(encoding="utf-8")


@cache
def _embedded(name: str) -> str:
    return "data:font/woff2;base64," + base64.b64encode((theme.FONTS / name).read_bytes()).decode()


def _section(section: content.Section, narrow: Mapping[str, str]) -> str:
    blocks = "\n".join(_block(block, narrow) for block in section.blocks)
    return (
        f'<section id="{section.id}" aria-labelledby="{section.id}-h">\n'
        f'<h2 id="{section.id}-h">{escape(section.title)}</h2>\n{blocks}\n</section>'
    )


def _block(block: content.Block, narrow: Mapping[str, str]) -> str:
    match block:
        case content.Text(text, role):
            return f"<p>{escape(text)}</p>" if role == "plain" else f'<p class="{role}">{escape(text)}</p>'
        case content.Bullets(items, numbered):
            form = "ol" if numbered else "ul"
            return f"<{form}>" + "".join(f"<li>{escape(item)}</li>" for item in items) + f"</{form}>"
        case content.Part(title):
            return f"<h3>{escape(title)}</h3>"
        case content.Grid():
            return _table(block)
        case content.Picture(drawn):
            return _picture(drawn, narrow.get(drawn.name, ""))


def _picture(drawn: Drawn, narrow: str) -> str:
    said = f"<h3>{escape(drawn.title)}</h3>\n<p>{escape(drawn.sentence)}</p>"
    if drawn.svg:
        said += f'\n<figure><div class="wide">{drawn.svg}</div><div class="narrow">{narrow}</div></figure>'
    if not drawn.table.rows:
        return said
    table = _table(content.Grid(drawn.title, drawn.table.headers, drawn.table.rows), hidden_caption=True)
    return f"{said}\n<details><summary>The numbers as a table</summary>{table}</details>"


def _table(grid: content.Grid, *, hidden_caption: bool = False) -> str:
    stacked = len(grid.headers) >= _STACKED
    # Rows laid out as blocks lose their meaning for screen readers unless it is said again.
    role = {part: f' role="{part}"' if stacked else "" for part in ("table", "row", "cell", "rowheader")}
    head = "".join(
        f'<th scope="col"{_aligned(grid, i)}>{escape(word)}</th>' for i, word in enumerate(grid.headers)
    )
    rows = []
    for row in grid.rows:
        cells = "".join(
            f'<td data-label="{escape(grid.headers[i])}"{role["cell"]}{_aligned(grid, i)}>{escape(cell)}</td>'
            for i, cell in enumerate(row)
            if i
        )
        rows.append(f'<tr{role["row"]}><th scope="row"{role["rowheader"]}>{escape(row[0])}</th>{cells}</tr>')
    caption = "" if hidden_caption else f"<caption>{escape(grid.caption)}</caption>"
    return (
        f'<div class="scroll" role="region" aria-label="{escape(grid.caption)}" tabindex="0">'
        f"<table{role['table']}{' class=stack' if stacked else ''}>{caption}"
        f"<thead><tr{role['row']}>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _aligned(grid: content.Grid, column: int) -> str:
    return ' class="number"' if column in grid.numbers else ""
