"""Titles: one spelling for each, the words of a lexicon found in them, and fingerprints that hide them."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

_TOKEN: Final = re.compile(r"\d+:\d+|[^\W_]+")
# The German way to write an umlaut without one comes first: "Übergabe" and "Uebergabe" are one word.
_GERMAN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe"})
_PLAIN: Final = str.maketrans({"ä": "a", "ö": "o", "ü": "u"})


def words(text: str) -> tuple[str, ...]:
    """Split a text into words of one spelling: no case, no accents, umlauts written out.

    A ratio such as ``1:1`` stays one word.

    Examples
    --------
    >>> words("1:1 mit Jürgen – Übergabe")
    ('1:1', 'mit', 'juergen', 'uebergabe')
    """
    folded = unicodedata.normalize("NFC", text).casefold().translate(_GERMAN)
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return tuple(_TOKEN.findall(folded))


def normalise(text: str) -> str:
    """Give a title in its one spelling, words parted by single spaces.

    Examples
    --------
    >>> normalise("  Größe: TEAM-Meeting! ")
    'groesse team meeting'
    """
    return " ".join(words(text))


def fingerprint(title: str, key: bytes) -> str:
    """Give a keyed fingerprint of a title, equal for titles that differ only in spelling.

    HMAC-SHA-256 over the normalised title, 32 hexadecimal digits: somebody without the key can
    neither read a title from it nor test a guess.

    Examples
    --------
    >>> fingerprint("Team-Meeting", b"key") == fingerprint("team meeting", b"key")
    True
    """
    return hmac.new(key, normalise(title).encode(), hashlib.sha256).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordList:
    """Terms that mean one thing, and terms whose presence says that they do not mean it here.

    A term is one or more words; ``*`` at either end of a word stands for any letters
    (``"budget*"``, ``"*planung"``). ``unless`` holds terms of the same form.
    """

    name: str
    terms: tuple[str, ...]
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Term:
    """One spelling of one term, ready to be compared with the words of a title."""

    pattern: tuple[str, ...]
    list_number: int
    word: int
    against: bool


@dataclass(frozen=True)
class Lexicon:
    """All word lists, with the index that finds them in a title in one pass over its words."""

    lists: tuple[WordList, ...]
    _known: dict[str, tuple[_Term, ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, lists: Mapping[str, Sequence[str]]) -> Lexicon:
        """Build a lexicon from names and terms alone, without ``unless`` terms."""
        return cls(tuple(WordList(name=name, terms=tuple(terms)) for name, terms in lists.items()))

    @cached_property
    def names(self) -> dict[str, int]:
        """Number of each list, by name."""
        return {entry.name: number for number, entry in enumerate(self.lists)}

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every term once, as people write it, without stars."""
        return tuple(dict.fromkeys(t.replace("*", "") for entry in self.lists for t in entry.terms))

    @cached_property
    def _index(self) -> tuple[dict[str, tuple[_Term, ...]], tuple[_Term, ...]]:
        """Terms by their first word where that is whole, and those that begin with a star pattern."""
        numbers = {word: number for number, word in enumerate(self.words)}
        exact: dict[str, list[_Term]] = {}
        starred: list[_Term] = []
        for number, entry in enumerate(self.lists):
            for against, terms in ((False, entry.terms), (True, entry.unless)):
                for term in terms:
                    word = numbers.get(term.replace("*", ""), -1)
                    for spelling in _spellings(term):
                        found = _Term(spelling, number, word, against)
                        if "*" in spelling[0]:
                            starred.append(found)
                        else:
                            exact.setdefault(spelling[0], []).append(found)
        return {first: tuple(found) for first, found in exact.items()}, tuple(starred)

    def _starting_with(self, word: str) -> tuple[_Term, ...]:
        known = self._known.get(word)
        if known is None:
            exact, starred = self._index
            whole = tuple(term for form in _forms(word) for term in exact.get(form, ()))
            known = whole + tuple(t for t in starred if _fits(t.pattern[0], word))
            if len(self._known) < 200_000:  # a bound on memory for hostile files
                self._known[word] = known
        return known

    def find(self, title: str) -> dict[int, int]:
        """Return the lists that a title belongs to, each with the number of the term that decided.

        Parameters
        ----------
        title
            As written. Terms match whole words only.

        Returns
        -------
        dict
            List number to position in ``words``; the first term in the title wins. Lists with an
            ``unless`` term in the title are absent.
        """
        split = words(title)
        found: dict[int, int] = {}
        barred: set[int] = set()
        for position, first in enumerate(split):
            for term in self._starting_with(first):
                length = len(term.pattern)
                if length > 1 and not _all_fit(term.pattern, split[position : position + length]):
                    continue
                if term.against:
                    barred.add(term.list_number)
                else:
                    found.setdefault(term.list_number, term.word)
        for number in barred:
            found.pop(number, None)
        return found


