from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.audit_cases import EVEN, answers, not_mine, role, role_audit, scale, time_audit

from fairlead.core.gaps import find_gaps, firefighting, unsorted_part
from fairlead.core.replies import Replies
from fairlead.core.work import ASKED_KINDS, Competency

NOBODY = Replies.of(())


def by_name(*args):
    return {gap.name: gap for gap in find_gaps(*args)}


def test_nothing_given_gives_no_gaps():
    assert find_gaps(None, None, NOBODY) == ()


def test_done_shares_leave_firefighting_out_and_sum_to_one():
    gaps = by_name(time_audit([(6, 12, 6, 16)] * 8), role(), NOBODY)
    assert [gaps[kind].done.value for kind in ASKED_KINDS] == pytest.approx([0.25, 0.5, 0.25])
    assert "Firefighting" in gaps["leading"].done.left_out


def test_a_role_that_asks_for_far_more_leading_than_is_done_has_a_clear_gap():
    gap = by_name(time_audit([(2, 24, 4)] * 12), role((0.4, 0.3, 0.3)), NOBODY)["leading"]
    assert gap.clear
    assert gap.gap == pytest.approx(0.4 - 2 / 30)
    assert gap.asked.low > gap.done.high
    assert gap.says.startswith("Your role asks for more of this than you do: asked 40 %")


def test_shares_that_are_near_are_too_close_to_call():
    gap = by_name(time_audit([(9, 11, 10)] * 12), role((0.35, 0.35, 0.3)), NOBODY)["leading"]
    assert not gap.clear
    assert gap.says.startswith("Too close to call: asked 35 % (26 to 45 %), done 30 %")


def test_unsorted_time_can_take_a_clear_gap_away():
    asked = role((0.4, 0.3, 0.3))
    assert by_name(time_audit([(5, 22, 3)] * 12), asked, NOBODY)["leading"].clear
    gap = by_name(time_audit([(5, 22, 3, 0, 25)] * 12), asked, NOBODY)["leading"]
    assert not gap.clear
    assert gap.done.value == pytest.approx(5 / 30)


def test_more_unsorted_time_than_sorted_says_to_sort_first():
    gap = by_name(time_audit([(5, 5, 5, 0, 16)] * 12), role(), NOBODY)["managing"]
    assert gap.done.value is None
    assert gap.says == "52 % of the working time is not sorted yet. Sort it first."


def test_free_working_time_may_have_been_doing_and_only_widens():
    seen = by_name(time_audit([(4, 24, 2)] * 12, free=12.0), role(), NOBODY)
    known = by_name(time_audit([(4, 24, 2)] * 12), role(), NOBODY)
    assert seen["doing"].done.value == known["doing"].done.value
    # 12 free hours less the 2 of doing that are in both: 10 of 40 may be doing without an entry.
    assert seen["doing"].done.high == pytest.approx(1 - (1 - known["doing"].done.high) * 0.75)
    assert seen["managing"].done.low == pytest.approx(known["managing"].done.low * 0.75)
    assert seen["managing"].done.high == known["managing"].done.high


def test_one_week_is_too_little():
    gap = by_name(time_audit([(5, 5, 5)]), role(), NOBODY)["doing"]
    assert gap.gap is None
    assert gap.says == "It takes at least 2 weeks with sorted work; there are 1."


def test_without_a_role_done_is_shown_and_no_gap():
    gap = by_name(time_audit([(5, 5, 5)] * 4), None, NOBODY)["leading"]
    assert gap.done.value == pytest.approx(1 / 3)
    assert gap.asked.value is None
    assert (gap.gap, gap.clear, gap.says) == (None, False, "Name your role to see what it asks.")


def test_a_competency_of_a_kind_that_hardly_occurs_is_clearly_missing():
    seen = time_audit(
        [(1, 28, 1)] * 12,
        competencies={"performance_monitoring": 200, "developing_people": 4},
        events_each=60,
    )
    gaps = by_name(seen, role(), NOBODY)
    assert gaps["culture_shaping"].clear
    assert gaps["culture_shaping"].gap == pytest.approx(1 / 12)


def test_a_competency_may_hide_in_other_entries_of_its_kind():
    seen = time_audit(
        [(1, 28, 1)] * 12,
        competencies={"performance_monitoring": 200, "developing_people": 4},
        events_each=60,
    )
    gap = by_name(seen, role(), NOBODY)["reliability"]
    assert gap.done.value == 0.0
    assert gap.done.high > 0.19
    assert not gap.clear


