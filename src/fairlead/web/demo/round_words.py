"""What candidates and raters of the demo company write: about each one's own work, criterion by criterion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

WORKS: Final = (
    "the echo sounder for ferries",
    "the move of the test bench",
    "the new housing of the depth gauge",
    "the second supplier for seals",
    "version 4 of the bridge display",
    "the calibration service in the harbour",
    "the list of spare parts",
    "the approval by the classification society",
    "the cable check on the tugs",
    "the water in the sensors of the trawlers",
    "the new welding cell",
    "the training for ship crews",
    "the change of the order system",
    "the field test in the fjords",
    "the noise in the sonar channel",
    "the returns from the shipyard",
)
"""Pieces of work; each candidate has two of them, and no two have the same for one criterion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What a criterion looks like: told by the candidate, and said by raters after what it rests on."""

    told: str
    otherwise: str
    seen: str
    artefact: str
    heard: str


DEEDS: Final = {
    "resource_allocation": Deed(
        told="For {work} I split the week among four people on Monday, and told sales which two "
        "requests wait.",
        otherwise="Both requests would have been begun, and neither finished before the ship left.",
        seen="On three Mondays I watched how the week for {work} was split; each person wrote down "
        "their part.",
        artefact="The weekly plan for {work} names four people and two things that were turned down.",
        heard="Sales told me that they were refused in April because of {work}, with the reason and a "
        "later date.",
    ),
    "process_implementation": Deed(
        told="I wrote down the steps of {work} on two pages and let a newcomer follow them; she stuck "
        "at step 6.",
        otherwise="The next person would have had to ask the three of us who did it the first time.",
        seen="I stood beside the newcomer who followed the two pages on {work}; step 6 was rewritten "
        "that day.",
        artefact="The two pages on {work} carry four corrections, each with the name of who stumbled.",
        heard="A newcomer told me that she did her part of {work} from the written steps.",
    ),
    "performance_monitoring": Deed(
        told="Each Friday we laid the plan of {work} beside what was done; in May I asked about a "
        "slip that day.",
        otherwise="The slip would have come out at the delivery, four weeks later.",
        seen="In the Friday round on {work} the late part was named first, and it was asked what was "
        "missing.",
        artefact="The list of {work} shows planned and done for eleven weeks; one week is empty.",
        heard="The planner told me that the slip in {work} reached her in the same week.",
    ),
    "risk_mitigation": Deed(
        told="Before {work} began I asked what could go wrong, and ordered a second pump for the "
        "likeliest case.",
        otherwise="When the first pump failed in June we would have stood still for nine days.",
        seen="I was there when the team wrote its fears about {work} on the wall and chose two to "
        "prepare for.",
        artefact="The order for the second pump is dated two months before {work} needed it.",
        heard="Purchasing told me that somebody had thought of the pump for {work} before it failed.",
    ),
    "continuous_improvement": Deed(
        told="In {work} we typed each value twice. We changed that in March and counted the errors "
        "four weeks on.",
        otherwise="Everybody grumbled about it since the autumn, and nobody had taken it up.",
        seen="I saw the count of typing errors in {work} before and after: 14 and 3.",
        artefact="The form used in {work} has one field fewer; the note beside it says what was counted.",
        heard="A colleague told me that the double typing in {work} is gone, and that it was asked "
        "whether it helps.",
    ),
    "reliability": Deed(
        told="I asked those who do {work} before I named the 14th of March, and told the yard early "
        "of two days more.",
        otherwise="The yard would have kept the crane for nothing.",
        seen="I was at the table when the date for {work} was named, and again when it was met two "
        "days late.",
        artefact="The mail to the yard about {work} was written nine days before the date, not after it.",
        heard="The yard told me that they learned of the two days for {work} in time to move the crane.",
    ),
    "vision_translation": Deed(
        told="I drew on one page what {work} is for, and went through it with each person and their "
        "own task.",
        otherwise="Small questions would have come to me, as they did the year before.",
        seen="Somebody of the team answered a customer's question about {work} alone, and pointed at "
        "the page.",
        artefact="The page on what {work} is for has three objections in the margin, two of them taken up.",
        heard="Two people told me, in their own words, what {work} is for.",
    ),
    "conflict_navigation": Deed(
        told="Two colleagues disagreed about {work}. I brought both to one table that week and wrote "
        "down the outcome.",
        otherwise="Both drawings would have been worked on side by side until the summer.",
        seen="I sat at that table: both sides of {work} were heard, and the point on which they "
        "differ was named.",
        artefact="The note on the disagreement about {work} has both views, one decision and two signatures.",
        heard="One of the two told me that the quarrel about {work} ended that week, and that she was heard.",
    ),
    "strategic_influence": Deed(
        told="I showed the service department what they gain by {work}, and got three days of their "
        "bench for it.",
        otherwise="We would have waited for our own bench until the autumn.",
        seen="I watched the service department being shown their own figures on {work}; they offered "
        "the days.",
        artefact="The agreement on the bench for {work} says what both sides get.",
        heard="The head of service told me that he agreed to {work} because of what was shown, not "
        "because he had to.",
    ),
    "culture_shaping": Deed(
        told="In {work} I had read a drawing wrongly. I said so in the morning round, and thanked who "
        "had found it.",
        otherwise="Who found it would have thought twice about the next time.",
        seen="I was in the morning round when the own mistake in {work} was told, with what it had cost.",
        artefact="The list of what went wrong in {work} begins with an entry in the own name.",
        heard="A newcomer told me that she reported a fault in {work} since others did so before her.",
    ),
    "developing_people": Deed(
        told="I handed the measuring for {work} to a colleague, sat beside her twice, and she "
        "presented the result.",
        otherwise="I would still be the only one who can do it.",
        seen="The colleague presented the measurements of {work}; the one who taught her sat at the back.",
        artefact="The log of {work} has two handwritings, and from May on only the colleague's.",
        heard="The colleague told me who taught her to measure for {work}, and what she does alone now.",
    ),
    "innovation": Deed(
        told="We tried a printed bracket in {work}, in ten pieces and until the end of May; then we "
        "stopped it.",
        otherwise="It would have been talked about for another year.",
        seen="I saw the ten brackets for {work} on the shaker, and heard the plain report that they broke.",
        artefact="The report on the brackets for {work} says on one page what was tried and why it ended.",
        heard="The workshop told me that the trial in {work} had an end date, and that it was kept.",
    ),
    "own_work": Deed(
        told="I took the soldering of the old boards for {work}, which nobody wanted, and closed 23 "
        "of 31 of them.",
        otherwise="The boards would have been sent away, for the price of a new set.",
        seen="I saw the boards for {work} being soldered two evenings in a row.",
        artefact="Of 31 boards for {work} 23 carry the same initials.",
        heard="The test bench told me who did the boards for {work}.",
    ),
    "keeping_up": Deed(
        told="I read the new rule on salt spray for {work}, and explained it to the team in half an hour.",
        otherwise="We would have tested by the old rule and done it twice.",
        seen="I was in the half hour on the new rule; the questions about {work} were answered by the "
        "next day.",
        artefact="The summary of the new rule for {work} is one page, with the places where it bites.",
        heard="A colleague told me whom she asks when she meets the new rule in {work}.",
    ),
}  # fmt: skip
"""One deed for each criterion of the levels that the demo's openings ask."""

