"""An analysis from its start to its end."""

from __future__ import annotations

import pytest
from django.db import transaction
from django_tasks import task
from tests.factories import PersonFactory, RunFactory

from fairlead.core.problems import BadInput, Problem
from fairlead.web.runs import actions
from fairlead.web.runs.actions import Outcome, Refused
from fairlead.web.runs.models import Run, State
from fairlead.web.trail.models import Entry

SEEN: list[tuple[int, str, int]] = []


def doubled(run, progress):
    progress(40, "Doubling.")
    SEEN.append((Run.objects.get(pk=run.pk).progress, Run.objects.get(pk=run.pk).words, run.params["n"]))
    return Outcome(result={"n": run.params["n"] * 2}, svgs={"line": "<svg/>"}, method="doubling 1")


@task
def double(run_id: str) -> None:
    actions.fulfil(run_id, doubled)


@task
def divide(run_id: str) -> None:
    actions.fulfil(run_id, lambda run, progress: Outcome(result=1 / run.params["n"]))


@pytest.fixture
def ada(db):
    return PersonFactory.create()


def start(ada, which=double, **params):
    return actions.start(which, owner=ada, kind="doubling", params=params, page="/today/")


def test_a_run_starts_after_the_commit_and_ends_with_a_result(ada, django_capture_on_commit_callbacks):
    SEEN.clear()
    with django_capture_on_commit_callbacks(execute=True):
        run = start(ada, n=21)
        assert Run.objects.get(pk=run.pk).state == State.QUEUED
    run.refresh_from_db()
    assert (run.state, run.progress, run.result, run.method) == (State.DONE, 100, {"n": 42}, "doubling 1")
    assert run.svgs == {"line": "<svg/>"}
    assert run.started_at <= run.finished_at
    assert SEEN == [(40, "Doubling.", 21)]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_rolls_back_leaves_neither_run_nor_work():
    SEEN.clear()
    ada = PersonFactory.create()
    with transaction.atomic():
        start(ada, n=1)
        transaction.set_rollback(True)
    assert not Run.objects.exists()
    assert SEEN == []


def test_fulfilling_twice_changes_nothing(ada):
    run = RunFactory.create(owner=ada, params={"n": 2})
    actions.fulfil(run.pk, doubled)
    before = Run.objects.values().get(pk=run.pk)
    actions.fulfil(run.pk, lambda _run, _progress: Outcome(result="something else"))
    assert Run.objects.values().get(pk=run.pk) == before


def test_bad_input_becomes_the_sentence_of_the_run(ada):
    problem = Problem(
        file="calendar.ics", line=14, column=3, wrong="This is not a date.", right="Write 20260302."
    )

    def refuses(_run, _progress):
        raise BadInput(problem)

    run = RunFactory.create(owner=ada)
    actions.fulfil(run.pk, refuses)
    run.refresh_from_db()
    assert run.state == State.FAILED
    assert run.error == "calendar.ics, line 14, column 3: This is not a date. Write 20260302."
    assert run.result is None


def test_a_fault_becomes_one_sentence_and_never_a_traceback(ada, django_capture_on_commit_callbacks, caplog):
    with django_capture_on_commit_callbacks(execute=True):
        run = start(ada, divide, n=0)
    run.refresh_from_db()
    assert run.state == State.FAILED
    assert run.error == actions.FAULT.format(run=run.pk)
    assert "ZeroDivisionError" in caplog.text, "whoever runs the installation reads the details"


def test_a_refusal_is_said_as_it_is(ada):
    def refuses(_run, _progress):
        raise Refused("There is no calendar yet.")

    run = RunFactory.create(owner=ada)
    actions.fulfil(run.pk, refuses)
    run.refresh_from_db()
    assert run.error == "There is no calendar yet."


def test_what_belongs_to_the_outcome_is_kept_or_lost_with_it(ada):
    def keeps(_run, _progress):
        def keep():
            RunFactory.create(owner=ada, kind="kept beside")
            raise Refused("The second write cannot be made.")

        return Outcome(result=1, keep=keep)

    run = RunFactory.create(owner=ada)
    actions.fulfil(run.pk, keeps)
    run.refresh_from_db()
    assert run.state == State.FAILED
    assert not Run.objects.filter(kind="kept beside").exists()


def test_an_account_deleted_meanwhile_gets_nothing_written(ada):
    def leaves(run, _progress):
        ada.delete()
        return Outcome(result=1, keep=lambda: pytest.fail("nothing may be kept"))

    run = RunFactory.create(owner=ada)
    actions.fulfil(run.pk, leaves)
    assert not Run.objects.exists()


def test_a_killed_worker_leaves_a_run_that_is_failed_later(ada):
    waiting = RunFactory.create(owner=ada)
    lost = RunFactory.create(owner=ada, state=State.RUNNING, started_at=ada.created_at)
    assert actions.fail_lost() == 1
    lost.refresh_from_db()
    waiting.refresh_from_db()
    assert (lost.state, lost.error) == (State.FAILED, actions.LOST)
    assert waiting.state == State.QUEUED


def test_start_and_end_stand_in_the_trail_without_content(ada):
    run = start(ada, n=3, secret="CANARY-7")
    actions.fulfil(run.pk, doubled)
    verbs = list(Entry.objects.filter(object_id=run.pk).values_list("verb", flat=True))
    assert verbs == ["start", "finish"]
    assert "CANARY-7" not in str(list(Entry.objects.values()))


def test_the_digest_does_not_depend_on_the_order_of_keys():
    assert actions.digest({"a": 1, "b": [2]}) == actions.digest({"b": [2], "a": 1})
    assert actions.digest({"a": 1}) != actions.digest({"a": 2})
