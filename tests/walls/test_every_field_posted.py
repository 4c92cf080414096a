"""Every field of every table is posted to every form, in every role: only what a form names may move."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import transaction
from tests.cast import Browser
from tests.organization import Organization, assemble_organization, sign_in
from tests.walls.matrix import MATRIX
from tests.walls.planting import ROOMS
from tests.walls.test_access_matrix import OWNER, path_of

from fairlead.web import vault
from fairlead.web.vault.models import Ballot

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

FORMS = [route for route, row in MATRIX.items() if set(row.post.split()) != {"405"}]
ENDS = {"accounts/logout/", "account/leave/", "role/delete-everything/"}
"""Their work is to end things, and they read no field that could move another."""

BY_THEMSELVES = {
    "User.last_login",
    "UserSession.last_seen_at",
    "UserSession.user_agent",
    "UserSession.ip",
    "Session.session_data",
    "Session.expire_date",
    "Authenticator.last_used_at",
}
"""What moves because somebody came by."""

NOT_OURS = {"Attempt", "Session", "UserSession"}
PLANTED = {
    "email": "planted@example.org",
    "name": "planted",
    "zone": "Pacific/Apia",
    "work_from": "01:00",
    "work_to": "23:00",
    "since": "2024-02-02",
    "until": "2031-01-01",
    "left": "2024-02-02",
    "hired": "2020-02-02",
    "state": "done",
    "role": "people_operations",
    "is_active": "",
}
ACTORS = ("cleo", "max", "ada", "gina", "hugo")


@pytest.fixture
def organization(db: None) -> Organization:
    return assemble_organization(signed_in=True)


def every_field(me: Person) -> dict[str, str]:
    """Each field name once, with a value that would be believed; owners point at the one who posts."""
    models = [model for model in apps.get_models() if model._meta.app_label in ROOMS]
    names = {field.name for model in models for field in model._meta.concrete_fields}
    said = {name: PLANTED.get(name, "1") for name in sorted(names | {"is_superuser", "is_staff", "groups"})}
    people = {"owner", "person", "user", "reader", "proposed_by", "confirmed_by", "ended_by", "actor"}
    return said | {name: str(me.pk) for name in people} | {f"{name}_id": str(me.pk) for name in people}


def snapshot() -> dict[tuple[str, Any], dict[str, Any]]:
    """Give every value of every row of every room."""
    found = {}
    for model in apps.get_models():
        if model._meta.app_label in ROOMS and model.__name__ not in NOT_OURS:
            with vault.on_duty("ballots" if model is Ballot else "test"):
                for row in model._default_manager.order_by("pk").values():
                    found[model.__name__, row[model._meta.pk.attname]] = row
    return found


def moved(before: dict[Any, Any], after: dict[Any, Any]) -> set[tuple[str, Any, str]]:
    """Which fields of rows that were there before have another value now, or whose rows are gone."""
    changed = set()
    for key, row in before.items():
        now = after.get(key)
        if now is None:
            changed.add((*key, "(the row)"))
        elif now != row:
            changed |= {(*key, name) for name in row if row[name] != now[name]}
    return {one for one in changed if f"{one[0]}.{one[2]}" not in BY_THEMSELVES}


def tried(organization: Organization, route: str) -> list[str]:
    """Post everything to one form as each actor, and say what moved that must not."""
    row, wrong = MATRIX[route], []
    with transaction.atomic():
        path = path_of(route, row.own(organization.person(OWNER)) if row.own else {})
        before = snapshot()
        for who in ACTORS:
            me = organization.person(who)
            with transaction.atomic():
                browser = sign_in(me, Browser(raise_request_exception=False), fresh=True)
                answer = browser.post(path, every_field(me))
                after = snapshot()
                transaction.set_rollback(True)
            if answer.status_code >= 500:
                wrong.append(f"{route} as {who}: {answer.status_code}")
            may = who == OWNER or who in row.roles or row.own is None
            wrong += [f"{route} as {who}: {one}" for one in _moved_wrongly(before, after, me, route, may=may)]
            wrong += [f"{route} as {who}: {one}" for one in _made_wrongly(before, after, me)]
        transaction.set_rollback(True)
    return wrong


def _moved_wrongly(before: Any, after: Any, me: Person, route: str, *, may: bool) -> list[str]:
    found = []
    for model, pk, name in moved(before, after):
        own = pk in {me.pk, me.user_id} or model == "EmailAddress"
        if not own and not may:
            found.append(f"{model}.{name} of somebody else moved")
        named = model in {"Grant", "Share"} and route.startswith(("roles/", "sharing/"))
        if (model, name) in FORBIDDEN and not named:
            found.append(f"{model}.{name} moved")
    return found


def _made_wrongly(before: Any, after: Any, me: Person) -> list[str]:
    found = []
    for (model, pk), row in after.items():
        if (model, pk) in before:
            continue
        if row.get("owner_id", me.pk) != me.pk:
            found.append(f"a new {model} that is somebody else's")
        if model == "Grant" and (row["confirmed_at"] is not None or row["proposed_by_id"] != me.pk):
            found.append("a role without a second person")
    return found


@pytest.mark.slow
def test_a_form_moves_only_what_it_names_in_every_role(organization):
    """Nobody moves a field of somebody else's thing, gets a role, an account, or a thing of another."""
    wrong = [one for route in FORMS if route not in ENDS for one in tried(organization, route)]
    assert wrong == []


FORBIDDEN = {
    ("User", "is_active"),
    ("User", "id"),
    ("User", "date_joined"),
    ("Person", "id"),
    ("Person", "user_id"),
    ("Person", "created_at"),
    *(("Grant", name) for name in ("person_id", "role", "over", "over_id", "proposed_by_id", "proposed_at")),
    *(("Share", name) for name in ("owner_id", "reader_id", "snapshot", "until", "title")),
    *(("Run", name) for name in ("owner_id", "state", "result", "error")),
    *(("Survey", name) for name in ("about_id", "made_by_id", "k", "terms", "family", "instrument_text")),
    *(("Survey", name) for name in ("frozen_at", "released_at", "refusal")),
    *(("Seat", name) for name in ("owner_id", "survey_id", "team", "lens")),
    *(("OwnInstrument", name) for name in ("text", "digest", "name", "version", "made_by_id")),
    *(("ErasureRequest", name) for name in ("person", "asked_at", "due_on")),
    *(("Entry", name) for name in ("actor", "verb", "subject", "facts", "seal", "at")),
}
"""No form in any role moves these in a row that is there already."""