def _spellings(term: str) -> list[tuple[str, ...]]:
    """Split a term into its words; terms with umlauts also as people type them without."""
    spellings = []
    for text in (term, term.casefold().translate(_PLAIN)):
        pattern = []
        for part in text.split():
            core = words(part.strip("*"))
            if not core:
                continue
            split = list(core)
            if part.startswith("*"):
                split[0] = "*" + split[0]
            if part.endswith("*"):
                split[-1] += "*"
            pattern += split
        if pattern and tuple(pattern) not in spellings:
            spellings.append(tuple(pattern))
    return spellings


def _forms(word: str) -> tuple[str, ...]:
    """Give a word and what it may be the plural of: English -s, -es and -ies, German -ungen.

    Examples
    --------
    >>> _forms("policies"), _forms("audits"), _forms("begehungen"), _forms("class")
    (('policies', 'policy'), ('audits', 'audit'), ('begehungen', 'begehung'), ('class',))
    """
    if word.endswith("ungen"):
        return word, word[:-2]
    if len(word) < 5 or word[-1] != "s" or word[-2] in "su":
        return (word,)
    if word.endswith("ies"):
        return word, word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word, word[:-2]
    return word, word[:-1]


def _fits(pattern: str, word: str) -> bool:
    return any(_matches(pattern, form) for form in _forms(word))


def _matches(pattern: str, word: str) -> bool:
    if pattern[0] == "*":
        return pattern.strip("*") in word if pattern[-1] == "*" else word.endswith(pattern[1:])
    if pattern[-1] == "*":
        return word.startswith(pattern[:-1])
    return pattern == word


def _all_fit(patterns: Sequence[str], found: Sequence[str]) -> bool:
    """Say whether words fit patterns one by one; cheap refusals first, as most titles fit no pattern."""
    if len(found) != len(patterns):
        return False
    for pattern, word in zip(patterns, found, strict=True):
        if pattern == word:
            continue
        if (pattern[0] != "*" and pattern[0] != word[0]) or not _fits(pattern, word):
            return False
    return True


@dataclass(frozen=True, slots=True)
class DistinctTitles:
    """Each distinct title of a table once: its number per row, and the lists that it belongs to.

    ``codes`` is int32 of shape (n,), -1 for rows without a title; ``distinct`` holds the normalised
    titles; ``hits`` maps a list number to the titles in that list and the term that each gave.
    """

    codes: NDArray[np.int32]
    distinct: tuple[str, ...]
    hits: dict[int, tuple[NDArray[np.int64], NDArray[np.int32]]]

    @classmethod
    def read(cls, titles: Sequence[str], lexicon: Lexicon) -> DistinctTitles:
        """Read n titles; the lexicon sees every distinct one once."""
        as_written: dict[str, int] = {}
        spellings: dict[str, int] = {}
        lists: dict[int, tuple[list[int], list[int]]] = {}
        codes = np.empty(len(titles), dtype=np.int32)
        for row, title in enumerate(titles):
            code = as_written.get(title)
            if code is None:
                spelling = normalise(title)
                code = spellings.get(spelling, -1)
                if spelling and code < 0:
                    code = spellings[spelling] = len(spellings)
                    for number, word in lexicon.find(spelling).items():
                        found = lists.setdefault(number, ([], []))
                        found[0].append(code)
                        found[1].append(word)
                as_written[title] = code
            codes[row] = code
        hits = {n: (np.array(c, dtype=np.int64), np.array(w, dtype=np.int32)) for n, (c, w) in lists.items()}
        return cls(codes, tuple(spellings), hits)

    def words(self, number: int) -> NDArray[np.int32]:
        """Return per row the term of that list which its title holds, -1 for none."""
        table = np.full(len(self.distinct) + 1, -1, dtype=np.int32)
        if number in self.hits:
            codes, word = self.hits[number]
            table[codes] = word
        return table[self.codes]  # code -1 is the last entry: none
