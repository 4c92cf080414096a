"""The few values of a reading that a list of readings shows, kept beside the whole."""

from __future__ import annotations

from typing import Any


def line_of(result: dict[str, Any] | None) -> dict[str, Any]:
    """Take them out of a stored result: fifty whole results would take a list a tenth of a second."""
    audit = (result or {}).get("audit")
    if not audit:
        return {}
    time = audit.get("time") or {}
    return {
        "first_day": time.get("first_day"),
        "last_day": time.get("last_day"),
        "hours": time.get("hours"),
        "step": audit["next_step"]["title"],
    }
