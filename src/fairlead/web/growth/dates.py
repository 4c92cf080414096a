"""Dates for a calendar program: a secret address, and a calendar that says as little as it can.

A calendar program sends no cookies: whoever knows the address reads the dates, and so may the company
that runs somebody's calendar. Therefore an entry says that something was planned and never what.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from fairlead.web import trail, vault
from fairlead.web.finding import can_be_reached
from fairlead.web.growth.models import Experiment, Feed, Practice

if TYPE_CHECKING:
    from icalendar import Event

    from fairlead.web.people.models import Person

PLANNED: Final = "Fairlead: something you planned"
DUE: Final = "Fairlead: time to look again"
TRIES: Final = 120
"""How often an hour one address is answered; a calendar program asks a few times a day."""

MINUTES: Final = 15


@transaction.atomic
def make(*, actor: Person) -> str:
    """Make a new address, the old one ends; give its secret, which is shown once and never kept."""
    token = secrets.token_urlsafe(32)
    feed, _made = Feed.objects.update_or_create(
        person=actor, defaults={"token_sha256": _hash(token), "made_at": timezone.now()}
    )
    trail.record(actor, "subscribe", feed)
    return token


@transaction.atomic
def close(*, actor: Person) -> None:
    """End the address: calendars that ask it are told that there is nothing."""
    for feed in Feed.objects.filter(person=actor):
        trail.record(actor, "unsubscribe", feed)
        feed.delete()


def clear_up() -> None:
    """Remove the addresses of those who have left or whose account is closed: they come back with none."""
    for feed in Feed.objects.select_related("person__user"):
        if not can_be_reached(feed.person):
            feed.delete()


def owner_of(token: str) -> Person | None:
    """Give whose address it is, while they are here; ``None`` for any other."""
    feed = Feed.objects.select_related("person__user").filter(token_sha256=_hash(token)).first()
    return feed.person if feed is not None and can_be_reached(feed.person) else None


def too_often(person: Person) -> bool:
    """Count a question; say whether it is one too many in this hour."""
    key = f"growth-dates-{person.pk}"
    cache.add(key, 0, timeout=3600)
    try:
        return bool(cache.incr(key) > TRIES)
    except ValueError:  # the hour ended between the two
        return False


def calendar(person: Person) -> bytes:
    """Write what is planned and when to measure again; no names, no skill, no practice."""
    from icalendar import Calendar  # noqa: PLC0415 - slow to load, and needed here alone

    found = Calendar()
    found.add("prodid", "-//Fairlead//Dates//EN")
    found.add("version", "2.0")
    found.add("x-wr-calname", "Fairlead")
    found.add("x-published-ttl", "PT12H")
    with vault.seen_by(person):
        running = Experiment.objects.filter(owner=person, ended_on=None).only("due_on", "made_at", "owner")
        planned = Practice.objects.filter(owner=person, done_on=None, planned_for__isnull=False)
        planned = planned.filter(experiment__ended_on=None)
        for one in planned.only("planned_for", "planned_at", "made_at", "owner"):
            found.add_component(_planned(one, ZoneInfo(person.zone)))
        for due in running:
            found.add_component(_event(due, DUE))
    text: bytes = found.to_ical()
    return text


def _planned(one: Practice, zone: ZoneInfo) -> Event:
    event = _event(one, PLANNED)
    if one.planned_at is not None and one.planned_for is not None:
        del event["DTSTART"], event["DTEND"]
        start = datetime.combine(one.planned_for, one.planned_at, tzinfo=zone).astimezone(UTC)
        event.add("dtstart", start)
        event.add("dtend", start + timedelta(minutes=MINUTES))
    return event


def _event(one: Practice | Experiment, says: str) -> Event:
    from icalendar import Event  # noqa: PLC0415 - as above

    day = one.planned_for if isinstance(one, Practice) else one.due_on
    assert day is not None  # noqa: S101 - only what has a day is asked for
    event = Event()
    event.add("uid", f"{one.pk}@fairlead")
    event.add("dtstamp", one.made_at.astimezone(UTC))
    event.add("summary", says)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add("url", f"{settings.URL}{reverse('growth:index')}")
    return event


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
