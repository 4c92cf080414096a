"""Five minutes a sitting at most: what stands in one, what in the next, and where somebody goes on."""

from __future__ import annotations

import re
from html import unescape

import pytest
from tests.web.direction import sat

from fairlead.core.tracks import TRACK_ORDER
from fairlead.library import load, pace
from fairlead.sources.direction_answers import read_direction_answers
from fairlead.web.direction import forms, parts, screens, sittings, stretches, tasks_form
from fairlead.web.direction.models import STANDS_FOR, Sitting

CODES = [one.code for one in load.direction_texts().activities]


def page(member, path):
    return unescape(member.browser.get(path).content.decode())


def fresh(sitting):
    sitting.refresh_from_db()
    return sitting


# --- how long ----------------------------------------------------------------------------------


@pytest.mark.parametrize("section", parts.ASKED_HERE)
def test_no_sitting_takes_more_than_five_minutes_by_the_rule(section):
    for one in stretches.stretches_of(section):
        assert 0 < one.seconds <= 60 * pace.MOST_MINUTES
        assert one.minutes <= pace.MOST_MINUTES


def test_what_a_track_asks_takes_no_more_than_five_minutes_either():
    lose = load.direction_texts().question("tracks", "lose")
    for track in load.tracks():
        seconds = pace.of_screen([lose]) + 2 * len(track.demands) * pace.SECONDS["choice"]
        assert seconds <= 60 * pace.MOST_MINUTES


def counted(form):
    """The seconds of a form by the widgets that stand on its page, told apart from the rule's own kinds."""
    seconds = pace.SECONDS["screen"]
    for name, field in form.fields.items():
        widget = type(field.widget).__name__
        kind = {
            "RadioSelect": "choice",
            "NumberInput": "number",
            "CheckboxSelectMultiple": "many",
            "TextInput": "line",
            "Select": "choice",
        }.get(widget)
        if widget == "Textarea":
            kind = "lines" if name in {"want", "do_not_want"} else "thought"
        seconds += pace.SECONDS[kind] if kind else 0
    return seconds


def test_the_seconds_of_why_are_those_of_the_screens_as_they_are_shown(cast):
    sitting = sat.begin(cast.ada, "why")
    shown = [
        counted(screens.form_of(cast.ada.person, sitting, one, None)) for one in screens.screens(sitting)
    ]
    for one in stretches.stretches_of("why"):
        assert one.seconds == sum(shown[one.first - 1 : one.last])


@pytest.mark.parametrize("section", ["passions", "strengths"])
def test_the_seconds_of_a_list_are_those_of_the_page_when_it_is_full(cast, section):
    sitting = sat.begin(cast.ada, section)
    form = screens.form_of(cast.ada.person, sitting, screens.screens(sitting)[0], {"places": "12"})
    assert form.is_full
    assert stretches.stretches_of(section)[0].seconds == counted(form)


def test_the_seconds_of_energy_are_those_of_as_many_tasks_as_a_sitting_takes(cast):
    sitting = sat.begin(cast.ada, "energy")
    sat.send(cast.ada, sitting, 1, {"tasks": CODES[: tasks_form.ChooseForm.most]})
    rated = [
        counted(screens.form_of(cast.ada.person, fresh(sitting), one, None))
        for one in screens.screens(fresh(sitting))[1:]
    ]
    choosing = pace.of("screen", "task_list", "text")
    assert stretches.stretches_of("energy")[0].seconds == choosing + sum(rated)


def test_own_reasons_and_the_questionnaire_after_them_fit_one_sitting(cast):
    sitting = sat.begin(cast.ada, "motives")
    asked = [
        screens.form_of(cast.ada.person, sitting, one, {"places": "12"} if one.kind == "entries" else None)
        for one in screens.screens(sitting)
    ]
    assert stretches.stretches_of("motives")[0].seconds == sum(map(counted, asked))


# --- why, in two sittings ------------------------------------------------------------------------


