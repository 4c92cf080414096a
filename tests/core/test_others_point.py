"""Others on the map: out of released ranges alone, on the axes on which one's own answers lie."""

from __future__ import annotations

import pytest

from fairlead.core.released_scales import Range
from fairlead.core.role_map import MIN_COMPETENCIES, others_point
from fairlead.core.work import LEADING_COMPETENCIES, MANAGING_COMPETENCIES


def ranges(names, low, high):
    return {name: Range(low=low, high=high, lowest=1.0, highest=5.0) for name in names}


def test_each_axis_is_the_mean_of_its_own_six_ranges():
    seen = ranges(LEADING_COMPETENCIES, 4.0, 5.0) | ranges(MANAGING_COMPETENCIES, 1.0, 2.0)
    found = others_point(seen, as_of="2026-03-19", people_from=5)
    assert (found.leading_low, found.leading, found.leading_high) == (0.75, 0.875, 1.0)
    assert (found.managing_low, found.managing, found.managing_high) == (0.0, 0.125, 0.25)
    assert (found.who, found.label, found.as_of) == ("others", "What others say", "2026-03-19")


def test_one_wide_range_widens_the_axis_by_its_share():
    names = list(LEADING_COMPETENCIES)
    seen = ranges(names[1:], 3.0, 4.0) | ranges(names[:1], 1.0, 5.0) | ranges(MANAGING_COMPETENCIES, 3.0, 4.0)
    found = others_point(seen, as_of="2026-03-19", people_from=5)
    assert found.leading_low == pytest.approx((5 * 0.5 + 0.0) / 6)
    assert found.leading_high == pytest.approx((5 * 0.75 + 1.0) / 6)


@pytest.mark.parametrize("axis", [LEADING_COMPETENCIES, MANAGING_COMPETENCIES])
def test_an_axis_of_too_few_competencies_gives_no_point(axis):
    seen = ranges(LEADING_COMPETENCIES, 3.0, 4.0) | ranges(MANAGING_COMPETENCIES, 3.0, 4.0)
    names = list(axis)
    for name in names[: len(names) - MIN_COMPETENCIES]:
        del seen[name]
    assert others_point(seen, as_of="2026-03-19", people_from=5) is not None
    del seen[names[-1]]
    assert others_point(seen, as_of="2026-03-19", people_from=5) is None


def test_what_is_no_competency_moves_nothing():
    seen = ranges(LEADING_COMPETENCIES, 3.0, 4.0) | ranges(MANAGING_COMPETENCIES, 3.0, 4.0)
    more = seen | ranges(["boss", "informal_leadership"], 1.0, 1.5)
    plain = others_point(seen, as_of="2026-03-19", people_from=5)
    assert others_point(more, as_of="2026-03-19", people_from=5) == plain
