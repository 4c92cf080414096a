"""A direction put together: missing parts, dates, what depends on what, and JSON."""

import json
import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.direction_cases import (
    DAY,
    VALUES,
    all_tracks,
    answers_to,
    everything,
    task,
    until_known,
)

from fairlead.core.direction import DAYS, METHOD, WITHOUT, Instruments, direction
from fairlead.core.direction_answers import (
    SECTIONS,
    Bearing,
    DirectionAnswers,
    Encourager,
    Frustration,
    Motive,
    Motives,
    NextLevel,
    OwnReason,
    OwnTrack,
    Passion,
    Push,
    Sign,
    SkillSide,
    Strength,
    Taught,
    Value,
    Values,
    WhyIWork,
)
from fairlead.core.direction_json import to_json
from fairlead.core.roles import Activity, RoleProfile
from fairlead.core.scales import Scale, ScaleItem
from fairlead.core.tracks import TRACK_ORDER
from fairlead.core.work import Kind

MADE = "2026-11-23"
OFFERS = tuple((str(value), 6.0 - i) for i, value in enumerate(VALUES))
STRENGTHS = tuple((f"4.A.{i}", 0.3 + 0.05 * (i % 4)) for i in range(12))
TRACKS = tuple(
    replace(track, values=OFFERS[at:] + OFFERS[:at], activities=STRENGTHS, attribution="From somewhere.")
    for at, track in enumerate(all_tracks())
)
ROLE = RoleProfile(
    code="1", title="Somebody", source="onet", job_zone=4, kinds=(), competencies=(),
    values=(("Achievement", 6.0), ("Independence", 5.0), ("Recognition", 4.5), ("Relationships", 4.0),
            ("Support", 3.0), ("Working Conditions", 2.0)),
)  # fmt: skip
ACTIVITIES = tuple(
    Activity(id=f"4.A.{i}", name=f"Activity {i}", kind=Kind.DOING, sentences=Kind.DOING, why="x")
    for i in range(12)
)
FULL = DirectionAnswers(
    answered_on=DAY,
    why=WhyIWork(push=Push.PUSHED, encouraged_by=(Encourager.MANAGER,), encouragement=5),
    values=Values(mine=everything(VALUES), practice=until_known(VALUES[::-1]), stated=(Value.SUPPORT,)),
    energy=tuple(task(f"4.A.{i}", i % 5 - 2, 3, 4) for i in range(12)),
    passions=(Passion(what="Maps", signs=(Sign.BUILDING,)),),
    strengths=(Strength(what="Quick", works_against="Others fall behind"),),
    frustrations=(
        Frustration(what="Hard talks", side=SkillSide.PEOPLE, about="conflict_navigation", taught=Taught.NO,
                    with_tools=5, bothers=4),
    ),
    motives=Motives(answers=(("m0", 5), ("m1", 4)), own=(OwnReason(text="Up", motive=Motive.ADVANCEMENT),)),
    skills=(("s0", 4), ("s1", 4)),
    next_level=NextLevel(burdens=(("paper", Bearing.FINE),), would_want=4),
    tracks=tuple(answers_to(track, (5, 4, 3, 2, 1, 2, 3, 4)) for track in TRACKS),
)  # fmt: skip


def a_scale(name, about, letter):
    return Scale(
        id=name, label=name, about=about, items=tuple(ScaleItem(id=f"{letter}{i}") for i in range(2)),
        low_option=1, high_option=5, min_answered=2,
    )  # fmt: skip


INSTRUMENTS = Instruments(
    motives=(a_scale("a", "motive.advancement", "m"),), two_sides=(a_scale("t", "skill.technical", "s"),)
)


def read(answers=FULL, **more):
    return direction(
        answers,
        **{
            "made_on": MADE,
            "tracks": TRACKS,
            "roles": [ROLE],
            "activities": ACTIVITIES,
            "instruments": INSTRUMENTS,
        }
        | more,
    )


