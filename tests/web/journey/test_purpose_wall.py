"""The evidence log asks for nothing that people do for their own growth (purpose wall)."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories import PersonFactory
from tests.walls.matrix import MATRIX
from tests.walls.test_access_matrix import path_of
from tests.web.growth import made as growth
from tests.web.journey import made

import fairlead.web.journey
from fairlead.web import vault
from fairlead.web.demo import journeys
from fairlead.web.journey import cover_queries, queries, witness_queries
from fairlead.web.journey.models import Accomplishment

pytestmark = pytest.mark.django_db

DEVELOPMENT = ("audits", "direction", "feedback", "growth")
ROOM = Path(fairlead.web.journey.__file__).parent


def development_tables(statements: Any) -> set[str]:
    """The tables of development that these statements name."""
    rooms = tuple(f"fairlead.web.{room}." for room in DEVELOPMENT)
    names = {model._meta.db_table for model in apps.get_models() if model.__module__.startswith(rooms)}
    wanted = re.compile(r'"(' + "|".join(sorted(names)) + r')"')
    return {hit for one in statements for hit in wanted.findall(one["sql"])}


def test_no_page_of_the_room_asks_for_development_data(cast):
    growth.everything_of(cast.cleo.person, cast.ben.person)
    routes = [route for route in MATRIX if route.startswith("journey/")]
    assert len(routes) > 30
    for route in routes:
        row = MATRIX[route]
        with transaction.atomic():
            with vault.on_duty("test"):
                path = path_of(route, row.own(cast.cleo.person) if row.own else {})
            with CaptureQueriesContext(connection) as asked:
                cast.cleo.browser.get(path)
                cast.cleo.browser.post(path, {})
            transaction.set_rollback(True)
        assert development_tables(asked.captured_queries) == set(), route


def test_the_recorder_sees_a_page_that_does(cast):
    with CaptureQueriesContext(connection) as asked:
        cast.cleo.browser.get("/growth/")
    assert development_tables(asked.captured_queries)


def test_no_module_imports_a_room_of_development_or_asks_all_rooms_for_their_part():
    for file in ROOM.glob("*.py"):
        text = file.read_text("utf-8")
        assert not re.search(rf"fairlead\.web\.({'|'.join(DEVELOPMENT)}|learning)\b", text), file.name
        asked = set(re.findall(r'offers\("(\w+)", "(\w+)"\)', text))
        assert asked <= {("queries", "published_framework")}, file.name


def test_the_demo_company_has_strong_evidence_and_confident_words_with_little_behind_them():
    people = {key: PersonFactory.create(name=key) for key in journeys.STAGED}
    today = timezone.localdate()
    with vault.on_duty("demo"):
        journeys.stage(people, today)
    words = {}
    for key in ("star", "management_gap"):
        with vault.seen_by(people[key]):
            found = cover_queries.missing(people[key], "leader-3")
            words[key] = {row.word for row in found.rows}
            days = [one.day for one in Accomplishment.objects.all()]
            assert max(days) <= today
            assert queries.log(people[key]).total == len(days)
    assert "covered" in words["star"]
    assert words["management_gap"] == {"thin", "nothing yet"}
    with vault.seen_by(people["informal"]):
        waits = [one for one in witness_queries.asked_of(people["informal"]) if one.state == "asked"]
    assert [one.owner for one in waits] == [people["star"]]
    assert waits[0].ends_on > today + dt.timedelta(days=14)


def test_what_is_made_for_tests_fills_every_table(cast):
    with vault.seen_by(cast.cleo.person):
        made.everything_of(cast.cleo.person, cast.ben.person)
        for model in apps.get_models():
            if model.__module__ == "fairlead.web.journey.models":
                assert model.objects.exists(), model
