"""Who gets what from frustrations, the next level, goals, offers and tracks: only the owner, anything."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from fairlead.web.direction import (
    frustration_actions,
    goal_actions,
    next_actions,
    offer_actions,
    track_actions,
    track_queries,
)
from fairlead.web.direction.models import OfferCheck

if TYPE_CHECKING:
    from collections.abc import Callable

NOWHERE = "00000000-0000-4000-8000-000000000000"
SHOWN, FORM, DO = "405 405 405", "in 422 422", "405 405 405"


def own_offer(person: Any) -> dict[str, Any]:
    day = timezone.localdate()
    return {"pk": offer_actions.record(actor=person, title="Lead of platform", came_on=day).pk}


def own_promise(person: Any) -> dict[str, Any]:
    pk = own_offer(person)["pk"]
    from fairlead.web.direction.models import Offer, OfferPromise

    offer = Offer.objects.get(pk=pk)
    offer_actions.promise(actor=person, offer=offer, kind="benefit", texts=["More say"])
    return {"pk": pk, "number": OfferPromise.objects.get(offer=offer).pk}


def own_check(person: Any) -> dict[str, Any]:
    from fairlead.web.direction.models import Offer

    pk = own_offer(person)["pk"]
    offer_actions.decide(actor=person, offer=Offer.objects.get(pk=pk), decision="accepted", reasons="Yes")
    day = timezone.localdate() - timedelta(days=1)
    OfferCheck.objects.filter(offer=pk, months=3).update(due_on=day)
    return {"pk": pk, "months": 3}


def own_goal(person: Any) -> dict[str, Any]:
    return {"pk": goal_actions.open_goal(actor=person, text="Lead", why="To teach").pk}


def own_track(person: Any) -> dict[str, Any]:
    demands = [one.id for one in track_queries.profiles()["expert"].demands]
    given = dict.fromkeys(demands, 5), dict.fromkeys(demands, 4)
    track_actions.keep(actor=person, track="expert", want=given[0], able=given[1], lose=["A say"])
    return {"track": "expert"}


def own_level(person: Any) -> dict[str, Any]:
    burdens = [["paperwork", "not_for_me"], ["Nights", "fine"]]
    role = "Architectural and Engineering Managers"
    next_actions.keep(
        actor=person, role=role, burdens=burdens, heard="Long days", would_want=2, why="To teach"
    )
    return {}


def own_frustration(person: Any) -> dict[str, Any]:
    frustration_actions.add(actor=person, what="Budgets", side="technical", taught="no", with_tools=5)
    return {"number": 1}


def rows(row: Callable[..., Any]) -> dict[str, Any]:
    """The rows of the table; ``missing`` is the same address with a number that names nothing."""

    def mine(get: str, post: str, own: Any, **more: Any) -> Any:
        return row(get, post, own=own, missing={"pk": NOWHERE} | more)

    def at(get: str, post: str) -> Any:
        return row(get, post, own=own_frustration, missing={"number": 99})

    base = "direction/"
    offers, goals, frustrations = f"{base}offers/", f"{base}goals/", f"{base}frustrations/"
    tracks = f"{base}tracks/"
    return {
        frustrations: row("in 200 200", FORM, own=own_frustration),
        f"{frustrations}<int:number>/": at("in 200 404", "in 422 404"),
        f"{frustrations}<int:number>/remove/": at(DO, "in 302 302"),
        f"{frustrations}<int:number>/want-skill/": at(DO, "in 302 302"),
        f"{base}next-level/": row("in 200 200", SHOWN, own=own_level),
        f"{base}next-level/role/": row("in 200 200", SHOWN),
        f"{base}next-level/role/choose/": row(DO, "in 404 404"),
        f"{base}next-level/burdens/": row("in 200 200", "in 302 302", own=own_level),
        f"{base}next-level/talk/": row("in 200 200", "in 302 302"),
        goals: row("in 200 200", SHOWN, own=own_goal),
        f"{goals}why/": row(DO, "in 302 302"),
        f"{goals}open/": row(DO, FORM),
        f"{goals}<uuid:pk>/close/": mine(DO, "in 302 404", own_goal),
        f"{goals}<uuid:pk>/open-again/": mine(DO, "in 302 404", own_goal),
        f"{goals}<uuid:pk>/delete/": mine(DO, "in 302 404", own_goal),
        offers: row("in 200 200", FORM, own=own_offer),
        f"{offers}<uuid:pk>/": mine("in 200 404", SHOWN, own_offer),
        f"{offers}<uuid:pk>/change/": mine("in 200 404", "in 422 404", own_offer),
        f"{offers}<uuid:pk>/promises/": mine(DO, "in 302 404", own_offer),
        f"{offers}<uuid:pk>/promises/<int:number>/remove/": mine(DO, "in 200 404", own_promise, number=1),
        f"{offers}<uuid:pk>/decide/": mine(DO, "in 422 404", own_offer),
        f"{offers}<uuid:pk>/reopen/": mine(DO, "in 302 404", own_offer),
        f"{offers}<uuid:pk>/delete/": mine(DO, "in 302 404", own_offer),
        f"{offers}<uuid:pk>/look-back.ics": mine("in 200 404", SHOWN, own_offer),
        f"{offers}<uuid:pk>/look-back/<int:months>/": mine("in 200 404", "in 302 404", own_check, months=3),
        tracks: row("in 200 200", SHOWN, own=own_track),
        f"{tracks}<slug:track>/": row("in 200 200", "in 302 302", own=own_track),
        f"{tracks}<slug:track>/about/": row("in 200 200", SHOWN, path="/direction/tracks/expert/about/"),
    }
