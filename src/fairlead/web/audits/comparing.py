"""Two readings side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairlead.render import words

if TYPE_CHECKING:
    from fairlead.core.figures import Figure
    from fairlead.core.reading import RoleAudit


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One number in two readings."""

    label: str
    before: str
    after: str
    says: str


def compared(earlier: RoleAudit, later: RoleAudit) -> list[Compared]:
    """Set the numbers of two readings side by side; a change is said only where intervals part."""
    before = {found.name: found for found in _all_figures(earlier)}
    rows = []
    for now in _all_figures(later):
        then = before.get(now.name)
        if then is None or then.value is None or now.value is None:
            continue
        label = words.figure_label(now.name)
        rows.append(
            Compared(label=label, before=words.figure(then), after=words.figure(now), says=_change(then, now))
        )
    return rows


def _all_figures(audit: RoleAudit) -> list[Figure]:
    found = list(audit.time.figures) if audit.time else []
    return [*found, audit.rut.index] if audit.rut else found


def _change(then: Figure, now: Figure) -> str:
    if then.value is None or now.value is None:
        return ""
    if then.low is None or then.high is None or now.low is None or now.high is None:
        return "the same" if then.value == now.value else ("more" if now.value > then.value else "less")
    if now.low > then.high:
        return "Changed: more than before"
    if now.high < then.low:
        return "Changed: less than before"
    return "may be chance"
