"""Who decides about whose work: no mentor comes from there, in either direction (row 81)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from fairlead.web import asked_in
from fairlead.web.roster.models import Position

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from fairlead.web.people.models import Person

MANAGER = gettext_noop("is your manager. A mentor is somebody who does not decide about your work.")
UPPER = gettext_noop("is your manager’s manager. A mentor is somebody who does not decide about your work.")
REPORT = gettext_noop("reports to you, and could hardly say no.")
LOWER = gettext_noop("reports to somebody who reports to you, and could hardly say no.")


def lines(person: Person) -> dict[UUID, str]:
    """Give who stands in the person's reporting lines today, two steps up and down, and why that counts."""
    today = Position.objects.on(timezone.localdate())
    near = list(today.filter(Q(person=person) | Q(manager=person)).values_list("person", "manager"))
    manager = next((above for one, above in near if one == person.pk), None)
    reports = [one for one, _above in near if one != person.pk]
    far = list(today.filter(Q(person=manager) | Q(manager__in=reports)).values_list("person", "manager"))
    upper = [above for one, above in far if one == manager]
    lower = [one for one, above in far if above in reports]
    # Written from far to near: somebody who is both is named by what is nearer.
    return {
        **_all(lower, LOWER),
        **_all(upper, UPPER),
        **_all(reports, REPORT),
        **_all([manager], MANAGER),
    }


def _all(numbers: Iterable[UUID | None], why: str) -> dict[UUID, str]:
    return {number: asked_in.said(why) for number in numbers if number is not None}
