"""Frameworks in every form: how names are mapped, what is asked, and what a broken file is told."""

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.core.problems import BadInput
from fairlead.library.framework import framework, framework_text, read_framework, write_framework
from fairlead.library.strict_yaml import read_yaml
from fairlead.sources import sandbox
from fairlead.sources.framework_files import read_framework_file

FAMILY = """\
name: Care
summary: >
  What we ask
  of nurses.
levels:
  - id: nurse
    name: Nurse
  - id: lead-ic
    name: Lead Nurse (Expert)
  - id: lead-pm
    name: Ward Manager
themes:
  - id: technical
    name: Nursing
    summary: The craft.
  - id: leadership
    name: Leading others
competencies:
  - {id: c1, level: nurse, theme: technical, summary: "Gives the usual care", proficiency: Awareness}
  - {id: c2, level: lead-ic, theme: technical, summary: "Handles the hard cases"}
  - {id: c3, level: lead-pm, theme: technical, summary: "Reviews hard cases with the team"}
  - {id: c4, level: lead-ic, theme: leadership, summary: "Trains\\nnew nurses", examples: ["Ran a course"]}
  - {id: c5, level: lead-pm, theme: leadership, summary: "Divides shifts fairly"}
"""

FLAKE = {
    "milestones": [0, 1, 2],
    "milestoneToPoints": [0, 1, 3],
    "titles": [
        {"label": "Engineer I", "minPoints": 0, "maxPoints": 4},
        {"label": "Staff Engineer", "minPoints": 5},
        {"label": "Group Lead", "minPoints": 5},
    ],
    "tracks": {
        "CRAFT": {
            "displayName": "Craft", "category": "B", "description": "Makes good things",
            "milestones": [{"summary": "Finishes things", "signals": ["Tests them"], "examples": ["A form"]},
                           {"summary": "Finishes hard things", "signals": [], "examples": []}],
        },
        "MENTORSHIP": {
            "displayName": "Mentorship", "category": "D",
            "milestones": [{"summary": "Answers questions"}, {"summary": "Teaches a course"}],
        },
    },
}  # fmt: skip

TABLE = """\
track,level,criterion,library,seen,examples
people manager,Lead,Divides work,managing,Says on Monday who does what,In May | In June
people_manager,Head,Divides work,,Moves people between teams,
Hands-on expert,Senior,Masters the craft,craft,Does the hard parts,
expert,Senior,Teaches,leading,Shows newcomers how,
people_manager,Head,Teaches,leading,Coaches those who lead,
"""


def read(name, text, names=None):
    return read_framework_file(name, text.encode(), names)


def problems(name, text, names=None):
    with pytest.raises(BadInput) as raised:
        read(name, text, names)
    return [str(problem) for problem in raised.value.problems]


# The Financial Times


def test_endings_of_levels_become_tracks_and_levels_below_the_fork_begin_both():
    found = read("care.yml", FAMILY).framework
    assert [(track.id, track.levels) for track in found.tracks] == [
        ("people_manager", ("nurse", "lead-pm")),
        ("individual_contributor_leader", ("nurse", "lead-ic")),
    ]
    assert [(level.id, level.rung) for level in found.levels] == [
        ("nurse", 1),
        ("lead-ic", 2),
        ("lead-pm", 2),
    ]
    assert found.equals("lead-ic") == (found.level("lead-pm"),)


def test_a_theme_that_says_one_thing_at_each_level_is_one_criterion_in_its_library():
    found = read("care.yml", FAMILY)
    craft, leading = found.framework.criteria
    assert (craft.id, craft.title, craft.kind, craft.words) == ("technical", "Nursing", "doing", "The craft.")
    assert [(seen.level, seen.text) for seen in leading.seen] == [
        ("lead-ic", "Trains\nnew nurses"),
        ("lead-pm", "Divides shifts fairly"),
    ]
    assert leading.seen[0].examples == ("Ran a course",)
    assert (found.framework.id, found.framework.title, found.framework.words) == (
        "care", "Care", "What we ask of nurses.",
    )  # fmt: skip
    assert dict(found.mapping)["nurse"] == "individual_contributor_leader+people_manager"
    assert dict(found.mapping)["leadership"] == "leading"
    assert found.notes[-1] == "Not read: the word for proficiency (1 competencies)."


