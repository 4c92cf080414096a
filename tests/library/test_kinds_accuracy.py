"""Accuracy on labelled events: the page tells what the rules do today, and they do not get worse unseen."""

from __future__ import annotations

import pytest
from benchmarks.recovery.kinds import PAGE, confusion, predict, read, summary


@pytest.fixture(scope="module", params=["tune", "held_out"])
def half(request):
    rows = read(request.param)
    return request.param, rows, predict(rows)


def test_the_rules_agree_with_the_reader_as_often_as_before(half):
    name, rows, told = half
    found = summary(rows, told)
    assert found["accuracy"] >= {"tune": 0.97, "held_out": 0.70}[name]
    assert found["right_of_those_said"] >= {"tune": 0.97, "held_out": 0.81}[name]


def test_firefighting_is_rarely_said_in_error_and_unclear_is_not_called_doing(half):
    _, rows, told = half
    said = [row["kind"] for row, answer in zip(rows, told, strict=True) if answer[0] == "firefighting"]
    assert said.count("firefighting") / len(said) >= 0.9
    unclear = [answer[0] for row, answer in zip(rows, told, strict=True) if row["kind"] == "unclear"]
    assert unclear.count("doing") / len(unclear) <= 0.1


def test_the_page_shows_the_table_that_the_rules_give(half):
    name, rows, told = half
    page = PAGE.read_text(encoding="utf-8")
    assert f"{summary(rows, told)['accuracy']:.1%}" in page
    if name == "held_out":
        assert confusion(rows, told) in page
