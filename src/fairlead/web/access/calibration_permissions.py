"""The permissions of calibration and of colleagues' input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef, Q

from fairlead.web.access import case_reaches
from fairlead.web.access.permission import Permission
from fairlead.web.access.relations import holds
from fairlead.web.access.table import Verb
from fairlead.web.grants.models import Role
from fairlead.web.promotions.case_models import PeerInput, RaterAssignment, Rating
from fairlead.web.promotions.models import CommitteeSeat, Nomination, Round
from fairlead.web.promotions.states import OVER, RATINGS_OPEN, CaseState, RoundState

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

INPUT_OPEN: Final = (RoundState.EVIDENCE, RoundState.ASSIGNING, RoundState.RATING, RoundState.CALIBRATING)
"""While colleagues are asked, write and are answered."""

INPUT_READ: Final = (*INPUT_OPEN, RoundState.DECIDING, *OVER)


def calibrates(person: Person) -> Q:
    """Give rounds whose ratings are open, to those who sit in their committee and hold its role."""
    if not holds(person.user, Role.COMMITTEE):
        return case_reaches.NOTHING
    seat = CommitteeSeat.objects.filter(round=OuterRef("pk"), person=person, ended_at=None)
    return Q(Exists(seat)) & Q(state__in=RATINGS_OPEN)


def rated_in(person: Person) -> Q:
    """Give rounds whose ratings are open and in which somebody rated."""
    rated = RaterAssignment.objects.filter(
        nomination__round=OuterRef("pk"), rater=person, ended_at=None, handed_in_at__isnull=False
    )
    return Q(Exists(rated)) & Q(state__in=RATINGS_OPEN)


def revisable(person: Person) -> Q:
    """Give one's own ratings while a round is in calibration."""
    return Q(
        assignment__rater=person,
        assignment__ended_at=None,
        assignment__nomination__state=CaseState.STANDING,
        assignment__nomination__round__state=RoundState.CALIBRATING,
    )


def asks(person: Person) -> Q:
    """Give cases for which somebody can ask colleagues as manager or sponsor; the candidate cannot."""
    near = (Q(manager__isnull=False) & Q(manager=person)) | (Q(sponsor__isnull=False) & Q(sponsor=person))
    return near & ~Q(candidate=person) & Q(state=CaseState.STANDING, round__state__in=INPUT_READ)


def committee_asks(person: Person) -> Q:
    """Give cases to members of the committee who have a part in them."""
    if not holds(person.user, Role.COMMITTEE):
        return case_reaches.NOTHING
    shown = Q(state__in=[CaseState.STANDING, CaseState.DECIDED], round__state__in=INPUT_READ)
    return case_reaches.has_part(person) & shown


def told(person: Person) -> Q:
    """Give what colleagues said to the candidate and those who carry the case."""
    return (asks(person) & Q(state=CaseState.STANDING)) | case_reaches.told(person)


def _on_case(reach: Q) -> Q:
    """Put a reach over cases in terms of what hangs on a case, by a query of its own."""
    return Q(nomination__in=Nomination.objects.filter(reach))


CALIBRATION_PERMISSIONS: Final[dict[str, Permission]] = {
    "round.calibration": Permission(
        of="severity",
        verb=Verb.READ,
        model=Round,
        rows=calibrates,
        says="Members of the committee of the round, once ratings are open; severities and fair scores "
        "when each rater has read their own, or after two days.",
    ),
    "severity.own": Permission(
        of="severity",
        verb=Verb.READ,
        model=Round,
        own=rated_in,
        says="Who rated in the round, their own reading.",
    ),
    "rating.revise": Permission(
        of="rating",
        verb=Verb.WRITE,
        model=Rating,
        own=revisable,
        says="Who gave the rating, while the round is in calibration.",
    ),
    "peers.see": Permission(
        of="peer_input",
        verb=Verb.READ,
        model=Nomination,
        own=told,
        rows=committee_asks,
        says="The manager and sponsor; members of the committee who have a part in the case; the "
        "candidate and the manager’s manager once the round is decided. In the form its author was told.",
    ),
    "peers.ask": Permission(
        of="peer_input",
        verb=Verb.WRITE,
        model=Nomination,
        own=asks,
        rows=committee_asks,
        says="The manager and sponsor; members of the committee who have a part in the case.",
    ),
    "peers.write": Permission(
        of="peer_input",
        verb=Verb.WRITE,
        model=PeerInput,
        own=lambda one: Q(author=one),
        says="Who was asked.",
    ),
    "peers.answer": Permission(
        of="peer_input",
        verb=Verb.ANSWER,
        model=PeerInput,
        own=lambda one: _on_case(asks(one)),
        rows=lambda one: _on_case(committee_asks(one)),
        says="The manager and sponsor answer; the chair says why something stays unanswered; a member of "
        "the committee writes the summary.",
    ),
}
