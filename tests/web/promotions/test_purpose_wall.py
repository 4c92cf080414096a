"""What people do for their own growth never reaches a promotion: no page of it asks for one of their rows."""

from __future__ import annotations

import ast
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from tests.organization import assemble_organization
from tests.walls import planting
from tests.walls.matrix import MATRIX
from tests.walls.test_access_matrix import OWNER, ask, path_of
from tests.web.audits import made as audits
from tests.web.growth import made as growth
from tests.web.promotions import made

import fairlead.web.promotions
from fairlead.web import rooms
from fairlead.web.promotions import calibration

if TYPE_CHECKING:
    from collections.abc import Iterator

DEVELOPMENT = ("audits", "direction", "feedback", "growth")
ROOM = Path(fairlead.web.promotions.__file__).parent
WALKERS = ("cleo", "ada", "dora")


def tables() -> set[str]:
    """The tables of the rooms in which people work on themselves, and what is shared out of them."""
    rooms = tuple(f"fairlead.web.{room}." for room in DEVELOPMENT)
    found = {model._meta.db_table for model in apps.get_models() if model.__module__.startswith(rooms)}
    return found | {"web_share", "web_ballot", "web_run"}


def others(asked: list[tuple[set[str], str, Any]]) -> Iterator[str]:
    """Give what is asked of those tables, but for runs of calibrations: told by their kind, or by the number
    under which one of them began."""
    own: set[str] = set()
    for named, sql, params in asked:
        said = {str(one) for one in params or ()}
        if named == {"web_run"} and calibration.KIND in said:
            own |= {one for one in said if len(one) in {32, 36}} if sql.startswith("INSERT") else set()
        elif named != {"web_run"} or not said & own:
            yield sql[:160]


@contextmanager
def recorded() -> Iterator[list[str]]:
    """Every statement that names one of those tables."""
    names = re.compile(r'"(?:\w+"\.")?(' + "|".join(sorted(tables())) + r')"')
    asked: list[tuple[set[str], str, Any]] = []
    found: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if named := set(names.findall(sql)):
            asked.append((named, sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found
    found += others(asked)


@pytest.fixture
def organization(db):
    found = assemble_organization(signed_in=True)
    cleo, max_ = found.person("cleo"), found.person("max")
    audits.stand(found["cleo"])
    planting.direction_of(cleo)
    growth.everything_of(cleo, max_)
    made.everything_of(cleo, found.person("dora"))
    return found


def test_no_page_of_promotions_asks_for_development_data(organization):
    routes = [route for route in MATRIX if route.startswith("promotions/")]
    assert len(routes) > 25
    asked = []
    for route in routes:
        row = MATRIX[route]
        with transaction.atomic():
            path = path_of(route, row.own(organization.person(OWNER)) if row.own else {})
            for name in WALKERS:
                for method in ("get", "post"):
                    with recorded() as found:
                        ask(organization[name], method, path)
                    asked += [f"{method} {route} as {name}: {one}" for one in found]
            transaction.set_rollback(True)
    assert asked == []


def test_the_recorder_sees_a_page_that_does(organization):
    with recorded() as found:
        organization["cleo"].browser.get("/growth/")
    assert found
    with recorded() as found:
        organization["cleo"].browser.get("/direction/")
    assert found


ASKED_FOR = {("queries", "evidence_offered"), ("actions", "evidence_for")}
"""The two parts of the evidence log out of which a candidate chooses; the room asks nobody for more."""


def asked_for(text: str) -> set[tuple[Any, ...]]:
    """What code asks other rooms for by ``rooms.offers``: its two words where both stand there as they are.

    Any other way to it, such as a word that is put together, another name or a part of the module taken by
    import, is given as it stands, and so is none of the two that are allowed.
    """
    found: set[tuple[Any, ...]] = set()
    tree = ast.parse(text)
    called = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "fairlead.web.rooms":
            found.add(("imported", *(one.name for one in node.names)))
        named = getattr(node, "attr", None) or getattr(node, "id", None)
        taken = isinstance(node, ast.Constant) and node.value == "offers"
        if named == "offers" or taken:
            call = called.get(id(node))
            words = [one.value if isinstance(one, ast.Constant) else "?" for one in call.args] if call else []
            found.add(tuple(words) if call and not call.keywords else ("taken", named))
        if isinstance(node, ast.Attribute) and node.attr == "ROOMS":
            found.add(("taken", "ROOMS"))
    return found


def test_the_room_imports_none_of_them_and_asks_no_room_for_its_part():
    """``rooms.offers`` would be a way round the contract of imports: two names are asked for, no other."""
    asked = {file.name: asked_for(file.read_text("utf-8")) for file in ROOM.rglob("*.py")}
    assert {name: found for name, found in asked.items() if found} == {"from_log.py": ASKED_FOR}
    for file in ROOM.rglob("*.py"):
        text = file.read_text("utf-8")
        assert "import_module" not in text, file.name
        assert not re.search(rf"fairlead\.web\.({'|'.join(DEVELOPMENT)}|showing|sharing|learning)\b", text), (
            file.name
        )


@pytest.mark.parametrize(
    "way",
    [
        'rooms.offers("queries", "today")',
        'rooms.offers("learning", "learning")',
        'rooms.offers("actions", name)',
        'rooms.offers("actions", name="evidence_for")',
        'rooms.offers("act" + "ions", "evidence_for")',
        "ask = rooms.offers",
        'getattr(rooms, "offers")',
        "from fairlead.web.rooms import offers",
        "from fairlead.web.rooms import offers as ask",
        "for room in rooms.ROOMS: pass",
    ],
)
def test_any_other_way_to_another_room_is_seen(way):
    assert not asked_for(way) <= ASKED_FOR
    assert asked_for(way)


def test_the_two_parts_are_the_evidence_logs_own():
    """What the two names give comes from the evidence log alone: no room of development offers them."""
    for module, name in ASKED_FOR:
        assert [room for room, _part in rooms.offers(module, name)] == ["journey"]
