"""The shipped lexicon of the job description lens, made ready for :mod:`fairlead.core.lens`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from fairlead.core.lens import Element, Lexicon, Phrase, fold, index
from fairlead.library.load import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES: Final = ("en", "de")
VOWELS: Final = frozenset("aeiou")


@cache
def lens() -> Lexicon:
    """Give the lexicon of ``roles/lens.yaml``, both languages together."""
    document: Any = shipped("roles/lens.yaml").value
    headings = document["headings"]
    return index(
        _phrases(document["groups"]), asks=_folded(headings["asks"]), offers=_folded(headings["offers"])
    )


def _folded(headings: list[str]) -> list[str]:
    return [" ".join(fold(word) for word in heading.replace("'", " ").split()) for heading in headings]


def _phrases(groups: list[dict[str, Any]]) -> Iterator[Phrase]:
    for group in groups:
        for language in LANGUAGES:
            for written in group.get(language, ()):
                opening, elements = elements_of(str(written))
                yield Phrase(
                    elements=elements,
                    kind=group["kind"],
                    competency=group.get("competency", ""),
                    weight=float(group["weight"]),
                    says=group["says"],
                    opening=opening,
                )


def elements_of(written: str) -> tuple[bool, tuple[Element, ...]]:
    """Read one phrase as it stands in the file; say also whether it must begin the sentence.

    >>> elements_of("^ plan~ .. work")[1][0].words == {"plan", "plans", "planning", "planned"}
    True
    """
    parts = written.split()
    opening = parts[0] == "^"
    found: list[Element] = []
    gap = False
    for part in parts[opening:]:
        if part == "..":
            gap = True
            continue
        found.append(_element(part, gap=gap))
        gap = False
    if not found or gap:
        raise ValueError(f"“{written}” is no phrase.")
    return opening, tuple(found)


def _element(part: str, *, gap: bool) -> Element:
    words: set[str] = set()
    starts: list[str] = []
    for choice in part.split("|"):
        if choice.endswith("*"):
            starts.append(fold(choice[:-1]))
        elif choice.endswith("~"):
            words.update(inflections(choice[:-1]))
        else:
            words.add(fold(choice))
    return Element(frozenset(words), tuple(starts), gap)


def inflections(word: str) -> set[str]:
    """Give an English word with its endings: plan, plans, planned, planning.

    >>> sorted(inflections("supply"))
    ['supplied', 'supplies', 'supply', 'supplying']
    """
    if word.endswith("e"):
        return {word, f"{word}s", f"{word}d", f"{word[:-1]}ing"}
    if word.endswith("y") and word[-2] not in VOWELS:
        return {word, f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"}
    plural = f"{word}es" if word.endswith(("s", "x", "ch", "sh", "z")) else f"{word}s"
    stem = word + word[-1] if _doubles(word) else word
    return {word, plural, f"{stem}ed", f"{stem}ing"}


def _doubles(word: str) -> bool:
    """Tell whether the last consonant is doubled: plan, ship, refer; not visit, open, teach."""
    if len(word) < 3 or word[-1] in VOWELS or word[-1] in "wxyh" or word[-2] not in VOWELS:
        return False
    one_syllable = word[-3] not in VOWELS and sum(letter in VOWELS for letter in word) == 1
    return one_syllable or word.endswith(("fer", "mit", "pel", "cur", "trol", "rol", "gin"))
