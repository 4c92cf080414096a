from __future__ import annotations

from datetime import date

import pytest
from tests.core.audit_cases import (
    EVEN,
    answers,
    not_mine,
    one_to_one,
    role,
    role_audit,
    rut_check,
    scale,
    time_audit,
)

from fairlead.core.audit import audit
from fairlead.core.next_step import EQUAL_PART, RULE, SIGN_STEPS
from fairlead.core.work import Competency
from fairlead.library.steps import step_texts

TEXTS = step_texts()
STEADY = dict.fromkeys(Competency, 20.0)


def step(time=None, asked=None, *scored, earlier=()):
    found = audit(
        made_on=date(2026, 11, 22), time=time, role=asked, scored=scored, earlier=earlier, texts=TEXTS
    )
    return found.next_step


def test_line_1_nothing_begins_with_a_calendar():
    found = step()
    assert (found.id, found.measure_again_on) == ("start_calendar", "2026-11-29")


def test_line_2_unsorted_time_is_sorted_first():
    assert step(time_audit([(2, 20, 2, 0, 7)] * 10), role()).id == "sort_unclear"
    assert step(time_audit([(2, 20, 2, 0, 5)] * 10), role()).id != "sort_unclear"


def test_weekly_totals_have_nothing_to_sort_and_ask_for_answers():
    totals = time_audit([(0, 0, 0, 0, 30)] * 8)
    assert step(totals, role()).id == "answer_role_audit"
    assert "Read the calendar itself." in step(totals, role()).why
    assert step(totals, role(), role_audit(3.0)).id == "keep"


def test_line_3_a_role_is_named_before_anything_is_compared():
    assert step(time_audit([(8, 8, 8)] * 10)).id == "name_role"
    assert step(None, None, role_audit()).id == "name_role"


def test_line_4_a_role_alone_asks_for_a_calendar_and_a_short_calendar_for_answers():
    assert step(None, role()).id == "start_calendar"
    assert step(time_audit([(8, 8, 8)]), role()).id == "answer_role_audit"


def test_line_5_firefighting_comes_before_gaps():
    found = step(time_audit([(1, 20, 3, 16)] * 10, competencies=STEADY), role())
    assert found.id == "firefighting"
    assert found.why.startswith("Firefighting takes 40 %")


def test_line_6_the_largest_clear_gap_that_the_role_asks():
    asked = dict(EVEN) | {"innovation": 0.15, "culture_shaping": 0.10, "reliability": 1 / 12 - 0.0833}
    seen = time_audit([(1, 28, 1)] * 12, competencies={"performance_monitoring": 300}, events_each=200)
    found = step(seen, role(competencies=asked))
    assert found.id == "innovation"
    assert "no clear one is larger" in found.why
    assert found.measure_again_on == "2027-01-03"


def test_a_competency_below_an_equal_part_is_not_asked():
    asked = dict(EVEN) | dict.fromkeys(list(Competency)[6:], EQUAL_PART - 0.01)
    asked["conflict_navigation"] = EQUAL_PART
    seen = time_audit([(1, 28, 1)] * 12, competencies={"performance_monitoring": 300}, events_each=200)
    assert step(seen, role(competencies=asked)).id == "conflict_navigation"


def test_what_is_no_part_of_the_work_cannot_be_moved():
    asked = dict(EVEN) | {"innovation": 0.2}
    seen = time_audit([(1, 28, 1)] * 12, competencies={"performance_monitoring": 300}, events_each=200)
    rest = [scale(one, 3.0) for one in Competency if one != "innovation"]
    assert step(seen, role(competencies=asked), answers(not_mine("innovation"), *rest)).id != "innovation"


def test_equal_gaps_without_a_warning_are_decided_by_the_order_of_the_handbook():
    seen = time_audit([(1, 28, 1)] * 12, competencies={"process_implementation": 300}, events_each=200)
    assert step(seen, role()).id == "vision_translation"


