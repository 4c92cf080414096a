"""The second opinion: exact where it can be checked, silent where a calendar says too little."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from tests.core.calendar_tables import event, table

from fairlead.core.behaviours import (
    CELLS,
    MIN_UNITS,
    NO_TABLE,
    BehaviourTable,
    TableOfBehavioursError,
    diary_figures,
    diary_of,
    posterior,
    score,
)
from fairlead.core.tables import DECLINED

EXPECTED = json.loads(
    (Path(__file__).parents[1] / "golden/behaviours/expected.json").read_text(encoding="utf-8")
)


def made_table(seed=0):
    rng = np.random.default_rng(seed)
    manager, leader = rng.dirichlet(np.full(len(CELLS), 0.3), size=2)
    return BehaviourTable(manager=tuple(manager), leader=tuple(leader), prior=(1.0,), source="a made table")


def meeting(cell, number, week=0):
    """One calendar event that lies in a given combination of features."""
    length, planned, size, place, functions = cell.split("+")
    facts = {
        "minutes": 90 if length == "long" else 30,
        "notice": 48 if planned == "planned" else 2,
        "functions": 2 if functions == "functions" else 1,
    }
    inside = {"inside": 1, "outside": 0, "both": 1}[place]
    outside = {"inside": 0, "outside": 1, "both": 1}[place]
    if size == "two_plus" and place != "both":
        inside, outside = inside * 2, outside * 2
    return event("x", "2026-03-02 08:00", day=7 * week + number % 5, peers=inside, outside=outside, **facts)


def test_the_posterior_is_the_exact_one_where_it_is_known():
    from scipy.stats import beta

    one, two = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    for k, n in ((3, 10), (0, 4), (60, 80)):
        mean, low, high = posterior(np.array([n - k, k], dtype=float), one, two, np.ones(1))
        exact = beta(k + 1, n - k + 1)
        assert mean == pytest.approx(exact.mean(), abs=0.003)
        assert (low, high) == pytest.approx(exact.ppf([0.1, 0.9]).tolist(), abs=0.006)


def test_nothing_seen_gives_the_prior_back():
    prior = np.array([3.0, 1.0])
    mean, low, high = posterior(np.zeros(2), np.array([0.5, 0.5]), np.array([0.2, 0.8]), prior)
    assert mean == pytest.approx(0.75 * 0.25 + 0.25 * 0.75, abs=0.01)
    assert low < 0.15
    assert high > 0.75


def test_a_combination_that_neither_behaviour_knows_changes_nothing():
    one, two = np.array([0.7, 0.3, 0.0]), np.array([0.2, 0.8, 0.0])
    with_it = posterior(np.array([4.0, 6.0, 9.0]), one, two, np.ones(1))
    assert with_it == posterior(np.array([4.0, 6.0, 0.0]), one, two, np.ones(1))


def test_shares_are_recovered_with_intervals_that_cover_as_often_as_they_say():
    rng = np.random.default_rng(3)
    made = made_table()
    manager, leader = np.array(made.manager), np.array(made.leader)
    truth, found, covered = rng.random(400), [], 0
    for share in truth:
        counts = rng.multinomial(88, share * leader + (1 - share) * manager).astype(float)
        mean, low, high = posterior(counts, manager, leader, np.ones(1))
        found.append(mean)
        covered += low <= share <= high
    assert np.corrcoef(truth, found)[0, 1] > 0.97
    assert 0.74 < covered / 400 < 0.86


@pytest.mark.parametrize("cell", [c for c in CELLS if "one+both" not in c])
def test_every_combination_is_read_from_a_calendar(cell):
    diary = diary_of(table(meeting(cell, 0)))
    assert [CELLS[number] for number in diary.cell] == [cell]


def test_a_calendar_drawn_from_a_share_is_scored_near_it():
    rng = np.random.default_rng(8)
    made = made_table(4)
    possible = np.array(["one+both" not in cell for cell in CELLS])
    manager, leader = (np.where(possible, p, 0) for p in (made.manager, made.leader))
    made = BehaviourTable(
        manager=tuple(manager / manager.sum()), leader=tuple(leader / leader.sum()), prior=(1.0,), source="x"
    )
    mixed = 0.8 * np.array(made.leader) + 0.2 * np.array(made.manager)
    weeks = [rng.choice(len(CELLS), size=60, p=mixed / mixed.sum()) for _ in range(4)]
    events = [meeting(CELLS[c], i, week) for week, drawn in enumerate(weeks) for i, c in enumerate(drawn)]
    told = score(table(*events), made)
    assert told.units == 240
    assert told.low < 0.8 < told.high
    assert told.index == pytest.approx(0.8, abs=0.1)
    again = score(table(*events * 2), made)
    assert again.high - again.low < told.high - told.low, "more meetings a week, a narrower interval"
    longer = [*events, *({**e, "day": e["day"] + 28} for e in events)]
    same = score(table(*longer), made)
    assert (same.low, same.high) == (told.low, told.high), "more weeks alike do not narrow it"


def test_without_a_labelled_table_the_reading_says_so():
    events = [meeting(CELLS[i % 8], i) for i in range(MIN_UNITS)]
    told = score(table(*events))
    assert (told.index, told.too_little, told.units) == (None, NO_TABLE, MIN_UNITS)


def test_too_few_meetings_or_unknown_people_are_too_little_even_with_a_table():
    few = score(table(*(meeting(CELLS[0], i) for i in range(MIN_UNITS - 1))), made_table())
    assert few.index is None
    assert "19" in few.too_little
    unknown = [event("x", "2026-03-02 08:00", day=i, unknown=3) for i in range(30)]
    known = [meeting(CELLS[0], i) for i in range(MIN_UNITS)]
    told = score(table(*unknown, *known), made_table())
    assert told.index is None
    assert "half" in told.too_little
    assert "no meeting" in score(table(event("x", "2026-03-02 08:00")), made_table()).too_little


def test_the_features_of_the_diaries_are_shares_of_meetings():
    meetings = table(
        event("a", "2026-03-02 08:00", 60, peers=1, notice=30, functions=1),
        event("b", "2026-03-02 09:00", 30, peers=4, notice=2, functions=3),
        event("c", "2026-03-02 10:00", 30, outside=1, notice=None),
        event("d", "2026-03-02 11:00", 90, unknown=2, notice=2, recurring=True),
        event("declined", "2026-03-02 12:00", 90, peers=2, response=DECLINED),
        event("alone", "2026-03-02 13:00", 90),
    )
    told = {f.name: (f.value, f.n) for f in diary_figures(meetings, np.ones(6, dtype=bool))}
    assert told == {
        "diary_long_share": (0.5, 4),
        "diary_planned_share": (pytest.approx(2 / 3), 3),
        "diary_large_share": (0.5, 4),
        "diary_outside_share": (pytest.approx(1 / 3), 3),
        "diary_functions_share": (0.5, 2),
    }


@pytest.mark.parametrize(
    "wrong",
    [{"manager": (0.5, 0.5)}, {"leader": (2.0, -1.0, *(0.0,) * 46)}, {"prior": ()}, {"prior": (0.0,)}],
)
def test_a_table_that_is_no_table_of_probabilities_is_refused(wrong):
    made = made_table()
    parts = {"manager": made.manager, "leader": made.leader, "prior": (1.0,), "source": "x", **wrong}
    with pytest.raises(TableOfBehavioursError):
        BehaviourTable(**parts)


def test_the_published_data_were_read_rightly_and_fixed_behaviours_recover_the_index():
    found = EXPECTED["regression"]
    assert (found["coefficient"], found["hc0_se"]) == pytest.approx((0.404658, 0.092081), abs=1e-6)
    assert EXPECTED["theta_quantiles"]["p50"] == pytest.approx(0.353, abs=1e-3)
    assert sum(EXPECTED["theta_histogram"]) == EXPECTED["firms"] == 916
    week, tenth = EXPECTED["recovery"]["one_week"], EXPECTED["recovery"]["tenth_of_a_week"]
    assert week["all"]["r"] > 0.98
    assert tenth["all"]["r"] > 0.869, "better than expectation-maximisation without the prior"
    assert all(0.75 < part["covered"] < 0.87 for part in (*week.values(), *tenth.values()))
