"""With the policy table switched off, the second wall alone keeps what is somebody's from everybody else."""

from __future__ import annotations

import contextvars
import datetime as dt
import os
from dataclasses import replace

import pytest
from django.db import connection, models, transaction
from django.db.models import Q
from django.http import Http404
from tests.factories import PersonFactory, RunFactory
from tests.organization import assemble_organization
from tests.walls import planting
from tests.walls.matrix import MATRIX
from tests.walls.test_access_matrix import path_of
from tests.web.audits import made
from tests.web.growth import made as growth
from tests.web.journey import made as journey
from tests.web.promotions import made as promotions

from fairlead.web import access, vault
from fairlead.web.access import doors
from fairlead.web.access.permissions import PERMISSIONS
from fairlead.web.audits.models import (
    AnswerSheet,
    HighPayoffEntry,
    OwnProfile,
    OwnRule,
    Procedure,
    Remembered,
    Resolution,
    WeekTick,
)
from fairlead.web.feedback.models import OPEN, Seat, Survey
from fairlead.web.runs.models import Run
from fairlead.web.sharing.models import Share
from fairlead.web.vault import policies
from fairlead.web.vault.tables import private_models

ON_POSTGRESQL = pytest.mark.skipif(
    "FAIRLEAD_TEST_DATABASE" not in os.environ, reason="row-level security is PostgreSQL's"
)
WORD = "Haselnussquark"

pytestmark = pytest.mark.django_db


@pytest.fixture
def switched_off(monkeypatch):
    """Let the policy table allow everything to everybody."""
    for name, rule in PERMISSIONS.items():
        opened = replace(rule, own=lambda _person: Q(), anybody=lambda _person: True)
        monkeypatch.setitem(PERMISSIONS, name, opened)
    monkeypatch.setattr(doors, "_by_role", lambda _actor, _rule: True)


def plant(person, reader):
    """Put a row of the person into every private table."""
    made.stand(person)
    owner = person.person
    RunFactory.create(owner=owner, error=WORD, state="failed")
    AnswerSheet.objects.create(owner=owner, instrument="x", version="1", sha256="", texts={"a": WORD})
    OwnRule.objects.create(owner=owner, about="series", match="0" * 32, kind="doing", says=WORD)
    OwnProfile.objects.create(owner=owner, title=WORD, source="own", profile={})
    Remembered.objects.create(owner=owner, values={"addresses": [WORD]})
    HighPayoffEntry.objects.create(owner=owner, area="own", name=WORD)
    Procedure.objects.create(owner=owner, name=WORD)
    decision = Resolution.objects.create(owner=owner, text=WORD, decided_on=dt.date(2026, 1, 5))
    WeekTick.objects.create(resolution=decision, monday=dt.date(2026, 1, 5), note=WORD)
    day = dt.date(2026, 1, 5)
    survey = Survey.objects.create(kind="pulse", title="A pulse", opens_on=day, closes_on=day)
    Seat.objects.create(owner=owner, survey=survey, lens=WORD, used=OPEN)
    Share.objects.create(
        owner=owner, reader=reader, kind="reading", object_id=owner.pk, title=WORD, snapshot=[WORD],
        until=dt.date(2099, 1, 1),
    )  # fmt: skip
    planting.direction_of(owner)
    growth.everything_of(owner, PersonFactory.create(name="Somebody Else"))
    promotions.everything_of(owner, PersonFactory.create(name="A Rater"))
    journey.everything_of(owner, PersonFactory.create(name="A Witness"))


def past_the_manager(model):
    """A question that does not begin where the vault's do."""
    return models.QuerySet(model)


@pytest.mark.parametrize("route", [route for route, row in MATRIX.items() if row.own and row.missing])
def test_no_page_shows_a_foreign_object_when_every_permission_says_yes(switched_off, route):
    organization = assemble_organization()
    cleo, eve = organization["cleo"], organization["eve"]
    carried = MATRIX[route].own(cleo.person)
    pk, path = carried.get("pk"), path_of(route, carried)
    if not any(past_the_manager(m).filter(pk=pk).exists() for m in private_models() if _uuid_pk(m)):
        return  # what the organization knows is not kept in the vault
    mine = cleo.browser.get(path)
    if mine.status_code == 405:
        assert eve.browser.post(path).status_code in {404, 302}
        assert any(past_the_manager(m).filter(pk=pk).exists() for m in private_models() if _uuid_pk(m)), path
        return
    assert mine.status_code != 404, "the owner sees it: the check itself must be able to fail"
    assert eve.browser.get(path).status_code == 404


def _uuid_pk(model) -> bool:
    return isinstance(model._meta.pk, models.UUIDField)


