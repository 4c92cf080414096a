"""What a case rests on beside its ratings, and what impressions did over finished rounds (rows 119, 161).

Nothing here changes a number, and nothing is about a rater: it says what to ask for.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from fairlead.core.confidence_flags import NO_NUMBER, Flag, RatingBasis, SelfRating, packet_flags
from fairlead.library.praise import praise_lexicon
from fairlead.web.promotions.case_models import Decision, Rating
from fairlead.web.promotions.cases import TEXTS, asked_of
from fairlead.web.promotions.states import OVER
from fairlead.web.promotions.terms import policy_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from fairlead.core.confidence_flags import PraiseLexicon, WordMark
    from fairlead.web.promotions.models import Nomination

RESTS: dict[str, str] = {
    "seen": "seen by the rater",
    "artefact": "a piece of work",
    "heard": "heard of it",
    "impression": "an impression",
}
NAMES = {
    "team_benefit": "How the team gains",
    "preparation": "Preparation",
    "argument": "The argument",
    "loss_impact": "What would be lost",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """Praise without an act, with the words around it."""

    where: str
    before: str
    word: str
    after: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Safeguard:
    """What one packet rests on."""

    ratings: int
    rests_on: tuple[tuple[str, int], ...]
    flags: tuple[Flag, ...]
    marks: tuple[Marked, ...]


def safeguard(case: Nomination) -> Safeguard:
    """Count what the ratings of a case rest on, and find what explains itself."""
    titles = {name: criterion.title for name, (criterion, _seen) in asked_of(case).items()}
    rows = list(
        Rating.objects.filter(
            assignment__nomination=case, assignment__ended_at=None, score__isnull=False
        ).select_related("assignment__rater")
    )
    ratings = [
        RatingBasis(
            rater=str(row.assignment.rater or "Somebody"),
            criterion=titles.get(row.criterion, row.criterion),
            basis=row.rests_on,  # type: ignore[arg-type]  # one of the same four words
            given=row.given_at,
            first_read=row.assignment.read_at,
            text=row.words,
        )
        for row in rows
        if row.rests_on
    ]
    there = list(case.evidence.values_list("criterion", flat=True))
    own = [
        SelfRating(criterion=titles[one.criterion], rating=one.score, evidence=there.count(one.criterion))
        for one in case.self_ratings.all()
        if one.criterion in titles
    ]
    texts = [(NAMES[name], getattr(case, name)) for name in TEXTS if getattr(case, name)]
    found = packet_flags(
        ratings,
        self_ratings=own,
        texts=texts,
        lexicon=_lexicon(),
        lowest=1,
        highest=len(policy_of(case.round).scale),
    )
    known = dict(texts) | {f"rating: {one.rater}, {one.criterion}": one.text for one in ratings}
    return Safeguard(
        ratings=found.ratings,
        rests_on=tuple((RESTS[basis], count) for basis, count in found.by_basis),
        flags=(*found.flags, *_bare(titles, there, [row.criterion for row in rows])),
        marks=tuple(_marked(mark, known) for mark in found.marks),
    )


def _bare(titles: dict[str, str], there: Sequence[str], rated: Sequence[str]) -> tuple[Flag, ...]:
    """Name the criteria that were rated without a piece of evidence in the case."""
    bare = [name for name in titles if name in rated and name not in there]
    if not bare:
        return ()
    count = sum(name in bare for name in rated)
    are = "is" if count == 1 else "are"
    return (
        Flag(
            kind="no_evidence",
            count=count,
            of=len(rated),
            criteria=tuple(titles[name] for name in bare),
            says=f"{count} of {len(rated)} ratings {are} about criteria for which no evidence "
            f"stands in the case: {', '.join(titles[name] for name in bare)}.",
            explains="What they rest on is what the raters themselves say they saw or heard; nobody else can "
            f"look at it. Ask for it before the decision. {NO_NUMBER}",
        ),
    )


def praise(text: str, where: str = "Reasons") -> tuple[Marked, ...]:
    """Mark praise without an observable act in a text; a hint that changes nothing."""
    found = packet_flags([], texts=[(where, text)], lexicon=_lexicon(), lowest=1, highest=2)
    return tuple(_marked(mark, {where: text}) for mark in found.marks)


@cache
def _lexicon() -> PraiseLexicon:
    return praise_lexicon()


def _marked(mark: WordMark, known: dict[str, str]) -> Marked:
    text = known.get(mark.where, "")
    word = text[mark.start : mark.end] or mark.word
    return Marked(
        where=mark.where.removeprefix("rating: "),
        before=text[max(0, mark.start - 60) : mark.start],
        word=word,
        after=text[mark.end : mark.end + 60],
        why=mark.why,
    )


def impressions() -> dict[str, Any]:
    """Say how much impressions moved decisions at equal evidence over all finished rounds, as plain data."""
    from fairlead.core.impressions import (  # noqa: PLC0415 - scipy, for the worker alone
        JudgedCase,
        impression_effect,
    )

    decided = Decision.objects.filter(nomination__round__state__in=OVER)
    outcome = {row.nomination_id: row for row in decided.select_related("nomination")}
    rows: dict[UUID, list[Rating]] = {pk: [] for pk in outcome}
    for row in Rating.objects.filter(
        assignment__nomination__in=outcome, assignment__ended_at=None, score__isnull=False
    ).select_related("assignment"):
        rows[row.assignment.nomination_id].append(row)
    cases, without = [], 0
    for pk, ratings in rows.items():
        evidence = [row.score for row in ratings if row.rests_on in {"seen", "artefact"} and row.score]
        if not evidence:
            without += 1
            continue
        cases.append(
            JudgedCase(
                round=str(outcome[pk].nomination.round_id),
                evidence=sum(evidence) / len(evidence),
                impressions=sum(row.rests_on == "impression" for row in ratings) / len(ratings),
                promoted=outcome[pk].outcome == Decision.Outcome.PROMOTED,
                raters=len({row.assignment_id for row in ratings}),
            )
        )
    cases.sort(key=lambda one: (one.round, one.evidence, one.impressions, one.promoted, one.raters))
    return asdict(impression_effect(cases)) | {"without_evidence": without}
