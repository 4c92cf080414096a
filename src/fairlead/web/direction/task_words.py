"""Tasks in plain words, and which of them somebody may want to speak about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from fairlead.core.work import LABELS, Kind, label
from fairlead.web.rooms import offers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairlead.core.time_results import TimeAudit
    from fairlead.library.direction import DirectionTexts
    from fairlead.web.people.models import Person

MOST_SUGGESTED: Final = 8
OWN: Final = "own:"
WITHOUT_COMPETENCIES: Final = (Kind.DOING, Kind.FIREFIGHTING)
LEAST_HOURS: Final = 0.5
"""Hours a week from which something in the calendar is worth a question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A task that somebody may want to speak about, and from where it is known."""

    task: str
    label: str
    says: str
    hours: float | None = None


def newest_time(person: Person) -> TimeAudit | None:
    """Give what the newest reading of a calendar says, where there is one that stands."""
    found = (ask(person) for _room, ask in offers("queries", "newest_time"))
    return next((time for time in found if time is not None), None)


def weeks_of(time: TimeAudit) -> float:
    """Say how many weeks of work a reading of a calendar covers."""
    whole, weekly = time.figure("work_hours").value, time.figure("hours_per_week").value
    return whole / weekly if whole and weekly else 0.0


def suggested(person: Person) -> tuple[Suggestion, ...]:
    """Give the tasks of the person's calendar, then those that the role asks most of."""
    found: dict[str, Suggestion] = {}
    time = newest_time(person)
    weeks = weeks_of(time) if time is not None else 0.0
    if time is not None and weeks:
        # Leading and managing come as their competencies; hands-on work and firefighting have none.
        spent = {one.name: one.hours / weeks for one in time.competencies}
        spent |= {str(kind): getattr(time.hours, kind) / weeks for kind in WITHOUT_COMPETENCIES}
        for name, exact in sorted(spent.items(), key=lambda pair: -pair[1]):
            hours = round(exact, 1)
            if hours >= LEAST_HOURS:
                says = _("in your calendar, %(hours)s hours a week") % {"hours": f"{hours:g}"}
                found[name] = Suggestion(task=name, label=_(label(name)), says=says, hours=hours)
    for _room, ask in offers("queries", "chosen_profile"):
        role = ask(person)
        demands = sorted(role.competencies, key=lambda one: -(one.share or 0)) if role else []
        for one in demands[: MOST_SUGGESTED // 2]:
            says = _("asked of your role")
            found.setdefault(one.name, Suggestion(task=one.name, label=_(label(one.name)), says=says))
    return tuple(found.values())[:MOST_SUGGESTED]


def task_name(entry: Mapping[str, Any]) -> str:
    """Give what tells a task from all others; an own one goes by its words, which a file keeps beside it."""
    task: str = entry["task"]
    return f"{OWN}{entry.get('label') or task.removeprefix(OWN)}" if task.startswith(OWN) else task


def task_label(entry: Mapping[str, Any], texts: DirectionTexts) -> str:
    """Give the plain words of a task."""
    task: str = entry["task"]
    if task.startswith(OWN):
        return str(entry.get("label") or task.removeprefix(OWN))
    if task in LABELS:
        return _(label(task))
    return next((one.label for one in texts.activities if one.code == task), task)
