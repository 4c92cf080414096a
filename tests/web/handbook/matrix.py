"""Who gets what from the addresses of the handbook; ``PUBLIC`` says what visitors get where it is open."""

from __future__ import annotations

from typing import Any

READ = "405 405 405"


def a_page(_person: Any) -> dict[str, Any]:
    return {"name": "leading"}


def rows(row: Any) -> dict[str, Any]:
    """The rows of the table."""
    return {
        "handbook/": row("in 200 200", READ),
        "handbook/page/<slug:name>/": row("in 200 200", READ, own=a_page, missing={"name": "nothing"}),
    }
