"""Comments: read only together with those of nine other people at least, in one place, in no order."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from fairlead.core.blocks import Atom, partition

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fairlead.core.blocks import Block, Tree

FEWEST: Final = 10
"""People who answered, whether or not they wrote something, behind any comment that is shown."""

Choice = Literal["verbatim", "themes", "not to the manager"]
"""What the author chose: word for word; as a theme in other words only; never to the manager."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment and what its author chose; ``question`` is empty where it belongs to none.

    With ``unasked`` nobody asked the author how it may be shown, so it is held back.
    """

    text: str
    choice: Choice = "verbatim"
    question: str = ""
    unasked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownComment:
    """A comment with the only label that it ever carries.

    ``reach`` is ``"team"`` or ``"organization"`` (one of the smaller teams inside it). Only
    ``"verbatim"`` comments may be read by managers; the others are for people operations.
    """

    question: str
    reach: Literal["team", "organization"]
    group: str
    text: str
    choice: Choice


def release_comments(
    tree: Tree, blocks: Sequence[Block], written: Iterable[tuple[int, Comment]], k: int
) -> tuple[tuple[ShownComment, ...], int]:
    """Label and mix comments.

    Parameters
    ----------
    tree, blocks
        The organization and the blocks of all ballots.
    written
        For each comment the block of its author (-1: in none) and the comment.
    k
        Least number of people behind a figure; comments need ``FEWEST`` or this, whichever is more.

    Returns
    -------
    comments, held_back
        In the order of a hash of their words, which nobody's place in a list decides; and how many
        found no block that is large enough, or whose authors were not asked.

    Examples
    --------
    >>> from fairlead.core.blocks import Block, Organization, Team, tree_of
    >>> tree = tree_of(Organization(teams=(Team(id="ann"),)))
    >>> release_comments(tree, [Block(1, True, [0], 9)], [(0, Comment("Good."))], 5)
    ((), 1)
    """
    atoms = [Atom(block.home, block.size, block.own) for block in blocks]
    whole, _ = partition(tree, atoms, max(FEWEST, k))
    label: dict[int, tuple[Literal["team", "organization"], str]] = {
        atom: ("team" if block.own else "organization", tree.ids[block.home])
        for block in whole
        for atom in block.atoms
    }
    shown, held_back = [], 0
    for block, comment in written:
        text = comment.text.strip()
        if not text:
            continue
        if block not in label or comment.unasked:
            held_back += 1
            continue
        reach, group = label[block]
        shown.append(
            ShownComment(
                question=comment.question, reach=reach, group=group, text=text, choice=comment.choice
            )
        )
    shown.sort(key=lambda one: (one.group, one.reach, one.question, _hash(one.text), one.choice))
    return tuple(shown), held_back


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).digest()
