"""Who is in the cast of the demo company."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from fairlead.web.people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One of the people a visitor can step into: who they are, and their story in one sentence."""

    key: str
    email: str
    name: str
    role: str
    story: str


def members() -> tuple[Member, ...]:
    """Give the cast as ``web/demo`` tells it, in its order."""
    if find_spec("fairlead.web.demo") is None:
        return ()
    told = getattr(import_module("fairlead.web.demo"), "CAST", ())
    return tuple(told)


def member(key: str) -> Member | None:
    """One member of the cast by key."""
    return next((one for one in members() if one.key == key), None)


def account(key: str) -> User | None:
    """Find the account of a member; a key outside the cast reaches no account."""
    found = member(key)
    return User.objects.filter(email=found.email, person__isnull=False).first() if found else None
