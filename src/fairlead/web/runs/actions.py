"""Starting an analysis, and bringing it to its end."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone
from django_tasks.backends.immediate import ImmediateBackend

from fairlead.core.problems import BadInput
from fairlead.web import trail, vault
from fairlead.web.runs.models import Run, State
from fairlead.web.vault.fields import sealed

if TYPE_CHECKING:
    from uuid import UUID

    from django_tasks.base import Task

    from fairlead.web.people.models import Person

log = logging.getLogger(__name__)

FAULT: Final = (
    "This is a fault in Fairlead and not in what you sent. Nothing was kept half done. "
    "Whoever runs this installation finds the details in its log under the number {run}."
)
LOST: Final = (
    "The computer stopped while this was being worked on. Nothing was kept half done; please start again."
)

Progress = Callable[[int, str], None]
"""``progress(percent, words)``: how far the work is, in words a person understands."""


class Refused(Exception):  # noqa: N818 - named for what it means to a person
    """A sentence for the person why this cannot be done."""


def _nothing() -> None:
    """Keep nothing beside the run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run leaves behind: a plain JSON result, the figures drawn from it, how it was made.

    ``keep`` makes the writes that belong to the outcome; it is called in the transaction that ends
    the run, so that both stand or neither does.
    """

    result: Any = None
    svgs: dict[str, str] = field(default_factory=dict)
    method: str = ""
    keep: Callable[[], None] = _nothing


@transaction.atomic
def start(
    task: Task[[str], None],
    *,
    owner: Person,
    kind: str,
    params: dict[str, Any],
    page: str = "",
    inputs_digest: str = "",
    seed: int = 0,
) -> Run:
    """Make a run and hand it to the worker; ``page`` is where its result will be seen."""
    run = Run.objects.create(
        owner=owner,
        kind=kind,
        params=params,
        page=page,
        inputs_digest=inputs_digest or digest(params),
        seed=seed,
    )
    trail.record(owner, "start", run, kind=kind)
    if isinstance(task.get_backend(), ImmediateBackend):
        transaction.on_commit(lambda: task.enqueue(str(run.pk)))
    else:  # the queue is a table: the task stands or falls with this transaction
        task.enqueue(str(run.pk))
    return run


def fulfil(run_id: UUID | str, compute: Callable[[Run, Progress], Outcome]) -> None:
    """Work on a run that waits; called again on one that is at work or over, it does nothing.

    ``compute(run, progress)`` runs outside any transaction, so that its progress can be seen and
    the database stays free. ``BadInput`` and ``Refused`` become the run's sentence; any other
    exception is logged in full and the person reads one sentence.
    """
    with vault.on_duty("worker"):
        began = Run.objects.filter(pk=run_id, state=State.QUEUED).update(
            state=State.RUNNING, started_at=timezone.now(), progress=1
        )
        if not began:
            return
        owner = Run.objects.values_list("owner", flat=True).get(pk=run_id)
    with vault.seen_by(owner):
        _work(Run.objects.select_related("owner__user").get(pk=run_id), compute)


def _work(run: Run, compute: Callable[[Run, Progress], Outcome]) -> None:
    try:
        outcome = compute(run, lambda percent, words: _progress(run, percent, words))
        _finish(run, outcome)
    except (BadInput, Refused) as error:
        _fail(run, str(error))
    except Exception:
        log.exception("Run %s (%s) failed", run.pk, run.kind)
        _fail(run, FAULT.format(run=run.pk))


def fail_lost(*, started_before: timedelta = timedelta(0)) -> int:
    """Fail what a killed worker left at work, and say how many; nothing else would ever end it."""
    with vault.on_duty("worker"):
        lost = Run.objects.filter(state=State.RUNNING, started_at__lte=timezone.now() - started_before)
        return sum(_end(run, LOST) for run in lost.only("owner"))


def _end(run: Run, sentence: str) -> int:
    """End a run that is at work with a sentence; say whether it was."""
    return Run.objects.filter(pk=run.pk, state=State.RUNNING).update(
        state=State.FAILED, error=sealed(run, "error", sentence[:2000]), words="", finished_at=timezone.now()
    )


def digest(params: Any) -> str:
    """SHA-256 of plain JSON data, the same whatever the order of its keys."""
    return hashlib.sha256(json.dumps(params, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _progress(run: Run, percent: int, words: str) -> None:
    Run.objects.filter(pk=run.pk, state=State.RUNNING).update(
        progress=min(max(percent, 1), 99), words=words[:200]
    )


@transaction.atomic
def _finish(run: Run, outcome: Outcome) -> None:
    # Locks the row: somebody may have deleted the account, or a new worker given the run up, meanwhile.
    if not Run.objects.select_for_update().filter(pk=run.pk, state=State.RUNNING).exists():
        return
    outcome.keep()
    run.state, run.progress, run.words = State.DONE, 100, ""
    run.result, run.svgs, run.method = outcome.result, outcome.svgs, outcome.method
    run.finished_at = timezone.now()
    run.save(update_fields=["state", "progress", "words", "result", "svgs", "method", "finished_at"])
    trail.record(run.owner, "finish", run, kind=run.kind)


@transaction.atomic
def _fail(run: Run, sentence: str) -> None:
    if _end(run, sentence):
        trail.record(run.owner, "fail", run, kind=run.kind)
