"""Showing something to one other person, taking it back, letting it end."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from fairlead.web import erasing, trail, vault
from fairlead.web.access.relations import coaches_of, led_by
from fairlead.web.finding import can_be_reached
from fairlead.web.people.models import Person
from fairlead.web.runs.actions import Refused
from fairlead.web.sharing.models import FOR_COACHES, FOR_NEAR, Share, ShareComment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

USUAL_DAYS: Final = 30
MOST_DAYS: Final = 180
MOST_SHARES: Final = 20
"""Standing shares of one person: somebody who shows more than that has lost sight of it."""

COACHES_ONLY: Final = (
    "What you say about your direction can be shown to your coach and to nobody else, so that no manager "
    "can ask for it. Ask somebody to be your coach first, under Coach’s space in My growth."
)

MAIL: Final = (
    "Somebody shows you something in Fairlead, for a limited time. This mail says neither what nor whose it "
    "is. Sign in to see it:\n\n{link}\n"
)


NEAR_ONLY: Final = (
    "This can be shown to your manager, to their manager, or to a coach of yours, and to nobody else. Ask "
    "somebody to be your coach first, under Coach’s space in My growth."
)

MOST_COMMENTS: Final = 100
"""Comments of one person on one thing: what takes more is a talk."""


def digest(snapshot: Mapping[str, Any]) -> str:
    """SHA-256 of a snapshot, the same whatever the order of its keys: what was previewed is what is sent."""
    return hashlib.sha256(json.dumps(snapshot, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def today_of(person: Person) -> date:
    """Give the date where the person lives."""
    return timezone.now().astimezone(ZoneInfo(person.zone)).date()


@transaction.atomic
def share(
    actor: Person,
    *,
    reader: Person,
    kind: str,
    object_id: UUID,
    title: str,
    snapshot: dict[str, Any],
    until: date,
) -> Share:
    """Show a copy to one person until a day; they are sent a link, without a word of what it is."""
    # Two windows at once do not make twenty-one; and nothing is shown to somebody erased a moment ago.
    wanted = Person.objects.filter(pk__in=[actor.pk, reader.pk]).order_by("pk")
    there = {one.pk for one in wanted.select_for_update()}
    if not {actor.pk, reader.pk} <= there:
        raise Refused(f"{reader} has left or has no account, and could not see it.")
    reader.refresh_from_db()
    _check(actor, reader, kind, object_id, until)
    made = Share.objects.create(
        owner=actor,
        reader=reader,
        kind=kind,
        object_id=object_id,
        title=title[:200],
        snapshot=snapshot,
        until=until,
        ends_at=datetime.combine(until + timedelta(days=1), time(), tzinfo=ZoneInfo(actor.zone)),
    )
    trail.record(actor, "share", made, reader=reader.pk, until=until.isoformat())
    assert reader.user is not None  # noqa: S101 - checked above
    address, link = reader.user.email, f"{settings.URL}{reverse('sharing:show', args=[made.pk])}"
    # A mail server that is down is no reason not to show it: it stands under Today as well.
    transaction.on_commit(
        lambda: _tell(address, link),
        robust=True,
    )
    return made


def _tell(address: str, link: str) -> None:
    send_mail("Fairlead: something is shown to you", MAIL.format(link=link), None, [address])


def _check(actor: Person, reader: Person, kind: str, object_id: UUID, until: date) -> None:
    if reader.pk == actor.pk:
        raise Refused("You see it already. Choose somebody else.")
    if not can_be_reached(reader):
        raise Refused(f"{reader} has left or has no account, and could not see it.")
    if not _is_near(kind, actor, reader.pk):
        raise Refused(COACHES_ONLY if kind in FOR_COACHES else NEAR_ONLY)
    today = today_of(actor)
    if not today <= until <= today + timedelta(days=MOST_DAYS):
        last = today + timedelta(days=MOST_DAYS)
        raise Refused(f"Choose a last day from today to {last.day} {last:%B %Y}.")
    standing = Share.objects.filter(owner=actor, ended_at=None, ends_at__gt=timezone.now())
    if standing.filter(reader=reader, kind=kind, object_id=object_id).exists():
        raise Refused(f"{reader} sees it already. To change what or until when, take that back first.")
    if standing.count() >= MOST_SHARES:
        raise Refused(f"You show {MOST_SHARES} things at the moment, which is the most. Take one back first.")


@transaction.atomic
def take_back(actor: Person, share: Share) -> None:
    """End a share now; its copy goes at once."""
    if share.ended_at is None:
        _end(share, timezone.now())
        trail.record(actor, "end_share", share)


def _is_near(kind: str, owner: Person, reader: UUID) -> bool:
    """Say whether somebody is to the owner what this kind of thing asks for; most kinds ask for nothing."""
    if kind not in FOR_COACHES | FOR_NEAR or reader in coaches_of(owner):
        return True
    return kind in FOR_NEAR and owner.pk in led_by(Person(pk=reader))


def coaching_over(*, person: UUID, coach: UUID) -> None:
    """End, with a coaching, what only a coach is shown; in the transaction that ends it."""
    with vault.on_duty("retention"):
        found = Share.objects.filter(owner=person, reader=coach, ended_at=None).select_related("owner")
        for one in found.defer("snapshot"):
            if not _is_near(one.kind, one.owner, coach):
                _over(one, timezone.now())


@transaction.atomic
def comment(actor: Person, share: Share, *, text: str) -> ShareComment:
    """Write something to the person about what they show; they read it, and nobody else."""
    Person.objects.select_for_update().get(pk=actor.pk)
    there = ShareComment.objects.filter(owner=actor, object_id=share.object_id).count()
    if there >= MOST_COMMENTS:
        raise Refused(f"You have written {MOST_COMMENTS} comments on this. Talk about it instead.")
    made = ShareComment.objects.create(
        owner=actor, person=share.owner, kind=share.kind, object_id=share.object_id, text=text
    )
    trail.record(actor, "comment", made, subject=share.owner)
    return made


@transaction.atomic
def delete_comment(actor: Person, comment: ShareComment) -> None:
    """Delete a comment, by who wrote it or by the person it is written to; it is gone for both."""
    other = comment.person if comment.owner_id == actor.pk else comment.owner
    trail.record(actor, "delete", comment, subject=other)
    comment.delete()
    erasing.for_good()


def tick() -> None:
    """Remove the copies of shares that are over, or whose reader can no longer be shown anything."""
    with vault.on_duty("retention"):
        now = timezone.now()
        for found in Share.objects.filter(ended_at=None).defer("snapshot"):
            if found.ends_at <= now:
                _over(found, found.ends_at)
            elif not can_be_reached(found.reader) or not _is_near(found.kind, found.owner, found.reader_id):
                _over(found, now)


@transaction.atomic
def _over(share: Share, at: datetime) -> None:
    _end(share, at)
    trail.record(None, "share_over", share, subject=share.owner)


def _end(share: Share, at: datetime) -> None:
    share.snapshot, share.ended_at = None, at
    share.save(update_fields=["snapshot", "ended_at"])
    erasing.for_good()


def forget(person: Person) -> None:
    """Remove what the person shows and what is shown to them."""
    Share.objects.filter(owner=person).delete()
    Share.objects.filter(reader=person).delete()
    ShareComment.objects.filter(owner=person).delete()
    ShareComment.objects.filter(person=person).delete()
