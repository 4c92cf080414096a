"""A role profile written by hand: its shares, its template and its mistakes."""

import pytest

from fairlead.core.problems import BadInput
from fairlead.core.work import Competency
from fairlead.sources.role_profile import AskedCompetencies, read, template

SHORT = b"title: Team lead\nkinds: {leading: 2, managing: 1, doing: 1}\n"


def test_only_proportions_count():
    profile = read("a.yaml", SHORT)
    assert [demand.share for demand in profile.kinds] == [0.5, 0.25, 0.25]
    same = read("a.yaml", SHORT.replace(b"2", b"20").replace(b": 1", b": 10"))
    assert [demand.share for demand in same.kinds] == [0.5, 0.25, 0.25]


def test_give_or_take_is_in_points_of_a_hundred_and_stays_between_0_and_1():
    profile = read("a.yaml", SHORT + b"give_or_take: 30\n")
    assert profile.demand("leading").share_low == pytest.approx(0.2)
    assert profile.demand("leading").share_high == pytest.approx(0.8)
    assert profile.demand("doing").share_low == 0.0
    assert read("a.yaml", SHORT).demand("doing").share_high == pytest.approx(0.30)


def test_competencies_that_are_not_listed_are_not_asked_and_none_at_all_are_unknown():
    listed = read("a.yaml", SHORT + b"competencies: {innovation: 3, reliability: 1}\n")
    assert listed.demand("innovation").share == 0.75
    assert listed.demand("culture_shaping").share == 0.0
    assert read("a.yaml", SHORT).demand("innovation").share is None


def test_a_profile_says_that_it_is_ones_own_and_when_it_was_agreed():
    profile = read("a.yaml", SHORT + b"as_of: 2026-01-31\nnotes: [Agreed by both]\n")
    assert (profile.source, profile.as_of, profile.job_zone) == ("own", "2026-01-31", None)
    assert "Agreed by both" in profile.notes
    assert profile.attribution == ""
    assert {demand.level for demand in profile.kinds} == {None}


def test_the_code_follows_the_content():
    assert read("a.yaml", SHORT).code == read("b.yaml", SHORT).code
    assert read("a.yaml", SHORT).code != read("a.yaml", SHORT + b"give_or_take: 1\n").code


def test_the_template_passes_its_own_check_and_names_all_twelve_competencies():
    profile = read("new.yaml", template().encode())
    assert [demand.share for demand in profile.kinds] == [0.4, 0.4, 0.2]
    assert all(demand.share == pytest.approx(1 / 12) for demand in profile.competencies)
    assert all(f"\n  {name}: " in template() for name in Competency)


def test_the_file_knows_exactly_the_competencies_of_the_vocabulary():
    assert list(AskedCompetencies.model_fields) == list(Competency)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kinds: {leading: 1, managing: 1, doing: 1}", "line 1, column 1: “title” is missing"),
        ("title: x\nkinds: {leading: 0, managing: 0, doing: 0}", "line 2, column 18: All three kinds are 0"),
        (
            "title: x\nkinds:\n  leadin: 1\n  managing: 1\n  doing: 1",
            "line 3, column 3: “leadin” is not known here",
        ),
        (
            "title: x\nkinds:\n  leading: -1\n  managing: 1\n  doing: 1",
            "line 3, column 12: “leading” is “-1”",
        ),
        (
            "title: x\nkinds:\n  leading: much\n  managing: 1\n  doing: 1",
            "line 3, column 12: “leading” should be a number",
        ),
        (
            "title: x\nkinds: {leading: 1, managing: 1, doing: 1}\ncompetencies:\n  charm: 2",
            "line 4, column 3: “charm” is not known",
        ),
        ("title: x\nkinds: {leading: 1, managing: 1, doing: 1}\ngive_or_take: 60", "line 3, column 15"),
        (
            "title: x\nkinds: {leading: 1, managing: 1, doing: 1}\nas_of: soon",
            "line 3, column 8: “as_of” is “soon”",
        ),
        ("title: x\nkinds: {leading: .inf, managing: 1, doing: 1}", "line 2"),
        ("- 1", "The file should be a mapping"),
        ("", "The file is empty"),
        ("title: &a x\nkinds: *a", "line 1, column 8: An anchor"),
    ],
)
def test_mistakes_are_placed(text, expected):
    with pytest.raises(BadInput) as error:
        read("role.yaml", text.encode())
    assert expected in str(error.value)
    assert str(error.value).startswith("role.yaml")
