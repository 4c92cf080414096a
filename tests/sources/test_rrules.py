"""The rule engine against dateutil, rule by rule, and the refusals of rules that are not followed."""

# ruff: noqa: DTZ001 - rules run on the wall clock, which has no zone
from __future__ import annotations

import datetime as dt
import random
import time
from types import SimpleNamespace

import numpy as np
import pytest
from dateutil.rrule import rrulestr

from fairlead.sources.rrules import RuleRefusedError, occurrences, parse_rule

FIRST, LAST = dt.date(2020, 1, 1), dt.date(2023, 12, 31)


def random_rule(draw: random.Random) -> str:
    freq = draw.choice(["YEARLY", "MONTHLY", "WEEKLY", "DAILY"])
    parts = [f"FREQ={freq}"]

    def some(name, low, high, chance, most=3, negative=False):
        if draw.random() < chance:
            numbers = {draw.randint(low, high) for _ in range(draw.randint(1, most))}
            if negative and draw.random() < 0.3:
                numbers = {-number for number in numbers}
            parts.append(f"{name}={','.join(map(str, sorted(numbers)))}")

    if draw.random() < 0.5:
        parts.append(f"INTERVAL={draw.choice([2, 3, 4, 5, 7, 11])}")
    some("BYMONTH", 1, 12, 0.3)
    some("BYMONTHDAY", 1, 31, 0.25, negative=True)
    if freq == "YEARLY":
        some("BYYEARDAY", 1, 366, 0.15, negative=True)
        some("BYWEEKNO", 1, 53, 0.15)
    if draw.random() < 0.5:
        days = draw.sample(["MO", "TU", "WE", "TH", "FR", "SA", "SU"], draw.randint(1, 3))
        if freq in {"MONTHLY", "YEARLY"} and draw.random() < 0.5 and not any("WEEKNO" in p for p in parts):
            days = [f"{draw.choice([1, 2, 3, 4, 5, -1, -2])}{day}" for day in days]
        parts.append(f"BYDAY={','.join(days)}")
    some("BYHOUR", 0, 23, 0.15)
    some("BYMINUTE", 0, 59, 0.1)
    if len(parts) > 2:
        some("BYSETPOS", 1, 4, 0.25, most=2, negative=True)
    if draw.random() < 0.3:
        parts.append(f"WKST={draw.choice(['MO', 'SU', 'TH', 'TU'])}")
    if draw.random() < 0.4:
        parts.append(f"COUNT={draw.randint(1, 60)}")
    elif draw.random() < 0.3:
        parts.append(f"UNTIL={draw.randint(2019, 2024)}{draw.randint(1, 12):02d}15T120000")
    return ";".join(parts)


@pytest.fixture(autouse=True)
def stop_dateutil_after_the_window(monkeypatch):
    """Rules that never come true make dateutil walk to the year 9999; let its world end in 2024."""
    names = {name: getattr(dt, name) for name in dir(dt) if not name.startswith("_")}
    monkeypatch.setattr("dateutil.rrule.datetime", SimpleNamespace(**{**names, "MAXYEAR": LAST.year + 1}))


def expected(text: str, start: dt.datetime) -> list[dt.datetime]:
    last = dt.datetime.combine(LAST, dt.time(23, 59, 59))
    rule = rrulestr(text, dtstart=start)
    if "COUNT" not in text and "UNTIL" not in text:
        rule = rule.replace(until=last)
    found = []
    for moment in rule:
        if moment > last:
            break
        if moment.date() >= FIRST:
            found.append(moment)
    return found


def ours(text: str, start: dt.datetime) -> list[dt.datetime]:
    rule = parse_rule(text)
    until = rule.until if isinstance(rule.until, dt.datetime) else None
    seconds = occurrences(rule, start, FIRST, LAST, until)
    return list(seconds.astype("datetime64[s]").astype(dt.datetime))