def test_of_equal_gaps_the_one_that_a_warning_speaks_for_comes_first():
    few = {"competencies": {"performance_monitoring": 300, "developing_people": 1}, "events_each": 200}
    asked = role(competencies=dict(EVEN) | {"innovation": EQUAL_PART + 0.01})
    quiet = time_audit([(1, 28, 1)] * 12, **few | {"competencies": {"process_implementation": 300}})
    found = step(time_audit([(1, 28, 1)] * 12, **few), asked)
    assert step(quiet, asked).id == "vision_translation"
    assert found.id == "developing_people"
    assert found.why.endswith("A warning speaks for it: numbers before people.")


def test_a_warning_does_not_outweigh_a_larger_gap():
    few = {"competencies": {"performance_monitoring": 300, "developing_people": 1}, "events_each": 200}
    asked = role(competencies=dict(EVEN) | {"innovation": EQUAL_PART + 0.05})
    assert step(time_audit([(1, 28, 1)] * 12, **few), asked).id == "innovation"


def test_line_7_a_kind_is_clear_where_no_competency_is():
    seen = time_audit([(3, 24, 3)] * 12)  # no competencies at all
    told = role_audit(3.0, strategic_influence=2.5)
    found = step(seen, role((0.45, 0.3, 0.25)), told)
    assert found.id == "strategic_influence"
    assert "too close to call, but leading as a whole is clearly below what is asked" in found.why


def test_line_7_doing_has_a_step_of_its_own():
    seen = time_audit([(15, 15, 1)] * 12)
    assert step(seen, role((0.2, 0.2, 0.6)), role_audit(3.0)).id == "doing"


def test_line_8_the_rut_comes_when_no_gap_is_clear():
    calm = time_audit([(10, 10, 10)] * 12)
    found = step(calm, role((0.34, 0.33, 0.33)), role_audit(3.0), rut_check(4.8, 1.5, 15.0))
    assert found.id == "rut_symptoms"
    assert step(calm, role((0.34, 0.33, 0.33)), role_audit(3.0), rut_check(1.5, 4.5, 60.0)).id == "keep"


def test_the_rut_check_alone_is_answered_before_a_role_is_asked_for():
    assert step(None, None, rut_check(4.8, 1.5, 30.0)).id == "rut_symptoms"
    assert step(None, None, rut_check(1.5, 4.5, 60.0)).id == "name_role"


def test_an_expired_rut_check_chooses_nothing():
    assert step(None, None, rut_check(4.8, 1.5, 30.0, on="2026-01-05")).id == "name_role"


def test_line_9_the_first_warning_has_its_step():
    calm = time_audit([(10, 10, 10)] * 12, reports=(one_to_one("report 1", 1, 60),))
    found = step(calm, role((0.34, 0.33, 0.33)))
    assert found.id == "sign_one_to_one_drought"
    assert "60 days since you last met report 1 alone" in found.why


def test_line_10_otherwise_keep():
    assert step(time_audit([(10, 10, 10)] * 12), role((0.34, 0.33, 0.33))).id == "keep"


@pytest.mark.parametrize(
    ("reports", "found"),
    [((), "developing_people"), ((one_to_one("report 1", 9, 3),), "developing_people_reports")],
)
def test_developing_people_has_a_step_with_and_without_reports(reports, found):
    asked = dict(EVEN) | {"developing_people": 0.2}
    seen = time_audit(
        [(1, 28, 1)] * 12, competencies={"performance_monitoring": 300}, events_each=200, reports=reports
    )
    assert step(seen, role(competencies=asked)).id == found


def test_the_same_reading_gives_the_same_step_and_shows_the_rule():
    first, second = step(None, None, rut_check(4.8)), step(None, None, rut_check(4.8))
    assert first == second
    assert first.rule == RULE
    assert first.rows
    assert first.research


def test_a_step_names_the_line_of_the_rule_that_decided():
    known = step(None, None, rut_check(4.8, 1.5, 30.0))
    assert known.line == 8
    assert known.line_says == "The rut index is one half or more: the step of its largest part."
    assert f"8. {known.line_says}" in known.rule
    assert step(None, None).line == 1


def test_a_calendar_in_which_nothing_costs_time_is_nothing_known():
    found = step(time_audit([]), None)
    assert (found.id, found.line) == ("start_calendar", 1)
    assert found.why == "The calendar holds no working time in this period."


def test_every_warning_leads_to_a_step_that_exists():
    for one in TEXTS.warnings:
        assert TEXTS.step(SIGN_STEPS[one.id]).does
