"""Leaving a committee, seats past and present, and one rater more by hand."""

from __future__ import annotations

import re
from html import unescape

import pytest
from tests.organization import assemble_organization, sign_in
from tests.web.promotions import calibrated, made, walking

from fairlead.web import vault
from fairlead.web.promotions import assigning, committee, conferring, deciding, queries, rating
from fairlead.web.promotions.apart_models import CommitteeVote, SealedRating
from fairlead.web.promotions.case_models import CalibrationNote, NextStep, RaterAssignment, VoteTally
from fairlead.web.runs.actions import Refused
from fairlead.web.trail.models import Entry

pytestmark = pytest.mark.django_db

WHY = "A move to another site takes all my time."


@pytest.fixture
def organization():
    found = assemble_organization()
    walking.seat_everybody(found)
    return found


def words(answer):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def in_rating(organization):
    one = walking.opened(organization)
    walking.nominated(organization, one, "cleo", "max")
    return walking.to(organization, one, "rating")


def test_leaving_ends_what_was_not_handed_in_and_lets_the_rest_stand(organization):
    one = in_rating(organization)
    first = assigning.live(one)[0].rater
    mine = RaterAssignment.objects.filter(rater=first).order_by("made_at")
    seat = one.seats.get(person=first)
    done, case = mine[0], mine[0].nomination
    walking.rate(first, case)
    rating.hand_in(first, case)
    if mine.count() > 1:
        walking.rate(first, mine[1].nomination)
    with pytest.raises(Refused, match="reason in a sentence"):
        committee.leave(first, seat, reason="No")
    committee.leave(first, seat, reason=WHY)
    done.refresh_from_db()
    assert done.ended_at is None, "what was handed in stands"
    with vault.on_duty("promotions"):
        assert set(SealedRating.objects.filter(owner=first).values_list("assignment", flat=True)) == {done.pk}
    for other in mine.exclude(pk=done.pk):
        assert (other.ended_because, other.ended_at is None) == ("left", False)
    with pytest.raises(Refused, match="ended already"):
        committee.leave(organization.person("ada"), seat, reason=WHY)
    for row in mine:
        address = f"/promotions/cases/{row.nomination_id}/rate/"
        assert sign_in(first).get(address).status_code == 404


def test_the_page_shows_what_ends_asks_why_and_keeps_what_was_typed(organization):
    one = in_rating(organization)
    lea = organization.person("lea")
    seat, browser = one.seats.get(person=lea), sign_in(lea, fresh=True)
    address = f"/promotions/seats/{seat.pk}/end/"
    text = words(browser.get(address))
    named = {str(row.nomination.candidate) for row in RaterAssignment.objects.filter(rater=lea)}
    assert all(name in text for name in named)
    assert "Fewer raters than the round asks for" in text or not named
    wrong = browser.post(address, {"reason": "Because"})
    assert wrong.status_code == 422
    assert "Because" in wrong.content.decode()
    assert 'id="id_reason_error"' in wrong.content.decode()
    assert browser.post(address, {"reason": WHY}).status_code == 302
    assert browser.get(address).status_code == 404
    line = Entry.objects.filter(verb="leave_committee").get()
    assert WHY not in str(line.facts)


def test_people_operations_end_a_seat_and_the_chair_does_not_end_that_of_another(organization):
    one = in_rating(organization)
    lea, seat = organization.person("lea"), one.seats.get(person=organization.person("lea"))
    address = f"/promotions/seats/{seat.pk}/end/"
    ada = sign_in(organization.person("ada"), fresh=True)
    assert sign_in(organization.person("dora"), fresh=True).get(address).status_code == 404
    assert "End the seat of Lea" in words(ada.get(address))
    assert Entry.objects.filter(verb="saw", object_kind="committeeseat").exists()
    assert ada.post(address, {"reason": WHY}).status_code == 302
    seat.refresh_from_db()
    assert seat.ended_at is not None
    for name, reads in (("ada", True), ("dora", True), ("lea", True), ("eve", False), ("max", False)):
        text = words(organization[name].browser.get(f"/promotions/rounds/{one.pk}/committee/"))
        assert str(lea) in text, "everybody reads who sat there"
        assert (WHY in text) == reads, name


def test_without_its_chair_a_committee_says_so_and_any_member_decides(organization):
    one = in_rating(organization)
    committee.leave(organization.person("dora"), one.seats.get(part="chair"), reason=WHY)
    text = words(organization["max"].browser.get(f"/promotions/rounds/{one.pk}/committee/"))
    assert "Nobody chairs this committee any more" in text
    assert "until" in text
    assert organization["dora"].browser.get(f"/promotions/rounds/{one.pk}/raters/").status_code == 404


def test_votes_that_were_not_counted_go_with_their_member_and_counted_ones_stand():
    assemble_organization()
    found = calibrated.calibrating(("Strict Sten", "Even Edda", "Odd Ole", "Mild Mira"), candidates=2)
    counted, other = found.cases["Candidate A"], found.cases["Candidate B"]
    sten = found.raters["Strict Sten"]
    for case in (counted, other):
        for person in found.raters.values():
            conferring.vote(person, case, said="for")
    conferring.count(found.raters["Mild Mira"], counted)
    conferring.note(sten, other, text="Who saw the second project?")
    committee.leave(sten, found.round.seats.get(person=sten), reason=WHY)
    assert VoteTally.objects.get().for_it == 4
    with vault.on_duty("promotions"):
        left = CommitteeVote.objects.filter(owner=sten)
        assert [row.nomination for row in left] == [counted]
    assert CalibrationNote.objects.get().author == sten, "what was said under a name stands"
    made_ = conferring.count(found.raters["Mild Mira"], other)
    assert made_.for_it == 3, "nobody waits for who left"


