"""What the pages of calibration show: in the order of names, and never what a reader has no part in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from fairlead.render.charts_raters import signed
from fairlead.web.promotions import calibration, states
from fairlead.web.promotions.calibration_models import SeverityTold
from fairlead.web.promotions.calibration_ratings import ERASED, RatingLine, lines
from fairlead.web.promotions.case_models import Calibration, RaterAssignment, Rating
from fairlead.web.promotions.facts import barred
from fairlead.web.promotions.states import CaseState, RoundState
from fairlead.web.promotions.terms import framework_of, policy_of
from fairlead.web.runs.models import Run, State
from fairlead.web.today import Waiting
from fairlead.web.trail import Doing, record_many

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from fairlead.web.people.models import Person
    from fairlead.web.promotions.models import Nomination, Round

WIDTH: Final = 200.0
_NUMBER: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Places on a line of 200 for what is drawn beside the figures; ``other`` is the raw score's."""

    low: float
    high: float
    mark: float
    other: float | None = None
    ticks: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One candidate's raw and fair score with its interval."""

    case: UUID
    name: str
    observed: float
    fair: float
    low: float
    high: float
    n: int
    raters: int
    corrected: bool
    extreme: str
    bar: Bar


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How often one score was given, and how often the model expects it for the same people."""

    score: int
    words: str
    count: int
    expected: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Strict:
    """How one rater's ratings compare with those of the others, with the counts that show it."""

    rater: UUID
    name: str
    n: int
    ratees: int
    shared: int
    severity: float
    se: float
    points: float
    low: float
    high: float
    says: str
    extreme: str
    whole: bool
    counts: tuple[Counted, ...]
    signs: tuple[str, ...]
    bar: Bar

    @property
    def moved(self) -> str:
        """Say the points with their interval."""
        return f"{signed(self.points)} points, between {signed(self.low)} and {signed(self.high)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Raters and candidates who can be compared with each other, and with nobody of another part."""

    number: int
    why: str
    verdict: str
    scores: tuple[Score, ...]
    raters: tuple[Strict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A round in calibration for one member of its committee."""

    round: Round
    made: Calibration | None
    stale: bool
    running: Run | None
    can_work_out: bool
    opened: bool
    newer: bool
    over: bool
    opens: datetime | None
    told: int
    confirmed: int
    mine: SeverityTold | None
    refused: str
    says: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    agreement: str
    impressions: str
    left_out: int
    own: tuple[Rating, ...]


def page(person: Person, one: Round) -> Page:
    """Give what a member of the committee reads; severities and fair scores once they are open."""
    newest = one.calibrations.first()
    shown = calibration.read_now(one, newest)
    told = list(SeverityTold.objects.filter(round=one, rater__isnull=False))
    content: dict[str, Any] = shown.content if shown is not None else {}
    cases = _cases(one)
    out = barred(cases)
    hidden = {str(case.pk) for case in cases if person.pk in out[case.pk]}
    names = _names(one, cases)
    now = calibration.digest_of(calibration.rows_of(one))
    runs_now = one.state in {RoundState.CALIBRATING, RoundState.DECIDING}
    return Page(
        round=one,
        made=shown or newest,
        # After the round a move changes who is too close, and nothing of the figures.
        stale=runs_now and newest is not None and newest.ratings_sha256 != now,
        running=_running(person, one),
        can_work_out=runs_now,
        opened=shown is not None,
        newer=shown is not None and shown != newest,
        over=one.state == RoundState.CLOSED,
        opens=calibration.opens(one),
        told=len(told),
        confirmed=sum(row.confirmed_at is not None for row in told),
        mine=next((row for row in told if row.rater_id == person.pk), None),
        refused=_named(str(content.get("refused", "")), names),
        says="" if hidden else str(content.get("says", "")),
        parts=_parts(
            content, names, hidden, dict(policy_of(one).scores), over=one.state == RoundState.CLOSED
        ),
        notes=() if hidden else _notes(content, names),
        agreement="" if hidden else _agreement(content),
        impressions=_impressions(content),
        left_out=len(hidden),
        own=_own(person, one),
    )


def note_seen(person: Person, found: Page) -> None:
    """Note in the record whose fair scores and whose strictness were looked at: all of the page at once."""
    cases = {case.pk: case for case in _cases(found.round)}
    doings = []
    for part in found.parts:
        seen = [cases[score.case] for score in part.scores if score.case in cases]
        doings += [Doing("saw", case, case.candidate) for case in seen if case.candidate_id != person.pk]
    shown = {strict.rater for part in found.parts for strict in part.raters}
    told = SeverityTold.objects.filter(round=found.round, rater__in=shown).select_related("rater")
    doings += [Doing("saw", row, row.rater) for row in told if row.rater_id != person.pk]
    record_many(person, doings)


def _cases(one: Round) -> list[Nomination]:
    shown = one.nominations.filter(state__in=[CaseState.STANDING, CaseState.DECIDED])
    return list(shown.select_related("candidate"))


def _names(one: Round, cases: Sequence[Nomination]) -> dict[str, str]:
    """Give the name behind each number that a result can hold."""
    found = {str(case.pk): str(case.candidate) for case in cases}
    rows = RaterAssignment.objects.filter(nomination__round=one, rater__isnull=False).select_related("rater")
    found |= {str(row.rater_id): str(row.rater) for row in rows}
    return found | {criterion.id: criterion.title for criterion in framework_of(one.framework).criteria}


def _named(text: str, names: Mapping[str, str]) -> str:
    return _NUMBER.sub(lambda match: names.get(match.group(), ERASED), text)


def _running(person: Person, one: Round) -> Run | None:
    going = Run.objects.filter(owner=person, kind=calibration.KIND, state__in=[State.QUEUED, State.RUNNING])
    return next((run for run in going if run.params.get("round") == str(one.pk)), None)


def _own(person: Person, one: Round) -> tuple[Rating, ...]:
    found = Rating.objects.filter(
        assignment__nomination__round=one, assignment__rater=person, assignment__ended_at=None
    )
    return tuple(found.select_related("assignment__nomination__candidate"))


def _notes(content: Mapping[str, Any], names: Mapping[str, str]) -> tuple[str, ...]:
    """Give the core's notes; that ratings fall into parts the page says itself, by its own numbers."""
    apart = len(content.get("components", ())) > 1
    told = [note for note in content.get("notes", ()) if not (apart and note.startswith("The ratings fall"))]
    return tuple(_named(note, names) for note in told)


def _agreement(content: Mapping[str, Any]) -> str:
    found = content.get("agreement") or {}
    if found.get("exact") is None or found.get("expected") is None:
        return ""
    return (
        f"Two raters gave a candidate the same score on a criterion in {found['exact']:.0%} of "
        f"{found['pairs']:,} pairs of ratings; {found['expected']:.0%} were expected."
    )


def _impressions(content: Mapping[str, Any]) -> str:
    found = content.get("impressions") or {}
    if not found:
        return ""
    left = found["without_evidence"]
    told = f" Left out: {left} whose ratings rest on nothing seen and no piece of work." if left else ""
    return f"{found['says']}{told}"


def _parts(
    content: Mapping[str, Any],
    names: Mapping[str, str],
    hidden: set[str],
    scale: Mapping[int, str],
    *,
    over: bool = False,
) -> tuple[Part, ...]:
    """Give the parts of a round as somebody reads them.

    Counts are of all cases: beside the ratings that one may read they would tell those of a ``hidden``
    case, so that whoever has one reads severities alone. Of a round that is ``over`` nobody reads severities.
    """
    if "components" not in content:
        return ()
    ends = (content["lowest"], content["highest"])
    use = {row["rater"]: row for row in content["use"]}
    far = max(0.5, *(abs(row[end]) for row in content["raters"] for end in ("points_low", "points_high")))
    parts = []
    for part in content["components"]:
        number = part["number"]
        scores = [
            _score(row, names, ends)
            for row in content["ratees"]
            if row["component"] == number and row["ratee"] not in hidden and row["ratee"] in names
        ]
        raters = [
            _strict(row, names, content, None if hidden else use.get(row["rater"]), scale, far)
            for row in content["raters"]
            if row["component"] == number and row["rater"] in names and not over
        ]
        parts.append(
            Part(
                number=number,
                why="" if hidden else _named(part["why"], names),
                verdict=part["verdict"],
                scores=tuple(sorted(scores, key=lambda score: (score.name, score.case))),
                raters=tuple(sorted(raters, key=lambda strict: (strict.name, strict.rater))),
            )
        )
    # By the names of all raters, so that every reader finds the same numbers.
    order = {
        part["number"]: sorted(
            (names[row["rater"]], row["rater"])
            for row in content["raters"]
            if row["component"] == part["number"] and row["rater"] in names
        )
        for part in content["components"]
    }
    parts.sort(key=lambda part: order[part.number])
    return tuple(replace(part, number=place) for place, part in enumerate(parts, 1))


def _score(row: Mapping[str, Any], names: Mapping[str, str], ends: tuple[int, int]) -> Score:
    from uuid import UUID  # noqa: PLC0415 - a type above, made only here

    def at(value: float) -> float:
        return round((value - ends[0]) / (ends[1] - ends[0]) * WIDTH, 1)

    return Score(
        case=UUID(row["ratee"]),
        name=names[row["ratee"]],
        observed=row["observed"],
        fair=row["fair"],
        low=row["low"],
        high=row["high"],
        n=row["n"],
        raters=row["raters"],
        corrected=row["corrected"],
        extreme=row["extreme"] or "",
        bar=Bar(
            low=at(row["low"]),
            high=at(row["high"]),
            mark=at(row["fair"]),
            other=at(row["observed"]),
            ticks=tuple(at(point) for point in range(ends[0], ends[1] + 1)),
        ),
    )


def _strict(
    row: Mapping[str, Any],
    names: Mapping[str, str],
    content: Mapping[str, Any],
    use: Mapping[str, Any] | None,
    scale: Mapping[int, str],
    far: float,
) -> Strict:
    from uuid import UUID  # noqa: PLC0415 - a type above, made only here

    def at(value: float) -> float:
        return round((value + far) / (2 * far) * WIDTH, 1)

    points = range(content["lowest"], content["highest"] + 1)
    counts = zip(points, use["counts"], use["expected"], strict=True) if use else ()
    return Strict(
        rater=UUID(row["rater"]),
        name=names[row["rater"]],
        n=row["n"],
        ratees=row["ratees"],
        shared=row["shared"],
        severity=row["severity"],
        se=row["se"],
        points=row["points"],
        low=row["points_low"],
        high=row["points_high"],
        says=content["compared"][row["rater"]],
        extreme=(row["extreme"] or "") if use else "",
        whole=use is not None,
        counts=tuple(
            Counted(score=score, words=scale.get(score, ""), count=count, expected=expected)
            for score, count, expected in counts
        ),
        signs=tuple(_named(sign["sentence"], names) for sign in (use["signs"] if use else ())),
        bar=Bar(
            low=at(row["points_low"]),
            high=at(row["points_high"]),
            mark=at(row["points"]),
            ticks=(WIDTH / 2,),
        ),
    )


# --- one's own reading -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """How one's own ratings compare, told to oneself first."""

    round: Round
    told: SeverityTold | None
    opens: datetime | None
    opened: bool
    refused: str
    why: str
    strict: Strict | None
    ratings: tuple[RatingLine, ...]
    made: Calibration | None


def mine(person: Person, one: Round) -> Mine:
    """Give somebody's own reading of a round, and every rating it is made from."""
    newest = one.calibrations.first()
    content: dict[str, Any] = newest.content if newest is not None else {}
    number = str(person.pk)
    names = {number: str(person)} | {
        criterion.id: criterion.title for criterion in framework_of(one.framework).criteria
    }
    own = {**content, "ratees": []} if content.get("components") else {}
    parts = _parts(own, names, set(), dict(policy_of(one).scores))
    part = next((found for found in parts if found.raters), None)
    return Mine(
        round=one,
        told=SeverityTold.objects.filter(round=one, rater=person).first(),
        opens=calibration.opens(one),
        opened=calibration.is_open(one),
        refused=_NUMBER.sub("one person", str(content.get("refused", ""))),
        why=_NUMBER.sub("One rater", part.why) if part else "",
        strict=part.raters[0] if part else None,
        ratings=lines(person, _own(person, one), one),
        made=newest,
    )


def score_of(person: Person, case: Nomination) -> Score | None:
    """Give the raw and fair score of a case to a member of the committee, once they are open."""
    if not may_read_scores(person, case.round):
        return None
    found = page(person, case.round)
    return next((score for part in found.parts for score in part.scores if score.case == case.pk), None)


def may_read_scores(person: Person, one: Round) -> bool:
    """Say whether somebody sits in the committee of a round whose ratings are open."""
    sits = one.seats.filter(person=person, ended_at=None).exists()
    return sits and one.state in states.RATINGS_OPEN


def told_first(person: Person) -> list[Waiting]:
    """Give what waits for a rater: to read how their own ratings compare, before the committee does."""
    told = SeverityTold.objects.filter(rater=person, confirmed_at=None, round__state=RoundState.CALIBRATING)
    return [
        Waiting(
            title="How your ratings compare",
            href=reverse("promotions:calibration_mine", args=[row.round_id]),
            says="You read it first, and say that you have.",
        )
        for row in told
    ]
