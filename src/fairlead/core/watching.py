"""Watching selection rates round after round without being fooled by looking often.

A test made for one look raises false alarms when it is repeated every round. Here a bet is placed instead:
one unit on "the odds differ", settled round by round by what was decided. With equal chances it gains
nothing on average, so that it multiplies twentyfold at any time in at most one of twenty cases.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.special import gammaln, logsumexp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from fairlead.core.decisions import Attribute, Decisions

ALARM: Final = 0.05
"""How often, at most, groups with equal chances ever raise an alarm, however many rounds are looked at."""

BETS: Final = np.linspace(-4.0, 4.0, 161)
"""Logarithms of the odds ratios that are bet on."""

STAKES: Final = np.exp(-(BETS**2) / 2) / np.exp(-(BETS**2) / 2).sum()
"""How much on each: most near equal odds, after a normal distribution with standard deviation 1."""

_EVEN: Final = np.zeros(1)

FARTHEST: Final = 12.0
"""Logarithm of the odds ratio beyond which an interval is called open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What stood after one round.

    ``evidence`` is the e-value so far: what a bet against equal chances has turned 1 into. ``p`` is valid
    however often was looked. ``low`` and ``high`` hold the odds ratio of all rounds so far; with the
    coverage of :class:`Watch` they hold it at every round at once. ``high`` is ``None`` where it is open.
    """

    round: str
    n: int
    selected: int
    n_others: int
    selected_others: int
    evidence: float
    p: float
    odds_ratio: float | None
    low: float
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One group beside everybody else who stated it, over the rounds.

    ``alarm`` names the first round where the evidence passed ``limit``; empty while it has not.
    """

    group: str
    looks: tuple[Look, ...]
    limit: float
    alarm: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Every group watched; ``level`` is the coverage of the running intervals, each for itself."""

    groups: tuple[Watched, ...]
    level: float


Table = tuple[int, int, int, int]
"""Selected and all of the group, selected and all of the others."""


def watch(decisions: Decisions, column: Attribute, *, reference: str = "", level: float = 0.95) -> Watch:
    """Watch every group of an attribute over the rounds of a table, inside strata where there are any.

    Parameters
    ----------
    decisions
        With ``rounds``, whose values stand in order of time.
    column
        The attribute. Of two groups one is watched; they mirror each other.
    reference
        Of two groups, the one that is not watched.
    level
        Coverage of the running intervals.

    Returns
    -------
    Watch
        The limit of the evidence is the number of groups watched over :data:`ALARM`.

    Raises
    ------
    ValueError
        When the table names no rounds.
    """
    if decisions.rounds is None:
        raise ValueError("There are no rounds to watch.")
    entered, selected = decisions.whole()
    strata = decisions.strata.of if decisions.strata is not None else np.zeros(len(decisions), dtype=np.int64)
    places = np.unique(column.of[entered & (column.of >= 0)]).tolist()
    if len(places) < 2:
        return Watch(groups=(), level=level)
    if len(places) == 2:
        places = [one for one in places if column.values[one] != reference][:1]
    limit = len(places) / ALARM
    found = []
    for place in places:
        rounds = []
        for number, name in enumerate(decisions.rounds.values):
            here = entered & (decisions.rounds.of == number) & (column.of >= 0)
            inside = [here & (strata == one) for one in np.unique(strata[here])]
            rounds.append((name, [_table(rows, column.of == place, selected) for rows in inside]))
        found.append(watched(column.values[place], rounds, limit=limit, level=level))
    return Watch(groups=tuple(found), level=level)


def _table(rows: NDArray[np.bool_], mine: NDArray[np.bool_], selected: NDArray[np.bool_]) -> Table:
    group, others = rows & mine, rows & ~mine
    return (
        int((group & selected).sum()),
        int(group.sum()),
        int((others & selected).sum()),
        int(others.sum()),
    )


def watched(
    group: str,
    rounds: Sequence[tuple[str, Sequence[Table]]],
    *,
    limit: float = 1 / ALARM,
    level: float = 0.95,
) -> Watched:
    """Watch one group over rounds.

    Parameters
    ----------
    group
        Its name.
    rounds
        In order of time, each with its name and its tables, one a stratum: selected and all of the group,
        selected and all of the others.
    limit
        Evidence that raises an alarm; 20 keeps false alarms ever below one in twenty.
    level
        Coverage of the running interval.

    Notes
    -----
    Given how many of whom were decided on in a round and how many were selected, equal chances make the
    number selected of the group hypergeometric. The e-value is the mean over :data:`STAKES` of the
    likelihood of all rounds so far at that odds ratio, over their likelihood at equal odds: a martingale
    from 1, so that it ever passes 1 / a with probability a at most (Ville 1939). Chances may change from
    round to round; the same people may come again. The interval holds the odds ratios that the same bet
    has not refused. Rounds must be judged as they come: a table whose group was chosen after looking at
    the rounds promises nothing.

    References
    ----------
    Ville (1939); Shafer (2021), doi:10.1111/rssa.12647; Ramdas, Grünwald, Vovk & Shafer (2023),
    doi:10.1214/23-STS894; for auditing decisions: Chugg et al. (2023), arXiv:2305.17570.

    Examples
    --------
    >>> seen = watched("a", [("1", [(3, 20, 12, 30)]), ("2", [(2, 20, 15, 30)]), ("3", [(1, 20, 14, 30)])])
    >>> [round(look.evidence, 1) for look in seen.looks], seen.alarm
    ([2.1, 71.2, 8037.3], '2')
    """
    tables: list[Table] = []
    looks: list[Look] = []
    highest, alarm = 1.0, ""
    sums = np.zeros(4, dtype=np.int64)
    for (name, new), (evidence, betting) in zip(rounds, _bets([new for _, new in rounds]), strict=True):
        highest = max(highest, evidence)
        alarm = alarm or (name if evidence >= limit else "")
        tables += [one for one in new if _tells(one)]
        sums += np.array(new, dtype=np.int64).reshape(-1, 4).sum(axis=0)
        odds, low, high = _interval(tables, betting, level)
        looks.append(
            Look(
                round=name,
                n=int(sums[1]),
                selected=int(sums[0]),
                n_others=int(sums[3]),
                selected_others=int(sums[2]),
                evidence=evidence,
                p=min(1.0, 1 / highest),
                odds_ratio=odds,
                low=low,
                high=high,
            )
        )
    says = _says(group, looks, limit, alarm)
    return Watched(group=group, looks=tuple(looks), limit=limit, alarm=alarm, says=says)


def evidence(rounds: Sequence[Sequence[Table]]) -> list[float]:
    """Give the e-value after each round; what :func:`watched` looks at.

    Examples
    --------
    >>> [round(one, 1) for one in evidence([[(3, 20, 12, 30)], [(2, 20, 15, 30)]])]
    [2.1, 71.2]
    """
    return [one for one, _ in _bets(rounds)]


def _bets(rounds: Sequence[Sequence[Table]]) -> Iterator[tuple[float, float]]:
    """Give after each round the e-value, and the logarithm of what the bets say of the tables so far."""
    betting, equal = np.zeros(len(BETS)), 0.0
    for new in rounds:
        for one in new:
            if _tells(one):
                betting += log_chance(one, BETS)
                equal += float(log_chance(one, _EVEN)[0])
        together = float(logsumexp(betting, b=STAKES))
        yield float(np.exp(min(together - equal, 700.0))), together


def _tells(one: Table) -> bool:
    """Say whether a table has both groups, and some but not all selected."""
    return bool(one[1] and one[3]) and 0 < one[0] + one[2] < one[1] + one[3]


def log_chance(table: Table, log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the logarithm of the chance of a table, its margins given, at each odds ratio.

    Fisher's noncentral hypergeometric distribution.

    Examples
    --------
    >>> np.exp(log_chance((1, 2, 1, 2), np.array([0.0]))).round(4).tolist()
    [0.6667]
    """
    x, n, x_ref, n_ref = table
    drawn = x + x_ref
    at = np.arange(max(0, drawn - n_ref), min(n, drawn) + 1)
    logs = -gammaln(at + 1.0) - gammaln(n - at + 1.0) - gammaln(drawn - at + 1.0)
    logs -= gammaln(n_ref - drawn + at + 1.0)
    each = logs[:, None] + at[:, None] * log_odds[None, :]
    found: NDArray[np.float64] = each[x - at[0]] - logsumexp(each, axis=0)
    return found


