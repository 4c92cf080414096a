"""What the tests of this room make."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from fairlead.web.journey import snapshots, summarizing
from fairlead.web.journey.models import (
    Accomplishment,
    Advocacy,
    AimedRole,
    Argument,
    Attachment,
    Summary,
    Witness,
)


def entry(person: Any, what: str = "Moved the pumps to the new supplier", **values: Any) -> Accomplishment:
    """An entry as it stands."""
    return Accomplishment.objects.create(owner=person, what=what, **values)


def witness(of: Accomplishment, who: Any, **values: Any) -> Witness:
    """A question to a witness that stands for thirty days."""
    usual = {"copy": snapshots.shown(of), "ends_on": timezone.localdate() + timedelta(days=30)}
    if values.get("state") == "confirmed":
        usual["answered_on"] = timezone.localdate()
    return Witness.objects.create(owner=of.owner, witness=who, entry=of, **usual | values)


def attachment(of: Accomplishment, name: str = "notes.txt", content: bytes = b"Some notes") -> Attachment:
    """A file beside an entry."""
    return Attachment.objects.create(
        owner=of.owner, entry=of, name=name, kind="txt", size=len(content), content=content
    )


def summary(person: Any, **values: Any) -> Summary:
    """A summary with one version."""
    year, quarter = summarizing.quarter_of(timezone.localdate())
    content = {"opening": "Of this time", "sections": [], "closing": "", "facts": {}}
    one = {"number": 1, "made_at": "2026-01-05T10:00", "how": "edited", "content": content}
    usual = {"kind": "quarter", "year": year, "quarter": quarter, "versions": [one]}
    return Summary.objects.create(owner=person, **usual | values)


def advocacy(person: Any, other: Any, **values: Any) -> Advocacy:
    """A question to somebody, whether they speak for the person."""
    return Advocacy.objects.create(owner=person, advocate=other, **{"aim": "Lead of testing"} | values)


def everything_of(person: Any, other: Any) -> None:
    """One row of each table, with something written in every text."""
    text = dict.fromkeys(("otherwise", "result", "seen_by", "came_from", "thanks", "thanks_from"), ".")
    one = entry(person, criteria=["reliability"], signals=["beyond"], links=["https://example.org/"], **text)
    attachment(one)
    witness(one, other)
    summary(person, year=2020, quarter=1)
    advocacy(person, other, words=".", answer=".", state="yes")
    Argument.objects.create(
        owner=person, title=".", claim=".", entries=[str(one.pk)], team_benefit=".", open_points="."
    )
    AimedRole.objects.create(owner=person, title=".", who_decides=".", notes=".", outside=".")
