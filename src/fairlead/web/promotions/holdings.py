"""What this room holds about a person, field by field, and all of it as plain rows.

What is written about somebody in a case that is not decided is not in the file yet: the file would be a way
round the rule that nobody reads a rating before the round is decided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from fairlead.web import rights
from fairlead.web.promotions import (
    apart_models,
    calibration_models,
    case_models,
    criteria_models,
    letter_models,
    peers,
)
from fairlead.web.promotions import models as cases
from fairlead.web.promotions.closeness import recorded_late
from fairlead.web.promotions.states import OVER, CaseState

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

_NUMBERED: Final = {"id": "Its number.", "made_at": "When it was made."}
_OWN: Final = _NUMBERED | {"owner": "Whose it is: you."}
_OF_ALL: Final = rights.WITHHELD + "it is about the round and not about you."

FIELDS: Final = {
    "FrameworkVersion": dict.fromkeys(
        (
            "id", "made_at", "framework", "version", "title", "state", "content", "sha256", "follows",
            "made_by", "signed_at", "retired_at", "asked_at", "notes", "before",
        ),
        rights.WITHHELD + "everybody reads it on the page of criteria.",
    ),
    "FrameworkSignature": _NUMBERED
    | {
        "version": "The framework that you were asked to sign.",
        "person": "Who answered: you.",
        "title": "What you were called.",
        "sha256": "The fingerprint of what you read.",
        "answer": "Whether you signed.",
        "words": "Why you did not sign.",
    },
    "SigningTeam": dict.fromkeys(
        ("id", "made_at", "proposed_by", "confirmed_by", "confirmed_at", "ended_at"), _OF_ALL
    ),
    "SigningMember": _NUMBERED
    | {"team": "The list of those who sign frameworks.", "person": "Who is on it: you."},
    "Round": dict.fromkeys(
        (
            "id", "made_at", "title", "state", "framework", "made_by", "opened_by", "opened_at", "dates",
            "policy", "frozen", "terms", "assignment_seed", "ended_at", "cancelled_because", "early",
        ),
        _OF_ALL,
    ),
    "Opening": dict.fromkeys(
        (
            "id", "made_at", "round", "title", "track", "level", "unit", "headcount", "budget", "exists",
            "planned_for", "made_by",
        ),
        _OF_ALL,
    ),
    "CommitteeSeat": _NUMBERED
    | {
        "round": "The round.",
        "person": "Who sits there: you.",
        "part": "Whether you chair.",
        "conflict": "What you said about conflicts of interest.",
        "stated_at": "When you said it.",
        "ended_at": "When you left the committee.",
        "ended_because": "Why.",
    },
    "Nomination": _NUMBERED
    | {
        "round": "The round.",
        "opening": "The opening.",
        "candidate": "Whose case it is: you.",
        "manager": "The number of your manager on that day.",
        "above": "The number of your manager’s manager on that day.",
        "sponsor": "The number of whoever carries the case.",
        "nominated_by": "Who nominated.",
        "state": "How far it is.",
        "team_benefit": "How the team gains.",
        "preparation": "What training and preparation was given.",
        "argument": "What speaks for it.",
        "loss_impact": "What would be lost if you left.",
        "earlier": "What these texts were before, who changed them and when.",
        "advocate": "The number of your advocate.",
        "advocate_wants": "Whether they want to.",
        "advocate_words": "What they say about it.",
        "ended_because": "Why it ended without a decision.",
        "agreed_at": "When you said yes.",
        "ended_at": "When it ended.",
    },
    "CaseEvidence": _NUMBERED
    | {
        "nomination": "The case.",
        "criterion": "The criterion it speaks to.",
        "kind": "What kind of evidence it is.",
        "day": "When it happened.",
        "text": "What happened.",
        "what_else": "What would not have happened otherwise.",
        "link": "Where it can be looked at.",
        "file": "The file’s name.",
        "seen_by": "Who saw it.",
        "source": "The entry of your evidence log it was copied from.",
        "added_by": "The number of whoever added it.",
    },
    "SelfRating": _NUMBERED
    | {"nomination": "The case.", "criterion": "The criterion.", "score": "How you see it."},
    "Recusal": _NUMBERED
    | {
        "round": "The round.",
        "nomination": "The case in which you have no part, or your own.",
        "person": "Who has no part: you, or the number of whoever was taken out of your case.",
        "reason": "Why.",
        "rule": "The rule by which the house found it.",
        "stage": "What it changed: from the opening of ratings on whose case it is reads it, too.",
        "recorded_by": "The number of whoever wrote it down.",
    },
    "ImpactTable": dict.fromkeys(
        (
            "id", "made_at", "round", "made_by", "attribute", "step", "state", "content", "summary",
            "released_at", "published_at",
        ),
        rights.WITHHELD + "it is about groups and names nobody.",
    ),
    "StatementQuestion": dict.fromkeys(
        ("id", "made_at", "place", "name", "categories", "written_by"),
        rights.WITHHELD + "everybody reads it on the page where they may state something about themselves.",
    ),
    "RaterAssignment": _NUMBERED
    | {
        "nomination": "The case.",
        "rater": "The number of the rater.",
        "made_by": rights.WITHHELD + "it is about who assigned.",
        "read_at": "When the rater first opened the evidence.",
        "handed_in_at": "When the ratings were handed in.",
        "ended_at": "When it ended.",
        "ended_because": "Why.",
    },
    "Rating": _NUMBERED
    | {
        "assignment": "The assignment of the rater.",
        "criterion": "The criterion.",
        "score": "The rating; nothing where the rater could not say.",
        "rests_on": "What it rests on.",
        "words": "The evidence in the rater’s words.",
        "given_at": "When it was given.",
    },
    "RatingChange": _NUMBERED
    | {
        "rating": "The rating.",
        "by": "The number of the rater.",
        "before": "What it was before.",
        "after": "What it was afterwards.",
        "reason": "Why it was changed.",
    },
    "Calibration": dict.fromkeys(
        ("id", "made_at", "round", "made_by", "run", "method", "ratings_sha256", "content", "was_open"),
        _OF_ALL,
    ),
    "SeverityTold": _NUMBERED
    | {
        "round": "The round.",
        "rater": "Who can read how their ratings compare: you.",
        "confirmed_at": "When you said that you have read it.",
    },
    "RoundMail": _NUMBERED
    | {
        "person": "Who gets mail about rounds: you.",
        "wanted": "Whether you want it.",
        "sent_on": "The day of the last one.",
        "due": "Whether something came up since.",
    },
    "CalibrationNote": _NUMBERED
    | {
        "nomination": "The case.",
        "author": "The number of whoever wrote it.",
        "text": "What was noted.",
        "changed_at": "When it was last changed.",
    },
    "PeerInput": _NUMBERED
    | {
        "voice": "The number under which it is read.",
        "nomination": "The case.",
        "author": "The number of the colleague, where they were told that their name is read, or it is you.",
        "asked_by": "The number of whoever asked.",
        "form": "In which form it is read.",
        "state": "What came of it.",
        "leaning": "The colleague’s own word for it.",
        "written_at": "When it was written.",
        "summary": "The summary.",
        "summary_by": "The number of whoever wrote the summary.",
        "answer": "What was answered.",
        "answered_by": "The number of whoever answered.",
        "answered_at": "When.",
        "left_open": "Whether that says why there is no answer.",
    },
    "VoteTally": dict.fromkeys(
        ("id", "made_at", "nomination", "closed_by", "for_it", "against_it", "not_sure"),
        rights.WITHHELD + "members were told that nobody outside the committee and people operations reads "
        "how they voted, and where all voted alike a count says it of each; the decision and its reasons are "
        "yours to read.",
    ),
    "Decision": _NUMBERED
    | {
        "nomination": "The case.",
        "by": "The number of whoever decided.",
        "by_name": "The name of whoever decided.",
        "outcome": "What was decided.",
        "reasons": "Why.",
        "calibration": "The look at the ratings that lay before them.",
        "read_at": "When you read it.",
        "earlier": "What it said before it was changed, before you were told.",
        "changed_at": "When it was last changed.",
    },
    "UndoneDecision": _NUMBERED
    | {
        "nomination": "The case.",
        "recusal": "The line that says who should have had no part.",
        "by": "The number of whoever decided.",
        "by_name": "The name of whoever decided.",
        "outcome": "What was decided, before it was undone.",
        "reasons": "Why.",
        "earlier": "What it said before it was changed.",
        "decided_at": "When.",
    },
    "CounterStatement": _NUMBERED
    | {"nomination": "The case.", "rating": "The rating it answers, if one.", "text": "What you say to it."},
    "NextStep": _NUMBERED
    | {
        "nomination": "The case.",
        "text": "What is done next.",
        "by": "The number of whoever sees to it.",
        "due": "By when.",
        "written_by": "The number of whoever wrote it.",
        "done_on": "When it was done.",
    },
    "SealedRating": _OWN
    | {
        "assignment": "Your assignment.",
        "criterion": "The criterion.",
        "content": "Your rating, what it rests on, and your words.",
        "given_at": "When you gave it.",
    },
    "CommitteeVote": _OWN
    | {
        "nomination": "The case.",
        "vote": "Your vote.",
        "notes": "Your notes.",
        "changed_at": "When you last changed it.",
    },
    "PeerWords": _OWN | {"input": "What you were asked for.", "text": "What you wrote."},
    "SelfStatement": _OWN
    | {"content": "What you stated about yourself.", "changed_at": "When you last changed it."},
}  # fmt: skip


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Everything this room holds about the person: what they wrote, and what they may read of the rest."""
    own = Q(nomination__candidate=person)
    told = own & Q(nomination__round__state__in=OVER)
    rated = Q(assignment__nomination__candidate=person, assignment__nomination__round__state__in=OVER)
    changed = Q(
        rating__assignment__nomination__candidate=person,
        rating__assignment__nomination__round__state__in=OVER,
    )
    found: dict[str, Any] = {
        "FrameworkSignature": cases.FrameworkSignature.objects.filter(person=person),
        "SigningMember": criteria_models.SigningMember.objects.filter(person=person),
        "CommitteeSeat": cases.CommitteeSeat.objects.filter(person=person),
        "CaseEvidence": cases.CaseEvidence.objects.filter(own),
        "SelfRating": cases.SelfRating.objects.filter(own),
        "Recusal": cases.Recusal.objects.filter(Q(person=person) | (told & recorded_late())),
        "Rating": case_models.Rating.objects.filter(rated | Q(assignment__rater=person)),
        "RatingChange": case_models.RatingChange.objects.filter(changed | Q(by=person)),
        "SeverityTold": calibration_models.SeverityTold.objects.filter(rater=person),
        "RoundMail": letter_models.RoundMail.objects.filter(person=person),
        "CalibrationNote": case_models.CalibrationNote.objects.filter(told | Q(author=person)),
        "Decision": case_models.Decision.objects.filter(told | Q(by=person)),
        "UndoneDecision": case_models.UndoneDecision.objects.filter(told | Q(by=person)),
        "CounterStatement": case_models.CounterStatement.objects.filter(own),
        "NextStep": case_models.NextStep.objects.filter(told | Q(written_by=person)),
    }
    found |= {one.__name__: one.objects.filter(owner=person) for one in apart_models.OWNED}
    return {name: rights.rows(objects, FIELDS[name]) for name, objects in found.items()} | {
        "Nomination": _cases(person),
        "RaterAssignment": _assignments(person, told),
        "PeerInput": _inputs(person, told),
    }


