"""Copies of entries: what a witness is shown, and what goes into a case by its owner's choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from fairlead.web.journey.models import Accomplishment, Attachment, Witness

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from fairlead.web.people.models import Person

SHOWN: Final = ("what", "otherwise", "result", "links", "day")
"""What a witness sees of an entry, and nothing else; a change of one of these ends their word."""


def shown(entry: Accomplishment) -> dict[str, Any]:
    """Copy what a witness sees, as plain data."""
    found = {name: getattr(entry, name) for name in SHOWN}
    return found | {"day": entry.day.isoformat(), "links": list(entry.links)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """One entry with who confirmed it and the names of its files; thanks are for its owner alone."""

    entry: Accomplishment
    confirmed: tuple[Witness, ...]
    files: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        """Give it as plain data that changes no more; files are named and not handed over.

        Thanks stay with the owner, who was told that nobody else reads them: they are somebody else's words.
        """
        one = self.entry
        return {
            "source": str(one.pk),
            "day": one.day.isoformat(),
            "what": one.what,
            "otherwise": one.otherwise,
            "result": one.result,
            "criteria": list(one.criteria),
            "links": list(one.links),
            "files": list(self.files),
            "told_seen_by": one.seen_by,
            "confirmed_by": [
                {"person": str(it.witness_id), "name": str(it.witness), "on": _iso(it)}
                for it in self.confirmed
            ],
        }


def _iso(one: Witness) -> str:
    return one.answered_on.isoformat() if one.answered_on else ""


def of(person: Person, ids: Iterable[UUID]) -> list[Copied]:
    """Give copies of these entries of the person in this order; what is not there is left out."""
    wanted = list(dict.fromkeys(ids))
    rows = Accomplishment.objects.filter(owner=person, pk__in=wanted, put_away_on=None)
    by_id = {one.pk: one for one in rows}
    words = Witness.objects.filter(owner=person, entry__in=by_id, state=Witness.State.CONFIRMED)
    confirmed: dict[UUID, list[Witness]] = {}
    for one in words.select_related("witness").defer("copy"):
        confirmed.setdefault(one.entry_id, []).append(one)
    files: dict[UUID, list[str]] = {}
    for file in Attachment.objects.filter(owner=person, entry__in=by_id).defer("content"):
        files.setdefault(file.entry_id, []).append(file.name)
    return [
        Copied(entry=by_id[one], confirmed=tuple(confirmed.get(one, ())), files=tuple(files.get(one, ())))
        for one in wanted
        if one in by_id
    ]
