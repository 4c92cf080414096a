"""Mentors: both say yes, nobody is assigned, nobody decides about the other’s work (row 81)."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.organization import assemble_organization
from tests.web.growth.mentoring import ABOUT, answers, asks, looks, offers, page, the_one

from fairlead.web import today, vault
from fairlead.web.growth import mentor_actions
from fairlead.web.growth.models import MentorOffer, Mentorship
from fairlead.web.runs.actions import Refused
from fairlead.web.trail.models import Entry


@pytest.fixture
def organization(db):
    return assemble_organization()


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
    refused = answers(organization, "eve", "agree", answer="z" * 601)
    assert refused.status_code == 422
    assert "These are 601 letters, and at most 600 are kept." in refused.content.decode()
    assert "z" * 601 in refused.content.decode()
    assert the_one().state == Mentorship.State.ASKED
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
    assert "All your room is taken." in answer.content.decode()
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
