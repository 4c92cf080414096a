"""Asking to be erased, and answering within the month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from fairlead.web import rights, trail, vault
from fairlead.web.people.models import Person
from fairlead.web.privacy.models import ErasureRequest
from fairlead.web.rooms import offers
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from fairlead.web.privacy.models import ErasureRequest as Request

SHORTEST_REASON = 50


@transaction.atomic
def ask(actor: Person) -> ErasureRequest:
    """Ask that what the organization holds goes too; asking twice changes nothing."""
    request, made = ErasureRequest.objects.get_or_create(person=actor.pk, state=ErasureRequest.State.OPEN)
    if made:
        trail.record(actor, "ask_erasure", request)
    return request


@transaction.atomic
def take_back(actor: Person) -> None:
    """Take an open request back."""
    asked = ErasureRequest.objects.filter(person=actor.pk, state=ErasureRequest.State.OPEN)
    for request in asked.select_for_update():
        _answer(request, ErasureRequest.State.WITHDRAWN, actor)
        trail.record(actor, "withdraw_erasure", request)


@transaction.atomic
def refuse(actor: Person, *, request: Request, reason: str) -> None:
    """Refuse a request; the person reads the reason (a law that says how long something is kept)."""
    request = _still_open(actor, request)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(f"Give the reason in at least {SHORTEST_REASON} characters: the person will read it.")
    _answer(request, ErasureRequest.State.REFUSED, actor, reason=reason.strip())
    trail.record(actor, "refuse_erasure", request, subject=Person.objects.filter(pk=request.person).first())


@transaction.atomic
def erase(actor: Person, *, request: Request) -> None:
    """Erase the person: account, private parts and their key, roster entry, positions, absences, roles."""
    request = _still_open(actor, request)
    person = Person.objects.select_related("user").filter(pk=request.person).first()
    _answer(request, ErasureRequest.State.DONE, actor)
    trail.record(actor, "erase", request, subject=person)
    if person is not None:
        with vault.on_duty("erasure"):
            for _room, forget_names in offers("actions", "forget_names"):
                forget_names(person)
            rights.forget(person)
            Person.objects.filter(pk=request.person).delete()


def look(actor: Person, *, request: Request) -> None:
    """Note that somebody opened the request of somebody else."""
    person = Person.objects.filter(pk=request.person).first()
    if person is not None:
        trail.saw(actor, request, subject=person)


def _still_open(actor: Person, request: Request) -> Request:
    # Read again under lock: whoever asked may have taken it back while somebody looked at the page.
    now = ErasureRequest.objects.select_for_update().get(pk=request.pk)
    if now.state != ErasureRequest.State.OPEN:
        raise Refused("This request was answered or taken back already.")
    if now.person == actor.pk:
        raise Refused("Somebody else answers your own request.")
    return now


def _answer(request: Request, state: ErasureRequest.State, actor: Person, *, reason: str = "") -> None:
    request.state, request.reason = state, reason
    request.answered_at, request.answered_by = timezone.now(), actor.pk
    request.save(update_fields=["state", "reason", "answered_at", "answered_by"])
