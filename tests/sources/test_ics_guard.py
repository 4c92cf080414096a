"""Lines and components: unfolding, quoting, forgotten ends, and the place of each line."""

from __future__ import annotations

import pytest
from tests.sources.ics_text import calendar, event

from fairlead.core.problems import BadInput
from fairlead.sources import archive
from fairlead.sources.ics_guard import MAX_ATTENDEES, scan


def one(*lines: str):
    return scan("a.ics", calendar(event(*lines))).events[0]


def test_folded_lines_keep_the_number_of_their_first_line():
    found = one("SUMMARY:one ", " two", "\tthree", "STATUS:CONFIRMED")
    assert found.text("SUMMARY") == "one twothree"
    assert found.first("SUMMARY").number == 7
    assert found.first("STATUS").number == 10


def test_a_name_folded_before_its_colon_is_put_together():
    found = one("DTSTAMP", " ;VALUE=DATE-TIME", " :20250101T000000Z", "SUMMARY:next")
    assert found.text("DTSTAMP") == "20250101T000000Z"
    assert found.text("SUMMARY") == "next"


def test_colons_in_quotes_and_in_zones_do_not_end_the_parameters():
    found = one(
        'ORGANIZER;CN="Bee: Ann; x":mailto:ann@example.com', "EXDATE;TZID=(UTC+01:00) Berlin:20250101T090000"
    )
    assert found.first("ORGANIZER").param("CN") == "Bee: Ann; x"
    assert found.first("ORGANIZER").value == "mailto:ann@example.com"
    assert found.first("EXDATE").param("TZID") == "(UTC+01:00) Berlin"


def test_what_the_audit_does_not_need_never_gets_in():
    found = one(
        "DESCRIPTION:secret",
        " and more",
        "LOCATION:secret",
        "ATTACH:secret",
        "X-ALT-DESC:secret",
        "URL:secret",
    )
    assert "secret" not in repr(found)


def test_alarms_inside_an_event_do_not_change_it():
    found = one("BEGIN:VALARM", "SUMMARY:alarm", "DTSTART:20200101", "END:VALARM", "SUMMARY:event")
    assert found.text("SUMMARY") == "event"
    assert found.text("DTSTART") == "20250106T090000Z"


def test_a_forgotten_end_costs_only_its_event():
    data = calendar("BEGIN:VEVENT\r\nUID:open", event(uid="2"))
    found = scan("a.ics", data)
    assert [e.text("UID") for e in found.events] == ["2"]
    assert found.notes == ["a.ics, line 5: VEVENT from line 3 is not ended and is left out."]


def test_a_file_that_is_cut_off_keeps_its_whole_events():
    data = calendar(event(uid="1"), event(uid="2"))
    found = scan("a.ics", data[: data.rindex(b"DTEND")])
    assert [e.text("UID") for e in found.events] == ["1"]
    assert "cut off inside VEVENT from line 8" in found.notes[0]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_every_line_end_is_one(end):
    data = calendar(event("SUMMARY:x")).replace(b"\r\n", end.encode())
    assert scan("a.ics", data).events[0].text("SUMMARY") == "x"


def test_letters_that_are_not_utf_8_are_shown_and_noted():
    found = scan("a.ics", calendar(event("SUMMARY:caf@")).replace(b"@", b"\xe9"))
    assert found.events[0].text("SUMMARY") == "caf\ufffd"
    assert "line 7" in found.notes[0]


def test_many_bad_lines_are_counted_and_not_listed():
    found = scan("a.ics", calendar(event(*["bad"] * 30)))
    assert len(found.notes) == 9
    assert found.notes[-1] == "a.ics: 22 more lines like these."


def test_attendees_beyond_the_limit_are_noted_once():
    found = scan(
        "a.ics", calendar(event(*[f"ATTENDEE:mailto:p{n}@x.org" for n in range(MAX_ATTENDEES + 50)]))
    )
    assert len(found.events[0].lines["ATTENDEE"]) == MAX_ATTENDEES
    assert len(found.notes) == 1


def test_another_calendar_scale_is_refused():
    from fairlead.sources import ics

    with pytest.raises(BadInput, match="JULIAN"):
        ics.read([("a.ics", calendar(event(), head=("CALSCALE:JULIAN",)))], zone="UTC")


def test_gzip_is_counted_while_it_is_unpacked():
    import gzip

    assert archive.gunzip("a.gz", gzip.compress(b"abc")) == b"abc"
    for data, says in [
        (gzip.compress(bytes(60 << 20)), "grows too much"),
        (gzip.compress(b"abc")[:-4], "cut off"),
        (gzip.compress(b"abc") + b"more", "more behind it"),
        (gzip.compress(gzip.compress(b"abc")), "another archive"),
        (b"\x1f\x8bnothing", "not a whole gzip"),
    ]:
        with pytest.raises(BadInput, match=says):
            archive.gunzip("a.gz", data)
