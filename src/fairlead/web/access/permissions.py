"""Every permission: which object of the policy table, which verb, for whom, over which rows.

Who may is derived from the table; a permission says over which rows. A room adds its lines to
``PERMISSIONS``: ``owned(Model, "object")`` for what only its owner has, ``granted("object",
Verb.READ)`` for what comes with the roles that the table names.
"""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q

from fairlead.web.access import reaches
from fairlead.web.access.calibration_permissions import CALIBRATION_PERMISSIONS
from fairlead.web.access.case_permissions import CASE_PERMISSIONS
from fairlead.web.access.criteria_permissions import CRITERIA_PERMISSIONS
from fairlead.web.access.impact_permissions import IMPACT_PERMISSIONS
from fairlead.web.access.permission import Permission, everybody, granted, owned
from fairlead.web.access.relations import coached_by, coaches_of, everything, in_chart, is_in_chart
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
from fairlead.web.grants.models import Grant
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
from fairlead.web.journey.models import (
    Accomplishment,
    Advocacy,
    AimedRole,
    Argument,
    Attachment,
    Summary,
    Witness,
)
from fairlead.web.people.models import Person
from fairlead.web.privacy.models import ErasureRequest
from fairlead.web.roster.models import Invitation, LongLeave, Position, RosterImport, Unit
from fairlead.web.runs.models import Run
from fairlead.web.sharing.models import Share, ShareComment
from fairlead.web.trail.models import Entry

_COLLEAGUES: Final = "Everybody who has a position today, and whose it is."


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
    "growth.counts": Permission(
        of="goals",
        verb=Verb.STATE,
        rows=everything,
        says="People operations, as rounded counts of ten people or more, a finished quarter at a time.",
    ),
    "plan.view": owned(Plan, "goals"),
    "coach_note.view": Permission(
        of="coach_note",
        verb=Verb.WRITE,
        model=CoachNote,
        own=reaches.notes_while_coaching,
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
        of="offered",
        verb=Verb.READ,
        model=MentorOffer,
        own=reaches.offered,
        says=_COLLEAGUES,
        anybody=is_in_chart,
    ),
    "published_philosophy.own": owned(PublishedPhilosophy, "offered", by="person"),
    "published_philosophy.view": Permission(
        of="offered",
        verb=Verb.READ,
        model=PublishedPhilosophy,
        own=reaches.offered,
        says=_COLLEAGUES,
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
        own=reaches.own_grant,
        anybody=everybody,
        says="The person who holds it, and the person who is coached.",
    ),
    "grant.view": granted(
        "roles",
        Verb.READ,
        model=Grant,
        rows=reaches.granted_roles,
        says="People operations, system administrators, auditors, the works council.",
    ),
    "grant.propose": granted(
        "roles",
        Verb.WRITE,
        model=Grant,
        rows=reaches.granted_roles,
        says="People operations, and system administrators for their own kind.",
    ),
    "grant.confirm": granted(
        "roles",
        Verb.WRITE,
        model=Grant,
        rows=lambda one: reaches.granted_roles(one) & ~Q(person=one) & ~Q(proposed_by=one),
        says="A second person of people operations or a system administrator; never for themselves.",
    ),
    "grant.end": granted(
        "roles",
        Verb.WRITE,
        model=Grant,
        own=reaches.own_grant,
        rows=reaches.granted_roles,
        says="People operations, system administrators, and whoever holds the role.",
    ),
    # shares
    "share.own": owned(Share, "share"),
    "share.view": Permission(
        of="share",
        verb=Verb.READ,
        model=Share,
        own=reaches.read_share,
        says="Its owner, and its reader while it stands.",
    ),
    "share.comment": Permission(
        of="goals",
        verb=Verb.COMMENT,
        model=Share,
        own=reaches.comment_on,
        says="The manager or the coach of the person, on a skill or a plan, while they are shown it.",
    ),
    "share_comment.own": Permission(
        of="share_comment",
        verb=Verb.WRITE,
        model=ShareComment,
        own=lambda one: Q(owner=one) | Q(person=one),
        says="Who wrote it, and the person it is written to: each can delete it.",
    ),
    # my journey
    "accomplishment.view": owned(Accomplishment, "evidence"),
    "attachment.view": owned(Attachment, "evidence"),
    "summary.view": owned(Summary, "evidence"),
    "argument.view": owned(Argument, "evidence"),
    "aimed_role.view": owned(AimedRole, "evidence"),
    "witness.view": Permission(
        of="witness",
        verb=Verb.WRITE,
        model=Witness,
        own=reaches.asked_as_witness,
        says="Whose entry it is, and the one witness who is asked, until it is over.",
    ),
    "advocacy.view": Permission(
        of="advocate",
        verb=Verb.WRITE,
        model=Advocacy,
        own=lambda one: Q(owner=one) | Q(advocate=one, state__in=reaches.SPEAKING),
        says="Who asked, and who was asked while it stands.",
    ),
    # surveys
    "seat.own": Permission(
        of="upward_answer", verb=Verb.ONCE, model=Seat, own=lambda one: Q(owner=one), says="Who is asked."
    ),
    "survey.begin": Permission(
        of="survey", verb=Verb.WRITE, anybody=everybody, says="Everybody, about their own work."
    ),
    "survey.own": Permission(
        of="survey", verb=Verb.WRITE, model=Survey, own=reaches.begun, says="Who began it about themselves."
    ),
    "survey.view": Permission(
        of="survey",
        verb=Verb.READ,
        model=Survey,
        own=lambda one: reaches.begun(one) | reaches.asked(one),
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
        own=reaches.own_reports,
        rows=lambda _one: Q(survey__kind__in=reaches.ABOUT_WORK, survey__about=None),
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
        own=reaches.own_team_asked,
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
        own=reaches.read_tips,
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
        own=reaches.read_ideas,
        rows=everything,
        anybody=is_in_chart,
        says="Everybody who has a position today, and people operations.",
    ),
    "idea_answer.own": owned(IdeaAnswer, "idea", by="author"),
    "idea_answer.read": Permission(
        of="idea",
        verb=Verb.READ,
        model=IdeaAnswer,
        own=reaches.read_answers,
        rows=everything,
        anybody=is_in_chart,
        says="Everybody who has a position today, and people operations.",
    ),
    "notice.settle": granted(
        "notice",
        Verb.ANSWER,
        model=Notice,
        rows=reaches.notices,
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
# The room of promotions writes its own down in four files.
for _said in (CASE_PERMISSIONS, CALIBRATION_PERMISSIONS, CRITERIA_PERMISSIONS, IMPACT_PERMISSIONS):
    if _twice := PERMISSIONS.keys() & _said.keys():
        raise ImproperlyConfigured(f"Permissions with one name for two things: {', '.join(sorted(_twice))}.")
    PERMISSIONS.update(_said)