def test_several_competencies_of_a_theme_at_one_level_are_criteria_of_their_own():
    more = FAMILY + '  - {id: c6, level: nurse, theme: technical, summary: "Writes down what was given"}\n'
    found = read("care.yml", more).framework
    assert [(one.id, len(one.seen)) for one in found.criteria][:2] == [
        ("technical-c1", 1),
        ("technical-c2", 1),
    ]
    assert [one.title for one, _ in found.asked("nurse")] == [
        "Gives the usual care",
        "Writes down what was given",
    ]


def test_own_pairs_win_over_rules_and_are_said():
    found = read("care.yml", FAMILY, {"lead-ic": "expert", "technical": "craft", "nurse": "expert+owner"})
    assert [(track.id, track.levels) for track in found.framework.tracks] == [
        ("people_manager", ("lead-pm",)),
        ("owner", ("nurse",)),
        ("expert", ("nurse", "lead-ic")),
    ]
    assert dict(found.mapping)["technical"] == "doing"


def test_what_no_rule_decides_is_asked_with_its_place_and_never_guessed():
    text = FAMILY.replace("lead-ic", "lead-a").replace("lead-pm", "lead-b").replace("leadership", "heart")
    found = problems("care.yml", text)
    assert [one.split(": ", 1)[0] for one in found] == [
        "care.yml, line 6, column 9", "care.yml, line 8, column 9", "care.yml, line 10, column 9",
        "care.yml, line 16, column 9",
    ]  # fmt: skip
    for name, told in zip(("nurse", "lead-a", "lead-b"), found, strict=False):
        assert f'Say it with --map "{name}=TRACK", or --map "*=TRACK" for all' in told, "each its own name"
    assert 'Say it with --map "heart=LIBRARY"; LIBRARY is leading, managing, doing.' in found[3]
    answered = read("care.yml", text, {"*": "expert", "lead-b": "people_manager", "heart": "leading"})
    assert [(track.id, track.levels) for track in answered.framework.tracks] == [
        ("people_manager", ("lead-b",)),
        ("expert", ("nurse", "lead-a")),
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("level: lead-ic, theme: technical", "level: lead, theme: technical",
         "line 20, column 21: There is no level “lead”. Known: nurse, lead-ic, lead-pm."),
        ("level: nurse, theme: technical", "level: nurse, theme: hands",
         "line 19, column 35: There is no theme “hands”."),
        ("level: nurse, theme", "theme", "line 19, column 5: “level” is missing."),
        ("id: c2", "id: c1", "line 20, column 10: “c1” is already the id of another of the competencies."),
        ("  - id: lead-pm\n", "  - id: lead-ic\n",
         "line 10, column 9: “lead-ic” is already the id of another of the levels."),
        ("proficiency", "proficency", "“proficency” is not known here. Did you mean “proficiency”?"),
        ("    name: Nurse\n", "\tname: Nurse\n",
         "line 7, column 1: A tab stands in the indentation. Use spaces, not tabs."),
        ("level: lead-pm, theme: technical", "level: lead-ic, theme: technical", "Ward"),
        ("Handles the hard cases", "Gives the  usual care",
         "line 20, column 57: The words of “nurse” stand here again."),
        ("name: Care", "name: &a Care", "line 1, column 7: An anchor (&a) stands here."),
    ],
)  # fmt: skip
def test_a_broken_family_gets_line_column_and_what_would_be_right(old, new, said):
    assert old in FAMILY
    text = FAMILY.replace(old, new, 1)
    if said == "Ward":
        text = text.replace("level: lead-pm, theme: leadership", "level: lead-ic, theme: technical")
        said = "line 10, column 9: No competency is at the level “lead-pm”."
    found = problems("care.yml", text)
    assert any(said in one for one in found), found


