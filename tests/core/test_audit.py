from __future__ import annotations

import json
import math
from dataclasses import asdict, is_dataclass
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.audit_cases import (
    answers,
    figure,
    one_to_one,
    role,
    role_audit,
    rut_check,
    scale,
    time_audit,
)

from fairlead.core.audit import audit, to_json
from fairlead.core.work import Competency
from fairlead.library.steps import step_texts

TEXTS = step_texts()
TODAY = date(2026, 11, 22)


def read(**given):
    return audit(**{"made_on": TODAY, "time": None, "role": None, "scored": (), "texts": TEXTS, **given})


def test_with_nothing_at_all_the_reading_is_complete_and_says_how_to_begin():
    found = read()
    assert found.next_step.id == "start_calendar"
    assert (found.gaps, found.map, found.aspects, found.warnings, found.rut, found.way_out) == ((),) * 4 + (
        None,
        (),
    )
    assert len(found.notes) == 4


def test_the_worked_example_of_the_method_page():
    """Twelve weeks of 4, 20 and 6 hours and 3 unsorted; docs/methods/audit.md works it by hand."""
    found = read(time=time_audit([(4, 20, 6, 0, 3)] * 12), role=role((0.40, 0.35, 0.25)))
    leading = found.gaps[0]
    assert leading.asked.low == pytest.approx(0.3077, abs=5e-5)
    assert leading.asked.high == pytest.approx(0.5000, abs=5e-5)
    assert leading.done.value == pytest.approx(0.1333, abs=5e-5)
    assert leading.done.low == pytest.approx(0.1041, abs=5e-5)
    assert leading.done.high == pytest.approx(0.1887, abs=5e-5)
    assert leading.gap == pytest.approx(0.2667, abs=5e-5)
    assert leading.clear
    assert [gap.clear for gap in found.gaps[1:3]] == [True, False]


def test_json_has_the_agreed_shape_and_the_hours_sum_to_the_calendar():
    time = time_audit(
        [(5, 10, 5, 2, 3, 4)] * 6,
        after=[1.0, 2.0] * 3,
        weekend=[0.5] * 6,
        figures=[figure("reactive_share", 0.25, low=0.2, high=0.3)],
    )
    found = to_json(read(time=time, role=role(), scored=[role_audit()]))
    keys = (
        "period",
        "hours",
        "after_hours",
        "weekend",
        "reactive_share",
        "events",
        "asked",
        "map",
        "warnings",
    )
    assert [key for key in (*keys, "next_step") if key not in found] == []
    assert found["hours"] == {
        "leading": 30.0, "managing": 60.0, "doing": 30.0, "firefighting": 12.0, "other": 42.0,
    }  # fmt: skip
    assert sum(found["hours"].values()) == pytest.approx(6 * 29)
    assert found["other_hours"] == {"recovery": 24.0, "unclear": 18.0}
    assert (found["after_hours"], found["weekend"], found["reactive_share"], found["events"]) == (
        9.0,
        3.0,
        0.25,
        120,
    )
    assert found["period"] == {
        "from": "2026-08-24", "to": "2026-10-02", "weeks": 6, "zone": "Europe/Berlin",
        "working_hours": "Mon-Fri 09:00-17:30",
    }  # fmt: skip
    assert (found["asked"]["leading"], found["asked"]["title"]) == (0.4, "Head of Testing")
    assert set(found["map"]) == {"asked", "self", "others", "calendar", "over_time"}
    assert found["map"]["others"] is None
    assert found["map"]["asked"]["leading"] == pytest.approx(0.8)
    assert found["next_step"]["id"]


def test_json_of_nothing_has_the_same_keys_with_null():
    empty, full = to_json(read()), to_json(read(time=time_audit([(5, 5, 5)] * 4), role=role()))
    assert set(empty) == set(full)
    assert empty["hours"] is None
    assert empty["asked"] is None
    assert empty["map"]["asked"] is None


def test_an_earlier_reading_gives_the_map_its_past_and_the_rut_its_drift():
    first = read(scored=[role_audit(2.0, on="2026-05-01"), rut_check(2.0, on="2026-05-01")])
    second = read(scored=[role_audit(4.0), rut_check(4.0)], earlier=[first])
    assert [point.as_of for point in second.map if point.who == "self"] == ["2026-05-01", "2026-11-20"]
    assert second.rut.drift[0].earlier_on == "2026-05-01"


