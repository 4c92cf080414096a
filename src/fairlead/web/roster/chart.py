"""The organization as a tree on one day: who reports to whom, how wide and how deep, who is found."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db.models import CharField, Q
from django.db.models.functions import Cast

from fairlead.web.roster.models import Position, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from django.db.models import QuerySet

AT_ONCE: Final = 100
"""People whom a page opens by itself; the rest opens branch by branch."""

PER_PAGE: Final = 60
"""Reports of one person that are listed at once."""

PRINTED: Final = 1_500
"""People who fit into one print; a larger organization is printed branch by branch."""

FOUND: Final = 50
NEAR: Final = 12
NEAR_ENOUGH: Final = 72
"""How alike a name must be, of 100, to be offered for a mistyped one."""


@dataclass(slots=True)
class Node:
    """One person in the chart: how many report to them, how many stand below, on how many floors."""

    key: str
    reports: int
    below: int
    floors: int
    name: str = ""
    title: str = ""
    unit: str = ""
    opened: bool = False
    branches: list[Node] = field(default_factory=list)
    more: int = 0

    @property
    def pk(self) -> UUID:
        """The number of the person."""
        return UUID(self.key)


class Tree:
    """Everybody's manager on one day, from one query, and what can be counted from it.

    Keys are the database's own text of the ids: ten thousand ids need not become objects.
    """

    def __init__(self, day: date) -> None:
        self.day = day
        rows = Position.objects.on(day).order_by("person__name", "person__number")
        self.above: dict[str, str | None] = dict(
            rows.filter(person__number__isnull=False).values_list(
                Cast("person_id", CharField()), Cast("manager_id", CharField())
            )
        )
        self.under: dict[str, list[str]] = {}
        self.tops: list[str] = []
        for key, boss in self.above.items():
            if boss is not None and boss in self.above:
                self.under.setdefault(boss, []).append(key)
            else:
                self.tops.append(key)
        self._below: dict[str, tuple[int, int]] = {}
        for key in reversed(list(self.walk(self.tops))):
            under = self.under.get(key)
            if under is None:  # most people: nothing is kept of them
                continue
            below, floors = len(under), 1
            for one in under:
                more, deep = self._below.get(one, (0, 1))
                below += more
                floors = max(floors, deep)
            self._below[key] = (below, floors + 1)
        # Heads first: somebody alone at the top is more often an open line than a head.
        self.tops.sort(key=lambda key: key not in self.under)

    def __len__(self) -> int:
        return len(self.above)

    def __contains__(self, key: str) -> bool:
        return key in self.above

    @property
    def floors(self) -> int:
        """How many floors the organization has."""
        return max((floors for _, floors in self._below.values()), default=1 if self.above else 0)

    @property
    def widest(self) -> int:
        """How many people report to the person with most reports."""
        return max((len(under) for under in self.under.values()), default=0)

    def walk(self, start: Iterable[str]) -> Iterator[str]:
        """Yield people floor by floor; a circle, which no action allows, is never entered."""
        floor = list(start)
        while floor:
            yield from floor
            floor = [one for key in floor for one in self.under.get(key, ())]

    def line(self, key: str) -> list[str]:
        """Give those above somebody, the highest first."""
        found: list[str] = []
        boss = self.above.get(key)
        while boss is not None and boss in self.above and boss not in found:
            found.append(boss)
            boss = self.above[boss]
        return found[::-1]

    def node(self, key: str) -> Node:
        """Give one person with their counts."""
        below, floors = self._below.get(key, (0, 1))
        return Node(key=key, reports=len(self.under.get(key, ())), below=below, floors=floors)


def key_of(pk: UUID, tree: Tree) -> str:
    """Give the key of a person in the tree: SQLite writes ids without dashes, PostgreSQL with them."""
    return pk.hex if pk.hex in tree else str(pk)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A part of the chart: whom it is about, who is above, whom it shows."""

    day: date
    people: int
    floors: int
    widest: int
    nodes: Sequence[Node]
    line: Sequence[Node] = ()
    root: Node | None = None
    number: int = 1
    pages: int = 1
    alone: Sequence[Node] = ()
    alone_more: int = 0


def whole(day: date) -> Page:
    """Give the top floors: as many as fit into a page that is read with pleasure."""
    tree = Tree(day)
    heads = [key for key in tree.tops if key in tree.under]
    alone = [key for key in tree.tops if key not in tree.under]
    nodes = _opened(tree, heads[:PER_PAGE], AT_ONCE)
    lonely = [tree.node(key) for key in alone[:PER_PAGE]]
    _name([*_all(nodes), *lonely], day)
    return Page(
        day=day,
        people=len(tree),
        floors=tree.floors,
        widest=tree.widest,
        nodes=nodes,
        alone=lonely,
        alone_more=len(alone) - len(lonely),
    )


