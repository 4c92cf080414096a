"""Find and show roles: the shipped file of derived figures, or one built from a fuller download."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fairlead.core.problems import BadInput, Problem
from fairlead.core.roles import Activity, Demand, Relative, RoleProfile, profile_distance
from fairlead.core.work import ASKED_KINDS, Competency, Kind
from fairlead.library.load import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairlead.core.roles import Occupation, RoleMatch
    from fairlead.library.role_titles import Finder

FORMAT: Final = "fairlead-roles 1"
ENVIRONMENT: Final = "FAIRLEAD_ROLES"
MAX_BYTES: Final = 64 * 1024 * 1024
FIGURES: Final = ("level", "emphasis", "share", "share_low", "share_high")
NAMES: Final = (*map(str, ASKED_KINDS), *map(str, Competency))
BUILD_AGAIN: Final = "Build it again with “fairlead roles build DIR --out FILE”."
ATTRIBUTION: Final = (
    "This product includes information from the O*NET {release}Database by the U.S. Department of Labor, "
    "Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET® is a "
    "trademark of USDOL/ETA. Fairlead has modified all or some of this information. USDOL/ETA has not "
    "approved, endorsed, or tested these modifications."
)
EMPHASIS_NOTE: Final = (
    "Emphasis compares with roles of the same job zone, after taking out how much a role asks overall."
)


@cache
def activities() -> tuple[Activity, ...]:
    """Give the map of the 41 work activities, in the order of their element ids."""
    document: Any = shipped("roles/activities.yaml").value
    return tuple(
        Activity(
            id=entry["id"],
            name=entry["name"],
            kind=Kind(entry["kind"]),
            sentences=Kind(entry.get("sentences", entry["kind"])),
            weight=float(entry.get("weight", 1.0)),
            competencies=tuple(
                (Competency(name), float(weight)) for name, weight in entry.get("competencies", {}).items()
            ),
            why=entry["why"],
        )
        for entry in document["activities"]
    )


@cache
def profile_notes() -> tuple[str, ...]:
    """Give what must be said beside every derived profile: what stands in for what O*NET does not rate."""
    document: Any = shipped("roles/activities.yaml").value
    return (EMPHASIS_NOTE, *document["indirect"].values())


@dataclass(frozen=True)
class RoleLibrary:
    """Roles by code; ``titles`` are further wordings by code (empty in the shipped library)."""

    release: str
    attribution: str
    profiles: Mapping[str, RoleProfile]
    relatives: Mapping[str, tuple[tuple[int, float], ...]]
    titles: Mapping[str, tuple[str, ...]]

    def profile(self, code: str) -> RoleProfile:
        """Give the profile of an occupation code such as ``"11-9041.00"``; ``KeyError`` if unknown."""
        return self.profiles[code]

    def find(self, text: str, limit: int = 8) -> tuple[RoleMatch, ...]:
        """Find roles by any wording or code, best first; empty where nothing is near enough."""
        return self.finder.find(text, limit)

    def suggestions(self, text: str, limit: int = 5) -> tuple[str, ...]:
        """Give the wordings nearest to one that finds nothing."""
        return self.finder.suggestions(text, limit)

    def nearest(self, code: str, limit: int = 8) -> tuple[Relative, ...]:
        """Give the roles that ask for the most similar work, nearest first; ``KeyError`` if unknown."""
        codes = self._codes
        return tuple(
            Relative(code=codes[at], title=self.profiles[codes[at]].title, distance=distance)
            for at, distance in self.relatives[code][:limit]
        )

    def nearest_to(self, profile: RoleProfile, limit: int = 8) -> tuple[Relative, ...]:
        """Give the roles whose shares come nearest to any profile's, for example to one's own."""
        near = [
            Relative(code=other.code, title=other.title, distance=distance)
            for other in self.profiles.values()
            if other.code != profile.code and (distance := profile_distance(profile, other)) is not None
        ]
        return tuple(sorted(near, key=lambda role: (role.distance, role.code))[:limit])

    @cached_property
    def finder(self) -> Finder:
        """The index of wordings, made on the first search."""
        from fairlead.library.role_titles import Finder  # noqa: PLC0415 - rapidfuzz only when searched

        return Finder({code: role.title for code, role in self.profiles.items()}, self.titles)

    @cached_property
    def _codes(self) -> tuple[str, ...]:
        return tuple(self.profiles)


def load(path: str | Path | None = None) -> RoleLibrary:
    """Load the library at ``path``, else the one that ``FAIRLEAD_ROLES`` names, else the shipped one."""
    chosen = path if path is not None else os.environ.get(ENVIRONMENT) or None
    if chosen is None:
        return _shipped()
    file = Path(chosen)
    try:
        stamp = file.stat()
    except OSError as error:
        wrong = f"The role library cannot be read: {error.strerror or error}."
        raise BadInput(Problem(file=str(file), wrong=wrong, right=BUILD_AGAIN)) from None
    return _from_file(str(file), stamp.st_mtime_ns, stamp.st_size)


@cache
def _shipped() -> RoleLibrary:
    data = resources.files("fairlead.library").joinpath("roles/roles.json").read_bytes()
    return read("roles.json", data)


@cache
def _from_file(file: str, stamp: int, size: int) -> RoleLibrary:
    del stamp  # part of the key: a file built again is read again
    if size > MAX_BYTES:
        wrong = f"The file has {size:,} bytes."
        raise BadInput(Problem(file=file, wrong=wrong, right=f"At most {MAX_BYTES:,} bytes are read."))
    try:
        data = Path(file).read_bytes()
    except OSError as error:
        wrong = f"The role library cannot be read: {error.strerror or error}."
        raise BadInput(Problem(file=file, wrong=wrong, right=BUILD_AGAIN)) from None
    return read(file, data)


def read(name: str, data: bytes) -> RoleLibrary:
    """Read a library that :func:`write` wrote."""
    try:
        return _unpack(json.loads(data))
    except json.JSONDecodeError as error:
        problem = Problem(
            file=name, line=error.lineno, column=error.colno, wrong="This is not JSON.", right=BUILD_AGAIN
        )
        raise BadInput(problem) from None
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        raise BadInput(
            Problem(file=name, wrong="This is not a role library of this version.", right=BUILD_AGAIN)
        ) from None


def _unpack(stored: dict[str, Any]) -> RoleLibrary:
    if stored["format"] != FORMAT:
        raise ValueError
    profiles = {role["code"]: _profile(stored, role) for role in stored["roles"]}
    relatives = {
        role["code"]: tuple((int(at), float(distance)) for at, distance in role["near"])
        for role in stored["roles"]
    }
    if not profiles or any(not 0 <= at < len(profiles) for near in relatives.values() for at, _ in near):
        raise ValueError
    return RoleLibrary(
        release=str(stored["release"]),
        attribution=str(stored["attribution"]),
        profiles=profiles,
        relatives=relatives,
        titles={role["code"]: tuple(map(str, role.get("titles", ()))) for role in stored["roles"]},
    )


def _profile(stored: dict[str, Any], role: dict[str, Any]) -> RoleProfile:
    demands = [
        Demand(name=name, **dict(zip(FIGURES, figures, strict=True)))
        for name, figures in zip(NAMES, role["asks"], strict=True)
    ]
    return RoleProfile(
        code=str(role["code"]),
        title=str(role["title"]),
        source="onet",
        job_zone=role["zone"],
        kinds=tuple(demands[:3]),
        competencies=tuple(demands[3:]),
        values=_strongest_first(stored["values"], role["values"]),
        styles=_strongest_first(stored["styles"], role["styles"]),
        attribution=str(stored["attribution"]),
        as_of=stored["as_of"],
        notes=tuple(map(str, stored["notes"])),
    )


def attribution(release: str) -> str:
    """Give the sentence that stands beside every figure derived from that release of the database."""
    number = release.partition(" ")[0]
    return ATTRIBUTION.format(release=f"{number} " if number else "")


def write(
    occupations: Sequence[Occupation],
    profiles: Sequence[RoleProfile],
    near: Sequence[tuple[Relative, ...]],
    *,
    release: str,
    titles: bool,
) -> bytes:
    """Write a library: derived figures, codes and titles; one role a line, the same bytes every time.

    Further titles are written only when asked for: the shipped library holds none.
    """
    at = {profile.code: number for number, profile in enumerate(profiles)}
    values = sorted({name for profile in profiles for name, _ in profile.values})
    styles = sorted({name for profile in profiles for name, _ in profile.styles})
    about = {
        "format": FORMAT,
        "attribution": attribution(release),
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "release": release,
        "as_of": profiles[0].as_of if profiles else None,
        "asks": NAMES,
        "figures": FIGURES,
        "notes": profile_notes(),
        "values": values,
        "styles": styles,
    }
    rows = []
    for role, profile, relatives in zip(occupations, profiles, near, strict=True):
        row: dict[str, object] = {
            "code": profile.code,
            "title": profile.title,
            "zone": profile.job_zone,
            "asks": [_figures(demand) for demand in (*profile.kinds, *profile.competencies)],
            "values": _in_order(values, profile.values),
            "styles": _in_order(styles, profile.styles),
            "near": [[at[found.code], round(found.distance, 3)] for found in relatives],
        }
        if titles and role.titles:
            row["titles"] = role.titles
        rows.append(_compact(row))
    head = _compact(about)
    return (head[:-1] + ',"roles":[\n' + ",\n".join(rows) + "\n]}\n").encode()


def _figures(demand: Demand) -> list[float | None]:
    """Round to what ratings of two digits can carry; shares keep a fourth, so that they sum to 1."""
    digits = (3, 2, 4, 3, 3)
    numbers = [getattr(demand, name) for name in FIGURES]
    return [
        None if number is None else round(number, places) + 0.0
        for number, places in zip(numbers, digits, strict=True)
    ]


def _in_order(names: Sequence[str], pairs: tuple[tuple[str, float], ...]) -> list[float | None]:
    """Lay numbers out in the order of the names, ``null`` for a missing one, nothing for none at all."""
    found = dict(pairs)
    return [found.get(name) for name in names] if found else []


def _strongest_first(names: Sequence[str], numbers: Sequence[float | None]) -> tuple[tuple[str, float], ...]:
    pairs = zip(names, numbers, strict=True) if numbers else ()
    known = [(name, float(number)) for name, number in pairs if number is not None]
    return tuple(sorted(known, key=lambda pair: (-pair[1], pair[0])))


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
