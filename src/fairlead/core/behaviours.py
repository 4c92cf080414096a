"""A second opinion without keywords: a calendar beside the diaries of 1,114 chief executives.

Bandiera, Hansen, Prat and Sadun coded every activity of a week by its length, whether it was planned,
how many took part, from inside or outside, and from how many functions, and found two behaviours.
Calendars carry these features. The published probabilities of the 654 combinations are not labelled
with what each combination is, so scoring waits for a labelled table: see ``docs/methods/behaviours.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core.figures import Figure
from fairlead.core.minutes import DAY, LONG_MINUTES, day_of
from fairlead.core.signals import notice_minutes, with_others
from fairlead.core.tables import CANCELLED, DECLINED, NO_NOTICE
from fairlead.core.time_results import Behaviour

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairlead.core.tables import Meetings

FEATURES: Final = (
    ("short", "long"),
    ("unplanned", "planned"),
    ("one", "two_plus"),
    ("inside", "outside", "both"),
    ("one_function", "functions"),
)
"""What a diary entry and a calendar both say: an hour or more, set up a day before or earlier, two or
more other people, from where, from two or more functions."""

CELLS: Final = tuple("+".join(cell) for cell in product(*FEATURES))
"""The 48 combinations, in the order of tables and counts."""

LEVEL: Final = 0.8
MIN_UNITS: Final = 20
MIN_KNOWN: Final = 0.5
"""The features must be known for at least this part of all meetings, else those known are not typical."""

_GRID: Final = 199


class TableOfBehavioursError(ValueError):
    """A table of behaviours breaks its contract; the message says what would be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BehaviourTable:
    """Two fixed behaviours over ``CELLS``, and how common each share of the second one is.

    Parameters
    ----------
    manager, leader
        Probabilities of the 48 cells under each behaviour; each sums to 1.
    prior
        Weights of equal bins of the share of the "leader" behaviour from 0 to 1.
    source
        Where the table is from.
    """

    manager: tuple[float, ...]
    leader: tuple[float, ...]
    prior: tuple[float, ...]
    source: str

    def __post_init__(self) -> None:
        """Check that these are probabilities."""
        for name in ("manager", "leader"):
            values = np.asarray(getattr(self, name))
            if values.shape != (len(CELLS),) or np.any(values < 0) or abs(values.sum() - 1) > 1e-6:
                raise TableOfBehavioursError(f"“{name}” must be {len(CELLS)} probabilities that sum to 1.")
        if not self.prior or min(self.prior) < 0 or sum(self.prior) <= 0:
            raise TableOfBehavioursError("“prior” must be weights of at least one bin.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """Meetings in the features of the diaries.

    ``cell`` holds the position in ``CELLS`` of each meeting whose features are all known, ``week`` the
    Monday of it (days since 1970-01-01); ``meetings`` counts all meetings with others.
    """

    cell: NDArray[np.int64]
    week: NDArray[np.int64]
    meetings: int


def posterior(
    counts: NDArray[np.float64],
    manager: NDArray[np.float64],
    leader: NDArray[np.float64],
    prior: NDArray[np.float64],
    level: float = LEVEL,
) -> tuple[float, float, float]:
    """Return mean and interval of the share of the second behaviour.

    Parameters
    ----------
    counts
        How often each of V combinations occurred, shape (V,); need not be whole numbers.
    manager, leader
        Fixed probabilities of the combinations under each behaviour, shape (V,).
    prior
        Weights of equal bins from 0 to 1, shape (b,).
    level
        Coverage of the interval.

    Returns
    -------
    mean, low, high
        Of the posterior on a grid of 199 shares; assumes that meetings are independent given the
        share, which meetings of one series are not: see ``score``.

    References
    ----------
    Bandiera, Hansen, Prat & Sadun 2020, doi:10.1086/705331.

    Examples
    --------
    >>> import numpy as np
    >>> one, two = np.array([0.9, 0.1]), np.array([0.1, 0.9])
    >>> mean, low, high = posterior(np.array([10.0, 90.0]), one, two, np.ones(1))
    >>> low < mean < high and mean > 0.9
    True
    """
    share = np.linspace(0, 1, _GRID + 2)[1:-1]
    seen = counts > 0
    mixed = np.outer(share, leader[seen]) + np.outer(1 - share, manager[seen])
    # A combination that neither behaviour knows says nothing about the share.
    known = mixed.max(axis=0) > 0
    likelihood = np.log(mixed[:, known]) @ counts[seen][known]
    weight = prior[np.minimum((share * len(prior)).astype(int), len(prior) - 1)]
    belief = np.exp(likelihood - likelihood.max()) * weight
    belief /= belief.sum()
    reached = np.cumsum(belief)
    tail = (1 - level) / 2
    low, high = share[np.searchsorted(reached, tail)], share[np.searchsorted(reached, 1 - tail)]
    return float(belief @ share), float(low), float(high)


def diary_of(meetings: Meetings) -> Diary:
    """Read a calendar as a diary: meetings with others, each in its combination of features."""
    rows = _units(meetings)
    chosen = meetings.where(rows)
    notice = notice_minutes(chosen)
    inside = (chosen.reports + chosen.managers + chosen.peers + chosen.other_functions) > 0
    outside = chosen.outside > 0
    known = ((notice != NO_NOTICE) | chosen.recurring) & (chosen.unknown == 0) & (inside | outside)
    known &= (chosen.functions > 0) | ~inside
    planned = chosen.recurring | (notice >= DAY)
    place = np.where(inside & outside, 2, np.where(outside, 1, 0))
    parts = (chosen.minutes >= 60, planned, chosen.people > 2, place, chosen.functions >= 2)
    cell = np.zeros(len(chosen), dtype=np.int64)
    for options, part in zip(FEATURES, parts, strict=True):
        cell = cell * len(options) + np.asarray(part, dtype=np.int64)
    day = chosen.start_local // DAY
    return Diary(cell=cell[known], week=(day - (day + 3) % 7)[known], meetings=len(chosen))


def _units(meetings: Meetings) -> NDArray[np.bool_]:
    attended = (meetings.response != DECLINED) & (meetings.response != CANCELLED) & ~meetings.transparent
    timed = ~meetings.all_day & (meetings.minutes > 0) & (meetings.minutes <= LONG_MINUTES)
    units: NDArray[np.bool_] = with_others(meetings) & attended & timed & ~meetings.personal
    return units


NO_TABLE: Final = (
    "The published probabilities of the two behaviours do not say which combination of features each of them "
    "belongs to, so no index is given. The features themselves are among the figures."
)


def score(meetings: Meetings, table: BehaviourTable | None = None) -> Behaviour:
    """Score a calendar against two fixed behaviours.

    Parameters
    ----------
    meetings
        The occurrences of the period.
    table
        Labelled probabilities of the two behaviours; none is shipped.

    Returns
    -------
    Behaviour
        The share of the "leader" behaviour with an 80 % interval, or why there is too little to say.
        The interval is that of one typical week, as the diaries were one week long: meetings of a
        series repeat themselves, and many weeks of them are not many weeks of new information.
    """
    diary = diary_of(meetings)
    why = _too_little(diary, table)
    if why or table is None:
        return Behaviour(
            index=None, low=None, high=None, level=LEVEL, units=len(diary.cell), too_little=why, method=""
        )
    weeks = len(np.unique(diary.week))
    counts = np.bincount(diary.cell, minlength=len(CELLS)) / weeks
    mean, low, high = posterior(
        counts, np.asarray(table.manager), np.asarray(table.leader), np.asarray(table.prior)
    )
    return Behaviour(
        index=mean, low=low, high=high, level=LEVEL, units=len(diary.cell), too_little="",
        method=f"Share of the “leader” behaviour in a typical week, fixed behaviours from {table.source}.",
    )  # fmt: skip


def _too_little(diary: Diary, table: BehaviourTable | None) -> str:
    if not diary.meetings:
        return "The calendar holds no meeting with other people."
    if len(diary.cell) < MIN_UNITS:
        return (
            f"It takes at least {MIN_UNITS} meetings of which it is known when they were set up and who "
            f"takes part from where; here are {len(diary.cell)}."
        )
    if len(diary.cell) < MIN_KNOWN * diary.meetings:
        return "For more than half of the meetings it is not known when they were set up or who takes part."
    return "" if table is not None else NO_TABLE


_SHARES: Final = (
    ("diary_long_share", "Meetings of an hour or more divided by all meetings."),
    (
        "diary_planned_share",
        "Meetings set up a day before or earlier divided by those whose notice is known.",
    ),
    ("diary_large_share", "Meetings with two or more other people divided by all meetings."),
    ("diary_outside_share", "Meetings with somebody from outside divided by those where it is known."),
    ("diary_functions_share", "Meetings of two or more functions divided by those where it is known."),
)


def diary_figures(meetings: Meetings, keep: NDArray[np.bool_]) -> tuple[Figure, ...]:
    """Return five of the six features by which the diaries were compared, for one calendar.

    Parameters
    ----------
    meetings
        n occurrences.
    keep
        bool, shape (n,): the events of the period that cost time.

    Notes
    -----
    The sixth, meetings with other members of top management, needs titles of posts.
    """
    chosen = meetings.where(_units(meetings) & keep)
    notice = notice_minutes(chosen)
    placed = chosen.unknown == 0
    every = np.ones(len(chosen), dtype=bool)
    parts = (
        (chosen.minutes >= 60, every),
        (chosen.recurring | (notice >= DAY), (notice != NO_NOTICE) | chosen.recurring),
        (chosen.people > 2, every),
        (chosen.outside > 0, placed | (chosen.outside > 0)),
        (chosen.functions >= 2, chosen.functions > 0),
    )
    as_of = day_of(int(chosen.start_local.max()) // DAY).isoformat() if len(chosen) else None
    figures = []
    for (name, formula), (holds, known) in zip(_SHARES, parts, strict=True):
        n = int(known.sum())
        figure = Figure(
            name=name, value=float((holds & known).sum() / n) if n else None, unit="share", n=n,
            n_of="meetings", formula=formula, as_of=as_of,
            left_out="Entries longer than twelve hours, personal engagements, and work without an event.",
            too_little="" if n else "The calendar does not say this of any meeting.",
        )  # fmt: skip
        figures.append(figure)
    return tuple(figures)
