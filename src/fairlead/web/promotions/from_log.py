"""Evidence out of one's own log: the candidate chooses, and what was not chosen stays where it is.

The log is asked for through the two parts it offers, and for the candidate's own entries alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db import transaction

from fairlead.web import rooms
from fairlead.web.promotions import cases
from fairlead.web.promotions.facts import of_case
from fairlead.web.promotions.models import CaseEvidence
from fairlead.web.promotions.states import Who
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairlead.web.people.models import Person
    from fairlead.web.promotions.models import Nomination

ON_A_PAGE: Final = 20
LINK: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One entry of the log: what it says in its first words, which asked criteria it names, what is there."""

    id: UUID
    title: str
    day: date
    confirmed: int
    named: tuple[str, ...]
    there: frozenset[str]


def offered(person: Person, case: Nomination) -> list[Offered]:
    """Give what the candidate can choose: what names a criterion of the level first, then the newest."""
    asked = cases.asked_of(case)
    there: dict[UUID, set[str]] = {}
    for source, criterion in case.evidence.values_list("source", "criterion"):
        if source is not None:
            there.setdefault(source, set()).add(criterion)
    found = [
        Offered(
            id=UUID(row["id"]),
            title=row["title"],
            day=date.fromisoformat(row["day"]),
            confirmed=row["confirmed"],
            named=tuple(asked[name][0].title for name in asked if name in row["criteria"]),
            there=frozenset(there.get(UUID(row["id"]), ())),
        )
        for _room, part in rooms.offers("queries", "evidence_offered")
        for row in part(person)
    ]
    return sorted(found, key=lambda one: (not one.named, -one.day.toordinal()))


def paged(found: Sequence[Offered], number: str) -> Page[Offered]:
    """Give one page of them."""
    return Paginator(found, ON_A_PAGE).get_page(number)


@transaction.atomic
def take_over(actor: Person, case: Nomination, wanted: Mapping[UUID, Sequence[str]]) -> int:
    """Copy chosen entries into the case, each for the criteria chosen for it; say how many pieces came in.

    What is there already is not put in twice. All come in, or none.
    """
    if Who.CANDIDATE not in of_case(actor, case).who:
        raise Refused("Only the candidate chooses out of their own log.")
    chosen = {number: names for number, names in wanted.items() if names}
    if not chosen:
        raise Refused("Choose at least one entry, and the criterion that it speaks to.")
    there = set(case.evidence.filter(source__in=chosen).values_list("source", "criterion"))
    left = {
        number: [name for name in dict.fromkeys(names) if (number, name) not in there]
        for number, names in chosen.items()
    }
    numbers = [number for number, names in left.items() if names]
    made = 0
    for _room, part in rooms.offers("actions", "evidence_for"):
        for copy in part(actor, numbers) if numbers else ():
            values = as_evidence(copy)
            for name in left[values["source"]]:
                cases.add_evidence(actor, case, criterion=name, **values)
                made += 1
    return made


def as_evidence(copy: Mapping[str, Any]) -> dict[str, Any]:
    """Give a copy of an entry as a piece of evidence; nothing of it is cut, files are named."""
    links, files = list(copy["links"]), list(copy["files"])
    first = next((link for link in links if len(link) <= LINK), "")
    parts = [copy["what"]]
    if copy["result"]:
        parts.append(f"What came of it: {copy['result']}")
    if rest := [link for link in links if link != first]:
        parts.append("Further links: " + " ".join(rest))
    confirmed = [f"{one['name']} (confirmed)" for one in copy["confirmed_by"]]
    return {
        "kind": _kind(copy, confirmed),
        "text": "\n".join(parts),
        "what_else": copy["otherwise"],
        "day": date.fromisoformat(copy["day"]),
        "link": first,
        "file": ", ".join(files),
        "seen_by": ", ".join(filter(None, [copy["told_seen_by"], *confirmed])),
        "source": UUID(copy["source"]),
    }


def _kind(copy: Mapping[str, Any], confirmed: Sequence[str]) -> str:
    kinds = CaseEvidence.Kind
    if confirmed:
        return kinds.WITNESS
    if copy["files"]:
        return kinds.FILE
    return kinds.LINK if copy["links"] else kinds.ACCOUNT