def test_no_question_gives_a_foreign_row_when_every_permission_says_yes(cast, switched_off):
    plant(cast.cleo, reader=cast.ben.person)
    planted = {model: model.objects.count() for model in private_models()}
    assert all(planted.values()), planted
    asked = [name for name, rule in PERMISSIONS.items() if rule.model in planted]
    assert len(asked) >= 9
    for name in asked:
        if not _uuid_pk(PERMISSIONS[name].model):  # a part: it is reached through what it is a part of
            with vault.seen_by(cast.eve.person):
                assert not access.visible(cast.eve.person.user, name).exists(), name
            continue
        pk = PERMISSIONS[name].model.objects.values_list("pk", flat=True).first()
        assert access.get(cast.eve.person.user, name, pk).pk == pk, "the policy table is switched off"
        with vault.seen_by(cast.eve.person):
            assert not access.visible(cast.eve.person.user, name).exists(), name
            with pytest.raises(Http404):
                access.get(cast.eve.person.user, name, pk)
    with vault.seen_by(cast.eve.person):
        assert {model.objects.count() for model in private_models()} == {0}
        assert {model._base_manager.count() for model in private_models()} == {0}
    with vault.seen_by(cast.ben.person):
        assert {model: model.objects.count() for model in private_models() if model.objects.exists()} == {
            Share: 1
        }
    with vault.seen_by(cast.cleo.person):
        assert {model: model.objects.count() for model in private_models()} == planted


def test_what_is_reached_past_every_manager_does_not_open_for_somebody_else(cast):
    plant(cast.cleo, reader=cast.ben.person)
    for person in (cast.eve.person, cast.ben.person):
        with vault.seen_by(person):
            for model in private_models():
                try:
                    rows = list(past_the_manager(model))
                except vault.NotForYou:
                    continue
                assert WORD not in str([vars(row) for row in rows]) or model is Share, model


@ON_POSTGRESQL
def test_the_database_itself_gives_no_foreign_row(cast):
    plant(cast.cleo, reader=cast.ben.person)
    planted = {model: past_the_manager(model).count() for model in private_models()}
    assert all(planted.values())
    with vault.seen_by(cast.eve.person):
        assert {past_the_manager(model).count() for model in private_models()} == {0}
    with vault.seen_by(cast.ben.person):
        assert {model for model in private_models() if past_the_manager(model).exists()} == {Share}
    with vault.seen_by(cast.cleo.person):
        assert {model: past_the_manager(model).count() for model in private_models()} == planted

    def nobody():
        with connection.cursor() as cursor:
            for model in private_models():
                cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
                assert cursor.fetchone() == (0,), model

    contextvars.Context().run(nobody)


@ON_POSTGRESQL
def test_the_database_takes_no_row_for_somebody_else(cast):
    from django.db import ProgrammingError

    with vault.seen_by(cast.eve.person):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Run.objects.create(owner=cast.cleo.person, kind="x")
        mine = Run.objects.create(owner=cast.eve.person, kind="x")
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            past_the_manager(Run).filter(pk=mine.pk).update(owner=cast.cleo.person)


@ON_POSTGRESQL
def test_a_rollback_leaves_nobody_elses_eyes_behind(cast):
    RunFactory.create(owner=cast.cleo.person)

    def count():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM web_run")
            return cursor.fetchone()[0]

    with vault.seen_by(cast.eve.person):
        with transaction.atomic(), vault.seen_by(cast.cleo.person):
            assert count() == 1
            transaction.set_rollback(True)
        assert count() == 0
    with vault.seen_by(cast.cleo.person):
        assert count() == 1
        with vault.seen_by(cast.eve.person), transaction.atomic():
            assert count() == 0
            transaction.set_rollback(True)
        assert count() == 1


@ON_POSTGRESQL
def test_the_policies_hold_for_the_owner_of_the_tables_and_are_made_again_by_every_migrate():
    names = [*(model._meta.db_table for model in private_models()), "web_ballot"]

    def standing():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid"
                " WHERE c.relrowsecurity AND c.relforcerowsecurity AND p.polname = %s",
                [policies.NAME],
            )
            return {name for (name,) in cursor.fetchall()}

    assert standing() == set(names)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP POLICY {policies.NAME} ON web_run")
        cursor.execute("ALTER TABLE web_share NO FORCE ROW LEVEL SECURITY")
    assert standing() == set(names) - {"web_run", "web_share"}
    policies.make()
    policies.make()
    assert standing() == set(names)


@ON_POSTGRESQL
def test_the_role_of_the_tests_is_bound_by_the_policies_and_a_superuser_would_be_refused(monkeypatch):
    from fairlead.web.vault import ready

    assert policies.passing_role() == ""
    assert ready.problems() == []
    # Nobody without special rights can give themselves some: the name of a role that has them is put in.
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolsuper LIMIT 1")
        (boss,) = cursor.fetchone()
    monkeypatch.setattr(policies, "WHO", f"'{boss}'")
    assert policies.passing_role() == boss
    (says,) = ready.problems()
    assert "NOBYPASSRLS" in says
    assert [error.id for error in ready.check(databases=["default"])] == ["fairlead.E001"]


def test_the_probe_says_when_the_wall_does_not_stand(client, monkeypatch, settings):
    PersonFactory.create()
    assert client.get("/readyz").content == b"ok\n"
    RunFactory.create(error=WORD)
    settings.VAULT_KEYS = ["x" * 40]
    found = client.get("/readyz")
    assert found.status_code == 503
    assert b"vault key" in found.content
