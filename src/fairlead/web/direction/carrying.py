"""What is carried from finished answers into a new sitting: marked while it is open, unmarked at its end.

So a sitting asks about a few things and the others stay as they were said, and the marks never reach a
finished sitting, which holds nothing but answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

EARLIER: Final = "earlier"
"""The mark of an entry that was said at an earlier time."""

ANEW: Final = "anew"
"""The mark of an earlier entry that is asked about in this sitting again."""

LISTS: Final = ("energy", "passions", "strengths")
"""Sections that are lists of entries."""


def is_earlier(entry: Mapping[str, Any]) -> bool:
    """Whether an entry was carried into the open sitting."""
    return bool(entry.get(EARLIER))


def is_asked(entry: Mapping[str, Any]) -> bool:
    """Whether an entry is asked about in the open sitting."""
    return not is_earlier(entry) or bool(entry.get(ANEW))


def carried(section: str, content: Any) -> Any:
    """Give finished content as a new sitting begins with it."""
    if section in LISTS:
        return [{**one, EARLIER: True} for one in content or []]
    if section == "motives" and content:
        return {**content, "own": [{**one, EARLIER: True} for one in content.get("own", [])]}
    return content


def carried_answers(content: Any, names: Collection[str]) -> dict[str, Any]:
    """Give the finished answers to these questions, which belong to another part of the same section."""
    return {name: said for name, said in (content or {}).items() if name in names}


def settled(section: str, content: Any) -> Any:
    """Give the content of a sitting as it is finished: without marks, without tasks that were not rated."""
    if section == "energy":
        return [_bare(one) for one in content or [] if one.get("effect") is not None]
    if section in LISTS:
        return [_bare(one) for one in content or []]
    if section == "motives" and content:
        own = [_bare(one) for one in content.get("own", [])]
        return {name: said for name, said in (content | {"own": own}).items() if said}
    return content


def _bare(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in {EARLIER, ANEW}}
