"""Writes ``role_audit.txt``: the sample reading as plain text. Run from the repository after a wanted change:

.venv/bin/python -m tests.golden.report.make
"""

from __future__ import annotations

from pathlib import Path

from tests.render.sample import role_audit

from fairlead.render import charts, content

GOLDEN = Path(__file__).with_name("role_audit.txt")


def as_text():
    """Every word of the sample reading, block by block."""
    audit = role_audit()
    said = content.report(audit, charts.figures(audit, width=charts.WORDS_ONLY))
    lines = [said.title, said.lead]
    for section in said.sections:
        lines += ["", f"== {section.title} =="]
        for block in section.blocks:
            lines += _lines(block)
    return "\n".join(lines) + "\n"


def _lines(block):
    match block:
        case content.Text(text, role):
            return [f"({role}) {text}"]
        case content.Bullets(items):
            return [f"- {item}" for item in items]
        case content.Part(title):
            return [f"-- {title}"]
        case content.Grid(caption, headers, rows):
            return [f"[{caption}]", " | ".join(headers), *(" | ".join(row) for row in rows)]
        case content.Picture(drawn):
            table = [" | ".join(row) for row in (drawn.table.headers, *drawn.table.rows)]
            return [f"-- {drawn.title}", drawn.sentence, *table]


if __name__ == "__main__":
    GOLDEN.write_text(as_text(), encoding="utf-8")
