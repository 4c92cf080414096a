"""Zones, clock changes, whole days and lengths: no minute is lost or made."""

# ruff: noqa: DTZ001 - wall-clock times get their zone where they are used
from __future__ import annotations

import datetime as dt
import random
from zoneinfo import ZoneInfo

import pytest
from tests.sources.ics_text import calendar, event, meetings, read, starts

from fairlead.core.problems import BadInput

BERLIN = ZoneInfo("Europe/Berlin")
CUSTOM = """BEGIN:VTIMEZONE
TZID:Office
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE"""


def at(tzid: str, start: str, end: str, *more: str, uid: str = "1") -> str:
    return event(*more, uid=uid, start=f"DTSTART;TZID={tzid}:{start}", end=f"DTEND;TZID={tzid}:{end}")


@pytest.mark.parametrize(
    "tzid",
    [
        "Europe/Berlin",
        "W. Europe Standard Time",
        '"W. Europe Standard Time"',
        "/Europe/Berlin",
        "/freeassociation.sourceforge.net/Tzfile/Europe/Berlin",
        "/mozilla.org/20050126_1/Europe/Berlin",
        "tzone://Microsoft/Europe/Berlin",
        "europe/berlin",
    ],
)
def test_each_producers_name_of_a_zone_is_the_same_zone(tzid):
    table = meetings(calendar(at(tzid, "20250715T090000", "20250715T100000")))
    assert starts(table) == ["2025-07-15 07:00"]


@pytest.mark.parametrize("day", range(1, 364, 7))
def test_a_zone_defined_in_the_file_is_the_zone_it_describes(day):
    date = dt.date(2025, 1, 1) + dt.timedelta(days=day)
    for hour in (0, 1, 2, 3, 12, 23):
        begin = f"{date:%Y%m%d}T{hour:02d}3000"
        data = calendar(CUSTOM, at("Office", begin, begin))
        moment = dt.datetime(date.year, date.month, date.day, hour, 30, tzinfo=BERLIN)
        assert meetings(data, first=date - dt.timedelta(days=2)).start_utc.tolist() == [
            int(moment.timestamp()) // 60
        ]


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("20250329T220000", "20250330T060000", 7 * 60),
        ("20251025T220000", "20251026T060000", 9 * 60),
        ("20250330T013000", "20250330T033000", 60),
        ("20250601T220000", "20250602T060000", 8 * 60),
    ],
)
@pytest.mark.parametrize("tzid", ["Europe/Berlin", "Office"])
def test_a_night_with_a_clock_change_keeps_its_true_length(start, end, minutes, tzid):
    table = meetings(calendar(CUSTOM, at(tzid, start, end)), zone="Europe/Berlin")
    assert table.minutes.tolist() == [minutes]


@pytest.mark.parametrize("night", ["20250329", "20251025", "20250601"])
def test_a_duration_in_hours_lasts_these_hours_in_any_night(night):
    data = calendar(event(start=f"DTSTART;TZID=Europe/Berlin:{night}T220000", end="DURATION:PT8H"))
    assert meetings(data, zone="Europe/Berlin").minutes.tolist() == [480]
    series = event(
        "RRULE:FREQ=DAILY;COUNT=3", start=f"DTSTART;TZID=Europe/Berlin:{night}T220000", end="DURATION:PT8H"
    )
    assert meetings(calendar(series), zone="Europe/Berlin").minutes.tolist() == [480] * 3


def test_a_weekly_meeting_stays_at_its_hour_over_the_clock_change():
    data = calendar(at("Europe/Berlin", "20250324T090000", "20250324T100000", "RRULE:FREQ=WEEKLY;COUNT=3"))
    assert starts(meetings(data, zone="Europe/Berlin")) == [
        "2025-03-24 09:00", "2025-03-31 09:00", "2025-04-07 09:00",
    ]  # fmt: skip
    assert starts(meetings(data)) == ["2025-03-24 08:00", "2025-03-31 07:00", "2025-04-07 07:00"]


