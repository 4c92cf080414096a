"""A list of people becomes the organization: looked at first, then all or nothing, and undone."""

from __future__ import annotations

import datetime as dt
import io
import json
import random
import threading
import zipfile

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.utils import timezone
from openpyxl import Workbook
from tests.factories import PersonFactory, UserFactory
from tests.organization import assemble_organization, sign_in
from tests.web.roster import made

from fairlead.core.problems import BadInput
from fairlead.web.people.models import Person
from fairlead.web.roster import imports, queries
from fairlead.web.roster.models import LongLeave, Position, RosterImport, Unit
from fairlead.web.runs.actions import Refused
from fairlead.web.trail.models import Entry

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def organization(db):
    return assemble_organization()


# --- what a list does ------------------------------------------------------------------------


def test_a_first_list_makes_people_units_and_positions_from_their_first_day():
    done = made.take_in(made.SMALL)
    assert done.plan["counts"] == {
        "added": 3, "changed": 0, "left": 0, "returned": 0, "unchanged": 0, "refused": 0
    }  # fmt: skip
    ann = made.position("3")
    assert (ann.person.name, ann.title, ann.track, ann.since) == (
        "Ann O’Neil",
        "Welder",
        "expert",
        dt.date(2022, 5, 1),
    )
    assert ann.manager.name == "李小龍"
    assert set(Unit.objects.values_list("name", flat=True)) == {"Board", "Works"}


def test_somebody_without_a_first_day_is_there_from_today():
    made.take_in("id,name\n1,Ann\n")
    assert made.position("1").since == TODAY()


def test_the_same_list_twice_changes_nothing_at_all():
    made.take_in(made.SMALL)
    before = made.whole_roster()
    again = made.read(made.SMALL, complete=True)
    assert again.plan["empty"]
    assert again.plan["counts"]["unchanged"] == 3
    imports.carry_out(None, again)
    assert made.whole_roster() == before


def test_a_preview_writes_nothing():
    made.read(made.SMALL, complete=True)
    assert not Person.objects.exclude(number=None).exists()
    assert not Position.objects.exists()


def test_an_empty_database_and_a_list_of_one():
    assert made.take_in("id,name\n1,Ann\n").plan["counts"]["added"] == 1


def test_a_move_ends_the_position_today_and_a_second_one_on_the_same_day_corrects_it():
    made.take_in(made.SMALL)
    made.take_in("id,name,title\n3,Ann O’Neil,Foreman\n")
    made.take_in("id,name,title\n3,Ann O’Neil,Master\n")
    rows = list(Position.objects.filter(person__number="3").values_list("title", "since", "until"))
    assert rows == [("Welder", dt.date(2022, 5, 1), TODAY()), ("Master", TODAY(), None)]
    assert made.position("3").manager.number == "2"  # what the list does not name stays


def test_yesterday_is_still_known_after_a_move():
    made.take_in(made.SMALL)
    made.take_in("id,name,manager_id\n3,Ann O’Neil,1\n")
    then, now = (Position.objects.on(day).get(person__number="3") for day in (dt.date(2023, 1, 1), TODAY()))
    assert (then.manager.number, now.manager.number) == ("2", "1")


def test_who_is_not_in_a_complete_list_leaves_today_and_who_comes_back_begins_anew():
    people = "\n".join(f"{n},Person {n}" for n in range(1, 11))
    made.take_in(f"id,name\n{people}\n")
    Position.objects.update(since=dt.date(2024, 1, 1))
    fewer = "\n".join(f"{n},Person {n}" for n in range(1, 10))
    made.take_in(f"id,name\n{fewer}\n", complete=True)
    gone = made.person("10")
    assert gone.left == TODAY()
    assert not Position.objects.filter(person=gone, until=None).exists()
    again = made.take_in(f"id,name\n{people}\n", complete=True)
    assert again.plan["counts"]["returned"] == 1
    assert made.person("10").left is None
    assert made.position("10").since == dt.date(2024, 1, 1)  # the last day had not passed


