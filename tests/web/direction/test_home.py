"""The first page: where somebody is, what it comes to, one next step; and the answers as a file."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.direction import sat
from tests.web.growth import made

from fairlead.core.direction_answers import SECTIONS
from fairlead.core.direction_step import RULE_LINES
from fairlead.sources.direction_answers import read_direction_answers
from fairlead.web.direction import queries, sittings
from fairlead.web.direction.models import STANDS_FOR, Offer, OfferPromise, PromotionGoal, Sitting
from fairlead.web.growth.models import Skill

FRUSTRATION = [
    {"what": "Talks about pay", "side": "people", "about": "conflict_navigation", "taught": "no"}
    | {"with_tools": 5, "bothers": 4}
]


def page(member, path="/direction/"):
    return member.browser.get(path).content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_an_empty_room_says_what_will_stand_there_and_how_to_begin(cast):
    home = page(cast.ada)
    assert "Is management for me" in home
    assert "/direction/part/energy/" in home
    assert "One thing to do next" not in home


def test_every_part_stands_on_the_first_page_in_the_order_of_asking(cast):
    home = page(cast.ada)
    from fairlead.library import load

    titles = [load.direction_texts().section(name).title for name in SECTIONS]
    places = [home.index(f">{title}</a>") for title in titles]
    assert places == sorted(places)


def test_a_push_from_others_is_named_with_the_answers_and_the_step_is_to_write_the_why(cast):
    sat.finished(cast.ada.person, "why", {"push": "pushed", "encouraged_by": ["manager"], "encouragement": 5})
    home = page(cast.ada)
    warned = home.split('class="warnings"')[1].split("</section>")[0]
    assert "The push comes from others" in warned
    assert "your manager" in warned
    assert "Write down your Why" in home.split('id="next-step"')[1][:200]
    assert RULE_LINES[1] in home.replace("&#x27;", "'")


def test_every_sentence_of_the_summary_leads_to_the_answers_it_came_from(cast):
    why = sat.finished(cast.ada.person, "why", {"push": "own"})
    values = sat.values(cast.ada)
    home = page(cast.ada)
    summary = home.split('id="so-far"')[1].split("</section>")[0]
    for sitting in (why, values):
        assert f'href="/direction/sitting/{sitting.pk}/#answers"' in summary
        assert 'id="answers"' in page(cast.ada, f"/direction/sitting/{sitting.pk}/")


def test_what_has_expired_is_named_and_left_out(cast):
    days = STANDS_FOR.days + 1
    sat.finished(cast.ada.person, "why", {"push": "pushed"}, days_ago=days)
    sat.finished(cast.ada.person, "strengths", [{"what": "Patience"}])
    home = page(cast.ada)
    assert "History by now" in home
    assert "The push comes from others" not in home
    assert "What cannot be said yet" in home


def test_a_skill_gap_can_be_put_on_the_list_of_skills_with_one_button(cast):
    sat.finished(cast.ada.person, "frustrations", FRUSTRATION)
    assert "Put this on my list" in page(cast.ada)
    assert queries.skill_wish(cast.ada.person)[0] == "conflict_navigation"
    cast.ada.browser.post("/direction/next-step/put-on-my-list/")
    cast.ada.browser.post("/direction/next-step/put-on-my-list/")
    skills = Skill.objects.filter(owner=cast.ada.person)
    assert [one.about for one in skills] == ["conflict_navigation"]


def test_a_step_whose_skill_runs_says_since_when_and_what_is_next_and_begins_nothing_anew(cast):
    sat.finished(cast.ada.person, "frustrations", FRUSTRATION)
    skill = made.skill(cast.ada.person, "conflict_navigation", state="open", opened_on="2026-11-02")
    step = page(cast.ada).split('id="next-step"')[1].split("</section>")[0]
    assert "You are working on “Conflict navigation” since 2 Nov 2026." in step
    assert "Next there: an experiment of some weeks." in step
    assert f'href="/growth/skills/{skill.pk}/begin/"' in step
    assert "Put this on my list" not in step
    assert "Put it on your list" not in step
    made.experiment(skill)
    step = page(cast.ada).split('id="next-step"')[1].split("</section>")[0]
    assert "Next there: look again." in step


def test_a_step_whose_skill_waits_behind_another_one_stands_next_in_the_list(cast):
    sat.finished(cast.ada.person, "frustrations", FRUSTRATION)
    made.skill(cast.ada.person, "reliability", state="open", opened_on="2026-11-02")
    step = page(cast.ada).split('id="next-step"')[1].split("</section>")[0]
    assert "You are working on “Reliability” since 2 Nov 2026. Put on your list, this one waits there" in step
    assert "Put this on my list" in step
    cast.ada.browser.post("/direction/next-step/put-on-my-list/")
    step = page(cast.ada).split('id="next-step"')[1].split("</section>")[0]
    assert "It stands next in your list. You are working on “Reliability”" in step
    assert "Put this on my list" not in step
    Skill.objects.filter(about="reliability").delete()
    assert "no skill runs: you can take it up" in page(cast.ada)


def test_a_step_whose_skill_was_finished_says_so(cast):
    sat.finished(cast.ada.person, "frustrations", FRUSTRATION)
    made.skill(cast.ada.person, "conflict_navigation", state="done", ended_on="2026-11-02")
    assert "You finished “Conflict navigation” on 2 Nov 2026." in page(cast.ada)


def test_today_says_that_the_skill_of_its_step_runs(cast, monkeypatch):
    from fairlead.web import today
    from fairlead.web.audits import queries as audits

    made.skill(cast.ada.person, "reliability", state="open", opened_on="2026-11-02")
    do = today.Do(title="Keep promises", does="One.", why="Why.", href="/", link="Go", skill="reliability")
    monkeypatch.setattr(audits, "today", lambda _person: today.Today(do=do))
    shown = page(cast.ada, "/today/")
    assert "Keep promises" in shown
    assert "You are working on “Reliability” since 2 Nov 2026. Next there: an experiment" in shown


def test_a_will_gap_comes_before_the_why_with_its_two_ways(cast):
    gap = [FRUSTRATION[0] | {"taught": "yes", "with_tools": 1}]
    sat.finished(cast.ada.person, "frustrations", gap)
    sat.finished(cast.ada.person, "why", {"push": "pushed", "encouraged_by": ["manager"], "encouragement": 5})
    step = page(cast.ada).split('id="next-step"')[1].split("</section>")[0]
    assert "“Talks about pay”: look at a track that asks less of it, or let it go" in step
    assert 'href="/direction/tracks/"' in step
    assert 'href="/direction/tracks/stepping_back/about/"' in step
    assert "Write down your Why" not in step


def test_a_step_to_a_skill_that_is_not_yet_assigned_asks_which(cast):
    sat.finished(cast.ada.person, "frustrations", [FRUSTRATION[0] | {"about": ""}])
    step = page(cast.ada).split('id="next-step"')[1].split("</section>")[0]
    assert "not yet assigned" in step
    assert 'href="/direction/frustrations/"' in step
    assert queries.skill_wish(cast.ada.person) is None


def test_without_a_skill_gap_there_is_nothing_to_put_on_a_list(cast):
    sat.finished(cast.ada.person, "why", {"push": "own"})
    answer = cast.ada.browser.post("/direction/next-step/put-on-my-list/", follow=True)
    assert "The next step is no skill to learn" in answer.content.decode()
    assert queries.skill_wish(cast.ada.person) is None


def test_today_says_at_most_one_thing_of_this_room(cast):
    sat.begin(cast.ada, "why")
    sat.begin(cast.ada, "energy")
    found = queries.today(cast.ada.person)
    assert found.do is None
    assert len(found.waiting) == 1
    assert queries.today(cast.ben.person) is None


def test_the_file_of_answers_reads_back_to_what_was_said(cast):
    sat.finished(cast.ada.person, "why", {"reasons": ["bills"], "success": "Ünd: #quiet\nlife"})
    sat.values(cast.ada)
    answer = cast.ada.browser.get("/direction/files/answers.yaml")
    assert answer["Content-Disposition"].startswith("attachment")
    assert read_direction_answers("a.yaml", answer.content) == sittings.answers_of(cast.ada.person)
    plain = json.loads(cast.ada.browser.get("/direction/files/answers.json").content)
    assert plain["why"]["reasons"] == ["bills"]


def test_the_table_guards_what_a_spreadsheet_would_run(cast):
    sat.finished(cast.ada.person, "strengths", [{"what": "=HYPERLINK(1)", "works_against": "@SUM(1)"}])
    told = cast.ada.browser.get("/direction/files/answers.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(told)))
    assert rows[0] == ["section", "question", "answer", "answered_on"]
    assert rows[1][1] == "'=HYPERLINK(1)"


def test_a_file_is_taken_in_and_what_was_answered_before_stays_as_history(cast):
    before = sat.finished(cast.ada.person, "why", {"push": "pushed"}, days_ago=2)
    sat.finished(cast.ben.person, "why", {"push": "no_wish", "goals": "A boat"})
    file = SimpleUploadedFile("a.yaml", cast.ben.browser.get("/direction/files/answers.yaml").content)
    assert cast.ada.browser.post("/direction/files/", {"file": file})["Location"] == "/direction/"
    assert sittings.answers_of(cast.ada.person).why.goals == "A boat"
    assert before.pk in [one.pk for one in sittings.finished_sittings(cast.ada.person, "why")]


def test_a_broken_file_is_refused_with_its_line_and_nothing_is_taken_in(cast):
    file = SimpleUploadedFile("a.yaml", b'direction: "1"\nanswered_on: 2026-11-20\nwhy:\n  push: sideways\n')
    answer = cast.ada.browser.post("/direction/files/", {"file": file})
    assert answer.status_code == 422
    assert "a.yaml, line 4" in answer.content.decode()
    assert not Sitting.objects.filter(owner=cast.ada.person).exists()


def test_everything_goes_after_a_typed_word_and_only_ones_own(cast):
    for one in (cast.ada, cast.ben):
        sat.finished(one.person, "why", {"push": "own"})
        day = "2026-11-01"
        offer = Offer.objects.create(owner=one.person, title="Lead", came_on=day, think_until=day)
        OfferPromise.objects.create(offer=offer, kind="benefit", text="More say")
        PromotionGoal.objects.create(owner=one.person, text="Lead", why="To teach", opened_on=day)
    assert cast.ada.browser.post("/direction/delete-everything/", {"sure": "yes"}).status_code == 422
    assert Sitting.objects.filter(owner=cast.ada.person).count() == 1
    cast.ada.browser.post("/direction/delete-everything/", {"sure": "Delete"})
    for table in (Sitting, Offer, PromotionGoal):
        assert not table.objects.filter(owner=cast.ada.person).exists()
        assert table.objects.filter(owner=cast.ben.person).count() == 1
    assert OfferPromise.objects.filter(offer__owner=cast.ben.person).count() == 1


@pytest.mark.parametrize("times", [1, 3])
def test_the_first_page_asks_the_database_the_same_however_often_one_has_sat(
    cast, django_assert_num_queries, times
):
    for days in range(times):
        sat.finished(cast.ada.person, "why", {"push": "own"}, days_ago=days)
        sat.finished(cast.ada.person, "strengths", [{"what": "Patience"}], days_ago=days)
    page(cast.ada)
    with django_assert_num_queries(9):
        page(cast.ada)
