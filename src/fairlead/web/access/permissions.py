"""Every permission: which object of the policy table, which verb, for whom, over which rows.

A room adds its lines to ``PERMISSIONS``: ``owned(Model, "object")`` for what only its owner has,
``granted("object", "verb", roles)`` for what comes with a role.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Model, Q
from django.utils import timezone

from fairlead.web.access.relations import everything, in_chart, is_in_chart
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
from fairlead.web.grants.models import Grant, Over, Role
from fairlead.web.people.models import Person
from fairlead.web.privacy.models import ErasureRequest
from fairlead.web.roster.models import Invitation, RosterImport
from fairlead.web.runs.models import Run
from fairlead.web.sharing.models import Share
from fairlead.web.trail.models import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable

Rows = Callable[[Person], Q]

PEOPLE_OPERATIONS, SYSTEM_ADMIN = Role.PEOPLE_OPERATIONS, Role.SYSTEM_ADMIN
AUDITOR, WORKS_COUNCIL = Role.AUDITOR, Role.WORKS_COUNCIL


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """One permission: ``of`` and ``verb`` name its cell in the policy table.

    ``own`` gives the rows somebody has because they are theirs; ``rows`` the rows that come with one
    of the ``roles``. ``anybody`` opens a page without an object to each person for whom it is true.
    """

    of: str
    verb: str
    says: str
    model: type[Model] | None = None
    own: Rows | None = None
    roles: frozenset[Role] = frozenset()
    rows: Rows = everything
    anybody: Callable[[Person], bool] | None = None


def owned(model: type[Model], of: str, *, by: str = "owner") -> Permission:
    """Only the owner, named by the field ``by``; nobody else, whatever their role."""
    return Permission(
        of=of, verb="write", model=model, own=lambda person: Q(**{by: person.pk}), says="Only its owner."
    )


def granted(
    of: str, verb: str, roles: Iterable[Role], *, says: str, model: type[Model] | None = None, **more: Any
) -> Permission:
    """Give what comes with one of the roles."""
    return Permission(of=of, verb=verb, roles=frozenset(roles), says=says, model=model, **more)


def everybody(_person: Person) -> bool:
    """Each person who is signed in."""
    return True


def _read_share(person: Person) -> Q:
    """Give what one shares, and what was shared with one while it stands."""
    return Q(owner=person) | Q(reader=person, ended_at=None, until__gte=timezone.localdate())


def _own_grant(person: Person) -> Q:
    """Give the roles that are one's own, and the coach whom one has chosen."""
    return Q(person=person) | Q(over=Over.PERSON, over_id=person.pk)


PERMISSIONS: Final[dict[str, Permission]] = {
    # one's own account and My role
    "person.self": Permission(
        of="account", verb="write", model=Person, own=lambda one: Q(pk=one.pk), says="Only the person."
    ),
    "run.view": owned(Run, "time"),
    "calendar.view": owned(CalendarImport, "time"),
    "decision.view": owned(Resolution, "time"),
    "high_payoff.view": owned(HighPayoffEntry, "time"),
    "own_rule.view": owned(OwnRule, "time"),
    "procedure.view": owned(Procedure, "time"),
    "profile.view": owned(OwnProfile, "time"),
    "reading.view": owned(Reading, "time"),
    "sheet.view": owned(AnswerSheet, "time"),
    # the roster
    "roster.view": Permission(
        of="chart",
        verb="read",
        model=Person,
        roles=frozenset({PEOPLE_OPERATIONS}),
        rows=lambda _one: in_chart(),
        own=lambda one: in_chart() if is_in_chart(one) else Q(pk__in=[]),
        anybody=is_in_chart,
        says="Everybody who has a position today, and people operations.",
    ),
    "roster.edit": granted(
        "roster",
        "write",
        [PEOPLE_OPERATIONS],
        model=Person,
        rows=lambda _one: Q(number__isnull=False),
        says="People operations.",
    ),
    "roster.import": granted(
        "roster", "write", [PEOPLE_OPERATIONS], model=RosterImport, says="People operations."
    ),
    "roster.invite": granted(
        "roster", "write", [PEOPLE_OPERATIONS], model=Invitation, says="People operations."
    ),
    # roles
    "grant.own": Permission(
        of="roles",
        verb="read",
        model=Grant,
        own=_own_grant,
        anybody=everybody,
        says="The person who holds it, and the person who is coached.",
    ),
    "grant.view": granted(
        "roles",
        "read",
        [PEOPLE_OPERATIONS, SYSTEM_ADMIN, AUDITOR, WORKS_COUNCIL],
        model=Grant,
        says="People operations, system administrators, auditors, the works council.",
    ),
    "grant.propose": granted(
        "roles",
        "write",
        [PEOPLE_OPERATIONS, SYSTEM_ADMIN],
        model=Grant,
        says="People operations, and system administrators for their own kind.",
    ),
    "grant.confirm": granted(
        "roles",
        "write",
        [PEOPLE_OPERATIONS, SYSTEM_ADMIN],
        model=Grant,
        rows=lambda one: ~Q(person=one) & ~Q(proposed_by=one),
        says="A second person of people operations or a system administrator; never for themselves.",
    ),
    "grant.end": granted(
        "roles",
        "write",
        [PEOPLE_OPERATIONS, SYSTEM_ADMIN],
        model=Grant,
        own=_own_grant,
        says="People operations, system administrators, and whoever holds the role.",
    ),
    # shares
    "share.own": owned(Share, "share"),
    "share.view": Permission(
        of="share",
        verb="read",
        model=Share,
        own=_read_share,
        says="Its owner, and its reader while it stands.",
    ),
    # the record
    "trail.own": Permission(
        of="who_saw",
        verb="read",
        model=Entry,
        own=lambda one: Q(subject=one.pk) | Q(actor=one.pk),
        anybody=everybody,
        says="The person whose data it was, and the person who did it.",
    ),
    "trail.technical": granted(
        "who_saw", "technical", [SYSTEM_ADMIN], model=Entry, says="System administrators."
    ),
    "trail.read": granted(
        "who_saw", "metadata", [AUDITOR, WORKS_COUNCIL], model=Entry, says="Auditors, the works council."
    ),
    # rights
    "erasure.own": Permission(
        of="erasure",
        verb="write",
        model=ErasureRequest,
        own=lambda one: Q(person=one.pk),
        anybody=everybody,
        says="The person who asks.",
    ),
    "erasure.answer": granted(
        "erasure",
        "answer",
        [PEOPLE_OPERATIONS],
        model=ErasureRequest,
        rows=lambda one: ~Q(person=one.pk),
        says="People operations; nobody answers their own.",
    ),
    "record.read": granted(
        "processing",
        "read",
        [PEOPLE_OPERATIONS, SYSTEM_ADMIN, AUDITOR, WORKS_COUNCIL],
        says="People operations, system administrators, auditors, the works council.",
    ),
    "settings.read": Permission(
        of="settings", verb="read", anybody=everybody, says="Everybody who is signed in."
    ),
}
