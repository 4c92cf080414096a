"""What the room does when somebody leaves, and now and then."""

from __future__ import annotations


def tick() -> None:
    """Open, remind, close and release what is due."""
