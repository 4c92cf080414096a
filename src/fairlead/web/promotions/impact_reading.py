"""Released selection rates as the pages show them, and as files: words, tables, nothing but shown counts."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from fairlead.core.decisions import NOT_STATED
from fairlead.web.promotions import impact_counting, impact_rows, impact_statements
from fairlead.web.promotions.models import ImpactTable
from fairlead.web.runs import queries as runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.impact_release import ReleasedImpact, ReleasedTable
    from fairlead.core.impact_results import GroupRate, Stratified
    from fairlead.core.watching import Watched
    from fairlead.web.people.models import Person
    from fairlead.web.promotions.models import Round
    from fairlead.web.runs.models import Run

TITLES: Final = {
    impact_rows.NOMINATED: "Who was put forward",
    impact_rows.DECIDED: "What became of those put forward",
}
OF_WHOM: Final = {
    impact_rows.NOMINATED: "of everybody who had a position on the day the round opened, who was put forward",
    impact_rows.DECIDED: "of everybody put forward who did not withdraw, who was rated, and who promoted",
}
SAID: Final = (
    ("lower", "selected less often than the reference, by more than chance easily explains"),
    ("higher", "selected more often, by more than chance easily explains"),
    ("about level", "the whole interval of the ratio lies between 0.80 and 1.25"),
    ("unclear", "chance may explain the difference, and it may not"),
    ("too few to say", "what is shown does not allow a word on it"),
    ("reference", "the group that the others are compared with: the one selected most often"),
)
DASH: Final = "–"
COLUMNS: Final = (
    "Group", "Beside the reference", "People", "Selected", "Rate", "Ratio", "95 %", "Exact p", "Mid-p",
    "More at one rate",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table for ``parts/table.html``."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading with sentences, warnings, tables and small notes under it."""

    id: str
    title: str
    first: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    parts: tuple[Part, ...] = field(default=())


# --- the list -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One count in the list."""

    table: ImpactTable
    title: str
    rounds: str

    @property
    def shown(self) -> bool:
        """Whether something of it may be shown."""
        return self.table.state == ImpactTable.State.RELEASED


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The analyst's list: what is asked, what waits to be counted, what was counted."""

    questions: list[Any]
    waiting: list[Round]
    lines: list[Line]
    running: Run | None
    failed: Run | None


def home(person: Person) -> Home:
    """Give the analyst's page."""
    newest = runs.newest(person, impact_counting.KIND)
    waits = {one.pk: one for family in impact_counting.FAMILIES for one in impact_counting.waiting(family)}
    found = ImpactTable.objects.order_by("-made_at", "step")
    return Home(
        questions=impact_statements.questions(),
        waiting=sorted(waits.values(), key=lambda one: str(one.opened_at)),
        lines=[line(one) for one in found],
        running=newest if newest is not None and not newest.is_over else None,
        failed=newest if newest is not None and newest.is_failed else None,
    )


def published() -> list[Line]:
    """Give the summaries that everybody may read, the newest first."""
    found = ImpactTable.objects.filter(state=ImpactTable.State.RELEASED, published_at__isnull=False)
    return [line(one) for one in found.order_by("-published_at")]


def line(one: ImpactTable) -> Line:
    """Name a count and the rounds in it."""
    content = one.content
    names = content.get("released", {}).get("rounds") or [name for _pk, name in content.get("counted", [])]
    return Line(table=one, title=TITLES.get(one.step, "Selection rates"), rounds=", ".join(names))


# --- one release ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One release, or its summary."""

    title: str
    lead: str
    rounds: str
    parts: tuple[Part, ...]
    withheld: str
    notes: tuple[str, ...]
    law: Table | None = None


def page(table: ImpactTable) -> Page:
    """Put a whole release into words and tables."""
    found, inside = impact_counting.released_of(table), table.content["inside"]
    parts = [part for name in attributes(found) for part in _attribute(table, found, name, inside)]
    return _page(table, found, tuple(parts), law=_law(found))


