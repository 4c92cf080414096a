"""The five tracks: equal in form, told in words that could be seen, figures from named occupations."""

import json
from importlib import resources

import pytest

from fairlead.core.direction_answers import Value
from fairlead.core.problems import BadInput
from fairlead.core.tracks import TRACK_ORDER
from fairlead.core.work import LABELS, Competency, Kind, Track
from fairlead.library import load, role_library
from fairlead.library.track_library import TrackFile

FOLDER = resources.files("fairlead.library").joinpath("tracks")
TRACKS = load.tracks()
FILE = load.track_file()


def test_five_tracks_stand_in_one_fixed_order_and_stepping_back_is_one_of_them():
    assert tuple(track.id for track in TRACKS) == TRACK_ORDER
    assert [track.label for track in TRACKS[:4]] == [LABELS[track] for track in Track]


@pytest.mark.parametrize("track", TRACKS, ids=lambda track: track.id)
def test_each_track_asks_gives_costs_and_can_be_left_again(track):
    assert 6 <= len(track.demands) <= 8
    assert {demand.kind for demand in track.demands} <= {Kind.LEADING, Kind.MANAGING, Kind.DOING}
    assert all(demand.about in {"", *Competency} and 1 <= demand.weight <= 5 for demand in track.demands)
    assert 2 <= len(track.gives) <= 5
    assert 2 <= len(track.costs) <= 5
    assert 2 <= len(track.loses) <= 5
    assert track.asks
    assert track.reversible


@pytest.mark.parametrize("track", TRACKS, ids=lambda track: track.id)
def test_energy_and_values_are_known_for_each_track_with_their_source(track):
    assert [code for code, _ in track.activities] == [one.id for one in role_library.activities()]
    assert all(0 <= strength <= 1 for _, strength in track.activities)
    assert [value for value, _ in track.values] == list(Value)
    assert all(1 <= extent <= 7 for _, extent in track.values)
    assert "CC BY 4.0" in track.attribution
    assert track.as_of


def test_no_sentence_ranks_the_tracks():
    said = " ".join(
        text
        for track in TRACKS
        for text in (track.asks, *track.gives, *track.costs, *track.loses, track.reversible)
    ).casefold()
    for word in ("higher track", "lower track", "best track", "failure", "demot", "only an expert", "!"):
        assert word not in said


def test_the_values_are_the_means_of_the_named_occupations():
    library = role_library.load()
    for track, written in zip(TRACKS, FILE.tracks, strict=True):
        found = [dict(library.profile(code).values) for code in written.stands_for]
        for value, extent in track.values:
            name = value.replace("_", " ").title()
            assert extent == pytest.approx(sum(one[name] for one in found) / len(found), abs=0.006)


def test_people_managers_guide_more_than_experts_and_experts_handle_more():
    manager, expert = (dict(track.activities) for track in (TRACKS[0], TRACKS[3]))
    assert manager["4.A.4.b.4"] > expert["4.A.4.b.4"]
    assert expert["4.A.3.a.2"] > manager["4.A.3.a.2"]


def test_every_occupation_of_the_derived_figures_was_rated():
    stored = json.loads(FOLDER.joinpath("derived.json").read_bytes())
    for row, track in zip(stored["tracks"], FILE.tracks, strict=True):
        assert row["id"] == track.id
        assert row["occupations"] == row["with_values"] == len(track.stands_for)


def refused(text, old, new):
    assert text.count(old) >= 1
    document = load.read_yaml("tracks.yaml", text.replace(old, new, 1).encode())
    with pytest.raises(BadInput) as error:
        load.validate(TrackFile, document)
    return str(error.value.problems[0])


def test_a_demand_of_the_wrong_kind_is_told_with_its_place():
    text = FOLDER.joinpath("tracks.yaml").read_text(encoding="utf-8")
    said = refused(
        text,
        "kind: leading, about: developing_people, weight: 5",
        "kind: doing, about: developing_people, weight: 5",
    )
    assert "line" in said
    assert "“developing_people” is leading." in said


def test_an_order_by_rank_is_refused():
    text = FOLDER.joinpath("tracks.yaml").read_text(encoding="utf-8")
    assert "The five stand in this order" in refused(text, "- id: people_manager", "- id: expert")
