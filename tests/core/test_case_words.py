"""What a case rests on, in words and in evidence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.case_words import IMPRESSION, PAST, impression_marks, past_marks, past_role
from fairlead.core.evidence_cover import EvidenceItem
from fairlead.core.framework_faults import Impressions
from fairlead.library.framework import framework, impression_words

OURS = framework("fairlead")
KNOWN = Impressions(
    words=("confident", "executive presence"), not_meant=("confident interval",), acts=("answer", "stop")
)


def item(name, *criteria):
    return EvidenceItem(id=name, day="2026-10-01", criteria=criteria)


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Our top performer.", ["top performer"], ["top performer"]),
        ("OUR TOP\n PERFORMER", ["top performer"], ["TOP\n PERFORMER"]),
        ("A stop performer, a top performers' club", ["top performer"], []),
        ("best engineer on the team", ["best", "best engineer"], ["best engineer"]),
        ("best, then best again", ["best"], ["best", "best"]),
        ("first in, last out", ["first in, last out"], ["first in, last out"]),
        ("nothing of it", ["a.c"], []),
        ("aXc", ["a.c"], []),
        ("anything", [], []),
    ],
)
def test_words_about_the_work_held_now_are_found_whole(text, words, found):
    marks = past_marks(text, words)
    assert [text[mark.start : mark.end] for mark in marks] == found
    assert all(mark.why == PAST for mark in marks)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Very confident. Always confident!", ["confident", "confident"]),
        ("Answered the board, confident as ever.", []),
        ("Answered the board. Has executive presence.", ["executive presence"]),
        ("Gave the confident interval of 2.5 to 3", []),
        ("Version 2.5 was confident", ["confident"]),
        ("confident", ["confident"]),
        ("", []),
        ("…?! .", []),
    ],
)
def test_praise_without_an_act_is_marked_where_it_stands(text, found):
    marks = impression_marks(text, KNOWN)
    assert [text[mark.start : mark.end] for mark in marks] == found
    assert all(mark.why == IMPRESSION for mark in marks)


@given(st.text(alphabet="confident .;!?aXsäöstopanswer\n", max_size=80))
def test_marks_lie_inside_the_text_in_order(text):
    marks = impression_marks(text, KNOWN)
    ends = [at for mark in marks for at in (mark.start, mark.end)]
    assert ends == sorted(ends)
    assert all(text[mark.start : mark.end].casefold() in KNOWN.words for mark in marks)


def test_the_shipped_words_mark_an_impression_and_let_an_act_pass():
    text = "She is charismatic and has gravitas. She stopped a launch that would have failed."
    assert [text[one.start : one.end] for one in impression_marks(text, impression_words())] == [
        "charismatic",
        "gravitas",
    ]


@pytest.mark.parametrize(
    ("level", "held", "items", "flagged", "first"),
    [
        ("manager-2", "expert-2", [item("a", "own_work", "keeping_up")], True,
         "No entry speaks to a criterion of “Team lead”."),
        ("manager-2", "expert-2", [item("a", "reliability"), item("b", "own_work")], True,
         "Nothing speaks to what is new at “Team lead”: Puts people, time and money where they do most,"),
        ("manager-2", "expert-2", [item("a", "reliability", "conflict_navigation")], False, None),
        ("manager-3", "manager-2", [item("a", "reliability")], False, None),
        ("manager-3", "manager-2", [], True, "No entry speaks to a criterion of “Manager”."),
        ("manager-3", "", [item("a", "reliability")], False, None),
    ],
)  # fmt: skip
def test_a_case_is_flagged_when_nothing_speaks_to_what_is_new(level, held, items, flagged, first):
    found = past_role(OURS, level, held, items, {"why": "Works carefully."})
    assert found.flagged is flagged
    assert (found.reasons[0].startswith(first) if first else found.reasons == ()) is True


def test_counts_are_of_entries_and_new_is_what_the_level_held_does_not_ask():
    items = [item("a", "reliability", "conflict_navigation"), item("b", "innovation"), item("c", "own_work")]
    found = past_role(OURS, "manager-2", "expert-2", items, {})
    assert (found.for_level, found.for_new) == (2, 1)
    held = {one.id for one, _ in OURS.asked("expert-2")}
    assert found.new == tuple(one.id for one, _ in OURS.asked("manager-2") if one.id not in held)
    assert "conflict_navigation" in found.new


def test_words_alone_are_told_once_each_and_flag_nothing():
    texts = {"why": "Our top performer. A Top performer", "more": "Careful, a superstar", "last": "Calm"}
    found = past_role(OURS, "manager-3", "manager-2", [item("a", "reliability")], texts)
    assert not found.flagged
    assert found.reasons == (
        "“top performer” is about the work held now.",
        "“Top performer” is about the work held now.",
        "“superstar” is about the work held now.",
    )
    assert [(name, len(marks)) for name, marks in found.marks] == [("why", 2), ("more", 1)]


def test_an_unknown_level_raises():
    with pytest.raises(KeyError):
        past_role(OURS, "manager-9", "", [], {})
    with pytest.raises(KeyError):
        past_role(OURS, "manager-2", "expert-9", [], {})
