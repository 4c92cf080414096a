"""What four people of the cast say about their direction: each story once more, in their own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairlead.core import value_sets
from fairlead.core.direction_answers import (
    Bearing,
    DirectionAnswers,
    Encourager,
    Facet,
    Frustration,
    Motive,
    Motives,
    Need,
    NextLevel,
    OwnReason,
    OwnTrack,
    Passion,
    Push,
    Reason,
    Sign,
    SkillSide,
    Strength,
    TaskEnergy,
    Taught,
    TrackAnswers,
    Value,
    ValueChoice,
    Values,
    WhyIWork,
)
from fairlead.core.tracks import TRACK_ORDER
from fairlead.library import load

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ACHIEVEMENT, INDEPENDENCE, RECOGNITION = Value.ACHIEVEMENT, Value.INDEPENDENCE, Value.RECOGNITION
RELATIONSHIPS, SUPPORT, CONDITIONS = Value.RELATIONSHIPS, Value.SUPPORT, Value.WORKING_CONDITIONS

REWARDED: Final = (RECOGNITION, CONDITIONS, ACHIEVEMENT, SUPPORT, RELATIONSHIPS, INDEPENDENCE)
"""What daily practice at Tidewater rewards in the eyes of those who were asked, most first."""


def told(member: str, day: str) -> DirectionAnswers | None:
    """Give what a member of the cast says; nothing for those who have not been in that room."""
    made = STORIES.get(member)
    return None if made is None else made(day)


def _values(*mine: Value) -> Values:
    return Values(mine=_choices(mine), practice=_choices(REWARDED))


def _choices(order: Sequence[Value]) -> tuple[ValueChoice, ...]:
    """Answer every set by one order, most first."""
    found = []
    for shown in value_sets.designs():
        ranked = sorted(shown, key=order.index)
        found.append(ValueChoice(shown=shown, most=ranked[0], least=ranked[-1]))
    return tuple(found)


def _energy(said: Mapping[str, tuple[int, float, float]]) -> tuple[TaskEnergy, ...]:
    """Task to effect, hours a week spent and wanted."""
    return tuple(
        TaskEnergy(task=task, effect=effect, hours_spent=spent, hours_wanted=wanted)
        for task, (effect, spent, wanted) in said.items()
    )


def _questions(name: str, levels: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Answer a questionnaire by the level of each scale, turned around where the question is."""
    found = []
    for item in load.instrument(name).items:
        if item.scales:
            level = levels[item.scales[0]]
            found.append((item.id, 6 - level if item.reverse else level))
    return tuple(found)


def _motives(levels: Mapping[Motive, int], *own: OwnReason) -> Motives:
    return Motives(
        answers=_questions("motives", {motive.value: one for motive, one in levels.items()}), own=own
    )


def _tracks(
    levels: Mapping[str, tuple[int, int]], lose: Mapping[str, tuple[str, ...]]
) -> tuple[TrackAnswers, ...]:
    """Track to how much of it is wanted and can be done; single demands differ a little, always alike."""
    profiles = {one.id: one for one in load.tracks()}
    found = []
    for track in TRACK_ORDER:
        if track not in levels:
            continue
        want, able = levels[track]
        ids = [demand.id for demand in profiles[track].demands]
        found.append(
            TrackAnswers(
                track=track,
                want=tuple((name, _near(want, place)) for place, name in enumerate(ids)),
                able=tuple((name, _near(able, place + 1)) for place, name in enumerate(ids)),
                lose=lose.get(track, ()),
            )
        )
    return tuple(found)


def _near(level: int, place: int) -> int:
    return min(5, max(1, level + (0, 0, 1, 0, -1)[place % 5]))


