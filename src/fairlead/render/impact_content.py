"""Selection rates and impact ratios as the plain blocks that page, paper and terminal print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairlead.core.decisions import NOT_STATED
from fairlead.render.content import Bullets, Grid, Part, Report, Section, Text
from fairlead.render.impact_rows import local_law_rows, released_rows
from fairlead.render.words import DASH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.impact_release import ReleasedGroup, ReleasedImpact, ReleasedTable
    from fairlead.core.impact_results import (
        AttributeImpact,
        Comparison,
        GroupRate,
        Impact,
        NotStated,
        StratumRates,
    )
    from fairlead.core.score_gaps import ScoreGaps
    from fairlead.core.watching import Watch
    from fairlead.render.content import Block

MOST_STRATA: Final = 60
"""Units or levels that a page lists; all of them stand in a .json file."""

ROUND_ALONE: Final = (
    "What stands beside a group of one round is a test of that round alone; among many rounds some differ by "
    "chance. The evidence above counts how often was looked."
)

METHODS: Final = (
    "Rate: selected over all who were decided on. Ratio: the rate over that of the reference group.",
    (
        "The reference is the group that was asked for, or else the one selected most often among those "
        "with five people and 2 % of all at least. It is the same one in every table."
    ),
    (
        "Interval of the ratio: by the score test (Koopman 1984; Miettinen & Nurminen 1985). It holds "
        "the ratio in 95 of 100 such tables; a wide one says that little is known."
    ),
    (
        "Exact p: Fisher's test of equal rates. Mid-p: the same with half of the tables as likely as "
        "this one (Lancaster 1961); adjusted for the number of pairs of groups (Holm 1979) where a "
        "verdict is given."
    ),
    (
        "More at one rate: how many more of the group would have been selected if both groups had one "
        "rate and as many people had been selected in all."
    ),
    (
        "Too few to say: fewer than five people in the group or the reference, or no outcome could have "
        "shown a difference. Lower or higher: adjusted mid-p of .05 or less. About level: the whole "
        "interval lies between 0.80 and 1.25. Unclear: all else."
    ),
    (
        "Below four fifths is a rule of thumb of the American guidelines of 1978, compared in whole "
        "numbers. In small groups it comes and goes by chance."
    ),
    (
        "Within units or levels: Mantel and Haenszel's common odds ratio (1959) with the interval of "
        "Robins, Breslow & Greenland (1986); whether it is the same everywhere by Breslow & Day with "
        "Tarone's correction."
    ),
    (
        "Over rounds: evidence that stays valid however often it is looked at (an e-value). A test "
        "repeated every round would raise false alarms."
    ),
    (
        "A difference does not say why it is there, and no difference does not say that all was fair. "
        "Nothing here decides about anybody."
    ),
)


_FIGURES: Final = ("Rate", "Ratio")


def impact_report(found: Impact, *, scoring: bool = False) -> Report:
    """Lay out an analysis: attribute by attribute, then the tables of Local Law 144 and how it was made."""
    sections = [
        section
        for number, one in enumerate(found.attributes, start=1)
        for section in _attribute(one, found.strata, number)
    ]
    law = _law(local_law_rows(found, scoring=scoring))
    sections.append(Section("local-law-144", "In the layout of New York's Local Law 144", (law,)))
    if found.notes:
        sections.append(Section("notes", "What to know of the table", (Bullets(found.notes),)))
    sections.append(Section("methods", "How this was made", (Bullets(METHODS),)))
    whole = found.attributes[0].whole
    people = "1 decision" if whole.n == 1 else f"{whole.n:,} decisions"
    lead = f"{people}, {whole.selected:,} selected. Were people of every group selected alike?"
    return Report("Selection rates", lead, tuple(sections))


def _attribute(one: AttributeImpact, strata: str, number: int) -> list[Section]:
    """Lay out one attribute: the whole way, then inside strata, steps, rounds."""
    title = f"{one.attribute} taken together" if one.crossed else one.attribute
    name = f"attribute-{number}"
    scores = [_scores(one.scores)] if one.scores is not None else []
    sections = [Section(name, title, (*_whole(one.whole), *scores))]
    if one.whole.strata:
        blocks = tuple(_within(one.whole, strata))
        sections.append(Section(f"{name}-within", f"{title}: within each {strata}", blocks))
    if len(one.steps) > 1:
        steps = tuple(block for step in one.steps for block in _part(step, f"Step: {step.name}"))
        sections.append(Section(f"{name}-steps", f"{title}: step by step", steps))
    if one.rounds:
        rounds = _watched(one.watch) if one.watch is not None and one.watch.groups else []
        rounds += [Text(ROUND_ALONE, "note")] if len(one.rounds) > 1 else []
        rounds += [block for each in one.rounds for block in _part(each, f"Round {each.name}")]
        sections.append(Section(f"{name}-rounds", f"{title}: round by round", tuple(rounds)))
    return sections


def _whole(one: Comparison) -> list[Block]:
    blocks: list[Block] = [Text(_lead(one), "lead")]
    turned = [each for each in one.stratified if each.reversed]
    if turned:
        blocks += [Text(f"Read this first. {each.says}") for each in turned]
    blocks.append(_grid(one.groups, "Selection rates"))
    return blocks + _notes(one)


def _scores(gaps: ScoreGaps) -> Grid:
    rows = []
    for one in gaps.groups:
        between = f"{one.low:.2f} to {one.high:.2f}" if one.low is not None and one.high is not None else DASH
        rows.append(
            (
                one.group, f"{one.n:,}", _decimals(one.mean), _decimals(one.sd), _decimals(one.difference),
                between, p_value(one.p), _decimals(one.d),
            )
        )  # fmt: skip
    headers = ("group", "n", "mean", "sd", "difference", "95 %", "p", "in standard deviations")
    return Grid(f"Scores beside {gaps.reference}", headers, tuple(rows), numbers=tuple(range(1, 8)))


def _lead(one: Comparison) -> str:
    if one.too_little:
        return one.too_little
    told = []
    for word in ("lower", "higher", "about level", "unclear", "too few to say"):
        names = [group.group for group in one.groups if group.said == word]
        if names:
            told.append(f"{word.capitalize()}: {_listed(names)}.")
    beside = f"Beside {one.reference}" + ("" if one.reference_named else ", the group selected most often")
    return f"{beside}. " + " ".join(told)


def _listed(names: Sequence[str], most: int = 8) -> str:
    shown = ", ".join(names[:most])
    return shown + (f" and {len(names) - most} more" if len(names) > most else "")


def _notes(one: Comparison) -> list[Block]:
    notes = []
    below = [group.group for group in one.groups if group.below_four_fifths]
    if below:
        notes.append(f"Below four fifths of the reference's rate, a rule of thumb: {_listed(below)}.")
    short = [
        f"{group.group} {group.shortfall:.1f}"
        for group in one.groups
        if group.said == "lower" and group.shortfall is not None and group.shortfall > 0
    ]
    if short:
        notes.append(f"At one rate so many more would have been selected: {_listed(short)}.")
    small = [group.group for group in one.groups if group.small and group.n]
    if small:
        notes.append(f"Less than 2 % of those who stated it: {_listed(small)}.")
    notes.append(_unstated(one.not_stated))
    if one.open:
        people = "1 person" if one.open == 1 else f"{one.open:,} people"
        was = "was" if one.open == 1 else "were"
        notes.append(f"{people} {was} not decided on (withdrawn, or still open) and {was} not counted here.")
    return [Bullets(tuple(notes))]


def _unstated(silent: NotStated) -> str:
    if not silent.n:
        return "Not stated: nobody."
    people = "1 person" if silent.n == 1 else f"{silent.n:,} people"
    return f"Not stated: {people}, {silent.selected:,} selected; in no comparison, and nothing was guessed."


def _grid(groups: Sequence[GroupRate], caption: str) -> Grid:
    headers = ("group", "n", "selected", "rate", "ratio", "95 %", "mid-p", "more at one rate", "beside it")
    rows = tuple(_row(one) for one in groups)
    return Grid(caption, headers, rows, numbers=(1, 2, 3, 4, 5, 6, 7))


def _row(one: GroupRate) -> tuple[str, ...]:
    interval = f"{one.low:.2f} to {one.high:.2f}" if one.low is not None and one.high is not None else DASH
    more = DASH if one.shortfall is None else f"{one.shortfall:.1f}".replace("-", "−")
    return (
        one.group, f"{one.n:,}", f"{one.selected:,}", percent(one.rate), _decimals(one.impact_ratio),
        interval, p_value(one.mid_p), more, one.said,
    )  # fmt: skip


def _within(one: Comparison, strata: str) -> list[Block]:
    blocks: list[Block] = []
    together = [one.mantel_haenszel] if one.mantel_haenszel is not None and len(one.stratified) != 1 else []
    blocks += [Text(each.says) for each in (*one.stratified, *together)]
    rows = [row for each in one.strata[:MOST_STRATA] for row in _stratum(each)]
    headers = (strata, "group", "n", "selected", "rate", "ratio", "mid-p", "beside it")
    blocks.append(Grid(f"Within each {strata}", headers, tuple(rows), numbers=(2, 3, 4, 5, 6)))
    if len(one.strata) > MOST_STRATA:
        said = f"The first {MOST_STRATA} of {len(one.strata):,}. All of them: --out impact.json."
        blocks.append(Text(said, "note"))
    return blocks


def _stratum(one: StratumRates) -> list[tuple[str, ...]]:
    name = one.stratum or "not named"
    rows: list[tuple[str, ...]] = [
        (
            name, group.group, f"{group.n:,}", f"{group.selected:,}", percent(group.rate),
            _decimals(group.impact_ratio), p_value(group.mid_p), group.said,
        )
        for group in one.groups
    ]  # fmt: skip
    if one.not_stated.n:
        silent, rate = one.not_stated, percent(one.not_stated.rate)
        rows.append((name, "not stated", f"{silent.n:,}", f"{silent.selected:,}", rate, DASH, DASH, DASH))
    return rows


def _part(one: Comparison, title: str) -> list[Block]:
    return [Part(title), Text(_lead(one)), _grid(one.groups, title), *_notes(one)]


def _watched(watch: Watch) -> list[Block]:
    blocks: list[Block] = [Part("Watched over the rounds"), *(Text(one.says) for one in watch.groups)]
    for one in watch.groups:
        rows = tuple(
            (
                look.round, f"{look.selected:,} of {look.n:,}",
                f"{look.selected_others:,} of {look.n_others:,}",
                f"{look.evidence:.2g}", p_value(look.p), _decimals(look.odds_ratio),
                f"{look.low:.2f} to " + ("open" if look.high is None else f"{look.high:.2f}"),
            )
            for look in one.looks
        )  # fmt: skip
        headers = ("up to round", one.group, "everybody else", "evidence", "p so far", "odds ratio", "95 %")
        blocks.append(Grid(f"{one.group} beside everybody else", headers, rows, numbers=(1, 2, 3, 4, 5, 6)))
    return blocks


def _law(table: Sequence[Sequence[str | float | None]]) -> Grid:
    headers, *rows = table
    kinds = [str(name) for name in headers]
    # The column says "Categories" already; said once more in each row it does not fit into one line.
    rows = [[str(row[0]).removesuffix(f" {kinds[0]}"), *row[1:]] for row in rows]
    shown = tuple(tuple(_cell(kinds[at], cell) for at, cell in enumerate(row)) for row in rows)
    numbers = tuple(
        at for at, name in enumerate(kinds) if name.startswith("#") or name.endswith(("Rate", "Ratio"))
    )
    return Grid("Local Law 144", tuple(kinds), shown, numbers=numbers)


def _cell(column: str, cell: str | float | None) -> str:
    if cell is None:
        return DASH
    if isinstance(cell, str):
        return cell
    if column.endswith(_FIGURES[0]):
        return percent(cell)
    return f"{cell:.3f}" if column.endswith(_FIGURES[1]) else f"{cell:,}"


def released_report(found: ReleasedImpact, *, scoring: bool = False) -> Report:
    """Lay out what may be shown: every released table, then what was withheld and why."""
    sections = [
        Section(f"table-{number}", _heading(one), tuple(_released(one)))
        for number, one in enumerate(found.tables, start=1)
    ]
    law = _law(released_rows(found, scoring=scoring))
    sections.append(Section("local-law-144", "In the layout of New York's Local Law 144", (law,)))
    audit = found.audit
    withheld = (
        f"Of {audit.cells:,} counts {audit.withheld:,} are withheld. All that is shown was attacked "
        "together, and every small one stays open."
    )
    sections.append(Section("withheld", "What is withheld", (Bullets((withheld, *found.notes)),)))
    sections.append(Section("methods", "How this was made", (Bullets(METHODS),)))
    whole = found.tables[0]
    lead = f"{whole.n:,} decisions, {whole.selected:,} selected. Only what may be shown to others."
    return Report("Selection rates to show", lead, tuple(sections))


def _heading(one: ReleasedTable) -> str:
    if one.stratum:
        return f"{one.attribute}: within {one.stratum}"
    return one.attribute if one.scope == "whole" else f"{one.attribute}: {one.scope} {one.name}"


def _released(one: ReleasedTable) -> list[Block]:
    headers = ("group", "n", "selected", "rate", "ratio", "95 %", "mid-p", "beside it")
    rows = tuple(_released_row(group) for group in one.groups)
    beside = f"Beside {one.reference}." if one.reference else "There is no group to compare with."
    blocks: list[Block] = [
        Text(f"{one.n:,} decided on, {one.selected:,} selected. {beside}"),
        Grid(_heading(one), headers, rows, numbers=(1, 2, 3, 4, 5, 6)),
    ]
    found = one.mantel_haenszel
    if one.says:
        odds = f" Odds {_decimals(found.odds_ratio)}, p {p_value(found.p)}." if found is not None else ""
        blocks.append(Text(one.says + odds))
    return blocks


def _released_row(one: ReleasedGroup) -> tuple[str, ...]:
    interval = f"{one.low:.2f} to {one.high:.2f}" if one.low is not None and one.high is not None else DASH
    hidden = one.n is None or one.selected is None
    group = f"{one.group} together" if one.together else one.group
    said = "withheld" if hidden else ("" if group == NOT_STATED else one.said)
    return (
        group, *("withheld" if count is None else f"{count:,}" for count in (one.n, one.selected)),
        percent(one.rate), _decimals(one.impact_ratio), interval, p_value(one.mid_p), said,
    )  # fmt: skip


def percent(value: float | None) -> str:
    """Write a rate in per cent with one decimal, a dash where there is none."""
    return DASH if value is None else f"{100 * value:.1f} %"


def p_value(value: float | None) -> str:
    """Write a p with three decimals, or that it is below .001."""
    if value is None:
        return DASH
    return "< .001" if value < 0.001 else f"{value:.3f}"


def _decimals(value: float | None) -> str:
    return DASH if value is None else f"{value:.2f}".replace("-", "−")
