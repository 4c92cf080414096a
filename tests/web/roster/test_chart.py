"""The chart of today for everybody in it; other days and what is behind a person for people operations."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
from django.utils import timezone
from tests.factories import PersonFactory
from tests.organization import assemble_organization, sign_in
from tests.web.roster import made

from fairlead.web.people.models import Person
from fairlead.web.roster import chart
from fairlead.web.roster.models import Position, Unit
from fairlead.web.trail.models import Entry

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def organization(db):
    return assemble_organization()


def company(people: int, span: int = 7) -> None:
    """A company whose n-th person reports to the ((n - 1) // span)-th."""
    pks = [uuid.UUID(int=n + 1) for n in range(people)]
    unit = Unit.objects.create(name="All")
    Person.objects.bulk_create(
        Person(pk=pk, number=f"P{n:05d}", name=f"Person {n:05d}") for n, pk in enumerate(pks)
    )
    Position.objects.bulk_create(
        Position(
            person_id=pk, manager_id=pks[(n - 1) // span] if n else None, since=dt.date(2020, 1, 1), unit=unit
        )
        for n, pk in enumerate(pks)
    )


@pytest.mark.parametrize(("people", "span"), [(1, 7), (2, 7), (57, 7), (200, 3), (300, 299)])
def test_spans_and_floors_are_those_of_a_count_by_hand(people, span):
    company(people, span)
    tree = chart.Tree(TODAY())
    for key in tree.above:
        below, floor, floors = 0, [key], 0
        while floor:
            floors += 1
            floor = [one for one in tree.above if tree.above[one] in floor]
            below += len(floor)
        node = tree.node(key)
        assert (node.below, node.floors) == (below, floors)
        assert node.reports == sum(boss == key for boss in tree.above.values())


def test_a_circle_that_somehow_stands_does_not_hang_the_chart():
    company(3)
    Position.objects.filter(person__number="P00000").update(manager=made.person("P00002"))
    Position.objects.filter(person__number="P00002").update(manager=made.person("P00000"))
    assert len(chart.Tree(TODAY())) == 3
    chart.whole(TODAY())


def test_everybody_in_the_chart_sees_it_and_a_stranger_does_not(organization):
    shown = organization["max"].browser.get("/organization/").content.decode()
    for name in ("Kim", "Ben", "Cleo", "Ada"):
        assert f"<bdi>{name}</bdi>" in shown
    stranger = sign_in(PersonFactory.create(name="Stranger"))
    assert stranger.get("/organization/").status_code == 404
    assert "Organization" not in stranger.get("/today/").content.decode()


def test_somebody_whose_last_day_is_over_sees_nothing_and_is_not_seen(organization):
    cleo = organization.person("cleo")
    Position.objects.filter(person=cleo).update(until=TODAY())
    assert organization["cleo"].browser.get("/organization/").status_code == 404
    assert "<bdi>Cleo</bdi>" not in organization["ben"].browser.get("/organization/").content.decode()


def test_level_track_days_and_leave_are_for_the_person_and_people_operations_alone(organization):
    cleo = organization.person("cleo")
    Position.objects.filter(person=cleo).update(level="Canary-Level-9", track="owner")
    made.away(cleo)
    path = f"/organization/people/{cleo.pk}/"
    secrets = ("Canary-Level-9", "Owner of a project", "E003", "cleo@example.org", "1 January 2024")
    for name in ("ada", "cleo"):
        shown = organization[name].browser.get(path).content.decode()
        assert all(secret in shown for secret in secrets), name
    for name in ("ben", "max", "gina", "hugo", "lea"):
        for where in (
            path,
            f"{path}branch/",
            "/organization/",
            "/organization/print/",
            "/organization/find/?q=Cleo",
        ):
            shown = organization[name].browser.get(where).content.decode()
            assert not any(secret in shown for secret in secrets), (name, where)


def test_who_looks_behind_a_name_is_in_the_record_and_who_looks_at_the_chart_is_not(organization):
    cleo = organization.person("cleo")
    for name in ("ada", "ben", "cleo"):
        organization[name].browser.get(f"/organization/people/{cleo.pk}/")
    assert [one.actor for one in Entry.objects.filter(verb="saw")] == [organization.person("ada").pk]


def test_another_day_is_for_people_operations(organization):
    cleo = organization.person("cleo")
    Position.objects.filter(person=cleo).update(until=dt.date(2025, 1, 1), title="Old title")
    Position.objects.create(
        person=cleo, manager=organization.person("eve"), since=dt.date(2025, 1, 1), title="New title"
    )
    ada, ben = organization["ada"].browser, organization["ben"].browser
    then = ada.get("/organization/?on=2024-06-01").content.decode()
    assert "Old title" in then
    assert "New title" not in then
    assert ben.get("/organization/?on=2024-06-01").status_code == 404
    assert ben.get(f"/organization/people/{cleo.pk}/branch/?on=2024-06-01").status_code == 404
    assert "Nobody was in the roster" in ada.get("/organization/?on=2001-01-01").content.decode()


def test_a_branch_opens_by_a_plain_link_and_by_htmx_the_same(organization):
    company(400, 20)
    browser = organization["max"].browser
    whole = browser.get("/organization/").content.decode()
    link = re.findall(r'hx-get="(/organization/people/[^"]+/branch/)"', whole)[-1]
    page = browser.get(link).content.decode()
    part = browser.get(link, headers={"HX-Request": "true"}).content.decode()
    assert "<h1>" in page
    assert "<h1>" not in part
    names = re.findall(r"<bdi>(Person \d+)</bdi></a> <span", part)
    assert names
    assert all(name in page for name in names)


def test_a_wide_branch_is_read_page_by_page(organization):
    company(200, 199)
    browser, top = organization["max"].browser, uuid.UUID(int=1)
    seen = set()
    for number in range(1, 5):
        page = browser.get(f"/organization/people/{top}/branch/?page={number}").content.decode()
        seen |= set(re.findall(r'class="leaf"><a[^>]+><bdi>(Person \d+)', page))
    assert len(seen) == 199
    for odd in ("0", "-1", "99", "x", "9" * 30):
        assert browser.get(f"/organization/people/{top}/branch/?page={odd}").status_code == 200


@pytest.mark.parametrize(
    ("words", "finds"),
    [
        ("cleo", "Cleo"),
        ("CLE", "Cleo"),
        ("Cleo Works", "Cleo"),
        ("job cleo", "Cleo"),
        ("Cloe", "Cleo"),
        ("E003", "Cleo"),
    ],
)
def test_somebody_is_found_by_name_title_unit_or_id_and_with_a_slip_of_the_finger(organization, words, finds):
    shown = organization["max"].browser.get("/organization/find/", {"q": words}).content.decode()
    assert f"<bdi>{finds}</bdi>" in shown


def test_accents_and_case_do_not_hide_a_name():
    Person.objects.create(number="1", name="Jürgen Ångström")
    Position.objects.create(person=made.person("1"), since=dt.date(2020, 1, 1))
    for words in ("jurgen angstrom", "JÜRGEN", "Jurgen"):
        assert [hit.name for hit in chart.search(words, TODAY()).people] == ["Jürgen Ångström"], words


@pytest.mark.parametrize("words", ["", "   ", "%", "_", "'", "zzzzzzzz", "x" * 5000, "\x00", "<b>"])
def test_odd_words_find_nothing_and_break_nothing(organization, words):
    answer = organization["max"].browser.get("/organization/find/", {"q": words})
    assert answer.status_code == 200
    assert b"<b><" not in answer.content


def test_a_unit_is_found_and_names_its_people(organization):
    browser = organization["max"].browser
    assert "unit</span>" in browser.get("/organization/find/?q=works").content.decode()
    shown = browser.get(f"/organization/units/{organization.units['Works'].pk}/").content.decode()
    assert "3 people today" in shown
    assert "Reports outside the unit" in shown


def test_paper_holds_everybody_and_a_large_organization_is_printed_by_branch(organization):
    browser = organization["max"].browser
    shown = browser.get("/organization/print/").content.decode()
    assert all(f"<b>{name.title()}</b>" in shown for name in organization.members)
    company(chart.PRINTED + 1)
    shown = browser.get("/organization/print/").content.decode()
    assert "too many for one print" in shown
    part = re.search(r"/organization/print/\?under=[0-9a-f-]+", shown)
    assert part
    assert browser.get(part[0]).status_code == 200


def test_nobody_in_the_roster_is_said_kindly(organization):
    Position.objects.all().delete()
    shown = organization["ada"].browser.get("/organization/").content.decode()
    assert shown.count("Your organization will stand here") <= 1


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [("", 8), ("find/?q=Person", 7), ("people/{pk}/", 14), ("people/{pk}/branch/", 8), ("print/", 8)],
)
def test_the_chart_asks_the_same_however_many_people(
    organization, path, queries, rows, django_assert_num_queries
):
    """At 10,000 people the same: see benchmarks/speed/organization.py."""
    max_ = organization.person("max")
    company(rows * 30)
    Position.objects.filter(person__number__startswith="P", manager=None).update(manager=max_)
    browser = organization["max"].browser
    full = f"/organization/{path.format(pk=max_.pk)}"
    browser.get(full)
    with django_assert_num_queries(queries):
        assert browser.get(full).status_code == 200


def test_names_are_text_and_nothing_else(organization):
    Person.objects.filter(pk=organization.person("cleo").pk).update(name="<script>alert(1)</script>")
    browser = organization["max"].browser
    for path in ("", "print/", "find/?q=script", f"people/{organization.person('cleo').pk}/"):
        assert b"<script>alert" not in browser.get(f"/organization/{path}").content
