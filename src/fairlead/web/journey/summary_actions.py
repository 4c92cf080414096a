"""Drafting, changing and keeping summaries of a quarter or a year (rows 102, 103)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from fairlead.web import erasing, trail
from fairlead.web.journey import criteria, queries, summarizing
from fairlead.web.journey.models import Summary
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

VERSIONS_KEPT: Final = 12
DRAFTED: Final = "drafted from the entries"
EDITED: Final = "edited"
RESTORED: Final = "taken back from an earlier version"


@transaction.atomic
def begin(*, actor: Person, year: int, quarter: int) -> Summary:
    """Draft a summary of a time; one that is there already stays as it is."""
    _lock(actor)
    there = Summary.objects.filter(owner=actor, year=year, quarter=quarter).first()
    if there is not None:
        return there
    first, _last = summarizing.bounds(year, quarter)
    if first > queries.today_of(actor):
        raise Refused("This time is still to come.")
    kind = Summary.Kind.QUARTER if quarter else Summary.Kind.YEAR
    made = Summary(owner=actor, kind=kind, year=year, quarter=quarter)
    made.versions = [_version(_drafted(actor, made), DRAFTED)]
    made.save(force_insert=True)
    trail.record(actor, "add", made)
    return made


@transaction.atomic
def draft_anew(*, actor: Person, summary: Summary) -> None:
    """Draft it again from the entries of now, as a new version; what stood there can be gone back to."""
    now = _again(summary)
    _keep(now, _drafted(actor, now), DRAFTED)
    trail.record(actor, "change", now)


@transaction.atomic
def edit(*, actor: Person, summary: Summary, content: dict[str, Any], seen: int) -> None:
    """Keep a changed summary as a new version; ``seen`` is how many there were when it was opened."""
    now = _again(summary)
    if number_of(now) != seen:
        raise Refused("This summary was changed in another window. Copy what you typed, and open it again.")
    _keep(now, content | {"facts": now.versions[-1]["content"].get("facts", {})}, EDITED)
    trail.record(actor, "change", now)


@transaction.atomic
def restore(*, actor: Person, summary: Summary, number: int) -> None:
    """Go back to an earlier version; what stands now stays as one."""
    now = _again(summary)
    found = next((one for one in now.versions if one["number"] == number), None)
    if found is None:
        raise Refused("This version is not kept any more.")
    _keep(now, found["content"], RESTORED)
    trail.record(actor, "undo", now)


@transaction.atomic
def remove(*, actor: Person, summary: Summary) -> None:
    """Delete a summary with its versions; the entries stay."""
    trail.record(actor, "delete", summary)
    summary.delete()
    erasing.for_good()


def number_of(summary: Summary) -> int:
    """Give the number of the version that stands."""
    return int(summary.versions[-1]["number"])


def _drafted(actor: Person, summary: Summary) -> dict[str, Any]:
    used = criteria.in_use().framework
    days = summarizing.bounds(summary.year, summary.quarter)
    rows = queries.entries(actor).filter(day__range=days)
    return summarizing.draft(queries.shown(rows, used), used)


def _version(content: dict[str, Any], how: str, number: int = 1) -> dict[str, Any]:
    return {
        "number": number,
        "made_at": timezone.now().isoformat(timespec="minutes"),
        "how": how,
        "content": content,
    }


def _keep(now: Summary, content: dict[str, Any], how: str) -> None:
    now.versions = [*now.versions, _version(content, how, number_of(now) + 1)][-VERSIONS_KEPT:]
    now.changed_on = timezone.localdate()
    now.save(update_fields=["versions", "changed_on"])


def _again(summary: Summary) -> Summary:
    now = Summary.objects.select_for_update().filter(pk=summary.pk).first()
    if now is None:
        raise Refused("This summary was deleted in another window.")
    return now


def _lock(actor: Person) -> None:
    type(actor).objects.select_for_update().get(pk=actor.pk)
