"""The launch: the organization, the rules, the questionnaire and the seats are fixed, and a box is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from fairlead.core.blocks import Organization
from fairlead.core.disclosure import fingerprint
from fairlead.web import trail, vault
from fairlead.web.feedback import spacing, surveys, terms
from fairlead.web.feedback.audience import Audience, audience
from fairlead.web.feedback.models import OPEN, Seat, Survey
from fairlead.web.runs.actions import Refused
from fairlead.web.vault import writing

if TYPE_CHECKING:
    from datetime import date

    from fairlead.core.ballots import Policy
    from fairlead.web.feedback.terms import Offered
    from fairlead.web.people.models import Person

Kind, State = Survey.Kind, Survey.State

AT_ONCE: Final = 500
"""Seats written with one statement."""

OVERTAKEN: Final = (
    "The roster or the survey has changed since you looked. Nothing was launched; look once more at whom it "
    "would ask now."
)
NOT_BEFORE: Final = "It is launched from its preview: look at whom it would ask first."
_LOCK: Final = 0x7375_7276


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a launch today would fix, and all that stands against it; ``seen`` is its fingerprint."""

    audience: Audience
    offered: Offered | None
    policy: Policy | None
    refusals: tuple[str, ...]
    seen: str

    @property
    def ready(self) -> bool:
        """Say whether it can be launched."""
        return not self.refusals


def plan(survey: Survey, today: date) -> Plan:
    """Work out what a launch today would fix; nothing is written."""
    try:
        offered = terms.chosen(survey)
    except LookupError as gone:
        return _without(survey, today, f"{gone} Choose another one.")
    survey.family = family_of(survey, offered)
    policy = terms.policy_of(survey, offered.instrument.questions())
    try:
        asked = audience(survey, today)
    except Refused as circle:
        return _without(survey, today, str(circle), offered=offered)
    asked = asked.around(spacing.asked_for_themselves(survey, offered.instrument, asked.organization))
    return Plan(
        audience=asked,
        offered=offered,
        policy=policy,
        refusals=tuple(filter(None, _refusals(survey, offered, asked, today))),
        seen=fingerprint(asked.organization, policy),
    )


def _without(survey: Survey, today: date, refusal: str, offered: Offered | None = None) -> Plan:
    days = surveys.days_refused(survey.opens_on, survey.closes_on, today)
    return Plan(
        audience=Audience((), Organization(teams=())),
        offered=offered,
        policy=None,
        refusals=tuple(filter(None, (refusal, days))),
        seen="",
    )


def family_of(survey: Survey, offered: Offered) -> str:
    """Name what makes two surveys waves of the same one: kind, questionnaire in one version, whom it asks."""
    scope = survey.about_id or survey.unit_id or "everybody"
    return f"{survey.kind}:{offered.id}:{offered.version}:{scope}"


def _refusals(survey: Survey, offered: Offered, asked: Audience, today: date) -> list[str]:
    return [
        surveys.days_refused(survey.opens_on, survey.closes_on, today),
        _too_few(survey, asked),
        _promised_more(survey),
        spacing.too_soon(survey, offered.instrument, asked.organization),
    ]


def _too_few(survey: Survey, asked: Audience) -> str:
    number, k = len(asked.asked), survey.k
    if number < k:
        those = "one person" if number == 1 else f"{number or 'no'} people"
        return (
            f"It would ask {those}. A figure stands for the answers of {k} people or more, so at least {k} "
            f"are asked{_what_then(survey)}"
        )
    if survey.kind == Kind.UPWARD and asked.largest_team() < k:
        return (
            f"No manager here has {k} people in their team who can be asked, so nobody would get a figure. "
            "Ask a larger part of the organization, or everybody."
        )
    return ""


def _what_then(survey: Survey) -> str:
    if survey.kind == Kind.ROLE:
        return ": name more colleagues."
    if survey.about_id is not None:
        return ". Ask openly instead: in a conversation, one question at a time."
    return (
        ": choose a larger unit, or everybody." if survey.unit_id else ": add the people to the roster first."
    )


def _promised_more(survey: Survey) -> str:
    """Refuse a wave with fewer people behind a figure than an earlier wave promised."""
    waves = Survey.objects.filter(family=survey.family, released_at__isnull=False)
    most = waves.aggregate(most=Max("k"))["most"]
    if most is None or most <= survey.k:
        return ""
    return (
        f"An earlier wave promised {most} people behind every figure. Choose {most} or more for this one too."
    )


@transaction.atomic
def freeze(actor: Person, draft: Survey, *, seen: str | None = None) -> Survey:
    """Launch a survey: from here on only its state changes.

    ``seen`` is the fingerprint of what the preview showed; where something is different now, nothing
    is launched. Whoever is asked gets a seat, and the box has as many places.
    """
    _one_at_a_time()
    survey = surveys.drafted(draft)
    today = timezone.localdate()
    found = plan(survey, today)
    if found.refusals:
        raise Refused(found.refusals[0])
    if seen is not None and seen != found.seen:
        raise Refused(OVERTAKEN if seen else NOT_BEFORE)
    assert found.offered is not None  # noqa: S101 - a plan without one has a refusal
    _fix(survey, found, found.offered)
    _give_seats(survey, found.audience)
    writing.make_box(
        survey.pk, size=terms.paper_size(found.offered.instrument), slots=len(found.audience.asked)
    )
    trail.record(actor, "launch_survey", survey, asked=len(found.audience.asked), k=survey.k)
    return survey


def _fix(survey: Survey, found: Plan, offered: Offered) -> None:
    survey.instrument, survey.instrument_version = offered.id, offered.version
    survey.instrument_digest, survey.instrument_text = offered.digest, offered.text
    survey.organization = terms.kept(found.audience.organization)
    survey.terms = found.seen
    survey.frozen_at = timezone.now()
    survey.state = State.OPEN if survey.opens_on <= timezone.localdate() else State.FROZEN
    survey.save()


def _give_seats(survey: Survey, asked: Audience) -> None:
    """Give everybody their seat, in no order that says anything."""
    with vault.on_duty("surveys"):
        vault.open_keys(one.person for one in asked.asked)
        seats = [
            Seat(owner_id=one.person, survey=survey, team=one.team, lens=one.lens, used=OPEN)
            for one in sorted(asked.asked, key=lambda one: one.person)
        ]
        Seat.objects.bulk_create(seats, batch_size=AT_ONCE)


def open_due(today: date) -> None:
    """Open the surveys whose first day has come."""
    due = Survey.objects.filter(state=State.FROZEN, opens_on__lte=today)
    due.update(state=State.OPEN)


def _one_at_a_time() -> None:
    """Let two launches wait for each other, so that each sees whom the other asks; SQLite has one writer."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
