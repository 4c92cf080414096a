"""Titles: one spelling for each, the words of a lexicon found in them, and fingerprints that hide them."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

_TOKEN: Final = re.compile(r"\d+:\d+|[^\W_]+")
# The German way to write an umlaut without one comes first: "Übergabe" and "Uebergabe" are one word.
_GERMAN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe"})
_PLAIN: Final = str.maketrans({"ä": "a", "ö": "o", "ü": "u"})

EMPTY_LISTS: Final = ("empty_word", "placeholder", "focus_word")
"""Lists whose words say nothing about the subject of an hour."""

COMPANY_LIST: Final = "company_word"
"""Words after which a title names company ("with Lea"), which is no subject either."""

TOPIC_LIST: Final = "topic_word"
"""Words that end such company and begin a subject ("with Lea on the budget")."""

PARTICLE_LIST: Final = "particle"
"""Words that make a general verb of many uses out of a plain one ("follow up", "work on")."""

_UNASKED: Final = ("empty_word", TOPIC_LIST, PARTICLE_LIST)
"""Lists that no rule asks for: a title is not looked through for them."""

ONE_SENSE: Final = 2
"""A word that the terms of more lists than this hold is no clear word by itself."""


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


class Found(NamedTuple):
    """A term in a title: its number, its first word and the word after its last, and two signs.

    ``subject``: the title names a subject besides it. ``one_sense``: the term means one thing, and
    no particle that ends the title makes another verb of it ("patch", "patch up").
    """

    word: int
    begin: int
    end: int
    subject: bool
    one_sense: bool


_Candidate = tuple[_Term, int, bool]
"""A term, how many words it has, and whether it begins within a longer word."""


@dataclass(frozen=True)
class Lexicon:
    """All word lists, with the index that finds them in a title in one pass over its words."""

    lists: tuple[WordList, ...]
    _known: dict[str, tuple[_Candidate, ...]] = field(default_factory=dict, repr=False, compare=False)

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
            if entry.name in _UNASKED:
                continue
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

    def _starting_with(self, word: str) -> tuple[_Candidate, ...]:
        """Return the terms that may begin at a word, the longest of each list first."""
        known = self._known.get(word)
        if known is None:
            exact, starred = self._index
            terms = [term for form in _forms(word) for term in exact.get(form, ())]
            terms += [t for t in starred if _fits(t.pattern[0], word)]
            terms.sort(key=lambda term: -len(term.pattern))
            single = (term for term in terms if len(term.pattern) == 1)
            stretched = {term.list_number for term in single if _compound(term.pattern[0], word)}
            known = tuple(
                (term, len(term.pattern), term.list_number in stretched or _compound(term.pattern[0], word))
                for term in terms
            )
            if len(self._known) < 200_000:  # a bound on memory for hostile files
                self._known[word] = known
        return known

    @cached_property
    def senses(self) -> tuple[int, ...]:
        """In how many lists the meaning word of each of ``words`` occurs, alone or inside a term.

        The lists themselves show which words mean many things: "check", "run" and "plan" stand in
        terms of a dozen lists, "roster" or "codebase" in one or two. A term with two meaning words or
        more ("code review") has one sense; a general verb with a particle ("follow up") has many.
        """
        lists: dict[str, set[str]] = {}
        particles = self._particles
        for entry in self.lists:
            if entry.name in (*EMPTY_LISTS, COMPANY_LIST, TOPIC_LIST, PARTICLE_LIST):
                continue
            for term in entry.terms:
                for word in words(term.replace("*", "")):
                    for form in _forms(word):
                        lists.setdefault(form, set()).add(entry.name)
        counts = []
        for term in self.words:
            split = words(term)
            meaning = [split[place] for place in self._meaning(split)]
            if len(meaning) >= 2:
                counts.append(1)
            elif not meaning or any(word in particles for word in split):
                counts.append(len(self.lists))
            else:
                counts.append(max(len(lists.get(form, ())) for form in _forms(meaning[0])))
        return tuple(counts)

    @cached_property
    def _small(self) -> dict[str, str]:
        """What each small word is: empty, company or topic."""
        groups = (
            ((*EMPTY_LISTS, PARTICLE_LIST), "empty"),
            ((TOPIC_LIST,), "topic"),
            ((COMPANY_LIST,), "company"),
        )
        return {word: group for names, group in groups for word in self._single_words(names)}

    @cached_property
    def _particles(self) -> frozenset[str]:
        return frozenset(self._single_words((PARTICLE_LIST,)))

    def _single_words(self, names: tuple[str, ...]) -> list[str]:
        terms = (term for entry in self.lists if entry.name in names for term in entry.terms)
        spellings = (spelling for term in terms for spelling in _spellings(term))
        return [spelling[0] for spelling in spellings if len(spelling) == 1]

    def _meaning(self, split: Sequence[str]) -> list[int]:
        """Return the places of the words that name a subject: no small words, figures, company."""
        places = []
        in_company = False
        for place, word in enumerate(split):
            small = self._small.get(word)
            if small is not None:
                in_company = small == "company" or (in_company and small == "empty")
            elif not in_company and len(word) > 1 and (len(word) > 3 or not word.isdigit()):  # a year counts
                places.append(place)
        return places

    def find(self, title: str) -> dict[int, int]:
        """Return the lists that a title belongs to, each with the number of the term that decided.

        Parameters
        ----------
        title
            As written. Terms match whole words only.

        Returns
        -------
        dict
            List number to position in ``words``; the first term in the title wins, of several that
            begin there the longest. Lists with an ``unless`` term in the title are absent.
        """
        return {number: found.word for number, found in self.read(title).items()}

    def read(self, title: str) -> dict[int, Found]:
        """Return the lists that a title belongs to with where it does, and whether it says more than that.

        A subject is a word that means something outside the term, or the rest of a compound that a
        star pattern found: "Kesselprüfung" says what is checked, "Prüfung" does not.

        Examples
        --------
        >>> lexicon = Lexicon.of({"make": ("check", "*prüfung"), "company_word": ("with",)})
        >>> [lexicon.read(title)[0].subject for title in ("Check", "Check with Lea", "Check the boiler")]
        [False, False, True]
        >>> [lexicon.read(title)[0].subject for title in ("Prüfung", "Kesselprüfung")]
        [False, True]
        """
        split = words(title)
        found: dict[int, tuple[int, int, int, bool]] = {}
        barred: list[int] = []
        for position, first in enumerate(split):
            for term, length, compound in self._starting_with(first):
                number = term.list_number
                if number in found and not term.against:
                    continue
                if length > 1:
                    if position + length > len(split):
                        continue
                    second, letter = term.pattern[1], split[position + 1][0]
                    if second[0] not in (letter, "*") or not _all_fit(
                        term.pattern[1:], split[position + 1 : position + length]
                    ):
                        continue
                if term.against:
                    barred.append(number)
                else:
                    found[number] = (term.word, position, length, compound)
        for number in barred:
            found.pop(number, None)
        if not found:
            return {}
        meaning = self._meaning(split)
        particle = len(split) - 1 if split[-1] in self._particles else -1
        return {
            number: Found(
                word,
                begin,
                begin + length,
                subject=compound or any(not begin <= place < begin + length for place in meaning),
                one_sense=begin + length != particle and self.senses[word] <= ONE_SENSE,
            )
            for number, (word, begin, length, compound) in found.items()
        }


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


def _compound(pattern: str, word: str) -> bool:
    """Say whether a star pattern found a compound of its own word and another; an ending is no word."""
    core = pattern.strip("*")
    return core != pattern and len(core) >= 4 and len(word) >= len(core) + 3 and core not in _forms(word)


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
    titles; ``hits`` maps a list number to the titles in that list and, for each, what ``Found`` holds
    (a row each: term, begin, end, subject, one sense).
    """

    codes: NDArray[np.int32]
    distinct: tuple[str, ...]
    hits: dict[int, tuple[NDArray[np.int64], NDArray[np.int32]]]

    @classmethod
    def read(cls, titles: Sequence[str], lexicon: Lexicon) -> DistinctTitles:
        """Read n titles; the lexicon sees every distinct one once."""
        as_written: dict[str, int] = {}
        spellings: dict[str, int] = {}
        lists: dict[int, tuple[list[int], list[Found]]] = {}
        codes = np.empty(len(titles), dtype=np.int32)
        for row, title in enumerate(titles):
            code = as_written.get(title)
            if code is None:
                spelling = normalise(title)
                code = spellings.get(spelling, -1)
                if spelling and code < 0:
                    code = spellings[spelling] = len(spellings)
                    for number, found in lexicon.read(spelling).items():
                        hit = lists.setdefault(number, ([], []))
                        hit[0].append(code)
                        hit[1].append(found)
                as_written[title] = code
            codes[row] = code
        hits = {
            number: (np.array(where, dtype=np.int64), np.array(found, dtype=np.int32).T)
            for number, (where, found) in lists.items()
        }
        return cls(codes, tuple(spellings), hits)

    def words(self, number: int) -> NDArray[np.int32]:
        """Return the term of that list for each distinct title, -1 for none; at the end, for no title."""
        return self._column(number, 0)

    def names_subject(self, number: int) -> NDArray[np.bool_]:
        """Return per distinct title whether it names a subject besides its term of that list."""
        return self._column(number, 3) > 0

    def one_sense(self, number: int) -> NDArray[np.bool_]:
        """Return per distinct title whether its term of that list means one thing there."""
        return self._column(number, 4) > 0

    def place(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return per distinct title where its term of that list begins and ends, in words; -1 for none."""
        return self._column(number, 1), self._column(number, 2)

    def _column(self, number: int, column: int) -> NDArray[np.int32]:
        table = np.full(len(self.distinct) + 1, -1, dtype=np.int32)
        if number in self.hits:
            codes, found = self.hits[number]
            table[codes] = found[column]
        return table
