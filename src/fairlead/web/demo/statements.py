"""What the demo company states about itself, an older round large enough to look at, and its selection rates.

Nothing is drawn by chance. One group is too small to say anything about, and counts of it are withheld.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from fairlead.web.demo import round_words as words
from fairlead.web.demo.clock import on
from fairlead.web.demo.rounds import CANDIDATES, COMMITTEE, named
from fairlead.web.grants.models import Grant, Role
from fairlead.web.promotions import impact_counting, impact_statements, terms
from fairlead.web.promotions.apart_models import SelfStatement
from fairlead.web.promotions.case_models import Decision, RaterAssignment, Rating
from fairlead.web.promotions.closeness import barred
from fairlead.web.promotions.models import (
    CommitteeSeat,
    FrameworkVersion,
    ImpactTable,
    Nomination,
    Opening,
    Round,
)
from fairlead.web.promotions.states import PHASES, CaseState, RoundState
from fairlead.web.roster.models import Position
from fairlead.web.runs import actions as runs
from fairlead.web.runs.models import Run, State

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from fairlead.web.people.models import Person

ANALYST: Final = "newcomer"
"""Who of the cast looks at selection rates: a controller, and in no committee."""

STAGED: Final = frozenset({ANALYST, *COMMITTEE, "people_lead", "people_partner"})
SEX: Final = ("woman", "man", "non-binary")
AGO: Final = 700
"""Days since the older round opened."""

NOMINATED: Final = 2
"""One in so many was put forward in it."""

POLICY: Final = terms.Policy(raters=2, most_cases=40)
EVERY: Final = {SEX[1]: 2, SEX[2]: 9}
"""One in so many of a group is promoted in it; of the others one in three."""


def stage(people: Mapping[str, Person], today: date) -> None:
    """Ask, let the company answer, stage the older round, and count it."""
    framework = (
        FrameworkVersion.objects.filter(state=FrameworkVersion.State.SIGNED).order_by("made_at").first()
    )
    if framework is None:
        return
    analyst, lead, partner = people[ANALYST], people["people_lead"], people["people_partner"]
    Grant.objects.create(
        person=analyst, role=Role.EQUALITY_ANALYST, since=today - timedelta(days=400),
        until=today + timedelta(days=330), reason="Looks at whether rounds treat people alike",
        proposed_by=lead, proposed_at=timezone.now(), confirmed_by=partner, confirmed_at=timezone.now(),
    )  # fmt: skip
    opened = today - timedelta(days=AGO)
    held = list(
        Position.objects.on(opened).select_related("person").order_by("person__number", "person__name")
    )
    staff = [one.person for one in held]
    with on(opened):
        impact_statements.ask(analyst, [("sex", SEX)])
    said = _state(staff, today)
    raters = [people[key] for key in COMMITTEE]
    aside = {*raters, *(people[key] for key in CANDIDATES if key in people)}
    _older_round(framework, raters, [one for one in staff if one not in aside], said, opened)
    _count(analyst, today - timedelta(days=20))


def _state(staff: list[Person], today: date) -> dict[Person, str]:
    """Let most of them state something: one in seven says nothing, a few are of a small group."""
    question = impact_statements.questions()[0]
    said = {
        one: SEX[2] if number % 29 == 5 else SEX[number * 7 % 5 < 3]
        for number, one in enumerate(staff)
        if number % 7 != 4
    }
    with on(today - timedelta(days=90)):
        for person, answer in said.items():
            SelfStatement.objects.create(
                owner=person, content={str(question.pk): answer}, changed_at=timezone.now()
            )
    return said


def _older_round(
    framework: FrameworkVersion,
    raters: list[Person],
    staff: list[Person],
    said: dict[Person, str],
    opened: date,
) -> None:
    """Stage a finished round with many cases: who was put forward, rated and decided on, with reasons.

    Its committee, and who is a candidate in the round that runs, stand aside.
    """
    days = {str(phase): (opened + timedelta(days=12 * n)).isoformat() for n, phase in enumerate(PHASES, 1)}
    with on(opened):
        made = Round.objects.create(
            title=named(opened, 0), framework=framework, state=RoundState.CLOSED, dates=days,
            made_at=timezone.now(), opened_at=timezone.now(), policy=terms.policy_plain(POLICY),
        )  # fmt: skip
        opening = Opening.objects.create(
            round=made, title="Lead of a team", track="people_manager", level="manager-2", headcount=40,
            budget=Opening.Budget.AGREED,
        )  # fmt: skip
        for rater in raters:
            part = CommitteeSeat.Part.CHAIR if rater == raters[0] else CommitteeSeat.Part.MEMBER
            CommitteeSeat.objects.create(
                round=made, person=rater, part=part, conflict="none", stated_at=timezone.now()
            )
        made.frozen = terms.frozen(made)
        made.terms = terms.fingerprint(made.frozen)
        made.ended_at = timezone.now() + timedelta(days=90)
        made.save()
    forward = staff[::NOMINATED]
    with on(opened + timedelta(days=80)):
        now = timezone.now()
        cases = Nomination.objects.bulk_create(
            Nomination(round=made, opening=opening, candidate=one, nominated_by=Nomination.By.SELF,
                       state=CaseState.DECIDED, agreed_at=now, ended_at=now)
            for one in forward
        )  # fmt: skip
        assigned = RaterAssignment.objects.bulk_create(
            RaterAssignment(nomination=case, rater=rater, read_at=now, handed_in_at=now)
            for case, rater in _shared(cases, raters)
        )
        Rating.objects.bulk_create(
            Rating(assignment=one, criterion=framework.content["criteria"][0]["id"], score=3, rests_on="seen",
                   given_at=now)
            for one in assigned
        )  # fmt: skip
        seen: dict[str, int] = {}
        decisions: list[Decision] = []
        for case in cases:
            group = said.get(case.candidate, "")
            seen[group] = seen.get(group, 0) + 1
            promoted = seen[group] % EVERY.get(group, 3) == 1
            outcome = Decision.Outcome.PROMOTED if promoted else Decision.Outcome.NOT_NOW
            decisions.append(
                Decision(nomination=case, by=raters[0], by_name=str(raters[0])[:120], outcome=outcome,
                         reasons=words.about(words.WELL if promoted else words.NOT_YET, len(decisions)),
                         made_at=now, read_at=now)
            )  # fmt: skip
        Decision.objects.bulk_create(decisions)


def _shared(cases: Collection[Nomination], raters: list[Person]) -> Iterator[tuple[Nomination, Person]]:
    """Give each case to as many raters as the rules say, to those first who have the fewest."""
    out, has = barred(cases), dict.fromkeys(raters, 0)
    for case in cases:
        may = [rater for rater in raters if rater.pk not in out[case.pk]]
        for rater in sorted(may, key=has.__getitem__)[: POLICY.raters]:
            has[rater] += 1
            yield case, rater


def _count(analyst: Person, when: date) -> None:
    """Count as the worker would; what may be shown is shown."""
    with on(when):
        run = Run.objects.create(
            owner=analyst, kind=impact_counting.KIND, params={"inside": ""}, inputs_digest="0" * 64
        )
        runs.fulfil(run.pk, impact_counting.compute)
        run.refresh_from_db()
        if run.state != State.DONE:
            raise RuntimeError(f"The demo's selection rates could not be counted: {run.error}")
        ImpactTable.objects.filter(pk__in=run.result["tables"]).update(made_at=timezone.now())
