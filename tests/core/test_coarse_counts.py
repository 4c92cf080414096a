"""Counts so coarse that no single person can be found in them, or missed from them."""

import pytest

from fairlead.core.coarse_counts import coarse_count


@pytest.mark.parametrize("among", range(20))
def test_a_group_of_fewer_than_twenty_is_not_counted(among):
    assert {coarse_count(count, among).at_least for count in range(among + 1)} == {None}


@pytest.mark.parametrize("among", [20, 21, 29, 30, 57, 100])
def test_ten_people_stand_behind_each_count_and_ten_beside_it(among):
    for count in range(among + 1):
        told = coarse_count(count, among).at_least
        assert told is not None
        assert told % 10 == 0
        assert told <= count
        assert told <= among - 10
        alike = [other for other in range(among + 1) if coarse_count(other, among).at_least == told]
        assert len(alike) >= 10, "so many counts would have been told alike"


def test_none_is_not_told_from_nine():
    assert {coarse_count(count, 40).says for count in range(10)} == {"fewer than 10"}


@pytest.mark.parametrize(("count", "among"), [(-1, 30), (31, 30)])
def test_what_is_no_part_of_the_group_is_refused(count, among):
    with pytest.raises(ValueError, match="not among"):
        coarse_count(count, among)