class _Likelihood:
    """The chance of some tables together at any odds ratio, their supports laid one after the other."""

    def __init__(self, tables: Sequence[Table]) -> None:
        x, n, x_ref, n_ref = np.array(tables, dtype=np.int64).T
        drawn = x + x_ref
        low, high = np.maximum(0, drawn - n_ref), np.minimum(n, drawn)
        sizes = high - low + 1
        self.starts = np.cumsum(sizes) - sizes
        self.of = np.repeat(np.arange(len(x)), sizes)
        self.at = np.arange(len(self.of)) - self.starts[self.of] + low[self.of]
        rest = drawn[self.of] - self.at
        self.logs = -gammaln(self.at + 1.0) - gammaln(n[self.of] - self.at + 1.0)
        self.logs -= gammaln(rest + 1.0) + gammaln(n_ref[self.of] - rest + 1.0)
        self.seen = self.starts + x - low
        self.total = int(x.sum())
        self.least, self.most = int(low.sum()), int(high.sum())

    def at_odds(self, log_odds: float) -> tuple[float, float]:
        """Give the logarithm of the chance, and the number selected that is expected."""
        logs = self.logs + self.at * log_odds
        peaks = np.maximum.reduceat(logs, self.starts)
        weights = np.exp(logs - peaks[self.of])
        sums = np.add.reduceat(weights, self.starts)
        chance = float((logs[self.seen] - peaks - np.log(sums)).sum())
        return chance, float((np.add.reduceat(weights * self.at, self.starts) / sums).sum())


