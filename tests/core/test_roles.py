"""What a role asks: levels, emphasis and shares from rated work activities."""

import json
import math
import statistics
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.core.roles import Activity, Occupation, derive, profile_distance, relatives
from fairlead.core.work import ASKED_KINDS, Competency, Kind
from fairlead.library.role_library import activities

GOLDEN = json.loads((Path(__file__).parents[1] / "golden/roles/expected.json").read_text(encoding="utf-8"))


def occupation(code="1", importance=None, level=None, zone=3, **more):
    size = len(activities())
    return Occupation(
        code=code,
        title=f"Role {code}",
        job_zone=zone,
        importance=tuple(importance or [3.0] * size),
        level=tuple(level or [3.5] * size),
        **more,
    )


def golden_roles():
    return [
        occupation(role["code"], role["importance"], role["level"], role["zone"]) for role in GOLDEN["roles"]
    ]


def test_levels_emphasis_and_shares_agree_with_an_independent_computation():
    for profile, expected in zip(derive(golden_roles(), activities()), GOLDEN["roles"], strict=True):
        for demand in (*profile.kinds, *profile.competencies):
            figures = (demand.level, demand.emphasis, demand.share, demand.share_low, demand.share_high)
            assert figures == pytest.approx(expected["asks"][demand.name], rel=1e-9), demand.name


def test_names_come_in_the_order_of_the_vocabulary():
    profile = derive([occupation()], activities())[0]
    assert [demand.name for demand in profile.kinds] == list(ASKED_KINDS)
    assert [demand.name for demand in profile.competencies] == list(Competency)


def test_equal_ratings_ask_for_all_three_kinds_alike():
    profile = derive([occupation()], activities())[0]
    assert [demand.level for demand in profile.kinds] == pytest.approx([0.25] * 3)
    assert [demand.share for demand in profile.kinds] == pytest.approx([1 / 3] * 3)


def test_doing_is_read_from_the_strongest_seven_so_that_what_a_job_never_does_costs_nothing():
    hands_on = [at for at, activity in enumerate(activities()) if activity.kind is Kind.DOING]
    importance, level = [1.0] * 41, [0.0] * 41
    for at in hands_on[:7]:
        importance[at], level[at] = 5.0, 7.0
    assert (
        derive([occupation(importance=importance, level=level)], activities())[0].demand("doing").level == 1.0
    )


def test_an_activity_that_is_not_important_counts_nothing_at_any_level():
    profile = derive([occupation(importance=[1.0] * 41, level=[7.0] * 41)], activities())[0]
    assert [demand.level for demand in profile.kinds] == [0.0, 0.0, 0.0]
    assert [demand.share for demand in profile.kinds] == [None, None, None]


def test_emphasis_of_a_zone_has_mean_zero_and_standard_deviation_one():
    profiles = derive(golden_roles(), activities())
    for zone in (2, 3):
        found = [p.demand("leading").emphasis for p in profiles if p.job_zone == zone]
        assert sum(found) / len(found) == pytest.approx(0.0, abs=1e-12)
        assert math.sqrt(sum(value**2 for value in found) / len(found)) == pytest.approx(1.0)


def test_within_a_zone_emphasis_does_not_follow_how_much_a_role_asks_overall():
    roles = [replace(role, job_zone=4) for role in golden_roles()]
    general = [
        sum((im - 1) / 4 * lv / 7 for im, lv in zip(role.importance, role.level, strict=True)) / 41
        for role in roles
    ]
    for name in ("leading", "managing", "doing", "innovation"):
        emphasis = [profile.demand(name).emphasis for profile in derive(roles, activities())]
        levels = [profile.demand(name).level for profile in derive(roles, activities())]
        assert statistics.correlation(general, levels) > 0.5
        assert statistics.correlation(general, emphasis) == pytest.approx(0.0, abs=1e-9)


def test_a_role_without_a_job_zone_or_in_a_small_zone_has_no_emphasis():
    roles = [*golden_roles(), occupation("a", zone=None), occupation("b", zone=5)]
    without, small = derive(roles, activities())[-2:]
    assert without.demand("leading").emphasis is None
    assert small.demand("leading").emphasis is None
    assert without.demand("leading").level is not None


def test_unrated_activities_are_left_out_and_a_competency_without_any_says_nothing():
    found = [
        at for at, a in enumerate(activities()) if dict(a.competencies).get(Competency.CONFLICT_NAVIGATION)
    ]
    importance = [None if at in found else 4.0 for at in range(41)]
    level = [None if at in found else 3.5 for at in range(41)]
    profile = derive([occupation(importance=importance, level=level)], activities())[0]
    silent = profile.demand("conflict_navigation")
    assert (silent.level, silent.share, silent.share_low) == (None, None, None)
    assert sum(demand.share for demand in profile.competencies if demand.share is not None) == pytest.approx(
        1.0
    )
    assert profile.demand("leading").level == pytest.approx(0.375)


