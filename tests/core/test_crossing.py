"""Figures of teams and of a lens together: compared with trying every set of answers."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.walls.page_bounds import classes_of, still_open

from fairlead.core import crossing
from fairlead.core.ballots import Ballot, Policy, Question
from fairlead.core.blocks import Organization, Team
from fairlead.core.crossing import Sum, fewest_possible
from fairlead.core.disclosure import CROSSED, release
from fairlead.core.making import Making
from fairlead.core.release_gate import UnsafeReleaseError


def by_trying(sums, said, lowest, highest):
    """Count the options of every answer over all sets of answers that fit every figure."""
    still = [set() for _ in said]
    for answers in product(range(lowest, highest + 1), repeat=len(said)):
        given = np.array(answers)
        if all(one.low <= given[one.rows].sum() <= one.high for one in sums):
            for seen, answer in zip(still, answers, strict=True):
                seen.add(answer)
    inside = {int(row) for one in sums for row in one.rows}
    return min(len(still[row]) for row in inside)


@st.composite
def crossed(draw):
    """Six people in one or two teams below a whole, and a lens of two or three values."""
    n = 6
    highest = draw(st.sampled_from([3, 4]))
    said = np.array(draw(st.lists(st.integers(1, highest), min_size=n, max_size=n)))
    team = np.array(draw(st.lists(st.integers(0, 2), min_size=n, max_size=n)))
    value = np.array(draw(st.lists(st.integers(0, 2), min_size=n, max_size=n)))
    found = [(False, np.arange(n))]
    found += [(False, np.flatnonzero(team == one)) for one in (1, 2)]
    found += [(True, np.flatnonzero(value == one)) for one in range(3)]
    sums = []
    for lens, rows in found:
        if len(rows):
            total = int(said[rows].sum())
            low = max(len(rows), total - draw(st.integers(0, 3)))
            high = min(len(rows) * highest, total + draw(st.integers(0, 3)))
            sums.append(Sum(lens, rows, low, high))
    return sums, said, highest


@settings(max_examples=60, deadline=None)
@given(crossed(), st.integers(1, 4))
def test_options_are_those_that_trying_every_set_of_answers_leaves(made, enough):
    sums, said, highest = made
    assert fewest_possible(sums, said, 1, highest, enough=enough) == min(
        by_trying(sums, said, 1, highest), enough
    )


def test_without_a_figure_everything_stays_possible():
    assert fewest_possible([], np.array([1, 5]), 1, 5) == 3


def test_most_classes_are_open_without_a_program(monkeypatch):
    def never(*_args, **_named):
        pytest.fail("a program was solved")

    monkeypatch.setattr(crossing._Crossing, "_end", never)
    said = np.random.default_rng(4).integers(1, 6, 60)
    teams = [Sum(False, np.arange(at, at + 12), 12, 60) for at in range(0, 60, 12)]
    values = [Sum(True, np.arange(at, 60, 3), 20, 100) for at in range(3)]
    assert fewest_possible([*teams, *values], said, 1, 5) == 3


GIVEN = {
    ("cem", "a"): (3, 1, 3), ("cem", "c"): (1, 1, 2),
    ("ann", "a"): (3, 1, 1), ("ann", "b"): (1, 2, 2, 1), ("ann", "c"): (1, 1, 1),
    ("ben", "a"): (1, 1, 1), ("ben", "c"): (3,),
}  # fmt: skip
"""Twenty people of three teams and three values, found among 3,000 drawn at random."""

NAMES = ("ann", "ben", "cem")
BALLOTS = [
    Ballot(team=team, lens=value, answers=(answer, 3))
    for (team, value), answers in GIVEN.items()
    for answer in answers
]
COMPANY = Organization(
    teams=tuple(Team(id=name, members=tuple(f"{name}{n}" for n in range(14))) for name in NAMES)
)
ASK = Policy(
    survey="1",
    family="pulse",
    kind="pulse",
    closed_on=dt.date(2026, 3, 1),
    questions=(Question(id="hard"), Question(id="easy")),
    lens="tenure",
)


def independently(cells, question) -> int:
    """Read the figures as everybody does, and count by mixed-integer programming what stays possible."""
    # Four of ben are in no figure; of the values, the two smaller ones are shown as other.
    people = [(team, value) for team, value in GIVEN if team != "ben" for _ in GIVEN[team, value]]
    names = {(team, value): {"", team, "c" if value == "c" else "other"} for team, value in people}
    sums, bounds = [], []
    for cell in (one for one in cells if one.question == question):
        whose = cell.group if cell.reach == "team" else cell.value
        rows = np.array([place for place, one in enumerate(people) if whose in names[one]])
        at, step, n = Fraction(cell.shown.at), Fraction(cell.shown.step), len(rows)
        low = n if cell.shown.end == "or less" else math.ceil((at - step / 2) * n)
        high = 5 * n if cell.shown.end == "or more" else math.ceil((at + step / 2) * n) - 1
        sums.append(rows)
        bounds.append((low, high))
    sizes, inside = classes_of(sums, len(people))
    known = tuple((one, *bound) for one, bound in zip(inside, bounds, strict=True))
    return min(still_open(sizes, known, ()))


def test_a_lens_that_would_leave_an_answer_two_options_is_withheld_from_every_question():
    made = Making(BALLOTS, COMPANY, ASK, [])
    for number, question in enumerate(ASK.questions):
        made.question(number, question)
    assert {cell.question for cell in made.cells if cell.reach == "lens"} == {"hard", "easy"}
    assert made.gate.crossed == ["hard"]
    assert independently(made.cells, "hard") == 2

    found = release(BALLOTS, COMPANY, ASK)
    assert [cell for cell in found.cells if cell.reach == "lens"] == []
    assert [(one.question, one.why) for one in found.withheld if one.reach == "lens"] == [("", CROSSED)]
    assert found.cells == release(BALLOTS, COMPANY, replace(ASK, lens="")).cells


def test_the_gate_refuses_what_was_made_with_such_a_lens():
    made = Making(BALLOTS, COMPANY, ASK, [])
    made.question(0, ASK.questions[0])
    with pytest.raises(UnsafeReleaseError, match="hard: teams and lens together"):
        made.gate.verdict()
