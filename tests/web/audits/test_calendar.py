"""Sending a calendar: what stays, what goes, and what a person reads when it cannot be read."""

from __future__ import annotations

import stat
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.web.audits import made

from fairlead.web.audits import actions, incoming
from fairlead.web.audits.models import CalendarImport, Reading, Remembered
from fairlead.web.runs.models import Run, State

BAD = made.ics(weeks=2).replace(b"RRULE:FREQ=WEEKLY;COUNT=2", b"RRULE:FREQ=SECONDLY", 1)


def folders():
    room = settings.DATA / "incoming"
    return list(room.iterdir()) if room.exists() else []


def everything_about(person):
    """Every row the room holds about somebody, as text: the export, which holds every field."""
    from fairlead.web import rights

    return repr(rights.everything(person))


def test_a_calendar_becomes_a_reading_on_the_home_of_the_room(cast):
    reading = made.read(cast.ada)
    page = cast.ada.browser.get("/role/").content.decode()
    assert reading.calendar.events == 5 * 8 + 3 * 8 + 8
    assert reading.run.result["audit"]["next_step"]["title"] in page
    assert page.index("One thing to do next") < page.index("The map") < page.index("The week")


def test_no_title_place_note_or_address_stays_when_titles_are_forgotten(cast):
    made.read(cast.ada)
    held = everything_about(cast.ada.person)
    page = cast.ada.browser.get("/role/").content.decode()
    for planted in (made.TITLE, made.PLACE, made.NOTE, made.GUEST, "lee@", "boss@"):
        assert planted.lower() not in held.lower(), planted
        assert planted.lower() not in page.lower(), planted
    calendar = CalendarImport.objects.get()
    for blob in (calendar.table, calendar.placed):
        assert made.TITLE.encode() not in bytes(blob)
    assert calendar.titles is None


def test_the_files_are_gone_when_the_run_is_over_also_when_it_failed(cast):
    made.read(cast.ada)
    assert folders() == []
    cast.ada.browser.post("/role/calendar/", made.form(data=BAD))
    assert Run.objects.first().is_failed
    assert folders() == []


def test_on_their_way_files_can_be_read_by_this_account_alone(db):
    token = incoming.put([("work.ics", b"BEGIN:VCALENDAR")], {"zone": "UTC"})
    folder = settings.DATA / "incoming" / token
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert incoming.take(token).files == (("work.ics", b"BEGIN:VCALENDAR"),)
    incoming.forget(token)
    with pytest.raises(FileNotFoundError):
        incoming.take(token)


def test_what_a_killed_worker_left_is_removed_after_an_hour(db):
    import os
    import time

    old, new = incoming.put([("a.ics", b"1")], {}), incoming.put([("b.ics", b"2")], {})
    hour_ago = time.time() - incoming.STALE_AFTER - 5
    os.utime(settings.DATA / "incoming" / old, (hour_ago, hour_ago))
    assert incoming.forget_stale() == 1
    assert [folder.name for folder in folders()] == [new]
    incoming.forget(new)


