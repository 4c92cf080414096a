"""Who gets what from the addresses of the handbook."""

from __future__ import annotations

from typing import Any

from tests.web.handbook import made

from fairlead.web.growth.models import PublishedPhilosophy
from fairlead.web.roster.models import Unit

NOWHERE = "00000000-0000-4000-8000-000000000000"
READ = "405 405 405"
OPERATIONS = ("ada", "finn")
LIBRARY = ("handbook/", "handbook/page/<slug:name>/", "handbook/search/")
"""What visitors read where the setting says so; everything else stays closed to them in any case."""


def a_page(_person: Any) -> dict[str, Any]:
    return {"name": made.PAGE}


def own_tip(person: Any) -> dict[str, Any]:
    return {"pk": made.tip(person, suggestion="Ask again.", reason="Shorter?").pk}


def suggested_tip(person: Any) -> dict[str, Any]:
    return {"pk": made.tip(person, state="suggested", suggestion="Ask again.").pk}


def published_tip(person: Any) -> dict[str, Any]:
    return {"kind": "tip", "pk": made.tip(person, state="published").pk}


def own_idea(person: Any) -> dict[str, Any]:
    made.answer(person)
    return {"pk": made.idea(person, reason=".").pk}


def own_answer(person: Any) -> dict[str, Any]:
    return {"pk": made.answer(person, reason=".").pk}


def own_notice(person: Any) -> dict[str, Any]:
    made.values(person)
    return {"pk": made.notice(person).pk}


def own_unit(person: Any) -> dict[str, Any]:
    position = person.positions.first()
    return {"pk": position.unit_id if position else Unit.objects.create(name=f"Unit of {person.pk}").pk}


def own_philosophy(person: Any) -> dict[str, Any]:
    published = PublishedPhilosophy.objects.get_or_create(person=person, defaults={"text": "I listen first."})
    return {"pk": published[0].pk}


def rows(row: Any) -> dict[str, Any]:
    """The rows of the table."""

    def one(get: str, post: str, own: Any = None, roles: Any = None, **missing: Any) -> Any:
        return row(
            get, post, own=own, missing=missing or ({"pk": NOWHERE} if own else None), roles=roles or {}
        )

    def operations(get: str, post: str, own: Any = None) -> Any:
        closed = "in 404 404"
        answers = dict.fromkeys(OPERATIONS, (get, post))
        return one(READ if get == "405" else closed, READ if post == "405" else closed, own, answers)

    return {
        "handbook/": row("in 200 200", READ),
        "handbook/page/<slug:name>/": one("in 200 200", READ, a_page, name="nothing"),
        "handbook/search/": row("in 200 200", READ),
        "handbook/tips/": row("in 200 200", READ),
        "handbook/tips/on/<slug:name>/": one("in 200 200", "in 422 422", a_page, name="nothing"),
        "handbook/tips/<uuid:pk>/": one("in 200 404", "in 422 404", own_tip),
        "handbook/tips/<uuid:pk>/accept/": one(READ, "in 302 404", suggested_tip),
        "handbook/tips/<uuid:pk>/withdraw/": one(READ, "in 302 404", own_tip),
        "handbook/to-read/": operations("200", "405"),
        "handbook/to-read/<uuid:pk>/": operations("200", "422", own_tip),
        "handbook/notices/<uuid:pk>/": operations("200", "422", own_notice),
        "handbook/notices/about/<slug:kind>/<uuid:pk>/": one(
            "in 200 200", "in 422 422", published_tip, kind="tip", pk=NOWHERE
        ),
        "handbook/ideas/": row("in 200 200", READ),
        "handbook/ideas/new/": row("in 200 200", "in 422 422"),
        "handbook/ideas/<uuid:pk>/": one("in 200 200", "in 422 422", own_idea),
        "handbook/ideas/<uuid:pk>/change/": one("in 200 404", "in 422 404", own_idea),
        "handbook/ideas/<uuid:pk>/withdraw/": one("in 200 404", "in 302 404", own_idea),
        "handbook/answers/<uuid:pk>/withdraw/": one(READ, "in 302 404", own_answer),
        "handbook/units/<uuid:pk>/follow/": one(READ, "in 302 302", own_unit),
        "handbook/values/": row("in 200 200", READ),
        "handbook/values/change/": operations("200", "422"),
        "handbook/values/publish/": operations("405", "302"),
        "handbook/philosophies/": row("in 200 200", READ),
        "handbook/philosophies/<uuid:pk>/": one("in 200 200", READ, own_philosophy),
    }
