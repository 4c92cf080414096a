"""A file of people against what stands: what it changes, what it refuses and why, and nothing besides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fairlead.core.problems import Problem
from fairlead.core.roster import (
    COLUMNS,
    RosterRow,
    Standing,
    apply,
    org_facts,
    plan_roster,
)
from fairlead.core.roster_rows import LONGEST, is_plain, track_of
from fairlead.core.work import Track

TODAY = date(2026, 7, 1)
ALL = frozenset(COLUMNS)
SOME = frozenset({"id", "name", "email", "manager_id", "unit"})


def row(line, person, name="", **more):
    return RosterRow(line=line, id=person, name=name or f"Person {person}", **more)


def plan(rows, standing=(), columns=ALL, *, complete=False, today=TODAY, **more):
    return plan_roster(
        rows, standing, file="people.csv", columns=columns, complete=complete, today=today, **more
    )


def refused(found):
    return [(one.line, one.wrong) for one in found.refused]


def lines_refused(found):
    return sorted({one.line for one in found.refused})


def notices(found):
    return [one.wrong for one in found.notices]


ANN = Standing(id="1", name="Ann Alt", email="ann@x.org", unit="Board")
BEN = Standing(
    id="2", name="Ben Bell", email="ben@x.org", manager_id="1", unit="Sales", hired=date(2020, 5, 1)
)
CY = Standing(id="3", name="Cy Cole", email="cy@x.org", manager_id="2", unit="Sales", title="Seller")
ORG = (ANN, BEN, CY)


def as_row(line, person, **more):
    return RosterRow(line=line, **{name: getattr(person, name) for name in COLUMNS} | more)


def as_rows(people):
    return [as_row(line, person) for line, person in enumerate(people, start=2)]


# What a file changes


def test_new_people_are_added_with_their_units():
    found = plan([row(2, "1", unit="Board"), row(3, "2", unit="Sales", manager_id="1")])
    assert [one.id for one in found.added] == ["1", "2"]
    assert found.new_units == ("Board", "Sales")
    assert not found.refused
    assert plan([row(2, "9", unit="Sales"), row(3, "8", unit="Lab")], ORG).new_units == ("Lab",)


def test_a_change_names_field_before_and_after():
    found = plan([as_row(2, BEN, title="Head of sales", hired=date(2021, 5, 1))], ORG)
    (one,) = found.changed
    assert [(c.field, c.before, c.after) for c in one.changes] == [
        ("title", "", "Head of sales"),
        ("hired", "2020-05-01", "2021-05-01"),
    ]
    assert apply(found, ORG)[1].title == "Head of sales"
    assert apply(found, ORG)[0] is ANN


def test_an_absent_column_changes_nothing_and_an_empty_cell_empties():
    bare = row(2, "3", "Cy Cole")
    assert plan([bare], ORG, {"id", "name"}).empty
    (one,) = plan([bare], ORG, {"id", "name", "title"}).changed
    assert [(c.field, c.after) for c in one.changes] == [("title", "")]
    assert (one.row.email, one.row.manager_id) == ("cy@x.org", "2")


def test_the_same_file_twice_changes_nothing_in_any_order():
    rows = [row(2, "1", unit="Board"), row(3, "2", manager_id="1", track="IC lead", hired=TODAY)]
    once = apply(plan(rows), ())
    for again in (rows, [replace(one, line=9 - one.line) for one in reversed(rows)]):
        for complete in (False, True):
            found = plan(again, once, complete=complete, today=TODAY + timedelta(days=40))
            assert found.empty
            assert (found.unchanged, found.refused) == (2, ())


def test_a_leaving_date_marks_as_left_with_the_reason():
    found = plan([as_row(2, CY, left=date(2026, 6, 30), left_reason="new job", title="Lead")], ORG)
    (one,) = found.left
    assert (one.id, one.on, one.reason, one.why, one.line) == ("3", date(2026, 6, 30), "new job", "column", 2)
    assert [c.field for c in found.changed[0].changes] == ["title"]
    after = apply(found, ORG)[2]
    assert (after.left, after.left_reason, after.title) == (date(2026, 6, 30), "new job", "Lead")


def test_a_reason_without_a_date_is_not_kept_and_told():
    found = plan([as_row(2, CY, left_reason="new job")], ORG)
    assert found.empty
    assert "has a reason for leaving and no leaving date" in notices(found)[0]


def test_somebody_absent_leaves_only_when_the_file_is_complete():
    rows = as_rows([ANN, BEN])
    assert plan(rows, ORG).left == ()
    (one,) = plan(rows, ORG, complete=True).left
    assert (one.id, one.why, one.on, one.line) == ("3", "absent", TODAY, None)


def test_whoever_has_a_leaving_date_or_has_not_begun_is_not_absent():
    going = replace(CY, left=TODAY + timedelta(days=30))
    coming = Standing(id="4", name="Di", hired=TODAY + timedelta(days=30))
    gone = Standing(id="5", name="Ed", left=date(2025, 1, 1))
    assert plan(as_rows([ANN, BEN]), (ANN, BEN, going, coming, gone), complete=True).left == ()


@pytest.mark.parametrize("bad", [
    [row(4, "", "Nobody")],
    [RosterRow(line=4, id="", name="", problems=(Problem(file="f", line=4, wrong="w", right="r"),))],
])  # fmt: skip
def test_nobody_is_absent_while_a_row_hides_whose_it_is(bad):
    found = plan([*as_rows([ANN, BEN]), *bad], ORG, complete=True)
    assert found.left == ()
    assert lines_refused(found) == [4]
    assert any("Nobody was marked as left" in one and "line 4" in one for one in notices(found))


def test_a_refused_row_says_still_that_its_person_is_there():
    broken = RosterRow(line=4, id="3", name="", problems=(Problem(file="f", line=4, wrong="w", right="r"),))
    found = plan([*as_rows([ANN, BEN]), broken], ORG, complete=True)
    assert found.left == ()
    assert found.refused[0].wrong == "w"


def test_an_empty_complete_file_marks_nobody_as_left():
    found = plan([], ORG, complete=True)
    assert found.left == ()
    assert "names nobody" in notices(found)[0]


def test_a_file_that_lacks_many_people_is_noticed():
    people = [Standing(id=str(i), name=f"P{i}") for i in range(60)]
    few = plan(as_rows(people[:50]), people, {"id", "name"}, complete=True)
    assert len(few.left) == 10
    assert few.notices == ()
    many = plan(as_rows(people[:40]), people, {"id", "name"}, complete=True)
    assert notices(many) == ["This marks 20 of 60 people as left."]


def test_somebody_who_left_and_stands_without_a_date_has_returned():
    gone = replace(CY, left=date(2025, 1, 1), left_reason="new job")
    found = plan([as_row(2, CY)], (ANN, BEN, gone))
    assert [one.id for one in found.returned] == ["3"]
    assert found.changed == ()
    after = apply(found, (ANN, BEN, gone))[2]
    assert (after.left, after.left_reason) == (None, "")


def test_without_a_column_of_leaving_dates_only_a_complete_file_brings_somebody_back():
    gone = replace(CY, left=date(2025, 1, 1), left_reason="new job")
    rows = as_rows(ORG)
    partial = plan(rows, (ANN, BEN, gone), SOME)
    assert partial.empty
    assert any("Cy Cole (3) is in this file and marked as left" in one for one in notices(partial))
    whole = plan(rows, (ANN, BEN, gone), SOME, complete=True)
    assert [one.id for one in whole.returned] == ["3"]
    assert apply(whole, (ANN, BEN, gone))[2] == replace(CY, left=None)


def test_a_leaving_date_taken_back_before_its_day_is_a_change():
    going = replace(CY, left=TODAY + timedelta(days=9))
    found = plan([as_row(2, CY)], (ANN, BEN, going))
    assert [c.field for c in found.changed[0].changes] == ["left"]
    assert found.returned == ()


# What is refused alone


@pytest.mark.parametrize(
    ("bad", "words", "column"),
    [
        (row(3, "", "Di"), "has no id", "id"),
        (RosterRow(line=3, id="4", name=""), "has no name", "name"),
        (RosterRow(line=3, id="4", name="\u200d"), "has no name", "name"),
        (row(3, "4", "Di\u202e"), "invisible control or direction", "name"),
        (row(3, "4", "D\x07i"), "invisible control or direction", "name"),
        (row(3, "4", unit="U\u2066"), "invisible control or direction", "unit"),
        (row(3, "4", email="nobody"), "is not an e-mail address", "email"),
        (row(3, "4", email="a@b c@d"), "is not an e-mail address", "email"),
        (row(3, "4", hired=date(1949, 12, 31)), "too far away", "hired"),
        (row(3, "4", left=date(2032, 1, 1)), "too far away", "left"),
        (row(3, "4", hired=date(2024, 5, 2), left=date(2024, 5, 1)), "before the first day", "left"),
        (
            row(3, "4", leave_from=TODAY, leave_until=TODAY - timedelta(days=1)),
            "before it starts",
            "leave_until",
        ),
        (row(3, "4", manager_id="4"), "reports to themselves", "manager_id"),
        (row(3, "4", manager_id="77"), "There is no person with the id 77", "manager_id"),
        (row(3, "4", email="BEN@x.org"), "also that of Ben Bell (2) in the roster", "email"),
    ],
)
def test_a_bad_row_is_refused_alone_with_its_place(bad, words, column):
    places = {name: place for place, name in enumerate(COLUMNS, start=1)}
    found = plan([row(2, "8"), bad, row(4, "9")], ORG, places=places)
    (one,) = found.refused
    assert words in one.wrong
    assert (one.file, one.line, one.column) == ("people.csv", 3, places[column])
    assert [new.id for new in found.added] == ["8", "9"]


@pytest.mark.parametrize(("column", "most"), LONGEST.items())
def test_a_cell_may_be_as_long_as_the_limit_and_no_longer(column, most):
    def cell(length):
        return "x" * (length - 4) + "@y.z" if column == "email" else "x" * length

    standing = (Standing(id=cell(most), name="Boss"),) if column == "manager_id" else ()
    fits = RosterRow(line=2, **{"id": "1", "name": "A", "left": TODAY, column: cell(most)})
    assert plan([fits], standing).refused == ()
    too_long = replace(fits, **{column: cell(most + 1)})
    assert f"is {most + 1} characters long" in plan([too_long], standing).refused[0].wrong


def test_a_joiner_that_a_script_needs_stays():
    assert plan([row(2, "1", "نرگس\u200cجان")]).refused == ()
    assert is_plain("a\u200db")
    assert not is_plain("a\u200eb")


def test_days_at_the_edge_are_taken():
    assert plan([row(2, "1", hired=date(1950, 1, 1), left=date(2031, 12, 31))]).refused == ()


def test_rows_of_one_id_are_all_refused_when_they_differ_and_name_each_other():
    found = plan([row(2, "1", "Ann"), row(3, "2"), row(7, "1", "Anna")])
    assert [one.id for one in found.added] == ["2"]
    assert [(line, wrong[:40]) for line, wrong in refused(found)] == [
        (2, "The id “1” stands in line 7 too, with ot"),
        (7, "The id “1” stands in line 2 too, with ot"),
    ]


def test_copies_of_a_row_count_once_with_a_notice():
    found = plan([row(2, "1", "Ann"), row(3, "2"), row(7, "1", "Ann")])
    assert [one.id for one in found.added] == ["1", "2"]
    assert "in the lines 2 and 7 are the same" in notices(found)[0]


def test_an_address_of_two_new_people_refuses_both_and_names_each_other():
    found = plan([row(2, "4", "Di", email="d@x.org"), row(3, "5", "Ed", email="D@x.org"), row(4, "6")])
    assert [one.id for one in found.added] == ["6"]
    assert "Ed (5) in line 3" in found.refused[0].wrong
    assert "Di (4) in line 2" in found.refused[1].wrong


def test_whoever_has_an_address_already_keeps_it():
    found = plan([as_row(2, BEN, title="Head"), row(3, "4", email="ben@x.org")], ORG)
    assert lines_refused(found) == [3]
    assert [one.row.id for one in found.changed] == ["2"]


def test_an_address_of_somebody_who_left_says_so():
    gone = replace(CY, left=date(2025, 1, 1))
    found = plan([row(2, "4", email="cy@x.org")], (ANN, BEN, gone))
    assert "Cy Cole (3), who left on 2025-01-01," in found.refused[0].wrong


def test_two_people_can_exchange_their_addresses():
    found = plan([as_row(2, ANN, email="ben@x.org"), as_row(3, BEN, email="ann@x.org")], ORG)
    assert found.refused == ()
    assert [one.email for one in apply(found, ORG)] == ["ben@x.org", "ann@x.org", "cy@x.org"]


def test_an_exchange_of_addresses_fails_as_a_whole_when_one_row_is_refused():
    rows = [as_row(2, ANN, email="ben@x.org", manager_id="1"), as_row(3, BEN, email="ann@x.org")]
    found = plan(rows, ORG)
    assert lines_refused(found) == [2, 3]
    assert apply(found, ORG) == ORG


def test_a_near_id_is_suggested():
    assert plan([row(2, "0012"), row(3, "2", manager_id="12")]).refused[0].right == "Did you mean 0012?"
    assert plan([row(2, "E1042"), row(3, "2", manager_id="E1024")]).refused[0].right == "Did you mean E1042?"
    assert "Did you" not in plan([row(2, "1"), row(3, "2", manager_id="x-77-z")]).refused[0].right


def test_a_row_whose_managers_row_is_refused_is_taken_and_the_manager_stays_what_it_was():
    rows = [
        row(2, "4", "Di", hired=date(1900, 1, 1)),
        row(3, "5", "Ed", manager_id="4"),
        as_row(4, CY, manager_id="4"),
    ]
    found = plan(rows, ORG)
    assert lines_refused(found) == [2]
    assert found.added[0].manager_id == ""
    assert not found.changed
    assert [one.right for one in found.notices if "is refused" in one.wrong] == [
        "Ed is taken, and the manager stays open.",
        "Cy Cole is taken, and the manager stays Ben Bell (2).",
    ]


def test_a_refused_row_of_somebody_known_still_manages():
    found = plan([as_row(2, BEN, hired=date(1900, 1, 1)), row(3, "5", manager_id="2")], ORG)
    assert found.added[0].manager_id == "2"


def test_a_circle_is_refused_as_a_whole_and_printed_by_name():
    rows = [
        row(2, "12", "Ann", manager_id="7"),
        row(3, "7", "Ben", manager_id="12"),
        row(4, "8", manager_id="7"),
    ]
    found = plan(rows)
    assert lines_refused(found) == [2, 3]
    assert "in a circle: Ann (12) → Ben (7) → Ann." in found.refused[0].wrong
    assert [(one.id, one.manager_id) for one in found.added] == [("8", "")]


def test_a_circle_that_arises_with_people_who_stand_is_refused():
    found = plan([as_row(2, ANN, manager_id="3")], ORG)
    assert refused(found) == [
        (2, "The reporting lines go round in a circle: Ann Alt (1) → Cy Cole (3) → Ben Bell (2) → Ann Alt.")
    ]


def test_a_circle_that_arises_only_because_another_row_is_refused_is_found():
    # Ben would move away from under Ann, so Ann could report to Ben; but Ben's row is refused.
    rows = [as_row(2, ANN, manager_id="2"), as_row(3, BEN, manager_id="", hired=date(1900, 1, 1))]
    assert lines_refused(plan(rows, ORG)) == [2, 3]
    good = [as_row(2, ANN, manager_id="2"), as_row(3, BEN, manager_id="")]
    assert plan(good, ORG).refused == ()


def test_a_long_circle_is_cut_short_and_says_how_many():
    rows = [row(i + 2, str(i), manager_id=str((i + 1) % 50)) for i in range(50)]
    found = plan(rows)
    assert len(found.refused) == 50
    assert "(50 people in all)" in found.refused[0].wrong
    assert found.refused[0].wrong.count("→") == 21


# What is told and taken


def test_heads_are_named_when_there_is_more_than_one():
    rows = [row(2, "1", "Ann"), row(3, "2", "Ben"), row(4, "3", "Cy", manager_id="1")]
    assert notices(plan(rows)) == ["2 people have no manager: Ann (1) and Ben (2)."]
    assert plan(rows, columns={"id", "name"}).notices == ()
    assert plan([rows[0], rows[2]]).notices == ()


def test_somebody_who_left_is_no_second_head():
    assert plan([row(2, "1"), row(3, "2", left=date(2025, 1, 1))]).notices == ()


def test_two_heads_of_one_unit_are_told_unit_by_unit():
    rows = [
        row(2, "1", "Ann", unit="Board"),
        row(3, "2", "Ben", manager_id="1", unit="Sales"),
        row(4, "3", "Cy", manager_id="1", unit="Sales"),
        row(5, "4", "Di", manager_id="3", unit="Sales"),
    ]
    assert notices(plan(rows)) == ["The unit Sales has 2 heads: Ben (2) and Cy (3)."]


def test_a_manager_who_has_left_is_told():
    rows = [row(2, "1", "Ann", left=date(2026, 1, 1)), row(3, "2", "Ben", manager_id="1")]
    found = plan(rows)
    assert "Ann (1), the manager of Ben (2), left on 2026-01-01." in notices(found)
    assert found.added[1].manager_id == "1"
    assert not any("left on" in one for one in notices(plan([replace(rows[0], left=TODAY), rows[1]])))


def test_ids_that_lost_their_zeros_are_told():
    found = plan([row(2, "42"), row(3, "43")], (Standing(id="0042", name="A"), Standing(id="0043", name="B")))
    assert notices(found)[0] == "2 ids differ from ids of the roster only in leading zeros (42 and 0042)."


def test_units_that_differ_only_in_capitals_or_spaces_are_told():
    rows = [row(2, "1", unit="Field Sales"), row(3, "2", unit="field  sales"), row(4, "3", unit="Lab")]
    words = "The units “Field Sales” and “field  sales” differ only in capitals or spaces."
    assert notices(plan(rows, columns=SOME - {"manager_id"})) == [words]
    once = apply(plan(rows, columns=SOME - {"manager_id"}), ())
    assert notices(plan(rows, once, columns=SOME - {"manager_id"})) == []


@pytest.mark.parametrize(
    ("text", "track"),
    [
        ("People Manager", Track.PEOPLE_MANAGER), ("manager", Track.PEOPLE_MANAGER),
        ("people_manager", Track.PEOPLE_MANAGER), ("IC leader", Track.INDIVIDUAL_CONTRIBUTOR_LEADER),
        ("Individual-contributor leader", Track.INDIVIDUAL_CONTRIBUTOR_LEADER),
        ("lead", Track.INDIVIDUAL_CONTRIBUTOR_LEADER), ("Staff", Track.INDIVIDUAL_CONTRIBUTOR_LEADER),
        ("Owner", Track.OWNER), ("Owner of a project, process or area", Track.OWNER),
        ("IC", Track.EXPERT), ("hands-on", Track.EXPERT), ("Hands-on expert", Track.EXPERT),
        ("Fachlaufbahn", Track.EXPERT), ("Führungskraft", Track.PEOPLE_MANAGER), ("guru", None), ("", None),
    ],
)  # fmt: skip
def test_usual_words_for_tracks_are_known(text, track):
    assert track_of(text) == track


def test_every_track_is_known_by_its_own_word_and_label():
    from fairlead.core.work import label

    for track in Track:
        assert track_of(track.value) is track
        assert track_of(label(track)) is track


def test_an_unknown_track_leaves_the_track_as_it_is_and_is_told():
    known = replace(CY, track="expert")
    found = plan([as_row(2, known, track="guru"), row(3, "4", track="guru")], (ANN, BEN, known))
    assert found.changed == ()
    assert found.added[0].track == ""
    told = [one for one in found.notices if "guru" in one.wrong]
    assert [one.line for one in told] == [2, 3]
    assert told[0].wrong.endswith("of Cy Cole (3) stays as it is.")
    assert told[1].wrong.endswith("of Person 4 (4) stays open.")


def test_facts_of_an_organization_are_counted_by_hand():
    people = (
        Standing(id="1", name="A", unit="Board"),
        Standing(id="2", name="B", manager_id="1", unit="Sales"),
        Standing(id="3", name="C", manager_id="1", unit="Lab"),
        Standing(id="4", name="D", manager_id="2", unit="Sales"),
        Standing(id="5", name="E", manager_id="2"),
        Standing(id="6", name="F", manager_id="2"),
        Standing(id="7", name="G", manager_id="8"),
        Standing(id="8", name="H", left=TODAY, unit="Gone"),
        Standing(id="9", name="I", manager_id="4", left=TODAY + timedelta(days=1)),
    )
    facts = org_facts(people, today=TODAY)
    assert (facts.people, facts.left, facts.units, facts.heads) == (8, 1, 3, 1)
    assert (facts.levels_deep, facts.span_median, facts.span_largest) == (4, 2, 3)
    assert facts.without_manager == 2


def test_nobody_has_no_spans():
    facts = org_facts((), today=TODAY)
    assert (facts.people, facts.levels_deep, facts.span_median, facts.span_largest) == (0, 0, None, None)
