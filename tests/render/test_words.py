"""Numbers, dates and intervals as people read them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.render.sample import figure

from fairlead.core.figures import Figure
from fairlead.render import words


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (12.54, "hours", "12.5 h"),
        (1234.0, "hours", "1,234.0 h"),
        (0.314, "share", "31 %"),
        (-0.0001, "share", "0 %"),
        (-0.16, "share", "−16 %"),
        (7.0, "days", "7 days"),
        (2.5, "count", "2.5"),
        (3.0, "count", "3"),
        (None, "hours", "–"),
    ],
)
def test_a_number_is_written_in_its_unit(value, unit, said):
    assert plain(words.amount(value, unit)) == said


def test_an_interval_names_its_unit_once():
    assert plain(words.figure(figure("x", 0.31, "share", low=0.27, high=0.36))) == "31 % (27 to 36 %)"
    assert plain(words.figure(figure("x", 8.61, "hours", low=8.1, high=9.12))) == "8.6 h (8.1 to 9.1 h)"
    assert words.figure(figure("x", None, "share", low=0.1, high=0.2)) == "–"


def test_a_date_is_held_together_and_other_text_is_left_alone():
    assert words.day("2026-03-02") == "2\u00a0Mar\u00a02026"
    assert words.day("2026-03-02T10:00:00") == "2\u00a0Mar\u00a02026"
    assert words.day("soon") == "soon"


@pytest.mark.parametrize(
    ("parts", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_ends_with_and(parts, said):
    assert words.listed(parts) == said


def test_one_is_not_many():
    assert words.count(1, "week") == "1 week"
    assert words.count(1200, "week") == "1,200 weeks"


def test_one_observation_is_said_as_one():
    assert (words.seen(1, "weeks"), words.seen(12, "weeks"), words.seen(1, "answers")) == (
        "1 week",
        "12 weeks",
        "1 answer",
    )


def test_an_index_is_written_as_a_number_and_not_as_a_share():
    found = Figure(
        name="rut_index", value=0.714, low=0.68, high=0.74, unit="share", n=4, n_of="parts", formula="."
    )
    assert words.index(found) == "0.71 (0.68 to 0.74)"
    assert words.index(replace(found, value=None)) == words.DASH
