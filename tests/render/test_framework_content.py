"""A framework and a difference of two versions in words."""

from dataclasses import replace

from fairlead.core.framework_difference import difference
from fairlead.library.framework import framework
from fairlead.render.framework_content import difference_report, framework_report
from fairlead.render.page import document

OURS = framework("fairlead")


def lines(report):
    return [
        item
        for section in report.sections
        for block in section.blocks
        for item in getattr(block, "items", ())
    ]


def test_a_framework_is_laid_out_with_equal_levels_in_one_line_and_every_sentence_once():
    report = framework_report(OURS)
    ladder = report.sections[0].blocks[0]
    assert ladder.headers == ("Rung", *(track.label for track in OURS.tracks))
    assert ladder.rows[1] == (
        "2", "Team lead", "Lead without reports", "Owner of a piece of work", "Experienced practitioner",
    )  # fmt: skip
    page = document(report)
    assert len(report.sections) == 1 + len(OURS.levels)
    for criterion in OURS.criteria:
        for seen in criterion.seen:
            assert sum(seen.text in line for line in lines(report)) == 1
    assert "What will the people who work with this person be able to do" in page


def test_a_difference_names_criterion_level_and_the_words_that_changed():
    seen = OURS.criteria[0].seen
    first = replace(
        OURS.criteria[0], seen=(replace(seen[0], text=seen[0].text.replace("Monday", "Friday")), *seen[1:])
    )
    after = replace(
        OURS,
        version="2",
        criteria=(first, *OURS.criteria[1:-1]),
        levels=(replace(OURS.levels[0], rung=2), *OURS.levels[1:]),
    )
    report = difference_report(difference(OURS, after))
    told = lines(report)
    assert report.lead == "fairlead: version 1 beside version 2."
    assert "Level “Practitioner”: moved from rung 1 to 2." in told
    reworded = next(line for line in told if "Monday" in line)
    assert reworded.startswith("Puts people, time and money where they do most, at Team lead: what is seen: ")
    assert "[-Monday-] {+Friday+}" in reworded
    assert "Criterion “Learns what is new in the field, and passes it on”, removed." in told
    assert len(told) == 1 + 1 + 1 + len(OURS.criteria[-1].seen)


def test_no_change_is_said_to_be_none():
    assert difference_report(difference(OURS, OURS)).lead.endswith("They are the same.")
    again = difference_report(difference(OURS, replace(OURS, version="9")))
    assert again.lead.endswith("Only the version differs.")
    assert again.sections == ()


def test_every_kind_of_change_has_its_sentence():
    track = OURS.tracks[3]
    after = replace(
        OURS,
        tracks=(*OURS.tracks[:3], replace(track, levels=(*track.levels[1:], track.levels[0]), label="Craft")),
        criteria=(replace(OURS.criteria[0], kind="leading", competency="", rows=(1,)), *OURS.criteria[1:]),
        questions=(replace(OURS.questions[0], help=""), *OURS.questions[1:]),
        past_only=(*OURS.past_only[1:], "golden hands"),
        research=OURS.research[1:],
        source="Ours",
    )
    told = lines(difference_report(difference(OURS, after)))
    for said in (
        "The framework: the source added: Ours",
        "Track “Hands-on expert”: the name: [-Hands-on expert-] {+Craft+}",
        "Level “Practitioner”: moves in “Hands-on expert” from place 1 to 5.",
        "Criterion “Puts people, time and money where they do most”: moved from Managing to Leading.",
        f"Criterion “{OURS.criteria[0].title}”: the competency removed: resource_allocation",
        "Warning word “best engineer”, removed.",
        "Warning word “golden hands”, added.",
    ):
        assert said in told, told
    assert any(line.startswith("Publication “allen1986”, removed: Allen") for line in told)
    assert any(
        line.startswith("Question asked of every case “team_benefit”: the help removed:") for line in told
    )
