"""Answer files: YAML that a person fills in by hand, checked against the instrument it answers."""

from __future__ import annotations

import textwrap
import unicodedata
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from fairlead.core.problems import BadInput
from fairlead.core.scales import NOT_MY_WORK, score
from fairlead.core.tables import Answers
from fairlead.library.load import instrument as shipped_instrument
from fairlead.library.load import instruments as shipped_instruments
from fairlead.library.load import read_yaml
from fairlead.library.schema import Asks, ItemKind
from fairlead.library.wording import MOST_TOLD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairlead.core.problems import Problem
    from fairlead.core.scales import Scored
    from fairlead.library.load import Document
    from fairlead.library.schema import Instrument, Item

    Path = tuple[str | int, ...]

MAX_TEXT: Final = 2000
MAX_LINES: Final = 50
FIELDS: Final = ("instrument", "version", "answered_on", "answers")


def read_answers(
    name: str, data: bytes, instruments: Mapping[str, Instrument] | None = None
) -> tuple[Answers, ...]:
    """Read the answers in a YAML file, in order of date, or raise :class:`BadInput` with every problem.

    A file holds one set of answers (a mapping) or several (a list): other instruments, other dates.
    ``instruments`` adds a person's own to those that are shipped.
    """
    document = read_yaml(name, data)
    reader = _Reader(document, dict(instruments or {}))
    value = document.value
    if isinstance(value, list):
        found = [reader.one((i,), entry) for i, entry in enumerate(value)]
        if not value:
            reader.complain((), "The list is empty.", "Write at least one set of answers.")
    else:
        found = [reader.one((), value)]
    if reader.problems:
        raise BadInput(*sorted(reader.problems, key=lambda problem: (problem.line or 0, problem.column or 0)))
    return tuple(sorted((answers for answers in found if answers), key=lambda answers: answers.answered_on))


def score_answers(answers: Answers, instruments: Mapping[str, Instrument] | None = None) -> Scored:
    """Score answers by the instrument that they answer."""
    own = (instruments or {}).get(answers.instrument)
    form = own or shipped_instrument(answers.instrument)
    return score(answers, form.scoring(), pairs=form.compared(), numbers=form.counted())


def new_answers(instrument: Instrument, answered_on: str = "") -> str:
    """Write an empty answer file, each question as a remark; several can be joined into one file."""
    lines = [
        *_remark(f"{instrument.title}, version {instrument.version}. About {instrument.minutes} minutes."),
        *_remark(instrument.period),
        *_remark(instrument.privacy),
        *_remark("Write the number of your answer after the colon. Leave empty what you do not want to say."),
        f"- instrument: {instrument.id}",
        f'  version: "{instrument.version}"',
        f"  answered_on: {answered_on}".rstrip(),
        "  answers:",
    ]
    for section in instrument.sections:
        lines += ["", *_remark(f"== {section.title} ==", 4), *_remark(section.intro, 4)]
        for item in section.items:
            lines += ["", *_remark(item.text, 4), *_remark(item.help, 4), *_remark(_how(instrument, item), 6)]
            lines.append(f"    {item.id}:")
    return "\n".join(lines) + "\n"


def _remark(text: str, indent: int = 0) -> list[str]:
    begin = "    # " if indent else "# "
    inner = " " * max(indent - 4, 0)
    return textwrap.wrap(text, 100, initial_indent=begin + inner, subsequent_indent=begin + inner)


def _how(instrument: Instrument, item: Item) -> str:
    if item.kind is ItemKind.CHOICE:
        return " · ".join(f"{value:g} {label}" for value, label in instrument.choices(item))
    presets = "; ".join(f"{preset.id}: {preset.label}" for preset in item.presets)
    return {
        ItemKind.NUMBER: f"A number from {item.low or 0:g} to {item.high or 0:g}, {item.unit}.",
        ItemKind.DATE: "A date like 2026-01-31.",
        ItemKind.TEXT: "Your own words, in quotes.",
        ItemKind.REGISTER: 'A list, like ["the first entry", "the second entry"].'
        + (f" For example: {'; '.join(preset.label for preset in item.presets)}." if presets else ""),
        ItemKind.MANY: f"A list of those that apply, like [{presets.partition(':')[0]}]. {presets}.",
    }[item.kind]


