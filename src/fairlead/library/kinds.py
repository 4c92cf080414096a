"""Rules and word lists that give calendar events their kind: those we ship and those people add."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from fairlead.core.kinds import Bound, OwnRule, Rule, RuleError, Rules, When
from fairlead.core.problems import BadInput, Problem
from fairlead.core.titles import Lexicon, WordList
from fairlead.core.work import Competency, HighPayoff, Kind
from fairlead.library.load import read_yaml, shipped, validate

if TYPE_CHECKING:
    from pathlib import Path

    from fairlead.library.load import Document

LEXICONS: Final = (
    "lexicon/kinds-en.yaml",
    "lexicon/kinds-de.yaml",
    "lexicon/trades-en.yaml",
    "lexicon/trades-de.yaml",
    "lexicon/heads.yaml",
    "lexicon/small-words.yaml",
)
RULES: Final = (
    "rules/kinds-1-time-off.yaml",
    "rules/kinds-2-firefighting.yaml",
    "rules/kinds-3-people.yaml",
    "rules/kinds-4-managing.yaml",
    "rules/kinds-5-doing.yaml",
    "rules/kinds-6-heads.yaml",
    "rules/kinds-7-last.yaml",
)

Word = Annotated[str, Field(min_length=1, max_length=80)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,59}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ListEntry(_Strict):
    """One word list of a lexicon file."""

    name: Name
    terms: Annotated[list[Word], Field(min_length=1, max_length=2000)]
    unless: list[Word] = []


class Limits(_Strict):
    """Bounds of a number, both included; one of them may be missing."""

    at_least: float | None = None
    at_most: float | None = None


class WhenEntry(_Strict):
    """The condition of a rule."""

    words: list[Name] = []
    and_words: list[Name] = []
    not_words: list[Name] = []
    numbers: dict[Name, Limits] = {}
    flags: dict[Name, bool] = {}
    signs: list[Name] = []
    signs_needed: Annotated[int, Field(ge=1, le=9)] = 1


class Facts(_Strict):
    """One event as an example: what is not said is usual (an hour on a workday, set up long before)."""

    title: str = ""
    every: Literal["once", "daily", "weekly", "biweekly", "monthly", "quarterly"] = "once"
    notice: float | None = 200.0
    minutes: int = 60
    start: str = "10:00"
    organizer: str = "self"
    reports: int = 0
    managers: int = 0
    peers: int = 0
    other_functions: int = 0
    outside: int = 0
    unknown: int = 0
    all_day: bool = False
    transparent: bool = False
    private: bool = False
    personal: bool = False


class RuleEntry(_Strict):
    """One rule with the examples that it must and must not decide."""

    id: Id
    rows: Annotated[list[int], Field(min_length=1)]
    kind: Kind
    competency: Competency | None = None
    high_payoff: str = ""
    tags: list[Name] = []
    about: Annotated[str, Field(min_length=5, max_length=160)]
    reason: Annotated[str, Field(min_length=5, max_length=160)]
    when: WhenEntry
    examples: Annotated[list[Facts], Field(min_length=1)]
    not_examples: Annotated[list[Facts], Field(min_length=1)]


class OwnRuleEntry(_Strict):
    """A correction kept in a person's own file."""

    about: Literal["series", "title", "word"]
    match: Word
    kind: Kind
    competency: Competency | None = None
    high_payoff: str = ""


class LexiconFile(_Strict):
    """A file of word lists."""

    language: str
    lists: list[ListEntry]


class RuleFile(_Strict):
    """A file of ordered rules."""

    rules: list[RuleEntry]


class OwnFile(_Strict):
    """A person's or organization's own additions: words, high-payoff areas, rules, corrections."""

    lists: list[ListEntry] = []
    areas: list[Word] = []
    rules: list[RuleEntry] = []
    own: list[OwnRuleEntry] = []


