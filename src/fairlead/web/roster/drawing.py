"""The chart as a flat run of marks, so that a template draws any depth in one loop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fairlead.web.roster.chart import Node


@dataclass(frozen=True, slots=True)
class Mark:
    """One step: a person without reports, with open or closed ones, or the end of a branch."""

    kind: Literal["leaf", "open", "closed", "end"]
    node: Node


def marks(nodes: Iterable[Node]) -> Iterator[Mark]:
    """Yield the chart in the order in which it is read."""
    for node in nodes:
        if not node.reports:
            yield Mark("leaf", node)
        elif not node.opened:
            yield Mark("closed", node)
        else:
            yield Mark("open", node)
            yield from marks(node.branches)
            yield Mark("end", node)
