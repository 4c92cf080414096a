"""Accuracy on labelled events: the page tells what the rules do today, and they do not get worse unseen."""

from __future__ import annotations

import pytest
from benchmarks.recovery.kinds import PAGE, confusion, paragraph, predict, read, summary

RIGHT = {"tune": 0.95, "held_out": 0.75, "fresh": 0.68, "blind": 0.75, "stranger": 0.78}
RIGHT_WHEN_SAID = {"tune": 0.97, "held_out": 0.85, "fresh": 0.84, "blind": 0.80, "stranger": 0.82}
FIREFIGHTING_WHEN_SAID = {"tune": 0.9, "held_out": 0.9, "fresh": 0.9, "blind": 0.75, "stranger": 0.9}
UNCLEAR_CALLED_DOING = 0.10


@pytest.fixture(scope="module", params=["tune", "held_out", "fresh", "blind", "stranger"])
def half(request):
    rows = read(request.param)
    return request.param, rows, predict(rows)


def test_the_rules_agree_with_the_reader_as_often_as_before(half):
    name, rows, told = half
    found = summary(rows, told)
    assert found["accuracy"] >= RIGHT[name]
    assert found["right_of_those_said"] >= RIGHT_WHEN_SAID[name]


def test_firefighting_is_rarely_said_in_error_and_unclear_seldom_called_doing(half):
    name, rows, told = half
    said = [row["kind"] for row, answer in zip(rows, told, strict=True) if answer[0] == "firefighting"]
    assert said.count("firefighting") / len(said) >= FIREFIGHTING_WHEN_SAID[name]
    unclear = [answer[0] for row, answer in zip(rows, told, strict=True) if row["kind"] == "unclear"]
    assert unclear.count("doing") / len(unclear) <= UNCLEAR_CALLED_DOING


def test_the_page_shows_the_tables_that_the_rules_give(half):
    name, rows, told = half
    page = PAGE.read_text(encoding="utf-8")
    if name == "tune":
        assert f"{summary(rows, told)['accuracy']:.0%}" in page
    else:
        shown = page.split(f"<!-- {name}: begin -->")[1].split(f"<!-- {name}: end -->")[0]
        assert paragraph(name, summary(rows, told)) in shown
        assert confusion(rows, told) in shown
