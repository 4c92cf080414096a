"""Tables of decisions: what is read, and one clear sentence with line and column for each mistake."""

import io

import pytest

from fairlead.core.problems import BadInput
from fairlead.sources.decisions import ABOVE_MEDIAN, read_decisions


def read(text, **asked):
    asked = {"groups": ["sex"], "selected": ["promoted"], "limit_bytes": 2**20} | asked
    data = text if isinstance(text, bytes) else text.encode()
    return read_decisions("d.csv", data, **asked)


def refused(text, **asked):
    with pytest.raises(BadInput) as caught:
        read(text, **asked)
    return [(one.line, one.column, str(one)) for one in caught.value.problems]


def test_words_for_yes_and_no_of_two_languages_are_read_and_silence_is_kept():
    table = read("sex,promoted\nw,yes\nm,0\n,Ja\nprefer not to say,nein\nKeine Angabe,TRUE\nw,1.0\n")
    assert table.attributes[0].values == ("m", "w")
    assert table.attributes[0].of.tolist() == [1, 0, -1, -1, -1, 1]
    assert table.passed.tolist() == [1, 0, 1, 0, 1, 1]


def test_own_words_mean_selected_and_every_other_word_a_no():
    table = read("sex,promoted\nw,offer made\nm,on hold\nm,\n", yes=["Offer made"])
    assert (table.passed.tolist(), table.open.tolist()) == ([1, 0, 0], [False, False, True])


def test_steps_stand_in_their_order_and_what_was_not_decided_is_open():
    table = read("sex,short,promoted\nw,1,1\nw,1,0\nw,1,\nw,0,\nw,,\n", selected=["short", "promoted"])
    assert table.steps == ("short", "promoted")
    assert table.passed.tolist() == [2, 1, 1, 0, 0]
    assert table.open.tolist() == [False, False, True, False, True]


def test_a_decision_after_a_no_or_after_nothing_is_refused_in_its_cell():
    found = refused("sex,short,promoted\nw,0,1\nw,,0\n", selected=["short", "promoted"])
    assert [one[:2] for one in found] == [(2, 3), (3, 3)]
    assert "“short” before it is a no" in found[0][2]
    assert "“short” before it is open" in found[1][2]


def test_rounds_stand_in_the_order_of_their_numbers():
    table = read("sex,promoted,r\nw,1,2025-10\nw,1,2025-2\nw,0,2024-11\n", rounds="r")
    assert table.rounds.values == ("2024-11", "2025-2", "2025-10")
    assert table.rounds.of.tolist() == [2, 1, 0]


def test_above_the_median_is_strictly_above_it():
    table = read("sex,s\nw,1\nw,2\nm,2\nm,3.5\nm,\n", selected=[], score="s")
    assert table.steps == (ABOVE_MEDIAN,)
    assert table.passed.tolist() == [0, 0, 0, 1, 0]
    assert table.open.tolist() == [False, False, False, False, True]
    assert table.scores.tolist()[:4] == [1.0, 2.0, 2.0, 3.5]


def test_a_row_can_stand_for_many():
    table = read("sex,promoted,n\nw,1,3\nm,0,2\nm,1,0\n", count="n")
    assert table.passed.tolist() == [1, 1, 1, 0, 0]
    assert table.attributes[0].of.tolist() == [1, 1, 1, 0, 0]


def test_the_same_person_in_two_rounds_is_right_and_twice_in_one_is_not():
    text = "id,sex,promoted,r\na,w,1,1\na,w,1,2\na,w,0,1\n,w,0,1\n,w,0,1\n"
    assert len(read(text.replace("a,w,0,1\n", ""), person="id", rounds="r")) == 4
    found = refused(text, person="id", rounds="r")
    assert [one[:2] for one in found] == [(4, 1)]
    assert "the first row is line 2" in found[0][2]


@pytest.mark.parametrize(
    ("text", "asked", "place", "said"),
    [
        ("sex,promoted\nw,maybe\n", {}, (2, 2), "“promoted” is “maybe”. It should be yes or no"),
        ("sex,promotd\nw,1\n", {}, (1, 2), "Did you mean “promotd”?"),
        ("a,b\nw,1\n", {}, (1, None), "The columns are a, b."),
        ("sex,promoted\n", {}, (1, None), "There is no decision."),
        ("sex,promoted\nw,1\n", {"by": "sex"}, (1, 1), "used twice, as group and as unit or level"),
        ("sex,s\nw,1\nw,high\n", {"selected": [], "score": "s"}, (3, 2), "a number like 12 or 12.5"),
        ("sex,promoted,n\nw,1,-2\n", {"count": "n"}, (2, 3), "a whole number of people"),
        ("sex,promoted,n\nw,1,99999999\n", {"count": "n"}, (1, 3), "At most 20,000,000 are read."),
        ("sex,promoted,r\nw,1,\n", {"rounds": "r"}, (2, 3), "Every row belongs to a round."),
        (
            "sex,promoted\n" + "".join(f"name{at},1\n" for at in range(61)), {}, (1, 1),
            "“sex” has 61 different values.",
        ),
        ("sex,promoted\nw,1,2\n", {}, (2, None), "The row has 3 cells"),
    ],
)  # fmt: skip
def test_each_mistake_is_one_sentence_in_its_place(text, asked, place, said):
    found = refused(text, **asked)
    assert found[0][:2] == place
    assert said in found[0][2]


def test_many_mistakes_are_told_together_in_their_order_and_not_without_end():
    found = refused("sex,promoted\n" + "w,perhaps\n" * 150)
    assert len(found) == 100
    assert [one[0] for one in found] == sorted(one[0] for one in found)


def test_a_workbook_is_read_like_a_csv_file():
    from openpyxl import Workbook

    book = Workbook()
    for row in (["Sex", "Promoted", "Unit"], ["w", True, "x"], ["m", 0, None], [None, 1, "x"]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    table = read(file.getvalue(), by="unit")
    assert table.passed.tolist() == [1, 0, 1]
    assert table.attributes[0].of.tolist() == [1, 0, -1]
    assert table.strata.of.tolist() == [0, -1, 0]
