"""Skill gap or will gap: what a frustration rather is, technical and people apart (rows 71-73, 78, 79)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairlead.core.direction_answers import SkillSide, Taught
from fairlead.core.direction_reading import FrustrationReading, SkillSideReading
from fairlead.core.figures import Figure
from fairlead.core.phrases import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.direction_answers import Frustration
    from fairlead.core.scales import ScaleScore

SKILL_GAP: Final = "skill_gap"
WILL_GAP: Final = "will_gap"
NOT_YET_KNOWN: Final = "not_yet_known"

LIKE: Final = 4
"""From this answer on (1 to 5) one would like it with the tools."""

DISLIKE: Final = 2
"""Up to this answer one would not."""

SIDES: Final[dict[str, str]] = {
    SkillSide.TECHNICAL: "Technical knowledge and skill",
    SkillSide.PEOPLE: "People skill",
}

RULE: Final = (
    "A skill gap: it was not, or not fully, taught, or you do not know, and you would like it with the tools "
    "for it. A will gap: it was taught, and even with the tools you would not like it. Everything else is "
    "not yet known; the guess is then a skill gap, because tools can be tried, and only then is it known."
)


def read_frustration(said: Frustration) -> FrustrationReading:
    """Say whether a frustration is rather a gap of skill, a gap of will, or not yet known.

    Parameters
    ----------
    said
        What frustrates, whether it was ever taught, how one would like it with the tools (1 to 5).

    Returns
    -------
    FrustrationReading
        By ``RULE``. Not yet known carries the guess ``"skill_gap"`` and calls it a guess.

    Raises
    ------
    ValueError
        When an answer lies outside 1 to 5.

    Notes
    -----
    The counterfactual "with the tools for it" separates ability from motivation: performance takes
    both, and opportunity (Blumberg & Pringle 1982, doi:10.5465/amr.1982.4285240). It is the person's
    own forecast, and people foresee what they would feel only roughly (Wilson & Gilbert 2005,
    doi:10.1111/j.0963-7214.2005.00355.x); so the reading is a bet to be tried and no finding.

    Examples
    --------
    >>> from fairlead.core.direction_answers import Frustration
    >>> say = lambda taught, tools: read_frustration(Frustration(
    ...     what="Conflicts", side=SkillSide.PEOPLE, taught=taught, with_tools=tools)).reading
    >>> say(Taught.NO, 5), say(Taught.YES, 1), say(Taught.NO, 1)
    ('skill_gap', 'will_gap', 'not_yet_known')
    """
    for asked in (said.with_tools, said.bothers):
        if asked is not None and not 1 <= asked <= 5:
            raise ValueError(f"“{said.what}”: {asked} is not among 1 to 5.")
    reading, says = _reading(said.taught, said.with_tools)
    return FrustrationReading(
        what=said.what,
        side=str(said.side),
        about=said.about,
        taught=str(said.taught),
        with_tools=said.with_tools,
        bothers=said.bothers,
        reading=reading,
        guess=SKILL_GAP if reading == NOT_YET_KNOWN else "",
        says=says,
    )


def read_sides(
    frustrations: Sequence[Frustration], scores: Sequence[ScaleScore], on: str
) -> tuple[SkillSideReading, ...]:
    """Read technical skill and people skill side by side, never added up (row 72).

    Parameters
    ----------
    frustrations
        In the order in which they were said; readings keep it.
    scores
        Scales of the questionnaire ``two-sides``; a scale belongs to the side with whose name its ``about``
        begins, with or without ``"skill."`` before it (``"people"``, ``"skill.people_under_stress"``).
    on
        ISO date of the answers.

    Returns
    -------
    tuple of SkillSideReading
        Technical, then people; a side of which nothing was said is left out.
    """
    found = []
    for side in SkillSide:
        mine = [score for score in scores if _about(score).startswith(side)]
        told = [read_frustration(one) for one in frustrations if one.side == side]
        if mine or told:
            found.append(_side(side, mine, told, on))
    return tuple(found)


def beside(sides: Sequence[SkillSideReading]) -> str:
    """Set the two sides beside each other in one sentence; empty unless both have a score."""
    whole = {
        one.side: score
        for one in sides
        for score in one.scores
        if _about(score) == one.side and score.score is not None
    }
    technical, people = whole.get(SkillSide.TECHNICAL), whole.get(SkillSide.PEOPLE)
    if technical is None or people is None:
        return ""
    if (technical.low_option, technical.high_option) != (people.low_option, people.high_option):
        return ""
    higher, lower = technical, people
    if (people.score or 0.0) > (technical.score or 0.0):
        higher, lower = people, technical
    if higher.low is None or lower.high is None or higher.low <= lower.high:
        return "The intervals of the two sides meet: neither lies clearly above the other."
    name, other = (SIDES[_about(one)] for one in (higher, lower))
    return f"{name} lies clearly above {other[0].lower()}{other[1:]}, by your own answers."


def _about(score: ScaleScore) -> str:
    return score.about.removeprefix("skill.")


def _reading(taught: Taught, with_tools: int | None) -> tuple[str, str]:
    guess = "We guess a skill gap; it is a guess."
    if with_tools is None:
        return NOT_YET_KNOWN, f"You cannot say yet how you would like it with the tools for it. {guess}"
    if with_tools >= LIKE:
        if taught is Taught.YES:
            return NOT_YET_KNOWN, (
                "It was taught, and with the tools you would like it: it does not look like a lack of will, "
                f"and practice, time or support may be what is missing. {guess}"
            )
        why = {
            Taught.NO: "Nobody taught it",
            Taught.PARTLY: "It was taught in part",
            Taught.UNSURE: "You do not know whether it was ever taught",
        }[taught]
        return SKILL_GAP, f"{why}, and with the tools you would like it: rather a skill gap."
    if with_tools <= DISLIKE:
        if taught is Taught.YES:
            return WILL_GAP, (
                "It was taught, and even with the tools you would not like it: rather a will gap. That is no "
                "fault; other work may suit you better."
            )
        return NOT_YET_KNOWN, (
            "You think you would not like it, but you have not had the tools to find out. " + guess
        )
    return NOT_YET_KNOWN, f"With the tools you might like it or not. {guess}"


def _side(
    side: SkillSide, scores: Sequence[ScaleScore], told: Sequence[FrustrationReading], on: str
) -> SkillSideReading:
    def counted(name: str, n: int, formula: str) -> Figure:
        return Figure(
            name=f"{side}.{name}", value=float(n) if told else None, unit="count", n=len(told),
            n_of="frustrations", formula=formula, left_out=f"Frustrations of the other side than {side}.",
            as_of=on, too_little="" if told else "No frustration of this side was named.",
        )  # fmt: skip

    by_reading = {
        name: sum(one.reading == name for one in told) for name in (SKILL_GAP, WILL_GAP, NOT_YET_KNOWN)
    }
    untaught = sum(one.taught == Taught.NO for one in told)
    return SkillSideReading(
        side=str(side),
        label=SIDES[side],
        scores=tuple(scores),
        frustrations=tuple(told),
        skill_gap=counted(SKILL_GAP, by_reading[SKILL_GAP], f"Number read as skill gap. {RULE}"),
        will_gap=counted(WILL_GAP, by_reading[WILL_GAP], f"Number read as will gap. {RULE}"),
        not_yet_known=counted(NOT_YET_KNOWN, by_reading[NOT_YET_KNOWN], f"Number not yet known. {RULE}"),
        untaught=counted("untaught", untaught, "Number answered with “nobody taught it”."),
        says=_side_says(told, by_reading, untaught),
    )


def _side_says(told: Sequence[FrustrationReading], by_reading: dict[str, int], untaught: int) -> str:
    if not told:
        return "No frustration was named here."
    parts = [
        f"{count(by_reading[SKILL_GAP], 'skill gap')}",
        f"{count(by_reading[WILL_GAP], 'will gap')}",
        f"{by_reading[NOT_YET_KNOWN]} not yet known",
    ]
    of_them = "it" if len(told) == 1 else f"{untaught} of them"
    nobody = f" Nobody taught {of_them}." if untaught else ""
    return f"{count(len(told), 'frustration')}: {', '.join(parts)}.{nobody}"
