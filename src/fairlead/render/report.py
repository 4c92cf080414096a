"""A role audit on paper: tagged PDF (PDF/UA-1), the same bytes for the same reading."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from fairlead.render import charts, content, theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fairlead.core.reading import RoleAudit
    from fairlead.render.drawing import Drawn


def pdf(audit: RoleAudit, drawings: Iterable[Drawn] | None = None) -> bytes:
    """Print a role audit; ``drawings`` saves drawing its figures twice."""
    drawn = tuple(charts.figures(audit) if drawings is None else drawings)
    said = content.report(audit, drawn)
    return print_report(replace(said, sections=(*said.sections, _tables(drawn))), drawn)


def print_report(said: content.Report, drawn: Sequence[Drawn] = ()) -> bytes:
    """Print any report with the drawings that its pictures name."""
    import typst

    data = {
        "title": said.title,
        "lead": said.lead,
        "language": said.language,
        "look": {
            "font": theme.FONT,
            **{name: theme.LIGHT[name] for name in ("ink", "muted", "line", "control")},
        },
        "sections": [_section(s) for s in said.sections],
    }
    sources = {
        "main.typ": _template(),
        "report.json": json.dumps(data, ensure_ascii=False).encode(),
        **{f"{d.name}.svg": d.paper.encode() for d in drawn if d.paper},
    }
    printed = typst.compile(
        sources,
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        pdf_standards="ua-1",
    )
    assert isinstance(printed, bytes)  # noqa: S101 - one document was asked for
    return printed


@cache
def _template() -> bytes:
    return (files("fairlead.render") / "typst" / "report.typ").read_bytes()


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(theme.FONTS)]
    )


def _tables(drawn: Sequence[Drawn]) -> content.Section:
    # On paper nothing folds out, so the tables behind the figures stand together at the end.
    blocks: list[content.Block] = []
    for figure in drawn:
        if figure.table.rows:
            blocks += [
                content.Part(figure.title),
                content.Grid(figure.title, figure.table.headers, figure.table.rows),
            ]
    return content.Section("tables", "The tables behind the figures", tuple(blocks))


def _section(section: content.Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "blocks": [_block(block) for block in section.blocks],
    }


def _block(block: content.Block) -> dict[str, Any]:
    match block:
        case content.Text(text, role):
            return {"form": "text", "text": text, "role": role}
        case content.Bullets(items, numbered):
            return {"form": "numbered" if numbered else "bullets", "items": list(items)}
        case content.Part(title):
            return {"form": "part", "text": title}
        case content.Grid(_, headers, rows, numbers):
            return {
                "form": "grid",
                "headers": list(headers),
                "rows": [list(row) for row in rows],
                "numbers": list(numbers),
                "widths": _widths(headers, rows),
            }
        case content.Picture(drawn):
            return {
                "form": "picture",
                "title": drawn.title,
                "text": drawn.sentence,
                "file": f"{drawn.name}.svg" if drawn.paper else "",
                "alt": f"{drawn.title}. {drawn.sentence}",
                "width": 0.86 if drawn.name == "map" else 1,
            }


def _widths(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    # Columns share the line by the length of what stands in them, long texts damped.
    def weight(column: int) -> float:
        cells = [headers[column], *(row[column] for row in rows)]
        longest_word = max((len(word) for cell in cells for word in cell.split()), default=1)
        return float(max(longest_word, max(len(cell) for cell in cells) ** 0.65, 3))

    return [weight(column) for column in range(len(headers))]