def summary(table: ImpactTable) -> Page:
    """Give what everybody reads of a published release: each attribute as a whole."""
    found = impact_counting.released_of(table)
    parts = [_whole(found.find(name), number) for number, name in enumerate(attributes(found))]
    return _page(table, found, tuple(parts), law=None)


def _page(table: ImpactTable, found: ReleasedImpact, parts: tuple[Part, ...], law: Table | None) -> Page:
    first, audit = found.tables[0], found.audit
    return Page(
        title=TITLES.get(table.step, "Selection rates"),
        lead=f"{first.n:,} decided on, {first.selected:,} selected: "
        + OF_WHOM.get(table.step, "who was selected")
        + ".",
        rounds=", ".join(found.rounds),
        parts=parts,
        withheld=f"Of {audit.cells:,} counts {audit.withheld:,} are withheld. All that is shown, here and in "
        "every count before, was attacked together, and what a few people stated stays open.",
        notes=found.notes,
        law=law,
    )


def attributes(found: ReleasedImpact) -> list[str]:
    """Give the attributes of a release in their order, both together last."""
    return list(dict.fromkeys(one.attribute for one in found.tables))


def _attribute(table: ImpactTable, found: ReleasedImpact, name: str, inside: str) -> list[Part]:
    number = attributes(found).index(name)
    of_it = [one for one in found.tables if one.attribute == name]
    steps = [one for one in of_it if one.scope == "step"]
    strata = [one for one in of_it if one.stratum]
    rounds = [one for one in of_it if one.scope == "round"]
    parts = [_whole(found.find(name), number, _turned(found, name, inside) if strata else ())]
    if steps:
        inner = tuple(_plain(one, f"attribute-{number}-step-{at}", f"Step: {one.name}")
                      for at, one in enumerate(steps))  # fmt: skip
        parts.append(Part(id=f"attribute-{number}-steps", title=f"{name}: step by step", parts=inner))
    if strata:
        parts.append(_within(found, name, inside, strata, f"attribute-{number}-within"))
    if rounds:
        parts.append(_rounds(table, name, rounds, f"attribute-{number}-rounds"))
    return parts


def _whole(one: ReleasedTable, number: int, first: Sequence[str] = ()) -> Part:
    made = _plain(one, f"attribute-{number}", one.attribute)
    return Part(id=made.id, title=made.title, first=tuple(first), says=made.says, tables=made.tables,
                notes=made.notes)  # fmt: skip


def _plain(one: ReleasedTable, id_: str, title: str) -> Part:
    """Lay one table out: what may be said first, then the groups, then what belongs beside them."""
    from fairlead.core.impact_told import rates_of  # noqa: PLC0415 - scipy

    rates = rates_of(one)
    rows = tuple(_row(group, rates.get(group.group)) for group in one.groups)
    told = Table(caption=f"{one.n:,} decided on, {one.selected:,} selected", columns=COLUMNS, rows=rows)
    return Part(id=id_, title=title, says=(_lead(one),), tables=(told,), notes=_notes(one))


def _lead(one: ReleasedTable) -> str:
    if not one.reference:
        return "There is no group to compare with: too few to say."
    told = []
    for word in ("lower", "higher", "about level", "unclear", "too few to say"):
        names = [_name(group) for group in one.groups if group.said == word and group.group != NOT_STATED]
        if names:
            told.append(f"{word.capitalize()}: {', '.join(names)}.")
    return f"Beside {one.reference}, the group selected most often of those shown. " + " ".join(told)


def _name(group: Any) -> str:
    return f"{group.group} together" if group.together else str(group.group)


