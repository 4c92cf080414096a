"""Reading the organization: who is where, who reports to whom, and what it holds about one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from fairlead.core.roster import COLUMNS
from fairlead.sources.files import write_csv
from fairlead.web import rights
from fairlead.web.people.models import Person
from fairlead.web.roster import inviting, standing
from fairlead.web.roster.actions import BY_HAND
from fairlead.web.roster.models import Invitation, LongLeave, Position, RosterImport, Unit
from fairlead.web.today import Today, Waiting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

FIELDS: Final = {
    "Unit": {
        "id": "The number of the unit.",
        "name": "Its name.",
        "parent": "The unit it is part of.",
        "closed_on": "When it ceased to be.",
    },
    "Position": {
        "id": "The number of this stretch of time.",
        "person": "Your number.",
        "since": "Its first day.",
        "until": "The first day on which it no longer held.",
        "manager": "The number of the person you reported to.",
        "unit": "The number of the unit you were in.",
        "title": "Your title.",
        "level": "Your level.",
        "track": "Your track.",
    },
    "LongLeave": {
        "id": "The number of this absence.",
        "person": "Your number.",
        "since": "Its first day.",
        "until": "The first day on which you were back.",
    },
    "RosterImport": {
        "id": "The number of the import.",
        "actor": "Who imported.",
        "made_at": "When the file was given.",
        "state": "What became of it.",
        "file": "The name of the file.",
        "digest": "A fingerprint of the file.",
        "mapping": "Which of its columns was taken as what.",
        "complete": "Whether the file was said to hold everybody.",
        "rows": rights.WITHHELD + "rows about other people, kept only while the import waits for a yes.",
        "plan": rights.WITHHELD + "counts and sentences about rows of other people.",
        "before": rights.WITHHELD
        + "what rows of other people were before, kept only so that it can be undone.",
        "done_at": "When it was done.",
        "undone_at": "When it was undone.",
    },
    "Invitation": {
        "id": "The number of the invitation.",
        "person": "Your number.",
        "made_by": "The number of the person who invited you.",
        "made_at": "When you were invited.",
        "email": "The address it was sent to.",
        "token_sha256": rights.WITHHELD + "a one-way fingerprint of the link.",
        "expires_at": "When the link ends.",
        "used_at": "When you used it.",
        "withdrawn_at": "When it was taken back.",
    },
}


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Give the person's positions with their units, absences and invitations."""
    positions = Position.objects.filter(person=person)
    of_person = {
        "Unit": Unit.objects.filter(Q(pk__in=positions.values("unit"))),
        "Position": positions,
        "LongLeave": LongLeave.objects.filter(person=person),
        "Invitation": Invitation.objects.filter(person=person),
    }
    return {name: rights.rows(found, FIELDS[name]) for name, found in of_person.items()}


def today(person: Person) -> Today | None:
    """Name the lists of people that wait for this person's yes."""
    waiting = RosterImport.objects.filter(actor=person, state=RosterImport.State.PREVIEW).only("file")[:3]
    found = tuple(
        Waiting(
            title=f"People list “{one.file}”",
            href=reverse("roster:import", args=[one.pk]),
            says="Looked at, not imported yet.",
        )
        for one in waiting
    )
    return Today(waiting=found) if found else None


# --- one person --------------------------------------------------------------------------------

