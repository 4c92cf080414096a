"""Factor structure: what is planted is found, chance is not taken for it, intervals hold what they say."""

import numpy as np
import pytest

from fairlead.core.factors import ENOUGH, RESAMPLES, chance_eigenvalues, leading, structure
from fairlead.core.reliability import omega, one_factor
from fairlead.core.scales import Scale, ScaleItem
from fairlead.core.tables import TableError

LOADINGS = np.array([0.8, 0.7, 0.6, 0.5])


def scale(items, reverse=()):
    return Scale(
        id="s",
        label="S",
        about="own",
        items=tuple(ScaleItem(id=f"q{at}", reverse=at in reverse) for at in range(items)),
        low_option=-9.0,
        high_option=9.0,
        min_answered=1,
    )


def one_thing(n, seed, loadings=LOADINGS):
    draw = np.random.default_rng(seed)
    factor = draw.standard_normal((n, 1))
    own = draw.standard_normal((n, len(loadings)))
    return np.clip(factor * loadings + own * np.sqrt(1 - loadings**2), -8.9, 8.9) + 0.001


def two_things(n, seed):
    return np.hstack([one_thing(n, seed), one_thing(n, seed + 1)])


@pytest.mark.parametrize("seed", range(4))
def test_one_planted_factor_is_found_and_two_are_told_apart(seed):
    assert structure(one_thing(400, seed), scale(4)).factors == 1
    assert structure(two_things(400, seed), scale(8)).factors == 2


def test_where_nothing_is_planted_about_one_table_in_twenty_shows_a_factor():
    draw = np.random.default_rng(5)
    by_chance = chance_eigenvalues(150, 5, draw)
    tables = (np.corrcoef(draw.standard_normal((150, 5)).T) for _ in range(400))
    found = sum(leading(np.linalg.eigvalsh(one)[::-1], by_chance) > 0 for one in tables)
    assert 8 <= found <= 34  # 20 expected, standard deviation 4.4


def test_chance_by_bartlett_is_that_of_random_tables_made_outright():
    quick = chance_eigenvalues(120, 5, np.random.default_rng(1))
    draw = np.random.default_rng(2)
    slow = np.quantile(
        [np.linalg.eigvalsh(np.corrcoef(draw.standard_normal((120, 5)).T))[::-1] for _ in range(3000)],
        0.95,
        axis=0,
    )
    assert quick == pytest.approx(slow, abs=0.02)


def test_eigenvalues_sum_to_the_number_of_items_and_fall():
    found = structure(one_thing(300, 3), scale(4))
    assert sum(found.eigenvalues) == pytest.approx(4)
    assert list(found.eigenvalues) == sorted(found.eigenvalues, reverse=True)


def test_loadings_and_omega_are_those_of_the_reliability_of_the_same_answers():
    answers = one_thing(300, 8)
    correlations = np.corrcoef(answers.T)
    found = structure(answers, scale(4))
    assert [one.value for one in found.loadings] == pytest.approx(one_factor(correlations).tolist(), abs=1e-9)
    assert found.omega == pytest.approx(omega(correlations), abs=1e-9)


def test_intervals_hold_the_truth_about_four_times_in_five():
    true = 1 - np.sum(1 - LOADINGS**2) / (np.sum(LOADINGS) ** 2 + np.sum(1 - LOADINGS**2))
    held = [0, 0]
    for seed in range(60):
        found = structure(one_thing(250, 1000 + seed), scale(4), seed=seed)
        held[0] += found.low <= true <= found.high
        held[1] += found.loadings[0].low <= LOADINGS[0] <= found.loadings[0].high
    assert all(38 <= count <= 57 for count in held)


def test_a_reversed_item_is_turned_before_it_is_looked_at():
    answers = one_thing(300, 4)
    turned = answers.copy()
    turned[:, 1] = -turned[:, 1]
    mine, same = structure(turned, scale(4, reverse={1})), structure(answers, scale(4))
    assert [one.value for one in mine.loadings] == pytest.approx([one.value for one in same.loadings])
    assert min(one.value for one in structure(turned, scale(4)).loadings) < 0


def test_only_people_who_answered_everything_are_counted():
    answers = one_thing(300, 6)
    answers[:50, 0] = np.nan
    answers[50:60, 2] = 0.0  # not part of the work
    found = structure(answers, scale(4))
    assert found.n == 240
    assert found.eigenvalues == structure(answers[60:], scale(4)).eigenvalues


@pytest.mark.parametrize(
    ("answers", "items", "told"),
    [
        (one_thing(ENOUGH - 1, 1), 4, "It takes 100 people who answered every item; 99 did."),
        (one_thing(500, 1)[:, :2], 2, "It takes three items"),
        (np.where(np.arange(4) == 1, 3.0, one_thing(500, 1)), 4, "does not vary"),
        (np.empty((0, 4)), 4, "0 did"),
    ],
)
def test_too_little_is_said_and_no_figure_given(answers, items, told):
    found = structure(answers, scale(items))
    assert told in found.too_little
    assert found.factors is None
    assert found.omega is None
    assert found.eigenvalues == found.loadings == ()


def test_the_same_answers_give_the_same_figures_twice():
    answers = one_thing(150, 9)
    assert structure(answers, scale(4)) == structure(answers, scale(4))


def test_items_that_no_factor_describes_are_told_with_their_eigenvalues():
    draw = np.random.default_rng(12)
    shared = draw.standard_normal((300, 1))
    answers = np.hstack(
        [shared, shared + 0.001 * draw.standard_normal((300, 1)), draw.standard_normal((300, 1))]
    )
    found = structure(np.clip(answers, -8.9, 8.9) + 0.0001, scale(3))
    assert found.eigenvalues
    assert found.omega is None
    assert "One factor does not describe" in found.too_little


def test_answers_outside_the_options_are_refused():
    with pytest.raises(TableError):
        structure(np.full((200, 4), 99.0), scale(4))


def test_a_large_table_takes_fewer_resamples_and_says_the_same():
    assert RESAMPLES == 400
    found = structure(one_thing(60_000, 2), scale(4))
    assert [one.value for one in found.loadings] == pytest.approx(LOADINGS.tolist(), abs=0.02)
    assert found.high - found.low < 0.01