def branch(day: date, pk: UUID, number: int = 1) -> Page | None:
    """Give somebody, those above, and one page of those below; ``None`` if they are not there that day."""
    tree = Tree(day)
    key = key_of(pk, tree)
    if key not in tree:
        return None
    under = tree.under.get(key, [])
    pages = max(1, -(-len(under) // PER_PAGE))
    number = min(max(number, 1), pages)
    shown = under[(number - 1) * PER_PAGE : number * PER_PAGE]
    nodes = _opened(tree, shown, AT_ONCE)
    root, line = tree.node(key), [tree.node(one) for one in tree.line(key)]
    _name([root, *line, *_all(nodes)], day)
    return Page(
        day=day,
        people=len(tree),
        floors=tree.floors,
        widest=tree.widest,
        nodes=nodes,
        line=line,
        root=root,
        number=number,
        pages=pages,
    )


def printed(day: date, pk: UUID | None = None) -> Page | None:
    """Give everybody, or everybody under one person, all branches open; no nodes if that is too many."""
    tree = Tree(day)
    key = key_of(pk, tree) if pk else None
    if key is not None and key not in tree:
        return None
    roots = [key] if key else tree.tops
    size = 1 + tree.node(key).below if key else len(tree)
    nodes = _opened(tree, roots, size, most=size) if size <= PRINTED else []
    big = [] if nodes else [tree.node(one) for top in roots for one in (top, *tree.under.get(top, ()))]
    big = [node for node in big if node.reports][:PER_PAGE]
    _name([*_all(nodes), *big], day)
    return Page(
        day=day,
        people=size,
        floors=tree.node(key).floors if key else tree.floors,
        widest=tree.widest,
        nodes=nodes,
        root=next(iter(nodes), None) if key else None,
        alone=big,
    )


def _opened(tree: Tree, keys: Sequence[str], budget: int, most: int = PER_PAGE) -> list[Node]:
    """Open floor after floor while the whole next floor fits."""
    roots = [tree.node(key) for key in keys]
    floor, left = roots, budget - len(roots)
    while floor:
        coming = sum(min(node.reports, most) for node in floor)
        if not coming or coming > left:
            break
        left -= coming
        following = []
        for node in floor:
            under = tree.under.get(node.key, [])
            node.opened = True
            node.branches = [tree.node(one) for one in under[:most]]
            node.more = len(under) - len(node.branches)
            following += node.branches
        floor = following
    return roots


def _all(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all(node.branches)


def _name(nodes: Iterable[Node], day: date) -> None:
    """Fill in names, titles and units of the people a page shows, and of nobody else."""
    wanted = {node.key: node for node in nodes}
    keys = list(wanted)
    for start in range(0, len(keys), 500):
        pks = [UUID(key) for key in keys[start : start + 500]]
        rows = (
            Position.objects.on(day)
            .filter(person__in=pks)
            .values_list(Cast("person_id", CharField()), "person__name", "title", "unit__name")
        )
        for key, name, title, unit in rows.order_by():
            node = wanted[key]
            node.name, node.title, node.unit = name, title, unit or ""


# --- finding -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Somebody who was found."""

    pk: UUID
    number: str
    name: str
    title: str
    unit: str
    manager: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What was looked for and found; ``near`` where nothing is called exactly so."""

    words: str
    people: Sequence[Hit] = ()
    units: Sequence[Unit] = ()
    near: bool = False
    more: bool = False


def search(words: str, day: date) -> Search:
    """Find people and units by name, title or unit; a mistyped name finds the nearest ones."""
    words = " ".join(words.replace("\0", " ").split())[:120]
    if not words:
        return Search(words="")
    there = Position.objects.on(day).filter(person__number__isnull=False)
    wanted = Q()
    for word in words.split()[:8]:
        wanted &= (
            Q(person__name__icontains=word)
            | Q(title__icontains=word)
            | Q(unit__name__icontains=word)
            | Q(person__number__iexact=word)
        )
    people = list(_hits(there.filter(wanted).order_by("person__name", "person__number")[: FOUND + 1]))
    units = list(Unit.objects.filter(name__icontains=words, closed_on=None)[:10])
    if people or units:
        return Search(words=words, people=people[:FOUND], units=units, more=len(people) > FOUND)
    near = _nearest(words, there)
    found = {hit.pk: hit for hit in _hits(there.filter(person__in=near))}
    return Search(words=words, people=[found[pk] for pk in near if pk in found], near=True)


def _nearest(words: str, there: QuerySet[Position]) -> list[UUID]:
    """Rank all names by how alike they are; only asked where nothing is called so."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a mistyped name needs it

    rows = there.order_by().values_list(Cast("person_id", CharField()), "person__name")
    names = {key: name.casefold() for key, name in rows}
    best = process.extract(words.casefold(), names, scorer=fuzz.WRatio, limit=NEAR, score_cutoff=NEAR_ENOUGH)
    return [UUID(key) for _, _, key in best]


def _bare(name: str) -> str:
    """Fold case and accents: Jorgensen finds Jørgensen's neighbours and Müller is near Mueller."""
    folded = name.casefold()
    if folded.isascii():
        return folded
    return "".join(one for one in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(one))


def _hits(rows: Any) -> Iterator[Hit]:
    values = rows.values_list(
        "person_id", "person__number", "person__name", "title", "unit__name", "manager__name"
    )
    for pk, number, name, title, unit, manager in values:
        yield Hit(pk=pk, number=number, name=name, title=title, unit=unit or "", manager=manager or "")
