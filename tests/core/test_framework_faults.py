"""What keeps a framework from being used, and criteria about impressions."""

from dataclasses import replace

import pytest

from fairlead.core.framework import Criterion, Framework, Level, Seen, TrackLevels
from fairlead.core.framework_faults import Impressions, faults, impressions

LEVELS = (Level(id="a", title="A", rung=1), Level(id="b", title="B", rung=2))
ONE = Criterion(
    id="one",
    title="One",
    kind="leading",
    seen=(Seen(level="a", text="Asks"), Seen(level="b", text="Decides")),
)
SOUND = Framework(
    id="f",
    version="1",
    title="F",
    levels=LEVELS,
    criteria=(ONE,),
    tracks=(TrackLevels(id="expert", label="Expert", levels=("a", "b")),),
)


def with_criterion(**changes):
    return replace(SOUND, criteria=(replace(ONE, **changes),))


def test_a_sound_framework_has_no_fault():
    assert faults(SOUND) == ()


@pytest.mark.parametrize(
    ("framework", "path", "said"),
    [
        (replace(SOUND, tracks=(replace(SOUND.tracks[0], id="chef"),)), ("tracks", 0, "id"), "no track"),
        (replace(SOUND, tracks=SOUND.tracks * 2), ("tracks", 1, "id"), "another track"),
        (
            replace(SOUND, tracks=(replace(SOUND.tracks[0], levels=("b", "a")),)),
            ("tracks", 0, "levels", 1),
            "rung 1",
        ),
        (
            replace(SOUND, tracks=(replace(SOUND.tracks[0], levels=("a", "c", "b")),)),
            ("tracks", 0, "levels", 1),
            "no level “c”",
        ),
        (replace(SOUND, tracks=(replace(SOUND.tracks[0], levels=("a",)),)), ("levels", 1, "id"), "no track"),
        (replace(SOUND, levels=(*LEVELS, LEVELS[0])), ("levels", 2, "id"), "another level"),
        (replace(SOUND, levels=(replace(LEVELS[0], rung=0), LEVELS[1])), ("levels", 0, "rung"), "rung 0"),
        (with_criterion(seen=ONE.seen[:1]), ("levels", 1, "id"), "asks nothing"),
        (with_criterion(kind="presence"), ("criteria", 0, "kind"), "no library “presence”"),
        (with_criterion(competency="charm"), ("criteria", 0, "competency"), "no competency “charm”"),
        (with_criterion(competency="reliability"), ("criteria", 0, "kind"), "said to be leading"),
        (with_criterion(research=("x2000",)), ("criteria", 0, "research", 0), "no research “x2000”"),
        (
            with_criterion(seen=(*ONE.seen, Seen(level="c", text="Sees"))),
            ("criteria", 0, "seen", "c"),
            "no level “c”",
        ),
        (
            with_criterion(seen=(ONE.seen[0], Seen(level="b", text=" asks "))),
            ("criteria", 0, "seen", "b", "text"),
            "words of “a” stand here again",
        ),
        (
            with_criterion(seen=(ONE.seen[0], Seen(level="b", text=" "))),
            ("criteria", 0, "seen", "b"),
            "Nothing is said",
        ),
        (
            replace(SOUND, criteria=(ONE, replace(ONE, title="Two"))),
            ("criteria", 1, "id"),
            "another criterion",
        ),
    ],
)
def test_each_fault_is_named_with_its_place(framework, path, said):
    found = [fault for fault in faults(framework) if fault.path == path]
    assert [said in fault.wrong for fault in found] == [True]
    assert found[0].right


WORDS = Impressions(
    words=("confidence", "confidently", "charisma", "executive presence", "polished"),
    not_meant=("in confidence", "confidence interval"),
    acts=("decide", "answer", "hand over", "stop", "try"),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Speaks confidently in meetings", "confidently"),
        ("Has EXECUTIVE PRESENCE.", "EXECUTIVE PRESENCE"),
        ("Decides openly. Wins others by charisma.", "charisma"),
        ("Decides with confidence what is left out", ""),
        ("Is confidently deciding", ""),
        ("Handed over polished work", ""),
        ("Tries again, confidently", ""),
        ("Stopped with confidence", ""),
        ("Hears troubles in confidence", ""),
        ("States the confidence interval with each figure", ""),
        ("Keeps records confidential", ""),
        ("Is undecided, with confidence", "confidence"),
    ],
)
def test_an_impression_without_an_act_is_found_and_an_act_beside_it_is_enough(text, found):
    said = impressions(with_criterion(seen=(Seen(level="a", text=text),)), WORDS)
    assert [fault.path for fault in said] == ([("criteria", 0, "seen", "a", "text")] if found else [])
    if found:
        assert f"“{found}”" in said[0].wrong
        assert "what others can see" in said[0].right


def test_a_title_may_never_be_an_impression_even_beside_an_act():
    said = impressions(with_criterion(title="Decides with charisma"), WORDS)
    assert [fault.path for fault in said] == [("criteria", 0, "title")]


def test_examples_and_words_of_a_criterion_are_looked_at_too():
    seen = (Seen(level="a", text="Decides", examples=("Answered", "Won them by charisma")),)
    said = impressions(with_criterion(words="Executive presence", seen=seen), WORDS)
    assert [fault.path for fault in said] == [
        ("criteria", 0, "words"),
        ("criteria", 0, "seen", "a", "examples", 1),
    ]


def test_an_empty_list_of_words_finds_nothing():
    assert impressions(with_criterion(title="Charisma"), Impressions(words=(), not_meant=(), acts=())) == ()


def test_equal_levels_of_two_tracks_may_ask_for_the_same():
    other = Level(id="b2", title="B2", rung=2)
    seen = (*ONE.seen, Seen(level="b2", text="Decides"))
    framework = replace(
        SOUND,
        levels=(*LEVELS, other),
        tracks=(*SOUND.tracks, TrackLevels(id="owner", label="Owner", levels=("a", "b2"))),
        criteria=(replace(ONE, seen=seen),),
    )
    assert faults(framework) == ()
    in_one = replace(framework, tracks=(replace(SOUND.tracks[0], levels=("a", "b", "b2")),))
    assert [fault.path for fault in faults(in_one)] == [
        ("tracks", 0, "levels", 2),
        ("criteria", 0, "seen", "b2", "text"),
    ]
