"""What the page about raters shows: who rates whom, and whether their ratings can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairlead.web.promotions import assigning, states, terms
from fairlead.web.promotions.committee import NONE
from fairlead.web.promotions.facts import RULES, barred, barred_by_rule, of_round, seats
from fairlead.web.promotions.states import RoundState
from fairlead.web.trail import Doing, record_many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.assigning_raters import Assignment
    from fairlead.web.people.models import Person
    from fairlead.web.promotions.case_models import RaterAssignment
    from fairlead.web.promotions.models import CommitteeSeat, Nomination, Round


@dataclass(frozen=True, slots=True, kw_only=True)
class RatersPage:
    """Who rates whom, how that hangs together, and what is missing."""

    round: Round
    cases: list[tuple[Nomination, list[RaterAssignment], list[tuple[Person, str]]]]
    loads: list[tuple[str, int]]
    connected: bool
    parts: list[str]
    hinges: list[str]
    strength: float | None
    short: int
    policy: terms.Policy
    missing: list[str]
    can_shuffle: bool
    can_assign: str
    proposed: list[tuple[str, str]]
    conflicts: list[CommitteeSeat]
    silent: list[str]


def raters_page(person: Person, one: Round) -> RatersPage:
    """Give who rates whom, by name."""
    cases, kept = assigning.standing(one), assigning.live(one)
    sat, found, policy = seats(one), assigning.design(one), terms.policy_of(one)
    names = {str(seat.person_id): str(seat.person) for seat in sat}
    names |= {str(row.rater_id): str(row.rater) for row in kept}
    by_rule, out = barred_by_rule(cases), barred(cases)
    rows = []
    for case in cases:
        barred_here = [
            (seat.person, RULES.get(by_rule[case.pk].get(seat.person_id, ""), "recused"))
            for seat in sat
            if seat.person_id in out[case.pk] and seat.person is not None and seat.person_id is not None
        ]
        rows.append((case, [row for row in kept if row.nomination_id == case.pk], barred_here))
    short = sum(len(raters) < policy.raters for _case, raters, _out in rows)
    planned = assigning.plan(one) if short and one.state in {"assigning", "rating"} else None
    counts: dict[str, int] = dict.fromkeys(names, 0)
    for row in kept:
        counts[str(row.rater_id)] += 1
    return RatersPage(
        round=one,
        cases=rows,
        loads=sorted((names[pk], number) for pk, number in counts.items()),
        connected=bool(found and found.connected),
        parts=[", ".join(sorted(names[pk] for pk in part)) for part in found.components] if found else [],
        hinges=sorted(names[pk] for pk in found.articulation) if found else [],
        strength=found.strength if found else None,
        short=short,
        policy=policy,
        missing=[unmet.sentence for unmet in planned.unmet] if planned else [],
        can_shuffle=one.state == RoundState.ASSIGNING and bool(kept),
        can_assign=states.hindrance("assign_raters", of_round(person, one)),
        proposed=_proposed(planned, kept, names, cases),
        conflicts=conflicts(sat),
        silent=sorted(str(seat.person) for seat in sat if seat.stated_at is None),
    )


def _proposed(
    planned: Assignment | None, kept: list[RaterAssignment], names: dict[str, str], cases: list[Nomination]
) -> list[tuple[str, str]]:
    """Give for each case who would be added, by name."""
    there = {(str(row.nomination_id), str(row.rater_id)) for row in kept}
    new = [pair for pair in planned.pairs if pair not in there] if planned else []
    found = [
        (str(case.candidate), ", ".join(sorted(names[rater] for pk, rater in new if pk == str(case.pk))))
        for case in cases
    ]
    return [row for row in found if row[1]]


def conflicts(sat: Sequence[CommitteeSeat]) -> list[CommitteeSeat]:
    """Give the seats of those who said that they have a conflict of interest, by name."""
    here = [seat for seat in sat if seat.ended_at is None and seat.stated_at is not None]
    found = [seat for seat in here if seat.conflict != NONE]
    return sorted(found, key=lambda seat: str(seat.person))


def note_conflicts_seen(person: Person, sat: Sequence[CommitteeSeat]) -> None:
    """Note in the record whose conflicts were read."""
    seen = [(seat, seat.person) for seat in conflicts(sat) if seat.person_id != person.pk]
    record_many(person, [Doing("saw", seat, of) for seat, of in seen if of is not None])


def why_not(person: Person, one: Round) -> str:
    """Say what stands against assigning anybody now."""
    return states.hindrance("assign_raters", of_round(person, one))
