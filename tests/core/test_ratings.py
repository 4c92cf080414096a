"""The table of ratings: order, checks, and what it refuses."""

import numpy as np
import polars as pl
import pytest

from fairlead.core.problems import BadInput
from fairlead.core.ratings import Ratings

ROWS = [("Bea", "Kim", "craft", 2), ("Ada", "Lou", "craft", 4), ("Ada", "Kim", "team", 3)]


def test_rows_stand_in_order_of_person_rater_and_criterion():
    found = Ratings.from_rows(ROWS)
    assert (found.ratees, found.raters, found.criteria) == (("Ada", "Bea"), ("Kim", "Lou"), ("craft", "team"))
    rows = zip(found.ratee, found.rater, found.criterion, found.score, strict=True)
    assert [tuple(int(cell) for cell in row) for row in rows] == [(0, 0, 1, 3), (0, 1, 0, 4), (1, 0, 0, 2)]
    assert found.ends == (2, 4)


def test_a_frame_gives_the_same_table():
    names = ("ratee", "rater", "criterion", "score")
    frame = pl.DataFrame(dict(zip(names, zip(*ROWS, strict=True), strict=True)))
    found, wanted = Ratings.from_frame(frame, lowest=1, highest=5), Ratings.from_rows(ROWS)
    assert (found.ratees, found.raters, found.criteria) == (wanted.ratees, wanted.raters, wanted.criteria)
    assert np.array_equal(found.score, wanted.score)
    assert found.ends == (1, 5)
    assert Ratings.from_frame(frame.drop("criterion").head(2)).criteria == ("rating",)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "There is no rating."),
        ([*ROWS, ("Ada", "Lou", "craft", 1)], "The rating by “Lou” of “Ada” on “craft” comes twice."),
        ([*ROWS, ("Cem", "Kim", "craft", 6)], "has the score 6. The scale goes from 1 to 5."),
        ([*ROWS, ("Cem", "Kim", "craft", 2.5)], "Score number 4 is 2.5. A score is a whole number."),
    ],
)
def test_what_cannot_be_a_rating_is_refused_in_one_sentence(rows, said):
    with pytest.raises(BadInput) as refused:
        Ratings.from_rows(rows, lowest=1, highest=5)
    assert said in str(refused.value)
    assert len(refused.value.problems) == 1


def test_a_frame_without_scores_is_refused():
    with pytest.raises(BadInput, match="no column “score”"):
        Ratings.from_frame(pl.DataFrame({"ratee": ["a"], "rater": ["b"]}))
