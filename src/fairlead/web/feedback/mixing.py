"""Nobody's seat or paper can be told from the others by when it changed.

``in_company`` is called with each answer and each withdrawal, ``mix`` once a day for every open survey:
neither the log of a database nor the difference between two backups says who answered.
"""

from __future__ import annotations

import secrets
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from django.db import transaction

from fairlead.web.feedback.models import Seat, Survey
from fairlead.web.vault import on_duty, open_keys, writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from uuid import UUID

COMPANY: Final = 7
"""How many other seats are sealed anew whenever one changes."""


@on_duty("surveys")
def in_company(seat: UUID, *, survey: UUID, used: str = "") -> None:
    """Seal ``COMPANY`` other seats of a survey, drawn by chance, anew as they are.

    With ``used`` the seat itself is given that word among them, at a place drawn by chance: a log that
    keeps the order of writes does not begin with the one who answered.
    """
    chance = secrets.SystemRandom()
    others = list(Seat.objects.filter(survey=survey).exclude(pk=seat).values_list("pk", flat=True))
    chosen = chance.sample(others, min(COMPANY, len(others)))
    if used:
        chosen.insert(chance.randint(0, len(chosen)), seat)
    _seal_anew(chosen, {seat: used} if used else {})


def mix_open(today: date) -> int:
    """Mix the box and the seats of every open survey whose turn it is today; say how many it were."""
    open_ones = Survey.objects.filter(state=Survey.State.OPEN, closes_on__gte=today)
    return sum(_mix(pk, today) for pk in open_ones.values_list("pk", flat=True))


@on_duty("surveys")
@transaction.atomic
def _mix(survey: UUID, today: date) -> bool:
    try:
        due = writing.mix(survey, today)
    except writing.NoBox:
        return False
    if due:
        seats = list(Seat.objects.filter(survey=survey).order_by("pk").values_list("pk", "owner"))
        open_keys(owner for _pk, owner in seats)
        _seal_anew([pk for pk, _owner in seats])
    return due


def _seal_anew(seats: Iterable[UUID], words: Mapping[UUID, str] = MappingProxyType({})) -> None:
    for pk in seats:
        seat = Seat.objects.select_for_update(no_key=True).only("owner", "used").get(pk=pk)
        seat.used = words.get(pk, seat.used)
        seat.save(update_fields=["used"])
