"""Impact: references, verdicts, steps, rounds, strata, Simpson's paradox, and nobody dropped in silence."""

from dataclasses import fields, is_dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.decisions import Attribute, Decisions, attribute, crossed
from fairlead.core.impact import impact
from fairlead.core.impact_json import impact_json
from fairlead.core.impact_rates import Count, group_rates, holm, reference_of
from fairlead.core.impact_strata import stratified
from fairlead.core.tables import TableError


def decided(**counts):
    """A table of one step: each group with all and selected; ``_`` is not stated."""
    words, passed = [], []
    for group, (n, x) in counts.items():
        words += ["" if group == "_" else group] * n
        passed += [1] * x + [0] * (n - x)
    passed = np.array(passed)
    return Decisions(
        steps=("promoted",),
        passed=passed,
        open=np.zeros(len(passed), bool),
        attributes=(attribute("sex", words),),
    )


def said(table, **asked):
    return {one.group: one.said for one in impact(table, **asked).attributes[0].whole.groups}


def test_the_reference_is_the_highest_rate_among_groups_that_are_no_accident():
    assert reference_of([Count("a", 100, 40), Count("b", 100, 60), Count("lucky", 1, 1)]) == "b"
    assert reference_of([Count("a", 1000, 400), Count("b", 10, 9)]) == "a"  # 1 % of all
    assert reference_of([Count("a", 2, 1), Count("b", 3, 3)]) == "b"  # nobody is large
    assert reference_of([Count("b", 10, 5), Count("a", 20, 10)]) == "a"  # the same rate: the larger
    assert reference_of([Count("a", 10, 0), Count("b", 10, 0)]) == ""


def test_a_named_reference_stands_and_one_that_nobody_states_is_refused():
    whole = impact(decided(a=(40, 20), b=(40, 10)), reference="b").attributes[0].whole
    assert (whole.reference, whole.reference_named) == ("b", True)
    assert [one.impact_ratio for one in whole.groups] == [2.0, 1.0]
    with pytest.raises(ValueError, match="Nobody states “c” as sex"):
        impact(decided(a=(4, 2)), reference="c")


@pytest.mark.parametrize(
    ("table", "word"),
    [
        ({"a": (100, 60), "b": (100, 30)}, "lower"),
        ({"a": (4000, 2000), "b": (4000, 1980)}, "about level"),
        ({"a": (20, 10), "b": (20, 8)}, "unclear"),
        ({"a": (40, 20), "b": (4, 0)}, "too few to say"),  # four people
        ({"a": (40, 1), "b": (40, 0)}, "too few to say"),  # no outcome could have shown it
        ({"a": (40, 40), "b": (40, 40)}, "too few to say"),
    ],
)
def test_the_written_rule_of_the_verdicts(table, word):
    assert said(decided(**table))["b"] == word


def test_a_named_reference_can_be_passed_by():
    assert said(decided(a=(100, 60), b=(100, 30)), reference="b")["a"] == "higher"


def test_too_few_to_say_is_the_answer_whatever_would_have_happened():
    """Where the rule says that no outcome could show a difference, every outcome is looked at."""
    for x in range(3):
        groups = group_rates([Count("a", 30, 2 - x), Count("b", 25, x)], "a", named=True, level=0.95)
        assert groups[1].said == "too few to say"


def test_many_groups_need_more_than_one_pair():
    pair = {"a": (60, 36), "b": (60, 24)}
    more = pair | {f"g{at}": (60, 30) for at in range(8)}
    assert said(decided(**pair))["b"] == "lower"
    assert said(decided(**more))["b"] == "unclear"


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holms_adjustment_is_its_definition(p):
    order = sorted(range(len(p)), key=lambda one: p[one])
    wanted = [0.0] * len(p)
    for rank, place in enumerate(order):
        wanted[place] = max(min(1.0, (len(p) - k) * p[order[k]]) for k in range(rank + 1))
    assert holm(p) == pytest.approx(wanted)


def test_who_did_not_state_it_is_counted_and_changes_no_comparison():
    bare = impact(decided(a=(50, 30), b=(50, 20))).attributes[0].whole
    with_silent = impact(decided(a=(50, 30), b=(50, 20), _=(17, 9))).attributes[0].whole
    assert with_silent.groups == bare.groups
    assert (with_silent.not_stated.n, with_silent.not_stated.selected) == (17, 9)
    assert (with_silent.n, with_silent.selected) == (117, 59)