def test_an_hour_that_does_not_exist_is_read_with_the_offset_before_it():
    data = calendar(at("Europe/Berlin", "20250330T023000", "20250330T033000"))
    assert starts(meetings(data, zone="Europe/Berlin")) == ["2025-03-30 03:30"]


def test_floating_times_are_the_persons_own():
    data = calendar(event(start="DTSTART:20250715T090000", end="DTEND:20250715T100000"))
    for zone in ("UTC", "Europe/Berlin", "Pacific/Auckland"):
        assert starts(meetings(data, zone=zone)) == ["2025-07-15 09:00"]


def test_whole_days_are_the_persons_days_in_any_zone():
    data = calendar(
        event(start="DTSTART;VALUE=DATE:20250329", end="DTEND;VALUE=DATE:20250331"),
        event(uid="2", start="DTSTART;VALUE=DATE:20250601", end=""),
    )
    table = meetings(data, zone="Europe/Berlin")
    assert starts(table) == ["2025-03-29 00:00", "2025-06-01 00:00"]
    assert table.minutes.tolist() == [47 * 60, 24 * 60]
    assert table.all_day.all()


def test_outlooks_whole_day_in_another_zone_stays_that_day():
    data = calendar(
        at("Tokyo Standard Time", "20250601T000000", "20250602T000000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE")
    )
    table = meetings(data, zone="Europe/Berlin")
    assert starts(table) == ["2025-06-01 00:00"]
    assert table.minutes.tolist() == [1440]


def test_the_calendars_own_zone_is_used_and_said():
    data = calendar(event(start="DTSTART:20250715T090000", end=""), head=("X-WR-TIMEZONE:America/New_York",))
    found = read(data, zone=None)
    assert found.meetings.zone == "America/New_York"
    assert any("America/New_York" in note for note in found.notes)
    without = read(calendar(event()), zone=None)
    assert without.meetings.zone == "UTC"
    assert any("--zone" in note for note in without.notes)
    most = read(calendar(at("Romance Standard Time", "20250715T090000", "20250715T100000")), zone=None)
    assert most.meetings.zone == "Europe/Paris"


def test_outlooks_own_zone_with_a_comma_in_its_name_is_the_one_that_the_file_defines():
    outlook = """BEGIN:VTIMEZONE
TZID:Kuala Lumpur\\, Singapore
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0900
TZOFFSETTO:+0800
END:STANDARD
END:VTIMEZONE"""
    found = read(calendar(outlook, at('"Kuala Lumpur, Singapore"', "20250715T093000", "20250715T094000")))
    assert starts(found.meetings) == ["2025-07-15 01:30"]
    assert not any("not known;" in note for note in found.notes)


def test_outlooks_rules_from_1601_hold_today():
    outlook = (
        CUSTOM.replace("TZID:Office", "TZID:Customized Time Zone")
        .replace("1970", "1601")
        .replace("16011025", "16011028")
    )
    for day, hour in (("20250115", "08:00"), ("20250715", "07:00")):
        data = calendar(outlook, at("Customized Time Zone", f"{day}T090000", f"{day}T100000"))
        assert starts(meetings(data))[0].endswith(hour)


def test_an_unknown_zone_is_read_as_the_persons_with_a_note():
    found = read(calendar(at("Mars/Base", "20250715T090000", "20250715T100000")), zone="Europe/Berlin")
    assert starts(found.meetings) == ["2025-07-15 09:00"]
    assert any("'Mars/Base' is not known" in note and "line 5" in note for note in found.notes)


@pytest.mark.parametrize(
    "zone", ["Berlin", "../etc/passwd", "/etc/localtime", "", "Europe/Berlin\x00", "posixrules"]
)
def test_a_persons_zone_that_is_none_is_refused(zone):
    with pytest.raises(BadInput, match="IANA name"):
        read(calendar(event()), zone=zone)


