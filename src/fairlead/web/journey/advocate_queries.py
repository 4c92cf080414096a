"""Reading who was asked to speak for somebody, and what they answered (row 97)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from fairlead.web.journey.models import Advocacy
from fairlead.web.today import Waiting

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from fairlead.web.people.models import Person

NEW_FOR: Final = timedelta(days=7)
S = Advocacy.State
STANDING: Final = (S.ASKED, S.YES, S.NOT_YET)


def own(person: Person) -> list[Advocacy]:
    """Give whom the person asked, what stands first."""
    rows = list(Advocacy.objects.filter(owner=person).select_related("advocate"))
    return sorted(rows, key=lambda one: one.state not in STANDING)


def asked_of(person: Person) -> list[Advocacy]:
    """Give who asked the person, while it stands."""
    rows = Advocacy.objects.filter(advocate=person, state__in=STANDING)
    return list(rows.select_related("owner"))


def new(person: Person) -> QuerySet[Advocacy]:
    """Give which question waits for the person, and what was answered to theirs of late."""
    mine = Q(advocate=person, state=S.ASKED)
    news = Q(owner=person, state__in=[S.YES, S.NOT_YET], answered_on__gt=timezone.localdate() - NEW_FOR)
    return Advocacy.objects.filter(mine | news)


def waiting(person: Person) -> list[Waiting]:
    """Say what is new, for Today."""
    rows = new(person).select_related("owner", "advocate").defer("aim", "words", "answer")
    return [_waits(one, is_mine=one.advocate_id == person.pk) for one in rows]


def _waits(one: Advocacy, *, is_mine: bool) -> Waiting:
    href = reverse("journey:advocates")
    if is_mine:
        return Waiting(title=f"{one.owner} asks whether you want to speak for them", href=href)
    said = "yes" if one.state == S.YES else "not yet"
    return Waiting(title=f"{one.advocate} answers: {said}", href=href, says="Whether they speak for you.")
