"""What may be shown of impact: the silent, the small, the many tables, and later rounds."""

from dataclasses import replace

import numpy as np
import pytest

from fairlead.core.decisions import Attribute, Decisions, attribute
from fairlead.core.impact_release import ReleasedImpact, release_impact
from fairlead.core.impact_shown import Layout
from fairlead.core.safe_counts import Bounds


def ricci():
    """The published counts of Ricci v. DeStefano by position."""
    counts = [
        ("B", 0, 3, 8),
        ("H", 0, 3, 8),
        ("W", 0, 16, 25),
        ("B", 1, 6, 19),
        ("H", 1, 3, 15),
        ("W", 1, 25, 43),
    ]
    words, unit, passed = [], [], []
    for group, where, x, n in counts:
        words += [group] * n
        unit += [where] * n
        passed += [1] * x + [0] * (n - x)
    return Decisions(
        steps=("promoted",), passed=np.array(passed), open=np.zeros(len(passed), bool),
        attributes=(attribute("race", words),),
        strata=Attribute(name="position", values=("Captain", "Lieutenant"), of=np.array(unit)),
    )  # fmt: skip


def shown(table):
    return {one.group: (one.n, one.selected) for one in table.groups}


def test_small_counts_are_withheld_and_what_is_known_of_them_together_is_told():
    found = release_impact(ricci())
    assert shown(found.find("race")) == {"B": (27, 9), "H": (23, 6), "W": (68, 41)}
    captains = found.find("race", stratum="Captain")
    assert shown(captains) == {"B": (8, None), "H": (8, None), "W": (25, 16), "B, H": (16, 6)}
    together = captains.groups[-1]
    assert together.together == ("B", "H")
    assert together.impact_ratio == pytest.approx(0.5859375)
    assert (found.audit.passed, found.audit.minimum) == (True, 5)


def test_within_the_units_all_others_are_compared_from_shown_counts():
    whole = release_impact(ricci()).find("race")
    assert whole.mantel_haenszel.odds_ratio == pytest.approx(0.284622, abs=5e-7)
    assert whole.says == "Everybody else beside W within each position (2 of 2 shown in full)."


def test_no_figure_is_made_from_a_withheld_count():
    for table in release_impact(ricci()).tables:
        for one in table.groups:
            if one.n is None or one.selected is None:
                assert (one.rate, one.impact_ratio, one.mid_p, one.low, one.shortfall) == (None,) * 5
                assert one.said == "too few to say"


def test_nobody_else_makes_a_release():
    with pytest.raises(TypeError, match=r"Only core\.impact_release"):
        ReleasedImpact(tables=(), audit=None, minimum=5, rounds=(), shown=(), notes=(), seal=object())


def test_a_value_that_means_no_value_is_refused():
    table = ricci()
    named = Attribute(name="race", values=("B", "not stated", "W"), of=table.attributes[0].of)
    with pytest.raises(ValueError, match="it stands for rows that have none"):
        release_impact(replace(table, attributes=(named,)))


def test_the_minimum_is_five_or_more():
    with pytest.raises(ValueError, match="5 or more"):
        release_impact(ricci(), minimum=4)
    assert release_impact(ricci(), minimum=7).audit.minimum == 7


def drawn(seed, people=240, rounds=2, *, silent=0.1, waiting=0.0, rare=0.06):
    """People of two attributes in three units and some rounds, with rare groups."""
    rng = np.random.default_rng(seed)
    sex = rng.choice(["man", "woman", "x", ""], people, p=[0.5, 0.5 - rare - silent, rare, silent])
    origin = rng.choice(["north", "south"], people, p=[0.8, 0.2])
    passed = (rng.random(people) < 0.5).astype(np.int64)
    passed += passed * (rng.random(people) < 0.4)
    return Decisions(
        steps=("short", "promoted"), passed=passed, open=(passed < 2) & (rng.random(people) < waiting),
        attributes=(attribute("sex", sex.tolist()), attribute("origin", origin.tolist())),
        strata=Attribute(name="unit", values=tuple("xyz"), of=rng.integers(0, 3, people)),
        rounds=Attribute(
            name="round", values=tuple(str(at) for at in range(1, rounds + 1)),
            of=np.sort(rng.integers(0, rounds, people)),
        ),
    )  # fmt: skip


def true_counts(table, at):
    """Count the rows of a released table again, from the beginning."""
    rows = np.ones(len(table), bool)
    entered, selected = table.whole()
    if at.scope == "step":
        step = table.steps.index(at.name)
        entered, selected = table.entered(step), table.selected(step)
    if at.scope == "round":
        rows &= table.rounds.of == table.rounds.values.index(at.name)
    if at.stratum:
        rows &= table.strata.of == table.strata.values.index(at.stratum)
    found = {}
    for one in at.groups:
        mine = np.zeros(len(table), bool)
        for name in one.together or (one.group,):
            for column in table.attributes:
                if at.attribute == column.name:
                    place = column.values.index(name) if name in column.values else -1
                    mine |= column.of == place
        found[one.group] = (int((rows & entered & mine).sum()), int((rows & selected & mine & entered).sum()))
    return found


@pytest.mark.parametrize(
    ("both", "waiting", "least"),
    [(False, 0.0, 21), (False, 0.1, 1), pytest.param(True, 0.0, 21, marks=pytest.mark.slow)],
)
def test_what_is_shown_is_true_in_every_table(both, waiting, least):
    table = drawn(3, people=120 if waiting else 240, waiting=waiting)
    if not both:
        table = replace(table, attributes=table.attributes[:1])
    found = release_impact(table)
    looked = 0
    for at in found.tables:
        if at.attribute == "sex, origin":
            continue
        truth = true_counts(table, at)
        for one in at.groups:
            for told, true in zip((one.n, one.selected), truth[one.group], strict=True):
                assert told is None or told == true
                looked += told is not None
    assert looked >= least


