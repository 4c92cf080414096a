"""What of an entry can be shown to one other person: a plain copy, part by part.

Never copied, whatever is ticked: files, thanks, where the entry came from, who was asked in vain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils import timezone

from fairlead.render import words
from fairlead.web.journey import criteria, snapshots
from fairlead.web.showing import Shareable

if TYPE_CHECKING:
    from collections.abc import Collection

    from fairlead.web.journey.models import Accomplishment

PARTS: Final = {
    "what": "What happened, and when",
    "otherwise": "What would not have happened without me",
    "result": "What came of it",
    "seen": "Who saw it, in my words, and who confirmed it",
    "criteria": "The criteria it speaks to",
    "links": "Links",
}
USUAL: Final = frozenset({"what", "otherwise", "result", "seen"})
WHOM: Final = (
    "It can be shown to your manager, to their manager, or to a coach of yours, and only while they are that."
)
NEVER: Final = (
    "Never shown, whatever is ticked: files, words of thanks, where the entry came from, and who was asked "
    "and did not confirm it."
)


def snapshot(entry: Accomplishment, parts: Collection[str]) -> dict[str, Any]:
    """Copy the ticked parts of an entry as plain data."""
    today = timezone.localdate()
    says = {name: [one for one in lines if one["says"]] for name, lines in _lines(entry).items()}
    return {
        "made_on": today.isoformat(),
        "made_word": "copied on",
        "first_day": "",
        "last_day": "",
        "events": None,
        "role": "",
        "sections": [
            {"id": name, "title": PARTS[name], "drawn": [], "numbers": [], "says": says[name]}
            for name in PARTS
            if name in parts and says[name]
        ],
        "attribution": "",
    }


def _lines(entry: Accomplishment) -> dict[str, list[dict[str, Any]]]:
    copied = snapshots.of(entry.owner, [entry.pk])  # none of what was put away
    confirmed = [str(it.witness) for one in copied for it in one.confirmed]
    named = criteria.titles(criteria.in_use().framework, entry.criteria)
    return {
        "what": [_line(words.day(entry.day.isoformat()), entry.what)],
        "otherwise": [_line("", entry.otherwise)],
        "result": [_line("", entry.result)],
        "seen": [_line("In my words", entry.seen_by), _line("Confirmed by", words.listed(confirmed))],
        "criteria": [_line("", one) for one in named],
        "links": [_line("", one) for one in entry.links],
    }


def _line(label: str, says: str) -> dict[str, Any]:
    return {"label": label, "says": says, "clear": False}


SHAREABLE: Final = {
    "accomplishment": Shareable(
        word="entry",
        permission="accomplishment.view",
        parts=PARTS,
        usual=USUAL,
        never=NEVER,
        title=lambda entry: f"Entry of {entry.day.day} {entry.day:%B %Y}",
        snapshot=snapshot,
        page=lambda entry: reverse("journey:entry", args=[entry.pk]),
        whom=WHOM,
    )
}
