"""The five tracks as they are compared: what each asks, gives and costs (rows 50, 51, 185, 188)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.direction_answers import Value
from fairlead.core.work import ASKED_KINDS, Competency, Track

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.roles import Activity, Occupation

STEPPING_BACK: Final = "stepping_back"
"""Giving up leadership for work one loves: an outcome of equal rank (rows 50, 51)."""

TRACK_ORDER: Final = (
    str(Track.PEOPLE_MANAGER),
    str(Track.INDIVIDUAL_CONTRIBUTOR_LEADER),
    str(Track.OWNER),
    str(Track.EXPERT),
    STEPPING_BACK,
)
"""The fixed order on every screen; never an order by fit (row 188)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackDemand:
    """One thing that a track asks.

    ``kind`` is the kind of work it belongs to (``work.Kind``) or empty; ``weight`` says how much the
    track asks of it, from 1 (now and then) to 5 (most of the work); ``about`` is the competency that
    it takes, or empty.
    """

    id: str
    text: str
    kind: str = ""
    weight: float = 3.0
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackProfile:
    """What one track asks, gives and costs.

    ``activities`` holds (code, strength 0 to 1) pairs; a code is one of O*NET's 41 work activities, a
    competency or a kind of work, as in ``TaskEnergy.task``. ``values`` holds (value, extent 1 to 7)
    pairs. Both may be empty: then nothing is said about energy or values. ``attribution`` must be
    shown with every figure derived from O*NET. ``loses`` is what taking the track would take away, and
    ``reversible`` the sentence that says the way back is open (rows 50, 51).
    """

    id: str
    label: str
    demands: tuple[TrackDemand, ...] = ()
    activities: tuple[tuple[str, float], ...] = ()
    values: tuple[tuple[str, float], ...] = ()
    asks: str = ""
    gives: tuple[str, ...] = ()
    costs: tuple[str, ...] = ()
    attribution: str = ""
    as_of: str | None = None
    notes: tuple[str, ...] = ()
    loses: tuple[str, ...] = ()
    reversible: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedProfile:
    """Activities and values of a group of occupations, as a track's profile takes them."""

    activities: tuple[tuple[str, float], ...]
    values: tuple[tuple[str, float], ...]
    n_rated: int
    n_valued: int


def derive_profile(
    occupations: Sequence[Occupation], activities: Sequence[str], codes: Sequence[str]
) -> DerivedProfile:
    """Average what some occupations ask into the activities and values of one track.

    Parameters
    ----------
    occupations
        All rated occupations; ratings in the order of ``activities``.
    activities
        Element ids of the activities.
    codes
        The occupations that stand for the track, each counted once.

    Returns
    -------
    DerivedProfile
        Mean strength ``(IM - 1) / 4 * LV / 7`` per activity (0 to 1) and mean extent per value (1 to 7)
        over the occupations that have them, in the order of ``activities`` and of ``Value``.

    Raises
    ------
    ValueError
        When a code is not among the occupations, or ratings and activities differ in length.

    Notes
    -----
    The strength is that of :func:`fairlead.core.roles.derive` (O*NET; Peterson et al. 2001,
    doi:10.1111/j.1744-6570.2001.tb00100.x). The mean gives each occupation the same weight: nothing
    is known here of how many people work in it.

    Examples
    --------
    >>> from fairlead.core.roles import Occupation
    >>> role = Occupation(code="1", title="One", job_zone=4, importance=(5.0, 3.0), level=(7.0, 3.5),
    ...                   values=(("Achievement", 6.0), ("Support", 4.0)))
    >>> derive_profile([role], ["a", "b"], ["1"])
    DerivedProfile(activities=(('a', 1.0), ('b', 0.25)), values=(('achievement', 6.0), ('support', 4.0)), \
n_rated=1, n_valued=1)
    """
    known = {role.code: role for role in occupations}
    missing = [code for code in codes if code not in known]
    if missing:
        raise ValueError(f"{missing[0]} is not among the occupations.")
    chosen = [known[code] for code in dict.fromkeys(codes)]
    if any(len(role.importance) != len(activities) or len(role.level) != len(activities) for role in chosen):
        raise ValueError("An occupation needs one importance and one level for each activity.")
    return DerivedProfile(
        activities=_strengths(chosen, activities),
        values=_extents(chosen),
        n_rated=sum(any(at is not None for at in role.importance) for role in chosen),
        n_valued=sum(bool(role.values) for role in chosen),
    )


def with_competencies(track: TrackProfile, activities: Sequence[Activity]) -> TrackProfile:
    """Add to a track's activities the competencies and kinds of work that they stand for.

    Parameters
    ----------
    track
        A profile with strengths of work activities; others stay as they are.
    activities
        The map of work activities.

    Returns
    -------
    TrackProfile
        A competency has the weighted mean strength of its activities, leading, managing and doing that
        of theirs, so that tasks named by these words can be set beside the track. What the track lists
        already is kept.

    Examples
    --------
    >>> from fairlead.core.roles import Activity
    >>> from fairlead.core.work import Kind
    >>> coach = Activity(id="c", name="Coach", kind=Kind.LEADING, sentences=Kind.LEADING, why="x",
    ...                  competencies=((Competency.DEVELOPING_PEOPLE, 1.0),))
    >>> track = TrackProfile(id="t", label="T", activities=(("c", 0.4),))
    >>> with_competencies(track, [coach]).activities
    (('c', 0.4), ('leading', 0.4), ('developing_people', 0.4))
    """
    strength = dict(track.activities)
    added = []
    for word in (*ASKED_KINDS, *Competency):
        weights = {one.id: _weight(one, word) for one in activities if one.id in strength}
        total = sum(weights.values())
        if str(word) not in strength and total > 0:
            mean = sum(strength[name] * weight for name, weight in weights.items()) / total
            added.append((str(word), mean))
    return replace(track, activities=(*track.activities, *added))


def value_named(name: str) -> Value | None:
    """Find the value that O*NET names in its own words; ``None`` for any other name.

    Examples
    --------
    >>> value_named("Working Conditions")
    <Value.WORKING_CONDITIONS: 'working_conditions'>
    """
    plain = name.strip().casefold().replace(" ", "_")
    return Value(plain) if plain in set(Value) else None


def _weight(activity: Activity, word: str) -> float:
    if word in ASKED_KINDS:
        return activity.weight if activity.kind == word else 0.0
    return next((weight for name, weight in activity.competencies if name == word), 0.0)


def _strengths(chosen: Sequence[Occupation], activities: Sequence[str]) -> tuple[tuple[str, float], ...]:
    if not chosen:
        return ()
    importance = np.array([role.importance for role in chosen], dtype=np.float64)
    level = np.array([role.level for role in chosen], dtype=np.float64)
    strength = np.clip((importance - 1) / 4, 0.0, 1.0) * np.clip(level / 7, 0.0, 1.0)
    found = []
    for name, column in zip(activities, strength.T, strict=True):
        rated = column[~np.isnan(column)]
        if rated.size:
            found.append((name, float(rated.mean())))
    return tuple(found)


def _extents(chosen: Sequence[Occupation]) -> tuple[tuple[str, float], ...]:
    by_value: dict[Value, list[float]] = {value: [] for value in Value}
    for role in chosen:
        for name, extent in role.values:
            value = value_named(name)
            if value is not None:
                by_value[value].append(extent)
    return tuple((str(value), sum(found) / len(found)) for value, found in by_value.items() if found)
