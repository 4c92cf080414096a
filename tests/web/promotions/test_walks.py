"""Random walks over the actions themselves: whoever does whatever in whatever order, the promises hold."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from tests.organization import assemble_organization
from tests.web.promotions import made, walking

from fairlead.web import vault
from fairlead.web.promotions import (
    assigning,
    cases,
    committee,
    conferring,
    deciding,
    facts,
    rating,
    rounds,
)
from fairlead.web.promotions.apart_models import CommitteeVote, SealedRating
from fairlead.web.promotions.case_models import CalibrationNote, Decision, RaterAssignment, Rating
from fairlead.web.promotions.facts import barred
from fairlead.web.promotions.models import Recusal
from fairlead.web.promotions.states import RATINGS_OPEN
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from fairlead.web.promotions.models import Nomination

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WALKS, MOVES = 4, 110
OUTCOMES = ("promoted", "not_now", "no_opening")


class Walker:
    """One round and everybody around it, moved at random."""

    def __init__(self, organization: Any, chance: random.Random) -> None:
        """Open a round."""
        self.organization, self.chance = organization, chance
        self.one = walking.opened(organization)
        self.people = [
            organization.person(name) for name in ("ada", *walking.COMMITTEE, "cleo", "max", "ben")
        ]

    def somebody(self) -> Any:
        return self.chance.choice(self.people)

    def case(self) -> Nomination:
        found = list(self.one.nominations.filter(state="standing").select_related("round").order_by("pk"))
        if not found:
            raise Refused("No case yet.")
        return self.chance.choice(found)

    def forward(self) -> None:
        verb = rounds.FORWARD.get(self.one.state, "")
        stale = not facts.fits(self.one)
        rounds.go_on(self.chance.choice(self.people[:2]), self.one, verb, reason=walking.EARLY)
        assert not (stale and verb == "begin_deciding"), "nothing is decided on other figures"

    def work_out(self) -> None:
        if self.one.state in {"calibrating", "deciding"}:
            made.worked_out(self.one)

    def nominate(self) -> None:
        who = self.chance.choice(self.people[-3:])
        cases.nominate_oneself(who, self.one, self.one.openings.get())

    def prepare(self) -> None:
        for seat in self.one.seats.all():
            committee.state_conflict(seat.person, seat, conflict="")
        assigning.assign_raters(self.people[0], self.one)

    def rate(self) -> None:
        live = assigning.live(self.one)
        if live:
            found = self.chance.choice(live)
            walking.rate(found.rater, found.nomination)
            rating.hand_in(found.rater, found.nomination)

    def rate_as_anybody(self) -> None:
        given = rating.Given(criterion="vision", score=5, rests_on="impression", words=walking.WORDS)
        rating.rate(self.somebody(), self.case(), given)

    def recuse(self) -> None:
        if self.chance.random() < 0.6:
            return
        actor, case = self.somebody(), self.chance.choice(list(self.one.nominations.order_by("pk")))
        person = actor if self.chance.random() < 0.4 else self.somebody()
        near = any(actor.pk in out for out in barred(list(self.one.nominations.all())).values())
        opened = self.one.state in RATINGS_OPEN
        kept = Rating.objects.filter(assignment__nomination=case).count()
        committee.recuse(actor, case, person, reason=self.chance.choice([made.REASONS, "They are friends."]))
        assert person == actor or not near, "who has no part takes nobody out"
        assert Rating.objects.filter(assignment__nomination=case).count() == kept or not opened

    def leave(self) -> None:
        if self.chance.random() < 0.2:
            seat = self.chance.choice(list(self.one.seats.all()))
            committee.leave(self.somebody(), seat, reason="Another round takes their time.")

    def vote(self) -> None:
        said = self.chance.choice([said for said, _words in conferring.VOTES])
        conferring.vote(self.somebody(), self.case(), said=said)

    def count(self) -> None:
        case = self.case()
        made = conferring.count(self.somebody(), case)
        assert made.for_it + made.against_it + made.not_sure >= len(conferring.voters(case))

    def note(self) -> None:
        conferring.note(self.somebody(), self.case(), text="Who saw the second project?")

    def add_rater(self) -> None:
        assigning.add_rater(self.people[0], self.case(), self.somebody())

    def withdraw(self) -> None:
        if self.chance.random() < 0.2:
            cases.withdraw(self.somebody(), self.case())

    def decide(self) -> None:
        reasons = self.chance.choice([made.REASONS, made.REASONS, "Because.", " " * 80])
        case = self.case()
        chair = facts.chair_of(case, facts.seats(case.round), barred([case])[case.pk])
        likely = [person for person in self.people if person.pk == chair]
        actor = likely[0] if likely and self.chance.random() < 0.5 else self.somebody()
        deciding.decide(actor, case, outcome=self.chance.choice(OUTCOMES), reasons=reasons)

    def step(self) -> None:
        """Try one move; a refusal changes nothing."""
        usual = {
            "nominating": (self.nominate, self.nominate, self.forward),
            "evidence": (self.forward,),
            "assigning": (self.prepare, self.forward),
            "rating": (self.rate, self.rate, self.rate, self.rate_as_anybody, self.forward),
            "calibrating": (
                *(self.recuse, self.vote, self.note, self.count),
                *(self.work_out, self.work_out, self.forward, self.forward),
            ),
            "deciding": (*(self.decide,) * 6, self.work_out, self.work_out, self.recuse, self.forward),
        }
        rare = (self.vote, self.note, self.count, self.add_rater)
        rare += (self.rate_as_anybody, self.recuse, self.leave, self.withdraw, self.decide, self.forward)
        often = usual.get(self.one.state, rare)
        move = self.chance.choice(often if self.chance.random() < 0.8 else rare)
        try:
            with transaction.atomic():
                move()
        except Refused:
            pass
        self.one.refresh_from_db()
        self.holds()

    def holds(self) -> None:
        """What is true at any moment."""
        opened = self.one.state in RATINGS_OPEN
        assert not (opened and SealedRating.objects.filter(assignment__nomination__round=self.one).exists())
        assert opened or not Rating.objects.filter(assignment__nomination__round=self.one).exists()
        found = list(self.one.nominations.all())
        # What is found out after everybody was told stands as an objection; it undoes nothing.
        late = set(Recusal.objects.filter(stage="after").values_list("nomination", "person"))
        out = {
            case: {one for one in people if (case, one) not in late} for case, people in barred(found).items()
        }
        for live in RaterAssignment.objects.filter(nomination__in=found, ended_at=None):
            assert live.rater_id not in out[live.nomination_id], "nobody without a part rates"
        for kept in SealedRating.objects.filter(assignment__nomination__in=found):
            assert kept.assignment.rater_id == kept.owner_id
            with vault.seen_by(self.organization.person("ada")):
                assert not SealedRating.objects.exists()
        struck = set(Recusal.objects.exclude(stage="before").values_list("nomination", "person"))
        for note in CalibrationNote.objects.filter(nomination__in=found):
            told = (note.nomination_id, note.author_id) in struck
            assert told or note.author_id not in out[note.nomination_id], "nobody without a part notes"
        for said in CommitteeVote.objects.filter(nomination__in=found):
            assert said.owner_id not in out[said.nomination_id], "nobody without a part votes"
        decided = Decision.objects.filter(nomination__round=self.one).select_related("nomination", "by")
        for one in decided:
            assert one.by is not None
            assert one.by_id not in out[one.nomination_id]
            assert len(one.reasons) >= 50
            counted = Rating.objects.filter(assignment__nomination=one.nomination, assignment__ended_at=None)
            assert counted.values("assignment__rater").distinct().count() >= 2, "two raters at least"
            assert one.nomination.state == "decided"
        assert {case.pk for case in found if case.state == "decided"} == {
            one.nomination_id for one in decided
        }
        assert sum(one.outcome == "promoted" for one in decided) <= 1


def test_walks_over_the_actions_keep_every_promise():
    organization = assemble_organization()
    walking.seat_everybody(organization)
    decided, reached = 0, set()
    for number in range(WALKS):
        with transaction.atomic():
            walker = Walker(organization, random.Random(number))
            for _ in range(MOVES):
                walker.step()
            decided += Decision.objects.filter(nomination__round=walker.one).count()
            reached.add(walker.one.state)
            transaction.set_rollback(True)
    assert decided >= 1, "walks get there"
    assert reached & {"decided", "closed", "deciding"}
