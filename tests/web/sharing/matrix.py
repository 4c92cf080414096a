"""Who gets what from every address of sharing: the owner, the one reader, and nobody else."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from tests.web.audits.matrix import own_reading

from fairlead.web.people.models import Person
from fairlead.web.sharing.models import Share

NOWHERE = "00000000-0000-4000-8000-000000000000"


def own_share(person: Any) -> dict[str, Any]:
    """A share with Max as its reader, or with nobody else where there is no Max."""
    reader = Person.objects.filter(user__email="max@example.org").exclude(pk=person.pk).first()
    share = Share.objects.create(
        owner=person,
        reader=reader or person,
        kind="reading",
        object_id=NOWHERE,
        title="Reading of 2 March 2026",
        snapshot={"made_on": "2026-03-02", "stands_until": "2026-05-31", "sections": []},
        until=timezone.localdate() + dt.timedelta(days=3),
        ends_at=timezone.now() + dt.timedelta(days=4),
    )
    return {"pk": share.pk}


def own_thing(person: Any) -> dict[str, Any]:
    return {"kind": "reading", "pk": own_reading(person)["pk"]}


def rows(row: Any) -> dict[str, Any]:
    """Every address of sharing."""
    return {
        "sharing/": row("in 200 200", "405 405 405"),
        "sharing/new/<slug:kind>/<uuid:pk>/": row(
            "in 200 404", "in 422 404", own=own_thing, missing={"kind": "reading", "pk": NOWHERE}
        ),
        "sharing/<uuid:pk>/": row(
            "in 200 404",
            "405 405 405",
            own=own_share,
            missing={"pk": NOWHERE},
            roles={"max": ("200", "405")},
        ),
        "sharing/<uuid:pk>/take-back/": row(
            "405 405 405", "in 302 404", own=own_share, missing={"pk": NOWHERE}
        ),
    }
