"""Questions about one's own way of leading: each says what it serves, in two languages; none is a test."""

import pytest

from fairlead.core.problems import BadInput
from fairlead.library.load import read_yaml, shipped, validate
from fairlead.library.prompts import PromptFile, prompts


def test_each_question_names_its_row_and_a_publication_that_is_there():
    found = prompts()
    rows = {row for one in found.prompts for row in one.rows}
    assert {85, 118, 130, 131} <= rows
    used = {name for one in found.prompts for name in one.research}
    assert used == set(found.research)


def test_the_servant_leader_questions_are_there():
    serving = prompts().of("serving")
    assert len(serving) >= 5
    assert all(130 in one.rows for one in serving)


def test_every_question_is_a_question_in_both_languages():
    for one in prompts().prompts:
        for language in ("en", "de"):
            asks, begins = one.in_language(language)
            assert "?" in asks
            assert not begins or begins.endswith(" ")
        assert one.asks != one.asks_de


def test_no_question_asks_for_a_name():
    for one in prompts().prompts:
        assert "name them" not in one.asks.lower()
        assert "!" not in one.asks + one.asks_de


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("group: serving", "group: leading", "group"),
        ("research: [liden2008]", "research: [nobody1999]", "nobody1999"),
        ("  - id: give_up", "  - id: in_the_way", "in_the_way"),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(before, after, says):
    text = (shipped_text()).replace(before, after, 1)
    with pytest.raises(BadInput) as told:
        validate(PromptFile, read_yaml("prompts.yaml", text.encode()))
    assert says in str(told.value)
    assert "line" in str(told.value)


def test_a_group_without_a_question_is_told():
    text = "\n".join(shipped_text().split("  - id: sentence_that_stayed")[:1])
    with pytest.raises(BadInput, match="leaders"):
        validate(PromptFile, read_yaml("prompts.yaml", text.encode()))


def shipped_text():
    from importlib import resources

    assert shipped("growth/prompts.yaml").sha256
    return resources.files("fairlead.library").joinpath("growth/prompts.yaml").read_text(encoding="utf-8")
