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
from fairlead.web.people.models import Person, User
from fairlead.web.runs.models import Run
from fairlead.web.trail.models import Entry

__all__ = [
    "AnswerSheet",
    "CalendarImport",
    "Entry",
    "HighPayoffEntry",
    "OwnProfile",
    "OwnRule",
    "Person",
    "Procedure",
    "Reading",
    "Remembered",
    "Resolution",
    "Run",
    "SortingSalt",
    "User",
    "WeekTick",
]
