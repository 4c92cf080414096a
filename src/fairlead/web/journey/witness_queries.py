"""Reading what somebody is asked to confirm, and what was answered to them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from fairlead.web import finding
from fairlead.web.journey.models import Witness
from fairlead.web.roster.models import Position
from fairlead.web.today import Waiting

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from fairlead.web.finding import Match
    from fairlead.web.people.models import Person

NEW_FOR: Final = timedelta(days=7)
"""How long an answer stands under Today."""

S = Witness.State


def asked_of(person: Person) -> tuple[Witness, ...]:
    """Give what the person was asked and has not answered, and what they confirmed and can take back."""
    rows = Witness.objects.filter(witness=person).filter(_readable()).select_related("owner")
    return tuple(rows.defer("copy"))


def _readable() -> Q:
    return Q(state=S.CONFIRMED) | Q(state=S.ASKED, ends_on__gte=timezone.localdate())


def new(person: Person) -> QuerySet[Witness]:
    """Give which questions wait for the person, and what was answered to their own of late."""
    today = timezone.localdate()
    ends = Q(witness=person, state=S.ASKED, ends_on__gte=today)
    news = Q(owner=person, state__in=[S.CONFIRMED, S.NOT_SEEN], answered_on__gt=today - NEW_FOR)
    return Witness.objects.filter(ends | news)


def waiting(person: Person) -> list[Waiting]:
    """Say what is new, for Today."""
    rows = new(person).select_related("owner", "witness").defer("copy")
    return [_mine(one) if one.witness_id == person.pk else _news(one) for one in rows]


def _mine(one: Witness) -> Waiting:
    until = f"One click answers it, until {one.ends_on.day} {one.ends_on:%B %Y}."
    return Waiting(
        title=f"{one.owner} asks whether you saw something",
        href=reverse("journey:witness", args=[one.pk]),
        says=until,
    )


def _news(one: Witness) -> Waiting:
    says = "confirmed that they saw it" if one.state == S.CONFIRMED else "says they did not see it"
    return Waiting(
        title=f"{one.witness} {says}",
        href=reverse("journey:entry", args=[one.entry_id]),
        says="An entry of your evidence log.",
    )


def near(person: Person) -> list[Match]:
    """Give whom one can ask without looking for them: one's manager of today."""
    rows = Position.objects.on(timezone.localdate()).filter(person=person, manager__isnull=False)
    found = [one.manager for one in rows.select_related("manager__user") if one.manager is not None]
    return finding.matches(person, [one for one in found if finding.can_be_reached(one)])
