"""How a reading is made, in the worker: files to a table without titles, a table to a reading."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from fairlead.core.calendars import TimeAudit, WorkingHours, audit_time
from fairlead.core.problems import BadInput, Problem
from fairlead.sources import sandbox
from fairlead.sources.reading import weeks_within
from fairlead.web.audits import answering, incoming, placing, queries
from fairlead.web.audits.models import TITLES_KEPT_FOR, CalendarImport, HighPayoffEntry, OwnRule, Reading
from fairlead.web.audits.packing import pack, pack_text, unpack
from fairlead.web.audits.placing import Placed
from fairlead.web.audits.summary import line_of
from fairlead.web.runs.actions import Outcome, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.audit import RoleAudit
    from fairlead.core.reading import MapPoint
    from fairlead.core.scales import Scored
    from fairlead.core.tables import Meetings
    from fairlead.render.drawing import Drawn
    from fairlead.web.people.models import Person
    from fairlead.web.runs.actions import Progress
    from fairlead.web.runs.models import Run

GONE = "The files had been deleted before they could be read. Please choose them again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """What a calendar gives to a reading."""

    time: TimeAudit
    events: list[dict[str, Any]]
    prints: dict[str, str]


def from_files(run: Run, progress: Progress) -> Outcome:
    """Read uploaded calendars, forget what need not stay, and make a reading."""
    try:
        sent = incoming.take(run.params["token"])
    except FileNotFoundError:
        raise Refused(GONE) from None
    finally:
        incoming.forget(run.params["token"])
    progress(5, "Reading the calendar in a closed-off process.")
    calendar = _import(run, sent)
    progress(40, "Titles are forgotten. Measuring the weeks.")
    return _outcome(run, calendar, progress, new=True)


def from_here(run: Run, progress: Progress) -> Outcome:
    """Make a reading from the calendar, answers, role and own rules that are here."""
    progress(10, "Measuring the weeks.")
    calendar = None
    if run.params["calendar"]:
        calendar = CalendarImport.objects.filter(owner=run.owner, pk=run.params["calendar"]).first()
        if calendar is None:
            raise Refused("The calendar has been deleted meanwhile.")
    return _outcome(run, calendar, progress, new=False)


# --- files to a table --------------------------------------------------------------------------


def _import(run: Run, sent: incoming.Sent) -> CalendarImport:
    from fairlead.sources import viva  # noqa: PLC0415 - only where files are read

    made = CalendarImport(
        owner=run.owner,
        digest=run.inputs_digest,
        names=[name for name, _ in sent.files],
        options=run.params["options"],
    )
    exports = [viva.detect(name, data) for name, data in sent.files]
    if not any(exports):
        return _from_calendars(made, sent)
    if not all(exports):
        odd = next(name for (name, _), kind in zip(sent.files, exports, strict=True) if kind is None)
        right = "Give either calendars or exports, not both at once."
        raise BadInput(Problem(file=odd, wrong="This is a calendar beside an export.", right=right))
    if viva.MEETINGS in exports:
        return _from_meetings(made, sent)
    return _from_weeks(made, sent)


def _from_calendars(made: CalendarImport, sent: incoming.Sent) -> CalendarImport:
    typed = sent.typed
    read = sandbox.read_calendar(
        sent.files,
        who=_who(typed),
        zone=typed["zone"],
        first=_date(typed["first"]),
        last=_date(typed["last"]),
        today=timezone.localdate(),
    )
    made.first_day, made.last_day, made.notes = read.first, read.last, list(read.notes)
    return _keep_table(made, read.meetings)


def _from_meetings(made: CalendarImport, sent: incoming.Sent) -> CalendarImport:
    typed = sent.typed
    found = sandbox.read_viva_meetings(sent.files, me=_me(typed), zone=typed["zone"])
    days = [dt.date(1970, 1, 1) + dt.timedelta(minutes=int(m)) for m in found.start_local[[0, -1]]]
    made.first_day, made.last_day = _date(typed["first"]) or days[0], _date(typed["last"]) or days[1]
    made.notes = ["The export holds the meetings that the person called, and no others."]
    return _keep_table(made, found)


def _from_weeks(made: CalendarImport, sent: incoming.Sent) -> CalendarImport:
    """Keep the weekly totals of an export: it holds no events."""
    from fairlead.core.calendars import audit_weeks  # noqa: PLC0415 - only where an export is read

    weeks = sandbox.read_weeks(sent.files, me=_me(sent.typed))
    time = audit_weeks(weeks_within(weeks, _date(sent.typed["first"]), _date(sent.typed["last"])))
    made.first_day, made.last_day = _date(time.first_day), _date(time.last_day)
    made.weeks = queries.times().dump_python(time, mode="json")
    return made


def _me(typed: dict[str, Any]) -> str | None:
    return typed["addresses"][0] if typed["addresses"] else None


def _keep_table(made: CalendarImport, meetings: Meetings) -> CalendarImport:
    """Let the rules say what each event is while its title is here; then forget the titles."""
    from fairlead.library.kinds import load_rules  # noqa: PLC0415 - only where a calendar is read

    key = placing.key_of(made.owner)
    entries = list(HighPayoffEntry.objects.filter(owner=made.owner))
    placed = placing.place(meetings, load_rules(), hours=hours_of(made), key=key, entries=entries)
    made.events = len(meetings)
    made.table, made.placed = pack(meetings), placed.pack()
    if made.options["titles"] == "keep":
        found = placed.with_own(meetings, list(OwnRule.objects.filter(owner=made.owner)))
        made.titles = pack_text(placing.unclear_titles(meetings, found))
        made.titles_until = timezone.now() + TITLES_KEPT_FOR
    return made


def _who(typed: dict[str, Any]) -> Any:
    from fairlead.sources.people import PEOPLE_COLUMNS, who  # noqa: PLC0415 - only where a calendar is read

    table = None
    if typed["people"]:
        data = typed["people"].encode("latin-1")
        table = sandbox.read_table(typed["people_name"], data, known=PEOPLE_COLUMNS)
    return who(typed["addresses"], typed["reports"], table)


def hours_of(calendar: CalendarImport) -> WorkingHours:
    """Give the working hours a calendar was read with."""
    return WorkingHours.parse(f"{calendar.options['day_starts']}-{calendar.options['day_ends']}")


def _date(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


# --- a table to a reading ------------------------------------------------------------------------


def _outcome(run: Run, calendar: CalendarImport | None, progress: Progress, *, new: bool) -> Outcome:
    from fairlead.render import charts  # noqa: PLC0415 - altair is slow to load and only the worker draws

    timed = timed_of(run.owner, calendar) if calendar else None
    progress(55, "Setting asked beside done.")
    audit = audit_of(run.owner, timed.time if timed else None, calendar)
    progress(65, "Drawing the figures.")
    wide = charts.figures(audit)
    progress(80, "Drawing them again for small screens.")
    narrow = charts.figures(audit, width=charts.NARROW)

    stored = _stored(audit, wide, timed)

    def keep() -> None:
        if calendar is not None and new:
            calendar.run = run
            calendar.save(force_insert=True)
        Reading.objects.create(
            owner=run.owner,
            run=run,
            calendar=calendar,
            made_on=dt.date.fromisoformat(audit.made_on),
            role_title=audit.role.title[:200] if audit.role else "",
            line=line_of(stored),
        )

    return Outcome(result=stored, svgs=_svgs(wide, narrow), method=audit.method, keep=keep)


def timed_of(person: Person, calendar: CalendarImport) -> Timed:
    """Measure a stored calendar with the person's own rules laid over it."""
    if calendar.table is None or calendar.placed is None:
        return Timed(time=queries.times().validate_python(calendar.weeks), events=[], prints={})
    from fairlead.core import behaviours  # noqa: PLC0415 - only where a calendar is measured

    meetings, placed = unpack(bytes(calendar.table)), Placed.unpack(bytes(calendar.placed))
    found = placed.with_own(meetings, list(OwnRule.objects.filter(owner=person)))
    hours, first, last = hours_of(calendar), calendar.first_day, calendar.last_day
    assert first is not None  # noqa: S101 - a calendar that was read has its days
    assert last is not None  # noqa: S101 - as above
    time = audit_time(
        meetings, found, hours=hours, first=first, last=last, behaviour=behaviours.score(meetings)
    )
    time = replace(time, notes=(*calendar.notes, *time.notes))
    lines = placing.listed(meetings, found, placed.prints, hours=hours, first=first, last=last)
    prints = {
        str(one.series): placed.prints.get(one.series, "") for one in time.unsorted if not one.fingerprint
    }
    return Timed(time=time, events=lines, prints=prints)


