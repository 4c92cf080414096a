"""Skill gap, will gap, or not yet known; technical and people skill apart."""

import itertools

import pytest

from fairlead.core.direction_answers import Frustration, SkillSide, Taught
from fairlead.core.scales import Scale, ScaleItem, score
from fairlead.core.skill_or_will import beside, read_frustration, read_sides
from fairlead.core.tables import Answers

DAY = "2026-11-20"


def a_frustration(taught=Taught.UNSURE, tools=None, side=SkillSide.PEOPLE, **more):
    return Frustration(what="Hard talks", side=side, taught=taught, with_tools=tools, **more)


def scores_of(**answers):
    scales = [
        Scale(
            id=name, label=name, about=about, items=tuple(ScaleItem(id=f"{name}{i}") for i in range(6)),
            low_option=1, high_option=5, min_answered=3,
        )
        for name, about in (
            ("technical", "skill.technical"),
            ("people", "skill.people"),
            ("stress", "skill.people_under_stress"),
        )
    ]  # fmt: skip
    values = {f"{name}{i}": float(value) for name, value in answers.items() for i in range(6)}
    return score(
        Answers(instrument="two-sides", version="1", answered_on=DAY, values=values, texts={}), scales
    ).scores


@pytest.mark.parametrize("taught", [Taught.NO, Taught.PARTLY, Taught.UNSURE])
@pytest.mark.parametrize("tools", [4, 5])
def test_not_taught_and_liked_with_tools_is_rather_a_skill_gap(taught, tools):
    found = read_frustration(a_frustration(taught, tools))
    assert found.reading == "skill_gap"
    assert not found.guess
    assert "skill gap" in found.says


@pytest.mark.parametrize("tools", [1, 2])
def test_taught_and_not_liked_even_with_tools_is_rather_a_will_gap_and_no_fault(tools):
    found = read_frustration(a_frustration(Taught.YES, tools))
    assert found.reading == "will_gap"
    assert "no fault" in found.says


def test_everything_else_is_not_yet_known_with_a_skill_gap_as_guess_that_calls_itself_one():
    for taught, tools in itertools.product(Taught, [None, 1, 2, 3, 4, 5]):
        found = read_frustration(a_frustration(taught, tools))
        certain = (taught is not Taught.YES and (tools or 0) >= 4) or (
            taught is Taught.YES and tools in {1, 2}
        )
        assert (found.reading != "not_yet_known") == certain
        assert found.guess == ("" if certain else "skill_gap")
        assert ("it is a guess" in found.says) != certain


def test_only_a_taught_person_can_have_a_will_gap():
    for taught, tools in itertools.product(Taught, [None, 1, 2, 3, 4, 5]):
        if read_frustration(a_frustration(taught, tools)).reading == "will_gap":
            assert taught is Taught.YES


def test_the_two_sides_are_counted_apart_and_never_together():
    said = [
        a_frustration(Taught.NO, 5),
        a_frustration(Taught.NO, 1),
        a_frustration(Taught.YES, 1, side=SkillSide.TECHNICAL),
    ]
    technical, people = read_sides(said, (), DAY)
    assert (technical.side, people.side) == ("technical", "people")
    assert (technical.will_gap.value, technical.skill_gap.value, technical.will_gap.n) == (1, 0, 1)
    assert (people.skill_gap.value, people.not_yet_known.value, people.untaught.value) == (1, 1, 2)
    assert (
        people.says == "2 frustrations: 1 skill gap, 0 will gaps, 1 not yet known. Nobody taught 2 of them."
    )


def test_one_frustration_that_nobody_taught_is_told_as_one():
    (people,) = read_sides([a_frustration(Taught.NO, 5)], (), DAY)
    assert people.says == "1 frustration: 1 skill gap, 0 will gaps, 0 not yet known. Nobody taught it."


def test_scales_go_to_the_side_that_they_are_about_with_stress_under_people():
    technical, people = read_sides((), scores_of(technical=4, people=3, stress=2), DAY)
    assert [one.scale for one in technical.scores] == ["technical"]
    assert [one.scale for one in people.scores] == ["people", "stress"]
    assert people.skill_gap.value is None
    assert people.skill_gap.too_little == "No frustration of this side was named."


def test_one_side_is_called_clearly_above_only_where_the_intervals_part():
    assert "Technical knowledge and skill lies clearly above people skill" in beside(
        read_sides((), scores_of(technical=5, people=2), DAY)
    )
    assert "People skill lies clearly above" in beside(read_sides((), scores_of(technical=2, people=5), DAY))
    assert "neither lies clearly above" in beside(read_sides((), scores_of(technical=3, people=3), DAY))
    assert not beside(read_sides((), scores_of(technical=4), DAY))


def test_a_side_of_which_nothing_was_said_is_left_out():
    assert read_sides((), (), DAY) == ()
    assert [one.side for one in read_sides([a_frustration()], (), DAY)] == ["people"]


@pytest.mark.parametrize("wrong", [{"tools": 0}, {"tools": 6}, {"bothers": 6}])
def test_answers_outside_one_to_five_are_refused(wrong):
    with pytest.raises(ValueError, match="is not among 1 to 5"):
        read_frustration(a_frustration(**wrong))
