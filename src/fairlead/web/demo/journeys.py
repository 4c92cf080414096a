"""What the cast wrote down in My journey: strong evidence that others saw, and much said with little seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from fairlead.web.demo.clock import on
from fairlead.web.journey import (
    actions,
    advocate_actions,
    later_actions,
    snapshots,
    summarizing,
    summary_actions,
    witness_actions,
)
from fairlead.web.journey.models import AimedRole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairlead.web.people.models import Person

STAGED: Final = frozenset({"star", "management_gap", "stepped_back", "informal", "rut"})
"""Who of the cast has something here, or is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing that was written down, how many days ago it was, and who confirmed it."""

    days: int
    what: str
    otherwise: str = ""
    result: str = ""
    seen_by: str = ""
    criteria: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    origin: str = "noted"
    saw: tuple[str, ...] = ()
    thanks: str = ""
    thanks_from: str = ""


STAR: Final = (
    Told(
        days=331,
        what="Rebuilt the salt-water test so that a board fails on the bench and not at sea.",
        otherwise="The next two series would have gone out with the same seal.",
        result="Returns for water in the housing went from 14 to 2 in the half year after.",
        seen_by="The test bench, and Field Service who had the returns",
        criteria=("own_work", "risk_mitigation"),
        signals=("mastery",),
        saw=("stepped_back",),
    ),
    Told(
        days=250,
        what="Wrote down how we choose sensors, in two pages, and asked three people to use them without me.",
        otherwise="Each choice would have waited for me again.",
        result="Four choices were made without me; one of them better than I would have.",
        criteria=("developing_people", "keeping_up"),
        signals=("mastery",),
        saw=("stepped_back",),
    ),
    Told(
        days=171,
        what="Told Manufacturing a month early that the new connector would stop the line, with a way round.",
        otherwise="They would have found out with the first pallet.",
        result="The line changed over on the planned day.",
        seen_by="The plant, and my lead",
        criteria=("risk_mitigation", "strategic_influence"),
        signals=("beyond", "across"),
        saw=("rut",),
    ),
    Told(
        days=96,
        what="Sat with Field Service for two days and changed the board so that fuses change on deck.",
        otherwise="Nobody from Engineering had been on a boat for a year.",
        result="Two visits a month fewer.",
        seen_by="The service engineers on that boat",
        criteria=("innovation", "own_work"),
        signals=("across",),
        saw=("informal",),
    ),
    Told(
        days=40,
        what="Promised the sensor drivers for the first of the month, and said on the tenth that it would be "
        "the eighth.",
        result="They came on the eighth. Nobody waited who did not know.",
        criteria=("reliability",),
        saw=("rut",),
    ),
    Told(
        days=23,
        what="Went through fault finding with the trainee, who then found the next one alone.",
        criteria=("developing_people",),
        origin="thanks",
        thanks="I would still be measuring at the wrong end. Now I know why.",
        thanks_from="Our trainee",
    ),
    Told(days=3, what="Said no to a shortcut in the power supply, with the numbers.", origin="friday"),
)

CONFIDENT: Final = (
    Told(
        days=120,
        what="Set the vision for the whole product line.",
        criteria=("vision_translation",),
    ),
    Told(
        days=74,
        what="Inspired everybody at the town hall.",
        result="People talked about it for days.",
        criteria=("vision_translation", "culture_shaping"),
    ),
    Told(days=20, what="Drove the partner strategy.", criteria=("strategic_influence",)),
)


def stage(people: Mapping[str, Person], today: date) -> None:
    """Stage everything, oldest first."""
    star = people["star"]
    for told in STAR:
        _write(star, told, people, today)
    _waiting_question(star, people["informal"], today)
    _summaries(star, today)
    _case_for(star, people["rut"], today)
    for told in CONFIDENT:
        _write(people["management_gap"], told, people, today)


def _write(owner: Person, told: Told, people: Mapping[str, Person], today: date) -> None:
    day = today - timedelta(days=told.days)
    with on(day):
        made = actions.add(
            actor=owner,
            what=told.what,
            otherwise=told.otherwise,
            result=told.result,
            seen_by=told.seen_by,
            criteria=list(told.criteria),
            signals=list(told.signals),
            links=list(told.links),
            origin=told.origin,
            thanks=told.thanks,
            thanks_from=told.thanks_from,
            day=day,
        )
    for key in told.saw:
        with on(day + timedelta(days=2)):
            shown = snapshots.shown(made)
            asked = witness_actions.ask(actor=owner, entry=made, witness=people[key], seen=shown)
        with on(day + timedelta(days=4)):
            witness_actions.confirm(actor=people[key], found=asked, seen=shown)


def _waiting_question(star: Person, witness: Person, today: date) -> None:
    """Let one question wait, so that a witness has something to answer."""
    with on(today - timedelta(days=9)):
        made = actions.add(
            actor=star,
            what="Changed the deck plug with Field Service, so that a glove fits.",
            otherwise="It would have been the old plug for two more years.",
            criteria=["innovation"],
            signals=["across"],
            day=today - timedelta(days=9),
        )
    with on(today - timedelta(days=1)):
        witness_actions.ask(actor=star, entry=made, witness=witness, seen=snapshots.shown(made))


def _summaries(star: Person, today: date) -> None:
    """Draft the quarter before this one, and change it once."""
    this_year, this_quarter = summarizing.quarter_of(today)
    before = summarizing.bounds(this_year, this_quarter)[0] - timedelta(days=1)
    year, quarter = summarizing.quarter_of(before)
    with on(before + timedelta(days=2)):
        made = summary_actions.begin(actor=star, year=year, quarter=quarter)
    with on(before + timedelta(days=3)):
        now = made.versions[-1]
        content = now["content"] | {
            "opening": "A quarter between two desks: the bench, and those who use what leaves it.",
            "closing": "One other person decides about sensors from the beginning.",
        }
        summary_actions.edit(actor=star, summary=made, content=content, seen=now["number"])


def _case_for(star: Person, lead: Person, today: date) -> None:
    """Ask the lead openly; note a role that would have to be created."""
    with on(today - timedelta(days=30)):
        asked = advocate_actions.ask(
            actor=star,
            advocate=lead,
            aim="Senior lead without reports, for sensors",
            words="I want the reach, and not the team. Would you speak for that?",
        )
        later_actions.add_aim(
            actor=star,
            title="Senior lead without reports, sensors",
            exists=AimedRole.Exists.TO_BE_CREATED,
            headcount=AimedRole.Known.ASKED,
            budget=AimedRole.Known.NOT_ASKED,
            planned_on=today + timedelta(days=70),
            who_decides="The director, with the plan for next year",
            notes="Two other companies on the coast have it.",
        )
    with on(today - timedelta(days=26)):
        advocate_actions.answer(
            actor=lead,
            found=asked,
            says_yes=False,
            words="Not yet. Show me one thing that two other teams built on; then yes.",
        )
