"""The doors: the only ways to an object or to a page that comes with a role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from fairlead.web.access.permissions import PERMISSIONS
from fairlead.web.access.relations import PRIVILEGED, Asking, holds
from fairlead.web.people.models import Person

if TYPE_CHECKING:
    from fairlead.web.access.permission import Permission
    from fairlead.web.access.relations import Actor

NOT_HERE: Final = "There is nothing here."
"""The one answer to "does not exist" and "is not yours"."""


class SecondFactorNeeded(Exception):  # noqa: N818 - a state that leads to a page, not a fault
    """The actor holds the role, but has not shown a second factor in this session."""


def get(actor: Actor, permission: str, pk: UUID | str) -> Any:
    """Return the object if the actor may have it; else 404, the same whether it exists or not."""
    # The query asks for what the actor may have: a foreign object is never loaded, so that its answer takes
    # as long as that of a missing one, however large it is.
    person, rule = _person(actor), PERMISSIONS[permission]
    mine, withheld = _rows(actor, person, rule)
    found = _of(rule).filter(mine, pk=_uuid(pk)).first()
    if found is None and withheld:
        raise SecondFactorNeeded
    if found is None:
        raise Http404(NOT_HERE)
    return found


def visible(actor: Actor, permission: str) -> QuerySet[Any]:
    """Return the objects the actor may have, and no others.

    Somebody whose role asks for a second factor that they have not shown has what everybody like them
    has without the role; where only the role opens something, they are led to the second factor.
    """
    person, rule = _person(actor), PERMISSIONS[permission]
    mine, withheld = _rows(actor, person, rule)
    found = _of(rule).filter(mine)
    if withheld and not (rule.anybody is not None and rule.anybody(person)) and not found.exists():
        raise SecondFactorNeeded
    return found


def require(actor: Actor, permission: str) -> Person:
    """Return who asks, if the page is theirs to see; else 404, as if there were no such page."""
    person, rule = _person(actor), PERMISSIONS[permission]
    if rule.anybody is not None and rule.anybody(person):
        return person
    if not _by_role(actor, rule):
        raise Http404(NOT_HERE)
    return person


def require_some(actor: Actor, permission: str) -> Person:
    """Return who asks, if the page is theirs by a role or one of its objects is their own; else 404."""
    person, rule = _person(actor), PERMISSIONS[permission]
    if rule.own is not None and rule.model is not None:
        rows: QuerySet[Any] = rule.model._default_manager.filter(rule.own(person))  # noqa: SLF001
        if rows.exists():
            return person
    return require(actor, permission)


def may(actor: Actor, permission: str) -> bool:
    """Say whether to show the way to a page; the page itself asks ``require``."""
    try:
        require(actor, permission)
    except Http404:
        return False
    except SecondFactorNeeded:
        return True
    return True


def _rows(actor: Actor, person: Person, rule: Permission) -> tuple[Q, bool]:
    """Say which rows are the actor's now, and whether those of a role wait for a second factor."""
    mine = rule.own(person) if rule.own else Q(pk__in=[])
    if rule.rows is None:
        return mine, False
    try:
        by_role = _by_role(actor, rule)
    except SecondFactorNeeded:
        return mine, True
    return (mine | rule.rows(person) if by_role else mine), False


def _of(rule: Permission) -> QuerySet[Any]:
    assert rule.model is not None, "this permission is about a page: call require"  # noqa: S101 - a slip in code
    return rule.model._default_manager.all()  # noqa: SLF001 - Django's public name for it


def _by_role(actor: Actor, rule: Permission) -> bool:
    """Say whether a role opens it; a role that asks for a second factor counts only with one."""
    held = [role for role in rule.roles if holds(actor, role)]
    asking: Asking | None = getattr(actor, "asking", None)
    # Outside a request there is no session: a job goes on with what a signed-in person began.
    if asking is None or asking.second_factor or any(role not in PRIVILEGED for role in held):
        return bool(held)
    if held:
        raise SecondFactorNeeded
    return False


def _person(actor: Actor) -> Person:
    person = getattr(actor, "person", None)
    if actor is None or not actor.is_authenticated or person is None:
        raise Http404(NOT_HERE)
    assert isinstance(person, Person)  # noqa: S101 - narrows the reverse relation
    return person


def _uuid(pk: UUID | str) -> UUID:
    try:
        return pk if isinstance(pk, UUID) else UUID(pk)
    except ValueError:
        raise Http404(NOT_HERE) from None