class _Reader:
    """Turns one document into answers and collects what is wrong on the way."""

    def __init__(self, document: Document, own: dict[str, Instrument]) -> None:
        self.document = document
        self.own = {name: form for name, form in own.items() if form.asks is Asks.SELF}
        self.of_others = own.keys() - self.own.keys()
        self.problems: list[Problem] = []
        self._seen: set[tuple[str, str]] = set()

    def complain(self, path: Path, wrong: str, right: str, *, key: bool = False) -> None:
        self.problems.append(self.document.problem(path, wrong, right, key=key))
        if len(self.problems) >= MOST_TOLD:
            raise BadInput(*self.problems)

    def one(self, path: Path, entry: object) -> Answers | None:
        if not isinstance(entry, dict):
            self.complain(path, "Answers begin with “instrument: …”.", "Write a mapping, or a list of them.")
            return None
        self._fields(path, entry)
        instrument = self._instrument(path, entry)
        answered_on = self._answered_on(path, entry)
        if instrument is None or answered_on is None:
            return None
        if (instrument.id, answered_on) in self._seen:
            wrong = f"“{instrument.id}” of {answered_on} is already in this file."
            self.complain((*path, "answered_on"), wrong, "Keep one of them, or correct the date.")
        self._seen.add((instrument.id, answered_on))
        return self._answers((*path, "answers"), entry.get("answers"), instrument, answered_on)

    def _fields(self, path: Path, entry: Mapping[str, object]) -> None:
        for field in entry:
            if field not in FIELDS:
                self.complain((*path, field), f"“{field}” is not known here.", _near(field, FIELDS), key=True)
        for field in FIELDS:
            if field not in entry:
                self.complain(path, f"“{field}” is missing.", f"Add “{field}:” here.")

    def _instrument(self, path: Path, entry: Mapping[str, object]) -> Instrument | None:
        wanted = entry.get("instrument")
        if "instrument" not in entry:
            return None
        known = [*shipped_instruments(Asks.SELF), *self.own]
        if isinstance(wanted, str) and wanted in {*shipped_instruments(), *self.of_others} - {*known}:
            wrong = f"“{wanted}” is asked of others, and this file holds one person's answers about oneself."
            right = "Put everybody's answers into a table, for “fairlead score” or “fairlead release”."
            self.complain((*path, "instrument"), wrong, right)
            return None
        if not isinstance(wanted, str) or wanted not in known:
            wrong = f"There is no instrument “{_shown(wanted)}”."
            self.complain((*path, "instrument"), wrong, _near(str(wanted), known))
            return None
        found = self.own.get(wanted) or shipped_instrument(wanted)
        version = entry.get("version")
        if "version" in entry and str(version) != found.version:
            wrong = f"These are answers to version {_shown(version)} of “{wanted}”."
            self.complain((*path, "version"), wrong, f"This is version {found.version}: answer that one.")
            return None
        return found

    def _answered_on(self, path: Path, entry: Mapping[str, object]) -> str | None:
        if "answered_on" not in entry:
            return None
        found = _date(entry["answered_on"])
        if found is None:
            wrong = f"“answered_on” is “{_shown(entry['answered_on'])}”."
            self.complain((*path, "answered_on"), wrong, "It should be a date like 2026-01-31.")
        return found

    def _answers(self, path: Path, said: object, instrument: Instrument, answered_on: str) -> Answers | None:
        if said is None:
            said = {}
        if not isinstance(said, dict):
            self.complain(path, "“answers” should be a mapping.", "Write “question: answer” lines.")
            return None
        items = {item.id: item for item in instrument.items}
        values: dict[str, float] = {}
        texts: dict[str, str] = {}
        for item_id, given in said.items():
            here = (*path, item_id)
            if item_id not in items:
                wrong = f"“{item_id}” is no question of “{instrument.id}”."
                self.complain(here, wrong, _near(item_id, list(items)), key=True)
            elif given is not None:
                self._answer(here, given, instrument, items[item_id], values, texts)
        return Answers(
            instrument=instrument.id,
            version=instrument.version,
            answered_on=answered_on,
            values=values,
            texts=texts,
        )

    def _answer(
        self,
        path: Path,
        given: object,
        instrument: Instrument,
        item: Item,
        values: dict[str, float],
        texts: dict[str, str],
    ) -> None:
        if item.kind is ItemKind.CHOICE:
            number = self._choice(path, given, instrument, item)
        elif item.kind is ItemKind.NUMBER:
            number = self._number(path, given, item)
        else:
            text = self._text(path, given, item)
            if text:
                texts[item.id] = text
            return
        if number is not None:
            values[item.id] = number

    def _choice(self, path: Path, given: object, instrument: Instrument, item: Item) -> float | None:
        offered = instrument.choices(item)
        for value, label in offered:
            same_words = isinstance(given, str) and given.strip().casefold() == label.casefold()
            if same_words or (_is_number(given) and given == value):
                return value
        right = "It should be " + ", ".join(f"{value:g} ({label})" for value, label in offered) + "."
        if given == NOT_MY_WORK and _is_number(given):
            right = "This question is about every kind of work. " + right
        self.complain(path, f"“{item.id}” is “{_shown(given)}”.", right)
        return None

    def _number(self, path: Path, given: object, item: Item) -> float | None:
        low, high = item.low or 0.0, item.high or 0.0
        if isinstance(given, (int, float)) and _is_number(given) and low <= given <= high:
            return float(given)
        right = f"It should be a number from {low:g} to {high:g} ({item.unit}), written with digits only."
        self.complain(path, f"“{item.id}” is “{_shown(given)}”.", right)
        return None

    def _text(self, path: Path, given: object, item: Item) -> str:
        if item.kind is ItemKind.DATE:
            found = _date(given)
            if found is None:
                self.complain(
                    path, f"“{item.id}” is “{_shown(given)}”.", "It should be a date like 2026-01-31."
                )
            return found or ""
        if isinstance(given, list) and item.kind is not ItemKind.TEXT:
            lines = self._lines(path, [((*path, i), entry) for i, entry in enumerate(given)])
        else:
            lines = self._lines(path, [(path, given)])
        if item.kind is ItemKind.MANY:
            return "\n".join(self._ticked(lines, item))
        return "\n".join(text for _, text in lines)

    def _lines(self, path: Path, entries: Sequence[tuple[Path, object]]) -> list[tuple[Path, str]]:
        if len(entries) > MAX_LINES:
            self.complain(path, f"There are {len(entries)} entries.", f"At most {MAX_LINES} are read.")
            return []
        found = []
        for place, entry in entries:
            if not isinstance(entry, (str, int, float)) or isinstance(entry, bool):
                self.complain(place, f"“{_shown(entry)}” stands here.", "It should be text, in quotes.")
                continue
            text = unicodedata.normalize("NFC", str(entry)).strip()
            if len(text) > MAX_TEXT:
                self.complain(
                    place, f"The text has {len(text):,} characters.", f"At most {MAX_TEXT:,} are read."
                )
            elif text:
                found.append((place, text))
        return found

    def _ticked(self, lines: Sequence[tuple[Path, str]], item: Item) -> list[str]:
        known = {preset.label.casefold(): preset.id for preset in item.presets}
        known |= {preset.id: preset.id for preset in item.presets}
        found: list[str] = []
        for place, line in lines:
            ticked = known.get(line.casefold())
            if ticked is None:
                right = _near(line, [preset.id for preset in item.presets])
                self.complain(place, f"“{_shown(line)}” is not one of the answers.", right)
            elif ticked not in found:
                found.append(ticked)
        return found


def _is_number(given: object) -> bool:
    return isinstance(given, (int, float)) and not isinstance(given, bool)


def _date(given: object) -> str | None:
    """Give the date as written, if it is one; other ISO spellings (2026W031) are not taken."""
    if not isinstance(given, str) or len(given) != len("2026-01-31"):
        return None
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        return None


def _near(wanted: str, known: Sequence[str]) -> str:
    near = get_close_matches(wanted, known, n=1)
    return f"Did you mean “{near[0]}”?" if near else f"Known here: {', '.join(known)}."


def _shown(given: object) -> str:
    if given is None:
        return "nothing"
    if isinstance(given, dict):
        return "a mapping"
    if isinstance(given, list):
        return "a list"
    text = str(given).lower() if isinstance(given, bool) else str(given)
    return text if len(text) <= 60 else f"{text[:57]}…"
