"""Who gets what from mentors, the coach's space, the plan, leaders and the own way of leading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from tests.factories import GrantFactory, PersonFactory

from fairlead.web.growth.later_models import Plan, ShownNote
from fairlead.web.growth.models import CoachNote, Leader, MentorOffer, Mentorship, MentorWish

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairlead.web.people.models import Person

NOWHERE = "00000000-0000-4000-8000-000000000000"
COLLEAGUES = ("ada", "ben", "dora", "eve", "finn", "gina", "hugo", "ida", "jon", "kim", "lea", "max")


def offer(person: Person) -> dict[str, Any]:
    """An offer of the person to be a mentor."""
    made, _new = MentorOffer.objects.get_or_create(person=person, defaults={"about": ["innovation"]})
    return {"pk": made.pk}


def asked(person: Person) -> dict[str, Any]:
    """Somebody asks the person to be their mentor; there is room."""
    MentorOffer.objects.get_or_create(person=person, defaults={"about": ["innovation"], "capacity": 5})
    return {
        "pk": Mentorship.objects.create(learner=PersonFactory.create(), mentor=person, about="innovation").pk
    }


def asking(person: Person) -> dict[str, Any]:
    """The person asks somebody to be their mentor."""
    return {
        "pk": Mentorship.objects.create(learner=person, mentor=PersonFactory.create(), about="innovation").pk
    }


def agreed(person: Person) -> dict[str, Any]:
    """The person has a mentor."""
    made = Mentorship.objects.create(
        learner=person, mentor=PersonFactory.create(), about="innovation", state="agreed"
    )
    return {"pk": made.pk}


def ended(person: Person) -> dict[str, Any]:
    """The person had a mentor."""
    made = Mentorship.objects.create(
        learner=person, mentor=PersonFactory.create(), about="innovation", state="ended"
    )
    return {"pk": made.pk}


def wish(person: Person) -> dict[str, Any]:
    """The person looks for a mentor."""
    return {"pk": MentorWish.objects.get_or_create(owner=person, about="reliability")[0].pk}


def coaching(coach: Person, person: Person) -> None:
    """One coaches the other, by both people's yes."""
    GrantFactory.create(
        person=coach, role="coach", over="person", over_id=person.pk, proposed_by=person, confirmed_by=coach
    )


def coached(person: Person) -> dict[str, Any]:
    """Somebody whom the person coaches."""
    other = PersonFactory.create()
    coaching(person, other)
    return {"pk": other.pk}


def coach(person: Person) -> dict[str, Any]:
    """A coach of the person."""
    other = PersonFactory.create()
    coaching(other, person)
    return {"pk": other.pk}


def note(person: Person) -> dict[str, Any]:
    """A note of the person about somebody whom they coach, and who is shown a copy."""
    other, today = PersonFactory.create(), timezone.localdate()
    coaching(person, other)
    made = CoachNote.objects.create(owner=person, person=other, text=".", day=today)
    ShownNote.objects.create(owner=person, note=made, person=other, text=".", day=today)
    return {"pk": made.pk}


def plan(person: Person) -> dict[str, Any]:
    """A plan that was changed once."""
    before = {"start": "", "aim": "Before", "review_on": "", "years": {}}
    made, _new = Plan.objects.get_or_create(owner=person, defaults={"earlier": [before]})
    return {"pk": made.pk}


def leader(person: Person) -> dict[str, Any]:
    """A leader the person has had."""
    return {"pk": Leader.objects.create(owner=person, label=".", keep=["."]).pk}


def rows(row: Callable[..., Any]) -> dict[str, Any]:
    """The rows of the table; ``missing`` is the same address with a number that names nothing."""
    gone = {"pk": NOWHERE}
    shown, sent, own = "405 405 405", "in 422 422", "in 302 404"

    def acts(made: Callable[[Any], dict[str, Any]]) -> Any:
        return row("405 405 405", own, own=made, missing=gone)

    return {
        "growth/mentors/": row("in 200 200", shown),
        "growth/mentors/offer/": row("in 200 200", sent),
        "growth/mentors/wish/": row("in 200 200", sent),
        "growth/mentors/wish/<uuid:pk>/delete/": acts(wish),
        # An offer is read by every colleague; what is sent without a word comes back with what is wrong.
        "growth/mentors/<uuid:pk>/ask/": row(
            "in 200 404",
            "in 422 404",
            own=offer,
            missing=gone,
            roles=dict.fromkeys(COLLEAGUES, ("200", "422")),
        ),
        "growth/mentors/<uuid:pk>/withdraw/": acts(offer),
        "growth/mentorships/<uuid:pk>/agree/": acts(asked),
        "growth/mentorships/<uuid:pk>/decline/": acts(asked),
        "growth/mentorships/<uuid:pk>/take-back/": acts(asking),
        "growth/mentorships/<uuid:pk>/end/": acts(agreed),
        "growth/mentorships/<uuid:pk>/remove/": acts(ended),
        "growth/coach/": row("in 200 200", shown),
        "growth/coach/<uuid:pk>/": row("in 200 404", "in 422 404", own=coached, missing=gone),
        "growth/coach/<uuid:pk>/talk/": row("in 200 404", "in 302 404", own=coach, missing=gone),
        "growth/coach/notes/<uuid:pk>/": row("in 200 404", "in 422 404", own=note, missing=gone),
        "growth/coach/notes/<uuid:pk>/delete/": acts(note),
        "growth/coach/notes/<uuid:pk>/show/": acts(note),
        "growth/coach/notes/<uuid:pk>/hide/": acts(note),
        "growth/plan/": row("in 200 200", shown),
        "growth/plan/write/": row("in 200 200", sent),
        "growth/plan/<uuid:pk>/undo/": acts(plan),
        "growth/plan/<uuid:pk>/delete/": acts(plan),
        # Counts for people operations, who have shown a second factor.
        "growth/counts/": row(
            "in 404 404", "405 405 405", roles=dict.fromkeys(("ada", "finn"), ("200", "405"))
        ),
        "growth/leaders/": row("in 200 200", sent),
        "growth/leaders/<uuid:pk>/": row("in 200 404", "in 422 404", own=leader, missing=gone),
        "growth/leaders/<uuid:pk>/remove/": acts(leader),
        "growth/my-way/": row("in 200 200", "in 302 302"),
        "growth/my-way/rules/": row("405 405 405", "in 302 302"),
        "growth/my-way/preview/": row("in 200 200", shown),
        "growth/my-way/publish/": row("405 405 405", "in 302 302"),
        "growth/my-way/withdraw/": row("405 405 405", "in 302 302"),
        "growth/my-way/delete/": row("405 405 405", "in 302 302"),
    }
