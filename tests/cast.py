"""Ada (people operations), Ben (manager), Cleo (report), Dora (committee), Eve (must see nothing)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from django.test import Client, TestCase
from tests.factories import PersonFactory

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.cookies import SimpleCookie

    from fairlead.web.people.models import Person

NAMES = ("ada", "ben", "cleo", "dora", "eve")


WAITING: WeakSet[Browser] = WeakSet()
"""Who of the running test has not signed in yet."""


class Browser(Client):
    """A browser whose background work is done by the time the answer is there.

    Of a cast few act in a test: what ``first`` is given, signing in, is done when the browser is first used.
    """

    _first: Callable[[], object] | None = None

    def first(self, act: Callable[[], object]) -> None:
        """Do this before anything else is done here."""
        self._first = act
        WAITING.add(self)

    @property
    def cookies(self) -> SimpleCookie:
        """What the browser holds; whatever uses it signs in before."""
        if self._first is not None:
            act, self._first = self._first, None
            WAITING.discard(self)
            act()
        return self._cookies

    @cookies.setter
    def cookies(self, cookies: SimpleCookie) -> None:
        self._cookies = cookies

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


def sign_in_who_waits() -> None:
    """Let everybody sign in who has not yet: what is counted next is not to count it."""
    for browser in list(WAITING):
        _ = browser.cookies


def member(name: str) -> Member:
    """Make one person and sign them in."""
    person = PersonFactory.create(name=name.title(), user__email=f"{name}@example.org")
    browser = Browser()
    browser.first(lambda: browser.force_login(person.user))
    return Member(person, browser)


def assemble() -> Cast:
    """Make everybody."""
    return Cast(*(member(name) for name in NAMES), visitor=Browser())
