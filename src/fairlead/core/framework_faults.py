"""What keeps a framework from being used: names that lead nowhere, gaps, and impressions in place of acts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from fairlead.core.framework import LIBRARIES, TRACKS
from fairlead.core.work import LABELS, Competency

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairlead.core.framework import Criterion, Framework

    Path = tuple[str | int, ...]

HIGHEST_RUNG: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong: the path to it from the framework, and sentences on what is wrong and what is right.

    A path is like ``("criteria", 3, "seen", "lead-2", "text")``: places in lists count from 0, what is seen
    goes by its level.
    """

    path: tuple[str | int, ...]
    wrong: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Impressions:
    """Words for how somebody comes across, and uses of them that mean something else (``not_meant``).

    ``acts`` are verbs, in their first form, for what others can see somebody do.
    """

    words: tuple[str, ...]
    not_meant: tuple[str, ...]
    acts: tuple[str, ...]


def faults(framework: Framework) -> tuple[Fault, ...]:
    """Find everything in a framework that does not fit together.

    Parameters
    ----------
    framework
        Any framework, for instance while it is being written.

    Returns
    -------
    tuple of Fault
        In the order of the framework. Empty: each track, level and criterion is named once and leads
        somewhere, each level asks something, rungs of a track rise.

    Examples
    --------
    >>> from fairlead.core.framework import Framework, Level
    >>> empty = Framework(id="f", version="1", title="F", tracks=(), criteria=(),
    ...                   levels=(Level(id="m1", title="Lead", rung=1),))
    >>> [fault.wrong for fault in faults(empty)]
    ['There is no track.', '“m1” belongs to no track.', '“m1” asks nothing.', 'There is no criterion.']
    """
    return (*_tracks(framework), *_levels(framework), *_criteria(framework), *_rest(framework))


def impressions(framework: Framework, known: Impressions) -> tuple[Fault, ...]:
    """Find criteria that ask how somebody comes across instead of what they do (rows 119, 161).

    Parameters
    ----------
    framework
        Any framework.
    known
        The words.

    Returns
    -------
    tuple of Fault
        One for each title, description, or example that holds a word for an impression. A description or
        example may hold one if the same sentence names an act that others can see; a title may not.

    Notes
    -----
    Who is surer of themself than they have reason to be is taken for able and given standing (Anderson,
    Brion, Moore & Kennedy 2012, doi:10.1037/a0029395). A list of words finds the plain cases and no
    others: it is a warning against slips, no proof that a criterion is sound.

    Examples
    --------
    >>> from fairlead.core.framework import Criterion, Seen
    >>> from fairlead.core.framework import Framework
    >>> words = Impressions(words=("confidence",), not_meant=("confidence interval",), acts=("answer",))
    >>> said = {"a": "Speaks with confidence.", "b": "States a confidence interval.",
    ...         "c": "Answers open questions, with confidence or without."}
    >>> one = Criterion(id="c", title="Talks", kind="leading",
    ...                 seen=tuple(Seen(level=level, text=text) for level, text in said.items()))
    >>> rules = Framework(id="f", version="1", title="F", tracks=(), levels=(), criteria=(one,))
    >>> found = impressions(rules, words)
    >>> [fault.path for fault in found]
    [('criteria', 0, 'seen', 'a', 'text')]
    """
    found: list[Fault] = []
    for i, criterion in enumerate(framework.criteria):
        for path, text, is_act in _texts(criterion):
            word = _impression(text, known, may_act=is_act)
            if word:
                found.append(
                    Fault(
                        path=("criteria", i, *path),
                        wrong=f"“{word}” is how somebody comes across, and no act is named with it.",
                        right="Say what others can see somebody do, and what changes by it.",
                    )
                )
    return tuple(found)


