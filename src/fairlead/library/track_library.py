"""The five tracks: authored words, and figures derived from the occupations that stand for each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Final, Self

from pydantic import Field, model_validator

from fairlead.core.tracks import TRACK_ORDER, TrackDemand, TrackProfile, derive_profile
from fairlead.core.work import Competency, Kind  # noqa: TC001 - pydantic reads annotations at run time
from fairlead.library.crosschecks import doubles, loose_research
from fairlead.library.schema import Entry, Id, Line, Research, Row, Short, Version, matching
from fairlead.library.wording import misfits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fairlead.core.roles import Occupation
    from fairlead.library.wording import Misfit

FORMAT: Final = "fairlead-tracks 1"
FEWEST_DEMANDS: Final = 6
MOST_DEMANDS: Final = 8

Rows = Annotated[tuple[Row, ...], Field(min_length=1)]
Keys = Annotated[tuple[Id, ...], Field(min_length=1)]
Occupations = Annotated[
    tuple[Annotated[str, *matching(r"\d{2}-\d{4}\.\d{2}", "A code is like 11-1021.00.")], ...],
    Field(min_length=3),
]


class Demand(Entry):
    """One thing that a track asks, told so that one could see somebody do it."""

    id: Id
    text: Line
    kind: Kind
    about: Competency | None = None
    weight: float = Field(ge=1, le=5)


class Point(Entry):
    """One thing that a track gives, costs, or lets one lose."""

    id: Id
    text: Line


Points = Annotated[tuple[Point, ...], Field(min_length=2, max_length=5)]


class Track(Entry):
    """One track."""

    id: Id
    label: Short
    lead: Line
    stands_for: Occupations
    note: Annotated[str, Field(max_length=300)] = ""
    demands: Annotated[tuple[Demand, ...], Field(min_length=FEWEST_DEMANDS, max_length=MOST_DEMANDS)]
    gives: Points
    costs: Points
    loses: Points
    reversible: Line
    rows: Rows
    research: Keys


class TrackFile(Entry):
    """``tracks.yaml``: all five, in the order in which they always stand."""

    version: Version
    research: dict[Id, Research]
    tracks: tuple[Track, ...]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        names = [one.id for one in self.tracks]
        found: list[Misfit] = []
        if names != list(TRACK_ORDER):
            right = f"The five stand in this order: {', '.join(TRACK_ORDER)}."
            found.append((("tracks",), "These are not the five tracks.", right))
        found += doubles("tracks", [one.id for track in self.tracks for one in track.demands])
        found += loose_research(
            [(("tracks", i), one.research) for i, one in enumerate(self.tracks)], self.research
        )
        found += _kinds(self)
        if found:
            raise misfits(found)
        return self


def _kinds(file: TrackFile) -> Iterator[Misfit]:
    for i, track in enumerate(file.tracks):
        for j, one in enumerate(track.demands):
            if one.about is not None and one.about.kind is not one.kind:
                right = f"“{one.about}” is {one.about.kind}."
                yield ("tracks", i, "demands", j, "kind"), f"“{one.id}” is said to be {one.kind}.", right


def profiles(file: TrackFile, derived: Mapping[str, Any]) -> tuple[TrackProfile, ...]:
    """Bring words and derived figures together, in the fixed order."""
    return tuple(_profile(track, derived) for track in file.tracks)


def _profile(track: Track, derived: Mapping[str, Any]) -> TrackProfile:
    figures = next(one for one in derived["tracks"] if one["id"] == track.id)
    return TrackProfile(
        id=track.id,
        label=track.label,
        demands=tuple(
            TrackDemand(
                id=one.id, text=one.text, kind=str(one.kind), weight=one.weight, about=str(one.about or "")
            )
            for one in track.demands
        ),
        activities=tuple((str(name), float(number)) for name, number in figures["activities"]),
        values=tuple((str(name), float(number)) for name, number in figures["values"]),
        asks=track.lead,
        gives=tuple(point.text for point in track.gives),
        costs=tuple(point.text for point in track.costs),
        loses=tuple(point.text for point in track.loses),
        reversible=track.reversible,
        attribution=str(derived["attribution"]),
        as_of=derived["as_of"],
        notes=(track.note,) if track.note else (),
    )


def write_derived(
    file: TrackFile,
    occupations: Sequence[Occupation],
    activities: Sequence[str],
    *,
    release: str,
    attribution: str,
    as_of: str | None,
) -> bytes:
    """Write what the occupations of each track ask: one track a line, the same bytes every time."""
    about = {
        "format": FORMAT,
        "attribution": attribution,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "release": release,
        "as_of": as_of,
    }
    rows = []
    for track in file.tracks:
        found = derive_profile(occupations, activities, track.stands_for)
        row = {
            "id": track.id,
            "occupations": found.n_rated,
            "with_values": found.n_valued,
            "activities": [[name, round(number, 3)] for name, number in found.activities],
            "values": [[name, round(number, 2)] for name, number in found.values],
        }
        rows.append(_compact(row))
    return (_compact(about)[:-1] + ',"tracks":[\n' + ",\n".join(rows) + "\n]}\n").encode()


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
