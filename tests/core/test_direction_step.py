"""The one next step: each line of the rule, in its order."""

from dataclasses import replace
from pathlib import Path

from tests.core.direction_cases import DAY, a_track, answers_to, task

from fairlead.core.direction_answers import (
    Frustration,
    Motive,
    Motives,
    NextLevel,
    OwnReason,
    Push,
    SkillSide,
    Taught,
    WhyIWork,
)
from fairlead.core.direction_signs import Heard, find_signs
from fairlead.core.direction_step import RULE, RULE_LINES, Found, choose_step, competency_of
from fairlead.core.energy import read_energy
from fairlead.core.motives import read_motives
from fairlead.core.skill_or_will import read_frustration
from fairlead.core.track_fit import read_tracks
from fairlead.core.why import read_next_level

NOTHING = Found(
    frustrations=(), warnings=(), next_level=None, tracks=(), energy=None, missing=(), why_written=False
)


def frustrations(*said):
    return tuple(
        read_frustration(
            Frustration(what=what, side=side, about=about, taught=taught, with_tools=tools, bothers=bothers)
        )
        for what, side, about, taught, tools, bothers in said
    )


TALKS = ("Hard talks", SkillSide.PEOPLE, "conflict_navigation", Taught.NO, 5, 4)
TABLES = ("Tables", SkillSide.TECHNICAL, "", Taught.NO, 4, 4)
MOODS = ("Moods", SkillSide.PEOPLE, "", Taught.PARTLY, 5, 5)
UNKNOWN = ("Budgets", SkillSide.TECHNICAL, "resource_allocation", Taught.NO, 1, 5)
UNWILLING = ("Reviews", SkillSide.PEOPLE, "performance_monitoring", Taught.YES, 1, 4)
PUSHED = find_signs(Heard(why=WhyIWork(push=Push.PUSHED)))
LIFE = find_signs(Heard(next_level=read_next_level(NextLevel(would_want=1), DAY)))
TRACKS = read_tracks(
    [a_track("owner")],
    [answers_to(a_track("owner"), (3, 5, 5, 3, 3, 3, 3, 3), (3, 1, 2, 3, 3, 3, 3, 3))],
    DAY,
)
DRAINED = read_energy(
    [task("managing", -1, 10, 6), task("leading", -2, 5, 4.5), task("doing", 2, 5, 20)], DAY
)
MISMATCH = find_signs(
    Heard(energy=read_energy([task("doing", 1, 5), task("leading", -1, 20), task("managing", -1, 20)], DAY))
)
UPWARD = find_signs(
    Heard(motives=read_motives(Motives(own=(OwnReason(text="Up", motive=Motive.ADVANCEMENT),) * 3), (), DAY))
)
FULL = Found(
    frustrations=frustrations(TALKS, UNKNOWN, UNWILLING),
    warnings=(*PUSHED, *LIFE, *MISMATCH), next_level=None, tracks=TRACKS, energy=DRAINED,
    missing=("values", "why"), why_written=False,
)  # fmt: skip


def test_the_lines_decide_in_their_order():
    """Take away what each line looks at, and the next one decides."""
    left = FULL
    taken = [
        {},
        {"frustrations": frustrations(UNKNOWN, UNWILLING)},
        {"frustrations": frustrations(UNKNOWN)},
        {"why_written": True},
        {"warnings": MISMATCH},
        {"tracks": ()},
        {"frustrations": ()},
        {"energy": None},
        {"warnings": ()},
        {"missing": ()},
    ]
    for line, less in enumerate(taken, start=1):
        left = replace(left, **less)
        step = choose_step(left)
        assert step.line == line
        assert step.line_says == RULE_LINES[line - 1]
        assert step.rule == RULE
        assert step.title
        assert step.does
        assert step.why


def test_the_skill_gap_that_bothers_most_is_the_one_skill():
    step = choose_step(replace(NOTHING, frustrations=frustrations(TALKS, MOODS)))
    assert (step.kind, step.title) == ("skill", "Learn one skill: Moods")


def test_a_frustration_that_was_put_to_no_skill_is_asked_about_and_never_assigned():
    for one in (MOODS, TABLES):
        step = choose_step(replace(NOTHING, frustrations=frustrations(one)))
        assert (step.kind, step.about) == ("skill", "")
        assert "not yet assigned" in step.does
    said = ("Moods", SkillSide.PEOPLE, "people_under_stress", Taught.NO, 5, 5)
    assert choose_step(replace(NOTHING, frustrations=frustrations(said))).about == "people_under_stress"


