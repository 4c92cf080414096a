"""Asking openly whether somebody wants to speak for one, and their answer (row 97)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from fairlead.web import erasing, trail, vault
from fairlead.web.finding import can_be_reached
from fairlead.web.journey.models import Advocacy
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

MOST_ASKED: Final = 5
LAPSES_AFTER: Final = timedelta(days=60)
"""A question without an answer is taken back then by itself; nobody has to say no."""

MAIL: Final = (
    "Somebody asks you something in Fairlead. This mail says neither who nor what. Sign in to see it:"
    "\n\n{link}\n"
)
S = Advocacy.State
STANDING: Final = (S.ASKED, S.YES, S.NOT_YET)


@transaction.atomic
def ask(*, actor: Person, advocate: Person, aim: str, words: str) -> Advocacy:
    """Ask somebody whether they want to speak for one; both see the question and the answer."""
    type(actor).objects.select_for_update().get(pk=actor.pk)
    if advocate.pk == actor.pk or not can_be_reached(advocate):
        raise Refused(f"{advocate} cannot be asked: choose somebody else who has an account.")
    mine = Advocacy.objects.filter(owner=actor)
    if mine.filter(advocate=advocate, state__in=STANDING).exists():
        raise Refused(f"You have asked {advocate} already. Take that question back first, or talk to them.")
    if mine.filter(state=S.ASKED).count() >= MOST_ASKED:
        raise Refused(f"{MOST_ASKED} questions of yours wait already. Take one back, or wait for an answer.")
    made = Advocacy.objects.create(owner=actor, advocate=advocate, aim=aim, words=words)
    trail.record(actor, "ask_advocate", made, subject=advocate)
    _tell(advocate)
    return made


@transaction.atomic
def answer(*, actor: Person, found: Advocacy, says_yes: bool, words: str) -> None:
    """Say yes, or not yet and what is missing; it can be changed while the question stands."""
    now = _standing(found)
    if now.advocate_id != actor.pk:
        raise Refused("Only the one who was asked can answer.")
    if not says_yes and not words:
        raise Refused("Say in a sentence what you would need to see. They read it.")
    now.state, now.answer, now.answered_on = S.YES if says_yes else S.NOT_YET, words, timezone.localdate()
    now.save(update_fields=["state", "answer", "answered_on"])
    trail.record(actor, "answer_whether", now, subject=now.owner)
    _tell(now.owner)


@transaction.atomic
def withdraw(*, actor: Person, found: Advocacy) -> None:
    """Take the question or the answer back; either of the two does it."""
    now = _standing(found)
    now.state, now.ended_on = S.WITHDRAWN, timezone.localdate()
    now.save(update_fields=["state", "ended_on"])
    other = now.owner if actor.pk == now.advocate_id else now.advocate
    trail.record(actor, "withdraw_advocate", now, subject=other)


@transaction.atomic
def remove(*, actor: Person, found: Advocacy) -> None:
    """Remove what is over; it is gone for both."""
    if found.state in STANDING:
        raise Refused("It is not over yet. Take it back first.")
    trail.record(actor, "delete", found, subject=found.owner)
    found.delete()
    erasing.for_good()


def tick() -> None:
    """Take questions back that nobody answered."""
    today = timezone.localdate()
    with vault.on_duty("retention"), transaction.atomic():
        late = Advocacy.objects.filter(state=S.ASKED, asked_on__lte=today - LAPSES_AFTER)
        late.update(state=S.WITHDRAWN, ended_on=today)


def _standing(found: Advocacy) -> Advocacy:
    now = Advocacy.objects.select_for_update().filter(pk=found.pk).first()
    if now is None or now.state not in STANDING:
        raise Refused("This has changed in the meantime. Look at the page again.")
    return now


def _tell(person: Person) -> None:
    """Send a link and nothing else; a mail server that is down stops nothing."""
    if not can_be_reached(person) or person.user is None:
        return
    address, link = person.user.email, f"{settings.URL}{reverse('journey:advocates')}"
    transaction.on_commit(
        lambda: send_mail("Fairlead: a question", MAIL.format(link=link), None, [address]), robust=True
    )
