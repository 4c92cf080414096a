"""A paper's blocks on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

if TYPE_CHECKING:
    from fairlead.render.content import Block, Grid

register = template.Library()


@register.filter
def kind_of_block(block: Block) -> str:
    """Name the kind of a block, so that a template can choose how to draw it."""
    return type(block).__name__


@register.filter
def as_table(grid: Grid) -> dict[str, Any]:
    """Give a grid as ``parts/table.html`` takes it."""
    return {"caption": grid.caption, "columns": grid.headers, "rows": grid.rows}