def test_why_stands_as_two_sittings_each_with_its_own_button_and_its_minutes(cast):
    shown = page(cast.ada, "/direction/part/why/")
    for one in stretches.stretches_of("why"):
        assert f'name="stretch" value="{one.number}"' in shown
        assert one.title in shown
        assert f"at most {one.minutes} minutes" in shown
    assert "2 sittings, at most 3 and 4 minutes" in page(cast.ada, "/direction/")


def test_the_second_sitting_is_reached_alone_and_ends_in_its_own_result(cast):
    answer = cast.ada.browser.post("/direction/part/why/", {"language": "en", "stretch": "2"})
    sitting = sittings.open_sitting(cast.ada.person, "why")
    assert answer["Location"] == f"/direction/sitting/{sitting.pk}/4/"
    shown = page(cast.ada, answer["Location"])
    assert "Screen 1 of 2" in shown
    assert f'href="/direction/sitting/{sitting.pk}/3/"' not in shown
    sat.send(cast.ada, sitting, 4, {"success": "A garden"})
    last = sat.send(cast.ada, sitting, 5, {"want": "Quiet"})
    assert last["Location"] == f"/direction/sitting/{sitting.pk}/review/"
    first = stretches.stretches_of("why")[0]
    assert f"Not answered yet: {first.title}" in page(cast.ada, last["Location"])
    done = sat.finish(cast.ada, sitting)
    assert f"Not answered yet: {first.title}" in page(cast.ada, f"/direction/sitting/{done.pk}/")


def test_the_first_sitting_ends_after_its_own_screens(cast):
    sitting = sat.begin(cast.ada, "why", stretch="1")
    answer = sat.send(cast.ada, sitting, 3, {"levels_reached": "1"})
    assert answer["Location"] == f"/direction/sitting/{sitting.pk}/review/"


def test_each_of_the_two_keeps_what_was_said_in_the_other(cast):
    one = sat.begin(cast.ada, "why", stretch="1")
    sat.send(cast.ada, one, 2, {"push": "own"})
    sat.finish(cast.ada, one)
    other = sat.begin(cast.ada, "why", stretch="2")
    assert other.content == {"push": "own"}
    sat.send(cast.ada, other, 4, {"success": "A garden"})
    sat.finish(cast.ada, other)
    why = sittings.answers_of(cast.ada.person).why
    assert (str(why.push), why.success) == ("own", "A garden")
    anew = sat.begin(cast.ada, "why", stretch="1")
    assert anew.content == {"success": "A garden"}


def test_what_became_history_is_not_carried_into_the_other_sitting(cast):
    sat.finished(cast.ada.person, "why", {"push": "own"}, days_ago=STANDS_FOR.days + 1)
    assert sat.begin(cast.ada, "why", stretch="2").content == {}


def test_who_has_no_wish_is_asked_less_is_told_why_and_can_be_asked_anyway(cast):
    sitting = sat.begin(cast.ada, "why")
    sat.send(cast.ada, sitting, 2, {"push": "no_wish"})
    at = f"/direction/sitting/{sitting.pk}/3/"
    shown = page(cast.ada, at)
    asked = load.direction_texts().section("why")
    assert "You said that you have no wish to move up, so this is not asked" in shown
    assert asked.question("need").text in shown.split("Not asked")[1]
    assert 'name="need"' not in shown
    assert 'name="levels_reached"' in shown
    anyway = page(cast.ada, f"{at}?all=1")
    assert 'name="need"' in anyway
    sat.send(cast.ada, sitting, 3, {"all": "1", "need": "own"})
    assert fresh(sitting).content["need"] == "own"
    assert 'name="need"' in page(cast.ada, at)


def test_who_has_a_wish_is_asked_everything(cast):
    sitting = sat.begin(cast.ada, "why")
    sat.send(cast.ada, sitting, 2, {"push": "own"})
    shown = page(cast.ada, f"/direction/sitting/{sitting.pk}/3/")
    assert 'name="need"' in shown
    assert "Not asked" not in shown


