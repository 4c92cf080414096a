"""Who gets what from the addresses of the criteria."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from tests.web.promotions import made

from fairlead.core.framework import digest
from fairlead.web.promotions.criteria_models import SigningMember, SigningTeam
from fairlead.web.promotions.models import FrameworkVersion

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

NOWHERE = {"pk": "00000000-0000-4000-8000-000000000000"}
READ = "405 405 405"
CLOSED = "in 404 404"
OPERATE = ("ada", "finn")


def draft(number: str = "9", *, asked: bool = False, **values: Any) -> FrameworkVersion:
    """A draft of the small framework of the tests, with one other word."""
    plain = made.plain()
    first = replace(plain.criteria[0], title="Says where to, and why")
    found = replace(plain, version=number, criteria=(first, *plain.criteria[1:]))
    content = {"title": found.title, "content": asdict(found), "sha256": digest(found)}
    usual = {"asked_at": timezone.now() if asked else None}
    version, _new = FrameworkVersion.objects.update_or_create(
        framework=found.id, version=number, defaults=content | usual | values
    )
    return version


def team(*people: Person, confirmed: bool = True, by: Person | None = None) -> SigningTeam:
    """A list of those who sign; it counts unless somebody says otherwise."""
    if confirmed:
        SigningTeam.objects.filter(confirmed_at__isnull=False).delete()
    found = SigningTeam.objects.create(proposed_by=by, confirmed_at=timezone.now() if confirmed else None)
    SigningMember.objects.bulk_create(SigningMember(team=found, person=one) for one in people)
    return found


def signed(_person: Any) -> dict[str, Any]:
    return {"pk": made.framework().pk}


def a_draft(_person: Any) -> dict[str, Any]:
    return {"pk": draft().pk}


def a_level(_person: Any) -> dict[str, Any]:
    return {"pk": draft().pk, "name": "m1"}


def a_criterion(_person: Any) -> dict[str, Any]:
    return {"pk": draft().pk, "name": "craft"}


def a_verb(_person: Any) -> dict[str, Any]:
    return {"pk": draft().pk, "verb": "remove"}


def to_sign(person: Any) -> dict[str, Any]:
    team(person)
    return {"pk": draft("8", asked=True).pk}


def proposed(person: Any) -> dict[str, Any]:
    return {"pk": team(person, confirmed=False).pk}


def rows(row: Any) -> dict[str, Any]:
    """The rows of the table."""

    def operate(get: str, post: str, own: Any = None, **missing: Any) -> Any:
        return row(
            READ if get == "405" else CLOSED,
            READ if post == "405" else CLOSED,
            own=own,
            missing=NOWHERE | missing if own else None,
            roles=dict.fromkeys(OPERATE, (get, post)),
        )

    under = "promotions/criteria/"
    return {
        under: row("in 200 200", READ),
        f"{under}example/": row("in 200 200", READ),
        f"{under}example/framework.yaml": row("in 200 200", READ),
        f"{under}changes/": row("in 200 200", READ),
        f"{under}team/": row("in 200 200", READ),
        f"{under}team/propose/": operate("again", "again"),
        f"{under}team/<uuid:pk>/answer/": row(
            READ, CLOSED, own=proposed, missing=NOWHERE,
            roles=dict.fromkeys((*OPERATE, "gina"), ("405", "again")),
        ),
        f"{under}drafts/": operate("200", "302"),
        f"{under}drafts/upload/": operate("200", "422"),
        f"{under}<uuid:pk>/": row("in 200 200", READ, own=signed, missing=NOWHERE),
        f"{under}<uuid:pk>/framework.yaml": row("in 200 200", READ, own=signed, missing=NOWHERE),
        f"{under}<uuid:pk>/sign/": row("in again 404", "in again 404", own=to_sign, missing=NOWHERE),
        f"{under}<uuid:pk>/edit/": operate("200", "405", a_draft),
        f"{under}<uuid:pk>/edit/head/": operate("200", "422", a_draft),
        f"{under}<uuid:pk>/edit/questions/": operate("200", "422", a_draft),
        f"{under}<uuid:pk>/edit/levels/<slug:name>/": operate("200", "422", a_level, name="m1"),
        f"{under}<uuid:pk>/edit/criteria/<slug:name>/": operate("200", "422", a_criterion, name="craft"),
        f"{under}<uuid:pk>/edit/file/": operate("200", "422", a_draft),
        f"{under}<uuid:pk>/edit/do/<slug:verb>/": operate("405", "302", a_verb, verb="remove"),
        f"{under}<uuid:pk>/put/": operate("405", "302", a_draft),
        f"{under}<uuid:pk>/delete/": operate("200", "302", a_draft),
    }  # fmt: skip
