from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from tests.core.audit_cases import answers, figure, percent, rut_check, scale, time_audit

from fairlead.core.audit import audit
from fairlead.core.rut import PARTS, heaviest, plan_way_out, read_rut
from fairlead.library.steps import step_texts

TEXTS = step_texts()
TODAY = "2026-11-22"


def read(*scored, time=None, earlier=(), made_on=TODAY, **more):
    return read_rut(made_on=made_on, time=time, scored=scored, earlier=earlier, **more)


def part(reading, name):
    return next(one for one in reading.parts if one.name == name)


def test_nothing_known_gives_no_reading():
    assert read() is None


def test_the_index_is_the_mean_of_its_parts_worked_by_hand():
    # symptoms 4 of 1..5: .75; loved 20 % of a half: .6; balance 2 of 1..5, turned: .75
    found = read(rut_check(symptoms=4.0, balance=2.0, loved=20.0))
    assert [(one.name, one.value) for one in found.parts] == [
        ("symptoms", pytest.approx(0.75)),
        ("loved_work", pytest.approx(0.6)),
        ("balance", pytest.approx(0.75)),
    ]
    assert found.index.value == pytest.approx(0.7)
    # half widths .075, .2, .075: sqrt(.075² + .2² + .075²) / 3
    assert found.index.high - 0.7 == pytest.approx((0.075**2 * 2 + 0.2**2) ** 0.5 / 3)
    assert (found.index.n, found.index.n_of, found.index.as_of) == (3, "parts", "2026-11-20")
    assert "reactive" in found.index.left_out


def test_a_calendar_alone_is_too_little_for_an_index():
    time = time_audit(
        [(8, 8, 8)] * 10, figures=[figure("reactive_share", 0.3), figure("missed_personal", 2, unit="count")]
    )
    found = read(time=time)
    assert found.index.value is None
    assert {one.name for one in found.parts} == {"reactive", "missed_personal", "after_hours"}
    assert found.says == (
        "Too little to say yet. Answer the rut check: a calendar alone cannot say how it is for you."
    )


def test_two_parts_are_too_little():
    found = read(answers(scale("symptoms", 3.0), scale("balance", 3.0), instrument="rut-check"))
    assert found.index.too_little == "2 of 7 parts are known; it takes 3."


def test_calendar_parts_by_hand():
    time = time_audit(
        [(8, 8, 4)] * 10,
        after=[2.0] * 10,
        weekend=[0.5] * 10,
        figures=[
            figure("reactive_share", 0.3, low=0.25, high=0.36),
            figure("missed_personal", 3, unit="count"),
        ],
    )
    found = read(rut_check(), time=time)
    assert part(found, "reactive").value == 0.3
    assert (part(found, "reactive").low, part(found, "reactive").high) == (0.25, 0.36)
    assert part(found, "missed_personal").value == pytest.approx(0.3)
    assert part(found, "after_hours").value == pytest.approx(2.5 / 20 / 0.25)


def test_the_share_before_a_promotion_is_not_read_as_the_share_now():
    told = answers(numbers=[percent("loved_before", "loved_work", 80.0)], instrument="rut-check")
    assert read(told) is None


def test_a_guess_of_firefighting_stands_in_without_a_calendar():
    told = answers(numbers=[percent("firefighting_share", "firefighting", 40.0)], instrument="rut-check")
    assert part(read(told), "reactive").value == pytest.approx(0.4)


def test_traits_count_only_where_the_other_is_ahead():
    def gap(me, them):
        return part(read(answers(scale("traits.me", me), scale("traits.them", them))), "traits").value

    assert gap(2.0, 4.0) == pytest.approx(0.5)
    assert gap(4.0, 2.0) == 0.0


def test_an_outright_comparison_counts_from_about_the_same_upwards():
    # 4 of 1..5 is halfway from "about the same" (3) to "far more true of them" (5)
    found = part(read(answers(scale("traits.beside", 4.0, half=0.3))), "traits")
    assert (found.value, found.low, found.high) == (
        pytest.approx(0.5), pytest.approx(0.35), pytest.approx(0.65)
    )  # fmt: skip
    assert part(read(answers(scale("traits.beside", 2.0))), "traits").value == 0.0


