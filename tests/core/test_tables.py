"""The door of the core: a table that breaks its contract does not get in."""

from dataclasses import replace

import numpy as np
import pytest

from fairlead.core.tables import NO_NOTICE, Meetings, TableError, concatenate


def meetings(n: int = 3, **changes: object) -> Meetings:
    start = np.arange(n, dtype=np.int64) * 1440 + 29_000_000
    flags = np.zeros(n, dtype=np.bool_)
    small = np.zeros(n, dtype=np.int16)
    columns = {
        "zone": "UTC",
        "start_utc": start,
        "end_utc": start + 60,
        "start_local": start,
        "end_local": start + 60,
        "created": np.full(n, NO_NOTICE, dtype=np.int64),
        "series": np.arange(n, dtype=np.int32),
        "recurring": flags,
        "all_day": flags,
        "transparent": flags,
        "private": flags,
        "personal": flags,
        "response": np.zeros(n, dtype=np.int8),
        "organizer": np.zeros(n, dtype=np.int8),
        "reports": np.ones(n, dtype=np.int16),
        "managers": small,
        "peers": small,
        "other_functions": small,
        "outside": small,
        "unknown": small,
        "functions": np.zeros(n, dtype=np.int8),
        "one_to_one": np.zeros(n, dtype=np.int32),
        "title": tuple(f"1:1 Mira {i}" for i in range(n)),
        "categories": ((),) * n,
        "report_labels": ("Mira",),
        "left_out": (("cancelled", 1),),
        "source": ("a.ics",),
    }
    return Meetings(**(columns | changes))


def test_a_column_of_another_length_is_refused_by_name():
    with pytest.raises(TableError, match=r"start_utc has 2 rows, title has 3"):
        meetings(start_utc=np.zeros(2, dtype=np.int64))


def test_an_event_that_ends_before_it_starts_is_refused_with_its_row():
    ends = meetings().end_utc.copy()
    ends[1] -= 100
    with pytest.raises(TableError, match="end_utc is before start_utc in row 2"):
        meetings(end_utc=ends)


def test_rows_out_of_order_are_refused():
    table = meetings()
    with pytest.raises(TableError, match="not in order in row 2"):
        meetings(start_utc=table.start_utc[::-1].copy(), end_utc=table.end_utc[::-1].copy())


def test_a_one_to_one_with_nobody_on_the_list_is_refused():
    with pytest.raises(TableError, match="one_to_one names no report in row 1"):
        meetings(one_to_one=np.full(3, 4, dtype=np.int32))


def test_people_count_the_person_too():
    assert meetings().people.tolist() == [2, 2, 2]


def test_forgetting_titles_leaves_no_word_and_no_name_behind():
    forgotten = meetings().without_titles()
    assert "Mira" not in repr(forgotten)
    assert forgotten.report_labels == ("report 1",)
    assert forgotten.minutes.tolist() == [60, 60, 60]


def test_choosing_rows_keeps_columns_and_text_together():
    chosen = meetings().where(np.array([True, False, True]))
    assert chosen.title == ("1:1 Mira 0", "1:1 Mira 2")
    assert len(chosen) == len(chosen.start_utc) == 2


def test_two_calendars_become_one_in_order_of_start_with_their_series_apart():
    first = meetings()
    second = meetings(start_utc=first.start_utc + 720, end_utc=first.end_utc + 720, source=("b.ics",))
    both = concatenate([first, second])
    assert np.all(np.diff(both.start_utc) > 0)
    assert len(set(both.series.tolist())) == 6
    assert both.left_out == (("cancelled", 2),)
    assert both.source == ("a.ics", "b.ics")


def test_no_calendar_at_all_is_said():
    with pytest.raises(TableError, match="no calendar"):
        concatenate([])


def test_calendars_of_two_zones_are_not_put_together():
    with pytest.raises(TableError, match="zones"):
        concatenate([meetings(), replace(meetings(), zone="Asia/Tokyo")])