# --- one rater more -------------------------------------------------------------------------------


def planned(organization):
    one = walking.opened(organization, most_cases=1)
    walking.nominated(organization, one, "cleo", "max")
    one = walking.to(organization, one, "assigning")
    for seat in one.seats.all():
        committee.state_conflict(seat.person, seat, conflict="")
    assigning.assign_raters(organization.person("ada"), one)
    return one


def test_a_rater_added_by_hand_is_shown_before_and_after(organization):
    one = planned(organization)
    case = one.nominations.get(candidate=organization.person("cleo"))
    there = {row.rater for row in assigning.live(one) if row.nomination_id == case.pk}
    free = next(seat.person for seat in one.seats.all() if seat.person not in there)
    address = f"/promotions/rounds/{one.pk}/raters/add/"
    browser = organization["dora"].browser
    before = RaterAssignment.objects.count()
    text = words(browser.get(address, {"case": str(case.pk), "rater": str(free.pk)}))
    assert "Cannot be compared: the ratings fall into 2 parts" in text
    assert "Can be compared" in text.split(f"With {free} on the case")[1]
    assert "2 cases; the rules of this round say 1 at most" in text
    assert RaterAssignment.objects.count() == before, "looking assigns nobody"
    assert browser.post(address, {"case": str(case.pk), "rater": str(free.pk)}).status_code == 302
    assert RaterAssignment.objects.filter(nomination=case, rater=free, ended_at=None).count() == 1
    assert assigning.design(one).connected


def test_who_has_no_part_is_refused_in_one_sentence_at_the_field(organization):
    one = planned(organization)
    case = one.nominations.get(candidate=organization.person("cleo"))
    address = f"/promotions/rounds/{one.pk}/raters/add/"
    browser, there = organization["ada"].browser, assigning.live(one)
    rater = next(row.rater for row in there if row.nomination_id == case.pk)
    free = next(seat.person for seat in one.seats.all() if seat.person != rater)
    committee.recuse(free, case, free, reason="They are close friends.")
    for person, says in (
        (rater, f"{rater} rates this case already."),
        (free, f"{free} has no part in this case: they were recused."),
    ):
        for answer in (
            browser.get(address, {"case": str(case.pk), "rater": str(person.pk)}),
            browser.post(address, {"case": str(case.pk), "rater": str(person.pk)}),
        ):
            assert answer.status_code == 422
            assert says in words(answer)
            assert 'id="id_rater_error"' in answer.content.decode()
    type(case).objects.filter(pk=case.pk).update(sponsor=free)
    case.refresh_from_db()
    assert "manager or sponsor" in assigning.refusal(case, free)
    with pytest.raises(Refused, match="manager or sponsor"):
        assigning.add_rater(organization.person("ada"), case, free)
    with pytest.raises(Refused, match="do not sit"):
        assigning.add_rater(organization.person("ada"), case, organization.person("max"))
    assert not RaterAssignment.objects.filter(nomination=case, rater=free, ended_at=None).exists()


def test_what_a_member_said_about_conflicts_is_shown_before_they_are_assigned(organization):
    one = planned(organization)
    case = one.nominations.get(candidate=organization.person("cleo"))
    there = {row.rater for row in assigning.live(one) if row.nomination_id == case.pk}
    free = next(seat for seat in one.seats.all() if seat.person not in there)
    committee.state_conflict(free.person, free, conflict="I lived with Cleo for years.")
    address = f"/promotions/rounds/{one.pk}/raters/add/"
    text = words(
        organization["ada"].browser.get(address, {"case": str(case.pk), "rater": str(free.person_id)})
    )
    assert "I lived with Cleo for years." in text
    assert "record that they have no part" in text


def test_once_ratings_are_open_nobody_is_added(organization):
    one = in_rating(organization)
    one = walking.to(organization, one, "calibrating")
    text = words(organization["ada"].browser.get(f"/promotions/rounds/{one.pk}/raters/add/"))
    assert "not at that point" in text
    assert made.REASONS not in text


def test_the_manager_is_told_on_today_that_a_next_step_is_to_be_written(organization):
    one = walking.opened(organization)
    case, _other = walking.nominated(organization, one, "cleo", "max")
    one = walking.to(organization, one, "decided")
    ben = organization.person("ben")
    (waits,) = [
        found for found in queries.waits_for(ben) if "next step" in found.title and str(case.pk) in found.href
    ]
    assert organization["ben"].browser.get(waits.href).status_code == 200
    assert not [
        found for found in queries.waits_for(organization.person("kim")) if "next step" in found.title
    ]
    deciding.write_next_step(ben, case, text="Lead the second hall", by=ben, due=walking.due())
    (left,) = [found for found in queries.waits_for(ben) if found.href == waits.href]
    assert left.title == "A next step that you see to"
    step = NextStep.objects.get(nomination=case)
    browser, address = organization["ben"].browser, f"/promotions/next-steps/{step.pk}/done/"
    assert browser.post(address, {"done": "yes"}).status_code == 302
    assert [found for found in queries.waits_for(ben) if found.href == waits.href] == []
    assert "done on" in organization["cleo"].browser.get(waits.href).content.decode()
    assert organization["cleo"].browser.post(address, {"done": "no"}).status_code == 404
    browser.post(address, {"done": "no"})
    step.refresh_from_db()
    assert step.done_on is None