def test_an_impression_in_an_imported_file_is_read_and_named_with_its_place():
    found = read("care.yml", FAMILY.replace("Handles the hard cases", "Radiates charisma"))
    (one,) = map(str, found.impressions)
    assert one.startswith("care.yml, line 20, column 57: “Radiates” is how somebody comes across")


def test_a_pair_that_names_nothing_or_leads_nowhere_is_refused():
    assert "“ward” of --map is in this file neither" in problems("care.yml", FAMILY, {"ward": "expert"})[0]
    assert "mapped to “boss”, which is no track" in problems("care.yml", FAMILY, {"lead-ic": "boss"})[0]
    assert (
        "mapped to “expert”, which is no library" in problems("care.yml", FAMILY, {"technical": "expert"})[0]
    )


def test_the_same_family_in_json_is_the_same_framework_also_with_tabs():
    value = read_yaml("care.yml", FAMILY.encode()).value
    as_json = json.dumps(value, indent="\t")
    assert "\t" in as_json
    assert read("care.json", as_json).framework == read("care.yml", FAMILY).framework
    broken = as_json.replace('"lead-ic",', '"lead-ic"', 1)
    (one,) = problems("care.json", broken)
    assert one.startswith("care.json, line 11, column 4: This is not JSON: expecting ',' delimiter. Check")
    twice = as_json.replace('"name": "Care"', '"name": "Care", "name": "Cure"', 1)
    assert "line 2, column 18: “name” stands here again" in problems("care.json", twice)[0]


def test_a_number_of_thousands_of_digits_is_refused():
    assert "more digits" in problems("x.json", '{"levels": ' + "9" * 5000 + "}")[0]


def test_a_schema_is_told_apart_from_a_framework():
    found = problems("schema.json", '{\n  "$schema": "https://json-schema.org", "properties": {}}')
    assert found[0].startswith("schema.json, line 2, column 3: This is a JSON Schema")


# Snowflake


def test_milestones_stand_at_the_steps_of_titles_and_titles_with_the_same_points_are_equal():
    found = read("flake.json", json.dumps(FLAKE))
    rules = found.framework
    assert [(track.id, track.levels) for track in rules.tracks] == [
        ("people_manager", ("engineer-i", "group-lead")),
        ("individual_contributor_leader", ("engineer-i", "staff-engineer")),
    ]
    assert rules.equals("group-lead") == (rules.level("staff-engineer"),)
    craft = rules.criterion("craft")
    assert (craft.kind, craft.seen[0].text, craft.seen[0].examples) == (
        "doing",
        "Finishes things",
        ("Tests them", "A form"),
    )
    assert [seen.text for _, seen in rules.asked("group-lead")] == [
        "Finishes hard things",
        "Teaches a course",
    ]
    assert "Not read: milestoneToPoints, category. Nothing is added up here." in found.notes


def test_titles_and_groups_that_no_rule_knows_are_asked():
    text = json.dumps(FLAKE, indent=1).replace("Staff Engineer", "Wizard").replace("MENTORSHIP", "MAGIC")
    found = problems("flake.json", text)
    assert len(found) == 2
    assert "“Wizard” belongs to" in found[0]
    assert '--map "MAGIC=LIBRARY"' in found[1]
    answered = read("flake.json", text, {"Wizard": "expert", "MAGIC": "leading"}).framework
    assert answered.track("expert").levels == ("wizard",)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda one: one["tracks"]["CRAFT"]["milestones"].pop(),
            "“CRAFT” has 1 milestones. The titles have 2 steps",
        ),
        (lambda one: one["titles"].append(one["titles"][0]), "The title “Engineer I” is there twice."),
        (lambda one: one["tracks"]["CRAFT"].pop("displayName"), "“displayName” is missing."),
        (
            lambda one: one["titles"][0].update(minpoints=3),
            "“minpoints” is not known here. Did you mean “minPoints”?",
        ),
    ],
)
def test_a_broken_snowflake_is_told_what_is_wrong_with_line(change, said):
    value = json.loads(json.dumps(FLAKE))
    change(value)
    found = problems("flake.json", json.dumps(value, indent=1))
    assert any(said in one for one in found), found
    assert all(", line " in one and ", column " in one for one in found)


