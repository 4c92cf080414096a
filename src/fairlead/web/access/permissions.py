"""Every permission: which object of the policy table, which verb, for whom, over which rows.

Who may is derived from the table; a permission says over which rows. A room adds its lines to
``PERMISSIONS``: ``owned(Model, "object")`` for what only its owner has, ``granted("object",
Verb.READ)`` for what comes with the roles that the table names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, Model, OuterRef, Q
from django.utils import timezone

from fairlead.web.access.relations import coached_by, coaches_of, everything, in_chart, is_in_chart
from fairlead.web.access.rows import TABLE
from fairlead.web.access.table import Verb
from fairlead.web.audits.models import (
    AnswerSheet,
    CalendarImport,
    HighPayoffEntry,
    OwnProfile,
    OwnRule,
    Procedure,
    Reading,
    Resolution,
)
from fairlead.web.direction.models import Offer, OfferCheck, OfferPromise, PromotionGoal, Sitting
from fairlead.web.feedback.models import OwnInstrument, Release, Report, Seat, Survey
from fairlead.web.grants.models import Grant, Over, Role
from fairlead.web.growth.later_models import Plan
from fairlead.web.growth.models import (
    CoachNote,
    Experiment,
    Leader,
    MentorOffer,
    Mentorship,
    MentorWish,
    Philosophy,
    Practice,
    PublishedPhilosophy,
    Skill,
    Training,
    Year,
)
from fairlead.web.handbook.models import Idea, IdeaAnswer, Notice, StatedValues, Tip
from fairlead.web.people.models import Person
from fairlead.web.privacy.models import ErasureRequest
from fairlead.web.roster.models import Invitation, LongLeave, Position, RosterImport, Unit
from fairlead.web.runs.models import Run
from fairlead.web.sharing.models import FOR_COACHES, Share
from fairlead.web.trail.models import Entry

Rows = Callable[[Person], Q]


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """One permission: ``of`` and ``verb`` name its row and its verb in the policy table.

    ``own`` gives the rows somebody has because they are theirs; ``rows`` the rows that come with one
    of the ``roles``. ``anybody`` opens a page without an object to each person for whom it is true.
    """

    of: str
    verb: Verb
    says: str
    model: type[Model] | None = None
    own: Rows | None = None
    rows: Rows | None = None
    anybody: Callable[[Person], bool] | None = None

    @property
    def roles(self) -> frozenset[Role]:
        """Give the roles that bring it: those of the table, where the permission says over which rows."""
        return TABLE[self.of].roles(self.verb) if self.rows is not None else frozenset()


def owned(model: type[Model], of: str, *, by: str = "owner") -> Permission:
    """Only the owner, named by the field ``by``; nobody else, whatever their role."""

    def own(person: Person) -> Q:
        return Q(**{by: person.pk})

    return Permission(of=of, verb=Verb.WRITE, model=model, own=own, says="Only its owner.")


def granted(
    of: str,
    verb: Verb,
    *,
    says: str,
    model: type[Model] | None = None,
    own: Rows | None = None,
    rows: Rows = everything,
) -> Permission:
    """Give what comes with the roles that the table names; ``own`` adds what is one's own."""
    return Permission(of=of, verb=verb, says=says, model=model, own=own, rows=rows)


def everybody(_person: Person) -> bool:
    """Each person who is signed in."""
    return True


def _read_share(person: Person) -> Q:
    """Give what one shares, and what was shared with one while it stands."""
    shown = Q(reader=person, ended_at=None, ends_at__gt=timezone.now())
    # With the coaching ends what only a coach is shown.
    return Q(owner=person) | (shown & (~Q(kind__in=FOR_COACHES) | Q(owner__in=coached_by(person))))


def _own_grant(person: Person) -> Q:
    """Give the roles that are one's own, and the coach whom one has chosen."""
    return Q(person=person) | Q(over=Over.PERSON, over_id=person.pk)


def _granted_roles(_person: Person) -> Q:
    """Give the roles of the organization; who coaches whom is known to these two alone."""
    return ~Q(role=Role.COACH)


_ABOUT_WORK: Final = (Survey.Kind.UPWARD, Survey.Kind.PULSE)


def _begun(person: Person) -> Q:
    """Give the surveys somebody began about themselves."""
    return Q(made_by=person, about=person)


def _asked(person: Person) -> Q:
    """Give the surveys in which somebody has a seat."""
    return Q(Exists(Seat.objects.filter(owner=person, survey=OuterRef("pk"))))


