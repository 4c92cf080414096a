"""One skill at a time: the list, taking up, finishing, putting aside, and back again (row 192)."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from tests.organization import assemble_organization
from tests.web.growth import made

from fairlead.web import rights
from fairlead.web.growth import actions
from fairlead.web.growth.models import Skill
from fairlead.web.runs.actions import Refused
from fairlead.web.trail.models import Entry


def states(person):
    return {one.about: str(one.state) for one in Skill.objects.filter(owner=person)}


def do(member, skill, verb, **sent):
    return member.browser.post(f"/growth/skills/{skill.pk}/do/{verb}/", sent, follow=True)


def test_the_room_says_what_will_stand_there_before_anything_is_chosen(cast):
    page = cast.ada.browser.get("/growth/").content.decode()
    assert "Nothing is chosen yet" in page
    assert "never used for rating, pay or promotion" in page


def test_links_to_the_handbook_can_be_told_apart_by_their_names_alone(cast):
    made.skill(cast.ada.person, "reliability", state="open", opened_on="2026-01-05")
    made.skill(cast.ada.person, "innovation", came_from="Chosen")
    made.skill(cast.ada.person, "risk_mitigation", title="Seeing trouble early")
    page = cast.ada.browser.get("/growth/").content.decode()
    main = page[page.index("<main") :]
    ways: dict[str, set[str]] = {}
    for href, said in re.findall(r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', main, re.DOTALL):
        ways.setdefault(re.sub(r"<[^>]+>", "", said).strip(), set()).add(href.split("#")[0])
    assert {said: sorted(hrefs) for said, hrefs in ways.items() if len(hrefs) > 1} == {}
    assert {"In the handbook: Reliability", "In the handbook: Innovation", "Risk mitigation"} <= set(ways)


def test_a_second_skill_cannot_be_taken_up_and_the_page_says_what_to_do(cast):
    first = made.skill(cast.ada.person, "reliability", state="open", opened_on="2026-01-05")
    second = made.skill(cast.ada.person, "innovation", title="Trying new things")
    page = do(cast.ada, second, "take-up").content.decode()
    assert "You are working on “Reliability”" in page
    assert "finish it or put it aside" in page
    first.refresh_from_db()
    assert states(cast.ada.person) == {"reliability": "open", "innovation": "waiting"}


def test_the_database_itself_refuses_a_second_open_skill(cast):
    made.skill(cast.ada.person, "reliability", state="open")
    with pytest.raises(IntegrityError), transaction.atomic():
        made.skill(cast.ada.person, "innovation", state="open")
    made.skill(cast.ben.person, "innovation", state="open")


def test_when_one_is_finished_the_next_can_be_taken_up(cast):
    first = made.skill(cast.ada.person, "reliability", state="open", opened_on="2026-01-05")
    second = made.skill(cast.ada.person, "innovation")
    do(cast.ada, first, "finish", because="My promises hold.")
    page = do(cast.ada, second, "take-up").content.decode()
    assert states(cast.ada.person) == {"reliability": "done", "innovation": "open"}
    assert "My promises hold." in page


def test_what_was_put_aside_opens_again_or_waits_while_another_one_is_open(cast):
    first = made.skill(cast.ada.person, "reliability", state="open", opened_on="2026-01-05")
    do(cast.ada, first, "put-aside")
    do(cast.ada, first, "put-back")
    assert states(cast.ada.person) == {"reliability": "open"}
    do(cast.ada, first, "put-aside")
    made.skill(cast.ada.person, "innovation", state="open", opened_on="2026-01-05")
    do(cast.ada, first, "put-back")
    assert states(cast.ada.person) == {"reliability": "waiting", "innovation": "open"}


def test_an_open_skill_goes_back_to_the_top_of_the_list(cast):
    for about in ("innovation", "reliability"):
        actions.want_skill(actor=cast.ada.person, about=about)
    third = actions.want_skill(actor=cast.ada.person, about="risk_mitigation")
    do(cast.ada, third, "take-up")
    do(cast.ada, third, "put-back")
    assert [one.about for one in Skill.objects.all()] == ["risk_mitigation", "innovation", "reliability"]


def test_the_list_is_ordered_by_hand_and_its_ends_hold(cast):
    for about in ("innovation", "reliability", "risk_mitigation"):
        actions.want_skill(actor=cast.ada.person, about=about)
    last = Skill.objects.get(about="risk_mitigation")
    do(cast.ada, last, "up")
    do(cast.ada, last, "up")
    do(cast.ada, last, "up")
    assert [one.about for one in Skill.objects.all()] == ["risk_mitigation", "innovation", "reliability"]
    do(cast.ada, last, "down")
    assert [one.about for one in Skill.objects.all()] == ["innovation", "risk_mitigation", "reliability"]


def test_a_skill_is_put_on_the_list_once_however_often_it_is_asked_for(cast):
    for _time in range(2):
        cast.ada.browser.post("/growth/skills/", {"about": "innovation", "title": "Trying new things"})
    one = Skill.objects.get()
    assert (str(one), one.came_from) == ("Trying new things", "You chose it yourself.")


def test_another_room_puts_a_skill_on_the_list_with_where_it_came_from(cast):
    made_one = actions.want_skill(actor=cast.ada.person, about="innovation", came_from="Your last reading.")
    assert "Your last reading." in cast.ada.browser.get("/growth/").content.decode()
    assert actions.want_skill(actor=cast.ada.person, about="innovation") == made_one


def test_a_skill_with_a_running_experiment_is_not_finished_but_can_be_put_aside_with_it(cast):
    skill = made.skill(cast.ada.person, state="open", opened_on="2026-01-05")
    running = made.experiment(skill)
    assert "An experiment is running" in do(cast.ada, skill, "finish").content.decode()
    do(cast.ada, skill, "put-aside", because="Another year.")
    running.refresh_from_db()
    assert running.ended_because == "Another year."
    assert states(cast.ada.person) == {"conflict_navigation": "put_aside"}


def test_a_past_skill_does_not_come_back_beside_one_of_its_kind(cast):
    past = made.skill(cast.ada.person, "innovation", state="done", ended_on="2026-01-05")
    made.skill(cast.ada.person, "innovation")
    with pytest.raises(Refused, match="ahead of you already"):
        actions.put_back(actor=cast.ada.person, skill=past)


def test_nobody_else_reaches_a_skill_whatever_the_verb(cast):
    skill = made.skill(cast.ada.person, state="open", opened_on="2026-01-05")
    for other in (cast.ben, cast.eve):
        assert other.browser.get(f"/growth/skills/{skill.pk}/").status_code == 404
        for verb in ("take-up", "finish", "put-aside", "put-back", "up", "down", "drop", "delete"):
            assert other.browser.post(f"/growth/skills/{skill.pk}/do/{verb}/").status_code == 404
    assert states(cast.ada.person) == {"conflict_navigation": "open"}


def test_a_verb_that_is_none_is_not_here(cast):
    skill = made.skill(cast.ada.person)
    assert cast.ada.browser.post(f"/growth/skills/{skill.pk}/do/rank/").status_code == 404


def test_taking_a_skill_off_the_list_keeps_what_was_tried_for_it(cast):
    tried, bare = made.skill(cast.ada.person, "innovation"), made.skill(cast.ada.person, "reliability")
    made.experiment(tried, ended_on="2026-01-05")
    do(cast.ada, tried, "drop")
    do(cast.ada, bare, "drop")
    assert states(cast.ada.person) == {"innovation": "put_aside"}


def test_what_is_too_long_to_keep_is_said_and_nothing_is_lost(cast):
    skill = made.skill(cast.ada.person, state="open", opened_on="2026-01-05")
    page = do(cast.ada, skill, "finish", because="x" * 501).content.decode()
    assert "These are 501 letters, and at most 500 are kept." in page
    assert f">\n{'x' * 501}</textarea>" in page
    assert states(cast.ada.person) == {"conflict_navigation": "open"}


def test_deleting_a_skill_takes_its_experiments_and_answers_along(cast):
    skill = made.skill(cast.ada.person, state="open", opened_on="2026-01-05")
    made.practice(made.experiment(skill))
    do(cast.ada, skill, "delete")
    held = rights.everything(cast.ada.person)
    assert [held[name] for name in ("Skill", "Experiment", "Practice")] == [[], [], []]


def test_leaving_takes_everything_of_the_room_along_also_what_stands_outside_the_vault(cast):
    made.everything_of(cast.ada.person, cast.ben.person)
    tables = {"Skill", "Experiment", "Practice", "Feed", "Training", "MentorOffer", "PublishedPhilosophy"}
    assert all(rights.everything(cast.ada.person)[name] for name in tables)
    cast.ada.person.number = "A1"
    cast.ada.person.save()  # the roster keeps the person, without an account
    rights.forget(cast.ada.person)
    assert not any(rights.everything(cast.ada.person)[name] for name in tables)


@pytest.mark.parametrize("about", ["innovation", "people_under_stress"])
def test_the_page_of_a_skill_says_how_it_looks_what_to_try_and_what_is_asked(cast, about):
    from fairlead.library import load

    page = load.practices()[about]
    text = cast.ada.browser.get(f"/growth/practices/{about}/").content.decode()
    assert page.title in text
    for one in page.practices:
        assert one.title.replace("'", "&#x27;") in text
    assert "How a change would be noticed" in text
    assert cast.ada.browser.get("/growth/practices/no-such/").status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_the_home_asks_the_database_as_often_for_three_skills_as_for_one(
    cast, django_assert_num_queries, many
):
    for about in ("innovation", "reliability", "risk_mitigation")[:many]:
        actions.want_skill(actor=cast.ada.person, about=about)
    cast.ada.browser.get("/growth/")
    with django_assert_num_queries(8):
        cast.ada.browser.get("/growth/")


def test_a_skill_without_a_page_of_practices_is_not_put_on_the_list(cast):
    with pytest.raises(Refused, match="one of the thirteen"):
        actions.want_skill(actor=cast.ada.person, about="ranking")
    assert not Skill.objects.exists()


def test_the_record_says_that_a_skill_was_chosen_and_not_which(cast):
    actions.want_skill(actor=cast.ada.person, about="innovation", title="Trying", came_from="Yesterday.")
    line = Entry.objects.get(verb="want_skill")
    assert line.facts == {}


@pytest.mark.parametrize(
    ("state", "verb"),
    [
        ("waiting", "take-up"),
        ("open", "finish"),
        ("open", "put-aside"),
        ("done", "put-back"),
        ("waiting", "drop"),
        ("waiting", "delete"),
        ("done", "finish"),  # refused
        ("done", "put-aside"),  # refused
        ("done", "take-up"),  # refused
        ("open", "drop"),  # refused
        ("open", "up"),  # refused
    ],
)
def test_a_message_names_the_skill_by_our_word_and_never_by_ones_own(cast, state, verb):
    skill = made.skill(cast.ada.person, state=state, title="Quarzlibelle", opened_on="2026-01-05")
    cast.ada.browser.post(f"/growth/skills/{skill.pk}/do/{verb}/")
    waiting = str([one.get_decoded() for one in Session.objects.all()])
    assert "Conflict navigation" in waiting
    assert "Quarzlibelle" not in waiting


def test_a_skill_in_the_way_is_named_by_our_word_too(cast):
    made.skill(cast.ada.person, "reliability", state="open", title="Quarzlibelle")
    second = made.skill(cast.ada.person, "innovation", title="Zebrafink")
    cast.ada.browser.post(f"/growth/skills/{second.pk}/do/take-up/")
    waiting = str([one.get_decoded() for one in Session.objects.all()])
    assert "You are working on" in waiting
    assert "Reliability" in waiting
    assert "Quarzlibelle" not in waiting
    assert "Zebrafink" not in waiting


def test_what_another_window_finished_meanwhile_is_not_taken_up(cast):
    person = cast.ada.person
    stale = made.skill(person, "reliability")
    now = Skill.objects.get(pk=stale.pk)
    actions.take_up(actor=person, skill=now)
    actions.finish(actor=person, skill=now)
    with pytest.raises(Refused, match="does not wait in your list"):
        actions.take_up(actor=person, skill=stale)
    assert states(person) == {"reliability": "done"}


def test_what_another_window_deleted_meanwhile_is_said_to_be_gone(cast):
    person = cast.ada.person
    stale = made.skill(person, "reliability")
    actions.remove(actor=person, entry=Skill.objects.get(pk=stale.pk))
    with pytest.raises(Refused, match="taken off your list in another window"):
        actions.take_up(actor=person, skill=stale)
    assert states(person) == {}


def test_no_skill_is_preset_and_without_a_choice_it_is_said(cast):
    page = cast.ada.browser.get("/growth/").content.decode()
    assert '<option value="" selected>Choose one</option>' in page
    answer = cast.ada.browser.post("/growth/skills/", {"about": "", "title": "My own words"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert shown.count("Choose a skill first.") == 2
    assert 'value="My own words"' in shown
    assert not Skill.objects.exists()


@pytest.fixture
def organization(db):
    return assemble_organization()


@pytest.mark.parametrize("address", ["mentors/", "mentors/wish/", "mentors/offer/", "training/", "plan"])
def test_nothing_is_preset_where_a_skill_or_a_practice_is_chosen(organization, address):
    if address == "plan":
        running = made.experiment(made.skill(organization.person("eve"), state="open"), due_on="2099-01-01")
        address = f"experiments/{running.pk}/plan/"
    page = organization["eve"].browser.get(f"/growth/{address}").content.decode()
    chosen = re.findall(r"<option value=\"([^\"]+)\" selected", page)
    assert set(chosen) <= {"1", "wished"}
