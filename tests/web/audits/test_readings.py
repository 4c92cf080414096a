"""Readings: shown, listed, compared, taken along, deleted; the same as on the command line."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests import processor
from tests.web.audits import made

from fairlead.sources.reading import Given
from fairlead.sources.reading import reading as read_files
from fairlead.web.audits import queries
from fairlead.web.audits.models import CalendarImport, Reading
from fairlead.web.runs.models import Run


def without_fingerprints(audit):
    unsorted = tuple(replace(one, fingerprint="") for one in audit.time.unsorted)
    return replace(audit, time=replace(audit.time, unsorted=unsorted))


def test_the_web_and_the_command_line_read_the_same(cast):
    stored = queries.audit_of(made.read(cast.ada, first="2026-08-31", last="2026-10-30"))
    given = Given(
        calendars=(("work.ics", made.ics()),),
        me=("ada@example.org",),
        reports=(made.REPORT,),
        zone="Europe/Berlin",
        first=dt.date(2026, 8, 31),
        last=dt.date(2026, 10, 30),
        made_on=timezone.localdate(),
    )
    assert without_fingerprints(stored) == read_files(given)


def test_every_number_explains_itself(cast):
    made.stand(cast.ada)
    page = cast.ada.browser.get("/role/").content.decode()
    assert page.count('class="number"') >= 15
    assert page.count("How this was computed") >= page.count('class="number"')


def test_each_figure_has_a_sentence_and_a_table(cast):
    reading = made.stand(cast.ada)
    page = cast.ada.browser.get("/role/").content.decode()
    shown = [one for one in reading.run.result["drawn"] if reading.run.svgs.get(one["name"])]
    assert len(shown) >= 6
    for one in shown:
        assert f'id="figure-{one["name"]}"' in page or one["name"] == "competencies"


def test_ids_on_the_page_are_each_there_once(cast):
    import re

    made.stand(cast.ada)
    page = cast.ada.browser.get("/role/").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert [one for one in set(ids) if ids.count(one) > 1] == []


def test_a_reading_becomes_history_after_ninety_days(cast):
    reading = made.stand(cast.ada)
    with time_machine.travel(timezone.now() + dt.timedelta(days=91), tick=False):
        cast.ada.browser.force_login(cast.ada.person.user)
        assert "This reading is history" in cast.ada.browser.get("/role/").content.decode()
        assert "Your last reading has become history" in cast.ada.browser.get("/today/").content.decode()
    assert not reading.is_history


def test_today_shows_the_one_step_of_the_newest_reading(cast):
    reading = made.stand(cast.ada)
    page = cast.ada.browser.get("/today/").content.decode()
    assert reading.run.result["audit"]["next_step"]["title"] in page
    assert (
        reading.run.result["audit"]["next_step"]["title"]
        not in cast.ben.browser.get("/today/").content.decode()
    )


def test_two_readings_are_compared_and_only_clear_changes_are_called_so(cast):
    first, second = made.stand(cast.ada), made.stand(cast.ada)
    for reading, value in ((first, 0.1), (second, 0.9)):
        for one in reading.run.result["audit"]["time"]["figures"]:
            if one["name"] == "reactive_share":
                one.update(value=value, low=value - 0.05, high=value + 0.05)
            if one["name"] == "unclear_share":
                one.update(value=value / 9, low=0.0, high=0.2)
        reading.run.save()
    page = cast.ada.browser.get(
        f"/role/readings/compare/?earlier={second.pk}&later={first.pk}"
    ).content.decode()
    assert "90\N{NO-BREAK SPACE}%" in page
    assert page.count("Changed: more than before") == 1
    assert page.count("may be chance") == 2  # the row, and the sentence that explains it


def test_a_reading_of_somebody_else_cannot_be_compared(cast):
    mine, theirs = made.stand(cast.ada), made.stand(cast.ben)
    answer = cast.ada.browser.get(f"/role/readings/compare/?earlier={theirs.pk}&later={mine.pk}")
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("form", "begins", "kind"),
    [
        ("pdf", b"%PDF-", "application/pdf"),
        ("html", b"<!doctype html>", "text/html; charset=utf-8"),
        ("json", b"{", "application/json"),
        ("csv", b"\xef\xbb\xbf", "text/csv; charset=utf-8"),
    ],
)
def test_a_reading_can_be_taken_along_in_four_forms(cast, form, begins, kind):
    reading = made.stand(cast.ada)
    answer = cast.ada.browser.get(f"/role/readings/{reading.pk}/reading.{form}")
    assert answer.content.startswith(begins)
    assert answer["Content-Type"] == kind
    assert f"my-role-{reading.made_on}.{form}" in answer["Content-Disposition"]
    if form == "json":
        assert json.loads(answer.content)["hours"]["doing"] == 24.0


def test_there_is_no_fifth_form(cast):
    reading = made.stand(cast.ada)
    assert cast.ada.browser.get(f"/role/readings/{reading.pk}/reading.exe").status_code == 404


def test_deleting_the_last_reading_of_a_calendar_deletes_the_calendar_and_the_run(cast):
    one, other = made.stand(cast.ada), made.stand(cast.ben)
    cast.ada.browser.post(f"/role/readings/{one.pk}/delete/")
    assert list(Reading.objects.all()) == [other]
    assert list(CalendarImport.objects.all()) == [other.calendar]
    assert list(Run.objects.all()) == [other.run]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_equally_often_for_one_and_three(cast, count):
    for _ in range(count):
        made.stand(cast.ada)
    cast.ada.browser.get("/role/readings/")  # the first page of a session notes when it began
    with CaptureQueriesContext(connection) as asked:
        assert cast.ada.browser.get("/role/readings/").status_code == 200
    assert len(asked) == 7


def test_the_list_of_fifty_costs_at_most_a_hundred_milliseconds_of_processor(cast):
    for _ in range(50):
        made.stand(cast.ada)
    cast.ada.browser.get("/role/readings/")
    spent = processor.milliseconds(lambda: cast.ada.browser.get("/role/readings/"), times=3)
    assert spent[0] <= 100


@pytest.mark.parametrize("count", [1, 3])
def test_the_home_asks_the_database_equally_often_for_one_and_three(cast, count):
    for _ in range(count):
        made.stand(cast.ada)
    cast.ada.browser.get("/role/")  # as above
    with CaptureQueriesContext(connection) as asked:
        assert cast.ada.browser.get("/role/").status_code == 200
    assert len(asked) == 12  # the last one: what others said, from another room


@pytest.mark.parametrize(
    "path", ["/role/", "/role/readings/", "/role/calendar/", "/role/questions/rut-check/", "/role/asked/"]
)
def test_a_page_costs_at_most_a_hundred_milliseconds_of_processor(cast, path):
    made.stand(cast.ada)
    cast.ada.browser.get(path)
    assert processor.milliseconds(lambda: cast.ada.browser.get(path), times=5)[0] <= 100


def test_deleting_everything_leaves_nothing_of_this_room_and_all_of_the_others(cast):
    made.stand(cast.ada)
    kept = made.stand(cast.ben)
    cast.ada.browser.post("/role/high-payoff/", {"area": "training", "name": "Onboarding"})
    assert (
        "Type the word delete"
        in cast.ada.browser.post("/role/delete-everything/", {"sure": "no"}).content.decode()
    )
    assert Reading.objects.filter(owner=cast.ada.person).exists()
    cast.ada.browser.post("/role/delete-everything/", {"sure": "delete"})
    from fairlead.web.audits import holdings

    assert {name: rows for name, rows in holdings.export(cast.ada.person).items() if rows} == {}
    assert not Run.objects.filter(owner=cast.ada.person).exists()
    assert Reading.objects.get() == kept


def test_the_export_of_the_room_holds_every_field_but_the_salt(cast):
    from fairlead.web import rights

    made.stand(cast.ada)
    rows = rights.everything(cast.ada.person)
    assert len(rows["Reading"]) == 1
    assert rows["CalendarImport"][0]["events"] == 72
    assert "salt" not in rows["SortingSalt"][0]


def test_past_readings_show_their_kinds_as_a_bar_with_words(cast):
    made.stand(cast.ada)
    page = cast.ada.browser.get("/role/readings/").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert page.count('class="kinds-bar"') == 1
    assert "leading 14 %, managing 23 %, doing 27 %, firefighting 9 %, unclear 27 %" in page


def test_parts_of_a_bar_make_a_whole(cast):
    reading = made.stand(cast.ada)
    (line,) = queries.past_readings(reading.owner)
    assert sum(part.width for part in line.parts) == pytest.approx(100, abs=0.1)