def test_the_silent_are_withheld_like_any_other_small_group():
    words = ["woman"] * 20 + ["man"] * 20 + [""] * 3
    passed = np.array([1] * 8 + [0] * 12 + [1] * 9 + [0] * 11 + [1, 0, 0])
    found = release_impact(stated(words, passed)).find("sex").groups
    assert found[-1].group == "not stated"
    assert (found[-1].n, found[-1].selected) == (None, None)
    many = (
        release_impact(stated([*words, *[""] * 20], np.append(passed, [1] * 9 + [0] * 11))).find("sex").groups
    )
    assert (many[-1].n, many[-1].selected) == (23, 10)


def stated(words, passed):
    return Decisions(
        steps=("promoted",), passed=np.asarray(passed), open=np.zeros(len(words), bool),
        attributes=(attribute("sex", list(words)),),
    )  # fmt: skip


def possible(total, selected, table):
    """Every table that two groups may have had, by brute force, given what is shown."""
    groups = [(one.n, one.selected) for one in table.groups]
    (n, x), (silent, chosen) = groups
    return [
        (mine, mine_selected)
        for mine in range(total + 1)
        for mine_selected in range(selected + 1)
        if mine_selected <= mine
        and selected - mine_selected <= total - mine
        and n in {None, mine}
        and x in {None, mine_selected}
        and silent in {None, total - mine}
        and chosen in {None, selected - mine_selected}
    ]


@pytest.mark.parametrize("mine", [1, 3, 6, 12, 30, 36])
@pytest.mark.parametrize("mine_selected", [0, 1, 3, 6])
@pytest.mark.parametrize("selected", [6, 10])
def test_where_one_value_is_stated_nobody_learns_how_all_or_none_of_them_fared(mine, mine_selected, selected):
    total = 36
    if not 0 <= selected - mine_selected <= total - mine or mine_selected > mine:
        mine_selected = min(mine, selected)
    passed = [1] * mine_selected + [0] * (mine - mine_selected)
    passed += [1] * (selected - mine_selected) + [0] * (total - mine - selected + mine_selected)
    table = release_impact(stated(["yes"] * mine + [""] * (total - mine), passed)).find("sex")
    left = possible(total, selected, table)
    cells = {
        "selected": (mine_selected, {x for _, x in left}),
        "refused": (mine - mine_selected, {n - x for n, x in left}),
        "silent, selected": (selected - mine_selected, {selected - x for _, x in left}),
        "silent, refused": (
            total - mine - selected + mine_selected,
            {total - n - selected + x for n, x in left},
        ),
    }
    for name, (true, could_be) in cells.items():
        assert true in could_be
        if true < 5:
            assert max(could_be) >= 5, name
            assert max(could_be) - min(could_be) >= 5, name


def test_the_most_telling_tables_lose_least():
    found = release_impact(one_attribute(drawn(5, people=300)))
    assert found.find("sex").withheld < found.find("sex", stratum="x").withheld


def cut(table, rounds):
    """The same file as it stood after some rounds."""
    rows = table.rounds.of < rounds
    return Decisions(
        steps=table.steps, passed=table.passed[rows], open=table.open[rows],
        attributes=tuple(
            Attribute(name=one.name, values=one.values, of=one.of[rows]) for one in table.attributes
        ),
        strata=Attribute(name="unit", values=table.strata.values, of=table.strata.of[rows]),
        rounds=Attribute(name="round", values=table.rounds.values[:rounds], of=table.rounds.of[rows]),
    )  # fmt: skip


def open_enough(table, shown_counts):
    """Attack two releases together: the small counts that everything shown leaves too few values."""
    layout = Layout(table, [rounds for rounds, _ in shown_counts])
    withheld = ~layout.counts.known
    for rounds, known in shown_counts:
        withheld &= ~layout.marked(rounds, known)
    bounds = Bounds(layout.counts, withheld & (layout.counts.ceilings > 0), 5)
    return [cell for cell in bounds.small if not bounds.check(cell)]


def one_attribute(table):
    return Decisions(
        steps=table.steps[:1], passed=np.minimum(table.passed, 1), open=np.zeros(len(table), bool),
        attributes=table.attributes[:1], strata=table.strata, rounds=table.rounds,
    )  # fmt: skip


@pytest.mark.slow
def test_two_releases_taken_together_give_nothing_away_and_apart_they_would():
    careless = 0
    for seed in range(2):
        table = one_attribute(drawn(seed, people=150, silent=0.05, rare=0.1))
        first = release_impact(cut(table, 1))
        second = release_impact(table, earlier=[first])
        kept = [(first.rounds, first.shown), (second.rounds, second.shown)]
        assert open_enough(table, kept) == []
        alone = release_impact(table)
        careless += bool(open_enough(table, [kept[0], (alone.rounds, alone.shown)]))
    assert careless


def test_a_former_release_of_other_rounds_or_other_answers_is_refused():
    table = one_attribute(drawn(1, people=80))
    first = release_impact(cut(table, 1))
    other = one_attribute(drawn(2, people=80))
    with pytest.raises(ValueError, match="not what they were"):
        release_impact(other, earlier=[first])
    with pytest.raises(ValueError, match="not the first ones"):
        release_impact(cut(table, 1), earlier=[release_impact(table)])
    strict = release_impact(cut(table, 1), minimum=8)
    with pytest.raises(ValueError, match="larger minimum"):
        release_impact(table, earlier=[strict])


def test_the_same_release_again_shows_the_same():
    table = one_attribute(drawn(1, people=80))
    first = release_impact(table)
    assert release_impact(table, earlier=[first]).shown == first.shown
