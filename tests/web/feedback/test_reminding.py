"""The house writes to those who have not answered, three times at most, and tells nobody to whom."""

from __future__ import annotations

import datetime as dt
import logging

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from tests.web.feedback.asking import DAY, Company, launched, use

from fairlead.web import vault
from fairlead.web.feedback import actions, reminding, surveys
from fairlead.web.feedback.models import Survey
from fairlead.web.trail.models import Entry

MORNING = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def company(db):
    return Company()


def at(days: int):
    return time_machine.travel(MORNING + days * DAY, tick=False)


def sent() -> list[str]:
    """To whom letters went since the last look."""
    found = sorted(one.to[0] for one in mail.outbox)
    mail.outbox.clear()
    return found


def addresses(*people) -> list[str]:
    return sorted(one.user.email for one in people)


def test_from_opening_to_close_each_hears_three_times_unless_they_answered(company):
    with at(0):
        survey = launched(company.head, opens=1, closes=15, unit=company.works)
        actions.tick()
        assert sent() == [], "not open yet"
    everybody = (company.anna, *company.annas)
    heard = {}
    for day in range(1, 18):
        with at(day):
            with vault.on_duty("retention"):  # as the command does
                actions.tick()
            if found := sent():
                heard[day] = found
            actions.tick()
            assert sent() == [], "once a day is enough"
            if day == 3:
                use(survey, company.annas[0])
            if day == 9:
                use(survey, company.annas[1])
    assert heard == {
        1: addresses(*everybody),
        8: addresses(company.anna, *company.annas[1:]),
        13: addresses(company.anna, *company.annas[2:]),
    }
    survey.refresh_from_db()
    assert survey.state in {"released", "held"}


def test_the_last_day_counts_and_the_day_after_it_is_closed(company):
    with at(0):
        survey = launched(company.head, closes=3)
    for day, state in ((3, "open"), (4, "released")):
        with at(day):
            actions.tick()
            survey.refresh_from_db()
            assert survey.state == state


def test_a_letter_holds_a_link_and_nothing_of_the_survey(company):
    with at(0):
        launched(company.anna, "upward", about=company.anna, title="Weaver birds")
        actions.tick()
    for one in mail.outbox:
        told = f"{one.subject} {one.body}"
        assert "/feedback/" in told
        for word in ("Weaver", str(company.anna), "2026", "manager"):
            assert word not in told
        assert len(one.to) == 1
        assert not one.cc
        assert not one.bcc


def test_a_server_that_died_on_the_way_never_writes_twice(company, monkeypatch):
    with at(0):
        survey = launched(company.head)
        monkeypatch.setattr(reminding, "AT_ONCE", 2)
        monkeypatch.setattr(reminding, "_addresses", _dying(reminding._addresses))
        with pytest.raises(KeyboardInterrupt):
            reminding.remind_due(timezone.localdate())
        first = sent()
        assert len(first) == 2
        monkeypatch.undo()
        reminding.remind_due(timezone.localdate())
        assert sent() == []
        survey.refresh_from_db()
        assert survey.reminders == reminding.OPENED


def _dying(addresses_):
    def some(survey):
        for number, found in enumerate(addresses_(survey)):
            if number:
                raise KeyboardInterrupt
            yield found

    return some


def test_a_house_that_slept_sends_the_last_letter_alone(company):
    with at(0):
        survey = launched(company.head, closes=14)
    with at(13):
        actions.tick()
        assert len(sent()) == len(company.everybody)
        actions.tick()
        assert sent() == []
    survey.refresh_from_db()
    assert survey.reminders == reminding.NEAR_THE_END


@pytest.mark.parametrize(
    ("length", "letters"),
    [(3, {0: 1, 1: 3}), (4, {0: 1, 2: 3}), (14, {0: 1, 7: 2, 12: 3}), (60, {0: 1, 30: 2, 58: 3})],
)
def test_half_time_and_two_days_before(length, letters):
    survey = Survey(opens_on=MORNING.date(), closes_on=MORNING.date() + length * DAY)
    due = [reminding.due(survey, MORNING.date() + day * DAY) for day in range(length + 2)]
    first = {due.index(letter): letter for letter in sorted(set(due) - {0})}
    assert first == letters
    assert due[-1] == 0


def test_nobody_without_an_account_or_with_a_closed_one_is_written_to(company):
    gone, uninvited = company.annas[:2]
    with at(0):
        launched(company.head)
        gone.user.is_active = False
        gone.user.save()
        uninvited.user.delete()
        actions.tick()
    assert gone.user.email not in sent()


def test_reminding_leaves_no_line_no_count_and_no_name(company, caplog):
    with at(0):
        launched(company.head)
        lines = Entry.objects.count()
        with caplog.at_level(logging.DEBUG, logger="fairlead"):
            actions.tick()
    assert Entry.objects.count() == lines
    assert caplog.records == []


def test_a_mail_server_that_is_away_stops_nothing_and_is_tried_again(company, monkeypatch, caplog):
    def refuse(*_args, **_kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", refuse)
    with at(0):
        survey = launched(company.head)
        actions.tick()
        survey.refresh_from_db()
        assert (survey.state, survey.reminders) == ("open", 0)
        assert [one.getMessage() for one in caplog.records] == [reminding.AWAY]
        monkeypatch.undo()
        actions.tick()
        assert len(sent()) == len(company.everybody)


def test_a_mail_server_that_goes_away_on_the_way_is_no_reason_to_write_twice(company, monkeypatch, caplog):
    def refuse(*_args, **_kwargs):
        raise ConnectionResetError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    with at(0):
        survey = launched(company.head)
        actions.tick()
        actions.tick()
    survey.refresh_from_db()
    assert (survey.state, survey.reminders) == ("open", reminding.OPENED)
    assert [one.getMessage() for one in caplog.records] == [reminding.AWAY]


def test_a_cancelled_survey_writes_to_nobody(company):
    with at(0):
        survey = launched(company.head)
        surveys.cancel(company.head, survey)
        actions.tick()
    assert sent() == []