def test_a_group_of_less_than_two_per_cent_is_named_as_small():
    groups = impact(decided(a=(500, 100), b=(500, 90), c=(19, 5))).attributes[0].whole.groups
    assert [one.small for one in groups] == [False, False, True]


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ({"_": (5, 2)}, "Nobody who was decided on states it."),
        ({"a": (5, 2)}, "there is nothing to compare"),
        ({"a": (5, 0), "b": (5, 0)}, "Nobody who states it was selected"),
    ],
)
def test_what_cannot_be_compared_is_said(table, why):
    assert why in impact(decided(**table)).attributes[0].whole.too_little


def stepped():
    """40 enter; women pass the first step less often, then alike; two are still open."""
    sex = ["woman"] * 20 + ["man"] * 20
    passed = [0] * 10 + [1] * 5 + [2] * 5 + [0] * 4 + [1] * 8 + [2] * 8
    is_open = np.zeros(40, bool)
    is_open[[10, 24]] = True
    return Decisions(
        steps=("shortlisted", "promoted"), passed=np.array(passed), open=is_open,
        attributes=(attribute("sex", sex),),
    )  # fmt: skip


def test_each_step_counts_those_who_reached_it_and_were_decided_on():
    found = impact(stepped()).attributes[0]
    first, second = found.steps
    assert [(one.n, one.selected) for one in first.groups] == [(20, 16), (20, 10)]
    assert [(one.n, one.selected) for one in second.groups] == [(15, 8), (9, 5)]
    assert (first.open, second.open, found.whole.open) == (0, 2, 2)
    assert [(one.n, one.selected) for one in found.whole.groups] == [(19, 8), (19, 5)]
    assert {one.reference for one in (first, second, found.whole)} == {"man"}


def test_steps_add_up():
    table = stepped()
    for step in range(2):
        entered, chosen, waits = table.entered(step), table.selected(step), table.waiting(step)
        assert not (chosen & ~entered).any()
        assert not (entered & waits).any()
    assert (table.selected(0) == (table.entered(1) | table.waiting(1))).all()


def test_two_attributes_are_taken_alone_and_together_and_silence_about_one_is_silence():
    sex, age = ["w", "m"] * 30, ["50+", "50+", "", "young"] * 15
    table = Decisions(
        steps=("promoted",), passed=np.array([0, 1, 1, 1] * 15), open=np.zeros(60, bool),
        attributes=(attribute("sex", sex), attribute("age", age)),
    )  # fmt: skip
    found = impact(table)
    assert [one.attribute for one in found.attributes] == ["sex", "age", "sex, age"]
    both = found.attributes[2]
    assert both.crossed
    assert {one.group: one.n for one in both.whole.groups} == {"m, 50+": 15, "m, young": 15, "w, 50+": 15}
    assert both.whole.not_stated.n == 15
    assert crossed(*table.attributes).of.tolist()[:4] == [2, 0, -1, 1]


def rows_of(tables):
    """A table of strata from (selected, all) of a and b."""
    words, strata, passed = [], [], []
    for place, (x, n, y, m) in enumerate(tables):
        words += ["a"] * n + ["b"] * m
        strata += [place] * (n + m)
        passed += [1] * x + [0] * (n - x) + [1] * y + [0] * (m - y)
    passed = np.array(passed)
    names = tuple(f"u{place}" for place in range(len(tables)))
    return Decisions(
        steps=("promoted",), passed=passed, open=np.zeros(len(passed), bool),
        attributes=(attribute("sex", words),),
        strata=Attribute(name="unit", values=names, of=np.array(strata)),
    )  # fmt: skip


def test_simpsons_paradox_is_shown_where_it_happens():
    berkeley = [
        (512, 825, 89, 108), (353, 560, 17, 25), (120, 325, 202, 593), (138, 417, 131, 375),
        (53, 191, 94, 393), (22, 373, 24, 341),
    ]  # fmt: skip
    whole = impact(rows_of(berkeley), reference="a").attributes[0].whole
    women = whole.stratified[0]
    assert women.reversed
    assert women.crude_odds_ratio == pytest.approx(1 / 1.84108, abs=1e-6)
    assert women.found.odds_ratio == pytest.approx(1 / 0.9046968, abs=1e-6)
    assert (women.lower_in, women.higher_in) == (2, 4)
    assert "less often than a (30% against 45%)" in women.says
    assert "more often, taken together" in women.says
    assert "What is left within may be chance." in women.says
    assert "one number does not describe them" in women.says
    assert whole.groups[1].said == "lower"


