"""What a role asks: how much leading, managing and doing, by competency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.work import ASKED_KINDS, Competency, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

Z80: Final = 1.2815515655446004
"""Half width of an 80 % interval in standard errors (normal quantile at .9)."""

STRONGEST: Final = 7
"""Doing is read from a role's seven strongest hands-on activities: as many as leading has."""

SMALLEST_ZONE: Final = 10
"""A job zone with fewer roles has no standard deviation worth dividing by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """How much a role asks of one kind of work or one competency.

    ``level`` runs 0 to 1 (importance and level together); ``emphasis`` is in standard deviations
    from the mean of roles of the same job zone; ``share`` is the part of all that the role asks
    (kinds: the three shares sum to 1; competencies: the twelve sum to 1), with an 80 % interval
    over the activities behind it. Any of them is ``None`` where the source cannot say.
    """

    name: str
    level: float | None
    emphasis: float | None
    share: float | None
    share_low: float | None
    share_high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleProfile:
    """What one role asks.

    ``source`` is ``"onet"``, ``"own"`` or ``"description"``; ``kinds`` holds leading, managing and
    doing in this order, ``competencies`` the twelve in the order of ``work.Competency``;
    ``values`` and ``styles`` are (name, number) pairs, strongest first; ``attribution`` must be
    shown with every figure derived from O*NET.
    """

    code: str
    title: str
    source: str
    job_zone: int | None
    kinds: tuple[Demand, ...]
    competencies: tuple[Demand, ...]
    values: tuple[tuple[str, float], ...] = ()
    styles: tuple[tuple[str, float], ...] = ()
    attribution: str = ""
    as_of: str | None = None
    notes: tuple[str, ...] = ()

    def demand(self, name: str) -> Demand:
        """Return the demand of that name; ``KeyError`` if there is none."""
        for found in (*self.kinds, *self.competencies):
            if found.name == name:
                return found
        raise KeyError(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleMatch:
    """One role found from a wording: the title that matched, and how well (0 to 100).

    ``generic``: the wording is one that every trade uses ("team lead"), so that any role found from
    it is a guess at the trade.
    """

    code: str
    title: str
    matched: str
    score: float
    generic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceReading:
    """One sentence of a job description, what it asks for and the words that decided.

    ``words`` are (start, end) offsets into ``text``; ``kind`` is empty where the sentence asks for
    nothing that the lens knows.
    """

    text: str
    kind: str
    competency: str
    weight: float
    words: tuple[tuple[int, int], ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DescriptionReading:
    """A job description read through the lens (row 190)."""

    sentences: tuple[SentenceReading, ...]
    profile: RoleProfile | None
    too_little: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """A role near another one; ``distance`` is 0 for the same, 1 for unrelated, 2 for opposite."""

    code: str
    title: str
    distance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One rated work activity: the kind of work it stands for and the competencies it speaks to.

    ``weight`` counts within the kind; ``competencies`` holds (name, weight) pairs;
    ``sentences`` is the kind that its detailed sentences ask for; ``why`` is the reason for it all.
    """

    id: str
    name: str
    kind: Kind
    why: str
    sentences: Kind
    weight: float = 1.0
    competencies: tuple[tuple[Competency, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupation:
    """The ratings of one occupation, in the order of the activities; ``None`` where not rated.

    ``importance`` runs 1 to 5 and ``level`` 0 to 7; ``values`` (extent, 1 to 7) and ``styles``
    (impact, -3 to 3) are (name, number) pairs; ``titles`` are further wordings of the title.
    """

    code: str
    title: str
    job_zone: int | None
    importance: tuple[float | None, ...]
    level: tuple[float | None, ...]
    values: tuple[tuple[str, float], ...] = ()
    styles: tuple[tuple[str, float], ...] = ()
    titles: tuple[str, ...] = ()


def derive(
    occupations: Sequence[Occupation],
    activities: Sequence[Activity],
    *,
    attribution: str = "",
    as_of: str | None = None,
    notes: tuple[str, ...] = (),
) -> tuple[RoleProfile, ...]:
    """Turn rated work activities into what each role asks.

    The strength of an activity is ``(IM - 1) / 4 * LV / 7``: how much it matters times at which
    level it is asked, 0 to 1. The *level* of leading, of managing and of each competency is the
    weighted mean strength of its activities; the level of doing is the mean of the role's seven
    strongest hands-on activities, because no job asks for all of them. The *emphasis* is the
    level's residual on the role's mean strength over all activities (the general factor), pooled
    slope, taken within the job zone, in the zone's standard deviations. The *share* is a level
    divided by the sum of the levels of its set; its interval treats the activities as a sample of
    what could have been rated: the standard error of each mean, carried to the logit of the share.

    Parameters
    ----------
    occupations
        Ratings; the emphasis compares them with one another.
    activities
        The map, in the order of the ratings.
    attribution, as_of, notes
        Handed on to every profile.

    Returns
    -------
    tuple of RoleProfile
        One for each occupation, in order. A level is ``None`` where no activity behind it is
        rated; an emphasis is ``None`` also without a job zone or in a zone of fewer than 10 roles.

    Raises
    ------
    ValueError
        If an occupation does not have one importance and one level for each activity.

    References
    ----------
    Peterson, N. G., et al. (2001). Understanding work using the Occupational Information Network
    (O*NET). Personnel Psychology 54, 451-492. doi:10.1111/j.1744-6570.2001.tb00100.x

    Examples
    --------
    >>> acts = (
    ...     Activity(id="a", name="Coach", kind=Kind.LEADING, sentences=Kind.LEADING, why="x",
    ...              competencies=((Competency.DEVELOPING_PEOPLE, 1.0),)),
    ...     Activity(id="b", name="Schedule", kind=Kind.MANAGING, sentences=Kind.MANAGING, why="x",
    ...              competencies=((Competency.RELIABILITY, 1.0),)),
    ...     Activity(id="c", name="Repair", kind=Kind.DOING, sentences=Kind.DOING, why="x"),
    ... )
    >>> role = Occupation(code="1", title="Foreman", job_zone=None,
    ...                   importance=(3.0, 5.0, 5.0), level=(3.5, 3.5, 7.0))
    >>> [(d.name, d.level, round(d.share, 3)) for d in derive([role], acts)[0].kinds]
    [('leading', 0.25, 0.143), ('managing', 0.5, 0.286), ('doing', 1.0, 0.571)]
    """
    if not occupations:
        return ()
    strength = _strengths(occupations, activities)
    zones = np.array([role.job_zone or 0 for role in occupations])
    general = _nanmean(strength)
    kinds = [_kind_level(strength, activities, kind) for kind in ASKED_KINDS]
    spread = _spread(strength, activities)
    competencies = [_competency_level(strength, activities, name, spread) for name in Competency]
    kind_rows = _demands([str(kind) for kind in ASKED_KINDS], kinds, general, zones)
    competency_rows = _demands([str(name) for name in Competency], competencies, general, zones)
    return tuple(
        RoleProfile(
            code=role.code,
            title=role.title,
            source="onet",
            job_zone=role.job_zone,
            kinds=kind_rows[at],
            competencies=competency_rows[at],
            values=_strongest_first(role.values),
            styles=_strongest_first(role.styles),
            attribution=attribution,
            as_of=as_of,
            notes=notes,
        )
        for at, role in enumerate(occupations)
    )


def relatives(occupations: Sequence[Occupation], *, limit: int = 12) -> tuple[tuple[Relative, ...], ...]:
    """Find for each role the roles that ask for the most similar work.

    The importance and level ratings become z-scores over the roles; each role's own mean is then
    taken out, so that the shape of a role counts and not its overall height; the distance is one
    minus the cosine of two such rows. Unrated activities count as average.

    Returns
    -------
    tuple of tuples of Relative
        For each role its nearest, nearest first, ties by code; never the role itself.

    Examples
    --------
    >>> def role(code, *ratings):
    ...     return Occupation(code=code, title=code, job_zone=None, importance=ratings, level=ratings)
    >>> near = relatives([role("a", 5.0, 1.0), role("b", 4.0, 1.0), role("c", 1.0, 5.0)], limit=1)
    >>> [found[0].code for found in near]
    ['b', 'a', 'a']
    """
    if not occupations:
        return ()
    ratings = np.array([[*role.importance, *role.level] for role in occupations], dtype=np.float64)
    unit = _shapes(ratings)
    distances = np.clip(1.0 - unit @ unit.T, 0.0, 2.0)
    np.fill_diagonal(distances, np.inf)
    codes = np.array([role.code for role in occupations])
    found = []
    for row in distances:
        order = np.lexsort((codes, row))[: min(limit, len(occupations) - 1)]
        found.append(
            tuple(
                Relative(code=occupations[at].code, title=occupations[at].title, distance=float(row[at]))
                for at in order
            )
        )
    return tuple(found)


def profile_distance(one: RoleProfile, other: RoleProfile) -> float | None:
    """Compare what two roles ask by their shares: Hellinger distance, 0 same to 1 nothing shared.

    Kinds and competencies count the same; a share that one of the two cannot say is left out.
    ``None`` if nothing can be compared. Works between any sources, since only shares are used.
    """
    parts = [
        _hellinger(mine, theirs)
        for mine, theirs in ((one.kinds, other.kinds), (one.competencies, other.competencies))
    ]
    known = [part for part in parts if part is not None]
    return sum(known) / len(known) if known else None


def _hellinger(mine: tuple[Demand, ...], theirs: tuple[Demand, ...]) -> float | None:
    pairs = [
        (left.share, right.share)
        for left, right in zip(mine, theirs, strict=True)
        if left.share is not None and right.share is not None
    ]
    if not pairs or not sum(left for left, _ in pairs) or not sum(right for _, right in pairs):
        return None
    left, right = np.array(pairs).T
    overlap = float(np.sum(np.sqrt(left / left.sum() * right / right.sum())))
    return float(np.sqrt(max(0.0, 1.0 - overlap)))


def _strengths(occupations: Sequence[Occupation], activities: Sequence[Activity]) -> Matrix:
    for role in occupations:
        if len(role.importance) != len(activities) or len(role.level) != len(activities):
            raise ValueError(f"{role.code} needs one importance and one level for each activity.")
    importance = np.array([role.importance for role in occupations], dtype=np.float64)
    level = np.array([role.level for role in occupations], dtype=np.float64)
    return np.clip((importance - 1.0) / 4.0, 0.0, 1.0) * np.clip(level / 7.0, 0.0, 1.0)


def _nanmean(values: Matrix) -> Matrix:
    known = ~np.isnan(values)
    count = known.sum(axis=1)
    return np.where(count > 0, np.nansum(values, axis=1) / np.maximum(count, 1), np.nan)


def _weighted(strength: Matrix, weights: Matrix) -> tuple[Matrix, Matrix]:
    """Return the weighted mean of each row over what is rated, and the design factor of its variance."""
    known = np.where(np.isnan(strength), 0.0, weights)
    total = known.sum(axis=1)
    safe = np.where(total > 0, total, 1.0)
    mean = np.nansum(known * np.nan_to_num(strength), axis=1) / safe
    factor = (known**2).sum(axis=1) / safe**2
    return np.where(total > 0, mean, np.nan), factor


def _kind_level(strength: Matrix, activities: Sequence[Activity], kind: Kind) -> tuple[Matrix, Matrix]:
    """Level of one kind of work for each role, and the variance of that level."""
    columns = [at for at, activity in enumerate(activities) if activity.kind is kind]
    if not columns:
        nothing = np.full(strength.shape[0], np.nan)
        return nothing, nothing
    part = strength[:, columns]
    weights = np.array([activities[at].weight for at in columns])
    if kind is Kind.DOING and len(columns) > STRONGEST:
        part = -np.sort(-np.nan_to_num(part), axis=1)[:, :STRONGEST]
        weights = np.ones(STRONGEST)
    mean, factor = _weighted(part, weights)
    return mean, _variance(part) * factor


def _spread(strength: Matrix, activities: Sequence[Activity]) -> Matrix:
    """Variance between the leading and managing activities of each role: what one activity may be off."""
    columns = [at for at, activity in enumerate(activities) if activity.kind is not Kind.DOING]
    return _variance(strength[:, columns])


def _variance(part: Matrix) -> Matrix:
    count = (~np.isnan(part)).sum(axis=1)
    centred = part - _nanmean(part)[:, None]
    return np.where(count > 1, np.nansum(centred**2, axis=1) / np.maximum(count - 1, 1), np.nan)


def _competency_level(
    strength: Matrix, activities: Sequence[Activity], name: Competency, spread: Matrix
) -> tuple[Matrix, Matrix]:
    """Level of one competency for each role, and the variance of that level."""
    weights = np.array([dict(activity.competencies).get(name, 0.0) for activity in activities])
    mean, factor = _weighted(strength, weights)
    return mean, spread * factor


def _demands(
    names: Sequence[str], levels: Sequence[tuple[Matrix, Matrix]], general: Matrix, zones: NDArray[np.int_]
) -> list[tuple[Demand, ...]]:
    level = np.array([mean for mean, _ in levels])
    variance = np.array([spread for _, spread in levels])
    emphasis = np.array([_emphasis(row, general, zones) for row in level])
    share, low, high = _shares(level, variance)
    return [
        tuple(
            Demand(
                name=name,
                level=_number(level[row, role]),
                emphasis=_number(emphasis[row, role]),
                share=_number(share[row, role]),
                share_low=_number(low[row, role]),
                share_high=_number(high[row, role]),
            )
            for row, name in enumerate(names)
        )
        for role in range(level.shape[1])
    ]


def _emphasis(level: Matrix, general: Matrix, zones: NDArray[np.int_]) -> Matrix:
    """Residual on the general factor within the job zone, in the zone's standard deviations."""
    known = ~np.isnan(level) & ~np.isnan(general) & (zones > 0)
    centred, factor = np.full_like(level, np.nan), np.full_like(level, np.nan)
    groups = [known & (zones == zone) for zone in np.unique(zones[known])]
    groups = [group for group in groups if group.sum() >= SMALLEST_ZONE]
    for group in groups:
        centred[group] = level[group] - level[group].mean()
        factor[group] = general[group] - general[group].mean()
    used = ~np.isnan(factor)
    square = float(np.sum(factor[used] ** 2))
    slope = float(np.sum(centred[used] * factor[used])) / square if square > 0 else 0.0
    rest = centred - slope * factor
    for group in groups:
        deviation = float(np.std(rest[group]))
        rest[group] = rest[group] / deviation if deviation > 1e-12 else np.nan
    return rest


def _shares(level: Matrix, variance: Matrix) -> tuple[Matrix, Matrix, Matrix]:
    """Shares of the sum down the columns, with an 80 % interval on the logit scale."""
    amount, doubt = np.nan_to_num(level), np.nan_to_num(variance)
    total = amount.sum(axis=0)
    others, other_doubt = total - amount, doubt.sum(axis=0) - doubt
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        share = np.where(np.isnan(level) | (total <= 0), np.nan, amount / total)
        logit = np.log(amount / others)
        width = Z80 * np.sqrt(doubt / amount**2 + other_doubt / others**2)
        low, high = 1 / (1 + np.exp(width - logit)), 1 / (1 + np.exp(-width - logit))
    known = np.isfinite(logit) & np.isfinite(width) & ~np.isnan(variance)
    return share, np.where(known, low, np.nan), np.where(known, high, np.nan)


def _shapes(ratings: Matrix) -> Matrix:
    """Rows of unit length: z-scores over the roles, each row's own mean taken out."""
    known = ~np.isnan(ratings)
    count = np.maximum(known.sum(axis=0), 1)
    centred = np.nan_to_num(ratings - np.nansum(ratings, axis=0) / count)
    deviation = np.sqrt((centred**2).sum(axis=0) / count)
    scores = centred / np.where(deviation > 0, deviation, 1.0)
    scores -= scores.mean(axis=1, keepdims=True)
    length = np.sqrt((scores**2).sum(axis=1, keepdims=True))
    unit: Matrix = scores / np.where(length > 0, length, 1.0)
    return unit


def _strongest_first(pairs: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    ordered: Callable[[tuple[str, float]], tuple[float, str]] = lambda pair: (-pair[1], pair[0])  # noqa: E731
    return tuple(sorted(pairs, key=ordered))


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
