"""Asking one person whether they saw one thing, and their answer: yes, or no, and nothing more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from fairlead.web import trail, vault
from fairlead.web.finding import can_be_reached
from fairlead.web.journey import snapshots
from fairlead.web.journey.models import Accomplishment, Witness
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

STANDS_FOR: Final = timedelta(days=30)
"""A question without an answer is over then."""

MOST_ASKED: Final = 10
"""Questions of one person that wait at the same time."""

MOST_ASKED_OF_ONE: Final = 3
"""And of one witness by the same person: a colleague is no notary."""

MAIL: Final = (
    "Somebody asks you in Fairlead whether you saw something. This mail says neither who nor what. "
    "Sign in to see it; one click answers it:\n\n{link}\n"
)
S = Witness.State
STANDING: Final = (S.ASKED, S.CONFIRMED)


@transaction.atomic
def ask(*, actor: Person, entry: Accomplishment, witness: Person, seen: dict[str, object]) -> Witness:
    """Ask somebody whether they saw it, as it stands; ``seen`` is what the owner was shown before."""
    type(actor).objects.select_for_update().get(pk=actor.pk)
    now = Accomplishment.objects.select_for_update().filter(pk=entry.pk, put_away_on=None).first()
    if now is None or snapshots.shown(now) != seen:
        raise Refused("This entry was changed in another window. Look at what would be shown again.")
    _check(actor, now, witness)
    today = timezone.localdate()
    made = Witness.objects.create(
        owner=actor,
        witness=witness,
        entry=now,
        copy=snapshots.shown(now),
        asked_on=today,
        ends_on=today + STANDS_FOR,
    )
    trail.record(actor, "ask_witness", made, subject=witness)
    _tell(witness, made)
    return made


@transaction.atomic
def confirm(*, actor: Person, found: Witness, seen: dict[str, object]) -> None:
    """Say that one saw it: exactly what stood on the page."""
    now = _standing(found, S.ASKED)
    if now.witness_id != actor.pk:
        raise Refused("Only the one who was asked can answer.")
    if now.copy != seen:
        raise Refused("This is not what you were shown. Look at the page again.")
    _answer(now, S.CONFIRMED)
    trail.record(actor, "confirm", now, subject=now.owner)


@transaction.atomic
def did_not_see(*, actor: Person, found: Witness) -> None:
    """Say that one did not see it; the person is told in plain words, and nothing of it stays here."""
    now = _standing(found, S.ASKED)
    if now.witness_id != actor.pk:
        raise Refused("Only the one who was asked can answer.")
    _answer(now, S.NOT_SEEN)
    trail.record(actor, "did_not_see", now, subject=now.owner)


@transaction.atomic
def withdraw(*, actor: Person, found: Witness) -> None:
    """Take it back, the question or the confirmation; either of the two does it, at any time."""
    now = _standing(found, *STANDING)
    _end(now, S.WITHDRAWN)
    other = now.owner if actor.pk == now.witness_id else now.witness
    trail.record(actor, "withdraw_witness", now, subject=other)


def end_all(entry: Accomplishment) -> int:
    """End what stands about an entry that was changed; give how many."""
    found = list(Witness.objects.select_for_update().filter(entry=entry, state__in=STANDING))
    for one in found:
        _end(one, S.CHANGED)
    return len(found)


def take_back_questions(entry: Accomplishment) -> None:
    """End the questions about an entry that nobody has answered."""
    for one in Witness.objects.select_for_update().filter(entry=entry, state=S.ASKED):
        _end(one, S.WITHDRAWN)


def tick() -> None:
    """Let questions lapse; what was shown for them goes."""
    today = timezone.localdate()
    with vault.on_duty("retention"), transaction.atomic():
        late = Witness.objects.filter(state=S.ASKED, ends_on__lt=today)
        late.update(state=S.LAPSED, ended_on=today, copy={})


def _check(actor: Person, entry: Accomplishment, witness: Person) -> None:
    if witness.pk == actor.pk or not can_be_reached(witness):
        raise Refused(f"{witness} cannot be asked: choose somebody else who has an account.")
    mine = Witness.objects.filter(owner=actor)
    of_this = mine.filter(entry=entry, witness=witness)
    if of_this.filter(state__in=STANDING).exists():
        raise Refused(f"{witness} was asked about this already.")
    if of_this.filter(state=S.NOT_SEEN).exists():
        raise Refused(f"{witness} said that they did not see this. Ask somebody who did.")
    waiting = mine.filter(state=S.ASKED, ends_on__gte=timezone.localdate())
    if waiting.filter(witness=witness).count() >= MOST_ASKED_OF_ONE:
        raise Refused(
            f"{MOST_ASKED_OF_ONE} questions to {witness} wait already. Let them answer, or take one back."
        )
    if waiting.count() >= MOST_ASKED:
        raise Refused(f"{MOST_ASKED} questions of yours wait already. Take one back, or wait for an answer.")


def _answer(now: Witness, state: Witness.State) -> None:
    now.answered_on = timezone.localdate()
    if state == S.CONFIRMED:
        now.state = state
        now.save(update_fields=["state", "answered_on"])
    else:
        now.save(update_fields=["answered_on"])
        _end(now, state)


def _end(now: Witness, state: Witness.State) -> None:
    now.state, now.ended_on, now.copy = state, timezone.localdate(), {}
    now.save(update_fields=["state", "ended_on", "copy"])


def _standing(found: Witness, *states: Witness.State) -> Witness:
    """Read it again under lock: a change and an answer at the same moment do not both succeed."""
    now = Witness.objects.select_for_update().filter(pk=found.pk).first()
    if now is None or now.state not in states or (now.state == S.ASKED and _is_late(now)):
        raise Refused("This has changed in the meantime. Look at the page again.")
    return now


def _is_late(now: Witness) -> bool:
    return now.ends_on < timezone.localdate()


def _tell(witness: Person, made: Witness) -> None:
    """Send a link and nothing else; a mail server that is down stops nothing."""
    if witness.user is None:
        return
    address, link = witness.user.email, f"{settings.URL}{reverse('journey:witness', args=[made.pk])}"
    transaction.on_commit(
        lambda: send_mail("Fairlead: did you see this?", MAIL.format(link=link), None, [address]), robust=True
    )
