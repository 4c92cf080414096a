"""Direction answers as a file: strict, with places, and the same after writing and reading."""

import dataclasses
import re
import unicodedata

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core import direction_answers as core
from fairlead.core.problems import BadInput
from fairlead.core.tracks import TRACK_ORDER
from fairlead.core.work import Competency, Kind
from fairlead.library import load
from fairlead.library.role_library import activities
from fairlead.sources.direction_answers import read_direction_answers, write_direction_answers
from fairlead.sources.direction_form import new_direction_answers

BLANK = new_direction_answers("en", "2026-11-23")
NOTHING = core.DirectionAnswers(answered_on="2026-11-23")


def read(text):
    return read_direction_answers("answers.yaml", text.encode())


def problems(text):
    with pytest.raises(BadInput) as error:
        read(text)
    return [str(one) for one in error.value.problems]


def form(lines):
    return f'direction: "1"\nanswered_on: 2026-11-23\n{lines}'


words = (
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z", "M")), min_size=1, max_size=12)
    .filter(lambda text: text == unicodedata.normalize("NFC", text).strip())
    .map(lambda text: f"{text}, “so”: #1")
)
maybe = st.one_of(st.just(""), words)
step = st.integers(1, 5)
hours = st.one_of(st.none(), st.integers(0, 672).map(lambda quarter: quarter / 4))


def listed(values, most=3):
    return st.lists(values, max_size=most).map(tuple)


def some_of(names, values):
    return st.dictionaries(st.sampled_from(names), values, max_size=4).map(lambda said: tuple(said.items()))


@st.composite
def choices(draw):
    shown = tuple(draw(st.permutations(list(core.Value)))[:3])
    most, least = draw(st.permutations(shown))[:2]
    return core.ValueChoice(shown=shown, most=most, least=least)


def demands(track):
    return [one.id for one in next(found for found in load.tracks() if found.id == track).demands]


@st.composite
def tracks(draw):
    chosen = draw(st.lists(st.sampled_from(TRACK_ORDER), unique=True, max_size=5))
    return tuple(
        core.TrackAnswers(
            track=name,
            want=draw(some_of(demands(name), step)),
            able=draw(some_of(demands(name), step)),
            lose=draw(listed(words)),
        )
        for name in chosen
    )


tasks = st.one_of(
    st.sampled_from([one.id for one in activities()]),
    st.sampled_from([str(word) for word in Competency]),
    st.sampled_from(["leading", "doing", "recovery"]),
)
energy = st.one_of(
    st.builds(core.TaskEnergy, task=tasks, effect=st.integers(-2, 2), hours_spent=hours, hours_wanted=hours),
    st.builds(
        core.TaskEnergy,
        task=st.just("own:"),
        label=words,
        effect=st.integers(-2, 2),
        kind=st.sampled_from(["", "doing", "managing"]),
    ),
)
sections = {
    "why": st.builds(
        core.WhyIWork,
        reasons=listed(st.sampled_from(core.Reason)),
        main_reason=st.none() | st.sampled_from(core.Reason),
        push=st.none() | st.sampled_from(core.Push),
        need=st.none() | st.sampled_from(core.Need),
        encouraged_by=listed(st.sampled_from([one for one in core.Encourager if one != "nobody"]))
        | st.just((core.Encourager.NOBODY,)),
        encouragement=st.none() | step,
        levels_reached=st.none() | st.integers(0, 9),
        next_level_reason=maybe,
        success=maybe,
        goals=maybe,
        want=listed(words),
        do_not_want=listed(words),
        journey=st.none() | step,
        current_track=st.none() | st.sampled_from(core.OwnTrack),
    ),
    "values": st.builds(
        core.Values,
        mine=listed(choices()),
        practice=listed(choices()),
        stated=listed(st.sampled_from(core.Value)),
    ),
    "energy": listed(energy, 6),
    "passions": listed(
        st.builds(
            core.Passion,
            what=words,
            facets=listed(st.sampled_from(core.Facet)),
            signs=listed(st.sampled_from(core.Sign)),
            learn=maybe,
        )
    ),
    "strengths": listed(st.builds(core.Strength, what=words, works_against=maybe)),
    "frustrations": listed(
        st.builds(
            core.Frustration,
            what=words,
            side=st.sampled_from(core.SkillSide),
            about=st.sampled_from(["", *map(str, Competency)]),
            taught=st.sampled_from(core.Taught),
            with_tools=st.none() | step,
            bothers=st.none() | step,
        )
    ),
    "motives": st.builds(
        core.Motives,
        answers=some_of([item.id for item in load.instrument("motives").items], step),
        own=listed(st.builds(core.OwnReason, text=words, motive=st.none() | st.sampled_from(core.Motive))),
    ),
    "skills": some_of([item.id for item in load.instrument("two-sides").items], st.integers(0, 5)),
    "next_level": st.builds(
        core.NextLevel,
        role=maybe,
        burdens=some_of([one.id for one in load.direction_texts().burdens], st.sampled_from(core.Bearing)),
        heard=maybe,
        would_want=st.none() | step,
        why=maybe,
    ),
    "tracks": tracks(),
}
everything = st.fixed_dictionaries({name: st.none() | made for name, made in sections.items()}).map(
    lambda said: core.DirectionAnswers(answered_on="2026-03-01", **said)
)


