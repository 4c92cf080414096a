"""Words in a comment that could give its author, or somebody else, away; a warning, never a change."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fairlead.core import comment_marks_german as german

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

SHORTEST: Final = 3
"""Letters that a part of a name has at least: "Jo" and "de" are in too many other words and names."""

NAME: Final = "A name. It points at a person."
MENTION: Final = "It names somebody."
ADDRESS: Final = "An address points at one person."
LINK: Final = "A link leads to one thing that few people know."
PHONE: Final = "A phone number points at one person."
DATE: Final = "A date. Whoever was there then knows who wrote this."
CLOCK: Final = "A time of day. Whoever was there then knows who wrote this."
MONEY: Final = "An amount of money. Few people know it."
NUMBER: Final = "A number. Few people know it, and it can be looked up."
ONLY: Final = "If there is only one, everybody knows who that is."
SAID: Final = "You said it before. Whoever heard it then knows who wrote this."
YOURSELF: Final = "It says something about you that may be true of you alone."
WORK: Final = "It says what you alone may be in charge of."
SINCE: Final = "It says when you came, went or were away."


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a text, from ``start`` up to ``end``, and in plain words why it could be a trace."""

    start: int
    end: int
    why: str


def marks(text: str, *, names: Collection[str]) -> tuple[Mark, ...]:
    """Find what could show who wrote a comment, or whom it is about beside the one who was asked about.

    Parameters
    ----------
    text
        The comment, in any script. Its letters may be composed or decomposed.
    names
        Names of people in full. Each part of three letters or more counts, whatever its case and its
        accents; a part that is a common word too (May, Will) only with a capital inside a sentence.
        Of names written without spaces (Chinese, Japanese, Korean) parts of two characters count.

    Returns
    -------
    tuple of Mark
        From left to right, without overlaps; positions count Python's characters (code points).
        Where two would overlap, the one that begins first stands, then the longer one.

    Notes
    -----
    The patterns are a short list, for English and German, and a warning only: a text without a mark can
    still give somebody away, by what it tells or by how it is written. Time grows linearly with the
    text and with the names. What counts as a trace follows the list of identifiers in 45 CFR
    164.514(b)(2)(i) (names, dates, addresses, numbers, "any other unique characteristic"); the phrases
    for the last of these are our own judgement.

    Examples
    --------
    >>> for mark in marks("Kim's plan of 3 May cost us weeks.", names=["Kim Larsen"]):
    ...     print(mark.start, mark.end, mark.why)
    0 5 A name. It points at a person.
    14 19 A date. Whoever was there then knows who wrote this.
    >>> marks("Decisions come late.", names=["Kim Larsen"])
    ()
    """
    found = [*_named(text, names), *_patterns(text)]
    found.sort(key=lambda mark: (mark.start, -mark.end))
    kept: list[Mark] = []
    for mark in found:
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return tuple(kept)


# --- names ------------------------------------------------------------------------------------

COMMON: Final = frozenset(
    """
    abbey abbot able amber angel april art ash asher august autumn bailey baker banks barber basil
    bass bay bean bell berry best bill bird bishop black blaze bliss blue bond booth bowman brand
    bright brook brooks brown buck bush butler carol carpenter carter case cash chance chandler
    chase cherry chip christian church clay clear cliff close cole cook cooper cope crisp cross
    crystal dale dash dawn day dean dick don drew duke earl early east eden ernest eve faith farmer
    fern field fields finch fisher flint flora floyd ford forest foster fox frank free freeman
    friend frost fuller gale gardener gay gene gold golden good gore grace grant gray green grey
    grove guy hale hall hand hardy harper hart haven hawk hazel head heath heather hill hills holly
    holmes home honor hope house howe hunt hunter iris ivory ivy jack jade james jasmine jay jean
    jet jewel job joy judge june junior justice keen key king knight lake lamb lane lark law lawn
    lean less lily little long lord love low lucky luna mace major march mark marks marsh martin
    mason max may mercy merit mild miles mill miller mills mine mint miracle moon moore more moss
    much nice nick noble north oak olive page park parker parks part patience peace pearl penny
    pepper perry pierce piper pitt pool poole poor pope porter post potter power powers price pride
    prince queen quick quinn rain rains raven ray read reed reef reeves rice rich ridge river rivers
    rob robin rock rocky roman rose rowe ruby rush sage sandy sargent sawyer see sharp shepherd
    short silver skip skye small smart snow south sparks speed spring stark steel stone storm
    strange street strong summer summers sun sunny swift taylor teal tiger top town trace track true
    turner victor violet wade walker wall walls ward ware warm waters way weaver webb well wells
    west wheeler white wick wild will wills wind winner winter winters wise wolf wood woods work
    worth wright young
    """.split()  # noqa: SIM905 - words are read more easily without quotes
)
"""Names that are words as well: they count with a capital where no sentence begins."""

