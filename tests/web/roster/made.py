"""How the tests of the organization make lists, people and invitations."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from django.core import mail
from tests.factories import PersonFactory

from fairlead.web.people.models import Person
from fairlead.web.roster import imports, inviting
from fairlead.web.roster.models import Invitation, LongLeave, Position, RosterImport, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

SMALL = """id,name,email,manager_id,unit,title,level,track,hired
1,Zoë Ångström,zoe@example.org,,Board,Managing Director,7,people manager,2020-01-01
2,李小龍,li@example.org,1,Works,Head of Works,5,people manager,2021-03-01
3,Ann O’Neil,ann@example.org,2,Works,Welder,2,expert,2022-05-01
"""


def read(text: str | bytes, *, complete: bool = False, name: str = "people.csv", **more: Any) -> RosterImport:
    """Read a list and work out what it would change."""
    data = text if isinstance(text, bytes) else text.encode()
    return imports.begin(None, name=name, data=data, complete=complete, **more)


def take_in(text: str | bytes, *, complete: bool = False, **more: Any) -> RosterImport:
    """Import a list, and say yes to however many leave."""
    waiting = read(text, complete=complete, **more)
    return imports.carry_out(None, waiting, typed=str(waiting.plan["many"]))


def person(number: str) -> Person:
    return Person.objects.get(number=number)


def position(number: str) -> Position:
    """The position that stands."""
    return Position.objects.get(person__number=number, until=None)


def away(of: Person) -> LongLeave:
    return LongLeave.objects.create(person=of, since=dt.date(2024, 1, 1), until=dt.date(2024, 6, 1))


def invited() -> tuple[Invitation, str]:
    """Somebody of the roster without an account, invited, and the link of the mail."""
    inviter = PersonFactory.create(name="Ada")
    guest = Person.objects.create(name="Guest", number="G1", email="guest@example.org")
    Position.objects.create(person=guest, since=dt.date(2024, 1, 1))
    sent = inviting.invite(inviter, guest)
    return sent, link()


def link() -> str:
    """The path in the newest mail."""
    found = re.search(r"https?://[^/\s]+(/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def whole_roster() -> list[Any]:
    """Everything the tables hold of the organization, in a form that can be compared."""
    return [
        sorted(Person.objects.exclude(number=None).values_list(
            "number", "name", "email", "hired", "left", "left_reason"
        )),
        sorted(_plain(Position.objects.values_list(
            "person__number", "since", "until", "manager__number", "unit__name", "title", "level", "track"
        ))),
        sorted(_plain(LongLeave.objects.values_list("person__number", "since", "until"))),
        sorted(_plain(Unit.objects.values_list("name", "parent__name", "closed_on"))),
    ]  # fmt: skip


def _plain(rows: Iterable[tuple[Any, ...]]) -> list[tuple[str, ...]]:
    return [tuple(str(value) for value in row) for row in rows]
