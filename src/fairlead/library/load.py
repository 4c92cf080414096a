"""Find, read and check the YAML files that Fairlead ships and that people write themselves.

The reader is strict, because people's files are hostile or hurried: plain values stay what was
written (``no``, ``12:30`` and ``1.10`` are text), every value knows its line and column, and
duplicate keys, anchors, aliases, tags, deep nesting and large files are refused.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from fairlead.core.problems import BadInput, Problem
from fairlead.library.conversation import Conversation, ConversationFile
from fairlead.library.crosschecks import mirror_misfits
from fairlead.library.direction import ActivityFile, BurdenFile, ChoiceFile, DirectionTexts, QuestionFile
from fairlead.library.handbook_page import HandbookFile, HandbookPage
from fairlead.library.practice import INSTRUMENT, SKILLS, Practice, PracticePage
from fairlead.library.schema import Asks, Instrument, Research
from fairlead.library.track_library import TrackFile
from fairlead.library.track_library import profiles as track_profiles
from fairlead.library.translations import ORIGINAL, check_head, translated
from fairlead.library.wording import placed_problems
from fairlead.library.yaml_faults import syntax_problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairlead.core.tracks import TrackProfile

MAX_BYTES: Final = 256 * 1024
MAX_DEPTH: Final = 20

Model = TypeVar("Model", bound=BaseModel)
Versioned = TypeVar(
    "Versioned", bound="Instrument | QuestionFile | ChoiceFile | BurdenFile | ActivityFile | TrackFile"
)
Path = tuple[str | int, ...]

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE: Final = re.compile(r"-?(0|[1-9][0-9]{0,15})")
_DECIMAL: Final = re.compile(r"-?(0|[1-9][0-9]{0,15})\.[0-9]{1,15}")
_CONSTANTS: Final[dict[str, bool | None]] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")
"""Controls, line separators that editors do not count, and marks that turn text around."""


@dataclass(frozen=True, slots=True)
class Document:
    """A read YAML file: plain values, where each of them stands, and the digest of the bytes.

    Mappings are dicts with text keys, lists are lists; the rest is ``str``, ``int``, ``float``,
    ``bool`` or ``None``.
    """

    name: str
    value: object
    sha256: str
    places: Mapping[Path, tuple[int, int]]
    key_places: Mapping[Path, tuple[int, int]]

    def position(self, path: Sequence[str | int], *, key: bool = False) -> tuple[int, int]:
        """Give line and column, from 1, of the value at that path (or of its key).

        Parts of the path that do not exist are passed over, so a missing value is placed where its
        mapping begins.
        """
        known: Path = ()
        last_found = False
        for part in path:
            last_found = (*known, part) in self.places
            known = (*known, part) if last_found else known
        if key and last_found and known in self.key_places:
            return self.key_places[known]
        return self.places[known]

    def problem(self, path: Sequence[str | int], wrong: str, right: str, *, key: bool = False) -> Problem:
        """Say what is wrong at that path, with its place."""
        line, column = self.position(path, key=key)
        return Problem(file=self.name, wrong=wrong, right=right, line=line, column=column)


def read_yaml(name: str, data: bytes) -> Document:
    """Read one YAML document strictly, or raise :class:`BadInput` that names line and column.

    A plain value becomes a number only where the number written back gives the same text.
    """
    text = _decode(name, data)
    _refuse_unseen(name, text)
    reader = _Reader(name)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        raise BadInput(syntax_problem(name, error)) from None
    if not reader.places:
        raise BadInput(Problem(file=name, wrong="The file is empty.", right="It should hold a YAML mapping."))
    return Document(
        name=name,
        value=reader.value,
        sha256=hashlib.sha256(data).hexdigest(),
        places=MappingProxyType(reader.places),
        key_places=MappingProxyType(reader.key_places),
    )


def validate(model: type[Model], document: Document) -> Model:
    """Build the model from the document, or raise :class:`BadInput` with every problem placed."""
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        found = placed_problems(model, error, document.problem)
    found.sort(key=lambda problem: (problem.line or 0, problem.column or 0))
    raise BadInput(*found)


@cache
def shipped(path: str) -> Document:
    """Read a YAML file of the library by its path inside it, e.g. ``"rules/kinds.yaml"``."""
    return read_yaml(path.rpartition("/")[2], _resource(path))


def _resource(path: str) -> bytes:
    return resources.files("fairlead.library").joinpath(path).read_bytes()


def _refuse_unseen(name: str, text: str) -> None:
    found = UNSEEN.search(text)
    if found:
        before = text[: found.start()]
        wrong = f"The text holds the invisible character U+{ord(found.group()):04X}."
        line, column = before.count("\n") + 1, found.start() - before.rfind("\n")
        raise BadInput(Problem(file=name, wrong=wrong, right="Remove it.", line=line, column=column))


def _decode(name: str, data: bytes) -> str:
    if len(data) > MAX_BYTES:
        size = f"The file has {len(data):,} bytes."
        raise BadInput(Problem(file=name, wrong=size, right=f"At most {MAX_BYTES:,} bytes are read."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise BadInput(
            Problem(
                file=name,
                wrong="This is not UTF-8 text.",
                right="Save the file as UTF-8.",
                line=line,
                column=column,
            )
        ) from None


class _Reader:
    """Builds values from parser events with a stack of its own, so that depth is known at once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.value: object = None
        self.places: dict[Path, tuple[int, int]] = {}
        self.key_places: dict[Path, tuple[int, int]] = {}
        self._open: list[_Open] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self._start_document(event)
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(event, "An alias (*) stands here.", "Write the value out.")
        elif isinstance(event, yaml.ScalarEvent):
            self._refuse_marks(event)
            self._scalar(event)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._refuse_marks(event)
            self._begin(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._open.pop()

    def _start_document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            self._refuse(event, "A second document begins here.", "One file holds one document.")
        if event.version or event.tags:
            self._refuse(event, "The file begins with a % line.", "Leave the % lines out.")

    def _begin(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        if self._open and self._open[-1].awaits_key:
            self._refuse(event, "A list or mapping stands where a name should be.", "Names are plain text.")
        if len(self._open) >= MAX_DEPTH:
            self._refuse(event, f"The nesting is deeper than {MAX_DEPTH} levels.", "Write it flatter.")
        holder: dict[str, object] | list[object] = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._place(holder, event)
        self._open.append(_Open(path=path, holder=holder))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        hidden = UNSEEN.search(event.value)
        if hidden:
            code = f"U+{ord(hidden.group()):04X}"
            self._refuse(event, f"The text holds the invisible character {code}.", "Remove it.")
        top = self._open[-1] if self._open else None
        if top is not None and top.awaits_key:
            self._key(top, event)
            return
        self._place(_plain(event.value) if event.implicit[0] else event.value, event)

    def _key(self, top: _Open, event: yaml.ScalarEvent) -> None:
        path = (*top.path, event.value)
        if path in self.places:
            first = self.key_places[path][0]
            self._refuse(
                event, f"“{event.value}” stands here again; it is already on line {first}.", "Keep one."
            )
        top.key = event.value
        self.key_places[path] = _mark(event)

    def _place(self, value: object, event: yaml.Event) -> Path:
        if not self._open:
            path: Path = ()
            self.value = value
        else:
            path = self._open[-1].put(value)
        self.places[path] = _mark(event)
        return path

    def _refuse_marks(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._refuse(event, f"An anchor (&{event.anchor}) stands here.", "Write the value out.")
        if event.tag is not None:
            self._refuse(event, f"A tag ({event.tag}) stands here.", "Leave the tag out.")

    def _refuse(self, event: yaml.Event, wrong: str, right: str) -> None:
        line, column = _mark(event)
        raise BadInput(Problem(file=self.name, wrong=wrong, right=right, line=line, column=column))


@dataclass(slots=True)
class _Open:
    """A mapping or list that is not closed yet; ``key`` is the name whose value comes next."""

    path: Path
    holder: dict[str, object] | list[object]
    key: str | None = None

    @property
    def awaits_key(self) -> bool:
        return isinstance(self.holder, dict) and self.key is None

    def put(self, value: object) -> Path:
        if isinstance(self.holder, list):
            self.holder.append(value)
            return (*self.path, len(self.holder) - 1)
        assert self.key is not None  # noqa: S101 - a value never comes before its key
        self.holder[self.key] = value
        path = (*self.path, self.key)
        self.key = None
        return path


def _plain(text: str) -> str | int | float | bool | None:
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _WHOLE.fullmatch(text) and str(int(text)) == text:
        return int(text)
    if _DECIMAL.fullmatch(text) and repr(float(text)) == text:
        return float(text)
    return text


def _mark(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    assert mark is not None  # noqa: S101 - events of a parser always carry one
    return mark.line + 1, mark.column + 1


@cache
def instrument(instrument_id: str, language: str = ORIGINAL) -> Instrument:
    """Give a shipped instrument by its id; ``KeyError`` if there is none of that id or language.

    Ids, version, order and scoring are the same in every language; only the words differ.
    """
    original = read_instrument(_instrument_document(instrument_id))
    path = f"instruments/{instrument_id}"
    return original if language == ORIGINAL else _translated(original, path, instrument_id, language)


def languages(instrument_id: str) -> tuple[str, ...]:
    """Give the languages that a shipped instrument can be answered in, the original first."""
    _instrument_document(instrument_id)
    return file_languages("instruments", instrument_id)


@cache
def file_languages(folder: str, name: str) -> tuple[str, ...]:
    """Give the languages of a library file: the original, and those that have a file beside it."""
    beside = (one.partition(".") for one in _all_names(folder))
    return (ORIGINAL, *sorted(language for stem, _, language in beside if stem == name and language))


@cache
def direction_texts(language: str = ORIGINAL) -> DirectionTexts:
    """Give every word that direction asks with; ``KeyError`` if there is no such language."""
    questions = _shipped_in(QuestionFile, "direction/questions", language)
    choices = _shipped_in(ChoiceFile, "direction/choices", language)
    burdens = _shipped_in(BurdenFile, "direction/burdens", language)
    activities = _shipped_in(ActivityFile, "direction/activities", language)
    return DirectionTexts(
        language=language,
        sections=questions.sections,
        choices=MappingProxyType({one.id: one.options for one in choices.choices}),
        scales=MappingProxyType({one.id: one.answers for one in choices.scales}),
        burdens=burdens.burdens,
        talk=burdens.talk,
        groups=activities.groups,
        attribution=activities.attribution,
        research=MappingProxyType({**questions.research, **choices.research, **burdens.research}),
    )


@cache
def tracks(language: str = ORIGINAL) -> tuple[TrackProfile, ...]:
    """Give the five tracks in their fixed order; ``KeyError`` if there is no such language."""
    file = _shipped_in(TrackFile, "tracks/tracks", language)
    return track_profiles(file, json.loads(_resource("tracks/derived.json")))


@cache
def track_file(language: str = ORIGINAL) -> TrackFile:
    """Give the tracks as they are written, with rows and research."""
    return _shipped_in(TrackFile, "tracks/tracks", language)


def direction_languages() -> tuple[str, ...]:
    """Give the languages that direction can be asked in, the original first."""
    return file_languages("direction", "questions")


def _shipped_in(model: type[Versioned], path: str, language: str) -> Versioned:
    original = validate(model, shipped(f"{path}.yaml"))
    return original if language == ORIGINAL else _translated(original, path, path, language)


def _translated(original: Versioned, path: str, name: str, language: str) -> Versioned:
    folder, _, stem = path.rpartition("/")
    if language not in file_languages(folder, stem):
        raise KeyError(language)
    document = shipped(f"{path}.{language}.yaml")
    check_head(document, name, original.version)
    return translated(original, document)


def read_instrument(document: Document) -> Instrument:
    """Check an instrument, and beside the shipped one that it mirrors; ``BadInput`` places every problem."""
    found = validate(Instrument, document)
    if found.mirrors is None:
        return found
    known = instruments(Asks.SELF)
    if found.mirrors not in known:
        wrong = f"There is no shipped instrument “{found.mirrors}” that people answer about themselves."
        raise BadInput(document.problem(("mirrors",), wrong, f"Known: {', '.join(known)}."))
    misfits = mirror_misfits(found, instrument(found.mirrors))
    if problems := [document.problem(*misfit) for misfit in misfits]:
        raise BadInput(*sorted(problems, key=lambda problem: (problem.line or 0, problem.column or 0)))
    return found


def instrument_digest(instrument_id: str) -> str:
    """Give the SHA-256 of a shipped instrument's file, as it is stored beside answers."""
    return _instrument_document(instrument_id).sha256


def instrument_text(instrument_id: str) -> str:
    """Give the text of a shipped instrument's file; encoded as UTF-8 it has the digest."""
    _instrument_document(instrument_id)
    return _resource(f"instruments/{instrument_id}.yaml").decode()


@cache
def instruments(*asks: Asks) -> tuple[str, ...]:
    """Give the ids of the shipped instruments: all of them, or those that are asked of these people."""
    found = _names("instruments")
    return tuple(name for name in found if _asks(name) in asks) if asks else found


def _asks(instrument_id: str) -> str:
    """Whom it is asked of, from its file alone: who mirrors another is checked with the help of this."""
    said = _instrument_document(instrument_id).value
    return str(said.get("asks", Asks.SELF)) if isinstance(said, dict) else ""


def _instrument_document(instrument_id: str) -> Document:
    if instrument_id not in instruments():
        raise KeyError(instrument_id)
    return shipped(f"instruments/{instrument_id}.yaml")


def conversations() -> Mapping[str, Conversation]:
    """Give the conversation guides by the scale they go with, and ``ASK_OPENLY``."""
    return MappingProxyType({one.id: one for file in _conversation_files() for one in file.conversations})


def conversation_research() -> Mapping[str, Research]:
    """Give the publications that the conversation guides lean on, by key."""
    return MappingProxyType(
        {key: one for file in _conversation_files() for key, one in file.research.items()}
    )


@cache
def _conversation_files() -> tuple[ConversationFile, ...]:
    found = _names("conversations")
    return tuple(validate(ConversationFile, shipped(f"conversations/{name}.yaml")) for name in found)


@cache
def practices() -> Mapping[str, PracticePage]:
    """Give the page of practices of each skill, by its word, in the order of ``SKILLS``."""
    found = {name: read_practices(shipped(f"practices/{name}.yaml")) for name in _names("practices")}
    return MappingProxyType({skill: found[skill] for skill in SKILLS if skill in found})


@cache
def practice(practice_id: str) -> Practice:
    """Give one practice by its id; ``KeyError`` if there is none of that id."""
    return {one.id: one for page in practices().values() for one in page.practices}[practice_id]


def read_practices(document: Document) -> PracticePage:
    """Check a page of practices, and that the questionnaire asks what it names; problems are placed."""
    page = validate(PracticePage, document)
    known = {item.id for item in instrument(INSTRUMENT).items}
    problems = [
        document.problem(("items", i), f"“{item}” is no item of {INSTRUMENT}.", "Name one that it asks.")
        for i, item in enumerate(page.items)
        if item not in known
    ]
    if problems:
        raise BadInput(*problems)
    return page


@cache
def handbook() -> Mapping[str, HandbookPage]:
    """Give the pages of the handbook by id, in the order of their titles."""
    pages = [page for file in _handbook_files() for page in file.pages]
    return MappingProxyType({page.id: page for page in sorted(pages, key=lambda page: page.title.casefold())})


@cache
def handbook_words() -> Mapping[str, str]:
    """Give the id of the page that explains each word of code and data."""
    return MappingProxyType(
        {word: page.id for page in handbook().values() for word in (page.id, *page.words)}
    )


@cache
def handbook_research() -> Mapping[str, Research]:
    """Give the publications that the handbook leans on, by key."""
    return MappingProxyType({key: one for file in _handbook_files() for key, one in file.research.items()})


@cache
def _handbook_files() -> tuple[HandbookFile, ...]:
    return tuple(validate(HandbookFile, shipped(f"handbook/{name}.yaml")) for name in _names("handbook"))


def _names(folder: str) -> tuple[str, ...]:
    """Names, without their endings, of the YAML files in a folder of the library."""
    return tuple(name for name in _all_names(folder) if "." not in name)


def _all_names(folder: str) -> tuple[str, ...]:
    """Names as above, with those of translations, which end in a dot and their language."""
    names = (entry.name for entry in resources.files("fairlead.library").joinpath(folder).iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))