# A table


def test_a_table_gives_tracks_levels_and_criteria_in_their_order():
    found = read("Our ladder.csv", TABLE)
    rules = found.framework
    assert (rules.id, rules.title) == ("our-ladder", "Our ladder")
    assert [(track.id, track.levels) for track in rules.tracks] == [
        ("people_manager", ("lead", "head")),
        ("expert", ("senior",)),
    ]
    assert [(one.id, one.kind) for one in rules.criteria] == [
        ("divides-work", "managing"), ("masters-the-craft", "doing"), ("teaches", "leading"),
    ]  # fmt: skip
    assert rules.criteria[0].seen[0].examples == ("In May", "In June")
    (note,) = found.notes
    assert note.startswith("The table does not say which levels of two tracks are equal: they were counted")


def test_a_column_for_rungs_says_which_levels_are_equal_and_order_of_rows_does_not_matter():
    text = """\
Track;Level;Rung;Criterion;Library;Seen
expert;Senior;4;Craft;doing;Does hard things
expert;Junior;1;Craft;doing;Does things
owner;Senior;4;Dates;managing;Keeps dates
"""
    found = read("x.csv", text)
    rules = found.framework
    assert rules.track("expert").levels == ("junior", "senior-hands-on")
    assert [level.id for level in rules.equals("senior-hands-on")] == ["senior-owner"]
    assert found.notes == ()


def test_other_names_for_columns_and_for_what_stands_in_cells_are_mapped():
    text = "Pfad,Stufe,Merkmal,Art,Sichtbar\nFachlaufbahn,S1,Können,Fach,Löst schwere Fälle\n"
    names = {
        "Pfad": "track", "Stufe": "level", "Merkmal": "criterion", "Art": "library", "Sichtbar": "seen",
        "Fachlaufbahn": "expert", "Fach": "doing",
    }  # fmt: skip
    found = read("x.csv", text, names)
    assert found.framework.track("expert").levels == ("s1",)
    assert found.framework.criteria[0].kind == "doing"
    assert found.mapping == (("Fachlaufbahn", "expert"), ("Fach", "doing"))
    del names["Fachlaufbahn"]
    assert '--map "Fachlaufbahn=TRACK"' in problems("x.csv", text, names)[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Hands-on expert,", "Wizardry,", "line 4, column 1: “Wizardry” is no track. Known: people_manager"),
        ("craft,Does", "magic,Does", "line 4, column 4: “magic” is no library."),
        ("Senior,Masters the craft,craft", "Senior,Masters the craft,",
         "line 4, column 4: “library” is empty."),
        ("people_manager,Head,Divides work,,", "people_manager,Head,Divides work,leading,",
         "line 3, column 4: “Divides work” is managing further up."),
        ("expert,Senior,Teaches,leading,Shows newcomers how", "expert,Senior,Teaches,leading,",
         "line 5, column 5: “seen” is empty."),
        ("people_manager,Head,Teaches", "expert,Senior,Teaches",
         "line 6, column 3: “Teaches” at “Senior” stands here again; it is already on line 5."),
        ("people_manager,Head,Divides work,,Moves", "people_manager,,Divides work,,Moves",
         "line 3, column 2: “level” is empty."),
        ("criterion,", "merit,", "line 1: There is no column “criterion”."),
        ("expert,Senior,Teaches,leading,Shows newcomers how,", "expert,Senior,Teaches,leading,Shows",
         "line 5: The row has 5 cells, the header has 6."),
    ],
)  # fmt: skip
def test_a_broken_table_gets_line_column_and_what_would_be_right(old, new, said):
    assert old in TABLE
    found = problems("x.csv", TABLE.replace(old, new, 1))
    assert any(said in one for one in found), found


