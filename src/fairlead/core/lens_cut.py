"""One lens across the blocks: how few people could be told apart by combining both, as a minimum cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.notches import Span, together

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

OTHER: Final = "other"
"""The value that stands for all that too few people have."""

NOT_STATED: Final = "not stated"


def merged(counts: Sequence[int], names: Sequence[str], k: int) -> list[str]:
    """Say for each value of a lens under which name it is shown: values of fewer than ``k`` as other.

    Parameters
    ----------
    counts
        People of each value.
    names
        The values.
    k
        Least number of people behind a shown value.

    Returns
    -------
    list of str
        A name for each value. Where the small ones together are fewer than ``k``, the smallest of the
        others joins them; where all are fewer than ``k``, everybody is other.

    Examples
    --------
    >>> merged([20, 9, 3, 1], ["a", "b", "c", "d"], 5)
    ['a', 'other', 'other', 'other']
    >>> merged([20, 9, 3, 2], ["a", "b", "c", "d"], 5)
    ['a', 'b', 'other', 'other']
    """
    rising = sorted(
        (place for place, count in enumerate(counts) if count), key=lambda p: (counts[p], names[p])
    )
    shown = list(names)
    gathered = 0
    for number, place in enumerate(rising):
        if counts[place] >= k and (gathered == 0 or gathered >= k):
            break
        gathered += counts[place]
        shown[place] = OTHER
        if gathered < k and number == len(rising) - 1:
            return [OTHER] * len(names)
    return shown


def minimum_cut(weights: NDArray[np.int64]) -> int:
    """Find the fewest people whose answers blocks and lens together could single out.

    Parameters
    ----------
    weights
        Blocks by values: how many people are in both.

    Returns
    -------
    int
        The smallest cut of the graph that joins a block and a value by the people in both, over its
        connected parts; 0 where there is nobody.

    Notes
    -----
    Every combination of block sums and value sums gives each person in block b and value v the
    coefficient r_b + c_v. It leaves out exactly those with r_b = -c_v, so the people who stay lie
    on the edges between classes of vertices of different level: a cut, or a union of cuts. The
    smallest one is the fewest people on whom any combination can depend (Gusfield 1988,
    doi:10.1137/0217034). A cut that leaves all values of its part on one side isolates blocks, and
    costs at least the smallest block; every other one parts two values and is a maximum flow.

    Examples
    --------
    >>> minimum_cut(np.array([[4, 1], [3, 3]]))
    4
    >>> minimum_cut(np.array([[5, 0], [0, 7]]))
    5
    """
    weights = np.asarray(weights, dtype=np.int64)
    weights = weights[weights.sum(axis=1) > 0][:, weights.sum(axis=0) > 0]
    if not weights.size:
        return 0
    least = int(min(weights.sum(axis=1).min(), weights.sum(axis=0).min()))
    blocks, values = weights.shape
    if values == 1:
        return least
    # Only a lens needs it, and it is slow to load.
    from scipy.sparse import csr_array  # noqa: PLC0415
    from scipy.sparse.csgraph import connected_components, maximum_flow  # noqa: PLC0415

    here, there = np.nonzero(weights)
    ends = np.concatenate([here, there + blocks]), np.concatenate([there + blocks, here])
    both = np.tile(weights[here, there], 2).astype(np.int32)
    graph = csr_array((both, ends), shape=(blocks + values,) * 2)
    _, part = connected_components(graph, directed=False)
    firsts: dict[int, int] = {}
    for value in range(blocks, blocks + values):
        source = firsts.setdefault(int(part[value]), value)
        if source != value:
            least = min(least, int(maximum_flow(graph, source, value).flow_value))
    return least


def reach(
    people: NDArray[np.int64],
    bounds: Sequence[tuple[int, int]],
    sizes: Sequence[int],
    lowest: int,
    highest: int,
) -> Span:
    """Say what the sum of one value can be, when the sums of the blocks are known within bounds.

    Parameters
    ----------
    people
        People of the value in each block.
    bounds, sizes
        What is known of the sum of each block, and its people.
    lowest, highest
        Ends of the scale.

    Examples
    --------
    >>> reach(np.array([2]), [(23, 25)], [5], 1, 5)
    Span(low=8, high=10, down=6, up=0)
    """
    parts = []
    for count, (low, high), size in zip(people.tolist(), bounds, sizes, strict=True):
        if count:
            others = size - count
            least = max(count * lowest, low - others * highest)
            most = min(count * highest, high - others * lowest)
            parts.append(Span(least, most, least - count * lowest, count * highest - most))
    return together(parts)