@cache
def rule_entries() -> tuple[RuleEntry, ...]:
    """Return the shipped rules in their order, with their examples."""
    return tuple(entry for path in RULES for entry in validate(RuleFile, shipped(path)).rules)


@cache
def _shipped() -> Rules:
    lists = [entry for path in LEXICONS for entry in validate(LexiconFile, shipped(path)).lists]
    rules = tuple(_rule(entry) for entry in rule_entries())
    return Rules(rules=rules, lexicon=_lexicon(lists), version="1")


def load_rules(extra: Path | None = None) -> Rules:
    """Load the shipped rules and, from a file of one's own, words, areas and rules that come first.

    Lists of the own file that carry a shipped name add their words to it.

    Raises
    ------
    BadInput
        When the file is not of the form that ``docs/methods/kinds-of-work.md`` describes.
    """
    base = _shipped()
    if extra is None:
        return base
    own, document = _own_file(extra)
    lists = [*(_entry(known) for known in base.lexicon.lists), *own.lists]
    try:
        return Rules(
            rules=(*(_rule(entry) for entry in own.rules), *base.rules),
            lexicon=_lexicon(lists),
            version=f"{base.version}+{document.sha256[:8]}",
            own_areas=tuple(own.areas),
        )
    except RuleError as error:
        right = "Use the names listed on the page about kinds of work."
        raise BadInput(Problem(file=document.name, wrong=str(error), right=right)) from None


def load_own_rules(extra: Path) -> tuple[OwnRule, ...]:
    """Load the corrections of a person's own file, in their order."""
    own, _ = _own_file(extra)
    return tuple(
        OwnRule(
            about=entry.about,
            match=entry.match,
            kind=entry.kind,
            competency=entry.competency,
            high_payoff=entry.high_payoff,
        )
        for entry in own.own
    )


def _own_file(path: Path) -> tuple[OwnFile, Document]:
    try:
        data = path.read_bytes()
    except OSError as error:
        wrong = f"The file cannot be read ({error.strerror})."
        raise BadInput(Problem(file=path.name, wrong=wrong, right="Give a YAML file.")) from None
    document = read_yaml(path.name, data)
    return validate(OwnFile, document), document


def _rule(entry: RuleEntry) -> Rule:
    when = entry.when
    bounds = tuple(
        Bound(
            name,
            float("-inf") if limits.at_least is None else limits.at_least,
            float("inf") if limits.at_most is None else limits.at_most,
        )
        for name, limits in when.numbers.items()
    )
    return Rule(
        id=entry.id,
        kind=entry.kind,
        competency=entry.competency,
        high_payoff=_area(entry.high_payoff),
        tags=tuple(entry.tags),
        about=entry.about,
        reason=entry.reason,
        rows=tuple(entry.rows),
        when=When(
            words=tuple(when.words),
            and_words=tuple(when.and_words),
            not_words=tuple(when.not_words),
            bounds=bounds,
            flags=tuple(when.flags.items()),
            signs=tuple(when.signs),
            signs_needed=when.signs_needed,
        ),
    )


def _area(name: str) -> str:
    """Return the vocabulary's own word for a high-payoff area, or the person's."""
    return HighPayoff(name) if name in set(HighPayoff) else name


def _entry(known: WordList) -> ListEntry:
    return ListEntry(name=known.name, terms=list(known.terms), unless=list(known.unless))


def _lexicon(entries: list[ListEntry]) -> Lexicon:
    """Join lists of one name over languages and files."""
    terms: dict[str, list[str]] = {}
    unless: dict[str, list[str]] = {}
    for entry in entries:
        terms.setdefault(entry.name, []).extend(entry.terms)
        unless.setdefault(entry.name, []).extend(entry.unless)
    return Lexicon(
        tuple(
            WordList(
                name=name,
                terms=tuple(dict.fromkeys(found)),
                unless=tuple(dict.fromkeys(unless[name])),
            )
            for name, found in terms.items()
        )
    )
