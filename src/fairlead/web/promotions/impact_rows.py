"""Who was decided on in which round, and how: what everybody may know, as rows for the impact tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from django.db.models import Exists, OuterRef
from django.utils import timezone

from fairlead.core.decisions import Attribute, Decisions, attribute
from fairlead.core.impact_linked import Row
from fairlead.web.promotions.case_models import Decision, Rating
from fairlead.web.promotions.models import Nomination, Round
from fairlead.web.promotions.states import OVER, CaseState
from fairlead.web.roster.models import Position, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

NOMINATED: Final = "nominated"
DECIDED: Final = "decided"
STEPS: Final = {NOMINATED: ("nominated",), DECIDED: ("rated", "promoted")}
"""Two families of tables: who was put forward of all who work here, and what became of those put forward."""

INSIDE: Final = {"unit": "unit", "level": "level", "": ""}
"""What the tables can be compared within."""


def finished() -> list[Round]:
    """Give the rounds in which everything is decided, in order of time."""
    return list(Round.objects.filter(state__in=OVER, opened_at__isnull=False).order_by("opened_at", "pk"))


def rows(family: str, one: Round, name: str, inside: str) -> list[Row]:
    """Give a row for everybody who was decided on in a round; ``name`` is what the round is called."""
    where = _where(one, inside)
    came = _came(one)
    if family == DECIDED:
        return [
            Row(person=person, stratum=where.get(person, ""), round=name, passed=passed, open=waits)
            for person, (passed, waits) in sorted(came.items())
        ]
    return [
        Row(person=person, stratum=where.get(person, ""), round=name, passed=int(person in came), open=False)
        for person in sorted(where.keys() | came.keys())
    ]


def _came(one: Round) -> dict[str, tuple[int, bool]]:
    """Say of everybody who was put forward how many steps they passed, and whether the next was not decided.

    Whoever said no or withdrew was not decided on. Who was set aside without a rating did not come to be
    rated; set aside later, nothing was decided.
    """
    rated = Rating.objects.filter(assignment__nomination=OuterRef("pk"))
    promoted = Decision.objects.filter(nomination=OuterRef("pk"), outcome=Decision.Outcome.PROMOTED)
    found: dict[str, tuple[int, bool]] = {}
    for person, state, has_ratings, has_place in (
        Nomination.objects.filter(round=one)
        .annotate(has_ratings=Exists(rated), has_place=Exists(promoted))
        .order_by("made_at")
        .values_list("candidate", "state", "has_ratings", "has_place")
    ):
        if state == CaseState.DECIDED:
            came = (2 if has_place else 1, False)
        elif state == CaseState.SET_ASIDE and not has_ratings:
            came = (0, False)
        else:
            came = (int(has_ratings), True)
        # Somebody can be nominated anew after a no; what came farthest counts.
        found[str(person)] = max(found.get(str(person), came), came, key=lambda case: (case[0], not case[1]))
    return found


def _where(one: Round, inside: str) -> dict[str, str]:
    """Say where everybody with a position stood on the day the round opened."""
    assert one.opened_at is not None  # noqa: S101 - only finished rounds are asked for
    day = timezone.localdate(one.opened_at)
    held = Position.objects.on(day).values_list("person", "unit", "level")
    parts = _parts() if inside == "unit" else {}
    return {
        str(person): {"unit": parts.get(unit, ""), "level": level, "": ""}[inside]
        for person, unit, level in held
    }


def _parts() -> dict[UUID | None, str]:
    """Name the large part of the organization that each unit belongs to: below the one at the top."""
    units = {unit.pk: unit for unit in Unit.objects.all()}
    tops = [unit for unit in units.values() if unit.parent_id is None]
    only = tops[0].pk if len(tops) == 1 else None

    def part(unit: Unit) -> str:
        seen = {unit.pk}
        while unit.parent_id not in {None, only} and unit.parent_id not in seen:
            unit = units[unit.parent_id]
            seen.add(unit.pk)
        return unit.name

    return {pk: part(unit) for pk, unit in units.items()}


def decisions(
    family: str,
    found: Sequence[Row],
    names: Sequence[str],
    asked: Sequence[tuple[str, Sequence[str], Mapping[str, str]]],
    inside: str,
) -> Decisions:
    """Put rows and what people state together as the core reads them; ``names`` are the rounds in order.

    ``asked`` are the questions, each with all answers that are offered: that nobody gave one of them is a
    count like any other, and is withheld like any other zero.
    """
    place = {name: at for at, name in enumerate(names)}
    return Decisions(
        steps=STEPS[family],
        passed=np.array([one.passed for one in found], dtype=np.int64),
        open=np.array([one.open for one in found], dtype=bool),
        attributes=tuple(
            _stated(name, categories, [said.get(one.person, "") for one in found])
            for name, categories, said in asked
        ),
        strata=attribute(inside, [one.stratum for one in found]) if inside else None,
        rounds=Attribute(
            name="round",
            values=tuple(names),
            of=np.array([place[one.round] for one in found], dtype=np.int64),
        ),
    )


def _stated(name: str, categories: Sequence[str], words: Sequence[str]) -> Attribute:
    values = tuple(sorted(categories))
    place = {value: at for at, value in enumerate(values)}
    of = np.array([place.get(word, -1) for word in words], dtype=np.int64)
    return Attribute(name=name, values=values, of=of)


def plain(found: Sequence[Row]) -> list[list[Any]]:
    """Give rows as they are kept."""
    return [[one.person, one.stratum, one.round, one.passed, one.open] for one in found]


def read(kept: Sequence[Sequence[Any]]) -> list[Row]:
    """Read them back."""
    return [
        Row(person=person, stratum=stratum, round=name, passed=passed, open=waits)
        for person, stratum, name, passed, waits in kept
    ]
