"""Self beside others, without difference scores: polynomial regression and its response surface."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

FEWEST: Final = 60
"""People from which on a surface is drawn: ten for each of its six coefficients."""

LEVEL: Final = 0.95
"""Coverage of the intervals, and of the conditions under which congruence is said."""

HALF: Final = 0.5
"""Standard deviations that self and others must lie apart to count as apart."""

TERMS: Final = ("constant", "self", "other", "self squared", "self times other", "other squared")


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number with its standard error and 95 % interval."""

    value: float
    se: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """The response surface Z = b0 + b1 X + b2 Y + b3 X² + b4 XY + b5 Y²; X is self, Y others.

    ``coefficients`` are b0 to b5. ``a1`` and ``a2``: slope and bend along the line on which self and
    others say the same; ``a3`` and ``a4``: along the line on which they say the opposite; ``a5`` is
    b3 - b5. ``ridge_slope`` and ``ridge_intercept`` describe the first principal axis, ``None`` where
    the surface is flat or has none. ``peak`` is where the surface neither rises nor falls.
    """

    coefficients: tuple[Estimate, ...]
    a1: Estimate
    a2: Estimate
    a3: Estimate
    a4: Estimate
    a5: Estimate
    ridge_slope: Estimate | None
    ridge_intercept: Estimate | None
    peak: tuple[float, float] | None
    r2: float
    r2_linear: float
    p_curved: float | None
    middle: float
    errors: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfOther:
    """Self beside others over people, and what goes with it.

    ``self_higher``, ``in_agreement`` and ``other_higher`` count people whose standardized values lie
    more than half a standard deviation apart, or not (in the sample at hand, no verdict on a
    person). ``congruence`` is ``"strict"``, ``"broad"``, ``"not shown"`` or ``""`` without a surface.
    """

    n: int
    left_out: int
    self_mean: float | None
    self_sd: float | None
    other_mean: float | None
    other_sd: float | None
    correlation: float | None
    self_higher: int
    in_agreement: int
    other_higher: int
    surface: Surface | None
    congruence: str
    too_little: str = ""


def self_other(
    own: NDArray[np.float64],
    others: NDArray[np.float64],
    outcome: NDArray[np.float64],
    *,
    middle: float | None = None,
    robust: bool = True,
) -> SelfOther:
    """Set self beside others and see what an outcome does where they agree and where they do not.

    Parameters
    ----------
    own, others
        One value per person on one common scale, in the same options; NaN where missing.
    outcome
        What may go with them, one value per person, in any unit.
    middle
        Subtracted from both alike; the middle of the common scale. The mean of both together if
        none is given. Never each one's own mean: equal values would be equal no longer.
    robust
        Standard errors that hold where the spread of the outcome differs between people (HC0, as
        R's RSA with lavaan's MLR); else those of ordinary least squares.

    Returns
    -------
    SelfOther
        Below ``FEWEST`` people there is no surface; ``too_little`` says so.

    Raises
    ------
    ValueError
        When the lengths differ.

    Notes
    -----
    Edwards & Parry (1993), doi:10.5465/256822; Edwards (1994), doi:10.1006/obhd.1994.1029; Shanock et
    al. (2010), doi:10.1007/s10869-010-9183-4. A difference score hides which of the two it comes
    from; here both stay. Congruence is said to be shown broadly where the ridge lies on the line of
    agreement (slope 1 and intercept 0 within their intervals), the surface falls away from it (a4
    below 0) and not to one side (a3 holds 0); strictly where, besides, the level makes no difference
    along it (a1 and a2 hold 0): Humberg, Nestler & Back (2019), doi:10.1177/1948550618757600.
    Intervals are 95 %; those of the ridge are by the delta method.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(4)
    >>> own, others = rng.normal(3, 0.8, (2, 400))
    >>> seen = self_other(own, others, -(own - others) ** 2 + rng.normal(0, 0.3, 400), middle=3.0)
    >>> seen.congruence, round(seen.surface.a4.value)
    ('strict', -4)
    """
    if not len(own) == len(others) == len(outcome):
        raise ValueError(
            f"There are {len(own)}, {len(others)} and {len(outcome)} values for one set of people."
        )
    known = ~(np.isnan(own) | np.isnan(others) | np.isnan(outcome))
    x, y, z = own[known], others[known], outcome[known]
    surface, why = _surface_if_enough(x, y, z, middle, robust=robust)
    apart = _apart(x, y)
    return SelfOther(
        n=len(x),
        left_out=len(own) - len(x),
        self_mean=float(x.mean()) if len(x) else None,
        self_sd=float(x.std(ddof=1)) if len(x) > 1 else None,
        other_mean=float(y.mean()) if len(y) else None,
        other_sd=float(y.std(ddof=1)) if len(y) > 1 else None,
        correlation=float(np.corrcoef(x, y)[0, 1]) if apart is not None else None,
        self_higher=0 if apart is None else int(np.sum(apart > HALF)),
        in_agreement=0 if apart is None else int(np.sum(np.abs(apart) <= HALF)),
        other_higher=0 if apart is None else int(np.sum(apart < -HALF)),
        surface=surface,
        congruence="" if surface is None else _congruence(surface),
        too_little=why,
    )


def _surface_if_enough(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    z: NDArray[np.float64],
    middle: float | None,
    *,
    robust: bool,
) -> tuple[Surface | None, str]:
    if len(x) < FEWEST:
        return None, f"{len(x)} people have all three values; a surface takes {FEWEST}."
    centre = float((x.mean() + y.mean()) / 2) if middle is None else middle
    x, y = x - centre, y - centre
    design = np.column_stack([np.ones_like(x), x, y, x * x, x * y, y * y])
    if np.linalg.matrix_rank(design) < design.shape[1]:
        return None, "Self and others do not vary enough, or move as one; there is no surface."
    if float(np.ptp(z)) == 0.0:
        return None, "The outcome is the same for everybody."
    return _surface(design, z, centre, robust=robust), ""


