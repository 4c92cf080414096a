"""Five tracks side by side, as a page shows them: intervals drawn and said, never sorted by fit (row 188)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from fairlead.core.track_fit import likeness
from fairlead.core.tracks import TRACK_ORDER
from fairlead.library import load
from fairlead.render import words
from fairlead.web import asked_in
from fairlead.web.direction import later_reading, later_sittings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fairlead.core.direction_reading import ProfileAgreement, TrackReading
    from fairlead.core.figures import Figure
    from fairlead.core.tracks import TrackProfile
    from fairlead.web.people.models import Person

READINGS: Final = {
    "fits": "wanted, and able",
    "skill_gap": "wanted, not yet able: a skill to learn",
    "will_gap": "able, not wanted",
    "not_mine": "neither wanted nor able",
    "between": "in between",
    "not_said": "not said",
}
ASPECTS: Final = (
    ("want", "What of it I want", 1.0, 5.0),
    ("able", "What I can", 1.0, 5.0),
    ("energy", "What it gives or takes", -2.0, 2.0),
)


MARK_WIDE: Final = 1.4
"""Width of the mark at the number; it stays on the rail of 100 also at its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One number of a track with its interval, as lengths on a rail of 100, and in words."""

    key: str
    label: str
    figure: Figure
    says: str
    low: float
    width: float
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One track on the page."""

    id: str
    reading: TrackReading
    profile: TrackProfile
    bars: tuple[Bar, ...]
    values: ProfileAgreement | None
    answered: int
    demands: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracks:
    """The whole page."""

    columns: tuple[Column, ...]
    says: str
    apart: tuple[str, ...]
    signs: tuple[Any, ...]
    stands_until: str
    is_history: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said about any track yet."""
        return not any(column.answered for column in self.columns)

    @property
    def is_bare(self) -> bool:
        """Whether nothing at all can be set side by side yet."""
        figures = [bar.figure for column in self.columns for bar in column.bars]
        figures += [column.values.shape for column in self.columns if column.values is not None]
        return self.is_empty and all(one.value is None for one in figures)


def profiles() -> dict[str, TrackProfile]:
    """Give the five tracks in their fixed order, in the language of the page."""
    found = {one.id: one for one in load.tracks(asked_in.now())}
    return {name: found[name] for name in TRACK_ORDER}


def said_of(person: Person, track: str) -> dict[str, Any]:
    """Give what was said about one track so far."""
    there: Iterable[dict[str, Any]] = later_sittings.content_of(person, "tracks") or ()
    return next((one for one in there if one["track"] == track), {})


def tracks(person: Person) -> Tracks:
    """Lay the five tracks out beside each other."""
    direction = later_reading.direction_of(person)
    sitting = later_sittings.newest_of(person, "tracks")
    until = sitting.stands_until if sitting is not None else None
    known = profiles()
    return Tracks(
        columns=tuple(_column(one, known[one.track]) for one in direction.tracks),
        says=direction.tracks_say,
        apart=tuple(one.says for one in direction.apart),
        signs=tuple(one for one in direction.warnings if MISMATCH in one.rows),
        stands_until=words.day(until.isoformat()) if until else "",
        is_history=sitting is not None and sitting.is_history,
    )


MISMATCH: Final = 189
"""The row of warnings that speak of a mismatch with a track."""


def _column(reading: TrackReading, profile: TrackProfile) -> Column:
    figures = {"want": reading.want, "able": reading.able, "energy": reading.energy}
    demands = tuple(
        (one.text, _of_five(one.want), _of_five(one.able), READINGS.get(one.reading, one.reading))
        for one in reading.demands
    )
    return Column(
        id=reading.track,
        reading=reading,
        profile=profile,
        bars=tuple(
            _with_likeness(_bar(key, name, figures[key], least, most), reading.on(key))
            for key, name, least, most in ASPECTS
        ),
        values=_values(reading.on("values")),
        answered=sum(one.want is not None or one.able is not None for one in reading.demands),
        demands=demands,
    )


def _bar(key: str, name: str, figure: Figure, least: float, most: float) -> Bar:
    def place(value: float) -> float:
        return round(100 * (min(max(value, least), most) - least) / (most - least), 2)

    if figure.value is None:
        return Bar(key=key, label=name, figure=figure, says="", low=0.0, width=0.0, at=0.0)
    low = figure.low if figure.low is not None else figure.value
    high = figure.high if figure.high is not None else figure.value
    return Bar(
        key=key,
        label=name,
        figure=figure,
        says=_says(key, low, high),
        low=place(low),
        width=round(place(high) - place(low), 2),
        at=place(figure.value) * (1 - MARK_WIDE / 100),
    )


def _with_likeness(bar: Bar, agreement: ProfileAgreement | None) -> Bar:
    """Say beside energy by what tracks are compared on it; want and able are compared by what is drawn."""
    if bar.key != "energy" or agreement is None or agreement.shape.value is None or bar.figure.value is None:
        return bar
    how = f"{bar.figure.formula} Likeness: {agreement.shape.formula}"
    return replace(bar, says=f"{bar.says} {_likeness(agreement)}", figure=replace(bar.figure, formula=how))


def _values(agreement: ProfileAgreement | None) -> ProfileAgreement | None:
    if agreement is None or agreement.shape.value is None:
        return agreement
    return replace(agreement, says=f"{agreement.says} {_likeness(agreement)}")


def _likeness(agreement: ProfileAgreement) -> str:
    return f"Likeness {likeness(agreement.shape)}, from −1 to 1: by it tracks are compared."


def _says(key: str, low: float, high: float) -> str:
    """Say a number and its interval in words."""
    if key == "energy":
        between = f"{_signed(low)} to {_signed(high)}, from −2 (drains) to 2 (gives energy)"
        if low > 0:
            return f"Gives rather than takes: {between}."
        if high < 0:
            return f"Takes rather than gives: {between}."
        return f"Gives or takes, which cannot be said: {between}."
    much = "much of it" if low > 3 else "little of it" if high < 3 else ""
    between = f"{low:.1f} to {high:.1f} of 5"
    verb = {"want": "You want", "able": "You can do"}[key]
    if much:
        return f"{verb} {much}: {between}."
    return f"{verb} some of it, or it cannot be said how much: {between}."


def _signed(value: float) -> str:
    return f"{value:.1f}".replace("-", "\N{MINUS SIGN}")


def _of_five(value: int | None) -> str:
    return f"{value} of 5" if value is not None else words.DASH
