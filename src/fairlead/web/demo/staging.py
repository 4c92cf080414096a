"""Filling an empty installation with the demo company: accounts for the cast, their readings over time."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from fairlead.library import load, role_library
from fairlead.web import vault
from fairlead.web.audits import actions, incoming, readings
from fairlead.web.audits.models import AnswerSheet, CalendarImport, Reading
from fairlead.web.demo import calendars, criteria, growing, history, journeys, rounds, statements, surveys
from fairlead.web.demo.answers import answers
from fairlead.web.demo.cast import CAST
from fairlead.web.demo.clock import on
from fairlead.web.demo.company import Employee, employees
from fairlead.web.grants.models import Grant, Role
from fairlead.web.people.models import Person, User
from fairlead.web.runs import actions as runs
from fairlead.web.runs.models import Run, State

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from fairlead.web.demo.cast import Member

WEEKS: Final = 52
WINDOW: Final = 13
"""Weeks of calendar in the demo, and how many of them one reading looks at."""


def employee(member: Member, everyone: Sequence[Employee]) -> Employee:
    """Find the member of the cast in the company."""
    return [e for e in everyone if e.unit == member.unit and e.title == member.title][member.place]


@vault.on_duty("demo")
@transaction.atomic
def fill(say: Callable[[str], object] = lambda _text: None) -> None:
    """Make accounts for the cast and read their calendars and answers as they came in over the year."""
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    everyone = employees(monday)
    people = _people_list(everyone)
    placed = history.write(history.history(everyone, monday))
    accounts: dict[str, Person] = {}
    for number, member in enumerate(CAST):
        me = employee(member, everyone)
        person = accounts[member.key] = _account(placed[me.id], me, member)
        if member.operates:
            _let_operate(person, placed, everyone)
        say(f"{me.name}, {me.title}")
        if not member.regular:
            continue
        book = calendars.calendar(
            calendars.circle(me, everyone),
            member.regular,
            member.sudden,
            first=monday - timedelta(weeks=WEEKS),
            weeks=WEEKS,
            seed=number,
        )
        checks = len(member.symptoms)
        for check in range(checks):
            day = monday - timedelta(weeks=WINDOW * (checks - 1 - check))
            with on(day):
                _answer(member, person, check)
                _read(
                    person,
                    me,
                    book,
                    people,
                    first=day - timedelta(weeks=WINDOW),
                    last=day - timedelta(days=1),
                    titles="keep" if day == monday else "forget",
                )
    if accounts.keys() >= surveys.ASKING:  # a part of the cast has nobody who asks
        say("What the company was asked")
        surveys.stage(accounts, {member.key: member for member in CAST}, today)
    if accounts.keys() >= growing.STAGED:
        say("What they say about their direction, and what they learn")
        growing.stage(accounts, today)
    if accounts.keys() >= criteria.STAGED:
        say("What the leadership team signed")
        criteria.stage(accounts, today)
    if accounts.keys() >= statements.STAGED:  # before the other rounds, which wait to be counted
        say("What people state about themselves, and whether a round treated them alike")
        statements.stage(accounts, today)
    if accounts.keys() >= rounds.STAGED:
        say("Three promotion rounds: in calibration, finished, and one that falls apart")
        rounds.stage(accounts, today)
    if accounts.keys() >= journeys.STAGED:
        say("What they wrote down in their journey")
        journeys.stage(accounts, today)


def _account(person: Person, me: Employee, member: Member) -> Person:
    """Give a place of the roster its account."""
    person.user = User.objects.create_user(me.email)
    if member.role:
        found = role_library.load().find(member.role, limit=1)[0]
        person.role_code, person.role_title = found.code, found.title
    person.zone = calendars.ZONE
    person.save(update_fields=["user", "role_code", "role_title", "zone"])
    return person


def _let_operate(person: Person, placed: dict[str, Person], everyone: Sequence[Employee]) -> None:
    """Give the role of people operations: proposed and confirmed by two others."""
    first = next(one for one in everyone if one.title == "Managing Director")
    second = next(one for one in everyone if one.title == "Finance Director")
    now = timezone.now()
    Grant.objects.create(
        person=person,
        role=Role.PEOPLE_OPERATIONS,
        since=timezone.localdate() - timedelta(days=400),
        until=timezone.localdate() + timedelta(days=330),
        reason="In the job",
        proposed_by=placed[first.id],
        proposed_at=now,
        confirmed_by=placed[second.id],
        confirmed_at=now,
    )


def _answer(member: Member, person: Person, check: int) -> None:
    """Hand both questionnaires in on the staged day; the reading that follows takes them in."""
    for name in ("rut-check", "role-audit"):
        found = load.instrument(name)
        sheet = actions.open_sheet(
            actor=person, instrument=name, version=found.version, sha256=load.instrument_digest(name)
        )
        values, texts = answers(member, found, check)
        actions.answer(actor=person, sheet=sheet, values=values, texts=texts)
        AnswerSheet.objects.filter(pk=sheet.pk).update(finished_at=timezone.now(), made_at=timezone.now())


def _read(
    person: Person, me: Employee, book: bytes, people: str, *, first: date, last: date, titles: str
) -> None:
    """Read one window of the calendar as the worker would, at once."""
    typed = {
        "addresses": [me.email],
        "reports": [],
        "people_name": "people.csv",
        "people": people,
        "zone": calendars.ZONE,
        "day_starts": "09:00",
        "day_ends": "17:30",
        "first": first.isoformat(),
        "last": last.isoformat(),
        "titles": titles,
    }
    options = {name: typed[name] for name in ("zone", "day_starts", "day_ends", "first", "last", "titles")}
    token = incoming.put([(f"{me.name.split()[0].lower()}.ics", book)], typed)
    digest = runs.digest({"owner": str(person.pk), "first": typed["first"]})
    run = Run.objects.create(
        owner=person, kind="calendar", params={"token": token, "options": options}, inputs_digest=digest
    )
    runs.fulfil(run.pk, readings.from_files)
    run.refresh_from_db()
    if run.state != State.DONE:
        raise RuntimeError(f"The demo company could not be read: {run.error}")
    now = timezone.now()  # defaults of the models look at the true clock
    Run.objects.filter(pk=run.pk).update(created_at=now)
    Reading.objects.filter(run=run).update(made_at=now)
    CalendarImport.objects.filter(run=run).update(made_at=now)


def _people_list(everyone: Sequence[Employee]) -> str:
    """Give the company as the people list that an organization would upload."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["id", "name", "email", "manager_id", "unit", "title", "level", "track", "hired"])
    for one in everyone:
        table.writerow(
            [
                one.id,
                one.name,
                one.email,
                one.manager_id,
                one.unit,
                one.title,
                one.level,
                one.track,
                one.hired,
            ]
        )
    return out.getvalue()