def numbers(value):
    if isinstance(value, dict):
        yield from (each for one in value.values() for each in numbers(one))
    elif isinstance(value, list):
        yield from (each for one in value for each in numbers(one))
    elif isinstance(value, float):
        yield value


def test_everything_answered_is_told_and_nothing_is_unsaid():
    found = read()
    assert found.method == METHOD
    assert found.unsaid == ()
    assert found.motives.motives[0].score.score == 4.5
    assert found.sides[0].scores[0].score == 4.0
    assert found.sides[1].skill_gap.value == 1
    assert [one.track for one in found.tracks] == [track.id for track in TRACKS]
    assert found.roles[0].values.verdict == "alike"
    assert found.strengths == (("Quick", "Others fall behind"),)
    assert found.next_step.about == "conflict_navigation"
    assert found.energy.tasks[0].label == "Activity 0"
    assert "From somewhere." in found.notes


def test_nothing_answered_is_a_reading_that_says_what_it_cannot_say():
    found = read(DirectionAnswers(answered_on=DAY))
    assert [one.section for one in found.unsaid] == list(SECTIONS)
    assert found.why is found.values is found.energy is found.motives is found.next_level is None
    assert found.sides == found.warnings == found.apart == found.passions == ()
    assert all(track.too_little for track in found.tracks)
    assert found.next_step.kind == "answer"
    assert found.roles[0].values.says == "Your values were not answered."


@pytest.mark.parametrize("section", SECTIONS)
def test_each_section_alone_and_each_section_missing_is_read(section):
    alone = DirectionAnswers(answered_on=DAY, **{section: getattr(FULL, section)})
    assert section not in {one.section for one in read(alone).unsaid}
    without = read(replace(FULL, **{section: None}))
    assert [(one.section, one.says) for one in without.unsaid] == [(section, WITHOUT[section])]


@pytest.mark.parametrize(
    ("section", "nothing", "something"),
    [
        ("energy", (), tuple(task(one, 1, 5, 5) for one in ("doing", "leading", "managing"))),
        ("energy", (task("doing", 1, 5, 5),), tuple(task(f"4.A.{i}", 1) for i in range(3))),
        ("values", Values(), Values(mine=everything(VALUES))),
        ("tracks", (), FULL.tracks),
        ("why", WhyIWork(), WhyIWork(journey=4)),
        ("motives", Motives(), Motives(own=(OwnReason(text="Up", motive=Motive.INFLUENCE),))),
    ],
)
def test_a_section_that_holds_too_little_is_asked_for_as_one_that_was_never_answered(
    section, nothing, something
):
    calm = DirectionAnswers(
        answered_on=DAY, why=WhyIWork(push=Push.OWN), values=Values(mine=everything(VALUES)), frustrations=(),
        energy=tuple(task(f"4.A.{i}", 1, 5, 5) for i in range(3)), motives=FULL.motives,
        tracks=tuple(answers_to(track, (5,) * 8) for track in TRACKS),
    )  # fmt: skip
    calm = replace(calm, **{section: nothing})
    step = read(calm).next_step
    assert (step.kind, step.about) == ("answer", section)
    step = read(replace(calm, **{section: something})).next_step
    assert step.about != section


def test_to_name_no_frustration_is_an_answer():
    assert read(DirectionAnswers(answered_on=DAY, frustrations=())).next_step.about != "frustrations"


def test_what_a_section_says_does_not_depend_on_the_sections_that_do_not_concern_it():
    whole = read()
    for section, part in (("values", "values"), ("energy", "energy"), ("motives", "motives"), ("why", "why")):
        alone = read(DirectionAnswers(answered_on=DAY, **{section: getattr(FULL, section)}))
        assert getattr(alone, part) == getattr(whole, part)


def test_the_same_answers_read_twice_are_the_same_reading():
    assert read() == read()