def test_a_reading_ends_ninety_days_after_its_oldest_part():
    found = read(
        rut_check(on="2026-11-01"), answers(scale("traits.me", 2.0, on="2026-10-01"), on="2026-10-01")
    )
    assert found.expires_on == "2027-01-30"
    assert not found.expired
    assert read(rut_check(on="2026-11-01"), stands_days=60).expires_on == "2026-12-31"


def test_an_old_reading_is_history_and_plans_nothing():
    found = read(rut_check(symptoms=4.5, on="2026-05-01"))
    assert found.expired
    assert (
        found.says == "This reading ended on 30 July 2026. Answer the rut check again to see how it is now."
    )
    assert plan_way_out(found, TODAY, TEXTS) == ()


def test_drift_compares_the_parts_known_both_times():
    found = read(
        rut_check(symptoms=4.0, balance=2.0, loved=20.0), earlier=[rut_check(2.0, 4.0, 40.0, on="2026-06-01")]
    )
    index = found.drift[0]
    assert (index.scale, index.n_items, index.earlier_on, index.later_on) == (
        "rut_index", 3, "2026-06-01", "2026-11-20",
    )  # fmt: skip
    assert index.earlier == pytest.approx((0.25 + 0.2 + 0.25) / 3)
    assert index.change == pytest.approx(0.7 - 0.7 / 3)
    assert index.low > 0
    assert index.moved == "higher"
    assert {one.scale: one.moved for one in found.drift[1:]} == {"symptoms": "higher", "balance": "lower"}


def test_a_small_change_is_about_the_same():
    found = read(rut_check(3.1), earlier=[rut_check(3.0, on="2026-06-01")])
    assert found.drift[0].moved == "about the same"


def test_the_newest_earlier_reading_is_used_and_later_ones_are_not():
    old, newer = rut_check(1.5, on="2026-01-01"), rut_check(3.0, on="2026-08-01")
    assert read(rut_check(3.0), earlier=[newer, old]).drift[0].earlier_on == "2026-08-01"
    assert read(rut_check(3.0, on="2026-03-01"), earlier=[newer]).drift == ()


def test_an_earlier_audit_can_be_measured_against():
    before = audit(
        made_on=date(2026, 6, 1), time=None, role=None, scored=[rut_check(2.0, on="2026-06-01")], texts=TEXTS
    )
    found = read(rut_check(4.5), earlier=[before])
    assert found.drift[0].earlier_on == "2026-06-01"
    assert found.drift[0].change == pytest.approx((0.875 - 0.25) / 3)


def test_the_way_out_names_dated_weeks_and_its_two_heaviest_parts():
    found = read(rut_check(symptoms=4.0, balance=2.5, loved=5.0))
    stages = plan_way_out(found, TODAY, TEXTS)
    assert [stage.id for stage in stages] == [
        "look_around", "decide", "loved_work", "symptoms", "high_payoff", "check_again",
    ]  # fmt: skip
    assert stages[0].weeks == "Week 1, 23 November 2026 to 29 November 2026"
    assert stages[2].weeks == "Weeks 3 to 4, 7 December 2026 to 20 December 2026"
    assert (stages[-1].first_day, stages[-1].last_day) == ("2027-02-08", "2027-02-14")
    days = [(stage.first_day, stage.last_day) for stage in stages]
    for (_, last), (first, _) in pairwise(days):
        assert (date.fromisoformat(first) - date.fromisoformat(last)).days == 1


def test_a_light_reading_holds_and_checks_again():
    stages = plan_way_out(read(rut_check(1.5, 4.5, 60.0)), TODAY, TEXTS)
    assert [stage.id for stage in stages] == ["hold", "check_again"]


def test_with_one_heavy_part_the_stages_still_follow_each_other():
    found = read(rut_check(symptoms=1.0, balance=5.0, loved=0.0))
    assert heaviest(found) == ["loved_work"]
    stages = plan_way_out(found, TODAY, TEXTS)
    assert [stage.weeks.split(",")[0] for stage in stages] == [
        "Week 1", "Week 2", "Weeks 3 to 4", "Weeks 5 to 11", "Week 12",
    ]  # fmt: skip


def test_equal_parts_are_ordered_as_the_page_orders_them():
    found = read(rut_check(symptoms=4.0, balance=2.0, loved=12.5))
    assert heaviest(found) == ["symptoms", "loved_work", "balance"]
    assert [name for name in PARTS if name in heaviest(found)] == heaviest(found)
