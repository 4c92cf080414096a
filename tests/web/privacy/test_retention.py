"""Everything has an end, and goes on its day: not before, not after, over six simulated years."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from tests.factories import GrantFactory, PersonFactory, PositionFactory, RunFactory
from tests.web.people.test_rights import NOT_ABOUT_A_PERSON
from tests.web.roster.made import read

from fairlead.web import trail
from fairlead.web.audits.models import AnswerSheet, CalendarImport, Reading
from fairlead.web.grants.models import Grant
from fairlead.web.people.models import Person, User
from fairlead.web.privacy import classes
from fairlead.web.privacy.models import ErasureRequest
from fairlead.web.roster import actions as hand
from fairlead.web.roster import imports
from fairlead.web.roster.models import Invitation, Position, RosterImport
from fairlead.web.runs.models import Run
from fairlead.web.sharing.models import Share
from fairlead.web.trail import actions as trail_actions
from fairlead.web.trail.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model

DAY = dt.timedelta(days=1)
FIRST = dt.datetime(2024, 1, 1, 12, tzinfo=dt.UTC)
DAYS = 6 * 365 + 2
NEVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


def test_every_table_belongs_to_a_class_and_every_class_is_cleared_or_says_why_not():
    kept = classes.kept()
    for model in apps.get_models(include_auto_created=True):
        if model.__name__ not in NOT_ABOUT_A_PERSON and not model._meta.auto_created:
            assert model.__name__ in kept, (
                f"{model.__name__}: say in its room's expiry.KEPT how long it is kept"
            )
    names = {one.name for one in classes.CLASSES}
    assert set(kept.values()) <= names
    assert set(settings.KEEP_DAYS) == names
    cleared = {name for _room, part in classes.offers("expiry", "EXPIRES") for name in part}
    assert cleared == {name for name in names if classes.days(name) is not None}


@dataclass(frozen=True)
class Made:
    """One row that was made, and the first moment at which it must be gone."""

    model: type[Model]
    pk: Any
    gone_at: dt.datetime


def at_midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)


def keep(name: str) -> dt.timedelta:
    return dt.timedelta(days=settings.KEEP_DAYS[name])


def make_reading(now: dt.datetime) -> list[Made]:
    owner = PersonFactory.create()
    run = RunFactory.create(owner=owner, created_at=now)
    calendar = CalendarImport.objects.create(owner=owner, made_at=now, digest="0" * 64)
    reading = Reading.objects.create(owner=owner, run=run, made_at=now, made_on=now.date())
    end = now + keep("readings")
    return [Made(Run, run.pk, end), Made(CalendarImport, calendar.pk, end), Made(Reading, reading.pk, end)]


def make_leaver(now: dt.datetime) -> list[Made]:
    """Somebody who left today: the account and what is private go first, the roster's entry later."""
    person = PersonFactory.create(number=uuid.uuid4().hex, left=now.date())
    sheet = AnswerSheet.objects.create(owner=person, instrument="rut-check", version="1", sha256="0" * 64)
    position = PositionFactory.create(person=person, since=now.date() - 400 * DAY, until=now.date())
    account, entry = (
        at_midnight(now.date() + DAY) + keep("account"),
        at_midnight(now.date() + DAY) + keep("leavers"),
    )
    return [
        Made(User, person.user_id, account),
        Made(AnswerSheet, sheet.pk, account),
        Made(Person, person.pk, entry),
        Made(Position, position.pk, entry),
    ]


def make_import(now: dt.datetime) -> list[Made]:
    done = RosterImport.objects.create(
        file="people.csv", digest="0" * 64, made_at=now, before=[{"name": "Ann"}]
    )
    return [Made(RosterImport, done.pk, now + keep("imports"))]


def make_invitation(now: dt.datetime) -> list[Made]:
    row = Invitation.objects.create(
        person=PersonFactory.create(), email="a@example.org", token_sha256=uuid.uuid4().hex,
        made_at=now, expires_at=now + 14 * DAY,
    )  # fmt: skip
    return [Made(Invitation, row.pk, now + 14 * DAY + keep("invitations"))]


def make_grant(now: dt.datetime) -> list[Made]:
    row = GrantFactory.create(
        proposed_by=None, confirmed_by=None, since=now.date(), until=now.date() + 100 * DAY
    )
    return [Made(Grant, row.pk, at_midnight(now.date() + 101 * DAY) + keep("grants"))]


