"""Raw against fair, drawn in the order of names; what the sentence counts; words for raters."""

from dataclasses import replace

import pytest
from tests.core.rater_cases import drawn

from fairlead.core.rater_texts import compared
from fairlead.core.raters import severity
from fairlead.render.charts_raters import MOST, raw_and_fair, sentence_of, strictness
from fairlead.render.drawing import NARROW, WIDE


@pytest.fixture(scope="module")
def found():
    """Fifty people and five raters who clearly differ."""
    return severity(drawn(people=50, raters=5, each=3, spread=1.2, seed=5)[0])


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("draw", [raw_and_fair, strictness])
def test_drawings_hold_what_is_shown_and_keep_to_the_schema(found, draw, width):
    from altair import load_schema
    from altair.utils import schemapi

    told = draw(found, width=width)
    schemapi.validate_jsonschema(told.spec, load_schema())
    assert "transform" not in told.spec
    assert told.sentence
    assert told.sentence in told.svg
    if draw is raw_and_fair:
        (rows,) = told.spec["datasets"].values()
        assert [row["name"] for row in rows] == [one.ratee for one in found.ratees[:MOST]]
        assert len(told.table.rows) == 50


def test_the_sentence_says_how_wide_intervals_are_and_nothing_of_pairs_of_people(found):
    widths = sorted(one.high - one.low for one in found.ratees)
    middle = (widths[24] + widths[25]) / 2
    beyond = sum(not one.low <= one.observed <= one.high for one in found.ratees)
    said = sentence_of(found)
    assert said.endswith(f"The middle one of the intervals is {middle:.2f} points wide.")
    assert "pairs" not in said
    assert said.startswith(f"{beyond} of 50 raw scores lie outside the interval")


@pytest.mark.parametrize(
    ("points", "low", "high", "said"),
    [
        (-0.42, -0.6, -0.2, "Rates lower than the other raters do, by about 0.4 points of 4."),
        (0.31, 0.1, 0.5, "Rates higher than the other raters do, by about 0.3 points of 4."),
        (0.31, -0.1, 0.7, "May rate higher than the other raters do; it could be chance."),
        (0.02, -0.2, 0.2, "Rates as the other raters do."),
    ],
)
def test_a_rater_is_told_in_points_and_never_by_a_label(found, points, low, high, said):
    one = replace(found.raters[0], points=points, points_low=low, points_high=high)
    assert compared(one, found) == said
