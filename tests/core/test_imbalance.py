from __future__ import annotations

import pytest
from tests.core.audit_cases import answers, figure, one_to_one, scale, time_audit

from fairlead.core.imbalance import find_warnings, read_aspects
from fairlead.core.replies import Replies
from fairlead.library.steps import step_texts

TEXTS = step_texts()
CALM = [(6, 12, 6)] * 10


def leanings(leading, managing, half=0.3):
    told = answers(
        scale("conflict.leading", leading, half=half), scale("conflict.managing", managing, half=half)
    )
    (found,) = read_aspects(Replies.of([told]), TEXTS)
    return found


def ids(time, *scores):
    told = Replies.of([answers(*scores)] if scores else [])
    return [sign.id for sign in find_warnings(time, told, TEXTS)]


@pytest.mark.parametrize(
    ("leading", "managing", "half", "leaning"),
    [
        (4.5, 2.0, 0.3, "leading"),
        (2.0, 4.5, 0.3, "managing"),
        (4.5, 4.4, 0.3, "both"),
        (1.5, 1.6, 0.3, "neither"),
        (3.2, 2.9, 0.3, "even"),
        (4.0, 3.0, 0.6, "even"),
        (None, 4.0, 0.3, "unknown"),
    ],
)
def test_leaning_follows_from_the_two_intervals(leading, managing, half, leaning):
    found = leanings(leading, managing, half)
    assert found.leaning == leaning
    assert found.says == TEXTS.aspect("conflict").says[leaning]
    assert bool(found.if_it_lasts) == (leaning not in {"even", "unknown"})


def test_both_styles_can_be_high_and_are_shown_with_their_own_numbers():
    found = leanings(4.5, 4.4)
    assert (found.leading.value, found.managing.value) == (4.5, 4.4)
    assert (found.leading.unit, found.leading.n, found.leading.as_of) == ("points", 3, "2026-11-20")


def test_an_aspect_that_was_not_asked_about_is_not_read():
    assert read_aspects(Replies.of([]), TEXTS) == ()


def test_a_quiet_calendar_and_no_answers_give_no_warning():
    assert ids(time_audit(CALM)) == []
    assert ids(None) == []


def test_a_warning_carries_numbers_counts_and_dates_and_names_its_rows():
    told = Replies.of([answers(scale("warning.managing", 4.2, better="lower", name="signs"))])
    (sign,) = find_warnings(None, told, TEXTS)
    assert sign.evidence == (
        "warning.managing: 4.2 on a scale from 1 to 5 (3.9 to 4.5), 3 answers of 20 November 2026.",
    )
    assert (sign.id, sign.row, sign.rows) == ("too_much_managing", 181, (181, 182))


@pytest.mark.parametrize(
    ("about", "sign"),
    [("warning.managing", "too_much_managing"), ("warning.leading", "too_much_leading"), ("boss", "boss")],
)
def test_a_scale_warns_only_when_its_whole_interval_lies_above_the_middle(about, sign):
    assert ids(None, scale(about, 3.5, half=0.4)) == [sign]
    assert ids(None, scale(about, 3.5, half=0.6)) == []
    assert ids(None, scale(about, 1.5, half=0.3)) == []


def test_a_scale_that_is_better_higher_is_turned_before_it_warns():
    assert ids(None, scale("boss", 1.5, better="higher")) == ["boss"]
    assert ids(None, scale("boss", 4.5, better="higher")) == []


def test_firefighting_warns_with_its_whole_interval_above_a_fifth():
    assert ids(time_audit([(6, 6, 6, 9)] * 10)) == ["firefighting"]
    assert ids(time_audit([(6, 6, 6, 4)] * 10)) == []
    one_bad_week = [(6, 6, 6, 0)] * 9 + [(0, 0, 0, 60)]  # 27 %, from a single week
    assert ids(time_audit(one_bad_week)) == []


def test_a_reactive_half_of_the_time_warns():
    time = time_audit(CALM, figures=[figure("reactive_share", 0.6, low=0.52, high=0.68)])
    assert ids(time) == ["firefighting"]
    assert ids(time_audit(CALM, figures=[figure("reactive_share", 0.6, low=0.48, high=0.7)])) == []


def test_watching_numbers_before_people_warns_by_hours_or_by_answers():
    hours = {"performance_monitoring": 60.0, "developing_people": 12.0}
    assert ids(time_audit(CALM, competencies=hours)) == ["metrics_before_people"]
    assert ids(time_audit(CALM, competencies={**hours, "developing_people": 16.0})) == []
    apart = (scale("success_metrics.managing", 4.5), scale("success_metrics.leading", 2.0))
    assert ids(None, *apart) == ["metrics_before_people"]


def test_a_report_not_met_for_four_weeks_is_a_drought_and_is_counted():
    reports = (one_to_one("report 1", 5, 6), one_to_one("report 2", 2, 41), one_to_one("report 3", 0, None))
    (sign,) = find_warnings(time_audit(CALM, reports=reports), Replies.of([]), TEXTS)
    assert sign.id == "one_to_one_drought"
    assert len(sign.evidence) == 2
    assert sign.evidence[0].startswith("41 days since you last met report 2 alone, 2 such meetings in all")
    assert ids(time_audit(CALM[:3], reports=reports)) == []


def test_one_full_day_a_week_without_a_free_hour_warns():
    assert ids(time_audit(CALM, full_days=1)) == ["no_free_hour"]
    assert ids(time_audit(CALM[:3], full_days=5)) == []


def test_many_late_hours_warn_and_rising_ones_warn_apart():
    assert ids(time_audit(CALM, after=[6.0, 5.8] * 5)) == ["evenings"]
    rising = [0.2 * week for week in range(10)]
    assert ids(time_audit(CALM, after=rising)) == []  # a rise of 1.8 hours is small
    assert ids(time_audit(CALM, after=[2 * one for one in rising])) == ["evenings_rising"]
    falling = [4 - 0.4 * week for week in range(10)]
    assert ids(time_audit(CALM, weekend=falling)) == []
    noisy = [0, 9, 0, 0, 8, 0, 0, 9, 0, 9]
    assert ids(time_audit(CALM, after=noisy)) == []


def test_missed_engagements_and_worked_holidays_warn_from_two_and_one():
    def time(missed, holiday):
        return time_audit(
            CALM,
            figures=[
                figure("missed_personal", missed, unit="count"),
                figure("holiday_hours", holiday, unit="hours"),
            ],
        )

    assert ids(time(2, 0.5)) == ["missed_personal"]
    assert ids(time(1, 3.0)) == ["worked_days_off"]


def test_no_warning_speaks_of_what_kind_of_person_somebody_is():
    said = " ".join(f"{one.title} {one.says}" for one in TEXTS.warnings).casefold()
    for label in (
        "you are a ",
        "micromanager",
        "weak leader",
        "bad manager",
        "workaholic",
        "burnt-out person",
    ):
        assert label not in said
