"""How a reading's words are cut for the screen."""

from __future__ import annotations

from fairlead.core.next_step import RULE, RULE_BEGINS, RULE_ENDS, RULE_LINES
from fairlead.web.templatetags.audits import numbered


def test_the_rule_of_the_next_step_is_a_list_and_loses_no_word():
    first, lines, last = numbered(RULE)
    assert (first, lines, last) == (RULE_BEGINS, RULE_LINES, RULE_ENDS)
    again = " ".join([first, *(f"{number}. {line}" for number, line in enumerate(lines, 1)), last])
    assert again == RULE


def test_a_rule_without_numbers_stays_one_paragraph():
    assert numbered("The largest gap of 30. It is 4.5 wide.") == (
        "The largest gap of 30. It is 4.5 wide.",
        (),
        "",
    )
