"""Who gets what from the organization's pages: its people today's chart, people operations the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.factories import PositionFactory, UnitFactory
from tests.web.roster import made

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairlead.web.roster.models import Position

NOWHERE = "00000000-0000-4000-8000-000000000000"
SHOWN, DO = "405 405 405", "405 405 405"


def themselves(person: Any) -> dict[str, Any]:
    return {"pk": person.pk}


def place(person: Any) -> Position:
    return person.positions.first() or PositionFactory.create(person=person, unit=UnitFactory.create())


def own_unit(person: Any) -> dict[str, Any]:
    return {"pk": place(person).unit_id}


def own_position(person: Any) -> dict[str, Any]:
    return {"pk": place(person).pk}


def own_leave(person: Any) -> dict[str, Any]:
    return {"pk": made.away(person).pk}


def waiting(_person: Any) -> dict[str, Any]:
    return {"pk": made.read("id,name\n77,Zoe Quist\n").pk}


def done(_person: Any) -> dict[str, Any]:
    return {"pk": made.take_in("id,name\n77,Zoe Quist\n").pk}


def invited(_person: Any) -> dict[str, Any]:
    return {"pk": made.invited()[0].pk}


def rows(row: Callable[..., Any]) -> dict[str, Any]:
    """The rows of the table."""

    def seen(own: Any = None) -> Any:
        return row("in 200 200", SHOWN, own=own, missing={"pk": NOWHERE} if own else None)

    def operations(get: str, post: str, own: Any = None) -> Any:
        return row(
            DO if get == "405" else "in 404 404",
            SHOWN if post == "405" else "in 404 404",
            own=own,
            missing={"pk": NOWHERE} if own else None,
            roles=dict.fromkeys(("ada", "finn"), (get, post)),
        )

    return {
        "organization/": seen(),
        "organization/find/": seen(),
        "organization/print/": seen(),
        "organization/people/<uuid:pk>/": seen(themselves),
        "organization/people/<uuid:pk>/branch/": seen(themselves),
        "organization/units/": seen(),
        "organization/units/<uuid:pk>/": seen(own_unit),
        "organization/people/add/": operations("200", "422"),
        "organization/people/suggest/": operations("200", "405"),
        "organization/people/<uuid:pk>/change/": operations("200", "422", themselves),
        "organization/people/<uuid:pk>/left/": operations("200", "422", themselves),
        "organization/people/<uuid:pk>/back/": operations("405", "302", themselves),
        "organization/people/<uuid:pk>/away/": operations("200", "422", themselves),
        "organization/people/<uuid:pk>/invite/": operations("405", "302", themselves),
        "organization/leaves/<uuid:pk>/": operations("200", "422", own_leave),
        "organization/leaves/<uuid:pk>/remove/": operations("405", "302", own_leave),
        "organization/positions/<uuid:pk>/": operations("200", "422", own_position),
        "organization/positions/<uuid:pk>/remove/": operations("405", "302", own_position),
        "organization/units/add/": operations("200", "422"),
        "organization/units/<uuid:pk>/change/": operations("200", "422", own_unit),
        "organization/units/<uuid:pk>/merge/": operations("200", "422", own_unit),
        "organization/export/": operations("405", "again"),
        "organization/import/": operations("200", "422"),
        "organization/import/<uuid:pk>/": operations("200", "405", waiting),
        "organization/import/<uuid:pk>/columns/": operations("200", "422", waiting),
        "organization/import/<uuid:pk>/carry-out/": operations("405", "302", waiting),
        "organization/import/<uuid:pk>/drop/": operations("405", "302", waiting),
        "organization/import/<uuid:pk>/report.csv": operations("200", "405", waiting),
        "organization/changes/": operations("200", "405"),
        "organization/changes/<uuid:pk>/undo/": operations("405", "302", done),
        "organization/invitations/": operations("200", "405"),
        "organization/invitations/send/": operations("405", "302"),
        "organization/invitations/<uuid:pk>/withdraw/": operations("405", "302", invited),
        # the link of a mail, here one that was never sent: the same page for everybody
        "organization/invitation/<str:token>/": row(
            "404 404 404", "404 404 404", path="/organization/invitation/never-sent/"
        ),
    }
