"""Sealed columns: plain in Python, noise in the database, and no way to write plain text into one."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import FieldError
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Upper
from tests.factories import PersonFactory, RunFactory

from fairlead.web import vault
from fairlead.web.audits.models import (
    AnswerSheet,
    HighPayoffEntry,
    OwnProfile,
    Procedure,
    Resolution,
    WeekTick,
)
from fairlead.web.runs.models import Run
from fairlead.web.sharing.models import Share
from fairlead.web.vault import keys
from fairlead.web.vault.fields import PlainText, Sealing, sealed
from fairlead.web.vault.models import DataKey
from fairlead.web.vault.tables import private_models

WORD = "Haselnussquark"

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return PersonFactory.create()


def stored(model, column):
    """The bytes as they stand in the database."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{model._meta.db_table}"')
        return [None if value is None else bytes(value) for (value,) in cursor.fetchall()]


def entry(owner, **more):
    return HighPayoffEntry.objects.create(owner=owner, area="own", **{"name": WORD, **more})


def test_text_data_and_bytes_come_back_and_stand_there_as_noise(ada):
    sheet = AnswerSheet.objects.create(
        owner=ada, instrument="x", version="1", sha256="", values={"a": 1.5, "b": None}, texts={"c": WORD}
    )
    sheet.refresh_from_db()
    assert (sheet.values, sheet.texts) == ({"a": 1.5, "b": None}, {"c": WORD})
    run = RunFactory.create(owner=ada, result=[WORD, {"z": 1, "a": 2}], error=WORD)
    assert Run.objects.values_list("result", "error").get(pk=run.pk) == ([WORD, {"z": 1, "a": 2}], WORD)
    for model, column in ((AnswerSheet, "texts"), (Run, "result"), (Run, "error")):
        (blob,) = stored(model, column)
        assert blob[0] == 1
        assert WORD.encode() not in blob


def test_what_holds_nothing_needs_no_key_and_comes_back_as_it_began(ada):
    run = Run.objects.create(owner=ada, kind="x")
    run.refresh_from_db()
    assert (run.params, run.svgs, run.error, run.result) == ({}, {}, "", None)
    assert stored(Run, "params") == [b""]
    assert stored(Run, "result") == [None]
    assert not DataKey.objects.exists()


def test_made_many_at_once_each_is_sealed_with_its_owners_key(ada):
    ben = PersonFactory.create()
    HighPayoffEntry.objects.bulk_create(
        [HighPayoffEntry(owner=who, area="own", name=WORD) for who in (ada, ben)]
    )
    assert WORD.encode() not in b"".join(stored(HighPayoffEntry, "name"))
    with vault.seen_by(ben):
        assert [one.name for one in HighPayoffEntry.objects.all()] == [WORD]
    assert DataKey.objects.count() == 2


@pytest.mark.parametrize(
    "value",
    [WORD, Value(WORD), F("area"), Upper("area"), Concat("area", Value(WORD))],
    ids=["text", "value", "column", "function", "sum"],
)
def test_no_update_writes_plain_text(ada, value):
    made = entry(ada)
    before = stored(HighPayoffEntry, "name")
    with pytest.raises(PlainText), transaction.atomic():
        HighPayoffEntry.objects.update(name=value)
    made.name = value
    if value == WORD:
        with pytest.raises(PlainText), transaction.atomic():
            HighPayoffEntry.objects.bulk_update([made], ["name"])
    else:
        for write in (
            made.save,
            lambda: made.save(update_fields=["name"]),
            lambda: HighPayoffEntry.objects.bulk_create([HighPayoffEntry(owner=ada, area="own", name=value)]),
            lambda: HighPayoffEntry.objects.create(owner=ada, area="own", name=value),
            lambda: HighPayoffEntry.objects.update_or_create(pk=made.pk, defaults={"name": value}),
        ):
            with pytest.raises(PlainText), transaction.atomic():
                write()
    assert stored(HighPayoffEntry, "name") == before


def test_an_update_takes_nothing_and_what_is_sealed(ada):
    made = entry(ada, saves=WORD)
    HighPayoffEntry.objects.update(saves="", name=sealed(made, "name", "Other"))
    made.refresh_from_db()
    assert (made.saves, made.name) == ("", "Other")
    made.people = WORD
    HighPayoffEntry.objects.bulk_update([made], ["area"])