def _notes(one: ReleasedTable) -> tuple[str, ...]:
    notes = []
    below = [_name(group) for group in one.groups if group.below_four_fifths]
    if below:
        notes.append(
            f"Below four fifths of the reference’s rate: {', '.join(below)}. That is an old rule of thumb; "
            "in small groups it comes and goes by chance, and it decides nothing here."
        )
    small = [group.group for group in one.groups if group.small]
    if small:
        notes.append(f"Less than 2 % of those who stated it: {', '.join(small)}.")
    silent = next((group for group in one.groups if group.group == NOT_STATED), None)
    if silent is None:
        notes.append("Not stated: nobody.")
    elif silent.n is None or silent.selected is None:
        notes.append("Not stated: in no comparison; how many is withheld as well.")
    else:
        notes.append(f"Not stated: {silent.n:,}, {silent.selected:,} selected; in no comparison.")
    return tuple(notes)


def _row(group: Any, rate: GroupRate | None) -> tuple[str, ...]:
    said = "" if group.group == NOT_STATED else group.said
    return (
        _name(group), said, _count(group.n), _count(group.selected), percent(group.rate),
        _number(group.impact_ratio), _between(group.low, group.high), _p(rate.fisher_p if rate else None),
        _p(group.mid_p), _number(group.shortfall, 1),
    )  # fmt: skip


def _within(found: ReleasedImpact, name: str, inside: str, strata: list[ReleasedTable], id_: str) -> Part:
    from fairlead.core.impact_told import within  # noqa: PLC0415 - scipy

    each = within(found, name, inside=inside)
    says = tuple(one.says for one in each) or (
        f"No {inside} shows a group and the reference in full, so nothing is said of what happens within.",
    )
    odds = Table(
        caption=f"One odds ratio over every {inside} that shows both (Mantel and Haenszel)",
        columns=(
            "Group",
            "Odds ratio",
            "95 %",
            "p",
            "Exact p",
            f"Same in each {inside}: p",
            "Says something",
        ),
        rows=tuple(_odds(one, inside) for one in each),
    )
    rows = tuple(
        (one.stratum, _name(group), "" if group.group == NOT_STATED else group.said, _count(group.n),
         _count(group.selected), percent(group.rate), _number(group.impact_ratio))
        for one in strata for group in one.groups
    )  # fmt: skip
    columns = (inside.capitalize(), "Group", "Beside the reference", "People", "Selected", "Rate", "Ratio")
    by_unit = Table(caption=f"Each {inside}", columns=columns, rows=rows)
    no_excuse = (
        f"That a {inside} explains a difference is no excuse: why people stand where they stand is a "
        "question of its own."
    )
    tables = (odds, by_unit) if each else (by_unit,)
    title = f"{name}: within each {inside}"
    return Part(id=id_, title=title, says=says, tables=tables, notes=(no_excuse,))


def _turned(found: ReleasedImpact, name: str, inside: str) -> tuple[str, ...]:
    """Say first where all together and the units point different ways (Simpson's paradox)."""
    from fairlead.core.impact_told import within  # noqa: PLC0415 - scipy

    return tuple(one.says for one in within(found, name, inside=inside) if one.reversed)


def _odds(one: Stratified, inside: str) -> tuple[str, ...]:
    found = one.found
    units = f"{found.strata} {inside}{'' if found.strata == 1 else 's'}"
    return (
        one.group, _number(found.odds_ratio), _between(found.low, found.high), _p(found.p), _p(found.exact_p),
        _p(found.homogeneity_p), units,
    )  # fmt: skip


def _rounds(table: ImpactTable, name: str, rounds: list[ReleasedTable], id_: str) -> Part:
    from fairlead.core.impact_told import over_rounds  # noqa: PLC0415 - scipy

    groups: list[str] = next((those for asked, those in table.content["asked"] if asked == name), [])
    watched = over_rounds(_every_round(table, name), sorted(groups)) if groups else ()
    inner = tuple(_plain(one, f"{id_}-{at}", f"Round: {one.name}") for at, one in enumerate(rounds))
    says = [one.says for one in watched]
    if not says and groups:
        says = ["The first round shows no group in full, so nothing can be watched over rounds."]
    often = (
        "A round for itself is a test of that round alone; among many rounds some differ by chance. The "
        "evidence over rounds stays valid however often it is looked at. It ends before the first round that "
        "does not show the group."
    )
    return Part(
        id=id_,
        title=f"{name}: round by round",
        says=tuple(says),
        tables=tuple(map(_watched, watched)),
        notes=(often,) if watched else (),
        parts=inner,
    )