def test_where_pooled_and_within_agree_nothing_is_reversed():
    found = impact(rows_of([(3, 8, 16, 25), (6, 19, 25, 43)])).attributes[0].whole
    assert not found.stratified[0].reversed
    assert found.mantel_haenszel == found.stratified[0]


@given(st.lists(st.tuples(*[st.integers(1, 12)] * 4), min_size=2, max_size=4))
def test_a_reversal_is_a_reversal_of_directions(raw):
    tables = [(min(x, n), n, min(y, m), m) for x, n, y, m in raw]
    found = stratified("a", tables, reference="b", inside="unit", level=0.95)
    x, n, y, m = (sum(one[at] for one in tables) for at in range(4))
    if found.reversed:
        assert (x * m - y * n) * (found.found.odds_ratio - 1) < 0
    elif found.found.odds_ratio not in {None, 1.0} and x * m != y * n:
        assert (x * m - y * n) * (found.found.odds_ratio - 1) >= -1e-6


def test_rows_that_name_no_unit_are_a_unit_of_their_own():
    table = rows_of([(3, 8, 16, 25), (6, 19, 25, 43)])
    strata = Attribute(name="unit", values=("u0",), of=np.where(table.strata.of == 0, 0, -1))
    lost = Decisions(
        steps=table.steps, passed=table.passed, open=table.open, attributes=table.attributes, strata=strata
    )
    found = impact(lost).attributes[0].whole
    assert [one.stratum for one in found.strata] == ["u0", ""]
    assert found.stratified[0].found.odds_ratio == pytest.approx(
        impact(table).attributes[0].whole.stratified[0].found.odds_ratio
    )
    assert sum(one.n for one in found.strata) == len(table)


def test_the_same_reference_stands_in_every_round_and_rounds_are_watched():
    passed = np.array([1] * 12 + [0] * 8 + [1] * 6 + [0] * 14 + [1] * 6 + [0] * 14 + [1] * 11 + [0] * 9)
    table = Decisions(
        steps=("promoted",), passed=passed, open=np.zeros(80, bool),
        attributes=(attribute("sex", (["a"] * 20 + ["b"] * 20) * 2),),
        rounds=Attribute(name="round", values=("1", "2"), of=np.repeat([0, 1], 40)),
    )  # fmt: skip
    found = impact(table).attributes[0]
    assert [one.reference for one in found.rounds] == ["a", "a"]
    assert found.rounds[1].groups[1].impact_ratio == pytest.approx(11 / 6)
    assert [one.group for one in found.watch.groups] == ["b"]


def test_the_promised_keys_come_first_and_everything_is_plain():
    told = impact_json(impact(rows_of([(3, 8, 16, 25), (6, 19, 25, 43)])))
    assert list(told)[:3] == ["reference", "groups", "mantel_haenszel"]
    assert list(told["groups"][0])[:11] == [
        "group", "n", "selected", "rate", "impact_ratio", "low", "high", "fisher_p", "mid_p", "shortfall",
        "below_four_fifths",
    ]  # fmt: skip
    assert list(told["mantel_haenszel"])[:2] == ["odds_ratio", "p"]
    assert impact_json(impact(decided(a=(5, 2), b=(5, 1))))["mantel_haenszel"] is None


def test_a_result_holds_nothing_but_plain_frozen_data():
    def plain(value):
        if is_dataclass(value):
            assert value.__dataclass_params__.frozen
            return all(plain(getattr(value, field.name)) for field in fields(value))
        if isinstance(value, tuple):
            return all(plain(one) for one in value)
        if isinstance(value, float):
            assert value == value  # noqa: PLR0124 - NaN
        return value is None or type(value) in {str, int, float, bool}

    assert plain(impact(rows_of([(3, 8, 16, 25), (6, 19, 25, 43), (0, 0, 3, 9)])))


@pytest.mark.parametrize(
    "wrong",
    [
        {"passed": np.array([0, 3])},
        {"passed": np.array([0, 1, 1])},
        {"open": np.array([False, True])},
        {"steps": ()},
        {"attributes": ()},
    ],
)
def test_a_table_that_does_not_fit_together_is_refused(wrong):
    right = {
        "steps": ("promoted",), "passed": np.array([0, 1]), "open": np.array([False, False]),
        "attributes": (attribute("sex", ["a", "b"]),),
    }  # fmt: skip
    Decisions(**right)
    with pytest.raises(TableError):
        Decisions(**(right | wrong))
