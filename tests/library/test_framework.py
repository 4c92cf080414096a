"""The shipped framework, and files of one's own with and without faults."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.evidence_cover import COVERED, MISSING, STALE, THIN
from fairlead.core.framework import LIBRARIES, TRACKS, digest
from fairlead.core.framework_faults import impressions
from fairlead.core.problems import BadInput
from fairlead.core.work import Competency
from fairlead.library.framework import (
    framework,
    framework_text,
    frameworks,
    impression_words,
    read_framework,
    write_framework,
)
from fairlead.library.load import handbook_words
from fairlead.library.strict_yaml import UNSEEN, read_yaml

OURS = framework("fairlead")
SMALL = """\
id: ours
version: 2
title: "Ours"
research:
  buehler1994: {cite: "Buehler 1994", doi: 10.1037/0022-3514.67.3.366}
levels:
  - {id: m1, rung: 1, title: "Lead"}
  - {id: m2, rung: 2, title: "Manager"}
tracks:
  - {id: people_manager, levels: [m1, m2]}
criteria:
  - id: dates
    title: "Meets dates"
    kind: managing
    competency: reliability
    research: [buehler1994]
    seen:
      m1: "Names a date and meets it"
      m2:
        text: "Renegotiates a date early"
        examples: ["Told the customer in May that June was in danger"]