def test_a_will_gap_is_named_before_anybody_is_asked_why_they_would_want_it():
    step = choose_step(replace(NOTHING, frustrations=frustrations(UNWILLING), warnings=(*PUSHED, *LIFE)))
    assert (step.line, step.kind) == (2, "look_closer")
    assert "Reviews" in step.title
    assert "no fault" in step.why
    assert "a track that asks less of it" in step.does
    assert "into other hands" in step.does


def test_of_a_skill_gap_and_a_will_gap_the_one_that_bothers_more_decides():
    for bothers, line in ((3, 1), (4, 1), (5, 2)):
        gap = (*UNWILLING[:5], bothers)
        assert choose_step(replace(NOTHING, frustrations=frustrations(gap, TALKS))).line == line


def test_of_skill_gaps_that_bother_alike_people_skill_comes_first():
    for order in ((TALKS, TABLES), (TABLES, TALKS)):
        step = choose_step(replace(NOTHING, frustrations=frustrations(*order)))
        assert (step.about, step.evidence) == ("conflict_navigation", ("Frustration: Hard talks.",))


def test_a_technical_skill_without_a_competency_keeps_its_own_words():
    step = choose_step(replace(NOTHING, frustrations=frustrations(TABLES)))
    assert (step.kind, step.about, step.title) == ("skill", "", "Learn one skill: Tables")


def test_of_the_demands_one_wants_and_cannot_do_yet_the_most_asked_is_named():
    step = choose_step(replace(NOTHING, tracks=TRACKS))
    assert step.evidence == ("Thing 1: wanted 5 of 5, able 1 of 5.",)
    assert step.about == "developing_people"


def test_who_does_not_wish_to_move_up_is_asked_for_no_reason_to():
    step = choose_step(replace(NOTHING, warnings=PUSHED, no_wish=True))
    assert (step.kind, step.title) == ("why", "Write down what you want instead")


def test_hours_move_from_the_draining_task_with_the_largest_change_of_an_hour_or_more():
    step = choose_step(replace(NOTHING, energy=DRAINED))
    assert (step.kind, step.about) == ("shift_hours", "managing")
    assert step.evidence == ("Managing: 10 hours a week spent, 6 wanted.",)
    small = read_energy([task("leading", -2, 5, 4.5)], DAY)
    assert choose_step(replace(NOTHING, energy=small)).kind == "keep"


def test_under_a_live_warning_nobody_reads_that_nothing_asks_for_a_change():
    for signs, kind in ((MISMATCH, "look_closer"), (UPWARD, "talk"), ((*UPWARD, *MISMATCH), "talk")):
        step = choose_step(replace(NOTHING, warnings=signs, missing=("energy",)))
        assert (step.line, step.kind, step.about) == (8, kind, "")
        assert step.evidence == signs[0].evidence


def test_the_last_line_speaks_for_the_rule_alone():
    assert choose_step(NOTHING).why == "Nothing that this rule looks at asks for a change."


def test_a_frustration_that_ends_its_own_sentence_gets_no_second_stop():
    loud = ("Really!", *TALKS[1:])
    step = choose_step(replace(NOTHING, frustrations=frustrations(loud)))
    assert step.evidence == ("Frustration: Really!",)


def test_sections_that_no_step_rests_on_are_never_asked_for():
    assert choose_step(replace(NOTHING, missing=("passions", "strengths"))).kind == "keep"
    assert choose_step(replace(NOTHING, missing=("motives", "energy"))).about == "energy"


def test_the_rule_stands_word_for_word_on_the_method_page():
    page = (Path(__file__).parents[2] / "docs" / "methods" / "direction.md").read_text(encoding="utf-8")
    told = page.split("<!-- rule: begin -->")[1].split("<!-- rule: end -->", maxsplit=1)[0].strip()
    assert told.split("\n") == [f"{number}. {line}" for number, line in enumerate(RULE_LINES, start=1)]


def test_only_competencies_and_people_under_stress_are_skills_of_the_growth_room():
    assert competency_of("people_under_stress") == "people_under_stress"
    assert not competency_of("nonsense")