def _cases(person: Person) -> list[dict[str, Any]]:
    """Give one's own cases; that one is decided nobody is told before the whole round is."""
    mine = cases.Nomination.objects.filter(candidate=person)
    over = {str(pk) for pk in mine.filter(round__state__in=OVER).values_list("pk", flat=True)}
    rows = rights.rows(mine, FIELDS["Nomination"])
    early = [row for row in rows if row["state"] == CaseState.DECIDED and row["id"] not in over]
    for row in early:
        row |= {"state": str(CaseState.STANDING), "ended_at": None}
    return rows


def _assignments(person: Person, told: Q) -> list[dict[str, Any]]:
    """Give who rated; of somebody else's work the days and not the minutes."""
    rows = rights.rows(
        case_models.RaterAssignment.objects.filter(told | Q(rater=person)), FIELDS["RaterAssignment"]
    )
    for row in rows:
        if row["rater"] != str(person.pk):
            row |= {name: _day(row[name]) for name in ("made_at", "read_at", "handed_in_at", "ended_at")}
    return rows


def _inputs(person: Person, told: Q) -> list[dict[str, Any]]:
    """Give one's own input whole, what is read of colleagues', and one's words about it."""
    found = case_models.PeerInput.objects
    fields = FIELDS["PeerInput"]
    rows = rights.rows(found.filter(author=person), fields)
    others = found.exclude(author=person)
    readable = [one for one in others.filter(told) if peers.readable(one)]
    for row in rights.rows(readable, fields):
        rows.append(row | {"asked_by": None, "id": row["voice"]} | _days(row))
        if row["form"] == case_models.PeerInput.Form.SUMMARIZED:
            rows[-1]["author"] = None
    for field, words in (("summary_by", "summary"), ("answered_by", "answer")):
        for row in rights.rows(
            others.filter(**{field: person}).exclude(pk__in=[one.pk for one in readable]), fields
        ):
            kept = {"nomination": row["nomination"], field: row[field], words: row[words], "id": row["voice"]}
            rows.append(dict.fromkeys(row) | {"voice": row["voice"]} | kept)
    return rows


def _days(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _day(row[name]) for name in ("made_at", "written_at", "answered_at")}


def _day(moment: str | None) -> str | None:
    return moment[:10] if moment else None
