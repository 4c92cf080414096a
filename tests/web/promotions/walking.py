"""A round from its opening to its end through the actions, one step after the other."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from tests.factories import GrantFactory
from tests.web.promotions import made

from fairlead.web import vault
from fairlead.web.promotions import assigning, cases, committee, deciding, rating, rounds, terms

if TYPE_CHECKING:
    from fairlead.web.promotions.models import Round

WORDS = "She led the move of the store and named each date."
EARLY = "Everybody who wanted to be in this round has said so, and nobody waits for anything else."
COMMITTEE = ("dora", "lea", "eve", "ida")
"""Who sits in the committee of the tests; Dora chairs."""


def seat_everybody(organization: Any, *, names: tuple[str, ...] = COMMITTEE) -> None:
    """Give the role of the committee to those who need it."""
    for name in names:
        if name != "dora":
            GrantFactory.create(person=organization.person(name), role="committee")


def wanted(**policy: Any) -> rounds.Wanted:
    """What people operations say of a round."""
    days = {phase: dt.date.fromisoformat(day) for phase, day in made.dates().items()}
    return rounds.Wanted(
        title="Spring round",
        framework=made.framework(),
        dates=days,
        policy=terms.Policy(**{"raters": 2, "most_cases": 8, "way_back": "yes"} | policy),
    )


def opened(
    organization: Any, *, names: tuple[str, ...] = COMMITTEE, headcount: int = 1, **policy: Any
) -> Round:
    """A round that Ada has opened."""
    ada = organization.person("ada")
    one = rounds.begin(ada, wanted(**policy))
    rounds.add_opening(
        ada, one, title="Lead of the works", track="people_manager", level="m1", headcount=headcount,
        budget="agreed", exists="exists",
    )  # fmt: skip
    for name in names:
        part = "chair" if name == "dora" else "member"
        rounds.give_seat(ada, one, organization.person(name), part)
    return rounds.open_round(ada, one, seen=terms.fingerprint(terms.frozen(one)))


def nominated(organization: Any, one: Round, *names: str) -> list[Any]:
    """Cases of people who nominated themselves."""
    opening = one.openings.get()
    return [cases.nominate_oneself(organization.person(name), one, opening) for name in names]


def to(organization: Any, one: Round, state: str, *, assigns: str = "ada") -> Round:
    """Take a round on until it is in a state; whoever has to rate rates, and the figures are worked out."""
    ada = organization.person("ada")
    while one.state != state:
        if one.state == "assigning":
            for seat in one.seats.all():
                committee.state_conflict(seat.person, seat, conflict="")
            assigning.assign_raters(organization.person(assigns), one)
        if one.state == "rating":
            rate_all(one)
        if one.state == "deciding":
            decide_all(organization, one)
        if one.state == "calibrating":
            made.worked_out(one)
        one = rounds.go_on(ada, one, rounds.FORWARD[one.state], reason=EARLY)
    return one


def rate_all(one: Round) -> None:
    """Let every rater rate every case they were assigned, and hand in."""
    for found in assigning.live(one):
        if found.handed_in_at is None:
            rate(found.rater, found.nomination)
            rating.hand_in(found.rater, found.nomination)


def rate(rater: Any, case: Any, *, score: int | None = 4, words: str = WORDS) -> None:
    """Rate every criterion alike."""
    for criterion in cases.asked_of(case):
        given = rating.Given(criterion=criterion, score=score, rests_on="seen", words=words)
        with vault.seen_by(rater):
            rating.rate(rater, case, given)


def decide_all(organization: Any, one: Round) -> None:
    """Let the chair decide what is left, and write a next step."""
    for case in one.nominations.filter(state="standing"):
        deciding.decide(organization.person("dora"), case, outcome="not_now", reasons=made.REASONS)


def due() -> dt.date:
    """A day to come."""
    return timezone.localdate() + dt.timedelta(days=30)
