"""Everything about a person as one file: a page to read, JSON for programs, and what each field means."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any, Final

from django.template.loader import render_to_string

from fairlead.web.rights import WITHHELD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

TITLES: Final = {
    "Person": "About you",
    "User": "Your account",
    "EmailAddress": "Your addresses",
    "Authenticator": "Your second factors",
    "UserSession": "Browsers you are signed in with",
    "Run": "What was worked out for you",
    "Entry": "What you did here",
    "Reading": "Your readings",
    "CalendarImport": "Calendars that were read",
    "SortingSalt": "The secret that your sorting is kept with",
    "OwnRule": "What you said about events",
    "AnswerSheet": "Your answers to questionnaires",
    "OwnProfile": "Role profiles you wrote",
    "Remembered": "Addresses you had remembered",
    "HighPayoffEntry": "Your high-payoff register",
    "Procedure": "Your procedure register",
    "Resolution": "Your decisions",
    "WeekTick": "Weeks you ticked",
}
_INSIDE: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
FOLDED: Final = 400
"""A value longer than this many characters stands folded on the page, so that the rest can be read."""


def title(name: str) -> str:
    """Give the heading of a table: its own, else its name in words."""
    return TITLES.get(name) or " ".join(_INSIDE.split(name)).capitalize()


def pack(
    everything: Mapping[str, list[dict[str, Any]]],
    fields: Mapping[str, Mapping[str, str]],
    *,
    made_at: datetime,
) -> bytes:
    """Write ``read-me.html``, ``everything.json`` and ``schema.json`` into one zip."""
    made = made_at.isoformat(timespec="seconds")
    tables = [
        {
            "title": title(name),
            "fields": [(field, says) for field, says in fields[name].items()],
            "rows": [
                [(field, fields[name][field], row[field], _length(row[field])) for field in row]
                for row in rows
            ],
        }
        for name, rows in everything.items()
    ]
    page = render_to_string(
        "people/archive.html", {"tables": tables, "made_at": made_at, "withheld": WITHHELD}
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("read-me.html", page)
        file.writestr("everything.json", _json({"made_at": made, **everything}))
        file.writestr("schema.json", _json(schema(everything, fields)))
    return buffer.getvalue()


def schema(everything: Mapping[str, Any], fields: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Describe ``everything.json`` as a JSON Schema, field by field."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Everything Fairlead holds about one person",
        "type": "object",
        "properties": {
            "made_at": {"type": "string", "format": "date-time", "description": "When this file was made."},
            **{name: _table(name, fields[name]) for name in everything},
        },
        "required": ["made_at", *everything],
    }


def _table(name: str, fields: Mapping[str, str]) -> dict[str, Any]:
    inside = {field: says for field, says in fields.items() if not says.startswith(WITHHELD)}
    withheld = [
        f"{field}: {says.removeprefix(WITHHELD)}" for field, says in fields.items() if field not in inside
    ]
    return {
        "type": "array",
        "description": title(name),
        "items": {
            "type": "object",
            "properties": {field: {"description": says} for field, says in inside.items()},
            "required": list(inside),
            "additionalProperties": False,
            **({"$comment": "Not in the file: " + "; ".join(withheld)} if withheld else {}),
        },
    }


def _length(value: Any) -> int:
    """Give the length of a value that is too long to stand open on the page, else 0."""
    length = len(str(value))
    return length if length > FOLDED else 0


def _json(data: Any) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
