"""People lists as programs write them: columns told by their headers, days, managers, bad rows alone."""

from __future__ import annotations

import io
import random
import time
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest

from fairlead.core.problems import BadInput
from fairlead.core.roster import COLUMNS, Standing, apply, plan_roster
from fairlead.sources.roster import PASTED, read_pasted, read_roster
from fairlead.sources.roster_columns import CHOICES, HEADERS, SECOND_BEST, fold

TODAY = date(2026, 7, 1)


def read(text, **more):
    more = {"today": TODAY, "sandboxed": False} | more
    return read_roster("people.csv", text.encode() if isinstance(text, str) else text, **more)


def cells(found, *names):
    return [tuple(getattr(row, name) for name in names) for row in found.rows]


def planned(found, standing=(), *, complete=False):
    return plan_roster(
        found.rows, standing, file=found.file, columns=found.columns, places=found.places,
        complete=complete, today=TODAY,
    )  # fmt: skip


def wrongs(problems):
    return [(one.line, one.column, one.wrong) for one in problems]


# Columns

EXPORTS = {
    "Workday": (
        ("Employee ID,Legal Name,Primary Work Email,Manager ID,Supervisory Organization,Business Title,"
        "Management Level,Hire Date,Termination Date,Termination Reason"),
        "id name email manager_id unit title level hired left left_reason",
    ),
    "BambooHR": (
        "Employee #,First Name,Last Name,Work Email,Supervisor EID,Department,Job Title,Hire Date,Division",
        "id first_name last_name email manager_id unit title hired ",
    ),
    "Personio": (
        ("Personalnummer;Vorname;Nachname;E-Mail;Vorgesetzte:r;Abteilung;Team;Position;Eintrittsdatum;"
        "Austrittsdatum;Austrittsgrund"),
        "id first_name last_name email manager_id unit  title hired left left_reason",
    ),
    "HiBob": (
        "Employee ID,Display name,Email,Reports to (Email),Department,Job title,Start date,Termination date",
        "id name email manager_email unit title hired left",
    ),
    "SAP": (
        ("PERNR;Nachname;Vorname;E-Mail-Adresse;Personalnummer des Vorgesetzten;Organisationseinheit;"
        "Planstelle;Eintritt;Austritt"),
        "id last_name first_name email manager_id unit title hired left",
    ),
    "Google Workspace": (
        ("First Name [Required],Last Name [Required],Email Address [Required],Employee ID,Manager Email,"
        "Employee Title,Department,Org Unit Path [Required]"),
        "first_name last_name email id manager_email title unit ",
    ),
    "Entra": (
        ("objectId,userPrincipalName,displayName,givenName,surname,mail,jobTitle,department,employeeId,"
        "employeeHireDate,manager"),
        "  name   email title unit id hired manager_id",
    ),
    "ours": (",".join(COLUMNS), " ".join(COLUMNS)),
    "ours, as typed": (
        "ID,Name,E-Mail,Manager ID,Unit,left reason",
        "id name email manager_id unit left_reason",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("headers", "fields"), EXPORTS.values(), ids=EXPORTS)
def test_headers_of_usual_programs_are_known(headers, fields):
    found = read(headers + "\n")
    assert [ours for _, ours in found.mapping] == fields.split(" ")
    assert not found.needs_mapping
    assert found.problems == ()


def test_no_header_stands_for_two_fields():
    seen = {}
    for table in (HEADERS, SECOND_BEST):
        for field, text in table.items():
            assert field in {*CHOICES, "manager"}
            for one in map(fold, text.split(",")):
                assert one, field
                assert seen.setdefault(one, field) == field, one


def test_two_columns_that_could_be_one_are_both_left_unread_and_told():
    found = read("id,name,Job Title,Business Title\n1,Ann,A,B\n")
    assert found.unmapped == ("Job Title", "Business Title")
    assert "“Job Title” and “Business Title” can each be the title" in found.notices[0].wrong
    assert found.rows[0].title == ""
    by_hand = read("id,name,Job Title,Business Title\n1,Ann,A,B\n", names={"Business Title": "title"})
    assert (by_hand.rows[0].title, by_hand.notices) == ("B", ())


def test_a_field_in_doubt_goes_to_no_third_column():
    found = read("id,name,Job Title,Business Title,Position\n1,Ann,A,B,C\n")
    assert found.rows[0].title == ""


def test_our_own_name_counts_before_a_usual_header():
    assert read("id,Employee ID,name\n7,8,Ann\n").rows[0].id == "7"


def test_a_table_without_id_or_name_says_so_and_shows_what_it_has():
    found = read("number,wer,Chef\n1,Ann,\n2,Ben,1\n3,Cy,1\n4,Di,2\n")
    assert found.needs_mapping
    assert found.rows == ()
    assert [one.wrong for one in found.problems] == [
        "There is no column 'id'.",
        "There is no column 'name'.",
    ]
    assert found.samples == (
        ("number", ("1", "2", "3")),
        ("wer", ("Ann", "Ben", "Cy")),
        ("Chef", ("1", "1", "2")),
    )
    mapped = read(
        "number,wer,Chef\n1,Ann,\n2,Ben,1\n", names={"number": "id", "wer": "name", "Chef": "manager_id"}
    )
    assert cells(mapped, "id", "name", "manager_id") == [("1", "Ann", ""), ("2", "Ben", "1")]


def test_one_name_of_two_is_no_name():
    assert [one.wrong for one in read("id,Vorname\n1,Ann\n").problems] == ["There is no column 'name'."]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ({"nichts": "id"}, "no column 'nichts' to map"),
        ({"unit": "colour"}, "'colour' is none of the columns"),
        ({"unit": "id", "name": "id"}, "“unit” and “name” are both mapped to 'id'"),
    ],
)
def test_a_wrong_name_given_by_hand_is_told(names, words):
    found = read("id,name,unit\n1,Ann,U\n", names=names)
    assert words in found.problems[0].wrong
    assert found.rows == ()


