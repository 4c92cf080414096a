"""Golden numbers for scores, drift and alpha, in plain Python: no numpy, no scipy, none of Fairlead.

    python tests/golden/scales/make.py > tests/golden/scales/expected.json      (Python 3.11)

The t quantile comes from Simpson's rule on the density and bisection; alpha from exact fractions. The
six by four table is Shrout and Fleiss (1979), Psychological Bulletin 86(2), 420-428,
doi:10.1037/0033-2909.86.2.420, table 2.
"""

import json
import math
import sys
from fractions import Fraction

PRIOR_DF, SPREAD, DRIFT_SPREAD, LOW, HIGH = 4, 0.2, 0.25, 1, 5


def t_quantile(df: int) -> float:
    """0.9 quantile of Student's t."""
    scale = math.gamma((df + 1) / 2) / (math.sqrt(df * math.pi) * math.gamma(df / 2))

    def area(to: float, steps: int = 4000) -> float:
        width = to / steps
        ends = [scale * (1 + (i * width) ** 2 / df) ** (-(df + 1) / 2) for i in range(steps + 1)]
        return width / 3 * (ends[0] + ends[-1] + 4 * sum(ends[1:-1:2]) + 2 * sum(ends[2:-1:2]))

    low, high = 1.0, 4.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if area(middle) < 0.4 else (low, middle)
    return low


def interval(values: list[int], prior: float, bottom: float, top: float) -> dict[str, float]:
    k = len(values)
    mean = Fraction(sum(values), k)
    squares = sum((Fraction(value) - mean) ** 2 for value in values)
    degrees = PRIOR_DF + k - 1
    half = t_quantile(degrees) * math.sqrt((PRIOR_DF * prior**2 + float(squares)) / degrees / k)
    return {"mean": float(mean), "low": max(float(mean) - half, bottom), "high": min(float(mean) + half, top)}


def alpha(table: list[list[int]]) -> float:
    def variance(values: list[int]) -> Fraction:
        mean = Fraction(sum(values), len(values))
        return sum((Fraction(value) - mean) ** 2 for value in values) / (len(values) - 1)

    items = len(table[0])
    within = sum(variance([row[j] for row in table]) for j in range(items))
    return float(Fraction(items, items - 1) * (1 - within / variance([sum(row) for row in table])))


ANSWERS = [[3, 3], [1, 5], [4, 5, 4], [1, 1, 1], [5, 5, 4], [2, 3, 4], [1, 3, 5], [2, 2, 3, 3, 4], [1, 5] * 5]
TWICE = [([1, 2, 2], [2, 4, 3]), ([3, 3], [3, 3]), ([5, 5, 5], [1, 1, 1]), ([2, 3, 4, 2, 3], [3, 3, 3, 3, 3])]
SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]

if __name__ == "__main__":
    reach = HIGH - LOW
    scores = [{"answers": a, **interval(a, SPREAD * reach, LOW, HIGH)} for a in ANSWERS]
    drifts = [
        {
            "earlier": a,
            "later": b,
            **interval([y - x for x, y in zip(a, b, strict=True)], DRIFT_SPREAD * reach, -reach, reach),
        }
        for a, b in TWICE
    ]
    alphas = [{"table": SHROUT_FLEISS, "alpha": alpha(SHROUT_FLEISS)}]
    sys.stdout.write(json.dumps({"scores": scores, "drifts": drifts, "alphas": alphas}, indent=1) + "\n")
