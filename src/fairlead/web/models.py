"""The index of all tables: Django finds a room's models here and nowhere else."""

from fairlead.web.people.models import Person, User
from fairlead.web.runs.models import Run
from fairlead.web.trail.models import Entry

__all__ = ["Entry", "Person", "Run", "User"]
