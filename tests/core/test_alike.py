"""Whether a team sees a question alike, and when the word may be said."""

import itertools

import numpy as np
import pytest

from fairlead.core.agreement import agreement
from fairlead.core.alike import leaves, said, sayable
from fairlead.core.notches import show


def everything(n, options):
    """Give every way in which n people can answer, as counts do not matter: sorted answers."""
    return list(itertools.combinations_with_replacement(range(options), n))


def rwg(answers, options):
    return 1 - np.var(answers, ddof=1) / ((options**2 - 1) / 12)


def test_the_word_is_that_of_the_index_of_agreement():
    rng = np.random.default_rng(1)
    for _ in range(60):
        n = int(rng.integers(5, 15))
        given = rng.integers(0, 5, n) if rng.random() < 0.5 else rng.integers(2, 5, n)
        told = agreement(given[:, None], np.zeros(n, dtype=int), ["us"], options=5).groups[0]
        word = said(n, int(given.sum()), int((given**2).sum()), 5)
        if abs(told.rwg_star - 0.7) > 1e-9:
            assert word == ("alike" if told.rwg_star > 0.7 else "differently")


def test_exactly_seven_tenths_is_alike():
    # Three below and three above among eleven: s² = 6/10, three tenths of 2, the variance of chance.
    given = (1, 1, 1, 3, 3, 3, 2, 2, 2, 2, 2)
    assert rwg(given, 5) == pytest.approx(0.7)
    assert said(11, sum(given), sum(one * one for one in given), 5) == "alike"
    apart = (*given[:-1], 3)
    assert said(11, sum(apart), sum(one * one for one in apart), 5) == "differently"


@pytest.mark.parametrize(("n", "options"), [(5, 5), (6, 5), (7, 4), (5, 7), (6, 3), (8, 5)])
def test_what_every_answer_can_still_be_is_that_of_trying_everything(n, options):
    tried = everything(n, options)
    word = [rwg(one, options) >= 0.7 - 1e-12 for one in tried]
    sums = [sum(one) for one in tried]
    for low, high in [
        (n, n + 3),
        (2 * n, 2 * n + 4),
        ((options - 1) * n - 2, (options - 1) * n),
        (n + 2, n + 2),
    ]:
        for place, alike in enumerate((True, False)):
            there = [
                one for one, total, is_so in zip(tried, sums, word, strict=True)
                if low <= total <= high and is_so == alike
            ]  # fmt: skip
            everywhere = {sum(one) for one in there} == set(range(low, high + 1))
            expected = len({answer for one in there for answer in one}) if everywhere else 0
            assert leaves(n, low, high, options)[place] == expected


def test_at_the_ends_and_on_yes_or_no_nothing_is_said():
    for n in (5, 9, 17, 30):
        for total in (n, 5 * n):
            end = show(total, n, 1, 5, k=5)
            assert not sayable(end.shown, n, end.low, end.high, 1, 5)
        both = show(n // 2, n, 0, 1, k=5)
        assert not sayable(both.shown, n, both.low, both.high, 0, 1)
        many = show(50 * n, n, 0, 100, k=5)
        assert not sayable(many.shown, n, many.low, many.high, 0, 100)


def test_in_the_middle_it_is_said_from_five_people_on():
    for n in range(5, 60):
        middle = show(3 * n, n, 1, 5, k=5)
        assert sayable(middle.shown, n, middle.low, middle.high, 1, 5)


def test_narrower_bounds_can_make_the_word_unsayable():
    four = show(22, 5, 1, 5, k=5)
    assert sayable(four.shown, 5, 18, 22, 1, 5)
    assert not sayable(four.shown, 5, 22, 22, 1, 5)
