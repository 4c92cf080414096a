"""Golden numbers for directions, in plain Python: no numpy, no scipy, none of Fairlead.

    python tests/golden/direction/make.py > tests/golden/direction/expected.json      (Python 3.11)

Utilities of best and worst choices by steepest ascent on the log posterior with all six ways to answer a
set written out; their covariance from a numerical second derivative and Gauss-Jordan elimination; shapes by
the textbook formula; t quantiles by Simpson's rule.
"""

import json
import math
import random
import sys
from itertools import permutations

Z80 = 1.2815515655446004
BLOCKS = [(3, 4, 1), (5, 2, 3), (0, 5, 4), (2, 1, 5), (4, 0, 2), (1, 3, 0), (1, 2, 0), (0, 3, 5), (5, 1, 4),
          (2, 4, 3)]  # fmt: skip


def log_posterior(utility, sets, spread):
    total = -sum(one**2 for one in utility) / (2 * spread**2)
    for best, middle, worst in sets:
        ways = [math.exp(utility[b] - utility[w]) for b, w in permutations((best, middle, worst), 2)]
        total += utility[best] - utility[worst] - math.log(sum(ways))
    return total


def gradient(utility, sets, spread):
    found = [-one / spread**2 for one in utility]
    for best, middle, worst in sets:
        pairs = list(permutations((best, middle, worst), 2))
        ways = [math.exp(utility[b] - utility[w]) for b, w in pairs]
        found[best] += 1
        found[worst] -= 1
        for (b, w), way in zip(pairs, ways, strict=True):
            found[b] -= way / sum(ways)
            found[w] += way / sum(ways)
    return found


def inverse(matrix):
    n = len(matrix)
    rows = [list(row) + [float(i == j) for j in range(n)] for i, row in enumerate(matrix)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda row: abs(rows[row][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [one / rows[i][i] for one in rows[i]]
        for j in range(n):
            if j != i:
                rows[j] = [a - rows[j][i] * b for a, b in zip(rows[j], rows[i], strict=True)]
    return [row[n:] for row in rows]


def fit(sets, things, spread=1.0):
    utility = [0.0] * things
    for _ in range(20_000):
        step = gradient(utility, sets, spread)
        utility = [one + 0.05 * move for one, move in zip(utility, step, strict=True)]
        if max(map(abs, step)) < 1e-13:
            break
    curvature = []
    for i in range(things):
        up, down = list(utility), list(utility)
        up[i] += 1e-5
        down[i] -= 1e-5
        pairs = zip(gradient(down, sets, spread), gradient(up, sets, spread), strict=True)
        curvature.append([(a - b) / 2e-5 for a, b in pairs])
    mean = sum(utility) / things
    covariance = inverse(curvature)
    rows = [sum(row) / things for row in covariance]
    whole = sum(rows) / things
    centred = [[covariance[i][j] - rows[i] - rows[j] + whole for j in range(things)] for i in range(things)]
    return [one - mean for one in utility], centred


def put_first(utility):
    others = len(utility) - 1
    return [
        sum(1 / (1 + math.exp(-2 * (one - two))) for j, two in enumerate(utility) if j != i) / others
        for i, one in enumerate(utility)
    ]


def intervals(utility, covariance):
    found = []
    things = len(utility)
    for i in range(things):

        def odds(at, i=i):
            share = put_first(at)[i]
            return math.log(share / (1 - share))

        slope = []
        for j in range(things):
            up, down = list(utility), list(utility)
            up[j] += 1e-5
            down[j] -= 1e-5
            slope.append((odds(up) - odds(down)) / 2e-5)
        variance = sum(slope[j] * covariance[j][k] * slope[k] for j in range(things) for k in range(things))
        middle, half = odds(utility), Z80 * math.sqrt(variance)
        found.append([1 / (1 + math.exp(half - middle)), 1 / (1 + math.exp(-half - middle))])
    return found


def t_quantile(df):
    scale = math.gamma((df + 1) / 2) / (math.sqrt(df * math.pi) * math.gamma(df / 2))

    def area(to, steps=4000):
        width = to / steps
        ends = [scale * (1 + (i * width) ** 2 / df) ** (-(df + 1) / 2) for i in range(steps + 1)]
        return width / 3 * (ends[0] + ends[-1] + 4 * sum(ends[1:-1:2]) + 2 * sum(ends[2:-1:2]))

    low, high = 1.0, 4.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if area(middle) < 0.4 else (low, middle)
    return low


def item_mean(said, weights, bottom, top, spread=0.25):
    mean = sum(a * w for a, w in zip(said, weights, strict=True)) / sum(weights)
    plain = sum(said) / len(said)
    degrees = 4 + len(said) - 1
    squares = sum((one - plain) ** 2 for one in said)
    variance = (4 * (spread * (top - bottom)) ** 2 + squares) / degrees
    half = t_quantile(degrees) * math.sqrt(variance * sum(w * w for w in weights)) / sum(weights)
    return [mean, max(bottom, mean - half), min(top, mean + half)]


def shape(mine, asked):
    k = len(mine)
    a, b = sum(mine) / k, sum(asked) / k
    top = sum((x - a) * (y - b) for x, y in zip(mine, asked, strict=True))
    r = top / math.sqrt(sum((x - a) ** 2 for x in mine) * sum((y - b) ** 2 for y in asked))
    most = 1 - 1 / (2 * k)
    z = math.atanh(max(-most, min(most, r)))
    low, high = math.tanh(z - Z80 / math.sqrt(k - 3)), math.tanh(z + Z80 / math.sqrt(k - 3))
    distance = math.sqrt(sum((x - y) ** 2 for x, y in zip(mine, asked, strict=True)) / k)
    return {"shape": r, "low": min(low, r), "high": max(high, r), "level": a - b, "distance": distance}


CHOICES = [
    ("in order", [tuple(sorted(block)) for block in BLOCKS]),
    ("six sets", [tuple(sorted(block)) for block in BLOCKS[:6]]),
    ("turned", [tuple(sorted(block, reverse=True)) for block in BLOCKS]),
    ("by chance", [tuple(random.Random(7).sample(block, 3)) for block in BLOCKS]),
    ("in a circle", [(0, 1, 2), (2, 3, 0), (1, 4, 0), (4, 2, 1), (5, 0, 3), (3, 4, 5)]),
]
MEANS = [
    ([4, 3, 1], [2, 1, 1], 1, 5),
    ([5, 5, 5], [1, 1, 1], 1, 5),
    ([-2, 2, 1, 0], [0.1, 0.3, 0.2, 0.2], -2, 2),
]
SHAPES = [
    ([5, 4, 1, 2, 4, 2], [5, 5, 2, 1, 4, 2]),
    ([1, 2, 3, 4, 5, 5, 4, 1], [5, 4, 4, 3, 4, 3, 3, 4]),
    ([1, 2, 3, 4, 5, 1], [2, 3, 4, 5, 5, 2]),
]

if __name__ == "__main__":
    choices = []
    for name, sets in CHOICES:
        utility, covariance = fit(sets, 6)
        choices.append({"name": name, "sets": sets, "utility": utility, "covariance": covariance,
                        "share": put_first(utility), "interval": intervals(utility, covariance)})  # fmt: skip
    means = [{"said": one, "found": item_mean(*one)} for one in MEANS]
    shapes = [{"mine": a, "asked": b, **shape(a, b)} for a, b in SHAPES]
    sys.stdout.write(json.dumps({"choices": choices, "means": means, "shapes": shapes}, indent=1) + "\n")
