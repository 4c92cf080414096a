"""Public career ladders as they come; the files are never committed, nor is a sentence of theirs."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest
import yaml

from fairlead.core.framework_faults import faults
from fairlead.core.problems import BadInput
from fairlead.library.framework import read_framework, write_framework
from fairlead.library.strict_yaml import read_yaml
from fairlead.sources.framework_files import read_framework_file

ROOT = (
    Path(os.environ.get("FAIRLEAD_REFERENCE_DATA") or Path(__file__).parents[3] / "shared/data")
    / "frameworks"
)

pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif(not ROOT.is_dir(), reason=f"no career ladders: {ROOT} is not there"),
]


def read(path, names=None):
    return read_framework_file(Path(path).name, (ROOT / path).read_bytes(), names)


def plain(path):
    return yaml.safe_load((ROOT / path).read_text("utf-8"))


def squeezed(text):
    return " ".join(text.split())


def test_both_tracks_of_the_second_version_come_out_of_its_endings():
    found = read("financial-times/engineering.yml")
    rules = found.framework
    below = ("junior", "engineer", "senior-1")
    assert [(track.id, track.levels) for track in rules.tracks] == [
        ("people_manager", (*below, "senior-2-pm", "principal-pm", "tech-director")),
        ("individual_contributor_leader", (*below, "senior-2-ic", "principal-ic")),
    ]
    assert [level.id for level in rules.equals("principal-ic")] == ["principal-pm"]
    assert rules.level("tech-director").rung == 6
    assert {one.id: one.kind for one in rules.criteria} == {
        "planning-organising": "managing", "independent-working": "managing", "business-impact": "managing",
        "communication": "leading", "team-work": "leading", "leadership": "leading",
        "problem-solving-decision-making": "doing", "curiosity-learning": "doing", "technical": "doing",
    }  # fmt: skip
    assert set(dict(found.mapping)) == {
        one["id"] for part in ("levels", "themes") for one in plain("financial-times/engineering.yml")[part]
    }


def test_every_competency_of_the_second_version_stands_at_its_theme_and_level():
    rules = read("financial-times/engineering.yml").framework
    theirs = plain("financial-times/engineering.yml")["competencies"]
    ours = {(one.id, seen.level): squeezed(seen.text) for one in rules.criteria for seen in one.seen}
    assert ours == {(one["theme"], one["level"]): squeezed(one["summary"]) for one in theirs}
    assert len(ours) == 72


@pytest.mark.parametrize(("path", "count"), [
    ("financial-times/engineering-v1.yml", 101), ("financial-times/operations.yml", 48),
])  # fmt: skip
def test_levels_without_a_track_are_asked_and_then_every_competency_is_there(path, count):
    theirs = plain(path)
    with pytest.raises(BadInput) as raised:
        read(path)
    assert [one.wrong for one in raised.value.problems] == [
        f"The level “{level['id']}” does not say which track it belongs to." for level in theirs["levels"]
    ]
    assert all(one.line and one.column and "--map" in one.right for one in raised.value.problems)
    rules = read(path, {"*": "expert"}).framework
    assert len(rules.criteria) == count
    assert Counter(seen.level for one in rules.criteria for seen in one.seen) == Counter(
        one["level"] for one in theirs["competencies"]
    )
    assert Counter((squeezed(one.seen[0].text), one.seen[0].examples) for one in rules.criteria) == Counter(
        (squeezed(one["summary"]), tuple(one["examples"])) for one in theirs["competencies"]
    )


def test_snowflake_has_two_tracks_over_five_steps_and_every_milestone():
    found = read("snowflake/snowflake.json")
    rules = found.framework
    theirs = json.loads((ROOT / "snowflake/snowflake.json").read_text("utf-8"))
    assert [(track.id, len(track.levels)) for track in rules.tracks] == [
        ("people_manager", 5),
        ("individual_contributor_leader", 5),
    ]
    assert {level.title: level.rung for level in rules.levels} == {
        title["label"]: 1 + sorted({one["minPoints"] for one in theirs["titles"]}).index(title["minPoints"])
        for title in theirs["titles"]
    }
    assert len(rules.criteria) == len(theirs["tracks"]) == 16
    for criterion, group in zip(rules.criteria, theirs["tracks"].values(), strict=True):
        assert criterion.title == group["displayName"]
        for seen in criterion.seen:
            milestone = group["milestones"][rules.level(seen.level).rung - 1]
            assert seen.text == squeezed(milestone["summary"])
            assert seen.examples == (*milestone["signals"], *milestone["examples"])
    assert found.impressions == ()
    assert any("Nothing is added up" in note for note in found.notes)


def test_their_schema_is_told_to_be_one():
    with pytest.raises(BadInput, match="line 2, column 2: This is a JSON Schema"):
        read("financial-times/job-family.json")


def test_their_schema_allows_exactly_the_names_that_are_known_here():
    from fairlead.sources.framework_ft import Competency, JobFamily, LevelEntry, ThemeEntry

    schema = json.loads((ROOT / "financial-times/job-family.json").read_text("utf-8"))
    assert set(JobFamily.model_fields) == set(schema["properties"])
    for name, model in (("competency", Competency), ("level", LevelEntry), ("theme", ThemeEntry)):
        assert set(model.model_fields) == set(schema["$defs"][name]["properties"])


@pytest.mark.parametrize("path", [
    "financial-times/engineering.yml", "financial-times/engineering-v1.yml", "financial-times/operations.yml",
    "snowflake/snowflake.json",
])  # fmt: skip
def test_what_was_read_is_sound_and_can_be_kept_in_our_own_form(path):
    rules = read(path, {"*": "expert"}).framework
    assert faults(rules) == ()
    assert read_framework(read_yaml("ours.yaml", write_framework(rules).encode())) == rules


def test_a_tab_in_their_file_is_named_with_its_line():
    text = (ROOT / "financial-times/engineering.yml").read_text("utf-8")
    lines = text.splitlines(keepends=True)
    place = next(i for i, line in enumerate(lines) if line.startswith("    name: Engineer"))
    lines[place] = "\t" + lines[place].lstrip()
    with pytest.raises(BadInput, match=f"line {place + 1}, column 1: A tab stands in the indentation"):
        read_framework_file("engineering.yml", "".join(lines).encode())
