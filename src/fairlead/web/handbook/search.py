"""Finding pages and what colleagues wrote by words: best first, whatever the case and the accents.

Every text is small and in memory, so that each search reads all of it. Each word that is asked for has
to be found at the beginning of a word; where in a text it stands decides its weight.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from fairlead.web.handbook import pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fairlead.library.handbook_page import HandbookPage

LONGEST: Final = 100
MOST_WORDS: Final = 8
MOST_FOUND: Final = 40
AROUND: Final = 90
"""Characters of a text that stand on each side of what was found in it."""

TITLE, ALSO, SHORT, HEADING, BODY = 12.0, 9.0, 4.0, 3.0, 1.0
WHOLE_WORD: Final = 1.6
WHOLE_TITLE: Final = 30.0
NEAREST: Final = 3
ALIKE: Final = 70.0
"""From how alike on, out of a hundred, another word is offered where nothing was found."""

_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; ``found`` where it is what was looked for."""

    text: str
    found: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A text with the weight of being found in it, and its plain words."""

    text: str
    weight: float
    words: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str, weight: float) -> Part:
        """Read the words of a text once, so that searching does not."""
        return cls(text, weight, tuple(_WORD.findall(plain(text))))


@dataclass(frozen=True, slots=True)
class Text:
    """Something that can be found: its name, what is read under it, and all its parts."""

    key: str
    title: str
    short: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Something that was found, with what was looked for marked in it."""

    key: str
    title: tuple[Piece, ...]
    says: tuple[Piece, ...]
    score: float


def plain(text: str) -> str:
    """Give a text without case and accents, so that "Führung" and "FUHRUNG" are one."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(one for one in parts if not unicodedata.combining(one)).casefold()


def words(asked: str) -> tuple[str, ...]:
    """Give the words that are looked for, plain, each once."""
    return tuple(dict.fromkeys(_WORD.findall(plain(asked[:LONGEST]))))[:MOST_WORDS]


def find(asked: str, texts: Iterable[Text]) -> list[Found]:
    """Give what holds every word that was asked for, best first; of equals the one with the earlier title."""
    wanted = words(asked)
    if not wanted:
        return []
    scored = [(score, text) for text in texts if (score := _score(wanted, text)) > 0]
    scored.sort(key=lambda pair: (-pair[0], plain(pair[1].title)))
    return [
        Found(key=text.key, title=marked(text.title, wanted), says=_says(text, wanted), score=score)
        for score, text in scored[:MOST_FOUND]
    ]


def _score(wanted: Sequence[str], text: Text) -> float:
    total = 0.0
    for one in wanted:
        best = max((_weight(one, part) for part in text.parts), default=0.0)
        if not best:
            return 0.0
        total += best
    title = tuple(_WORD.findall(plain(text.title)))
    if title == tuple(wanted):
        return total + WHOLE_TITLE
    return total + (TITLE if " ".join(title).startswith(" ".join(wanted)) else 0.0)


def _weight(wanted: str, part: Part) -> float:
    if wanted in part.words:
        return part.weight * WHOLE_WORD
    return part.weight if any(word.startswith(wanted) for word in part.words) else 0.0


def marked(text: str, wanted: Sequence[str]) -> tuple[Piece, ...]:
    """Part a text into what was looked for and what lies between; together they are the text."""
    pieces: list[Piece] = []
    at = 0
    for start, end in _places(text, wanted):
        pieces += [Piece(text[at:start]), Piece(text[start:end], found=True)]
        at = end
    return tuple(piece for piece in (*pieces, Piece(text[at:])) if piece.text)


def _places(text: str, wanted: Sequence[str]) -> list[tuple[int, int]]:
    """Say where words begin that begin with what is wanted, as places in the text as it is written."""
    # One letter may become two without its case ("ß") and two may be one with its accent: each plain letter
    # remembers the letter that it came from.
    letters: list[str] = []
    origin: list[int] = []
    for number, letter in enumerate(text):
        for one in plain(letter):
            letters.append(one)
            origin.append(number)
    flat = "".join(letters)
    found: list[tuple[int, int]] = []
    for match in _WORD.finditer(flat):
        lengths = [len(one) for one in wanted if match.group().startswith(one)]
        if lengths:
            last = origin[match.start() + max(lengths) - 1] + 1
            while last < len(text) and unicodedata.combining(text[last]):
                last += 1
            start = origin[match.start()]
            if not found or start >= found[-1][1]:  # "¼" is two words, and one sign
                found.append((start, last))
    return found


def _says(text: Text, wanted: Sequence[str]) -> tuple[Piece, ...]:
    """Give the short text where it holds something of what is wanted, else the place that does."""
    if _places(text.short, wanted):
        return marked(text.short, wanted)
    for part in text.parts:
        places = _places(part.text, wanted)
        if places and part.weight <= HEADING:
            return marked(_around(part.text, places[0][0]), wanted)
    return (Piece(text.short),)


def _around(text: str, place: int) -> str:
    """Give what stands around a place, from word to word."""
    begin = max(0, place - AROUND)
    end = min(len(text), place + AROUND)
    if begin:
        begin = text.find(" ", begin, place) + 1 or begin
    if end < len(text):
        cut = text.rfind(" ", place, end)
        end = cut if cut > place else end
    return f"{'… ' if begin else ''}{text[begin:end]}{' …' if end < len(text) else ''}"


# --- the library's own pages ----------------------------------------------------------------------


@cache
def library() -> tuple[Text, ...]:
    """Give every page of the library as it is searched."""
    return tuple(_of_page(page) for page in pages.pages().values())


def _of_page(page: HandbookPage) -> Text:
    also = (*page.also, *(word.replace("_", " ") for word in (page.id, *page.words)))
    parts = [
        Part.of(page.title, TITLE),
        *(Part.of(one, ALSO) for one in also),
        Part.of(page.short, SHORT),
        *(part for block in page.body for part in _of_block(block)),
    ]
    return Text(key=page.id, title=page.title, short=page.short, parts=tuple(parts))


def _of_block(block: Any) -> Iterable[Part]:
    if block.heading:
        yield Part.of(block.heading, HEADING)
    if block.block == "paragraph":
        yield Part.of(block.text, BODY)
    elif block.block == "list":
        yield from (Part.of(entry, BODY) for entry in block.entries)
    elif block.block == "pair":
        yield from (Part.of(f"{side.title}. {side.text}", BODY) for side in (block.left, block.right))
    else:
        yield from (Part.of(column, HEADING) for column in block.columns[1:])
        yield from (Part.of(cell, BODY) for line in block.lines for cell in line)


def nearest(asked: str) -> list[str]:
    """Give words that would find something and look like what was asked for: a slip of the finger."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only where nothing was found

    known = {plain(word): word for text in library() for word in _names(text)}
    found = process.extract(
        plain(asked[:LONGEST]), list(known), scorer=fuzz.ratio, limit=NEAREST, score_cutoff=ALIKE
    )
    return [known[word] for word, _score_, _place in found]


def _names(text: Text) -> Iterable[str]:
    yield text.title
    yield from (part.text for part in text.parts if part.weight == ALSO)
