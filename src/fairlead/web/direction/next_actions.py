"""Keeping what somebody finds out about the next level (rows 14, 62, 63)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from fairlead.web.direction import later_sittings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairlead.web.people.models import Person


@transaction.atomic
def keep(*, actor: Person, **changes: Any) -> None:
    """Change some parts of the section and leave the others as they stand."""
    later_sittings.one_window(actor)
    before = later_sittings.content_of(actor, "next_level") or {}
    after = before | changes
    if after != before:
        later_sittings.keep(actor=actor, section="next_level", content=after)


def keep_burdens(*, actor: Person, said: Mapping[str, str]) -> None:
    """Keep how somebody would take each burden; what is left open is left out."""
    keep(actor=actor, burdens=[[burden, bearing] for burden, bearing in said.items() if bearing])