def _texts(criterion: Criterion) -> Iterator[tuple[Path, str, bool]]:
    yield ("title",), criterion.title, False
    yield ("words",), criterion.words, True
    for seen in criterion.seen:
        yield ("seen", seen.level, "text"), seen.text, True
        for j, example in enumerate(seen.examples):
            yield ("seen", seen.level, "examples", j), example, True


def _impression(text: str, known: Impressions, *, may_act: bool) -> str:
    found = next(impression_places(text, known, may_act=may_act), None)
    return text[slice(*found)] if found else ""


def impression_places(text: str, known: Impressions, *, may_act: bool = True) -> Iterator[tuple[int, int]]:
    """Give start and end of each word for an impression, left out where its sentence names an act."""
    for sentence in re.finditer(r"(?:[^.;:!?]|[.;:!?](?!\s|$))+", text):
        # What means something else is blanked and not cut out, so that places stay what they are.
        bare = _any_of(known.not_meant).sub(lambda one: " " * len(one.group()), sentence.group())
        if may_act and _any_of(known.acts, inflected=True).search(bare):
            continue
        for hit in _any_of(known.words).finditer(bare):
            yield sentence.start() + hit.start(), sentence.start() + hit.end()


@cache
def _any_of(phrases: tuple[str, ...], *, inflected: bool = False) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    either = "|".join(_forms(one) if inflected else re.escape(one) for one in longest_first)
    return re.compile(rf"\b(?:{either})\b" if either else r"(?!)", re.IGNORECASE)


def _forms(verb: str) -> str:
    """Match the regular forms of a verb: hands over, decided, stopping, tries."""
    first, space, rest = verb.partition(" ")
    stem = re.escape(first[:-1])
    if first.endswith("e"):
        forms = rf"{stem}(?:e|es|ed|ing)"
    elif first.endswith("y"):
        forms = rf"{stem}(?:y|ys|ies|ied|yed|ying)"
    else:
        forms = rf"{re.escape(first)}(?:e?s|{re.escape(first[-1])}?(?:ed|ing))?"
    return forms + re.escape(space + rest)


def _tracks(framework: Framework) -> Iterator[Fault]:
    if not framework.tracks:
        yield Fault(path=("tracks",), wrong="There is no track.", right=f"Known tracks: {', '.join(TRACKS)}.")
    known = {level.id: level for level in framework.levels}
    names = [track.id for track in framework.tracks]
    for i, track in enumerate(framework.tracks):
        at: Path = ("tracks", i)
        if track.id not in TRACKS:
            right = f"Known tracks: {', '.join(TRACKS)}."
            yield Fault(path=(*at, "id"), wrong=f"“{track.id}” is no track.", right=right)
        if track.id in names[:i]:
            yield _twice((*at, "id"), track.id, "track")
        if not track.levels:
            yield Fault(
                path=at, wrong=f"“{track.id}” has no level.", right="Name its levels, the first one first."
            )
        before = 0
        for j, name in enumerate(track.levels):
            path: Path = (*at, "levels", j)
            if name not in known:
                yield _unknown(path, "level", name, list(known))
                continue
            rung = known[name].rung
            if rung <= before:
                wrong = f"“{name}” is on rung {rung}, and the level before it on {before}."
                yield Fault(
                    path=path,
                    wrong=wrong,
                    right="Levels of a track stand from the lowest rung to the highest.",
                )
            before = max(before, rung)


def _levels(framework: Framework) -> Iterator[Fault]:
    names = [level.id for level in framework.levels]
    used = {name for track in framework.tracks for name in track.levels}
    asked = {seen.level for criterion in framework.criteria for seen in criterion.seen}
    for i, level in enumerate(framework.levels):
        if level.id in names[:i]:
            yield _twice(("levels", i, "id"), level.id, "level")
            continue
        if not 1 <= level.rung <= HIGHEST_RUNG:
            wrong = f"“{level.id}” is on rung {level.rung}."
            yield Fault(path=("levels", i, "rung"), wrong=wrong, right=f"Rungs run from 1 to {HIGHEST_RUNG}.")
        if level.id not in used:
            right = "Name it under “levels” of its track, or leave it out."
            yield Fault(path=("levels", i, "id"), wrong=f"“{level.id}” belongs to no track.", right=right)
        if level.id not in asked:
            right = "Say at one criterion or more what is seen at this level."
            yield Fault(path=("levels", i, "id"), wrong=f"“{level.id}” asks nothing.", right=right)