def test_a_leaver_of_last_year_who_returns_keeps_both_times():
    made.take_in("id,name,hired,left\n1,Ann,2020-01-01,2024-12-31\n2,Ben,2020-01-01,\n")
    assert Position.objects.get(person__number="1").until == dt.date(2025, 1, 1)
    made.take_in("id,name,hired,left\n1,Ann,2020-01-01,\n2,Ben,2020-01-01,\n")
    rows = list(Position.objects.filter(person__number="1").values_list("since", "until"))
    assert rows == [(dt.date(2020, 1, 1), dt.date(2025, 1, 1)), (TODAY(), None)]
    assert made.read("id,name,hired,left\n1,Ann,2020-01-01,\n2,Ben,2020-01-01,\n").plan["empty"]


def test_a_leaving_date_that_is_agreed_on_ends_the_position_that_day_and_no_sooner():
    soon = TODAY() + dt.timedelta(days=30)
    made.take_in(f"id,name,left,left_reason\n1,Ann,{soon},retires\n")
    assert Position.objects.on(soon).filter(person__number="1").exists()
    assert not Position.objects.on(soon + dt.timedelta(days=1)).filter(person__number="1").exists()
    made.take_in("id,name,left\n1,Ann,\n")
    assert made.position("1").until is None


def test_a_leaving_date_before_the_last_move_takes_the_move_back():
    made.take_in("id,name,title,hired\n1,Ann,A,2020-01-01\n")
    made.take_in("id,name,title\n1,Ann,B\n")
    made.take_in("id,name,left\n1,Ann,2024-05-31\n")
    rows = list(Position.objects.filter(person__number="1").values_list("title", "until"))
    assert rows == [("A", dt.date(2024, 6, 1))]


def test_a_corrected_first_day_moves_the_beginning_of_the_first_position():
    made.take_in("id,name,hired\n1,Ann,2020-01-01\n")
    made.take_in("id,name,hired\n1,Ann,2019-01-01\n")
    assert made.position("1").since == dt.date(2019, 1, 1)


def test_long_leave_is_kept_by_its_days_and_a_leave_that_is_over_is_not_forgotten():
    made.take_in("id,name,leave_from,leave_until\n1,Ann,2023-01-01,2023-06-30\n")
    leave = LongLeave.objects.get()
    assert (leave.since, leave.until) == (dt.date(2023, 1, 1), dt.date(2023, 7, 1))
    empty = "id,name,leave_from,leave_until\n1,Ann,,\n"
    assert made.read(empty).plan["empty"]
    assert made.read("id,name,leave_from,leave_until\n1,Ann,2023-01-01,2023-06-30\n").plan["empty"]
    made.take_in("id,name,leave_from,leave_until\n1,Ann,2030-01-01,\n")
    assert LongLeave.objects.count() == 2
    made.take_in(empty)
    assert LongLeave.objects.get().since == dt.date(2023, 1, 1)


def test_two_people_can_swap_their_addresses():
    made.take_in("id,name,email\n1,Ann,a@example.org\n2,Ben,b@example.org\n")
    made.take_in("id,name,email\n1,Ann,b@example.org\n2,Ben,a@example.org\n")
    assert [made.person(n).email for n in "12"] == ["b@example.org", "a@example.org"]


def test_rows_that_cannot_be_taken_are_refused_with_their_line_and_the_rest_comes_in():
    bad = (
        "id,name,email,manager_id\n1,Ann,a@x.org,1\n2,Ben,b@x.org,9\n3,Cy,c@x.org,\n4,Di,c@x.org,\n"
        "5,Ed,,6\n6,Fay,,5\n7,,,\n8,Gus,,3\n"
    )
    done = made.take_in(bad)
    assert sorted({one["line"] for one in done.plan["refused"]}) == [2, 3, 4, 5, 6, 7, 8]
    assert all(one["wrong"] and one["right"] for one in done.plan["refused"])
    assert list(Person.objects.exclude(number=None).values_list("number", flat=True)) == ["8"]


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_rows_does_not_matter(seed):
    head, *rows = made.SMALL.splitlines()
    random.Random(seed).shuffle(rows)
    made.take_in("\n".join([head, *rows]))
    assert made.read(made.SMALL, complete=True).plan["empty"]