@pytest.mark.parametrize(
    "tzid", ["../../etc/passwd", "/etc/passwd", "~/zone", "C:\\zone", "file:///etc/passwd"]
)
def test_a_zone_that_names_a_path_is_refused_with_its_line(tzid):
    with pytest.raises(BadInput) as caught:
        read(calendar(event(start=f'DTSTART;TZID="{tzid}":20250715T090000', end="")))
    (problem,) = caught.value.problems
    assert problem.line == 5
    assert "names a path" in problem.wrong


def test_an_end_before_the_start_is_exchanged_with_a_note():
    found = read(calendar(event(start="DTSTART:20250106T100000Z", end="DTEND:20250106T090000Z")))
    assert starts(found.meetings) == ["2025-01-06 09:00"]
    assert found.meetings.minutes.tolist() == [60]
    assert any("ends before it starts" in note for note in found.notes)


def test_a_banner_longer_than_a_year_is_left_out_and_counted():
    data = calendar(
        event(start="DTSTART;VALUE=DATE:20200101", end="DTEND;VALUE=DATE:20290101"), event(uid="2")
    )
    table = meetings(data)
    assert len(table) == 1
    assert dict(table.left_out) == {"longer than a year": 1}


@pytest.mark.parametrize("year", ["0001", "9999", "1582"])
def test_years_that_cannot_be_meant_are_noted(year):
    found = read(calendar(event(start=f"DTSTART:{year}0106T090000Z", end=""), event(uid="2")))
    assert len(found.meetings) == 1
    assert any("cannot be meant" in note for note in found.notes)


def test_birthdays_without_a_year_come_once_a_year():
    data = calendar(event("RRULE:FREQ=YEARLY", start="DTSTART;VALUE=DATE:16040229", end=""))
    assert starts(meetings(data, first=dt.date(2023, 1, 1))) == ["2024-02-29 00:00"]


@pytest.mark.parametrize(
    ("until", "count"),
    [("20250108T090000Z", 3), ("20250108T085959Z", 2), ("20250108", 3), ("20250108T090000", 3)],
)
def test_the_end_of_a_series_is_included(until, count):
    assert len(meetings(calendar(event(f"RRULE:FREQ=DAILY;UNTIL={until}")))) == count


def test_a_series_that_ends_before_it_begins_never_takes_place():
    assert len(meetings(calendar(event("RRULE:FREQ=DAILY;UNTIL=20240101T000000Z")))) == 0


def test_an_event_that_reaches_into_the_period_is_in_it():
    data = calendar(event(start="DTSTART:20241231T230000Z", end="DTEND:20250101T010000Z"))
    assert len(meetings(data)) == 1
    assert len(meetings(data, first=dt.date(2025, 1, 2))) == 0
    night = event("RRULE:FREQ=WEEKLY", start="DTSTART:20241203T230000Z", end="DTEND:20241205T010000Z")
    assert starts(meetings(calendar(night), last=dt.date(2025, 1, 2)))[0] == "2024-12-31 23:00"


def test_minutes_are_conserved_over_zones_and_clock_changes():
    """Any event's length is the difference of its two moments, whatever zone it is written in or read in."""
    draw = random.Random(11)
    zones = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca"]
    events, wanted = [], 0
    for number in range(400):
        name = draw.choice(zones)
        start = dt.datetime(2025, 1, 2) + dt.timedelta(minutes=draw.randrange(360 * 24 * 60))
        end = start + dt.timedelta(minutes=draw.randrange(36 * 60))
        zone = ZoneInfo(name)
        length = end.replace(tzinfo=zone).timestamp() - start.replace(tzinfo=zone).timestamp()
        if length < 0:
            continue
        wanted += int(length) // 60
        events.append(at(name, f"{start:%Y%m%dT%H%M%S}", f"{end:%Y%m%dT%H%M%S}", uid=str(number)))
    for zone_name in (*zones, "UTC"):
        table = meetings(calendar(*events), zone=zone_name)
        assert len(table) == len(events)
        assert table.minutes.sum() == wanted
