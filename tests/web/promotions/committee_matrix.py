"""Who gets what from the addresses of notes, votes, seats, raters added by hand, and one's own log."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from tests.factories import PersonFactory
from tests.web.promotions import made

from fairlead.web.people.models import Person
from fairlead.web.promotions.case_models import CalibrationNote, NextStep
from fairlead.web.promotions.cases import manager_of

NOWHERE = {"pk": "00000000-0000-4000-8000-000000000000"}
READ = "405 405 405"
NOBODY = "in 404 404"


def dora() -> Any:
    return Person.objects.filter(name="Dora").first() or PersonFactory.create(name="Dora")


def a_case(person: Any, state: str, of: str = "standing") -> Any:
    """A case of the person, led by their manager; Dora chairs."""
    one = made.a_round(state, opened_at=timezone.now())
    made.seated(one, dora(), "chair")
    boss = manager_of(person)
    return made.case(one, person, of, manager=boss, above=manager_of(boss) if boss else None)


def own_round(_person: Any) -> dict[str, Any]:
    one = made.a_round("assigning", opened_at=timezone.now())
    made.seated(one, dora(), "chair")
    return {"pk": one.pk}


def own_seat(person: Any) -> dict[str, Any]:
    return {"pk": made.seated(made.a_round("rating", opened_at=timezone.now()), person).pk}


def own_case(person: Any) -> dict[str, Any]:
    return {"pk": a_case(person, "evidence").pk}


def own_talked(person: Any) -> dict[str, Any]:
    return {"pk": a_case(person, "calibrating").pk}


def own_told(person: Any) -> dict[str, Any]:
    return {"pk": a_case(person, "decided", "decided").pk}


def own_step(person: Any) -> dict[str, Any]:
    step = NextStep.objects.create(
        nomination=a_case(person, "decided", "decided"), text="Lead the second hall", by=person,
        due=timezone.localdate(),
    )  # fmt: skip
    return {"pk": step.pk}


def own_note(person: Any) -> dict[str, Any]:
    note = CalibrationNote.objects.create(
        nomination=a_case(person, "calibrating"), author=dora(), text="Who saw the second project?"
    )
    return {"pk": note.pk}


def people(get: str, post: str, *names: str) -> dict[str, tuple[str, str]]:
    return dict.fromkeys(names, (get, post))


def rows(row: Any) -> dict[str, Any]:
    """People operations read no note and no vote; the candidate reads notes once the round is decided."""
    operate = ("ada", "finn")
    return {
        "promotions/next-steps/<uuid:pk>/done/": row(READ, "in 302 404", own=own_step, missing=NOWHERE),
        "promotions/mail/": row(READ, "in 302 302"),
        "promotions/rounds/<uuid:pk>/committee/": row("in 200 200", READ, own=own_round, missing=NOWHERE),
        "promotions/seats/<uuid:pk>/end/": row(
            "in again 404",
            "in again 404",
            own=own_seat,
            missing=NOWHERE,
            roles=people("again", "again", *operate, "dora"),
        ),
        "promotions/rounds/<uuid:pk>/raters/add/": row(
            NOBODY, NOBODY, own=own_round, missing=NOWHERE, roles=people("200", "422", *operate, "dora")
        ),
        "promotions/cases/<uuid:pk>/from-my-log/": row(
            "in 200 404", "in 422 404", own=own_case, missing=NOWHERE
        ),
        "promotions/cases/<uuid:pk>/talk/": row(
            "in 200 404",
            READ,
            own=own_told,
            missing=NOWHERE,
            roles=people("200", "405", "ben", "kim", "dora"),
        ),
        "promotions/cases/<uuid:pk>/notes/": row(
            READ, NOBODY, own=own_talked, missing=NOWHERE, roles=people("405", "422", "dora")
        ),
        "promotions/notes/<uuid:pk>/": row(
            NOBODY, NOBODY, own=own_note, missing=NOWHERE, roles=people("200", "422", "dora")
        ),
        "promotions/cases/<uuid:pk>/vote/": row(
            READ, NOBODY, own=own_talked, missing=NOWHERE, roles=people("405", "422", "dora")
        ),
    }
