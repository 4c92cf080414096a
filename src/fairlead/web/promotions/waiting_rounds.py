"""What of a round waits for those who run and decide it: somebody has to act, or everybody stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from fairlead.web.promotions import peers, terms
from fairlead.web.promotions.case_models import Decision, PeerInput
from fairlead.web.promotions.deciding_queries import decides
from fairlead.web.promotions.facts import barred, unheard
from fairlead.web.promotions.models import CommitteeSeat, Nomination, Round
from fairlead.web.promotions.states import OPEN, PHASES, ROUND_WORDS, CaseState, RoundState
from fairlead.web.today import Waiting

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from fairlead.web.people.models import Person

SITS_AT = (*OPEN, RoundState.DECIDED)


def seats_of(person: Person) -> QuerySet[CommitteeSeat]:
    """Give the seats of somebody in rounds in which a committee has something to do."""
    return CommitteeSeat.objects.filter(person=person, ended_at=None, round__state__in=SITS_AT)


def for_committee(person: Person) -> list[Waiting]:
    """Give what waits for somebody as a member of committees, round by round."""
    found: list[Waiting] = []
    for seat in seats_of(person).select_related("round").order_by("round__made_at", "pk"):
        if seat.stated_at is None and seat.round.state in OPEN:
            found.append(_to_state(seat.round))
        if seat.round.state == RoundState.DECIDING:
            found += _to_decide(person, seat.round)
        if seat.round.state in peers.OPEN:
            found += _to_hear(person, seat)
        if seat.round.state == RoundState.DECIDED and seat.part == CommitteeSeat.Part.CHAIR:
            found += _to_step(person, seat.round)
    return found


def _to_state(one: Round) -> Waiting:
    return Waiting(
        title=f"Your part in “{one}”",
        href=reverse("promotions:round", args=[one.pk]),
        says="Say whether you have a conflict of interest.",
    )


def _to_decide(person: Person, one: Round) -> list[Waiting]:
    cases = one.nominations.filter(state=CaseState.STANDING).select_related("opening", "round")
    left = sum(decides(person, case) for case in cases)
    if not left:
        return []
    words = "One case waits for your decision" if left == 1 else f"{left} cases wait for your decision"
    return [
        Waiting(title=words, href=reverse("promotions:round", args=[one.pk]), says=f"In “{one}”, in writing.")
    ]


def _to_hear(person: Person, seat: CommitteeSeat) -> list[Waiting]:
    """Give summaries that nobody has written, and to the chair in calibration what has no answer."""
    written = PeerInput.objects.filter(
        nomination__round=seat.round, nomination__state=CaseState.STANDING, state=PeerInput.State.WRITTEN
    ).select_related("nomination")
    rows = list(written.filter(Q(summary_by=None) | Q(summary_by=person)))
    summaries = [row for row in rows if row.form == PeerInput.Form.SUMMARIZED and not row.summary]
    against = []
    if seat.part == CommitteeSeat.Part.CHAIR and seat.round.state == RoundState.CALIBRATING:
        against = [row for row in unheard(seat.round) if row.form == PeerInput.Form.NAMED or row.summary]
    cases = {row.nomination_id: row.nomination for row in (*summaries, *against)}
    out = barred(list(cases.values()))
    found = []
    for rows_, title, says in (
        (summaries, "A colleague’s words wait for a summary", "One member of the committee writes it."),
        (against, "A colleague’s voice has no answer", "The manager answers it, or you say why not."),
    ):
        found += [
            Waiting(title=title, href=reverse("promotions:peers", args=[pk]), says=says)
            for pk in sorted({row.nomination_id for row in rows_})
            if person.pk not in out[pk]
        ]
    return found


def _to_step(person: Person, one: Round) -> list[Waiting]:
    """Give the cases without a next step that nobody but the committee carries."""
    found = Nomination.objects.filter(
        round=one, state=CaseState.DECIDED, next_steps=None, manager=None, sponsor=None
    ).exclude(decision__outcome=Decision.Outcome.PROMOTED)
    cases = list(found)
    out = barred(cases)
    return [
        Waiting(
            title="A next step is to be written",
            href=reverse("promotions:decision", args=[case.pk]),
            says="For somebody who was not promoted and has no manager here.",
        )
        for case in cases
        if person.pk not in out[case.pk]
    ]


def late(person: Person) -> QuerySet[Round]:
    """Give rounds whose phase has had its last day; not those in which somebody has a case of their own."""
    today = timezone.localdate().isoformat()
    over = Q(pk__in=[])
    for phase in PHASES:
        over |= Q(state=phase, **{f"frozen__dates__{phase}__lt": today})
    return Round.objects.filter(over).exclude(nominations__candidate=person)


def for_who_runs(person: Person) -> list[Waiting]:
    """Give the rounds that wait for people operations."""
    words = {str(state): label for state, label in ROUND_WORDS}
    found = []
    for one in late(person).order_by("made_at"):
        day = terms.dates_of(one)[one.state]
        found.append(
            Waiting(
                title=f"“{one}” stands still",
                href=reverse("promotions:round", args=[one.pk]),
                says=f"“{words[one.state]}” had its last day on {day.day} {day:%B}; a person ends it.",
            )
        )
    return found
