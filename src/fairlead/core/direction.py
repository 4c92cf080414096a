"""A direction put together: whether management is for me, and what I work on (rows 56, 192).

Every part can be missing. Nothing is added up into one number, no track is called the right one, and
the reading expires (row 47).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from fairlead.core import profile_agreement, scales, skill_or_will
from fairlead.core.direction_answers import NextLevel, Push, WhyIWork
from fairlead.core.direction_reading import Direction, Unsaid
from fairlead.core.direction_signs import Heard, find_signs
from fairlead.core.direction_step import Found, choose_step
from fairlead.core.energy import read_energy
from fairlead.core.motives import read_motives
from fairlead.core.tables import Answers
from fairlead.core.track_fit import apart, read_role, read_tracks, tracks_say
from fairlead.core.tracks import with_competencies
from fairlead.core.values import read_values, utilities
from fairlead.core.why import read_next_level, read_passion, read_why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.choices import Vector
    from fairlead.core.direction_answers import DirectionAnswers
    from fairlead.core.direction_reading import (
        CalendarWeek,
        EnergyReading,
        FrustrationReading,
        MotiveReading,
        MotivesReading,
        SkillSideReading,
        TrackReading,
        ValuesReading,
    )
    from fairlead.core.figures import Figure
    from fairlead.core.roles import Activity, RoleProfile
    from fairlead.core.scales import Scale, ScaleScore
    from fairlead.core.tracks import TrackProfile

METHOD: Final = "fairlead-direction 1"

DAYS: Final = 180
"""How long a direction stands: what somebody wants changes more slowly than a rut, and still changes."""

WITHOUT: Final[dict[str, str]] = {
    "why": "Why you work and where a wish to move up came from is not answered: nothing is said of a push.",
    "values": "Your values are not answered: they are compared with nothing.",
    "energy": "What energizes and drains you is not answered: nothing is said of hours or of tracks by it.",
    "passions": "What you are drawn to is not answered.",
    "strengths": "Your strengths, and how they work against you, are not answered.",
    "frustrations": "Frustrations are not answered: nothing is said of skill gaps and will gaps.",
    "motives": "Reasons to move up are not answered: nothing is said of motives.",
    "skills": "Technical and people skill are not answered: there are no scores of the two sides.",
    "next_level": "The next level is not looked at: nothing is said of the life it brings.",
    "tracks": "The tracks are not answered: what you want of each and are able to do is not compared.",
}
"""What cannot be said without each section."""

NOTES: Final = (
    "All of this comes from your own answers. It is for you, and no ground for choosing among people.",
    (
        "Intervals hold four times in five. They contain what other questions of the kind might have "
        "brought, and not what others would say."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruments:
    """Scales of the two questionnaires within a direction; empty where one is not used."""

    motives: tuple[Scale, ...] = ()
    two_sides: tuple[Scale, ...] = ()


def direction(
    answers: DirectionAnswers,
    *,
    made_on: str,
    tracks: Sequence[TrackProfile] = (),
    roles: Sequence[RoleProfile] = (),
    activities: Sequence[Activity] = (),
    instruments: Instruments | None = None,
    calendar: CalendarWeek | None = None,
    current_track: str = "",
    stands_days: int = DAYS,
) -> Direction:
    """Read a direction from everything that was answered.

    Parameters
    ----------
    answers
        The sections; any of them may be missing.
    made_on
        ISO date of the reading.
    tracks
        Profiles of the tracks to set side by side.
    roles
        Roles whose values are set beside one's own.
    activities
        The map of work activities, for names and kinds of tasks.
    instruments
        Scales of the questionnaires ``motives`` and ``two-sides``.
    calendar
        Hours a week by kind (:func:`fairlead.core.energy.calendar_week`).
    current_track
        The track one is on now, where it is known from elsewhere; else the one that the answers name. Only
        then a mismatch with it can be told (rows 185, 189).
    stands_days
        Days after which the reading is history.

    Returns
    -------
    Direction
        Plain data; parts that were not answered are ``None`` or empty and stand in ``unsaid``.

    Raises
    ------
    ValueError
        When an answer is none that the section allows (``TableError``, a ``ValueError``, for scales).

    Notes
    -----
    The methods stand in the modules that this one puts together and in ``docs/methods/direction.md``.

    Examples
    --------
    >>> from fairlead.core.direction_answers import DirectionAnswers, Push, WhyIWork
    >>> said = DirectionAnswers(answered_on="2026-11-20", why=WhyIWork(push=Push.PUSHED))
    >>> found = direction(said, made_on="2026-11-23")
    >>> found.warnings[0].id, found.next_step.kind, found.expires_on
    ('pushed', 'why', '2027-05-19')
    """
    on = answers.answered_on
    used = instruments or Instruments()
    why = read_why(answers.why, on) if answers.why is not None else None
    values = read_values(answers.values, on) if answers.values is not None else None
    energy = None
    if answers.energy is not None:
        energy = read_energy(answers.energy, on, activities=activities, calendar=calendar)
    motives = None
    if answers.motives is not None:
        motives = read_motives(answers.motives, _scored(answers.motives.answers, used.motives, on), on)
    sides = _sides(answers, used.two_sides, on)
    level = read_next_level(answers.next_level, on) if answers.next_level is not None else None
    drawn, no_values = _drawn(answers)
    known = [with_competencies(track, activities) for track in tracks]
    read = read_tracks(known, answers.tracks or (), on, energy=energy, draws=drawn, no_values=no_values)
    warnings = find_signs(
        Heard(
            why=answers.why, motives=motives, next_level=level, values=values, energy=energy, tracks=read,
            current_track=current_track or _own_track(answers),
        )
    )  # fmt: skip
    unanswered = tuple(section for section in WITHOUT if _is_unanswered(answers, section))
    empty = _empty(answers, values, energy, motives, read)
    pairs = apart(read)
    ends = scales.expires_on(on, stands_days)
    return Direction(
        method=METHOD,
        made_on=made_on,
        answered_on=on,
        expires_on=ends,
        expired=made_on > ends,
        why=why,
        values=values,
        energy=energy,
        passions=tuple(read_passion(one) for one in answers.passions or ()),
        strengths=tuple((one.what, one.works_against) for one in answers.strengths or ()),
        sides=sides,
        sides_beside=skill_or_will.beside(sides),
        motives=motives,
        next_level=level,
        tracks=read,
        apart=pairs,
        tracks_say=tracks_say(read, pairs),
        roles=tuple(read_role(role, drawn, on, no_values) for role in roles),
        warnings=warnings,
        next_step=choose_step(
            Found(
                frustrations=_told(answers), warnings=warnings, next_level=level, tracks=read, energy=energy,
                missing=(*unanswered, *empty), why_written=level is not None and level.why_written,
                no_wish=answers.why is not None and answers.why.push is Push.NO_WISH,
            )
        ),
        unsaid=tuple(Unsaid(section=section, says=WITHOUT[section]) for section in unanswered),
        notes=_notes(read),
    )  # fmt: skip


def _own_track(answers: DirectionAnswers) -> str:
    return str(answers.why.current_track or "") if answers.why is not None else ""


def _is_unanswered(answers: DirectionAnswers, section: str) -> bool:
    """Whether nothing was said of a section; a written Why alone is no look at the next level (row 62)."""
    said = getattr(answers, section)
    if section == "next_level" and said is not None:
        return bool(said == NextLevel(why=said.why) and said.why)
    return said is None


def _scored(said: Sequence[tuple[str, int]], used: Sequence[Scale], on: str) -> tuple[ScaleScore, ...]:
    values = {item: float(answer) for item, answer in said}
    table = Answers(instrument="direction", version="", answered_on=on, values=values, texts={})
    return scales.score(table, used).scores


def _sides(answers: DirectionAnswers, used: Sequence[Scale], on: str) -> tuple[SkillSideReading, ...]:
    scored = _scored(answers.skills, used, on) if answers.skills is not None else ()
    return skill_or_will.read_sides(answers.frustrations or (), scored, on)


def _told(answers: DirectionAnswers) -> tuple[FrustrationReading, ...]:
    return tuple(skill_or_will.read_frustration(one) for one in answers.frustrations or ())


def _drawn(answers: DirectionAnswers) -> tuple[Vector | None, str]:
    """Give what the choices of values allow, and why nothing can be compared, if so."""
    if answers.values is None or not answers.values.mine:
        return None, "Your values were not answered."
    found = utilities(answers.values.mine)
    if found is None:
        return None, "Too few sets of values are answered."
    return profile_agreement.draw(*found), ""


def _empty(
    answers: DirectionAnswers,
    values: ValuesReading | None,
    energy: EnergyReading | None,
    motives: MotivesReading | None,
    tracks: Sequence[TrackReading],
) -> tuple[str, ...]:
    """Name the sections that were gone through and hold too little for any figure.

    To name no frustration is an answer, so an empty list of them is none of these.
    """
    figures: dict[str, list[Figure]] = {}
    if values is not None:
        sides = (values.mine, values.practice)
        figures["values"] = [score.figure for side in sides if side is not None for score in side.scores]
    if energy is not None:
        shares = [energy.on_energizers, energy.on_drains, energy.wanted_on_energizers]
        figures["energy"] = [*shares, *(kind.effect for kind in energy.by_kind)]
    if answers.tracks is not None:
        figures["tracks"] = [one for track in tracks for one in (track.want, track.able)]
    empty = [name for name, found in figures.items() if all(one.value is None for one in found)]
    if answers.why is not None and replace(answers.why, current_track=None) == WhyIWork():
        empty.append("why")
    if motives is not None and not any(_has_motive(one) for one in motives.motives):
        empty.append("motives")
    return tuple(empty)


def _has_motive(one: MotiveReading) -> bool:
    return bool(one.own.value) or (one.score is not None and one.score.score is not None)


def _notes(tracks: Sequence[TrackReading]) -> tuple[str, ...]:
    attributions = dict.fromkeys(track.attribution for track in tracks if track.attribution)
    return (*NOTES, *attributions)
