"""Promotion rounds of the demo company: one in calibration, one finished with reasons, one that falls apart.

In the first a strict and a mild rater differ by a point, and a candidate who is sure of himself has little to
show. Nothing is drawn by chance: the same company has the same ratings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from fairlead.web.demo.clock import on
from fairlead.web.grants.models import Grant, Role
from fairlead.web.promotions import calibration, terms
from fairlead.web.promotions.apart_models import PeerWords
from fairlead.web.promotions.calibration_models import SeverityTold
from fairlead.web.promotions.case_models import (
    Decision,
    NextStep,
    PeerInput,
    RaterAssignment,
    Rating,
)
from fairlead.web.promotions.cases import manager_of
from fairlead.web.promotions.closeness import barred
from fairlead.web.promotions.models import (
    CaseEvidence,
    CommitteeSeat,
    FrameworkVersion,
    Nomination,
    Opening,
    Round,
    SelfRating,
)
from fairlead.web.promotions.states import PHASES, CaseState, RoundState
from fairlead.web.roster.models import Position
from fairlead.web.runs import actions as runs
from fairlead.web.runs.models import Run, State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from fairlead.web.people.models import Person

COMMITTEE: Final = ("not_let_go", "leadership_gap", "both_gaps", "will_gap", "rut")
"""Who of the cast rates; the first one chairs, the second is strict, the third is mild."""

CANDIDATES: Final = ("management_gap", "informal", "stepped_back", "star")
"""Who of the cast is a candidate; the first is sure of himself and has little to show."""

STAGED: Final = frozenset({*COMMITTEE, *CANDIDATES, "people_lead", "people_partner"})
OFFSET: Final = (0.0, -1.1, 1.0, 0.1, -0.1)
"""By how many points each rater scores the same work lower or higher."""

OTHERS: Final = 8
SEEN: Final = (
    "Named the date for the field test in March and kept it; the list of what was left stood on the wall.",
    "Took the disagreement about the housing to the table, with both drawings, and wrote down the outcome.",
    "Handed the calibration log over with the three open points named; nobody had to ask a second time.",
    "Showed two colleagues how to find the fault; both found the next one by themselves.",
)
VAGUE: Final = (
    "A natural leader, very confident in front of the board.",
    "Impressive presence, and always sure of what to do.",
)
REASONS: Final = (
    "In both projects the dates that were named were kept, and three people say who saw to it. The hand-over "
    "of the test bench shows how others were taught. That is what the level describes."
)
NOT_NOW: Final = (
    "What is there is strong in the work held now. Of what is new at this level, taking up disagreement and "
    "making others able, one piece of evidence stands, and the committee looked for more than that."
)

POLICY: Final = terms.Policy(
    raters=3,
    way_back="yes",
    way_back_words="For two years, with pay and title of the work before; the managing director signed it.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """What one round is made from."""

    title: str
    state: RoundState
    days: int
    raters: Sequence[Person]
    candidates: Sequence[Person]


def stage(people: Mapping[str, Person], today: date) -> None:
    """Stage the three rounds, the oldest first."""
    framework = (
        FrameworkVersion.objects.filter(state=FrameworkVersion.State.SIGNED).order_by("made_at").first()
    )
    if framework is None:
        return
    raters = [people[key] for key in COMMITTEE]
    for rater in raters:
        _grant(rater, people, today)
    cast = [people[key] for key in CANDIDATES]
    others = _others({one.pk for one in people.values()}, today)
    _finished(framework, Staged(title="Autumn round of last year", state=RoundState.CLOSED, days=330,
                                raters=raters, candidates=others[:6]), today)  # fmt: skip
    _apart(framework, raters, others, today)
    _running(framework, Staged(title="Winter round", state=RoundState.CALIBRATING, days=60,
                               raters=raters, candidates=[*cast, *others[:OTHERS]]), others,
             today)  # fmt: skip


def _grant(person: Person, people: Mapping[str, Person], today: date) -> None:
    Grant.objects.create(
        person=person,
        role=Role.COMMITTEE,
        since=today - timedelta(days=400),
        until=today + timedelta(days=330),
        reason="Sits in the committee",
        proposed_by=people["people_lead"],
        proposed_at=timezone.now(),
        confirmed_by=people["people_partner"],
        confirmed_at=timezone.now(),
    )


def _others(known: set[Any], today: date) -> list[Person]:
    """Give people of the company who are not of the cast, experienced ones first, always the same."""
    held = Position.objects.on(today).exclude(person__in=known).select_related("person", "manager")
    found = sorted(held, key=lambda one: (not one.title.startswith("Senior"), one.person.number or ""))
    return [one.person for one in found[: 2 * OTHERS]]


def _round(framework: FrameworkVersion, one: Staged, today: date) -> tuple[Round, list[Opening]]:
    first = today - timedelta(days=one.days)
    days = {str(phase): (first + timedelta(days=12 * n)).isoformat() for n, phase in enumerate(PHASES, 1)}
    with on(first):
        made = Round.objects.create(
            title=one.title, framework=framework, state=one.state, dates=days, made_at=timezone.now(),
            policy=terms.policy_plain(POLICY), opened_at=timezone.now(),
        )  # fmt: skip
        openings = [
            Opening.objects.create(round=made, title=title, track=track, level=level, headcount=2,
                                   budget=Opening.Budget.AGREED)
            for title, track, level in (
                ("Lead of a team", "people_manager", "manager-2"),
                ("Lead without a team", "individual_contributor_leader", "leader-2"),
            )
        ]  # fmt: skip
        for number, rater in enumerate(one.raters):
            part = CommitteeSeat.Part.MEMBER if number else CommitteeSeat.Part.CHAIR
            CommitteeSeat.objects.create(
                round=made, person=rater, part=part, conflict="none", stated_at=timezone.now()
            )
        made.frozen = terms.frozen(made)
        made.terms = terms.fingerprint(made.frozen)
        made.save()
    return made, openings


def _case(made: Round, opening: Opening, person: Person, first: date) -> Nomination:
    boss = manager_of(person)
    with on(first + timedelta(days=8)):
        case = Nomination.objects.create(
            round=made, opening=opening, candidate=person, manager=boss, sponsor=None,
            above=manager_of(boss) if boss else None, nominated_by=Nomination.By.SELF,
            state=CaseState.STANDING, agreed_at=timezone.now(),
            argument="What stands below was done in the last two years, and others saw it.",
            team_benefit="Dates that are named are kept, and two more people can find a fault.",
        )  # fmt: skip
        for number, criterion in enumerate(_asked(case)[::3]):
            CaseEvidence.objects.create(
                nomination=case, criterion=criterion, text=SEEN[number % len(SEEN)], added_by=person,
                seen_by="The test bench", day=first - timedelta(days=40 + number),
            )  # fmt: skip
    return case


def _asked(case: Nomination) -> list[str]:
    framework = terms.framework_of(case.round.framework)
    return [criterion.id for criterion, _seen in framework.asked(case.opening.level)]


def _rate(
    case: Nomination, rater: Person, place: int, number: int, when: date, *, thin: bool = False
) -> None:
    """Rate a case: what the candidate showed, how strict the rater is, and a little that is neither."""
    with on(when):
        now = timezone.now()
        assigned = RaterAssignment.objects.create(
            nomination=case,
            rater=rater,
            handed_in_at=now,
            read_at=now - timedelta(hours=3 if not thin else -2),
        )
        level = 2.4 + (number * 7 % 5) * 0.4 + OFFSET[place]
        rows = []
        for at, criterion in enumerate(_asked(case)):
            wobble = ((number * 31 + place * 17 + at * 13) % 9 - 4) * 0.2
            vague = thin and (at + place) % 3 != 0
            rows.append(
                Rating(
                    assignment=assigned, criterion=criterion, given_at=now,
                    score=max(1, min(5, round(level + wobble + (0.5 if vague else 0)))),
                    rests_on="impression" if vague else ("seen", "artefact", "heard")[(at + number) % 3],
                    words=VAGUE[at % 2] if vague else SEEN[(at + place) % len(SEEN)],
                )
            )  # fmt: skip
        Rating.objects.bulk_create(rows)


def _may_rate(rater: Person, case: Nomination) -> bool:
    return rater.pk not in barred([case])[case.pk]


def _rated(
    made: Round, one: Staged, openings: list[Opening], today: date, of: Any = None
) -> list[Nomination]:
    first = today - timedelta(days=one.days)
    cases = []
    for number, person in enumerate(one.candidates):
        case = _case(made, openings[number % 2], person, first)
        cases.append(case)
        for place, rater in enumerate(one.raters):
            chosen = of(number, place) if of else (number + place) % 5 != 0
            if chosen and _may_rate(rater, case):
                thin = number == 0 and one.state == RoundState.CALIBRATING and of is None
                _rate(case, rater, place, number, first + timedelta(days=45), thin=thin)
    return cases


def _calibrate(made: Round, chair: Person, when: date, *, read: bool) -> None:
    """Put the ratings on one scale as the worker would, and let raters have read their own."""
    with on(when):
        run = Run.objects.create(
            owner=chair,
            kind=calibration.KIND,
            params={"round": str(made.pk)},
            inputs_digest=calibration.digest_of(calibration.rows_of(made)),
        )
        runs.fulfil(run.pk, calibration.compute)
        run.refresh_from_db()
        if run.state != State.DONE:
            raise RuntimeError(f"The demo's ratings could not be put on one scale: {run.error}")
        now = timezone.now()
        SeverityTold.objects.filter(round=made).update(made_at=now, confirmed_at=now if read else None)


def _running(framework: FrameworkVersion, one: Staged, others: Sequence[Person], today: date) -> None:
    made, openings = _round(framework, one, today)
    cases = _rated(made, one, openings, today)
    sure = cases[0]
    for criterion in _asked(sure):
        SelfRating.objects.create(nomination=sure, criterion=criterion, score=5)
    sure.evidence.exclude(criterion=_asked(sure)[0]).delete()
    sure.argument = "A natural leader with presence, who hit every target in the last two years."
    sure.save(update_fields=["argument"])
    _calibrate(made, one.raters[0], today - timedelta(days=3), read=True)
    # Somebody who has no case of their own in this round, and does not carry this one.
    near = {*one.candidates, sure.manager, sure.above}
    _asked_about(sure, next(found for found in reversed(others) if found not in near), one.raters[0], today)


def _asked_about(case: Nomination, author: Person, asker: Person, today: date) -> None:
    """One colleague spoke against a case, and nobody has answered yet."""
    with on(today - timedelta(days=9)):
        found = PeerInput.objects.create(
            nomination=case, author=author, asked_by=asker, form=PeerInput.Form.NAMED,
            state=PeerInput.State.WRITTEN, leaning=PeerInput.Leaning.AGAINST, written_at=timezone.now(),
        )  # fmt: skip
        PeerWords.objects.create(
            owner=author,
            input=found,
            text="The date for the new sensor was named twice and moved twice; we learned of it from the "
            "customer. Who asked about it was told that it is in hand.",
        )


def _finished(framework: FrameworkVersion, one: Staged, today: date) -> None:
    made, openings = _round(framework, one, today)
    cases = _rated(made, one, openings, today)
    first = today - timedelta(days=one.days)
    _calibrate(made, one.raters[0], first + timedelta(days=60), read=True)
    with on(first + timedelta(days=70)):
        for number, case in enumerate(cases):
            promoted = number in {1, 4}
            Decision.objects.create(
                nomination=case, by=one.raters[0], by_name=str(one.raters[0])[:120],
                outcome=Decision.Outcome.PROMOTED if promoted else Decision.Outcome.NOT_NOW,
                reasons=REASONS if promoted else NOT_NOW, calibration=made.calibrations.first(),
                made_at=timezone.now(), read_at=timezone.now(),
            )  # fmt: skip
            case.state, case.ended_at = CaseState.DECIDED, timezone.now()
            case.save(update_fields=["state", "ended_at"])
            if not promoted:
                NextStep.objects.create(
                    nomination=case, by=case.manager or one.raters[0], written_by=one.raters[0],
                    text="Leads the hand-over of the test bench, and looks at it with the manager in spring.",
                    due=today + timedelta(days=60),
                )  # fmt: skip
        made.ended_at = timezone.now()
        made.save(update_fields=["ended_at"])


def _apart(
    framework: FrameworkVersion, raters: Sequence[Person], others: Sequence[Person], today: date
) -> None:
    """Stage a small round whose raters share no candidate: two parts that nobody can compare."""
    one = Staged(title="Round of the two sites", state=RoundState.CALIBRATING, days=62,
                 raters=raters[:4], candidates=others[OTHERS : OTHERS + 6])  # fmt: skip
    made, openings = _round(framework, one, today)
    _rated(made, one, openings, today, of=lambda number, place: (number < 3) == (place < 2))
    _calibrate(made, raters[0], today - timedelta(days=4), read=True)
