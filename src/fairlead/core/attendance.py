"""How many answered, so coarsely that nobody can be missed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.blocks import Organization, Tree

FEWEST: Final = 10
"""People of a group of which a rate is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """How many of a group of ten or more answered: from ``low`` up to ``high`` per cent."""

    reach: Literal["team", "organization"]
    group: str
    low: int
    high: int


def participation(
    tree: Tree, organization: Organization, ballots: Sequence[int]
) -> tuple[Participation, ...]:
    """Say for each group of ten or more in which tenth its rate of answers lies.

    Parameters
    ----------
    tree, organization
        The organization, and its places.
    ballots
        For each ballot the place of its team.

    Returns
    -------
    tuple of Participation
        Teams, then organizations; all of them belong to 90 to 100 per cent too.

    Examples
    --------
    >>> from fairlead.core.blocks import Organization, Team, tree_of
    >>> org = Organization(teams=(Team(id="ann", members=tuple("bcdefghijk")),))
    >>> [(one.low, one.high) for one in participation(tree_of(org), org, [1] * 10)]
    [(90, 100), (90, 100)]
    """
    count = Counter(ballots)
    came = [count[place] for place in range(len(tree.ids))]
    asked = [len(organization.alone), *(len(team.members) for team in organization.teams)]
    found = [_rate("team", tree.ids[place], came[place], asked[place]) for place in range(1, len(asked))]
    above = set(tree.above)
    for place in tree.order:
        if place in above:
            found.append(_rate("organization", tree.ids[place], came[place], asked[place]))
        if place:
            came[tree.above[place]] += came[place]
            asked[tree.above[place]] += asked[place]
    return tuple(one for one in found if one is not None)


def _rate(reach: Literal["team", "organization"], group: str, came: int, asked: int) -> Participation | None:
    if asked < FEWEST:
        return None
    tenth = min(10 * came // asked, 9)
    return Participation(reach=reach, group=group, low=10 * tenth, high=10 * tenth + 10)
