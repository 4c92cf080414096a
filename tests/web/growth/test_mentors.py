"""Mentors: who offers, who is found, in which order, and what nobody sees (row 81)."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.organization import assemble_organization
from tests.web.growth.mentoring import ABOUT, answers, asks, looks, names, offers, page, the_one

from fairlead.library import load
from fairlead.web import rights, vault
from fairlead.web.growth import mentor_actions, mentor_lines, mentor_queries, topics
from fairlead.web.growth.models import MentorOffer, Mentorship, MentorWish
from fairlead.web.roster.models import Position
from fairlead.web.trail.models import Entry


@pytest.fixture
def organization(db):
    return assemble_organization()


# --- looking ---------------------------------------------------------------------------------


def test_reporting_lines_go_two_steps_up_and_two_down(organization):
    found = mentor_lines.lines(organization.person("ben"))
    said = {
        name: found.get(organization.person(name).pk, "") for name in ("kim", "cleo", "max", "eve", "ben")
    }
    assert said["kim"] == mentor_lines.MANAGER
    assert said["cleo"] == said["max"] == mentor_lines.REPORT
    assert said["eve"] == said["ben"] == ""
    of_cleo = mentor_lines.lines(organization.person("cleo"))
    assert of_cleo == {
        organization.person("ben").pk: mentor_lines.MANAGER,
        organization.person("kim").pk: mentor_lines.UPPER,
    }
    assert (
        mentor_lines.lines(organization.person("kim"))[organization.person("cleo").pk] == mentor_lines.LOWER
    )


def test_nobodys_manager_or_managers_manager_is_suggested_and_the_page_says_why(organization):
    for name in ("ben", "kim", "eve"):
        offers(organization, name)
    shown = page(organization, "cleo", f"/growth/mentors/?about={ABOUT}")
    assert names(looks(organization, "cleo")) == ["Eve"]
    assert "offers it and is your manager." in shown
    assert "is your manager’s manager." in shown
    assert shown.count(">Ask<") == 1


def test_somebody_who_reports_to_me_is_not_suggested_either(organization):
    offers(organization, "cleo")
    assert names(looks(organization, "ben")) == []
    assert names(looks(organization, "max")) == ["Cleo"]


def test_what_fits_more_stands_first_and_every_reason_is_told(organization):
    offers(organization, "max")
    offers(organization, "lea")
    offers(organization, "ida", about=(ABOUT, "expert"), capacity=3)
    found = looks(organization, "cleo", track="expert")
    assert names(found) == ["Ida", "Lea", "Max"]
    first, second, third = (one.reasons for one in found.suggestions)
    assert first == (
        "offers conflict navigation",
        "knows this track from the inside: hands-on expert",
        "works in another unit, so that your daily work does not lie between you",
        "has room for 3 people",
    )
    assert second == first[:1] + first[2:3]
    assert third == first[:1]


def test_among_equals_a_draw_decides_that_is_told_and_changes_with_the_month(organization):
    for name in ("ida", "lea", "jon", "dora", "hugo"):
        offers(organization, name)
    orders = set()
    for month in range(1, 13):
        with time_machine.travel(dt.datetime(2026, month, 3, 12, tzinfo=dt.UTC), tick=False):
            found = looks(organization, "cleo")
            assert found.seed == f"{ABOUT} 2026-{month:02}"
            assert names(found) == names(looks(organization, "cleo"))
            orders.add(tuple(names(found)))
    assert len(orders) > 5
    assert f"“{looks(organization, 'cleo').seed}”" in page(
        organization, "cleo", f"/growth/mentors/?about={ABOUT}"
    )


@pytest.mark.parametrize("about", ["stepping_back", "communication"])
def test_a_mentor_is_looked_for_asked_and_found_by_a_track_or_an_aspect(organization, about):
    sent = {"tracks": ["stepping_back"], "aspects": ["communication"], "capacity": "1", "is_open": "on"}
    assert organization["eve"].browser.post("/growth/mentors/offer/", sent).status_code == 302
    found = looks(organization, "cleo", about)
    (one,) = found.suggestions
    assert (one.skills, one.tracks, one.aspects) == ((), ("Stepping back",), ("Communication",))
    word = {"stepping_back": "knows this track from the inside: stepping back"}.get(about)
    assert (word or "offers communication") in one.reasons
    sent = {"about": about, "words": "How was it?"}
    organization["cleo"].browser.post(f"/growth/mentors/{one.offer.pk}/ask/", sent)
    answers(organization, "eve", "agree")
    assert the_one().about == about
    assert str(the_one()) in page(organization, "cleo")
    organization["max"].browser.post("/growth/mentors/wish/", {"about": about, "says": "One day."})
    assert f"?about={about}#found" in page(organization, "max")


def test_an_offer_without_any_topic_is_refused(organization):
    answer = organization["eve"].browser.post("/growth/mentors/offer/", {"capacity": "1"})
    assert answer.status_code == 422
    assert "Tick at least one skill, track or aspect." in answer.content.decode()


def test_the_aspects_are_those_of_the_handbook():
    assert all(load.handbook()[word].title == says for word, says in topics.ASPECTS.items())
    chart = [page.id for page in load.handbook().values() if page.kind == "aspect"]
    assert set(chart) == set(topics.ASPECTS)


def test_no_message_in_the_session_names_a_mentor_or_a_learner(organization):
    found = offers(organization, "eve")
    asks(organization, "cleo", found)
    Position.objects.filter(person=organization.person("cleo")).update(manager=organization.person("eve"))
    answers(organization, "eve", "agree")  # refused: a line came between them
    answers(organization, "eve", "decline")
    answers(organization, "cleo", "remove")  # refused: a no counts for a while
    waiting = str([one.get_decoded() for one in Session.objects.all()])
    for said in (
        "Asked. It begins when they say yes.",
        "Who asks stands in your reporting line",
        "Declined.",
    ):
        assert said in waiting
    for name in ("Eve", "Cleo"):
        assert name not in waiting


def test_closed_offers_other_skills_and_people_who_left_are_not_found(organization):
    offers(organization, "eve", open=False)
    offers(organization, "ida", about=("innovation",))
    gone = organization.person("lea")
    offers(organization, "lea")
    gone.left = timezone.localdate() - dt.timedelta(days=1)
    gone.save(update_fields=["left"])
    account = organization.person("jon").user
    offers(organization, "jon")
    account.is_active = False
    account.save(update_fields=["is_active"])
    found = looks(organization, "cleo")
    assert (names(found), found.left_out) == ([], ())


def test_who_has_no_room_stands_last_and_cannot_be_asked(organization):
    offers(organization, "eve", taken=1)
    offers(organization, "max", capacity=1)
    found = looks(organization, "cleo")
    assert [(str(one.offer.person), one.has_room) for one in found.suggestions] == [
        ("Max", True),
        ("Eve", False),
    ]
    assert "No room at the moment." in page(organization, "cleo", f"/growth/mentors/?about={ABOUT}")


def test_that_somebody_looks_is_seen_by_nobody(organization):
    offers(organization, "eve")
    cleo = organization["cleo"].browser
    before = Entry.objects.count()
    page(organization, "cleo", f"/growth/mentors/?about={ABOUT}")
    assert Entry.objects.count() == before
    assert cleo.post("/growth/mentors/wish/", {"about": ABOUT, "says": "Planted hope"}).status_code == 302
    assert "Planted hope" in page(organization, "cleo")
    for name, member in organization.members.items():
        if name != "cleo":
            assert "Planted hope" not in member.browser.get("/growth/mentors/").content.decode()
            with vault.seen_by(member.person):
                assert not MentorWish.objects.exists()


def test_what_one_hopes_for_begins_the_question(organization):
    found = offers(organization, "eve")
    organization["cleo"].browser.post("/growth/mentors/wish/", {"about": ABOUT, "says": "To say no kindly"})
    shown = page(organization, "cleo", f"/growth/mentors/{found.pk}/ask/?about={ABOUT}")
    assert "To say no kindly" in shown


# --- offering --------------------------------------------------------------------------------


def test_an_offer_is_made_read_by_colleagues_changed_and_taken_away(organization):
    eve = organization["eve"].browser
    form = {
        "skills": [ABOUT],
        "tracks": ["expert"],
        "says": "I like short talks",
        "capacity": "2",
        "is_open": "on",
    }
    assert eve.post("/growth/mentors/offer/", form).status_code == 302
    shown = page(organization, "cleo", f"/growth/mentors/?about={ABOUT}")
    assert "I like short talks" in shown
    assert "Knows from the inside: Hands-on expert" in shown
    assert eve.post("/growth/mentors/offer/", form | {"is_open": ""}).status_code == 302
    assert "I like short talks" not in page(organization, "cleo", f"/growth/mentors/?about={ABOUT}")
    assert "Closed for now" in page(organization, "eve")
    assert eve.post(f"/growth/mentors/{MentorOffer.objects.get().pk}/withdraw/").status_code == 302
    assert not MentorOffer.objects.exists()


def test_what_is_said_after_an_offer_is_true_of_a_closed_one_too(organization):
    eve, form = organization["eve"].browser, {"skills": [ABOUT], "capacity": "1"}
    closed = eve.post("/growth/mentors/offer/", form, follow=True).content.decode()
    assert "Colleagues find you" not in closed
    assert "Kept. Nobody finds you until you tick" in closed
    opened = eve.post("/growth/mentors/offer/", form | {"is_open": "on"}, follow=True).content.decode()
    assert "Kept. Colleagues find you" in opened


def test_who_changes_an_offer_holds_it_before_counting_who_has_a_yes(organization):
    """A yes and an end hold the same row: on a database with row locks they wait for each other."""
    offers(organization, "eve", capacity=2)
    eve = organization.person("eve")
    with vault.seen_by(eve), CaptureQueriesContext(connection) as asked:
        mentor_actions.offer(eve, about=[ABOUT], says="", capacity=2, is_open=True)
    tables = [one["sql"] for one in asked]
    holds = next(number for number, sql in enumerate(tables) if 'FROM "web_mentoroffer"' in sql)
    counts = next(number for number, sql in enumerate(tables) if 'FROM "web_mentorship"' in sql)
    assert holds < counts


def test_an_offer_made_anew_counts_who_has_a_yes(organization):
    found = offers(organization, "eve", capacity=2)
    asks(organization, "cleo", found)
    answers(organization, "eve", "agree")
    organization["eve"].browser.post(f"/growth/mentors/{found.pk}/withdraw/")
    form = {"skills": [ABOUT], "capacity": "1", "is_open": "on"}
    organization["eve"].browser.post("/growth/mentors/offer/", form)
    assert MentorOffer.objects.get().taken == 1


def test_who_is_in_no_chart_is_told_what_it_needs(organization):
    organization.person("cleo").positions.all().delete()
    assert "needs an organization chart" in page(organization, "cleo")
    assert organization["cleo"].browser.get("/growth/mentors/offer/").status_code == 404


def test_who_goes_gives_the_room_back(organization):
    found = offers(organization, "eve")
    asks(organization, "cleo", found)
    answers(organization, "eve", "agree")
    rights.forget(organization.person("cleo"))
    found.refresh_from_db()
    assert found.taken == 0
    with vault.on_duty("test"):
        assert not Mentorship.objects.exists()


def test_markup_in_an_offer_stays_text(organization):
    offers(organization, "eve", says="<script>alert(1)</script>")
    assert "&lt;script&gt;alert" in page(organization, "cleo", f"/growth/mentors/?about={ABOUT}")


def test_a_search_costs_as_many_queries_with_three_offers_as_with_one(
    organization, django_assert_num_queries
):
    offers(organization, "eve")
    counted = []
    for more in ((), ("ida", "lea")):
        for name in more:
            offers(organization, name)
        with vault.seen_by(organization.person("cleo")), django_assert_num_queries(5):
            counted.append(len(mentor_queries.search(organization.person("cleo"), ABOUT).suggestions))
    assert counted == [1, 3]


def test_the_page_costs_as_many_queries_with_three_mentorships_as_with_one(
    organization, django_assert_num_queries
):
    for number, name in enumerate(("eve", "ida", "lea")):
        asks(organization, "cleo", offers(organization, name))
        if number in {0, 2}:
            with vault.seen_by(organization.person("cleo")), django_assert_num_queries(8):
                mentor_queries.home(organization.person("cleo"))
