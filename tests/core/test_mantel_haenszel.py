"""Groups compared inside strata: R, statsmodels and full enumeration say the same."""

from fractions import Fraction
from itertools import product
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.mantel_haenszel import mantel_haenszel

BERKELEY = [
    # Admitted and all: men, women, by department (UCBAdmissions of R; Bickel, Hammel & O'Connell 1975).
    (512, 825, 89, 108), (353, 560, 17, 25), (120, 325, 202, 593), (138, 417, 131, 375), (53, 191, 94, 393),
    (22, 373, 24, 341),
]  # fmt: skip


def test_berkeley_is_as_in_r_and_statsmodels():
    found = mantel_haenszel(BERKELEY)
    # R 4.2.2, mantelhaen.test(UCBAdmissions), correct=FALSE, correct=TRUE, exact=TRUE.
    assert found.odds_ratio == pytest.approx(0.9046968, abs=5e-8)
    assert (found.low, found.high) == pytest.approx((0.7719074, 1.0603298), abs=5e-8)
    assert found.chi_square == pytest.approx(1.5246, abs=5e-5)
    assert found.corrected_chi_square == pytest.approx(1.4269, abs=5e-5)
    assert found.corrected_p == pytest.approx(0.2322635, abs=5e-8)
    assert found.exact_p == pytest.approx(0.2277625, abs=5e-8)
    # statsmodels 0.15, StratifiedTable.test_equal_odds(adjust=True), riskratio_pooled.
    assert found.homogeneity == pytest.approx(18.82550125, abs=1e-7)
    assert found.homogeneity_p == pytest.approx(0.0020714014, abs=1e-9)
    assert found.impact_ratio == pytest.approx(0.944905022595929, abs=1e-12)
    assert (found.strata, found.silent_strata, found.n) == (6, 0, 4526)


@st.composite
def strata(draw):
    found = []
    for _ in range(draw(st.integers(1, 3))):
        n, m = draw(st.integers(0, 6)), draw(st.integers(0, 6))
        found.append((draw(st.integers(0, n)), n, draw(st.integers(0, m)), m))
    return found


@given(strata())
def test_the_exact_p_is_that_of_listing_every_table(tables):
    found = mantel_haenszel(tables)
    if not found.strata:
        assert found.exact_p is None
        assert found.too_little
        return
    supports = []
    for x, n, y, m in tables:
        drawn = x + y
        supports.append({
            k: Fraction(comb(n, k) * comb(m, drawn - k), comb(n + m, drawn))
            for k in range(max(0, drawn - m), min(n, drawn) + 1)
        })  # fmt: skip
    chances = {}
    for chosen in product(*(one.items() for one in supports)):
        weight = Fraction(1)
        for _, part in chosen:
            weight *= part
        total = sum(k for k, _ in chosen)
        chances[total] = chances.get(total, Fraction(0)) + weight
    seen = chances[sum(one[0] for one in tables)]
    assert found.exact_p == pytest.approx(float(sum(w for w in chances.values() if w <= seen)), abs=1e-9)


def test_the_order_of_strata_and_strata_without_news_change_nothing():
    silent = [(0, 5, 0, 7), (4, 4, 3, 3), (2, 6, 0, 0)]
    found, more = mantel_haenszel(BERKELEY), mantel_haenszel(silent + BERKELEY[::-1])
    assert more.silent_strata == 3
    assert (more.odds_ratio, more.p, more.exact_p) == pytest.approx(
        (found.odds_ratio, found.p, found.exact_p), rel=1e-9
    )


def test_one_stratum_has_the_plain_odds_ratio_and_no_homogeneity():
    found = mantel_haenszel([(3, 8, 16, 25)])
    assert found.odds_ratio == pytest.approx((3 * 9) / (5 * 16))
    assert found.homogeneity_p is None


def test_nothing_to_compare_is_said_and_not_computed():
    found = mantel_haenszel([(0, 4, 0, 9), (3, 3, 2, 2)])
    assert (found.odds_ratio, found.p, found.exact_p, found.impact_ratio) == (None, None, None, None)
    assert found.too_little.endswith("selected.")
    assert mantel_haenszel([]).strata == 0


def test_nobody_selected_of_the_group_is_an_odds_ratio_of_zero_and_the_exact_test_still_speaks():
    found = mantel_haenszel([(0, 10, 8, 10), (0, 10, 7, 10)])
    assert found.odds_ratio == 0
    assert found.low is None
    assert found.exact_p < 0.001


def test_all_of_the_group_selected_has_no_odds_ratio_and_says_so():
    found = mantel_haenszel([(10, 10, 2, 10)])
    assert found.odds_ratio is None
    assert found.too_little
    assert found.exact_p < 0.001
