"""Single ratings as they are read once they are open: by name, with what was changed and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fairlead.web.promotions import calibration, rating
from fairlead.web.promotions.case_models import Rating
from fairlead.web.promotions.cases import asked_of
from fairlead.web.promotions.facts import barred
from fairlead.web.promotions.states import CaseState, RoundState
from fairlead.web.promotions.taken_out_queries import struck
from fairlead.web.promotions.terms import framework_of, policy_of
from fairlead.web.trail import Doing, record_many

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from fairlead.web.people.models import Person
    from fairlead.web.promotions.models import Nomination, Round

ERASED = "Somebody who was erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingLine:
    """One rating with what became of it."""

    rating: Rating
    candidate: str
    rater: str
    criterion: str
    score: str
    rests_on: str
    changes: tuple[tuple[str, str, str, str], ...]
    late: bool
    mine: bool
    can_revise: bool
    struck: str = ""


def lines(person: Person, found: Sequence[Rating], one: Round) -> tuple[RatingLine, ...]:
    """Give ratings in the order of the candidates' names and of the framework's criteria."""
    titles = {criterion.id: criterion.title for criterion in framework_of(one.framework).criteria}
    order = list(titles)
    words = dict(policy_of(one).scores)
    rows = list(
        Rating.objects.filter(pk__in=[row.pk for row in found])
        .select_related("assignment__rater", "assignment__nomination__candidate")
        .prefetch_related("changes__by")
    )
    rows.sort(
        key=lambda row: (
            str(row.assignment.nomination.candidate),
            order.index(row.criterion) if row.criterion in order else len(order),
            str(row.assignment.rater or ERASED),
            str(row.pk),
        )
    )
    return tuple(_line(person, row, titles, words, one) for row in rows)


def _line(
    person: Person, row: Rating, titles: Mapping[str, str], words: Mapping[int, str], one: Round
) -> RatingLine:
    read = row.assignment.read_at
    mine = row.assignment.rater_id == person.pk
    return RatingLine(
        rating=row,
        candidate=str(row.assignment.nomination.candidate),
        rater=str(row.assignment.rater or ERASED),
        criterion=titles.get(row.criterion, row.criterion),
        score=said(row.score, words),
        rests_on=row.get_rests_on_display() if row.rests_on else "",
        changes=tuple(
            (str(change.by or ERASED), said(change.before, words), said(change.after, words), change.reason)
            for change in row.changes.all()
        ),
        late=read is None or row.given_at < read,
        mine=mine,
        can_revise=mine
        and one.state == RoundState.CALIBRATING
        and row.assignment.nomination.state == CaseState.STANDING
        and row.assignment.ended_at is None,
    )


def said(score: int | None, words: Mapping[int, str]) -> str:
    """Say a score with its words."""
    return "Could not say" if score is None else f"{score}: {words.get(score, '')}".rstrip(": ")


def of_case_lines(person: Person, case: Nomination) -> tuple[RatingLine, ...]:
    """Give the ratings of a case, struck out ones too; whoever asks has passed ``case.ratings``."""
    found, out = Rating.objects.filter(rating.shown(), assignment__nomination=case), struck(case)
    return tuple(replace(line, struck=_of(out, line)) for line in lines(person, list(found), case.round))


def _of(out: Mapping[UUID, str], line: RatingLine) -> str:
    rater = line.rating.assignment.rater_id
    return out.get(rater, "") if rater is not None else ""


def grouped(found: Sequence[RatingLine]) -> list[tuple[str, list[RatingLine]]]:
    """Group ratings of one case by criterion."""
    groups: dict[str, list[RatingLine]] = {}
    for line in found:
        groups.setdefault(line.criterion, []).append(line)
    return list(groups.items())


def of_rater(person: Person, one: Round, rater: UUID) -> tuple[str, tuple[RatingLine, ...]] | None:
    """Give one rater's name and ratings, without cases in which the reader has no part."""
    if calibration.read_now(one) is None or one.state == RoundState.CLOSED:
        return None
    live = one.nominations.filter(state__in=[CaseState.STANDING, CaseState.DECIDED])
    cases = list(live.select_related("candidate"))
    out = barred(cases)
    shown = [case.pk for case in cases if person.pk not in out[case.pk]]
    found = Rating.objects.filter(
        assignment__nomination__in=shown, assignment__rater=rater, assignment__ended_at=None
    )
    rows = lines(person, list(found), one)
    return (rows[0].rater, rows) if rows else None


def note_ratings_seen(person: Person, found: Sequence[RatingLine]) -> None:
    """Note whose ratings were looked at: each rater's and each candidate's, once."""
    doings = {}
    for line in found:
        assigned = line.rating.assignment
        case = assigned.nomination
        if case.candidate_id != person.pk:
            doings[case.pk] = Doing("saw", case, case.candidate)
        if assigned.rater is not None and assigned.rater_id != person.pk:
            doings[assigned.pk] = Doing("saw", assigned, assigned.rater)
    record_many(person, doings.values())


def scale_of(one: Round) -> tuple[tuple[int, str], ...]:
    """Give each score with its words."""
    return policy_of(one).scores


def least_of(one: Round) -> int:
    """Give how long a reason is at least."""
    return policy_of(one).least_reasons


def asked_words(rating: Rating) -> tuple[str, str]:
    """Give the criterion's title and what is seen at the level."""
    criterion, seen = asked_of(rating.assignment.nomination)[rating.criterion]
    return criterion.title, seen.text
