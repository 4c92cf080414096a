"""Five tracks side by side: a fixed order, intervals drawn and said, no winner where they meet."""

from __future__ import annotations

import html
import re

import pytest
import time_machine
from tests.web.direction import windows

from fairlead.core import value_sets
from fairlead.core.track_fit import likeness
from fairlead.core.tracks import TRACK_ORDER
from fairlead.library import load
from fairlead.web.direction import later_sittings, track_actions, track_pages, track_queries
from fairlead.web.direction.models import Sitting

TRACKS = "/direction/tracks/"


def answer(member, track, want, able, **more):
    profile = track_queries.profiles()[track]
    values = {f"want_{one.id}": want for one in profile.demands}
    values |= {f"able_{one.id}": able for one in profile.demands}
    return member.browser.post(f"{TRACKS}{track}/", values | more)


def shown(member):
    return member.browser.get(TRACKS).content.decode()


def column(page, track):
    return page.split(f'<article class="track" id="{track}"')[1].split("</article>")[0]


def order(page):
    return tuple(re.findall(r'<article class="track" id="(\w+)"', page))


def test_the_five_stand_in_their_order_whatever_was_answered(cast):
    answer(cast.ada, "stepping_back", 5, 5)
    answer(cast.ada, "people_manager", 1, 1)
    assert order(shown(cast.ada)) == TRACK_ORDER


def test_without_answers_each_track_stands_in_its_order_with_what_it_asks_and_a_way_to_answer(cast):
    page = shown(cast.ada)
    assert "Nothing is compared yet" in page
    assert "Too little to say" not in page
    places = [page.index(f'href="/direction/tracks/{track}/"') for track in TRACK_ORDER]
    assert places == sorted(places)


def test_with_one_track_answered_what_is_missing_of_the_others_says_that_there_is_too_little(cast):
    answer(cast.ada, "expert", 4, 4)
    page = shown(cast.ada)
    for track in TRACK_ORDER:
        assert column(page, track).count("Too little to say") >= (1 if track == "expert" else 3)


def test_no_page_names_a_best_track(cast):
    for track, want in zip(TRACK_ORDER, (1, 2, 3, 4, 5), strict=True):
        answer(cast.ada, track, want, 3)
    page = re.sub(r"<[^>]+>", " ", shown(cast.ada)).casefold()
    for word in ("best", "winner", "match of", "recommend", "%"):
        assert word not in page.replace("80 %", ""), word


def test_tracks_far_apart_are_named_as_a_pair_and_overlapping_ones_are_not(cast):
    answer(cast.ada, "expert", 5, 5)
    answer(cast.ada, "people_manager", 1, 3)
    found = track_queries.tracks(cast.ada.person)
    wants = [says for says in found.apart if "want" in says.casefold()]
    assert len(wants) == 1
    assert "expert" in wants[0].casefold()
    assert "manager" in wants[0].casefold()
    said = {"want": {}, "able": {}}
    for track in ("owner", "stepping_back"):
        demands = track_queries.profiles()[track].demands
        said["want"] = {one.id: 1 + at % 5 for at, one in enumerate(demands)}
        track_actions.keep(actor=cast.eve.person, track=track, want=said["want"], able={}, lose=[])
    overlapping = track_queries.tracks(cast.eve.person)
    assert overlapping.apart == ()
    assert "No two tracks lie apart" in overlapping.says


def test_a_bar_lies_where_its_interval_is_and_says_it_in_words(cast):
    answer(cast.ada, "owner", 4, 2)
    found = {one.id: one for one in track_queries.tracks(cast.ada.person).columns}["owner"]
    for bar in found.bars[:2]:
        low, high = bar.figure.low, bar.figure.high
        assert bar.low == pytest.approx(25 * (max(low, 1) - 1), abs=0.01)
        assert bar.low + bar.width == pytest.approx(25 * (min(high, 5) - 1), abs=0.02)
        assert bar.low <= bar.at <= bar.low + bar.width
        assert f"{low:.1f} to {high:.1f} of 5" in bar.says
    assert "You want" in found.bars[0].says


def test_every_number_opens_into_the_answers_behind_it(cast):
    answer(cast.ada, "expert", 4, 2)
    part = column(shown(cast.ada), "expert")
    for demand in track_queries.profiles()["expert"].demands:
        assert demand.text in part
    assert "want 4 of 5, able 2 of 5: wanted, not yet able: a skill to learn" in part
    assert part.count("How this was computed") == 3


def test_what_is_left_open_is_left_out_and_emptied_answers_go(cast):
    first = track_queries.profiles()["expert"].demands[0].id
    cast.ada.browser.post(f"{TRACKS}expert/", {f"want_{first}": "5", "own_lose": "My window\n\nMy window"})
    assert later_sittings.content_of(cast.ada.person, "tracks") == [
        {"track": "expert", "want": [[first, 5]], "able": [], "lose": ["My window"]}
    ]
    assert "checked" in cast.ada.browser.get(f"{TRACKS}expert/").content.decode()
    cast.ada.browser.post(f"{TRACKS}expert/", {})
    assert later_sittings.content_of(cast.ada.person, "tracks") == []