def test_a_column_can_be_left_unread_by_hand():
    found = read("id,name,unit\n1,Ann,U\n", names={"unit": ""})
    assert found.columns == {"id", "name"}
    assert found.unmapped == ("unit",)


def test_a_name_of_two_columns_is_joined_and_placed():
    found = read("Nachname;Vorname;Personalnummer\nAlt;Ann Maria;1\nBell;;2\n")
    assert cells(found, "name") == [("Ann Maria Alt",), ("Bell",)]
    assert found.places["name"] == 2


def test_names_with_the_family_name_first_are_turned_only_where_the_column_is_so():
    assert cells(read('id,name\n1,"Alt, Ann"\n2,"Bell, Ben"\n'), "name") == [("Ann Alt",), ("Ben Bell",)]
    mixed = read('id,name\n1,"Ann Alt, PhD"\n2,Ben Bell\n3,Cy Cole\n')
    assert cells(mixed, "name")[0] == ("Ann Alt, PhD",)


def test_columns_in_another_order_are_the_same_people():
    one = read("id,name,unit,hired\n1,Ann,U,2020-01-02\n2,Ben,V,\n")
    other = read("hired;unit;name;id\n2020-01-02;U;Ann;1\n;V;Ben;2\n")
    assert one.rows == other.rows
    assert planned(other, apply(planned(one), ())).empty


# Managers


def test_managers_may_be_given_by_address():
    found = read("id,name,email,Reports to\n1,Ann,Ann@X.org,\n2,Ben,ben@x.org,ann@x.org\n3,Cy,,ben@x.org\n")
    assert cells(found, "manager_id") == [("",), ("1",), ("2",)]
    assert "2 managers were found by e-mail address" in found.notices[0].wrong


def test_managers_may_be_given_by_name_in_either_order():
    found = read(
        'id,name,Vorgesetzter\n1,Ann Alt,\n2,Ben Bell,ann  ALT\n3,Cy Cole,"Bell, Ben"\n4,Di,Ann Alt (1)\n'
    )
    assert cells(found, "manager_id") == [("",), ("1",), ("2",), ("1",)]
    assert "2 managers were found by name" in found.notices[0].wrong


def test_an_id_counts_before_a_name():
    found = read("id,name,Manager\nBen,Ann Alt,\n2,Ben,\n3,Cy,Ben\n")
    assert found.rows[2].manager_id == "Ben"
    assert found.notices == ()


def test_a_name_of_two_people_is_refused_with_both():
    found = read("id,name,Manager\n1,Ann Alt,\n2,Ann Alt,\n3,Cy,Ann Alt\n4,Di,1\n")
    assert wrongs(found.problems) == [(4, 3, "“Ann Alt” can be Ann Alt (1) and Ann Alt (2).")]
    assert [row.id for row in planned(found).added] == ["1", "2", "4"]


def test_a_manager_nobody_knows_is_refused_in_the_words_of_the_cell():
    found = read("id,name,email,Manager\n1,Ann,a@x.org,Zoe Zorn\n2,Ben,,zoe@x.org\n3,Cy,,99\n")
    plan = planned(found)
    assert [one.wrong for one in plan.refused] == [
        "There is no person called “Zoe Zorn” in this file or in the roster.",
        "There is no person with the e-mail address zoe@x.org in this file or in the roster.",
        "There is no person with the id 99 in this file or in the roster.",
    ]
    assert [(one.line, one.column) for one in plan.refused] == [(2, 4), (3, 4), (4, 4)]


