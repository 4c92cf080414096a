"""Ada (people operations), Ben (manager), Cleo (report), Dora (committee), Eve (must see nothing)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.test import Client, TestCase
from tests.factories import PersonFactory

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

NAMES = ("ada", "ben", "cleo", "dora", "eve")


class Browser(Client):
    """A browser whose background work is done by the time the answer is there."""

    def request(self, **request: Any) -> Any:
        """Send one request, and run what it left for after the commit."""
        with TestCase.captureOnCommitCallbacks(execute=True):
            return super().request(**request)


@dataclass(frozen=True)
class Member:
    """A person and their browser."""

    person: Person
    browser: Browser


@dataclass(frozen=True)
class Cast:
    """Everybody, by name; ``visitor`` is signed out."""

    ada: Member
    ben: Member
    cleo: Member
    dora: Member
    eve: Member
    visitor: Browser

    def __iter__(self) -> Any:
        """Each member with their name."""
        return ((name, getattr(self, name)) for name in NAMES)


def member(name: str) -> Member:
    """Make one person and sign them in."""
    person = PersonFactory.create(name=name.title(), user__email=f"{name}@example.org")
    browser = Browser()
    browser.force_login(person.user)
    return Member(person, browser)


def assemble() -> Cast:
    """Make everybody."""
    return Cast(*(member(name) for name in NAMES), visitor=Browser())
