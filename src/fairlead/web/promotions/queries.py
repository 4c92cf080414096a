"""What the pages of rounds and cases show; what waits for somebody; what the room holds about a person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from fairlead.core.work import label
from fairlead.web.access import case_reaches
from fairlead.web.access.relations import standing
from fairlead.web.grants.models import Grant, Over, Role
from fairlead.web.people.models import Person
from fairlead.web.promotions import rounds, states, terms
from fairlead.web.promotions.apart_models import SealedRating
from fairlead.web.promotions.case_models import Decision, RaterAssignment
from fairlead.web.promotions.cases import TEXTS, asked_of
from fairlead.web.promotions.criteria_queries import published_framework
from fairlead.web.promotions.early_ends import Early, ended_early
from fairlead.web.promotions.facts import barred, of_case, of_round, standing_in
from fairlead.web.promotions.holdings import FIELDS, export
from fairlead.web.promotions.in_the_way import InTheWay, in_the_way
from fairlead.web.promotions.models import (
    CommitteeSeat,
    FrameworkVersion,
    Nomination,
    Opening,
    Recusal,
    Round,
)
from fairlead.web.promotions.past_role import PastRole, past_role
from fairlead.web.promotions.states import CaseState, RoundState, Who
from fairlead.web.promotions.taken_out_queries import LONG_ENOUGH
from fairlead.web.promotions.untold import untold
from fairlead.web.promotions.waiting import today
from fairlead.web.roster.models import Position, Unit

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from fairlead.core.framework import Criterion, Seen
    from fairlead.web.promotions.models import CaseEvidence
    from fairlead.web.today import Waiting

__all__ = ["FIELDS", "export", "published_framework", "today", "untold"]


# --- rounds ----------------------------------------------------------------------------------------


def signed_frameworks() -> list[FrameworkVersion]:
    """Give the frameworks that a round can stand on."""
    return list(
        FrameworkVersion.objects.filter(state=FrameworkVersion.State.SIGNED).order_by("title", "version")
    )


def lines(found: Any) -> list[Round]:
    """Give rounds with the number of their openings, the newest first."""
    return list(found.select_related("framework").annotate(places=Count("openings")).order_by("-made_at"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """One phase of a round: its words, its last day, and whether it is over, now or to come."""

    words: str
    day: date | None
    when: str


def phases(one: Round) -> list[Phase]:
    """Give the phases of a round in their order."""
    days, words = terms.dates_of(one), dict(states.ROUND_WORDS)
    order = list(states.PHASES)
    at = order.index(RoundState(one.state)) if one.state in order else None
    over = one.state in states.OVER
    return [
        Phase(words=words[phase], day=days.get(phase), when=_when(number, at, days.get(phase), over=over))
        for number, phase in enumerate(order)
    ]


def _when(number: int, at: int | None, day: date | None, *, over: bool) -> str:
    if over or (at is not None and number < at):
        return "over"
    if number != at:
        return "to come"
    return "now; its last day has passed" if day is not None and day < timezone.localdate() else "now"


def opening_words(one: Round, opening: Opening) -> str:
    """Name an opening with its track and level."""
    framework = terms.framework_of(one.framework)
    try:
        level = framework.level(opening.level).title
    except KeyError:
        level = opening.level
    return f"{opening.title} ({label(opening.track)}, {level})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One opening as the page of a round shows it."""

    opening: Opening
    track: str
    level: str


def openings(one: Round) -> list[Place]:
    """Give the openings with the words of the framework."""
    framework = terms.framework_of(one.framework)
    titles = {level.id: level.title for level in framework.levels}
    return [
        Place(opening=found, track=label(found.track), level=titles.get(found.level, found.level))
        for found in one.openings.select_related("unit")
    ]


def places(one: Round) -> list[tuple[str, str]]:
    """Give every track with its levels, as a form offers them."""
    framework = terms.framework_of(one.framework)
    return [
        (f"{track.id}/{level.id}", f"{track.label}: {level.title}")
        for track in framework.tracks
        for level in framework.levels_of(track.id)
    ]


def units() -> list[Unit]:
    """Give the units that exist."""
    return list(Unit.objects.filter(closed_on=None))


