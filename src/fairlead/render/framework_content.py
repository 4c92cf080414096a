"""A framework, and what changed between two versions, as the plain blocks that page and paper print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairlead.core.framework import LIBRARIES, library_label
from fairlead.core.framework_difference import word_changes
from fairlead.core.work import label
from fairlead.render.content import Bullets, Grid, Part, Report, Section, Text

if TYPE_CHECKING:
    from fairlead.core.framework import Criterion, Framework, Seen
    from fairlead.core.framework_difference import Change, FrameworkDifference
    from fairlead.render.content import Block

_FIELDS: Final = {
    "title": "the title", "words": "what it is about", "text": "what is seen", "examples": "the examples",
    "rows": "the rows it serves", "research": "the research", "competency": "the competency",
    "label": "the name", "cite": "the reference", "doi": "the DOI", "help": "the help",
    "language": "the language", "source": "the source", "id": "the id",
}  # fmt: skip
_ABOUT: Final = {
    "past_only": "Warning word",
    "publication": "Publication",
    "question": "Question asked of every case",
}


def framework_report(framework: Framework) -> Report:
    """Lay out a framework: tracks side by side, then what each level asks, library by library."""
    sections = [Section("tracks", "Tracks and levels", (_ladder(framework), *_lists(framework)))]
    for level in framework.levels:
        tracks = ", ".join(track.label for track in framework.tracks_of(level.id))
        blocks: list[Block] = [Text(level.words)] if level.words else []
        asked = framework.asked(level.id)
        for kind in LIBRARIES:
            own = [(one, seen) for one, seen in asked if one.kind == kind]
            if own:
                blocks += [Part(library_label(kind)), Bullets(tuple(_asked(one, seen) for one, seen in own))]
        sections.append(Section(level.id, f"{level.title} ({tracks})", tuple(blocks)))
    return Report(
        f"{framework.title}, version {framework.version}",
        framework.words,
        tuple(sections),
        framework.language,
    )


def difference_report(found: FrameworkDifference) -> Report:
    """Lay out what changed between two versions, in sentences."""
    lead = f"{found.framework}: version {found.version_before} beside version {found.version_after}."
    if not found.changes:
        same = found.digest_before == found.digest_after
        says = "They are the same." if same else "Only the version differs."
        return Report("What changed", f"{lead} {says}", ())
    groups = (
        ("tracks", "Tracks and levels", ("framework", "track", "level")),
        ("criteria", "Criteria", ("criterion", "seen")),
        ("rest", "Questions, warning words, research", ("question", "past_only", "publication")),
    )
    sections = []
    for name, title, about in groups:
        lines = tuple(change_line(found, change) for change in found.changes if change.about in about)
        if lines:
            sections.append(Section(name, title, (Bullets(lines),)))
    return Report("What changed", lead, tuple(sections))


def change_line(found: FrameworkDifference, change: Change) -> str:
    """Say one change in one sentence; removed words stand in [- -], added ones in {+ +}."""
    name = _named(found, change)
    if change.about == "level" and change.field == "track":
        return _move(name, change)
    if change.field == "rung":
        return f"{name}: moved from rung {change.before} to {change.after}."
    if change.field == "kind":
        return f"{name}: moved from {label_of(change.before)} to {label_of(change.after)}."
    if not change.field:
        words = change.after or change.before
        told = f": {words}" if words and words != change.name and words not in name else "."
        return f"{name}, {change.what}{told}"
    field = _FIELDS.get(change.field, change.field)
    if not change.before or not change.after:
        done = "added" if change.after else "removed"
        return f"{name}: {field} {done}: {change.after or change.before}"
    return f"{name}: {field}: {_marked(change.before, change.after)}"


def label_of(kind: str) -> str:
    """Name a library of criteria, or a word that is none as it stands."""
    return library_label(kind) if kind in LIBRARIES else kind


def _named(found: FrameworkDifference, change: Change) -> str:
    if change.about == "seen":
        return f"{found.title(change.criterion)}, at {found.title(change.level)}"
    if change.about == "criterion":
        return f"Criterion “{found.title(change.criterion)}”"
    if change.about == "level":
        return f"Level “{found.title(change.level)}”"
    if change.about == "track":
        return f"Track “{label(change.track)}”"
    if change.about == "framework":
        return "The framework"
    return f"{_ABOUT[change.about]} “{change.name}”"


def _move(name: str, change: Change) -> str:
    track = label(change.track)
    if not change.before:
        return f"{name}: joins “{track}” in place {change.after}."
    if not change.after:
        return f"{name}: leaves “{track}”."
    return f"{name}: moves in “{track}” from place {change.before} to {change.after}."


def _marked(before: str, after: str) -> str:
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return " ".join(marks[what].format(words) for what, words in word_changes(before, after))


def _ladder(framework: Framework) -> Grid:
    """Set tracks side by side, equal levels in one line, the lowest rung first."""
    rungs = sorted({level.rung for level in framework.levels})
    rows = []
    for rung in rungs:
        cells = [
            "; ".join(level.title for level in framework.levels_of(track.id) if level.rung == rung)
            for track in framework.tracks
        ]
        rows.append((str(rung), *cells))
    return Grid(
        "Levels on one rung are equal in standing",
        ("Rung", *(track.label for track in framework.tracks)),
        tuple(rows),
        (0,),
    )


def _lists(framework: Framework) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if framework.questions:
        blocks += [Part("Asked of every case"), Bullets(tuple(one.text for one in framework.questions))]
    if framework.source:
        blocks.append(Text(framework.source, "note"))
    return tuple(blocks)


def _asked(criterion: Criterion, seen: Seen) -> str:
    examples = f" For instance: {'; '.join(seen.examples)}" if seen.examples else ""
    return f"{criterion.title}: {seen.text}{examples}"
