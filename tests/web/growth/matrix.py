"""Who gets what from every address of My growth: only the owner, and nobody else anything."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

SHOWN = "405 405 405"


def rows(row: Callable[..., Any]) -> dict[str, Any]:
    """The rows of the table; ``missing`` is the same address with a number that names nothing."""
    found = {"growth/": row("in 200 200", SHOWN)}
    if find_spec("tests.web.growth.later_matrix"):
        from tests.web.growth import later_matrix

        found |= later_matrix.rows(row)
    return found
