"""A job description read through the lens: which sentence asks for leading, managing or doing (row 190)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fairlead.core.problems import BadInput, Problem
from fairlead.core.roles import Demand, DescriptionReading, RoleProfile, SentenceReading
from fairlead.core.work import ASKED_KINDS, LABELS, Competency

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MAX_CHARACTERS: Final = 50_000
ENOUGH_SENTENCES: Final = 6
"""Fewer sentences that ask for something say too little for shares."""

GAP: Final = 4
"""Words that ``..`` may stand for."""

LONGEST_WORD: Final = 32
OPENING: Final = 1.5
"""What a phrase counts more when the sentence begins with it: the first verb is the duty."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_BULLET: Final = re.compile(r"[ \t]*(?:[-*•‣◦▪●–—·+>]|\(?\d{1,2}[.)]|\(?[a-zA-Z][.)](?= ))[ \t]+")
_END: Final = re.compile(r"(?<![.!?;…])[.!?;…]++[\"'”’)\]]*+(?=\s|$)")
"""Begins only where a run of marks begins, so that a long run is read once."""

_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_ABBREVIATIONS: Final = frozenset(
    (
        *("e.g", "i.e", "etc", "approx", "incl", "inc", "ltd", "dr", "mr", "mrs", "ms", "vs", "st"),
        *("z.b", "d.h", "u.a", "bzw", "ca", "ggf", "usw", "inkl", "evtl", "o.ä", "o.g", "mind", "max", "min"),
    )
)


