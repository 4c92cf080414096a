"""The kind of each calendar event, by rules that are data, with a reason that a person can read.

No title leaves this module: what is kept of one is the lexicon's own term and, with a key, a
fingerprint that only the holder of the key can recognise.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.signals import FLAGS, NUMBERS, notice_minutes, read_signals
from fairlead.core.titles import DistinctTitles, Lexicon, fingerprint, normalise
from fairlead.core.wording import say_every, say_minutes, say_notice
from fairlead.core.work import Competency, HighPayoff, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from fairlead.core.tables import Meetings
    from fairlead.core.working_hours import WorkingHours

KINDS: Final = tuple(Kind)
"""Codes of ``Classified.kind`` are positions in this tuple."""

COMPETENCIES: Final = tuple(Competency)
"""Codes of ``Classified.competency`` are positions in this tuple; -1 is none."""

UNCLEAR: Final = KINDS.index(Kind.UNCLEAR)

WORD_SIGNS: Final = ("subject", "one_sense")
"""Signs that a rule can count besides flags and word lists; both are about the term that was found."""

NO_REASON: Final = "nothing in it says what kind of work it was"


class RuleError(ValueError):
    """A rule asks for something that does not exist; the message names the rule and what would be right."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A number of ``signals.NUMBERS`` must be known and lie within these bounds, both included."""

    signal: str
    at_least: float = -np.inf
    at_most: float = np.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """What a rule asks of an event; every part must hold.

    ``words``: the title is in one of these lists; ``and_words``: and in one of these too;
    ``not_words``: in none of these; ``bounds``: numbers; ``flags``: (name, wanted) pairs.
    ``signs``: of these, ``signs_needed`` must agree with the word: ``subject`` (the title names a
    subject besides it), ``one_sense`` (the word means one thing), a flag that is true, or another
    word list in which other words of the title are.
    """

    words: tuple[str, ...] = ()
    and_words: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    bounds: tuple[Bound, ...] = ()
    flags: tuple[tuple[str, bool], ...] = ()
    signs: tuple[str, ...] = ()
    signs_needed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: when it holds, what follows, and why, in plain words.

    ``about`` describes the rule in general; ``reason`` is the sentence for one event and may use
    ``{word}``, ``{notice}``, ``{every}``, ``{people}`` and ``{length}``. ``tags`` place the event
    in time categories (rows 18, 19) or mark a personal engagement (row 36).
    """

    id: str
    kind: Kind
    when: When
    about: str
    reason: str
    rows: tuple[int, ...] = ()
    competency: Competency | None = None
    high_payoff: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Ordered rules with the lexicon they refer to; the first rule that holds decides.

    Raises
    ------
    RuleError
        When a rule names a word list or signal that does not exist, or an id occurs twice.
    """

    rules: tuple[Rule, ...]
    lexicon: Lexicon
    version: str = ""
    own_areas: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check every reference once, so that classification can trust them."""
        seen: set[str] = set()
        for rule in self.rules:
            if rule.id in seen:
                raise RuleError(f"The rule “{rule.id}” is there twice. Ids must differ.")
            seen.add(rule.id)
            self._check(rule)

    def _check(self, rule: Rule) -> None:
        when = rule.when
        asked = {name for _, name, _, _ in Formatter().parse(rule.reason) if name is not None}
        if asked - {"word", "notice", "every", "people", "length"}:
            raise RuleError(f"The reason of the rule “{rule.id}” holds something else than the known gaps.")
        for name in (*when.words, *when.and_words, *when.not_words):
            if name not in self.lexicon.names:
                raise RuleError(
                    f"The rule “{rule.id}” asks for the word list “{name}”, which does not exist."
                )
        for bound in when.bounds:
            if bound.signal not in NUMBERS:
                raise RuleError(
                    f"The rule “{rule.id}” asks for the number “{bound.signal}”, which does not exist."
                )
        for flag, _ in when.flags:
            if flag not in FLAGS:
                raise RuleError(f"The rule “{rule.id}” asks for “{flag}”, which is no signal.")
        for sign in when.signs:
            if sign not in FLAGS and sign not in WORD_SIGNS and sign not in self.lexicon.names:
                raise RuleError(f"The rule “{rule.id}” counts “{sign}”, which is no sign.")
        if when.signs and not 1 <= when.signs_needed <= len(when.signs):
            raise RuleError(f"The rule “{rule.id}” needs more signs than it counts, or none.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRule:
    """A correction by the person, which wins over every shipped rule, now and for the past.

    ``about`` is ``"series"``, ``"title"`` or ``"word"``. ``match`` is a series fingerprint, a
    title fingerprint (or, when no key is in use, the normalised title), or a term of the form
    that lexicons use. ``high_payoff`` may name an area of the person's own (row 42).
    """

    about: str
    match: str
    kind: Kind
    competency: Competency | None = None
    high_payoff: str = ""


@dataclass(frozen=True, kw_only=True)
class Classified:
    """The kind of every event of one table, as codes, in the order of the table.

    Parameters
    ----------
    kind
        int8 positions in ``KINDS``.
    competency
        int8 positions in ``COMPETENCIES``, -1 for none.
    high_payoff
        int16 positions in ``areas``, -1 for none.
    rule
        int32 positions in ``rules``; -1 where nothing decided.
    word
        int32 positions in ``terms``: the term that decided, -1 for none.
    title_code
        int32: events whose titles are alike share a number; -1 for no title. Says nothing else.
    notice, every, people, minutes
        What the reasons say in numbers: minutes of notice, days between, people, length.
    """

    kind: NDArray[np.int8]
    competency: NDArray[np.int8]
    high_payoff: NDArray[np.int16]
    rule: NDArray[np.int32]
    word: NDArray[np.int32]
    title_code: NDArray[np.int32]
    notice: NDArray[np.int64]
    every: NDArray[np.float64]
    people: NDArray[np.int64]
    minutes: NDArray[np.int64]
    areas: tuple[str, ...]
    rules: tuple[Rule, ...]
    terms: tuple[str, ...]
    title_fingerprints: tuple[str, ...] = ()
    version: str = ""

    def __len__(self) -> int:
        return len(self.kind)

    def reason(self, row: int) -> str:
        """Return the sentence that says why the event of that row has its kind."""
        number = int(self.rule[row])
        if number < 0:
            return NO_REASON
        word = int(self.word[row])
        return self.rules[number].reason.format(
            word=self.terms[word] if word >= 0 else "",
            notice=say_notice(int(self.notice[row])),
            every=say_every(float(self.every[row])),
            people=int(self.people[row]),
            length=say_minutes(int(self.minutes[row])),
        )

    def tagged(self, tag: str) -> NDArray[np.bool_]:
        """Return which events were placed by a rule with that tag, shape (n,)."""
        has = np.array([*(tag in rule.tags for rule in self.rules), False])
        return has[self.rule]  # -1 is the last entry: no rule, no tag


def classify(
    meetings: Meetings,
    rules: Rules,
    *,
    own_rules: Sequence[OwnRule] = (),
    working_hours: WorkingHours | None = None,
    key: bytes | None = None,
) -> Classified:
    """Give every event a kind, a competency or high-payoff area, and a reason.

    Rules are tried in order and the first that holds decides; the person's own rules come before
    all others. An event for which no rule has evidence stays unclear: it is never called doing.

    Parameters
    ----------
    meetings
        n occurrences, with titles. Declined and transparent ones are classified too; that they
        cost no hours is decided where hours are counted.
    rules
        Shipped and added rules with their lexicon (``library.kinds.load_rules``).
    own_rules
        Corrections by the person; the newest wins, a series before a title before a word.
    working_hours
        When given, rules may ask ``outside_hours``.
    key
        Secret of the person. With it, titles and series are compared by fingerprint and
        ``title_fingerprints`` is filled, so that corrections can be kept without titles.

    Returns
    -------
    Classified
        Codes per row; reasons by ``reason(row)``. It holds no title.

    Notes
    -----
    Cost: each distinct title is read once, each rule is one pass over the columns.
    """
    titles = DistinctTitles.read(meetings.title, rules.lexicon)
    signals = read_signals(meetings)
    signals["outside_hours"] = _outside_hours(meetings, working_hours)
    n = len(meetings)
    rule_of, word_of = np.full(n, -1, dtype=np.int32), np.full(n, -1, dtype=np.int32)
    cache: dict[int, NDArray[np.int32]] = {}
    open_rows = np.ones(n, dtype=bool)
    for number, rule in enumerate(rules.rules):
        holds, word = _holds(rule.when, titles, signals, rules.lexicon, cache)
        holds &= open_rows
        rule_of[holds] = number
        word_of[holds] = word[holds]
        open_rows &= ~holds
    every_rule = (*rules.rules, *(_as_rule(own, i) for i, own in enumerate(own_rules)))
    own = _apply_own(own_rules, meetings, titles, key)
    rule_of = np.where(own >= 0, len(rules.rules) + own, rule_of).astype(np.int32)
    word_of[own >= 0] = -1
    return _coded(meetings, titles, rules, every_rule, rule_of, word_of, signals["every_days"], key)


def _coded(
    meetings: Meetings,
    titles: DistinctTitles,
    rules: Rules,
    every_rule: tuple[Rule, ...],
    rule_of: NDArray[np.int32],
    word_of: NDArray[np.int32],
    every: NDArray[np.float64] | NDArray[np.bool_],
    key: bytes | None,
) -> Classified:
    """Turn the deciding rules into codes."""
    named = [*HighPayoff, *rules.own_areas, *(rule.high_payoff for rule in every_rule if rule.high_payoff)]
    areas = tuple(dict.fromkeys(str(area) for area in named))
    kinds = [*(KINDS.index(rule.kind) for rule in every_rule), UNCLEAR]
    competencies = [*(COMPETENCIES.index(r.competency) if r.competency else -1 for r in every_rule), -1]
    payoffs = [*(areas.index(r.high_payoff) if r.high_payoff else -1 for r in every_rule), -1]
    return Classified(
        kind=np.array(kinds, dtype=np.int8)[rule_of],
        competency=np.array(competencies, dtype=np.int8)[rule_of],
        high_payoff=np.array(payoffs, dtype=np.int16)[rule_of],
        rule=rule_of,
        word=word_of,
        title_code=titles.codes,
        notice=notice_minutes(meetings),
        every=every.astype(np.float64),
        people=meetings.people,
        minutes=meetings.minutes,
        areas=areas,
        rules=every_rule,
        terms=rules.lexicon.words,
        title_fingerprints=() if key is None else tuple(fingerprint(t, key) for t in titles.distinct),
        version=rules.version,
    )


def _holds(
    when: When,
    titles: DistinctTitles,
    signals: Mapping[str, NDArray[np.float64] | NDArray[np.bool_]],
    lexicon: Lexicon,
    cache: dict[int, NDArray[np.int32]],
) -> tuple[NDArray[np.bool_], NDArray[np.int32]]:
    """Return for which rows a condition holds, and the term that each title gave."""

    def found(name: str) -> NDArray[np.int32]:
        number = lexicon.names[name]
        if number not in cache:
            cache[number] = titles.words(number)
        return cache[number]

    word = np.full(len(titles.distinct) + 1, -1, dtype=np.int32)  # per title, no title last
    for name in when.words:
        word = np.where(word >= 0, word, found(name))
    fits = word >= 0 if when.words else np.ones(len(word), dtype=bool)
    if when.and_words:
        fits &= np.any([found(name) >= 0 for name in when.and_words], axis=0)
    for name in when.not_words:
        fits &= found(name) < 0
    holds = fits[titles.codes]
    for bound in when.bounds:
        number = signals[bound.signal]
        holds &= (number >= bound.at_least) & (number <= bound.at_most)  # NaN satisfies neither
    for flag, wanted in when.flags:
        holds &= signals[flag] == wanted
    if when.signs:
        of_title = _count_title_signs(when, word, titles, lexicon, found)
        agree = of_title[titles.codes]
        for sign in when.signs:
            if sign in FLAGS:
                agree += signals[sign].astype(np.int8)
        holds &= agree >= when.signs_needed
    return holds, word[titles.codes]


def _count_title_signs(
    when: When,
    word: NDArray[np.int32],
    titles: DistinctTitles,
    lexicon: Lexicon,
    found: Callable[[str], NDArray[np.int32]],
) -> NDArray[np.int8]:
    """Count per distinct title how many signs in the title itself agree with the word that was found."""
    count = np.zeros(len(word), dtype=np.int8)
    subject, one_sense = np.zeros(len(word), dtype=bool), np.zeros(len(word), dtype=bool)
    begin, end = np.full(len(word), -1, dtype=np.int32), np.full(len(word), -1, dtype=np.int32)
    for name in reversed(when.words):  # the first list that holds the title gave the word
        here, number = found(name) >= 0, lexicon.names[name]
        first, after = titles.place(number)
        begin, end = np.where(here, first, begin), np.where(here, after, end)
        subject = np.where(here, titles.names_subject(number), subject)
        one_sense = np.where(here, titles.one_sense(number), one_sense)
    for sign in when.signs:
        if sign == "subject":
            count += subject
        elif sign == "one_sense":
            count += one_sense
        elif sign in lexicon.names:
            first, after = titles.place(lexicon.names[sign])
            count += (first >= 0) & ((first >= end) | (after <= begin))  # other words of the title
    return count


def _outside_hours(meetings: Meetings, hours: WorkingHours | None) -> NDArray[np.bool_]:
    """Return which events start outside working hours; none when these are not known."""
    if hours is None:
        return np.zeros(len(meetings), dtype=bool)
    day, minute = np.divmod(meetings.start_local, 1440)
    begin, end = hours.bounds()
    weekday = (day + 3) % 7  # 1970-01-01 was a Thursday
    outside: NDArray[np.bool_] = ((minute < begin[weekday]) | (minute >= end[weekday])) & ~meetings.all_day
    return outside


_OWN_SAYS: Final = {
    "series": "you sorted this series yourself",
    "title": "you sorted events of this title yourself",
    "word": "your own rule for “{word}”",
}


def _as_rule(own: OwnRule, place: int) -> Rule:
    """Give an own rule the shape of a rule, so that reasons and sums treat them alike."""
    if own.about not in _OWN_SAYS:
        raise RuleError(f"An own rule is about “{own.about}”. It must be about “series”, “title” or “word”.")
    says = _OWN_SAYS[own.about]
    if own.about == "word":
        says = says.replace("{word}", own.match.replace("{", "").replace("}", ""))
    return Rule(
        id=f"own-{place + 1}",
        kind=own.kind,
        when=When(),
        about=says,
        reason=says,
        competency=own.competency,
        high_payoff=own.high_payoff,
    )


def _apply_own(
    own_rules: Sequence[OwnRule], meetings: Meetings, titles: DistinctTitles, key: bytes | None
) -> NDArray[np.int32]:
    """Return per row which own rule decides, -1 for none: what comes later in the order wins."""
    decided = np.full(len(meetings), -1, dtype=np.int32)
    rank = {"word": 0, "title": 1, "series": 2}
    abouts = {own.about for own in own_rules}
    spell = normalise if key is None else (lambda title: fingerprint(title, key))
    spelled = [spell(t) for t in titles.distinct] if "title" in abouts else []
    prints: dict[int, str] = {}
    if "series" in abouts:
        prints = series_fingerprints(meetings, titles.codes, titles.distinct, key or b"")
    for place in sorted(range(len(own_rules)), key=lambda place: (rank[own_rules[place].about], place)):
        own = own_rules[place]
        if own.about == "series":
            numbers = [number for number, found in prints.items() if found == own.match]
            decided[np.isin(meetings.series, numbers)] = place
            continue
        table = np.zeros(len(titles.distinct) + 1, dtype=bool)
        if own.about == "title":
            wanted = normalise(own.match) if key is None else own.match
            table[:-1] = [text == wanted for text in spelled]
        else:
            lexicon = Lexicon.of({"own": (own.match,)})
            table[:-1] = [bool(lexicon.find(title)) for title in titles.distinct]
        decided[table[titles.codes]] = place
    return decided


def series_fingerprints(
    meetings: Meetings, codes: NDArray[np.int32], distinct: Sequence[str], key: bytes
) -> dict[int, str]:
    """Return a fingerprint for every series, the same when the calendar is read again later.

    It covers the title, the weekday, the time of day and the length of the series' first
    occurrence in the table, under the person's key.

    Parameters
    ----------
    meetings, codes, distinct
        The table, the number of each row's title and the distinct normalised titles.
    key
        Secret of the person.
    """
    numbers, first = np.unique(meetings.series, return_index=True)
    prints = {}
    for number, row in zip(numbers.tolist(), first.tolist(), strict=True):
        day, minute = divmod(int(meetings.start_local[row]), 1440)
        title = distinct[codes[row]] if codes[row] >= 0 else ""
        text = f"{title}|{(day + 3) % 7}|{minute}|{int(meetings.minutes[row])}"
        prints[number] = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:32]
    return prints