def _own_reports(person: Person) -> Q:
    """Give what is about oneself, what a manager shows the team, the whole of pulses one was asked in."""
    seats = Seat.objects.filter(owner=person, survey=OuterRef("survey"))
    # A seat names its team as text, the report its manager as a key: compared in Python, they are few.
    teams = Seat.objects.filter(owner=person).values_list("survey", "team")
    shown = Q(pk__in=[])
    for survey, team in teams:
        if team:
            shown |= Q(survey=survey, about=team, reach=Report.Reach.TEAM, shown_to_team_at__isnull=False)
    whole = Q(Exists(seats), about=None, survey__kind=Survey.Kind.PULSE)
    return Q(about=person) | shown | whole


def _own_team_asked(person: Person) -> Q:
    """Give the finished surveys that asked somebody's own team about them, with a report or without one."""
    over = Survey.objects.filter(state__in=[Survey.State.RELEASED, Survey.State.HELD])
    found = over.exclude(kind=Survey.Kind.PULSE).values_list("pk", "organization")
    # Compared in Python: not every database looks for an entry in a list inside JSON.
    teams = {pk: (organization or {}).get("teams", ()) for pk, organization in found}
    mine = {
        pk
        for pk, those in teams.items()
        if any(one["id"] == str(person.pk) and one["members"] for one in those)
    }
    return Q(pk__in=mine)


def _notes_while_coaching(person: Person) -> Q:
    """Give one's own notes about those whom one coaches today; with the coaching they close."""
    return Q(owner=person, person__in=coached_by(person))


_OFFERED: Final = "Everybody who has a position today, and whose it is."


def _offered(person: Person) -> Q:
    """Give one's own, and to colleagues what somebody offers or publishes to them."""
    return everything(person) if is_in_chart(person) else Q(person=person)


def _read_tips(person: Person) -> Q:
    """Give the published tips to everybody in the chart."""
    return Q(state=Tip.State.PUBLISHED) if is_in_chart(person) else Q(pk__in=[])


def _read_ideas(person: Person) -> Q:
    """Give one's own ideas, and to everybody in the chart those that were not taken away."""
    shown = ~Q(state=Idea.State.HIDDEN) if is_in_chart(person) else Q(pk__in=[])
    return Q(author=person) | shown


def _read_answers(person: Person) -> Q:
    """Give one's own answers, and to everybody in the chart those under an idea that they read."""
    shown = Q(state=IdeaAnswer.State.SHOWN) & ~Q(idea__state=Idea.State.HIDDEN)
    return Q(author=person) | (shown if is_in_chart(person) else Q(pk__in=[]))


def _notices(person: Person) -> Q:
    """Give the open notices that are not about what somebody wrote themselves."""
    mine = Q(tip__author=person) | Q(idea__author=person) | Q(answer__author=person)
    return Q(settled_on=None) & ~mine