PARTICLES: Final = frozenset(
    """
    and bin bint che das dem den der des del della dos ibn ing jun las los phd prof sen the van von zum zur
    """.split()  # noqa: SIM905 - as above
)
"""Parts of names that are never a trace by themselves."""

_ENDS: Final = frozenset(".!?:;\n\r\u2022\u2026\u3002\uff01\uff1f")
_BETWEEN: Final = frozenset(" \t\"'()[]*-\u2013\u2014\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb\u00a0")
_APOSTROPHES: Final = ("'s", "\u2019s", "'S", "\u2019S")
_LONGEST_UNSPACED: Final = 8


def _named(text: str, names: Collection[str]) -> Iterator[Mark]:
    parts, unspaced = _parts(names)
    for start, end in _words(text):
        word = text[start:end]
        key = _key(word)
        if _is_unspaced(word):
            yield from _inside(word, start, unspaced)
        elif key in parts and (key not in COMMON or (word[0].isupper() and not _begins(text, start))):
            longer = 2 if text[end : end + 2] in _APOSTROPHES and not text[end + 2 : end + 3].isalnum() else 0
            yield Mark(start, end + longer, NAME)


def _parts(names: Collection[str]) -> tuple[set[str], set[str]]:
    """Give the parts of names that are found as whole words, and those that stand in unspaced text."""
    parts, unspaced = set(), set()
    for name in names:
        for start, end in _words(name):
            word = name[start:end]
            if _is_unspaced(word):
                if 2 <= len(word) <= _LONGEST_UNSPACED:
                    unspaced.add(word)
            else:
                parts.add(_key(word))
    return {part for part in parts if len(part) >= SHORTEST} - PARTICLES, unspaced


