"""How strict raters were, and ratings on one scale: worked out, told to the rater first, then opened.

The numbers are those of ``core.raters.severity``. They decide nothing and order nobody.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from fairlead.core.problems import BadInput
from fairlead.web import trail
from fairlead.web.promotions.calibration_models import SeverityTold
from fairlead.web.promotions.case_models import Calibration, Rating, RatingChange
from fairlead.web.promotions.facts import barred, locked_case, of_case, take
from fairlead.web.promotions.flags_queries import impressions
from fairlead.web.promotions.models import Round
from fairlead.web.promotions.states import CaseState, RoundState
from fairlead.web.promotions.terms import policy_of
from fairlead.web.runs import actions as runs
from fairlead.web.runs.actions import Outcome, Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from uuid import UUID

    from fairlead.core.rater_results import Severity
    from fairlead.web.people.models import Person
    from fairlead.web.runs.actions import Progress
    from fairlead.web.runs.models import Run

KIND: Final = "calibration"
METHOD: Final = "many-facet Rasch, rating scale, marginal maximum likelihood, severities shrunk: 1"
FIRST: Final = timedelta(days=2)
"""How long a rater has to read their own reading before the committee does."""

Row = tuple[str, str, str, int]
"""Number of the case, number of the rater, criterion, score."""


def rows_of(one: Round, out: Mapping[UUID, Collection[UUID]] | None = None) -> list[Row]:
    """Give the ratings that count, as the core reads them: people by their numbers, sorted.

    ``out`` says who has no part in which case, where the caller knows it already.

    Those of somebody who has no part in the case do not, whether that was recorded or follows from a rule.
    """
    states = [CaseState.STANDING, CaseState.DECIDED]
    if out is None:
        out = barred(list(one.nominations.filter(state__in=states)))
    found = Rating.objects.filter(
        assignment__nomination__round=one,
        assignment__nomination__state__in=states,
        assignment__ended_at=None,
        assignment__rater__isnull=False,
        score__isnull=False,
    ).values_list("assignment__nomination", "assignment__rater", "criterion", "score")
    return sorted(
        (str(case), str(rater), criterion, score)
        for case, rater, criterion, score in found
        if score is not None and rater not in out[case]
    )


def digest_of(rows: list[Row]) -> str:
    """Give the fingerprint of the ratings."""
    return runs.digest([list(row) for row in rows])


@transaction.atomic
def work_out(actor: Person, one: Round) -> Run:
    """Let the worker put the ratings of a round on one scale."""
    from fairlead.web.promotions import calibration_tasks as tasks  # noqa: PLC0415 - tasks name actions

    held = Round.objects.select_for_update().get(pk=one.pk)
    if held.state not in {RoundState.CALIBRATING, RoundState.DECIDING}:
        raise Refused("Ratings are put on one scale while the round is in calibration or being decided.")
    rows = rows_of(held)
    if not rows:
        raise Refused("No rating stands in this round.")
    found = digest_of(rows)
    newest = held.calibrations.first()
    if newest is not None and newest.ratings_sha256 == found:
        raise Refused("No rating has changed since this was worked out.")
    return runs.start(
        tasks.calibrate,
        owner=actor,
        kind=KIND,
        params={"round": str(held.pk)},
        page=reverse("promotions:calibration", args=[held.pk]),
        inputs_digest=found,
    )


def compute(run: Run, progress: Progress) -> Outcome:
    """Estimate, keep the result for the round, and tell each rater that there is something to read."""
    one = Round.objects.select_related("framework").get(pk=run.params["round"])
    rows = rows_of(one)
    progress(20, "Comparing how raters used the scale.")
    content = _content(rows, len(policy_of(one).scale)) | {"impressions": impressions()}
    values: dict[str, Any] = {
        "round": one,
        "made_by": run.owner,
        "run": run.pk,
        "method": METHOD,
        "ratings_sha256": digest_of(rows),
        "content": content,
    }
    made = Calibration(**values)

    def keep() -> None:
        if is_open(one):
            Calibration.objects.filter(pk__in=[found.pk for found in one.calibrations.all()[:1]]).update(
                was_open=True
            )
        made.save(force_insert=True)
        SeverityTold.objects.filter(round=one).update(made_at=timezone.now(), confirmed_at=None)
        there = set(SeverityTold.objects.filter(round=one).values_list("rater", flat=True))
        new = [found for found in sorted({row[1] for row in rows}) if found not in {str(pk) for pk in there}]
        SeverityTold.objects.bulk_create(SeverityTold(round=one, rater_id=found) for found in new)

    return Outcome(result={"calibration": str(made.pk)}, method=METHOD[:80], keep=keep)


def _content(rows: list[Row], highest: int) -> dict[str, Any]:
    from fairlead.core.raters import severity  # noqa: PLC0415 - scipy, for the worker alone
    from fairlead.core.ratings import Ratings  # noqa: PLC0415

    try:
        found = severity(Ratings.from_rows(rows, lowest=1, highest=highest, source="The ratings"))
    except BadInput as refused:
        return {"refused": str(refused)}
    return plain(found)


def plain(found: Severity) -> dict[str, Any]:
    """Give a result as it is stored: the core's JSON, and its sentences; people by their numbers."""
    from fairlead.core.rater_texts import compared  # noqa: PLC0415
    from fairlead.core.raters_json import severity_json  # noqa: PLC0415
    from fairlead.render.charts_raters import sentence_of  # noqa: PLC0415

    return severity_json(found) | {
        "says": sentence_of(found),
        "compared": {one.rater: compared(one, found) for one in found.raters},
    }


