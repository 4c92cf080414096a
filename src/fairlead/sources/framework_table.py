"""Frameworks as a table: one row for each criterion at each level of each track (CSV or XLSX)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from fairlead.core.framework import LIBRARIES, TRACKS, Criterion, Framework, Level, Seen, TrackLevels
from fairlead.core.problems import BadInput, Problem
from fairlead.core.work import LABELS, Competency
from fairlead.sources.files import read_table
from fairlead.sources.framework_rules import Rules, library_named, slug, track_named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairlead.sources.files import Table

FORM: Final = "framework as a table"
NEEDED: Final = ("track", "level", "criterion", "library", "seen")
MORE: Final = ("rung", "competency", "examples", "words")
COLUMNS: Final = (*NEEDED, *MORE)
EXAMPLE_MARK: Final = "|"
"""Between the examples in one cell."""

_LONGEST: Final = {"level": 120, "criterion": 120, "seen": 1500, "words": 300}


@dataclass(slots=True)
class _Criterion:
    """A criterion as its rows are read."""

    title: str
    kind: str
    competency: str = ""
    words: str = ""
    seen: dict[tuple[str, str], tuple[int, Seen]] = field(default_factory=dict)


def split_map(names: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Tell pairs for columns from pairs for what stands in cells, by what they lead to."""
    columns = {theirs: ours for theirs, ours in names.items() if ours in COLUMNS}
    return columns, {theirs: ours for theirs, ours in names.items() if ours not in COLUMNS}


def read(
    file: str, data: bytes, names: Mapping[str, str], framework_id: str, version: str, title: str
) -> tuple[Framework, list[str], Rules]:
    """Give the framework and what to say about it, or raise :class:`BadInput` with every problem."""
    columns, cells = split_map(names)
    table = read_table(file, data, names=columns, known=COLUMNS)
    missing = [name for name in NEEDED if name not in table.columns]
    if missing:
        right = f"The header is {', '.join(NEEDED)}; other names by --map THEIRS={missing[0]}."
        wrong = f"There is no column “{missing[0]}”."
        raise BadInput(Problem(file=file, line=table.header_line, wrong=wrong, right=right))
    reading = _Reading(table, Rules(file=file, own=cells))
    for at in range(len(table)):
        reading.take(at)
    values = {cell for name in ("track", "library") for cell in table.column(name)}
    reading.rules.check_all_used(values)
    if not len(table):
        right = "Write one row for each criterion at each level."
        reading.problems.append(Problem(file=file, wrong="The table has no row.", right=right))
    levels = reading.levels()
    if reading.problems:
        raise BadInput(*reading.problems[:100])
    framework = Framework(
        id=framework_id,
        version=version,
        title=title,
        levels=tuple(levels[place] for place in sorted(levels, key=lambda one: levels[one].rung)),
        tracks=tuple(
            TrackLevels(
                id=track,
                label=LABELS[track],
                levels=tuple(levels[place].id for place in levels if place[0] == track),
            )
            for track in TRACKS
            if any(place[0] == track for place in levels)
        ),
        criteria=reading.criteria(levels),
    )
    return framework, reading.notes(), reading.rules


