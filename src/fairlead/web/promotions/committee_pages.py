"""What the pages about a committee show: seats past and present, what ends with one, one rater more."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairlead.web.promotions import assigning, committee, terms
from fairlead.web.promotions.facts import barred, of_round, seats
from fairlead.web.promotions.models import CommitteeSeat, Recusal
from fairlead.web.promotions.states import OPEN, RoundState, Who
from fairlead.web.trail import Doing, record_many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.web.people.models import Person
    from fairlead.web.promotions.case_models import RaterAssignment
    from fairlead.web.promotions.models import Nomination, Round

PLANNED = (RoundState.ASSIGNING, RoundState.RATING)
"""While it can still be changed who rates whom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One seat; ``reasons`` says whether the reader sees what was said about conflicts and leaving."""

    seat: CommitteeSeat
    reasons: bool
    can_end: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteePage:
    """Who sits in a committee and who left it; recusals with their reasons for those who run the round."""

    here: tuple[Seat, ...]
    past: tuple[Seat, ...]
    chaired: bool
    recusals: tuple[Recusal, ...]
    runs: bool


def committee_page(person: Person, one: Round) -> CommitteePage:
    """Give seats to everybody who reads the round; reasons to people operations, the chair and oneself."""
    who = of_round(person, one).who
    runs = bool(who & {Who.PEOPLE_OPERATIONS, Who.CHAIR})
    running = one.state in OPEN
    rows = list(one.seats.select_related("person").order_by("part", "person__name", "pk"))
    found = [
        Seat(
            seat=seat,
            reasons=runs or seat.person_id == person.pk,
            can_end=running
            and seat.ended_at is None
            and (seat.person_id == person.pk or Who.PEOPLE_OPERATIONS in who),
        )
        for seat in rows
    ]
    here = tuple(row for row in found if row.seat.ended_at is None and row.seat.person_id is not None)
    return CommitteePage(
        here=here,
        past=tuple(row for row in found if row not in here),
        chaired=any(row.seat.part == CommitteeSeat.Part.CHAIR for row in here),
        recusals=_recusals(person, one) if runs else (),
        runs=runs,
    )


def _recusals(person: Person, one: Round) -> tuple[Recusal, ...]:
    """Give recusals with their reasons, without those in cases in which the reader has no part."""
    cases = list(one.nominations.all())
    out = barred(cases)
    shown = [case.pk for case in cases if person.pk not in out[case.pk]]
    found = one.recusals.filter(nomination__in=shown).select_related("person", "nomination__candidate")
    return tuple(found.order_by("nomination__candidate__name", "made_at"))


def note_seen(person: Person, found: CommitteePage) -> None:
    """Note in the record whose words about conflicts, leaving and recusals were looked at."""
    shown = [row.seat for row in (*found.here, *found.past) if row.reasons]
    doings = [
        Doing("saw", seat, seat.person)
        for seat in shown
        if seat.person is not None and seat.person_id != person.pk and (seat.conflict or seat.ended_because)
    ]
    doings += [
        Doing("saw", one, one.person)
        for one in found.recusals
        if one.person is not None and one.person_id != person.pk
    ]
    record_many(person, doings)


# --- how the ratings that are planned hang together ---------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Whether planned ratings can be compared: the parts they fall into, and on whom it hangs."""

    raters: int
    connected: bool
    parts: tuple[str, ...]
    hinges: tuple[str, ...]
    strength: float | None
    short: tuple[str, ...]


def look(one: Round, pairs: Sequence[tuple[Nomination, Person]]) -> Look:
    """Look at a plan of who rates whom; nobody who rates is named apart from it."""
    from fairlead.core.rater_design import assignment_design  # noqa: PLC0415 - no other page waits for scipy

    cases = assigning.standing(one)
    counts = Counter(case.pk for case, _rater in pairs)
    least = terms.policy_of(one).raters
    names = {str(rater.pk): str(rater) for _case, rater in pairs}
    found = (
        assignment_design([(str(case.candidate_id), str(rater.pk)) for case, rater in pairs])
        if pairs
        else None
    )
    return Look(
        raters=len(names),
        connected=found is not None and found.connected and all(counts[case.pk] for case in cases),
        parts=tuple(", ".join(sorted(names[pk] for pk in part)) for part in found.components)
        if found
        else (),
        hinges=tuple(sorted(names[pk] for pk in found.articulation)) if found else (),
        strength=found.strength if found else None,
        short=tuple(str(case.candidate) for case in cases if counts[case.pk] < least),
    )


def pairs_of(rows: Sequence[RaterAssignment]) -> list[tuple[Nomination, Person]]:
    """Give who rates whom."""
    return [(row.nomination, row.rater) for row in rows if row.rater is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What ends with a seat and what stands."""

    seat: CommitteeSeat
    own: bool
    ends: tuple[RaterAssignment, ...]
    stands: int
    chair: bool
    left: int
    before: Look | None
    after: Look | None


def ending(person: Person, seat: CommitteeSeat) -> Ending:
    """Look ahead at what happens when a seat ends."""
    one = seat.round
    ends = tuple(committee.open_assignments(seat))
    rows = assigning.live(one)
    gone = {row.pk for row in ends}
    planned = one.state in PLANNED and bool(ends)
    others = [other for other in seats(one) if other.pk != seat.pk]
    return Ending(
        seat=seat,
        own=seat.person_id == person.pk,
        ends=ends,
        stands=sum(row.rater_id == seat.person_id and row.handed_in_at is not None for row in rows),
        chair=seat.part == CommitteeSeat.Part.CHAIR,
        left=len(others),
        before=look(one, pairs_of(rows)) if planned else None,
        after=look(one, pairs_of([row for row in rows if row.pk not in gone])) if planned else None,
    )


# --- one rater more ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class OneMore:
    """A plan before and after one rater was added, and what the rater said about conflicts."""

    case: Nomination
    rater: Person
    before: Look
    after: Look
    conflict: str
    cases: int
    most: int


def one_more(case: Nomination, rater: Person) -> OneMore:
    """Look ahead at what one rater more changes."""
    one = case.round
    rows = assigning.live(one)
    pairs = pairs_of(rows)
    seat = next((found for found in seats(one) if found.person_id == rater.pk), None)
    return OneMore(
        case=case,
        rater=rater,
        before=look(one, pairs),
        after=look(one, [*pairs, (case, rater)]),
        conflict=seat.conflict if seat is not None and seat.conflict != committee.NONE else "",
        cases=sum(row.rater_id == rater.pk for row in rows) + 1,
        most=terms.policy_of(one).most_cases,
    )


def can_be_added(person: Person, one: Round) -> tuple[list[Nomination], list[Person]]:
    """Give the cases of a round and everybody who sits in its committee, by name."""
    del person
    sat = sorted((seat.person for seat in seats(one) if seat.person is not None), key=str)
    return assigning.standing(one), sat


def refusal(case: Nomination, rater: Person) -> str:
    """Say why somebody cannot rate a case; nothing where they can."""
    return assigning.refusal(case, rater)
