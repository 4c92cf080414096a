"""The index of all tables: Django finds a room's models here and nowhere else."""

from fairlead.web.audits.models import (
    AnswerSheet,
    CalendarImport,
    HighPayoffEntry,
    OwnProfile,
    OwnRule,
    Procedure,
    Reading,
    Remembered,
    Resolution,
    SortingSalt,
    WeekTick,
)
from fairlead.web.direction.models import Offer, OfferCheck, OfferPromise, PromotionGoal, Sitting
from fairlead.web.feedback.models import OwnInstrument, Release, Report, Seat, Survey, Theme
from fairlead.web.grants.models import Grant
from fairlead.web.growth.later_models import CoachTalk, Plan, ShownNote
from fairlead.web.growth.models import (
    CoachNote,
    Experiment,
    Feed,
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
from fairlead.web.handbook.models import Idea, IdeaAnswer, Notice, StatedValues, Tip, UnitFollow
from fairlead.web.people.models import Person, User
from fairlead.web.privacy.models import ErasureRequest
from fairlead.web.roster.models import Invitation, LongLeave, Position, RosterImport, Unit
from fairlead.web.runs.models import Run
from fairlead.web.sharing.models import Share
from fairlead.web.trail.models import Entry, Head, Verdict
from fairlead.web.vault.models import Ballot, BoxKey, DataKey

__all__ = [
    "AnswerSheet",
    "Ballot",
    "BoxKey",
    "CalendarImport",
    "CoachNote",
    "CoachTalk",
    "DataKey",
    "Entry",
    "ErasureRequest",
    "Experiment",
    "Feed",
    "Grant",
    "Head",
    "HighPayoffEntry",
    "Idea",
    "IdeaAnswer",
    "Invitation",
    "Leader",
    "LongLeave",
    "MentorOffer",
    "MentorWish",
    "Mentorship",
    "Notice",
    "Offer",
    "OfferCheck",
    "OfferPromise",
    "OwnInstrument",
    "OwnProfile",
    "OwnRule",
    "Person",
    "Philosophy",
    "Plan",
    "Position",
    "Practice",
    "Procedure",
    "PromotionGoal",
    "PublishedPhilosophy",
    "Reading",
    "Release",
    "Remembered",
    "Report",
    "Resolution",
    "RosterImport",
    "Run",
    "Seat",
    "Share",
    "ShownNote",
    "Sitting",
    "Skill",
    "SortingSalt",
    "StatedValues",
    "Survey",
    "Theme",
    "Tip",
    "Training",
    "Unit",
    "UnitFollow",
    "User",
    "Verdict",
    "WeekTick",
    "Year",
]
