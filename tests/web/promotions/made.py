"""What the tests of this room make: a framework, a round with its committee, cases in every state."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Any

from django.utils import timezone
from tests.factories import PersonFactory

from fairlead.core.framework import Criterion, Framework, Level, Seen, TrackLevels, digest
from fairlead.web.promotions import calibration, terms
from fairlead.web.promotions.apart_models import CommitteeVote, PeerWords, SealedRating, SelfStatement
from fairlead.web.promotions.case_models import (
    Calibration,
    CalibrationNote,
    CounterStatement,
    Decision,
    NextStep,
    PeerInput,
    RaterAssignment,
    Rating,
    RatingChange,
    UndoneDecision,
    VoteTally,
)
from fairlead.web.promotions.models import (
    CaseEvidence,
    CommitteeSeat,
    FrameworkSignature,
    FrameworkVersion,
    ImpactTable,
    Nomination,
    Opening,
    Recusal,
    Round,
    SelfRating,
)

REASONS = "Both projects shipped on the day that was promised, and two people say who made that happen."


def plain() -> Framework:
    """A small framework: two tracks, two levels each, three criteria."""
    seen = tuple(
        Seen(level=level, text=f"What is seen at {level}", examples=("One example",))
        for level in ("m1", "m2", "e1", "e2")
    )
    return Framework(
        id="tests",
        version="1",
        title="Framework of the tests",
        tracks=(
            TrackLevels(id="people_manager", label="People manager", levels=("m1", "m2")),
            TrackLevels(id="expert", label="Expert", levels=("e1", "e2")),
        ),
        levels=(
            Level(id="m1", title="Team lead", rung=1),
            Level(id="m2", title="Head of teams", rung=2),
            Level(id="e1", title="Senior", rung=1),
            Level(id="e2", title="Principal", rung=2),
        ),
        criteria=(
            Criterion(id="vision", title="Says where to", kind="leading", seen=seen),
            Criterion(id="reliability", title="Keeps what is promised", kind="managing", seen=seen),
            Criterion(id="craft", title="Masters the craft", kind="doing", seen=seen),
        ),
        past_only=("hit every target", "best in the team"),
    )


def framework(*, state: str = "signed") -> FrameworkVersion:
    """The small framework as a version of the house, the same one each time."""
    found = plain()
    version, _new = FrameworkVersion.objects.get_or_create(
        framework=found.id,
        version=found.version,
        defaults={
            "title": found.title,
            "state": state,
            "content": asdict(found),
            "sha256": digest(found),
            "signed_at": timezone.now(),
        },
    )
    return version


def dates(first: dt.date | None = None) -> dict[str, str]:
    """Give each phase a week."""
    from fairlead.web.promotions.states import PHASES

    day = first or timezone.localdate()
    return {str(phase): (day + dt.timedelta(weeks=n)).isoformat() for n, phase in enumerate(PHASES, 1)}


def a_round(state: str = "draft", **values: Any) -> Round:
    """A round in a state, with one opening and nobody in its committee."""
    usual = {"title": "Spring round", "framework": framework(), "dates": dates(), "state": state}
    made = Round.objects.create(**usual | values)
    Opening.objects.create(round=made, title="Lead of the works", track="people_manager", level="m1")
    return freeze(made)


def freeze(one: Round) -> Round:
    """Let what stands there now be what a round was opened with; a draft has nothing of it."""
    if one.state != "draft":
        one.frozen = terms.frozen(one)
        one.terms = terms.fingerprint(one.frozen)
        one.save(update_fields=["frozen", "terms"])
    return one


def worked_out(one: Round) -> Calibration:
    """Keep figures of the ratings as they stand, without the work of computing them."""
    found = calibration.digest_of(calibration.rows_of(one))
    return Calibration.objects.create(round=one, method="of the tests", ratings_sha256=found)


def seated(of: Round, person: Any, part: str = "member", **values: Any) -> CommitteeSeat:
    """Give somebody a seat who said that there is no conflict."""
    usual = {"conflict": "none", "stated_at": timezone.now()}
    seat = CommitteeSeat.objects.create(round=of, person=person, part=part, **usual | values)
    freeze(of)
    return seat


def case(of: Round, candidate: Any, state: str = "standing", **values: Any) -> Nomination:
    """A case in the round's first opening."""
    opening = of.openings.first()
    return Nomination.objects.create(
        round=of, opening=opening, candidate=candidate, state=state, nominated_by="self", **values
    )


def everything_of(person: Any, other: Any) -> None:
    """One row of each table about somebody, with something in every text: as candidate and as rater."""
    today, now = timezone.localdate(), timezone.now()
    texts = ("team_benefit", "preparation", "argument", "loss_impact", "advocate_words", "ended_because")
    done = a_round("closed", opened_at=now, ended_at=now)
    mine = case(done, person, "decided", **dict.fromkeys(texts, "."))
    words = dict.fromkeys(("text", "what_else", "link", "file", "seen_by"), ".")
    CaseEvidence.objects.create(nomination=mine, criterion="vision", **words)
    SelfRating.objects.create(nomination=mine, criterion="vision", score=4)
    assigned = RaterAssignment.objects.create(nomination=mine, rater=other)
    rated = Rating.objects.create(assignment=assigned, criterion="vision", score=3, words=".", given_at=now)
    RatingChange.objects.create(rating=rated, by=other, before=2, after=3, reason=".")
    Calibration.objects.create(round=done, method="x", ratings_sha256="0" * 64, content={"a": 1})
    CalibrationNote.objects.create(nomination=mine, author=other, text=".")
    VoteTally.objects.create(nomination=mine, for_it=2)
    PeerInput.objects.create(
        nomination=mine, author=other, form="named", state="written", summary=".", answer="."
    )
    Decision.objects.create(nomination=mine, by=other, by_name=".", outcome="not_now", reasons=REASONS)
    UndoneDecision.objects.create(
        nomination=mine, by=other, by_name=".", outcome="promoted", reasons=REASONS, decided_at=now
    )
    CounterStatement.objects.create(nomination=mine, text=".")
    NextStep.objects.create(nomination=mine, text=".", by=other, due=today)
    ImpactTable.objects.create(round=done, attribute="sex", step="decided", content={"n": 10}, summary=".")
    FrameworkSignature.objects.create(version=done.framework, person=person, title=".", sha256="0" * 64)
    _as_rater(person)


def _as_rater(person: Any) -> None:
    """Let somebody sit in the committee of a round that runs, about somebody whom no test looks at."""
    running = a_round("rating", opened_at=timezone.now())
    seated(running, person, conflict=".")
    theirs = case(running, PersonFactory.create(name="Candidate Elsewhere"))
    Recusal.objects.create(round=running, nomination=theirs, person=person, reason=".")
    assigned = RaterAssignment.objects.create(nomination=theirs, rater=person)
    asked = PeerInput.objects.create(nomination=theirs, author=person, form="summarized", state="written")
    SealedRating.objects.create(owner=person, assignment=assigned, criterion="vision", content={"words": "."})
    CommitteeVote.objects.create(owner=person, nomination=theirs, vote="for", notes=".")
    PeerWords.objects.create(owner=person, input=asked, text=".")
    SelfStatement.objects.create(owner=person, content={"sex": "."})