def committee_people() -> list[Person]:
    """Give everybody who holds the role of the committee over the organization today."""
    held = Grant.objects.filter(
        standing(), role=Role.COMMITTEE, over=Over.ORGANIZATION, person__user__is_active=True
    )
    found = Person.objects.filter(pk__in=held.values("person")).select_related("user")
    return list(found.order_by("name", "pk"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPage:
    """A round for one person: what it is, what they can do in it, and what stands against the next step."""

    round: Round
    says: str
    phases: list[Phase]
    openings: list[Place]
    seats: list[CommitteeSeat]
    policy: terms.Policy
    unchanged: bool
    seen: str
    runs: bool
    assigns: bool
    my_seat: CommitteeSeat | None
    forward: str
    forward_words: str
    asks_why: bool
    ended_early: tuple[Early, ...]
    stand_in: list[CommitteeSeat]
    hindrance: str
    in_the_way: list[InTheWay]
    hindrances: list[str]
    mine: list[Near]
    own: Near | None
    to_rate: list[RaterAssignment]
    talked: list[CaseLine]
    heard: list[CaseLine]
    states: list[CaseLine]
    can_nominate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """One's own case, or one that somebody carries, leads or is asked to speak for."""

    case: Nomination
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One case in a list: by the candidate's name, never by a number."""

    case: Nomination
    raters: int = 0
    handed_in: int = 0
    without_step: bool = False
    decision: bool = False


FORWARD_WORDS = {
    "gather": "End nominations and gather evidence",
    "close_evidence": "Close the evidence and assign raters",
    "begin_rating": "Let raters begin",
    "open_calibration": "Open all ratings and calibrate",
    "begin_deciding": "Begin to decide",
    "announce": "Let everybody read their decision",
    "close_round": "Close the round",
}


def round_page(person: Person, one: Round) -> RoundPage:
    """Give what the page of a round shows to one person."""
    facts = of_round(person, one)
    runs = Who.PEOPLE_OPERATIONS in facts.who
    assigns = runs or Who.CHAIR in facts.who
    state = RoundState(one.state)
    verb = rounds.FORWARD.get(state, "")
    may = bool(verb) and bool(facts.who & states.STEPS[verb].who)
    hindrance = states.hindrance(verb, replace(facts, reason=LONG_ENOUGH)) if may else ""
    draft = state == RoundState.DRAFT
    nearby = [Near(case=case, words=state_words(case, facts)) for case in my_cases(person, one)]
    return RoundPage(
        round=one,
        says=states.SAYS[state],
        phases=phases(one),
        openings=openings(one),
        seats=list(one.seats.select_related("person").order_by("part", "person__name")),
        policy=terms.policy_of(one),
        unchanged=draft or terms.unchanged(one),
        seen=terms.fingerprint(terms.frozen(one)) if draft and runs else "",
        runs=runs,
        assigns=assigns,
        my_seat=one.seats.filter(person=person, ended_at=None).first(),
        forward=verb if may else "",
        forward_words=FORWARD_WORDS.get(verb, ""),
        asks_why=may and facts.early and verb in rounds.ENDS_EARLY,
        ended_early=ended_early(one),
        stand_in=standing_in(one),
        hindrance=hindrance,
        in_the_way=in_the_way(person, one, hindrance),
        hindrances=rounds.hindrances(person, one) if draft and runs else [],
        mine=[near for near in nearby if near.case.candidate_id != person.pk],
        own=next((near for near in nearby if near.case.candidate_id == person.pk), None),
        to_rate=to_rate(person, one),
        talked=_talked(person, one) if Who.MEMBER in facts.who else [],
        heard=_heard(person, one) if Who.MEMBER in facts.who else [],
        states=case_states(one, person, whole=runs) if assigns and not draft else [],
        can_nominate=state == RoundState.NOMINATING and bool(can_nominate(one, person)),
    )


def my_cases(person: Person, one: Round) -> list[Nomination]:
    """Give one's own case in a round, and those one carries, leads or is asked to speak for."""
    agreed = ~Q(state__in=[CaseState.PROPOSED, CaseState.DECLINED])
    near = Q(candidate=person) | Q(manager=person) | Q(sponsor=person)
    speaks = Q(advocate=person, advocate_wants=Nomination.Wants.YES)
    found = one.nominations.filter(near | ((Q(above=person) | speaks) & agreed)).select_related(
        "candidate", "opening"
    )
    return list(found.order_by("candidate__name", "made_at"))


def texts_now(case: Nomination, form: Any) -> list[tuple[str, str, list[dict[str, str]]]]:
    """Give each text of a case: its name, what stands there where that is not what was typed, what it was."""
    found = []
    for name in TEXTS:
        now, typed = getattr(case, name), str(form[name].value() or "")
        earlier = [one for one in case.earlier if one["text"] == name]
        found.append((str(form[name].label), now if form.errors and now != typed.strip() else "", earlier))
    return found


def own_cases(person: Person) -> list[tuple[Nomination, str]]:
    """Give one's own cases, the newest first, each with how far its round is."""
    found = Nomination.objects.filter(candidate=person).exclude(round__state=RoundState.DRAFT)
    words = dict(states.ROUND_WORDS)
    live = found.exclude(state__in=[CaseState.DECLINED, CaseState.WITHDRAWN])
    return [
        (case, words[RoundState(case.round.state)])
        for case in live.select_related("round", "opening").order_by("-made_at", "pk")
    ]


def to_rate(person: Person, one: Round) -> list[RaterAssignment]:
    """Give what somebody rates in a round, by the candidate's name."""
    if one.state != RoundState.RATING:
        return []
    found = RaterAssignment.objects.filter(
        rater=person, ended_at=None, nomination__round=one, nomination__state=CaseState.STANDING
    )
    return list(found.select_related("nomination__candidate").order_by("nomination__candidate__name"))


def _talked(person: Person, one: Round) -> list[CaseLine]:
    """Give the cases that the committee talks about and decides, without those one has no part in."""
    return _with_part(person, one) if one.state in states.RATINGS_OPEN else []


def _heard(person: Person, one: Round) -> list[CaseLine]:
    """Give the cases about which a member can ask colleagues before ratings are open."""
    asks = one.state in {RoundState.EVIDENCE, RoundState.ASSIGNING, RoundState.RATING}
    return _with_part(person, one) if asks else []


def _with_part(person: Person, one: Round) -> list[CaseLine]:
    shown = one.nominations.filter(state__in=[CaseState.STANDING, CaseState.DECIDED])
    found = list(shown.select_related("candidate", "opening").order_by("candidate__name", "pk"))
    out = barred(found)
    return [CaseLine(case=case) for case in found if person.pk not in out[case.pk]]


_AGREED = (CaseState.STANDING, CaseState.DECIDED, CaseState.SET_ASIDE)


def case_states(one: Round, person: Person, *, whole: bool) -> list[CaseLine]:
    """Say how far each case is, for who runs the round: never what is in it.

    Who was nominated and has not answered, or said no, only people operations read: the chair is to rate.
    """
    live = Q(assignments__ended_at=None) & Q(assignments__rater__isnull=False)
    found = (
        one.nominations.select_related("candidate", "opening")
        .annotate(
            raters=Count("assignments", filter=live),
            handed_in=Count("assignments", filter=live & Q(assignments__handed_in_at__isnull=False)),
            waits=Exists(_without_step()),
        )
        .order_by("candidate__name", "made_at")
    )
    told = one.state in states.OVER
    readable = Q(pk__in=[])
    if told:
        readable = case_reaches.told(person) | case_reaches.told_by_role(person)
    read = set(one.nominations.filter(readable).values_list("pk", flat=True))
    return [
        CaseLine(
            case=case,
            raters=case.raters,
            handed_in=case.handed_in,
            without_step=told and case.waits,
            decision=case.pk in read,
        )
        for case in found
        if case.candidate_id != person.pk and (whole or case.state in _AGREED or case.agreed_at is not None)
    ]


def _without_step() -> QuerySet[Decision]:
    """Give the decision of a case that was not promoted and has no next step yet."""
    found = Decision.objects.filter(nomination=OuterRef("pk"), nomination__next_steps=None)
    return found.exclude(outcome=Decision.Outcome.PROMOTED)


def can_nominate(one: Round, person: Person) -> list[Person]:
    """Give whom somebody can nominate: themselves where the round allows it, and their own reports."""
    held = Position.objects.on(timezone.localdate())
    there = set(one.nominations.filter(state__in=states.LIVE).values_list("candidate", flat=True))
    there |= set(one.seats.filter(ended_at=None).values_list("person", flat=True))
    reports = held.filter(manager=person, person__user__is_active=True).select_related("person__user")
    found = [position.person for position in reports.order_by("person__name")]
    if terms.policy_of(one).self_nomination and held.filter(person=person).exists():
        found.insert(0, person)
    return [candidate for candidate in found if candidate.pk not in there]


def not_offered(one: Round, person: Person) -> list[tuple[str, str]]:
    """Say who of those that somebody could nominate is not offered, and why; by name."""
    held = Position.objects.on(timezone.localdate())
    live = set(one.nominations.filter(state__in=states.LIVE).values_list("candidate", flat=True))
    sat = set(one.seats.filter(ended_at=None).values_list("person", flat=True))
    reports = held.filter(manager=person).select_related("person__user").order_by("person__name", "pk")
    found = []
    for of in dict.fromkeys([person, *(position.person for position in reports)]):
        who = "Myself" if of == person else str(of)
        if of.pk in sat:
            found.append(
                (who, "sits in the committee of this round" if of != person else "I sit in the committee")
            )
        elif of.pk in live:
            found.append((who, "there is a case in this round already"))
        elif of != person and (of.user is None or not of.user.is_active):
            found.append((who, "no account to ask them by yet"))
    return found


# --- one case --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One criterion of the level, what is seen there, and the evidence for it."""

    criterion: Criterion
    seen: Seen
    evidence: tuple[CaseEvidence, ...]
    self_score: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """A case for one person: what it says and what they can do."""

    case: Nomination
    place: Place
    asked: list[Asked]
    past: PastRole
    who: frozenset[Who]
    can: frozenset[str]
    empty: int
    no_part: list[str]
    round_words: str
    state_words: str
    policy: terms.Policy


ACTS = ("agree", "decline", "take_back", "withdraw_case", "write_packet")


def case_page(person: Person, case: Nomination) -> CasePage:
    """Give what the page of a case shows to somebody who may read it."""
    facts = of_case(person, case)
    asked = _without_self(asked_in(case), case, facts)
    framework = terms.framework_of(case.round.framework)
    place = next(one for one in openings(case.round) if one.opening.pk == case.opening_id)
    recused = Recusal.objects.filter(nomination=case, person__isnull=False).select_related("person")
    return CasePage(
        case=case,
        place=place,
        asked=asked,
        past=past_role(case, asked, framework.past_only),
        who=facts.who,
        can=frozenset(verb for verb in ACTS if states.can(verb, facts)),
        empty=sum(not one.evidence for one in asked),
        no_part=sorted(str(one.person) for one in recused),
        round_words=dict(states.ROUND_WORDS)[RoundState(case.round.state)],
        state_words=state_words(case, facts),
        policy=terms.policy_of(case.round),
    )


def state_words(case: Nomination, facts: states.Facts) -> str:
    """Say how far a case is; that it is decided only the committee reads before everybody is told."""
    state = CaseState(case.state)
    if state == CaseState.DECIDED and case.round.state not in states.OVER and Who.MEMBER not in facts.who:
        state = CaseState.STANDING
    return dict(states.CASE_WORDS)[state]


def _without_self(asked: list[Asked], case: Nomination, facts: states.Facts) -> list[Asked]:
    """Leave out how the candidate sees themselves where somebody may still rate: it would be an anchor."""
    if Who.CANDIDATE in facts.who or case.round.state in states.RATINGS_OPEN:
        return asked
    if facts.who & {Who.MEMBER, Who.RATER}:
        return [replace(one, self_score="") for one in asked]
    return asked


def asked_in(case: Nomination) -> list[Asked]:
    """Give each criterion of the level with its evidence, in the framework's order."""
    pieces = list(case.evidence.all())
    words = dict(terms.policy_of(case.round).scores)
    own = {one.criterion: words.get(one.score, "") for one in case.self_ratings.all()}
    return [
        Asked(
            criterion=criterion,
            seen=seen,
            evidence=tuple(one for one in pieces if one.criterion == name),
            self_score=own.get(name, ""),
        )
        for name, (criterion, seen) in asked_of(case).items()
    ]


def own_ratings(person: Person, case: Nomination) -> dict[str, dict[str, Any]]:
    """Give what a rater has rated of a case so far, by criterion; their own alone."""
    found = SealedRating.objects.filter(owner=person, assignment__nomination=case, assignment__ended_at=None)
    return {one.criterion: one.content for one in found}


def assignment(person: Person, case: Nomination) -> RaterAssignment | None:
    """Give somebody's own assignment of a case."""
    return RaterAssignment.objects.filter(nomination=case, rater=person, ended_at=None).first()


def next_step_people(person: Person, case: Nomination) -> list[Person]:
    """Give who can see to a next step, whoever carries the case first: it is not the candidate's alone."""
    found = [case.manager, case.sponsor, person, case.candidate]
    return list(dict.fromkeys(one for one in found if one is not None))


def sits(person: Person, one: Round) -> bool:
    """Say whether somebody sits in the committee of a round."""
    return one.seats.filter(person=person, ended_at=None).exists()


def policy(one: Round) -> terms.Policy:
    """Give the rules of a round."""
    return terms.policy_of(one)


def waits_for(person: Person) -> list[Waiting]:
    """Give what waits for somebody in this room."""
    found = today(person)
    return list(found.waiting) if found else []
