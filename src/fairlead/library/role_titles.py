"""Find a role by any wording: one form for all wordings, then the nearest by rapidfuzz."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from rapidfuzz import fuzz, process

from fairlead.core.roles import RoleMatch
from fairlead.library.load import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAX_QUERY: Final = 200
"""Characters of a wording that are read; no job title is longer."""

ENOUGH: Final = 40.0
"""Below this score a wording has not found a role."""

LIKE: Final = 65.0
"""Share of letters in common, in order, from which a wording may be a slip of the pen for another."""

LIKE_WORD: Final = 80.0
"""The same for one word of four letters or more."""

_CODE: Final = re.compile(r"\d{2}-?\d{4}(\.\d{2})?")
_GENDER: Final = re.compile(
    r"(?<=\w)[*:/_·-]+(in(nen)?|r|e)\b|\(\s*in(nen)?\s*\)|\(\s*(m|w|f|d|x)\s*([/|]\s*\w\s*)*\)"
)
_WORD: Final = re.compile(r"[^\W_]+(?:['’][a-z])?")
_INITIALS: Final = re.compile(r"\b(?:[a-z]\.){2,}")
_TAIL: Final = re.compile(r",? (?:Except|Including) .*| \(.*\)")
_ENDINGS: Final = (
    *(
        "ological",
        "ologist",
        "ation",
        "ology",
        "ician",
        "ional",
        "ment",
        "ical",
        "ting",
        "ance",
        "ing",
        "ion",
    ),
    *(
        "ist",
        "ers",
        "ors",
        "ant",
        "ive",
        "ics",
        "ary",
        "ery",
        "er",
        "or",
        "ic",
        "al",
        "ry",
        "ed",
        "y",
        "e",
        "t",
    ),
)
"""Endings of English job words, the longest first."""

_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class _Wording:
    seniority: frozenset[str]
    heads: frozenset[str]
    drop: frozenset[str]
    abbreviations: Mapping[str, str]
    german: Mapping[str, str]
    endings: tuple[str, ...]
    generic: frozenset[str]
    any_trade: frozenset[str]


@cache
def _wording() -> _Wording:
    found: Any = shipped("roles/wording.yaml").value
    return _Wording(
        seniority=frozenset(found["seniority"]),
        heads=frozenset(found["heads"]),
        drop=frozenset(map(_plain, found["drop"])),
        abbreviations=found["abbreviations"],
        german=found["german"],
        endings=tuple(found["endings"]),
        generic=frozenset(found["generic"]),
        any_trade=frozenset(found["any_trade"]),
    )


class Finder:
    """An index over the titles of a library, its further titles and the shipped aliases."""

    def __init__(self, titles: Mapping[str, str], further: Mapping[str, Sequence[str]]) -> None:
        self._titles = titles
        entries: dict[tuple[str, str], str] = {}
        for code, shown in _shown(titles, further):
            form = _form(shown)
            if form:
                entries.setdefault((form, code), shown)
        self._forms = [form for form, _ in entries]
        self.codes = [code for _, code in entries]
        self.shown = list(entries.values())
        self._holding, self._rarity, self._weight = _word_index(self._forms, self.codes)

    def find(self, text: str, limit: int = 8) -> tuple[RoleMatch, ...]:
        """Give the best wording of each role that is near enough, best first; titles and aliases win ties."""
        text = text.strip()[:MAX_QUERY]
        if _CODE.fullmatch(text):
            return self._by_code(text, limit)
        scores = self._scores(text)
        if scores is None:
            return ()
        best: dict[str, int] = {}
        core = _core_words(text)
        for at in np.flatnonzero(scores >= ENOUGH).tolist():
            code = self.codes[at]
            if (code not in best or scores[at] > scores[best[code]]) and _shares_a_word(
                core, self._forms[at]
            ):
                best[code] = at
        asked = text.casefold()
        ordered = sorted(
            best.values(), key=lambda at: (-float(scores[at]), self.shown[at].casefold() != asked, at)
        )
        generic = says_no_trade(text)
        return tuple(self._match(at, float(scores[at]), generic=generic) for at in ordered[:limit])

    def _match(self, at: int, score: float, *, generic: bool) -> RoleMatch:
        code = self.codes[at]
        return RoleMatch(
            code=code, title=self._titles[code], matched=self.shown[at], score=score, generic=generic
        )

    def suggestions(self, text: str, limit: int = 5) -> tuple[str, ...]:
        """Give the wordings that may be meant by a slip of the pen; none where none is near."""
        text = text.strip()[:MAX_QUERY]
        if _CODE.fullmatch(text):
            near_codes = process.extract(text, list(self._titles), scorer=fuzz.ratio, limit=limit)
            return tuple(code for code, _, _ in near_codes)
        form = _form(text)
        near = process.extract(form, self._forms, scorer=fuzz.ratio, limit=limit * 3)
        liked = (at for found, score, at in near if score >= LIKE or _like_a_word(form, found))
        return tuple(dict.fromkeys(self.shown[at] for at in liked))[:limit]

    def _by_code(self, text: str, limit: int) -> tuple[RoleMatch, ...]:
        code = text if "-" in text else f"{text[:2]}-{text[2:]}"
        found = [known for known in self._titles if known == code or known.startswith(f"{code}.")]
        return tuple(
            RoleMatch(code=known, title=self._titles[known], matched=known, score=100.0)
            for known in sorted(found)[:limit]
        )

    def _scores(self, text: str) -> np.ndarray[tuple[int], np.dtype[np.float32]] | None:
        """Score every wording: the better of the whole wording and, a little lower, its readings."""
        forms = _readings(text)
        if not forms or not self._forms:
            return None
        best = np.zeros(len(self._forms), dtype=np.float32)
        for form, cost in forms:
            order = process.cdist([form], self._forms, scorer=fuzz.token_sort_ratio, dtype=np.float32)[0]
            part = process.cdist([form], self._forms, scorer=fuzz.token_set_ratio, dtype=np.float32)[0]
            letters = 0.65 * order + 0.35 * part
            words = self._words_in_common(form)
            found = np.maximum(0.5 * letters + 0.5 * words, letters - np.where(letters >= 88.0, 6.0, 24.0))
            np.maximum(best, found - cost, out=best)
        return best

    def _words_in_common(self, form: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        """Score every wording by shared words, rare words first: a weighted Dice measure, 0 to 100."""
        stems = {_stem(word) for word in form.split()}
        unknown = max(self._rarity.values())
        total = sum(self._rarity.get(stem, unknown) for stem in stems)
        shared = np.zeros(len(self._forms), dtype=np.float32)
        for stem in stems & self._rarity.keys():
            shared[self._holding[stem]] += self._rarity[stem]
        return 200.0 * shared / (self._weight + np.float32(total))


def _word_index(
    forms: Sequence[str], codes: Sequence[str]
) -> tuple[dict[str, list[int]], dict[str, float], np.ndarray[tuple[int], np.dtype[np.float32]]]:
    """Where each word stands, how rare it is over the roles, and what the words of a wording weigh."""
    holding: dict[str, list[int]] = {}
    for at, form in enumerate(forms):
        for stem in {_stem(word) for word in form.split()}:
            holding.setdefault(stem, []).append(at)
    roles = len(set(codes))
    rarity = {
        stem: 0.3 + math.log((1 + roles) / len({codes[at] for at in places}))
        for stem, places in holding.items()
    }
    weight = np.zeros(len(forms), dtype=np.float32)
    for stem, places in holding.items():
        weight[places] += rarity[stem]
    return holding, rarity, weight


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """Bring forms of a word together: engineer and engineering, forest and forestry."""
    for ending in _ENDINGS if len(word) >= 6 else ():
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return _stem(word[: -len(ending)])
    return word


def _shown(titles: Mapping[str, str], further: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """List every wording with its code: titles, aliases, parts of titles, further titles."""
    aliases: Any = shipped("roles/aliases.yaml").value
    listed = list(titles.items())
    for language in ("en", "de"):
        for code, wordings in aliases[language].items():
            if code in titles:
                listed.extend((code, str(wording)) for wording in wordings)
    listed.extend((code, wording) for code, title in titles.items() for wording in _parts(title))
    listed.extend((code, wording) for code, wordings in further.items() for wording in wordings)
    return listed


def _parts(title: str) -> list[str]:
    """Give a title and, where it lists several jobs, each of them: Plumbers, Pipefitters, ..."""
    bare = _TAIL.sub("", title)
    wordings = [title, bare]
    if not any(sign in bare for sign in (" of ", "--", "Teachers", "Machine", "Assistants")):
        parts = re.split(r", and |, | and |/", bare)
        if parts[0].endswith("s"):
            wordings.extend(
                part for part in parts if part.endswith("s") and part.casefold() not in _wording().generic
            )
    return list(dict.fromkeys(wordings))


def _core_words(text: str) -> list[str]:
    """Give the words, also in English, that say what the job is about."""
    known = _wording()
    words = [part for word in _words(text) for part in (word, *known.german.get(word, "").split())]
    return [
        word for word in words if word not in known.seniority | known.heads | {"manager", "leiter", "leitung"}
    ]


def says_no_trade(text: str) -> bool:
    """Tell whether a wording says only that somebody is in charge of others, not in what.

    Examples
    --------
    >>> [says_no_trade(text) for text in ("Team Lead", "Abteilungsleiterin", "sales team lead", "CEO")]
    [True, True, False, False]
    """
    known = _wording()
    words = _words(text[:MAX_QUERY])
    own = known.any_trade | known.heads | known.seniority
    return any(word in known.any_trade | known.heads for word in words) and all(w in own for w in words)


def _like_a_word(form: str, other: str) -> bool:
    """Tell whether a word of four letters or more stands, but for a slip, in another wording."""
    others = [word for word in other.split() if len(word) >= 4]
    return any(
        fuzz.ratio(word, near) >= LIKE_WORD for word in form.split() if len(word) >= 4 for near in others
    )


def _shares_a_word(core: Sequence[str], form: str) -> bool:
    """Tell whether a wording has at least one of the core words, give or take a slip of the pen."""
    others = form.split()
    return not core or any(fuzz.ratio(word, other) >= 75 for word in core for other in others)


def _readings(text: str) -> list[tuple[str, float]]:
    """Give the wording's own form and its readings with what each costs in points.

    "Senior X" is also read as "X", "head of X" as "X manager", and German words in English.
    """
    words = _words(text)
    if not words:
        return []
    known = _wording()
    readings = {" ".join(words): 0.0}
    core = [word for word in words if word not in known.seniority and word not in known.heads]
    if core and core != words:
        if any(word in known.heads for word in words):
            readings.setdefault(" ".join(_unique([*core, "manager"])), 2.0)
        readings.setdefault(" ".join(core), 4.0)
    translated = _unique([part for word in words for part in known.german.get(word, word).split()])
    if translated != words:
        readings.setdefault(" ".join(translated), 3.0)
    return list(readings.items())


@lru_cache(maxsize=4096)
def _form(text: str) -> str:
    return " ".join(_words(text))


def _words(text: str) -> list[str]:
    """Bring a wording into one form: case, accents, gender endings, plural, abbreviations, compounds."""
    known = _wording()
    spoken = _INITIALS.sub(lambda found: found.group().replace(".", ""), text.casefold())
    plain = _plain(_GENDER.sub(" ", spoken.replace("&", " and ")))
    words: list[str] = []
    for found in _WORD.findall(plain):
        word = _singular(found.partition("'")[0].partition("’")[0])
        expanded = known.abbreviations.get(word, word).split()
        words.extend(part for whole in expanded for part in _split(whole, known) if part not in known.drop)
    return words


def _plain(text: str) -> str:
    spelled = unicodedata.normalize("NFC", text).translate(_UMLAUTS)
    bare = unicodedata.normalize("NFKD", spelled)
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def _singular(word: str) -> str:
    """Take off an English plural: managers, secretaries, coaches."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 5 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ics", "sales")):
        return word[:-1]
    return word


def _split(word: str, known: _Wording) -> list[str]:
    """Split a German compound at a known ending; the feminine ending is taken off first."""
    base = word[:-2] if word.endswith("in") and word[:-2].endswith(known.endings) else word
    for ending in known.endings:
        if base.endswith(ending) and len(base) - len(ending) >= 3:
            stem = base[: -len(ending)]
            joint = stem[:-1] if stem.endswith("s") and len(stem) > 4 and stem != "sales" else stem
            return [joint, ending]
    return [base]


def _unique(words: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(words))