# --- the rater first -------------------------------------------------------------------------------


@transaction.atomic
def confirm(actor: Person, one: Round) -> None:
    """Say that one has read how one's own ratings compare."""
    told = SeverityTold.objects.filter(round=one, rater=actor).first()
    if told is None:
        raise Refused("There is nothing to read yet.")
    if told.confirmed_at is None:
        told.confirmed_at = timezone.now()
        told.save(update_fields=["confirmed_at"])
        trail.record(actor, "confirm_reading", told)


def opens(one: Round) -> datetime | None:
    """Say from when on the committee reads severities; nothing where nobody was told yet.

    Somebody who was told later because a rater was added later is waited for as well: severities of a round
    sum to 0, and what is left out could be worked out.
    """
    told = list(SeverityTold.objects.filter(round=one, rater__isnull=False))
    if not told:
        return None
    return max(min(row.confirmed_at or row.made_at + FIRST, row.made_at + FIRST) for row in told)


def is_open(one: Round, now: datetime | None = None) -> bool:
    """Say whether the committee reads the newest severities and fair scores now."""
    day = opens(one)
    return day is not None and day <= (now or timezone.now())


def read_now(one: Round, newest: Calibration | None = None) -> Calibration | None:
    """Give what the committee reads now: the newest, or the last open one while raters read that first."""
    if is_open(one):
        return newest or one.calibrations.first()
    return one.calibrations.filter(was_open=True).first()


# --- a rating changed in calibration ----------------------------------------------------------------


@transaction.atomic
def revise(actor: Person, rating: Rating, *, score: int | None, reason: str) -> RatingChange:
    """Change one's own rating, with a reason; before and after stay beside each other."""
    case = locked_case(rating.assignment.nomination)
    take("revise", of_case(actor, case, reason=reason))
    held = Rating.objects.select_related("assignment").get(pk=rating.pk)
    if held.assignment.rater_id != actor.pk or held.assignment.ended_at is not None:
        raise Refused("Only whoever gave a rating changes it.")
    most = len(policy_of(case.round).scale)
    if score is not None and not 1 <= score <= most:
        raise Refused(f"A score is a whole number from 1 to {most}.")
    if score == held.score:
        raise Refused("The rating stays as it was. Choose another score, or leave it.")
    made = RatingChange.objects.create(
        rating=held, by=actor, before=held.score, after=score, reason=reason.strip()
    )
    held.score = score
    held.save(update_fields=["score"])
    trail.record(actor, "revise", held, subject=case.candidate)
    return made