def test_a_bad_file_is_one_message_with_file_and_line_and_nothing_stays(cast):
    page = cast.ada.browser.post("/role/calendar/", made.form(data=BAD), headers={"HX-Request": "true"})
    assert "what you typed below is still there" in page.content.decode()
    run = Run.objects.get()
    said = cast.ada.browser.get(f"/runs/{run.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "work.ics, line 10" in said
    assert not Reading.objects.exists()
    assert not CalendarImport.objects.exists()


def test_a_file_that_is_no_calendar_is_refused_by_name(cast):
    cast.ada.browser.post("/role/calendar/", made.form(data=b"hello", name="notes.ics"))
    assert "notes.ics" in made.failed(cast.ada)


def test_the_same_file_with_the_same_settings_changes_nothing(cast):
    made.read(cast.ada)
    answer = cast.ada.browser.post("/role/calendar/", made.form())
    assert "Nothing has changed" in answer.content.decode()
    assert (Reading.objects.count(), Run.objects.count()) == (1, 1)


def test_the_same_file_of_somebody_else_is_their_own_reading(cast):
    made.read(cast.ada)
    made.read(cast.ben, addresses="ben@example.org")
    assert {reading.owner for reading in Reading.objects.all()} == {cast.ada.person, cast.ben.person}


def test_another_zone_is_another_reading(cast):
    made.read(cast.ada)
    made.read(cast.ada, zone="America/New_York")
    assert Reading.objects.count() == 2


def test_addresses_are_remembered_only_when_asked(cast):
    made.read(cast.ada)
    assert not Remembered.objects.exists()
    made.read(cast.ada, zone="UTC", remember="on")
    page = cast.ada.browser.get("/role/calendar/").content.decode()
    assert made.REPORT in page
    made.read(cast.ada, zone="Europe/Madrid")
    assert not Remembered.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("calendars", "", "Choose at least one file"),
        ("addresses", "ada at example", "not a mail address"),
        ("zone", "../etc/passwd", "is no time zone"),
        ("day_ends", "08:00", "ends before it starts"),
        ("last", "2020-01-01", "The period ends before it starts"),
        ("role", "xqzzvw", "No role is near enough"),
        ("titles", "for ever", "Select a valid choice"),
    ],
)
def test_each_field_says_what_would_be_right_and_keeps_the_rest(cast, field, value, says):
    sent = made.form(first="2026-09-01") | {field: value, "reports": "kept@example.org"}
    answer = cast.ada.browser.post("/role/calendar/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "kept@example.org" in page
    assert not Run.objects.exists()


def test_an_empty_file_is_named(cast):
    answer = cast.ada.browser.post("/role/calendar/", made.form(data=b""))
    assert "This file is empty" in answer.content.decode()


def test_files_together_may_not_be_larger_than_the_limit(cast, settings):
    settings.UPLOAD_LIMIT = 1000
    answer = cast.ada.browser.post("/role/calendar/", made.form())
    assert answer.status_code == 422
    assert "are read; export a shorter period" in answer.content.decode()


def test_two_files_are_read_together(cast):
    first, second = (
        made.ics(weeks=8),
        made.ics(weeks=8).replace(b"@tests", b"@second").replace(b"0900", b"0700"),
    )
    files = [SimpleUploadedFile("a.ics", first), SimpleUploadedFile("b.ics", second)]
    reading = made.read(cast.ada, calendars=files)
    assert reading.calendar.names == ["a.ics", "b.ics"]
    assert reading.calendar.events == 2 * (5 * 8 + 3 * 8 + 8)


def test_an_ambiguous_role_is_asked_back_with_choices(cast):
    answer = cast.ada.browser.post("/role/calendar/", made.form(role="manager"))
    assert answer.status_code == 422
    assert 'name="role_code" value="' in answer.content.decode()


def test_a_chosen_role_is_compared_with(cast):
    reading = made.read(cast.ada, role="engineering manager", role_code="11-9041.00")
    assert reading.role_title == "Architectural and Engineering Managers"
    assert "O*NET" in cast.ada.browser.get("/role/").content.decode()


def test_a_people_list_tells_who_is_who(cast):
    people = (
        "id,name,email,manager_id\n1,Boss,boss@example.org,\n2,Ada,ada@example.org,1\n"
        f"3,Kim,{made.REPORT},2\n4,Lee Never-Kept,lee@example.org,2\n"
    )
    reading = made.read(cast.ada, reports="", people=SimpleUploadedFile("people.csv", people.encode()))
    relations = {one["name"]: one["hours"] for one in reading.run.result["audit"]["time"]["by_relation"]}
    assert relations["report"] > 0
    # A hyphen and an @ cannot come up by chance in a packed table written as base64.
    kept = everything_about(cast.ada.person)
    assert "Never-Kept" not in kept
    assert "lee@example.org" not in kept


def test_a_bad_people_list_is_named_with_its_line(cast):
    people = SimpleUploadedFile("people.csv", b"id,name\n1,Ann\n1,Bob\n")
    cast.ada.browser.post("/role/calendar/", made.form(people=people))
    assert "people.csv, line 3" in made.failed(cast.ada)


def test_a_zip_of_calendars_is_read(cast):
    import io
    import zipfile

    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("work.ics", made.ics())
    reading = made.read(cast.ada, calendars=SimpleUploadedFile("all.zip", kept.getvalue()))
    assert reading.calendar.events == 5 * 8 + 3 * 8 + 8


WEEKS = (
    b"PersonId,MetricDate,Collaboration_hours,Meeting_hours,Email_hours,Organization\n"
    b"a,2026-03-01,22,14,6,Geheimabteilung\na,2026-03-08,25,16,7,Geheimabteilung\n"
    b"a,2026-03-15,20,12,5,Geheimabteilung\na,2026-03-22,28,19,7,Geheimabteilung\n"
)


def test_an_export_of_weeks_is_read_as_it_comes_and_can_be_read_again(cast):
    reading = made.read(cast.ada, calendars=SimpleUploadedFile("viva.csv", WEEKS), addresses="", reports="")
    audit = reading.run.result["audit"]
    assert audit["time"]["weeks"][0]["monday"] == "2026-03-02"
    page = cast.ada.browser.get("/role/").content.decode()
    assert "Geheimabteilung" not in page + everything_about(cast.ada.person)
    cast.ada.browser.post("/role/read-again/")
    again = Reading.objects.first()
    assert again != reading
    assert again.run.result["audit"]["time"] == audit["time"]
    assert cast.ada.browser.get(f"/role/readings/{again.pk}/events/").status_code == 200
    assert "hold no events" in cast.ada.browser.get(f"/role/sort/{again.calendar_id}/").content.decode()
    assert f"/role/sort/{again.calendar_id}/" not in page


def test_a_calendar_beside_an_export_is_refused_by_name(cast):
    both = [SimpleUploadedFile("viva.csv", WEEKS), SimpleUploadedFile("work.ics", made.ics())]
    cast.ada.browser.post("/role/calendar/", made.form(calendars=both))
    assert made.failed(cast.ada).startswith("work.ics: This is a calendar beside an export.")


def test_a_file_name_is_text_and_no_path(cast):
    cast.ada.browser.post("/role/calendar/", made.form(data=b"x", name="<b>evil</b>.ics"))
    run = Run.objects.get()
    page = cast.ada.browser.get(f"/runs/{run.pk}/").content.decode()
    assert "<b>evil" not in page


@pytest.mark.slow
def test_a_worker_that_dies_leaves_nothing_half_written(cast, monkeypatch):
    from fairlead.web.audits import readings

    def dies(*_args, **_options):
        raise RuntimeError("killed")

    monkeypatch.setattr(readings, "audit_of", dies)
    cast.ada.browser.post("/role/calendar/", made.form())
    assert Run.objects.get().is_failed
    assert "fault in Fairlead" in made.failed(cast.ada)
    assert not CalendarImport.objects.exists()
    assert not Reading.objects.exists()
    assert folders() == []


def test_a_request_over_the_limit_is_told_so_and_not_that_no_file_was_chosen(cast, settings):
    settings.UPLOAD_LIMIT = 1024 * 1024
    answer = cast.ada.browser.post("/role/calendar/", made.form(data=b"x" * (6 * 1024 * 1024)))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "hold more than 1 MiB together" in page
    assert "Choose at least one file" not in page


def test_a_people_list_over_its_limit_is_told_so_before_anything_is_read(cast):
    people = SimpleUploadedFile("people.csv", b"x" * (5 * 1024 * 1024 + 1))
    answer = cast.ada.browser.post("/role/calendar/", made.form(people=people))
    assert answer.status_code == 422
    assert "The people list is larger than 5 MiB" in answer.content.decode()
    assert not Run.objects.exists()


def test_twenty_files_are_taken_and_one_more_is_not(cast):
    files = [SimpleUploadedFile(f"{number}.ics", b"x") for number in range(21)]
    answer = cast.ada.browser.post("/role/calendar/", made.form() | {"calendars": files})
    assert answer.status_code == 422
    assert "21 files are too many. At most 20 are read at once." in answer.content.decode()


def test_more_files_than_a_request_may_hold_are_a_page_of_the_house(cast):
    files = [SimpleUploadedFile(f"{number}.ics", b"x") for number in range(101)]
    answer = cast.ada.browser.post("/role/calendar/", made.form() | {"calendars": files})
    assert answer.status_code == 400
    assert "Fairlead" in answer.content.decode()


def test_the_same_sent_twice_at_once_is_one_run(cast):
    person = cast.ada.person
    files, form = [("work.ics", made.ics())], {"reports": [], "addresses": [], "titles": "forget"}
    typed = form | dict.fromkeys(("zone", "day_starts", "day_ends", "first", "last"), "")
    # Neither is committed, so that the worker has not begun when the second one comes.
    first = actions.import_calendar(actor=person, files=files, typed=typed)
    second = actions.import_calendar(actor=person, files=files, typed=typed)
    assert first == second
    assert Run.objects.filter(owner=person).count() == 1
    assert len(folders()) == 1
    incoming.forget(first.params["token"])
    other = actions.import_calendar(actor=cast.eve.person, files=files, typed=typed)
    assert other != first
    incoming.forget(other.params["token"])


def test_what_was_said_about_a_refused_calendar_is_forgotten_after_seven_days(cast):
    cast.ada.browser.post("/role/calendar/", made.form(data=BAD))
    read = made.read(cast.ada)
    actions.tick()
    assert Run.objects.filter(state="failed").count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        actions.tick()
    assert list(Run.objects.all()) == [read.run]


def test_the_notice_of_a_failed_upload_can_be_put_away_and_nothing_of_it_stays(cast):
    answer = cast.ada.browser.post("/role/calendar/", made.form(data=b"not a calendar at all"))
    assert answer.status_code in {302, 422}
    run = Run.objects.create(
        owner=cast.ada.person, kind="calendar", state=State.FAILED, error="Zeile 3 passt nicht."
    )
    page = cast.ada.browser.get("/role/").content.decode()
    assert "Zeile 3 passt nicht." in page
    path = f"/role/put-away/{run.pk}/"
    assert path in page
    assert cast.ada.browser.post(path)["Location"] == "/role/"
    assert "Zeile 3 passt nicht." not in cast.ada.browser.get("/role/").content.decode()
    assert not Run.objects.filter(pk=run.pk).exists()


def test_only_a_failure_can_be_put_away(cast):
    reading = made.stand(cast.ada)
    answer = cast.ada.browser.post(f"/role/put-away/{reading.run_id}/", follow=True)
    assert "Only a notice about something that failed" in answer.content.decode()
    assert Run.objects.filter(pk=reading.run_id).exists()