def _inside(word: str, offset: int, unspaced: set[str]) -> Iterator[Mark]:
    """Find names in writing that puts no space between words."""
    for length in sorted({len(name) for name in unspaced}):
        for at in range(len(word) - length + 1):
            if word[at : at + length] in unspaced:
                yield Mark(offset + at, offset + at + length, NAME)


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Give runs of letters with the marks that belong to them (accents, vowel signs)."""
    start = -1
    for at, letter in enumerate(text):
        if letter.isalpha() or (start >= 0 and unicodedata.category(letter)[0] == "M"):
            start = at if start < 0 else start
        elif start >= 0:
            yield start, at
            start = -1
    if start >= 0:
        yield start, len(text)


def _key(word: str) -> str:
    """Fold case and accents away: José, JOSE and jose are one name."""
    if word.isascii():
        return word.lower()
    plain = "".join(one for one in unicodedata.normalize("NFKD", word) if not unicodedata.combining(one))
    return unicodedata.normalize("NFKC", plain).casefold()


def _is_unspaced(word: str) -> bool:
    return "\u3040" <= word[0] <= "\u9fff" or "\uac00" <= word[0] <= "\ud7a3" or word[0] >= "\U00020000"


def _begins(text: str, start: int) -> bool:
    """Whether a sentence begins here, so that a capital says nothing."""
    at = start - 1
    # A few characters stand between a sentence's end and its first letter; nobody walks through a page full.
    for _ in range(12):
        if at < 0 or text[at] in _ENDS:
            return True
        if text[at] not in _BETWEEN:
            return False
        at -= 1
    return True


# --- patterns ---------------------------------------------------------------------------------
# Each repetition is bounded, so that no text makes them slow. In phrases one space stands for any few,
# "I AM" for am, was and 'm, "I DID" for the verb after I, I have, I had and I've.

_MONTH: Final = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    "oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY: Final = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_NTH: Final = r"\d{1,2}(?:st|nd|rd|th)?"
_SOMEBODY: Final = (
    "(?:woman|man|mother|father|parent|engineer|developer|designer|nurse|doctor|assistant|apprentice|trainee|"
    "intern|part[-\\s]timer|contractor|freelancer|foreigner|newcomer|deputy|secretary|(?:team )?lead|manager|"
    "salesperson|buyer|controller|lawyer|accountant|student|(?:union|works council) member)"
)
_KIN: Final = (
    "(?:child|children|sons?|daughters?|kids?|baby|twins|wife|husband|spouse|boyfriend|girlfriend|fianc[eé]e?|"
    "divorce|wedding|marriage|pregnancy|mother|father|parents|mum|mom|dad)"
)
_BODY: Final = (
    "(?:illness|sickness|disease|disability|diagnosis|therapy|surgery|operation|cancer|depression|burn-?out|"
    "adhd|autism|accident|(?:sick |parental |maternity |paternity )?leave|age|accent|religion|faith|prayers)"
)
_CAREER: Final = (
    "(?:sabbatical|visa|nationality|home country|retirement|promotion|demotion|probation|resignation|salary|"
    "raise|bonus|transfer|trial period|thesis|apprenticeship|internship)"
)
_BEING: Final = (
    "(?:pregnant|disabled|deaf|blind|gay|lesbian|trans|muslim|jewish|christian|hindu|buddhist|divorced|widowed|"
    "autistic|dyslexic|ill|sick|part[-\\s]time)"
)
_POST: Final = "(?:role|job|post|position|title|predecessor|successor|deputy|assistant|intern|apprentice)"
_RANK: Final = "(?:only|newest|youngest|oldest|eldest|first|last|sole|most (?:junior|senior))"
_TOLD: Final = (
    "(?:said|told|wrote|written|mentioned|asked|suggested|proposed|explained|reported|raised|complained|"
    "refused)"
)
_CAME: Final = "(?:joined|started|came|left|returned|moved|transferred|hired|interviewed|promoted|away|new)"

_BEFORE: Final = r"(?:[€$£¥₹]|\b(?:EUR|USD|GBP|CHF))"
_AFTER: Final = r"(?:[€$£¥₹]|(?:k|EUR|USD|GBP|CHF|euros?|dollars?|pounds?|francs?)\b)"

_SIGNS: Final = (
    (r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", ADDRESS),
    (r"(?<!\w)@\w{2,40}", MENTION),
    (r"\b(?:https?://|www\.)\S{1,300}", LINK),
    (r"(?<!\d)\d{4}[-./]\d{1,2}[-./]\d{1,2}(?!\d)", DATE),
    (r"(?<![\d.,/])\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})?(?!\d)", DATE),
    (r"(?<![\d.,/])\d{1,2}/\d{1,2}(?![\d/])", DATE),
    (rf"\b{_NTH}\s{{1,3}}(?:of\s{{1,3}})?{_MONTH}\b", DATE),
    (rf"\b{_MONTH}\.?\s{{1,3}}(?:the\s{{1,3}})?(?:{_NTH}|\d{{4}})\b", DATE),
    (rf"\b{_WEEKDAY}s?,?\s{{1,3}}(?:(?:the|at)\s{{1,3}})?{_NTH}\b", DATE),
    (rf"\b(?:last|next|this|that)\s{{1,3}}{_WEEKDAY}\b", DATE),
    (r"(?<![\d.:])\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?(?!\d)", CLOCK),
    (r"(?<![\d.:])\d{1,2}(?:[.:]\d{2})?\s?(?:[ap]\.?m\b\.?|o[\u2019']clock\b|uhr\b)", CLOCK),
    (rf"{_BEFORE}\s?\d[\d.,\u2019' \u00a0]{{0,18}}(?:\s?(?:k|m|bn|million)\b)?", MONEY),
    (rf"(?<![\d.,])\d[\d.,\u2019']{{0,18}}\s?{_AFTER}", MONEY),
    (r"(?<![\w+])\+?\(?\d(?:[ ()/.\u00a0-]{0,3}\d){6,14}(?!\d)", PHONE),
    (r"\b[A-Z]{1,8}[-_]\d{1,12}\b", NUMBER),
    (r"#\d{1,12}\b", NUMBER),
    (r"(?<![\d.,])\d{1,3}(?:[.,\u2019' \u00a0]\d{3}){1,5}(?!\d)", NUMBER),
    (r"\d{3,40}", NUMBER),
)
_PHRASES: Final = (
    (f"I AM (?:the|our) (?:one|{_RANK})", ONLY),
    (f"(?:the|our) (?:only|sole) (?:one|person|{_SOMEBODY})", ONLY),
    (f"(?:as|being) (?:the|our) {_RANK}", ONLY),
    ("nobody (?:else )?but me", ONLY),
    (f"(?:as|like|when|after|since) I DID{_TOLD}", SAID),
    ("I DID(?:told|asked|warned|(?:wrote|complained|reported) to) (?:you|him|her|them)", SAID),
    (
        "my (?:question|e-?mail|mail|message|proposal|suggestion|complaint|report|presentation|talk|ticket)",
        SAID,
    ),
    (f"my (?:own |old |new |first )?(?:{_KIN}|{_BODY}|{_CAREER})", YOURSELF),
    (rf"I AM (?:\w{{1,12}} )?{_BEING}", YOURSELF),
    (
        f"as an? (?:(?:single|working|young|old) )?(?:{_SOMEBODY}|{_BEING}|jew|veteran|wheelchair user)",
        YOURSELF,
    ),
    (rf"in my (?:\w{{1,12}} )?{_POST}", WORK),
    (f"my {_POST}", WORK),
    ("I AM (?:responsible for|in charge of|the owner of)", WORK),
    ("I (?:run|lead|manage|own|took over) (?:the|our|a)", WORK),
    (f"as (?:your|his|her|the) {_SOMEBODY}", WORK),
    (f"(?:when|since|before|after|while) I (?:(?:was|had) )?(?:{_CAME}|on leave|off sick)", SINCE),
    ("my (?:first|last|second|third) (?:day|week|month|year|interview)s?", SINCE),
    ("I(?: have|[\u2019']ve) (?:worked|been) here (?:for|since)", SINCE),
)


def _phrase(words: str) -> str:
    words = words.replace("I AM", "I(?: am| was| have been|[\u2019']m)")
    words = words.replace("I DID", "I(?: have| had|[\u2019']ve)?(?: already)? ")
    return rf"\b{words}\b".replace(" ", r"\s{1,3}")


_GERMAN: Final = (
    (german.DATES, DATE),
    (german.ONLY_ONES, ONLY),
    (german.SAID_BEFORE, SAID),
    (german.ABOUT_ONESELF, YOURSELF),
    (german.WORK_OF_ONE, WORK),
    (german.COMINGS, SINCE),
)
_PATTERNS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), why)
    for pattern, why in (
        *_SIGNS,
        *((_phrase(words), why) for words, why in _PHRASES),
        *((_phrase(words), why) for phrases, why in _GERMAN for words in phrases),
    )
)


def _patterns(text: str) -> Iterator[Mark]:
    for pattern, why in _PATTERNS:
        for match in pattern.finditer(text):
            said = match.group().rstrip(" .,-\u00a0'\u2019")
            yield Mark(match.start(), match.start() + len(said), why)
