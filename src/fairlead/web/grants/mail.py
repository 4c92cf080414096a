"""Letters about roles: a link and nothing else. Which role it is stands in Fairlead."""

from __future__ import annotations

import logging
from functools import partial
from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

log = logging.getLogger(__name__)


def about_you(person: Person) -> None:
    """Say to somebody that something about their roles has changed or waits."""
    _send(
        person,
        "Fairlead: about your roles",
        "Something about your roles has changed or waits.",
        "grants:mine",
    )


def waits(*people: Person) -> None:
    """Say to those who may be the second person that a role waits for a yes."""
    for person in people:
        _send(
            person,
            "Fairlead: a role waits for a second yes",
            "A role waits for a second yes.",
            "grants:roles",
        )


def _send(person: Person, subject: str, says: str, page: str) -> None:
    address = person.user.email if person.user else person.email
    if address:
        body = f"{says}\n\n{settings.URL}{reverse(page)}\n\nThis mail holds no names and no content.\n"
        transaction.on_commit(partial(_post, subject, body, address))


def _post(subject: str, body: str, address: str) -> None:
    """Send after the commit; a mail server that is away undoes nothing, the page shows it all."""
    try:
        send_mail(subject, body, None, [address])
    except (OSError, SMTPException):
        log.warning("A mail about roles could not be sent: the mail server does not answer.")