def _every_round(table: ImpactTable, name: str) -> list[tuple[str, ReleasedTable | None]]:
    """Give every round up to this release with what was released of it, in order of time."""
    found: dict[str, ReleasedTable | None] = {}
    for one in impact_counting.kept(table.step):
        released = impact_counting.released_of(one)
        for table_ in released.tables:
            if table_.attribute == name and table_.scope == "round":
                found[table_.name] = table_
        if one.pk == table.pk:
            break
    return list(found.items())


def _watched(one: Watched) -> Table:
    rows = tuple(
        (look.round, f"{look.selected:,} of {look.n:,}", f"{look.selected_others:,} of {look.n_others:,}",
         f"{look.evidence:.2g} of {one.limit:.0f}", _p(look.p), _number(look.odds_ratio),
         f"{look.low:.2f} to " + ("open" if look.high is None else f"{look.high:.2f}"))
        for look in one.looks
    )  # fmt: skip
    return Table(
        caption=f"{one.group} beside everybody else, who stated nothing among them, round after round",
        columns=("Up to round", one.group, "Everybody else", "Evidence", "p so far", "Odds ratio", "95 %"),
        rows=rows,
    )


def _law(found: ReleasedImpact) -> Table:
    headers, *rows = law_rows(found)
    kinds = [str(one) for one in headers]
    return Table(
        caption="In the layout of New York’s Local Law 144",
        columns=("Table and category", *kinds[2:]),
        rows=tuple(
            (f"{row[0]}: {row[1]}", *map(_cell, kinds[2:], row[2:])) for row in rows
        ),
    )  # fmt: skip


def _cell(kind: str, cell: str | float | None) -> str:
    if cell is None:
        return DASH
    if isinstance(cell, str):
        return cell
    if kind.endswith("Rate"):
        return percent(cell)
    return f"{cell:.3f}" if kind.endswith("Ratio") else f"{cell:,}"


# --- files ----------------------------------------------------------------------------------------------


def law_rows(found: ReleasedImpact) -> list[tuple[str | float | None, ...]]:
    """Give the rows of Local Law 144, the names of the columns first."""
    from fairlead.render.impact_rows import released_rows  # noqa: PLC0415 - render is for those who ask

    return released_rows(found)


def as_csv(table: ImpactTable) -> bytes:
    """Write the layout of Local Law 144."""
    from fairlead.sources.files import write_csv  # noqa: PLC0415

    headers, *rows = law_rows(impact_counting.released_of(table))
    return write_csv([str(one) for one in headers], rows).encode("utf-8-sig")


def as_json(table: ImpactTable) -> bytes:
    """Write what ``fairlead impact --release --json`` prints of the same decisions."""
    from fairlead.core.impact_json import released_json  # noqa: PLC0415

    told = released_json(impact_counting.released_of(table))
    return (json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


# --- words ----------------------------------------------------------------------------------------------


def percent(value: float | None) -> str:
    """Write a rate in per cent."""
    return DASH if value is None else f"{100 * value:.1f} %"


def _count(value: int | None) -> str:
    return "withheld" if value is None else f"{value:,}"


def _number(value: float | None, digits: int = 2) -> str:
    return DASH if value is None else f"{value:.{digits}f}".replace("-", "−")


def _between(low: float | None, high: float | None) -> str:
    return DASH if low is None or high is None else f"{low:.2f} to {high:.2f}"


def _p(value: float | None) -> str:
    if value is None:
        return DASH
    return "< .001" if value < 0.001 else f"{value:.3f}"
