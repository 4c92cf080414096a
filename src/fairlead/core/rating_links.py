"""Whether raters are linked by whom they rate: parts, raters on whom the rest hangs, strength (row 123)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    Pair = tuple[str, str]
    Node = tuple[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What an assignment is made better by: ``parts`` without a link, ``hinges``, ``strength``.

    ``strength`` is the second smallest eigenvalue of the raters' graph, in ratees rated together: 0 where
    it falls apart or there is one rater only.
    """

    parts: int
    hinges: tuple[str, ...]
    strength: float


def links(pairs: Sequence[Pair]) -> Links:
    """Judge quickly who rates whom, thousands of times while an assignment is looked for.

    Parameters
    ----------
    pairs
        (ratee, rater) pairs; one that comes twice counts once.

    Returns
    -------
    Links
        Parts and hinges are the components and articulation raters of
        :func:`fairlead.core.rater_design.assignment_design`, which says more and takes longer.

    Notes
    -----
    Ratees and raters are the two sides of a graph. Parts are its components, hinges its cut vertices among
    raters (Tarjan 1972, doi:10.1137/0201010) once ratees with one rater are left out, who link nobody.
    Strength is the algebraic connectivity (Fiedler 1973, doi:10.21136/CMJ.1973.101168) of the graph of
    raters in which two of them are joined by the number of ratees whom both rate. Time grows linearly
    with pairs, and with the cube of the number of raters.

    Examples
    --------
    >>> links([("a", "x"), ("a", "y"), ("b", "y"), ("b", "z"), ("c", "z"), ("c", "x")])
    Links(parts=1, hinges=(), strength=3.0)
    >>> links([("a", "x"), ("a", "y"), ("b", "y"), ("b", "z")]).hinges
    ('y',)
    """
    known = sorted(set(pairs))
    raters_of = Counter(ratee for ratee, _ in known)
    parts, _ = _parts_and_cuts(_beside(known))
    _, cuts = _parts_and_cuts(_beside([pair for pair in known if raters_of[pair[0]] > 1]))
    return Links(
        parts=parts,
        hinges=tuple(sorted(name for side, name in cuts if side == 1)),
        strength=_strength(known),
    )


def _beside(pairs: Sequence[Pair]) -> dict[Node, list[Node]]:
    beside: dict[Node, list[Node]] = {}
    for ratee, rater in pairs:
        beside.setdefault((0, ratee), []).append((1, rater))
        beside.setdefault((1, rater), []).append((0, ratee))
    return beside


def _parts_and_cuts(beside: dict[Node, list[Node]]) -> tuple[int, set[Node]]:
    """Walk the graph once, depth first and without recursion: number of components, cut vertices."""
    found: dict[Node, int] = {}
    low: dict[Node, int] = {}
    parts = 0
    cuts: set[Node] = set()
    for root, first in beside.items():
        if root in found:
            continue
        parts, branches = parts + 1, 0
        found[root] = low[root] = len(found)
        path = [(root, iter(first))]
        while path:
            node, rest = path[-1]
            after = next(rest, None)
            if after is None:
                path.pop()
                if path:
                    above = path[-1][0]
                    low[above] = min(low[above], low[node])
                    if above == root:
                        branches += 1
                    elif low[node] >= found[above]:
                        cuts.add(above)
            elif after in found:
                low[node] = min(low[node], found[after])
            else:
                found[after] = low[after] = len(found)
                path.append((after, iter(beside[after])))
        if branches > 1:
            cuts.add(root)
    return parts, cuts


def _strength(pairs: Sequence[Pair]) -> float:
    raters = sorted({rater for _, rater in pairs})
    if len(raters) < 2:
        return 0.0
    place = {rater: at for at, rater in enumerate(raters)}
    shared: Counter[tuple[int, int]] = Counter()
    of: dict[str, list[int]] = {}
    for ratee, rater in pairs:
        of.setdefault(ratee, []).append(place[rater])
    for together in of.values():
        shared.update(combinations(together, 2))
    laplacian = np.zeros((len(raters), len(raters)))
    for (one, other), number in shared.items():
        laplacian[one, other] = laplacian[other, one] = -float(number)
    np.fill_diagonal(laplacian, -laplacian.sum(axis=1))
    second = float(np.linalg.eigvalsh(laplacian)[1])
    return round(second, 9) if second > 1e-9 else 0.0
