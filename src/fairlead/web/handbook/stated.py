"""What the organization says it values: written down by people operations, published from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from fairlead.core.direction_answers import Value
from fairlead.web import trail
from fairlead.web.handbook.models import StatedValues
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from fairlead.web.people.models import Person

MOST: Final = 12
"""Values an organization can state here: a longer list is one that nobody remembers."""

PLAIN: Final[dict[Value, str]] = {
    Value.ACHIEVEMENT: "Achievement: using what one can, and seeing what came of it",
    Value.INDEPENDENCE: "Independence: deciding oneself how to do the work",
    Value.RECOGNITION: "Recognition: being seen, moving up, having a say",
    Value.RELATIONSHIPS: "Relationships: good colleagues, helping others, nothing against one's conscience",
    Value.SUPPORT: "Support: a management that stands behind people and is fair",
    Value.WORKING_CONDITIONS: "Working conditions: security, pay, variety, a good place to work",
}
"""The six work values of O*NET in plain words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One stated value in the organization's words, and the work values it comes to."""

    name: str
    says: str
    values: tuple[Value, ...]

    @property
    def plain(self) -> tuple[str, ...]:
        """Give the names of the work values as a screen writes them."""
        return tuple(PLAIN[value].partition(":")[0] for value in self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the organization states, since when, and where it says so."""

    entries: tuple[Entry, ...]
    source: str
    published_on: date | None

    @property
    def values(self) -> tuple[Value, ...]:
        """Give the work values that come up, in their fixed order."""
        there = {value for entry in self.entries for value in entry.values}
        return tuple(value for value in Value if value in there)


def read(found: StatedValues) -> Stated:
    """Give a version as plain data."""
    entries = (
        Entry(name=one["name"], says=one["says"], values=tuple(Value(value) for value in one["values"]))
        for one in found.content
    )
    return Stated(entries=tuple(entries), source=found.source, published_on=found.published_on)


def newest() -> StatedValues | None:
    """Give the version that stands today."""
    return StatedValues.objects.filter(published_on__isnull=False).order_by("-published_on", "-pk").first()


def draft() -> StatedValues | None:
    """Give the version that waits to be published."""
    return StatedValues.objects.filter(published_on=None).first()


@transaction.atomic
def write(actor: Person, *, entries: Sequence[Entry], source: str) -> StatedValues:
    """Keep a draft; there is one at a time, and nobody but people operations reads it."""
    if not entries:
        raise Refused("Write down one value at least.")
    if len(entries) > MOST:
        raise Refused(f"Write down {MOST} values at most.")
    content: list[dict[str, Any]] = [
        {"name": one.name, "says": one.says, "values": [value.value for value in one.values]}
        for one in entries
    ]
    found = StatedValues.objects.select_for_update().filter(published_on=None).first() or StatedValues()
    found.content, found.source, found.written_by = content, source, actor
    found.written_on = timezone.localdate()
    found.save()
    trail.record(actor, "write_values", found)
    return found


@transaction.atomic
def publish(actor: Person) -> None:
    """Let the draft stand from today on; the version before it is kept as what stood until now."""
    found = StatedValues.objects.select_for_update().filter(published_on=None).first()
    if found is None:
        raise Refused("There is no draft to publish.")
    today = timezone.localdate()
    # Two versions of one day are a correction: only what stood at the end of the day is kept.
    StatedValues.objects.filter(published_on=today).delete()
    found.published_on = today
    found.save(update_fields=["published_on"])
    trail.record(actor, "publish_values", found)


@transaction.atomic
def drop(actor: Person) -> None:
    """Forget the draft."""
    found = StatedValues.objects.filter(published_on=None).first()
    if found is not None:
        trail.record(actor, "drop_values", found)
        found.delete()