def test_a_manager_may_be_somebody_the_roster_knows():
    standing = (
        Standing(id="7", name="Zoe Zorn", email="zoe@x.org"),
        Standing(id="8", name="Zoe Zorn", left=date(2020, 1, 1)),
    )
    text = "id,name,Manager\n1,Ann,Zoe Zorn\n2,Ben,zoe@x.org\n"
    assert cells(read(text, standing=standing), "manager_id") == [("7",), ("7",)]


def test_a_column_of_ids_counts_before_one_of_names():
    found = read("id,name,Manager,Manager ID\n1,Ann,,\n2,Ben,Somebody Else,1\n")
    assert found.rows[1].manager_id == "1"
    assert found.unmapped == ("Manager",)


# Cells and rows


def test_addresses_are_read_bare_and_the_first_of_several_is_kept():
    found = read('id,name,email\n1,Ann,Ann <ANN@x.org>\n2,Ben,"b@x.org; ben@x.org"\n3,Cy,none\n')
    assert cells(found, "email") == [("ann@x.org",), ("b@x.org",), ("none",)]
    assert [(one.line, one.right) for one in found.notices] == [(3, "b@x.org is kept.")]
    assert planned(found).refused[0].wrong == "“none” is not an e-mail address."


def test_a_row_of_another_width_is_refused_alone():
    found = read("id,name,unit\n1,Ann,U\n2,Ben,U,more\n3,Cy\n4,Di,U\n")
    assert [one.line for one in found.problems] == [3, 4]
    plan = planned(found, (Standing(id="2", name="Ben"),), complete=True)
    assert [row.id for row in plan.added] == ["1", "4"]
    assert plan.left == ()


def test_all_that_is_wrong_in_a_row_is_told_at_once():
    found = read("id,name,email,hired,left\n1,,nix,gestern,1900-01-01\n")
    assert [one.column for one in planned(found).refused] == [2, 3, 4, 5]


def test_names_lose_what_turns_them_around():
    assert read("id,name\n1,An\u202en\n").rows[0].name == "Ann"
    assert planned(read("id,name\n1,An\u00adn\n")).refused[0].line == 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(end):
    found = read(f"id;name{end}1;Ann{end}2;Ben{end}")
    assert [(row.id, row.line) for row in found.rows] == [("1", 2), ("2", 3)]


def test_lines_are_those_of_the_file():
    found = read('id,name,title\n1,Ann,"two\nlines"\n\n2,Ben,x\n')
    assert [(row.id, row.line) for row in found.rows] == [("1", 2), ("2", 5)]


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe1", b"id,name\n\xe4,x\n", b"id,id\n1,2\n", b"PK\x03\x04junk"]
)
def test_what_is_no_table_is_refused_as_a_whole(data):
    with pytest.raises(BadInput):
        read(data)


@pytest.mark.parametrize(
    "cell", ["a" * 5000 + "<b@c", "@" * 9000, "a@" * 4900, "(" * 9000, "1 " + "a" * 9000]
)
def test_cells_made_to_take_long_are_refused_at_once(cell):
    rows = "".join(f'{i};"{cell}";"{cell}";"{cell}";"{cell}"\n' for i in range(50))
    began = time.process_time()
    plan = planned(read("id;name;email;manager;hired\n" + rows))
    assert time.process_time() - began < 1
    assert {one.line for one in plan.refused} == set(range(2, 52))
    assert max(len(str(one)) for one in plan.refused) < 300


# Sheets and pasted tables


def sheet(*rows):
    book = openpyxl.Workbook()
    for one in rows:
        book.active.append(one)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


PEOPLE = "Personalnummer,Name,Manager,Eintritt\n1,Ann,,2020-01-02\n2,Ben,1,2021-03-04\n"


def test_a_sheet_with_days_and_numbers_is_read_as_the_text_is():
    data = sheet(
        ("Personalnummer", "Name", "Manager", "Eintritt"),
        (1, "Ann", None, date(2020, 1, 2)),
        (2.0, "Ben", 1, datetime(2021, 3, 4)),  # noqa: DTZ001 - sheets know no zones
    )
    assert read(data).rows == read(PEOPLE).rows