def test_long_and_foreign_names_come_in_whole_and_too_long_ones_are_refused():
    long = "Å" * 120
    done = made.take_in(f"id,name\n1,{long}\n2,{long}x\n3,नमस्ते दुनिया\n4,\u202egnp\n")
    assert made.person("1").name == long
    assert made.person("3").name == "नमस्ते दुनिया"
    assert {one["line"] for one in done.plan["refused"]} <= {3, 5}
    assert 3 in {one["line"] for one in done.plan["refused"]}
    assert not any("\u202e" in one.name for one in Person.objects.all())


def test_an_account_with_the_verified_address_takes_its_place_and_one_with_a_typed_address_does_not():
    proved, typed = (PersonFactory.create(user__email=f"{name}@example.org") for name in ("proved", "typed"))
    EmailAddress.objects.create(user=proved.user, email="proved@example.org", verified=True, primary=True)
    EmailAddress.objects.create(user=typed.user, email="typed@example.org", verified=False, primary=True)
    done = made.take_in("id,name,email\n1,Pia,Proved@example.org\n2,Ty,typed@example.org\n")
    proved.refresh_from_db()
    assert (proved.number, proved.name) == ("1", "Pia")
    assert made.person("2").user is None
    imports.undo(None, done)
    proved.refresh_from_db()
    assert proved.number is None
    assert proved.user is not None


# --- files ---------------------------------------------------------------------------------------


def test_a_workbook_and_a_pasted_table_say_the_same_as_the_text(organization):
    book = Workbook()
    for line in made.SMALL.splitlines():
        book.active.append(line.split(","))
    out = io.BytesIO()
    book.save(out)
    made.take_in(made.SMALL)
    ada = organization.person("ada")
    assert made.read(out.getvalue(), name="people.xlsx").plan["counts"]["unchanged"] == 3
    pasted = imports.begin_pasted(ada, text=made.SMALL.replace(",", "\t"), complete=False)
    assert pasted.plan["counts"]["unchanged"] == 3


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01\x02",
        "id,name\n1,Ann\n".encode("utf-16"),
        b"id,name\n\xff,x\n",
        b"PK\x03\x04nonsense",
        b'id,name\n"1,Ann\n',
    ],
)
def test_a_file_that_is_no_table_is_one_sentence_and_leaves_nothing(data):
    with pytest.raises(BadInput):
        made.read(data)
    assert not RosterImport.objects.exists()


def test_a_bomb_is_refused_by_the_closed_off_process():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 80_000_000)
    with pytest.raises(BadInput):
        made.read(out.getvalue(), name="bomb.xlsx")


# --- yes, no, too late -----------------------------------------------------------------------------


def test_a_roster_that_changed_meanwhile_asks_for_another_look():
    made.take_in(made.SMALL)
    waiting = made.read("id,name,title\n3,Ann O’Neil,Foreman\n")
    made.take_in("id,name,title\n3,Ann O’Neil,Master\n")
    with pytest.raises(Refused, match="has changed since"):
        imports.carry_out(None, waiting)
    assert made.position("3").title == "Master"
    imports.carry_out(None, imports.look_again(waiting))
    assert made.position("3").title == "Foreman"


def test_sent_twice_it_is_done_once():
    waiting = made.read(made.SMALL)
    imports.carry_out(None, waiting)
    imports.carry_out(None, waiting)
    assert Person.objects.exclude(number=None).count() == 3
    assert Entry.objects.filter(verb="import").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_lists_at_the_same_time_never_mix():
    waiting = [made.read(f"id,name\n1,Ann {who}\n2,Ben {who}\n") for who in ("one", "two")]
    told: list[str] = []

    def go(one):
        try:
            imports.carry_out(None, one)
            told.append("done")
        except Refused:
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[one]) for one in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["done", "refused"]
    names = set(Person.objects.exclude(number=None).values_list("name", flat=True))
    assert names in ({"Ann one", "Ben one"}, {"Ann two", "Ben two"})


