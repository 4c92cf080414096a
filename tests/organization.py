"""A whole small organization for tests: two units, three floors, and somebody in each role.

Everybody of ``tests.cast`` is in it under the same name, so that a test can begin with the cast.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from tests.cast import Browser, Member, member, sign_in_who_waits
from tests.factories import GrantFactory, PositionFactory, UnitFactory

if TYPE_CHECKING:
    from fairlead.web.people.models import Person
    from fairlead.web.roster.models import Unit

ROLES = {
    "ada": "people_operations",
    "finn": "people_operations",
    "dora": "committee",
    "gina": "system_admin",
    "hugo": "auditor",
    "ida": "works_council",
    "jon": "equality_analyst",
}
"""Who holds which granted role; ``lea`` coaches Cleo; the others hold none."""

MANAGERS = {
    "kim": None,
    "ben": "kim",
    "cleo": "ben",
    "max": "ben",
    "eve": "kim",
    "ada": "kim",
    "finn": "ada",
    "dora": "kim",
    "gina": "kim",
    "hugo": "kim",
    "ida": "eve",
    "jon": "ada",
    "lea": "eve",
}
"""Who reports to whom: Cleo and Max to Ben, Ben to Kim; Eve leads the other unit."""

UNIT_OF = {"ben": "Works", "cleo": "Works", "max": "Works", "eve": "Sales", "ida": "Sales", "lea": "Sales"}


@dataclass(frozen=True)
class Organization:
    """Everybody by name, and the units by name."""

    members: dict[str, Member]
    units: dict[str, Unit]

    def __getitem__(self, name: str) -> Member:
        return self.members[name]

    def person(self, name: str) -> Person:
        """Give one person."""
        return self.members[name].person


def sign_in(
    person: Person, browser: Browser | None = None, *, second_factor: bool = True, fresh: bool = False
) -> Browser:
    """Sign in, as somebody who has shown a second factor, and who has just signed in again, or not.

    Privileged roles count only with a second factor; ``access.fresh`` pages ask to sign in again.
    """
    browser = browser or Browser()
    browser.force_login(person.user)
    records = []
    if second_factor:
        records.append({"method": "mfa", "at": time.time() - 3600, "type": "totp"})
    if fresh:
        records.append({"method": "password", "at": time.time(), "reauthenticated": True})
    session = browser.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    session["account_authentication_methods_user"] = str(person.user_id)
    session.save()
    return browser


def assemble_organization(*, signed_in: bool = False) -> Organization:
    """Make everybody, their units, positions and roles; each signs in with a second factor.

    ``signed_in`` lets them do so at once, and not when they first act: where the whole database is compared
    before and after.
    """
    members = {name: member(name) for name in MANAGERS}
    for one in members.values():
        one.browser.first(partial(sign_in, one.person, one.browser))
    units = {name: UnitFactory.create(name=name) for name in ("Works", "Sales", "Office")}
    for number, (name, manager) in enumerate(MANAGERS.items(), start=1):
        person = members[name].person
        person.number, person.email = f"E{number:03d}", f"{name}@example.org"
        person.save(update_fields=["number", "email"])
        PositionFactory.create(
            person=person,
            manager=None if manager is None else members[manager].person,
            unit=units[UNIT_OF.get(name, "Office")],
            title=f"{name.title()}'s job",
        )
    for name, role in ROLES.items():
        GrantFactory.create(
            person=members[name].person,
            role=role,
            proposed_by=members["kim"].person,
            confirmed_by=members["ben"].person,
        )
    GrantFactory.create(
        person=members["lea"].person,
        role="coach",
        over="person",
        over_id=members["cleo"].person.pk,
        proposed_by=members["cleo"].person,
        confirmed_by=members["lea"].person,
    )
    if signed_in:
        sign_in_who_waits()
    return Organization(members, units)
