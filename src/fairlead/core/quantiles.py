"""Quantiles that intervals are made of."""

from __future__ import annotations


def t_quantile(degrees: float, probability: float) -> float:
    """Quantile of Student's t distribution.

    Parameters
    ----------
    degrees
        Degrees of freedom, more than 0; need not be whole.
    probability
        Between 0 and 1, e.g. 0.9 for the upper end of a two-sided 80 % interval.

    Returns
    -------
    float
        The value that a t-distributed number stays below with that probability.

    Notes
    -----
    Computed by ``scipy.special.stdtrit``. The import stands inside because it takes longer than
    everything else that ``fairlead --help`` or ``fairlead roles`` do.

    Examples
    --------
    >>> round(t_quantile(4, 0.9), 6)
    1.533206
    """
    from scipy.special import stdtrit  # noqa: PLC0415 - half a second that most commands do not need

    return float(stdtrit(degrees, probability))
