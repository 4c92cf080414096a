"""What stands on the full page of each track beside its profile: talk about it, ask for it, settle first.

Authored here for rows 50-52, 185 and 188. On giving a goal up well: Wrosch et al. (2003),
doi:10.1177/0146167203256921; on trying a role before taking it: Ibarra (1999), doi:10.2307/2667055; on
two ladders beside each other: Allen & Katz (1986), doi:10.1111/j.1467-9310.1986.tb01171.x; on promoting
the best at the former job: Benson, Li & Shue (2019), doi:10.1093/qje/qjz022.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What people say about a track and what to answer, how to ask for it, what to settle before."""

    heard: tuple[tuple[str, str], ...]
    ask: tuple[str, ...]
    settle: tuple[str, ...]
    try_first: str


PAGES: Final[dict[str, Page]] = {
    "people_manager": Page(
        heard=(
            (
                "It is the natural next step.",
                "It is another job. What made you good at this one is a small part of it.",
            ),
            (
                "You will get used to the people side.",
                "Some do, with help and practice; ask who helps, and how.",
            ),
            ("If you do not take it, somebody worse will.", "That may be so, and it is no reason of yours."),
        ),
        ask=(
            "Say what you want to do for the people there, not what you have done well so far.",
            "Ask to lead two or three people, or an intern, for half a year before a whole team.",
            "Ask who prepares you for the talks you have never held, and from when on.",
        ),
        settle=(
            "How many people, and who they are",
            "What of your own work stays, and who takes over the rest",
            "Who teaches you, and how much time that gets",
            "What happens to your pay and your place if you give it back",
            "A day in six months on which both of you look at how it goes",
        ),
        try_first="Stand in for a manager on leave, or take over the weekly talks with one new colleague.",
    ),
    "individual_contributor_leader": Page(
        heard=(
            (
                "So you do not want responsibility?",
                "I do: for where a question goes, without having people report to me.",
            ),
            ("Nobody has to listen to you then.", "True. That they do anyway is the work."),
            (
                "Is that a real career here?",
                "Ask which level it reaches and who is on it; the answer tells you a lot.",
            ),
        ),
        ask=(
            "Name one question across teams that nobody carries, and offer to carry it.",
            "Say which decisions you want to prepare and which you want to make.",
            "Ask that it is announced: influence without a word from above costs twice the time.",
        ),
        settle=(
            "Which question or area is yours, and until when",
            "How much of your week it gets",
            "Whom you can win over, and who steps in when that fails",
            "How what you moved is noticed when it stands under others' names",
            "Which levels and pay this way leads to",
        ),
        try_first="Lead one cross-team decision from question to result, then look at which part "
        "of it you liked.",
    ),
    "owner": Page(
        heard=(
            (
                "A project lead is half a manager.",
                "It is a whole job: a result with a date, through people who report elsewhere.",
            ),
            (
                "And afterwards?",
                "The project ends and the role with it; that is agreed at the beginning, not at the end.",
            ),
        ),
        ask=(
            "Choose a result you would be proud of, and ask for that one.",
            "Say what you need to keep the promise: people, money, the right to decide.",
            "Ask who clears the way when another team does not deliver.",
        ),
        settle=(
            "What exactly is to be there, and on which day",
            "What you may decide alone, and what not",
            "Whose time you have, agreed with those whom they report to",
            "What you stop doing meanwhile",
            "Where you go when it is finished",
        ),
        try_first="Take a small result with a near date, such as one process that annoys everybody.",
    ),
    "expert": Page(
        heard=(
            (
                "You have stopped growing, then?",
                "I grow where I am: deeper. What I can do today I could not do two years ago.",
            ),
            (
                "Do you not want to lead?",
                "I am glad to teach and to advise. I do not want that to be most of my week.",
            ),
            ("It would be a pity about your talent.", "My talent is in use, every day. That is the point."),
        ),
        ask=(
            "Say it before you are asked: “I want to stay hands-on, and I want to be among the best at it.”",
            "Name the hardest work in your field that is waiting, and ask for it.",
            "Ask which levels and which pay this way has here; if there are none, say that this is missing.",
            (
                "Offer what you give beside it: showing newcomers, a second pair of eyes, an honest "
                "no to a bad plan."
            ),
        ),
        settle=(
            "That the answer “no, thank you” to a management role has no price later",
            "How you go on rising in pay and standing, and who judges your work",
            "Time to learn, with hours to it",
            "In which decisions of your field you are heard",
            "How often, and about what, you can be fetched out of your work",
        ),
        try_first="For a month, note which days you went home content. If they are the hands-on "
        "ones, you have your answer.",
    ),
    "stepping_back": Page(
        heard=(
            ("What went wrong?", "Nothing. I know both kinds of work now, and I know which one is mine."),
            (
                "Was it too much for you?",
                "I can do it. I would rather do the other, and I am better at that.",
            ),
            ("You are giving up what others fight for.", "Yes, and somebody who wants it can have it."),
            ("Will you not regret it?", "Perhaps. Then I can come back; what I have learned stays learned."),
        ),
        ask=(
            "Ask early, while it still goes well: then it is a choice, and everybody can see that.",
            (
                "Say where to, not only away from: “I want to go back to this work, and here is what "
                "I would do.”"
            ),
            "Offer a handover of some weeks, and name who could follow you.",
            "Say in one sentence why, the same to everybody, before others find their own words for it.",
            (
                "If you are told that nobody goes back here, ask whether that is a rule, who made "
                "it, and whom it has cost."
            ),
        ),
        settle=(
            "Which work, in which team, from which day",
            "Pay and title: what stays, what changes, and for how long it is guaranteed",
            "What you hand over, to whom, and when you stop being asked",
            "Who tells the team, when, and in which words",
            "Time to catch up with what has changed in the craft",
            "That the way to lead again stays open, and that this is written down",
        ),
        try_first="Take four weeks of hands-on work with a deputy in your place, and see which "
        "way you want to go on the last day.",
    ),
}
"""By track; staying hands-on and stepping back are as full as any other."""
