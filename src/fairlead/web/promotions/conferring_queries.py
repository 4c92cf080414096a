"""What the page of a committee that talks about a case shows: notes by name, one's own vote, counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairlead.web.access.relations import holds
from fairlead.web.grants.models import Role
from fairlead.web.promotions import conferring, states
from fairlead.web.promotions.apart_models import CommitteeVote
from fairlead.web.promotions.calibration_ratings import ERASED
from fairlead.web.promotions.case_models import CalibrationNote, VoteTally
from fairlead.web.promotions.facts import of_case
from fairlead.web.promotions.states import OVER, CaseState, Who
from fairlead.web.promotions.taken_out_queries import struck
from fairlead.web.trail import Doing, record_many

if TYPE_CHECKING:
    from fairlead.web.people.models import Person
    from fairlead.web.promotions.models import Nomination


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note as it is read."""

    note: CalibrationNote
    who: str
    changed: bool
    mine: bool
    can_change: bool
    struck: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the committee says about a case, for one reader.

    ``missing`` names who has not voted yet, for members alone; how anybody voted stands nowhere.
    """

    notes: tuple[Note, ...]
    member: bool
    can_note: bool
    can_vote: bool
    can_count: bool
    why_not_counted: str
    mine: CommitteeVote | None
    my_vote: str
    voters: int
    too_few: bool
    missing: tuple[str, ...]
    tally: VoteTally | None


def page(person: Person, case: Nomination) -> Page:
    """Give notes to whoever may read them; vote and count to members who have a part."""
    facts = of_case(person, case)
    notes = _notes(person, case, facts)
    if not _has_part(facts):
        return Page(
            notes=notes, member=False, can_note=False, can_vote=False, can_count=False, why_not_counted="",
            mine=None, my_vote="", voters=0, too_few=False, missing=(), tally=None,
        )  # fmt: skip
    said, those = conferring.votes(case), conferring.voters(case)
    tally = VoteTally.objects.filter(nomination=case).first()
    facts = conferring.with_votes(facts, those, said, counted=tally is not None)
    mine = CommitteeVote.objects.filter(owner=person, nomination=case).first()
    chairs = Who.CHAIR in facts.who and states.can("note_case", facts) and tally is None
    return Page(
        notes=notes,
        member=True,
        can_note=states.can("note_case", facts),
        can_vote=states.can("vote", facts),
        can_count=states.can("count_votes", facts),
        why_not_counted=states.hindrance("count_votes", facts) if chairs else "",
        mine=mine,
        my_vote=dict(conferring.VOTES).get(mine.vote, "") if mine else "",
        voters=len(those),
        too_few=len(those) < states.LEAST_VOTES,
        missing=tuple(str(one) for one in those if one not in said),
        tally=tally,
    )


def _has_part(facts: states.Facts) -> bool:
    return Who.MEMBER in facts.who and facts.actor not in facts.barred


def notes_of(person: Person, case: Nomination) -> tuple[Note, ...]:
    """Give the notes in the order in which they were written; whoever asks has passed ``notes.see``."""
    return _notes(person, case, of_case(person, case))


def _notes(person: Person, case: Nomination, facts: states.Facts) -> tuple[Note, ...]:
    changes, out = states.can("change_note", facts), struck(case)
    return tuple(
        Note(
            note=one,
            who=str(one.author or ERASED),
            changed=one.changed_at is not None,
            mine=one.author_id == person.pk,
            can_change=changes and one.author_id == person.pk,
            struck=out.get(one.author_id, "") if one.author_id else "",
        )
        for one in case.notes.select_related("author")
    )


def tally_for(person: Person, case: Nomination) -> VoteTally | None:
    """Give the counts to members who have a part and to people operations; never to the candidate's side."""
    if person.pk in {case.candidate_id, case.manager_id, case.sponsor_id, case.above_id}:
        return None
    facts = of_case(person, case)
    operates = holds(person.user, Role.PEOPLE_OPERATIONS) and case.round.state in OVER
    if not (_has_part(facts) or operates):
        return None
    return VoteTally.objects.filter(nomination=case).first()


def note_seen(person: Person, case: Nomination, found: Page) -> None:
    """Note in the record whose notes and whose case were looked at."""
    doings = [] if case.candidate_id == person.pk else [Doing("saw", case, case.candidate)]
    doings += [
        Doing("saw", one.note, one.note.author)
        for one in found.notes
        if one.note.author is not None and not one.mine
    ]
    record_many(person, doings)


def talked_about(case: Nomination) -> bool:
    """Say whether the committee can have said anything about a case yet."""
    shown = case.state in {CaseState.STANDING, CaseState.DECIDED}
    return shown and case.round.state in states.RATINGS_OPEN