@pytest.mark.parametrize("rung", ["0", "31", "first", "²", "-1"])
def test_a_rung_that_is_none_is_refused(rung):
    text = f"track,level,criterion,library,seen,rung\nexpert,A,B,doing,Does,{rung}\n"
    assert f"line 2, column 6: “{rung}” is no rung." in problems("x.csv", text)[0]


def test_one_level_on_two_rungs_is_refused():
    text = "track,level,criterion,library,seen,rung\nexpert,A,B,doing,Does,1\nexpert,A,C,doing,Makes,2\n"
    assert "line 3, column 6: “A” is on rung 1 further up." in problems("x.csv", text)[0]


def test_a_table_without_rows_says_what_belongs_there():
    assert "The table has no row." in problems("x.csv", "track,level,criterion,library,seen\n")[0]


# All of them


def test_our_own_form_is_read_as_it_is_and_takes_no_pairs():
    found = read_framework_file("ours.yaml", framework_text("fairlead").encode())
    assert found.framework == framework("fairlead")
    assert (found.form, found.notes, found.mapping) == ("framework", (), ())
    assert "there is nothing to map" in problems("ours.yaml", framework_text("fairlead"), {"a": "expert"})[0]


def test_what_is_no_framework_says_what_is_known():
    assert "This is no framework that is known here. Known: our own form" in problems("x.yaml", "a: 1\n")[0]


@pytest.mark.parametrize(("name", "text"), [
    ("care.yml", FAMILY), ("flake.json", json.dumps(FLAKE)), ("ladder.csv", TABLE),
])  # fmt: skip
def test_what_was_imported_can_be_written_in_our_own_form_and_read_back(name, text):
    found = read(name, text).framework
    assert read_framework(read_yaml("ours.yaml", write_framework(found).encode())) == found


@pytest.mark.parametrize(("name", "text"), [
    ("care.yml", FAMILY.replace("Handles the hard cases", "Radiates charisma")),
    ("ladder.csv", TABLE), ("ours.yaml", framework_text("fairlead")),
])  # fmt: skip
def test_the_sandbox_reads_the_same(name, text):
    assert sandbox.read_framework(name, text.encode()) == read(name, text)


def test_the_sandbox_gives_back_questions_and_takes_pairs():
    text = FAMILY.replace("lead-ic", "lead-a")
    with pytest.raises(BadInput, match="line 8, column 9"):
        sandbox.read_framework("care.yml", text.encode())
    found = sandbox.read_framework(
        "care.yml", text.encode(), {"lead-a": "expert"}, framework_id="ward", version="3"
    )
    assert (found.framework.id, found.framework.version) == ("ward", "3")
    assert found.framework.track("expert").levels == ("nurse", "lead-a")


@settings(max_examples=150)
@given(
    st.sampled_from([FAMILY, json.dumps(FLAKE, indent=1), TABLE, framework_text("fairlead")[:9000]]),
    st.data(),
)
def test_a_mutilated_file_is_read_or_refused_in_words_and_nothing_else(text, data):
    at = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(at, min(at + 60, len(text))))
    put = data.draw(
        st.sampled_from(
            ["", "\t", '"', "- ", "{", "}", "[", ":", ",", "\n", "x", "&a ", "!!t ", "\u202e", "9" * 40]
        )
    )
    name = "x.csv" if text is TABLE else "x.json" if text.startswith("{") else "x.yml"
    with contextlib.suppress(BadInput):
        assert read(name, text[:at] + put + text[end:]).framework.criteria
