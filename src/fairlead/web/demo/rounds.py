"""Promotion rounds of the demo company: one in calibration, one finished with reasons, one that falls apart.

In the first a strict and a mild rater differ by a point, and a candidate who is sure of himself has little to
show. In the third one rater linked two sites until it came out that she had no part in the case that did.
Nothing is drawn by chance: the same company has the same ratings.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from fairlead.web.demo import round_words as words
from fairlead.web.demo.clock import on
from fairlead.web.grants.models import Grant, Role
from fairlead.web.promotions import calibration, committee, terms
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
    from uuid import UUID

    from fairlead.web.people.models import Person

COMMITTEE: Final = ("not_let_go", "leadership_gap", "both_gaps", "will_gap", "rut")
"""Who of the cast rates; the first one chairs, the second is strict, the third is mild."""

CANDIDATES: Final = ("management_gap", "informal", "stepped_back", "star")
"""Who of the cast is a candidate; the first is sure of himself and has little to show."""

STAGED: Final = frozenset({*COMMITTEE, *CANDIDATES, "people_lead", "people_partner"})
OFFSET: Final = (0.0, -1.1, 1.0, 0.1, -0.1)
"""By how many points each rater scores the same work lower or higher."""

OTHERS: Final = 8
SITE: Final = 3
VAGUE: Final = (
    "A natural leader, very confident in front of the board.",
    "Impressive presence, and always sure of what to do.",
)
PROMOTED: Final = (
    "{First} and {second} show what the level describes, and others saw it. What weighed most is “{most}”. "
    "“{least}” is still young, which is said here so that it is asked about in spring."
)
NOT_NOW: Final = (
    "{First} is strong in the work held now, most of all “{most}”. For “{least}” the committee looked for "
    "more than {second} shows: at this level others can go by it, and so far they could once."
)
NO_PART: Final = "Held a share in the firm of the candidate’s brother until last year, and said so too late."

POLICY: Final = terms.Policy(
    most_cases=12,
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
    each: int = 4

    def places(self, number: int) -> list[int]:
        """Give the raters of a case in the order in which they are asked; another comes last each time."""
        several = len(self.raters)
        return [(turn - number) % several for turn in range(1, several + 1)]


class Sites(Staged):
    """A round whose first candidates are rated by one half of the committee, the others by the other."""

    def places(self, number: int) -> list[int]:
        """Give the raters of the candidate's site."""
        return [0, 1] if number < SITE else [2, 3]


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
    # Who was promoted in the finished round, the second and the fifth, stands in no other.
    before = [others[0], others[-1], *others[2:4], others[-2], others[5]]
    _finished(framework, Staged(title=named(today, 330), state=RoundState.CLOSED, days=330,
                                raters=raters, candidates=before), today)  # fmt: skip
    _apart(framework, raters, others, people["people_partner"], today)
    _running(framework, Staged(title=named(today, 52), state=RoundState.CALIBRATING, days=52,
                               raters=raters, candidates=[*cast, *others[:OTHERS]]), others,
             today)  # fmt: skip


