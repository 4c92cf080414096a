"""Fit, separation and agreement, by the formulas of many-facet Rasch programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.special import chdtrc

from fairlead.core.products import dot
from fairlead.core.rater_residuals import (
    INFIT_SPREAD,
    INFORMATION,
    OUTFIT_SPREAD,
    SQUARED,
    SURPRISE,
)
from fairlead.core.rater_results import Fit, RaterAgreement, Separation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairlead.core.rater_residuals import Residuals

    Floats = NDArray[np.float64]

_LARGEST_Z: Final = 9.9
"""Deviates beyond this are told as this: their size means nothing any more."""

NO_FIT: Final = Fit(infit=None, outfit=None, infit_z=None, outfit_z=None)


def fits(sums: Floats, counted: Floats, without: NDArray[np.bool_]) -> list[Fit]:
    """Give infit and outfit with their standardized forms.

    Parameters
    ----------
    sums
        The five sums of :mod:`fairlead.core.rater_residuals`, one column each.
    counted
        Ratings behind each column.
    without
        Columns for which there is no fit: extreme ones, whose ratings can only be as expected.

    Notes
    -----
    infit = sum (x - E)^2 / sum V, outfit = mean (x - E)^2 / V; with the kurtosis C of each rating their
    variances are sum (C - V^2) / (sum V)^2 and sum (C / V^2 - 1) / n^2. The deviate of a mean square m with
    standard deviation q is (m^(1/3) - 1) 3 / q + q / 3 (Wright & Masters 1982).
    """
    none = without | (counted <= 0)
    count = np.where(none, 1.0, counted)
    information = np.where(none, 1.0, sums[INFORMATION])
    infit, outfit = sums[SURPRISE] / information, sums[SQUARED] / count
    infit_z = _deviates(infit, np.maximum(sums[INFIT_SPREAD], 0.0) / information**2)
    outfit_z = _deviates(outfit, np.maximum(sums[OUTFIT_SPREAD], 0.0) / count**2)
    columns = zip(
        none.tolist(), infit.tolist(), outfit.tolist(), infit_z.tolist(), outfit_z.tolist(), strict=True
    )
    return [
        NO_FIT if absent else Fit(infit=one, outfit=two, infit_z=z_one, outfit_z=z_two)
        for absent, one, two, z_one, z_two in columns
    ]


def _deviates(square: Floats, variance: Floats) -> Floats:
    q = np.sqrt(np.maximum(variance, 1e-12))
    q = np.minimum(q, np.sqrt(2.0))  # as winsteps does: a wilder spread would turn the deviate around
    found: Floats = (np.cbrt(square) - 1.0) * 3.0 / q + q / 3.0
    return np.clip(found, -_LARGEST_Z, _LARGEST_Z)


def separation(estimates: Floats, errors: Floats) -> Separation:
    """Say how far estimates lie apart beside their errors.

    Notes
    -----
    True variance = variance seen - mean squared error; separation G = true SD / RMSE; strata (4 G + 1) / 3;
    reliability G^2 / (1 + G^2); fixed chi-square sum w d^2 - (sum w d)^2 / sum w with w = 1 / error^2.
    """
    count = len(estimates)
    if count < 2:
        return Separation(
            n=count, rmse=None, true_sd=None, separation=None, strata=None, reliability=None,
            separation_sample=None, strata_sample=None, reliability_sample=None, chi_square=None, df=0,
            p=None,
        )  # fmt: skip
    squared = np.maximum(errors, 1e-9) ** 2
    rmse = float(np.sqrt(squared.mean()))
    population = _ratio(float(estimates.var()), rmse)
    sample = _ratio(float(estimates.var(ddof=1)), rmse)
    weight = 1.0 / squared
    chi_square = dot(weight, estimates**2) - dot(weight, estimates) ** 2 / float(weight.sum())
    return Separation(
        n=count,
        rmse=rmse,
        true_sd=population * rmse,
        separation=population,
        strata=(4.0 * population + 1.0) / 3.0,
        reliability=population**2 / (1.0 + population**2),
        separation_sample=sample,
        strata_sample=(4.0 * sample + 1.0) / 3.0,
        reliability_sample=sample**2 / (1.0 + sample**2),
        chi_square=chi_square,
        df=count - 1,
        p=float(chdtrc(count - 1, max(chi_square, 0.0))),
    )


def _ratio(variance: float, rmse: float) -> float:
    return float(np.sqrt(max(variance - rmse * rmse, 0.0))) / rmse


def agreement(found: Residuals) -> RaterAgreement:
    """Say how often two raters gave the same score, and how often that was expected."""
    pairs = found.pairs_of_raters
    if not pairs:
        return RaterAgreement(pairs=0, exact=None, expected=None)
    return RaterAgreement(pairs=pairs, exact=found.exact / pairs, expected=found.exact_expected / pairs)
