"""Which promotion rounds and cases somebody reaches; permissions of the room ``promotions`` name these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef, Q

from fairlead.web.access.relations import everything, holds, is_in_chart, led_by
from fairlead.web.grants.models import Role
from fairlead.web.promotions.case_models import RaterAssignment
from fairlead.web.promotions.closeness import leaders_of
from fairlead.web.promotions.models import CommitteeSeat, Nomination, Recusal
from fairlead.web.promotions.states import OPEN, OVER, RATINGS_OPEN, CaseState, RoundState

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

NOTHING: Final = Q(pk__in=[])
LIVE: Final = (CaseState.PROPOSED, CaseState.STANDING, CaseState.DECIDED)


def open_rounds(person: Person) -> Q:
    """Give rounds from their opening on, to everybody in the chart (row 121)."""
    return ~Q(state=RoundState.DRAFT) if is_in_chart(person) else NOTHING


def carried(person: Person) -> Q:
    """Give one's own case, and those of whom one is the manager or sponsor since the nomination."""
    return Q(candidate=person) | Q(manager=person) | Q(sponsor=person)


def carried_evidence(person: Person) -> Q:
    """Give the evidence of those cases."""
    of = "nomination__"
    return Q(**{f"{of}candidate": person}) | Q(**{f"{of}manager": person}) | Q(**{f"{of}sponsor": person})


def read_cases(person: Person) -> Q:
    """Add those of whom one is the manager's manager, or speaks for, once the person said yes."""
    agreed = ~Q(state__in=[CaseState.PROPOSED, CaseState.DECLINED])
    speaks = Q(advocate=person, advocate_wants=Nomination.Wants.YES)
    speaks &= Q(state__in=[CaseState.STANDING, CaseState.DECIDED])
    return carried(person) | (Q(above=person) & agreed) | speaks


def close_to(person: Person) -> Q:
    """Give the cases in which somebody has no part: by a rule of ``closeness``, or recused."""
    recused = Recusal.objects.filter(nomination=OuterRef("pk"), person=person)
    named = Q(pk__in=[])
    for whose in ("manager", "sponsor", "above"):
        named |= Q(**{f"{whose}__isnull": False, whose: person})
    speaks = Q(advocate__isnull=False, advocate=person, advocate_wants=Nomination.Wants.YES)
    led = Q(candidate__in=led_by(person)) | Q(candidate__in=leaders_of(person))
    return Q(candidate=person) | named | speaks | led | Q(Exists(recused))


def has_part(person: Person) -> Q:
    """Give the cases of rounds in whose committee one sits, without those in which one has no part."""
    seat = CommitteeSeat.objects.filter(round=OuterRef("round"), person=person, ended_at=None)
    return Q(Exists(seat)) & ~close_to(person)


def _apart(person: Person, of: str) -> Q:
    """Say that somebody has a part in every case of a round: the role opens nothing where they do not."""
    near = Nomination.objects.filter(close_to(person), round=OuterRef(of), state__in=LIVE)
    recused = Recusal.objects.filter(round=OuterRef(of), person=person)
    return ~Q(Exists(near)) & ~Q(Exists(recused))


def _rates(person: Person) -> Q:
    return Q(Exists(RaterAssignment.objects.filter(nomination=OuterRef("pk"), rater=person, ended_at=None)))


def committee_reads(person: Person) -> Q:
    """Give the cases one rates, once raters rate; all of the round once ratings are open."""
    rated = _rates(person) & Q(round__state=RoundState.RATING, state=CaseState.STANDING)
    talked = Q(round__state__in=RATINGS_OPEN, state__in=[CaseState.STANDING, CaseState.DECIDED])
    return has_part(person) & (rated | talked)


def committee_talked(person: Person) -> Q:
    """Give the cases that the committee talks about or has decided, and in which one has a part."""
    talked = Q(round__state__in=RATINGS_OPEN, state__in=[CaseState.STANDING, CaseState.DECIDED])
    return has_part(person) & talked


def committee_talks(person: Person) -> Q:
    """Give the cases that the committee talks about now and in which one has a part."""
    now = Q(round__state__in=[RoundState.CALIBRATING, RoundState.DECIDING], state=CaseState.STANDING)
    return has_part(person) & now


