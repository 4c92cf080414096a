"""A role audit as plain JSON values; the keys are a promise."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from fairlead.core.gaps import only_totals
from fairlead.core.work import ASKED_KINDS, Competency

if TYPE_CHECKING:
    from fairlead.core.calendars import TimeAudit
    from fairlead.core.reading import MapPoint, RoleAudit
    from fairlead.core.roles import RoleProfile

SOURCES: Final = ("asked", "self", "others", "calendar")


def to_json(audit: RoleAudit) -> dict[str, Any]:
    """Turn a reading into JSON values: snake_case keys, numbers unrounded, what is missing is null.

    Parameters
    ----------
    audit
        The reading.

    Returns
    -------
    dict
        ``period``, ``hours`` (five keys that sum to all hours of the calendar, counted once; ``other``
        is recovery and unclear, told apart in ``other_hours``), ``after_hours`` and ``weekend`` (hours
        over the period), ``reactive_share``, ``events``, ``asked``, ``map``, ``warnings``,
        ``next_step``; then everything else that the reading holds.
    """
    return {
        **_time(audit.time),
        "asked": _asked(audit.role),
        "map": _map(audit.map),
        "warnings": [asdict(sign) for sign in audit.warnings],
        "next_step": asdict(audit.next_step),
        "made_on": audit.made_on,
        "method": audit.method,
        "gaps": [asdict(gap) for gap in audit.gaps],
        "firefighting": None if audit.firefighting is None else asdict(audit.firefighting),
        "aspects": [asdict(aspect) for aspect in audit.aspects],
        "rut": None if audit.rut is None else asdict(audit.rut),
        "way_out": [asdict(stage) for stage in audit.way_out],
        "answers": [asdict(scored) for scored in audit.scored],
        "time": None if audit.time is None else asdict(audit.time),
        "role": None if audit.role is None else asdict(audit.role),
        "notes": list(audit.notes),
    }


def _time(time: TimeAudit | None) -> dict[str, Any]:
    if time is None:
        keys = ("period", "hours", "other_hours", "after_hours", "weekend", "reactive_share", "events")
        return dict.fromkeys(keys)
    hours = time.hours
    reactive = next((one.value for one in time.figures if one.name == "reactive_share"), None)
    return {
        "period": {
            "from": time.first_day,
            "to": time.last_day,
            "weeks": len(time.weeks),
            "zone": time.zone,
            "working_hours": time.working_hours,
        },
        "hours": {
            "leading": hours.leading,
            "managing": hours.managing,
            "doing": hours.doing,
            "firefighting": hours.firefighting,
            "other": hours.recovery + hours.unclear,
        },
        "other_hours": {"recovery": hours.recovery, "unclear": hours.unclear},
        "after_hours": _total(time, "after_hours", [week.after_hours for week in time.weeks]),
        "weekend": _total(time, "weekend_hours", [week.weekend_hours for week in time.weeks]),
        "reactive_share": reactive,
        "events": time.events,
    }


def _total(time: TimeAudit, name: str, weekly: list[float]) -> float | None:
    """Add up the weeks; an export that lacks the column says nothing, which is not zero hours."""
    if only_totals(time) and time.figure(name).value is None:
        return None
    return sum(weekly)


def _asked(role: RoleProfile | None) -> dict[str, Any] | None:
    if role is None:
        return None
    shares = {one.name: one.share for one in (*role.kinds, *role.competencies)}
    return {
        "code": role.code,
        "title": role.title,
        "source": role.source,
        **{str(kind): shares.get(kind) for kind in ASKED_KINDS},
        "competencies": {str(one): shares.get(one) for one in Competency},
        "attribution": role.attribution,
    }


def _map(points: tuple[MapPoint, ...]) -> dict[str, Any]:
    """Give the newest point of every source, and all of them in order of date."""
    newest: dict[str, Any] = dict.fromkeys(SOURCES)
    for point in points:
        newest[point.who] = asdict(point)
    return {**newest, "over_time": [asdict(point) for point in points]}
