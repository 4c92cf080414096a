"""Watching over rounds: exact evidence, no false alarms by looking, intervals that hold."""

from itertools import product

import numpy as np
import pytest

from fairlead.core.decisions import Attribute, Decisions, attribute
from fairlead.core.mantel_haenszel import hypergeometric
from fairlead.core.watching import (
    ALARM,
    BETS,
    STAKES,
    conditional_odds_ratio,
    evidence,
    log_chance,
    watch,
    watched,
)


def test_the_bet_gains_nothing_on_average_where_chances_are_equal():
    """The mean of the evidence over every pair of outcomes is 1: exactly, not by simulation."""
    margins = [(6, 8, 5), (9, 4, 6)]  # group, others, selected in all
    total = 0.0
    supports = []
    for n, m, drawn in margins:
        weights, low = hypergeometric(min(n, drawn), n, drawn - min(n, drawn), m)
        supports.append([(low + place, weight) for place, weight in enumerate(weights)])
    for (a, of_a), (b, of_b) in product(*supports):
        tables = [(k, n, drawn - k, m) for k, (n, m, drawn) in zip((a, b), margins, strict=True)]
        look = watched("g", [("1", tables[:1]), ("2", tables[1:])]).looks[-1]
        total += of_a * of_b * look.evidence
    assert total == pytest.approx(1.0, abs=1e-12)


def test_evidence_is_the_mean_of_likelihood_ratios_by_hand():
    table = (1, 6, 7, 9)
    one = float(np.exp(log_chance(table, np.zeros(1))[0]))
    by_hand = float(
        sum(s * np.exp(log_chance(table, np.array([b]))[0]) for s, b in zip(STAKES, BETS, strict=True))
    )
    assert watched("g", [("1", [table])]).looks[0].evidence == pytest.approx(by_hand / one)


def test_the_interval_holds_exactly_what_the_bet_has_not_refused():
    tables = [(3, 20, 12, 30), (2, 20, 15, 30)]
    look = watched("g", [("1", tables[:1]), ("2", tables[1:])]).looks[-1]
    betting = sum(log_chance(one, BETS) for one in tables)

    def evidence_against(odds):
        null = sum(float(log_chance(one, np.array([np.log(odds)]))[0]) for one in tables)
        return float(np.sum(STAKES * np.exp(betting - null)))

    assert evidence_against(look.low) == pytest.approx(20, rel=1e-3)
    assert evidence_against(look.high) == pytest.approx(20, rel=1e-3)
    assert evidence_against(look.odds_ratio) < 20
    assert look.odds_ratio == pytest.approx(conditional_odds_ratio(tables))


def test_looking_after_every_round_alarms_no_more_often_than_promised_and_repeated_tests_do():
    from fairlead.core.two_groups import exact_and_mid_p

    rng = np.random.default_rng(20261123)
    runs, rounds = 300, 20
    alarms = repeated = 0
    for _ in range(runs):
        x, y = rng.binomial(20, 0.3, rounds), rng.binomial(30, 0.3, rounds)
        alarms += max(evidence([[(int(x[at]), 20, int(y[at]), 30)] for at in range(rounds)])) >= 1 / ALARM
        looks = np.arange(1, rounds + 1)
        repeated += bool(
            (exact_and_mid_p(np.cumsum(x), 20 * looks, np.cumsum(y), 30 * looks)[1] <= 0.05).any()
        )
    assert alarms / runs <= ALARM
    assert repeated / runs > 0.15


def test_a_real_difference_is_found_and_the_first_round_is_named():
    rounds = [(str(at), [(4, 20, 15, 30)]) for at in range(1, 9)]
    seen = watched("g", rounds)
    assert seen.alarm == "2"
    assert seen.looks[0].evidence < 20 <= seen.looks[1].evidence
    assert seen.looks[-1].high < 1
    assert "lower" in seen.says


def test_p_never_rises_and_the_alarm_stays_when_later_rounds_are_level():
    apart, level = [(4, 20, 15, 30)], [(12, 20, 12, 30)]
    seen = watched("g", [(str(at), apart if at < 3 else level) for at in range(12)])
    p = [look.p for look in seen.looks]
    assert p == sorted(p, reverse=True)
    assert seen.alarm == "1"
    assert seen.looks[-1].evidence < 20


def test_rounds_without_news_change_nothing_and_are_counted():
    seen = watched("g", [("1", [(0, 5, 0, 9)]), ("2", [(3, 3, 0, 0)])])
    assert [look.evidence for look in seen.looks] == [1.0, 1.0]
    assert (seen.looks[-1].n, seen.looks[-1].n_others) == (8, 9)
    assert (seen.looks[-1].odds_ratio, seen.looks[-1].low, seen.looks[-1].high) == (None, 0.0, None)


def decided(words, passed, rounds, strata=None):
    passed = np.array(passed)
    return Decisions(
        steps=("promoted",), passed=passed, open=np.zeros(len(passed), bool),
        attributes=(attribute("sex", words),),
        rounds=Attribute(name="round", values=("1", "2"), of=np.array(rounds)), strata=strata,
    )  # fmt: skip


def test_of_two_groups_one_is_watched_of_three_all_and_the_limit_grows():
    words, passed, rounds = ["a", "b", "a", "b"] * 5, [0, 1] * 10, [0, 1, 1, 0] * 5
    two = decided(words, passed, rounds)
    found = watch(two, two.attributes[0], reference="b")
    assert [(one.group, one.limit) for one in found.groups] == [("a", 20.0)]
    three = decided(["a", "b", "c", "b"] * 5, passed, rounds)
    found = watch(three, three.attributes[0])
    assert [(one.group, one.limit) for one in found.groups] == [("a", 60.0), ("b", 60.0), ("c", 60.0)]


def test_who_stated_nothing_is_not_among_the_others():
    table = decided(["a", "b", "", ""] * 5, [0, 1, 1, 0] * 5, [0] * 10 + [1] * 10)
    look = watch(table, table.attributes[0], reference="b").groups[0].looks[-1]
    assert (look.n, look.n_others) == (5, 5)


def test_inside_strata_a_difference_between_strata_is_no_evidence():
    words = (["a"] * 30 + ["b"] * 10) + (["a"] * 10 + ["b"] * 30)
    passed = [1] * 0 + [int(at % 10 < 8) for at in range(40)] + [int(at % 10 < 2) for at in range(40)]
    rounds = [at % 2 for at in range(80)]
    strata = Attribute(name="unit", values=("x", "y"), of=np.array([0] * 40 + [1] * 40))
    pooled, inside = decided(words, passed, rounds), decided(words, passed, rounds, strata)
    apart = watch(pooled, pooled.attributes[0], reference="b").groups[0].looks[-1].evidence
    within = watch(inside, inside.attributes[0], reference="b").groups[0].looks[-1].evidence
    assert apart > 2
    assert within < 1
