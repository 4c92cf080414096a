"""Say what a pydantic model found wrong in plain words, placed in the file it came from."""

from __future__ import annotations

from difflib import get_close_matches
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Final, Protocol, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from fairlead.core.problems import Problem

MOST_TOLD: Final = 100
"""Problems told of one file; who has mended these sees the rest."""

MISFITS: Final = "misfits"
"""Type of the error that carries several misfits at once; see :func:`misfits`."""

Misfit = tuple[tuple[str | int, ...], str, str]
"""Where below the model, what is wrong, what would be right."""


class Placing(Protocol):
    """``Document.problem``: turns a path into a problem with line and column."""

    def __call__(self, path: Sequence[str | int], wrong: str, right: str, *, key: bool = False) -> Problem:
        """Place the problem."""


def misfits(found: Sequence[Misfit]) -> PydanticCustomError:
    """Make one pydantic error out of everything that a cross-check found, each with its own place."""
    text = " ".join(f"{wrong} {right}" for _, wrong, right in found)
    return PydanticCustomError(MISFITS, "{text}", {"text": text, "found": tuple(found)})


def not_right(wrong: str, right: str) -> PydanticCustomError:
    """Make the pydantic error of one value: what is wrong with it and what would be right."""
    return PydanticCustomError("not_right", "{wrong} {right}", {"wrong": wrong, "right": right})


def placed_problems(model: type[BaseModel], error: ValidationError, place: Placing) -> list[Problem]:
    """Turn each of pydantic's complaints into a problem with file, line, column and what would be right."""
    found: list[Problem] = []
    complaints = error.errors(include_url=False)
    paths = [tuple(details["loc"]) for details in complaints]
    for path, details in zip(paths, complaints, strict=True):
        if len(found) >= MOST_TOLD:
            break
        # A list whose only entry is wrong counts as empty for pydantic; the entry has been told already.
        if details["type"] == "too_short" and any(_is_below(other, path) for other in paths):
            continue
        # What would have been taken from other fields is not missing: those fields are told.
        if details["type"] == "default_factory_not_called":
            continue
        if details["type"] == MISFITS:
            for below, wrong, right in details["ctx"]["found"][:MOST_TOLD]:
                found.append(place((*path, *below), wrong, right))
            continue
        wrong, right = _words(model, details)
        found.append(place(path, wrong, right, key=details["type"] == "extra_forbidden"))
    return found


def _is_below(path: Sequence[str | int], above: Sequence[str | int]) -> bool:
    return len(path) > len(above) and tuple(path[: len(above)]) == tuple(above)


_NEEDS: Final[dict[str, tuple[str, str]]] = {
    "string_type": ("{name} should be text, not {given}.", "Put the text in quotes."),
    "int_type": ("{name} should be a whole number, not {given}.", "Write it with digits only."),
    "int_parsing": ("{name} should be a whole number, not {given}.", "Write it with digits only."),
    "int_from_float": ("{name} should be a whole number, not {given}.", "Write it with digits only."),
    "float_type": ("{name} should be a number, not {given}.", "Write it like 12 or 12.5."),
    "float_parsing": ("{name} should be a number, not {given}.", "Write it like 12 or 12.5."),
    "finite_number": ("{name} should be a finite number, not {given}.", "Write it like 12 or 12.5."),
    "bool_type": ("{name} should be true or false, not {given}.", "Write true or false."),
    "bool_parsing": ("{name} should be true or false, not {given}.", "Write true or false."),
    "tuple_type": ("{name} should be a list, not {given}.", "Write one “- …” per line, or [a, b]."),
    "list_type": ("{name} should be a list, not {given}.", "Write one “- …” per line, or [a, b]."),
    "dict_type": ("{name} should be a mapping, not {given}.", "Write “name: value” lines."),
    "model_type": ("{name} should be a mapping, not {given}.", "Write “name: value” lines."),
    "model_attributes_type": ("{name} should be a mapping, not {given}.", "Write “name: value” lines."),
    "enum": ("{name} is {given}.", "It should be {expected}."),
    "literal_error": ("{name} is {given}.", "It should be {expected}."),
    "union_tag_invalid": ("{given_tag} is not known here.", "It should be {expected_tags}."),
    "string_too_short": ("{name} is too short.", "It needs at least {min_length} characters."),
    "string_too_long": ("{name} is too long.", "At most {max_length} characters are read."),
    "too_short": ("{name} has {actual_length} entries.", "It needs at least {min_length}."),
    "too_long": ("{name} has {actual_length} entries.", "At most {max_length} are read."),
    "greater_than": ("{name} is {given}.", "It should be more than {gt}."),
    "greater_than_equal": ("{name} is {given}.", "It should be at least {ge}."),
    "less_than": ("{name} is {given}.", "It should be less than {lt}."),
    "less_than_equal": ("{name} is {given}.", "It should be at most {le}."),
    "date_from_datetime_parsing": ("{name} is {given}.", "It should be a date like 2026-01-31."),
    "date_from_datetime_inexact": ("{name} is {given}.", "It should be a date like 2026-01-31."),
    "date_parsing": ("{name} is {given}.", "It should be a date like 2026-01-31."),
    "date_type": ("{name} is {given}.", "It should be a date like 2026-01-31."),
    "time_parsing": ("{name} is {given}.", "It should be a time like 09:00."),
    "not_right": ("{wrong}", "{right}"),
}