def audit_of(person: Person, time: TimeAudit | None, calendar: CalendarImport | None) -> RoleAudit:
    """Set asked beside done, with the newest answers and what was read before."""
    from fairlead.core.audit import audit  # noqa: PLC0415 - only the worker audits
    from fairlead.library.steps import step_texts  # noqa: PLC0415 - as above

    newest, older = _scored(person)
    return audit(
        made_on=timezone.localdate(),
        time=time,
        role=queries.chosen_profile(person),
        scored=newest,
        earlier=[*older, *_earlier_points(person, calendar)],
        texts=step_texts(),
        rut_stands_days=queries.stands_days("rut-check"),
    )


def _scored(person: Person) -> tuple[list[Scored], list[Scored]]:
    newest, older = [], []
    for name in queries.OWN_INSTRUMENTS:
        sheets = [sheet for sheet in queries.finished_sheets(person, name) if queries.is_current(sheet)]
        instrument = queries.instrument_of(sheets[0]) if sheets else None
        if instrument is not None:
            found = [answering.scored(instrument, sheet) for sheet in sheets]
            newest.append(found[0])
            older += found[1:]
    return newest, older


def _earlier_points(person: Person, calendar: CalendarImport | None) -> list[MapPoint]:
    """Give where earlier calendars stood on the map; the same calendar read again is no earlier one."""
    points = []
    seen = {calendar.pk if calendar else None}
    for reading in Reading.objects.filter(owner=person).select_related("run"):
        if reading.calendar_id in seen:
            continue
        seen.add(reading.calendar_id)
        points += [point for point in queries.audit_of(reading).map if point.who == "calendar"]
    return points


def _stored(audit: RoleAudit, drawings: Sequence[Drawn], timed: Timed | None) -> dict[str, Any]:
    return {
        "audit": queries.audits().dump_python(audit, mode="json"),
        "drawn": [_words_of(one) for one in drawings],
        "events": timed.events if timed else [],
        "series_prints": timed.prints if timed else {},
    }


def _words_of(one: Drawn) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title,
        "sentence": one.sentence,
        "columns": list(one.table.headers),
        "rows": [list(row) for row in one.table.rows],
        "spec": dict(one.spec) if one.spec else None,
    }


def _svgs(wide: Sequence[Drawn], narrow: Sequence[Drawn]) -> dict[str, str]:
    svgs = {one.name: one.svg for one in wide if one.svg}
    for one in narrow:
        if one.svg:  # both stand on one page: their ids must differ
            svgs[f"{one.name}-narrow"] = one.svg.replace(f"figure-{one.name}-", f"figure-{one.name}-narrow-")
    return svgs
