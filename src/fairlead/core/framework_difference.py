"""What changed between two versions of a framework, level by level, as plain data (rows 121, 122)."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final

from fairlead.core.framework import canonical, digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fairlead.core.framework import Framework

ADDED: Final = "added"
REMOVED: Final = "removed"
REWORDED: Final = "reworded"
MOVED: Final = "moved"

_ENTRIES: Final = {
    "levels": ("level", "id"),
    "questions": ("question", "id"),
    "research": ("publication", "key"),
}
_NUMBERS: Final = ("rows", "research")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is different.

    ``about`` is ``framework``, ``track``, ``level``, ``criterion``, ``seen`` (a criterion at one level),
    ``question``, ``publication`` or ``past_only``. ``what`` is ``added``, ``removed``, ``reworded`` (its
    texts or references), or ``moved`` (a level on another rung, or joining, leaving or changing its place
    in a track; a criterion to another library). ``field`` says which of its fields, empty where all of it
    came or went. ``before`` and ``after`` are texts, empty where there is none; lists are joined by “; ”.
    """

    what: str
    about: str
    before: str = ""
    after: str = ""
    field: str = ""
    criterion: str = ""
    level: str = ""
    track: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkDifference:
    """Two versions side by side; ``changes`` is empty where only the version number differs, or nothing.

    ``titles`` gives the title of each criterion and level that a change names, of the later version where
    it has one.
    """

    framework: str
    version_before: str
    version_after: str
    digest_before: str
    digest_after: str
    changes: tuple[Change, ...]
    titles: tuple[tuple[str, str], ...] = ()

    def at(self, level: str) -> tuple[Change, ...]:
        """Give what changed for somebody at one level."""
        return tuple(change for change in self.changes if change.level == level)

    def title(self, name: str) -> str:
        """Give the title of a criterion or level, its id where it has none."""
        return dict(self.titles).get(name, name)


def difference(before: Framework, after: Framework) -> FrameworkDifference:
    """Compare two versions of a framework.

    Parameters
    ----------
    before, after
        Two versions; also two different frameworks, which then differ in ``id`` as well.

    Returns
    -------
    FrameworkDifference
        Changes in this order: the framework itself, tracks, levels, criteria (each followed by its
        levels), questions, warning words, publications; inside each in the order of ids. Entries are matched
        by their ids: what has a new id is one thing removed and one added.

    Notes
    -----
    Both are compared in their canonical form, so that the order of a file and its line breaks are no
    change: without changes and with one version the digests are the same, and only then.

    Examples
    --------
    >>> from fairlead.core.framework import Criterion, Framework, Level, Seen, TrackLevels
    >>> def version(number, text, rung):
    ...     asked = Criterion(id="dates", title="Dates", kind="managing", seen=(Seen(level="m1", text=text),))
    ...     return Framework(id="f", version=number, title="F", criteria=(asked,),
    ...                      levels=(Level(id="m1", title="Lead", rung=rung),),
    ...                      tracks=(TrackLevels(id="people_manager", label="Manager", levels=("m1",)),))
    >>> found = difference(version("1", "Names dates", 1), version("2", "Meets dates", 2))
    >>> [(one.what, one.about, one.before, one.after) for one in found.changes]
    [('moved', 'level', '1', '2'), ('reworded', 'seen', 'Names dates', 'Meets dates')]
    """
    old, new = canonical(before), canonical(after)
    return FrameworkDifference(
        framework=after.id,
        version_before=before.version,
        version_after=after.version,
        digest_before=digest(before),
        digest_after=digest(after),
        changes=(
            *_fields("framework", old, new, leave=("version",)),
            *_tracks(old["tracks"], new["tracks"]),
            *_entries("levels", old, new),
            *_criteria(old["criteria"], new["criteria"]),
            *_entries("questions", old, new),
            *_words(old["past_only"], new["past_only"]),
            *_entries("research", old, new),
        ),
        titles=tuple(
            (entry["id"], entry["title"])
            for entry in {
                one["id"]: one for side in (old, new) for one in (*side["levels"], *side["criteria"])
            }.values()
        ),
    )


