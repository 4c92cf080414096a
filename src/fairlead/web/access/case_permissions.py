"""The permissions of the room ``promotions``."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from fairlead.web.access import case_reaches as reaches
from fairlead.web.access.permission import Permission
from fairlead.web.access.relations import everything, is_in_chart
from fairlead.web.access.table import Verb
from fairlead.web.promotions.case_models import CalibrationNote, NextStep, RaterAssignment
from fairlead.web.promotions.models import CaseEvidence, CommitteeSeat, Nomination, Opening, Round
from fairlead.web.promotions.states import CaseState

_TOLD: Final = "The candidate, the manager and sponsor, the manager’s manager"
_PARTS: Final = "members of the committee who have a part in the case"

CASE_PERMISSIONS: Final[dict[str, Permission]] = {
    "round.see": Permission(
        of="round",
        verb=Verb.READ,
        model=Round,
        own=reaches.open_rounds,
        rows=everything,
        anybody=is_in_chart,
        says="Everybody who has a position today, once it is open; people operations.",
    ),
    "round.run": Permission(
        of="round",
        verb=Verb.WRITE,
        model=Round,
        rows=everything,
        says="People operations.",
    ),
    "round.assign": Permission(
        of="committee",
        verb=Verb.WRITE,
        model=Round,
        rows=reaches.assigns,
        says="People operations, and whoever chairs the committee.",
    ),
    "opening.run": Permission(
        of="round",
        verb=Verb.WRITE,
        model=Opening,
        rows=lambda _one: Q(round__isnull=False),
        says="People operations.",
    ),
    "committee_seat.run": Permission(
        of="round",
        verb=Verb.WRITE,
        model=CommitteeSeat,
        rows=everything,
        says="People operations.",
    ),
    "committee_seat.own": Permission(
        of="committee",
        verb=Verb.WRITE,
        model=CommitteeSeat,
        own=lambda one: Q(person=one, ended_at=None),
        says="Whose seat it is.",
    ),
    "committee_seat.end": Permission(
        of="committee",
        verb=Verb.WRITE,
        model=CommitteeSeat,
        own=reaches.own_seats,
        rows=reaches.ends_seats,
        says="Whose seat it is, and people operations, while the round runs.",
    ),
    "notes.see": Permission(
        of="committee_note",
        verb=Verb.READ,
        model=Nomination,
        own=reaches.told,
        rows=reaches.committee_talked,
        says=f"{_TOLD} once the round is decided; from calibration on {_PARTS}.",
    ),
    "notes.write": Permission(
        of="committee_note",
        verb=Verb.WRITE,
        model=Nomination,
        rows=reaches.committee_talks,
        says=f"From calibration until the case is decided {_PARTS}.",
    ),
    "note.own": Permission(
        of="committee_note",
        verb=Verb.WRITE,
        model=CalibrationNote,
        own=reaches.own_notes,
        says="Who wrote it, while the round is in calibration.",
    ),
    "vote.cast": Permission(
        of="vote",
        verb=Verb.WRITE,
        model=Nomination,
        rows=reaches.committee_talks,
        says=f"From calibration until the case is decided {_PARTS}, each their own.",
    ),
    "assignment.end": Permission(
        of="committee",
        verb=Verb.WRITE,
        model=RaterAssignment,
        rows=reaches.ends_assignments,
        says="People operations, and whoever chairs the committee, if close to nobody in the round; never "
        "one that was handed in.",
    ),
    "case.see": Permission(
        of="packet",
        verb=Verb.READ,
        model=Nomination,
        own=reaches.read_cases,
        rows=reaches.committee_reads,
        says="The candidate, the manager and sponsor, the manager’s manager, the advocate; raters of the "
        f"case; from calibration on {_PARTS}.",
    ),
    "case.write": Permission(
        of="packet",
        verb=Verb.WRITE,
        model=Nomination,
        own=reaches.carried,
        says="The candidate, the manager and sponsor.",
    ),
    "case.own": Permission(
        of="packet",
        verb=Verb.WRITE,
        model=Nomination,
        own=lambda one: Q(candidate=one),
        says="The candidate.",
    ),
    "case.advocate": Permission(
        of="packet",
        verb=Verb.READ,
        model=Nomination,
        own=lambda one: Q(advocate=one, advocate_wants=Nomination.Wants.ASKED, state=CaseState.STANDING),
        says="Who is asked to speak for the case, once the candidate wants that.",
    ),
    "evidence.write": Permission(
        of="packet",
        verb=Verb.WRITE,
        model=CaseEvidence,
        own=reaches.carried_evidence,
        says="The candidate, the manager and sponsor.",
    ),
    "case.rate": Permission(
        of="rating",
        verb=Verb.WRITE,
        model=Nomination,
        rows=reaches.committee_rates,
        says="Raters of the case, while it is rated.",
    ),
    "case.ratings": Permission(
        of="rating",
        verb=Verb.READ,
        model=Nomination,
        own=reaches.told,
        rows=reaches.opened_by_role,
        says=f"{_TOLD} once the round is decided; from calibration on {_PARTS}, and people operations who "
        "are close to nobody in the round.",
    ),
    "case.recuse": Permission(
        of="committee",
        verb=Verb.WRITE,
        model=Nomination,
        rows=reaches.recusable,
        says="Members for themselves; for others the chair and people operations who are close to nobody in "
        "the round, and people operations alone once ratings are open.",
    ),
    "case.run": Permission(
        of="round",
        verb=Verb.WRITE,
        model=Nomination,
        rows=reaches.run_cases,
        says="People operations: how far a case is, never what is in it; not in a round in which they are "
        "close to somebody.",
    ),
    "case.decide": Permission(
        of="decision",
        verb=Verb.WRITE,
        model=Nomination,
        rows=reaches.committee_decides,
        says=f"Of {_PARTS} the chair; the member who was drawn to stand in where the chair has none.",
    ),
    "decision.change": Permission(
        of="decision",
        verb=Verb.WRITE,
        model=Nomination,
        rows=reaches.own_decisions,
        says="Whoever decided, until the decisions of the round can be read.",
    ),
    "case.decision": Permission(
        of="decision",
        verb=Verb.READ,
        model=Nomination,
        own=reaches.told,
        rows=reaches.told_by_role,
        says=f"{_TOLD}, people operations who are close to nobody in the round once it is decided; {_PARTS}.",
    ),
    "next_step.own": Permission(
        of="decision",
        verb=Verb.WRITE,
        model=NextStep,
        own=reaches.own_steps,
        says="Who sees to a next step says whether it is done.",
    ),
    "case.told": Permission(
        of="decision",
        verb=Verb.READ,
        model=Nomination,
        own=lambda one: reaches.told(one) & Q(candidate=one),
        says="The candidate, once the round is decided.",
    ),
}