def named(today: date, days: int) -> str:
    """Name a round after the season in which it opens."""
    first = today - timedelta(days=days)
    begins = first.year - (first.month < 3)  # January and February belong to the winter before
    season = ("Winter", "Spring", "Summer", "Autumn")[first.month % 12 // 3]
    return (
        f"{season} round {begins}/{(begins + 1) % 100:02d}"
        if season == "Winter"
        else f"{season} round {begins}"
    )


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
    """Give people of the company who are not of the cast, experienced ones first, always the same.

    Who was promoted in an earlier round is no candidate again.
    """
    risen = Decision.objects.filter(outcome=Decision.Outcome.PROMOTED).values("nomination__candidate")
    held = Position.objects.on(today).exclude(person__in=known).exclude(person__in=risen)
    held = held.select_related("person", "manager")
    found = sorted(held, key=lambda one: (not one.title.startswith("Senior"), one.person.number or ""))
    return [one.person for one in found[: 3 * OTHERS]]


def _round(framework: FrameworkVersion, one: Staged, today: date) -> tuple[Round, list[Opening]]:
    first = today - timedelta(days=one.days)
    days = {str(phase): (first + timedelta(days=12 * n)).isoformat() for n, phase in enumerate(PHASES, 1)}
    with on(first):
        made = Round.objects.create(
            title=one.title, framework=framework, state=one.state, dates=days, made_at=timezone.now(),
            policy=terms.policy_plain(replace(POLICY, raters=one.each)), opened_at=timezone.now(),
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


def _case(made: Round, opening: Opening, person: Person, first: date, number: int) -> Nomination:
    boss = manager_of(person)
    with on(first + timedelta(days=8)):
        case = Nomination.objects.create(
            round=made, opening=opening, candidate=person, manager=boss, sponsor=None,
            above=manager_of(boss) if boss else None, nominated_by=Nomination.By.SELF,
            state=CaseState.STANDING, agreed_at=timezone.now(),
            argument=words.about(words.ARGUMENTS[number % len(words.ARGUMENTS)], number),
            team_benefit=words.about(words.GAINS[number * 3 % len(words.GAINS)], number),
        )  # fmt: skip
        for at, criterion in enumerate(_asked(case)):
            if number % 3 != 2 and (at + number) % 4 == 0:
                continue  # two of three candidates leave some criteria without evidence
            deed = words.deed(criterion, number, at)
            CaseEvidence.objects.create(
                nomination=case, criterion=criterion, text=deed.told, what_else=deed.otherwise,
                added_by=person, seen_by="The team", day=first - timedelta(days=20 + 11 * at),
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
        rows = []
        for at, criterion in enumerate(_asked(case)):
            vague = thin and (at + place) % 3 != 0
            score = _score(number, place, at, more=0.5 if vague else 0)
            rests_on = ("seen", "artefact", "heard")[(at + number + place) % 3]
            said = words.said(words.deed(criterion, number, at), rests_on, score, at + place)
            rows.append(
                Rating(
                    assignment=assigned, criterion=criterion, given_at=now, score=score,
                    rests_on="impression" if vague else rests_on, words=VAGUE[at % 2] if vague else said,
                )
            )  # fmt: skip
        Rating.objects.bulk_create(rows)


def _score(number: int, place: int, at: int, *, more: float) -> int:
    level = 2.4 + (number * 7 % 5) * 0.4 + OFFSET[place]
    wobble = ((number * 31 + place * 17 + at * 13) % 9 - 4) * 0.2
    return max(1, min(5, round(level + wobble + more)))


def _may_rate(rater: Person, case: Nomination) -> bool:
    return rater.pk not in barred([case])[case.pk]


def _rated(made: Round, one: Staged, openings: list[Opening], today: date) -> list[Nomination]:
    """Make each case, and let as many rate it as the rules of the round say."""
    first = today - timedelta(days=one.days)
    cases = []
    for number, person in enumerate(one.candidates):
        case = _case(made, openings[number % 2], person, first, number)
        cases.append(case)
        thin = number == 0 and one.state == RoundState.CALIBRATING and not isinstance(one, Sites)
        may = [place for place in one.places(number) if _may_rate(one.raters[place], case)]
        for place in may[: one.each]:
            _rate(case, one.raters[place], place, number, first + timedelta(days=45), thin=thin)
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
            _decide(made, case, number, one.raters[0], today)
        made.ended_at = timezone.now()
        made.save(update_fields=["ended_at"])


def _decide(made: Round, case: Nomination, number: int, chair: Person, today: date) -> None:
    promoted = number in {1, 4}
    Decision.objects.create(
        nomination=case, by=chair, by_name=str(chair)[:120],
        outcome=Decision.Outcome.PROMOTED if promoted else Decision.Outcome.NOT_NOW,
        reasons=_reasons(case, PROMOTED if promoted else NOT_NOW, number),
        calibration=made.calibrations.first(),
        made_at=timezone.now(), read_at=timezone.now(),
    )  # fmt: skip
    case.state, case.ended_at = CaseState.DECIDED, timezone.now()
    case.save(update_fields=["state", "ended_at"])
    if not promoted:
        NextStep.objects.create(
            nomination=case, by=case.manager or chair, written_by=chair,
            text=words.about(words.NEXT[number % len(words.NEXT)], number),
            due=today + timedelta(days=60),
        )  # fmt: skip


def _reasons(case: Nomination, text: str, number: int) -> str:
    """Name the criteria with the highest and the lowest ratings, as who decides would."""
    asked = [found for found, _seen in terms.framework_of(case.round.framework).asked(case.opening.level)]
    sums = dict.fromkeys((one.id for one in asked), 0)
    for criterion, score in Rating.objects.filter(assignment__nomination=case).values_list(
        "criterion", "score"
    ):
        sums[criterion] += score or 0
    asked.sort(key=lambda one: -sums[one.id])
    titles = {"most": asked[0].title, "least": asked[-1].title}
    return words.about(text.replace("{most}", titles["most"]).replace("{least}", titles["least"]), number)


def _of_sites(raters: Sequence[Person], there: Sequence[Person]) -> list[Person]:
    """Choose the candidates of two sites: the raters of each site may rate those of theirs."""
    chosen: list[Person] = []
    for place in (0, 2):
        free = [one for one in there if one not in chosen]
        fits = [
            one for one in free if not barred_from(one) & {rater.pk for rater in raters[place : place + 2]}
        ]
        chosen += fits[:SITE]
    return chosen


def barred_from(person: Person) -> frozenset[UUID]:
    """Say who would have no part in a case of somebody's."""
    boss = manager_of(person)
    case = Nomination(candidate=person, manager=boss, above=manager_of(boss) if boss else None)
    return barred([case])[case.pk]


def _apart(
    framework: FrameworkVersion,
    raters: Sequence[Person],
    others: Sequence[Person],
    partner: Person,
    today: date,
) -> None:
    """Stage a small round that one rater linked, until it came out that she had no part in that case."""
    one = Sites(title="Round of the two sites", state=RoundState.CALIBRATING, days=54, each=2,
                raters=raters[:4], candidates=_of_sites(raters, others[OTHERS:-2]))  # fmt: skip
    made, openings = _round(framework, one, today)
    cases = _rated(made, one, openings, today)
    both, link = raters[2], next(case for case in cases[:SITE] if _may_rate(raters[2], case))
    _rate(link, both, 2, cases.index(link), today - timedelta(days=one.days - 45))
    _calibrate(made, raters[0], today - timedelta(days=4), read=True)
    with on(today - timedelta(days=3)):
        committee.recuse(partner, link, both, reason=NO_PART)
    _calibrate(made, raters[0], today - timedelta(days=2), read=True)
