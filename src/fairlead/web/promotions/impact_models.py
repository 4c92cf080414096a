"""What people may state about themselves: the questions, as the equality analyst of the house wrote them."""

from __future__ import annotations

from typing import Any, Final

from django.db import models

from fairlead.web.people.models import Person
from fairlead.web.promotions.models import Numbered

MOST_QUESTIONS: Final = 2
"""As many as are compared together; a third would cut the groups too small to say anything."""


class StatementQuestion(Numbered):
    """One thing that everybody may state about themselves, with the answers to choose from.

    Nothing is asked until somebody with the role for equality has written it down; everybody reads it.
    """

    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40, unique=True)
    categories: models.JSONField[Any, Any] = models.JSONField(default=list)
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["place"]

    def __str__(self) -> str:
        return self.name
