"""Keeping what somebody wants, can and would lose on each track (rows 50, 51, 185, 188, 189)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from fairlead.core.tracks import TRACK_ORDER
from fairlead.web.direction import later_sittings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairlead.web.people.models import Person


@transaction.atomic
def keep(
    *,
    actor: Person,
    track: str,
    want: Mapping[str, int],
    able: Mapping[str, int],
    lose: Sequence[str],
) -> None:
    """Keep the answers about one track; the others stay, and all stand in their fixed order."""
    entry: dict[str, Any] = {
        "track": track,
        "want": [list(pair) for pair in want.items()],
        "able": [list(pair) for pair in able.items()],
        "lose": list(lose),
    }
    later_sittings.one_window(actor)
    there = {one["track"]: one for one in later_sittings.content_of(actor, "tracks") or ()}
    if want or able or lose:
        there[track] = entry
    else:
        there.pop(track, None)
    content = [there[name] for name in TRACK_ORDER if name in there]
    later_sittings.keep(actor=actor, section="tracks", content=content)
