"""Write the tables of docs/methods/questionnaires.md from the instruments and from simulated people.

    python -m benchmarks.recovery.questionnaires

Only what stands between the markers is replaced. A test compares the tables of the instruments with
the page, so that the page cannot fall behind.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.recovery import drift

from fairlead.library.load import instrument, instruments

if TYPE_CHECKING:
    from fairlead.library.schema import Instrument, Item, ScaleEntry

PAGE = Path(__file__).parents[2] / "docs" / "methods" / "questionnaires.md"
BETTER = {"higher": "Higher is better.", "lower": "Lower is better.", "neither": "Neither end is better."}


def between(page: str, name: str) -> str:
    """What stands between the markers of that name."""
    begin, end = f"<!-- {name}: begin -->\n", f"\n<!-- {name}: end -->"
    return page[page.index(begin) + len(begin) : page.index(end)].strip("\n")


def replace(page: str, name: str, text: str) -> str:
    begin, end = f"<!-- {name}: begin -->\n", f"\n<!-- {name}: end -->"
    # Markdown wants an empty line between a remark and a table.
    return page[: page.index(begin) + len(begin)] + f"\n{text}\n" + page[page.index(end) :]


def described(form: Instrument) -> str:
    """All scales and items of one instrument, with rows and research, as Markdown."""
    asked = {"self": "", "role": "asked about one person; ", "pulse": "asked of everybody; "}[form.asks]
    size = f"{asked}{len(form.items)} questions on {len(form.sections)} screens"
    stands = f"a reading stands for {form.expires_after_days} days"
    lines = [f"Version {form.version}; {size}; {form.minutes} minutes; {stands}.", ""]
    for name, options in form.options.items():
        lines.append(f"- `{name}`: " + ", ".join(f"{option.value} {option.label}" for option in options))
    lines.append("")
    for scale in form.scales:
        items = [item for item in form.items if scale.id in item.scales]
        lines += [
            _heading(scale, len(items)),
            "",
            *_table(form, items),
            "",
        ]
    alone = [item for item in form.items if not item.scales]
    shown = "shown as they were answered" if form.asks == "self" else "read only where ten or more answered"
    if alone:
        lines += [f"**Not scored**: {shown}.", "", *_table(form, alone), ""]
    lines += ["Research:", ""]
    lines += [f"- {_name(key)}: {found.cite} [doi:{found.doi}](https://doi.org/{found.doi})"
              for key, found in sorted(form.research.items())]  # fmt: skip
    return "\n".join(lines)


def _heading(scale: ScaleEntry, n_items: int) -> str:
    return (
        f"**{scale.label}** (`{scale.id}`, about `{scale.about}`). {scale.says} {BETTER[scale.better]} "
        f"At least {scale.min_answered} of {n_items} answers."
    )


def _table(form: Instrument, items: list[Item]) -> list[str]:
    rows = ["| question | answered by | rows | leans on |", "|---|---|---|---|"]
    for item in items:
        how = f"`{item.options}`" if item.options else f"{item.kind}{f', {item.unit}' if item.unit else ''}"
        how += ", reversed" if item.reverse else ""
        how += f", or “{form.not_mine}”" if item.may_not_be_mine else ""
        numbers = ", ".join(map(str, item.rows))
        rows.append(f"| {item.text} | {how} | {numbers} | {', '.join(map(_name, item.research))} |")
    return rows


def _name(key: str) -> str:
    """``simons2002`` as people write it."""
    found = re.fullmatch(r"([a-z]+)(\d{4})", key)
    return f"{found[1].capitalize()} {found[2]}" if found else key


def main() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name in instruments():
        page = replace(page, name, described(instrument(name)))
    page = replace(page, "recovery", drift.table(drift.run(4000, 20261122)))
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
