"""What is told of released tables beside them: tests, units, rounds; and a release kept and read back."""

from __future__ import annotations

import json

import numpy as np
import pytest

from fairlead.core.decisions import Attribute, Decisions, attribute
from fairlead.core.impact import impact
from fairlead.core.impact_release import release_impact, restore, to_json
from fairlead.core.impact_told import over_rounds, rates_of, within


def table(counts, **values):
    """Rows of (group, unit, round, selected, all)."""
    words, unit, of_round, passed = [], [], [], []
    for group, where, when, x, n in counts:
        words += [group] * n
        unit += [where] * n
        of_round += [when] * n
        passed += [1] * x + [0] * (n - x)
    names = tuple(dict.fromkeys(of_round))
    return Decisions(
        steps=("promoted",), passed=np.array(passed), open=np.zeros(len(passed), dtype=bool),
        attributes=(attribute("sex", words),),
        strata=attribute("unit", unit) if any(unit) else None,
        rounds=Attribute(name="round", values=names, of=np.array([names.index(one) for one in of_round])),
        **values,
    )  # fmt: skip


SIMPSON = [
    ("a", "One", "1", 40, 80),
    ("b", "One", "1", 11, 20),
    ("a", "Two", "1", 8, 20),
    ("b", "Two", "1", 36, 80),
]


def test_a_release_reads_back_as_it_was_and_a_changed_one_does_not():
    found = release_impact(table(SIMPSON))
    kept = json.loads(json.dumps(to_json(found)))
    assert restore(kept) == found
    for changed in (
        {**kept, "minimum": 6},
        {**kept, "rounds": ["2"]},
        {**kept, "tables": kept["tables"][1:]},
        {**kept, "hash": "0" * 64},
        {name: value for name, value in kept.items() if name != "hash"},
    ):
        with pytest.raises(ValueError, match="as it was made"):
            restore(changed)


def test_a_later_release_takes_a_restored_one_along_as_it_takes_the_first():
    first = release_impact(table([("a", "", "1", 8, 20), ("b", "", "1", 9, 22)]))
    both = table([("a", "", "1", 8, 20), ("b", "", "1", 9, 22), ("a", "", "2", 7, 15), ("b", "", "2", 6, 14)])
    again = restore(json.loads(json.dumps(to_json(first))))
    assert release_impact(both, earlier=(again,)) == release_impact(both, earlier=(first,))
    changed = table(
        [("a", "", "1", 9, 20), ("b", "", "1", 8, 22), ("a", "", "2", 7, 15), ("b", "", "2", 6, 14)]
    )
    with pytest.raises(ValueError, match="not what they were"):
        release_impact(changed, earlier=(again,))


def test_the_tests_of_shown_groups_are_those_of_everything_where_nothing_is_withheld():
    made = table([("a", "", "1", 12, 40), ("b", "", "1", 40, 80), ("c", "", "1", 20, 60)])
    whole = {one.group: one for one in impact(made).attributes[0].whole.groups}
    told = rates_of(release_impact(made).find("sex"))
    assert told == whole
    from scipy import stats

    assert told["a"].fisher_p == pytest.approx(stats.fisher_exact([[12, 28], [40, 40]])[1])


def test_units_that_turn_the_direction_round_are_told():
    found = release_impact(table(SIMPSON))
    (one,) = within(found, "sex", inside="unit")
    assert one.found.odds_ratio == pytest.approx(
        impact(table(SIMPSON)).attributes[0].whole.stratified[0].found.odds_ratio
    )
    assert one.reversed == impact(table(SIMPSON)).attributes[0].whole.stratified[0].reversed


def test_a_group_is_watched_up_to_the_first_round_that_does_not_show_it():
    shown = table(
        [("a", "", "1", 8, 20), ("b", "", "1", 9, 22), ("a", "", "3", 8, 20), ("b", "", "3", 9, 22)]
    )
    full = release_impact(shown)
    one, three = (full.find("sex", "round", name) for name in ("1", "3"))
    small = release_impact(table([("a", "", "2", 1, 7), ("b", "", "2", 9, 30)])).find("sex", "round", "2")
    for passed_over in (None, small):
        told = over_rounds([("1", one), ("2", passed_over), ("3", three)], ["a", "c"])
        assert [(each.group, [look.round for look in each.looks]) for each in told] == [("a", ["1"])]
    told = over_rounds([("1", one), ("3", three)], ["a", "b"])
    watch = impact(shown, reference="b").attributes[0].watch
    assert [(one.group, one.limit) for one in told] == [("a", 40), ("b", 40)]
    assert told[0].looks == watch.groups[0].looks
    assert over_rounds([("1", None)], ["a", "b"]) == ()
    assert over_rounds([("1", one)], ["a"]) == ()
