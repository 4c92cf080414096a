"""Reading what is shown to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from fairlead.web import rights
from fairlead.web.access.reaches import may_be_shown
from fairlead.web.sharing.models import Share, ShareComment
from fairlead.web.today import Today, Waiting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.db.models import QuerySet

    from fairlead.web.people.models import Person

A_WHAT: Final = {
    "reading": "a reading",
    "skill": "a skill",
    "direction": "a part of their direction",
    "plan": "their plan",
    "philosophy": "how they want to lead",
}
"""What is shown, for Today."""

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
    "ShareComment": {
        "id": "The number of the comment.",
        "owner": "The number of the person who wrote it.",
        "person": "The number of the person it is written to.",
        "made_at": "When it was written.",
        "kind": "What kind of thing it is about.",
        "object_id": "The number of the thing.",
        "text": "What was written.",
    },
}


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Give what the person shows to others, and what others show to them at the moment."""
    own = rights.rows(Share.objects.filter(owner=person), FIELDS["Share"])
    comments = ShareComment.objects.filter(Q(owner=person) | Q(person=person))
    return {
        "Share": own + rights.rows(_shown_to(person), FIELDS["Share"]),
        "ShareComment": rights.rows(comments, FIELDS["ShareComment"]),
    }


def _shown_to(person: Person) -> QuerySet[Share]:
    standing = Share.objects.filter(reader=person, ended_at=None, ends_at__gt=timezone.now())
    # As the page of the share itself: what only a coach or a manager is shown ends with that, at once.
    return standing.filter(may_be_shown(person))


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
    since = timezone.now() - NEW_FOR
    # Today asks at every visit, mostly for nothing: whether it may be shown is asked of what is there.
    anything = Share.objects.filter(reader=person, made_at__gt=since).exists()
    new = _shown_to(person).filter(made_at__gt=since).defer("snapshot") if anything else ()
    waiting = tuple(
        Waiting(
            title=f"{one.owner} shows you {A_WHAT[one.kind]}",
            href=reverse("sharing:show", args=[one.pk]),
            says=f"until {one.until.day} {one.until:%B %Y}",
        )
        for one in new
    )
    waiting += tuple(_commented(person))
    return Today(waiting=waiting) if waiting else None


def _commented(person: Person) -> Iterator[Waiting]:
    """Say that somebody wrote something about what the person shows, for as long."""
    found = ShareComment.objects.filter(person=person, made_at__gt=timezone.now() - NEW_FOR)
    if not found.exists():
        return
    for kind, number, author in dict.fromkeys(
        (one.kind, one.object_id, str(one.owner)) for one in found.defer("text").select_related("owner__user")
    ):
        yield Waiting(
            title=f"{author} wrote a comment on your {kind}",
            href=page_of(kind, number),
            says="Only the two of you read it.",
        )


def page_of(kind: str, number: UUID) -> str:
    """Give the page on which a person reads what was written about their thing."""
    return reverse("growth:skill", args=[number]) if kind == "skill" else reverse("growth:plan")


def comments(kind: str, number: UUID) -> list[ShareComment]:
    """Give the comments on a thing that whoever looks may read, the newest first."""
    found = ShareComment.objects.filter(kind=kind, object_id=number)
    return list(found.select_related("owner__user"))


def seen_by(kind: str, number: UUID) -> str:
    """Say in a sentence who else sees parts of a thing, and until when."""
    standing = Share.objects.filter(kind=kind, object_id=number, ended_at=None, ends_at__gt=timezone.now())
    to = [f"{one.reader} until {one.until.day} {one.until:%B %Y}" for one in standing.defer("snapshot")]
    return f"You; the parts you ticked also {', '.join(to)}." if to else ""