"""


def read(text, name="ours.yaml"):
    return read_framework(read_yaml(name, text.encode()))


def problems(text):
    with pytest.raises(BadInput) as raised:
        read(text)
    return [str(problem) for problem in raised.value.problems]


def test_all_four_tracks_stand_side_by_side_and_end_on_one_rung():
    assert tuple(track.id for track in OURS.tracks) == TRACKS
    assert {OURS.levels_of(track.id)[-1].rung for track in OURS.tracks} == {5}
    assert all(4 <= len(track.levels) <= 5 for track in OURS.tracks)
    assert [len(OURS.equals(level.id)) for level in OURS.levels if level.rung > 1] == [3] * 16


def test_every_competency_is_a_criterion_in_its_own_library():
    named = {one.competency: one.kind for one in OURS.criteria if one.competency}
    assert named == {str(one): str(one.kind) for one in Competency}
    assert {one.kind for one in OURS.criteria} == set(LIBRARIES)


def test_a_criterion_of_a_track_is_described_to_its_end_without_a_gap():
    for criterion in OURS.criteria:
        at = {seen.level for seen in criterion.seen}
        for track in OURS.tracks:
            asked = [level in at for level in track.levels]
            # Owners let go of own work higher up, experts begin some things late: never a hole between.
            assert len(re.findall("1+", "".join("1" if one else "0" for one in asked))) <= 1, (
                criterion.id,
                track.id,
            )


def test_leaders_without_reports_are_asked_for_leading_and_managers_for_both():
    def kinds(track):
        last = OURS.levels_of(track)[-1]
        return {criterion.kind for criterion, _ in OURS.asked(last.id)}

    assert kinds("people_manager") == {"leading", "managing"}
    assert kinds("individual_contributor_leader") == {"leading", "managing", "doing"}
    assert "doing" in kinds("expert")
    leading = [one for one, _ in OURS.asked("leader-3") if one.kind == "leading"]
    assert len(leading) == 6


def test_every_criterion_names_its_row_and_its_research_and_every_work_is_leant_on():
    assert all(one.rows and one.research for one in OURS.criteria)
    used = {key for one in (*OURS.criteria, *OURS.questions) for key in one.research}
    assert used == {one.key for one in OURS.research}
    assert all(one.doi for one in OURS.research)
    assert {row for one in OURS.criteria for row in one.rows} >= {148, 186, 187}


def test_what_is_seen_is_one_plain_sentence_that_begins_with_what_somebody_does():
    for criterion in OURS.criteria:
        for seen in criterion.seen:
            assert re.fullmatch(r"[A-Z][^.!?]*\.", seen.text), seen.text
            assert len(seen.text.split()) <= 32, seen.text
            first = seen.text.split()[0].lower()
            assert first.endswith("s") or first == "has", seen.text


def test_no_two_levels_of_all_say_the_same():
    said = [seen.text for one in OURS.criteria for seen in one.seen]
    assert len(set(said)) == len(said) == 159


def test_every_case_is_asked_for_the_teams_benefit_and_for_preparation():
    assert {one.id for one in OURS.questions} >= {"team_benefit", "preparation"}
    assert all(93 in one.rows or 92 in one.rows for one in OURS.questions)
    assert len(OURS.past_only) >= 20


def test_nothing_in_it_is_an_impression_and_planting_one_is_found():
    assert impressions(OURS, impression_words()) == ()
    seen = replace(OURS.criteria[0].seen[0], text="Shows executive presence before the board.")
    planted = replace(OURS, criteria=(replace(OURS.criteria[0], seen=(seen,)), *OURS.criteria[1:]))
    assert [fault.path for fault in impressions(planted, impression_words())] == [
        ("criteria", 0, "seen", "manager-2", "text")
    ]


def test_words_of_the_list_are_no_acts_and_no_word_is_there_twice():
    words = impression_words()
    for one in (words.words, words.not_meant, words.acts):
        folded = [entry.casefold() for entry in one]
        assert sorted(set(folded)) == sorted(folded)
    assert not {one.casefold() for one in words.words} & {one.casefold() for one in words.acts}


def test_an_own_file_is_read_with_everything_in_it():
    found = read(SMALL)
    assert (found.id, found.version, found.title) == ("ours", "2", "Ours")
    assert found.tracks[0].label == "People manager"
    assert [seen.text for _, seen in found.asked("m2")] == ["Renegotiates a date early"]
    assert found.criteria[0].seen[1].examples == ("Told the customer in May that June was in danger",)
    assert found.research[0].doi == "10.1037/0022-3514.67.3.366"


def test_tracks_stand_in_their_order_however_the_file_has_them():
    text = SMALL.replace(
        "  - {id: people_manager, levels: [m1, m2]}",
        "  - {id: expert, levels: [m1]}\n  - {id: people_manager, levels: [m1, m2]}",
    )
    assert [track.id for track in read(text).tracks] == ["people_manager", "expert"]
    # A fault is placed where the file has it.
    assert problems(text.replace("{id: expert, levels: [m1]}", "{id: expert, levels: [m9]}")) == [
        "ours.yaml, line 10, column 27: There is no level “m9”. Known: m1, m2."
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    kind: managing\n", "", "line 12, column 5: “kind” is missing. Add “kind:” here."),
        ("    kind: managing", "    kind: charisma", "line 14, column 11: “kind” is “charisma”."),
        ('    title: "Meets', '    titel: "Meets', "“titel” is not known here. Did you mean “title”?"),
        ('m1: "Names a date', 'm7: "Names a date', "There is no level “m7”. Known: m1, m2."),
        ("levels: [m1, m2]", "levels: [m2, m1]", "line 10, column 39: “m1” is on rung 1"),
        (
            "Names a date and meets it",
            "Speaks with confidence and poise",
            "line 18, column 11: “confidence” is how somebody comes across, and no act is named with it.",
        ),
        (
            'title: "Meets dates"',
            'title: "Executive presence"',
            "line 13, column 12: “Executive presence” is how",
        ),
        (
            "  - {id: m2, rung: 2",
            "  - {id: m1, rung: 2",
            "line 8, column 10: “m1” is already the id of another level.",
        ),
        (
            "      m2:\n",
            "      m1:\n",
            "line 19, column 7: “m1” stands here again; it is already on line 18.",
        ),
        (
            "      m1:",
            "\tm1:",
            "line 18, column 1: This character cannot begin a value. Use spaces, not tabs",
        ),
        ("research: [buehler1994]", "research: [x2000]", "There is no research “x2000”. Known: buehler1994."),
        ("rung: 1", "rung: one", "“rung” should be a whole number"),
    ],
)
def test_a_broken_file_gets_line_column_and_what_would_be_right(old, new, said):
    assert old in SMALL
    found = problems(SMALL.replace(old, new, 1))
    assert any(said in one for one in found), found


def test_all_problems_are_told_at_once_in_the_order_of_the_file():
    text = SMALL.replace("Names a date and meets it", "Charisma").replace("[m1, m2]", "[m1, m3]")
    found = problems(text)
    assert [int(re.search(r"line (\d+)", one).group(1)) for one in found] == [8, 10, 18]


def test_what_is_written_reads_back_to_the_same():
    assert read(write_framework(OURS)) == OURS
    assert digest(read(write_framework(OURS))) == digest(OURS) == digest(read(framework_text("fairlead")))


plain_text = st.text(min_size=1, max_size=40).filter(lambda text: text.strip() and not UNSEEN.search(text))


@given(plain_text, plain_text, st.lists(plain_text, max_size=3))
def test_any_text_can_be_written_and_read_back(title, text, examples):
    found = read(SMALL)
    seen = (
        replace(found.criteria[0].seen[0], text=f"Writes {text} 1", examples=tuple(examples)),
        replace(found.criteria[0].seen[1], text=f"Writes {text} 2"),
    )
    changed = replace(found, title=title, criteria=(replace(found.criteria[0], seen=seen),))
    assert read(write_framework(changed)) == changed


def test_shipped_ones_are_known_by_id_and_others_are_not():
    assert frameworks() == ("fairlead",)
    for ask in (framework, framework_text):
        with pytest.raises(KeyError):
            ask("../lexicon/impressions")


@pytest.mark.parametrize(
    "word", [COVERED, THIN, STALE, MISSING, "framework", "criterion", "rung", "impression"]
)
def test_words_of_frameworks_are_explained_in_the_handbook(word):
    assert word in handbook_words()
