"""Ballot boxes: made, a paper put in, a paper taken back, mixed, destroyed. Nothing here gives a paper."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from fairlead.web.vault import box as boxes
from fairlead.web.vault.box import NoBox, TooLong
from fairlead.web.vault.models import Ballot, BoxKey
from fairlead.web.vault.viewer import on_duty

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

__all__ = ["NoBox", "TooLong", "burn", "drop", "make_box", "mix", "standing", "take_back"]


@on_duty("ballots")
@transaction.atomic
def make_box(box: UUID, *, size: int, slots: int) -> None:
    """Make a box with one place for each of ``slots`` people; a paper may be ``size`` bytes of JSON long."""
    made = boxes.make(box, size=size, today=timezone.localdate())
    rows = [Ballot(box=box) for _ in range(slots)]
    for row in rows:
        sealed = made.seal(row.pk, boxes.NOTHING)
        row.head, row.paper = sealed["head"], sealed["paper"]
    Ballot.objects.bulk_create(rows, batch_size=boxes.BATCH)


@on_duty("ballots")
@transaction.atomic
def drop(box: UUID, person: UUID, paper: dict[str, Any]) -> str:
    """Put a paper into a free place and give the receipt's code, which is kept nowhere.

    ``NoBox`` when the box is gone, ``TooLong`` when the paper does not fit; both are refusals with a
    sentence for the person. That a person puts in one paper only is for the caller to see to.
    """
    opened = boxes.opened(box)
    written = opened.bytes_of(paper)
    places = boxes.places(opened)
    free = next((place for place, receipt in boxes.receipts(opened, places) if not receipt), None)
    if free is None:
        raise RuntimeError("There are more papers than people in this box.")
    code = boxes.new_code()
    _change(opened, free, boxes.Content(boxes.hash_of(code, person=person, box=box), written), places)
    return code


@on_duty("ballots")
@transaction.atomic
def take_back(box: UUID, person: UUID, code: str) -> bool:
    """Take the paper with this receipt out of the box; ``False`` where the person has no such receipt."""
    opened = boxes.opened(box)
    places = boxes.places(opened)
    wanted = boxes.hash_of(code, person=person, box=box)
    found = [
        place for place, receipt in boxes.receipts(opened, places) if hmac.compare_digest(receipt, wanted)
    ]
    for place in found:
        _change(opened, place, boxes.NOTHING, places)
    return bool(found)


@on_duty("ballots")
@transaction.atomic
def mix(box: UUID, today: date) -> bool:
    """Once a day: let all papers change places and be sealed anew; say whether it was due."""
    opened = boxes.opened(box)
    if not BoxKey.objects.filter(pk=box).exclude(mixed_on=today).update(mixed_on=today):
        return False
    places = boxes.places(opened)
    found = boxes.contents(opened, places)
    for here, what in found:
        there, other = next(found, (here, what))
        boxes.put(opened, here, other)
        boxes.put(opened, there, what)
    return True


@on_duty("ballots")
@transaction.atomic
def burn(box: UUID) -> None:
    """Destroy a box: its places and its key, in the files' logs too; nothing where there is none."""
    from fairlead.web import erasing  # noqa: PLC0415 - the ground stands above the vault

    Ballot.objects.filter(box=box).delete()
    BoxKey.objects.filter(pk=box).delete()
    erasing.for_good()


@on_duty("ballots")
def standing() -> set[UUID]:
    """Give the numbers of all boxes of which anything is left: their key or their places."""
    places = Ballot.objects.order_by().values_list("box", flat=True).distinct()
    return {*BoxKey.objects.values_list("pk", flat=True), *places}


def _change(opened: boxes.Box, place: UUID, content: boxes.Content, places: list[UUID]) -> None:
    """Write over a place, in the company of others, in an order that says nothing."""
    others = boxes.chance.sample([one for one in places if one != place], min(boxes.COMPANY, len(places) - 1))
    changed = [(place, content), *boxes.contents(opened, others)]
    boxes.chance.shuffle(changed)
    for number, what in changed:
        boxes.put(opened, number, what)