def _star(day: str) -> DirectionAnswers:
    return DirectionAnswers(
        answered_on=day,
        why=WhyIWork(
            reasons=(Reason.INTEREST, Reason.CONTRIBUTION, Reason.BILLS),
            main_reason=Reason.INTEREST,
            current_track=OwnTrack.EXPERT,
            push=Push.PUSHED,
            need=Need.ORGANIZATION,
            encouraged_by=(Encourager.MANAGER, Encourager.SENIOR_LEADERS, Encourager.COLLEAGUES),
            encouragement=5,
            levels_reached=3,
            success="A sensor at sea for ten years that nobody has to think about.",
            goals="To solve the drift in cold water before somebody else does.",
            want=("Hard problems", "Two people to think with", "Mornings without meetings"),
            do_not_want=("A diary that others fill", "Judging people for their pay"),
            journey=5,
        ),
        values=_values(ACHIEVEMENT, INDEPENDENCE, RELATIONSHIPS, CONDITIONS, SUPPORT, RECOGNITION),
        energy=_energy(
            {
                "4.A.2.b.2": (2, 9, 12), "4.A.2.a.4": (2, 8, 9), "4.A.2.b.1": (1, 4, 4),
                "4.A.3.b.1": (1, 3, 3), "4.A.1.b.3": (1, 2, 2), "developing_people": (1, 2, 3),
                "4.A.2.b.6": (-1, 2, 1), "performance_monitoring": (-2, 2, 0),
                "resource_allocation": (-2, 1, 0), "conflict_navigation": (-1, 1, 0.5),
                "firefighting": (-1, 3, 1),
            }
        ),
        passions=(
            Passion(
                what="Making a weak signal speak",
                facets=(Facet.WORK, Facet.THOUGHT),
                signs=(Sign.LEARNING, Sign.THINKING, Sign.BUILDING),
                learn="Statistics of rare events",
            ),
        ),
        strengths=(
            Strength(
                what="I see at once where a design will break",
                works_against="I say it before the others have finished, and then they stop.",
            ),
        ),
        frustrations=(
            Frustration(
                what="Dividing my work among others and then waiting for it",
                side=SkillSide.PEOPLE, about="resource_allocation", taught=Taught.PARTLY, with_tools=2,
                bothers=3,
            ),
            Frustration(
                what="Telling a colleague that the work is not good enough",
                side=SkillSide.PEOPLE, about="performance_monitoring", taught=Taught.YES, with_tools=1,
                bothers=4,
            ),
        ),
        motives=_motives(
            {
                Motive.ADVANCEMENT: 2, Motive.DEVELOPING_PEOPLE: 2, Motive.INFLUENCE: 3,
                Motive.ORGANIZATION: 3, Motive.EXPECTATION: 5,
            },
            OwnReason(text="Everybody says that it is the next step.", motive=Motive.EXPECTATION),
            OwnReason(text="I could stop bad decisions about the product.", motive=Motive.INFLUENCE),
        ),
        skills=_questions("two-sides", {"technical": 5, "people": 3, "people_under_stress": 3}),
        next_level=NextLevel(
            role="Architectural and Engineering Managers",
            burdens=(
                ("meetings", Bearing.NOT_FOR_ME), ("judging_people", Bearing.NOT_FOR_ME),
                ("less_own_work", Bearing.NOT_FOR_ME), ("answering_for_others", Bearing.BEARABLE),
                ("hard_news", Bearing.NOT_FOR_ME), ("paperwork", Bearing.BEARABLE),
            ),
            heard="Four hours of talks a day, and the soldering iron has dust on it. She likes it.",
            would_want=1,
        ),
        tracks=_tracks(
            {
                "people_manager": (1, 3), "individual_contributor_leader": (4, 3), "owner": (2, 3),
                "expert": (5, 5),
            },
            {
                "people_manager": ("The bench", "Whole mornings"),
                "individual_contributor_leader": ("Some hours",),
            },
        ),
    )  # fmt: skip


def _rut(day: str) -> DirectionAnswers:
    return DirectionAnswers(
        answered_on=day,
        why=WhyIWork(
            reasons=(Reason.INTEREST, Reason.PEOPLE, Reason.BILLS),
            main_reason=Reason.PEOPLE,
            current_track=OwnTrack.PEOPLE_MANAGER,
            push=Push.OWN,
            need=Need.BOTH,
            encouraged_by=(Encourager.MANAGER,),
            encouragement=2,
            levels_reached=1,
            success="Eight engineers who do not need me on a Tuesday night.",
            goals="One quarter that ends as it was planned.",
            want=("Time for each of the eight", "An evening at home"),
            do_not_want=("The next incident as the plan of the week",),
            journey=3,
        ),
        values=_values(RELATIONSHIPS, ACHIEVEMENT, SUPPORT, INDEPENDENCE, CONDITIONS, RECOGNITION),
        energy=_energy(
            {
                "developing_people": (2, 1, 6), "vision_translation": (1, 0.5, 2), "innovation": (1, 1, 3),
                "continuous_improvement": (1, 1, 3), "resource_allocation": (0, 3, 2),
                "performance_monitoring": (0, 4, 3), "conflict_navigation": (-1, 1, 2),
                "firefighting": (-2, 14, 3), "4.A.2.b.6": (-1, 4, 2),
                "strategic_influence": (-1, 1, 1),
            }
        ),
        strengths=(
            Strength(
                what="People call me, and I come", works_against="So they call me, and nobody else learns it."
            ),
        ),
        frustrations=(
            Frustration(
                what="Saying no to an urgent request from Sales", side=SkillSide.PEOPLE,
                about="conflict_navigation", taught=Taught.NO, with_tools=5, bothers=5,
            ),
            Frustration(
                what="Giving a repair away although I would be faster", side=SkillSide.PEOPLE,
                about="developing_people", taught=Taught.NO, with_tools=4, bothers=4,
            ),
            Frustration(
                what="Planning a quarter that the first week breaks", side=SkillSide.TECHNICAL,
                about="risk_mitigation", taught=Taught.PARTLY, with_tools=4, bothers=4,
            ),
        ),
        motives=_motives(
            {
                Motive.ADVANCEMENT: 2, Motive.DEVELOPING_PEOPLE: 4, Motive.INFLUENCE: 3,
                Motive.ORGANIZATION: 4, Motive.EXPECTATION: 3,
            },
            OwnReason(text="I want these eight to outgrow me.", motive=Motive.DEVELOPING_PEOPLE),
        ),
        skills=_questions("two-sides", {"technical": 5, "people": 3, "people_under_stress": 2}),
        tracks=_tracks(
            {
                "people_manager": (4, 3), "individual_contributor_leader": (4, 4), "owner": (3, 3),
                "expert": (3, 5),
            },
            {"expert": ("The talks on Monday",), "people_manager": ("Nothing that I still have",)},
        ),
    )  # fmt: skip


