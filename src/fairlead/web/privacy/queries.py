"""What is held about somebody, how long, and requests to be erased."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils import timezone

from fairlead.web import access, rights
from fairlead.web.people.models import Person
from fairlead.web.privacy import classes
from fairlead.web.privacy.models import ErasureRequest
from fairlead.web.today import Today, Waiting

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from fairlead.web.people.models import User

FIELDS: Final = {
    "ErasureRequest": {
        "id": "The number of the request.",
        "person": "Your number.",
        "asked_at": "When you asked.",
        "due_on": "The day by which it is answered.",
        "state": "What became of it.",
        "reason": "The reason, if it was refused.",
        "answered_at": "When it was answered.",
        "answered_by": "The number of the person who answered.",
    },
}


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Give the person's requests."""
    found = ErasureRequest.objects.filter(person=person.pk)
    return {"ErasureRequest": rights.rows(found, FIELDS["ErasureRequest"])}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One class of data: what it is, how many rows are about this person, and how long they stay."""

    what: str
    rows: int
    stays: str
    why: str


def held(person: Person) -> tuple[Held, ...]:
    """Count everything about the person by class, with how long it stays."""
    kept, counts = classes.kept(), dict.fromkeys((one.name for one in classes.CLASSES), 0)
    for model, rows in rights.everything(person).items():
        counts[kept[model]] += len(rows)
    return tuple(
        Held(what=one.what, rows=counts[one.name], stays=stays(one), why=one.why)
        for one in classes.CLASSES
        if counts[one.name]
    )


def stays(one: classes.Class) -> str:
    """Say how long a class stays, in words."""
    days = classes.days(one.name)
    if days is None:
        return f"{one.since[:1].upper()}{one.since[1:]}"
    return f"{_span(days)} {one.since}"


def _span(days: int) -> str:
    if days % 365 == 0:
        return "1 year" if days == 365 else f"{days // 365} years"
    return "1 day" if days == 1 else f"{days} days"


def own_request(person: Person) -> ErasureRequest | None:
    """Give the person's last request."""
    return ErasureRequest.objects.filter(person=person.pk).order_by("-asked_at").first()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as whoever answers it sees it: the name, never what the person keeps here."""

    request: ErasureRequest
    name: str
    days_left: int


def requests(user: User) -> tuple[Asked, ...]:
    """Give the open requests that the user may answer, the most urgent first."""
    found: QuerySet[ErasureRequest] = access.visible(user, "erasure.answer").filter(
        state=ErasureRequest.State.OPEN
    )
    return tuple(asked(request) for request in found.order_by("due_on", "asked_at"))


def asked(request: ErasureRequest) -> Asked:
    """Put a name and the days that are left to a request."""
    person = Person.objects.select_related("user").filter(pk=request.person).first()
    left = (request.due_on - timezone.localdate()).days
    return Asked(request=request, name=str(person) if person else "Somebody who is gone", days_left=left)


def today(person: Person) -> Today | None:
    """Say that requests wait for an answer, to those who answer them."""
    if person.user is None or not access.may(person.user, "erasure.answer"):
        return None
    waiting = requests(person.user)
    if not waiting:
        return None
    says = (
        f"The first is due in {waiting[0].days_left} days." if waiting[0].days_left > 0 else "One is due now."
    )
    words = "1 request to be erased" if len(waiting) == 1 else f"{len(waiting)} requests to be erased"
    return Today(waiting=(Waiting(title=words, href=reverse("privacy:requests"), says=says),))
