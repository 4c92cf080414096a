"""How long this room keeps what it holds: a round goes with all its cases, years after it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairlead.web.promotions.models import ImpactTable, Opening, Round
from fairlead.web.promotions.states import RoundState

if TYPE_CHECKING:
    from datetime import datetime

KEPT: Final = {
    "FrameworkVersion": "organization",
    "FrameworkSignature": "organization",
    "SigningTeam": "organization",
    "SigningMember": "organization",
    "SelfStatement": "own",
    "StatementQuestion": "organization",
    "RoundMail": "leavers",
} | dict.fromkeys(
    (
        "Round", "Opening", "CommitteeSeat", "Nomination", "CaseEvidence", "SelfRating", "Recusal",
        "ImpactTable", "RaterAssignment", "Rating", "RatingChange", "Calibration", "CalibrationNote",
        "SeverityTold", "UndoneDecision",
        "PeerInput", "VoteTally", "Decision", "CounterStatement", "NextStep", "SealedRating",
        "CommitteeVote", "PeerWords",
    ),
    "promotions",
)  # fmt: skip


def clear_promotions(now: datetime, days: int) -> int:
    """Remove rounds that ended so long ago, and those that were left lying, with everything in them."""
    from datetime import timedelta  # noqa: PLC0415

    end = now - timedelta(days=days)
    over = set(Round.objects.filter(ended_at__lte=end).values_list("pk", flat=True))
    for one in Round.objects.filter(ended_at=None, made_at__lte=end).only("state", "dates", "made_at"):
        last = max(one.dates.values(), default="") if one.state != RoundState.DRAFT else ""
        if last <= end.date().isoformat():
            over.add(one.pk)
    gone = Round.objects.filter(pk__in=over).delete()[0]
    gone += Opening.objects.filter(round=None, made_at__lte=end).delete()[0]
    return gone + ImpactTable.objects.filter(round=None, made_at__lte=end).delete()[0]


EXPIRES: Final = {"promotions": clear_promotions}
