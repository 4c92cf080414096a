"""Text from other people's files, made harmless: one form, no controls, no marks that turn it around."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

TITLE_LIMIT: Final = 1_000
"""Characters of a title or name that are kept; longer ones are cut, with an ellipsis."""

_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
"""C0 and C1 controls, zero-width marks, line separators and everything that changes the direction of text."""

_SURROGATES: Final = re.compile("[\ud800-\udfff]")


def clean(text: str, limit: int = TITLE_LIMIT) -> str:
    """Give text in NFC, without controls and bidi marks, white space joined, at most ``limit`` long.

    Tabs and line ends become spaces, so a title stays one line and a CSV cell one cell. Joiners
    that scripts and emoji need (U+200C, U+200D) stay.
    """
    if text.isascii() and text.isprintable() and len(text) <= limit:
        return text.strip() if "  " not in text else " ".join(text.split())
    # Normalizing can be slow on long runs of combining marks: cut first, with room for composition.
    text = re.sub("[\t\n\r\x0b\x0c\u2028\u2029]", " ", text[: limit * 4])
    text = _SURROGATES.sub("\ufffd", _UNSEEN.sub("", text))
    text = " ".join(unicodedata.normalize("NFC", text).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
