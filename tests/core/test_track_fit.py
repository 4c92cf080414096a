"""Tracks side by side: each by itself, apart only where intervals part, never a winner."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.direction_cases import DAY, VALUES, a_track, all_tracks, answers_to, everything, task

from fairlead.core.direction_answers import TrackAnswers
from fairlead.core.energy import read_energy
from fairlead.core.profile_agreement import draw
from fairlead.core.roles import RoleProfile
from fairlead.core.track_fit import apart, figure_on, likeness, read_role, read_tracks, tracks_say
from fairlead.core.tracks import TRACK_ORDER
from fairlead.core.values import utilities

TRACKS = all_tracks()
answer = st.lists(st.integers(1, 5), min_size=8, max_size=8)


def strengths(**more):
    return tuple((f"4.A.{i}", more.get(f"a{i}", 0.3)) for i in range(12))


def by_id(readings):
    return {one.track: one for one in readings}


def test_want_and_able_are_weighted_means_over_the_demands_that_were_answered():
    track = TRACKS[0]
    said = TrackAnswers(
        track=track.id,
        want=((track.demands[0].id, 5), (track.demands[1].id, 3), (track.demands[7].id, 1)),
        able=((track.demands[0].id, 2),),
    )
    found = by_id(read_tracks([track], [said], DAY))[track.id]
    assert found.want.value == pytest.approx((5 * 5 + 4 * 3 + 1 * 1) / 10)
    assert found.want.n == 3
    assert found.able.value is None
    assert found.able.too_little == "1 of 8 demands answered; it takes 3."
    assert not found.too_little


def test_each_demand_is_read_from_want_and_able_together():
    track = TRACKS[0]
    want = (5, 5, 1, 1, 3, 5, 3, 4)
    able = (5, 1, 5, 2, 5, 3, 1, 4)
    found = read_tracks([track], [answers_to(track, want, able)], DAY)[0]
    assert [one.reading for one in found.demands] == [
        "fits", "skill_gap", "will_gap", "not_mine", "between", "between", "between", "fits",
    ]  # fmt: skip
    assert found.reasons == (
        "You want it and are able to do it: Thing 0; Thing 7.",
        "You want it and are not yet able to do it, a skill gap: Thing 1.",
        "You are able to do it and do not want it, a will gap: Thing 2.",
        "You neither want it nor are able to do it yet: Thing 3.",
    )


def test_a_track_of_which_nothing_was_said_has_too_little_and_stands_in_its_place():
    found = read_tracks(TRACKS[::-1], [answers_to(TRACKS[3], (5,) * 8)], DAY)
    assert [one.track for one in found] == list(TRACK_ORDER)
    assert found[0].too_little == "0 of 8 demands answered; it takes 3."
    assert {one.reading for one in found[0].demands} == {"not_said"}
    assert found[0].reasons == ()


@settings(max_examples=20)
@given(st.permutations(list(range(5))), st.lists(answer, min_size=5, max_size=5))
def test_the_order_in_which_tracks_and_answers_come_changes_nothing(order, wants):
    said = [answers_to(track, want) for track, want in zip(TRACKS, wants, strict=True)]
    one = read_tracks(TRACKS, said, DAY)
    other = read_tracks([TRACKS[at] for at in order], [said[at] for at in order], DAY)
    assert one == other
    assert apart(one) == apart(other)


@settings(max_examples=30)
@given(st.lists(answer, min_size=5, max_size=5))
def test_pairs_are_named_exactly_where_intervals_do_not_meet(wants):
    read = read_tracks(TRACKS, [answers_to(t, w) for t, w in zip(TRACKS, wants, strict=True)], DAY)
    named = {(one.on, one.more, one.less) for one in apart(read)}
    for aspect, one, other in itertools.product(("want", "able"), read, read):
        left, right = figure_on(one, aspect), figure_on(other, aspect)
        assert ((aspect, one.track, other.track) in named) == (left.low > right.high)


def test_where_all_intervals_meet_no_track_is_named_and_all_are_called_equal():
    read = read_tracks(TRACKS, [answers_to(track, (3, 4, 3, 2, 3, 4, 3, 2)) for track in TRACKS], DAY)
    assert apart(read) == ()
    says = tracks_say(read, ())
    assert says.startswith("No two tracks lie apart")
    assert "equal rank" in says
    assert not any(track.label in says for track in TRACKS)


def test_where_one_track_alone_was_answered_nothing_is_said_to_be_compared():
    read = read_tracks(TRACKS, [answers_to(TRACKS[3], (4,) * 8)], DAY)
    says = tracks_say(read, apart(read))
    assert says.startswith("Something can be said of one track alone")
    assert "intervals meet" not in says
    both = read_tracks(TRACKS, [answers_to(TRACKS[at], (4,) * 8) for at in (2, 3)], DAY)
    assert tracks_say(both, apart(both)).startswith("No two tracks lie apart")


def test_two_tracks_that_lie_apart_on_two_things_are_one_pair():
    said = [answers_to(TRACKS[0], (1,) * 8), answers_to(TRACKS[3], (5,) * 8)]
    read = read_tracks(TRACKS, said, DAY)
    pairs = apart(read)
    assert len(pairs) == 2
    assert tracks_say(read, pairs).startswith("1 of the 10 pairs of tracks lies apart on one thing or more")


def test_a_clear_difference_is_told_of_the_pair_and_the_words_name_no_best_one():
    said = [answers_to(TRACKS[0], (1,) * 8), answers_to(TRACKS[3], (5,) * 8)]
    read = read_tracks(TRACKS, said, DAY)
    pairs = apart(read)
    assert {(one.on, one.more, one.less) for one in pairs} == {
        ("want", "expert", "people_manager"),
        ("able", "expert", "people_manager"),
    }
    assert pairs[0].says == "You want more of what “Expert” asks than of what “People manager” asks."
    assert "clearly" not in tracks_say(read, pairs)
    assert "about every second person reads at least one such pair by chance" in tracks_say(read, pairs)
    words = " ".join([tracks_say(read, pairs), *(one.says for one in pairs)]).casefold()
    assert not any(word in words for word in ("best", "winner", "should", "recommend"))


@settings(max_examples=30)
@given(answer, st.integers(0, 4))
def test_taking_answers_away_never_brings_two_tracks_apart(want, kept):
    """Fewer answers of the same size widen the interval."""
    full = [answers_to(TRACKS[0], (5,) * 8), answers_to(TRACKS[3], want)]
    fewer = [replace(full[0], want=full[0].want[:kept]), full[1]]
    before, after = (
        {(one.more, one.less) for one in apart(read_tracks(TRACKS, said, DAY)) if one.on == "want"}
        for said in (full, fewer)
    )
    assert after <= before


def test_energy_counts_what_a_track_asks_more_of_than_the_others():
    one = a_track("people_manager", activities=strengths(a0=0.9, a1=0.8, a2=0.7))
    other = a_track("expert", activities=strengths(a3=0.9, a4=0.8, a5=0.7))
    said = [task(f"4.A.{i}", 2 if i < 3 else -2 if i < 6 else 0) for i in range(12)]
    energy = read_energy(said, DAY)
    read = by_id(read_tracks([one, other], [], DAY, energy=energy))
    assert read["people_manager"].energy.value == pytest.approx(2.0)
    assert read["expert"].energy.value == pytest.approx(-2.0)
    assert read["people_manager"].on("energy").verdict == "alike"
    assert read["expert"].on("energy").verdict == "unlike"
    assert "It asks more than other tracks of what drains you: 4.A.3; 4.A.4; 4.A.5." in read["expert"].reasons
    pairs = apart(list(read.values()))
    assert [(pair.on, pair.more) for pair in pairs] == [("energy", "people_manager")]
    for track in read.values():
        assert likeness(track.on("energy").shape) in pairs[0].says


def test_two_tracks_with_the_same_activities_count_once_in_what_is_usual():
    one = a_track("people_manager", activities=strengths(a0=0.9))
    expert = a_track("expert", activities=strengths(a3=0.9))
    back = a_track("stepping_back", activities=strengths(a3=0.9))
    energy = read_energy([task(f"4.A.{i}", i % 3) for i in range(12)], DAY)
    two, three = (
        by_id(read_tracks(each, [], DAY, energy=energy))["people_manager"].on("energy")
        for each in ([one, expert], [one, expert, back])
    )
    assert two == three


def test_a_few_rated_activities_are_too_few_for_energy():
    one = a_track("people_manager", activities=strengths(a0=0.9))
    other = a_track("expert", activities=strengths(a3=0.9))
    energy = read_energy([task("4.A.0", 2), task("4.A.3", 1)], DAY)
    found = read_tracks([one, other], [], DAY, energy=energy)[0]
    assert found.energy.value is None
    assert "it takes 3" in found.energy.too_little
    assert found.on("energy").says == "2 tasks; it takes 10 to speak of a shape."


def test_a_track_without_a_list_of_activities_says_that_it_depends():
    found = read_tracks([a_track("stepping_back")], [], DAY, energy=read_energy([task("doing", 2)], DAY))[0]
    assert found.energy.too_little.startswith("This track has no list of activities")


def test_values_are_compared_with_what_a_track_offers_more_than_the_others():
    order = VALUES
    draws = draw(*utilities(everything(order)))
    offers = tuple((str(value), 6.5 - i * 0.8) for i, value in enumerate(order))
    turned = tuple((str(value), 2.5 + i * 0.8) for i, value in enumerate(order))
    one, other = a_track("owner", values=offers), a_track("expert", values=turned)
    read = by_id(read_tracks([one, other], [], DAY, draws=draws))
    assert read["owner"].on("values").verdict == "alike"
    assert read["expert"].on("values").verdict == "unlike"
    assert [(pair.on, pair.more, pair.less) for pair in apart(list(read.values()))] == [
        ("values", "owner", "expert")
    ]
    alike = [
        a_track("owner", values=offers),
        a_track("expert", values=(*offers[:-1], ("working_conditions", 2.6))),
    ]
    assert by_id(read_tracks(alike, [], DAY, draws=draws))["owner"].on("values").verdict == "too_little"


def test_a_role_is_compared_with_its_own_values_by_the_same_method():
    draws = draw(*utilities(everything(VALUES)))
    names = ("Achievement", "Independence", "Recognition", "Relationships", "Support", "Working Conditions")
    profile = RoleProfile(
        code="1", title="Someone", source="onet", job_zone=4, kinds=(), competencies=(),
        values=tuple(zip(names, (6.5, 5.5, 5.0, 4.0, 3.0, 2.0), strict=True)), attribution="Source",
    )  # fmt: skip
    found = read_role(profile, draws, DAY)
    assert (found.values.verdict, found.attribution) == ("alike", "Source")
    flat = replace(profile, values=tuple((name, 4.0 + i * 0.1) for i, name in enumerate(names)))
    assert read_role(flat, draws, DAY).values.verdict == "too_little"
    assert "not known here" in read_role(replace(profile, values=()), draws, DAY).values.says
    assert read_role(profile, None, DAY).values.says == "Your values were not answered."


def test_nothing_is_one_match_percentage():
    read = read_tracks(TRACKS, [answers_to(TRACKS[0], (5, 4, 3, 2, 1, 2, 3, 4))], DAY)
    for agreement in read[0].agreement:
        assert {agreement.shape.unit, agreement.level.unit, agreement.distance.unit} == {
            "correlation",
            "points",
        }


@pytest.mark.parametrize("wrong", [0, 6])
def test_answers_outside_one_to_five_are_refused(wrong):
    with pytest.raises(ValueError, match=f"{wrong} is not among 1 to 5"):
        read_tracks(TRACKS, [answers_to(TRACKS[0], (wrong,) * 8)], DAY)


def test_answers_to_demands_that_are_gone_are_left_out():
    said = TrackAnswers(track="expert", want=(("gone", 5), ("expert_0", 4)))
    found = by_id(read_tracks(TRACKS, [said], DAY))["expert"]
    assert found.want.n == 1


def test_losses_are_named_as_they_were_said():
    said = TrackAnswers(track="expert", lose=("My team.", "The say", "A", "B"))
    found = by_id(read_tracks(TRACKS, [said], DAY))["expert"]
    assert found.reasons == ("You would lose: My team; The say; A; and 1 more.",)