def test_marking_more_than_a_fifth_as_left_needs_the_number_typed():
    made.take_in("id,name\n" + "".join(f"{n},Person {n}\n" for n in range(10)))
    waiting = made.read("id,name\n" + "".join(f"{n},Person {n}\n" for n in range(7)), complete=True)
    assert waiting.plan["many"] == 3
    for typed in ("", "yes", "4"):
        with pytest.raises(Refused, match="Type 3"):
            imports.carry_out(None, waiting, typed=typed)
    assert not Person.objects.exclude(left=None).exists()
    imports.carry_out(None, waiting, typed="3")
    assert Person.objects.exclude(left=None).count() == 3


def test_two_of_ten_is_not_more_than_a_fifth():
    made.take_in("id,name\n" + "".join(f"{n},Person {n}\n" for n in range(10)))
    waiting = made.read("id,name\n" + "".join(f"{n},Person {n}\n" for n in range(8)), complete=True)
    assert waiting.plan["many"] == 0
    imports.carry_out(None, waiting)


def test_a_dropped_list_keeps_no_rows_and_cannot_be_imported():
    waiting = made.read(made.SMALL)
    imports.drop(None, waiting)
    waiting.refresh_from_db()
    assert waiting.rows is None
    assert "added" not in waiting.plan
    with pytest.raises(Refused):
        imports.carry_out(None, waiting)


def test_a_list_that_was_imported_keeps_no_rows_either():
    done = RosterImport.objects.get(pk=made.take_in(made.SMALL).pk)
    assert done.rows is None
    assert "Zoë" not in str(done.plan)


# --- undo ----------------------------------------------------------------------------------------------


def test_undo_puts_everything_back_to_the_last_row():
    made.take_in(made.SMALL + "4,Di,di@example.org,1,Board,Clerk,1,expert,2023-01-01\n")
    made.take_in("id,name,leave_from,leave_until\n3,Ann O’Neil,2030-01-01,2030-05-01\n")
    before = made.whole_roster()
    done = made.take_in(
        "id,name,email,manager_id,unit,title,leave_from\n"
        "2,李小龍,zoe@example.org,1,New unit,Chief,\n"
        "1,Zoë Ångström,li@example.org,,Board,President,2031-01-01\n"
        "9,New,new@example.org,2,Newer unit,Trainee,\n",
        complete=True,
    )
    assert done.plan["counts"] == {
        "added": 1, "changed": 2, "left": 2, "returned": 0, "unchanged": 0, "refused": 0
    }  # fmt: skip
    assert made.whole_roster() != before
    imports.undo(None, done)
    assert made.whole_roster() == before


def test_undo_of_the_first_list_leaves_an_empty_roster():
    done = made.take_in(made.SMALL)
    imports.undo(None, done)
    assert made.whole_roster() == [[], [], [], []]
    with pytest.raises(Refused):
        imports.undo(None, done)


def test_what_somebody_changed_since_is_not_undone_and_they_are_named():
    done = made.take_in(made.SMALL)
    made.take_in("id,name,title\n3,Ann O’Neil,Foreman\n")
    with pytest.raises(Refused, match="Ann O’Neil changed since"):
        imports.undo(None, done)
    assert Person.objects.exclude(number=None).count() == 3


def test_people_who_report_to_somebody_new_keep_the_import_from_being_undone():
    made.take_in(made.SMALL)
    done = made.take_in("id,name\n9,New\n")
    made.take_in("id,name,manager_id\n3,Ann O’Neil,9\n")
    with pytest.raises(Refused, match="Ann O’Neil"):
        imports.undo(None, done)


