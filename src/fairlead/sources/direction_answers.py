"""Read and write what somebody says about their direction: a YAML file, strict, with a form to fill in."""

from __future__ import annotations

import json
from dataclasses import fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from fairlead.core import direction_answers as core
from fairlead.library import load
from fairlead.library.strict_yaml import UNSEEN
from fairlead.sources.direction_fields import FORM
from fairlead.sources.direction_schema import DirectionFile

if TYPE_CHECKING:
    from collections.abc import Sequence

_AS_MAPPING: Final = {
    ("motives", "answers"), ("next_level", "burdens"), ("tracks", "want"), ("tracks", "able"),
}  # fmt: skip
"""Pairs that stand as a mapping in the file."""


def read_direction_answers(name: str, data: bytes) -> core.DirectionAnswers:
    """Read a file of direction answers, or raise :class:`BadInput` with every problem placed."""
    document = load.read_yaml(name, data)
    return load.validate(DirectionFile, document).answers()


def write_direction_answers(answers: core.DirectionAnswers) -> str:
    """Write answers as YAML that reads back to the same; what was never answered is not there."""
    lines = [f'direction: "{FORM}"', f"answered_on: {answers.answered_on}"]
    for section in core.SECTIONS:
        said = getattr(answers, section)
        if said is None:
            continue
        plain = _plain_section(section, said)
        if isinstance(plain, dict) and plain:
            lines += [f"{section}:", *(f"  {key}: {_flow(value)}" for key, value in plain.items())]
        elif isinstance(plain, list) and plain:
            lines += [f"{section}:", *(f"  - {_flow(value)}" for value in plain)]
        else:
            lines.append(f"{section}: {_flow(plain)}")
    return "\n".join(lines) + "\n"


def _plain_section(section: str, said: Any) -> Any:
    if section == "skills":
        return dict(said)
    if section == "tracks":
        return {one.track: _plain(section, one, leave=("track",)) for one in said}
    if isinstance(said, tuple):
        return [_plain(section, one) for one in said]
    return _plain(section, said)


def _plain(section: str, said: Any, leave: Sequence[str] = ()) -> dict[str, Any]:
    """Turn a dataclass into plain values, without what was left empty."""
    found: dict[str, Any] = {}
    for field in fields(said):
        value = getattr(said, field.name)
        if field.name in leave or value is None or value in ("", ()):
            continue
        if (section, field.name) in _AS_MAPPING:
            found[field.name] = dict(value)
        elif isinstance(value, tuple):
            found[field.name] = [
                one if isinstance(one, (str, int)) else _plain(section, one) for one in value
            ]
        else:
            found[field.name] = value
    return found


def _flow(value: object) -> str:
    """Write a value on one line; JSON is YAML too, and a plain word needs no quotes."""
    if isinstance(value, StrEnum) and value not in {"yes", "no"}:
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, str):
        # The reader refuses what cannot be seen; a text from elsewhere may hold it.
        value = UNSEEN.sub("", value)
    return json.dumps(value, ensure_ascii=False)
