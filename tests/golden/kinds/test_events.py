"""The labelled events agree with their own guide, so that accuracy measured on them has a meaning."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from collections import Counter
from pathlib import Path

import pytest

from fairlead.core.tables import ORGANIZER_RELATIONS
from fairlead.core.work import Competency, HighPayoff, Kind

HERE = Path(__file__).parent
COUNTS = ("reports", "managers", "peers", "other_functions", "outside", "unknown")
FLAGS = ("all_day", "transparent", "private", "personal")
COLUMNS = [
    *("id", "split", "language", "persona", "title", "start", "minutes", "recurrence"),
    *("created_hours_before", "organizer", *COUNTS, *FLAGS, "response", "categories"),
    *("kind", "competency", "high_payoff", "why"),
]


@pytest.fixture(scope="module")
def events():
    with (HERE / "events.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        assert reader.fieldnames == COLUMNS
        return list(reader)


def test_every_row_is_complete_and_uses_the_vocabulary(events):
    for row in events:
        assert None not in row
        assert None not in row.values()
        assert row["language"] in {"en", "de"}
        assert row["persona"].strip()
        assert row["recurrence"] in {"none", "daily", "weekly", "biweekly", "monthly", "quarterly"}
        assert row["organizer"] in ORGANIZER_RELATIONS
        assert row["response"] in {"accepted", "tentative", "declined", "unanswered"}
        assert all(row[flag] in {"yes", "no"} for flag in FLAGS)
        assert row["kind"] in set(Kind)
        assert row["competency"] in {"", *Competency}
        assert row["high_payoff"] in {"", *HighPayoff}
        assert len(row["why"]) >= 5, row["id"]


def test_numbers_and_dates_can_be_read_and_are_possible(events):
    for row in events:
        start = dt.datetime.fromisoformat(row["start"])
        assert start.tzinfo is None
        assert 5 <= int(row["minutes"]) <= 40 * 24 * 60
        assert all(0 <= int(row[column]) <= 300 for column in COUNTS)
        if row["created_hours_before"]:
            assert -24 <= float(row["created_hours_before"]) < 20_000
        if row["all_day"] == "yes":
            assert (start.hour, start.minute) == (0, 0)
            assert int(row["minutes"]) % 1440 == 0


def test_ids_are_unique_and_the_half_follows_from_the_id_alone(events):
    assert len({row["id"] for row in events}) == len(events)
    for row in events:
        even = int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % 2 == 0
        assert row["split"] == ("tune" if even else "held_out")


def test_a_competency_belongs_to_its_kind_and_only_leading_and_managing_have_one(events):
    for row in events:
        if row["competency"]:
            assert Competency(row["competency"]).kind == row["kind"], row["id"]
        if row["kind"] in {Kind.RECOVERY, Kind.UNCLEAR, Kind.FIREFIGHTING}:
            assert not row["high_payoff"], row["id"]


def test_firefighting_was_not_set_up_more_than_a_day_ahead(events):
    late = [
        row["id"]
        for row in events
        if row["kind"] == "firefighting" and float(row["created_hours_before"]) > 24
    ]
    assert late == []


def test_time_marked_as_the_persons_own_is_recovery(events):
    assert {row["kind"] for row in events if row["personal"] == "yes"} == {"recovery"}


def test_the_file_is_large_varied_and_has_its_share_of_unclear_and_german(events):
    n = len(events)
    assert n >= 440
    assert len({row["persona"] for row in events}) >= 25
    assert len({row["title"] for row in events}) >= 0.97 * n
    for half in ("tune", "held_out"):
        rows = [row for row in events if row["split"] == half]
        assert 0.45 * n <= len(rows) <= 0.55 * n
        assert set(Counter(row["kind"] for row in rows)) == set(Kind)
        assert min(Counter(row["kind"] for row in rows).values()) >= 20
        assert {row["competency"] for row in rows} == {"", *Competency}
        assert 0.08 <= sum(row["kind"] == "unclear" for row in rows) / len(rows) <= 0.15
    assert 0.18 <= sum(row["language"] == "de" for row in events) / n <= 0.25