AFTER: Final = (
    ("It was once, and with much help.", "I looked for a second time and found none."),
    ("That is what this level asks, in the own team.", "It held for this one piece of work."),
    ("It was done again since, without being asked.", "Others work in that way now."),
)
"""What a rater adds where the score is low, in the middle, high."""

ARGUMENTS: Final = (
    "{First} and {second} were mine from the first talk on. Others work by what I wrote down.",
    "I took on {first} when nobody had it. What I learned I used in {second}, with two newcomers.",
    "What the level asks I do already in {first}. {Second} shows where I need help, and I say so.",
    "Three people can tell how {first} went. In {second} I led without doing all of it myself.",
)

GAINS: Final = (
    "Whoever works on {first} knows on Monday what is theirs, and two more people can find a fault.",
    "Questions about {first} are answered in the team; today they wait for one person.",
    "{First} gets one person to ask. The morning round becomes shorter, since less is explained twice.",
    "Two colleagues want to learn what {second} needs. There would be time set aside for it.",
)

NEXT: Final = (
    "Leads {second} from the first talk on, and looks at it with the manager in spring.",
    "Hands {first} on to a colleague step by step; every second week the manager asks how it goes.",
    "Brings the next disagreement about {second} to one table, with the manager in the room and silent.",
    "Writes down how {first} is done, and lets a newcomer try it before the next round.",
)


WELL: Final = (
    "{First} and {second} show what the level describes: the dates that were named were kept, and others can "
    "say who saw to it."
)
NOT_YET: Final = (
    "{First} is strong in the work held now. Of what is new at this level {second} is one piece of evidence, "
    "and the committee looked for more than one."
)


def works_of(number: int) -> tuple[str, str]:
    """Give the two pieces of work of a candidate."""
    return WORKS[number % len(WORKS)], WORKS[(number + len(WORKS) // 2) % len(WORKS)]


def about(text: str, number: int) -> str:
    """Put a candidate's two pieces of work into a sentence."""
    first, second = works_of(number)
    return text.format(first=first, second=second, First=_upper(first), Second=_upper(second))


def deed(criterion: str, number: int, at: int) -> Deed:
    """Give what a candidate did for a criterion, the ``at``-th that is asked."""
    work, one = works_of(number)[at % 2], DEEDS[criterion]
    return Deed(
        told=one.told.format(work=work),
        otherwise=one.otherwise,
        seen=one.seen.format(work=work),
        artefact=one.artefact.format(work=work),
        heard=one.heard.format(work=work),
    )


def said(of: Deed, rests_on: str, score: int, turn: int) -> str:
    """Give a rater's sentence: what it rests on, and what follows from the score."""
    ends = AFTER[0 if score < 3 else 1 if score == 3 else 2]
    return f"{getattr(of, rests_on)} {ends[turn % 2]}"


def _upper(words: str) -> str:
    return words[0].upper() + words[1:]
