"""What lies in a ballot box; ``web/release.py`` asks for it when a survey has closed, and nobody else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import transaction

from fairlead.web.vault import box as boxes
from fairlead.web.vault.viewer import on_duty

if TYPE_CHECKING:
    from uuid import UUID


@on_duty("ballots")
@transaction.atomic
def papers(box: UUID) -> list[dict[str, Any]]:
    """Give all papers of a box in an order drawn by chance; ``NoBox`` where it is destroyed."""
    opened = boxes.opened(box)
    found = [
        json.loads(what.paper)
        for _place, what in boxes.contents(opened, boxes.places(opened))
        if what.receipt
    ]
    boxes.chance.shuffle(found)
    return found
