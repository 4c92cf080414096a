"""Sittings as they stand: what a person has answered, part by part; everything else here reads through it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from fairlead.core import direction_answers
from fairlead.core.direction_answers import SECTIONS, DirectionAnswers
from fairlead.web.direction.models import Sitting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairlead.web.people.models import Person


@cache
def _whole() -> TypeAdapter[DirectionAnswers]:
    adapter = TypeAdapter(DirectionAnswers)
    # The dataclasses name their parts for type checkers only; the reader needs them in earnest.
    adapter.rebuild(force=True, _types_namespace=vars(direction_answers))
    return adapter


def read_answers(sections: dict[str, Any], *, answered_on: str) -> DirectionAnswers:
    """Read sections of plain data; each key is one of ``SECTIONS``."""
    return _whole().validate_python({"answered_on": answered_on} | sections, strict=False)


def write_answers(answers: DirectionAnswers) -> dict[str, Any]:
    """Give the sections that were answered as plain data, each as a sitting holds it in ``content``."""
    plain = _whole().dump_python(answers, mode="json")
    return {name: plain[name] for name in SECTIONS if plain[name] is not None}


def answers_of(person: Person) -> DirectionAnswers:
    """Give everything the person said: of each section the newest finished sitting, without what expired."""
    return standing(newest_sittings(person))


def standing(newest: Mapping[str, Sitting]) -> DirectionAnswers:
    """Read sittings by section; what has expired is left out."""
    stands = {name: one for name, one in newest.items() if not one.is_history}
    days = [one.finished_on.isoformat() for one in stands.values() if one.finished_on]
    sections = {name: one.content for name, one in stands.items()}
    return read_answers(sections, answered_on=max(days, default=""))


def newest_sittings(person: Person) -> dict[str, Sitting]:
    """Give the newest finished sitting of each section, expired ones too."""
    found: dict[str, Sitting] = {}
    for one in Sitting.objects.filter(owner=person, finished_at__isnull=False).order_by("finished_at"):
        found[one.section] = one
    return found


def open_sitting(person: Person, section: str) -> Sitting | None:
    """Give the sitting of a section that was begun and not finished."""
    return Sitting.objects.filter(owner=person, section=section, finished_at=None).first()


def finished_sittings(person: Person, section: str) -> list[Sitting]:
    """Give the finished sittings of a section, newest first."""
    found = Sitting.objects.filter(owner=person, section=section, finished_at__isnull=False)
    return list(found.order_by("-finished_at"))


def sitting_before(person: Person, sitting: Sitting) -> Sitting | None:
    """Give the finished sitting of the time before, to the same questions."""
    found = Sitting.objects.filter(owner=person, section=sitting.section, version=sitting.version)
    return found.filter(finished_at__lt=sitting.finished_at).order_by("-finished_at").first()


def last_language(person: Person) -> str:
    """Give the language in which the person was last asked; empty where that was never."""
    found = Sitting.objects.filter(owner=person).order_by("-saved_at").values_list("language", flat=True)
    return found.first() or ""