def _criteria(framework: Framework) -> Iterator[Fault]:
    if not framework.criteria:
        yield Fault(path=("criteria",), wrong="There is no criterion.", right="A framework asks something.")
    names = [criterion.id for criterion in framework.criteria]
    for i, criterion in enumerate(framework.criteria):
        at: Path = ("criteria", i)
        if criterion.id in names[:i]:
            yield _twice((*at, "id"), criterion.id, "criterion")
        yield from _library(at, criterion)
        if not criterion.seen:
            right = "Say what is seen at each level that asks for it."
            yield Fault(path=at, wrong=f"“{criterion.id}” is asked at no level.", right=right)
        yield from _seen(at, criterion, framework)


def _library(at: Path, criterion: Criterion) -> Iterator[Fault]:
    if criterion.kind not in LIBRARIES:
        yield _unknown((*at, "kind"), "library", criterion.kind, LIBRARIES)
    if not criterion.competency:
        return
    if criterion.competency not in set(Competency):
        yield _unknown((*at, "competency"), "competency", criterion.competency, tuple(Competency))
    elif Competency(criterion.competency).kind != criterion.kind:
        kind = Competency(criterion.competency).kind
        wrong = f"“{criterion.id}” is said to be {criterion.kind}."
        right = f"{LABELS[criterion.competency]} is {kind}."
        yield Fault(path=(*at, "kind"), wrong=wrong, right=right)


def _seen(at: Path, criterion: Criterion, framework: Framework) -> Iterator[Fault]:
    levels = [level.id for level in framework.levels]
    told: dict[str, str] = {}
    for seen in criterion.seen:
        path: Path = (*at, "seen", seen.level)
        if seen.level not in levels:
            yield _unknown(path, "level", seen.level, levels)
        if seen.level in told:
            yield _twice(path, seen.level, "level of this criterion")
        words = " ".join(seen.text.split()).casefold()
        if not words:
            right = "Say what others can see somebody do."
            yield Fault(path=path, wrong="Nothing is said here.", right=right)
        # Equal levels of two tracks may ask the same; two levels that follow each other may not.
        for other in (level for level, said in told.items() if words and said == words):
            if any({other, seen.level} <= set(track.levels) for track in framework.tracks):
                right = "Say what is different at this level, or make one level of the two."
                wrong = f"The words of “{other}” stand here again."
                yield Fault(path=(*path, "text"), wrong=wrong, right=right)
        told[seen.level] = words


def _rest(framework: Framework) -> Iterator[Fault]:
    keys = [one.key for one in framework.research]
    leaning = [("criteria", [one.research for one in framework.criteria])]
    leaning.append(("questions", [one.research for one in framework.questions]))
    for where, entries in leaning:
        for i, research in enumerate(entries):
            for j, key in enumerate(research):
                if key not in keys:
                    yield _unknown((where, i, "research", j), "research", key, keys)
    names = [one.id for one in framework.questions]
    for i, name in enumerate(names):
        if name in names[:i]:
            yield _twice(("questions", i, "id"), name, "question")


def _twice(path: Path, name: str, what: str) -> Fault:
    return Fault(
        path=path, wrong=f"“{name}” is already the id of another {what}.", right="Give each its own."
    )


def _unknown(path: Path, what: str, name: str, known: Sequence[str]) -> Fault:
    right = f"Known: {', '.join(known)}." if known else "None is there yet."
    return Fault(path=path, wrong=f"There is no {what} “{name}”.", right=right)
