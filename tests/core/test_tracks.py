"""Profiles of tracks: from occupations, and with competencies and kinds of work."""

import pytest

from fairlead.core.roles import Activity, Occupation
from fairlead.core.tracks import TRACK_ORDER, TrackProfile, derive_profile, value_named, with_competencies
from fairlead.core.work import Competency, Kind


def an_occupation(code, importance, level, **more):
    return Occupation(
        code=code, title=code, job_zone=4, importance=tuple(importance), level=tuple(level), **more
    )


def an_activity(name, kind, weight=1.0, **competencies):
    return Activity(
        id=name, name=name, kind=kind, sentences=kind, why="x", weight=weight,
        competencies=tuple((Competency(word), share) for word, share in competencies.items()),
    )  # fmt: skip


def test_strengths_and_extents_are_means_over_the_occupations_that_have_them():
    found = derive_profile(
        [
            an_occupation("1", (5.0, 1.0), (7.0, 7.0), values=(("Achievement", 6.0), ("Support", 2.0))),
            an_occupation("2", (3.0, None), (3.5, None), values=(("Achievement", 4.0),)),
            an_occupation("3", (5.0, 5.0), (7.0, 7.0)),
        ],
        ["a", "b"],
        ["1", "2", "2"],
    )
    assert found.activities == (("a", pytest.approx((1.0 + 0.25) / 2)), ("b", 0.0))
    assert found.values == (("achievement", 5.0), ("support", 2.0))
    assert (found.n_rated, found.n_valued) == (2, 2)


def test_an_unknown_occupation_and_ratings_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="9 is not among the occupations"):
        derive_profile([], ["a"], ["9"])
    with pytest.raises(ValueError, match="one importance and one level"):
        derive_profile([an_occupation("1", (5.0,), (7.0,))], ["a", "b"], ["1"])


def test_competencies_and_kinds_have_the_weighted_strength_of_their_activities():
    activities = [
        an_activity("a", Kind.LEADING, 1.0, developing_people=1.0),
        an_activity("b", Kind.LEADING, 0.5, developing_people=0.5, innovation=1.0),
        an_activity("c", Kind.DOING),
    ]
    track = TrackProfile(id="expert", label="Expert", activities=(("a", 0.6), ("b", 0.3), ("c", 0.9)))
    found = dict(with_competencies(track, activities).activities)
    assert found["leading"] == pytest.approx((0.6 + 0.15) / 1.5)
    assert found["doing"] == 0.9
    assert found["developing_people"] == pytest.approx((0.6 + 0.15) / 1.5)
    assert found["innovation"] == 0.3
    assert "managing" not in found
    assert "reliability" not in found


def test_what_a_track_says_of_a_competency_itself_is_kept():
    track = TrackProfile(id="expert", label="Expert", activities=(("c", 0.9), ("doing", 0.1)))
    found = with_competencies(track, [an_activity("c", Kind.DOING)])
    assert found.activities == track.activities


def test_the_order_of_the_tracks_is_fixed_and_ends_with_stepping_back():
    assert TRACK_ORDER == (
        "people_manager", "individual_contributor_leader", "owner", "expert", "stepping_back",
    )  # fmt: skip


def test_values_are_found_by_the_words_of_the_database_only():
    assert value_named("Relationships") == "relationships"
    assert value_named("Wealth") is None
