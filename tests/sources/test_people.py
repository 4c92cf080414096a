"""Who is who, from addresses and from a people table."""

from __future__ import annotations

import pytest

from fairlead.core.problems import BadInput
from fairlead.core.work import Relation
from fairlead.sources.files import read_table
from fairlead.sources.people import PEOPLE_COLUMNS, own_domains, plain_address, plain_name, who


def people(text: str):
    return read_table("people.csv", text.encode(), known=PEOPLE_COLUMNS)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("mailto:Ann@Example.com", "ann@example.com"),
        ("MAILTO:ann@example.com", "ann@example.com"),
        ("Ann Bee <ann@example.com>", "ann@example.com"),
        (" ann@example.com ", "ann@example.com"),
        ("smtp:ann@example.com", "ann@example.com"),
        ("Ann", ""),
        ("", ""),
        ("@", ""),
    ],
)
def test_an_address_is_found_in_what_producers_write(written, plain):
    assert plain_address(written) == plain


def test_a_name_is_the_same_in_either_order():
    assert plain_name("Müller, Ann") == plain_name(" ann  MÜLLER ") == "ann müller"


def test_reports_given_by_hand_keep_their_order_and_count_once():
    found = who(["me@corp.com"], ["b@corp.com", "a@corp.com", "B@corp.com"])
    assert found.reports == found.report_labels == ("b@corp.com", "a@corp.com")
    assert found.report_number("mailto:A@corp.com") == 1
    assert found.relation("b@corp.com") == Relation.REPORT


def test_public_mail_providers_say_nothing_about_working_together():
    assert own_domains(["a@gmail.com", "a@corp.com"]) == {"corp.com"}
    assert who(["a@gmail.com"]).relation("b@gmail.com") == Relation.UNKNOWN
    assert who(["a@gmail.com"]).relation("b@corp.com") == Relation.UNKNOWN
    assert who(["a@corp.com"]).relation("b@gmail.com") == Relation.OUTSIDE


def test_only_id_and_name_are_needed():
    found = who(["Ann"], people=people("id,name\n1,Ann\n2,Bo\n"))
    assert found.names == ("ann",)
    assert found.relation("", "Ann") == Relation.SELF
    assert found.relation("", "Bo") == Relation.UNKNOWN


def test_the_person_is_found_by_id_too():
    assert who(["2"], people=people("id,name,manager_id\n1,Ann,\n2,Bo,1\n")).managers == {"name:ann"}


def test_two_people_of_one_name_are_told_apart_by_address_only():
    table = people("id,name,email,manager_id\n1,Me,me@c.com,\n2,Ann,a1@c.com,1\n3,Ann,a2@c.com,\n")
    found = who(["me@c.com"], people=table)
    assert found.relation("a1@c.com", "Ann") == Relation.REPORT
    assert found.relation("a2@c.com", "Ann") == Relation.UNKNOWN
    assert found.relation("", "Ann") == Relation.UNKNOWN


def test_a_circle_of_managers_ends():
    table = people("id,name,manager_id\n1,Ann,3\n2,Bo,1\n3,Cy,2\n")
    found = who(["Ann"], people=table)
    assert found.reports == ("name:bo",)
    assert found.team == {"name:cy"}


@pytest.mark.parametrize(
    ("text", "line", "wrong"),
    [
        ("id,mail\n1,a@b.c\n", 1, "no column 'name'"),
        ("id,name\n1,\n", 2, "id or the name is empty"),
        ("id,name\n1,A\n1,B\n", 3, "'1' comes twice"),
        ("id,name,manager_id\n1,A,\n2,B,7\n", 3, "'7' is nobody's id"),
        ("id,name,email\n1,A,nowhere\n", 2, "'nowhere' is not an e-mail address"),
    ],
)
def test_a_wrong_table_is_refused_with_its_line(text, line, wrong):
    with pytest.raises(BadInput) as caught:
        who(["x@y.z"], people=people(text))
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("people.csv", line)
    assert wrong in problem.wrong


def test_somebody_who_is_not_in_the_table_is_told_so():
    with pytest.raises(BadInput, match="is not in this table"):
        who(["x@y.com"], people=people("id,name\n1,A\n"))


@pytest.mark.parametrize(("me", "reports"), [(["Ann"], []), (["a@b.com"], ["Bo"])])
def test_without_a_table_people_are_named_by_address(me, reports):
    with pytest.raises(BadInput, match="is not an e-mail address"):
        who(me, reports)
