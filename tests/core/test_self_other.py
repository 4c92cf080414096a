"""Response surfaces against R's lm, against surfaces that are known, and where there is none."""

import json
from pathlib import Path

import numpy as np
import pytest

from fairlead.core.self_other import FEWEST, self_other

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "agreement" / "expected.json").read_text())[
    "surface"
]


def of_r(**said):
    columns = (np.array(GOLDEN[name]) for name in ("own", "others", "outcome"))
    return self_other(*columns, middle=3.0, **said)


@pytest.mark.parametrize(("robust", "kind"), [(True, "hc0"), (False, "ols")])
def test_coefficients_surface_and_errors_are_those_of_r(robust, kind):
    surface = of_r(robust=robust).surface
    assert [one.value for one in surface.coefficients] == pytest.approx(GOLDEN["b"], abs=1e-10)
    assert [one.se for one in surface.coefficients] == pytest.approx(GOLDEN[f"se_{kind}"], rel=1e-6)
    tests = (surface.a1, surface.a2, surface.a3, surface.a4, surface.a5)
    assert [one.value for one in tests] == pytest.approx(GOLDEN["a"], abs=1e-10)
    assert [one.se for one in tests] == pytest.approx(GOLDEN[f"a_se_{kind}"], rel=1e-6)


def test_explained_variance_curvature_and_ridge_are_those_of_r():
    surface = of_r().surface
    assert surface.r2 == pytest.approx(GOLDEN["r2"], abs=1e-12)
    assert surface.r2_linear == pytest.approx(GOLDEN["r2_linear"], abs=1e-12)
    assert surface.p_curved == pytest.approx(GOLDEN["p_curved"], rel=1e-8)
    assert surface.peak == pytest.approx(GOLDEN["peak"], rel=1e-9)
    ridge = (surface.ridge_slope.value, surface.ridge_intercept.value)
    assert ridge == pytest.approx(GOLDEN["ridge"], rel=1e-9)


def people(n, seed=1):
    chance = np.random.default_rng(seed)
    level = chance.normal(3, 0.6, n)
    return level + chance.normal(0, 0.5, n), level + chance.normal(0, 0.5, n), chance


def test_agreement_that_helps_at_every_level_is_strict_congruence():
    own, others, chance = people(600)
    found = self_other(own, others, -((own - others) ** 2) + chance.normal(0, 0.4, 600), middle=3.0)
    assert found.congruence == "strict"
    assert found.surface.a4.value == pytest.approx(-4, abs=0.4)


def test_agreement_that_helps_more_at_high_levels_is_broad_congruence():
    own, others, chance = people(600)
    outcome = own + others - (own - others) ** 2 + chance.normal(0, 0.4, 600)
    found = self_other(own, others, outcome, middle=3.0)
    assert found.congruence == "broad"
    assert found.surface.a1.value == pytest.approx(2, abs=0.2)


def test_what_only_others_see_is_no_congruence_although_the_difference_score_would_predict_it():
    """The planted mistake: the outcome follows others alone, so the difference correlates with it."""
    own, others, chance = people(600)
    outcome = others + chance.normal(0, 0.4, 600)
    found = self_other(own, others, outcome, middle=3.0)
    assert abs(np.corrcoef(own - others, outcome)[0, 1]) > 0.3
    assert found.congruence == "not shown"
    assert found.surface.coefficients[2].value == pytest.approx(1, abs=0.15)
    assert found.surface.coefficients[1].value == pytest.approx(0, abs=0.15)


def test_both_are_centred_on_one_point_so_that_equal_stays_equal():
    own, others, chance = people(200)
    own = own + 1.0
    found = self_other(own, others, chance.normal(size=200))
    assert found.surface.middle == pytest.approx((own.mean() + others.mean()) / 2)


def test_moving_the_middle_changes_no_bend_and_no_fit():
    one, other = of_r(), self_other(*(np.array(GOLDEN[n]) for n in ("own", "others", "outcome")), middle=1.0)
    assert one.surface.r2 == pytest.approx(other.surface.r2, abs=1e-10)
    assert one.surface.a2.value == pytest.approx(other.surface.a2.value, abs=1e-8)
    assert one.surface.a4.value == pytest.approx(other.surface.a4.value, abs=1e-8)


def test_too_few_people_get_no_surface_and_are_told_how_many_it_takes():
    own, others, chance = people(FEWEST)
    enough = self_other(own, others, chance.normal(size=FEWEST))
    assert enough.surface is not None
    missing = own.copy()
    missing[0] = np.nan
    found = self_other(missing, others, chance.normal(size=FEWEST))
    assert (found.surface, found.congruence, found.left_out) == (None, "", 1)
    assert found.too_little == f"{FEWEST - 1} people have all three values; a surface takes {FEWEST}."
    assert found.correlation is not None


def test_each_person_is_counted_once_as_higher_lower_or_in_agreement():
    own, others, chance = people(300)
    found = self_other(own, others, chance.normal(size=300))
    assert found.self_higher + found.in_agreement + found.other_higher == found.n == 300
    z = (own - own.mean()) / own.std(ddof=1) - (others - others.mean()) / others.std(ddof=1)
    assert found.self_higher == sum(z > 0.5)


@pytest.mark.parametrize(
    ("own", "outcome", "why"),
    [
        (lambda others: others, lambda n: np.arange(n, dtype=float), "move as one"),
        (lambda others: np.full(len(others), 3.0), lambda n: np.arange(n, dtype=float), "do not vary enough"),
        (lambda others: others[::-1].copy(), lambda n: np.full(n, 2.0), "the same for everybody"),
    ],
)
def test_without_variation_there_is_no_surface_and_a_reason(own, outcome, why):
    _, others, _ = people(100)
    found = self_other(own(others), others, outcome(100))
    assert found.surface is None
    assert why in found.too_little


def test_nobody_at_all_is_no_error():
    empty = np.empty(0)
    found = self_other(empty, empty, empty)
    assert (found.n, found.self_mean, found.correlation, found.surface) == (0, None, None, None)


def test_columns_of_other_lengths_are_refused():
    with pytest.raises(ValueError, match="3, 2 and 3 values"):
        self_other(np.zeros(3), np.zeros(2), np.zeros(3))
