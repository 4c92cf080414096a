"""Scales against published and independently computed figures that lie beside a checkout."""

import csv
import itertools
import json
import os
from pathlib import Path

import numpy as np
import pytest

from fairlead.core.reliability import alpha
from fairlead.core.scales import Scale, ScaleItem, score
from fairlead.core.tables import Answers

pytestmark = pytest.mark.reference

BESIDE = Path(__file__).parents[2].parent / "shared" / "data"
DATA = Path(os.environ.get("FAIRLEAD_REFERENCE_DATA", BESIDE))


def needed(*parts):
    path = DATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"REFERENCE DATA ABSENT: ../shared/data/{'/'.join(parts)}")
    return path


@pytest.fixture(scope="module")
def keyed():
    """The 25 items of 2,800 people by scale, reversed ones turned; NaN where an answer is missing."""
    keys = json.loads(needed("psych", "bfi.keys.json").read_text())
    with needed("psych", "bfi.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))

    def column(key):
        name = key.lstrip("-")
        said = np.array([float(row[name]) if row[name] not in {"", "NA"} else np.nan for row in rows])
        return 7 - said if key.startswith("-") else said

    return {scale: np.column_stack([column(key) for key in names]) for scale, names in keys.items()}


def test_alpha_of_the_agreeableness_items_is_that_of_r_psych(keyed):
    assert alpha(keyed["agree"]) == pytest.approx(0.7030184, abs=5e-8)


def test_alphas_of_all_five_scales_are_those_of_r_psych_with_its_filled_gaps(keyed):
    """psych::scoreItems fills gaps with the item's median before it computes alpha."""
    published = json.loads(needed("psych", "reference.json").read_text())["bfi"]["alpha"]
    for scale, answers in keyed.items():
        filled = np.where(np.isnan(answers), np.nanmedian(answers, axis=0), answers)
        assert alpha(filled) == pytest.approx(published[scale], abs=5e-9)


def test_scale_means_are_those_of_r_psych(keyed):
    """Means over people of the score of all items, gaps filled as psych fills them."""
    published = json.loads(needed("psych", "reference.json").read_text())["bfi"]["scale_mean"]
    for scale, answers in keyed.items():
        filled = np.where(np.isnan(answers), np.nanmedian(answers, axis=0), answers)
        means = [_score(row).score for row in filled]
        assert np.mean(means) == pytest.approx(published[scale], abs=5e-9)


def test_alpha_of_the_table_of_shrout_and_fleiss():
    with needed("scales_icc", "shrout_fleiss_1979.csv").open(newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert alpha(np.array(rows, dtype=float)) == pytest.approx(0.9093155, abs=5e-8)


def test_intervals_from_three_items_cover_what_the_other_two_say_in_about_eight_of_ten(keyed):
    """The 80 % interval was built on frequency scales of five options; here are six options and real people.

    The mean of two further items is itself uncertain: its part of the variance is added by hand.
    """
    for scale, answers in keyed.items():
        whole = answers[~np.isnan(answers).any(axis=1)][:150]
        held = []
        for row in whole:
            for three in itertools.combinations(range(5), 3):
                found = _score(row[list(three)])
                half = _half_without_clipping(row[list(three)], found)
                wider = half * np.sqrt((1 / 3 + 1 / 2) / (1 / 3))
                rest = row[[item for item in range(5) if item not in three]].mean()
                held.append(abs(rest - found.score) <= wider + 1e-9)
        assert 0.76 <= np.mean(held) <= 0.88, scale


def _score(row):
    names = [f"i{j}" for j in range(len(row))]
    scale = Scale(
        id="s",
        label="S",
        about="own",
        items=tuple(ScaleItem(id=name) for name in names),
        low_option=1,
        high_option=6,
        min_answered=2,
    )
    values = dict(zip(names, map(float, row), strict=True))
    said = Answers(instrument="bfi", version="1", answered_on="2026-01-01", values=values, texts={})
    return score(said, [scale]).scores[0]


def _half_without_clipping(row, found):
    """Half of the interval from the side that was not cut at the options; by formula where both were."""
    from scipy import stats

    if found.high < 6 and found.low > 1:
        return (found.high - found.low) / 2
    variance = (4 * 1.0**2 + 2 * row.var(ddof=1)) / 6
    return stats.t.ppf(0.9, 6) * np.sqrt(variance / 3)
