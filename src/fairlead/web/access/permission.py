"""What a permission is: an object of the policy table, a verb, for whom, over which rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Model, Q

from fairlead.web.access.relations import everything
from fairlead.web.access.rows import TABLE
from fairlead.web.access.table import Verb
from fairlead.web.people.models import Person

if TYPE_CHECKING:
    from fairlead.web.grants.models import Role

Rows = Callable[[Person], Q]


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """One permission: ``of`` and ``verb`` name its row and its verb in the policy table.

    ``own`` gives the rows somebody has because they are theirs; ``rows`` the rows that come with one
    of the ``roles``. ``anybody`` opens a page without an object to each person for whom it is true.
    """

    of: str
    verb: Verb
    says: str
    model: type[Model] | None = None
    own: Rows | None = None
    rows: Rows | None = None
    anybody: Callable[[Person], bool] | None = None

    @property
    def roles(self) -> frozenset[Role]:
        """Give the roles that bring it: those of the table, where the permission says over which rows."""
        return TABLE[self.of].roles(self.verb) if self.rows is not None else frozenset()


def owned(model: type[Model], of: str, *, by: str = "owner") -> Permission:
    """Only the owner, named by the field ``by``; nobody else, whatever their role."""

    def own(person: Person) -> Q:
        return Q(**{by: person.pk})

    return Permission(of=of, verb=Verb.WRITE, model=model, own=own, says="Only its owner.")


def granted(
    of: str,
    verb: Verb,
    *,
    says: str,
    model: type[Model] | None = None,
    own: Rows | None = None,
    rows: Rows = everything,
) -> Permission:
    """Give what comes with the roles that the table names; ``own`` adds what is one's own."""
    return Permission(of=of, verb=verb, says=says, model=model, own=own, rows=rows)


def everybody(_person: Person) -> bool:
    """Each person who is signed in."""
    return True
