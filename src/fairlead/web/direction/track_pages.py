"""What stands on the full page of each track beside its profile: talk about it, ask for it, settle first.

Authored here for rows 50-52, 185 and 188. On giving a goal up well: Wrosch et al. (2003),
doi:10.1177/0146167203256921; on trying a role before taking it: Ibarra (1999), doi:10.2307/2667055; on
two ladders beside each other: Allen & Katz (1986), doi:10.1111/j.1467-9310.1986.tb01171.x; on promoting
the best at the former job: Benson, Li & Shue (2019), doi:10.1093/qje/qjz022.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_noop as _

from fairlead.web import asked_in


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
                _("It is the natural next step."),
                _("It is another job. What made you good at this one is a small part of it."),
            ),
            (
                _("You will get used to the people side."),
                _("Some do, with help and practice; ask who helps, and how."),
            ),
            (
                _("If you do not take it, somebody worse will."),
                _("That may be so, and it is no reason of yours."),
            ),
        ),
        ask=(
            _("Say what you want to do for the people there, not what you have done well so far."),
            _("Ask to lead two or three people, or an intern, for half a year before a whole team."),
            _("Ask who prepares you for the talks you have never held, and from when on."),
        ),
        settle=(
            _("How many people, and who they are"),
            _("What of your own work stays, and who takes over the rest"),
            _("Who teaches you, and how much time that gets"),
            _("What happens to your pay and your place if you give it back"),
            _("A day in six months on which both of you look at how it goes"),
        ),
        try_first=_("Stand in for a manager on leave, or take over the weekly talks with one new colleague."),
    ),
    "individual_contributor_leader": Page(
        heard=(
            (
                _("So you do not want responsibility?"),
                _("I do: for where a question goes, without having people report to me."),
            ),
            (_("Nobody has to listen to you then."), _("True. That they do anyway is the work.")),
            (
                _("Is that a real career here?"),
                _("Ask which level it reaches and who is on it; the answer tells you a lot."),
            ),
        ),
        ask=(
            _("Name one question across teams that nobody carries, and offer to carry it."),
            _("Say which decisions you want to prepare and which you want to make."),
            _("Ask that it is announced: influence without a word from above costs twice the time."),
        ),
        settle=(
            _("Which question or area is yours, and until when"),
            _("How much of your week it gets"),
            _("Whom you can win over, and who steps in when that fails"),
            _("How what you moved is noticed when it stands under others' names"),
            _("Which levels and pay this way leads to"),
        ),
        try_first=_(
            "Lead one cross-team decision from question to result, then look at which part of it you liked."
        ),
    ),
    "owner": Page(
        heard=(
            (
                _("A project lead is half a manager."),
                _("It is a whole job: a result with a date, through people who report elsewhere."),
            ),
            (
                _("And afterwards?"),
                _("The project ends and the role with it; that is agreed at the beginning, not at the end."),
            ),
        ),
        ask=(
            _("Choose a result you would be proud of, and ask for that one."),
            _("Say what you need to keep the promise: people, money, the right to decide."),
            _("Ask who clears the way when another team does not deliver."),
        ),
        settle=(
            _("What exactly is to be there, and on which day"),
            _("What you may decide alone, and what not"),
            _("Whose time you have, agreed with those whom they report to"),
            _("What you stop doing meanwhile"),
            _("Where you go when it is finished"),
        ),
        try_first=_("Take a small result with a near date, such as one process that annoys everybody."),
    ),
    "expert": Page(
        heard=(
            (
                _("You have stopped growing, then?"),
                _("I grow where I am: deeper. What I can do today I could not do two years ago."),
            ),
            (
                _("Do you not want to lead?"),
                _("I am glad to teach and to advise. I do not want that to be most of my week."),
            ),
            (
                _("It would be a pity about your talent."),
                _("My talent is in use, every day. That is the point."),
            ),
        ),
        ask=(
            _(
                "Say it before you are asked: “I want to stay hands-on, and I want to be among the best at "
                "it.”"
            ),
            _("Name the hardest work in your field that is waiting, and ask for it."),
            _(
                "Ask which levels and which pay this way has here; if there are none, say that this is "
                "missing."
            ),
            (
                _(
                    "Offer what you give beside it: showing newcomers, a second pair of eyes, an honest "
                    "no to a bad plan."
                )
            ),
        ),
        settle=(
            _("That the answer “no, thank you” to a management role has no price later"),
            _("How you go on rising in pay and standing, and who judges your work"),
            _("Time to learn, with hours to it"),
            _("In which decisions of your field you are heard"),
            _("How often, and about what, you can be fetched out of your work"),
        ),
        try_first=_(
            "For a month, note which days you went home content. If they are the hands-on "
            "ones, you have your answer."
        ),
    ),
    "stepping_back": Page(
        heard=(
            (
                _("What went wrong?"),
                _("Nothing. I know both kinds of work now, and I know which one is mine."),
            ),
            (
                _("Was it too much for you?"),
                _("I can do it. I would rather do the other, and I am better at that."),
            ),
            (_("You are giving up what others fight for."), _("Yes, and somebody who wants it can have it.")),
            (
                _("Will you not regret it?"),
                _("Perhaps. Then I can come back; what I have learned stays learned."),
            ),
        ),
        ask=(
            _("Ask early, while it still goes well: then it is a choice, and everybody can see that."),
            (
                _(
                    "Say where to, not only away from: “I want to go back to this work, and here is what "
                    "I would do.”"
                )
            ),
            _("Offer a handover of some weeks, and name who could follow you."),
            _("Say in one sentence why, the same to everybody, before others find their own words for it."),
            (
                _(
                    "If you are told that nobody goes back here, ask whether that is a rule, who made "
                    "it, and whom it has cost."
                )
            ),
        ),
        settle=(
            _("Which work, in which team, from which day"),
            _("Pay and title: what stays, what changes, and for how long it is guaranteed"),
            _("What you hand over, to whom, and when you stop being asked"),
            _("Who tells the team, when, and in which words"),
            _("Time to catch up with what has changed in the craft"),
            _("That the way to lead again stays open, and that this is written down"),
        ),
        try_first=_(
            "Take four weeks of hands-on work with a deputy in your place, and see which "
            "way you want to go on the last day."
        ),
    ),
}
"""By track; staying hands-on and stepping back are as full as any other."""


def page(track: str) -> Page:
    """Give the page of a track in the language of the page that shows it."""
    found = PAGES[track]
    return Page(
        heard=tuple((asked_in.said(says), asked_in.said(answer)) for says, answer in found.heard),
        ask=tuple(map(asked_in.said, found.ask)),
        settle=tuple(map(asked_in.said, found.settle)),
        try_first=asked_in.said(found.try_first),
    )
