"""Read one YAML file strictly: plain values, each with its line and column.

People's files are hostile or hurried: plain values stay what was written (``no``, ``12:30`` and
``1.10`` are text), and duplicate keys, anchors, aliases, tags, deep nesting and large files are refused.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import yaml

from fairlead.core.problems import BadInput, Problem
from fairlead.library.yaml_faults import syntax_problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAX_BYTES: Final = 256 * 1024
MAX_DEPTH: Final = 20

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
