"""Blocks: groups of at least k ballots, no two of which share a person; figures are sums of whole blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

EVERYBODY: Final = ""
"""The group of all; also the team of those who report to nobody."""

Reach = Literal["team", "organization", "lens"]
"""Whose answers: direct reports, everybody below, everybody with one value of the lens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Whoever reports directly to one person: ``id`` is that person, ``above`` that person's own manager.

    ``members`` are the people of the team as they stood when the survey was launched.
    """

    id: str
    above: str = EVERYBODY
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """An organization as it stood when a survey was launched; ``alone`` report to nobody."""

    teams: tuple[Team, ...]
    alone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """Teams as places: 0 is everybody, every other place has the place ``above`` it.

    ``order`` names each place after all that are below it.
    """

    ids: tuple[str, ...]
    above: tuple[int, ...]
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Atom:
    """What is never split: ``size`` ballots that belong at ``home``; ``own`` if they are one whole team."""

    home: int
    size: int
    own: bool


@dataclass(slots=True)
class Block:
    """Atoms that are counted together; ``home`` is the lowest place that holds all of them."""

    home: int
    own: bool
    atoms: list[int] = field(default_factory=list)
    size: int = 0


def tree_of(organization: Organization) -> Tree:
    """Order the teams from the bottom to the top.

    Parameters
    ----------
    organization
        Each team once; ``above`` is a team or nothing.

    Raises
    ------
    ValueError
        When a team comes twice, stands under an unknown one, or in a circle.

    Examples
    --------
    >>> tree_of(Organization(teams=(Team(id="ann"), Team(id="ben", above="ann")))).order
    (2, 1, 0)
    """
    ids = (EVERYBODY, *(team.id for team in organization.teams))
    place = {name: number for number, name in enumerate(ids)}
    if len(place) != len(ids):
        raise ValueError("A team has a name of its own, and comes once.")
    unknown = [team.above for team in organization.teams if team.above not in place]
    if unknown:
        raise ValueError(f"There is no team {unknown[0]}.")
    above = (-1, *(place[team.above] for team in organization.teams))
    below: list[list[int]] = [[] for _ in ids]
    for here, up in enumerate(above[1:], start=1):
        below[up].append(here)
    order, waiting = [], [0]
    while waiting:
        order.append(waiting.pop())
        waiting += below[order[-1]]
    if len(order) != len(ids):
        raise ValueError("The teams stand in a circle.")
    return Tree(ids, above, tuple(reversed(order)))


def partition(tree: Tree, atoms: Sequence[Atom], k: int) -> tuple[list[Block], list[int]]:
    """Put atoms together, from the bottom up, until every block holds at least ``k`` ballots.

    Parameters
    ----------
    tree
        The organization.
    atoms
        Ballots that stay together. One with ``k`` or more is a block of its own.
    k
        The least number of ballots in a block.

    Returns
    -------
    blocks, left
        ``left`` are atoms with fewer than ``k`` ballots in all that found no block to join.

    Notes
    -----
    Smaller atoms flow up and form a block of the rest as soon as they are ``k``. What is left at the
    top joins the smallest block of the rest, which from then on belongs to everybody.

    Examples
    --------
    >>> tree = tree_of(Organization(teams=(Team(id="ann"), Team(id="ben", above="ann"))))
    >>> blocks, left = partition(tree, [Atom(1, 6, True), Atom(2, 3, True)], 5)
    >>> [(block.home, block.size) for block in blocks], left
    ([(1, 6)], [1])
    """
    at: list[list[int]] = [[] for _ in tree.ids]
    for number, atom in enumerate(atoms):
        if atom.size:
            at[atom.home].append(number)
    pools = [Block(place, own=False) for place in range(len(tree.ids))]
    blocks: list[Block] = []
    for place in tree.order:
        pool = pools[place]
        for number in at[place]:
            atom = atoms[number]
            if atom.size >= k:
                blocks.append(Block(place, atom.own, [number], atom.size))
            else:
                _pour(pool, [number], atom.size)
        if pool.size >= k:
            blocks.append(pool)
        elif place:
            _pour(pools[tree.above[place]], pool.atoms, pool.size)
    last = pools[0]
    if not 0 < last.size < k:
        return blocks, []
    rests = [block for block in blocks if not block.own]
    if not rests:
        return blocks, last.atoms
    smallest = min(rests, key=lambda block: block.size)
    _pour(smallest, last.atoms, last.size)
    smallest.home = 0
    return blocks, []


def _pour(block: Block, atoms: list[int], size: int) -> None:
    block.atoms += atoms
    block.size += size


@dataclass(frozen=True, slots=True)
class Plan:
    """Which sums are shown: items ``0 … blocks - 1`` are blocks, the others are made of ``inside``.

    ``inside`` lists for each further item the items that it is made of, each before it. ``labels``
    are what is shown: reach (``"team"`` or ``"organization"``), place, item; two labels may show
    the same item.
    """

    blocks: int
    inside: tuple[tuple[int, ...], ...]
    labels: tuple[tuple[Reach, int, int], ...]


def plan(tree: Tree, blocks: Sequence[Block], *, fewest_blocks: int = 1) -> Plan:
    """Choose what is shown: a team is its block, an organization all blocks inside it.

    Parameters
    ----------
    tree, blocks
        As :func:`partition` made them.
    fewest_blocks
        Of how many blocks at least an organization is shown; 2 where one block alone would speak
        about one person.

    Examples
    --------
    >>> tree = tree_of(Organization(teams=(Team(id="ann"), Team(id="ben", above="ann"))))
    >>> plan(tree, [Block(1, True, [0], 6), Block(2, True, [1], 5)]).labels
    (('team', 2, 1), ('team', 1, 0), ('organization', 1, 2), ('organization', 0, 2))
    """
    at: list[list[int]] = [[] for _ in tree.ids]
    for number, block in enumerate(blocks):
        at[block.home].append(number)
    held: list[list[int]] = [[] for _ in tree.ids]
    counts = [1] * len(blocks)
    inside: list[tuple[int, ...]] = []
    labels: list[tuple[Reach, int, int]] = []
    for place in tree.order:
        own = [number for number in at[place] if blocks[number].own]
        labels += [("team", place, number) for number in own]
        items = at[place] + held[place]
        if len(items) > 1:
            inside.append(tuple(items))
            counts.append(sum(counts[item] for item in items))
            items = [len(blocks) + len(inside) - 1]
        if items and counts[items[0]] >= fewest_blocks and (items != own):
            labels.append(("organization", place, items[0]))
        if place:
            held[tree.above[place]] += items
    return Plan(len(blocks), tuple(inside), tuple(labels))


def groups(organization: Organization) -> dict[tuple[Reach, str], frozenset[str]]:
    """Give the people of every team, and of every organization with all below it.

    Examples
    --------
    >>> org = Organization(teams=(Team(id="a", members=("b",)), Team(id="b", above="a", members=("c",))))
    >>> sorted(groups(org)["organization", "a"])
    ['b', 'c']
    """
    tree = tree_of(organization)
    own = [frozenset(organization.alone), *(frozenset(team.members) for team in organization.teams)]
    found: dict[tuple[Reach, str], frozenset[str]] = {
        ("team", name): people for name, people in zip(tree.ids[1:], own[1:], strict=True)
    }
    below: list[list[frozenset[str]]] = [[people] for people in own]
    for place in tree.order:
        whole = frozenset().union(*below[place])
        found["organization", tree.ids[place]] = whole
        if place:
            below[tree.above[place]].append(whole)
    return found
