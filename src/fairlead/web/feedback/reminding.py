"""Letters to those whose ballot is unused: when a survey opens, at half time, two days before its end.

The house sends them. Nobody sees to whom or to how many: there is no list, no count and no line in the
record. Each letter holds a link and nothing else.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPException
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse

from fairlead.web import vault
from fairlead.web.feedback.models import OPEN, Seat, Survey
from fairlead.web.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.core.mail.backends.base import BaseEmailBackend

State = Survey.State

log = logging.getLogger(__name__)

BEFORE_THE_END: Final = timedelta(days=2)
AT_ONCE: Final = 100
"""Letters handed over in one conversation with the mail server."""

OPENED, HALF_TIME, NEAR_THE_END = 1, 2, 3
"""The three letters in order; ``Survey.reminders`` holds the last one that was begun."""

LETTERS: Final = {
    OPENED: ("Fairlead: a survey asks you something", "A survey asks you something."),
    HALF_TIME: ("Fairlead: a survey still waits for you", "A survey still waits for you."),
    NEAR_THE_END: ("Fairlead: a survey closes soon", "A survey that asks you something closes soon."),
}
AWAY: Final = "Letters of a survey could not be sent: the mail server does not answer."

BODY: Final = (
    "{says} Whether you answer is up to you, and nobody sees whether you did.\n\n{link}\n\n"
    "This mail holds no names and no content.\n"
)


def remind_due(today: date) -> None:
    """Send what is due in each open survey; what was begun once is never begun again."""
    for survey in Survey.objects.filter(state=State.OPEN).defer("organization", "instrument_text"):
        letter = due(survey, today)
        if letter <= survey.reminders:
            continue
        server = get_connection()
        try:
            server.open()
        except (OSError, SMTPException):
            log.warning(AWAY)
            return  # nothing was begun: the next tick tries again
        # Noted before the first letter goes: a server that dies on the way sends too few, never twice.
        if Survey.objects.filter(pk=survey.pk, reminders__lt=letter).update(reminders=letter):
            _send(survey, letter, server)
        server.close()


def due(survey: Survey, today: date) -> int:
    """Say which letter is due on a day; 0 once the last day is over."""
    if today > survey.closes_on:
        return 0
    if today >= survey.closes_on - BEFORE_THE_END:
        return NEAR_THE_END
    half = survey.opens_on + (survey.closes_on - survey.opens_on) / 2
    return HALF_TIME if today >= half else OPENED


def _send(survey: Survey, letter: int, server: BaseEmailBackend) -> None:
    subject, says = LETTERS[letter]
    body = BODY.format(says=says, link=f"{settings.URL}{reverse('feedback:index')}")
    for addresses in _addresses(survey):
        try:
            server.send_messages([EmailMessage(subject, body, None, [one]) for one in addresses])
        except (OSError, SMTPException):
            log.warning(AWAY)
            return


def _addresses(survey: Survey) -> Iterator[list[str]]:
    """Give the addresses of those who can still answer, some at a time."""
    with vault.on_duty("surveys"):
        vault.open_keys(Seat.objects.filter(survey=survey).values_list("owner_id", flat=True))
        seats = Seat.objects.filter(survey=survey).only("owner_id", "used")
        people = [seat.owner_id for seat in seats.iterator() if seat.used == OPEN]
    for start in range(0, len(people), AT_ONCE):
        there = Person.objects.filter(pk__in=people[start : start + AT_ONCE], user__is_active=True)
        yield list(there.order_by("pk").values_list("user__email", flat=True))
