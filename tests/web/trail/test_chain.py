"""Lines are sealed onto each other, one after the other whoever writes, and never changed."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories import PersonFactory
from tests.web.trail.chain import FIRST_DAY, chain, sql

from fairlead.web import trail
from fairlead.web.trail import actions, checking, expiry, sealing
from fairlead.web.trail.models import Entry, Head, NeverChanged


def test_a_chain_that_nobody_touched_is_whole(db):
    heads = checking.read_heads(chain(30))
    assert checking.verify(heads).says == (
        "The record is whole: lines 1 to 30 follow from each other and agree with the 3 heads given."
    )
    assert checking.verify().says == "The record is whole: lines 1 to 30 follow from each other."


def test_an_empty_record_is_whole_and_says_so(db):
    assert checking.verify().says == "The record is whole: it holds no lines yet."


def test_a_seal_is_the_hmac_of_the_seal_before_and_the_line(db, settings):
    import hashlib
    import hmac
    import json

    settings.TRAIL_KEYS = ["first key"]
    ada, ben = PersonFactory.create(), PersonFactory.create()
    trail.record(ada, "keep", ada, count=3)
    trail.saw(ada, ben, subject=ben)
    before = "0" * 64
    for line in Entry.objects.order_by("id"):
        plain = [
            line.id,
            line.at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%f+00:00"),
            line.actor.hex,
            line.verb,
            line.object_kind,
            line.object_id.hex,
            line.subject.hex if line.subject else None,
            line.facts,
        ]
        written = json.dumps(plain, sort_keys=True, separators=(",", ":"))
        before = hmac.new(b"first key", (before + written).encode(), hashlib.sha256).hexdigest()
        assert line.seal == before


def test_facts_of_every_kind_survive_the_database(db):
    ada = PersonFactory.create()
    for fact in (0.1, 1e20, 1e-7, -0.0, 3.0, 2**53, True, False, None, "Ünter", "", ada.pk):
        trail.record(ada, "keep", ada, fact=fact, zeta=1, alpha=2)
    assert checking.verify().whole


@pytest.mark.parametrize("fact", [float("nan"), float("inf")])
def test_a_fact_that_is_no_number_is_refused(db, fact):
    ada = PersonFactory.create()
    with pytest.raises(ValueError, match="JSON compliant"):
        trail.record(ada, "keep", ada, fact=fact)


def test_a_line_costs_one_query_more_than_itself(db):
    ada = PersonFactory.create()
    trail.record(ada, "keep", ada)
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        trail.record(ada, "keep", ada)
    lock = 1 if connection.vendor == "postgresql" else 0
    assert len(asked) == 2 + lock
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        trail.record_many(ada, [trail.Doing("keep", ada, None, {"count": n}) for n in range(50)])
    assert len(asked) == 2 + lock
    assert checking.verify().whole
    assert Entry.objects.count() == 52


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_make_one_chain():
    ada = PersonFactory.create()
    ready, faults = threading.Barrier(4), []

    def write() -> None:
        try:
            ready.wait()
            for number in range(25):
                if number % 2:
                    trail.record(ada, "keep", ada, number=number)
                else:
                    with transaction.atomic():
                        trail.record(ada, "tick", ada)
                        trail.record(ada, "keep", ada, number=number)
        except Exception as fault:  # noqa: BLE001 - a thread tells what it met
            faults.append(fault)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert faults == []
    found = checking.verify()
    assert found.whole, found.says
    assert found.lines == 4 * (13 * 2 + 12)


def test_a_line_that_was_rolled_back_leaves_no_gap(db):
    ada = PersonFactory.create()
    trail.record(ada, "keep", ada)
    with transaction.atomic():
        trail.record(ada, "keep", ada)
        transaction.set_rollback(True)
    trail.record(ada, "keep", ada)
    assert list(Entry.objects.order_by("id").values_list("id", flat=True)) == [1, 2]
    assert checking.verify().whole


def test_code_cannot_change_remove_or_forge_a_line(db):
    ada = PersonFactory.create()
    trail.record(ada, "keep", ada)
    line = Entry.objects.get()
    line.verb = "tick"
    for attempt in (
        line.save,
        line.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(verb="tick"),
        lambda: Entry.objects.bulk_update([line], ["verb"]),
        lambda: Entry.objects.create(verb="keep", object_kind="person", object_id=ada.pk),
        lambda: Entry.objects.bulk_create([Entry(verb="keep", object_kind="person", object_id=ada.pk)]),
        lambda: Entry.objects.bulk_create([line], ignore_conflicts=True),
        lambda: Entry.objects.update_or_create(id=line.id, defaults={"verb": "tick"}),
    ):
        with pytest.raises(NeverChanged), transaction.atomic():
            attempt()
    assert Entry.objects.get().verb == "keep"


def test_the_database_refuses_too(db):
    chain(10)
    statements = ["UPDATE web_entry SET verb = 'tick' WHERE id = 3", "DELETE FROM web_entry WHERE id = 10"]
    if connection.vendor == "sqlite":
        statements.append("INSERT OR REPLACE INTO web_entry SELECT * FROM web_entry WHERE id = 3")
    else:
        statements.append("TRUNCATE web_entry")
    for statement in statements:
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            sql(statement)
    assert checking.verify().lines == 10


@pytest.mark.django_db(transaction=True)
def test_a_whole_database_can_still_be_emptied_and_is_guarded_again():
    ada = PersonFactory.create()
    trail.record(ada, "keep", ada)
    call_command("flush", interactive=False, verbosity=0)
    assert Entry.objects.count() == 0
    ada = PersonFactory.create()
    trail.record(ada, "keep", ada)
    with pytest.raises(DatabaseError, match="never changed"):
        sql("DELETE FROM web_entry")


# --- old lines go, the chain stays ------------------------------------------------------------


def test_lines_go_with_their_day_and_the_chain_stays_whole(db):
    heads = checking.read_heads(chain(30))
    later = FIRST_DAY.replace(hour=0) + dt.timedelta(days=730)
    with time_machine.travel(later, tick=False):
        assert actions.prune(timezone.now(), 730) == 0, "not a day early"
    with time_machine.travel(later + dt.timedelta(days=1), tick=False):
        assert actions.prune(timezone.now(), 730) == 10
        assert checking.verify().whole
        found = checking.verify(heads)
        assert found.says.startswith("The record is whole: lines 11 to 31")
    with time_machine.travel(later + dt.timedelta(days=9), tick=False):
        assert actions.prune(timezone.now(), 730) == 20
        assert actions.prune(timezone.now(), 730) == 0
        found = checking.verify(heads)
        assert found.whole, found.says
        assert list(Entry.objects.values_list("verb", flat=True)) == ["prune", "prune"]
        assert Head.objects.filter(pruned=True).count() == 1


def test_after_a_prune_of_everything_the_next_line_follows_the_last(db):
    chain(10)
    with time_machine.travel(FIRST_DAY + dt.timedelta(days=800), tick=False):
        actions.prune(timezone.now(), 730)
    assert Entry.objects.get().id == 11
    assert checking.verify().whole


def test_after_a_prune_a_line_in_the_middle_still_cannot_go(db):
    chain(30)
    with time_machine.travel(FIRST_DAY + dt.timedelta(days=732), tick=False):
        actions.prune(timezone.now(), 730)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        sql("DELETE FROM web_entry WHERE id = 25")


def test_a_head_from_outside_shows_a_prune_that_came_too_early(db):
    heads = checking.read_heads(chain(30))
    with time_machine.travel(FIRST_DAY + dt.timedelta(days=5), tick=False):
        assert actions.prune(timezone.now(), 2) == 30
        assert checking.verify(heads).whole, "the setting was two days, and the line says so"
    from fairlead.web.trail.checking import Kept

    young = [Kept(dt.date(2026, 3, 20), 12, "0" * 64)]
    assert checking.verify(young).how == "missing"


def test_retention_takes_old_verdicts_along(db):
    chain(10)
    with time_machine.travel(FIRST_DAY, tick=False):
        actions.check()
    with time_machine.travel(FIRST_DAY + dt.timedelta(days=731), tick=False):
        assert expiry.clear_record(timezone.now(), 730) == 11


# --- keys -------------------------------------------------------------------------------------


def test_after_a_change_of_keys_old_lines_still_verify(db, settings):
    settings.TRAIL_KEYS = ["one"]
    ada = PersonFactory.create()
    trail.record(ada, "keep", ada)
    settings.TRAIL_KEYS = ["two", "one"]
    trail.record(ada, "keep", ada)
    settings.TRAIL_KEYS = ["three", "two", "one"]
    trail.record(ada, "keep", ada)
    assert checking.verify().whole
    settings.TRAIL_KEYS = ["three", "two"]
    assert checking.verify().wrong == 1


def test_an_old_key_seals_nothing_once_a_newer_one_is_in_use(db, settings):
    settings.TRAIL_KEYS = ["one"]
    ada = PersonFactory.create()
    trail.record(ada, "keep", ada)
    settings.TRAIL_KEYS = ["two", "one"]
    trail.record(ada, "keep", ada)
    settings.TRAIL_KEYS = ["one"]  # somebody found the old key
    trail.record(ada, "keep", ada)
    settings.TRAIL_KEYS = ["two", "one"]
    found = checking.verify()
    assert (found.wrong, found.how) == (3, "changed")


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    import os
    import subprocess
    import sys

    kept = {name: value for name, value in os.environ.items() if not name.startswith("FAIRLEAD_")}
    code = "from fairlead.web import settings; print(settings.TRAIL_KEYS)"

    def keys(**more: str) -> str:
        env = kept | {"FAIRLEAD_DATA": str(tmp_path)} | more
        done = subprocess.run(
            [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
        )
        return done.stdout

    first = keys()
    assert first == keys()
    path = tmp_path / "trail.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text() in first
    assert len(path.read_text()) > 60
    (tmp_path / "given").write_text("given key\n")
    assert keys(FAIRLEAD_TRAIL_KEY_FILE=str(tmp_path / "given"), FAIRLEAD_OLD_TRAIL_KEY="b, a") == (
        "['given key', 'b', 'a']\n"
    )


@pytest.mark.slow
def test_a_hundred_thousand_lines_are_walked_within_ten_seconds(db):
    import time

    ada, ben = PersonFactory.create(), PersonFactory.create()
    for _batch in range(20):
        trail.record_many(ada, [trail.Doing("saw", ben, ben, {"count": n}) for n in range(5_000)])
    told: list[int] = []
    began = time.process_time()
    found = checking.verify(say=told.append)
    took = time.process_time() - began
    assert found.whole
    assert found.lines == 100_000
    assert told == list(range(10_000, 100_001, 10_000))
    assert took < 10, f"{took:.1f} s"


def test_seals_do_not_depend_on_the_zone_of_the_installation(db, settings):
    chain(10)
    with timezone.override("Asia/Kolkata"):
        assert checking.verify().whole
    assert sealing.keys()
