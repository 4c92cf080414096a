"""Who gets what from the addresses of Promotions."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from tests.factories import PersonFactory
from tests.web.promotions import criteria_matrix, made
from tests.web.promotions.calibration_matrix import rows as calibration_rows
from tests.web.promotions.committee_matrix import rows as committee_rows
from tests.web.promotions.impact_matrix import rows as impact_rows
from tests.web.promotions.peers_matrix import rows as peers_rows

from fairlead.web.people.models import Person
from fairlead.web.promotions.case_models import Decision, RaterAssignment, Rating
from fairlead.web.promotions.cases import manager_of
from fairlead.web.promotions.models import CaseEvidence, Nomination, Round

NOWHERE = {"pk": "00000000-0000-4000-8000-000000000000"}
AS_FILE = {"form": "csv"}
READ = "405 405 405"
NOBODY = "in 404 404"


def dora() -> Any:
    return Person.objects.filter(name="Dora").first() or PersonFactory.create(name="Dora")


def a_draft() -> Round:
    return made.a_round("draft")


def own_draft(_person: Any) -> dict[str, Any]:
    return {"pk": a_draft().pk}


def own_opening(_person: Any) -> dict[str, Any]:
    return {"pk": a_draft().openings.get().pk}


def own_seat_of_draft(person: Any) -> dict[str, Any]:
    return {"pk": made.seated(a_draft(), person).pk}


def own_seat(person: Any) -> dict[str, Any]:
    return {"pk": made.seated(made.a_round("nominating", opened_at=timezone.now()), person).pk}


def own_round(_person: Any) -> dict[str, Any]:
    return {"pk": made.a_round("nominating", opened_at=timezone.now()).pk}


def chaired(state: str) -> Round:
    one = made.a_round(state, opened_at=timezone.now())
    made.seated(one, dora(), "chair")
    return one


def own_chaired(_person: Any) -> dict[str, Any]:
    return {"pk": chaired("assigning").pk}


def a_case(person: Any, state: str = "nominating", of: str = "standing", **values: Any) -> Nomination:
    boss = manager_of(person)
    above = manager_of(boss) if boss else None
    return made.case(chaired(state), person, of, manager=boss, above=above, **values)


def own_case(person: Any) -> dict[str, Any]:
    return {"pk": a_case(person, argument="She leads the move").pk}


def own_case_to_withdraw(person: Any) -> dict[str, Any]:
    return own_case(person) | {"verb": "withdraw"}


def own_advocated(person: Any) -> dict[str, Any]:
    return {"pk": a_case(person, advocate=manager_of(person), advocate_wants="asked").pk}


def own_evidence(person: Any) -> dict[str, Any]:
    piece = CaseEvidence.objects.create(nomination=a_case(person), criterion="vision", text="Led the move")
    return {"pk": piece.pk}


def own_written(person: Any) -> dict[str, Any]:
    said = {"criterion": "vision", "text": "Led the move", "added_by": person}
    return {"pk": CaseEvidence.objects.create(nomination=a_case(person), **said).pk}


def rated(person: Any, state: str, of: str = "standing") -> RaterAssignment:
    found = RaterAssignment.objects.create(nomination=a_case(person, state, of), rater=dora())
    if state != "rating":
        Rating.objects.create(
            assignment=found, criterion="vision", score=3, words="Led the move", given_at=timezone.now()
        )
    return found


def own_rated(person: Any) -> dict[str, Any]:
    return {"pk": rated(person, "rating").nomination_id}


def own_assignment(person: Any) -> dict[str, Any]:
    return {"pk": rated(person, "rating").pk}


def own_deciding(person: Any) -> dict[str, Any]:
    return {"pk": rated(person, "deciding").nomination_id}


def own_decided(person: Any) -> dict[str, Any]:
    case = rated(person, "decided", "decided").nomination
    Decision.objects.create(
        nomination=case, by=dora(), by_name="Dora", outcome="not_now", reasons=made.REASONS
    )
    return {"pk": case.pk}


def own_to_change(person: Any) -> dict[str, Any]:
    case = rated(person, "deciding", "decided").nomination
    Decision.objects.create(
        nomination=case, by=dora(), by_name="Dora", outcome="not_now", reasons=made.REASONS
    )
    return {"pk": case.pk}


def people(get: str, post: str, *names: str) -> dict[str, tuple[str, str]]:
    return dict.fromkeys(names, (get, post))


def rows(row: Any) -> dict[str, Any]:
    """The rows of the table: people operations run rounds, cases are read by whom the policy table names."""
    operate = ("ada", "finn")

    def run(post: str, own: Any, *also: str) -> Any:
        return row(READ, NOBODY, own=own, missing=NOWHERE, roles=people("405", post, *operate, *also))

    near = ("ben", "kim")
    case = {"own": own_case, "missing": NOWHERE}
    return criteria_matrix.rows(row) | impact_rows(row) | {
        "promotions/": row("in 200 200", READ),
        "promotions/rounds/new/": row(NOBODY, NOBODY, roles=people("200", "422", *operate)),
        "promotions/rounds/<uuid:pk>/": row("in 200 200", READ, own=own_round, missing=NOWHERE),
        "promotions/rounds/<uuid:pk>/change/": row(
            NOBODY, NOBODY, own=own_draft, missing=NOWHERE, roles=people("200", "422", *operate)
        ),
        "promotions/rounds/<uuid:pk>/delete/": run("302", own_draft),
        "promotions/rounds/<uuid:pk>/openings/": run("422", own_draft),
        "promotions/openings/<uuid:pk>/remove/": run("302", own_opening),
        "promotions/rounds/<uuid:pk>/seats/": run("422", own_draft),
        "promotions/seats/<uuid:pk>/remove/": run("302", own_seat_of_draft),
        "promotions/rounds/<uuid:pk>/open/": run("again", own_draft),
        # whoever holds the role of the committee is asked to sign in again before it is said that they
        # do not chair this one
        "promotions/rounds/<uuid:pk>/go-on/": run("again", own_chaired, "dora"),
        "promotions/rounds/<uuid:pk>/cancel/": row(
            NOBODY, NOBODY, own=own_round, missing=NOWHERE, roles=people("again", "again", *operate)
        ),
        "promotions/seats/<uuid:pk>/conflict/": row(READ, "in 302 404", own=own_seat, missing=NOWHERE),
        "promotions/rounds/<uuid:pk>/raters/": row(
            NOBODY, NOBODY, own=own_chaired, missing=NOWHERE, roles=people("200", "302", *operate, "dora")
        ),
        "promotions/assignments/<uuid:pk>/end/": run("again", own_assignment, "dora"),
        "promotions/rounds/<uuid:pk>/nominate/": row(
            "in 200 200", "in 422 422", own=own_round, missing=NOWHERE
        ),
        "promotions/cases/<uuid:pk>/": row(
            "in 200 404", READ, **case, roles=people("200", "405", *near)
        ),
        "promotions/cases/<uuid:pk>/do/<slug:verb>/": row(
            READ, "in 302 404", own=own_case_to_withdraw, missing=NOWHERE | {"verb": "withdraw"},
            roles=people("405", "302", "ben"),
        ),
        "promotions/cases/<uuid:pk>/write/": row(
            "in 200 404", "in 302 404", **case, roles=people("200", "302", "ben")
        ),
        "promotions/cases/<uuid:pk>/evidence/": row(
            "in 200 404", "in 422 404", **case, roles=people("200", "422", "ben")
        ),
        # changed by who put it in: the manager reads it and writes nothing over it
        "promotions/evidence/<uuid:pk>/change/": row(
            "in 200 404", "in 422 404", own=own_written, missing=NOWHERE
        ),
        "promotions/evidence/<uuid:pk>/remove/": row(
            READ, "in 302 404", own=own_evidence, missing=NOWHERE, roles=people("405", "302", "ben")
        ),
        "promotions/cases/<uuid:pk>/myself/": row("in 200 404", "in 302 404", **case),
        "promotions/cases/<uuid:pk>/advocate/": row(
            NOBODY, NOBODY, own=own_advocated, missing=NOWHERE, roles=people("200", "422", "ben")
        ),
        "promotions/cases/<uuid:pk>/rate/": row(
            NOBODY, NOBODY, own=own_rated, missing=NOWHERE, roles=people("200", "302", "dora")
        ),
        "promotions/cases/<uuid:pk>/hand-in/": row(
            READ, NOBODY, own=own_rated, missing=NOWHERE, roles=people("405", "302", "dora")
        ),
        "promotions/cases/<uuid:pk>/recuse/": row(
            NOBODY, NOBODY, own=own_rated, missing=NOWHERE, roles=people("again", "again", *operate, "dora")
        ),
        "promotions/cases/<uuid:pk>/decide/": row(
            NOBODY, NOBODY, own=own_deciding, missing=NOWHERE, roles=people("again", "again", "dora")
        ),
        "promotions/cases/<uuid:pk>/set-aside/": row(
            NOBODY, NOBODY, own=own_deciding, missing=NOWHERE, roles=people("again", "again", *operate)
        ),
        "promotions/cases/<uuid:pk>/decision/": row(
            "in 200 404", READ, own=own_decided, missing=NOWHERE,
            roles=people("200", "405", *near, *operate, "dora"),
        ),
        "promotions/cases/<uuid:pk>/decision/change/": row(
            NOBODY, NOBODY, own=own_to_change, missing=NOWHERE, roles=people("again", "again", "dora")
        ),
        "promotions/cases/<uuid:pk>/file/<slug:form>/": row(
            "in again 404", READ, own=lambda person: own_case(person) | AS_FILE, missing=NOWHERE | AS_FILE,
            roles=people("again", "405", *near),
        ),
        "promotions/cases/<uuid:pk>/decision/file/<slug:form>/": row(
            "in again 404", READ, own=lambda person: own_decided(person) | AS_FILE, missing=NOWHERE | AS_FILE,
            roles=people("again", "405", *near, *operate, "dora"),
        ),
        "promotions/cases/<uuid:pk>/decision/answer/": row(
            READ, "in 422 404", own=own_decided, missing=NOWHERE
        ),
        "promotions/cases/<uuid:pk>/next-step/": row(
            READ, "in 422 404", own=own_decided, missing=NOWHERE,
            roles=people("405", "422", *near, *operate, "dora"),
        ),
    } | calibration_rows(row) | peers_rows(row) | committee_rows(row)  # fmt: skip
