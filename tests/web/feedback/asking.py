"""How tests of surveys make an organization and prepare a survey in it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from tests.factories import PersonFactory, PositionFactory, UnitFactory

from fairlead.web import vault
from fairlead.web.feedback import launching, surveys, terms
from fairlead.web.feedback.models import Seat, Survey
from fairlead.web.feedback.surveys import Wanted

DAY = dt.timedelta(days=1)


def people(count: int, manager: Any = None, unit: Any = None, **position: Any) -> list[Any]:
    """People with accounts who report to somebody."""
    found = []
    for _ in range(count):
        person = PersonFactory.create()
        person.number = person.pk.hex
        person.save(update_fields=["number"])
        PositionFactory.create(person=person, manager=manager, unit=unit, **position)
        found.append(person)
    return found


class Company:
    """A head with two managers: Anna of seven people in Works, Bo of three in Sales."""

    def __init__(self) -> None:
        """Make everybody."""
        self.works, self.sales = UnitFactory.create(name="Weaving"), UnitFactory.create(name="Selling")
        (self.head,) = people(1)
        (self.anna,) = people(1, self.head, self.works)
        (self.bo,) = people(1, self.head, self.sales)
        self.annas = people(7, self.anna, self.works)
        self.bos = people(3, self.bo, self.sales)

    @property
    def everybody(self) -> set[Any]:
        """The numbers of all of them."""
        return {one.pk for one in (self.head, self.anna, self.bo, *self.annas, *self.bos)}


def questionnaire(kind: str, name: str = "") -> Any:
    """One that ships and fits, or the one of that id."""
    return next(one for one in terms.offered(kind) if not name or one.id == name)


def wanted(kind: str = "pulse", *, opens: int = 0, closes: int = 14, name: str = "", **more: Any) -> Wanted:
    """What somebody wants: from so many days from today on, until so many."""
    today = timezone.localdate()
    return Wanted(
        title=more.pop("title", "How is it going"),
        questionnaire=more.pop("questionnaire", None) or questionnaire(kind, name),
        opens_on=today + opens * DAY,
        closes_on=today + closes * DAY,
        **more,
    )


def draft(actor: Any, kind: str = "pulse", *, about: Any = None, **more: Any) -> Survey:
    """A survey that is being prepared."""
    return surveys.begin(actor, kind, wanted(kind, **more), about=about)


def launched(actor: Any, kind: str = "pulse", *, about: Any = None, **more: Any) -> Survey:
    """A survey that was launched today."""
    return launching.freeze(actor, draft(actor, kind, about=about, **more))


def seats(survey: Survey) -> dict[Any, Seat]:
    """Every seat of a survey, by the person asked."""
    with vault.on_duty("test"):
        return {seat.owner_id: seat for seat in Seat.objects.filter(survey=survey)}


def use(survey: Survey, person: Any) -> None:
    """Let somebody's ballot be used."""
    with vault.on_duty("test"):
        seat = Seat.objects.get(survey=survey, owner=person)
        seat.used = "used"
        seat.save(update_fields=["used"])