PERMISSIONS: Final[dict[str, Permission]] = {
    # one's own account and My role
    "person.self": Permission(
        of="account", verb=Verb.WRITE, model=Person, own=lambda one: Q(pk=one.pk), says="Only the person."
    ),
    "run.view": owned(Run, "time"),
    "calendar.view": owned(CalendarImport, "time"),
    "decision.view": owned(Resolution, "time"),
    "high_payoff.view": owned(HighPayoffEntry, "time"),
    "own_rule.view": owned(OwnRule, "time"),
    "procedure.view": owned(Procedure, "time"),
    "profile.view": owned(OwnProfile, "time"),
    "reading.view": owned(Reading, "time"),
    "sheet.view": owned(AnswerSheet, "time"),
    # my direction
    "sitting.view": owned(Sitting, "journal"),
    "sitting.show": Permission(
        of="journal",
        verb=Verb.WRITE,
        model=Sitting,
        own=lambda one: Q(owner=one.pk, finished_at__isnull=False),
        says="Only its owner, and only what is finished.",
    ),
    "promotion_goal.view": owned(PromotionGoal, "journal"),
    "offer.view": owned(Offer, "journal"),
    "offer_promise.view": owned(OfferPromise, "journal", by="offer__owner"),
    "offer_check.view": owned(OfferCheck, "journal", by="offer__owner"),
    # my growth
    "skill.view": owned(Skill, "goals"),
    "experiment.view": owned(Experiment, "goals"),
    "practice.view": owned(Practice, "goals"),
    "training.view": owned(Training, "goals"),
    "mentor_wish.view": owned(MentorWish, "goals"),
    "year.view": owned(Year, "goals"),
    "leader.view": owned(Leader, "goals"),
    "philosophy.view": owned(Philosophy, "goals"),
    "plan.view": owned(Plan, "goals"),
    "coach_note.view": Permission(
        of="coach_note",
        verb=Verb.WRITE,
        model=CoachNote,
        own=_notes_while_coaching,
        says="The coach who wrote it, while the coaching stands.",
    ),
    "coach.coached": Permission(
        of="coach_note",
        verb=Verb.WRITE,
        model=Person,
        own=lambda one: Q(pk__in=coached_by(one)),
        says="Their coach, while the coaching stands.",
    ),
    "coach.mine": Permission(
        of="coach_note",
        verb=Verb.SHARED,
        model=Person,
        own=lambda one: Q(pk__in=coaches_of(one)),
        says="The person whom they coach, while the coaching stands.",
    ),
    "mentor_offer.own": owned(MentorOffer, "offered", by="person"),
    "mentor_offer.view": Permission(
        of="offered", verb=Verb.READ, model=MentorOffer, own=_offered, says=_OFFERED, anybody=is_in_chart
    ),
    "published_philosophy.own": owned(PublishedPhilosophy, "offered", by="person"),
    "published_philosophy.view": Permission(
        of="offered",
        verb=Verb.READ,
        model=PublishedPhilosophy,
        own=_offered,
        says=_OFFERED,
        anybody=is_in_chart,
    ),
    "mentorship.view": Permission(
        of="mentorship",
        verb=Verb.WRITE,
        model=Mentorship,
        own=lambda one: Q(learner=one) | Q(mentor=one),
        says="The one who asked and the one who was asked.",
    ),
    # the roster
    "roster.view": Permission(
        of="chart",
        verb=Verb.READ,
        model=Person,
        rows=lambda _one: in_chart(),
        own=lambda one: in_chart() if is_in_chart(one) else Q(pk__in=[]),
        anybody=is_in_chart,
        says="Everybody who has a position today, and people operations.",
    ),
    "roster.edit": granted(
        "roster",
        Verb.WRITE,
        model=Person,
        rows=lambda _one: Q(number__isnull=False),
        says="People operations.",
    ),
    "roster.unit": Permission(
        of="chart",
        verb=Verb.READ,
        model=Unit,
        rows=everything,
        own=lambda one: everything(one) if is_in_chart(one) else Q(pk__in=[]),
        anybody=is_in_chart,
        says="Everybody who has a position today, and people operations.",
    ),
    "roster.position": granted("roster", Verb.WRITE, model=Position, says="People operations."),
    "roster.leave": granted("roster", Verb.WRITE, model=LongLeave, says="People operations."),
    "roster.import": granted("roster", Verb.WRITE, model=RosterImport, says="People operations."),
    "roster.invite": granted("roster", Verb.WRITE, model=Invitation, says="People operations."),
    # roles
    "grant.own": Permission(
        of="roles",
        verb=Verb.READ,
        model=Grant,
        own=_own_grant,
        anybody=everybody,
        says="The person who holds it, and the person who is coached.",
    ),
    "grant.view": granted(
        "roles",
        Verb.READ,
        model=Grant,
        rows=_granted_roles,
        says="People operations, system administrators, auditors, the works council.",
    ),
    "grant.propose": granted(
        "roles",
        Verb.WRITE,
        model=Grant,
        rows=_granted_roles,
        says="People operations, and system administrators for their own kind.",
    ),
    "grant.confirm": granted(
        "roles",
        Verb.WRITE,
        model=Grant,
        rows=lambda one: _granted_roles(one) & ~Q(person=one) & ~Q(proposed_by=one),
        says="A second person of people operations or a system administrator; never for themselves.",
    ),
    "grant.end": granted(
        "roles",
        Verb.WRITE,
        model=Grant,
        own=_own_grant,
        rows=_granted_roles,
        says="People operations, system administrators, and whoever holds the role.",
    ),
    # shares
    "share.own": owned(Share, "share"),
    "share.view": Permission(
        of="share",
        verb=Verb.READ,
        model=Share,
        own=_read_share,
        says="Its owner, and its reader while it stands.",
    ),
    # surveys
    "seat.own": Permission(
        of="upward_answer", verb=Verb.ONCE, model=Seat, own=lambda one: Q(owner=one), says="Who is asked."
    ),
    "survey.begin": Permission(
        of="survey", verb=Verb.WRITE, anybody=everybody, says="Everybody, about their own work."
    ),
    "survey.own": Permission(
        of="survey", verb=Verb.WRITE, model=Survey, own=_begun, says="Who began it about themselves."
    ),
    "survey.view": Permission(
        of="survey",
        verb=Verb.READ,
        model=Survey,
        own=lambda one: _begun(one) | _asked(one),
        rows=lambda _one: Q(about=None),
        says="Who began it, who is asked, and people operations where it is not somebody's own.",
    ),
    "survey.run": granted(
        "survey",
        Verb.WRITE,
        model=Survey,
        rows=lambda _one: Q(about=None),
        says="People operations; not what somebody began about themselves.",
    ),
    "instrument.read": Permission(
        of="survey",
        verb=Verb.READ,
        model=OwnInstrument,
        own=lambda _one: Q(retired_at=None),
        rows=everything,
        says="Everybody, while it is offered; people operations also what is retired.",
    ),
    "instrument.keep": granted("survey", Verb.WRITE, model=OwnInstrument, says="People operations."),
    "report.view": Permission(
        of="upward_figures",
        verb=Verb.FIGURES,
        model=Report,
        own=_own_reports,
        rows=lambda _one: Q(survey__kind__in=_ABOUT_WORK, survey__about=None),
        says="Whom it is about; the team when it is shown to them; everybody asked, of the whole of a pulse; "
        "people operations, but not what somebody began about themselves.",
    ),
    "report.own": Permission(
        of="upward_figures",
        verb=Verb.FIGURES,
        model=Report,
        own=lambda one: Q(about=one),
        says="Only whom it is about.",
    ),
    "report.none": Permission(
        of="upward_figures",
        verb=Verb.FIGURES,
        model=Survey,
        own=_own_team_asked,
        says="Whose own team was asked about them: that there are too few answers for a figure.",
    ),
    "theme.write": granted(
        "upward_comments",
        Verb.WRITE,
        model=Report,
        rows=lambda one: Q(survey__about=None) & ~Q(about=one),
        says="People operations; never about themselves, and not what somebody began about themselves.",
    ),
    "verdict.read": granted(
        "upward_figures", Verb.METADATA, model=Release, says="Auditors, the works council."
    ),
    # the handbook
    "handbook.read": Permission(
        of="handbook", verb=Verb.READ, anybody=everybody, says="Everybody who is signed in."
    ),
    "tip.own": owned(Tip, "tip", by="author"),
    "tip.write": Permission(
        of="tip", verb=Verb.WRITE, anybody=is_in_chart, says="Everybody who has a position today."
    ),
    "tip.read": Permission(
        of="tip",
        verb=Verb.READ,
        model=Tip,
        own=_read_tips,
        rows=lambda _one: Q(state=Tip.State.PUBLISHED),
        anybody=is_in_chart,
        says="Published ones: everybody who has a position today, and people operations.",
    ),
    "tip.moderate": granted(
        "tip",
        Verb.ANSWER,
        model=Tip,
        rows=lambda one: Q(state=Tip.State.WAITING) & ~Q(author=one),
        says="People operations; nobody answers their own.",
    ),
    "idea.own": owned(Idea, "idea", by="author"),
    "idea.write": Permission(
        of="idea", verb=Verb.WRITE, anybody=is_in_chart, says="Everybody who has a position today."
    ),
    "idea.read": Permission(
        of="idea",
        verb=Verb.READ,
        model=Idea,
        own=_read_ideas,
        rows=everything,
        anybody=is_in_chart,
        says="Everybody who has a position today, and people operations.",
    ),
    "idea_answer.own": owned(IdeaAnswer, "idea", by="author"),
    "idea_answer.read": Permission(
        of="idea",
        verb=Verb.READ,
        model=IdeaAnswer,
        own=_read_answers,
        rows=everything,
        says="Everybody who has a position today, and people operations.",
    ),
    "notice.settle": granted(
        "notice",
        Verb.ANSWER,
        model=Notice,
        rows=_notices,
        says="People operations; not about what they wrote themselves.",
    ),
    "stated_values.read": Permission(
        of="stated_values",
        verb=Verb.READ,
        model=StatedValues,
        own=lambda _one: Q(published_on__isnull=False),
        anybody=everybody,
        says="Everybody who is signed in, what is published.",
    ),
    "stated_values.write": granted(
        "stated_values", Verb.WRITE, model=StatedValues, says="People operations."
    ),
    # the record
    "trail.own": Permission(
        of="who_saw",
        verb=Verb.READ,
        model=Entry,
        own=lambda one: Q(subject=one.pk) | Q(actor=one.pk),
        anybody=everybody,
        says="The person whose data it was, and the person who did it.",
    ),
    "trail.technical": granted("who_saw", Verb.TECHNICAL, model=Entry, says="System administrators."),
    "trail.read": granted("who_saw", Verb.METADATA, model=Entry, says="Auditors, the works council."),
    # rights
    "erasure.own": Permission(
        of="erasure",
        verb=Verb.WRITE,
        model=ErasureRequest,
        own=lambda one: Q(person=one.pk),
        anybody=everybody,
        says="The person who asks.",
    ),
    "erasure.answer": granted(
        "erasure",
        Verb.ANSWER,
        model=ErasureRequest,
        rows=lambda one: ~Q(person=one.pk),
        says="People operations; nobody answers their own.",
    ),
    "record.read": granted(
        "processing",
        Verb.READ,
        says="People operations, system administrators, auditors, the works council.",
    ),
    "settings.read": Permission(
        of="settings", verb=Verb.READ, anybody=everybody, says="Everybody who is signed in."
    ),
}
