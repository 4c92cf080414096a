"""Answers with names become ballots without them; what does not fit is refused with its place."""

from datetime import date

import pytest

from fairlead.core.problems import BadInput
from fairlead.core.released_comments import Comment
from fairlead.sources.ballots import CHOICES, read_ballots, read_snapshot

PEOPLE = (
    "id,name,email,manager_id,level\n1,Ada,ada@x.org,,\n2,Ben,ben@x.org,1,a\n3,Cy,,1,b\n4,Di,di@x.org,2,a\n"
)


@pytest.fixture
def snapshot():
    return read_snapshot("people.csv", PEOPLE.encode(), day=date(2026, 7, 1))


def read(text, snapshot, **more):
    more = {"items": ["q1"], "options": 5, "limit_bytes": 10**6} | more
    return read_ballots("answers.csv", text.encode(), snapshot, **more)


def problem(text, snapshot, **more):
    with pytest.raises(BadInput) as caught:
        read(text, snapshot, **more)
    (one,) = caught.value.problems
    return one


def test_teams_are_the_direct_reports_and_ballots_name_no_person(snapshot):
    assert {team.id: team.members for team in snapshot.organization.teams} == {"1": ("2", "3"), "2": ("4",)}
    assert snapshot.organization.alone == ("1",)
    box = read("email,q1\nDI@x.org,4\nada@x.org,\nben@x.org,2\n", snapshot)
    assert [(one.team, one.answers) for one in box.ballots] == [("2", (4,)), ("", (None,)), ("1", (2,))]


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("id,q1\n2,4\n3,6\n", 3, 2, "“q1” is “6”"),
        ("id,q1\n2,4\n3,good\n", 3, 2, "“q1” is “good”"),
        ("id,q1\n2,4\n3,3\n2,1\n", 4, 1, "“2” answers again; the first answer is on line 2"),
        ("id,q1\n2,4\nben@x.org,3\n", 3, 1, "answers again; the first answer is on line 2"),
        ("id,q1\n2,4\n9,3\n", 3, 1, "“9” is nobody in people.csv"),
        ("id,q1\n2,4\n,3\n", 3, 1, "does not say whose answers"),
        ("id,q2\n2,4\n", 1, None, "There is no column “q1”"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(snapshot, text, line, column, words):
    found = problem(text, snapshot)
    assert (found.line, found.column) == (line, column)
    assert words in found.wrong
    assert found.right


def test_a_lens_is_a_column_of_either_file_and_never_empty(snapshot):
    text = "id,q1,site\n2,4,\n3,3,\n"
    assert [one.lens for one in read(text, snapshot, lens="level").ballots] == ["a", "b"]
    empty = problem(text, snapshot, lens="site")
    assert (empty.line, empty.column, empty.wrong) == (1, 3, "The column “site” is empty.")
    nobody = problem(text, snapshot, lens="title")
    assert (nobody.file, nobody.wrong) == ("people.csv", "Nobody who answered has anything under “title”.")


def test_a_comment_is_shown_as_its_author_chose_or_held_back(snapshot):
    text = "id,q1,note,how\n2,4,Good.,Verbatim\n3,3,Hm.,themes\n4,3,,\n"
    held = read(text, snapshot, comments="note").ballots
    assert [one.comments for one in held] == [
        (Comment("Good.", unasked=True),), (Comment("Hm.", unasked=True),), (),
    ]  # fmt: skip
    told = read(text, snapshot, comments="note", verbatim=True).ballots
    assert [one.comments for one in told] == [(Comment("Good."),), (Comment("Hm."),), ()]
    asked = read(text, snapshot, comments="note", comment_choice="how").ballots
    assert [one.comments for one in asked] == [(Comment("Good."),), (Comment("Hm.", "themes"),), ()]


@pytest.mark.parametrize("cell", ["", "aloud", "themes only"])
def test_a_choice_that_is_none_is_refused(snapshot, cell):
    found = problem(
        f"id,q1,note,how\n2,4,Good.,verbatim\n3,3,Hm.,{cell}\n",
        snapshot,
        comments="note",
        comment_choice="how",
    )
    assert (found.line, found.column) == (3, 4)
    assert all(word in found.right for word in CHOICES)
