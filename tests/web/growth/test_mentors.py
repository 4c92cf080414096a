"""Mentors: both say yes, nobody is assigned, nobody decides about the other's work (row 81)."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.organization import assemble_organization

from fairlead.web import rights, today, vault
from fairlead.web.growth import mentor_actions, mentor_lines, mentor_queries
from fairlead.web.growth.models import MentorOffer, Mentorship, MentorWish
from fairlead.web.runs.actions import Refused
from fairlead.web.trail.models import Entry

ABOUT = "conflict_navigation"


@pytest.fixture
def organization(db):
    return assemble_organization()


def offers(organization, name, about=(ABOUT,), **values):
    usual = {"says": f"Words of {name}", "capacity": 1, "open": True}
    return MentorOffer.objects.create(person=organization.person(name), about=list(about), **usual | values)


def looks(organization, name, about=ABOUT, track=""):
    with vault.seen_by(organization.person(name)):
        return mentor_queries.search(organization.person(name), about, track)


def names(found):
    return [str(one.offer.person) for one in found.suggestions]


def asks(organization, name, offer, words="I would like to learn it."):
    return organization[name].browser.post(
        f"/growth/mentors/{offer.pk}/ask/", {"about": ABOUT, "words": words}
    )


def the_one():
    with vault.on_duty("test"):
        return Mentorship.objects.get()


def answers(organization, name, what, found=None, **form):
    found = found or the_one()
    return organization[name].browser.post(f"/growth/mentorships/{found.pk}/{what}/", form)


def page(organization, name, address="/growth/mentors/"):
    answer = organization[name].browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


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


# --- asking and answering --------------------------------------------------------------------


def test_a_yes_from_both_makes_a_mentorship_and_both_read_the_words_and_nobody_else(organization):
    found = offers(organization, "eve")
    assert asks(organization, "cleo", found, "Planted question").status_code == 302
    assert [sent.to for sent in mail.outbox] == [["eve@example.org"]]
    assert "Planted" not in mail.outbox[0].body + mail.outbox[0].subject
    assert "Cleo" not in mail.outbox[0].body
    assert "Planted question" in page(organization, "eve")
    with vault.seen_by(organization.person("eve")):
        waiting = today.today(organization.person("eve")).waiting
    assert "Somebody asks you to be their mentor." in [one.says for one in waiting]
    assert answers(organization, "eve", "agree", answer="Planted answer, Tuesday?").status_code == 302
    assert mail.outbox[1].to == ["cleo@example.org"]
    assert the_one().state == Mentorship.State.AGREED
    found.refresh_from_db()
    assert found.taken == 1
    for name in ("cleo", "eve"):
        shown = page(organization, name)
        assert "Planted question" in shown
        assert "Planted answer" in shown
    for name, member in organization.members.items():
        if name not in {"cleo", "eve"}:
            assert "Planted" not in member.browser.get("/growth/mentors/").content.decode(), name
    lines = [one.facts for one in Entry.objects.all()]
    assert "Planted" not in str(lines)
    assert ABOUT not in str(lines)


def test_declining_sends_no_reason_and_leaves_no_list_with_the_mentor(organization):
    asks(organization, "cleo", offers(organization, "eve"))
    assert answers(organization, "eve", "decline", answer="Because of you").status_code == 302
    found = the_one()
    assert (found.state, found.answer) == (Mentorship.State.DECLINED, "")
    shown = page(organization, "cleo")
    assert "did not come about this time" in shown
    assert "eclined" not in shown
    assert "Cleo" not in page(organization, "eve")


def test_capacity_is_kept_by_the_page_and_by_the_database(organization):
    found = offers(organization, "eve", capacity=1)
    asks(organization, "cleo", found)
    asks(organization, "max", found)
    with vault.on_duty("test"):
        first, second = Mentorship.objects.order_by("learner__name")
    answers(organization, "eve", "agree", first)
    answer = organization["eve"].browser.post(f"/growth/mentorships/{second.pk}/agree/", follow=True)
    assert "You have room for 1, and it is taken." in answer.content.decode()
    with vault.on_duty("test"):
        second.refresh_from_db()
    assert second.state == Mentorship.State.ASKED
    full = asks(organization, "jon", found)
    assert full.status_code == 422
    assert "has no room at the moment" in full.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        MentorOffer.objects.update(taken=2)


def test_less_room_than_is_taken_is_refused(organization):
    found = offers(organization, "eve", capacity=2)
    for name in ("cleo", "max"):
        asks(organization, name, found)
    with vault.on_duty("test"):
        both = list(Mentorship.objects.all())
    for one in both:
        answers(organization, "eve", "agree", one)
    form = {"skills": [ABOUT], "capacity": "1", "is_open": "on"}
    answer = organization["eve"].browser.post("/growth/mentors/offer/", form)
    assert answer.status_code == 422
    assert "You are the mentor of 2 people now." in answer.content.decode()


@pytest.mark.parametrize("ends", ["cleo", "eve"])
def test_either_ends_it_at_once_and_the_room_is_free_again(organization, ends):
    found = offers(organization, "eve")
    asks(organization, "cleo", found)
    answers(organization, "eve", "agree")
    assert answers(organization, ends, "end").status_code == 302
    found.refresh_from_db()
    assert (the_one().state, found.taken) == (Mentorship.State.ENDED, 0)
    other = {"cleo": "eve", "eve": "cleo"}[ends]
    assert mail.outbox[-1].to == [f"{other}@example.org"]
    assert Entry.objects.filter(verb="end", subject=organization.person(other).pk).exists()
    assert answers(organization, other, "remove").status_code == 302
    with vault.on_duty("test"):
        assert not Mentorship.objects.exists()


def test_what_is_not_over_cannot_be_removed(organization):
    asks(organization, "cleo", offers(organization, "eve"))
    shown = organization["cleo"].browser.post(f"/growth/mentorships/{the_one().pk}/remove/", follow=True)
    assert "It is not over yet" in shown.content.decode()


def test_a_question_can_be_taken_back_by_who_asked_and_by_nobody_else(organization):
    asks(organization, "cleo", offers(organization, "eve"))
    answers(organization, "eve", "take-back")
    assert the_one().state == Mentorship.State.ASKED
    answers(organization, "cleo", "take-back")
    with vault.on_duty("test"):
        assert not Mentorship.objects.exists()


def test_who_asked_cannot_answer_their_own_question(organization):
    asks(organization, "cleo", offers(organization, "eve"))
    for what in ("agree", "decline"):
        answers(organization, "cleo", what)
        assert the_one().state == Mentorship.State.ASKED


def test_a_manager_cannot_be_asked_nor_become_a_mentor_by_an_old_question(organization):
    found = offers(organization, "ben")
    answer = asks(organization, "cleo", found)
    assert answer.status_code == 422
    assert "Ben is your manager." in answer.content.decode()
    eves = offers(organization, "eve")
    asks(organization, "cleo", eves)
    organization.person("cleo").positions.update(manager=organization.person("eve"))
    shown = (
        organization["eve"]
        .browser.post(f"/growth/mentorships/{the_one().pk}/agree/", follow=True)
        .content.decode()
    )
    assert "Cleo reports to you, and could hardly say no." in shown
    assert the_one().state == Mentorship.State.ASKED


def test_a_reporting_line_that_comes_later_is_said_to_both(organization):
    asks(organization, "cleo", offers(organization, "eve"))
    answers(organization, "eve", "agree")
    organization.person("cleo").positions.update(manager=organization.person("eve"))
    for name in ("cleo", "eve"):
        assert "This has changed:" in page(organization, name)


def test_who_asks_ten_people_at_once_is_stopped_after_three(organization):
    found = [offers(organization, name) for name in ("eve", "ida", "lea", "jon")]
    assert [asks(organization, "cleo", one).status_code for one in found] == [302, 302, 302, 422]


def test_the_same_person_is_not_asked_twice_nor_soon_after_a_no(organization):
    found = offers(organization, "eve")
    asks(organization, "cleo", found)
    assert "already" in asks(organization, "cleo", found).content.decode()
    answers(organization, "eve", "decline")
    assert "did not come about" in asks(organization, "cleo", found).content.decode()
    with (
        time_machine.travel(timezone.now() + dt.timedelta(days=91)),
        vault.seen_by(organization.person("cleo")),
    ):
        mentor_actions.ask(organization.person("cleo"), found=found, about=ABOUT, words="Again")


def test_a_no_cannot_be_removed_by_who_asked_while_it_counts(organization):
    found = offers(organization, "eve")
    asks(organization, "cleo", found)
    answers(organization, "eve", "decline")
    shown = page(organization, "cleo")
    assert "/remove/" not in shown
    assert "This line goes by itself on" in shown
    refused = organization["cleo"].browser.post(f"/growth/mentorships/{the_one().pk}/remove/", follow=True)
    assert "goes by itself" in refused.content.decode()
    assert the_one().state == Mentorship.State.DECLINED
    cleo = organization.person("cleo")
    with (
        time_machine.travel(timezone.now() + dt.timedelta(days=2)),
        vault.seen_by(cleo),
        pytest.raises(Refused, match="did not come about"),
    ):
        mentor_actions.ask(cleo, found=found, about=ABOUT, words="Again")
    assert len(mail.outbox) == 2, "the question and the answer"
    with time_machine.travel(timezone.now() + dt.timedelta(days=90)), vault.seen_by(cleo):
        mentor_actions.remove(cleo, found=Mentorship.objects.get())
        assert not Mentorship.objects.exists()


def test_a_question_that_was_taken_back_counts_for_a_day(organization):
    eve, ida = offers(organization, "eve"), offers(organization, "ida")
    for _ in range(3):
        asks(organization, "cleo", eve)
        with vault.on_duty("test"):
            waits = Mentorship.objects.first()
        if waits is not None:
            answers(organization, "cleo", "take-back", waits)
    assert [sent.to for sent in mail.outbox] == [["eve@example.org"]]
    assert "less than a day ago" in asks(organization, "cleo", eve).content.decode()
    assert asks(organization, "cleo", ida).status_code == 302
    assert asks(organization, "jon", eve).status_code == 302
    cleo = organization.person("cleo")
    with time_machine.travel(timezone.now() + dt.timedelta(hours=25)), vault.seen_by(cleo):
        mentor_actions.ask(cleo, found=eve, about=ABOUT, words="Again")


def test_what_is_over_does_not_hide_what_stands_between_the_same_two(organization):
    offers(organization, "eve", capacity=2)
    two = {"learner": organization.person("cleo"), "mentor": organization.person("eve"), "about": ABOUT}
    today = timezone.localdate()
    with vault.on_duty("test"):
        Mentorship.objects.create(**two, state="ended", asked_on=today - dt.timedelta(days=300))
        Mentorship.objects.create(**two, state="agreed", asked_on=today, answered_on=today)
    assert [one.standing for one in looks(organization, "cleo").suggestions] == ["agreed"]


def test_ones_own_offer_and_a_closed_one_cannot_be_asked(organization):
    own = offers(organization, "cleo")
    closed = offers(organization, "eve", open=False)
    for found, says in ((own, "your own offer"), (closed, "closed for now")):
        answer = asks(organization, "cleo", found)
        assert answer.status_code == 422
        assert says in answer.content.decode()
    with vault.on_duty("test"):
        assert not Mentorship.objects.exists()


def test_a_question_without_an_answer_lapses_and_a_no_is_forgotten(organization):
    asks(organization, "cleo", offers(organization, "eve"))
    mentor_actions.tick()
    assert the_one().state == Mentorship.State.ASKED
    with time_machine.travel(timezone.now() + dt.timedelta(days=31)):
        mentor_actions.tick()
        assert the_one().state == Mentorship.State.DECLINED
    with time_machine.travel(timezone.now() + dt.timedelta(days=122)):
        mentor_actions.tick()
        with vault.on_duty("test"):
            assert not Mentorship.objects.exists()


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
