"""Who gets what from every address of My role: only the owner, and nobody else anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from tests.cast import Browser, Member
from tests.web.audits import made

from fairlead.library import load
from fairlead.web.audits import actions
from fairlead.web.audits.models import (
    AnswerSheet,
    HighPayoffEntry,
    OwnProfile,
    OwnRule,
    Procedure,
    Resolution,
)
from fairlead.web.runs.models import Run, State

if TYPE_CHECKING:
    from collections.abc import Callable

NOWHERE = "00000000-0000-4000-8000-000000000000"
ROLE = "11-9041.00"


def own_reading(person: Any) -> dict[str, Any]:
    browser = Browser()
    browser.force_login(person.user)
    reading = made.stand(Member(person, browser))
    person.refresh_from_db()
    return {"pk": reading.pk, "calendar": reading.calendar_id}


def own_file(person: Any) -> dict[str, Any]:
    return {"pk": own_reading(person)["pk"], "form": "json"}


def own_failure(person: Any) -> dict[str, Any]:
    run = Run.objects.create(owner=person, kind="calendar", state=State.FAILED, error="No calendar.")
    return {"pk": run.pk}


def own_calendar(person: Any) -> dict[str, Any]:
    return {"pk": own_reading(person)["calendar"]}


def own_rule(person: Any) -> dict[str, Any]:
    rule = OwnRule.objects.create(
        owner=person, about="series", match="0" * 32, kind="doing", says="Mondays 10:00"
    )
    return {"pk": rule.pk}


def own_sheet(person: Any, *, finished: bool = False) -> AnswerSheet:
    instrument = load.instrument("rut-check")
    sheet = actions.open_sheet(
        actor=person,
        instrument=instrument.id,
        version=instrument.version,
        sha256=load.instrument_digest(instrument.id),
    )
    if finished:
        sheet.values = {item.id: 3.0 for item in instrument.items if item.kind == "choice"}
        sheet.finished_at = timezone.now()
        sheet.save()
    return sheet


def begun(person: Any) -> dict[str, Any]:
    return {"pk": own_sheet(person).pk}


def begun_at_two(person: Any) -> dict[str, Any]:
    return {"pk": own_sheet(person).pk, "number": 2}


def finished(person: Any) -> dict[str, Any]:
    return {"pk": own_sheet(person, finished=True).pk}


def own_profile(person: Any) -> dict[str, Any]:
    from fairlead.web.audits import queries, wordings

    found = wordings.read_profile("role.yaml", wordings.example().encode())
    stored = queries.profiles().dump_python(found, mode="json")
    return {"pk": OwnProfile.objects.create(owner=person, title=found.title, source="own", profile=stored).pk}


def own_entry(person: Any) -> dict[str, Any]:
    return {"pk": HighPayoffEntry.objects.create(owner=person, area="training", name="Onboarding").pk}


def own_procedure(person: Any) -> dict[str, Any]:
    return {"pk": Procedure.objects.create(owner=person, name="Handover").pk}


def own_decision(person: Any) -> dict[str, Any]:
    return {"pk": Resolution.objects.create(owner=person, text="Lead", decided_on=timezone.localdate()).pk}


SHOWN, FORM, DO = "405 405 405", "in 422 422", "405 405 405"


def rows(row: Callable[..., Any]) -> dict[str, Any]:
    """The rows of the table; ``missing`` is the same address with a number that names nothing."""

    def mine(get: str, post: str, own: Any, **more: Any) -> Any:
        return row(get, post, own=own, missing={"pk": NOWHERE} | more)

    return {
        "role/": row("in 200 200", SHOWN),
        "role/calendar/": row("in 200 200", FORM),
        "role/read-again/": row(DO, "in 302 302"),
        "role/put-away/<uuid:pk>/": mine(DO, "in 302 404", own_failure),
        "role/readings/": row("in 200 200", SHOWN),
        "role/readings/compare/": row("in 404 404", SHOWN),
        "role/readings/<uuid:pk>/": mine("in 200 404", SHOWN, own_reading),
        "role/readings/<uuid:pk>/events/": mine("in 200 404", SHOWN, own_reading),
        "role/readings/<uuid:pk>/correct/": mine(DO, "in 404 404", own_reading),
        "role/readings/<uuid:pk>/delete/": mine(DO, "in 302 404", own_reading),
        "role/readings/<uuid:pk>/reading.<slug:form>": mine("in 200 404", SHOWN, own_file, form="json"),
        "role/sort/<uuid:pk>/": mine("in 200 404", "in 200 404", own_calendar),
        "role/sort/<uuid:pk>/forget-titles/": mine(DO, "in 302 404", own_calendar),
        "role/rules/": row("in 200 200", SHOWN),
        "role/rules/<uuid:pk>/take-back/": mine(DO, "in 302 404", own_rule),
        "role/delete-everything/": row("in 200 200", FORM),
        "role/questions/<slug:instrument>/": row(
            "in 200 200", "in 302 302", path="/role/questions/rut-check/"
        ),
        "role/answers/<uuid:pk>/": mine("in 200 404", SHOWN, finished),
        "role/answers/<uuid:pk>/<int:number>/": mine("in 200 404", "in 302 404", begun_at_two, number=2),
        "role/answers/<uuid:pk>/review/": mine("in 200 404", "in 302 404", begun),
        "role/answers/<uuid:pk>/delete/": mine(DO, "in 302 404", finished),
        "role/asked/": row("in 200 200", SHOWN),
        "role/asked/suggest/": row("in 200 200", SHOWN),
        "role/asked/choose/": row(DO, "in 404 404"),
        "role/asked/description/": row("in 200 200", FORM),
        "role/asked/own/": row("in 200 200", FORM),
        "role/asked/own/<uuid:pk>/": mine("in 200 404", SHOWN, own_profile),
        "role/asked/own/<uuid:pk>/delete/": mine(DO, "in 302 404", own_profile),
        "role/asked/role/<str:code>/": row("in 200 200", SHOWN, path=f"/role/asked/role/{ROLE}/"),
        "role/high-payoff/": row("in 200 200", FORM),
        "role/high-payoff/<uuid:pk>/": mine("in 200 404", "in 422 404", own_entry),
        "role/high-payoff/<uuid:pk>/remove/": mine(DO, "in 302 404", own_entry),
        "role/procedures/": row("in 200 200", FORM),
        "role/procedures/<uuid:pk>/": mine("in 200 404", "in 422 404", own_procedure),
        "role/procedures/<uuid:pk>/remove/": mine(DO, "in 302 404", own_procedure),
        "role/decision/": row("in 200 200", FORM),
        "role/decision/<uuid:pk>/tick/": mine(DO, "in 302 404", own_decision),
        "role/decision/<uuid:pk>/delete/": mine(DO, "in 302 404", own_decision),
    }
