"""The five tracks side by side: what each asks, what of it one wants and can, energy, values, losses.

Nothing here is one match percentage, nothing is sorted, and no track is ever called the right one
(rows 50, 51, 185, 188).
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Final

from fairlead.core import profile_agreement
from fairlead.core.direction_answers import TrackAnswers, Value
from fairlead.core.direction_reading import (
    DemandReading,
    ProfileAgreement,
    ProfileRow,
    RoleAgreement,
    TrackReading,
    TracksApart,
)
from fairlead.core.figures import Figure
from fairlead.core.item_means import item_mean
from fairlead.core.phrases import count
from fairlead.core.profile_agreement import Scales
from fairlead.core.track_reasons import reasons_of
from fairlead.core.tracks import TRACK_ORDER, value_named
from fairlead.core.value_sets import AT, label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairlead.core.choices import Vector
    from fairlead.core.direction_reading import EnergyReading
    from fairlead.core.roles import RoleProfile
    from fairlead.core.tracks import TrackDemand, TrackProfile

ENOUGH_DEMANDS: Final = 3
"""With fewer answered demands of a track there is too little to say of it."""

ENOUGH_TASKS: Final = 3
"""With fewer rated activities that a track asks more of than others do, its energy is not known."""

ENOUGH_FOR_SHAPE: Final = 10
"""With fewer rated activities tracks are not compared by energy (recovery table of the method page)."""

FLAT_STRENGTHS: Final = 0.03
"""Tracks ask for many activities alike; differences below this are none."""

FLAT_EXTENTS: Final = 1.0
"""A role whose values differ by less than a point (1 to 7) has no profile of values."""

FLAT_OFFERS: Final = 0.75
"""The same for what a track offers more than others do: a mean of ten occupations moves less than one."""

YES, NO = 4, 2
"""From 4 on one wants it, or is able; up to 2 one does not."""

ASPECTS: Final = ("want", "able", "energy", "values")
MORE: Final = {
    "want": "You want more of what “{more}” asks than of what “{less}” asks.",
    "able": "By your own answers you are more able to do what “{more}” asks than what “{less}” asks.",
    "energy": (
        "“{more}” goes better with what energizes you than “{less}” does: likeness {higher} beside {lower}."
    ),
    "values": (
        "Your values are nearer to those of “{more}” than to those of “{less}”: likeness {higher} beside "
        "{lower}."
    ),
}

BY_CHANCE: Final = (
    "Even where nothing differs, about every second person reads at least one such pair by chance, on what "
    "they want or are able to do."
)
"""Measured: a third of people on each of the two (`benchmarks/recovery/direction.py`, all wanted alike)."""


def read_tracks(
    tracks: Sequence[TrackProfile],
    answers: Sequence[TrackAnswers],
    on: str,
    *,
    energy: EnergyReading | None = None,
    draws: Vector | None = None,
    no_values: str = "",
) -> tuple[TrackReading, ...]:
    """Read each track by itself: want, able, energy, values, what one would lose.

    Parameters
    ----------
    tracks
        Profiles; the result stands in the fixed order of ``TRACK_ORDER``, unknown ones after it.
    answers
        Answers by track; of a track answered twice the last one counts. Answers to demands that the
        profile does not have are left out.
    on
        ISO date of the answers.
    energy
        What the tasks give; without it nothing is said of energy.
    draws
        Utilities of the six values that the choices allow (:func:`profile_agreement.draw`).
    no_values
        Why there are none, if so.

    Returns
    -------
    tuple of TrackReading
        One for each profile.

    Raises
    ------
    ValueError
        When an answer lies outside 1 to 5.

    Notes
    -----
    Want and able are means over the answered demands, weighted by how much the track asks of each;
    energy is the mean effect of the rated activities that the track asks more of than the others do,
    weighted by how much more. Intervals: :func:`fairlead.core.item_means.item_mean`. Shapes:
    :func:`fairlead.core.profile_agreement.agree`. What all tracks ask and offer alike tells none apart:
    for energy and values, a track's profile is what it has more or less than the mean of the tracks
    (equal profiles counted once). Fit of needs and supplies and
    fit of demands and abilities are two things (Edwards 1996, doi:10.5465/256782); so want and able
    are never mixed.
    """
    said = {one.track: one for one in answers}
    usual = _usual([track.activities for track in tracks])
    offered = _usual([track.values for track in tracks])
    found = [
        _track(
            track,
            said.get(track.id, TrackAnswers(track=track.id)),
            on,
            usual,
            offered,
            energy,
            draws,
            no_values,
        )
        for track in sorted(tracks, key=_place)
    ]
    return tuple(found)


def apart(tracks: Sequence[TrackReading]) -> tuple[TracksApart, ...]:
    """Name the pairs of tracks whose 80 % intervals do not meet: of means for want and able, of shapes else.

    Returns
    -------
    tuple of TracksApart
        In the order of ``ASPECTS``, then of the tracks. Tracks whose intervals meet are not named:
        nothing is said of them, and nothing is said of a best one.
    """
    found = []
    for aspect in ASPECTS:
        for one, other in combinations(tracks, 2):
            left, right = figure_on(one, aspect), figure_on(other, aspect)
            if left.low is None or left.high is None or right.low is None or right.high is None:
                continue
            if left.low > right.high:
                found.append(_pair(aspect, one, other))
            elif right.low > left.high:
                found.append(_pair(aspect, other, one))
    return tuple(found)


def figure_on(track: TrackReading, aspect: str) -> Figure:
    """Return the figure by which tracks are compared: want and able by mean, energy and values by shape."""
    if aspect in {"want", "able"}:
        return track.want if aspect == "want" else track.able
    return next(one.shape for one in track.agreement if one.on == aspect)


def likeness(shape: Figure) -> str:
    """Write a shape, a correlation from -1 to 1, with its interval; empty where there is none.

    Examples
    --------
    >>> likeness(Figure(name="shape", value=-0.25, unit="correlation", n=12, n_of="tasks", formula="",
    ...                 low=-0.5, high=0.1))
    '−0.25 (−0.50 to 0.10)'
    """
    if shape.value is None or shape.low is None or shape.high is None:
        return ""
    value, low, high = (f"{round(at, 2) + 0.0:.2f}" for at in (shape.value, shape.low, shape.high))
    return f"{value} ({low} to {high})".replace("-", "\N{MINUS SIGN}")


def tracks_say(tracks: Sequence[TrackReading], pairs: Sequence[TracksApart]) -> str:
    """Say in a few sentences what the comparison can carry, and how often chance alone names a pair."""
    if not tracks:
        return ""
    if all(track.too_little for track in tracks):
        return "There is too little to say of any track: answer what you want and are able to do."
    equal = "All five are of equal rank, staying hands-on and stepping back among them."
    if not pairs and sum(_says_something(track) for track in tracks) < 2:
        return (
            f"Something can be said of one track alone, so nothing is compared yet: answer one more. {equal}"
        )
    if not pairs:
        return f"No two tracks lie apart in your answers; all intervals meet. {equal}"
    named, all_pairs = len({frozenset((one.more, one.less)) for one in pairs}), comb(len(tracks), 2)
    lie = "lies" if named == 1 else "lie"
    return (
        f"{named} of the {count(all_pairs, 'pair')} of tracks {lie} apart on one thing or more: wish, "
        "ability, energy or values. Nothing is said of the others. "
        f"{BY_CHANCE} What lies apart on one thing can lie the other way on another. {equal}"
    )


def _says_something(track: TrackReading) -> bool:
    figures = (track.want, track.able, *(one.shape for one in track.agreement))
    return any(one.value is not None for one in figures)


def read_role(profile: RoleProfile, draws: Vector | None, on: str, no_values: str = "") -> RoleAgreement:
    """Set own values beside the values that one role offers (rows 65, 185).

    Parameters
    ----------
    profile
        A role with O*NET's extents (1 to 7); without them there is too little to say.
    draws, on, no_values
        As for :func:`read_tracks`.
    """
    extents = tuple(
        (str(value), extent) for name, extent in profile.values if (value := value_named(name)) is not None
    )
    return RoleAgreement(
        code=profile.code,
        title=profile.title,
        values=_values(extents, draws, on, no_values, FLAT_EXTENTS),
        attribution=profile.attribution,
    )


def _track(
    track: TrackProfile,
    said: TrackAnswers,
    on: str,
    usual: Mapping[str, float],
    offered: Mapping[str, float],
    energy: EnergyReading | None,
    draws: Vector | None,
    no_values: str,
) -> TrackReading:
    want, able = dict(said.want), dict(said.able)
    demands = tuple(_demand(one, want.get(one.id), able.get(one.id)) for one in track.demands)
    wanted = _mean("want", demands, on)
    can = _mean("able", demands, on)
    more = {task: strength - usual[task] for task, strength in track.activities}
    offers = [(value, extent - offered[value]) for value, extent in track.values]
    gives = _energy(more, energy, on)
    agreement = (
        _shape("want", demands, on),
        _shape("able", demands, on),
        _energy_shape(more, energy, on),
        _values(offers, draws, on, no_values, FLAT_OFFERS),
    )
    too_little = wanted.too_little if wanted.value is None and can.value is None else ""
    return TrackReading(
        track=track.id,
        label=track.label,
        asks=track.asks,
        gives=track.gives,
        costs=track.costs,
        demands=demands,
        want=wanted,
        able=can,
        energy=gives,
        agreement=agreement,
        lose=said.lose,
        reasons=reasons_of(demands, more, energy, agreement[3], said.lose),
        attribution=track.attribution,
        too_little=too_little,
        notes=track.notes,
    )


def _demand(one: TrackDemand, want: int | None, able: int | None) -> DemandReading:
    for answer in (want, able):
        if answer is not None and not 1 <= answer <= 5:
            raise ValueError(f"“{one.text}”: {answer} is not among 1 to 5.")
    return DemandReading(
        id=one.id,
        text=one.text,
        kind=one.kind,
        about=one.about,
        weight=one.weight,
        want=want,
        able=able,
        reading=_reading(want, able),
    )


def _reading(want: int | None, able: int | None) -> str:
    if want is None or able is None:
        return "not_said"
    if want >= YES:
        return "fits" if able >= YES else "skill_gap" if able <= NO else "between"
    if want <= NO:
        return "will_gap" if able >= YES else "not_mine" if able <= NO else "between"
    return "between"


def _mean(aspect: str, demands: Sequence[DemandReading], on: str) -> Figure:
    known = [(answer, one.weight) for one in demands if (answer := getattr(one, aspect)) is not None]
    what = {"want": "how much you want", "able": "how able you are to do"}[aspect]
    blank = Figure(
        name=aspect, value=None, unit="points", n=len(known), n_of="demands", as_of=on,
        formula=(
            f"Mean of {what} what the track asks (1 to 5), weighted by how much it asks of each; 80 % "
            "interval over the demands."
        ),
        left_out="Demands you did not answer, and what others see.",
        too_little=(
            f"{len(known)} of {len(demands)} demands answered; it takes {ENOUGH_DEMANDS}."
            if len(known) < ENOUGH_DEMANDS
            else ""
        ),
    )  # fmt: skip
    return blank if blank.too_little else _with_mean(blank, known, 1, 5)


def _energy(more: Mapping[str, float], energy: EnergyReading | None, on: str) -> Figure:
    rated = energy.tasks if energy is not None else ()
    known = [(one.effect, more[one.task]) for one in rated if more.get(one.task, 0.0) > 0]
    too_little = ""
    if not more:
        too_little = "This track has no list of activities: what it brings depends on what you go to."
    elif len(known) < ENOUGH_TASKS:
        too_little = (
            f"{count(len(known), 'task')} rated that this track asks more of than others do; it takes "
            f"{ENOUGH_TASKS}."
        )
    blank = Figure(
        name="energy", value=None, unit="points", n=len(known), n_of="tasks", as_of=on,
        formula=(
            "Mean effect (−2 to 2) of the activities you rated that this track asks more of than the other "
            "tracks do, weighted by how much more; 80 % interval over the activities."
        ),
        left_out="Activities you did not rate, tasks in your own words, and what all tracks ask alike.",
        too_little=too_little,
    )  # fmt: skip
    return blank if too_little else _with_mean(blank, known, -2, 2)


def _with_mean(blank: Figure, known: Sequence[tuple[int, float]], bottom: float, top: float) -> Figure:
    found = item_mean([one for one, _ in known], [weight for _, weight in known], bottom, top)
    return replace(blank, value=found.value, low=found.low, high=found.high, level=0.8)


def _shape(aspect: str, demands: Sequence[DemandReading], on: str) -> ProfileAgreement:
    rows = [
        ProfileRow(name=one.id, label=one.text, mine=getattr(one, aspect), asked=one.weight)
        for one in demands
    ]
    return profile_agreement.agree(aspect, rows, Scales(mine=(1, 5), asked=(1, 5), same=True), on)


def _usual(profiles: Sequence[tuple[tuple[str, float], ...]]) -> dict[str, float]:
    """Give the mean of each activity or value over the profiles that list it, equal profiles once."""
    found: dict[str, list[float]] = {}
    for profile in dict.fromkeys(profiles):
        for name, amount in profile:
            found.setdefault(name, []).append(amount)
    return {name: sum(amounts) / len(amounts) for name, amounts in found.items()}


def _energy_shape(more: Mapping[str, float], energy: EnergyReading | None, on: str) -> ProfileAgreement:
    rows = [
        ProfileRow(name=one.task, label=one.label, mine=float(one.effect), asked=more[one.task])
        for one in (energy.tasks if energy is not None else ())
        if one.task in more
    ]
    return profile_agreement.agree(
        "energy", rows, Scales(mine=(-2, 2), asked=(0, 1), same=False), on,
        flat_asked=FLAT_STRENGTHS, n_of="tasks", enough=ENOUGH_FOR_SHAPE,
    )  # fmt: skip


def _values(
    extents: Sequence[tuple[str, float]], draws: Vector | None, on: str, no_values: str, flat: float
) -> ProfileAgreement:
    offered = dict(extents)
    mine = None if draws is None else draws.mean(axis=0)
    rows = [
        ProfileRow(
            name=str(value),
            label=label(value),
            mine=None if mine is None else float(mine[AT[value]]),
            asked=offered.get(str(value)),
        )
        for value in Value
    ]
    too_little = no_values
    if not too_little and draws is None:
        too_little = "Your values were not answered."
    elif not too_little and any(str(value) not in offered for value in Value):
        too_little = "What is offered of the six values is not known here."
    elif not too_little and max(offered.values()) - min(offered.values()) < flat:
        too_little = "The six values are offered much alike here: there is no shape to compare with."
    return profile_agreement.agree_choices(draws, rows, on, too_little)


def _place(track: TrackProfile) -> int:
    return TRACK_ORDER.index(track.id) if track.id in TRACK_ORDER else len(TRACK_ORDER)


def _pair(aspect: str, more: TrackReading, less: TrackReading) -> TracksApart:
    return TracksApart(
        on=aspect,
        more=more.track,
        less=less.track,
        says=MORE[aspect].format(
            more=more.label,
            less=less.label,
            higher=likeness(figure_on(more, aspect)),
            lower=likeness(figure_on(less, aspect)),
        ),
    )
