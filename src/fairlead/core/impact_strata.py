"""Groups compared inside units or levels, and where that turns the direction round (Simpson's paradox)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairlead.core.impact_results import LIMIT, Stratified
from fairlead.core.mantel_haenszel import mantel_haenszel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.mantel_haenszel import MantelHaenszel

Table = tuple[int, int, int, int]
"""Selected and all of the group, selected and all of the reference."""


def stratified(
    group: str, tables: Sequence[Table], *, reference: str, inside: str, level: float
) -> Stratified:
    """Compare a group with the reference inside strata.

    Parameters
    ----------
    group, reference
        Their names, for the sentences.
    tables
        One for each stratum, rows that name none as one more.
    inside
        What the strata are called ("unit").

    Returns
    -------
    Stratified
        With ``reversed`` where the pooled direction and that inside the strata differ.

    References
    ----------
    Simpson (1951), doi:10.1111/j.2517-6161.1951.tb00088.x; Bickel, Hammel & O'Connell (1975),
    doi:10.1126/science.187.4175.398.

    Examples
    --------
    Selected less often in both units, more often when they are put into one pot:

    >>> found = stratified("a", [(40, 80, 11, 20), (2, 20, 12, 80)], reference="b", inside="unit", level=0.95)
    >>> found.reversed, found.lower_in, round(found.crude_odds_ratio, 2), round(found.found.odds_ratio, 2)
    (True, 2, 2.42, 0.76)
    """
    x, n, x_ref, n_ref = (sum(one[place] for one in tables) for place in range(4))
    found = mantel_haenszel(tables, level=level)
    down = x_ref * (n - x)
    crude = x * (n_ref - x_ref) / down if down else None
    pooled = x * n_ref - x_ref * n
    both = [one for one in tables if one[1] and one[3]]
    lower = sum(one[0] * one[3] < one[2] * one[1] for one in both)
    higher = sum(one[0] * one[3] > one[2] * one[1] for one in both)
    odds = found.odds_ratio
    inside_sign = 0 if odds is None or abs(odds - 1) < 1e-9 else (1 if odds > 1 else -1)
    turned = pooled * inside_sign < 0
    says = _says(group, reference, inside, found, (x, n, x_ref, n_ref), turned=turned)
    return Stratified(
        group=group, found=found, crude_odds_ratio=crude, reversed=turned, lower_in=lower, higher_in=higher,
        says=says,
    )  # fmt: skip


def _says(
    group: str, reference: str, inside: str, found: MantelHaenszel, pooled: Table, *, turned: bool
) -> str:
    if found.odds_ratio is None:
        return found.too_little
    x, n, x_ref, n_ref = pooled
    odds = f"{found.odds_ratio:.2f}"
    if found.low is not None and found.high is not None:
        odds += f" ({found.low:.2f} to {found.high:.2f})"
    told = [f"Within each {inside}, the odds of {group} are {odds} of those of {reference}."]
    if turned:
        lower = x * n_ref < x_ref * n
        together, apart = ("less", "more") if lower else ("more", "less")
        told = [
            (
                f"All together, {group} is selected {together} often than {reference} "
                f"({x / n:.0%} against {x_ref / n_ref:.0%})."
            ),
            f"Within each {inside} it is {apart} often, taken together: the odds are {odds} of theirs.",
            f"The directions differ because the groups stand in different {inside}s with different rates.",
            "Read the tables within; why the groups stand where they stand is a question of its own.",
        ]
        if found.p is not None and found.p > LIMIT:
            told.append("What is left within may be chance.")
    if found.homogeneity_p is not None and found.homogeneity_p <= LIMIT:
        told.append(
            f"From {inside} to {inside} the odds differ by more than chance easily explains "
            f"(p {found.homogeneity_p:.2g}): one number does not describe them."
        )
    return " ".join(told)