def test_every_figure_says_how_many_it_rests_on_and_by_which_formula():
    found = read(
        time=time_audit([(5, 10, 5, 2, 1)] * 6),
        role=role(),
        scored=[role_audit(), rut_check(), aspects_told()],
    )
    figures = [figure for gap in found.gaps for figure in (gap.asked, gap.done)]
    figures += [*found.rut.parts, found.rut.index, found.firefighting]
    figures += [one for aspect in found.aspects for one in (aspect.leading, aspect.managing)]
    assert len(figures) == 40
    for one in figures:
        assert one.formula
        assert one.n_of
        assert (one.value is None) == bool(one.too_little)
        assert one.value is None or (one.n > 0 and one.as_of)


def test_the_attribution_of_the_role_stands_in_the_notes():
    from dataclasses import replace

    found = read(role=replace(role(), attribution="From O*NET, CC BY 4.0."))
    assert "From O*NET, CC BY 4.0." in found.notes


def aspects_told():
    return answers(
        *(
            scale(f"{one}.{side}", 3.5)
            for one in ("conflict", "communication")
            for side in ("leading", "managing")
        )
    )


def floats(value):
    if is_dataclass(value):
        value = asdict(value)
    if isinstance(value, dict):
        return [one for inner in value.values() for one in floats(inner)]
    if isinstance(value, (list, tuple)):
        return [one for inner in value for one in floats(inner)]
    return [value] if isinstance(value, float) else []


hours = st.floats(0, 40, allow_subnormal=False)
points = st.none() | st.floats(1, 5)


@settings(deadline=None, max_examples=50)
@given(
    weeks=st.none() | st.lists(st.tuples(hours, hours, hours, hours, hours, hours), max_size=14),
    after=st.lists(hours, max_size=14),
    competencies=st.dictionaries(st.sampled_from(list(Competency)), hours),
    kinds=st.none() | st.tuples(*[st.floats(0.01, 1)] * 3),
    level=points,
    rut=st.none() | st.tuples(st.floats(1, 5), st.floats(1, 5), st.floats(0, 100)),
    sign=points,
    share=st.none() | st.floats(0, 1),
    missed=st.integers(0, 30),
    full_days=st.integers(0, 5),
    since=st.none() | st.integers(0, 200),
)
def test_any_input_gives_a_whole_reading_without_nan(
    weeks, after, competencies, kinds, level, rut, sign, share, missed, full_days, since
):
    time = None
    if weeks is not None:
        figures = [figure("missed_personal", missed, unit="count"), figure("reactive_share", share)]
        reports = (one_to_one("report 1", 0 if since is None else 2, since),)
        time = time_audit(
            weeks,
            after=after,
            competencies=competencies,
            figures=figures,
            reports=reports,
            full_days=full_days,
        )
    scored = [] if level is None else [role_audit(level)]
    scored += [] if rut is None else [rut_check(*rut)]
    if sign is not None:
        told = [scale(one, sign) for one in ("warning.managing", "warning.leading", "boss")]
        scored.append(answers(*told, *aspects_told().scores, instrument="other"))
    asked = None if kinds is None else role(tuple(one / sum(kinds) for one in kinds))
    found = read(time=time, role=asked, scored=scored, earlier=[rut_check(3.0, on="2026-02-01")])
    assert all(math.isfinite(one) for one in floats(found))
    assert found.next_step.title
    assert found.next_step.measure_again_on > "2026-11-22"
    for point in found.map:
        assert 0 <= point.leading_low <= point.leading <= point.leading_high <= 1
        assert 0 <= point.managing_low <= point.managing <= point.managing_high <= 1
    if found.rut is not None and found.rut.index.value is not None:
        assert 0 <= found.rut.index.low <= found.rut.index.value <= found.rut.index.high <= 1
    assert json.loads(json.dumps(to_json(found), allow_nan=False))["next_step"]["id"] == found.next_step.id


def test_a_clear_gap_is_nearly_always_right_on_simulated_people():
    import numpy as np
    from benchmarks.recovery.audit import recover, table

    found = recover(13, 0.05, 1.0, 60, np.random.default_rng(5))
    assert found.right > 0.95
    assert found.right > found.plain_right + 0.05
    assert found.called[0] < 0.1
    assert found.called[3] > 0.5
    assert table((found,)).count("\n") == 2
