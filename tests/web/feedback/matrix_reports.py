"""Who gets what from the addresses of reports."""

from __future__ import annotations

from typing import Any


def rows(row: Any) -> dict[str, Any]:
    return {}
