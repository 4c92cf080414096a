"""The worker keeps promises about time too, where no timer does."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories import PersonFactory

from fairlead.web.audits.models import CalendarImport
from fairlead.web.management.commands import worker
from fairlead.web.runs.models import Run, State


@pytest.fixture(autouse=True)
def _queue(settings):
    """The product's own queue: a table."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.mark.django_db(transaction=True)
def test_titles_whose_days_are_over_go_without_a_timer_beside_the_worker():
    person = PersonFactory.create()
    old, young = timezone.now() - timedelta(hours=1), timezone.now() + timedelta(days=1)
    for until in (old, young):
        CalendarImport.objects.create(owner=person, titles=b"packed", titles_until=until)
    stop = threading.Event()
    stop.set()  # one round

    worker.tidy(stop)

    assert CalendarImport.objects.get(titles_until=None).titles is None
    assert bytes(CalendarImport.objects.get(titles_until=young).titles) == b"packed"


@pytest.mark.django_db(transaction=True)
def test_a_round_that_fails_ends_neither_the_worker_nor_the_next_round(monkeypatch, caplog):
    rounds: list[str] = []
    stop = threading.Event()

    def broken(name: str, **_options: object) -> None:
        rounds.append(name)
        if len(rounds) == 2:
            stop.set()
        raise RuntimeError("broken")

    monkeypatch.setattr(worker, "call_command", broken)
    worker.tidy(stop, every=0.01)
    assert rounds == ["tick", "tick"]
    assert "the next round tries again" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_work_that_has_just_begun_is_not_given_up_by_a_round():
    run = Run.objects.create(
        owner=PersonFactory.create(), kind="reading", state=State.RUNNING, started_at=timezone.now()
    )
    stop = threading.Event()
    stop.set()
    worker.tidy(stop)
    run.refresh_from_db()
    assert run.state == State.RUNNING