@pytest.mark.slow
def test_a_spoiled_sheet_is_refused_or_read_and_breaks_nothing():
    whole = sheet(("id", "name", "hired"), *((i, f"P{i}", date(2020, 1, i)) for i in range(1, 20)))
    chance = random.Random(2)
    refused = 0
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            planned(read(bytes(data)))
        except BadInput:
            refused += 1
    assert refused > 200


@pytest.mark.parametrize("mark", ["\t", ";", ","])
def test_a_pasted_table_is_read_whatever_stands_between(mark):
    found = read_pasted("\n" + PEOPLE.replace(",", mark) + "\n\n", today=TODAY, sandboxed=False)
    assert found.file == PASTED
    assert found.rows == read(PEOPLE).rows


def test_a_pasted_table_keeps_the_empty_cells_that_trimming_takes():
    text = "id\tname\tunit\ttitle\n1\tAnn\tU\tT\n2\tBen\t\t".strip()
    found = read_pasted(text, today=TODAY, sandboxed=False)
    assert cells(found, "id", "unit") == [("1", "U"), ("2", "")]
    assert found.problems == ()


def test_a_pasted_text_that_cannot_be_written_is_read_all_the_same():
    assert read_pasted("id\tname\n1\tA\ud800nn\n", today=TODAY, sandboxed=False).rows[0].name == "A?nn"


def test_the_child_process_reads_the_same():
    text = PEOPLE + "3,Cy\n4,Di,Ann,3.3.2024\n"
    assert read(text, sandboxed=True) == read(text)
    assert read_pasted(text, today=TODAY) == read_pasted(text, today=TODAY, sandboxed=False)


# Two thousand spoiled files

GOOD = (
    "Employee ID,First name,Last name,E-Mail,Reports to,Department,Job title,Level,Track,Hire date,"
    "Termination date,Termination reason\n"
    + "".join(
        f'{i},Ann{i},"Alt, {i}",a{i}@x.org,{"" if i == 1 else i // 3 + (i < 3)},Unit {i % 5},Job,L{i % 3},'
        f'{("IC", "Manager", "Owner", "")[i % 4]},{i % 27 + 1}.{i % 12 + 1}.20{10 + i % 16},'
        f'{"1.2.2026" if i % 9 == 4 else ""},{"moved" if i % 9 == 4 else ""}\n'
        for i in range(1, 31)
    )
)  # fmt: skip
JUNK = [
    '"', ",", ";", "\t", "\n", "\r", "\x00", "\u202e", "=1+1", "@", "'", "9" * 70, "x" * 200, "30.2.2020",
    "03/04/2024", "1", "a1@x.org", "é", "\ufeff", "\ud7ff", "\U0001f600", "-1", "1e9", "None", "(1)",
    "Ann1 Alt",
]  # fmt: skip


def spoiled(chance):
    text = GOOD
    for _ in range(chance.randint(1, 4)):
        at, to = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        way = chance.randrange(5)
        if way == 0:
            text = text[:at] + chance.choice(JUNK) + text[at:]
        elif way == 1:
            text = text[:at] + text[min(to, at + chance.randint(1, 30)) :]
        elif way == 2:
            text = text[:at] + text[at : at + 80] + text[at:]
        elif way == 3:
            lines = text.split("\n")
            chance.shuffle(lines[1:])
            lines.insert(chance.randrange(1, len(lines) + 1), chance.choice(lines))
            text = "\n".join(lines)
        else:
            cells_ = text.split(",")
            cells_[chance.randrange(len(cells_))] = chance.choice(JUNK)
            text = ",".join(cells_)
    return text


@pytest.mark.slow
def test_two_thousand_spoiled_files_break_nothing_and_every_refusal_names_a_line():
    chance = random.Random(20260701)
    standing = apply(planned(read(GOOD)), ())
    assert len(standing) == 30
    refused = whole = 0
    unplaced = []
    for _ in range(2_000):
        text = spoiled(chance)
        try:
            found = read(text, standing=standing)
        except BadInput as error:
            whole += 1
            unplaced += [one for one in error.problems if not one.line]
            continue
        last = text.replace("\r", "\n").count("\n") + 1
        plan = planned(found, standing, complete=chance.random() < 0.5)
        for one in (*found.problems, *plan.refused):
            assert one.line, (one, text)
            assert 1 <= one.line <= last
            assert len(str(one)) < 2_000
        refused += bool(plan.refused)
        after = apply(plan, standing)
        assert len({person.id for person in after}) == len(after)
        again = planned(replace(found), after)
        assert not again.added
        assert not again.changed
    assert unplaced == []
    assert refused > 600  # else nothing was spoiled
    assert whole < 700
