"""Sittings: one open per part, saved at each screen, finished ones stay, all without JavaScript."""

from __future__ import annotations

import pytest
from tests.web.direction import sat

from fairlead.core.direction_answers import Push, Reason
from fairlead.library import load
from fairlead.web.direction import parts, screens, sittings, stretches
from fairlead.web.direction.models import STANDS_FOR, Sitting


@pytest.mark.parametrize("section", parts.ASKED_HERE)
def test_each_part_says_what_it_is_for_how_long_it_takes_and_opens_its_first_screen(cast, section):
    page = cast.ada.browser.get(f"/direction/part/{section}/").content.decode()
    for one in stretches.stretches_of(section):
        assert f"at most {one.minutes} minutes" in page
    sitting = sat.begin(cast.ada, section)
    first = cast.ada.browser.get(f"/direction/sitting/{sitting.pk}/1/")
    assert first.status_code == 200
    assert screens.screens(sitting)[0].title in first.content.decode()


def test_a_second_beginning_goes_on_with_what_is_open(cast):
    first, second = sat.begin(cast.ada, "why"), sat.begin(cast.ada, "why")
    assert first.pk == second.pk
    assert Sitting.objects.filter(owner=cast.ada.person).count() == 1


def test_every_answer_about_why_reaches_the_core_as_it_was_given(cast):
    sat.why(
        cast.ada,
        reasons=["money", "people"],
        main_reason="people",
        push="supposed",
        need="organization",
        encouraged_by=["manager"],
        encouragement="5",
        levels_reached="0",
        success="Time for the garden",
        do_not_want="Evenings\n\n  On call  ",
        journey="4",
    )
    why = sittings.answers_of(cast.ada.person).why
    assert why.reasons == (Reason.MONEY, Reason.PEOPLE)
    assert why.main_reason is Reason.PEOPLE
    assert why.push is Push.SUPPOSED
    assert (why.encouragement, why.levels_reached, why.journey) == (5, 0, 4)
    assert why.success == "Time for the garden"
    assert why.do_not_want == ("Evenings", "On call")
    assert why.want == ()


def test_a_screen_keeps_what_was_answered_and_an_answer_can_be_taken_away(cast):
    sitting = sat.begin(cast.ada, "why")
    sat.send(cast.ada, sitting, 2, {"push": "own", "encouragement": "2"})
    page = cast.ada.browser.get(f"/direction/sitting/{sitting.pk}/2/").content.decode()
    assert 'value="own" id="id_push_0" checked' in page.replace("\n", " ")
    sat.send(cast.ada, sitting, 2, {"push": "own"})
    sitting.refresh_from_db()
    assert sitting.content == {"push": "own"}


def test_what_is_on_another_screen_stays_when_one_is_saved(cast):
    sitting = sat.begin(cast.ada, "why")
    sat.send(cast.ada, sitting, 1, {"reasons": ["bills"]})
    sat.send(cast.ada, sitting, 4, {"goals": "A boat"})
    sitting.refresh_from_db()
    assert sitting.content == {"reasons": ["bills"], "goals": "A boat"}


def test_a_word_that_is_no_choice_is_refused_and_nothing_is_saved(cast):
    sitting = sat.begin(cast.ada, "why")
    answer = sat.send(cast.ada, sitting, 2, {"push": "sideways"})
    assert answer.status_code == 422
    sitting.refresh_from_db()
    assert sitting.content == {}


def test_nothing_answered_cannot_be_finished(cast):
    sitting = sat.begin(cast.ada, "strengths")
    answer = cast.ada.browser.post(f"/direction/sitting/{sitting.pk}/review/", follow=True)
    assert "Nothing has been answered yet" in answer.content.decode()
    sitting.refresh_from_db()
    assert not sitting.is_finished


def test_a_finished_sitting_takes_no_more_answers(cast):
    done = sat.why(cast.ada, push="own")
    assert sat.send(cast.ada, done, 2, {"push": "pushed"}).status_code == 302
    done.refresh_from_db()
    assert done.content == {"push": "own"}


def test_things_that_are_listed_keep_their_order_and_empty_places_are_none(cast):
    sitting = sat.begin(cast.ada, "passions")
    said = {
        "places": "3",
        "0-what": "Maps",
        "0-facets": ["work", "thought"],
        "2-what": "Bread",
        "2-signs": ["building"],
    }
    sat.send(cast.ada, sitting, 1, said)
    sat.finish(cast.ada, sitting)
    found = sittings.answers_of(cast.ada.person).passions
    assert [(one.what, [str(facet) for facet in one.facets]) for one in found] == [
        ("Maps", ["work", "thought"]),
        ("Bread", []),
    ]


def test_something_said_about_a_thing_without_a_name_is_asked_for_its_name(cast):
    sitting = sat.begin(cast.ada, "strengths")
    answer = sat.send(cast.ada, sitting, 1, {"places": "3", "1-works_against": "I never stop"})
    assert answer.status_code == 422
    assert "Write first what it is" in answer.content.decode()