# --- eight tasks, and eight more -------------------------------------------------------------------


def test_eight_more_tasks_join_the_eight_of_the_sitting_before(cast):
    sat.energy(cast.ada, **dict.fromkeys(CODES[:8], 2))
    again = sat.begin(cast.ada, "energy", again="on")
    choose = page(cast.ada, f"/direction/sitting/{again.pk}/1/")
    before = choose.split("Said before")[-1].split("</details>")[0]
    assert [code for code in CODES[:8] if f'value="{code}"' not in before] == []
    assert not re.search(r"\bchecked\b", before)
    sat.send(cast.ada, again, 1, {"tasks": CODES[8:16]})
    assert len(screens.screens(fresh(again))) == 3
    for number in (2, 3):
        first = (number - 2) * stretches.ON_ONE_SCREEN
        said = {f"{n}-effect": "-1" for n in range(first, first + stretches.ON_ONE_SCREEN)}
        sat.send(cast.ada, again, number, said)
    sat.finish(cast.ada, again)
    energy = {one.task: one.effect for one in sittings.answers_of(cast.ada.person).energy}
    assert energy == dict.fromkeys(CODES[:8], 2) | dict.fromkeys(CODES[8:16], -1)


def test_a_task_said_before_can_be_answered_anew_and_the_others_stay(cast):
    sat.energy(cast.ada, **{CODES[0]: 2, CODES[1]: 1})
    again = sat.begin(cast.ada, "energy", again="on")
    sat.send(cast.ada, again, 1, {"tasks": [CODES[1]]})
    shown = page(cast.ada, f"/direction/sitting/{again.pk}/2/")
    assert shown.count('class="block task"') == 1
    sat.send(cast.ada, again, 2, {"0-effect": "-2"})
    done = sat.finish(cast.ada, again)
    assert {one["task"]: one["effect"] for one in done.content} == {CODES[0]: 2, CODES[1]: -2}


def test_nothing_of_how_a_sitting_was_asked_stays_in_finished_answers(cast):
    for section, content in (
        ("energy", [{"task": "doing", "effect": 1, "label": ""}]),
        ("passions", [{"what": "Maps"}]),
        ("motives", {"own": [{"text": "A say"}], "answers": []}),
    ):
        sat.finished(cast.ada.person, section, content)
        begun = sat.begin(cast.ada, section, again="on")
        assert "earlier" in repr(begun.content)
        done = sat.finish(cast.ada, begun)
        assert "earlier" not in repr(done.content)


def test_the_tasks_of_the_calendar_that_were_not_spoken_of_are_offered_next(cast):
    from fairlead.web.direction import task_words

    cast.ada.person.role_code = "11-3021.00"
    cast.ada.person.save(update_fields=["role_code"])
    offered = [one.task for one in task_words.suggested(cast.ada.person)]
    sat.energy(cast.ada, **{offered[0]: 1})
    again = sat.begin(cast.ada, "energy", again="on")
    shown = page(cast.ada, f"/direction/sitting/{again.pk}/1/")
    assert set(re.findall(r'value="(\w+)"[^>]*checked', shown)) == set(offered[1:])


def test_an_own_task_of_the_longest_kind_can_be_taken_along_in_a_file(cast):
    sitting = sat.begin(cast.ada, "energy")
    words = "x" * tasks_form.MOST_OWN
    sat.send(cast.ada, sitting, 1, {"own": words})
    sat.send(cast.ada, sitting, 2, {"0-effect": "1"})
    sat.finish(cast.ada, sitting)
    file = cast.ada.browser.get("/direction/files/answers.yaml").content
    assert [one.label for one in read_direction_answers("a.yaml", file).energy] == [words]


