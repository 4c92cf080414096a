"""Mail about rounds: a link and nothing else, at most one a day to one person, none where it is unwanted.

What comes up on a day on which one went out already is told the next day by one letter for all of it.
"""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from fairlead.web import trail
from fairlead.web.finding import can_be_reached
from fairlead.web.promotions.letter_models import RoundMail

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

log = logging.getLogger(__name__)

SUBJECT: Final = "Fairlead: something waits for you"
BODY: Final = (
    "Something in Fairlead waits for you. This mail says neither what nor from whom. Sign in to see it:"
    "\n\n{link}\n\n"
    "At most one such mail comes a day. You can switch them off here:\n\n{off}\n"
)
AWAY: Final = "A mail about a round could not be sent: the mail server does not answer."


@transaction.atomic
def tell(person: Person, path: str) -> None:
    """Tell somebody by mail that something waits there; tomorrow where one went out today."""
    if not can_be_reached(person):
        return
    held = _of(person)
    if not held.wanted:
        return
    today = timezone.localdate()
    if held.sent_on == today:
        RoundMail.objects.filter(pk=held.pk).update(due=True)
        return
    # Noted before it goes: a server that dies on the way sends too few, never twice.
    RoundMail.objects.filter(pk=held.pk).update(sent_on=today, due=False)
    _send(held, person, path)


def wants(person: Person) -> bool:
    """Say whether somebody wants mail about rounds."""
    held = RoundMail.objects.filter(person=person).first()
    return held is None or held.wanted


@transaction.atomic
def choose(person: Person, *, wanted: bool) -> None:
    """Switch mail about rounds on or off for oneself; once more brings it back."""
    held = _of(person)
    held.wanted, held.due = wanted, held.due and wanted
    held.save(update_fields=["wanted", "due"])
    trail.record(person, "choose_mail", held, wanted=wanted)


def tick() -> None:
    """Tell those for whom something came up on a day on which they had a letter already."""
    today = timezone.localdate()
    due = RoundMail.objects.filter(due=True, wanted=True).exclude(sent_on=today)
    for held in due.select_related("person__user"):
        noted = RoundMail.objects.filter(pk=held.pk, due=True, sent_on=held.sent_on)
        if noted.update(due=False, sent_on=today) and can_be_reached(held.person):
            _send(held, held.person, reverse("promotions:index"))


def _of(person: Person) -> RoundMail:
    RoundMail.objects.get_or_create(person=person)
    return RoundMail.objects.select_for_update().get(person=person)


def _send(held: RoundMail, person: Person, path: str) -> None:
    if person.user is None:
        return
    address = person.user.email
    body = BODY.format(link=f"{settings.URL}{path}", off=f"{settings.URL}{reverse('promotions:index')}#mail")

    def send() -> None:
        try:
            send_mail(SUBJECT, body, None, [address])
        except (OSError, SMTPException):
            log.warning(AWAY)
            RoundMail.objects.filter(pk=held.pk).update(due=True, sent_on=None)

    transaction.on_commit(send, robust=True)