def conditional_odds_ratio(tables: Sequence[Table]) -> float | None:
    """Give the likeliest common odds ratio of some tables, their margins given.

    0 where the group was selected as seldom as the margins let it, ``None`` (no upper end) where as often.

    Examples
    --------
    >>> round(conditional_odds_ratio([(3, 8, 16, 25)]), 5)
    0.34941
    """
    return _likeliest(_Likelihood(tables))


def _likeliest(likely: _Likelihood) -> float | None:
    if likely.total == likely.least:
        return 0.0
    if likely.total == likely.most:
        return None
    low, high = -40.0, 40.0
    for _ in range(80):
        half = (low + high) / 2
        if likely.at_odds(half)[1] < likely.total:
            low = half
        else:
            high = half
    return float(np.exp((low + high) / 2))


def _interval(
    tables: Sequence[Table], betting: float, level: float
) -> tuple[float | None, float, float | None]:
    """Give the likeliest odds ratio and the ends of those that the bet has not refused."""
    if not tables:
        return None, 0.0, None
    likely = _Likelihood(tables)
    odds = _likeliest(likely)
    floor = betting + float(np.log(1 - level))
    peak = FARTHEST if odds is None else (-FARTHEST if odds == 0 else float(np.log(odds)))
    low, high = (_end(likely, peak, floor, way) for way in (-1.0, 1.0))
    return odds, 0.0 if low is None else float(np.exp(low)), None if high is None else float(np.exp(high))


def _end(likely: _Likelihood, peak: float, floor: float, way: float) -> float | None:
    """Find where the likelihood, which has one peak, falls below the floor; ``None`` if not within reach."""
    if abs(peak) >= FARTHEST and peak * way > 0:
        return None
    inner = outer = peak
    step = 0.25
    while likely.at_odds(outer)[0] >= floor:
        if abs(outer) > FARTHEST and outer * way > 0:
            return None
        inner, outer, step = outer, outer + way * step, 2 * step
    for _ in range(50):
        half = (inner + outer) / 2
        if likely.at_odds(half)[0] < floor:
            outer = half
        else:
            inner = half
    return outer


def _says(group: str, looks: Sequence[Look], limit: float, alarm: str) -> str:
    if not looks:
        return ""
    last = looks[-1]
    rounds = "1 round" if len(looks) == 1 else f"{len(looks)} rounds"
    if alarm:
        lower = last.odds_ratio is not None and last.odds_ratio < 1
        beside = "lower" if lower or not last.selected else "higher"
        return (
            f"In round {alarm} the evidence that {group} is selected at other odds than everybody else "
            f"passed {limit:.0f}; after {rounds} the odds are {beside}. With equal chances that happens in "
            "at most one of twenty such tables, however long is watched."
        )
    return (
        f"No alarm for {group} after {rounds}: the evidence stands at {last.evidence:.2g}, {limit:.0f} would "
        "raise one. No alarm does not mean that chances are equal."
    )
