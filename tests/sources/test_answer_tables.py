"""Tables of answers: what is read, and every refusal with its line and column."""

import numpy as np
import pytest

from fairlead.core.problems import BadInput
from fairlead.library.load import instrument
from fairlead.sources.answer_tables import read_grouped, score_table

MIB = 2**20
PLAIN = "id,team,q1,q2,q3\n1,A,5,4,1\n2,A,4,4,2\n3,B,1,,3\n4,B,2,NA,3\n"


def grouped(text, **given):
    asked = {"group": "team", "items": ["q1,q2"], "options": 5, "limit_bytes": MIB} | given
    return read_grouped("a.csv", text.encode(), **asked)


def refused(text, **given):
    with pytest.raises(BadInput) as found:
        grouped(text, **given)
    return [(p.line, p.column, p.wrong, p.right) for p in found.value.problems]


def test_answers_come_as_options_from_zero_with_gaps_and_groups_in_order_of_the_file():
    found = grouped(PLAIN)
    assert found.labels == ("A", "B")
    assert found.groups.tolist() == [0, 0, 1, 1]
    assert found.answers.tolist() == [[4, 3], [3, 3], [0, -1], [1, -1]]
    assert (found.person_column, found.group_column) == ("id", "team")


def test_several_scales_share_columns_and_have_names():
    found = grouped(PLAIN, items=["trust=q1,q2", "q3", "q1..q3"])
    assert [(scale.name, scale.columns) for scale in found.scales] == [
        ("trust", ("q1", "q2")),
        ("q3", ("q3",)),
        ("scale 3", ("q1", "q2", "q3")),
    ]
    assert found.answers.shape == (4, 3)
    assert [scale.places for scale in found.scales] == [(0, 1), (2,), (0, 1, 2)]


def test_a_scale_is_named_by_what_its_columns_begin_with():
    text = "team,LEAD01,LEAD02,x\nA,1,2,3\n"
    assert grouped(text, items=["LEAD01..LEAD02"]).scales[0].name == "LEAD"
    assert grouped(text, items=["LEAD01,x"]).scales[0].name == "all items"


def test_columns_are_found_whatever_their_capitals_and_under_other_names():
    found = grouped("Team,Q1,Frage\nA,1,2\n", items=["q1,q2"], names={"Frage": "q2"})
    assert found.group_column == "Team"
    assert found.scales[0].columns == ("Q1", "q2")


def test_rows_without_a_group_are_left_out_and_counted():
    found = grouped("team,q1,q2\nA,1,2\n,5,5\nA,2,2\n")
    assert found.without_group == 1
    assert found.answers.tolist() == [[0, 1], [1, 1]]


def test_a_scale_from_zero_and_whole_numbers_written_with_a_point_are_read():
    assert grouped("team,q1,q2\nA,0,4.0\n", lowest=0).answers.tolist() == [[0, 4]]
    assert grouped("team,q1,q2\nA,-2,2\n", lowest=-2).answers.tolist() == [[0, 4]]


@pytest.mark.parametrize("cell", ["six", "3.5", "6", "0", "1e1", "４", "-1", "5,0"])
def test_what_is_no_option_is_refused_with_line_and_column(cell):
    quoted = f'"{cell}"'
    (problem,) = refused(f"id,team,q1,q2\n1,A,5,4\n2,A,{quoted},4\n")
    line, column, wrong, right = problem
    assert (line, column) == (3, 3)
    assert wrong == f"“q1” is “{cell}”."
    assert right.startswith("It should be a whole number from 1 to 5, or empty.")


def test_a_wrong_scale_is_told_with_the_option_that_would_be_right():
    assert "--lowest 0" in refused("team,q1,q2\nA,0,4\n")[0][3]
    assert "--options" in refused("team,q1,q2\nA,7,4\n")[0][3]


def test_every_wrong_cell_is_told_in_order_of_lines():
    found = refused("id,team,q1,q2\n1,A,x,4\n2,A,5,y\n3,A,z,9\n")
    assert [(line, column) for line, column, *_ in found] == [(2, 3), (3, 4), (4, 3), (4, 4)]


def test_a_person_who_answers_a_group_twice_is_refused_and_the_first_line_is_named():
    found = refused("id,team,q1,q2\n7,A,5,4\n8,A,4,4\n7,A,1,1\n")
    assert found == [
        (4, 1, "“7” answers again; the first answer is on line 2.", "Keep one row for each person.")
    ]


def test_a_person_may_answer_about_two_groups_and_nobody_without_a_name_is_taken_for_another():
    assert len(grouped("id,team,q1,q2\n7,A,5,4\n7,B,4,4\n,A,1,1\n,A,2,2\n").groups) == 4


@pytest.mark.parametrize("name", ["Respondent ID", "respondent-id", "ID", "Email Address", "person_id"])
def test_usual_names_of_the_people_s_column_are_known(name):
    (problem,) = refused(f"team,q1,q2,{name}\nA,5,4,x\nA,4,4,x\n")
    assert problem[:2] == (3, 4)


def test_the_column_of_the_people_can_be_named():
    (problem,) = refused("who,team,q1,q2\na,A,5,4\na,A,4,4\n", person="who")
    assert problem[:2] == (3, 1)
    assert grouped("who,team,q1,q2\na,A,5,4\na,A,4,4\n").person_column == ""


