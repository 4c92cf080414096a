"""Rounds of ratings drawn from the model, for the tests of raters."""

import numpy as np

from fairlead.core.ratings import Ratings

DIFFICULTY = (-0.4, 0.1, 0.3)
THRESHOLDS = (-1.5, 0.0, 1.5)


def drawn(
    people=40, raters=8, each=3, spread=0.8, *, seed=1, halo=0.0, criteria=DIFFICULTY, thresholds=THRESHOLDS,
    lowest=1, missing=0.0,
):  # fmt: skip
    """Ratings with true severities and measures; each person is rated by the next raters in a circle."""
    rng = np.random.default_rng(seed)
    strict = rng.normal(0, spread, raters) if spread else np.zeros(raters)
    strict -= strict.mean()
    measure = rng.normal(0, 1.2, people)
    rows = []
    for person in range(people):
        for place in range(each):
            rater = (person + place * (1 + person // raters)) % raters
            shift = rng.normal(0, halo) if halo else 0.0
            for number, hard in enumerate(criteria):
                chance = chances(measure[person] + shift - strict[rater] - hard, thresholds)
                score = int(rng.choice(len(chance), p=chance)) + lowest
                if rng.random() >= missing:
                    rows.append((f"p{person:03d}", f"r{rater:02d}", f"c{number}", score))
    rows = list({row[:3]: row for row in rows}.values())
    return Ratings.from_rows(rows, lowest=lowest, highest=lowest + len(thresholds)), strict, measure


def chances(distance, thresholds):
    """The model written down once more: the chance of each level at a distance in logits."""
    logits = np.arange(len(thresholds) + 1) * distance - np.concatenate([[0.0], np.cumsum(thresholds)])
    found = np.exp(logits - logits.max())
    return found / found.sum()


def deviance(ratings, severity, difficulty, thresholds, spread, nodes=241, width=8.0):
    """-2 log marginal likelihood, one rating after the other on a wide grid; thresholds by criterion."""
    grid = np.linspace(-width, width, nodes)
    prior = np.exp(-0.5 * grid**2)
    prior /= prior.sum()
    points = [np.unique(ratings.score[ratings.criterion == c]) for c in range(len(ratings.criteria))]
    if all(len(one) == len(thresholds[0]) for one in thresholds):
        points = [np.unique(ratings.score)] * len(ratings.criteria)
    by_person = np.zeros((len(ratings.ratees), nodes))
    for p, r, c, x in zip(ratings.ratee, ratings.rater, ratings.criterion, ratings.score, strict=True):
        steps = np.concatenate([[0.0], np.cumsum(thresholds[c])])
        distance = spread * grid - severity[r] - difficulty[c]
        logits = np.arange(len(steps))[:, None] * distance - steps[:, None]
        by_person[p] += logits[np.searchsorted(points[c], x)] - np.log(np.exp(logits).sum(axis=0))
    return -2.0 * float(np.log(np.exp(by_person) @ prior).sum())