REPORTS: Final = 60
_HIGHEST: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One person as the roster shows them; ``full`` holds what only they and people operations see."""

    person: Person
    position: Position | None
    line: Sequence[Person]
    reports: Sequence[Position]
    more: int
    full: bool
    positions: Sequence[Position] = ()
    leaves: Sequence[LongLeave] = ()
    invitation: Invitation | None = None

    @property
    def has_left(self) -> bool:
        """Whether the last day is over."""
        return self.person.left is not None and self.person.left < timezone.localdate()


def profile(person: Person, day: date, *, full: bool) -> Profile:
    """Give one person on one day: unit, title, those above, those who report to them."""
    there = Position.objects.on(day)
    position = there.filter(person=person).select_related("unit", "manager").first()
    reports = (
        there.filter(manager=person, person__number__isnull=False)
        .select_related("person", "unit")
        .order_by("person__name", "person__number")
    )
    shown = list(reports[: REPORTS + 1])
    found = Profile(
        person=person,
        position=position,
        line=_line(position, day),
        reports=shown[:REPORTS],
        more=reports.count() - REPORTS if len(shown) > REPORTS else 0,
        full=False,
    )
    if not full:
        return found
    history = Position.objects.filter(person=person).select_related("unit", "manager").order_by("-since")
    return Profile(
        person=person,
        position=position,
        line=found.line,
        reports=found.reports,
        more=found.more,
        full=True,
        positions=list(history),
        leaves=list(LongLeave.objects.filter(person=person).order_by("-since")),
        invitation=Invitation.objects.filter(inviting.open_now(), person=person).first(),
    )


def _line(position: Position | None, day: date) -> list[Person]:
    """Give those above somebody on a day, the highest first."""
    found: list[Person] = []
    boss = position.manager if position else None
    while boss is not None and boss not in found and len(found) < _HIGHEST:
        above = Position.objects.on(day).filter(person=boss).select_related("manager").first()
        if above is None:
            break
        found.append(boss)
        boss = above.manager
    return found[::-1]


def started(position: Position) -> dict[str, Any]:
    """Give a position as its form begins."""
    boss = position.manager
    return {
        "since": position.since,
        "last": position.until - standing.ONE_DAY if position.until else None,
        "manager_id": called_as(boss) if boss else "",
        "unit": str(position.unit_id or ""),
        "title": position.title,
        "level": position.level,
        "track": position.track,
    }


def form_of(person: Person) -> dict[str, Any]:
    """Give what stands of a person as their form begins."""
    held = standing.some([person.pk])
    known = held.standing(timezone.localdate())[0]
    values = {name: getattr(known, name) for name in COLUMNS}
    boss = Person.objects.filter(number=known.manager_id).first() if known.manager_id else None
    return values | {"manager_id": called_as(boss) if boss else ""}


def called_as(person: Person) -> str:
    """Give name and id, as a form takes them."""
    return f"{person.name} ({person.number})"


def called(text: str) -> list[str]:
    """Give the ids of those who are meant by an id, an address or a full name."""
    everybody = Person.objects.filter(number__isnull=False)
    for meant in (Q(number=text), Q(email__iexact=text), Q(name__iexact=text)):
        found = [str(number) for number in everybody.filter(meant).values_list("number", flat=True)[:20]]
        if found:
            return found
    return []


def person_called(number: str) -> Person | None:
    """Give the person with an id."""
    return Person.objects.filter(number=number).first() if number else None


def suggestions(text: str) -> list[str]:
    """Give people whose name or id begins or goes on so, for the browser to complete."""
    text = text.replace("\0", " ").strip()
    if len(text) < 2:
        return []
    found = Person.objects.filter(number__isnull=False).filter(Q(name__icontains=text) | Q(number=text))
    return [called_as(one) for one in found.order_by("name").only("name", "number")[:12]]


# --- units, changes, the whole ---------------------------------------------------------------------


def units(*, closed: bool = False) -> list[Unit]:
    """Give the units that exist, by name."""
    found = Unit.objects.all() if closed else Unit.objects.filter(closed_on=None)
    return list(found)


def unit_choices(*, closed: bool = False) -> list[tuple[str, str]]:
    """Give the units for a box to choose from."""
    return [("", "None"), *((str(unit.pk), unit.name) for unit in units(closed=closed))]


def unit_with(pk: str) -> Unit | None:
    """Give the unit that was chosen in such a box."""
    return Unit.objects.filter(pk=pk).first() if pk else None


def unit_tree(day: date) -> list[dict[str, Any]]:
    """Give all units with their people of a day, parts below the whole, each with its floor."""
    people = dict(
        Position.objects.on(day)
        .filter(person__number__isnull=False)
        .exclude(unit=None)
        .values_list("unit")
        .annotate(Count("pk"))
    )
    found = units(closed=True)
    parts: dict[UUID | None, list[Unit]] = {}
    for unit in found:
        parts.setdefault(unit.parent_id, []).append(unit)
    rows: list[dict[str, Any]] = []

    def add(unit: Unit, floor: int) -> None:
        rows.append({"unit": unit, "floor": min(floor, 6), "people": people.get(unit.pk, 0)})
        for part in parts.get(unit.pk, ()):
            add(part, floor + 1)

    for unit in parts.get(None, ()):
        add(unit, 0)
    return rows


PEOPLE_OF_A_UNIT: Final = 200


def unit_page(unit: Unit, day: date) -> dict[str, Any]:
    """Give a unit with its people, those first whose manager is outside it."""
    rows = (
        Position.objects.on(day)
        .filter(unit=unit, person__number__isnull=False)
        .select_related("person", "manager")
        .order_by("person__name", "person__number")
    )
    there = {row.person_id for row in rows}
    heads = [row for row in rows if row.manager_id not in there]
    others = [row for row in rows if row.manager_id in there]
    return {
        "unit": unit,
        "parts": list(unit.parts.filter(closed_on=None)),
        "heads": heads[:PEOPLE_OF_A_UNIT],
        "others": others[: max(0, PEOPLE_OF_A_UNIT - len(heads))],
        "people": len(there),
        "more": max(0, len(there) - PEOPLE_OF_A_UNIT),
    }


def changes(limit: int = 50) -> list[dict[str, Any]]:
    """Give what was imported and changed by hand, newest first."""
    found = RosterImport.objects.select_related("actor").defer("rows", "plan", "before")[:limit]
    undoable = set(
        RosterImport.objects.filter(before__isnull=False, state=RosterImport.State.DONE).values_list(
            "pk", flat=True
        )
    )
    return [
        {
            "change": one,
            "says": BY_HAND.get(one.mapping.get("by_hand", ""), ""),
            "kind": one.mapping.get("kind", ""),
            "about": one.mapping.get("about", ""),
            "undoable": one.pk in undoable,
        }
        for one in found
    ]


def columns_said_before(waiting: RosterImport) -> dict[str, str]:
    """Give what somebody said the same columns are, when the last list that had them was imported."""
    done = RosterImport.objects.filter(state=RosterImport.State.DONE).only("mapping")
    names = {name for name, _ in waiting.plan["mapping"]}
    said = (one.mapping for one in done if "by_hand" not in one.mapping)
    return next((mapping for mapping in said if names == set(mapping)), {})


def waiting_for_invitation() -> dict[str, Any]:
    """Say who has no account: who can be invited, who has no address, who was invited."""
    people = list(inviting.to_invite().order_by("name", "number")[: REPORTS * 5])
    everybody = inviting.without_account()
    return {
        "people": people,
        "can": inviting.to_invite().count(),
        "without": everybody.count(),
        "everybody": Person.objects.filter(number__isnull=False).exists(),
        "without_address": everybody.filter(email="").count(),
    }


def export_csv() -> bytes:
    """Write the roster as it stands as the file that could be imported: everybody, also who left."""
    known = standing.everybody().standing(timezone.localdate())
    rows = [
        ["" if (value := getattr(one, name)) is None else str(value) for name in COLUMNS] for one in known
    ]
    return write_csv(COLUMNS, rows).encode("utf-8-sig")


def report_csv(done: RosterImport) -> bytes:
    """Write every refused row and every notice of an import: line, column, what is wrong, what is right."""
    rows: list[list[str | float | None]] = []
    for kind, name in (("refused", "refused"), ("notice", "notices")):
        rows += [
            [kind, one["line"], one["column"], one["wrong"], one["right"]] for one in done.plan.get(name, ())
        ]
    return write_csv(["what", "line", "column", "wrong", "right"], rows).encode("utf-8-sig")


def preview_csv(waiting: RosterImport) -> bytes:
    """Write everything that a waiting list would change, row by row."""
    plan = waiting.plan
    rows: list[list[str | float | None]] = []
    rows += [["added", line, number, name, "", "", ""] for line, number, name, *_ in plan.get("added", ())]
    for line, number, name, what in plan.get("changed", ()):
        rows += [["changed", line, number, name, *change] for change in what]
    for line, number, name, on, reason, _why in plan.get("left", ()):
        rows.append(["left", line, number, name, "left", "", f"{on} {reason}".strip()])
    rows += [
        ["returned", line, number, name, "left", "", ""]
        for line, number, name, *_ in plan.get("returned", ())
    ]
    rows += [
        ["refused", one["line"], "", "", "", "", f"{one['wrong']} {one['right']}".strip()]
        for one in plan.get("refused", ())
    ]
    return write_csv(["what", "line", "id", "name", "field", "before", "after"], rows).encode("utf-8-sig")
