"""How firmly raters hang together who rated the same people: strength of a design, raters that hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import breadth_first_order

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_DENSE: Final = 60
"""Raters up to which eigenvalues are taken of the whole matrix; beyond, by iteration."""


def strength(counts: sparse.csr_matrix) -> tuple[float, NDArray[np.bool_]]:
    """Give the normalized algebraic connectivity of one component and its thinnest cut's smaller side."""
    size = np.asarray(counts.sum(axis=1)).ravel()
    scaled = sparse.diags(1.0 / np.sqrt(np.maximum(size, 1.0))) @ counts
    given = np.asarray(counts.sum(axis=0)).ravel()
    scaled = scaled @ sparse.diags(1.0 / np.sqrt(given))
    likeness = (scaled.T @ scaled).tocsr()
    raters = likeness.shape[0]
    if raters <= MOST_DENSE:
        values, vectors = np.linalg.eigh(likeness.toarray())
        second, vector = float(values[-2]), vectors[:, -2]
    else:
        from scipy.sparse.linalg import eigsh  # noqa: PLC0415 - only large designs need it

        start = np.random.default_rng(0).standard_normal(raters)  # the same result in every run
        values, vectors = eigsh(likeness, k=2, which="LA", tol=1e-3, v0=start)
        order = np.argsort(values)
        second, vector = float(values[order[0]]), vectors[:, order[0]]
    return min(1.0, max(0.0, 1.0 - second)), _thinnest(likeness, vector, given)


def _thinnest(
    likeness: sparse.csr_matrix, vector: NDArray[np.float64], given: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Sweep along the second eigenvector and cut where least goes across, for the size of the sides."""
    order = np.argsort(vector / np.sqrt(given), kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    weights = likeness.tocoo()
    flow = weights.data * np.sqrt(given[weights.row] * given[weights.col])
    low = np.minimum(place[weights.row], place[weights.col])
    high = np.maximum(place[weights.row], place[weights.col])
    change = np.bincount(low, flow, len(order)) - np.bincount(high, flow, len(order))
    across = np.cumsum(change)[:-1] / 2.0
    volume = np.cumsum(given[order])[:-1]
    cost = across / np.minimum(volume, given.sum() - volume)
    cut = int(np.argmin(np.round(cost, 12)))
    side = place <= cut
    return side if 2 * side.sum() <= len(side) else ~side


def articulation(graph: sparse.csr_matrix) -> NDArray[np.bool_]:
    """Find the raters without whom the others fall apart.

    Two scan-first forests one after the other keep every articulation point (Cheriyan, Kao & Thurimella
    1993, doi:10.1137/0222013), so that the search runs over at most 2 (n - 1) edges.
    """
    first = _forest(graph)
    rest = graph - graph.multiply(first.maximum(first.T) > 0)
    rest.eliminate_zeros()
    second = _forest(rest.tocsr())
    both = first + first.T + second + second.T
    kept = both.tocsr()
    return _cut_vertices(kept.indptr.tolist(), kept.indices.tolist())


def _forest(graph: sparse.csr_matrix) -> sparse.csr_matrix:
    """Give a breadth-first tree of each component, which is scan-first."""
    raters = graph.shape[0]
    reached = np.zeros(raters, dtype=bool)
    above: list[NDArray[np.int32]] = []
    below: list[NDArray[np.int32]] = []
    for root in range(raters):
        if reached[root]:
            continue
        order, before = breadth_first_order(graph, root, directed=False, return_predecessors=True)
        reached[order] = True
        above.append(before[order[1:]])
        below.append(order[1:])
    row, column = np.concatenate(above), np.concatenate(below)
    return sparse.csr_matrix((np.ones(len(row)), (row, column)), shape=(raters, raters))


def _cut_vertices(starts: list[int], neighbours: list[int]) -> NDArray[np.bool_]:
    """Tarjan's search with a stack of its own: a long chain of raters must not end in recursion."""
    count = len(starts) - 1
    found = np.zeros(count, dtype=bool)
    seen, low = [-1] * count, [0] * count
    clock = 0
    for root in range(count):
        if seen[root] >= 0:
            continue
        seen[root] = low[root] = clock
        clock += 1
        children = 0
        stack = [(root, -1, starts[root])]
        while stack:
            here, parent, edge = stack.pop()
            if edge < starts[here + 1]:
                stack.append((here, parent, edge + 1))
                there = neighbours[edge]
                if seen[there] < 0:
                    seen[there] = low[there] = clock
                    clock += 1
                    stack.append((there, here, starts[there]))
                elif there != parent:
                    low[here] = min(low[here], seen[there])
            elif parent >= 0:
                low[parent] = min(low[parent], low[here])
                if parent == root:
                    children += 1
                elif low[here] >= seen[parent]:
                    found[parent] = True
        found[root] = children > 1
    return found