def test_somebody_with_an_account_is_not_undone():
    done = made.take_in("id,name\n1,Ann\n")
    Person.objects.filter(number="1").update(user=UserFactory.create())
    with pytest.raises(Refused, match="Ann"):
        imports.undo(None, done)


def test_imports_are_undone_one_after_the_other():
    first, second = made.take_in(made.SMALL), made.take_in("id,name,title\n3,Ann O’Neil,Foreman\n")
    imports.undo(None, second)
    imports.undo(None, first)
    assert made.whole_roster() == [[], [], [], []]


# --- out again -------------------------------------------------------------------------------------------


def test_what_is_exported_can_be_imported_and_changes_nothing():
    made.take_in(made.SMALL + "4,Di,,1,Board,Clerk,1,,2023-01-01\n")
    made.take_in("id,name,left,left_reason\n4,Di,2024-01-01,moved away\n")
    assert made.read(queries.export_csv(), complete=True).plan["empty"]


def test_no_cell_of_an_export_or_report_is_a_formula():
    payload = '=HYPERLINK("http://x")'
    made.take_in('id,name,title\n1,"=1+1","@SUM(A1)"\n')
    assert b",'=1+1," in queries.export_csv()
    assert b"'@SUM(A1)" in queries.export_csv()
    waiting = made.read('id,name,manager_id\n2,Ben,"' + payload.replace('"', '""') + '"\n')
    assert waiting.plan["refused"]
    for cell in queries.report_csv(waiting).decode("utf-8-sig").replace("\r\n", ",").split(","):
        assert not cell.strip('"').startswith(("=", "+", "@"))


# --- the screens -------------------------------------------------------------------------------------------


def send(browser, text, **more):
    return browser.post("/organization/import/", {"pasted": text, **more})


def test_the_way_through_the_screens(organization):
    browser = organization["ada"].browser
    answer = send(browser, "Personalnummer\tWer\tChef\nE001\tKim\t\n900\tNeu Da\tE001\n")
    waiting = RosterImport.objects.get()
    assert answer["Location"] == f"/organization/import/{waiting.pk}/"
    assert browser.get(answer["Location"])["Location"].endswith("/columns/")  # nobody knows what "Wer" is
    page = browser.get(answer["Location"] + "columns/").content.decode()
    assert "Neu Da" in page
    chosen = {"column_0": "id", "column_1": "name", "column_2": "manager_id"}
    browser.post(answer["Location"] + "columns/", chosen)
    page = browser.get(answer["Location"]).content.decode()
    assert "Would be added" in page
    assert "Neu Da" in page
    browser.post(answer["Location"] + "carry-out/")
    assert made.position("900").manager == organization.person("kim")
    page = browser.get(answer["Location"]).content.decode()
    assert "<h1>Imported</h1>" in page
    browser.post(f"/organization/changes/{waiting.pk}/undo/")
    assert not Person.objects.filter(number="900").exists()
    assert "Undone" in browser.get(answer["Location"]).content.decode()


def test_the_screen_and_the_command_line_say_the_same_sentences(organization, tmp_path):
    from click.testing import CliRunner

    from fairlead.cli.main import cli

    Person.objects.update(number=None)  # the command line knows no roster
    Position.objects.all().delete()
    bad = (
        "id,name,email,manager_id,hired\n1,Ann,a@x.org,1,\n2,Ben,,9,03/04/2024\n3,Cy,c@x.org,,\n"
        "4,Di,c@x.org,,\n5,Ed,,6,\n6,Fay,,5,\n"
    )
    path = tmp_path / "people.csv"
    path.write_text(bad, encoding="utf-8")
    ran = CliRunner().invoke(cli, ["check", "--json", str(path)])
    told = json.loads(ran.output)["files"][0]["problems"]
    waiting = made.read(bad)
    assert len(waiting.plan["refused"]) >= 6
    assert [(one["line"], one["wrong"], one["right"]) for one in told] == [
        (one["line"], one["wrong"], one["right"]) for one in waiting.plan["refused"]
    ]


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Choose a file"),
        ({"pasted": "nothing\n"}, None),
        ({"pasted": "id,name,name\n1,2,3\n"}, "comes twice"),
    ],
)
def test_a_list_that_cannot_be_read_is_answered_where_it_was_sent(organization, sent, says):
    answer = organization["ada"].browser.post("/organization/import/", sent)
    if says:
        assert answer.status_code == 422
        assert says in answer.content.decode()
    else:
        assert answer.status_code == 302


