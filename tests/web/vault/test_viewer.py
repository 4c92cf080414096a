"""Who looks sees their own; nobody sees nothing; the house says why."""

from __future__ import annotations

import contextvars

import pytest
from django.apps import apps
from django.db import models
from tests.cast import sign_in_who_waits
from tests.factories import PersonFactory, RunFactory

from fairlead.web import vault
from fairlead.web.audits.models import HighPayoffEntry, Reading
from fairlead.web.people.models import Person
from fairlead.web.runs.models import Run
from fairlead.web.vault import viewer
from fairlead.web.vault.private import Private, PrivateManager
from fairlead.web.vault.tables import APART, KEY_TABLES, VAULT, private_models, schema_of, schemas

pytestmark = pytest.mark.django_db


def alone(work):
    """Do something where nobody looks, as a fresh thread would."""
    return contextvars.Context().run(work)


FOR_COLLEAGUES = {"Tip", "Idea", "IdeaAnswer", "UnitFollow", "CalibrationNote", "PeerInput"}
"""Written to be read by everybody in the chart, by the policy table; of which units one hears ideas; and what
belongs to a case and its committee: a note, and that a colleague was asked (their words lie in the vault)."""


def test_every_model_with_an_owner_or_a_reader_is_private():
    for model in apps.get_app_config("web").get_models():
        names = {f.name for f in model._meta.fields if isinstance(f, models.ForeignKey)}
        if names & {"owner", "reader", "author"} and model.__name__ not in FOR_COLLEAGUES:
            assert issubclass(model, Private), model
        for field in model._meta.fields:
            if isinstance(field, models.ForeignKey) and issubclass(field.related_model, Private):
                assert issubclass(model, Private), f"{model} points into the vault from outside"


def test_private_tables_are_these_and_stand_in_the_vault():
    assert {model.__name__ for model in private_models()} >= {
        "AnswerSheet", "CalendarImport", "HighPayoffEntry", "OwnProfile", "OwnRule", "Procedure", "Reading",
        "Remembered", "Resolution", "Run", "Share", "SortingSalt", "WeekTick",
    }  # fmt: skip
    assert {schema_of(model._meta.db_table) for model in private_models()} == {VAULT}
    assert set(schemas().values()) == set(APART)
    assert {m._meta.db_table for m in apps.get_app_config("web").get_models()} >= KEY_TABLES
    assert schema_of("new__web_run") == VAULT


def test_no_foreign_key_crosses_from_one_file_to_another():
    for model in apps.get_app_config("web").get_models():
        for field in model._meta.fields:
            if isinstance(field, models.ForeignKey) and field.db_constraint:
                there = schema_of(field.related_model._meta.db_table)
                assert schema_of(model._meta.db_table) == there, f"{model.__name__}.{field.name}"


def test_every_way_to_a_private_row_goes_through_the_one_who_looks():
    for model in private_models():
        assert isinstance(model._default_manager, PrivateManager), model
        assert isinstance(model._base_manager, PrivateManager), model


def test_where_nobody_looks_every_question_raises():
    run = RunFactory.create()
    for ask in (
        Run.objects.all,
        Run.objects.count,
        lambda: list(run.owner.runs.all()),
        run.refresh_from_db,
        run.delete,
        run.owner.delete,
        lambda: Run.objects.filter(pk=run.pk).update(state="done"),
    ):
        with pytest.raises(vault.NobodyLooks):
            alone(ask)
    assert Run.objects.filter(pk=run.pk, state="queued").exists()


def test_one_sees_their_own_rows_and_no_others():
    ada, eve = PersonFactory.create(), PersonFactory.create()
    mine, hers = RunFactory.create(owner=ada), RunFactory.create(owner=eve)
    with vault.seen_by(ada):
        assert list(Run.objects.all()) == [mine]
        assert not eve.runs.exists()
        assert Run.objects.filter(pk=hers.pk).update(state="done") == 0
        assert Run.objects.filter(pk=hers.pk).delete()[0] == 0
        with pytest.raises(Run.DoesNotExist):
            hers.refresh_from_db()
    assert Run.objects.count() == 2


def test_a_row_reached_over_another_is_only_there_for_whoever_may_see_it():
    ada, eve = PersonFactory.create(), PersonFactory.create()
    reading = Reading.objects.create(owner=eve, run=RunFactory.create(owner=ada), made_on="2026-01-05")
    with vault.seen_by(eve):
        found = Reading.objects.get(pk=reading.pk)
        with pytest.raises(Run.DoesNotExist):
            _ = found.run


def test_the_innermost_look_counts_and_ends():
    ada, eve = PersonFactory.create(), PersonFactory.create()
    RunFactory.create(owner=ada)
    with vault.seen_by(eve):
        with vault.on_duty("retention"):
            assert Run.objects.count() == 1
            with vault.seen_by(eve):
                assert Run.objects.count() == 0
        assert Run.objects.count() == 0
        with pytest.raises(ZeroDivisionError), vault.seen_by(ada):
            1 / 0  # noqa: B018 - the fault
        assert Run.objects.count() == 0


def test_a_duty_is_one_of_a_closed_list():
    with pytest.raises(ValueError, match="is no duty"), vault.on_duty("curiosity"):
        pass


def test_the_product_never_names_the_duty_of_the_tests():
    from pathlib import Path

    import fairlead.web

    for file in Path(fairlead.web.__file__).parent.rglob("*.py"):
        assert 'on_duty("test")' not in file.read_text("utf-8"), file


def test_a_request_is_seen_by_whoever_is_signed_in_whatever_stands_around_it(cast):
    entry = HighPayoffEntry.objects.create(owner=cast.ada.person, area="own", name="Haselnuss")
    assert cast.ada.browser.get(f"/role/high-payoff/{entry.pk}/").status_code == 200
    with vault.seen_by(cast.ada.person):
        assert cast.eve.browser.get(f"/role/high-payoff/{entry.pk}/").status_code == 404
        assert viewer.current().person == cast.ada.person.pk


def test_a_page_without_anything_private_asks_nothing_more(cast, django_assert_num_queries):
    with django_assert_num_queries(0):
        cast.visitor.get("/healthz")


def test_a_look_ends_with_its_request(cast):
    def ask():
        cast.ada.browser.get("/role/")
        return viewer.current()

    sign_in_who_waits()  # another thread has a connection of its own
    assert alone(ask) is None


def test_the_keys_of_a_look_end_with_it():
    ada = PersonFactory.create()
    RunFactory.create(owner=ada, error="x")
    with vault.seen_by(ada):
        assert Run.objects.get().error == "x"
        assert viewer.current().keys
    with vault.seen_by(ada):
        assert not viewer.current().keys


def test_somebody_removed_takes_their_rows_along_in_all_files():
    ada = PersonFactory.create()
    RunFactory.create(owner=ada)
    Person.objects.filter(pk=ada.pk).delete()
    assert not Run.objects.exists()
