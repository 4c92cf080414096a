"""Dates for a calendar program: a secret address, and no word of what was planned."""

from __future__ import annotations

import io
import logging
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar
from tests.web.growth import made

from fairlead.web import vault
from fairlead.web.feedback.quiet import Answers
from fairlead.web.growth import actions, dates
from fairlead.web.growth.models import Experiment, Feed
from fairlead.web.people import actions as people

PLANTED = "Quarzlibelle"
MONDAY = date(2026, 3, 2)


@pytest.fixture
def running(cast):
    cast.ada.person.zone = "Europe/Berlin"
    cast.ada.person.save()
    skill = made.skill(cast.ada.person, state="open", title=PLANTED, came_from=PLANTED)
    one = made.experiment(skill, begun_on=MONDAY, due_on=MONDAY + timedelta(weeks=4), by_mail=True)
    made.practice(
        one, practice="the_talk_you_avoid", event=PLANTED, planned_for=date(2026, 3, 5), planned_at=time(14)
    )
    made.practice(one, practice="the_talk_you_avoid", planned_for=date(2026, 3, 9))
    made.practice(one, practice="the_talk_you_avoid", planned_for=date(2026, 3, 3), done_on=MONDAY)
    return one


def address_of(member):
    page = member.browser.post("/growth/dates/").content.decode()
    return page.split('class="secret">')[1].split("<")[0].removeprefix("http://testserver")


def test_a_calendar_program_reads_the_dates_without_signing_in(cast, running):
    answer = cast.visitor.get(address_of(cast.ada))
    found = Calendar.from_ical(answer.content)
    events = {str(one["summary"]): one for one in found.walk("VEVENT")}
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    assert len(found.walk("VEVENT")) == 3
    assert events[dates.DUE]["dtstart"].dt == date(2026, 3, 30)
    starts = [one["dtstart"].dt for one in found.walk("VEVENT")]
    assert datetime(2026, 3, 5, 13, tzinfo=UTC) in starts  # 14:00 in Berlin, in winter
    assert date(2026, 3, 9) in starts


def test_the_calendar_says_no_word_of_what_was_planned(cast, running):
    text = cast.visitor.get(address_of(cast.ada)).content.decode()
    for word in (PLANTED, "talk", "onflict", "Ada", "ada@", str(running.skill_id)):
        assert word not in text


def test_only_the_hash_of_the_address_is_kept(cast, running):
    token = address_of(cast.ada).removeprefix("/growth/dates/").removesuffix(".ics")
    feed = Feed.objects.get()
    assert len(token) >= 43
    assert token not in str(vars(feed))
    assert token not in cast.ada.browser.get("/growth/dates/").content.decode()


def test_a_new_address_ends_the_old_one_and_closing_ends_both(cast, running):
    old, new = address_of(cast.ada), address_of(cast.ada)
    assert cast.visitor.get(old).status_code == 404
    assert cast.visitor.get(new).status_code == 200
    cast.ada.browser.post("/growth/dates/close/")
    assert cast.visitor.get(new).status_code == 404


def test_the_address_of_somebody_who_left_or_is_closed_out_is_none(cast, running):
    address = address_of(cast.ada)
    cast.ada.person.user.is_active = False
    cast.ada.person.user.save()
    gone = cast.visitor.get(address)
    nowhere = cast.visitor.get(f"/growth/dates/{'x' * 43}.ics")
    assert (gone.status_code, gone.content) == (404, nowhere.content)


def test_the_address_is_answered_so_often_an_hour_and_no_more(cast, running):
    cache.clear()
    address = address_of(cast.ada)
    codes = [cast.visitor.get(address).status_code for _time in range(dates.TRIES + 1)]
    assert codes == [200] * dates.TRIES + [429]
    cache.clear()


def test_the_dates_are_those_of_the_address_whoever_asks(cast, running):
    address = address_of(cast.ben)
    assert Calendar.from_ical(cast.ada.browser.get(address).content).walk("VEVENT") == []


def tick_on(day):
    with time_machine.travel(datetime.combine(day, time(12), tzinfo=UTC), tick=False):
        actions.tick()


def test_letters_come_on_planned_days_when_it_is_due_and_once_more(cast, running):
    sent = []
    for ahead in range(60):
        day = MONDAY + timedelta(days=ahead)
        tick_on(day)
        tick_on(day)
        sent += [day] * len(mail.outbox)
        mail.outbox.clear()
    due = MONDAY + timedelta(weeks=4)
    assert sent == [date(2026, 3, 5), date(2026, 3, 9), due, due + timedelta(days=7)]