@given(everything)
def test_whatever_is_said_reads_back_the_same(answers):
    assert read(write_direction_answers(answers)) == answers


def test_the_strategies_know_every_section_and_field():
    assert tuple(sections) == core.SECTIONS
    assert {field.name for field in dataclasses.fields(core.DirectionAnswers)} == {
        "answered_on", *core.SECTIONS
    }  # fmt: skip


@pytest.mark.parametrize("language", load.direction_languages())
def test_the_blank_file_reads_back_as_nothing_said(language):
    assert read(new_direction_answers(language, "2026-11-23")) == NOTHING


def test_the_blank_file_asks_every_question_and_everything_that_can_be_named():
    texts = load.direction_texts()
    bare = " ".join(line.strip().removeprefix("#").strip() for line in BLANK.splitlines())
    joined = re.sub(r"\s+", " ", bare)
    for section in texts.sections:
        assert f"== {section.title} ==" in joined
        for question in section.questions:
            if section.id != "energy" or question.id != "task":
                assert question.text in joined
    for track in load.tracks():
        assert all(f"      {one.id}:" in BLANK for one in track.demands)
    for name in ("motives", "two-sides"):
        assert all(f"{item.id}:" in BLANK for item in load.instrument(name).items)
    assert all(f"task: {one.code}," in BLANK for one in texts.activities)
    assert len(texts.activities) == 41


def test_a_filled_form_says_what_was_filled_in():
    filled = (
        BLANK.replace("  push:\n", "  push: pushed\n")
        .replace("{task: 4.A.1.a.1, effect: ,", "{task: 4.A.1.a.1, effect: 2,")
        .replace('{task: own, label: "", effect: ,', '{task: own, label: "Letters", effect: -1,', 1)
        .replace("    paperwork:\n", "    paperwork: not_for_me\n")
        .replace("      most:\n      least:\n", "      most: support\n      least: independence\n", 1)
        .replace("      regular_talks:\n", "      regular_talks: 4\n", 1)
        .replace("  - what:\n    side:\n", '  - what: "Angry customers"\n    side: people\n', 1)
    )
    said = read(filled)
    assert said.why == core.WhyIWork(push=core.Push.PUSHED)
    assert [(one.task, one.label, one.effect) for one in said.energy] == [
        ("4.A.1.a.1", "", 2),
        ("own:", "Letters", -1),
    ]
    assert said.next_level.burdens == (("paperwork", core.Bearing.NOT_FOR_ME),)
    assert [(one.most, one.least) for one in said.values.mine] == [("support", "independence")]
    assert said.tracks == (core.TrackAnswers(track="people_manager", want=(("regular_talks", 4),)),)
    assert said.frustrations == (core.Frustration(what="Angry customers", side=core.SkillSide.PEOPLE),)
    assert said.passions is said.motives is said.skills is said.strengths is None


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("why: {push: pusht}", ("line 3, column 13", "Did you mean “pushed”?")),
        ("wy: {}", ("line 3, column 1", "Did you mean “why”?")),
        ("why:\n  juorney: 3", ("line 4, column 3", "Did you mean “journey”?")),
        ("why:\n  journey: 6", ("line 4, column 12", "at most 5")),
        ("why:\n  journey: 3.5", ("line 4, column 12", "whole number")),
        ("why:\n  journey: true", ("line 4, column 12", "whole number")),
        ("why:\n  reasons: money", ("line 4, column 12", "should be a list")),
        (
            "values:\n  mine:\n    - {shown: [support, support, recognition]}",
            ("line 5, column 15", "stands here twice"),
        ),
        (
            "values:\n  mine:\n    - {shown: [support, achievement, recognition], most: support}",
            ("line 5, column 15", "“least” is missing"),
        ),
        (
            (
                "values:\n  mine:\n    - {shown: [support, achievement, recognition],\n"
                "       most: support, least: independence}"
            ),
            ("line 6", "not among the three"),
        ),
        ("energy:\n  - {task: 4.A.1.a.9, effect: 1}", ("line 4, column 12", "Did you mean “4.A.1.a.")),
        ("energy:\n  - {task: own, effect: 1}", ("line 4, column 12", "The task has no name")),
        ("energy:\n  - {task: doing, hours_spent: 5}", ("line 4, column 12", "no effect")),
        ("energy:\n  - {task: doing, effect: 1, hours_spent: 200}", ("line 4", "at most 168")),
        ("passions:\n  - {facets: [work]}", ("line 4", "“what” is empty")),
        ("frustrations:\n  - {what: Noise}", ("line 4, column 12", "“side” is missing")),
        ("motives:\n  answers:\n    beter_pay: 2", ("line 5", "Did you mean “better_pay”?")),
        ("skills:\n  same_tune: 2", ("line 4", "Did you mean “same_tone”?")),
        ("next_level:\n  burdens:\n    papers: fine", ("line 5", "is not known here")),
        ("tracks:\n  manager: {}", ("line 4", "is not known here")),
        ("tracks:\n  expert:\n    want:\n      hardest: 2", ("line 6", "Did you mean “hardest_work”?")),
        ("why: 3", ("line 3, column 6", "should be a mapping")),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_what_would_be_right(lines, told):
    (said,) = problems(form(lines + "\n"))
    assert said.startswith("answers.yaml, line")
    for part in told:
        assert part in said


