"""What the cast does in My direction, My growth and the handbook: staged by the rooms' own actions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from fairlead.core.direction_answers import Value
from fairlead.library import load
from fairlead.web.demo.clock import on
from fairlead.web.demo.directions import told
from fairlead.web.direction import actions as direction
from fairlead.web.direction import offer_actions
from fairlead.web.direction.models import Offer, OfferCheck, OfferPromise
from fairlead.web.growth import (
    actions,
    experiments,
    leader_actions,
    measuring,
    mentor_actions,
    philosophy_actions,
    plan_actions,
)
from fairlead.web.growth.models import Mentorship, Training
from fairlead.web.handbook import ideas, looking, stated, tips
from fairlead.web.handbook.stated import Entry
from fairlead.web.roster.models import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from fairlead.web.people.models import Person

STAGED: Final = frozenset({"star", "rut", "will_gap", "stepped_back", "informal", "people_lead"})
"""Who of the cast has something here."""


def stage(people: Mapping[str, Person], today: date) -> None:
    """Stage everything, oldest first."""
    _stated_values(people["people_lead"], today)
    for key in ("star", "rut", "will_gap", "stepped_back"):
        day = today - timedelta(days=12)
        answers = told(key, day.isoformat())
        if answers is not None:
            with on(day):
                direction.take_in(actor=people[key], answers=answers)
    _offer_to_the_star(people["star"], today)
    _back_to_the_bench(people["stepped_back"], today)
    _mentors(people, today)
    _one_skill(people["rut"], today)
    _own_way(people["stepped_back"], today)
    _handbook(people, today)


def _stated_values(lead: Person, today: date) -> None:
    entries = (
        Entry(
            name="True at sea",
            says="We say what a sensor can do, and what it cannot.",
            values=(Value.ACHIEVEMENT,),
        ),
        Entry(
            name="One crew",
            says="Nobody is left alone with a hard problem.",
            values=(Value.RELATIONSHIPS, Value.SUPPORT),
        ),
        Entry(
            name="Room to decide",
            says="Whoever knows a thing best decides it.",
            values=(Value.INDEPENDENCE,),
        ),
    )
    with on(today - timedelta(days=200)):
        stated.write(lead, entries=entries, source="Company handbook, page 3")
        stated.publish(lead)


def _offer_to_the_star(star: Person, today: date) -> None:
    """Three days ago; an answer is wanted in eleven, and it does not have to be given tomorrow."""
    came = today - timedelta(days=3)
    with on(came):
        offer = offer_actions.record(
            actor=star,
            title="Hardware Team Lead",
            from_whom="My director",
            came_on=came,
            answer_by=today + timedelta(days=11),
        )
        offer_actions.promise(
            actor=star,
            offer=offer,
            kind=OfferPromise.Kind.BENEFIT,
            texts=("A say in what we build", "More pay", "New people", "The next rung"),
        )
        offer_actions.promise(
            actor=star,
            offer=offer,
            kind=OfferPromise.Kind.BURDEN,
            texts=("Eight talks about pay a year", "Half of the week in meetings"),
        )


def _back_to_the_bench(person: Person, today: date) -> None:
    """Let a team be given back last winter, with what came of it after three and six months."""
    came = today - timedelta(days=310)
    with on(came):
        offer = offer_actions.record(
            actor=person, title="Back to the test bench", from_whom="I asked for it", came_on=came
        )
        offer_actions.promise(
            actor=person,
            offer=offer,
            kind=OfferPromise.Kind.BENEFIT,
            texts=("The bench again", "Time to show others how", "No loss of pay for a year"),
        )
        offer_actions.promise(
            actor=person, offer=offer, kind=OfferPromise.Kind.BURDEN, texts=("Less say in who joins",)
        )
    with on(came + timedelta(days=9)):
        offer_actions.decide(
            actor=person,
            offer=offer,
            decision=Offer.Decision.ACCEPTED,
            reasons="I was good at it and went home empty. I want to be good at what fills me.",
        )
    promises = [str(one.pk) for one in OfferPromise.objects.filter(offer=offer)]
    for check in OfferCheck.objects.filter(offer=offer, due_on__lt=today):
        with on(check.due_on + timedelta(days=1)):
            offer_actions.look_back(
                actor=person,
                check=check,
                came={pk: "partly" if place == 1 else "yes" for place, pk in enumerate(promises)},
                satisfaction=4 if check.months == 3 else 5,
                note="They still ask me. Now I can answer with my hands.",
            )


def _mentors(people: Mapping[str, Person], today: date) -> None:
    with on(today - timedelta(days=60)):
        mentor_actions.offer(
            people["informal"],
            about=["developing_people", "conflict_navigation"],
            says="I have no team and never had one. I can show how to be asked.",
            capacity=2,
            is_open=True,
        )
        found = mentor_actions.offer(
            people["stepped_back"],
            about=["developing_people", "people_under_stress"],
            says="What I learned from leading, and from giving it back.",
            capacity=3,
            is_open=True,
        )
    with on(today - timedelta(days=6)):
        mentor_actions.wish(
            people["will_gap"], about="people_under_stress", says="How did you say it to your boss?"
        )
        asked = mentor_actions.ask(
            people["will_gap"], found=found, about="people_under_stress", words="May I ask you how it went?"
        )
    if asked.state != Mentorship.State.ASKED:
        raise RuntimeError("The demo company's mentor was not asked.")


def _one_skill(rut: Person, today: date) -> None:
    """One skill with an experiment in its fifth week, two that wait, and what support there was."""
    begun = today - timedelta(days=33)
    with on(begun):
        skill = actions.want_skill(
            actor=rut, about="conflict_navigation", came_from="My direction: saying no to urgent requests"
        )
        actions.want_skill(actor=rut, about="developing_people", came_from="My role: the next step")
        actions.want_skill(actor=rut, about="risk_mitigation", came_from="Chosen")
        actions.take_up(actor=rut, skill=skill)
        asked = [one["id"] for one in measuring.questions_of(skill.about)]
        running = experiments.begin(
            actor=rut,
            skill=skill,
            weeks=6,
            values={name: float(2 + place % 2) for place, name in enumerate(asked)},
            satisfaction=2,
            by_mail=False,
        )
        three = [one.id for one in load.practices()[skill.about].practices]
        planned = [
            experiments.plan(
                actor=rut,
                experiment=running,
                practice=three[place % 3],
                day=begun + timedelta(days=days),
                at=None,
            )
            for place, days in enumerate((4, 11, 18, 25, 36))
        ]
    for one, note in zip(
        planned, ("Said it, and the sky stayed up.", "", "Too late in the day."), strict=False
    ):
        if one.planned_for is None:
            raise RuntimeError("A practice of the demo company has no day.")
        with on(one.planned_for):
            experiments.practise(actor=rut, practice=one, note=note)
    with on(today - timedelta(days=400)):
        actions.add_training(
            actor=rut,
            name="First weeks as a lead (half a day)",
            about="",
            kind=Training.Kind.TRAINING,
            state=Training.State.DONE,
            day=today - timedelta(days=400),
        )


def _own_way(person: Person, today: date) -> None:
    with on(today - timedelta(days=90)):
        leader_actions.add(
            person,
            label="The one who asked first",
            kind="good",
            keep=["Asks what I have tried before she says what she would do"],
            never=[],
        )
        leader_actions.add(
            person,
            label="The one with the red pen",
            kind="bad",
            keep=[],
            never=["Corrects in front of others"],
        )
        plan_actions.keep(
            person,
            start="Back at the bench since winter.",
            aim="To be whom one asks about faults, in two units.",
            review_on=today + timedelta(days=90),
            years={},
        )
    with on(today - timedelta(days=80)):
        draft = philosophy_actions.keep(
            person,
            text="I show how, once, and then I watch. I ask before I answer. A mistake is talked about by "
            "two people, and at a table.",
        )
        philosophy_actions.publish(person, seen=philosophy_actions.digest(draft.text))


def _handbook(people: Mapping[str, Person], today: date) -> None:
    with on(today - timedelta(days=40)):
        shown = tips.write(
            people["informal"],
            page="developing_people",
            text="Let them hold the screwdriver. Put your hands behind your back and count to thirty.",
            name_shown=True,
        )
        tips.publish(people["people_lead"], tip=shown, read=looking.digest(shown.text))
        idea = ideas.share(
            people["informal"],
            title="An open hour on Fridays",
            text="Every Friday at ten somebody from Field Service sits at a table, and whoever has a "
            "question comes.",
            effect="Four faults fewer were sent back in the first month.",
            for_units=list(Unit.objects.filter(name__in=("Customer Care", "Manufacturing"))),
        )
    with on(today - timedelta(days=20)):
        ideas.answer(
            people["stepped_back"],
            idea=idea,
            text="We sit there on Thursdays now. Two came the first time, nine the third.",
            tried="worked",
        )
    with on(today - timedelta(days=2)):
        tips.write(
            people["stepped_back"],
            page="stepping_back",
            text="Say what you want to go to, not what you want to get away from.",
            name_shown=True,
        )