def _will_gap(day: str) -> DirectionAnswers:
    return DirectionAnswers(
        answered_on=day,
        why=WhyIWork(
            reasons=(Reason.PEOPLE, Reason.MONEY, Reason.HABIT),
            main_reason=Reason.HABIT,
            current_track=OwnTrack.PEOPLE_MANAGER,
            push=Push.SUPPOSED,
            need=Need.ORGANIZATION,
            encouraged_by=(Encourager.MANAGER, Encourager.FAMILY),
            encouragement=4,
            levels_reached=2,
            success="A customer who calls me first.",
            want=("Customers", "A week that I can plan"),
            do_not_want=("Sitting in judgement", "A forecast every Monday"),
            journey=2,
        ),
        values=_values(RELATIONSHIPS, INDEPENDENCE, ACHIEVEMENT, CONDITIONS, SUPPORT, RECOGNITION),
        energy=_energy(
            {
                "4.A.4.a.6": (2, 3, 14), "4.A.4.a.3": (2, 4, 12), "4.A.4.a.4": (1, 3, 5),
                "4.A.1.a.1": (1, 2, 4), "4.A.2.b.6": (0, 2, 2), "developing_people": (0, 3, 2),
                "performance_monitoring": (-2, 6, 0), "resource_allocation": (-1, 4, 1),
                "conflict_navigation": (-2, 3, 0.5), "process_implementation": (-1, 2, 0.5),
                "strategic_influence": (-1, 2, 1),
            }
        ),
        frustrations=(
            Frustration(
                what="Talks about somebody’s weak figures", side=SkillSide.PEOPLE,
                about="performance_monitoring", taught=Taught.YES, with_tools=1, bothers=5,
            ),
            Frustration(
                what="Standing between two who do not speak", side=SkillSide.PEOPLE,
                about="conflict_navigation", taught=Taught.YES, with_tools=1, bothers=4,
            ),
            Frustration(
                what="The forecast in the new system", side=SkillSide.TECHNICAL,
                about="resource_allocation", taught=Taught.NO, with_tools=2, bothers=3,
            ),
        ),
        motives=_motives(
            {
                Motive.ADVANCEMENT: 4, Motive.DEVELOPING_PEOPLE: 2, Motive.INFLUENCE: 2,
                Motive.ORGANIZATION: 3, Motive.EXPECTATION: 4,
            },
            OwnReason(text="It was the only way to earn more.", motive=Motive.ADVANCEMENT),
        ),
        skills=_questions("two-sides", {"technical": 4, "people": 5, "people_under_stress": 4}),
        tracks=_tracks(
            {
                "people_manager": (1, 5), "individual_contributor_leader": (3, 4), "owner": (2, 4),
                "expert": (5, 4), "stepping_back": (5, 4),
            },
            {"stepping_back": ("A part of the bonus", "A seat in the Monday round")},
        ),
    )  # fmt: skip


def _stepped_back(day: str) -> DirectionAnswers:
    return DirectionAnswers(
        answered_on=day,
        why=WhyIWork(
            reasons=(Reason.INTEREST, Reason.PEOPLE),
            main_reason=Reason.INTEREST,
            current_track=OwnTrack.STEPPING_BACK,
            push=Push.NO_WISH,
            need=Need.OWN,
            encouraged_by=(Encourager.NOBODY,),
            encouragement=1,
            levels_reached=0,
            success="A fault found that nobody else saw, and somebody beside me who sees the next one.",
            want=("The bench", "To show how"),
            do_not_want=("A team of my own again, for now",),
            journey=5,
        ),
        values=_values(ACHIEVEMENT, RELATIONSHIPS, INDEPENDENCE, SUPPORT, CONDITIONS, RECOGNITION),
        energy=_energy(
            {
                "4.A.2.b.1": (2, 10, 10), "4.A.2.a.4": (2, 8, 9), "4.A.1.b.2": (2, 6, 6),
                "developing_people": (2, 3, 4), "4.A.4.b.3": (1, 2, 2), "4.A.3.b.1": (1, 3, 3),
                "4.A.4.c.1": (-1, 1, 0), "performance_monitoring": (-1, 0, 0), "4.A.2.b.6": (0, 1, 1),
                "resource_allocation": (-2, 0, 0), "firefighting": (0, 2, 2),
            }
        ),
        tracks=_tracks(
            {
                "people_manager": (2, 4), "individual_contributor_leader": (4, 4), "owner": (2, 3),
                "expert": (5, 5), "stepping_back": (5, 5),
            },
            {"people_manager": ("The bench",), "stepping_back": ("The title, for two weeks",)},
        ),
    )  # fmt: skip


STORIES: Final = {
    "star": _star, "rut": _rut, "will_gap": _will_gap, "stepped_back": _stepped_back,
}  # fmt: skip
"""Who of the cast has been in My direction, and what they said there."""
