"""Who takes part: counts by relation, one-to-ones, functions, and whose calendar it is."""

from __future__ import annotations

import pytest
from tests.sources.ics_text import calendar, event, meetings, read

from fairlead.core.tables import ORGANIZER_RELATIONS
from fairlead.sources.files import read_table
from fairlead.sources.people import PEOPLE_COLUMNS, who

PEOPLE = b"""id,name,email,manager_id,unit
1,Zoe Boss,zoe@corp.com,,Board
2,Ann Bee,ann@corp.com;a.bee@corp.com,1,Engineering
3,Bo Li,bo@corp.com,2,Engineering
4,Cy Noor,cy@corp.com,2,Engineering
5,Di Peer,di@corp.com,1,Sales
6,Ed Deep,ed@corp.com,3,Engineering
7,Flo Law,flo@corp.com,9,Legal
8,Gus Data,,2,Engineering
9,Hal Chief,hal@corp.com,,Legal
"""


def table():
    return read_table("people.csv", PEOPLE, known=PEOPLE_COLUMNS)


def ann():
    return who(["ann@corp.com"], people=table())


def invited(
    *addresses: str, organizer: str = "ann@corp.com", uid: str = "1", more: tuple[str, ...] = ()
) -> str:
    lines = [f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{address}" for address in addresses]
    return event(f"ORGANIZER:mailto:{organizer}", *lines, *more, uid=uid)


def counts(meeting) -> tuple[int, ...]:
    names = ("reports", "managers", "peers", "other_functions", "outside", "unknown")
    return tuple(int(getattr(meeting, name)[0]) for name in names)


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("bo@corp.com", (1, 0, 0, 0, 0, 0)),
        ("ed@corp.com", (1, 0, 0, 0, 0, 0)),
        ("zoe@corp.com", (0, 1, 0, 0, 0, 0)),
        ("di@corp.com", (0, 0, 1, 0, 0, 0)),
        ("flo@corp.com", (0, 0, 0, 1, 0, 0)),
        ("new@corp.com", (0, 0, 0, 0, 0, 1)),
        ("x@customer.org", (0, 0, 0, 0, 1, 0)),
        ("x@eu.corp.com", (0, 0, 0, 0, 0, 1)),
    ],
)
def test_each_person_counts_once_in_their_relation(address, wanted):
    data = calendar(invited("ann@corp.com", address, address.upper(), organizer=address))
    assert counts(meetings(data, who=ann())) == wanted


def test_a_one_to_one_names_the_report_and_nobody_else_does():
    data = calendar(
        invited("ann@corp.com", "cy@corp.com", uid="1"),
        invited("ann@corp.com", "bo@corp.com", "cy@corp.com", uid="2"),
        invited("ann@corp.com", "bo@corp.com", "x@customer.org", uid="3"),
        invited("ann@corp.com", "ed@corp.com", uid="4"),
        invited("ann@corp.com", "zoe@corp.com", uid="5"),
    )
    found = meetings(data, who=ann())
    assert found.one_to_one.tolist() == [1, -1, -1, -1, -1]
    assert found.report_labels == ("Bo Li", "Cy Noor", "Gus Data")


def test_somebody_without_an_address_is_known_by_name():
    line = 'ATTENDEE;CN="Data, Gus";PARTSTAT=ACCEPTED:invalid:nomail'
    found = meetings(calendar(invited("ann@corp.com", more=(line,))), who=ann())
    assert found.one_to_one.tolist() == [2]


def test_the_second_address_is_the_same_person():
    found = meetings(calendar(invited("a.bee@corp.com", "ann@corp.com", "bo@corp.com")), who=ann())
    assert found.people.tolist() == [2]


def test_functions_count_the_units_that_take_part():
    data = calendar(
        invited("ann@corp.com", "flo@corp.com", "di@corp.com", uid="1"),
        invited("ann@corp.com", "bo@corp.com", uid="2"),
        invited("ann@corp.com", "x@customer.org", uid="3"),
    )
    assert meetings(data, who=ann()).functions.tolist() == [3, 1, 0]


def test_rooms_and_calendars_are_no_people():
    room = "ATTENDEE;CUTYPE=ROOM:mailto:room@corp.com"
    google = "ATTENDEE;CUTYPE=RESOURCE:mailto:c_1@resource.calendar.google.com"
    data = calendar(
        invited("ann@corp.com", organizer="team_1@group.calendar.google.com", more=(room, google))
    )
    found = meetings(data, who=ann())
    assert found.people.tolist() == [1]


@pytest.mark.parametrize(
    ("organizer", "relation"),
    [
        ("ann@corp.com", "self"),
        ("bo@corp.com", "report"),
        ("zoe@corp.com", "manager"),
        ("x@y.org", "outside"),
    ],
)
def test_the_organizer_is_told_by_relation(organizer, relation):
    found = meetings(calendar(invited("ann@corp.com", organizer=organizer)), who=ann())
    assert ORGANIZER_RELATIONS[found.organizer[0]] == relation


def test_an_appointment_of_ones_own_has_one_person():
    found = meetings(calendar(event()), who=ann())
    assert found.people.tolist() == [1]
    assert ORGANIZER_RELATIONS[found.organizer[0]] == "self"


def test_the_owner_is_found_by_the_calendars_name():
    found = read(calendar(invited("bo@corp.com"), head=("X-WR-CALNAME:ann@corp.com",)))
    assert found.who.addresses == ("ann@corp.com",)
    assert found.who.guessed
    assert any("taken to be ann@corp.com" in note for note in found.notes)


def test_the_owner_is_found_by_taking_part_in_nearly_everything():
    events = [
        invited("ann@corp.com", f"p{n}@corp.com", organizer=f"p{n}@corp.com", uid=str(n)) for n in range(6)
    ]
    found = read(calendar(*events))
    assert found.who.addresses == ("ann@corp.com",)
    assert any("in 6 of 6 events" in note for note in found.notes)
    assert found.meetings.people.tolist() == [2] * 6


def test_an_owner_that_cannot_be_told_is_not_guessed():
    pair = [invited("ann@corp.com", "bo@corp.com", uid=str(n)) for n in range(4)]
    found = read(calendar(*pair))
    assert found.who.addresses == ()
    assert not found.who.guessed
    assert any("--me" in note for note in found.notes)


def test_a_guessed_owner_is_looked_up_in_the_people_table():
    events = [
        invited("ann@corp.com", "bo@corp.com", organizer=f"p{n}@corp.com", uid=str(n)) for n in range(2)
    ]
    events.append(invited("ann@corp.com", "cy@corp.com", uid="9"))
    found = read(calendar(*events), who=who([], people=table()))
    assert found.who.addresses == ("ann@corp.com", "a.bee@corp.com")
    assert found.meetings.one_to_one.tolist()[-1] == 1


def test_titles_and_report_names_are_forgotten_on_request():
    found = meetings(calendar(invited("ann@corp.com", "bo@corp.com")), who=ann()).without_titles()
    assert found.report_labels == ("report 1", "report 2", "report 3")
    assert found.title == ("",)
