"""Phases that ended before their announced last day: when, by whom and why; all who read a round read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from fairlead.web.people.models import Person
from fairlead.web.promotions.states import ROUND_WORDS
from fairlead.web.promotions.taken_out_queries import ERASED

if TYPE_CHECKING:
    from fairlead.web.promotions.models import Round


@dataclass(frozen=True, slots=True, kw_only=True)
class Early:
    """A phase that ended before its announced day."""

    phase: str
    until: date
    on: date
    by: str
    reason: str


def ended_early(one: Round) -> tuple[Early, ...]:
    """Give the phases that ended before their announced last day, who ended them and why."""
    words = {str(state): label for state, label in ROUND_WORDS}
    people = Person.objects.in_bulk([entry["by"] for entry in one.early]) if one.early else {}
    return tuple(
        Early(
            phase=words[entry["phase"]],
            until=date.fromisoformat(entry["until"]),
            on=date.fromisoformat(entry["on"]),
            by=str(people.get(UUID(entry["by"]), ERASED)),
            reason=entry["reason"],
        )
        for entry in one.early
    )