def test_fewer_than_ten_events_with_a_competency_are_too_little():
    seen = time_audit([(5, 20, 5)] * 12, competencies={"reliability": 5.0}, events_each=9)
    gap = by_name(seen, role(), NOBODY)["reliability"]
    assert gap.done.value is None
    assert "Only 9 events have a competency; it takes 10." in gap.says


def test_answers_stand_in_where_the_calendar_has_no_competencies():
    gaps = by_name(None, role(), Replies.of([role_audit(3.0, innovation=1.0)]))
    assert gaps["innovation"].done.value == 0.0
    assert gaps["innovation"].done_from == "answers"
    assert gaps["reliability"].done.value == pytest.approx(1 / 11)
    assert gaps["leading"].done.value is None


def test_answers_that_point_the_other_way_take_a_clear_gap_away():
    seen = time_audit(
        [(1, 28, 1)] * 12,
        competencies={"performance_monitoring": 200, "developing_people": 4},
        events_each=60,
    )
    told = Replies.of([role_audit(2.0, culture_shaping=5.0)])
    gap = by_name(seen, role(), told)["culture_shaping"]
    assert not gap.clear
    assert gap.says.startswith("Calendar and answers point apart: asked 8 %")
    assert by_name(seen, role(), Replies.of([role_audit(4.0, culture_shaping=1.0)]))["culture_shaping"].clear


def test_a_competency_that_is_not_their_work_counts_as_none_of_it():
    scores = [scale(one, 3.0) for one in Competency if one != "resource_allocation"]
    gaps = by_name(None, role(), Replies.of([answers(not_mine("resource_allocation"), *scores)]))
    assert gaps["resource_allocation"].done.value == 0.0
    assert gaps["reliability"].done.value == pytest.approx(1 / 11)


def test_a_half_answered_role_audit_says_what_is_missing():
    told = Replies.of([answers(scale("innovation", 3.0), scale("reliability", 2.0))])
    gap = by_name(None, role(), told)["innovation"]
    assert gap.done.value is None
    assert by_name(None, role(), told)["innovation"].says == "There is no calendar yet."
    assert gap.beside is None


def test_the_order_is_that_of_the_vocabulary():
    names = [gap.name for gap in find_gaps(None, role(), NOBODY)]
    assert names == [*ASKED_KINDS, *Competency]


def test_firefighting_is_a_part_of_all_sorted_work():
    found = firefighting(time_audit([(6, 12, 6, 16)] * 8))
    assert found.value == pytest.approx(0.4)
    assert found.low < 0.4 < found.high
    assert firefighting(None) is None


def test_unsorted_part_leaves_recovery_out():
    assert unsorted_part(time_audit([(3, 3, 3, 0, 1, 30)])) == pytest.approx(0.1)
    assert unsorted_part(time_audit([(0, 0, 0)])) == 0.0


hours = st.floats(0, 40, allow_subnormal=False)


@given(
    weeks=st.lists(st.tuples(hours, hours, hours, hours, hours), max_size=8),
    kinds=st.tuples(*[st.floats(0.01, 1)] * 3),
    competencies=st.dictionaries(st.sampled_from(list(Competency)), hours),
    events=st.integers(0, 60),
    level=st.none() | st.floats(1, 5),
    free=st.floats(0, 40),
)
def test_any_input_gives_ordered_intervals_and_gaps_that_follow_from_them(
    weeks, kinds, competencies, events, level, free
):
    asked = role(tuple(one / sum(kinds) for one in kinds), EVEN, spread=0.05)
    told = Replies.of([] if level is None else [role_audit(level)])
    seen = time_audit(weeks, competencies=competencies, events_each=events, free=free)
    gaps = find_gaps(seen, asked, told)
    assert len(gaps) == 15
    done = [gap.done.value for gap in gaps[:3]]
    assert None in done or sum(done) == pytest.approx(1.0)
    for gap in gaps:
        for figure in (gap.asked, gap.done):
            if figure.value is None:
                assert figure.too_little
            else:
                assert 0.0 <= figure.low <= figure.value <= figure.high <= 1.0 + 1e-9
        if gap.gap is None:
            assert not gap.clear
        elif gap.clear:
            assert gap.asked.low > gap.done.high or gap.done.low > gap.asked.high
        assert gap.says
