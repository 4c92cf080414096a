"""Letters about dates that somebody set themselves: a practice today, or the time to measure again.

Only to those who asked for them; a letter holds a link and nothing else.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPException
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone

from fairlead.web import vault
from fairlead.web.finding import can_be_reached
from fairlead.web.growth.models import Experiment, Practice

if TYPE_CHECKING:
    from datetime import date

log = logging.getLogger(__name__)

ONCE_MORE: Final = timedelta(days=7)
"""After this a measurement that waits is mentioned once more, and then never again."""

SUBJECT: Final = "Fairlead: a date you set yourself"
BODY: Final = (
    "You asked to be reminded of this day.\n\n{link}\n\n"
    "This mail holds no content. You can switch these letters off on the same page.\n"
)
AWAY: Final = "A reminder could not be sent: the mail server does not answer."


def tick() -> None:
    """Send what is due; at most one letter a day to one person, and each for one reason."""
    with vault.on_duty("reminders"):
        running = Experiment.objects.filter(ended_on=None, by_mail=True).select_related("owner__user")
        for one in running.only("owner", "due_on", "begun_on", "reminded_on", "by_mail"):
            today = timezone.now().astimezone(ZoneInfo(one.owner.zone)).date()
            if is_due(one, today) and can_be_reached(one.owner):
                _remind(one, today)


def is_due(one: Experiment, today: date) -> bool:
    """Say whether a letter is due on a day: a practice is planned for it, or it is time to measure again."""
    if one.reminded_on == today:
        return False
    last = one.reminded_on or one.begun_on
    for day in (one.due_on, one.due_on + ONCE_MORE):
        if last < day <= today:
            return True
    return Practice.objects.filter(experiment=one, planned_for=today, done_on=None).exists()


def _remind(one: Experiment, today: date) -> None:
    # Noted before it goes: a server that dies on the way sends too few, never twice.
    noted = Experiment.objects.filter(pk=one.pk, reminded_on=one.reminded_on).update(reminded_on=today)
    if not noted or one.owner.user is None:
        return
    link = f"{settings.URL}{reverse('growth:index')}"
    try:
        send_mail(SUBJECT, BODY.format(link=link), None, [one.owner.user.email])
    except (OSError, SMTPException):
        log.warning(AWAY)
        Experiment.objects.filter(pk=one.pk, reminded_on=today).update(reminded_on=one.reminded_on)
