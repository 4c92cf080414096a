"""What a room offers to be shown to one other person, as it stands today.

A room says it in ``shareable.SHAREABLE``: ``{"kind": Shareable(...)}``. The kind is a choice of
``Share.kind``; what is copied is plain data in the form of ``sharing/_snapshot.html``, so that no room
needs to know another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fairlead.web.rooms import offers

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Shareable:
    """One kind of thing that can be shown.

    ``permission`` opens it to its owner; ``parts`` are what can be ticked, ``usual`` what is ticked
    to begin with; ``title`` names it without content; ``snapshot`` copies the ticked parts, and nothing
    of a part that is not ticked; ``page`` is where the owner comes from; ``whom`` says to whom alone it
    can be shown, where not to everybody.
    """

    word: str
    permission: str
    parts: Mapping[str, str]
    usual: frozenset[str]
    never: str
    title: Callable[[Any], str]
    snapshot: Callable[[Any, Collection[str]], dict[str, Any]]
    page: Callable[[Any], str]
    whom: str = ""


def seen_by(kind: str, number: UUID) -> str:
    """Say who beside its owner sees parts of a thing at the moment; empty where nobody does."""
    told = [ask(kind, number) for _room, ask in offers("queries", "seen_by")]
    return " ".join(filter(None, told))


def comments(kind: str, number: UUID) -> list[Any]:
    """Give what a manager or a coach wrote about a thing that was shown to them, for whoever looks."""
    return [one for _room, ask in offers("queries", "comments") for one in ask(kind, number)]


def shareable(kind: str) -> Shareable | None:
    """Give what is known about a kind, from all rooms; ``None`` where nobody offers it."""
    for _room, part in offers("shareable", "SHAREABLE"):
        if kind in part:
            found: Shareable = part[kind]
            return found
    return None
