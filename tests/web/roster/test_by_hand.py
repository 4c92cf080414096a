"""People operations change the organization by hand; each change is in the record and can be undone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from tests.organization import assemble_organization, sign_in
from tests.web.roster import made

from fairlead.web.people.models import Person
from fairlead.web.roster import actions, imports
from fairlead.web.roster.models import LongLeave, Position, RosterImport, Unit
from fairlead.web.runs.actions import Refused
from fairlead.web.trail.models import Entry

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
FORM = {
    "name": "Cleo",
    "email": "cleo@example.org",
    "manager_id": "Ben",
    "unit": "Works",
    "title": "Cleo's job",
}


@pytest.fixture
def organization(db):
    return assemble_organization()


@pytest.fixture
def ada(organization):
    return organization["ada"].browser


def page(organization, name, end=""):
    return f"/organization/people/{organization.person(name).pk}/{end}"


def test_somebody_is_added_with_a_new_unit_and_a_manager_by_name(ada, organization):
    said = {
        "id": "N1",
        "name": "Nia Oyelaran",
        "manager_id": "Kim (E001)",
        "unit": "Labs",
        "hired": "2026-01-05",
    }
    answer = ada.post("/organization/people/add/", said)
    made_now = made.position("N1")
    assert answer["Location"] == f"/organization/people/{made_now.person_id}/"
    assert (made_now.manager, made_now.unit.name, made_now.since) == (
        organization.person("kim"), "Labs", dt.date(2026, 1, 5)
    )  # fmt: skip
    entry = Entry.objects.get(verb="add_person")
    assert entry.subject == made_now.person_id


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"id": "E002", "name": "Another"}, "is somebody"),
        ({"id": "N1", "name": "Nia", "email": "ben@example.org"}, "is also that of"),
        ({"id": "N1", "name": "Nia", "email": "nobody"}, "is not an e-mail address"),
        ({"id": "N1", "name": "Nia", "manager_id": "Nobody At All"}, "Nobody in the roster"),
        ({"id": "N1", "name": "Nia", "hired": "1800-01-01"}, "too far away"),
        ({"id": "N1", "name": "\u202eNia"}, "invisible"),
        ({"name": "Nia"}, "Fill this in."),
    ],
)
def test_what_cannot_be_is_said_above_the_form_and_nothing_is_written(ada, said, says):
    before = made.whole_roster()
    answer = ada.post("/organization/people/add/", said)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert made.whole_roster() == before


def test_a_move_by_hand_keeps_the_past_and_can_be_undone(ada, organization):
    before = made.whole_roster()
    ada.post(
        page(organization, "cleo", "change/"), {**FORM, "manager_id": "eve@example.org", "unit": "Sales"}
    )
    rows = list(
        Position.objects.filter(person=organization.person("cleo")).values_list("manager__name", "until")
    )
    assert rows == [("Ben", TODAY()), ("Eve", None)]
    change = RosterImport.objects.get()
    assert "Cleo" in ada.get("/organization/changes/").content.decode()
    ada.post(f"/organization/changes/{change.pk}/undo/")
    assert made.whole_roster() == before


def test_saving_what_is_there_already_writes_nothing(ada, organization):
    before = made.whole_roster()
    ada.post(page(organization, "cleo", "change/"), FORM)
    assert made.whole_roster() == before
    assert not RosterImport.objects.exists()


def test_nobody_can_report_to_somebody_below_them(ada, organization):
    said = {
        "name": "Kim",
        "email": "kim@example.org",
        "manager_id": "Cleo",
        "unit": "Office",
        "title": "Kim's job",
    }
    answer = ada.post(page(organization, "kim", "change/"), said)
    assert "in a circle" in answer.content.decode()
    assert made.position("E001").manager is None


def test_leaving_and_coming_back(ada, organization):
    said = {"left": TODAY() - dt.timedelta(days=1), "left_reason": "moved away"}
    ada.post(page(organization, "cleo", "left/"), said)
    cleo = made.person(organization.person("cleo").number)
    assert cleo.left_reason == "moved away"
    assert not Position.objects.on(TODAY()).filter(person=cleo).exists()
    shown = ada.get(page(organization, "cleo")).content.decode()
    assert "Not any more" in shown
    assert "moved away" in shown
    ada.post(page(organization, "cleo", "back/"))
    cleo.refresh_from_db()
    assert (cleo.left, cleo.left_reason) == (None, "")
    assert Position.objects.on(TODAY()).filter(person=cleo).exists()
    told = Entry.objects.filter(subject=cleo.pk, verb__in=["mark_left", "bring_back"])
    assert [one.verb for one in told] == ["mark_left", "bring_back"]


def test_long_leave_is_added_corrected_and_removed_and_never_overlaps(ada, organization):
    ada.post(page(organization, "cleo", "away/"), {"since": "2024-01-01", "last": "2024-03-31"})
    leave = LongLeave.objects.get()
    assert leave.until == dt.date(2024, 4, 1)
    again = ada.post(page(organization, "cleo", "away/"), {"since": "2024-03-01", "last": ""})
    assert "There is a leave already" in again.content.decode()
    ada.post(f"/organization/leaves/{leave.pk}/", {"since": "2024-01-15", "last": ""})
    leave.refresh_from_db()
    assert (leave.since, leave.until) == (dt.date(2024, 1, 15), None)
    ada.post(f"/organization/leaves/{leave.pk}/remove/")
    assert not LongLeave.objects.exists()
    imports.undo(None, RosterImport.objects.first())
    assert LongLeave.objects.get().pk == leave.pk


def test_a_past_position_is_corrected_within_its_neighbours(ada, organization):
    ada.post(page(organization, "cleo", "change/"), {**FORM, "title": "Chief"})
    past = Position.objects.get(person=organization.person("cleo"), title="Cleo's job")
    wrong = {"since": "2024-01-01", "last": TODAY(), "manager_id": "Ben", "title": "x"}
    assert "overlaps" in ada.post(f"/organization/positions/{past.pk}/", wrong).content.decode()
    right = {
        "since": "2024-02-01",
        "last": TODAY() - dt.timedelta(days=1),
        "manager_id": "Eve",
        "title": "Trainee",
    }
    assert ada.post(f"/organization/positions/{past.pk}/", right).status_code == 302
    past.refresh_from_db()
    assert (past.title, past.manager.name, past.until) == ("Trainee", "Eve", TODAY())
    circle = ada.post(f"/organization/positions/{past.pk}/", {**right, "manager_id": "Cleo"})
    assert "circle" in circle.content.decode()


def test_the_only_position_of_somebody_cannot_be_removed(organization):
    with pytest.raises(Refused):
        actions.remove_position(organization.person("ada"), position=made.position("E003"))


def test_units_are_renamed_moved_and_closed_only_when_empty(ada, organization):
    works, sales = organization.units["Works"], organization.units["Sales"]
    ada.post(f"/organization/units/{works.pk}/change/", {"name": "Workshop", "parent": str(sales.pk)})
    works.refresh_from_db()
    assert (works.name, works.parent) == ("Workshop", sales)
    for said, says in (
        ({"name": "Sales", "parent": str(works.pk)}, "inside itself"),
        ({"name": "Workshop"}, "already"),
        ({"name": "Sales", "closed_on": TODAY()}, "There are people"),
    ):
        answer = ada.post(f"/organization/units/{sales.pk}/change/", said)
        assert says in answer.content.decode()


def test_merged_units_move_today_and_the_past_stays(ada, organization):
    before = made.whole_roster()
    works, sales = organization.units["Works"], organization.units["Sales"]
    ada.post(f"/organization/units/{works.pk}/merge/", {"into": str(sales.pk)})
    works.refresh_from_db()
    assert works.closed_on == TODAY()
    assert not Position.objects.on(TODAY()).filter(unit=works).exists()
    assert Position.objects.on(TODAY() - dt.timedelta(days=1)).filter(unit=works).count() == 3
    imports.undo(None, RosterImport.objects.get())
    assert made.whole_roster() == before


def test_two_spellings_become_one_unit_also_in_the_past(ada, organization):
    before = made.whole_roster()
    works, sales = organization.units["Works"], organization.units["Sales"]
    ada.post(f"/organization/units/{works.pk}/merge/", {"into": str(sales.pk), "always": "on"})
    assert not Unit.objects.filter(name="Works").exists()
    assert Position.objects.filter(unit=sales).count() == 6
    imports.undo(None, RosterImport.objects.get())
    assert made.whole_roster() == before


def test_a_manager_is_completed_by_name(ada):
    assert "Ben (E002)" in ada.get("/organization/people/suggest/?manager_id=be").content.decode()


def test_a_form_cannot_set_what_it_does_not_show(ada, organization):
    cleo = organization.person("cleo")
    ada.post(
        page(organization, "cleo", "change/"),
        {**FORM, "number": "X", "left": "2020-01-01", "user": "", "id": "X"},
    )
    cleo.refresh_from_db()
    assert (cleo.number, cleo.left, cleo.user_id is not None) == ("E003", None, True)
    assert Person.objects.filter(number="X").count() == 0


def test_whoever_opens_what_only_people_operations_see_stands_in_the_persons_record(organization):
    ada, cleo = organization["ada"].browser, organization.person("cleo")
    leave = LongLeave.objects.create(person=cleo, since=dt.date(2024, 1, 1), until=dt.date(2024, 6, 1))
    position = Position.objects.get(person=cleo)
    pages = (
        f"people/{cleo.pk}/change/",
        f"people/{cleo.pk}/left/",
        f"leaves/{leave.pk}/",
        f"positions/{position.pk}/",
    )
    for number, page in enumerate(pages, start=1):
        assert ada.get(f"/organization/{page}").status_code == 200
        lines = Entry.objects.filter(verb="saw", subject=cleo.pk, actor=organization.person("ada").pk)
        assert lines.count() == number, page


def test_whoever_takes_the_roster_along_stands_in_everybodys_record(organization):
    ada = sign_in(organization.person("ada"), fresh=True)
    assert ada.post("/organization/export/").status_code == 200
    for name in ("cleo", "max", "kim"):
        page = organization[name].browser.get("/record/").content.decode()
        assert "took a copy of the roster along" in page, name


def test_whom_a_list_changes_finds_that_in_their_record(organization):
    cleo, eve = organization.person("cleo"), organization.person("eve")
    same = Position.objects.get(person=eve).title
    text = f"id,name,title\n{cleo.number},Cleo,Head of Hats\n{eve.number},Eve,{same}\nX1,Xu,\n"
    imports.carry_out(organization.person("ada"), made.read(text))
    told = set(Entry.objects.filter(verb="change_person").values_list("subject", "actor"))
    assert told == {(cleo.pk, organization.person("ada").pk)}
