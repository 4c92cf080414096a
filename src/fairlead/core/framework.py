"""A promotion framework: tracks, levels, criteria, and the hash that freezes it (rows 121, 122, 148)."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from fairlead.core.work import ASKED_KINDS, LABELS, Kind, Track

if TYPE_CHECKING:
    from collections.abc import Sequence

FORM: Final = "fairlead-framework 1"
"""Stands in front of what is hashed; another form of the data is another hash."""

TRACKS: Final = tuple(str(track) for track in Track)
"""The four tracks in the order in which they always stand; none is higher (row 188)."""

LIBRARIES: Final = tuple(str(kind) for kind in ASKED_KINDS)
"""Two libraries of criteria (row 148), and doing: the craft, where a track asks for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A work that criteria lean on; ``doi`` may be empty in a framework of one's own."""

    key: str
    cite: str
    doi: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of one track, or of several that begin alike.

    ``rung`` counts from 1 over all tracks: levels of two tracks with the same rung are equal in standing.
    ``words`` says in a sentence what somebody at this level answers for.
    """

    id: str
    title: str
    rung: int
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackLevels:
    """One track of a framework: ``levels`` are ids of levels, the lowest rung first."""

    id: str
    label: str
    levels: tuple[str, ...]
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What others can see somebody do who meets a criterion at one level."""

    level: str
    text: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion: ``kind`` is its library (``leading``, ``managing`` or ``doing``).

    ``competency`` is the word of ``work.Competency`` that it is about, or empty. A criterion is asked at
    the levels that ``seen`` names and at no other.
    """

    id: str
    title: str
    kind: str
    seen: tuple[Seen, ...]
    competency: str = ""
    words: str = ""
    rows: tuple[int, ...] = ()
    research: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something asked of every case: will the team benefit, what preparation was given (row 93)."""

    id: str
    text: str
    help: str = ""
    rows: tuple[int, ...] = ()
    research: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """A framework in one version.

    ``tracks`` stand in the order of ``TRACKS``; ``criteria`` in the order in which they are read.
    ``past_only`` are words by which a case argues only from results in the role held now (rows 17, 92).
    ``source`` says where it comes from and under which licence, where it was imported.
    """

    id: str
    version: str
    title: str
    tracks: tuple[TrackLevels, ...]
    levels: tuple[Level, ...]
    criteria: tuple[Criterion, ...]
    language: str = "en"
    words: str = ""
    questions: tuple[Question, ...] = ()
    past_only: tuple[str, ...] = ()
    research: tuple[Publication, ...] = ()
    source: str = ""

    def level(self, level_id: str) -> Level:
        """Give one level; ``KeyError`` if there is none of that id."""
        return _named(self.levels, level_id)

    def track(self, track_id: str) -> TrackLevels:
        """Give one track; ``KeyError`` if this framework has none of that id."""
        return _named(self.tracks, track_id)

    def criterion(self, criterion_id: str) -> Criterion:
        """Give one criterion; ``KeyError`` if there is none of that id."""
        return _named(self.criteria, criterion_id)

    def asked(self, level_id: str) -> tuple[tuple[Criterion, Seen], ...]:
        """Give every criterion that a level asks, with what is seen there, in the order of criteria."""
        known = {level.id for level in self.levels}
        if level_id not in known:
            raise KeyError(level_id)
        return tuple(
            (criterion, seen)
            for criterion in self.criteria
            for seen in criterion.seen
            if seen.level == level_id
        )

    def levels_of(self, track_id: str) -> tuple[Level, ...]:
        """Give the levels of a track, the lowest rung first."""
        return tuple(self.level(name) for name in self.track(track_id).levels)

    def tracks_of(self, level_id: str) -> tuple[TrackLevels, ...]:
        """Give the tracks that a level belongs to: more than one where tracks begin alike."""
        return tuple(track for track in self.tracks if level_id in track.levels)

    def equals(self, level_id: str) -> tuple[Level, ...]:
        """Give the levels of other tracks that are equal in standing, in the order of tracks."""
        rung = self.level(level_id).rung
        found = [level for track in self.tracks for level in self.levels_of(track.id) if level.rung == rung]
        return tuple(level for level in dict.fromkeys(found) if level.id != level_id)

    def next_levels(self, level_id: str) -> tuple[Level, ...]:
        """Give what comes after a level in its own track or tracks; empty at the end."""
        found = []
        self.level(level_id)
        for track in self.tracks_of(level_id):
            after = track.levels.index(level_id) + 1
            found += [self.level(name) for name in track.levels[after : after + 1]]
        return tuple(dict.fromkeys(found))


Named = TypeVar("Named", Level, TrackLevels, Criterion)


def library_label(kind: str) -> str:
    """Name a library of criteria in plain words.

    Examples
    --------
    >>> library_label("leading"), library_label("doing")
    ('Leading', 'Doing')
    """
    return LABELS[Kind(kind)]


def canonical(framework: Framework) -> dict[str, Any]:
    """Give a framework as plain values that do not depend on how it was written down.

    Parameters
    ----------
    framework
        Any framework.

    Returns
    -------
    dict
        The fields of :class:`Framework`. Entries with an id are sorted by it, what is seen by the id of its
        level, research by key, rows by number; warning words once each in the order of the alphabet. Runs
        of white space count as one space, text is NFC. Levels of a track and examples keep their order:
        there it means something.

    Examples
    --------
    >>> one = Framework(id="a", version="1", title="A  b", tracks=(), levels=(), criteria=())
    >>> canonical(one)["title"]
    'A b'
    """
    plain: dict[str, Any] = _plain(asdict(framework))
    for name in ("tracks", "levels", "criteria", "questions"):
        plain[name].sort(key=lambda entry: entry["id"])
    plain["research"].sort(key=lambda entry: entry["key"])
    plain["past_only"] = sorted(set(plain["past_only"]))
    for criterion in plain["criteria"]:
        criterion["seen"].sort(key=lambda entry: entry["level"])
        for name in ("rows", "research"):
            criterion[name] = sorted(set(criterion[name]))
    for question in plain["questions"]:
        for name in ("rows", "research"):
            question[name] = sorted(set(question[name]))
    return plain


def digest(framework: Framework) -> str:
    """Give the SHA-256 that freezes a framework, for instance in a round.

    Parameters
    ----------
    framework
        Any framework.

    Returns
    -------
    str
        64 hexadecimal digits over ``FORM`` and the canonical JSON (keys sorted, no white space between
        tokens, UTF-8). The same content has the same digest however the file orders its keys and entries
        or breaks its lines; any other word, level, version or order of levels has another one.

    Notes
    -----
    FIPS 180-4. It shows that nothing was changed; it does not show who wrote it.

    Examples
    --------
    >>> one = Framework(id="a", version="1", title="A", tracks=(), levels=(), criteria=())
    >>> digest(one)[:12]
    '9208dddd2897'
    """
    text = json.dumps(
        canonical(framework), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return hashlib.sha256(f"{FORM}\n{text}".encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(below) for name, below in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(below) for below in value]
    if isinstance(value, str):
        return " ".join(unicodedata.normalize("NFC", value).split())
    return value


def _named(entries: Sequence[Named], name: str) -> Named:
    found = next((entry for entry in entries if entry.id == name), None)
    if found is None:
        raise KeyError(name)
    return found
