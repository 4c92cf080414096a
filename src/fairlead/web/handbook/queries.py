"""Every read of this room: what waits, what stands, and the room's part of what all rooms do."""

from __future__ import annotations

from typing import Final

from fairlead.web.handbook import holdings, pages

FIELDS: Final = holdings.FIELDS
export = holdings.export


def page_for(word: str) -> str:
    """Give the address of the page that explains a word; empty where there is none."""
    page = pages.of_word(word)
    return "" if page is None else pages.address(page)
