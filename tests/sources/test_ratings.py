"""Tables of ratings, long and wide: what is read, and every refusal with its place."""

import io

import pytest
from openpyxl import Workbook

from fairlead.core.problems import BadInput
from fairlead.sources.ratings import read_ratings

LIMIT = 2**20
LONG = "ratee,rater,criterion,score\nAda,Kim,craft,4\nAda,Lou,craft,3\nBea,Kim,craft,2\nBea,Lou,craft,NA\n"
WIDE = "idstud,rater,k1,k2,note\nAda,Kim,4,3,x\nAda,Lou,3,,y\nBea,Kim,2,2,\n"


def read(text, **options):
    return read_ratings("r.csv", text.encode(), limit_bytes=LIMIT, **options)


def rows(found):
    return [
        (found.ratees[p], found.raters[r], found.criteria[c], int(x))
        for p, r, c, x in zip(found.ratee, found.rater, found.criterion, found.score, strict=True)
    ]


def refused(text, **options):
    with pytest.raises(BadInput) as told:
        read(text, **options)
    return [str(problem) for problem in told.value.problems]


def test_a_long_table_is_read_and_what_is_empty_is_counted():
    found = read(LONG, options=5)
    assert rows(found) == [("Ada", "Kim", "craft", 4), ("Ada", "Lou", "craft", 3), ("Bea", "Kim", "craft", 2)]
    assert found.ends == (1, 5)
    assert found.notes == ("1 cell is empty: nobody rated there.",)


def test_a_wide_table_has_a_column_for_each_criterion():
    wanted = [
        ("Ada", "Kim", "k1", 4), ("Ada", "Kim", "k2", 3), ("Ada", "Lou", "k1", 3),
        ("Bea", "Kim", "k1", 2), ("Bea", "Kim", "k2", 2),
    ]  # fmt: skip
    for criteria in (("k1,k2",), ("k1..k2",), ("k1", "k2")):
        assert rows(read(WIDE, criteria=criteria, names={"idstud": "ratee"})) == wanted


def test_a_long_table_without_a_criterion_has_one():
    found = read("Ratee;Rater;Score\nAda;Kim;4\nAda;Lou;3.0\nBea;Kim;1\n")
    assert found.criteria == ("rating",)
    assert found.lowest is None
    assert found.ends == (1, 4)


def test_a_workbook_is_read_like_text():
    book = Workbook()
    for line in LONG.splitlines():
        book.active.append([int(cell) if cell.isdigit() else cell for cell in line.split(",")])
    out = io.BytesIO()
    book.save(out)
    assert rows(read_ratings("r.xlsx", out.getvalue(), limit_bytes=LIMIT)) == rows(read(LONG))


def test_a_score_outside_the_scale_or_no_number_is_placed():
    text = LONG.replace("Kim,craft,4", "Kim,craft,6").replace("craft,2", "craft,two")
    assert refused(text, options=5) == [
        "r.csv, line 2, column 4: “score” is “6”. It should be a whole number from 1 to 5, or empty.",
        "r.csv, line 4, column 4: “score” is “two”. It should be a whole number from 1 to 5, or empty.",
    ]
    assert read(text.replace("two", "2"), lowest=0, options=7).ends == (0, 6)


def test_the_same_rating_twice_names_both_lines():
    (said,) = refused(LONG + "Ada,Kim,craft,5\n")
    assert said == (
        "r.csv, line 6, column 2: “Kim” rates “Ada” on “craft” again; the first time is on line 2. "
        "Keep one of the two."
    )


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        (
            "ratee,judge,score\nA,K,1\n",
            {},
            "There is no column “rater”. The columns are ratee, judge, score.",
        ),
        ("ratee,rater,k1\nA,K,1\n", {}, "There is no column “score”. Name the columns that hold scores:"),
        (
            WIDE,
            {"criteria": ["k3"], "names": {"idstud": "ratee"}},
            "There is no column “k3”. The columns are",
        ),
        (WIDE, {"criteria": ["k2..k1"], "names": {"idstud": "ratee"}}, "“k1” stands before “k2”."),
        (WIDE, {"criteria": ["rater"], "names": {"idstud": "ratee"}}, "“rater” is no criterion."),
        ("ratee,rater,score\nA,,1\n", {}, "line 2, column 2: “rater” is empty."),
        ("ratee,rater,criterion,score\nA,K,,1\n", {}, "line 2, column 3: “criterion” is empty."),
        ("ratee,rater,score\nA,K,\n", {}, "There is no rating."),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(text, options, said):
    told = refused(text, **options)
    assert len(told) == 1
    assert said in told[0]
