"""Sorting unclear events by keys: L M D F R, kept as rules of one's own, at once and for the past."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Final

import click

from fairlead.cli.output import write_whole
from fairlead.core.work import Kind, label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fairlead.core.time_results import TimeAudit, Unsorted

KEYS: Final = {
    "l": Kind.LEADING,
    "m": Kind.MANAGING,
    "d": Kind.DOING,
    "f": Kind.FIREFIGHTING,
    "r": Kind.RECOVERY,
}
_SKIP: Final = "s"
_STOP: Final = "q"
_HEAD: Final = (
    "# Your own rules for kinds of work. To use them: fairlead audit CALENDAR.ics --rules THIS-FILE\n"
)


def ask(time: TimeAudit) -> dict[str, Kind]:
    """Ask about each unclear title, the largest first; give the kinds chosen by title."""
    if not sys.stdin.isatty():
        raise click.UsageError("--sort asks for keys and needs a terminal.")
    waiting = [entry for entry in time.unsorted if entry.title]
    chosen: dict[str, Kind] = {}
    words = "  ".join(f"[{key.upper()}] {label(kind)}" for key, kind in KEYS.items())
    click.echo(f"{words}  [S] skip  [Q] done", err=True)
    for place, entry in enumerate(waiting, start=1):
        click.echo(f"\n{place}/{len(waiting)}  {_described(entry)}", err=True)
        key = _key()
        if key == _STOP:
            break
        if key in KEYS:
            chosen[entry.title] = KEYS[key]
            click.echo(f"     {label(KEYS[key])}", err=True)
    return chosen


def keep(chosen: Mapping[str, Kind], path: Path) -> None:
    """Add the choices to a file of own rules, which is made if it is not there yet."""
    lines = "".join(
        f"  - about: title\n    match: {json.dumps(title, ensure_ascii=False)}\n    kind: {kind}\n"
        for title, kind in chosen.items()
    )
    if not path.exists():
        write_whole(path, f"{_HEAD}own:\n{lines}".encode())
        return
    text = path.read_text(encoding="utf-8").rstrip() + "\n"
    parts = re.findall(r"^([a-z_]+):(.*)$", text, flags=re.MULTILINE)
    names = [name for name, _ in parts]
    if "own" not in names:
        text += "own:\n"
    elif names[-1] != "own" or parts[-1][1].strip():
        raise click.UsageError(
            f"{path}: put the part 'own:' last, one entry a line, so that more can be added below."
        )
    write_whole(path, (text + lines).encode())


def _described(entry: Unsorted) -> str:
    return f"{entry.title}\n     {entry.when}, {entry.people}, {entry.events:,} x, {entry.hours:.1f} h"


def _key() -> str:
    while True:
        key = click.getchar().lower()
        if key in KEYS or key in {_SKIP, _STOP}:
            return key