def word_changes(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Set two texts side by side, word by word.

    Parameters
    ----------
    before, after
        Two texts; runs of white space count as one space.

    Returns
    -------
    tuple of (what, words)
        ``same``, ``removed`` and ``added`` in the order in which one would read them. What is not added
        makes up the first text, what is not removed the second.

    Examples
    --------
    >>> word_changes("Names dates and meets them", "Names dates early and meets them")
    (('same', 'Names dates'), ('added', 'early'), ('same', 'and meets them'))
    """
    old, new = before.split(), after.split()
    found: list[tuple[str, str]] = []
    for what, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(("same", " ".join(old[i:i_end])))
            continue
        if i < i_end:
            found.append((REMOVED, " ".join(old[i:i_end])))
        if j < j_end:
            found.append((ADDED, " ".join(new[j:j_end])))
    return tuple(found)


def _fields(
    about: str, old: Mapping[str, Any], new: Mapping[str, Any], *, leave: Sequence[str] = (), **where: str
) -> Iterator[Change]:
    """Compare what is one text, one number or a list of them; lists of entries are compared elsewhere."""
    for name in old:
        if name in leave or (_is_entries(old[name]) or _is_entries(new[name])):
            continue
        if name in {"id", "key"} and about != "framework":
            continue
        if old[name] != new[name] and not (about == "framework" and isinstance(old[name], list)):
            what = MOVED if name in {"rung", "kind"} else REWORDED
            yield Change(
                what=what, about=about, field=name, before=_said(old[name]), after=_said(new[name]), **where
            )


def _is_entries(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _said(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _by(entries: Sequence[Mapping[str, Any]], name: str) -> dict[str, Mapping[str, Any]]:
    return {str(entry[name]): entry for entry in entries}


def _entries(where: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    about, name = _ENTRIES[where]
    was, now = _by(old[where], name), _by(new[where], name)
    for key in sorted({*was, *now}):
        place = {"level": key} if about == "level" else {"name": key}
        if key not in now:
            yield Change(what=REMOVED, about=about, before=_whole(was[key]), **place)
        elif key not in was:
            yield Change(what=ADDED, about=about, after=_whole(now[key]), **place)
        else:
            yield from _fields(about, was[key], now[key], **place)


def _whole(entry: Mapping[str, Any]) -> str:
    """Say an entry that came or went by the words that people know it by."""
    return str(entry.get("title") or entry.get("text") or entry.get("label") or entry.get("cite") or "")


def _tracks(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> Iterator[Change]:
    was, now = _by(old, "id"), _by(new, "id")
    for key in sorted({*was, *now}):
        if key not in now:
            yield Change(what=REMOVED, about="track", track=key, before=_whole(was[key]))
        elif key not in was:
            yield Change(what=ADDED, about="track", track=key, after=_whole(now[key]))
        else:
            yield from _fields("track", was[key], now[key], leave=("levels",), track=key)
        before = was[key]["levels"] if key in was else []
        after = now[key]["levels"] if key in now else []
        yield from _places(key, before, after)


def _places(track: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    """Say which levels came into a track, left it, or stand elsewhere in it; places count from 1."""
    staying = [name for name in before if name in after]
    turned = [name for name in after if name in before]
    for name in sorted({*before, *after}):
        was = str(before.index(name) + 1) if name in before else ""
        now = str(after.index(name) + 1) if name in after else ""
        if not was or not now or staying.index(name) != turned.index(name):
            yield Change(
                what=MOVED, about="level", field="track", level=name, track=track, before=was, after=now
            )


def _criteria(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> Iterator[Change]:
    was, now = _by(old, "id"), _by(new, "id")
    for key in sorted({*was, *now}):
        if key not in now:
            yield Change(what=REMOVED, about="criterion", criterion=key, before=_whole(was[key]))
        elif key not in was:
            yield Change(what=ADDED, about="criterion", criterion=key, after=_whole(now[key]))
        else:
            yield from _fields("criterion", was[key], now[key], leave=("seen",), criterion=key)
        yield from _seen(key, was.get(key, {"seen": []})["seen"], now.get(key, {"seen": []})["seen"])


def _seen(
    criterion: str, old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
) -> Iterator[Change]:
    was, now = _by(old, "level"), _by(new, "level")
    for level in sorted({*was, *now}):
        if level not in now:
            yield Change(
                what=REMOVED, about="seen", criterion=criterion, level=level, before=was[level]["text"]
            )
        elif level not in was:
            yield Change(what=ADDED, about="seen", criterion=criterion, level=level, after=now[level]["text"])
        else:
            place = {"criterion": criterion, "level": level}
            yield from _fields("seen", was[level], now[level], leave=("level",), **place)


def _words(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    for word in sorted({*old, *new}):
        if word not in new:
            yield Change(what=REMOVED, about="past_only", name=word, before=word)
        elif word not in old:
            yield Change(what=ADDED, about="past_only", name=word, after=word)