@pytest.mark.parametrize("seed", range(8))
def test_random_rules_give_what_dateutil_gives(seed):
    draw = random.Random(seed)
    compared = 0
    while compared < 75:
        text = random_rule(draw)
        start = dt.datetime(
            draw.randint(2015, 2022), draw.randint(1, 12), draw.randint(1, 28), draw.randint(0, 23), 30
        )
        rule = parse_rule(text)
        if rule.freq == "WEEKLY" and rule.by("BYSETPOS"):
            # dateutil counts positions of the first week from its start day on, RFC 5545 from the week's.
            start -= dt.timedelta(days=(start.weekday() - rule.week_start) % 7)
        wanted = expected(text, start)
        assert ours(text, start) == wanted, f"{text} from {start}"
        compared += bool(wanted)


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4,6,9,11",
    ],
)
def test_rules_that_never_come_true_end_at_once(text):
    began = time.process_time()
    assert ours(text, dt.datetime(1950, 1, 2, 9)) == []
    assert time.process_time() - began < 0.5


def test_a_rule_without_end_from_long_ago_costs_no_more_than_the_window():
    began = time.process_time()
    for _ in range(200):
        found = occurrences(parse_rule("FREQ=DAILY"), dt.datetime(1901, 1, 1, 9), FIRST, LAST)
        assert len(found) == 1461
    assert time.process_time() - began < 1.0


def test_count_is_counted_from_the_first_event_and_not_from_the_window():
    start = dt.datetime(2019, 12, 30, 9)
    assert ours("FREQ=DAILY;COUNT=4", start) == [dt.datetime(2020, 1, 1, 9), dt.datetime(2020, 1, 2, 9)]


def test_day_numbers_count_from_both_ends_of_the_month():
    assert ours("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", dt.datetime(2020, 1, 1)) == [
        dt.datetime(2020, 1, 31), dt.datetime(2020, 2, 29), dt.datetime(2020, 3, 31),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("FREQ=SECONDLY", "FREQ=SECONDLY"),
        ("FREQ=MINUTELY;INTERVAL=5", "FREQ=MINUTELY"),
        ("FREQ=HOURLY", "FREQ=HOURLY"),
        ("INTERVAL=2", "no FREQ"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL=0"),
        ("FREQ=DAILY;INTERVAL=1000", "INTERVAL=1000"),
        ("FREQ=DAILY;INTERVAL=99999999999999999999", "INTERVAL=9999"),
        ("FREQ=DAILY;COUNT=10001", "COUNT=10001"),
        ("FREQ=DAILY;COUNT=0", "COUNT=0"),
        ("FREQ=DAILY;BYHOUR=24", "BYHOUR=24"),
        ("FREQ=DAILY;BYMINUTE=" + ",".join(map(str, range(32))), "BYMINUTE lists 32"),
        ("FREQ=YEARLY;BYMONTH=0", "BYMONTH=0"),
        ("FREQ=WEEKLY;BYDAY=XX", "BYDAY=XX"),
        ("FREQ=WEEKLY;WKST=XX", "WKST=XX"),
        ("FREQ=DAILY;UNTIL=20250230", "UNTIL=20250230"),
        ("FREQ=DAILY;FREQ=DAILY", "FREQ comes twice"),
        ("FREQ=DAILY;NONSENSE", "'NONSENSE'"),
        ("FREQ=DAILY;BYEASTER=0", "BYEASTER"),
        ("FREQ=YEARLY;RSCALE=CHINESE", "CHINESE"),
        ("FREQ=DAILY;" + "X-A=1;" * 300, "characters long"),
    ],
)
def test_a_rule_that_is_not_followed_says_what_would_be_right(text, wrong):
    with pytest.raises(RuleRefusedError) as caught:
        parse_rule(text)
    assert wrong in caught.value.wrong
    assert caught.value.right.endswith(".")
    assert 0 <= caught.value.offset <= len(text)


def test_results_are_in_order_and_unique():
    found = occurrences(
        parse_rule("FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0,30"), dt.datetime(2020, 1, 1), FIRST, LAST
    )
    assert np.all(np.diff(found) > 0)
