"""Conversation guides: one for every scale that is asked of others, in words that can be said."""

import re

import pytest

from fairlead.core.problems import BadInput
from fairlead.library.conversation import ASK_OPENLY, ConversationFile
from fairlead.library.load import (
    conversation_research,
    conversations,
    instrument,
    instruments,
    read_yaml,
    shipped,
    validate,
)
from fairlead.library.schema import Asks
from fairlead.library.steps import research as research_of_steps

FILES = ("asking", "culture", "fairness", "multiplier", "role")
GUIDES = conversations()
SCALES = {
    scale.id: (name, scale)
    for name in instruments(Asks.ROLE, Asks.PULSE)
    for scale in instrument(name).scales
}


def words(guide):
    return (guide.title, guide.try_this, guide.opening, *guide.ask, guide.avoid)


def test_every_scale_that_others_answer_has_a_guide_and_no_guide_is_without_one():
    assert set(GUIDES) == {*SCALES, ASK_OPENLY}


def test_no_two_scales_of_different_instruments_share_a_name():
    counted = [scale.id for name in instruments(Asks.ROLE, Asks.PULSE) for scale in instrument(name).scales]
    assert len(counted) == len(set(counted))
    assert sum(len(validate(ConversationFile, shipped(f"conversations/{one}.yaml")).conversations)
               for one in FILES) == len(GUIDES)  # fmt: skip


@pytest.mark.parametrize("name", GUIDES)
def test_what_to_try_is_for_this_week_or_the_next_ones(name):
    soon = r"\b(this week|next week|one week|two weeks|today|the next|your next|you next)\b"
    assert re.search(soon, GUIDES[name].try_this, re.IGNORECASE)


@pytest.mark.parametrize("name", GUIDES)
def test_an_opening_can_be_said_in_one_breath_by_whoever_opens(name):
    opening = GUIDES[name].opening
    sentences = re.findall(r"[.?](?= |$)", opening)
    assert 2 <= len(sentences) <= 4
    assert len(opening) <= 330
    assert re.search(r"\bI\b", opening)


@pytest.mark.parametrize("name", GUIDES)
def test_what_is_asked_is_open(name):
    for question in GUIDES[name].ask:
        assert question.endswith("?")
        assert re.match(r"(?:After our last meeting, |If this fails, |(?:For|About|At|In) )?"
                        r"(?:[Ww]h(?:at|en|ere|ich|om?|ose)|[Hh]ow)\b", question)  # fmt: skip


@pytest.mark.parametrize("name", GUIDES)
def test_words_are_plain_and_kind(name):
    for text in words(GUIDES[name]):
        assert "!" not in text
        assert "  " not in text
        assert not {"{", "}"} & set(text)
        assert not re.search(r"\b(he|she|his|her|him)\b", text, re.IGNORECASE)
        assert not re.search(
            r"\b(stakeholder|leverage|synerg|alignment|empower|holistic|impact|score|must improve)",
            text,
            re.IGNORECASE,
        )


def test_no_guide_repeats_another():
    for field in ("title", "try_this", "opening", "avoid"):
        said = [getattr(guide, field) for guide in GUIDES.values()]
        assert len(set(said)) == len(said)


@pytest.mark.parametrize("name", SCALES)
def test_a_guide_serves_a_row_that_its_scale_serves(name):
    instrument_name, scale = SCALES[name]
    items = [item for item in instrument(instrument_name).items if scale.id in item.scales]
    assert set(GUIDES[name].rows) & {row for item in items for row in item.rows}


def test_every_guide_leans_on_research_that_is_cited_alike_everywhere():
    known = conversation_research()
    assert {key for guide in GUIDES.values() for key in guide.research} == set(known)
    elsewhere = dict(research_of_steps())
    for name in instruments():
        elsewhere |= instrument(name).research
    for key in set(known) & set(elsewhere):
        assert known[key] == elsewhere[key], key
    for file in FILES:
        for key, one in validate(ConversationFile, shipped(f"conversations/{file}.yaml")).research.items():
            assert one == known[key]


def test_below_five_nobody_is_asked_who_answered():
    guide = GUIDES[ASK_OPENLY]
    assert "do not ask who answered" in guide.try_this
    assert "I do not know who answered" in guide.opening


GUIDE = """\
research:
  simons2002: {cite: "Simons (2002), Behavioral integrity.", doi: 10.1287/orsc.13.1.18.543}
conversations:
  - id: kept
    title: Keep one promise
    try_this: This week, keep one.
    opening: I would like to keep one.
    ask: ["Which one?", "By when?"]
    avoid: Promising more.
    rows: [138]
    research: [simons2002]
"""
TWICE = (
    "  - {id: kept, title: B, try_this: C, opening: D, "
    'ask: ["E?", "F?"], avoid: G, rows: [1], research: [simons2002]}\n'
)


@pytest.mark.parametrize(
    ("old", "new", "line", "wrong"),
    [
        ("[simons2002]", "[simon2002]", 11, "There is no research “simon2002”"),
        ("[simons2002]", "[simon2002]", 2, "Nothing leans on “simons2002”"),
        ('["Which one?", "By when?"]', '["Which one?"]', 8, "ask"),
        ("rows: [138]", "rows: []", 10, "0 entries"),
        ("avoid: Promising more.", "avoids: Promising more.", 9, "“avoids” is not known here"),
        (
            "    research: [simons2002]\n",
            "    research: [simons2002]\n" + TWICE,
            12,
            "“kept” is there twice",
        ),
    ],
)
def test_a_guide_that_does_not_fit_is_told_with_its_line(old, new, line, wrong):
    with pytest.raises(BadInput) as caught:
        validate(ConversationFile, read_yaml("mine.yaml", GUIDE.replace(old, new).encode()))
    assert any(problem.line == line and wrong in problem.wrong for problem in caught.value.problems)
