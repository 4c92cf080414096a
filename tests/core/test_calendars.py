"""A reading of time: every minute once, definitions as written, too little said as such."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from tests.core.calendar_tables import event, table

from fairlead.core.calendar_figures import interval
from fairlead.core.calendars import WorkingHours, audit_time, audit_weeks
from fairlead.core.kinds import KINDS, Rule, Rules, When, classify
from fairlead.core.one_to_ones import median_gap
from fairlead.core.problems import BadInput
from fairlead.core.tables import DECLINED, TENTATIVE, UNANSWERED, PersonWeeks
from fairlead.core.titles import Lexicon
from fairlead.core.work import Competency, HighPayoff, Kind

NAMES = ("lead", "manage", "do", "fire", "rest", "off", "gym")
RULES = Rules(
    lexicon=Lexicon.of({name: (name,) for name in NAMES}),
    rules=tuple(
        Rule(id=name, kind=kind, when=When(words=(name,)), about=f"about {name}", reason="“{word}”", **more)
        for name, kind, more in (
            (
                "lead",
                Kind.LEADING,
                {"competency": Competency.DEVELOPING_PEOPLE, "high_payoff": HighPayoff.TRAINING},
            ),
            ("manage", Kind.MANAGING, {"tags": ("administration",)}),
            ("do", Kind.DOING, {}),
            ("fire", Kind.FIREFIGHTING, {}),
            ("rest", Kind.RECOVERY, {}),
            ("off", Kind.RECOVERY, {"tags": ("time_off",)}),
            ("gym", Kind.RECOVERY, {"tags": ("personal_engagement",)}),
        )
    ),
)
NINE = WorkingHours.parse("09:00-17:00")
MONDAY, SUNDAY = dt.date(2026, 3, 2), dt.date(2026, 3, 8)


def read(*events, first=MONDAY, last=SUNDAY, hours=NINE, zone="UTC", labels=(), **more):
    meetings = table(*events, zone=zone, labels=labels)
    return audit_time(meetings, classify(meetings, RULES), hours=hours, first=first, last=last, **more)


def test_overlapping_meetings_count_once_in_hours():
    audit = read(event("lead", "2026-03-02 10:00", peers=1), event("manage", "2026-03-02 10:30", peers=1))
    assert audit.hours.leading == pytest.approx(0.75)
    assert audit.hours.managing == pytest.approx(0.75)
    assert audit.figure("work_hours").value == pytest.approx(1.5)


def test_a_meeting_takes_the_minutes_of_a_block_of_ones_own():
    audit = read(event("do", "2026-03-02 09:00", 180), event("lead", "2026-03-02 10:00", peers=2))
    assert (audit.hours.doing, audit.hours.leading) == (2.0, 1.0)


def test_declined_and_transparent_meetings_cost_no_hours_but_tentative_ones_do():
    audit = read(
        event("lead", "2026-03-02 09:00", peers=1, response=DECLINED),
        event("lead", "2026-03-02 10:00", peers=1, transparent=True),
        event("lead", "2026-03-02 11:00", peers=1, response=TENTATIVE),
        event("lead", "2026-03-02 12:00", peers=1, response=UNANSWERED),
    )
    assert audit.hours.leading == 2.0
    assert dict(audit.left_out) == {"declined": 1, "marked as free": 1}


def brute_force(meetings, classified, hours, first, last, holidays):  # noqa: C901, PLR0912, PLR0915 - one slow and obvious loop
    """Walk minute by minute over UTC, with the written rule of ranks."""
    zone = ZoneInfo(meetings.zone)
    epoch = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    begin = (dt.datetime.combine(first, dt.time(), zone) - epoch) // dt.timedelta(minutes=1)
    end = (dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), zone) - epoch) // dt.timedelta(
        minutes=1
    )
    kinds = [str(KINDS[k]) for k in classified.kind]
    totals, after, weekend, holiday = dict.fromkeys(map(str, KINDS), 0.0), 0.0, 0.0, 0.0
    off_days, free, gap = set(), {}, {}
    n = len(meetings)
    counted = [
        not meetings.transparent[i] and meetings.response[i] not in {DECLINED, 4} and meetings.minutes[i] > 0
        for i in range(n)
    ]
    long = [bool(meetings.all_day[i]) or meetings.minutes[i] > 720 for i in range(n)]
    rank = []
    for i in range(n):
        named = classified.rule[i] >= 0 and "time_off" in classified.rules[classified.rule[i]].tags
        if long[i] and (kinds[i] == "unclear" or (kinds[i] == "recovery" and not named)):
            counted[i] = False
        if long[i]:
            rank.append(3)
        elif kinds[i] == "recovery":
            rank.append(2)
        else:
            rank.append(0 if meetings.people[i] > 1 or kinds[i] == "firefighting" else 1)
        if counted[i] and long[i] and kinds[i] == "recovery":
            for day in range(
                int(meetings.start_local[i]) // 1440, int(meetings.end_local[i] - 1) // 1440 + 1
            ):
                off_days.add(dt.date(1970, 1, 1) + dt.timedelta(days=day))
    for minute in range(begin, end):
        wall = (epoch + dt.timedelta(minutes=minute)).astimezone(zone)
        date, clock = wall.date(), wall.hour * 60 + wall.minute
        span = hours.days[date.weekday()] if date not in holidays else None
        working = span is not None and span[0] <= clock < span[1]
        local_day = (date - dt.date(1970, 1, 1)).days
        here = []
        for i in range(n):
            if not counted[i]:
                continue
            if long[i]:
                spans_day = (
                    meetings.start_local[i] // 1440 <= local_day <= (meetings.end_local[i] - 1) // 1440
                )
                if working and spans_day:
                    here.append(i)
            elif meetings.start_utc[i] <= minute < meetings.end_utc[i]:
                here.append(i)
        best = min((rank[i] for i in here), default=None)
        winners = [i for i in here if rank[i] == best]
        for i in winners:
            part = 1 / len(winners) / 60
            totals[kinds[i]] += part
            colleagues = meetings.peers[i] > 0
            if kinds[i] != "recovery" and (kinds[i] != "unclear" or colleagues):
                if date in holidays or (date in off_days and hours.days[date.weekday()]):
                    holiday += part
                elif hours.days[date.weekday()] is None:
                    weekend += part
                elif not working:
                    after += part
        if working and not any(rank[i] in {0, 3} for i in here):
            gap.setdefault(date, []).append(clock)
            if not any(rank[i] == 2 for i in here) and date not in off_days:
                free.setdefault(date, []).append(clock)
    runs = [run for clocks in free.values() for run in _runs(clocks)]
    return (
        totals,
        after,
        weekend,
        holiday,
        sum(r for r in runs if r >= 120) / 60,
        sum(r for r in runs if r < 120) / 60,
    )


def _runs(clocks):
    runs, last = [], None
    for clock in clocks:
        if last is None or clock != last + 1:
            runs.append(0)
        runs[-1] += 1
        last = clock
    return runs


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("Europe/Berlin", dt.date(2026, 3, 23)),
        ("America/New_York", dt.date(2026, 10, 26)),
        ("Asia/Kathmandu", dt.date(2026, 5, 4)),
    ],
)
def test_hours_agree_with_counting_every_minute(seed, zone, first):
    rng = np.random.default_rng(seed)
    last = first + dt.timedelta(days=7)
    events = []
    for _ in range(45):
        start = dt.datetime.combine(first, dt.time()) + dt.timedelta(
            minutes=int(rng.integers(-600, 8 * 1440 + 300))
        )
        long = rng.random() < 0.1
        start = dt.datetime.combine(start.date(), dt.time()) if long else start
        length = (
            int(rng.integers(1, 3)) * 1440
            if long
            else int(rng.choice([0, 15, 30, 60, 90, 240, 700, 800, 1500]))
        )
        title = str(
            rng.choice(
                ["lead", "manage", "do", "fire", "rest", "off", "x"], p=[0.2, 0.2, 0.2, 0.1, 0.1, 0.05, 0.15]
            )
        )
        events.append(
            event(
                title, start.strftime("%Y-%m-%d %H:%M"), length, all_day=long, peers=int(rng.integers(0, 3)),
                response=int(rng.choice([0, 1, 2, 3])), transparent=bool(rng.random() < 0.1),
            )
        )  # fmt: skip
    hours = WorkingHours.parse("08:30-16:45", "mon-thu,sat")
    holidays = {first + dt.timedelta(days=2)}
    meetings = table(*events, zone=zone)
    found = classify(meetings, RULES)
    audit = audit_time(meetings, found, hours=hours, first=first, last=last, holidays=holidays)
    totals, after, weekend, holiday, focus, fragmented = brute_force(
        meetings, found, hours, first, last, holidays
    )
    assert {name: getattr(audit.hours, name) for name in totals} == pytest.approx(totals)
    assert sum(week.after_hours for week in audit.weeks) == pytest.approx(after)
    assert sum(week.weekend_hours for week in audit.weeks) == pytest.approx(weekend)
    assert sum(week.holiday_hours for week in audit.weeks) == pytest.approx(holiday)
    assert sum(week.focus_hours for week in audit.weeks) == pytest.approx(focus)
    assert sum(week.fragmented_hours for week in audit.weeks) == pytest.approx(fragmented)


def test_a_night_with_a_clock_change_keeps_its_true_length():
    night = event("fire", "2026-03-28 22:00", 480, peers=1)
    audit = read(night, first=dt.date(2026, 3, 23), last=dt.date(2026, 3, 29), zone="Europe/Berlin")
    assert audit.hours.firefighting == 8.0
    assert audit.figure("weekend_hours").value == 8.0


def test_a_meeting_over_sunday_midnight_is_split_between_the_weeks():
    audit = read(
        event("do", "2026-03-08 23:00", 120, peers=1),
        event("do", "2026-03-10 10:00"),
        last=dt.date(2026, 3, 15),
    )
    assert [week.hours.doing for week in audit.weeks] == [1.0, 2.0]


def test_time_before_and_after_the_period_is_left_out():
    audit = read(event("do", "2026-03-01 23:00", 120), event("do", "2026-03-20 10:00"))
    assert audit.hours.doing == 1.0
    assert dict(audit.left_out) == {"outside the period": 1}


def test_a_day_off_fills_its_working_hours_except_where_work_was_put():
    audit = read(
        event("off", "2026-03-03 00:00", 1440, all_day=True),
        event("manage", "2026-03-03 10:00", peers=2),
        event("do", "2026-03-04 10:00"),
    )
    assert audit.hours.recovery == 7.0
    assert audit.figure("holiday_hours").value == 1.0
    assert audit.figure("focus_hours_per_week").value == pytest.approx(3 * 8 + 8), "the day off is no focus"


def test_an_all_day_note_that_nothing_places_costs_no_time():
    audit = read(event("birthday", "2026-03-03 00:00", 1440, all_day=True), event("do", "2026-03-04 10:00"))
    assert audit.hours.unclear == 0.0
    assert dict(audit.left_out) == {"all-day or very long entries that say nothing about time": 1}


def test_an_empty_week_is_left_out_and_not_called_focus():
    audit = read(event("do", "2026-03-03 10:00", peers=1), last=dt.date(2026, 3, 22))
    assert [week.monday for week in audit.weeks] == ["2026-03-02"]
    assert audit.figure("focus_hours_per_week").n == 1
    assert any("2 weeks hold no event" in note for note in audit.notes)


def test_focus_is_two_hours_without_meetings_inside_working_hours():
    audit = read(
        event("manage", "2026-03-02 10:30", 30, peers=1),
        event("manage", "2026-03-02 12:59", 1, peers=1),
        event("do", "2026-03-02 14:00", 60),
        first=MONDAY, last=MONDAY,
    )  # fmt: skip
    week = audit.weeks[0]
    # 09:00-10:30 and 11:00-12:59 are too short; one's own work does not break the block from 13:00 on.
    assert (week.focus_blocks, week.focus_hours) == (1, 4.0)
    assert week.fragmented_hours == pytest.approx((90 + 119) / 60)


def test_a_day_of_meetings_with_gaps_below_an_hour_has_no_free_hour():
    full = [event("manage", f"2026-03-02 {9 + h:02}:00", 5, peers=1) for h in range(8)]
    assert read(*full).weeks[0].days_without_free_hour == 1
    free = [event("manage", f"2026-03-02 {9 + h:02}:00", 5, peers=1) for h in range(7)]
    assert read(*free).weeks[0].days_without_free_hour == 0


def test_reactive_share_counts_short_notice_with_others_and_firefighting_and_leaves_unknown_out():
    audit = read(
        event("manage", "2026-03-02 09:00", peers=1, notice=23.9),
        event("manage", "2026-03-02 10:00", peers=1, notice=24),
        event("manage", "2026-03-02 11:00", peers=1, notice=None),
        event("do", "2026-03-02 12:00", notice=0.5),
        event("fire", "2026-03-02 13:00", notice=None),
    )
    figure = audit.figure("reactive_share")
    assert figure.value == pytest.approx(2 / 3)
    assert "1.0 hours with others whose notice is not known" in figure.left_out


def test_reactive_share_is_too_little_when_nothing_says_when_events_were_set_up():
    audit = read(event("manage", "2026-03-02 09:00", peers=1, notice=None))
    assert audit.figure("reactive_share").value is None
    assert "set up" in audit.figure("reactive_share").too_little


def test_shares_have_the_work_as_their_base_and_unclear_stands_beside():
    audit = read(
        event("lead", "2026-03-02 09:00", 120, reports=1),
        event("manage", "2026-03-02 12:00", 60, peers=2),
        event("fire", "2026-03-02 14:00", 60, peers=2),
        event("x", "2026-03-02 16:00", 60, peers=2),
    )
    assert audit.figure("firefighting_share").value == pytest.approx(0.25)
    assert audit.figure("high_payoff_share").value == pytest.approx(0.5)
    assert audit.figure("unclear_share").value == pytest.approx(0.2)
    assert audit.figure("mechanics_share").value == pytest.approx(1 / 3)
    assert {s.name: s.hours for s in audit.high_payoff}["training"] == 2.0
    assert {s.name: s.hours for s in audit.competencies}["developing_people"] == 2.0


def test_meetings_by_size_and_relation():
    audit = read(
        event("do", "2026-03-02 09:00"),
        event("lead", "2026-03-02 10:00", reports=1),
        event("manage", "2026-03-02 11:00", reports=4, outside=4),
        event("rest", "2026-03-02 13:00", peers=3),
    )
    assert {s.name: s.hours for s in audit.by_size} == {
        "alone": 1.0, "two": 1.0, "three_to_five": 0.0, "six_to_eight": 0.0, "nine_or_more": 1.0,
    }  # fmt: skip
    relations = {s.name: (s.hours, s.events) for s in audit.by_relation}
    assert relations["report"] == (2.0, 2)
    assert relations["outside"] == (1.0, 1)
    assert relations["peer"] == (0.0, 0)


def test_without_invitees_nothing_is_said_about_people():
    audit = read(event("do", "2026-03-02 09:00"))
    assert audit.by_size == ()
    assert audit.figure("meeting_hours_per_week").value is None
    assert audit.figure("focus_hours_per_week").value is None


def test_without_a_marked_engagement_it_is_not_known_whether_any_was_missed():
    audit = read(event("manage", "2026-03-03 18:30", peers=2))
    found = audit.figure("missed_personal")
    assert found.value is None
    assert found.too_little == "No event is marked as a personal engagement."


def test_missed_personal_engagements_are_declined_or_double_booked_ones():
    audit = read(
        event("gym", "2026-03-02 18:00", response=DECLINED),
        event("gym", "2026-03-03 18:00"),
        event("manage", "2026-03-03 18:30", peers=2),
        event("gym", "2026-03-04 18:00"),
        event("manage", "2026-03-04 18:50", peers=2),
        event("x", "2026-03-05 18:00", personal=True),
        event("manage", "2026-03-05 18:00", peers=2, response=TENTATIVE, organizer="peer"),
    )
    figure = audit.figure("missed_personal")
    assert (figure.value, figure.n, figure.n_of) == (2, 4, "engagements")
    assert audit.weeks[0].missed_personal == 2


def test_evenings_weekends_and_holidays_are_apart():
    audit = read(
        event("do", "2026-03-02 16:00", 180, peers=1),
        event("do", "2026-03-07 10:00", 60),
        event("do", "2026-03-04 10:00", 60),
        event("x", "2026-03-03 20:00", 60),
        event("x", "2026-03-03 21:30", 60, peers=1),
        holidays=[dt.date(2026, 3, 4)],
    )
    week = audit.weeks[0]
    assert (week.after_hours, week.weekend_hours, week.holiday_hours) == (3.0, 1.0, 1.0)


def test_one_to_ones_by_report_with_the_wait_that_is_not_over():
    days = ["2026-03-02", "2026-03-09", "2026-03-16", "2026-03-30"]
    events = [event("lead", f"{day} 10:00", 30, reports=1, one_to_one=0) for day in days]
    events += [event("lead", "2026-03-05 10:00", 30, reports=1, one_to_one=1)]
    events += [event("do", f"2026-04-{d:02} 10:00") for d in (1, 8, 15, 22)]
    audit = read(*events, last=dt.date(2026, 4, 26), labels=("report 1", "report 2", "report 3"))
    first, second, third = audit.one_to_ones
    assert (first.meetings, first.hours, first.median_gap_days, first.days_since_last) == (4, 2.0, 7.0, 27)
    assert (second.meetings, second.median_gap_days, second.days_since_last) == (1, None, 52)
    assert (third.meetings, third.days_since_last) == (0, None)
    coverage = audit.figure("one_to_one_coverage")
    # Four fortnights from 2 March: the first report in two and in the third (30 March), the second in one.
    assert coverage.n == 12
    assert coverage.value == pytest.approx(4 / 12)


def test_the_median_gap_agrees_with_a_kaplan_meier_estimate_from_elsewhere():
    from scipy.stats import CensoredData, ecdf

    rng = np.random.default_rng(1)
    for _ in range(200):
        days = np.unique(np.cumsum(rng.integers(1, 30, size=rng.integers(2, 9))))
        final = int(days[-1] + rng.integers(0, 60))
        survival = ecdf(CensoredData(np.diff(days), right=[final - days[-1]])).sf
        reached = survival.quantiles[survival.probabilities <= 0.5 + 1e-12]
        expected = float(reached[0]) if reached.size else None
        assert median_gap(days, final) == expected


def test_hands_on_time_is_close_work_with_reports():
    audit = read(
        event("do", "2026-03-02 09:00", reports=2),
        event("lead", "2026-03-02 10:00", reports=1),
        event("do", "2026-03-02 11:00", reports=8),
        event("manage", "2026-03-02 12:00", reports=1),
        event("do", "2026-03-02 13:00", reports=1, outside=1),
    )
    assert audit.weeks[0].hands_on_hours == 2.0


def test_unsorted_series_come_largest_first_and_without_titles_unless_kept():
    secret = "Geheimrat Ostermann"
    events = [event(secret, f"2026-03-0{d} 10:00", 30, series=5, recurring=True, reports=3) for d in (3, 4)]
    events += [event("Other", "2026-03-05 14:00", 45, peers=1, unknown=1)]
    audit = read(*events)
    assert [(u.events, u.hours, u.title) for u in audit.unsorted] == [(2, 1.0, ""), (1, 0.75, "")]
    assert audit.unsorted[0].when == "Different days 10:00, 30 minutes, every day"
    assert audit.unsorted[1].when == "Thursday 5 March 2026, 14:00, 45 minutes"
    assert audit.unsorted[0].people == "you and 3 reports"
    assert audit.unsorted[1].people == "you, 1 peer and 1 other person"
    assert "Ostermann" not in json.dumps(asdict(audit))
    assert read(*events, keep_titles=True).unsorted[0].title == secret


def test_unsorted_works_when_titles_were_forgotten():
    meetings = table(
        *(event("Weekly X", f"2026-03-{d:02} 10:00", 30, series=5, recurring=True, peers=3) for d in (3, 10)),
        event("Weekly X", "2026-03-04 10:00", 30, peers=3),
    )
    found = classify(meetings, RULES)
    audit = audit_time(meetings.without_titles(), found, hours=NINE, first=MONDAY, last=dt.date(2026, 3, 15))
    assert len(audit.unsorted) == 1, "one title, one line"
    bare = meetings.without_titles()
    audit = audit_time(bare, classify(bare, RULES), hours=NINE, first=MONDAY, last=dt.date(2026, 3, 15))
    assert [(u.events, u.when) for u in audit.unsorted] == [
        (2, "Tuesdays 10:00, 30 minutes, every week"),
        (1, "Wednesday 4 March 2026, 10:00, 30 minutes"),
    ]


def test_rules_in_use_and_time_categories_sum_their_hours():
    audit = read(event("manage", "2026-03-02 09:00", 90, peers=1), event("do", "2026-03-02 12:00"))
    assert [(r.rule, r.hours, r.events) for r in audit.rules] == [("manage", 1.5, 1), ("do", 1.0, 1)]
    assert {s.name: s.hours for s in audit.time_categories} == {
        "motivation": 0.0, "quotas": 0.0, "administration": 1.5, "meetings": 1.5,
    }  # fmt: skip


def test_every_promised_figure_is_there_with_its_formula_and_no_nan():
    audit = read()
    promised = {
        "work_hours", "hours_per_week", "reactive_share", "firefighting_share", "high_payoff_share",
        "unclear_share", "meeting_hours_per_week", "after_hours", "weekend_hours", "holiday_hours",
        "focus_blocks_per_week", "focus_hours_per_week", "fragmentation", "days_without_free_hour",
        "missed_personal", "one_to_one_coverage", "hands_on_hours_per_week", "mechanics_share",
        "diary_long_share", "diary_planned_share", "diary_large_share", "diary_outside_share",
        "diary_functions_share",
    }  # fmt: skip
    assert {figure.name for figure in audit.figures} == promised
    assert all(figure.formula for figure in audit.figures)
    assert all(figure.value is not None or figure.too_little for figure in audit.figures)
    json.dumps(asdict(audit), allow_nan=False)
    weeks = audit_weeks(PersonWeeks(person="p", monday=np.empty(0, dtype="datetime64[D]")))
    needed = {name for name in promised if not name.startswith("diary_")}
    assert needed <= {figure.name for figure in weeks.figures}
    json.dumps(asdict(weeks), allow_nan=False)


def test_intervals_hold_the_estimate_and_cover_as_often_as_they_say():
    rng = np.random.default_rng(4)
    hits = 0
    for _ in range(300):
        top = rng.gamma(4, 1, 40)
        low, high = interval(top.tolist(), [10.0] * 40)
        assert low <= top.sum() / 400 <= high
        hits += low <= 0.4 <= high
    assert 0.72 < hits / 300 < 0.88
    assert interval([1, 2, 3], [1, 1, 1]) is None, "three weeks are too few"
    assert interval([0, 0, 0, 0, 0], [2, 2, 2, 2, 2]) is None, "nothing is known of how weeks differ"
    assert interval([1, 2, 3, 4], [2, 2, 2, 2]) == interval([1, 2, 3, 4], [2, 2, 2, 2])


def test_weeks_of_time_off_and_cut_off_weeks_do_not_lower_the_weekly_mean():
    audit = read(
        event("off", "2026-03-02 00:00", 5 * 1440, all_day=True),
        event("do", "2026-03-10 09:00", 240),
        event("do", "2026-03-16 09:00", 60),
        last=dt.date(2026, 3, 16),
    )
    figure = audit.figure("hours_per_week")
    assert (figure.value, figure.n) == (4.0, 1)
    assert "2 weeks cut off" in figure.left_out
    assert [week.off for week in audit.weeks] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "days", "told"),
    [
        ("09:00-17:30", "mon-fri", "Mon-Fri 09:00-17:30"),
        ("8:00–12:15", "sat", "Sat 08:00-12:15"),
        ("00:00-24:00", "fri-mon", "Mon, Fri, Sat, Sun 00:00-24:00"),
        ("9:00 to 17:00", "mon, wed", "Mon, Wed 09:00-17:00"),
    ],
)
def test_working_hours_are_read_and_told(text, days, told):
    assert str(WorkingHours.parse(text, days)) == told


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("17:00-09:00", "mon"),
        ("9-5", "mon"),
        ("09:00-25:00", "mon"),
        ("09:60-10:00", "mon"),
        ("09:00-17:00", "noday"),
        ("", "mon"),
    ],
)
def test_working_hours_of_another_form_are_refused(text, days):
    with pytest.raises(BadInput, match="such as"):
        WorkingHours.parse(text, days)


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="ends before"):
        read(first=SUNDAY, last=MONDAY)


def test_person_weeks_say_what_they_can_and_leave_silent_weeks_out():
    weeks = PersonWeeks(
        person="p",
        monday=np.array(["2026-03-02", "2026-03-09", "2026-03-16"], dtype="datetime64[D]"),
        meeting=np.array([10.0, 0.0, 20.0]),
        call=np.array([2.0, 0.0, 0.0]),
        collaboration=np.array([30.0, 0.0, 40.0]),
        focus=np.array([10.0, 40.0, np.nan]),
        unscheduled_call=np.array([1.0, 0.0, 3.0]),
    )
    audit = audit_weeks(weeks)
    assert audit.figure("hours_per_week").value == 35.0
    assert audit.figure("focus_hours_per_week").value == 10.0
    assert audit.figure("focus_hours_per_week").n == 1
    assert audit.figure("reactive_share").value == pytest.approx(4 / 32)
    assert audit.figure("after_hours").value is None
    assert audit.figure("firefighting_share").value is None
    assert dict(audit.left_out) == {"weeks without any collaboration": 1}
    assert audit.hours.unclear == 70.0