def test_what_one_would_lose_is_ticked_or_written(cast):
    loses = track_queries.profiles()["stepping_back"].loses
    answer(cast.ada, "stepping_back", 5, 5, lose=[loses[0]], own_lose="The big desk")
    part = column(shown(cast.ada), "stepping_back")
    assert loses[0] in part
    assert "The big desk" in part
    page = cast.ada.browser.get(f"{TRACKS}stepping_back/").content.decode()
    assert re.search(r'name="lose"[^>]*checked', page)
    assert "The big desk</textarea>" in page


@pytest.mark.parametrize(("field", "value"), [("want", "6"), ("able", "0"), ("able", "much")])
def test_what_is_no_answer_is_refused(cast, field, value):
    first = track_queries.profiles()["owner"].demands[0].id
    assert cast.ada.browser.post(f"{TRACKS}owner/", {f"{field}_{first}": value}).status_code == 422
    assert not Sitting.objects.exists()


@pytest.mark.parametrize("path", ["boss/", "boss/about/", "expert%20/"])
def test_a_track_that_is_none_is_not_here(cast, path):
    assert cast.ada.browser.get(TRACKS + path).status_code == 404


@pytest.mark.parametrize("track", TRACK_ORDER)
def test_each_track_has_its_full_page_with_the_way_back(cast, track):
    page = cast.ada.browser.get(f"{TRACKS}{track}/about/").content.decode()
    profile, told = track_queries.profiles()[track], track_pages.PAGES[track]
    assert profile.reversible in page
    for words in ("How others talk about it", "How to ask for it", "What to settle before", "The way back"):
        assert words in page
    assert len(told.heard) >= 2
    assert len(told.ask) >= 3
    assert len(told.settle) >= 5
    for one in (*told.settle, told.try_first):
        assert one.replace("'", "&#x27;") in page


def test_staying_hands_on_and_stepping_back_have_as_much_to_say_as_managing():
    full = {
        name: len(page.heard) + len(page.ask) + len(page.settle) for name, page in track_pages.PAGES.items()
    }
    assert set(full) == set(TRACK_ORDER)
    assert min(full["expert"], full["stepping_back"]) >= full["people_manager"]
    assert {one.id for one in load.tracks()} == set(TRACK_ORDER)


def test_energy_and_values_stand_beside_where_they_were_answered(cast):
    person = cast.ada.person
    codes = [code for code, _ in track_queries.profiles()["expert"].activities]
    energy = [{"task": code, "effect": 2, "label": ""} for code in codes]
    later_sittings.keep(actor=person, section="energy", content=energy)
    found = {one.id: one for one in track_queries.tracks(person).columns}["expert"]
    assert found.bars[2].figure.value == pytest.approx(2.0)
    assert "Gives rather than takes" in found.bars[2].says
    assert found.values.shape.value is None
    choices = [
        {"shown": shown, "most": shown[0], "least": shown[2]} for shown in map(list, value_sets.designs())
    ]
    later_sittings.keep(actor=person, section="values", content={"mine": choices})
    beside = {one.id: one.values for one in track_queries.tracks(person).columns}
    assert beside["expert"].shape.value is not None
    assert f"Likeness {likeness(beside['expert'].shape)}, from −1 to 1" in beside["expert"].says
    assert beside["expert"].says in html.unescape(column(shown(cast.ada), "expert"))


def test_the_likeness_by_which_tracks_are_compared_on_energy_stands_beside_the_effect(cast):
    person = cast.ada.person
    codes = [code for code, _ in track_queries.profiles()["expert"].activities]
    energy = [{"task": code, "effect": at % 5 - 2, "label": ""} for at, code in enumerate(codes)]
    later_sittings.keep(actor=person, section="energy", content=energy)
    columns, page = track_queries.tracks(person).columns, html.unescape(shown(cast.ada))
    assert any(one.reading.on("energy").shape.value is not None for one in columns)
    for one in columns:
        shape = one.reading.on("energy").shape
        if shape.value is None:
            assert "Likeness" not in one.bars[2].says
            continue
        assert f"Likeness {likeness(shape)}, from −1 to 1" in one.bars[2].says
        assert shape.formula in one.bars[2].figure.formula
        assert one.bars[2].says in column(page, one.id)


def test_after_half_a_year_answers_count_no_more(cast):
    answer(cast.ada, "expert", 5, 5)
    with time_machine.travel("2031-01-15T12:00:00Z", tick=False):
        cast.ada.browser.cookies.clear()
        cast.ada.browser.force_login(cast.ada.person.user)
        page = shown(cast.ada)
    assert "count no more" in page
    assert "Nothing is compared yet" in page
    assert 'class="interval"' not in page


def test_nobody_else_meets_a_word_of_it(cast):
    answer(cast.ada, "expert", 5, 5, own_lose="Quarzlibelle")
    for path in ("", "expert/", "expert/about/"):
        assert "Quarzlibelle" not in cast.eve.browser.get(TRACKS + path).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_whatever_was_answered(cast, rows, django_assert_num_queries):
    for track in TRACK_ORDER[:rows]:
        answer(cast.ada, track, 4, 4)
    shown(cast.ada)
    with django_assert_num_queries(9):
        shown(cast.ada)


def test_what_another_window_answered_meanwhile_stays(cast):
    person = cast.ada.person
    said = {"want": {}, "able": {}, "lose": ["Evenings"]}
    with windows.another_first(person, lambda: track_actions.keep(actor=person, track="expert", **said)):
        track_actions.keep(actor=person, track="owner", **said)
    kept = later_sittings.content_of(person, "tracks")
    assert [one["track"] for one in kept] == ["owner", "expert"]