def test_passions_of_another_time_stay_and_three_more_fit(cast):
    sat.finished(cast.ada.person, "passions", [{"what": "Maps"}, {"what": "Bread"}])
    again = sat.begin(cast.ada, "passions", again="on")
    said = {"places": "9", "0-what": "Maps", "1-what": "Bread"}
    said |= {f"{n}-what": f"New {n}" for n in range(2, 9)}
    answer = sat.send(cast.ada, again, 1, said)
    assert answer.status_code == 302
    assert [one["what"] for one in fresh(again).content] == ["Maps", "Bread", "New 2", "New 3", "New 4"]


# --- going on, and back ------------------------------------------------------------------------------


def go_on(member, section, **more):
    return member.browser.post(f"/direction/part/{section}/", {"language": "en"} | more)["Location"]


def test_going_on_opens_the_first_screen_that_is_not_answered(cast):
    sitting = sat.begin(cast.ada, "why")
    sat.send(cast.ada, sitting, 1, {"reasons": ["bills"]})
    assert go_on(cast.ada, "why") == f"/direction/sitting/{sitting.pk}/2/"
    sat.send(cast.ada, sitting, 2, {"push": "own"})
    assert go_on(cast.ada, "why") == f"/direction/sitting/{sitting.pk}/3/"
    assert go_on(cast.ada, "why", stretch="2") == f"/direction/sitting/{sitting.pk}/4/"
    sat.send(cast.ada, sitting, 3, {"levels_reached": "0"})
    assert go_on(cast.ada, "why", stretch="1") == f"/direction/sitting/{sitting.pk}/review/"


def test_going_on_with_a_questionnaire_opens_its_next_part(cast):
    sitting = sat.begin(cast.ada, "skills")
    asked = load.instrument("two-sides")
    sat.send(cast.ada, sitting, 1, {asked.sections[0].items[0].id: "4"})
    assert go_on(cast.ada, "skills") == f"/direction/sitting/{sitting.pk}/2/"


def test_going_on_with_tasks_opens_the_first_that_is_not_rated(cast):
    sitting = sat.begin(cast.ada, "energy")
    assert go_on(cast.ada, "energy") == f"/direction/sitting/{sitting.pk}/1/"
    sat.send(cast.ada, sitting, 1, {"tasks": CODES[:5]})
    assert go_on(cast.ada, "energy") == f"/direction/sitting/{sitting.pk}/2/"
    sat.send(cast.ada, sitting, 2, {"0-effect": "1"})
    assert go_on(cast.ada, "energy") == f"/direction/sitting/{sitting.pk}/3/"
    sat.send(cast.ada, sitting, 3, {"4-effect": "1"})
    assert go_on(cast.ada, "energy") == f"/direction/sitting/{sitting.pk}/review/"


def test_going_on_with_values_opens_the_next_set(cast):
    sitting = sat.begin(cast.ada, "values")
    sat.value_set(cast.ada, sitting, 1, sat.ORDER)
    sat.value_set(cast.ada, sitting, 2, sat.ORDER)
    assert go_on(cast.ada, "values") == f"/direction/sitting/{sitting.pk}/3/"