def test_a_role_with_no_ratings_at_all_is_all_unknown():
    profile = derive([occupation(importance=[None] * 41, level=[None] * 41)], activities())[0]
    assert {demand.level for demand in (*profile.kinds[:2], *profile.competencies)} == {None}


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_shares_sum_to_one_and_lie_inside_their_intervals(data):
    importance = data.draw(st.lists(st.integers(100, 500), min_size=41, max_size=41))
    level = data.draw(st.lists(st.integers(0, 700), min_size=41, max_size=41))
    importance, level = [value / 100 for value in importance], [value / 100 for value in level]
    profile = derive([occupation(importance=importance, level=level)], activities())[0]
    for demands in (profile.kinds, profile.competencies):
        shares = [demand.share for demand in demands if demand.share is not None]
        assert not shares or sum(shares) == pytest.approx(1.0)
        for demand in demands:
            if demand.share_low is not None:
                assert 0 <= demand.share_low <= demand.share + 1e-12
                assert demand.share - 1e-12 <= demand.share_high <= 1


def test_values_and_styles_come_strongest_first():
    role = occupation(
        values=(("Support", 2.0), ("Achievement", 5.0)), styles=(("Empathy", -1.0), ("Humility", 0.5))
    )
    profile = derive([role], activities())[0]
    assert profile.values == (("Achievement", 5.0), ("Support", 2.0))
    assert profile.styles == (("Humility", 0.5), ("Empathy", -1.0))


def test_ratings_of_the_wrong_length_are_refused():
    with pytest.raises(ValueError, match="one importance and one level for each activity"):
        derive([replace(occupation(), importance=(3.0,))], activities())


def test_no_roles_give_no_profiles():
    assert derive([], activities()) == ()
    assert relatives([]) == ()


def test_relatives_are_the_nearest_by_cosine_of_ipsatized_scores():
    roles = golden_roles()
    columns = list(zip(*[[*role.importance, *role.level] for role in roles], strict=True))
    scores = []
    for column in columns:
        centre = sum(column) / len(column)
        deviation = math.sqrt(sum((value - centre) ** 2 for value in column) / len(column))
        scores.append([(value - centre) / deviation for value in column])
    rows = [list(row) for row in zip(*scores, strict=True)]
    rows = [[value - sum(row) / len(row) for value in row] for row in rows]

    def distance(one, other):
        dot = sum(a * b for a, b in zip(one, other, strict=True))
        return 1 - dot / math.sqrt(sum(a * a for a in one) * sum(b * b for b in other))

    for at, found in enumerate(relatives(roles, limit=5)):
        brute = sorted((distance(rows[at], row), roles[k].code) for k, row in enumerate(rows) if k != at)[:5]
        assert [role.code for role in found] == [code for _, code in brute]
        assert [role.distance for role in found] == pytest.approx([d for d, _ in brute])


def test_no_role_is_its_own_relative_even_when_two_are_the_same():
    roles = [occupation("a"), occupation("b"), occupation("c", importance=[5.0] * 20 + [1.0] * 21)]
    assert [found[0].code for found in relatives(roles, limit=1)] == ["b", "a", "a"]


def test_profiles_of_the_same_shares_have_no_distance_and_unlike_ones_have():
    one, other = derive(golden_roles()[:2], activities())
    assert profile_distance(one, one) == pytest.approx(0.0, abs=1e-7)
    assert profile_distance(one, other) == pytest.approx(profile_distance(other, one))
    assert profile_distance(one, other) > 0


def test_distance_leaves_out_what_one_of_the_two_cannot_say():
    one, other = derive(golden_roles()[:2], activities())
    silent = replace(other, competencies=tuple(replace(d, share=None) for d in other.competencies))
    kinds = [math.sqrt(a.share * b.share) for a, b in zip(one.kinds, other.kinds, strict=True)]
    assert profile_distance(one, silent) == pytest.approx(math.sqrt(1 - sum(kinds)))
    nothing = replace(silent, kinds=tuple(replace(d, share=None) for d in silent.kinds))
    assert profile_distance(one, nothing) is None


def test_each_of_the_41_activities_has_one_kind_a_reason_and_known_competencies():
    assert len(activities()) == 41
    assert all(activity.why and activity.kind in ASKED_KINDS for activity in activities())
    assert sum(activity.kind is Kind.LEADING for activity in activities()) == 7
    assert sum(activity.kind is Kind.MANAGING for activity in activities()) == 7
    named = {name for activity in activities() for name, _ in activity.competencies}
    assert named == set(Competency)


def test_a_profile_gives_its_demands_by_name_and_no_others():
    profile = derive([occupation()], activities())[0]
    assert profile.demand("innovation").name == "innovation"
    with pytest.raises(KeyError):
        profile.demand("charisma")


def test_an_activity_is_a_record_of_its_own():
    first = activities()[0]
    assert isinstance(first, Activity)
    assert first.sentences is first.kind
