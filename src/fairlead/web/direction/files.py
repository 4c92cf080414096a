"""What stands today as a file: the answer file of the command line, plain data, a table; and reading one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from fairlead.core.direction_answers import SECTIONS
from fairlead.sources.direction_answers import read_direction_answers, write_direction_answers
from fairlead.sources.files import write_csv
from fairlead.web.direction import parts, sittings, told

if TYPE_CHECKING:
    from fairlead.core.direction_answers import DirectionAnswers
    from fairlead.web.people.models import Person

FORMS: Final = {
    "yaml": "application/yaml; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}
"""The endings the answers can be had with, and what each of them is."""

COLUMNS: Final = ("section", "question", "answer", "answered_on")


def write(person: Person, form: str) -> bytes:
    """Write what stands today."""
    if form == "csv":
        # Spreadsheet programs take a CSV for UTF-8 only when it says so.
        return write_csv(COLUMNS, _rows(person)).encode("utf-8-sig")
    answers = sittings.answers_of(person)
    if form == "json":
        plain = {"answered_on": answers.answered_on} | sittings.write_answers(answers)
        return (json.dumps(plain, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()
    return write_direction_answers(answers).encode()


def read(name: str, data: bytes) -> DirectionAnswers:
    """Read an answer file, or raise ``BadInput`` with every problem placed."""
    return read_direction_answers(name, data)


def _rows(person: Person) -> list[tuple[str, str, str, str]]:
    newest = sittings.newest_sittings(person)
    found = []
    for section in SECTIONS:
        sitting = newest.get(section)
        if sitting is None or sitting.is_history or sitting.finished_on is None:
            continue
        day = sitting.finished_on.isoformat()
        texts = parts.texts_of(sitting)
        found += [(section, one.question, one.said, day) for one in told.told(sitting, texts)]
    return found