@pytest.mark.parametrize("address", ["1/", "5/", "review/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_going_back_after_finishing_leads_to_the_result_with_a_sentence(cast, address, method):
    done = sat.why(cast.ada, push="own")
    answer = getattr(cast.ada.browser, method)(f"/direction/sitting/{done.pk}/{address}", follow=True)
    assert answer.redirect_chain == [(f"/direction/sitting/{done.pk}/", 302)]
    assert "You have finished this sitting" in answer.content.decode()
    assert fresh(done).content == {"push": "own"}


def test_the_result_of_what_is_not_finished_leads_to_the_part_with_a_sentence(cast):
    begun = sat.begin(cast.ada, "why")
    answer = cast.ada.browser.get(f"/direction/sitting/{begun.pk}/", follow=True)
    assert answer.redirect_chain == [("/direction/part/why/", 302)]
    assert "not finished yet" in answer.content.decode()


# --- what is refused ---------------------------------------------------------------------------------


def test_nobody_beside_somebody_is_refused_in_the_form_as_in_a_file(cast):
    sitting = sat.begin(cast.ada, "why")
    answer = sat.send(cast.ada, sitting, 2, {"encouraged_by": ["nobody", "manager"]})
    assert answer.status_code == 422
    shown = unescape(answer.content.decode())
    assert "“Nobody” stands beside somebody" in shown
    assert len(re.findall(r'name="encouraged_by"[^>]*checked', shown)) == 2
    assert fresh(sitting).content == {}
    assert sat.send(cast.ada, sitting, 2, {"encouraged_by": ["nobody"]}).status_code == 302


@pytest.mark.parametrize(
    ("section", "number", "name", "most"),
    [
        ("why", 4, "success", forms.MOST_WORDS),
        ("why", 5, "want", forms.MOST_WORDS),
        ("strengths", 1, "0-what", forms.MOST_NAME),
    ],
)
def test_a_text_that_is_too_long_is_refused_whole_and_the_field_said_so_before(
    cast, section, number, name, most
):
    sitting = sat.begin(cast.ada, section)
    at = f"/direction/sitting/{sitting.pk}/{number}/"
    field = re.search(rf'<(?:textarea|input)[^>]*name="{name}"[^>]*>', page(cast.ada, at))[0]
    assert "maxlength" not in field
    assert f"At most {most:,} letters" in page(cast.ada, at)
    long = "y" * (most + 1)
    answer = sat.send(cast.ada, sitting, number, {"places": "2", name: long})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert f"These are {most + 1} letters, and at most {most} are kept" in shown
    assert long in shown
    assert fresh(sitting).content == {}
    kept = "\r\n".join(["y" * (most - 1), ""]) if name == "success" else "y" * most
    assert sat.send(cast.ada, sitting, number, {"places": "2", name: kept}).status_code == 302


def test_the_limit_is_said_in_german_where_the_questions_are(cast):
    sitting = sat.begin(cast.ada, "why", language="de")
    assert "Höchstens 2.000 Zeichen" in page(cast.ada, f"/direction/sitting/{sitting.pk}/4/")


def test_too_many_lines_are_refused_and_none_is_cut(cast):
    sitting = sat.begin(cast.ada, "why")
    lines = "\n".join(f"Line {n}" for n in range(forms.MOST_LINES + 1))
    answer = sat.send(cast.ada, sitting, 5, {"want": lines})
    assert answer.status_code == 422
    assert f"These are {forms.MOST_LINES + 1} lines" in answer.content.decode()
    assert f"Line {forms.MOST_LINES}" in answer.content.decode()


def test_an_own_task_that_is_too_long_is_told_by_its_line_and_stays_as_typed(cast):
    sitting = sat.begin(cast.ada, "energy")
    long = "z" * (tasks_form.MOST_OWN + 1)
    answer = sat.send(cast.ada, sitting, 1, {"own": f"Letters\n{long}"})
    assert answer.status_code == 422
    assert f"Line 2 has {len(long)} letters" in answer.content.decode()
    assert long in answer.content.decode()


def test_more_levels_than_a_file_takes_are_refused(cast):
    sitting = sat.begin(cast.ada, "why")
    assert sat.send(cast.ada, sitting, 3, {"levels_reached": "21"}).status_code == 422
    sat.send(cast.ada, sitting, 3, {"levels_reached": "20"})
    sat.finish(cast.ada, sitting)
    file = cast.ada.browser.get("/direction/files/answers.yaml").content
    assert read_direction_answers("a.yaml", file).why.levels_reached == 20


def test_after_a_refusal_the_page_opens_at_what_is_wrong_with_a_way_to_the_field(cast):
    sitting = sat.begin(cast.ada, "why")
    shown = sat.send(cast.ada, sitting, 2, {"encouraged_by": ["nobody", "family"]}).content.decode()
    summary = re.search(r'<div class="problem"[^>]*>.*?</div>', shown, re.DOTALL)[0]
    assert "autofocus" in summary
    assert 'tabindex="-1"' in summary
    target = re.search(r'href="#([^"]+)"', summary)[1]
    assert f'id="{target}"' in shown
    assert "autofocus" not in page(cast.ada, f"/direction/sitting/{sitting.pk}/2/")


# --- the present track -------------------------------------------------------------------------------


def test_the_present_track_is_asked_with_the_others_and_can_be_left_open(cast):
    sitting = sat.begin(cast.ada, "why")
    shown = page(cast.ada, f"/direction/sitting/{sitting.pk}/1/")
    values = re.findall(r'name="current_track" value="(\w+)"', shown)
    assert values == list(TRACK_ORDER)
    sat.send(cast.ada, sitting, 1, {"reasons": ["bills"]})
    sat.finish(cast.ada, sitting)
    assert sittings.answers_of(cast.ada.person).why.current_track is None


def test_a_mismatch_with_the_present_track_is_said_on_the_first_page_with_its_reasons(cast):
    manager = next(one for one in load.tracks() if one.id == "people_manager")
    want = [[one.id, 1] for one in manager.demands]
    sat.finished(cast.ada.person, "tracks", [{"track": "people_manager", "want": want}])
    sat.why(cast.ada, current_track="people_manager")
    sat.finished(cast.ben.person, "tracks", [{"track": "people_manager", "want": want}])
    sat.why(cast.ben, current_track="expert")
    assert "your present track, “People manager”, asks" in page(cast.ada, "/direction/")
    assert "your present track" not in page(cast.ben, "/direction/")


# --- what stands on the first page -------------------------------------------------------------------


def test_a_why_alone_is_not_shown_as_the_next_level_being_looked_at(cast):
    sat.finished(cast.ada.person, "next_level", {"why": "To teach", "role": "", "burdens": []})
    home = page(cast.ada, "/direction/")
    card = home.split('href="/direction/next-level/"')[1].split("</li>")[0]
    assert "not looked at yet; your Why stands" in card
    assert "Result" not in card
    sat.finished(cast.ben.person, "next_level", {"why": "To teach", "heard": "Long days"})
    card = page(cast.ben, "/direction/").split('href="/direction/next-level/"')[1].split("</li>")[0]
    assert "stands until" in card


def test_links_and_headings_about_answers_name_the_figure_that_they_belong_to(cast):
    items = [[one.id, 4] for part in load.instrument("motives").sections for one in part.items]
    for done in (
        sat.values(cast.ada),
        sat.finished(cast.ada.person, "motives", {"answers": items}),
    ):
        shown = page(cast.ada, f"/direction/sitting/{done.pk}/")
        names = re.findall(
            r"(?:<h2[^>]*>|<summary>|<a [^>]*>)([^<]*answers[^<]*(?:<span[^>]*>[^<]*)?)", shown
        )
        assert len(names) > 4
        assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("section", "content"),
    [
        ("frustrations", [{"what": "Talks about pay", "side": "people"}]),
        ("next_level", {"heard": "Long days"}),
        ("tracks", [{"track": "owner", "lose": ["The bench"]}]),
    ],
)
def test_the_result_of_a_part_with_a_page_of_its_own_is_read_like_any_other(cast, section, content):
    done = sat.finished(cast.ada.person, section, content)
    shown = cast.ada.browser.get(f"/direction/sitting/{done.pk}/")
    assert shown.status_code == 200
    assert "Not answered yet" not in shown.content.decode()


def test_there_is_one_open_sitting_however_often_a_part_is_begun(cast):
    for number in ("1", "2", "1"):
        cast.ada.browser.post("/direction/part/why/", {"language": "en", "stretch": number})
    assert Sitting.objects.filter(owner=cast.ada.person, section="why").count() == 1