def test_a_letter_holds_a_link_and_nothing_else(cast, running):
    tick_on(date(2026, 3, 5))
    letter = mail.outbox[0]
    assert letter.to == ["ada@example.org"]
    assert "/growth/" in letter.body
    for word in (PLANTED, "onflict", "Ada"):
        assert word not in letter.body + letter.subject


def test_nobody_is_reminded_who_did_not_ask_for_it_or_whose_experiment_is_over(cast, running):
    Experiment.objects.update(by_mail=False)
    tick_on(date(2026, 3, 5))
    Experiment.objects.update(by_mail=True, ended_on=MONDAY)
    tick_on(date(2026, 3, 30))
    assert mail.outbox == []


def test_a_letter_that_could_not_be_sent_is_sent_by_the_next_tick(cast, running, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    tick_on(date(2026, 3, 5))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    tick_on(date(2026, 3, 5))
    assert len(mail.outbox) == 1


def test_a_late_tick_still_reminds_of_what_is_due(cast, running):
    tick_on(MONDAY + timedelta(weeks=4, days=2))
    assert len(mail.outbox) == 1


def test_reminding_reads_nothing_sealed(cast, running, monkeypatch):
    from fairlead.web.vault.fields import Sealing

    def refuse(*_args):
        raise AssertionError("opened")

    monkeypatch.setattr(Sealing, "opened", refuse)
    with vault.on_duty("retention"):
        tick_on(date(2026, 3, 5))
    assert len(mail.outbox) == 1


def test_the_page_says_what_the_calendar_will_show(cast):
    page = cast.ada.browser.get("/growth/dates/").content.decode()
    assert dates.PLANNED in page
    assert dates.DUE in page


@pytest.fixture
def log():
    """What the log says, as the running product writes it."""
    (handler,) = [
        one for one in logging.getLogger().handlers if any(isinstance(it, Answers) for it in one.filters)
    ]
    told = io.StringIO()
    before = handler.setStream(told)
    yield told
    handler.setStream(before)


def test_the_log_holds_no_address_of_a_calendar_whatever_goes_wrong(cast, running, log):
    cache.clear()
    address = address_of(cast.ada)
    token = address.removeprefix("/growth/dates/").removesuffix(".ics")
    wrong = [
        address.removesuffix(".ics"),
        f"{address}x",
        address.replace("growth", "Growth"),
        f"/{address}",
        f"/growth/{token}.ics",
    ]
    for path in wrong:
        assert cast.visitor.get(path).status_code == 404, path
    assert cast.visitor.post(address).status_code == 405
    assert Client(enforce_csrf_checks=True).post(address).status_code == 403
    for _time in range(dates.TRIES + 1):
        cast.visitor.get(address)
    cast.ada.browser.post("/growth/dates/close/")
    assert cast.visitor.get(address).status_code == 404
    logging.getLogger("django.request").error("Internal Server Error: %s", address)
    assert "Internal Server Error: /growth/dates/…" in log.getvalue()
    assert log.getvalue().count("/growth/dates/…") >= 5, "the lines are there"
    assert token not in log.getvalue()
    cache.clear()


def test_an_account_that_is_closed_and_opened_again_has_no_address_from_before(cast, running):
    address = address_of(cast.ada)
    people.deactivate(cast.ben.person, cast.ada.person)
    assert not Feed.objects.exists()
    people.reactivate(cast.ben.person, cast.ada.person)
    assert cast.visitor.get(address).status_code == 404


def test_the_address_of_somebody_who_left_is_removed_and_others_stay(cast, running):
    address_of(cast.ada)
    address_of(cast.ben)
    cast.ada.person.left = date(2026, 3, 1)
    cast.ada.person.save(update_fields=["left"])
    actions.tick()
    assert [one.person for one in Feed.objects.all()] == [cast.ben.person]


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_far_away_is_refused_in_a_sentence(cast, running, day):
    paths = {
        "/growth/training/": {"name": "A course", "kind": "training", "state": "booked", "day": day},
        f"/growth/experiments/{running.pk}/plan/": {"practice": "the_talk_you_avoid", "day": day},
        "/growth/plan/write/": {"aim": "A garden", "review_on": day},
    }
    for path, sent in paths.items():
        answer = cast.ada.browser.post(path, sent)
        assert answer.status_code == 422, path
        assert "Choose a day within twenty years of today." in answer.content.decode(), path