@dataclass(frozen=True, slots=True)
class Element:
    """One word of a phrase: any of ``words``, or any word that begins with one of ``starts``.

    ``gap`` allows up to four other words before it.
    """

    words: frozenset[str]
    starts: tuple[str, ...] = ()
    gap: bool = False

    def fits(self, word: str) -> bool:
        """Tell whether the word is one of these."""
        return word in self.words or (bool(self.starts) and word.startswith(self.starts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words in a row and what a sentence that holds them asks for; ``kind`` is empty for a decoy.

    An ``opening`` phrase counts only where the sentence begins; an opening decoy silences the sentence.
    """

    elements: tuple[Element, ...]
    kind: str
    competency: str
    weight: float
    says: str
    opening: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Phrases by first word, and headings that open a part which asks or which offers."""

    by_word: Mapping[str, tuple[Phrase, ...]]
    by_start: Mapping[str, tuple[Phrase, ...]]
    asks: frozenset[str]
    offers: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Match:
    phrase: Phrase
    first: int
    last: int
    used: tuple[int, ...]
    score: float


def index(phrases: Iterable[Phrase], *, asks: Iterable[str] = (), offers: Iterable[str] = ()) -> Lexicon:
    """Arrange phrases by the words they can begin with."""
    by_word: dict[str, list[Phrase]] = {}
    by_start: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        for word in phrase.elements[0].words:
            by_word.setdefault(word, []).append(phrase)
        for start in phrase.elements[0].starts:
            by_start.setdefault(start, []).append(phrase)
    return Lexicon(
        by_word={word: tuple(found) for word, found in by_word.items()},
        by_start={start: tuple(found) for start, found in by_start.items()},
        asks=frozenset(asks),
        offers=frozenset(offers),
    )


def read_description(
    text: str, lexicon: Lexicon, *, title: str = "", file: str = "text"
) -> DescriptionReading:
    """Read a job description sentence by sentence.

    Each sentence or bullet goes to the kind of work whose phrases weigh most in it; the words that
    decided and what they stand for are given with it. A part under a heading such as "What we
    offer" asks for nothing. The profile holds shares of the sentences, with 80 % Jeffreys intervals;
    it says nothing about level or emphasis, which a text alone cannot show.

    Parameters
    ----------
    text
        At most 50,000 characters.
    lexicon
        See :func:`index`; the shipped one is ``fairlead.library.role_lens.lens()``.
    title, file
        How the profile and a refusal name the text.

    Returns
    -------
    DescriptionReading
        ``profile`` is ``None`` and ``too_little`` says why when fewer than 6 sentences ask for
        something.

    Raises
    ------
    BadInput
        If the text is too long.

    References
    ----------
    Brown, L. D., Cai, T. T., & DasGupta, A. (2001). Interval estimation for a binomial proportion.
    Statistical Science 16, 101-133. doi:10.1214/ss/1009213286

    Examples
    --------
    >>> coach = Phrase(elements=(Element(frozenset({"coach"})),), kind="leading",
    ...                competency="developing_people", weight=3.0, says="helping people to grow")
    >>> reading = read_description("You coach the team.", index([coach]))
    >>> reading.sentences[0].kind, reading.sentences[0].words, reading.too_little[:12]
    ('leading', ((4, 9),), 'Only 1 sente')
    """
    if len(text) > MAX_CHARACTERS:
        wrong = f"The text has {len(text):,} characters."
        raise BadInput(Problem(file=file, wrong=wrong, right=f"At most {MAX_CHARACTERS:,} are read."))
    readings = []
    asking = True
    for sentence in sentences(text):
        turned = _heading(sentence, lexicon)
        if turned is not None:
            asking = turned
            readings.append(_nothing(sentence, "This is a heading."))
        elif not asking:
            readings.append(_nothing(sentence, "This stands in a part about the employer, not the role."))
        else:
            readings.append(_read(sentence, lexicon))
    found = tuple(readings)
    asked = [reading for reading in found if reading.kind]
    if len(asked) < ENOUGH_SENTENCES:
        noun = "sentence asks" if len(asked) == 1 else "sentences ask"
        too_little = (
            f"Only {len(asked)} {noun} for something; at least {ENOUGH_SENTENCES} are needed for shares. "
            "Paste the whole description, with its list of duties."
        )
        return DescriptionReading(sentences=found, profile=None, too_little=too_little)
    return DescriptionReading(sentences=found, profile=_profile(asked, title))


def sentences(text: str) -> Iterator[str]:
    """Split a text into sentences and bullets, without their bullet marks."""
    for line in text.splitlines():
        bullet = _BULLET.match(line)
        rest = line[bullet.end() :] if bullet else line
        start = 0
        for end in _END.finditer(rest):
            if _is_abbreviation(rest, start, end.start()):
                continue
            yield from _clean(rest[start : end.end()])
            start = end.end()
        yield from _clean(rest[start:])


def _clean(piece: str) -> Iterator[str]:
    if _WORD.search(piece):
        yield piece.strip()


def _is_abbreviation(line: str, start: int, end: int) -> bool:
    """Tell whether the word before a full stop is one that carries a full stop of its own."""
    if line[end] != ".":
        return False
    words = line[max(start, end - 12) : end].split()
    if not words:
        return False
    last = words[-1].lstrip("(\"'„“").casefold()
    return last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha())


def fold(word: str) -> str:
    """Bring a word into the form in which the lexicon has it: lower case, umlauts spelled out.

    >>> fold("Führung")
    'fuehrung'
    """
    plain = unicodedata.normalize("NFC", word.casefold()).translate(_UMLAUTS)
    return "".join(mark for mark in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(mark))


def _heading(sentence: str, lexicon: Lexicon) -> bool | None:
    """Tell whether a line opens a part that asks (True) or offers (False); None if it is no heading."""
    if len(sentence) > 60:
        return None
    words = " ".join(fold(found.group()) for found in _WORD.finditer(sentence))
    if words in lexicon.asks:
        return True
    return False if words in lexicon.offers else None


def _nothing(sentence: str, why: str) -> SentenceReading:
    return SentenceReading(text=sentence, kind="", competency="", weight=0.0, words=(), why=why)


def _read(sentence: str, lexicon: Lexicon) -> SentenceReading:
    spans = [found.span() for found in _WORD.finditer(sentence)]
    words = [fold(sentence[start : min(end, start + LONGEST_WORD)]) for start, end in spans]
    found = _matches(words, lexicon)
    if any(match.phrase.opening and not match.phrase.kind for match in found):
        return _nothing(sentence, "This tells about the employer, not about the role.")
    matches = _longest(found)
    scores = {str(kind): 0.0 for kind in ASKED_KINDS}
    for match in matches:
        if match.phrase.kind:
            scores[match.phrase.kind] += match.score
    kind = max(scores, key=lambda name: scores[name])
    if scores[kind] <= 0.0:
        return _nothing(sentence, "No words in it ask for leading, managing or doing.")
    deciding = sorted(
        (match for match in matches if match.phrase.kind == kind),
        key=lambda match: (-match.score, match.first),
    )
    strongest = deciding[0]
    return SentenceReading(
        text=sentence,
        kind=kind,
        competency=next((match.phrase.competency for match in deciding if match.phrase.competency), ""),
        weight=scores[kind] / sum(scores.values()),
        words=tuple(spans[at] for at in sorted(at for match in deciding for at in match.used)),
        why=_why(sentence, spans, strongest, kind),
    )


def _why(sentence: str, spans: Sequence[tuple[int, int]], match: _Match, kind: str) -> str:
    said = " … ".join(_runs(sentence, spans, match.used))
    return f"“{said}” stands for {match.phrase.says}: {LABELS[kind].lower()}."


def _runs(sentence: str, spans: Sequence[tuple[int, int]], used: Sequence[int]) -> Iterator[str]:
    """Give the used words as they stand, neighbours together."""
    start = previous = used[0]
    for at in (*used[1:], -1):
        if at != previous + 1:
            yield sentence[spans[start][0] : spans[previous][1]]
            start = at
        previous = at


def _matches(words: Sequence[str], lexicon: Lexicon) -> list[_Match]:
    found = []
    for at, word in enumerate(words):
        for phrase in _candidates(word, lexicon):
            if phrase.opening and at > 0:
                continue
            used = _follow(words, at, phrase)
            if used is not None:
                score = phrase.weight * (OPENING if at == 0 else 1.0)
                found.append(_Match(phrase, at, used[-1], used, score))
    return found


def _candidates(word: str, lexicon: Lexicon) -> Iterator[Phrase]:
    yield from lexicon.by_word.get(word, ())
    for length in range(2, len(word) + 1):
        yield from lexicon.by_start.get(word[:length], ())


def _follow(words: Sequence[str], at: int, phrase: Phrase) -> tuple[int, ...] | None:
    """Follow a phrase from its first word; each gap takes the nearest word that fits."""
    used = [at]
    for element in phrase.elements[1:]:
        reach = GAP + 1 if element.gap else 1
        after = range(used[-1] + 1, min(used[-1] + 1 + reach, len(words)))
        fitting = next((place for place in after if element.fits(words[place])), None)
        if fitting is None:
            return None
        used.append(fitting)
    return tuple(used)


def _longest(matches: list[_Match]) -> list[_Match]:
    """Keep the longest phrases first; a word serves one phrase only."""
    taken: set[int] = set()
    kept = []
    for match in sorted(matches, key=lambda found: (-len(found.used), -found.score, found.first)):
        if taken.isdisjoint(match.used):
            taken.update(match.used)
            kept.append(match)
    return kept


def _profile(asked: Sequence[SentenceReading], title: str) -> RoleProfile:
    competent = [reading.competency for reading in asked if reading.competency]
    return RoleProfile(
        code="",
        title=title or "A job description",
        source="description",
        job_zone=None,
        kinds=_demands([reading.kind for reading in asked], [str(kind) for kind in ASKED_KINDS]),
        competencies=_demands(competent, [str(name) for name in Competency]),
        notes=(
            f"Shares of {len(asked)} sentences that ask for something.",
            f"The shares of the competencies are of the {len(competent)} sentences that name one.",
            "A text shows what is written down, not how much time or weight it has.",
        ),
    )


def _demands(found: Sequence[str], names: Sequence[str]) -> tuple[Demand, ...]:
    """Shares with Jeffreys intervals; ``None`` throughout where nothing was found."""
    from scipy.special import betaincinv  # noqa: PLC0415 - slow to load, and only descriptions need it

    total = len(found)
    demands = []
    for name in names:
        count = found.count(name)
        low, high = betaincinv(count + 0.5, total - count + 0.5, [0.1, 0.9]).tolist()
        demands.append(
            Demand(
                name=name,
                level=None,
                emphasis=None,
                share=count / total if total else None,
                share_low=(low if count else 0.0) if total else None,
                share_high=(high if count < total else 1.0) if total else None,
            )
        )
    return tuple(demands)
