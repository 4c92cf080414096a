"""Withheld counts cannot be worked out: every table that fits what is shown is listed and looked at."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.core.safe_counts import Counts, Dimension, UnsafeCountsError, is_safe, protect

GROUPS = ("a", "b", "c")


def flat(name, values, of, *, secret=False):
    rows = {"": np.ones(len(of), bool)} | {value: of == place for place, value in enumerate(values)}
    return Dimension(name, {"": tuple(values)}, rows, secret=secret)


def counts_of(leaves):
    """Counts of a secret group by outcome by unit; ``leaves`` has a count for each (group, outcome, unit)."""
    groups, outcomes, units = leaves.shape
    rows = [at for at in np.ndindex(leaves.shape) for _ in range(leaves[at])]
    group, outcome, unit = np.array(rows).reshape(-1, 3).T
    return Counts(
        [
            flat("group", GROUPS[:groups], group, secret=True),
            flat("outcome", ("yes", "no")[:outcomes], outcome),
            flat("unit", tuple("xyz")[:units], unit),
        ],
        [(0, 1, 2)],
    )


def ways(total, parts):
    """Every way to part a number of people into groups."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in ways(total - first, parts - 1):
            yield (first, *rest)


def fitting(counts, leaves, shown):
    """Every table with the known totals that has all the shown counts, as values of all counts."""
    groups, outcomes, units = leaves.shape
    lines = [list(ways(int(leaves[:, o, u].sum()), groups)) for o in range(outcomes) for u in range(units)]
    tables = np.array(list(product(*lines)), dtype=np.int64)  # tables, lines, groups
    tables = tables.transpose(0, 2, 1).reshape(len(tables), groups, outcomes, units)
    names = [GROUPS[:groups], ("yes", "no")[:outcomes], tuple("xyz")[:units]]
    values = np.empty((len(tables), len(counts.keys)), dtype=np.int64)
    for place, key in enumerate(counts.keys):
        part = tables
        for axis, node in enumerate(key):
            if node:
                part = part.take([names[axis].index(node)], axis=axis + 1)
        values[:, place] = part.sum(axis=(1, 2, 3))
    return values[(values[:, shown] == counts.values[shown]).all(axis=1)]


def by_listing(counts, leaves, withheld, minimum):
    found = fitting(counts, leaves, ~withheld)
    assert len(found)
    for cell in np.flatnonzero(withheld & (counts.values < minimum)):
        reach = min(minimum, int(counts.ceilings[cell]))
        if found[:, cell].max() < reach or found[:, cell].max() - found[:, cell].min() < reach:
            return False
    return True


@st.composite
def small_tables(draw):
    """Tables of which every other table with the same totals can be listed."""
    shape, most = draw(st.sampled_from([((3, 2, 1), 4), ((2, 2, 2), 4), ((3, 2, 2), 1)]))
    cells = draw(st.lists(st.integers(0, most), min_size=int(np.prod(shape)), max_size=int(np.prod(shape))))
    return np.array(cells).reshape(shape)


@settings(max_examples=25, deadline=None)
@given(small_tables(), st.integers(2, 3))
def test_what_is_withheld_fits_widely_when_every_table_is_listed(leaves, minimum):
    if leaves.sum() == 0:
        return
    counts = counts_of(leaves)
    withheld = protect(counts, minimum)
    assert (withheld | counts.known | (counts.values >= minimum) | (counts.ceilings == 0)).all()
    assert not (withheld & counts.known).any()
    assert by_listing(counts, leaves, withheld, minimum)


@settings(max_examples=25, deadline=None)
@given(small_tables(), st.integers(2, 3), st.randoms(use_true_random=False))
def test_the_audit_says_what_listing_every_table_says(leaves, minimum, random):
    """Of any pattern, safe or not: exact bounds, so no false alarm and none missed."""
    if leaves.sum() == 0:
        return
    counts = counts_of(leaves)
    small = ~counts.known & (counts.values < minimum) & (counts.ceilings > 0)
    more = np.array([random.random() < 0.4 for _ in counts.keys]) & ~counts.known
    withheld = small | more
    assert is_safe(counts, withheld, minimum) == by_listing(counts, leaves, withheld, minimum)


def naive(counts, minimum):
    """What is usually done: small counts alone are withheld."""
    return ~counts.known & (counts.values < minimum)


def test_the_naive_way_gives_small_counts_away_and_ours_does_not():
    rng = np.random.default_rng(12)
    read = ours = with_small = 0
    for _ in range(25):
        leaves = rng.poisson(rng.choice([1.0, 3.0], size=(3, 2, 1)))
        if leaves.sum() < 6 or leaves.sum(axis=0).max() > 14:
            continue
        counts = counts_of(leaves)
        hidden = naive(counts, 2)
        if not (hidden & (counts.ceilings > 1)).any():
            continue
        with_small += 1
        found = fitting(counts, leaves, ~hidden)
        exact = (found.min(axis=0) == found.max(axis=0)) & hidden & (counts.ceilings > 1)
        read += bool(exact.any())
        withheld = protect(counts, 2)
        found = fitting(counts, leaves, ~withheld)
        still = (
            (found.min(axis=0) == found.max(axis=0)) & withheld & (counts.values < 2) & (counts.ceilings > 0)
        )
        ours += bool(still.any())
    assert with_small > 10
    assert read / with_small > 0.5
    assert ours == 0


def test_nothing_is_withheld_where_nothing_is_small():
    counts = counts_of(np.full((3, 2, 2), 5))
    assert not protect(counts, 5).any()


def test_everybody_of_one_group_is_not_told():
    """All who were selected are of one group: that would say the secret of each of them."""
    counts = counts_of(np.array([[[10], [6]], [[0], [9]]]))
    withheld = protect(counts, 5)
    assert withheld[counts.places["a", "yes", ""]]
    assert withheld[counts.places["b", "yes", ""]]


def test_what_was_shown_before_stays_and_where_that_leaves_no_way_it_is_said():
    leaves = np.array([[[6], [7]], [[1], [8]]])
    counts = counts_of(leaves)
    before = np.zeros(len(counts.keys), bool)
    before[counts.places["a", "", ""]] = True
    withheld = protect(counts, 5, shown_before=before)
    assert not withheld[counts.places["a", "", ""]]
    before[counts.places["a", "yes", ""]] = True
    with pytest.raises(UnsafeCountsError):
        protect(counts, 5, shown_before=before)


def test_the_choice_is_the_same_each_time():
    leaves = np.array([[[6, 2], [7, 9]], [[1, 8], [8, 3]], [[4, 6], [9, 9]]])
    first = protect(counts_of(leaves), 5)
    assert (first == protect(counts_of(leaves), 5)).all()
