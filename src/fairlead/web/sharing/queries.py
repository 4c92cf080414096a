"""Reading what is shown to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.core import signing
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from fairlead.web import rights
from fairlead.web.people.models import Person, User
from fairlead.web.roster.models import Position
from fairlead.web.sharing.actions import may_be_shown
from fairlead.web.sharing.models import Share
from fairlead.web.today import Today, Waiting

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

NEW_FOR: Final = timedelta(days=7)
"""How long something newly shown stands under Today; after that it is found under the account."""

MOST_FOUND: Final = 10
TRIES: Final = 60
"""Searches in an hour: enough for a person, too few for a list of addresses."""

FIELDS: Final = {
    "Share": {
        "id": "The number of the share.",
        "owner": "The number of the person whose it is.",
        "reader": "The number of the person it is shown to.",
        "made_at": "When it was shared.",
        "kind": "What kind of thing it is.",
        "object_id": "The number of the thing itself.",
        "title": "What it is called.",
        "snapshot": "Exactly what the other person sees.",
        "until": "The last day on which they see it.",
        "ends_at": "The midnight after that day, where the owner lives.",
        "ended_at": "When it was taken back.",
    },
}


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Give what the person shows to others, and what others show to them at the moment."""
    own = rights.rows(Share.objects.filter(owner=person), FIELDS["Share"])
    return {"Share": own + rights.rows(_shown_to(person), FIELDS["Share"])}


def _shown_to(person: Person) -> QuerySet[Share]:
    return Share.objects.filter(reader=person, ended_at=None, ends_at__gt=timezone.now())


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """What somebody shows, has shown, and is shown."""

    standing: tuple[Share, ...]
    over: tuple[Share, ...]
    shown: tuple[Share, ...]


def shares(person: Person) -> Shares:
    """Give the person's shares; nowhere whether anybody has looked."""
    own = list(Share.objects.filter(owner=person).defer("snapshot"))
    now = timezone.now()
    standing = [one for one in own if one.ended_at is None and one.ends_at > now]
    return Shares(
        standing=tuple(standing),
        over=tuple(one for one in own if one not in standing),
        shown=tuple(_shown_to(person).defer("snapshot")),
    )


def today(person: Person) -> Today | None:
    """Say what was newly shown to the person."""
    new = _shown_to(person).filter(made_at__gt=timezone.now() - NEW_FOR).defer("snapshot")
    waiting = tuple(
        Waiting(
            title=f"{one.owner} shows you a {one.kind}",
            href=reverse("sharing:show", args=[one.pk]),
            says=f"until {one.until.day} {one.until:%B %Y}",
        )
        for one in new
    )
    return Today(waiting=waiting) if waiting else None


def seen_by(kind: str, number: UUID) -> str:
    """Say in a sentence who else sees parts of a thing, and until when."""
    standing = Share.objects.filter(kind=kind, object_id=number, ended_at=None, ends_at__gt=timezone.now())
    to = [f"{one.reader} until {one.until.day} {one.until:%B %Y}" for one in standing.defer("snapshot")]
    return f"You; the parts you ticked also {', '.join(to)}." if to else ""


# --- finding the one to show it to ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody found, what the chart says of them, and the sealed choice of them: a form takes no other."""

    person: Person
    token: str
    says: str = ""


def too_many_searches(person: Person) -> bool:
    """Count a search; say whether it is one too many in this hour."""
    key = f"sharing-search-{person.pk}"
    cache.add(key, 0, timeout=3600)
    try:
        return bool(cache.incr(key) > TRIES)
    except ValueError:  # the hour ended between the two
        return False


def find(person: Person, words: str) -> list[Match]:
    """Find people by a part of their name in the roster, or the one account with exactly that address.

    Only somebody who is in the roster themselves searches it; everybody else names an address.
    """
    words = words.strip()
    if len(words) < 2:
        return []
    users = User.objects.filter(email__iexact=words, is_active=True)
    found = list(Person.objects.filter(user__in=users).select_related("user")[:1])
    if not found and person.in_roster:
        named = Person.objects.filter(number__isnull=False, user__is_active=True, name__icontains=words)
        found = list(named.select_related("user").order_by("name", "pk")[: MOST_FOUND + 1])
    shown = [one for one in found if one.pk != person.pk and may_be_shown(one)][:MOST_FOUND]
    # Two of one name are told apart by what every colleague sees in the chart; addresses are not in it.
    places = _places(shown) if person.in_roster else {}
    return [match(person, one, places.get(one.pk, "")) for one in shown]


def _places(people: list[Person]) -> dict[UUID, str]:
    """Give title and unit of people who have a position today."""
    rows = Position.objects.on(timezone.localdate()).filter(person__in=people)
    found = rows.values_list("person", "title", "unit__name")
    return {person: ", ".join(filter(None, (title, unit))) for person, title, unit in found}


def match(person: Person, reader: Person, says: str = "") -> Match:
    """Seal the choice of a reader for the one who chooses."""
    return Match(reader, signing.dumps([str(person.pk), str(reader.pk)], salt="sharing.reader"), says)


def chosen(person: Person, token: str) -> Person | None:
    """Open a sealed choice; ``None`` where it is not one, or somebody else's."""
    try:
        chooser, reader = signing.loads(token, salt="sharing.reader", max_age=24 * 3600)
    except (signing.BadSignature, ValueError):
        return None
    if chooser != str(person.pk):
        return None
    return Person.objects.filter(pk=reader).select_related("user").first()
