"""What answering leaves behind: nothing but a ballot and a seat that was used; and what it costs."""

from __future__ import annotations

import io
import json
import logging
import re
import threading
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from tests.organization import assemble_organization
from tests.web.feedback import boxed
from tests.web.feedback.answers import CODE, WORD, Answering, carried, everything

from fairlead.web import vault
from fairlead.web.feedback import answering, quiet
from fairlead.web.feedback.models import OPEN, USED, Seat
from fairlead.web.runs.actions import Refused
from fairlead.web.trail.models import Entry
from fairlead.web.vault.reading import papers


@pytest.fixture
def organization(db):
    return assemble_organization(signed_in=True)


@pytest.fixture
def upward(organization):
    return Answering(organization)


def test_no_page_says_how_many_have_answered(upward):
    """The pages are the same, byte for byte, whether nobody else answered or all did."""

    def pages() -> list[str]:
        found = [upward.cleo.browser.get(upward.path), upward.post(upward.filled(), "review")]
        return [re.sub(r'(csrf\w+"?\W+(?:value=)?)"[^"]*"', r"\1", page.content.decode()) for page in found]

    before = [re.sub(r"[0-9A-Za-z]{64}", "", page) for page in pages()]
    for person in upward.made.people[1:]:
        upward.made.answer(person, 5)
    assert [re.sub(r"[0-9A-Za-z]{64}", "", page) for page in pages()] == before


def test_what_somebody_wrote_stands_in_no_table_no_log_no_mail_and_no_line_of_the_record(upward, caplog):
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    lines, tables = Entry.objects.count(), everything()
    page = upward.send()
    code = CODE.search(page.content.decode())[1]
    told = "\n".join(
        f"{one.getMessage()} {one.__dict__}" for one in caplog.records if not one.name.startswith("django.db")
    )
    for secret in (WORD, code, code.replace("-", ""), str(upward.seat.pk)):
        assert secret not in told
    now = everything()
    dump = json.dumps(now)
    for secret in (WORD, code, code.replace("-", "")):
        assert secret not in dump
    assert Entry.objects.count() == lines
    assert mail.outbox == []
    changed = {table for table in now if now[table] != tables[table]}
    assert changed == {"web_ballot", "web_seat"}
    assert {table: len(rows) for table, rows in now.items()} == {
        table: len(rows) for table, rows in tables.items()
    }


def test_the_seat_that_changed_is_one_of_several(upward):
    def seats() -> dict[Any, bytes]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, used FROM web_seat")
            return {pk: bytes(used) for pk, used in cursor}

    before = seats()
    upward.send()
    after = seats()
    assert {len(used) for used in after.values()} == {len(used) for used in before.values()}
    assert all(before[pk] != after[pk] for pk in before), "all six, because a company is seven others"
    assert Seat.objects.filter(survey=upward.survey).count() == 6
    assert sorted(seat.used for seat in Seat.objects.all()) == [OPEN] * 5 + [USED]


def test_the_log_does_not_say_who_was_at_these_pages_and_when(upward, settings):
    (handler,) = [
        one
        for one in logging.getLogger().handlers
        if any(isinstance(kept, quiet.Answers) for kept in one.filters)
    ]
    told = io.StringIO()
    before = handler.setStream(told)
    try:
        assert upward.post({}, "review").status_code == 422
        assert (
            upward.cleo.browser.get("/feedback/answer/00000000-0000-4000-8000-000000000000/").status_code
            == 404
        )
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(upward.cleo.person.user)
        assert strict.post(upward.path, upward.filled()).status_code == 403
        assert told.getvalue() == ""
        assert upward.cleo.browser.get("/feedback/nothing-of-that-name/").status_code == 404
        assert "Not Found: /feedback/nothing-of-that-name/" in told.getvalue(), "the log works"
        told.truncate(0)
        logging.getLogger("django.request").error("Internal Server Error: %s", upward.path)
        assert "Internal Server Error: /feedback/answer/…/" in told.getvalue()
        assert str(upward.seat.pk) not in told.getvalue()
    finally:
        handler.setStream(before)


# --- costs ----------------------------------------------------------------------------------------------


def test_showing_and_looking_over_cost_few_queries_however_many_people_there_are(
    upward, django_assert_max_num_queries
):
    upward.cleo.browser.get(upward.path)
    boxed.staff(30)
    with django_assert_max_num_queries(9):
        upward.cleo.browser.get(upward.path)
    with django_assert_max_num_queries(10):
        upward.post(upward.filled(), "review")


def test_sending_costs_the_same_in_a_large_survey(organization, django_assert_max_num_queries):
    here = Answering(organization)
    said = here.filled()
    said |= carried(here.post(said, "review"))
    with django_assert_max_num_queries(75):
        here.post(said, "send")


# --- both at once -----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_sent_from_two_windows_at_the_same_moment_it_is_one_ballot():
    organization = assemble_organization(signed_in=True)
    here = Answering(organization)
    ready, told = threading.Barrier(4), []

    def go() -> None:
        try:
            ready.wait()
            with vault.seen_by(here.cleo.person):
                told.append(answering.send(here.cleo.person, here.seat, {here.items[0]: 4}, []))
        except Refused as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    windows = [threading.Thread(target=go) for _ in range(4)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert len(told) == 4
    assert told.count("You have sent your answers already.") == 3
    assert len(papers(here.survey.pk)) == 1
    assert here.used() == USED


@pytest.mark.django_db(transaction=True)
def test_several_people_who_send_at_the_same_moment_all_lie_in_the_box():
    here = Answering(assemble_organization(signed_in=True))
    seats = {seat.owner_id: seat for seat in Seat.objects.filter(survey=here.survey)}
    ready, faults = threading.Barrier(len(seats)), []

    def go(person: Any) -> None:
        try:
            ready.wait()
            with vault.seen_by(person):
                answering.send(person, seats[person.pk], {here.items[0]: 4}, [])
        except Exception as fault:  # noqa: BLE001 - a thread tells what it met
            faults.append(fault)
        finally:
            connection.close()

    people = [threading.Thread(target=go, args=[one]) for one in here.made.people]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert faults == []
    assert len(papers(here.survey.pk)) == 6
    assert {seat.used for seat in Seat.objects.filter(survey=here.survey)} == {USED}