@pytest.mark.parametrize(
    ("given", "wrong", "right"),
    [
        ({"group": "tean"}, "There is no column “tean”.", "Did you mean “team”?"),
        ({"group": "TEEM"}, "There is no column “TEEM”.", "Did you mean “team”?"),
        ({"group": "zzz"}, "There is no column “zzz”.", "The columns are id, team, q1, q2, q3."),
        ({"items": ["q1,q9"]}, "There is no column “q9”.", "The columns are id"),
        ({"items": ["q1,q1"]}, "“q1” is named twice in one scale.", "Name each item once."),
        ({"items": ["q3..q1"]}, "“q1” stands before “q3”.", "Write first..last."),
        ({"items": ["team,q1"]}, "“team” is the group and an item.", "Use it for one."),
        ({"items": [","]}, "“,” names no column.", "Write a,b,c."),
        ({"person": "team"}, "“team” cannot tell people apart", "Name the column"),
    ],
)
def test_columns_that_are_not_there_or_misused_are_refused(given, wrong, right):
    found = refused(PLAIN, **given)[0]
    assert found[2].startswith(wrong)
    assert found[3].startswith(right)


def test_a_table_without_rows_has_no_groups():
    found = grouped("team,q1,q2\n")
    assert (found.labels, len(found.groups), found.answers.shape) == ((), 0, (0, 2))


FORM = instrument("rut-check")
ITEMS = [item.id for item in FORM.items if item.scales]


def answers(*rows, header=None):
    lines = [",".join(header or ["respondent", *ITEMS]), *(",".join(map(str, row)) for row in rows)]
    return ("\n".join(lines) + "\n").encode()


def scored(data, **given):
    return score_table("a.csv", data, FORM, limit_bytes=MIB, **given)


def test_everybody_gets_the_scores_of_the_instrument():
    found = scored(answers(["ann", *[2] * len(ITEMS)], ["ben", *[4] * len(ITEMS)]))
    assert found.people == ("ann", "ben")
    assert (found.instrument, found.absent, found.unused) == ("rut-check", (), ())
    by_id = {scale.id: scale for scale in FORM.scoring()}
    for scale in found.scales:
        turned = sum(item.reverse for item in by_id[scale.scale].items)
        n = len(scale.items)
        assert scale.scores == pytest.approx(
            ((2 * (n - turned) + 4 * turned) / n, (4 * (n - turned) + 2 * turned) / n)
        )


def test_words_of_the_options_are_answers_too():
    item = FORM.item(ITEMS[0])
    value, words = FORM.choices(item)[2]
    found = scored(answers(["ann", words.upper()], ["ben", int(value)], header=["respondent", item.id]))
    keyed = [scale.answered for scale in found.scales if item.id in scale.items]
    assert keyed[0] == (1, 1)


def test_items_without_a_column_count_as_not_answered_and_are_named():
    found = scored(answers([3], header=[ITEMS[0]]))
    assert found.absent == tuple(ITEMS[1:])
    assert found.people == ("2",)
    assert all(scale.scores == (None,) for scale in found.scales if scale.min_answered > 1)


def test_other_columns_are_left_alone_and_named():
    found = scored(answers(["x", 3], header=["team", ITEMS[0]]))
    assert found.unused == ("team",)


def problems_of(data, **given):
    with pytest.raises(BadInput) as found:
        scored(data, **given)
    return found.value.problems


def test_a_wrong_answer_is_refused_with_the_options_in_words():
    (problem,) = problems_of(answers(["ann", 9], header=["respondent", ITEMS[0]]))
    assert (problem.line, problem.column) == (2, 2)
    assert FORM.choices(FORM.item(ITEMS[0]))[0][1] in problem.right


def test_a_nearly_right_column_is_told_and_not_passed_over():
    (problem,) = problems_of(answers([3, 3], header=[ITEMS[0], ITEMS[1][:-1]]))
    assert (problem.line, problem.column) == (1, 2)
    assert ITEMS[1] in problem.right


def test_a_person_may_answer_on_two_days_but_not_twice_on_one():
    header = ["id", "answered_on", ITEMS[0]]
    found = scored(answers(["a", "2026-01-01", 3], ["a", "2026-02-01", 4], header=header))
    assert found.dates == ("2026-01-01", "2026-02-01")
    (problem,) = problems_of(answers(["a", "2026-01-01", 3], ["a", "2026-01-01", 4], header=header))
    assert (problem.line, problem.column) == (3, 1)


def test_a_table_of_something_else_is_refused_with_the_items_it_should_have():
    (problem,) = problems_of(b"name,age\nx,3\n")
    assert ITEMS[0] in problem.right
    (long,) = problems_of(b"respondent,item,answer\nx,q,3\n")
    assert "A row is one person" in long.right


def test_their_names_can_be_mapped_to_ours():
    found = scored(answers([3], header=["Frage 1"]), names={"Frage 1": ITEMS[0]})
    assert ITEMS[0] not in found.absent


def test_not_part_of_my_work_is_read_where_the_item_allows_it_and_refused_elsewhere():
    form = instrument("role-audit")
    items = [item for item in form.items if item.scales]
    allowed = next(item for item in items if item.may_not_be_mine)
    strict = next((item for item in items if not item.may_not_be_mine), None)
    data = answers(["a", 0], header=["respondent", allowed.id])
    found = score_table("a.csv", data, form, limit_bytes=MIB)
    assert all(scale.answered == (0,) for scale in found.scales if allowed.id in scale.items)
    if strict is not None:
        with pytest.raises(BadInput):
            score_table("a.csv", answers(["a", 0], header=["respondent", strict.id]), form, limit_bytes=MIB)


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_read_in_seconds():
    rng = np.random.default_rng(1)
    said = rng.integers(1, 6, size=(100_001, 3))
    text = "team,q1,q2,q3\n" + "\n".join(
        f"T{i % 9000},{a},{b},{c}" for i, (a, b, c) in enumerate(said.tolist())
    )
    found = grouped(text, items=["q1..q3"], limit_bytes=64 * MIB)
    assert len(found.groups) == 100_001
    assert (found.answers + 1 == said).all()
