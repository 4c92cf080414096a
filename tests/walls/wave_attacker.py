"""Whoever compares two waves: who, of those who came or left in between, was critical?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from tests.walls.attacker import DAY, K

from fairlead.core.alike import sayable
from fairlead.core.held import Before, few, kept
from fairlead.core.notches import show


@dataclass(frozen=True)
class Minds:
    """How those who stay answer the second time."""

    name: str
    one_option: float = 0.0
    """Share of people who answer one option away."""
    together: tuple[int, ...] = ()
    """All move by the same number of options, one of these."""
    anew: float | None = None
    """All answer afresh around a mean that moved by so much (standard deviation)."""

    def later(self, rng: np.random.Generator, first: np.ndarray, leaning: np.ndarray) -> np.ndarray:
        if self.anew is not None:
            around = np.clip(leaning + rng.normal(0, self.anew, leaning.shape), 1, 5)
            return np.clip(np.rint(rng.normal(around, 1.0, first.shape)), 1, 5).astype(int)
        if self.together:
            return np.clip(first + rng.choice(self.together, leaning.shape), 1, 5)
        minds = rng.random(first.shape) < self.one_option
        return np.clip(first + minds * rng.choice([-1, 1], first.shape), 1, 5)


AS_BEFORE = Minds("everybody else answers as before")
A_LITTLE = Minds("three in ten answer one option away", one_option=0.3)
AFRESH = Minds("everybody else answers afresh, around a mean that moved", anew=0.4)
ALL_ALIKE = Minds("all others move by the same option, nobody knows which", together=(-1, 0, 1))
KNOWN = Minds("all others move one option down, and the attacker knows it", together=(-1,))


def wave_guesses(
    rng: np.random.Generator,
    n: int,
    came: int,
    left: int,
    runs: int,
    *,
    minds: Minds = AS_BEFORE,
    hold: bool = True,
    lessons: int = 3,
) -> tuple[float, float]:
    """Guess who of those who came or left is among the most critical fifth, from one wave and from two.

    The guess is the best there is: from ``lessons`` times as many other surveys the attacker has learned
    how often somebody was critical after exactly this was published (both figures with their ends, whether
    the second is held, the word about agreement, who came and who left), and knows how many answered.
    Without ``hold`` every wave is published as if it were the first.
    """
    figures = _published(n, n - left + came, came + left, hold=hold)
    learned = _two_waves(rng, n, came, left, lessons * runs, minds, figures)
    tried = _two_waves(rng, n, came, left, runs, minds, figures)
    return auc(_learned(learned[0], learned[2], tried[0]), tried[2]), auc(
        _learned(learned[1], learned[2], tried[1]), tried[2]
    )


def _published(
    before: int, after: int, moved: int, *, hold: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give what is published of every sum: the first figure, whether a word stands by it, and the second."""
    first = [show(total, before, 1, 5, k=K) for total in range(before, 5 * before + 1)]
    shown = list(dict.fromkeys(one.shown for one in first))
    words = [sayable(one.shown, before, one.low, one.high, 1, 5) for one in first]
    seen: dict[object, int] = {}
    second = np.zeros((len(shown), 4 * after + 1), dtype=np.int64)
    for number, figure in enumerate(shown):
        for total in range(after, 5 * after + 1):
            new: object = show(total, after, 1, 5, k=K).shown
            if hold and few(moved, K):
                notch, held = kept(total, after, Before(figure, moved, DAY), 1, 5, k=K)
                new = (notch.shown, held)
            second[number, total - after] = seen.setdefault(new, len(seen))
    return np.array([shown.index(one.shown) for one in first]), np.array(words), second


def _two_waves(rng, n, came, left, runs, minds, figures) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Publish both waves of many surveys: what was seen of one and of two for each who came or left."""
    leaning = rng.normal(3.4, 0.4, (runs, 1))
    answers = np.clip(np.rint(rng.normal(leaning, 1.0, (runs, n + came))), 1, 5).astype(int)
    later = minds.later(rng, answers, leaning)
    later[:, n:] = answers[:, n:]
    before, after = answers[:, :n], later[:, left:]
    first, words, second = figures
    sums = before.sum(axis=1)
    apart = n * (before**2).sum(axis=1) - sums**2
    word = words[sums - n] * (1 + (apart <= n * (n - 1) * 0.6 + 1e-9))
    one = first[sums - n]
    two = second[one, after.sum(axis=1) - after.shape[1]]
    order = np.argsort(answers + rng.random(answers.shape) / 2, axis=1)
    critical = np.zeros(answers.shape, dtype=bool)
    np.put_along_axis(critical, order[:, : (n + came) // 5], True, axis=1)
    role = np.repeat([0, 1], [left, came])
    seen = (one * 3 + word)[:, None] * 2 + role
    return (
        seen.ravel(),
        (seen * 10_000 + two[:, None]).ravel(),
        np.concatenate([critical[:, :left], critical[:, n:]], axis=1).ravel(),
    )


def _learned(seen: np.ndarray, critical: np.ndarray, now: np.ndarray) -> np.ndarray:
    """Give for what is seen now the share of those who were critical when just this was seen."""
    kinds, place = np.unique(seen, return_inverse=True)
    usual = critical.mean()
    share = (np.bincount(place, critical) + 2 * usual) / (np.bincount(place) + 2)
    found = np.searchsorted(kinds, now).clip(0, len(kinds) - 1)
    return np.where(kinds[found] == now, share[found], usual)


def auc(score: np.ndarray, true: np.ndarray) -> float:
    """Give the chance that a true case has the higher score, ties half."""
    if true.all() or not true.any():
        return 0.5
    _, place, count = np.unique(score, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    hits = int(true.sum())
    return float((ranks[true].sum() - hits * (hits + 1) / 2) / (hits * (len(true) - hits)))
