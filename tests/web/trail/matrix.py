"""Who gets what from every address of the record."""

from __future__ import annotations

from typing import Any


def rows(row: Any) -> dict[str, Any]:
    """Everybody reads their own lines; two roles read counts; one reads how the record is kept."""
    only = "405 405 405"
    seen = ("200", "405")
    return {
        "record/": row("in 200 200", only),
        "record/mine/": row("in 200 200", only),
        "record/checks/": row("in 404 404", only, roles={"hugo": seen, "ida": seen}),
        "record/technical/": row("in 404 404", only, roles={"gina": seen}),
    }
