"""Reading runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fairlead.web import rights
from fairlead.web.runs.models import Run, State

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

FIELDS: Final = {
    "Run": {
        "id": "The number of this piece of work.",
        "owner": "Whose it is: you.",
        "kind": "What was worked out.",
        "state": "Whether it waits, is at work, is done or has failed.",
        "progress": "How far it is, in percent.",
        "words": "What it is doing at the moment.",
        "page": "The page that shows its result.",
        "params": "What you asked for.",
        "inputs_digest": "SHA-256 of what went in, to prove that the same input gives the same result.",
        "method": "The version of the method that made the result.",
        "seed": "The start of the random numbers it used.",
        "result": "The result.",
        "svgs": "The figures drawn from the result.",
        "error": "Why it failed, if it did.",
        "created_at": "When you asked for it.",
        "started_at": "When work on it began.",
        "finished_at": "When work on it ended.",
    },
}


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Give everything that was worked out for the person."""
    return {"Run": rights.rows(Run.objects.filter(owner=person), FIELDS["Run"])}


def newest(person: Person, kind: str) -> Run | None:
    """Give the person's newest run of that kind, or none."""
    return Run.objects.filter(owner=person, kind=kind).first()


def at_work(person: Person) -> list[Run]:
    """Give what the person waits for at the moment."""
    return list(Run.objects.filter(owner=person, state__in=[State.QUEUED, State.RUNNING]))


def under_way(person: Person, kind: str, inputs_digest: str) -> Run | None:
    """Give the run that waits or works on exactly the same for the person, or none."""
    going = Run.objects.filter(owner=person, kind=kind, state__in=[State.QUEUED, State.RUNNING])
    return going.filter(inputs_digest=inputs_digest).first()
