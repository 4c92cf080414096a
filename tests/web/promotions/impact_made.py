"""Finished rounds, people who state something, and releases, for the tests of selection rates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from django.utils import timezone
from tests.factories import PersonFactory, PositionFactory
from tests.web.promotions import made

from fairlead.core.decisions import Attribute, Decisions, attribute
from fairlead.core.impact_release import release_impact, to_json
from fairlead.web import vault
from fairlead.web.promotions.apart_models import SelfStatement
from fairlead.web.promotions.case_models import Decision, RaterAssignment, Rating
from fairlead.web.promotions.impact_models import StatementQuestion
from fairlead.web.promotions.models import ImpactTable, Round

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fairlead.web.people.models import Person

SEX = ("man", "woman")


def question(name: str = "sex", categories: Iterable[str] = SEX, place: int = 0) -> StatementQuestion:
    """Ask something."""
    return StatementQuestion.objects.create(name=name, categories=list(categories), place=place)


def states(person: Person, **said: str) -> None:
    """Let somebody state something, by the name of the question."""
    numbers = {one.name: str(one.pk) for one in StatementQuestion.objects.all()}
    with vault.on_duty("test"):
        SelfStatement.objects.create(
            owner=person, content={numbers[name]: answer for name, answer in said.items()}
        )


def people(count: int, start: int = 0, units: Iterable[Any] = ()) -> list[Person]:
    """People with a position since long ago, in turn in the units."""
    parts = list(units) or [None]
    found = [PersonFactory.create(name=f"Person {number:03d}") for number in range(start, start + count)]
    for number, one in enumerate(found):
        PositionFactory.create(person=one, unit=parts[number % len(parts)])
    return found


def finished(title: str, outcomes: dict[Person, str], **values: Any) -> Round:
    """A closed round; outcomes are promoted, not_now, withdrawn, withdrawn_early and set_aside."""
    now = timezone.now()
    one = made.a_round("closed", title=title, **({"opened_at": now, "ended_at": now} | values))
    rater = PersonFactory.create(name="A Rater")
    for person, came in outcomes.items():
        decided = came in {"promoted", "not_now"}
        state = "decided" if decided else came.removesuffix("_early")
        case = made.case(one, person, state)
        if decided or came == "withdrawn":
            assigned = RaterAssignment.objects.create(nomination=case, rater=rater)
            Rating.objects.create(assignment=assigned, criterion="vision", score=3, given_at=now)
        if decided:
            Decision.objects.create(
                nomination=case, by=rater, by_name="A Rater", outcome=came, reasons=made.REASONS
            )
    return one


def table(*, published: bool = False, step: str = "decided") -> ImpactTable:
    """A release of forty people, two of a third sex."""
    words = ["woman"] * 18 + ["man"] * 20 + ["another"] * 2
    passed = [2] * 8 + [1] * 10 + [2] * 9 + [1] * 11 + [2, 1]
    decisions = Decisions(
        steps=("rated", "promoted"), passed=np.array(passed), open=np.zeros(40, dtype=bool),
        attributes=(attribute("sex", words),),
        rounds=Attribute(name="round", values=("Spring round",), of=np.zeros(40, dtype=np.int64)),
    )  # fmt: skip
    content = {
        "counted": [],
        "asked": [["sex", ["another", "man", "woman"]]],
        "inside": "",
        "released": to_json(release_impact(decisions)),
        "rows": [],
    }
    now = timezone.now()
    return ImpactTable.objects.create(
        attribute="sex", step=step, state="released", content=content, released_at=now,
        published_at=now if published else None, summary="We look at it again in spring.",
    )  # fmt: skip
