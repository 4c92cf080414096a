"""The role audit: asked and done over the same kinds of work, the map, warnings, and one next step.

The shapes of results live in :mod:`fairlead.core.reading` and are given on from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairlead.core.audit_json import to_json
from fairlead.core.gaps import find_gaps, firefighting, sorted_hours
from fairlead.core.imbalance import find_warnings, read_aspects
from fairlead.core.next_step import Known, choose
from fairlead.core.phrases import percent
from fairlead.core.reading import (
    AspectReading,
    Gap,
    MapPoint,
    NextStep,
    RoleAudit,
    RutReading,
    Stage,
    Warning,  # noqa: A004 - the product's own word for it
)
from fairlead.core.replies import Replies
from fairlead.core.role_map import find_points
from fairlead.core.rut import DAYS, plan_way_out, read_rut

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from fairlead.core.calendars import TimeAudit
    from fairlead.core.roles import RoleProfile
    from fairlead.core.scales import Scored
    from fairlead.core.step_texts import StepTexts

__all__ = [
    "METHOD", "AspectReading", "Gap", "MapPoint", "NextStep", "RoleAudit", "RutReading", "Stage", "Warning",
    "audit", "to_json",
]  # fmt: skip

METHOD: Final = "role-audit 1"
"""Changes when the same inputs would give another reading."""


def audit(
    *,
    made_on: date,
    time: TimeAudit | None,
    role: RoleProfile | None,
    scored: Sequence[Scored] = (),
    earlier: Sequence[RoleAudit | Scored | MapPoint] = (),
    texts: StepTexts,
    rut_stands_days: int = DAYS,
) -> RoleAudit:
    """Read what a role asks beside what a person does, and choose one next step.

    Parameters
    ----------
    made_on
        The day of the reading.
    time
        What the calendar says, or ``None``.
    role
        What the role asks, or ``None``.
    scored
        Answers to the role audit and the rut check as they stand now; of several answers to one
        question the newest counts.
    earlier
        Earlier readings, answers or map points of the same person, for the map over time (row 89)
        and for drift (row 8).
    texts
        The authored words: steps, stages, aspects, warnings.
    rut_stands_days
        Days after which a reading of the rut is history (row 47).

    Returns
    -------
    RoleAudit
        Always complete: what has no data is ``None`` or empty and named in ``notes``; the next step
        then says how to begin.

    Notes
    -----
    How asked and done are compared, and the rule of the step, stand in ``docs/methods/audit.md``; the
    index in ``docs/methods/rut-check.md``. Nothing here compares one person with another.

    Examples
    --------
    >>> from datetime import date
    >>> from fairlead.library.steps import step_texts
    >>> nothing = audit(made_on=date(2026, 11, 22), time=None, role=None, texts=step_texts())
    >>> nothing.next_step.id
    'start_calendar'
    """
    day = made_on.isoformat()
    replies = Replies.of(scored)
    gaps = find_gaps(time, role, replies)
    fires = firefighting(time)
    signs = find_warnings(time, replies, texts)
    readings = tuple(one for one in earlier if not isinstance(one, MapPoint))
    rut = read_rut(made_on=day, time=time, scored=scored, earlier=readings, stands_days=rut_stands_days)
    known = Known(
        made_on=made_on, time=time, role=role, replies=replies, gaps=gaps, fires=fires, signs=signs, rut=rut
    )
    return RoleAudit(
        method=METHOD,
        made_on=day,
        time=time,
        role=role,
        scored=tuple(scored),
        gaps=gaps,
        map=find_points(made_on=day, time=time, role=role, scored=scored, earlier=earlier),
        aspects=read_aspects(replies, texts),
        warnings=signs,
        rut=rut,
        way_out=plan_way_out(rut, day, texts),
        next_step=choose(known, texts),
        notes=_notes(time, role, replies),
        firefighting=fires,
    )


def _notes(time: TimeAudit | None, role: RoleProfile | None, replies: Replies) -> tuple[str, ...]:
    notes = []
    if time is None:
        notes.append("No calendar was read: hours, reactive time and work outside hours are not known.")
    else:
        hours = sorted_hours(time)
        if hours.too_little:
            notes.append(f"The calendar is not set beside the role. {hours.too_little}")
        elif hours.unsorted > 0:
            notes.append(
                f"{percent(hours.unsorted)} of working time is not sorted; it widens every interval."
            )
        notes.append("A calendar shows work that was entered. Work without an entry is not in any share.")
    if role is None:
        notes.append("No role was named: what is asked is not known.")
    elif role.attribution:
        notes.append(role.attribution)
    if not replies.scored:
        notes.append("No questionnaire was answered: how it is for you, and the rut index, are not known.")
    notes.append("Nobody else's answers are in this reading.")
    return tuple(notes)
