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
    "DataKey",
    "Entry",
    "ErasureRequest",
    "Grant",
    "Head",
    "HighPayoffEntry",
    "Invitation",
    "LongLeave",
    "Offer",
    "OfferCheck",
    "OfferPromise",
    "OwnInstrument",
    "OwnProfile",
    "OwnRule",
    "Person",
    "Position",
    "Procedure",
    "PromotionGoal",
    "Reading",
    "Release",
    "Remembered",
    "Report",
    "Resolution",
    "RosterImport",
    "Run",
    "Seat",
    "Share",
    "Sitting",
    "SortingSalt",
    "Survey",
    "Theme",
    "Unit",
    "User",
    "Verdict",
    "WeekTick",
]
