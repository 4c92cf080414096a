"""Who gets what from the addresses of surveys and questionnaires."""

from __future__ import annotations

from typing import Any

from tests.factories import PersonFactory
from tests.web.feedback.asking import draft, launched, questionnaire

from fairlead.web.feedback import terms
from fairlead.web.feedback.models import OwnInstrument

NOWHERE = "00000000-0000-4000-8000-000000000000"
NO = "405 405 405"


def named() -> tuple[Any, ...]:
    return tuple(PersonFactory.create().pk for _ in range(6))


def own_draft(person: Any) -> dict[str, Any]:
    return {"pk": draft(person, "role", about=person, people=named()).pk}


def own_survey(person: Any) -> dict[str, Any]:
    return {"pk": launched(person, "role", about=person, people=named()).pk}


def draft_of_all(person: Any) -> dict[str, Any]:
    return {"pk": draft(person).pk}


def own_questionnaire(person: Any) -> dict[str, Any]:
    text = questionnaire("pulse", "pulse-fairness").text.replace("id: pulse-fairness", "id: ours", 1)
    digest = terms.digest_of(text)
    values = {
        "made_by": person,
        "name": "ours",
        "version": "1",
        "title": "Ours",
        "asks": "pulse",
        "text": text,
    }
    return {"pk": OwnInstrument.objects.get_or_create(digest=digest, defaults=values)[0].pk}


def way(_person: Any) -> dict[str, Any]:
    return {"way": "work"}


def shipped(_person: Any) -> dict[str, Any]:
    return {"name": "pulse-culture"}


def rows(row: Any) -> dict[str, Any]:
    """The rows of the table."""

    def seen(get: str, post: str, own: Any = None, **missing: str) -> Any:
        return row(get, post, own=own, missing=missing or ({"pk": NOWHERE} if own else None))

    def operations(get: str, post: str, own: Any = None) -> Any:
        return row(
            NO if get == "405" else "in 404 404",
            NO if post == "405" else "in 404 404",
            own=own,
            missing={"pk": NOWHERE} if own else None,
            roles=dict.fromkeys(("ada", "finn"), (get, post)),
        )

    return {
        "feedback/": seen("in 200 200", NO),
        "feedback/surveys/": operations("200", "405"),
        "feedback/new/": seen("in 200 200", NO),
        "feedback/new/<slug:way>/": seen("in 200 200", "in 422 422", way, way="nothing"),
        "feedback/surveys/<uuid:pk>/": seen("in 200 404", NO, own_survey),
        "feedback/surveys/<uuid:pk>/change/": seen("in 200 404", "in 422 404", own_draft),
        "feedback/surveys/<uuid:pk>/preview/": seen("in 200 404", NO, own_draft),
        "feedback/surveys/<uuid:pk>/launch/": operations("405", "again", draft_of_all),
        "feedback/surveys/<uuid:pk>/ask/": seen(NO, "in 302 404", own_draft),
        "feedback/surveys/<uuid:pk>/cancel/": seen("in 200 404", "in 302 404", own_survey),
        "feedback/surveys/<uuid:pk>/delete/": seen(NO, "in 302 404", own_draft),
        "feedback/questionnaires/": seen("in 200 200", NO),
        "feedback/questionnaires/add/": operations("200", "422"),
        "feedback/questionnaires/own/<uuid:pk>/": seen("in 200 200", NO, own_questionnaire),
        "feedback/questionnaires/own/<uuid:pk>/file.yaml": seen("in 200 200", NO, own_questionnaire),
        "feedback/questionnaires/own/<uuid:pk>/retire/": operations("405", "302", own_questionnaire),
        "feedback/questionnaires/<slug:name>/": seen("in 200 200", NO, shipped, name="nothing"),
        "feedback/questionnaires/<slug:name>/file.yaml": seen("in 200 200", NO, shipped, name="nothing"),
    }
