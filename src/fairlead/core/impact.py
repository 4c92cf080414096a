"""Adverse impact: how often each group was selected, at each step of a round and over rounds.

Figures about decisions that people made; nothing here decides, ranks or predicts. Demographics are what
people say of themselves. What of this may be shown, and to whom, is decided in
:mod:`fairlead.core.impact_release`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from fairlead.core.decisions import crossed
from fairlead.core.impact_rates import Count, group_rates, reference_of
from fairlead.core.impact_results import (
    FEWEST,
    LEVEL,
    LIMIT,
    AttributeImpact,
    Comparison,
    GroupRate,
    Impact,
    NotStated,
    Scope,
    Stratified,
    StratumRates,
    Word,
)
from fairlead.core.impact_strata import stratified
from fairlead.core.score_gaps import score_gaps
from fairlead.core.watching import watch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairlead.core.decisions import Attribute, Decisions
    from fairlead.core.impact_strata import Table

__all__ = (
    "FEWEST", "LEVEL", "LIMIT", "AttributeImpact", "Comparison", "Count", "GroupRate", "Impact",
    "NotStated", "Scope", "Stratified", "StratumRates", "Word", "impact",
)  # fmt: skip

OTHERS = "everybody else"


def impact(decisions: Decisions, *, reference: str = "", level: float = LEVEL) -> Impact:
    """Compare selection rates by what people state of themselves.

    Parameters
    ----------
    decisions
        Who came how far. Two attributes are taken alone and together.
    reference
        A value of the first attribute to compare with; by default the value selected most often (of those
        with five people and 2 % at least). The same one stands in every step, stratum and round.
    level
        Coverage of intervals.

    Returns
    -------
    Impact
        For each attribute the whole way, every step, every round, and the rounds watched.

    Raises
    ------
    ValueError
        When nobody states ``reference``.

    Notes
    -----
    The written rule of the verdicts. *Too few to say*: a group or the reference has fewer than five
    people, or no outcome with as many selected could have had a mid-p of .05. *Lower* or *higher*: mid-p,
    adjusted by Holm for all pairs that could have shown a difference, is .05 or less (all pairs of groups
    where the reference was picked by its rate, pairs with it where it was named). *About level*: the whole
    interval of the ratio lies between 0.80 and 1.25. *Unclear*: everything else. Four fifths is a rule of
    thumb beside it and decides nothing. Who did not state the attribute is counted and in no comparison.
    A difference is no proof of a cause, and no difference none of fairness.

    References
    ----------
    Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607 (1978); Morris & Lobsenz (2000),
    doi:10.1111/j.1744-6570.2000.tb00195.x.

    Examples
    --------
    >>> from fairlead.core.decisions import Decisions, attribute
    >>> sex = attribute("sex", ["woman"] * 40 + ["man"] * 80 + [""] * 2)
    >>> passed = np.array([1] * 12 + [0] * 28 + [1] * 40 + [0] * 40 + [1, 0])
    >>> table = Decisions(steps=("promoted",), passed=passed, open=np.zeros(122, bool), attributes=(sex,))
    >>> whole = impact(table).attributes[0].whole
    >>> [(one.group, one.n, one.selected, one.impact_ratio, one.said) for one in whole.groups]
    [('man', 80, 40, 1.0, 'reference'), ('woman', 40, 12, 0.6, 'lower')]
    >>> whole.not_stated.n
    2
    """
    first = decisions.attributes[0]
    if reference and reference not in first.values:
        raise ValueError(f"Nobody states “{reference}” as {first.name}.")
    found = [
        _attribute(decisions, one, reference if one is first else "", level, is_crossed=False)
        for one in decisions.attributes
    ]
    if len(decisions.attributes) > 1:
        both = crossed(*decisions.attributes[:2])
        found.append(_attribute(decisions, both, "", level, is_crossed=True))
    return Impact(
        steps=decisions.steps,
        strata=decisions.strata.name if decisions.strata is not None else "",
        attributes=tuple(found),
        level=level,
    )


def _attribute(
    decisions: Decisions, column: Attribute, reference: str, level: float, *, is_crossed: bool
) -> AttributeImpact:
    named = bool(reference)
    entered, selected = decisions.whole()
    reference = reference or reference_of(_Cut(column, entered, selected).counts())
    table = _Tables(decisions, column, reference, named, level)
    whole = table.compare("whole", "", entered, selected, decisions.open)
    steps = [
        table.compare("step", name, decisions.entered(at), decisions.selected(at), decisions.waiting(at))
        for at, name in enumerate(decisions.steps)
    ]
    rounds: list[Comparison] = []
    if decisions.rounds is not None:
        for place, name in enumerate(decisions.rounds.values):
            here = decisions.rounds.of == place
            rounds.append(
                table.compare("round", name, entered & here, selected & here, decisions.open & here)
            )
    seen = None
    if decisions.rounds is not None and len(decisions.rounds.values) > 1 and not is_crossed:
        seen = watch(decisions, column, reference=reference, level=level)
    scores = None
    if decisions.scores is not None and reference:
        scores = score_gaps(decisions.scores, column, reference=reference, level=level)
    return AttributeImpact(
        attribute=column.name, crossed=is_crossed, whole=whole, steps=tuple(steps), rounds=tuple(rounds),
        watch=seen, scores=scores,
    )  # fmt: skip


class _Cut:
    """Some rows by one attribute, and by what they are compared within: all decided on, and all selected.

    Rows and columns are in the order of the values; what names none stands last.
    """

    def __init__(
        self, column: Attribute, entered: NDArray[np.bool_], selected: NDArray[np.bool_],
        strata: Attribute | None = None,
    ) -> None:  # fmt: skip
        width = len(column.values) + 1
        height = 1 if strata is None else len(strata.values) + 1
        cell = column.of % width
        if strata is not None:
            cell = (strata.of % height) * width + cell
        self.values = column.values
        self.n, self.x = (
            np.bincount(cell[rows], minlength=width * height).reshape(height, width)
            for rows in (entered, entered & selected)
        )

    def counts(self, stratum: int | None = None) -> list[Count]:
        """Count every group; ``stratum`` limits it to one."""
        n, x = self._rows(stratum)
        return [Count(*one) for one in zip(self.values, n[:-1], x[:-1], strict=True)]

    def not_stated(self, stratum: int | None = None) -> NotStated:
        """Count who did not state it."""
        n, x = (row[-1] for row in self._rows(stratum))
        return NotStated(n=n, selected=x, rate=x / n if n else None)

    def all_of(self, stratum: int) -> tuple[int, int]:
        """Count who was decided on and who was selected, stated or not."""
        n, x = self._rows(stratum)
        return sum(n), sum(x)

    def _rows(self, stratum: int | None) -> tuple[list[int], list[int]]:
        if stratum is None:
            return self.n.sum(axis=0).tolist(), self.x.sum(axis=0).tolist()
        return self.n[stratum].tolist(), self.x[stratum].tolist()


@dataclass(frozen=True, slots=True)
class _Tables:
    """All comparisons of one attribute with one reference."""

    decisions: Decisions
    column: Attribute
    reference: str
    named: bool
    level: float

    def compare(
        self, scope: Scope, name: str, entered: NDArray[np.bool_], selected: NDArray[np.bool_],
        waiting: NDArray[np.bool_],
    ) -> Comparison:  # fmt: skip
        """Compare the groups in one decision."""
        cut = _Cut(self.column, entered, selected, self.decisions.strata)
        counts = cut.counts()
        reference = self.reference or reference_of(counts)
        strata, tables = self._strata(cut, reference)
        groups = group_rates(counts, reference, named=self.named, level=self.level)
        others, each = self._stratified(counts, tables, reference)
        return Comparison(
            scope=scope, name=name, n=int(entered.sum()), selected=int((entered & selected).sum()),
            open=int(waiting.sum()), not_stated=cut.not_stated(), reference=reference,
            reference_named=self.named, groups=groups, strata=strata, mantel_haenszel=others,
            stratified=each, too_little=_too_little(counts, reference),
        )  # fmt: skip

    def _strata(self, cut: _Cut, reference: str) -> tuple[tuple[StratumRates, ...], list[list[Count]]]:
        strata = self.decisions.strata
        if strata is None:
            return (), []
        found, tables = [], []
        for place, name in enumerate((*strata.values, "")):
            n, selected = cut.all_of(place)
            if not n:
                continue
            counts = cut.counts(place)
            tables.append(counts)
            here = [one for one in counts if one.n]
            found.append(
                StratumRates(
                    stratum=name, n=n, selected=selected, not_stated=cut.not_stated(place),
                    groups=group_rates(here, reference, named=self.named, level=self.level),
                )
            )  # fmt: skip
        return tuple(found), tables

    def _stratified(
        self, counts: list[Count], tables: list[list[Count]], reference: str
    ) -> tuple[Stratified | None, tuple[Stratified, ...]]:
        strata = self.decisions.strata
        if strata is None or not reference:
            return None, ()
        base = self.column.values.index(reference)

        def beside(places: list[int], group: str) -> Stratified:
            rows: list[Table] = [
                (
                    sum(table[place].selected for place in places),
                    sum(table[place].n for place in places),
                    table[base].selected,
                    table[base].n,
                )
                for table in tables
            ]
            return stratified(group, rows, reference=reference, inside=strata.name, level=self.level)

        rest = [place for place, one in enumerate(counts) if place != base and one.n]
        if not rest:
            return None, ()
        each = tuple(beside([place], counts[place].group) for place in rest)
        return (each[0] if len(rest) == 1 else beside(rest, OTHERS)), each


def _too_little(counts: list[Count], reference: str) -> str:
    here = [one for one in counts if one.n]
    if not here:
        return "Nobody who was decided on states it."
    if len(here) == 1:
        return f"Everybody who states it states “{here[0].group}”: there is nothing to compare."
    if not reference:
        return "Nobody who states it was selected, so there is no ratio."
    base = next(one for one in counts if one.group == reference)
    if not base.n:
        return f"Nobody of “{reference}” came here."
    if not base.selected:
        return f"Nobody of “{reference}” was selected, so there is no ratio."
    return ""
