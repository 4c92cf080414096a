"""Progress in My growth, counted for people operations: a quarter that is over, rounded to tens, no unit.

Nothing sealed is read, no person is named, and the quarter that runs is not counted: a count that moves
while somebody watches says who moved it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.utils import timezone

from fairlead.core.coarse_counts import CoarseCount, coarse_count
from fairlead.web import vault
from fairlead.web.growth.models import Experiment, Skill
from fairlead.web.roster.models import Position

if TYPE_CHECKING:
    from uuid import UUID

QUARTERS: Final = 4
"""Quarters that are shown, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """What is told of one quarter: who had a skill open at its end, finished one, measured again in it."""

    name: str
    open: CoarseCount
    finished: CoarseCount
    measured: CoarseCount

    @property
    def is_hidden(self) -> bool:
        """Whether there were too few people for any count."""
        return self.open.at_least is None

    @property
    def says_nothing(self) -> bool:
        """Whether no count reached ten, so that nothing can be read from it."""
        return not any(one.at_least for one in (self.open, self.finished, self.measured))


def quarters(today: date | None = None) -> tuple[Quarter, ...]:
    """Count the last quarters that are over."""
    end = _begin(today or timezone.localdate())
    found = []
    with vault.on_duty("counts"):
        for _number in range(QUARTERS):
            begin = _begin(end - timedelta(days=1))
            found.append(_quarter(begin, end))
            end = begin
    return tuple(found)


def _begin(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _quarter(begin: date, end: date) -> Quarter:
    last = end - timedelta(days=1)
    there = frozenset(Position.objects.on(last).values_list("person", flat=True))
    within = Q(ended_on__gte=begin, ended_on__lt=end)
    opened = Skill.objects.filter(Q(ended_on=None) | Q(ended_on__gte=end), opened_on__lt=end)
    finished = Skill.objects.filter(within, state=Skill.State.DONE)
    measured = Experiment.objects.filter(within, again__isnull=False)

    def counted(owners: set[UUID]) -> CoarseCount:
        return coarse_count(len(owners & there), len(there))

    return Quarter(
        name=f"{begin:%B} to {last:%B %Y}",
        open=counted(set(opened.values_list("owner", flat=True))),
        finished=counted(set(finished.values_list("owner", flat=True))),
        measured=counted(set(measured.values_list("owner", flat=True))),
    )
