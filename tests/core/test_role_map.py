from __future__ import annotations

import pytest
from tests.core.audit_cases import answers, role, role_audit, scale, time_audit

from fairlead.core.reading import MapPoint
from fairlead.core.role_map import find_points

TODAY = "2026-11-22"


def points(**given):
    return find_points(**{"made_on": TODAY, "time": None, "role": None, "scored": (), **given})


def test_no_source_gives_no_point():
    assert points() == ()


def test_asked_is_the_share_divided_by_half():
    (point,) = points(role=role((0.3, 0.4, 0.3)))
    assert (point.who, point.leading, point.managing) == ("asked", pytest.approx(0.6), pytest.approx(0.8))
    assert (point.as_of, point.n, point.n_of) == ("2026-01-01", 1, "role profile")


def test_both_axes_can_be_full_at_once():
    (point,) = points(time=time_audit([(15, 15, 0)] * 6))
    assert (point.who, point.leading, point.managing) == ("calendar", 1.0, 1.0)
    assert point.leading_low < 1.0


def test_the_two_axes_move_alone():
    first, second = (
        points(scored=[role_audit(3.0)])[0],
        points(scored=[role_audit(3.0, developing_people=5.0, innovation=5.0)])[0],
    )
    assert second.leading > first.leading
    assert second.managing == first.managing == pytest.approx(0.5)


def test_self_is_the_mean_level_of_the_six_competencies_of_an_axis():
    # levels (score - 1) / 4: five times .5 and once 1 for leading
    (point,) = points(scored=[role_audit(3.0, innovation=5.0)])
    assert point.leading == pytest.approx((5 * 0.5 + 1.0) / 6)
    assert (point.n, point.n_of, point.as_of) == (36, "answers", "2026-11-20")


def test_fewer_than_four_competencies_of_an_axis_give_no_point():
    some = ("vision_translation", "innovation", "culture_shaping", "reliability", "risk_mitigation")
    assert points(scored=[answers(*(scale(one, 3.0) for one in some))]) == ()


def test_earlier_points_come_first_and_one_date_of_one_source_counts_once():
    old = MapPoint(
        who="self", label="What you say", leading=0.1, leading_low=0.0, leading_high=0.2, managing=0.9,
        managing_low=0.8, managing_high=1.0, as_of="2026-11-20", n=3, n_of="answers",
    )  # fmt: skip
    found = points(scored=[role_audit(3.0)], earlier=[old, role_audit(2.0, on="2026-05-01")])
    assert [(point.as_of, point.leading) for point in found] == [
        ("2026-05-01", pytest.approx(0.25)),
        ("2026-11-20", pytest.approx(0.5)),
    ]


def test_the_wider_the_answers_the_wider_the_point():
    wide, narrow = points(scored=[role_audit(half=1.0)])[0], points(scored=[role_audit(half=0.2)])[0]
    assert wide.leading_high - wide.leading_low > narrow.leading_high - narrow.leading_low
