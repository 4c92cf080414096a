"""What one row of a roster may hold: lengths, letters, addresses, days, tracks. Nothing about other rows."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from fairlead.core.work import Track

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from fairlead.core.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the organization knows of one person now; ``left`` in the future is a date agreed on."""

    id: str
    name: str
    email: str = ""
    manager_id: str = ""
    unit: str = ""
    title: str = ""
    level: str = ""
    track: str = ""
    hired: date | None = None
    left: date | None = None
    left_reason: str = ""
    leave_from: date | None = None
    leave_until: date | None = None


COLUMNS: Final = tuple(field.name for field in fields(Standing))
"""The columns of a roster; only the first two are needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow(Standing):
    """One row of a file: its line, its cells, and what could not be read of it.

    A row with ``problems`` is refused; it still says whom it is about, so that nobody takes this
    person for absent. A row that could not be read at all has an empty id.
    """

    line: int
    problems: tuple[Problem, ...] = ()


LONGEST: Final = {
    "id": 64, "name": 120, "email": 254, "manager_id": 64, "unit": 120, "title": 160, "level": 40,
    "track": 160, "left_reason": 160,
}  # fmt: skip
"""The most characters that a cell may have."""

DAYS: Final = ("hired", "left", "leave_from", "leave_until")
FIRST_YEAR: Final = 1950
YEARS_AHEAD: Final = 5

WORDS: Final = {
    "id": "id",
    "name": "name",
    "email": "e-mail address",
    "manager_id": "manager",
    "unit": "unit",
    "title": "title",
    "level": "level",
    "track": "track",
    "hired": "first day",
    "left": "leaving date",
    "left_reason": "reason for leaving",
    "leave_from": "start of leave",
    "leave_until": "end of leave",
}
"""What each column is called in a sentence."""

JOINERS: Final = frozenset("\u200c\u200d")
"""Zero-width joiners, which names in several scripts need."""

_ADDRESS: Final = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+")

_TRACKS: Final = {
    Track.PEOPLE_MANAGER: (
        "people_manager", "people manager", "manager", "management", "people management", "people lead",
        "people leader", "line manager", "m", "führungskraft", "führung", "führungslaufbahn",
    ),
    Track.INDIVIDUAL_CONTRIBUTOR_LEADER: (
        "individual_contributor_leader", "individual contributor leader", "individual-contributor leader",
        "ic leader", "ic lead", "ic-leader", "lead", "leader", "staff", "tech lead", "technical lead",
        "technical leader", "fachliche führung",
    ),
    Track.OWNER: (
        "owner", "owner of a project, process or area", "project owner", "process owner", "product owner",
        "area owner", "project lead", "project", "project manager", "projektlaufbahn", "projekt",
    ),
    Track.EXPERT: (
        "expert", "hands-on expert", "hands on expert", "hands-on", "hands on", "ic",
        "individual contributor", "individual-contributor", "specialist", "professional", "experte",
        "expertin", "fachlaufbahn", "fachexperte", "fachexpertin", "spezialist", "spezialistin",
    ),
}  # fmt: skip


def _folded(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


_TRACK_OF: Final = {_folded(word): track for track, words in _TRACKS.items() for word in words}


def track_of(text: str) -> Track | None:
    """Give the track that a usual wording means, in English or German; ``None`` if it is none of them.

    Examples
    --------
    >>> track_of("IC-Lead"), track_of("Manager"), track_of("guru")
    (<Track.INDIVIDUAL_CONTRIBUTOR_LEADER: 'individual_contributor_leader'>, \
<Track.PEOPLE_MANAGER: 'people_manager'>, None)
    """
    return _TRACK_OF.get(_folded(text))


def is_plain(text: str) -> bool:
    r"""Say whether text is free of control and direction characters, which make a name look like another.

    Joiners that scripts need stay; so does everything else that can be seen.

    Examples
    --------
    >>> is_plain("Zoë Müller"), is_plain("Ann\u202e")
    (True, False)
    """
    if text.isascii() and text.isprintable():
        return True
    return not any(
        unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and letter not in JOINERS
        for letter in text
    )


def faults(row: RosterRow, today: date) -> Iterator[tuple[str, str, str]]:
    """Yield column, what is wrong and what would be right for everything that refuses this row alone."""
    yield from _needed(row)
    for column, most in LONGEST.items():
        text = getattr(row, column)
        if len(text) > most:
            wrong = f"The {WORDS[column]} is {len(text):,} characters long."
            yield column, wrong, f"At most {most} are kept; shorten it."
        elif text and not is_plain(text):
            wrong = f"The {WORDS[column]} holds an invisible control or direction character."
            yield column, wrong, "Type it anew."
    if row.email and len(row.email) <= LONGEST["email"] and not _ADDRESS.fullmatch(row.email):
        yield "email", f"“{row.email}” is not an e-mail address.", "Write it as ann@example.com."
    for column in DAYS:
        yield from _far(column, getattr(row, column), today)
    yield from _order(row)


def _needed(row: RosterRow) -> Iterator[tuple[str, str, str]]:
    if not row.id:
        yield (
            "id",
            "The row has no id.",
            "Every person needs an id that stays theirs, such as a staff number.",
        )
    if not "".join(letter for letter in row.name if letter not in JOINERS).strip():
        yield "name", "The row has no name.", "Every person needs a name."


def _far(column: str, day: date | None, today: date) -> Iterator[tuple[str, str, str]]:
    if day is None or FIRST_YEAR <= day.year <= today.year + YEARS_AHEAD:
        return
    wrong = f"The {WORDS[column]} {day.isoformat()} is too far away."
    yield column, wrong, f"Give a day between {FIRST_YEAR} and {today.year + YEARS_AHEAD}, or leave it empty."


def _order(row: RosterRow) -> Iterator[tuple[str, str, str]]:
    if row.left and row.hired and row.left < row.hired:
        wrong = f"The leaving date {row.left} is before the first day {row.hired}."
        yield "left", wrong, "Correct one of the two; for somebody who came back, give the newest first day."
    if row.leave_from and row.leave_until and row.leave_until < row.leave_from:
        wrong = f"The leave ends on {row.leave_until}, before it starts on {row.leave_from}."
        yield "leave_until", wrong, "Correct one of the two."