@pytest.mark.parametrize(
    "asked",
    [
        {"name": WORD},
        {"name__contains": WORD},
        {"name__startswith": "H"},
        {"name__in": [WORD]},
        {"name__gt": "A"},
        {"name__length": 3},
    ],
    ids=repr,
)
def test_the_database_is_asked_for_no_sealed_value(ada, asked):
    entry(ada)
    with pytest.raises((PlainText, FieldError)):
        list(HighPayoffEntry.objects.filter(**asked))


def test_data_in_a_sealed_value_is_no_way_into_it(ada):
    RunFactory.create(owner=ada, result={"a": WORD})
    with pytest.raises(FieldError):
        list(Run.objects.filter(result__a=WORD))
    with pytest.raises(FieldError):
        list(Run.objects.values("result__a"))


def test_nothing_is_sorted_by_noise(ada):
    with pytest.raises(PlainText):
        Procedure.objects.order_by("-name")
    for model in private_models():
        named = {name.lstrip("-") for name in model._meta.ordering}
        assert not {f.name for f in model._meta.fields if isinstance(f, Sealing)} & named, model


def test_a_sealed_value_can_be_asked_whether_it_is_there(ada):
    entry(ada, saves=WORD)
    entry(ada)
    assert HighPayoffEntry.objects.exclude(saves="").count() == 1
    assert Run.objects.filter(result__isnull=True).count() == 0


def test_a_tick_is_sealed_with_the_key_of_whose_decision_it_is(ada):
    decision = Resolution.objects.create(owner=ada, text=WORD, decided_on=dt.date(2026, 1, 5))
    WeekTick.objects.update_or_create(
        resolution=decision, monday=dt.date(2026, 1, 5), defaults={"note": WORD}
    )
    assert WORD.encode() not in stored(WeekTick, "note")[0]
    with vault.seen_by(ada):
        assert WeekTick.objects.get().note == WORD
    with vault.seen_by(PersonFactory.create()):
        assert not WeekTick.objects.exists()
    assert DataKey.objects.count() == 1


def test_a_share_opens_for_its_owner_and_its_reader_and_nobody_else(ada):
    ben, eve = PersonFactory.create(), PersonFactory.create()
    share = Share.objects.create(
        owner=ada,
        reader=ben,
        kind="reading",
        object_id=ada.pk,
        title=WORD,
        snapshot=[WORD],
        until=dt.date(2099, 1, 1),
    )
    for person in (ada, ben):
        with vault.seen_by(person):
            assert (Share.objects.get().title, Share.objects.get().snapshot) == (WORD, [WORD])
    blob = stored(Share, "snapshot")[0]
    field = Share._meta.get_field("snapshot")
    with vault.seen_by(eve):
        assert not Share.objects.filter(pk=share.pk).exists()
        with pytest.raises(vault.NotForYou):
            field.from_db_value(blob, None, connection)
    with vault.seen_by(ben):
        assert field.from_db_value(blob, None, connection) == [WORD]


def test_a_value_moved_into_a_row_of_somebody_else_opens_for_neither(ada):
    eve = PersonFactory.create()
    entry(ada)
    hers = entry(eve, name="Mine")
    blob = max(stored(HighPayoffEntry, "name"), key=len)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE web_highpayoffentry SET name = %s", [blob])
    with vault.seen_by(eve), pytest.raises(vault.NotForYou):
        HighPayoffEntry.objects.get(pk=hers.pk)


def test_a_key_that_is_rolled_back_seals_nothing_afterwards(ada):
    with vault.on_duty("test"):
        with transaction.atomic():
            entry(ada)
            transaction.set_rollback(True)
        made = entry(ada)
    with vault.on_duty("test"):
        assert HighPayoffEntry.objects.get(pk=made.pk).name == WORD


def test_opening_many_rows_asks_for_the_key_once(ada, django_assert_num_queries):
    for _ in range(5):
        entry(ada, saves=WORD, people=WORD)
    with vault.seen_by(ada), django_assert_num_queries(2):
        assert len([one.people for one in HighPayoffEntry.objects.filter(owner=ada)]) == 5


def test_a_destroyed_key_says_so_and_opens_nothing(ada):
    made = entry(ada)
    vault.destroy_key(ada)
    assert not DataKey.objects.exists()
    with pytest.raises(keys.KeyGone):
        HighPayoffEntry.objects.get(pk=made.pk)


def test_too_long_a_text_is_said_before_it_is_sealed(ada):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="at most 200"):
        OwnProfile(owner=ada, title="x" * 201, source="own", profile={"a": 1}).full_clean()