def make_share(now: dt.datetime) -> list[Made]:
    row = Share.objects.create(
        owner=PersonFactory.create(), reader=PersonFactory.create(), made_at=now, kind="reading",
        object_id=uuid.uuid4(), title="Reading", until=now.date() + 30 * DAY,
    )  # fmt: skip
    return [Made(Share, row.pk, at_midnight(now.date() + 31 * DAY) + keep("shares"))]


def make_request(now: dt.datetime) -> list[Made]:
    State = ErasureRequest.State  # noqa: N806 - a class
    open_one = ErasureRequest.objects.create(person=uuid.uuid4(), asked_at=now)
    done = ErasureRequest.objects.create(
        person=uuid.uuid4(), asked_at=now, state=State.DONE, answered_at=now + 3 * DAY
    )
    return [
        Made(ErasureRequest, open_one.pk, NEVER),
        Made(ErasureRequest, done.pk, now + 3 * DAY + keep("requests")),
    ]


def make_line(now: dt.datetime) -> list[Made]:
    person = PersonFactory.create()
    trail.record(None, "join", person)
    line = Entry.objects.get(object_id=person.pk)
    return [Made(Entry, line.pk, at_midnight(now.date() + DAY) + keep("record"))]


MAKERS: tuple[Callable[[dt.datetime], list[Made]], ...] = (
    make_reading, make_leaver, make_import, make_invitation, make_grant, make_share, make_request, make_line,
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.django_db
def test_over_six_years_nothing_goes_early_and_nothing_stays_late():
    chance = random.Random(71)
    made: list[Made] = []
    late = early = 0
    for number in range(DAYS):
        now = FIRST + number * DAY
        with time_machine.travel(now, tick=False):
            if chance.random() < 0.05:
                made += chance.choice(MAKERS)(now)
            daily(now)
        if number % 7 and number < DAYS - 3:  # a look a week; each stands between two ticks
            continue
        late_now, early_now = compare(made, now)
        late, early = late + late_now, early + early_now
    assert len(made) > 150
    assert sum(one.gone_at <= now for one in made) > 60, "most classes must have come to their end"
    assert (late, early) == (0, 0)


def daily(now: dt.datetime) -> None:
    """Do what ``tick`` does about time: close the days of the record, then remove what is over."""
    trail_actions.write_heads()
    classes.expire(now)


def compare(made: list[Made], now: dt.datetime) -> tuple[int, int]:
    late = early = 0
    for model in {one.model for one in made}:
        there = set(model._default_manager.values_list("pk", flat=True))
        for one in made:
            if one.model is model:
                late += one.pk in there and one.gone_at <= now
                early += one.pk not in there and one.gone_at > now
    return late, early


@pytest.mark.django_db
@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_each_kind_stands_a_moment_before_its_end_and_is_gone_at_it(make):
    with time_machine.travel(FIRST, tick=False):
        made = make(FIRST)
    for end in sorted({one.gone_at for one in made} - {NEVER}):
        for moment in (end - dt.timedelta(seconds=1), end):
            with time_machine.travel(moment, tick=False):
                daily(moment)
            assert compare(made, moment) == (0, 0), f"(late, early) at {moment}"


@pytest.mark.django_db
def test_somebody_who_is_here_keeps_account_answers_and_position_for_ever():
    person = PersonFactory.create(number="E1")
    PositionFactory.create(person=person)
    AnswerSheet.objects.create(owner=person, instrument="rut-check", version="1", sha256="0" * 64)
    classes.expire(FIRST + 20_000 * DAY)
    assert (Person.objects.count(), User.objects.count()) == (1, 1)
    assert (Position.objects.count(), AnswerSheet.objects.count()) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("by", ["hand", "list"])
def test_a_last_day_long_past_that_was_noted_today_ends_no_account_before_a_month(by):
    with time_machine.travel(FIRST, tick=False):
        ada, person = PersonFactory.create(number="A1"), PersonFactory.create(number="E1", name="Eve")
        PositionFactory.create(person=person, since=dt.date(2015, 1, 1))
        if by == "hand":
            hand.save_person(ada, person=person, verb="mark_left", left=dt.date(2016, 1, 1), left_reason="")
        else:
            imports.carry_out(ada, read("id,name,left\nE1,Eve,2016-01-01\n"), typed="1")
        assert Person.objects.get(pk=person.pk).left == dt.date(2016, 1, 1)
    for days, accounts in ((1, 2), (29, 2), (30, 1)):
        with time_machine.travel(FIRST + days * DAY, tick=False):
            classes.expire(FIRST + days * DAY)
            assert User.objects.count() == accounts, days
