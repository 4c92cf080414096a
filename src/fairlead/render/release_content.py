"""A release as the plain blocks that page, paper and terminal print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairlead.render.content import Bullets, Grid, Part, Report, Section, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairlead.core.disclosure import Cell, Participation, Released
    from fairlead.core.notches import Shown
    from fairlead.render.content import Block

COLUMNS: Final = (
    "question", "reach", "group", "name", "value", "at", "end", "step", "people_from", "people_to", "trend",
    "held", "as_of", "agreement",
)  # fmt: skip
"""Columns of the table: one row per figure."""

MOST_ROWS: Final = 500

HELD: Final = (
    "“As on” a day: the figure of that day again. Few people came or left since, and the difference is too "
    "small to show without pointing at them."
)
SEEN: Final = (
    "Seen alike: the answers of a team lie close together (rwg of .70 or more). Where either word could "
    "narrow what one person can have answered, neither is said."
)

RULES: Final = (
    (
        "Every figure is made of whole blocks: groups of at least as many people as promised, no two of "
        "which share a person. Whatever is added, subtracted or compared, whole blocks remain."
    ),
    (
        "Means are rounded so coarsely that one answer moves them by one step at most. The highest and the "
        "lowest steps are shown as “or more” and “or less”, so that no figure says that all agree."
    ),
    "How many answered is told as a range. Who answered is told nowhere.",
    "Comments stand together with those of ten people or more, with one label, in no order.",
    (
        "Before it was written, all of it was attacked together. People who compare what they know of each "
        "other, or who know somebody's way of writing, are beyond what any rule can prevent."
    ),
)


def release_report(released: Released, names: Mapping[str, str], *, most_rows: int = MOST_ROWS) -> Report:
    """Lay out a release; ``names`` gives the name of each group's manager."""
    sections = [
        Section(f"question-{number}", question.id, tuple(_question(released, question.id, names, most_rows)))
        for number, question in enumerate(released.questions, start=1)
    ]
    if released.comments or released.comments_held_back:
        sections.append(Section("comments", "Comments", tuple(_comments(released, names))))
    if released.participation:
        sections.append(Section("participation", "How many answered", (_rates(released, names, most_rows),)))
    sections += [
        Section("not-shown", "What is not shown", (Bullets(tuple(_not_shown(released, names, most_rows))),)),
        Section("checked", "How this was checked", (Text(_verdict(released)), Bullets(RULES))),
    ]
    figures = "1 figure" if len(released.cells) == 1 else f"{len(released.cells):,} figures"
    lead = f"{figures}, none of fewer than {released.k} people. Closed on {released.closed_on.isoformat()}."
    return Report("What can be told safely", lead, tuple(sections))


def release_rows(released: Released, names: Mapping[str, str]) -> list[tuple[str | float | None, ...]]:
    """Give one row per figure under :data:`COLUMNS`."""
    return [
        COLUMNS,
        *(
            (
                cell.question, cell.reach, cell.group, names.get(cell.group, ""), cell.value, cell.shown.at,
                cell.shown.end, cell.shown.step, cell.shown.people_from, cell.shown.people_to, cell.trend,
                "yes" if cell.held else "", cell.as_of.isoformat() if cell.as_of else "", cell.agreement,
            )
            for cell in released.cells
        ),
    ]  # fmt: skip


def figure(shown: Shown) -> str:
    """Write a figure with as many decimals as its step has, and its end in words."""
    decimals = 2 if round(shown.step * 100) % 10 else 1
    text = f"{shown.at:.{decimals}f}".replace("-", "−")
    return f"{text} {shown.end}".rstrip()


def over_time(cell: Cell) -> str:
    """Write how a figure moved, or of when it is."""
    return f"as on {cell.as_of.isoformat()}" if cell.held and cell.as_of else cell.trend


def people(shown: Shown) -> str:
    """Write a range of people."""
    return (
        f"{shown.people_from} or more"
        if shown.people_to is None
        else _range(shown.people_from, shown.people_to)
    )


def _range(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first} to {last}"


