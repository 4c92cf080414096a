"""Reading what is shown to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from fairlead.web import rights
from fairlead.web.access.relations import coached_by
from fairlead.web.sharing.models import FOR_COACHES, Share
from fairlead.web.today import Today, Waiting

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from fairlead.web.people.models import Person

NEW_FOR: Final = timedelta(days=7)
"""How long something newly shown stands under Today; after that it is found under the account."""

FIELDS: Final = {
    "Share": {
        "id": "The number of the share.",
        "owner": "The number of the person whose it is.",
        "reader": "The number of the person it is shown to.",
        "made_at": "When it was shared.",
        "kind": "What kind of thing it is.",
        "object_id": "The number of the thing itself.",
        "title": "What it is called.",
        "snapshot": "Exactly what the other person sees.",
        "until": "The last day on which they see it.",
        "ends_at": "The midnight after that day, where the owner lives.",
        "ended_at": "When it was taken back.",
    },
}


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Give what the person shows to others, and what others show to them at the moment."""
    own = rights.rows(Share.objects.filter(owner=person), FIELDS["Share"])
    return {"Share": own + rights.rows(_shown_to(person), FIELDS["Share"])}


def _shown_to(person: Person) -> QuerySet[Share]:
    standing = Share.objects.filter(reader=person, ended_at=None, ends_at__gt=timezone.now())
    # As the page of the share itself: what only a coach is shown ends with the coaching, at once.
    return standing.filter(~Q(kind__in=FOR_COACHES) | Q(owner__in=coached_by(person)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """What somebody shows, has shown, and is shown."""

    standing: tuple[Share, ...]
    over: tuple[Share, ...]
    shown: tuple[Share, ...]


def shares(person: Person) -> Shares:
    """Give the person's shares; nowhere whether anybody has looked."""
    own = list(Share.objects.filter(owner=person).defer("snapshot"))
    now = timezone.now()
    standing = [one for one in own if one.ended_at is None and one.ends_at > now]
    return Shares(
        standing=tuple(standing),
        over=tuple(one for one in own if one not in standing),
        shown=tuple(_shown_to(person).defer("snapshot")),
    )


def shown_between(owner: Person, reader: Person) -> list[Waiting]:
    """Give what one person shows to another at the moment: what it is called, where it stands, until when."""
    found = _shown_to(reader).filter(owner=owner).defer("snapshot")
    return [
        Waiting(
            title=one.title,
            href=reverse("sharing:show", args=[one.pk]),
            says=f"until {one.until.day} {one.until:%B %Y}",
        )
        for one in found
    ]


def today(person: Person) -> Today | None:
    """Say what was newly shown to the person."""
    new = _shown_to(person).filter(made_at__gt=timezone.now() - NEW_FOR).defer("snapshot")
    waiting = tuple(
        Waiting(
            title=f"{one.owner} shows you a {one.kind}",
            href=reverse("sharing:show", args=[one.pk]),
            says=f"until {one.until.day} {one.until:%B %Y}",
        )
        for one in new
    )
    return Today(waiting=waiting) if waiting else None


def seen_by(kind: str, number: UUID) -> str:
    """Say in a sentence who else sees parts of a thing, and until when."""
    standing = Share.objects.filter(kind=kind, object_id=number, ended_at=None, ends_at__gt=timezone.now())
    to = [f"{one.reader} until {one.until.day} {one.until:%B %Y}" for one in standing.defer("snapshot")]
    return f"You; the parts you ticked also {', '.join(to)}." if to else ""
