"""WHO may do and see what: every permission, and the only two ways to an object.

``get`` gives one object or 404, the same for "not there" and "not yours"; ``visible`` gives the
queryset. Views import no models, so there is no third way. A room adds its lines to the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import Http404
from rules.predicates import predicate
from rules.rulesets import RuleSet

from fairlead.web.audits.models import (
    AnswerSheet,
    CalendarImport,
    HighPayoffEntry,
    OwnProfile,
    OwnRule,
    Procedure,
    Reading,
    Resolution,
)
from fairlead.web.people.models import Person
from fairlead.web.runs.models import Run

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

    Actor = AbstractBaseUser | AnonymousUser

NOT_HERE: Final = "There is nothing here."
"""The one answer to "does not exist" and "is not yours"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """One row of the table: the kind of object, who may (said about one object), and the same as a query."""

    model: type[Model]
    predicate: Callable[[Person, Any], bool]
    scope: Callable[[Person], Q]
    says: str


@predicate  # type: ignore[untyped-decorator]  # rules ships no types
def is_owner(person: Person, obj: Any) -> bool:
    """Say whether the object belongs to the person."""
    return bool(obj.owner_id == person.pk)


@predicate  # type: ignore[untyped-decorator]  # rules ships no types
def is_self(person: Person, obj: Any) -> bool:
    """Say whether the object is the person."""
    return bool(obj.pk == person.pk)


def owned(model: type[Model]) -> Permission:
    """Only the owner, named by the model's ``owner``; nobody else, whatever their role."""
    return Permission(
        model=model, predicate=is_owner, scope=lambda person: Q(owner=person), says="Only its owner."
    )


PERMISSIONS: Final[dict[str, Permission]] = {
    "person.self": Permission(
        model=Person, predicate=is_self, scope=lambda person: Q(pk=person.pk), says="Only the person."
    ),
    "run.view": owned(Run),
    "calendar.view": owned(CalendarImport),
    "decision.view": owned(Resolution),
    "high_payoff.view": owned(HighPayoffEntry),
    "own_rule.view": owned(OwnRule),
    "procedure.view": owned(Procedure),
    "profile.view": owned(OwnProfile),
    "reading.view": owned(Reading),
    "sheet.view": owned(AnswerSheet),
}
rules_set: Final = RuleSet({name: permission.predicate for name, permission in PERMISSIONS.items()})


def get(actor: Actor, permission: str, pk: UUID | str) -> Any:
    """Return the object if the actor may have it; else 404, the same whether it exists or not."""
    person = _person(actor)
    # The query asks for the actor's own: a foreign object is never loaded, so that its answer takes as long
    # as that of a missing one, however large it is.
    found = visible(actor, permission).filter(pk=_uuid(pk)).first()
    if found is None:
        raise Http404(NOT_HERE)
    if not rules_set.test_rule(permission, person, found):  # type: ignore[no-untyped-call]
        raise Http404(NOT_HERE)
    return found


def visible(actor: Actor, permission: str) -> QuerySet[Any]:
    """Return the objects the actor may have, and no others."""
    return _objects(permission).filter(PERMISSIONS[permission].scope(_person(actor)))


def _objects(permission: str) -> QuerySet[Any]:
    return PERMISSIONS[permission].model._default_manager.all()  # noqa: SLF001 - Django's public name for it


def _person(actor: Actor) -> Person:
    person = getattr(actor, "person", None)
    if not actor.is_authenticated or person is None:
        raise Http404(NOT_HERE)
    assert isinstance(person, Person)  # noqa: S101 - narrows the reverse relation
    return person


def _uuid(pk: UUID | str) -> UUID:
    try:
        return pk if isinstance(pk, UUID) else UUID(pk)
    except ValueError:
        raise Http404(NOT_HERE) from None
