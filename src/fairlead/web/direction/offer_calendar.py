"""The days of an offer as a calendar file: when thinking ends, when to look back; never what was offered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

if TYPE_CHECKING:
    from datetime import date

    from fairlead.web.direction.offer_queries import Page

MAKER: Final = "-//Fairlead//My direction//EN"


def calendar(page: Page) -> bytes:
    """Write the days that are still to come; titles say nothing, since calendars are often shared."""
    found = Calendar()
    found.add("prodid", MAKER)
    found.add("version", "2.0")
    offer = page.offer
    link = f"{settings.URL}{reverse('direction:offer', args=[offer.pk])}"
    if not page.is_decided:
        found.add_component(_day(f"think-{offer.pk}", offer.think_until, "Time to think is over", link))
    for check in page.checks:
        if not check.done_on:
            link = f"{settings.URL}{reverse('direction:look_back', args=[offer.pk, check.months])}"
            name = f"look-back-{offer.pk}-{check.months}"
            found.add_component(_day(name, check.due_on, f"Look back after {check.months} months", link))
    return bytes(found.to_ical())


def _day(name: str, day: date, says: str, link: str) -> Event:
    event = Event()
    event.add("uid", f"{name}@fairlead")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", says)
    event.add("url", link)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event
