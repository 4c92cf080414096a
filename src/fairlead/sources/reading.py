"""From files to a reading: the one path that command line and web share.

Whatever stands in other people's files is read in the limited child process of ``sandbox``; titles
and people's names are forgotten once the events are classified, unless the person keeps them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from fairlead.core.problems import BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from fairlead.core.audit import RoleAudit
    from fairlead.core.behaviours import BehaviourTable
    from fairlead.core.roles import RoleMatch, RoleProfile
    from fairlead.core.scales import Scored
    from fairlead.core.tables import Meetings, PersonWeeks
    from fairlead.core.time_results import TimeAudit

File = tuple[str, bytes]
"""A name, for messages only, and bytes."""

WORKING_HOURS: Final = "09:00-17:30"
WORKING_DAYS: Final = "mon-fri"
NEAR_ENOUGH: Final = 5.0
"""Other roles this many points below the best match are named as well: the wording is not clear."""

OF_DIRECTION: Final = ("motives", "two-sides")
"""Questionnaires about oneself that a role audit has no use for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Everything a person may give to one reading; all of it may be left out.

    Parameters
    ----------
    calendars
        ``.ics`` files, zips of them, or Viva Insights and Workplace Analytics exports as they come.
    me, reports
        The person's addresses (or id in a people table or export), and those of direct reports.
    people, columns
        A people table, and its column names to ours.
    role, own_role, description
        A title or code; a profile of one's own (YAML); the text of a job description. The first
        one given counts, in the order own profile, title or code, description.
    answers
        Answer files; of several answers to one questionnaire the newest counts, older ones show drift.
    first, last, zone, hours, days
        The period, the time zone and the working hours.
    rules
        A file of one's own words, rules and corrections.
    behaviours
        A labelled table of the two published behaviours, for the second opinion (``sources.behaviours``).
    keep_titles
        Whether titles of unclear events stay in the result: the person's own machine and choice.
    made_on
        The day of the reading.
    """

    calendars: tuple[File, ...] = ()
    me: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    people: File | None = None
    columns: tuple[tuple[str, str], ...] = ()
    role: str = ""
    own_role: File | None = None
    description: File | None = None
    answers: tuple[File, ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None
    zone: str | None = None
    hours: str = WORKING_HOURS
    days: str = WORKING_DAYS
    rules: Path | None = None
    behaviours: File | None = None
    keep_titles: bool = False
    limit_bytes: int | None = None
    made_on: dt.date


def reading(given: Given, *, progress: Callable[[str], None] = lambda _: None) -> RoleAudit:
    """Read the files, measure the weeks, and set what the role asks beside what is done.

    Raises
    ------
    BadInput
        The problems of a file, each with its place and with what would be right.
    """
    from fairlead.core.audit import audit  # noqa: PLC0415 - numpy waits until files are there
    from fairlead.library.load import instrument  # noqa: PLC0415 - pydantic, as above
    from fairlead.library.steps import step_texts  # noqa: PLC0415 - as above

    role, notes = find_role(given)
    newest, older = read_answers(given.answers)
    time = read_time(given, progress=progress) if given.calendars else None
    progress("Setting asked beside done.")
    made = audit(
        made_on=given.made_on,
        time=time,
        role=role,
        scored=newest,
        earlier=older,
        texts=step_texts(),
        rut_stands_days=instrument("rut-check").expires_after_days,
    )
    return replace(made, notes=(*notes, *made.notes))


def read_time(given: Given, *, progress: Callable[[str], None] = lambda _: None) -> TimeAudit:
    """Read calendars or exports and measure where the time goes."""
    from fairlead.sources import viva  # noqa: PLC0415 - as above

    exports = [viva.detect(name, data) for name, data in given.calendars]
    if not any(exports):
        return _from_calendars(given, progress)
    if not all(exports):
        odd = next(name for (name, _), kind in zip(given.calendars, exports, strict=True) if kind is None)
        right = "Give either calendars or exports, not both at once."
        raise BadInput(Problem(file=odd, wrong="This is a calendar beside an export.", right=right))
    return _from_exports(given, meetings=viva.MEETINGS in exports, progress=progress)


def find_role(given: Given) -> tuple[RoleProfile | None, tuple[str, ...]]:
    """Find what the role asks, and say what a person should know about how it was found."""
    if given.own_role is not None:
        from fairlead.sources import role_profile  # noqa: PLC0415 - only where one is given

        return role_profile.read(*given.own_role), ()
    if given.role:
        return _role_by_wording(given.role)
    if given.description is not None:
        return _role_by_description(given.description)
    return None, ()


def read_answers(files: Sequence[File]) -> tuple[tuple[Scored, ...], tuple[Scored, ...]]:
    """Score answer files: the newest of each questionnaire, and the older ones in order of date."""
    from fairlead.sources import answers  # noqa: PLC0415 - pydantic only where answers are given

    scored = []
    for name, data in files:
        for one in answers.read_answers(name, data):
            if one.instrument in OF_DIRECTION:
                wrong = f"“{one.instrument}” says nothing of what you do."
                right = "It belongs to your direction: “fairlead direction --new” asks its questions too."
                raise BadInput(Problem(file=name, wrong=wrong, right=right))
            scored.append(answers.score_answers(one))
    scored.sort(key=lambda one: one.answered_on)
    newest = {one.instrument: one for one in scored}
    return tuple(newest.values()), tuple(one for one in scored if newest[one.instrument] is not one)


def _from_calendars(given: Given, progress: Callable[[str], None]) -> TimeAudit:
    from fairlead.sources import people, sandbox  # noqa: PLC0415 - as above

    table = None
    if given.people is not None:
        progress("Reading the people list.")
        table = sandbox.read_table(*given.people, names=dict(given.columns), known=people.PEOPLE_COLUMNS)
    progress("Reading the calendar in a closed-off process.")
    limit: dict[str, Any] = {} if given.limit_bytes is None else {"limit_bytes": given.limit_bytes}
    read = sandbox.read_calendar(
        given.calendars,
        who=people.who(given.me, given.reports, table),
        zone=given.zone,
        first=given.first,
        last=given.last,
        today=given.made_on,
        **limit,
    )
    return _measured(given, read.meetings, read.first, read.last, read.notes, progress)


def _from_exports(given: Given, *, meetings: bool, progress: Callable[[str], None]) -> TimeAudit:
    from fairlead.core.calendars import audit_weeks  # noqa: PLC0415 - as above
    from fairlead.sources import sandbox  # noqa: PLC0415 - as above

    me = given.me[0] if given.me else None
    progress("Reading the export in a closed-off process.")
    if not meetings:
        return audit_weeks(weeks_within(sandbox.read_weeks(given.calendars, me=me), given.first, given.last))
    found = sandbox.read_viva_meetings(given.calendars, me=me, zone=given.zone)
    days = [dt.date(1970, 1, 1) + dt.timedelta(minutes=int(m)) for m in found.start_local[[0, -1]]]
    note = "The export holds the meetings that the person called, and no others."
    first = given.first or min(days[0], given.last or days[0])
    return _measured(given, found, first, given.last or max(days[1], first), (note,), progress)


def weeks_within(weeks: PersonWeeks, first: dt.date | None, last: dt.date | None) -> PersonWeeks:
    """Give the whole weeks of an export that lie in the period; none at all is bad input."""
    wanted = weeks.between(first, last)
    if len(weeks) and not len(wanted):
        right = f"It holds the weeks of {weeks.monday[0]} to {weeks.monday[-1]}, each named by its Monday."
        wrong = "The export holds no whole week in this period."
        raise BadInput(Problem(file="--from/--to", wrong=wrong, right=right))
    return wanted


def _measured(
    given: Given,
    meetings: Meetings,
    first: dt.date,
    last: dt.date,
    notes: Sequence[str],
    progress: Callable[[str], None],
) -> TimeAudit:
    from fairlead.core import behaviours  # noqa: PLC0415 - as above
    from fairlead.core.calendars import WorkingHours, audit_time  # noqa: PLC0415 - as above
    from fairlead.core.kinds import classify  # noqa: PLC0415 - as above
    from fairlead.library import kinds  # noqa: PLC0415 - as above

    hours = WorkingHours.parse(given.hours, given.days)
    progress("Telling the kinds of work apart.")
    own = kinds.load_own_rules(given.rules) if given.rules else ()
    classified = classify(meetings, kinds.load_rules(given.rules), own_rules=own, working_hours=hours)
    if not given.keep_titles:
        meetings = meetings.without_titles()
    progress("Measuring the weeks.")
    time = audit_time(
        meetings,
        classified,
        hours=hours,
        first=first,
        last=last,
        behaviour=behaviours.score(meetings, _labelled(given)),
        keep_titles=given.keep_titles,
    )
    return replace(time, notes=(*notes, *time.notes))


def _labelled(given: Given) -> BehaviourTable | None:
    if given.behaviours is None:
        return None
    from fairlead.sources import sandbox  # noqa: PLC0415 - as above
    from fairlead.sources.behaviours import COLUMNS, behaviours  # noqa: PLC0415 - as above

    return behaviours(sandbox.read_table(*given.behaviours, known=COLUMNS))


def _role_by_wording(wording: str) -> tuple[RoleProfile, tuple[str, ...]]:
    from fairlead.library import role_library  # noqa: PLC0415 - as above

    library = role_library.load()
    found = library.find(wording)
    if not found:
        near = ", ".join(f"“{title}”" for title in library.suggestions(wording))
        right = f"Try one of {near}, or see: fairlead roles TITLE." if near else "See: fairlead roles TITLE."
        raise BadInput(Problem(file="role", wrong=f"No role is called “{wording}”.", right=right))
    best = found[0]
    return library.profile(best.code), _said_of(wording, found)


def _said_of(wording: str, found: Sequence[RoleMatch]) -> tuple[str, ...]:
    best = found[0]
    if wording.strip().casefold() in {best.code, best.title.casefold()}:
        return ()
    others = [m.title for m in found[1:4] if best.score - m.score < NEAR_ENOUGH and m.code != best.code]
    said = f"“{wording}” was read as {best.title} ({best.code})"
    if best.generic:
        said = f"Every trade uses “{wording}”: add yours for a closer role. {said}"
        others = [match.title for match in found[1:4]]
    return (f"{said}; it could also be {' or '.join(others)}." if others else f"{said}.",)


def _role_by_description(description: File) -> tuple[RoleProfile | None, tuple[str, ...]]:
    from fairlead.core.lens import read_description  # noqa: PLC0415 - as above
    from fairlead.library.role_lens import lens  # noqa: PLC0415 - as above
    from fairlead.sources.text import clean  # noqa: PLC0415 - as above

    name, data = description
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        right = "Save the job description as plain text in UTF-8."
        raise BadInput(
            Problem(file=name, line=line, wrong="This is not text in UTF-8.", right=right)
        ) from None
    lines = "\n".join(clean(line, len(line)) for line in text.splitlines())
    said = read_description(lines, lens(), title=name, file=name)
    return said.profile, ((f"{name}: {said.too_little}",) if said.too_little else ())
