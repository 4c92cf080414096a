"""Somebody erased is named in no list of people: not in one that waits, not in what can be undone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from fairlead.web.roster.models import RosterImport

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

State = RosterImport.State

_SENTENCES: Final = ("refused", "notices", "problems")
_COUNTS: Final = ("counts", "new_units", *_SENTENCES)


def forget_names(person: Person) -> None:
    """Take somebody who is being erased out of all lists; a list that waits with them in it is dropped."""
    words = [re.escape(word) for word in (person.number, person.email, person.name) if word]
    if not words:
        return
    named = re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
    RosterImport.objects.filter(mapping__about=str(person.pk)).delete()
    for one in RosterImport.objects.all():
        if one.state == State.PREVIEW and _holds(one.rows, named):
            one.state, one.rows = State.DROPPED, None
            one.plan = {name: one.plan[name] for name in _COUNTS if name in one.plan}
        for name in _SENTENCES:
            if name in one.plan:
                one.plan[name] = [said for said in one.plan[name] if not _holds(said, named)]
        if one.before is not None:
            one.before.get("people", {}).pop(str(person.pk), None)
        one.save(update_fields=["state", "rows", "plan", "before"])


def _holds(value: Any, named: re.Pattern[str]) -> bool:
    if isinstance(value, dict):
        return any(_holds(one, named) for one in value.values())
    if isinstance(value, list):
        return any(_holds(one, named) for one in value)
    return isinstance(value, str) and named.search(value) is not None
