"""Who gets what from the addresses of calibration: the committee of the round, and raters their own."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from tests.factories import PersonFactory
from tests.web.promotions import made

from fairlead.web.people.models import Person
from fairlead.web.promotions.calibration_models import SeverityTold
from fairlead.web.promotions.case_models import Calibration, RaterAssignment, Rating
from fairlead.web.promotions.cases import manager_of

NOWHERE = {"pk": "00000000-0000-4000-8000-000000000000"}
READ = "405 405 405"
NOBODY = "in 404 404"


def dora() -> Any:
    return Person.objects.filter(name="Dora").first() or PersonFactory.create(name="Dora")


def a_case(person: Any, state: str, of: str = "standing") -> Any:
    """A case of the person, led by their manager; Dora chairs and has rated it."""
    one = made.a_round(state, opened_at=timezone.now())
    made.seated(one, dora(), "chair")
    boss = manager_of(person)
    case = made.case(one, person, of, manager=boss, above=manager_of(boss) if boss else None)
    now = timezone.now()
    assigned = RaterAssignment.objects.create(nomination=case, rater=dora(), handed_in_at=now, read_at=now)
    Rating.objects.create(
        assignment=assigned, criterion="vision", score=3, words="Led the move", rests_on="seen", given_at=now
    )
    SeverityTold.objects.create(round=one, rater=dora(), confirmed_at=now)
    Calibration.objects.create(round=one, method="many-facet Rasch", ratings_sha256="0")
    return case


def own_calibrating(person: Any) -> dict[str, Any]:
    return {"pk": a_case(person, "calibrating").round_id}


def own_of_rater(person: Any) -> dict[str, Any]:
    return own_calibrating(person) | {"rater": dora().pk}


def own_told(person: Any) -> dict[str, Any]:
    return {"pk": a_case(person, "decided", "decided").pk}


def own_revisable(person: Any) -> dict[str, Any]:
    return {"pk": Rating.objects.get(assignment__nomination=a_case(person, "calibrating")).pk}


def people(get: str, post: str, *names: str) -> dict[str, tuple[str, str]]:
    return dict.fromkeys(names, (get, post))


AS_FILE = {"form": "csv"}


def rows(row: Any) -> dict[str, Any]:
    """The candidate reads no severity; people operations read ratings and no severity either."""
    round_of = {"own": own_calibrating, "missing": NOWHERE}
    return {
        "promotions/rounds/<uuid:pk>/calibration/": row(
            NOBODY, NOBODY, **round_of, roles=people("200", "302", "dora")
        ),
        "promotions/rounds/<uuid:pk>/calibration/mine/": row(
            NOBODY, NOBODY, **round_of, roles=people("200", "302", "dora")
        ),
        "promotions/rounds/<uuid:pk>/calibration/raters/<uuid:rater>/": row(
            NOBODY,
            READ,
            own=own_of_rater,
            missing=NOWHERE | {"rater": NOWHERE["pk"]},
            roles=people("200", "405", "dora"),
        ),
        "promotions/rounds/<uuid:pk>/calibration/file/<slug:form>/": row(
            NOBODY,
            READ,
            own=lambda person: own_calibrating(person) | AS_FILE,
            missing=NOWHERE | AS_FILE,
            roles=people("again", "405", "dora"),
        ),
        "promotions/cases/<uuid:pk>/ratings/": row(
            "in 200 404",
            READ,
            own=own_told,
            missing=NOWHERE,
            roles=people("200", "405", "ben", "kim", "ada", "finn", "dora"),
        ),
        "promotions/ratings/<uuid:pk>/revise/": row(
            NOBODY, NOBODY, own=own_revisable, missing=NOWHERE, roles=people("200", "422", "dora")
        ),
    }
