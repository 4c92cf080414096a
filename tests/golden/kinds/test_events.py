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


def read(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        assert reader.fieldnames == COLUMNS
        return list(reader)


def plain(title):
    """The title as somebody reads it who does not mind capitals, signs and spaces."""
    return "".join(sign for sign in title.casefold() if sign.isalnum())


@pytest.fixture(scope="module", params=["events.csv", "fresh.csv", "blind.csv", "stranger.csv"])
def events(request):
    return read(request.param)


@pytest.fixture(scope="module")
def halves():
    return read("events.csv")


@pytest.fixture(scope="module")
def fresh():
    return read("fresh.csv")


@pytest.fixture(scope="module")
def blind():
    return read("blind.csv")


@pytest.fixture(scope="module")
def stranger():
    return read("stranger.csv")


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


def test_an_id_names_one_event_in_all_files(halves, fresh, blind, stranger):
    ids = [row["id"] for row in (*halves, *fresh, *blind, *stranger)]
    assert len(set(ids)) == len(ids)


def test_the_half_follows_from_the_id_alone(halves):
    for row in halves:
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


def test_the_file_is_large_varied_and_has_its_share_of_unclear_and_german(halves):
    n = len(halves)
    assert n >= 440
    assert len({row["persona"] for row in halves}) >= 25
    assert len({row["title"] for row in halves}) >= 0.97 * n
    for half in ("tune", "held_out"):
        rows = [row for row in halves if row["split"] == half]
        assert 0.45 * n <= len(rows) <= 0.55 * n
        assert set(Counter(row["kind"] for row in rows)) == set(Kind)
        assert min(Counter(row["kind"] for row in rows).values()) >= 20
        assert {row["competency"] for row in rows} == {"", *Competency}
        assert 0.08 <= sum(row["kind"] == "unclear" for row in rows) / len(rows) <= 0.15
    assert 0.18 <= sum(row["language"] == "de" for row in halves) / n <= 0.25


def test_the_fresh_events_are_a_split_of_their_own(fresh):
    assert {row["split"] for row in fresh} == {"fresh"}
    assert [row["id"] for row in fresh] == [f"f{n:03}" for n in range(1, len(fresh) + 1)]


def test_the_fresh_events_have_the_shares_they_were_written_for(fresh):
    n = len(fresh)
    assert n >= 320
    assert len({row["persona"] for row in fresh}) >= 40
    assert len({row["title"] for row in fresh}) >= 0.97 * n
    wanted = {
        "leading": 0.22,
        "managing": 0.27,
        "doing": 0.25,
        "firefighting": 0.08,
        "recovery": 0.08,
        "unclear": 0.10,
    }
    kinds = Counter(row["kind"] for row in fresh)
    assert {kind: kinds[kind] / n for kind in kinds} == pytest.approx(wanted, abs=0.02)
    assert {row["competency"] for row in fresh} == {"", *Competency}
    assert {row["high_payoff"] for row in fresh} == {"", *HighPayoff}
    assert 0.22 <= sum(row["language"] == "de" for row in fresh) / n <= 0.28
    for language in ("en", "de"):
        assert {row["kind"] for row in fresh if row["language"] == language} == set(Kind)


def test_hardly_a_fresh_title_or_calendar_was_seen_before(halves, fresh):
    titles = {plain(row["title"]) for row in halves}
    assert len([row["id"] for row in fresh if plain(row["title"]) in titles]) <= 5
    assert not {row["persona"] for row in halves} & {row["persona"] for row in fresh}


def test_the_third_set_is_large_in_both_languages_and_rich_in_what_a_reader_cannot_tell(blind):
    assert {row["split"] for row in blind} == {"blind"}
    assert [row["id"] for row in blind] == [f"b{n:03}" for n in range(1, len(blind) + 1)]
    assert len(blind) >= 200
    assert sum(row["kind"] == "unclear" for row in blind) >= 40
    assert {row["competency"] for row in blind} == {"", *Competency}
    assert {row["high_payoff"] for row in blind} == {"", *HighPayoff}
    assert len({row["persona"] for row in blind}) >= 15
    for language in ("en", "de"):
        assert {row["kind"] for row in blind if row["language"] == language} == set(Kind)


def test_no_title_or_calendar_of_the_third_set_was_seen_before(halves, fresh, blind):
    titles = {plain(row["title"]) for row in (*halves, *fresh)}
    assert [row["id"] for row in blind if plain(row["title"]) in titles] == []
    assert not {row["persona"] for row in (*halves, *fresh)} & {row["persona"] for row in blind}


def test_the_fourth_set_is_larger_still_a_third_german_and_more_than_a_quarter_unclear(stranger):
    n = len(stranger)
    assert {row["split"] for row in stranger} == {"stranger"}
    assert [row["id"] for row in stranger] == [f"s{number:03}" for number in range(1, n + 1)]
    assert n >= 300
    assert sum(row["kind"] == "unclear" for row in stranger) >= 0.25 * n
    assert 0.28 <= sum(row["language"] == "de" for row in stranger) / n <= 0.36
    assert {row["competency"] for row in stranger} == {"", *Competency}
    assert {row["high_payoff"] for row in stranger} == {"", *HighPayoff}
    assert len({row["persona"] for row in stranger}) >= 16
    for language in ("en", "de"):
        assert {row["kind"] for row in stranger if row["language"] == language} == set(Kind)


def test_no_title_or_calendar_of_the_fourth_set_was_seen_before(halves, fresh, blind, stranger):
    before = (*halves, *fresh, *blind)
    titles = {plain(row["title"]) for row in before}
    assert [row["id"] for row in stranger if plain(row["title"]) in titles] == []
    assert not {row["persona"] for row in before} & {row["persona"] for row in stranger}
