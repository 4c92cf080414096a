"""Read a promotion framework: our own form, the Financial Times's, Snowflake's, or a table."""

from __future__ import annotations

import hashlib
import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from fairlead.core.framework_faults import faults, impressions
from fairlead.core.problems import BadInput, Problem
from fairlead.library.framework import impression_words, read_framework
from fairlead.library.framework_file import FrameworkFile
from fairlead.library.strict_yaml import MAX_BYTES, read_yaml
from fairlead.sources import archive, framework_ft, framework_snowflake, framework_table
from fairlead.sources.framework_rules import FrameworkRead, Rules, slug

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fairlead.core.framework import Framework
    from fairlead.core.framework_faults import Fault
    from fairlead.library.strict_yaml import Document, Path

    Reader = Callable[[Document, Rules, str, str], tuple[Framework, list[str], Mapping[Path, Path]]]

OUR_FORM: Final = "framework"
_READERS: Final[dict[str, Reader]] = {
    framework_ft.FORM: framework_ft.read,
    framework_snowflake.FORM: framework_snowflake.read,
}
KNOWN: Final = (
    "Known: our own form (levels, tracks, criteria), the Financial Times's (levels, themes, competencies), "
    "Snowflake's (tracks with milestones, titles), a table (track, level, criterion, library, seen)."
)


def read_framework_file(
    name: str,
    data: bytes,
    names: Mapping[str, str] | None = None,
    *,
    framework_id: str = "",
    version: str = "1",
) -> FrameworkRead:
    """Read a framework, or raise :class:`BadInput` with every problem and every question, placed.

    ``names`` says what a name in the file stands for (``--map THEIRS=OURS``): a level for a track, a theme
    for a library, a column for one of ours. What neither a rule nor a pair decides is asked, never guessed.
    ``framework_id`` and ``version`` are for forms that do not say their own.
    """
    own = dict(names or {})
    identity = framework_id or slug(PurePath(name).stem, otherwise="framework")
    sha256 = hashlib.sha256(data).hexdigest()
    if is_table(name, data):
        title = PurePath(name).stem[:120] or identity
        framework, notes, rules = framework_table.read(name, data, own, identity, version, title)
        _refuse(name, framework)
        return _read(framework, framework_table.FORM, sha256, rules, notes, _loose(name, framework))
    document = read_document(name, data)
    form = form_of(document.value)
    if form == OUR_FORM:
        if own:
            wrong, right = "This is a framework in our own form: there is nothing to map.", "Leave --map out."
            raise BadInput(Problem(file=name, wrong=wrong, right=right))
        return FrameworkRead(framework=read_framework(document), form=OUR_FORM, sha256=sha256)
    rules = Rules(file=name, own=own)
    reader = _READERS.get(form)
    if reader is None:
        raise BadInput(_unknown(document))
    framework, notes, placed = reader(document, rules, identity, version)
    problems = _placed(document, faults(framework), placed)
    if problems:
        raise BadInput(*sorted(problems, key=lambda one: (one.line or 0, one.column or 0)))
    loose = _placed(document, impressions(framework, impression_words()), placed)
    return _read(framework, form, sha256, rules, notes, loose)


def form_of(value: object) -> str:
    """Tell the form of a framework by its names; empty where it is none."""
    names = set(value) if isinstance(value, dict) else set()
    if {"competencies", "themes"} & names and "levels" in names:
        return framework_ft.FORM
    if "titles" in names and isinstance(value, dict) and isinstance(value.get("tracks"), dict):
        return framework_snowflake.FORM
    ours = len(names & {"levels", "tracks", "criteria"}) >= 2
    # A file that was cut off before its levels is told what is missing, not that it is something else.
    begun = {"criteria", "questions", "past_only"} & names and names <= set(FrameworkFile.model_fields)
    return OUR_FORM if ours or begun else ""


def is_table(name: str, data: bytes) -> bool:
    """Tell a table from YAML and JSON, by how the file begins and by its name."""
    if archive.is_zip(data) or data.startswith(b"\x1f\x8b"):
        return True
    return PurePath(name.casefold()).suffix in {".csv", ".tsv"}


def read_document(name: str, data: bytes) -> Document:
    """Read YAML or JSON strictly, every value with its place."""
    if PurePath(name.casefold()).suffix == ".json" or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        _check_json(name, data)
        # JSON is YAML but for tabs, and a tab inside a text of JSON is written as two characters.
        data = data.replace(b"\t", b" ")
    return read_yaml(name, data)


def _check_json(name: str, data: bytes) -> None:
    if len(data) > MAX_BYTES:
        return
    try:
        json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return  # said better by the reader of YAML
    except RecursionError:
        wrong, right = "The nesting is too deep.", "Write it flatter."
        raise BadInput(Problem(file=name, wrong=wrong, right=right)) from None
    except json.JSONDecodeError as error:
        wrong, right = (
            f"This is not JSON: {error.msg[:1].lower()}{error.msg[1:]}.",
            "Check commas, quotes and brackets.",
        )
        place = {"line": error.lineno, "column": error.colno}
        raise BadInput(Problem(file=name, wrong=wrong, right=right, **place)) from None
    except ValueError:
        wrong, right = "A number has more digits than can be read.", "Write it shorter."
        raise BadInput(Problem(file=name, wrong=wrong, right=right)) from None


def _unknown(document: Document) -> Problem:
    value = document.value
    if isinstance(value, dict) and "$schema" in value:
        wrong = "This is a JSON Schema: it says how a framework is written, and is none."
        return document.problem(("$schema",), wrong, "Give a file that is written by it.", key=True)
    return document.problem((), "This is no framework that is known here.", KNOWN)


def _read(
    framework: Framework, form: str, sha256: str, rules: Rules, notes: list[str], loose: tuple[Problem, ...]
) -> FrameworkRead:
    return FrameworkRead(
        framework=framework,
        form=form,
        sha256=sha256,
        mapping=rules.mapping(),
        notes=tuple(notes),
        impressions=loose,
    )


def _placed(document: Document, found: Sequence[Fault], placed: Mapping[Path, Path]) -> tuple[Problem, ...]:
    return tuple(document.problem(_source(one.path, placed), one.wrong, one.right) for one in found)


def _source(path: Path, placed: Mapping[Path, Path]) -> Path:
    """Find where a part of the framework stands in the file it came from: itself, or what it belongs to."""
    for end in range(len(path), 0, -1):
        if path[:end] in placed:
            return placed[path[:end]]
    inside = [there for here, there in placed.items() if here[: min(2, len(path))] == path[:2]]
    return inside[0] if inside else path


def _refuse(name: str, framework: Framework) -> None:
    found = [Problem(file=name, wrong=fault.wrong, right=fault.right) for fault in faults(framework)]
    if found:
        raise BadInput(*found)


def _loose(name: str, framework: Framework) -> tuple[Problem, ...]:
    found = impressions(framework, impression_words())
    return tuple(Problem(file=name, wrong=fault.wrong, right=fault.right) for fault in found)