def _question(released: Released, question: str, names: Mapping[str, str], most: int) -> list[Block]:
    cells = [cell for cell in released.cells if cell.question == question]
    if not cells:
        return [Text("No figure of this question can be told safely.")]
    trends = any(cell.trend or cell.held for cell in cells)
    words = any(cell.agreement for cell in cells)
    headers = (
        "whose answers",
        "mean",
        "people",
        *(("seen",) if words else ()),
        *(("since last time",) if trends else ()),
    )
    rows = tuple(
        (
            _whose(cell, released, names),
            figure(cell.shown),
            people(cell.shown),
            *((cell.agreement,) if words else ()),
            *((over_time(cell),) if trends else ()),
        )
        for cell in cells[:most]
    )
    blocks: list[Block] = [Grid(f"Figures of {question}", headers, rows, numbers=(2,))]
    if any(cell.held for cell in cells):
        blocks.append(Text(HELD, "note"))
    if words:
        blocks.append(Text(SEEN, "note"))
    if len(cells) > most:
        said = f"The first {most:,} of {len(cells):,} figures. All of them: --out figures.csv."
        blocks.append(Text(said, "note"))
    return blocks


def _whose(cell: Cell, released: Released, names: Mapping[str, str]) -> str:
    if cell.reach == "lens":
        return f"Everybody, {released.lens}: {cell.value}"
    return group(cell.reach, cell.group, names)


def group(reach: str, place: str, names: Mapping[str, str]) -> str:
    """Say whose answers they are."""
    if not place:
        return "Everybody"
    name = names.get(place, place)
    return f"Direct reports of {name}" if reach == "team" else f"Everybody below {name}"


def _comments(released: Released, names: Mapping[str, str]) -> list[Block]:
    blocks: list[Block] = []
    verbatim = [one for one in released.comments if one.choice == "verbatim"]
    labels = dict.fromkeys((one.reach, one.group, one.question) for one in verbatim)
    for reach, place, question in labels:
        title = (
            group(reach, place, names) if reach == "team" else f"Smaller teams: {group(reach, place, names)}"
        )
        blocks.append(Part(f"{title}, {question}" if question else title))
        blocks.append(
            Bullets(
                tuple(
                    one.text
                    for one in verbatim
                    if (one.reach, one.group, one.question) == (reach, place, question)
                )
            )
        )
    if released.comments_held_back:
        why = "too few people stand behind them, or nobody asked their authors"
        blocks.append(Text(f"Some comments are not shown: {why}.", "note"))
    if len(verbatim) < len(released.comments):
        blocks.append(Text("Some comments are for people operations only, and stand in the JSON.", "note"))
    return blocks


def _rates(released: Released, names: Mapping[str, str], most: int) -> Grid:
    rows = tuple((group(one.reach, one.group, names), _rate(one)) for one in released.participation[:most])
    return Grid("How many answered", ("of", "answered"), rows)


def _rate(one: Participation) -> str:
    return f"{one.low} to {one.high} %"


def _not_shown(released: Released, names: Mapping[str, str], most: int) -> list[str]:
    found = []
    for one in released.withheld[:most]:
        asked = f"{one.question}, " if one.question else ""
        whose = "by the lens" if one.reach == "lens" else group(one.reach, one.group, names)
        found.append(f"{asked}{whose}: {one.why}")
    if len(released.withheld) > most:
        found.append(f"… and {len(released.withheld) - most:,} more.")
    if released.some_in_no_figure:
        found.append(f"Up to {released.k - 1} answers are in no figure.")
    return found or ["Nothing is left out."]


def _verdict(released: Released) -> str:
    verdict = released.verdict
    if not verdict.figures:
        return "There was no figure to attack."
    cut = f" With the lens it takes at least {verdict.lens_cut}." if verdict.lens_cut is not None else ""
    left = (
        f" Every single answer can still be at least {verdict.fewest_possible} of the options."
        if verdict.fewest_possible is not None
        else ""
    )
    return (
        f"{verdict.figures:,} figures were attacked together. No combination of them depends on fewer than "
        f"{verdict.smallest} people.{cut}{left}"
    )
