"""Finding one person to show something to, or to ask: by a part of their name, or by an exact address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.core import signing
from django.core.cache import cache
from django.utils import timezone

from fairlead.web.people.models import Person, User
from fairlead.web.roster.models import Position

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

MOST_FOUND: Final = 10
TRIES: Final = 60
"""Searches in an hour: enough for a person, too few for a list of addresses."""

_SALT: Final = "finding.person"
_DAY: Final = 24 * 3600


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody found, what the chart says of them, and the sealed choice of them: a form takes no other."""

    person: Person
    token: str
    says: str = ""


def can_be_reached(one: Person) -> bool:
    """Say whether somebody can be shown or asked anything: they have an account and have not left."""
    return bool(one.user_id and one.user and one.user.is_active) and not (
        one.left and one.left < timezone.localdate()
    )


def too_many_searches(person: Person, room: str) -> bool:
    """Count a search in a room; say whether it is one too many in this hour."""
    key = f"{room}-search-{person.pk}"
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
    return matches(person, [one for one in found if one.pk != person.pk and can_be_reached(one)][:MOST_FOUND])


def matches(person: Person, people: Iterable[Person]) -> list[Match]:
    """Seal the choice of each of these people for the one who chooses."""
    shown = list(people)
    # Two of one name are told apart by what every colleague sees in the chart; addresses are not in it.
    places = _places(shown) if person.in_roster else {}
    return [match(person, one, places.get(one.pk, "")) for one in shown]


def _places(people: list[Person]) -> dict[UUID, str]:
    """Give title and unit of people who have a position today."""
    rows = Position.objects.on(timezone.localdate()).filter(person__in=people)
    found = rows.values_list("person", "title", "unit__name")
    return {person: ", ".join(filter(None, (title, unit))) for person, title, unit in found}


def match(person: Person, found: Person, says: str = "") -> Match:
    """Seal the choice of somebody for the one who chooses."""
    return Match(found, signing.dumps([str(person.pk), str(found.pk)], salt=_SALT), says)


def chosen(person: Person, token: str) -> Person | None:
    """Open a sealed choice; ``None`` where it is not one, or somebody else's."""
    return next(iter(all_chosen(person, [token])), None)


def all_chosen(person: Person, tokens: Iterable[str]) -> list[Person]:
    """Open sealed choices, and leave out what is none, or somebody else's."""
    numbers = []
    for token in tokens:
        try:
            chooser, found = signing.loads(token, salt=_SALT, max_age=_DAY)
        except (signing.BadSignature, ValueError):
            continue
        if chooser == str(person.pk):
            numbers.append(found)
    return list(Person.objects.filter(pk__in=numbers).select_related("user").order_by("name", "pk"))