class _Reading:
    """The rows as they are read: levels by (track, name), criteria by name, problems with their place."""

    def __init__(self, table: Table, rules: Rules) -> None:
        self.table = table
        self.rules = rules
        self.problems: list[Problem] = []
        self.rungs: dict[tuple[str, str], tuple[int, str]] = {}
        self.found: dict[str, _Criterion] = {}

    def take(self, at: int) -> None:
        cells = dict(zip(self.table.columns, self.table.rows[at], strict=True))
        before = len(self.problems)
        for name in ("level", "criterion", "seen"):
            if not cells[name]:
                self._wrong(at, name, f"“{name}” is empty.", "Fill it in, or take the row out.")
        for name, longest in _LONGEST.items():
            if len(cells.get(name, "")) > longest:
                wrong = f"“{name}” has {len(cells[name]):,} characters."
                self._wrong(at, name, wrong, f"At most {longest:,} are read.")
        track = self._track(at, cells["track"])
        kind = self._library(at, cells["library"], cells["criterion"])
        if len(self.problems) > before or track is None or kind is None:
            return
        self._rung(at, (track, cells["level"]), cells.get("rung", ""))
        self._seen(at, cells, track, kind)

    def _track(self, at: int, cell: str) -> str | None:
        named = track_named(cell)
        if named:
            return named
        said = self.rules.tracks(cell, {})
        if said is None or len(said) > 1:
            wrong = f"“{cell}” is no track." if cell else "“track” is empty."
            right = f'Known: {", ".join(TRACKS)}; another name by --map "{cell or "NAME"}=TRACK".'
            self._wrong(at, "track", wrong, right)
            return None
        return said[0]

    def _library(self, at: int, cell: str, criterion: str) -> str | None:
        known = self.found.get(criterion)
        if not cell and known:
            return known.kind
        kind = library_named(cell) or (self.rules.library(cell, {}) if cell else None)
        if kind is None:
            wrong = f"“{cell}” is no library." if cell else "“library” is empty."
            right = f'Known: {", ".join(LIBRARIES)}; another name by --map "{cell or "NAME"}=LIBRARY".'
            self._wrong(at, "library", wrong, right)
        elif known and known.kind != kind:
            wrong = f"“{criterion}” is {known.kind} further up."
            self._wrong(at, "library", wrong, "A criterion belongs to one library.")
            return None
        return kind

    def _rung(self, at: int, place: tuple[str, str], cell: str) -> None:
        if cell and not (len(cell) <= 2 and cell.isascii() and cell.isdigit() and 1 <= int(cell) <= 30):
            self._wrong(at, "rung", f"“{cell}” is no rung.", "Rungs are whole numbers from 1 to 30.")
            return
        rung = int(cell) if cell else 0
        had = self.rungs.setdefault(place, (rung, place[1]))[0]
        if rung and had and rung != had:
            wrong = f"“{place[1]}” is on rung {had} further up."
            self._wrong(at, "rung", wrong, "A level of a track has one rung.")
        elif rung and not had:
            self.rungs[place] = (rung, place[1])

    def _seen(self, at: int, cells: Mapping[str, str], track: str, kind: str) -> None:
        competency = cells.get("competency", "").strip().casefold().replace(" ", "_")
        if competency and competency not in set(Competency):
            right = f"Known: {', '.join(Competency)}."
            self._wrong(at, "competency", f"“{cells['competency']}” is no competency.", right)
            return
        new = _Criterion(title=cells["criterion"], kind=kind)
        one = self.found.setdefault(cells["criterion"], new)
        one.competency = one.competency or competency
        one.words = one.words or cells.get("words", "")
        place = (track, cells["level"])
        if place in one.seen:
            line = one.seen[place][0]
            wrong = f"“{one.title}” at “{place[1]}” stands here again; it is already on line {line}."
            self._wrong(at, "criterion", wrong, "Keep one.")
            return
        examples = tuple(
            filter(None, (part.strip() for part in cells.get("examples", "").split(EXAMPLE_MARK)))
        )
        seen = Seen(level=cells["level"], text=cells["seen"], examples=examples)
        one.seen[place] = (self.table.lines[at], seen)

    def levels(self) -> dict[tuple[str, str], Level]:
        """Give each level an id and a rung; without a column for rungs they count in the order of rows."""
        names = [name for _, name in self.rungs]
        found: dict[tuple[str, str], Level] = {}
        taken: set[str] = set()
        for track, name in self.rungs:
            rung = self.rungs[track, name][0]
            if not rung:
                rung = 1 + sum(one == track for one, _ in found)
            several = names.count(name) > 1
            text = f"{name} {LABELS[track].split(' ')[0]}" if several else name
            identity = slug(text, taken, otherwise=f"level-{len(found) + 1}")
            taken.add(identity)
            found[track, name] = Level(id=identity, title=name, rung=rung)
        ordered = sorted(found, key=lambda place: (TRACKS.index(place[0]), found[place].rung))
        return {place: found[place] for place in ordered}

    def criteria(self, levels: Mapping[tuple[str, str], Level]) -> tuple[Criterion, ...]:
        taken: set[str] = set()
        found = []
        for number, one in enumerate(self.found.values(), start=1):
            identity = slug(one.title, taken, otherwise=f"criterion-{number}")
            taken.add(identity)
            seen = tuple(
                Seen(level=levels[place].id, text=said.text, examples=said.examples)
                for place, (_, said) in one.seen.items()
            )
            found.append(
                Criterion(
                    id=identity,
                    title=one.title,
                    kind=one.kind,
                    competency=one.competency,
                    words=one.words,
                    seen=seen,
                )
            )
        return tuple(found)

    def notes(self) -> list[str]:
        notes = []
        tracks = {track for track, _ in self.rungs}
        if len(tracks) > 1 and not all(rung for rung, _ in self.rungs.values()):
            notes.append(
                "The table does not say which levels of two tracks are equal: they were counted from the "
                "first of each. Add a column “rung” to say it."
            )
        return notes

    def _wrong(self, at: int, column: str, wrong: str, right: str) -> None:
        place = self.table.columns.index(column) + 1 if column in self.table.columns else None
        line = self.table.lines[at]
        self.problems.append(Problem(file=self.table.file, line=line, column=place, wrong=wrong, right=right))
