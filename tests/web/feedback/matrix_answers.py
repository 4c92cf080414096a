"""Who gets what from the addresses of answers: whoever sits on the seat, and nobody else in any role."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from tests.web.feedback import boxed

from fairlead.web.feedback.models import Seat

NOWHERE = "00000000-0000-4000-8000-000000000000"


def own_seat(person: Any) -> dict[str, Any]:
    """A seat in an open survey about the person's manager."""
    made = boxed.opened(
        [[person, *boxed.staff(5)]], kind="upward", closes_on=timezone.localdate() + dt.timedelta(days=5)
    )
    return {"seat": Seat.objects.get(survey=made.survey, owner=person).pk}


def rows(row: Any) -> dict[str, Any]:
    """Every address of answers."""
    return {
        "feedback/answer/<uuid:seat>/": row(
            "in 200 404", "in 422 404", own=own_seat, missing={"seat": NOWHERE}
        ),
        "feedback/answer/<uuid:seat>/withdraw/": row(
            "in 200 404", "in 200 404", own=own_seat, missing={"seat": NOWHERE}
        ),
    }
