"""Who rated whom, as a graph: which raters can be compared, what holds them together, where it is thin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from fairlead.core.phrases import listed
from fairlead.core.rater_graph import MOST_DENSE, articulation, strength

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from fairlead.core.ratings import Ratings

    Places = NDArray[np.int32]

THIN: Final = 3
"""Fewer people than this between two groups of raters are called a thin link: one odd rating moves all."""

_NOTHING: Final = 1e-9
_NAMED: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class RaterLinks:
    """How one rater hangs together with the others.

    ``ratees`` are the people rated, ``shared`` those of them whom somebody else rates as well,
    ``partners`` the raters met there. ``articulation`` says that without this rater the others fall
    into groups that cannot be compared.
    """

    rater: str
    component: int
    ratees: int
    shared: int
    partners: int
    articulation: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WeakestLink:
    """The thinnest place of a component: ``raters`` on one side, and the ``ratees`` that both sides rate."""

    component: int
    raters: tuple[str, ...]
    ratees: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """Who can be compared with whom.

    ``strength`` runs from 0 (falls apart) to 1 (as if everybody rated everybody): the share of the
    information about the worst-linked contrast of raters that the design leaves, the algebraic
    connectivity of the normalized co-rating Laplacian; of the weakest component, and ``None`` where no
    component has two raters. ``components`` name the raters of each, the largest first.
    """

    connected: bool
    components: tuple[tuple[str, ...], ...]
    raters: tuple[RaterLinks, ...]
    articulation: tuple[str, ...]
    strength: float | None
    weakest: tuple[WeakestLink, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """The arrays behind a design: component (from 0) of each rater and ratee, and the design itself."""

    of_rater: Places
    of_ratee: Places
    design: Design


def assignment_design(pairs: Iterable[tuple[str, str]]) -> Design:
    """Check, before anybody rates, whether raters will be comparable.

    Parameters
    ----------
    pairs
        ``(ratee, rater)``: who is to rate whom; each on all criteria.

    Returns
    -------
    Design

    Examples
    --------
    >>> assignment_design([("Ada", "Bo"), ("Ada", "Cy"), ("Eve", "Di")]).components
    (('Bo', 'Cy'), ('Di',))
    """
    given = sorted(set(pairs))
    if not given:
        return Design(connected=True, components=(), raters=(), articulation=(), strength=None, weakest=())
    ratees = sorted({ratee for ratee, _ in given})
    raters = sorted({rater for _, rater in given})
    ratee_at = {name: place for place, name in enumerate(ratees)}
    rater_at = {name: place for place, name in enumerate(raters)}
    places = np.array([(ratee_at[p], rater_at[r]) for p, r in given], dtype=np.int32).reshape(-1, 2)
    return _graph(places[:, 0], places[:, 1], None, ratees, raters, 1).design


def design_of(ratings: Ratings) -> Graph:
    """Find what the ratings connect; raters who share a criterion on a person can be compared."""
    return _graph(
        ratings.ratee,
        ratings.rater,
        ratings.criterion,
        ratings.ratees,
        ratings.raters,
        len(ratings.criteria),
    )


def _graph(
    ratee: Places,
    rater: Places,
    criterion: Places | None,
    ratees: Sequence[str],
    raters: Sequence[str],
    criteria: int,
) -> Graph:
    ones = np.ones(len(ratee))
    counts = sparse.csr_matrix((ones, (ratee, rater)), shape=(len(ratees), len(raters)))
    of_rater = _two_sided(counts)[1]
    if criterion is not None and criteria > 1 and not _same_criteria(counts, criteria):
        of_rater = _comparable(ratee, rater, criterion, (len(ratees), len(raters), criteria))
    sizes = np.bincount(of_rater)
    rank = np.empty(len(sizes), dtype=np.int32)
    first = np.array([np.flatnonzero(of_rater == one)[0] for one in range(len(sizes))])
    rank[np.lexsort((first, -sizes))] = np.arange(len(sizes), dtype=np.int32)
    of_rater = rank[of_rater]
    of_ratee = _of_ratees(counts, of_rater)
    return Graph(
        of_rater=of_rater, of_ratee=of_ratee, design=_design(counts, of_rater, of_ratee, ratees, raters)
    )


def _two_sided(counts: sparse.csr_matrix) -> tuple[Places, Places]:
    """Give the component of each row and each column of a table of counts."""
    both = sparse.bmat([[None, counts], [counts.T, None]], format="csr")
    _, label = connected_components(both, directed=False)
    rows = counts.shape[0]
    return label[:rows], np.unique(label[rows:], return_inverse=True)[1].astype(np.int32)


def _same_criteria(counts: sparse.csr_matrix, criteria: int) -> bool:
    return bool(np.all(counts.data == criteria))


def _comparable(ratee: Places, rater: Places, criterion: Places, shape: tuple[int, int, int]) -> Places:
    """Give classes of raters whose differences the data settle where not everybody rates every criterion.

    Raters who rated a person on the same criterion can be compared, and criteria on which one rater rated
    a person; known classes of the one make known classes of the other. What this closure leaves open is
    settled exactly: by the null space of the additive model, people taken out.
    """
    people, raters, criteria = shape
    left = np.arange(raters, dtype=np.int32)
    right = np.arange(criteria, dtype=np.int32)
    while True:
        before = (left.max(), right.max())
        cell = ratee.astype(np.int64) * criteria + right[criterion]
        left = _merged(cell, left[rater], left)
        cell = ratee.astype(np.int64) * raters + left[rater]
        right = _merged(cell, right[criterion], right)
        if (left.max(), right.max()) == before:
            break
    classes = int(left.max()) + 1
    others = int(right.max()) + 1
    if classes == 1 or classes + others > 2 * MOST_DENSE:
        return left
    return _by_null_space(ratee, left[rater], right[criterion], (people, classes, others))[left]


def _merged(cell: NDArray[np.int64], member: Places, classes: Places) -> Places:
    _, place = np.unique(cell, return_inverse=True)
    shape = (int(place.max()) + 1, int(classes.max()) + 1)
    table = sparse.csr_matrix((np.ones(len(place)), (place, member)), shape=shape)
    found: Places = _two_sided(table)[1][classes]
    return found


def _by_null_space(ratee: Places, left: Places, right: Places, shape: tuple[int, int, int]) -> Places:
    people, classes, others = shape
    rows = np.arange(len(ratee))
    one = np.ones(len(ratee))
    model = sparse.hstack(
        [
            sparse.csr_matrix((one, (rows, left)), shape=(len(rows), classes)),
            sparse.csr_matrix((one, (rows, right)), shape=(len(rows), others)),
        ],
        format="csr",
    )
    who = sparse.csr_matrix((one, (rows, ratee)), shape=(len(rows), people))
    counts = (who.T @ model).toarray()
    size = np.asarray(who.sum(axis=0)).ravel()
    normal = (model.T @ model).toarray() - counts.T @ (counts / size[:, None])
    values, vectors = np.linalg.eigh(normal)
    open_ = vectors[:classes, values < _NOTHING * max(1.0, float(values[-1]))]
    return np.unique(np.round(open_, 6) + 0.0, axis=0, return_inverse=True)[1].ravel().astype(np.int32)


def _of_ratees(counts: sparse.csr_matrix, of_rater: Places) -> Places:
    """Put each ratee where most of the ratings come from; the first component where two give as many."""
    members = sparse.csr_matrix(
        (np.ones(len(of_rater)), (np.arange(len(of_rater)), of_rater)),
        shape=(len(of_rater), int(of_rater.max()) + 1),
    )
    votes = (counts @ members).tocsr()
    if votes.shape[1] == 1 or votes.nnz == votes.shape[0]:
        return votes.indices.astype(np.int32) if votes.nnz else np.zeros(votes.shape[0], dtype=np.int32)
    votes.sort_indices()
    starts = votes.indptr[:-1]
    most = np.repeat(np.maximum.reduceat(votes.data, starts), np.diff(votes.indptr))
    chosen = np.where(votes.data == most, votes.indices, np.iinfo(np.int32).max)
    found: Places = np.minimum.reduceat(chosen, starts).astype(np.int32)
    return found


def _design(
    counts: sparse.csr_matrix,
    of_rater: Places,
    of_ratee: Places,
    ratees: Sequence[str],
    raters: Sequence[str],
) -> Design:
    pairs = counts.copy()
    pairs.data[:] = 1.0
    seen = np.asarray(pairs.sum(axis=0)).ravel().astype(int)
    met = (np.diff(pairs.indptr) >= 2).astype(float)
    shared = (pairs.T @ met).astype(int)
    together = (pairs.T @ pairs).tocsr()
    together.setdiag(0)
    together.eliminate_zeros()
    joints = articulation(together)
    components = int(of_rater.max()) + 1
    by_component = np.argsort(of_rater, kind="stable")
    cuts = np.cumsum(np.bincount(of_rater, minlength=components))[:-1]
    groups = np.split(by_component, cuts)
    strengths, weakest = [], []
    for number, group in enumerate(groups):
        if len(group) < 2:
            continue
        tied, side = strength(counts[:, group])
        strengths.append(tied)
        weakest.append(_weakest(pairs, group, side, number, ratees, raters))
    return Design(
        connected=components == 1,
        components=tuple(tuple(raters[place] for place in group.tolist()) for group in groups),
        raters=tuple(
            RaterLinks(
                rater=name,
                component=number + 1,
                ratees=ratees_seen,
                shared=both,
                partners=partners,
                articulation=joint,
            )
            for name, number, ratees_seen, both, partners, joint in zip(
                raters,
                of_rater.tolist(),
                seen.tolist(),
                shared.tolist(),
                np.diff(together.indptr).tolist(),
                joints.tolist(),
                strict=True,
            )
        ),
        articulation=tuple(raters[place] for place in np.flatnonzero(joints).tolist()),
        strength=min(strengths, default=None),
        weakest=tuple(weakest),
        notes=_notes(
            groups, raters, [raters[place] for place in np.flatnonzero(joints).tolist()], weakest, of_ratee
        ),
    )


def _weakest(
    pairs: sparse.csr_matrix,
    group: NDArray[np.int64],
    side: NDArray[np.bool_],
    number: int,
    ratees: Sequence[str],
    raters: Sequence[str],
) -> WeakestLink:
    here = pairs[:, group]
    both = (here @ side.astype(float) > 0) & (here @ (~side).astype(float) > 0)
    return WeakestLink(
        component=number + 1,
        raters=tuple(raters[place] for place in group[side].tolist()),
        ratees=tuple(ratees[place] for place in np.flatnonzero(both).tolist()),
    )


def _notes(
    groups: Sequence[NDArray[np.int64]],
    raters: Sequence[str],
    joints: Sequence[str],
    weakest: Sequence[WeakestLink],
    of_ratee: Places,
) -> tuple[str, ...]:
    notes = []
    if len(groups) > 1:
        people = np.bincount(of_ratee, minlength=len(groups)).tolist()
        shown = "; ".join(
            f"{number}: {listed([raters[place] for place in group.tolist()], _NAMED)} ({_people(count)})"
            for number, (group, count) in enumerate(zip(groups[:5], people, strict=False), start=1)
        )
        more = f"; and {len(groups) - 5:,} more" if len(groups) > 5 else ""
        notes.append(
            f"The ratings fall into {len(groups):,} parts that share no link: {shown}{more}. Strictness and "
            "fair scores can be compared inside a part, not across."
        )
    if joints:
        one = len(joints) == 1
        notes.append(
            f"Without {listed(joints, _NAMED)} the other raters could not be compared: "
            f"all comparison between the groups on either side runs through {'this one' if one else 'them'}."
        )
    notes += [
        f"{listed(link.raters, _NAMED)} {'is' if len(link.raters) == 1 else 'are'} tied to the other raters "
        f"by {_people(len(link.ratees))} only ({listed(link.ratees, _NAMED)})."
        for link in weakest
        if 0 < len(link.ratees) < THIN
    ]
    return tuple(notes)


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"