def _words(model: type[BaseModel], details: ErrorDetails) -> tuple[str, str]:
    path = tuple(details["loc"])
    name = _name(path)
    if details["type"] == "missing":
        return f"{name} is missing.", f"Add “{path[-1]}:” here."
    if details["type"] == "extra_forbidden":
        known = _known_names(model, path[:-1])
        return f"{name} is not known here.", _suggestion(str(path[-1]), known)
    if details["type"] == "union_tag_not_found":
        return f"{name} does not say its kind.", "Add the name that tells the kinds apart."
    if details["type"] in _NEEDS:
        wrong, right = _NEEDS[details["type"]]
        context = _context(details)
        return wrong.format(name=name, **context), right.format(name=name, **context)
    return f"{name}: {details['msg']}.", ""


def _context(details: ErrorDetails) -> dict[str, str]:
    context = {key: _bound(value) for key, value in details.get("ctx", {}).items()}
    context["given"] = _given(details["input"])
    context["given_tag"] = f"“{context.get('tag', '')}”"
    if "expected" in context:
        context["expected"] = context["expected"].replace("'", "")
    context["expected_tags"] = context.get("expected_tags", "").replace("'", "")
    return context


def _bound(value: object) -> str:
    # A bound of 0.0 is told as 0: nobody writes hours as 0.0.
    return f"{value:g}" if isinstance(value, float) else str(value)


def _given(value: object) -> str:
    if value is None:
        return "empty"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"“{text}”" if len(text) <= 60 else f"“{text[:57]}…”"


def _name(path: Sequence[str | int]) -> str:
    """Name a value by its last name; an entry of a list by the list and its number from 1."""
    if not path:
        return "The file"
    last = path[-1]
    if isinstance(last, str):
        return f"“{last}”"
    names = [part for part in path if isinstance(part, str)]
    return f"Entry {last + 1} of “{names[-1]}”" if names else f"Entry {last + 1}"


def _suggestion(name: str, known: Sequence[str]) -> str:
    if not known:
        return "Leave it out."
    near = get_close_matches(name, known, n=1)
    if near:
        return f"Did you mean “{near[0]}”?"
    return f"Known here: {', '.join(known)}."


def _known_names(model: type[BaseModel], path: Sequence[str | int]) -> tuple[str, ...]:
    """Names that the model at that path of a complaint knows, or none where it cannot be told."""
    place: Any = model
    for part in path:
        place = _below(_bare(place), part)
    place = _bare(place)
    if isinstance(place, type) and issubclass(place, BaseModel):
        return tuple(field.alias or name for name, field in place.model_fields.items())
    return ()


def _bare(annotation: Any) -> Any:
    """Take off ``Annotated`` and ``| None``."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in {Union, UnionType}:
        kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
        return _bare(kinds[0]) if len(kinds) == 1 else annotation
    return annotation


def _below(annotation: Any, part: str | int) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            if part in {name, field.alias}:
                return field.annotation
        return None
    kinds = get_args(annotation)
    if get_origin(annotation) in {Union, UnionType}:
        return next((kind for kind in map(_bare, kinds) if _is_tagged(kind, part)), None)
    if not kinds:
        return None
    return kinds[-1] if get_origin(annotation) is dict else kinds[0]


def _is_tagged(kind: Any, tag: str | int) -> bool:
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return False
    tags = (get_args(_bare(field.annotation)) for field in kind.model_fields.values())
    return any(tag in found for found in tags)
