"""How names in other people's frameworks become tracks and libraries: by said rules, or by asking."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from fairlead.core.framework import LIBRARIES, TRACKS
from fairlead.core.problems import BadInput, Problem
from fairlead.core.work import LABELS, Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from fairlead.core.framework import Framework

EVERYTHING_ELSE: Final = "*"
"""Stands in ``--map "*=expert"`` for every level that does not say its track."""

CRAFT: Final = "craft"
"""What many call the library of hands-on work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkRead:
    """A framework as it was read, and how.

    ``form`` names the kind of file; ``mapping`` what their levels, themes and tracks were taken for, by our
    rules or by the reader's own; ``notes`` what else was decided or left out. ``impressions`` are criteria
    that ask how somebody comes across: read as they are, and to be mended before anybody is rated by them.
    """

    framework: Framework
    form: str
    sha256: str
    mapping: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    impressions: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Rules:
    """Looks names up: first among the reader's own pairs, then in a table; counts what was used."""

    file: str
    own: Mapping[str, str]
    used: dict[str, str] = field(default_factory=dict)

    def tracks(self, name: str, table: Mapping[str, str]) -> tuple[str, ...] | None:
        """Give the tracks of a level: several where tracks begin alike; ``None`` where nothing says."""
        said = self.own.get(name) or table.get(name) or self.own.get(EVERYTHING_ELSE)
        if said is None:
            return None
        found = tuple(dict.fromkeys(part.strip() for part in said.split("+")))
        self._known(name, found, TRACKS, "track")
        self.used[name] = "+".join(found)
        return found

    def library(self, name: str, table: Mapping[str, str]) -> str | None:
        """Give the library of a criterion or theme; ``None`` where nothing says."""
        said = self.own.get(name) or table.get(name)
        if said is None:
            return None
        found = library_named(said) or said
        self._known(name, (found,), LIBRARIES, "library")
        self.used[name] = found
        return found

    def check_all_used(self, known: Collection[str]) -> None:
        """Refuse pairs that name nothing in the file."""
        loose = [name for name in self.own if name not in known and name != EVERYTHING_ELSE]
        if loose:
            right = f"Names in this file: {', '.join(sorted(known)[:40])}."
            wrong = f"“{loose[0]}” of --map is in this file neither a level nor a group of criteria."
            raise BadInput(Problem(file=self.file, wrong=wrong, right=right))

    def mapping(self) -> tuple[tuple[str, str], ...]:
        """Give what was taken for what, in the order of the file."""
        return tuple(self.used.items())

    def _known(self, name: str, found: Sequence[str], known: Sequence[str], what: str) -> None:
        wrong = next((one for one in found if one not in known), None)
        if wrong is not None:
            said = f"“{name}” is mapped to “{wrong}”, which is no {what}."
            right = f"Known: {', '.join(known)}."
            raise BadInput(Problem(file=self.file, wrong=said, right=right))


def track_named(text: str) -> str | None:
    """Find a track by its word or its plain words, whatever their case."""
    folded = _fold(text)
    return next((track for track in TRACKS if folded in {_fold(track), _fold(LABELS[track])}), None)


def library_named(text: str) -> str | None:
    """Find a library by its word; “craft” and “hands-on” are doing."""
    folded = _fold(text)
    if folded in {CRAFT, "hands on"}:
        return str(Kind.DOING)
    return next((kind for kind in LIBRARIES if folded in {kind, f"{kind} competencies"}), None)


def ask_tracks(name: str) -> str:
    """Say how to answer which track a level belongs to."""
    return (
        f'Say it with --map "{name}=TRACK", or --map "*=TRACK" for all that do not say; '
        f"TRACK is {', '.join(TRACKS)}, or several joined by +."
    )


def ask_library(name: str) -> str:
    """Say how to answer which library a group of criteria belongs to."""
    return f'Say it with --map "{name}=LIBRARY"; LIBRARY is {", ".join(LIBRARIES)}.'


def slug(text: str, taken: Collection[str] = (), *, otherwise: str = "entry") -> str:
    """Make an id of a name: small letters, digits and hyphens, at most 40, and none that is taken.

    Examples
    --------
    >>> slug("Führt Menschen (1)"), slug("管理", otherwise="criterion-3"), slug("Lead", {"lead"})
    ('fuhrt-menschen-1', 'criterion-3', 'lead-2')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    words = re.findall(r"[a-z0-9]+", plain)
    while words and words[0][0].isdigit():
        words[0] = f"n{words[0]}"
    found = "-".join(words)[:40].rstrip("-") or otherwise
    number, name = 1, found
    while name in taken:
        number += 1
        name = f"{found}-{number}"
    return name


def short(text: str, most: int) -> str:
    """Cut a text at a word, with three dots where something is left out."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _fold(text: str) -> str:
    return re.sub(r"[\s_\-]+", " ", text.strip()).casefold()
