"""What ``fairlead check`` says of a promotion framework, and how it differs from one read before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from fairlead.cli.check_page import Found
from fairlead.core.work import label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from fairlead.cli.check_page import Given
    from fairlead.core.framework import Framework, TrackLevels
    from fairlead.sources.framework_rules import FrameworkRead

MOST_CHANGES: Final = 60
"""Changes that a page tells one by one; a new framework under an old id has hundreds."""


def is_framework_table(name: str, data: bytes, names: Mapping[str, str]) -> bool:
    """Tell a framework from other tables by its columns, as they are or as they are mapped."""
    from fairlead.core.problems import BadInput
    from fairlead.sources.files import read_table
    from fairlead.sources.framework_table import COLUMNS, split_map

    columns, _ = split_map(names)
    try:
        found = read_table(name, data, known=COLUMNS, rows_alone=True).columns
    except BadInput:
        return False  # it is told when the table is read for what it seems to be
    known = {columns.get(column, column) for column in found}
    return {"criterion", "level"} <= known and bool({"seen", "library"} & known)


def framework_found(given: Given) -> Found:
    """Read a framework; what was read is added to that of the call."""
    found, read = check_framework(given.name, given.data, given.names, given.frameworks)
    given.read.append(read)
    return found


def check_framework(
    name: str, data: bytes, names: Mapping[str, str], earlier: dict[str, Framework]
) -> tuple[Found, FrameworkRead]:
    """Read a framework and say what is in it; ``earlier`` holds those of the same call, by id."""
    from fairlead.core.framework import LIBRARIES, digest
    from fairlead.sources.framework_files import read_framework_file

    read = read_framework_file(name, data, names)
    rules = read.framework
    kinds = [one.kind for one in rules.criteria]
    found = Found(
        file=name,
        kind=read.form,
        numbers=(
            ("id", rules.id),
            ("version", rules.version),
            ("title", rules.title),
            ("tracks", len(rules.tracks)),
            ("levels", len(rules.levels)),
            ("criteria", len(rules.criteria)),
            *((f"criteria_{kind}", kinds.count(kind)) for kind in LIBRARIES),
            ("sentences", sum(len(one.seen) for one in rules.criteria)),
            ("sha256", digest(rules)),
        ),
        notes=(
            *(_track(rules, track) for track in rules.tracks),
            *(f"No criterion is {kind}." for kind in LIBRARIES[:2] if kind not in kinds),
            *_taken(read),
            *read.notes,
            *(f"To be mended before anybody is rated by it: {problem}" for problem in read.impressions),
            *_compared(rules, earlier),
        ),
        mapping=read.mapping,
    )
    earlier[rules.id] = rules
    return found, read


def _track(rules: Framework, track: TrackLevels) -> str:
    steps = [
        f"{level.title} (rung {level.rung}, {len(rules.asked(level.id))} criteria)"
        for level in rules.levels_of(track.id)
    ]
    return f"{track.label}: {'; '.join(steps)}."


def _taken(read: FrameworkRead) -> list[str]:
    """Say what names of the file were taken for, those that were taken for the same thing together."""
    together: dict[str, list[str]] = {}
    for theirs, ours in read.mapping:
        together.setdefault(ours, []).append(theirs)
    return [
        f"Taken for {' and '.join(label(word) for word in ours.split('+'))}: {', '.join(names)}."
        for ours, names in together.items()
    ]


def _compared(rules: Framework, earlier: Mapping[str, Framework]) -> list[str]:
    """Say what is different from a file before it with the same id, else from the shipped one."""
    from fairlead.core.framework_difference import difference
    from fairlead.library.framework import framework, frameworks
    from fairlead.render.framework_content import change_line, difference_report

    before = earlier.get(rules.id)
    if before is None and rules.id in frameworks():
        before = framework(rules.id)
    if before is None:
        return []
    found = difference(before, rules)
    if found.digest_before == found.digest_after:
        return []
    lines = [change_line(found, change) for change in found.changes]
    more = [f"And {len(lines) - MOST_CHANGES} more changes."] if len(lines) > MOST_CHANGES else []
    return [f"What changed: {difference_report(found).lead}", *lines[:MOST_CHANGES], *more]


def write_kept(path: Path, read: Sequence[FrameworkRead]) -> None:
    """Write the one framework that was read; a file that is there already stays as it is."""
    from fairlead.library.framework import write_framework

    if len(read) != 1:
        raise click.UsageError(f"--keep writes one framework, and {len(read)} could be read.")
    if path.suffix not in {".yaml", ".yml"}:
        raise click.UsageError("--keep writes a file that ends in .yaml.")
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(write_framework(read[0].framework))
    except FileExistsError:
        raise click.UsageError(f"{path} is there already; name another file.") from None
    except OSError as error:
        raise click.UsageError(f"{path} cannot be written ({error.strerror}).") from None