@settings(max_examples=15)
@given(st.permutations(range(12)), st.permutations(range(5)), st.permutations(range(10)))
def test_the_order_of_tasks_tracks_and_sets_changes_nothing_that_is_compared(tasks, tracks, sets):
    mixed = replace(
        FULL,
        energy=tuple(FULL.energy[at] for at in tasks),
        tracks=tuple(FULL.tracks[at] for at in tracks),
        values=replace(FULL.values, mine=tuple(FULL.values.mine[at] for at in sets)),
    )
    one, other = read(), read(mixed)
    assert one.apart == other.apart
    assert one.values == other.values
    assert one.next_step == other.next_step
    assert one.energy.on_energizers == other.energy.on_energizers


def test_a_reading_expires_and_says_so():
    found = read()
    assert found.expires_on == "2027-05-19"
    assert not found.expired
    assert read(made_on="2027-05-20").expired
    assert DAYS == 180


def test_a_mismatch_with_the_present_track_needs_to_know_it():
    unwanted = replace(FULL, tracks=(answers_to(TRACKS[0], (1,) * 8),))
    assert "mismatch" not in {one.id for one in read(replace(unwanted, values=None, energy=None)).warnings}
    found = read(replace(unwanted, values=None, energy=None), current_track=TRACKS[0].id)
    assert "mismatch" in {one.id for one in found.warnings}


def test_the_present_track_is_taken_from_the_answers_and_a_mismatch_with_it_is_said():
    said = replace(FULL, tracks=(answers_to(TRACKS[0], (1,) * 8),), values=None, energy=None)
    on_it = replace(said, why=replace(said.why, current_track=OwnTrack(TRACKS[0].id)))
    assert "mismatch" in {one.id for one in read(on_it).warnings}
    elsewhere = replace(said, why=replace(said.why, current_track=OwnTrack(TRACKS[1].id)))
    assert "mismatch" not in {one.id for one in read(elsewhere).warnings}


def test_the_five_tracks_one_can_be_on_are_those_that_are_compared():
    assert tuple(OwnTrack) == TRACK_ORDER


def test_a_written_why_alone_is_no_look_at_the_next_level():
    def unsaid(**parts):
        return {one.section for one in read(replace(FULL, next_level=NextLevel(**parts))).unsaid}

    assert "next_level" in unsaid(why="To teach")
    assert "next_level" not in unsaid(why="To teach", heard="Long days")
    assert "next_level" not in unsaid()


def test_json_has_every_part_no_number_that_is_none_and_only_plain_values():
    told = json.loads(json.dumps(to_json(read()), allow_nan=False))
    assert list(told)[:3] == ["method", "made_on", "answered_on"]
    assert told["strengths"] == [{"what": "Quick", "works_against": "Others fall behind"}]
    assert told["tracks"][0]["want"]["n"] == 8
    assert all(math.isfinite(one) for one in numbers(told))
    assert told["next_step"]["line"] == 1


def test_figures_carry_formula_count_and_date():
    def figures(value):
        if isinstance(value, dict):
            if {"name", "value", "unit", "n", "formula"} <= set(value):
                yield value
            yield from (each for one in value.values() for each in figures(one))
        elif isinstance(value, list):
            yield from (each for one in value for each in figures(one))

    found = list(figures(to_json(read())))
    assert len(found) > 100
    for one in found:
        assert one["formula"]
        assert one["n_of"]
        assert one["as_of"] == DAY
        assert (one["value"] is None) == bool(one["too_little"]) or one["name"] == "shape"
        if one["low"] is not None:
            assert one["low"] <= one["value"] + 1e-12 <= one["high"] + 2e-12


def test_an_item_that_the_questionnaire_does_not_have_is_left_out():
    odd = replace(FULL, motives=replace(FULL.motives, answers=(("gone", 5), ("m0", 5), ("m1", 4))))
    assert read(odd).motives == read().motives