def test_columns_are_said_once_each_and_id_and_name_are_among_them(organization):
    browser = organization["ada"].browser
    place = send(browser, "a\tb\n1\tAnn\n")["Location"] + "columns/"
    for chosen, says in (
        ({"column_0": "name"}, "which column is the id"),
        ({"column_0": "id"}, "which column is the name"),
        ({"column_0": "id", "column_1": "id"}, "Two columns"),
        ({"column_0": "nonsense"}, "Select a valid choice"),
    ):
        answer = browser.post(place, chosen)
        assert answer.status_code == 422
        assert says in answer.content.decode()


def test_what_columns_are_is_remembered_so_that_the_same_list_twice_changes_nothing(organization):
    browser = organization["ada"].browser
    text = "id,name,Boss of\n901,Ann Oak,\n902,Bo Elm,901\n"
    place = send(browser, text)["Location"]
    browser.post(place + "columns/", {"column_0": "id", "column_1": "name", "column_2": "manager_id"})
    browser.post(place + "carry-out/")
    assert made.position("902").manager == made.person("901")
    send(browser, text)
    again = RosterImport.objects.get(state="preview")
    assert again.mapping["Boss of"] == "manager_id"
    assert again.plan["counts"]["unchanged"] == 2
    send(browser, "id,name,Boss\n901,Ann Oak,\n")
    other = RosterImport.objects.filter(state="preview").exclude(pk=again.pk).get()
    assert other.mapping == {}


def test_the_report_holds_every_refused_row(organization):
    rows = "".join(f"{n},Person {n},nobody\n" for n in range(200))
    browser = organization["ada"].browser
    place = send(browser, f"id,name,manager_id\n{rows}")["Location"]
    table = browser.get(place + "report.csv").content.decode("utf-8-sig")
    assert table.count("refused") == 200
    page = browser.get(place).content.decode()
    assert "and 150 more in the file to download" in page


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("page", ["", "import/{pk}/", "changes/", "invitations/", "units/"])
def test_pages_ask_the_same_however_many_rows(organization, page, rows, django_assert_num_queries):
    """Eleven is the most that any of these asks, with one row or with three."""
    browser = organization["ada"].browser
    for number in range(rows):
        made.take_in(f"id,name,email,unit\nN{number},New {number},n{number}@example.org,U{number}\n")
    waiting = made.read("id,name\n" + "".join(f"X{n},X {n}\n" for n in range(rows)))
    path = "/organization/" + page.format(pk=waiting.pk)
    browser.get(path)
    with django_assert_num_queries(QUERIES[page]):
        assert browser.get(path).status_code == 200


QUERIES = {"": 8, "import/{pk}/": 6, "changes/": 7, "invitations/": 11, "units/": 8}


def test_an_import_is_in_the_record_with_counts_and_without_names(organization):
    ada = organization.person("ada")
    waiting = imports.begin(ada, name="people.csv", data=made.SMALL.encode(), complete=False)
    imports.carry_out(ada, waiting)
    entry = Entry.objects.get(verb="import")
    assert entry.facts["added"] == 3
    assert entry.actor == ada.pk
    assert "Zoë" not in str(list(Entry.objects.values()))


def test_without_a_second_factor_nothing_of_people_operations_opens(organization):
    browser = sign_in(organization.person("ada"), second_factor=False)
    answer = browser.get("/organization/import/")
    assert answer.status_code == 302
    assert "/2fa/" in answer["Location"]
    assert "Import a list" not in browser.get("/organization/").content.decode()