def own_notes(person: Person) -> Q:
    """Give one's own notes on cases in calibration in which one has a part."""
    now = Q(round__state=RoundState.CALIBRATING, state=CaseState.STANDING)
    return Q(author=person, nomination__in=Nomination.objects.filter(has_part(person) & now))


def ends_seats(person: Person) -> Q:
    """Give every seat to people operations, but not where they are close to a case; nobody else one."""
    if not _operates(person):
        return NOTHING
    return Q(ended_at=None, round__state__in=OPEN) & _apart(person, "round")


def own_seats(person: Person) -> Q:
    """Give one's own seats in rounds that run."""
    return Q(person=person, ended_at=None, round__state__in=OPEN)


def committee_rates(person: Person) -> Q:
    """Give the cases one is to rate now."""
    return has_part(person) & _rates(person) & Q(round__state=RoundState.RATING, state=CaseState.STANDING)


def committee_decides(person: Person) -> Q:
    """Give the cases that are being decided and in which one has a part."""
    return has_part(person) & Q(round__state=RoundState.DECIDING, state=CaseState.STANDING)


def own_decisions(person: Person) -> Q:
    """Give the cases that one decided oneself and of which nobody was told yet."""
    mine = Q(decision__isnull=False, decision__by=person)
    return has_part(person) & mine & Q(round__state=RoundState.DECIDING, state=CaseState.DECIDED)


def committee_member(person: Person) -> Q:
    """Give the cases in which a member can record that they, or as the chair that others, have no part."""
    seat = CommitteeSeat.objects.filter(round=OuterRef("round"), person=person, ended_at=None)
    return Q(Exists(seat)) & ~Q(candidate=person)


def _operates(person: Person) -> bool:
    return holds(person.user, Role.PEOPLE_OPERATIONS)


def recusable(person: Person) -> Q:
    """Give cases to people operations who are close to none of the round, and to members of its committee.

    Members can always recuse themselves; whom else the chair can recuse, ``states`` says.
    """
    found = committee_member(person)
    return found | _apart(person, "round") if _operates(person) else found


def run_cases(person: Person) -> Q:
    """Give the cases of rounds in which somebody of people operations is close to nobody."""
    return _apart(person, "round")


def _candidate(person: Person, of: str) -> Q:
    """Say that somebody has a case of their own in the round: then they do not run it."""
    own = Nomination.objects.filter(round=OuterRef(of), candidate=person, state__in=LIVE)
    return Q(Exists(own))


def assigns(person: Person) -> Q:
    """Give rounds to people operations and to whoever chairs them; not those in which one is a candidate."""
    if _operates(person):
        return everything(person) & ~_candidate(person, "pk")
    chair = CommitteeSeat.objects.filter(
        round=OuterRef("pk"), person=person, ended_at=None, part=CommitteeSeat.Part.CHAIR
    )
    return Q(Exists(chair))


def ends_assignments(person: Person) -> Q:
    """Give assignments that were not handed in to people operations and the chair, if close to no case."""
    running = Q(ended_at=None, handed_in_at=None) & _apart(person, "nomination__round")
    if _operates(person):
        return running
    chair = CommitteeSeat.objects.filter(
        round=OuterRef("nomination__round"), person=person, ended_at=None, part=CommitteeSeat.Part.CHAIR
    )
    return Q(Exists(chair)) & running


def told(person: Person) -> Q:
    """Give the decided cases of oneself and of those one carries or leads, once the round is decided."""
    mine = carried(person) | Q(above=person)
    return mine & Q(state=CaseState.DECIDED, round__state__in=OVER)


def own_steps(person: Person) -> Q:
    """Give the next steps that one sees to, about cases whose decision one may read."""
    readable = Nomination.objects.filter(told(person) | told_by_role(person))
    return Q(by=person, nomination__in=readable)


def told_by_role(person: Person) -> Q:
    """Give decided cases to members who have a part, and to people operations once the round is decided."""
    decided = Q(state=CaseState.DECIDED)
    found = has_part(person) & decided
    if _operates(person):
        found |= decided & Q(round__state__in=OVER) & _apart(person, "round")
    return found


def opened_by_role(person: Person) -> Q:
    """Give the cases whose ratings are open, to members who have a part and to people operations."""
    opened = Q(round__state__in=RATINGS_OPEN, state__in=[CaseState.STANDING, CaseState.DECIDED])
    found = has_part(person) & opened
    if _operates(person):
        found |= opened & _apart(person, "round")
    return found
