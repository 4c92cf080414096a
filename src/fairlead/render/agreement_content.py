"""Agreement within groups as the plain blocks that page, paper and terminal print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairlead.render.content import Bullets, Grid, Report, Section, Text
from fairlead.render.words import minus

if TYPE_CHECKING:
    from fairlead.core.agreement import GroupAgreement, ScaleAgreement, Spread
    from fairlead.core.agreement_json import Agreements
    from fairlead.render.content import Block

COLUMNS: Final = (
    "scale", "group", "n", "mean", "rwg_j", "ad_mean", "ad_median", "rwg_star", "awg", "verdict", "two_camps",
    "out_of_range", "alpha", "icc1", "icc2", "icc1_reml",
)  # fmt: skip
"""Columns of the table: one row per scale (``group`` empty), then one per group."""

MOST_GROUPS: Final = 500
"""Groups that a page lists; all of them stand in a .csv or .json file."""


METHODS: Final = (
    (
        "rwg: 1 minus the variance of a group's answers over the variance expected by chance; rwg(j) for "
        "several items (James, Demaree & Wolf 1984). Below 0 it is set to 0."
    ),
    "Average deviation (AD): mean distance of the answers from their mean, in options.",
    (
        "A group sees it alike where AD is at most a sixth of the options and rwg beats what one random "
        "group in twenty of its size reaches; it sees it differently where AD is larger. The usual limit of "
        ".70 is not used: random answers pass it."
    ),
    (
        "Below four answers, or where agreement may be chance, nothing is said. Two or three people agree by "
        "chance too easily."
    ),
    "ICC(1) and ICC(2): analysis of variance with the mean group size (Bliese 2000).",
)


def agreement_report(found: Agreements, *, most_groups: int = MOST_GROUPS) -> Report:
    """Lay out agreement: scale by scale, then how it was made."""
    sections = [
        Section(f"scale-{number}", scale.name, tuple(_scale(scale, most_groups)))
        for number, scale in enumerate(found.scales, start=1)
    ]
    if found.notes:
        sections.append(Section("notes", "What was left out", (Bullets(found.notes),)))
    sections.append(_made(found))
    people = "1 person" if found.n == 1 else f"{found.n:,} people"
    groups = "1 group" if found.groups == 1 else f"{found.groups:,} groups"
    lead = f"{people} in {groups}. May the answers of a group be averaged?"
    return Report("Agreement within groups", lead, tuple(sections))


def agreement_rows(found: Agreements) -> list[tuple[str | float | None, ...]]:
    """Give one row per scale and one per group under :data:`COLUMNS`."""
    rows: list[tuple[str | float | None, ...]] = [COLUMNS]
    for scale in found.scales:
        rows.append((
            scale.name, "", scale.n, None, scale.rwg_j.mean, scale.ad_mean.mean, scale.ad_median.mean,
            scale.rwg_star.mean, scale.awg.mean, "", scale.two_camps, scale.out_of_range, scale.alpha,
            scale.icc.icc1, scale.icc.icc2, scale.icc.icc1_reml,
        ))  # fmt: skip
        rows += [
            (
                scale.name, one.group, one.n, one.mean, one.rwg_j, one.ad_mean, one.ad_median, one.rwg_star,
                one.awg, one.verdict, int(one.two_camps), int(one.out_of_range), None, None, None, None,
            )
            for one in scale.groups
        ]  # fmt: skip
    return rows


def _scale(scale: ScaleAgreement, most_groups: int) -> list[Block]:
    blocks: list[Block] = [Text(_verdict(scale), "lead")]
    if scale.differently:
        blocks.append(
            Text(
                "Where a group sees it differently, its mean describes nobody in it: look at the answers, "
                "or ask the group."
            )
        )
    blocks.append(_figures(scale))
    notes = _notes(scale)
    if notes:
        blocks.append(Bullets(notes))
    if scale.groups:
        blocks.append(_groups(scale, most_groups))
    if len(scale.groups) > most_groups:
        said = f"The first {most_groups:,} of {len(scale.groups):,} groups. All of them: --out groups.csv."
        blocks.append(Text(said, "note"))
    return blocks


def _verdict(scale: ScaleAgreement) -> str:
    if not scale.groups:
        return "There is no group."
    parts = [
        f"{count:,} {'group sees' if count == 1 else 'groups see'} this {word}."
        for count, word in ((scale.alike, "alike"), (scale.differently, "differently"))
        if count
    ]
    if scale.too_few:
        parts.append(
            f"Too few answered to say it of {scale.too_few:,} {'group' if scale.too_few == 1 else 'groups'}."
        )
    return " ".join(parts)


def _figures(scale: ScaleAgreement) -> Grid:
    icc = scale.icc
    rwg = "rwg" if scale.items == 1 else "rwg(j)"
    rows = [
        (f"{rwg}, mean", number(scale.rwg_j.mean), _range(scale.rwg_j)),
        ("Average deviation, mean", number(scale.ad_mean.mean), _range(scale.ad_mean, " options")),
        ("r*wg, mean", number(scale.rwg_star.mean), _range(scale.rwg_star)),
        ("a_wg, mean", number(scale.awg.mean), _range(scale.awg)),
        ("ICC(1)", number(icc.icc1), "share of the differences that lies between groups"),
        ("ICC(1), REML", number(icc.icc1_reml), "the same by restricted maximum likelihood, never below 0"),
        ("ICC(2)", number(icc.icc2), "how reliable the groups' means are"),
    ]
    if scale.items > 1:
        rows.append(("Alpha", number(scale.alpha), f"over {scale.n:,} people and {scale.items} items"))
    return Grid("Figures", ("figure", "value", "what it says"), tuple(rows), numbers=(1,))


def _notes(scale: ScaleAgreement) -> tuple[str, ...]:
    notes = []
    if scale.left_out:
        left_out = "1 person" if scale.left_out == 1 else f"{scale.left_out:,} people"
        notes.append(f"{left_out} left an item out and {_is(scale.left_out)} not counted in this scale.")
    if scale.alone:
        notes.append(
            f"{scale.alone:,} {'group has' if scale.alone == 1 else 'groups have'} one answer: "
            "no agreement can be computed there."
        )
    if scale.out_of_range:
        notes.append(
            f"In {scale.out_of_range:,} {'group' if scale.out_of_range == 1 else 'groups'} the answers vary "
            "more than by chance; rwg is set to 0 there, and r*wg shows by how much."
        )
    if scale.two_camps:
        notes.append(
            f"{scale.two_camps:,} {'group has' if scale.two_camps == 1 else 'groups have'} two camps: at "
            "least a third of the answers on each side, and more apart than chance would have it."
        )
    if scale.icc.icc1 is not None and scale.icc.icc1 < 0:
        notes.append(
            "ICC(1) is below 0: people of one group differ more than people of different groups. It is "
            "shown as it is."
        )
    if scale.icc.too_little:
        notes.append(f"There is no ICC: {scale.icc.too_little[0].lower()}{scale.icc.too_little[1:]}")
    return tuple(notes)


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _groups(scale: ScaleAgreement, most: int) -> Grid:
    rwg = "rwg" if scale.items == 1 else "rwg(j)"
    headers = ("group", "n", "mean", rwg, "AD", "the group sees it")
    rows = tuple(_row(one) for one in scale.groups[:most])
    return Grid("Groups", headers, rows, numbers=(1, 2, 3, 4))


def _row(one: GroupAgreement) -> tuple[str, ...]:
    """Give a group's line; the mean is left out where the group does not agree about it."""
    mean = number(one.mean) if one.verdict in {"alike", ""} else "no mean"
    said = f"{one.verdict}, in two camps" if one.two_camps else one.verdict
    return one.group, f"{one.n:,}", mean, number(one.rwg_j), number(one.ad_mean), said or "not asked"


def _made(found: Agreements) -> Section:
    blocks: list[Block] = [Bullets(METHODS)]
    for scale in found.scales:
        simulated = (
            f"{scale.repetitions:,} random groups for each size (fewer for large ones), items correlated "
            f"{minus(f'{scale.correlation:.2f}')} as within these groups"
            if scale.repetitions
            else "no group has four answers to compare with chance"
        )
        said = (
            f"{scale.name}: by chance means {scale.null} over {scale.options} options, variance "
            f"{scale.null_variance:.4g}; {simulated}; AD up to {scale.ad_limit:.2f}."
        )
        blocks.append(Text(said, "note"))
    return Section("methods", "How this was made", tuple(blocks))


def _range(spread: Spread, unit: str = "") -> str:
    if spread.min is None:
        return "no group has two answers"
    return f"{number(spread.min)} to {number(spread.max)}{unit}, median {number(spread.median)}"


def number(value: float | None) -> str:
    """Write a figure with two decimals, ``"none"`` where there is none."""
    return "none" if value is None else f"{value:.2f}".replace("-", "−").replace("−0.00", "0.00")
