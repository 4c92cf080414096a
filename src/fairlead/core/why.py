"""Why somebody works, what the next level would bring, what one is drawn to (rows 1, 2, 14, 54-69, 117)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairlead.core.direction_answers import Bearing, Encourager, Facet, Need, Push, Reason, Sign
from fairlead.core.direction_reading import NextLevelReading, PassionReading, WhyReading
from fairlead.core.figures import Figure
from fairlead.core.phrases import count

if TYPE_CHECKING:
    from fairlead.core.direction_answers import NextLevel, Passion, WhyIWork

LABELS: Final[dict[str, str]] = {
    Reason.MONEY: "Money",
    Reason.BILLS: "Bills to pay",
    Reason.PRESTIGE: "Prestige",
    Reason.INTEREST: "Real interest",
    Reason.PEOPLE: "The people",
    Reason.CONTRIBUTION: "What it contributes",
    Reason.SECURITY: "Security",
    Reason.HABIT: "Habit",
}

ENCOURAGERS: Final[dict[str, str]] = {
    Encourager.MANAGER: "your manager",
    Encourager.SENIOR_LEADERS: "senior leaders",
    Encourager.PEOPLE_OPERATIONS: "people operations",
    Encourager.MENTOR: "a mentor",
    Encourager.COLLEAGUES: "colleagues",
    Encourager.FAMILY: "family",
    Encourager.NOBODY: "nobody",
}

PUSHES: Final[dict[str, str]] = {
    Push.OWN: "The wish to move up is your own.",
    Push.SUPPOSED: "You want to move up because it is what one does next.",
    Push.PUSHED: "Others push you up.",
    Push.NO_WISH: "You do not wish to move up; that is a full answer.",
}

NEEDS: Final[dict[str, str]] = {
    Need.OWN: "A next step would serve your own wish.",
    Need.ORGANIZATION: "A next step would serve the organization's need.",
    Need.BOTH: "A next step would serve you and the organization.",
    Need.UNSURE: "Whom a next step would serve is open.",
}

FACETS: Final[dict[str, str]] = {
    Facet.WORK: "a type of work",
    Facet.THOUGHT: "a way of thinking",
    Facet.EXPERIENCE: "an experience",
}

SIGNS: Final[dict[str, str]] = {
    Sign.LEARNING: "learning",
    Sign.THINKING: "thinking",
    Sign.BUILDING: "building",
}


def read_why(said: WhyIWork, on: str) -> WhyReading:
    """Say back why somebody works and where the wish to move up came from.

    Parameters
    ----------
    said
        The answers; texts are the person's own and are not read by the machine.
    on
        ISO date of the answers.

    Raises
    ------
    ValueError
        When encouragement or journey lie outside 1 to 5, or levels are negative.

    Examples
    --------
    >>> from fairlead.core.direction_answers import WhyIWork
    >>> read_why(WhyIWork(push=Push.NO_WISH), "2026-11-23").says
    ('You do not wish to move up; that is a full answer.',)
    """
    if said.levels_reached is not None and said.levels_reached < 0:
        raise ValueError(f"{said.levels_reached} levels cannot be: count from 0.")
    says = []
    if said.push is not None:
        says.append(PUSHES[said.push])
    if said.need is not None:
        says.append(NEEDS[said.need])
    if said.encouraged_by:
        who = ", ".join(ENCOURAGERS[one] for one in said.encouraged_by)
        says.append(f"Who encourages you to move up: {who}.")
    if said.main_reason is not None:
        says.append(f"Your main reason to work here: {LABELS[said.main_reason].lower()}.")
    return WhyReading(
        reasons=tuple(str(one) for one in said.reasons),
        main_reason=str(said.main_reason or ""),
        push=str(said.push or ""),
        need=str(said.need or ""),
        encouraged_by=tuple(str(one) for one in said.encouraged_by),
        encouragement=one_answer(
            "encouragement", said.encouragement, "How strongly others encourage you: 1 hardly, 5 pushed.", on
        ),
        journey=one_answer(
            "journey", said.journey, "Is the journey worth it: 1 not worth it, 5 for its own sake.", on
        ),
        has_success=bool(said.success.strip()),
        says=tuple(says),
    )


def read_next_level(said: NextLevel, on: str) -> NextLevelReading:
    """Say back how one would take the next level (rows 14, 62, 63).

    Raises
    ------
    ValueError
        When "would I want this life?" lies outside 1 to 5.

    Notes
    -----
    Realistic previews go with fewer early departures and expectations nearer to what comes (Phillips
    1998, doi:10.5465/256964).
    """
    by_bearing = {
        bearing: tuple(burden for burden, taken in said.burdens if taken is bearing) for bearing in Bearing
    }
    refused = len(by_bearing[Bearing.NOT_FOR_ME])
    says = f"{refused} of {count(len(said.burdens), 'burden')} you would not want to carry."
    return NextLevelReading(
        role=said.role,
        fine=by_bearing[Bearing.FINE],
        bearable=by_bearing[Bearing.BEARABLE],
        not_for_me=by_bearing[Bearing.NOT_FOR_ME],
        would_want=one_answer("would_want", said.would_want, "Would I want this life: 1 no, 5 yes.", on),
        heard=bool(said.heard.strip()),
        why_written=bool(said.why.strip()),
        says=says if said.burdens else "No burden was looked at yet.",
    )


def read_passion(said: Passion) -> PassionReading:
    """Say what a passion is about and which of its three signs are there (rows 124, 125).

    Examples
    --------
    >>> from fairlead.core.direction_answers import Passion
    >>> read_passion(Passion(what="Sailing boats", facets=(Facet.WORK,), signs=(Sign.BUILDING,))).says
    'It is a type of work. You spend time on it unasked by building.'
    """
    facets = " and ".join(FACETS[one] for one in Facet if one in said.facets)
    signs = ", ".join(SIGNS[one] for one in Sign if one in said.signs)
    about = f"It is {facets}." if facets else "What it is about was not said."
    unasked = f"You spend time on it unasked by {signs}." if signs else "None of its signs was named yet."
    return PassionReading(
        what=said.what,
        facets=tuple(str(one) for one in said.facets),
        signs=tuple(str(one) for one in said.signs),
        learn=said.learn,
        says=f"{about} {unasked}",
    )


def one_answer(name: str, said: int | None, formula: str, on: str) -> Figure:
    """Hand on one answer from 1 to 5 as a figure; ``ValueError`` outside."""
    if said is not None and not 1 <= said <= 5:
        raise ValueError(f"{name.replace('_', ' ').capitalize()}: {said} is not among 1 to 5.")
    return Figure(
        name=name, value=None if said is None else float(said), unit="points", n=int(said is not None),
        n_of="answers", formula=formula, as_of=on, too_little="" if said is not None else "Not answered.",
    )  # fmt: skip
