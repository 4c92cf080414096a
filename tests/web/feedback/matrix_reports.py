"""Who gets what from the addresses of reports: Cleo is whom it is about, or who may write or read."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from fairlead.core import disclosure
from fairlead.core.disclosure import fingerprint
from fairlead.library.load import instrument_digest, instrument_text
from fairlead.web import release
from fairlead.web.feedback import terms
from fairlead.web.feedback.models import Report, Survey, Theme
from fairlead.web.vault import house

NOWHERE = "00000000-0000-4000-8000-000000000000"
QUESTION = "stood_by"


def released(about: Any, *, own: bool = False, state: str = "released") -> Survey:
    """A finished survey of Cleo's team: by people operations, or begun by her about herself."""
    today = timezone.localdate()
    name = "multiplier"
    survey = Survey(
        kind="upward", title="How we work", about=about if own else None, made_by=about if own else None,
        instrument=name, instrument_version="1.0", instrument_digest=instrument_digest(name),
        instrument_text=instrument_text(name), opens_on=today - dt.timedelta(days=20), state=state,
        closes_on=today - dt.timedelta(days=3), frozen_at=timezone.now(), released_at=timezone.now(),
        organization={"teams": [{"id": str(about.pk), "above": "", "members": [NOWHERE]}], "alone": []},
    )  # fmt: skip
    survey.terms = fingerprint(terms.organization_of(survey), terms.policy_of(survey))
    survey.save(force_insert=True)
    return survey


def figures(group: str) -> dict[str, Any]:
    shown = {"at": 4.0, "end": "", "step": 1.0, "people_from": 5, "people_to": 7}
    cell = {
        "question": QUESTION, "reach": "team", "group": group, "shown": shown, "value": "", "trend": "",
        "held": False, "as_of": None, "agreement": "",
    }  # fmt: skip
    return {
        "cells": [cell], "withheld": [], "participation": [], "lens": "", "some_in_no_figure": False, "k": 5,
        "closed_on": "2026-03-02", "earlier_on": None,
    }  # fmt: skip


def report(about: Any, *, own: bool = False, comments: bool = True) -> Report:
    """One report about somebody, with comments for them and for people operations."""
    others = [{"question": "", "text": "The board is far away.", "choice": "themes"}] if comments else []
    return Report.objects.create(
        survey=released(about, own=own),
        about=about,
        reach="team",
        figures=release.sealed("figures", figures(str(about.pk))),
        comments=release.sealed("comments", [{"question": "", "text": "Thank you.", "choice": "verbatim"}]),
        others_comments=release.sealed("others_comments", others),
    )


def own_report(person: Any) -> dict[str, Any]:
    return {"pk": report(person).pk}


def own_file(person: Any) -> dict[str, Any]:
    return {"pk": report(person).pk, "form": "csv"}


def own_theme(person: Any) -> dict[str, Any]:
    found = report(person)
    text = house.seal("More news from above.", where="Theme.text")
    return {"pk": found.pk, "theme": Theme.objects.create(report=found, text=text).pk}


def own_nothing(person: Any) -> dict[str, Any]:
    return {"pk": released(person, own=True).pk}


def a_release(person: Any) -> dict[str, Any]:
    survey = released(person)
    made = release.keep(
        survey, disclosure.release([], terms.organization_of(survey), terms.policy_of(survey))
    )
    made.verdict = {"passed": True, "k": 5, "figures": 12, "groups": 2, "smallest": 6, "checks": ["groups"]}
    made.save(update_fields=["verdict"])
    return {"pk": made.pk}


def rows(row: Any) -> dict[str, Any]:
    """Every address of reports: people operations read what they released, auditors what the check found."""
    nowhere = {"pk": NOWHERE}
    operations = {"ada": ("200", "405"), "finn": ("200", "405")}
    write = {"ada": ("200", "422"), "finn": ("200", "422")}
    check = {"hugo": ("200", "405"), "ida": ("200", "405")}
    return {
        "feedback/reports/": row("in 200 200", "405 405 405"),
        "feedback/reports/<uuid:pk>/": row(
            "in 200 404", "405 405 405", own=own_report, missing=nowhere, roles=operations
        ),
        "feedback/reports/<uuid:pk>/report.<slug:form>": row(
            "in 200 404", "405 405 405", own=own_file, missing=nowhere | {"form": "csv"},
            roles={"ada": ("again", "405"), "finn": ("again", "405")},
        ),
        "feedback/reports/<uuid:pk>/show/": row("in 200 404", "in 302 404", own=own_report, missing=nowhere),
        "feedback/reports/<uuid:pk>/take-back/": row(
            "405 405 405", "in 302 404", own=own_report, missing=nowhere
        ),
        "feedback/reports/<uuid:pk>/themes/": row(
            "in 404 404", "in 404 404", own=own_report, missing=nowhere, roles=write
        ),
        "feedback/reports/<uuid:pk>/themes/<uuid:theme>/": row(
            "in 404 404", "in 404 404", own=own_theme, missing=nowhere | {"theme": NOWHERE}, roles=write
        ),
        "feedback/reports/<uuid:pk>/themes/<uuid:theme>/remove/": row(
            "405 405 405", "in 404 404", own=own_theme, missing=nowhere | {"theme": NOWHERE},
            roles={"ada": ("405", "302"), "finn": ("405", "302")},
        ),
        "feedback/reports/none/<uuid:pk>/": row(
            "in 200 404", "405 405 405", own=own_nothing, missing=nowhere
        ),
        "feedback/verdicts/": row("in 404 404", "405 405 405", roles=check),
        "feedback/verdicts/<uuid:pk>/": row(
            "in 404 404", "405 405 405", own=a_release, missing=nowhere, roles=check
        ),
    }  # fmt: skip
