"""What in a text could give its author or somebody else away, before it is sent."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from fairlead.core.comment_marks import ADDRESS, MENTION, NAME, PHONE, marks
from fairlead.web.people.models import Person

ABOUT_OTHERS: Final = {NAME, MENTION, ADDRESS, PHONE}
"""What is worth a word also under a name: it points at somebody else."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; ``why`` says what it could give away, empty where it gives nothing away."""

    text: str
    why: str = ""


def pieces(text: str, *, named: bool) -> list[Piece]:
    """Part a text into what could give somebody away and what lies between.

    Where the author's name stands under it only what points at others is told.
    """
    names = Person.objects.filter(number__isnull=False).exclude(name="").values_list("name", flat=True)
    parts, at = [], 0
    for mark in marks(text, names=list(names)):
        if named and mark.why not in ABOUT_OTHERS:
            continue
        parts += [Piece(text[at : mark.start]), Piece(text[mark.start : mark.end], mark.why)]
        at = mark.end
    return [part for part in (*parts, Piece(text[at:])) if part.text]


def digest(*texts: str) -> str:
    """Give a fingerprint, so that what is sent is what was looked over."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
