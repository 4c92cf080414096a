"""Writing one's own way of leading; publishing it, and withdrawing it at once (row 131)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from fairlead.web import erasing, trail
from fairlead.web.access.relations import is_in_chart
from fairlead.web.growth import leader_queries
from fairlead.web.growth.models import Philosophy, PublishedPhilosophy
from fairlead.web.people.models import Person
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST: Final = 6000
"""Letters of a way of leading: two pages."""


def digest(text: str) -> str:
    """SHA-256 of a text: what was looked at is what is published."""
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def keep(actor: Person, *, text: str) -> Philosophy:
    """Keep the draft; what is published stays as it is."""
    _lock(actor)
    made, _new = Philosophy.objects.get_or_create(owner=actor)
    made.text = text
    made.save(update_fields=["text"])
    trail.record(actor, "change", made)
    return made


@transaction.atomic
def take_rules(actor: Person) -> Philosophy:
    """Add the rules out of the leaders one has had to the draft, those that are not in it yet."""
    _lock(actor)
    rules = leader_queries.rules(leader_queries.leaders(actor))
    made, _new = Philosophy.objects.get_or_create(owner=actor)
    parts = [
        made.text.rstrip(),
        _part("What I keep:", (one.text for one in rules.keep), made.text),
        _part("What I do not repeat:", (one.text for one in rules.never), made.text),
    ]
    text = "\n\n".join(filter(None, parts))
    if text == made.text.rstrip():
        raise Refused("There is no rule that is not in your draft already.")
    if len(text) > LONGEST:
        raise Refused(f"With these rules it would be longer than {LONGEST} letters. Shorten the draft first.")
    made.text = text
    made.save(update_fields=["text"])
    trail.record(actor, "change", made)
    return made


@transaction.atomic
def publish(actor: Person, *, seen: str) -> PublishedPhilosophy:
    """Publish the draft as it was looked at; an earlier one is replaced."""
    if not is_in_chart(actor):
        raise Refused("Only somebody in the organization chart can publish: it is read by colleagues.")
    _lock(actor)
    draft = Philosophy.objects.filter(owner=actor).first()
    text = draft.text if draft else ""
    if not text.strip():
        raise Refused("There is nothing to publish yet. Write something first.")
    if digest(text) != seen:
        raise Refused("Your draft has changed since you looked at it. Look at it once more.")
    made, _new = PublishedPhilosophy.objects.update_or_create(
        person=actor, defaults={"text": text, "published_at": timezone.now()}
    )
    trail.record(actor, "publish_way", made)
    return made


@transaction.atomic
def withdraw(actor: Person) -> None:
    """Withdraw what was published; the next page that asks for it does not find it."""
    found = PublishedPhilosophy.objects.filter(person=actor).first()
    if found is None:
        raise Refused("You have published nothing.")
    trail.record(actor, "withdraw_way", found)
    found.delete()
    erasing.for_good()


@transaction.atomic
def delete(actor: Person) -> None:
    """Delete the draft; what is published is withdrawn with it."""
    for found in PublishedPhilosophy.objects.filter(person=actor):
        trail.record(actor, "withdraw_way", found)
        found.delete()
    for draft in Philosophy.objects.filter(owner=actor):
        trail.record(actor, "delete", draft)
        draft.delete()
    erasing.for_good()


def _part(title: str, rules: Iterable[str], there: str) -> str:
    new = [f"- {rule}" for rule in rules if rule not in there]
    return "\n".join([title, *new]) if new else ""


def _lock(actor: Person) -> None:
    Person.objects.select_for_update().get(pk=actor.pk)
