"""One reading as a file: the same report that the command line writes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from fairlead.core.audit import to_json
from fairlead.render import theme
from fairlead.render.drawing import Drawn, Table

if TYPE_CHECKING:
    from fairlead.web.audits.queries import Shown

FORMS: Final = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}
"""The endings a reading can be had with, and what each of them is."""

_PROPERTY: Final = re.compile(r"var\(--([a-z-]+)\)")


def write(shown: Shown, form: str) -> bytes:
    """Write a reading; the figures are the stored ones and are not drawn again."""
    if form == "json":
        return (
            json.dumps(to_json(shown.audit), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
        ).encode()
    if form == "csv":
        from fairlead.render.rows import audit_rows  # noqa: PLC0415 - only for this ending
        from fairlead.sources.files import write_csv  # noqa: PLC0415 - as above

        # Spreadsheet programs take a CSV for UTF-8 only when it says so.
        return write_csv(*audit_rows(shown.audit)).encode("utf-8-sig")
    wide = [_drawn(one, one["svg"]) for one in shown.drawn.values()]
    if form == "html":
        from fairlead.render.page import html  # noqa: PLC0415 - only for this ending

        narrow = [_drawn(one, one["narrow"]) for one in shown.drawn.values()]
        return html(shown.audit, wide, narrow).encode()
    from fairlead.render.report import pdf  # noqa: PLC0415 - only for this ending

    return pdf(shown.audit, wide)


def _drawn(stored: dict[str, Any], svg: str) -> Drawn:
    table = Table(headers=tuple(stored["columns"]), rows=tuple(tuple(row) for row in stored["rows"]))
    return Drawn(
        name=stored["name"],
        title=stored["title"],
        sentence=stored["sentence"],
        table=table,
        spec=stored["spec"],
        svg=svg,
        paper=_PROPERTY.sub(lambda found: theme.LIGHT[found[1]], svg),
    )