def _surface(design: NDArray[np.float64], z: NDArray[np.float64], centre: float, *, robust: bool) -> Surface:
    coefficients, left, bread = _least_squares(design, z)
    degrees = len(z) - design.shape[1]
    if robust:
        meat = design.T @ (design * (left * left)[:, None])
        covariance = bread @ meat @ bread
    else:
        covariance = bread * float(left @ left) / degrees
    _, left_linear, _ = _least_squares(design[:, :3], z)
    around = float(np.sum((z - z.mean()) ** 2))

    def made(of: Callable[[NDArray[np.float64]], float]) -> Estimate:
        return _estimate(of, coefficients, covariance, degrees)

    axis = _ridge(coefficients)
    return Surface(
        coefficients=tuple(made(lambda b, place=place: float(b[place])) for place in range(6)),  # type: ignore[misc]
        a1=made(lambda b: float(b[1] + b[2])),
        a2=made(lambda b: float(b[3] + b[4] + b[5])),
        a3=made(lambda b: float(b[1] - b[2])),
        a4=made(lambda b: float(b[3] - b[4] + b[5])),
        a5=made(lambda b: float(b[3] - b[5])),
        ridge_slope=None if axis is None else made(lambda b: (_ridge(b) or axis)[0]),
        ridge_intercept=None if axis is None else made(lambda b: (_ridge(b) or axis)[1]),
        peak=_still_point(coefficients),
        r2=1.0 - float(left @ left) / around,
        r2_linear=1.0 - float(left_linear @ left_linear) / around,
        p_curved=_p_curved(float(left @ left), float(left_linear @ left_linear), degrees),
        middle=centre,
        errors="robust" if robust else "least squares",
    )


def _least_squares(
    design: NDArray[np.float64], z: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Give coefficients, residuals and the inverse of X'X, by QR."""
    q, r = np.linalg.qr(design)
    inverse = np.linalg.inv(r)
    coefficients: NDArray[np.float64] = inverse @ (q.T @ z)
    return coefficients, z - design @ coefficients, inverse @ inverse.T


def _estimate(
    of: Callable[[NDArray[np.float64]], float],
    coefficients: NDArray[np.float64],
    covariance: NDArray[np.float64],
    degrees: int,
) -> Estimate:
    """Give a function of the coefficients with its standard error by the delta method."""
    from scipy.special import stdtr, stdtrit  # noqa: PLC0415 - half a second that others do not need

    value = of(coefficients)
    steps = 1e-6 * np.maximum(np.abs(coefficients), 1e-3)
    gradient = np.array(
        [(of(coefficients + step) - of(coefficients - step)) / (2 * step.sum()) for step in np.diag(steps)]
    )
    se = float(np.sqrt(max(gradient @ covariance @ gradient, 0.0)))
    half = float(stdtrit(degrees, (1 + LEVEL) / 2)) * se
    p = 2 * float(stdtr(degrees, -abs(value) / se)) if se > 0 else 0.0
    return Estimate(value=value, se=se, low=value - half, high=value + half, p=p)


def _ridge(b: NDArray[np.float64]) -> tuple[float, float] | None:
    """Slope and intercept of the first principal axis (Edwards 1994); ``None`` where there is none."""
    _, b1, b2, b3, b4, b5 = (float(one) for one in b)
    peak = _still_point(b)
    if peak is None or b4 == 0.0 or max(abs(b1), abs(b2), abs(b3), abs(b5)) == 0.0:
        return None
    slope = (b5 - b3 + float(np.hypot(b3 - b5, b4))) / b4
    return slope, peak[1] - slope * peak[0]


def _still_point(b: NDArray[np.float64]) -> tuple[float, float] | None:
    _, b1, b2, b3, b4, b5 = (float(one) for one in b)
    under = 4 * b3 * b5 - b4 * b4
    if abs(under) < 1e-12:
        return None
    return (b2 * b4 - 2 * b1 * b5) / under, (b1 * b4 - 2 * b2 * b3) / under


def _p_curved(left: float, left_linear: float, degrees: int) -> float | None:
    from scipy.special import fdtrc  # noqa: PLC0415 - half a second that others do not need

    if left <= 0.0:
        return None
    return float(fdtrc(3, degrees, max(left_linear - left, 0.0) / 3 / (left / degrees)))


def _apart(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Standardize both and give how far each self lies above others; ``None`` where one does not vary."""
    if len(x) < 2 or float(np.ptp(x)) == 0.0 or float(np.ptp(y)) == 0.0:
        return None
    apart: NDArray[np.float64] = (x - x.mean()) / x.std(ddof=1) - (y - y.mean()) / y.std(ddof=1)
    return apart


def _congruence(surface: Surface) -> str:
    slope, intercept = surface.ridge_slope, surface.ridge_intercept
    if slope is None or intercept is None:
        return "not shown"
    on_line = slope.low <= 1.0 <= slope.high and intercept.low <= 0.0 <= intercept.high
    falls = surface.a4.high < 0.0 and surface.a3.low <= 0.0 <= surface.a3.high
    if not (on_line and falls):
        return "not shown"
    level = all(one.low <= 0.0 <= one.high for one in (surface.a1, surface.a2))
    return "strict" if level else "broad"
