"""Who gets what from every address of sharing: the owner, the one reader, and nobody else."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from tests.factories import PersonFactory
from tests.web.audits.matrix import own_reading
from tests.web.growth.later_matrix import coaching

from fairlead.web.people.models import Person
from fairlead.web.sharing.models import Share, ShareComment

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


def shown_to_coach(person: Any) -> dict[str, Any]:
    """A skill of somebody whom the person coaches, shown to them."""
    other = PersonFactory.create()
    coaching(person, other)
    share = Share.objects.create(
        owner=other,
        reader=person,
        kind="skill",
        object_id=NOWHERE,
        title="Reliability",
        snapshot={"made_on": "2026-03-02", "sections": []},
        until=timezone.localdate() + dt.timedelta(days=3),
        ends_at=timezone.now() + dt.timedelta(days=4),
    )
    return {"pk": share.pk}


def own_comment(person: Any) -> dict[str, Any]:
    """A comment that the person wrote to somebody."""
    made = ShareComment.objects.create(
        owner=person, person=PersonFactory.create(), kind="skill", object_id=NOWHERE, text="."
    )
    return {"pk": made.pk}


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
        "sharing/<uuid:pk>/comment/": row(
            "405 405 405", "in 422 404", own=shown_to_coach, missing={"pk": NOWHERE}
        ),
        "sharing/comments/<uuid:pk>/delete/": row(
            "405 405 405", "in 302 404", own=own_comment, missing={"pk": NOWHERE}
        ),
        "sharing/<uuid:pk>/take-back/": row(
            "405 405 405", "in 302 404", own=own_share, missing={"pk": NOWHERE}
        ),
    }