def test_every_problem_of_a_file_is_told_at_once():
    said = problems(form("why: {push: x, need: y}\nskills: {q: 1}\n"))
    assert len(said) >= 2


@pytest.mark.parametrize("day", ["2026-13-01", "yesterday", "20261123"])
def test_a_day_that_is_none_is_refused(day):
    (said,) = problems(f'direction: "1"\nanswered_on: {day}\n')
    assert "line 2, column 14" in said
    assert "date like 2026-01-31" in said


@pytest.mark.parametrize("day", ["9999-12-31", "2099-01-01", "2026-03-12"])
def test_a_day_to_come_is_refused(day):
    with time_machine.travel("2026-03-10T12:00:00Z", tick=False):
        (said,) = problems(f'direction: "1"\nanswered_on: {day}\n')
    assert "line 2, column 14" in said
    assert f"{day}, a day that has not come" in said
    assert "Today is 2026-03-10" in said


@pytest.mark.parametrize("day", ["2026-03-11", "2026-03-10", "0001-01-01"])
def test_tomorrow_is_taken_because_it_has_begun_elsewhere(day):
    with time_machine.travel("2026-03-10T12:00:00Z", tick=False):
        assert read(f'direction: "1"\nanswered_on: {day}\n').answered_on == day


def test_another_form_is_refused():
    (said,) = problems('direction: "7"\nanswered_on: 2026-01-31\n')
    assert "form 1" in said


def test_a_section_left_empty_on_purpose_differs_from_one_never_asked():
    said = read(form("why: {}\nenergy: []\nskills: {}\npassions:\n"))
    assert said.why == core.WhyIWork()
    assert said.energy == ()
    assert said.skills == ()
    assert said.passions is None


def test_the_answer_that_does_not_count_is_kept_where_it_may_stand():
    assert read(form("skills: {same_tone: 0}\n")).skills == (("same_tone", 0),)
    assert "line 3" in problems(form("motives: {answers: {better_pay: 0}}\n"))[0]


def test_marks_that_cannot_be_seen_are_left_out_when_written():
    answers = core.DirectionAnswers(answered_on="2026-01-31", strengths=(core.Strength(what="a\u202eb\x07"),))
    assert read(write_direction_answers(answers)).strengths == (core.Strength(what="ab"),)


def test_kinds_of_tasks_are_those_of_the_vocabulary():
    said = read(form("energy:\n  - {task: own, label: Letters, effect: 1, kind: doing}\n"))
    assert said.energy[0].kind == Kind.DOING


def test_a_language_that_is_not_there_is_named():
    with pytest.raises(KeyError):
        new_direction_answers("xx")


def test_nobody_beside_somebody_is_refused_with_its_place():
    told = " ".join(problems(form("why:\n  encouraged_by: [nobody, manager]\n")))
    assert "line 4" in told
    assert "“nobody” stands beside somebody" in told


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_blank_file_asks_for_the_present_track_in_words_and_takes_each(language):
    blank = new_direction_answers(language, "2026-11-23")
    texts = load.direction_texts(language)
    asked = blank.split("current_track:")[0].rsplit("main_reason:", 1)[1]
    plain = " ".join(asked.replace("#", " ").split())
    assert texts.question("why", "current_track").text in plain
    for track in core.OwnTrack:
        assert texts.choice("own_track", track).label in plain
        said = read(blank.replace("current_track:", f"current_track: {track}"))
        assert said.why == core.WhyIWork(current_track=track)


def test_a_present_track_that_there_is_none_of_is_refused_with_what_was_probably_meant():
    told = " ".join(problems(form("why:\n  current_track: people_manger\n")))
    assert "people_manager" in told
