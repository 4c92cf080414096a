"""Put a library file into another language: its words come from a file beside it, all else stays.

A translation holds texts only, under the ids of the original, so that it cannot change a version, an
order or how an answer counts. Where an entry has one text, the text stands right behind its id.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from fairlead.core.problems import BadInput
from fairlead.library.wording import placed_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fairlead.core.problems import Problem
    from fairlead.library.load import Document

    Path = tuple[str | int, ...]

Model = TypeVar("Model", bound=BaseModel)

ORIGINAL: Final = "en"
"""The language that library files are written in first."""

HEAD: Final = ("translates", "version", "language")
"""What a translation says of itself before the words begin."""

TEXTS: Final = frozenset({
    "title", "purpose", "period", "privacy", "source", "not_mine", "label", "says", "intro", "text", "help",
    "unit_label", "example", "lead", "reversible", "note", "words",
})  # fmt: skip
"""Names of fields that people read, in every kind of file that is translated."""

LINES: Final = frozenset({"examples"})
"""Names of lists of plain texts that people read; each goes by its place, from 1."""

BY_NAME: Final = frozenset({"seen"})
"""Names of mappings whose entries go by their keys, as those of a list go by their ids."""

NAMES: Final = ("id", "value", "code")
"""The field that an entry of a list goes by, whichever it has."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text of an original: where it stands there, where its translation stands, and its words."""

    there: Path
    here: Path
    words: str


def texts(original: BaseModel) -> tuple[Text, ...]:
    """Give every text of a file that a translation has to have, in order."""
    return tuple(_texts(original.model_dump(mode="json"), (), ()))


def translated(original: Model, document: Document) -> Model:
    """Give the original with the words of the translation, or raise :class:`BadInput` with every problem."""
    wanted = texts(original)
    found = [*_head_problems(document), *_differences(wanted, document)]
    if found:
        raise BadInput(*sorted(found, key=lambda one: (one.line or 0, one.column or 0)))
    value = deepcopy(original.model_dump(mode="json"))
    for one in wanted:
        _put(value, one.there, _at(document.value, one.here))
    model = type(original)
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise BadInput(*placed_problems(model, error, _placing(wanted, document))) from None


def check_head(document: Document, translates: str, version: str) -> None:
    """Refuse a translation of something else or of another version; ``BadInput`` says which is wanted."""
    said = document.value if isinstance(document.value, dict) else {}
    for name, wanted in (("translates", translates), ("version", version)):
        if str(said.get(name, "")) != wanted:
            wrong = f"“{name}” is “{said.get(name, '')}”."
            raise BadInput(document.problem((name,), wrong, f"It should be “{wanted}”, as in the original."))


def _texts(value: Any, there: Path, here: Path) -> Iterator[Text]:
    for name, below in value.items():
        if isinstance(below, str):
            if name in TEXTS and below:
                yield Text((*there, name), (*here, name), below)
        elif isinstance(below, dict):
            inside = _named if name in BY_NAME else _texts
            yield from inside(below, (*there, name), (*here, name))
        elif isinstance(below, list) and name in LINES:
            for i, words in enumerate(below):
                yield Text((*there, name, i), (*here, name, str(i + 1)), words)
        elif isinstance(below, list):
            yield from _entries(below, (*there, name), (*here, name))


def _named(entries: Mapping[str, Any], there: Path, here: Path) -> Iterator[Text]:
    for name, entry in entries.items():
        yield from _entry(entry, (*there, name), (*here, name))


def _entries(entries: Sequence[Any], there: Path, here: Path) -> Iterator[Text]:
    for i, entry in enumerate(entries):
        name = next((str(entry[one]) for one in NAMES if one in entry), "") if isinstance(entry, dict) else ""
        if name:
            yield from _entry(entry, (*there, i), (*here, name))


def _entry(entry: Any, there: Path, here: Path) -> Iterator[Text]:
    inside = list(_texts(entry, there, here))
    if len(inside) == 1:
        yield Text(inside[0].there, here, inside[0].words)
    else:
        yield from inside


def _head_problems(document: Document) -> Iterator[Problem]:
    if not isinstance(document.value, dict):
        yield document.problem((), "The file should be a mapping.", "Write “name: value” lines.")
        return
    for name in HEAD:
        if name not in document.value:
            yield document.problem((name,), f"“{name}” is missing.", f"Add “{name}:” here.")


def _differences(wanted: Sequence[Text], document: Document) -> Iterator[Problem]:
    if not isinstance(document.value, dict):
        return
    given = dict(_leaves(document.value, ()))
    right = {one.here: one.words for one in wanted}
    for path, words in right.items():
        if path not in given:
            yield document.problem(path, f"“{_said(path)}” is missing.", f"The original says: {words}")
    for path, value in given.items():
        if path in right:
            yield from _not_text(path, value, document)
        elif path[0] not in HEAD or len(path) > 1:
            yield document.problem(
                path, f"“{_said(path)}” is not in the original.", _meant(path, right), key=True
            )


def _not_text(path: Path, value: object, document: Document) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield document.problem(path, f"“{_said(path)}” should be text.", "Put the text in quotes.")
    elif not value.strip():
        yield document.problem(path, f"“{_said(path)}” is empty.", "Write the text here.")


def _leaves(value: object, path: Path) -> Iterator[tuple[Path, object]]:
    if isinstance(value, dict) and value:
        for name, below in value.items():
            yield from _leaves(below, (*path, name))
    else:
        yield path, value


def _meant(path: Path, right: Mapping[Path, str]) -> str:
    known = [str(one[-1]) for one in right if one[:-1] == path[:-1]]
    near = get_close_matches(str(path[-1]), known, n=1)
    if near:
        return f"Did you mean “{near[0]}”?"
    if any(one[: len(path)] == path for one in right):
        return "Here stands a mapping of several texts; give each its name."
    if path[:-1] in right:
        return f"Write the text right behind “{path[-2]}:”."
    return "Leave it out: a translation has the texts of the original and nothing else."


def _placing(wanted: Sequence[Text], document: Document) -> Any:
    places = {one.there: one.here for one in wanted}

    def place(path: Sequence[str | int], wrong: str, right: str, *, key: bool = False) -> Problem:
        here = places.get(tuple(path), ())
        return document.problem(here, wrong, right, key=key)

    return place


def _at(value: Any, path: Path) -> Any:
    for part in path:
        value = value[part]
    return value


def _put(value: Any, path: Path, words: str) -> None:
    for part in path[:-1]:
        value = value[part]
    value[path[-1]] = words


def _said(path: Path) -> str:
    return " › ".join(map(str, path))