def test_saving_with_room_for_more_gives_new_places(cast):
    sitting = sat.begin(cast.ada, "strengths")
    said = {"places": "2", "0-what": "Thing 0", "1-what": "Thing 1"}
    answer = sat.send(cast.ada, sitting, 1, said, go="more")
    page = cast.ada.browser.get(answer["Location"]).content.decode()
    assert page.count("Thing ") == 2
    assert 'name="3-what"' in page
    assert 'name="4-what"' not in page


@pytest.mark.parametrize("section", ["motives", "skills"])
def test_a_questionnaire_is_asked_in_full_and_scored(cast, section):
    asked = load.instrument(parts.INSTRUMENTS[section])
    sitting = sat.begin(cast.ada, section)
    for number, screen in enumerate(screens.screens(sitting), 1):
        if screen.kind == "items":
            items = asked.sections[screen.part].items
            sat.send(cast.ada, sitting, number, {item.id: "4" for item in items})
    done = sat.finish(cast.ada, sitting)
    answers = sittings.answers_of(cast.ada.person)
    given = answers.motives.answers if section == "motives" else answers.skills
    assert dict(given) == {item.id: 4 for item in asked.items}
    page = cast.ada.browser.get(f"/direction/sitting/{done.pk}/").content.decode()
    assert page.count("<line x1") >= 3 * len(asked.scales)
    for item in asked.items:
        assert item.text in page.replace("&#x27;", "'")


def test_own_reasons_are_sorted_by_the_motive_that_the_person_reads_in_them(cast):
    sitting = sat.begin(cast.ada, "motives")
    sat.send(
        cast.ada,
        sitting,
        1,
        {"places": "3", "0-text": "A bigger say", "0-motive": "influence", "1-text": "No idea"},
        go="review",
    )
    done = sat.finish(cast.ada, sitting)
    page = cast.ada.browser.get(f"/direction/sitting/{done.pk}/").content.decode()
    under = page.split("<h3>Influence</h3>")[1].split("</ul>")[0]
    assert "A bigger say" in under
    assert "No idea" not in under
    assert "1 of your own reasons were not sorted" in page


def test_a_questionnaire_that_changed_is_asked_anew(cast):
    sitting = sat.begin(cast.ada, "skills")
    Sitting.objects.filter(pk=sitting.pk).update(version="0.1")
    answer = cast.ada.browser.get(f"/direction/sitting/{sitting.pk}/1/")
    assert answer["Location"] == "/direction/part/skills/"
    assert sat.begin(cast.ada, "skills").pk != sitting.pk


def test_the_time_before_can_be_begun_with_and_what_changed_is_said(cast):
    sat.finished(cast.ada.person, "why", {"push": "supposed", "success": "A title"}, days_ago=40)
    again = sat.begin(cast.ada, "why", again="on")
    assert again.content == {"push": "supposed", "success": "A title"}
    sat.send(cast.ada, again, 2, {"push": "no_wish"})
    done = sat.finish(cast.ada, again)
    page = cast.ada.browser.get(f"/direction/sitting/{done.pk}/").content.decode()
    assert "before: It is what comes next" in page
    assert "now: There is no such wish" in page
    assert "before: A title" not in page


def test_answers_expire_and_are_history_then(cast):
    old = sat.finished(cast.ada.person, "why", {"push": "own"}, days_ago=STANDS_FOR.days + 1)
    assert sittings.answers_of(cast.ada.person).why is None
    page = cast.ada.browser.get(f"/direction/sitting/{old.pk}/").content.decode()
    assert "These answers are history" in page


def test_deleting_takes_one_time_and_leaves_the_other(cast):
    first = sat.finished(cast.ada.person, "why", {"push": "own"}, days_ago=3)
    second = sat.why(cast.ada, push="pushed")
    assert cast.ada.browser.post(f"/direction/sitting/{second.pk}/delete/").status_code == 302
    assert [one.pk for one in sittings.finished_sittings(cast.ada.person, "why")] == [first.pk]
    assert sittings.answers_of(cast.ada.person).why.push is Push.OWN


@pytest.mark.parametrize("address", ["", "1/", "review/"])
def test_somebody_elses_sitting_is_not_there(cast, address):
    done = sat.why(cast.ada, success="Nobody reads this")
    begun = sat.begin(cast.ada, "why")
    for one in (done, begun):
        for method in ("get", "post"):
            answer = getattr(cast.ben.browser, method)(f"/direction/sitting/{one.pk}/{address}")
            assert answer.status_code == 404 or (method == "post" and answer.status_code == 405)
            assert "Nobody reads this" not in answer.content.decode()
    assert cast.ben.browser.post(f"/direction/sitting/{done.pk}/delete/").status_code == 404
    assert Sitting.objects.filter(owner=cast.ada.person).count() == 2


def test_the_record_says_that_and_never_what(cast):
    from fairlead.web.trail.models import Entry

    done = sat.why(cast.ada, success="My secret garden", push="own")
    cast.ada.browser.post(f"/direction/sitting/{done.pk}/delete/")
    lines = Entry.objects.filter(object_kind="sitting").order_by("pk")
    assert [line.verb for line in lines] == ["open", "finish", "delete"]
    assert "garden" not in repr([vars(line) for line in lines])
