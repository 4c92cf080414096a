"""Impressions at equal evidence: R's penalized likelihood, planted effects, and when nothing is said."""

from dataclasses import fields, replace

import numpy as np
import pytest
from scipy.special import expit

from fairlead.core.impressions import Firth, ImpressionEffect, JudgedCase, impression_effect


def cases(effect, n=400, seed=1, *, noise=0.0, together=0.0, rounds=3):
    """Decisions in which a tenth more impressions adds ``effect`` to the log odds."""
    rng = np.random.default_rng(seed)
    evidence = rng.normal(3, 0.7, n)
    share = np.clip(0.3 + together * (evidence - 3) + rng.normal(0, 0.15, n), 0, 1)
    chance = expit(1.5 * (evidence - 3) + effect * (share - 0.3) * 10)
    promoted = rng.random(n) < chance
    seen = evidence + rng.normal(0, noise, n) if noise else evidence
    return [
        JudgedCase(round=str(at % rounds), evidence=float(e), impressions=float(s), promoted=bool(p))
        for at, (e, s, p) in enumerate(zip(seen, share, promoted, strict=True))
    ]


def test_the_fit_is_that_of_r():
    # R 4.2.2: optim() of the penalized log-likelihood, uniroot() of its profile, no package.
    n = 40
    x, z = np.linspace(-2, 2, n), np.tile([0.0, 1.0], n // 2)
    y = ((x + 0.8 * z + np.sin(np.arange(1, n + 1))) > 0.3).astype(float)
    fit = Firth(np.column_stack([np.ones(n), x, z]), y)
    assert fit.beta == pytest.approx([-0.699817, 1.901595, 1.399633], abs=2e-6)
    assert fit.likelihood == pytest.approx(-12.13426635, abs=1e-8)
    assert fit.interval(1, 0.95) == pytest.approx((0.9661263, 3.339369), abs=2e-6)
    assert fit.p(1) == pytest.approx(1.052904e-06, rel=1e-5)


def test_a_two_by_two_table_has_the_odds_ratio_of_half_a_person_more_in_each_cell():
    # Without other terms Firth's estimate is that of adding one half to each cell (Heinze & Schemper 2002).
    x = np.repeat([0.0, 1.0], [10, 12])
    y = np.array([1.0] * 3 + [0.0] * 7 + [1.0] * 12)
    fit = Firth(np.column_stack([np.ones(22), x]), y)
    assert np.exp(fit.beta[1]) == pytest.approx((12.5 / 0.5) / (3.5 / 7.5), rel=1e-6)


def test_a_planted_effect_is_found_and_none_is_not():
    moved = impression_effect(cases(0.4))
    assert moved.said == "raised"
    assert moved.low < np.exp(0.4) < moved.high
    assert moved.probability_step > 0
    assert "more promotions than the evidence explains" in moved.says
    assert impression_effect(cases(-0.5)).said == "lowered"
    none = impression_effect(cases(0.0))
    assert (none.said, none.low < 1 < none.high) == ("no clear effect", True)


def test_error_in_the_evidence_looks_like_an_effect_of_impressions_and_it_is_said():
    """The pitfall: evidence alone decides, impressions only go with it, the evidence is measured badly."""
    found = impression_effect(cases(0.0, n=3000, noise=0.8, together=0.15))
    assert found.low > 1
    assert "measured with error" in found.says


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda few: few[:29], "29 finished decisions; 30 are needed"),
        (lambda few: [replace(one, promoted=at < 9) for at, one in enumerate(few)], "9 ended “promoted”"),
        (
            lambda few: [replace(one, promoted=at >= 9) for at, one in enumerate(few)],
            "9 ended “not promoted”",
        ),
        (lambda few: [replace(few[0], raters=2), *few[1:]], "fewer than three people"),
        (lambda few: [replace(one, impressions=0.3) for one in few], "nearly the same in all cases"),
        (lambda few: [replace(one, evidence=3.0) for one in few], "The evidence was the same"),
    ],
)
def test_too_few_to_say_is_an_answer(change, why):
    found = impression_effect(change(cases(0.3, n=60)))
    assert found.said == "too few to say"
    assert why in found.too_little
    assert found.odds_ratio is None


def test_rounds_of_different_strictness_are_no_effect_of_impressions():
    """In one round more are promoted and more was rated by impression; within the rounds nothing."""
    rng = np.random.default_rng(3)
    easy = rng.random(600) < 0.5
    share = np.clip(np.where(easy, 0.5, 0.2) + rng.normal(0, 0.1, 600), 0, 1)
    promoted = rng.random(600) < np.where(easy, 0.7, 0.2)
    table = [
        JudgedCase(round=str(int(e)), evidence=float(v), impressions=float(s), promoted=bool(p))
        for e, v, s, p in zip(easy, rng.normal(3, 1, 600), share, promoted, strict=True)
    ]
    assert impression_effect(table).said == "no clear effect"
    assert impression_effect([replace(one, round="1") for one in table]).said == "raised"


def test_there_is_no_place_for_a_name():
    names = {field.name for one in (JudgedCase, ImpressionEffect) for field in fields(one)}
    assert not names & {"rater", "name", "person", "candidate", "member"}
