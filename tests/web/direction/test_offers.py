"""Offers: time to think, promises, decisions of equal worth, looking back."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
import time_machine
from dateutil.relativedelta import relativedelta
from django.contrib.sessions.models import Session
from icalendar import Calendar

from fairlead.web.direction import offer_actions, offer_queries, offer_rules
from fairlead.web.direction.models import Offer, OfferCheck, OfferPromise
from fairlead.web.runs.actions import Refused
from fairlead.web.trail.models import Entry

DAY = date(2026, 11, 23)
NOON = "2026-11-23T12:00:00Z"
OFFERS = "/direction/offers/"


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


@contextmanager
def on(member, moment):
    """Be there at another moment, signed in anew: nobody stays signed in for months."""
    with time_machine.travel(moment, tick=False):
        member.browser.cookies.clear()
        member.browser.force_login(member.person.user)
        yield


def write_down(member, **more):
    values = {"title": "Lead of the platform team", "came_on": DAY.isoformat(), **more}
    answer = member.browser.post(OFFERS, values)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return Offer.objects.get()


def promise(member, offer, kind, *texts, ticked=()):
    values = {f"{kind}-own": "\n".join(texts), f"{kind}-ticked": list(ticked)}
    return member.browser.post(f"{OFFERS}{offer.pk}/promises/", values)


def decide(member, offer, decision, **more):
    return member.browser.post(
        f"{OFFERS}{offer.pk}/decide/", {"decision": decision, "reasons": "I slept on it", **more}
    )


def refused(answer, member):
    """The page that says why not."""
    assert answer.status_code == 302
    return member.browser.get(answer.url).content.decode()


def page(member, offer):
    return member.browser.get(f"{OFFERS}{offer.pk}/").content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_without_a_day_of_its_own_thinking_takes_a_week_or_until_the_answer_is_wanted():
    for due in range(30):
        by = DAY + timedelta(days=due)
        assert offer_rules.thinking_until(DAY, by) == DAY + timedelta(days=min(due, 7))
    assert offer_rules.thinking_until(DAY, None) == DAY + timedelta(days=7)


def test_speed_is_named_where_less_than_a_week_is_given_and_nowhere_else():
    for due in range(30):
        said = offer_rules.speed(DAY, DAY + timedelta(days=due))
        assert bool(said) == (due < 7), due
    assert "on the day it came" in offer_rules.speed(DAY, DAY)
    assert "within 1 day." in offer_rules.speed(DAY, DAY + timedelta(days=1))
    assert offer_rules.speed(DAY, None) == ""


def test_looking_back_falls_on_the_same_day_or_on_the_last_of_a_short_month():
    for start in range(1500):
        day = date(2023, 12, 1) + timedelta(days=start)
        for months in (3, 6, 12):
            assert offer_rules.months_after(day, months) == day + relativedelta(months=months), day


def test_an_offer_asks_not_to_be_answered_until_its_day_and_then_asks(cast):
    offer = write_down(cast.ada)
    assert offer.think_until == date(2026, 11, 30)
    assert "Please do not answer before 30 Nov 2026" in page(cast.ada, offer)
    for later in range(10):
        day = DAY + timedelta(days=later)
        with time_machine.travel(f"{day}T12:00:00Z", tick=False):
            waiting = offer_queries.today_part(cast.ada.person)[0]
            still = day < date(2026, 11, 30)
            assert ("No answer is asked of you before" in waiting.says) == still
            assert (waiting.title == "An offer to decide about") == (not still)
            assert "platform" not in waiting.title + waiting.says


def test_the_day_is_the_one_where_the_person_lives(cast):
    cast.ada.person.zone = "Pacific/Auckland"
    cast.ada.person.save()
    with on(cast.ada, "2026-11-22T20:00:00Z"):
        offer = write_down(cast.ada, think_until="2026-11-23")
        assert "What do you decide?" in page(cast.ada, offer)
    cast.ada.person.zone = "America/Los_Angeles"
    cast.ada.person.save()
    with on(cast.ada, "2026-11-23T02:00:00Z"):
        assert "Please do not answer before" in page(cast.ada, offer)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"came_on": "2026-11-24"}, "This day has not come yet"),
        ({"answer_by": "2026-11-22"}, "An answer would be wanted before the offer came"),
        ({"think_until": "2026-11-22"}, "done thinking before the offer came"),
        ({"answer_by": "2026-11-25", "think_until": "2026-11-26"}, "The answer is wanted before that"),
        ({"title": ""}, "Fill this in."),
        ({"title": "Right\u202eleft"}, "invisible"),
    ],
)
def test_days_that_do_not_follow_each_other_are_refused(cast, wrong, says):
    values = {"title": "Lead", "came_on": DAY.isoformat()} | wrong
    answer = cast.ada.browser.post(OFFERS, values)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Offer.objects.exists()


def test_promises_are_ticked_or_written_each_once_and_can_be_brought_back(cast):
    offer = write_down(cast.ada)
    promise(cast.ada, offer, "benefit", "A budget", "A budget", "", ticked=["influence", "rung"])
    promise(cast.ada, offer, "benefit", "a budget")
    promise(cast.ada, offer, "burden", ticked=["paperwork"])
    texts = {(one.kind, one.text) for one in OfferPromise.objects.all()}
    assert texts == {
        ("benefit", "More influence"),
        ("benefit", "The way to the rung after it"),
        ("benefit", "A budget"),
        ("burden", "Forms and reports"),
    }
    gone = OfferPromise.objects.get(kind="burden")
    answer = cast.ada.browser.post(f"{OFFERS}{offer.pk}/promises/{gone.pk}/remove/").content.decode()
    assert not OfferPromise.objects.filter(kind="burden").exists()
    assert 'name="burden-own" value="Forms and reports"' in answer
    promise(cast.ada, offer, "burden", "Forms and reports")
    assert OfferPromise.objects.filter(kind="burden").count() == 1
    again = cast.ada.browser.post(f"{OFFERS}{offer.pk}/promises/{gone.pk}/remove/")
    assert again.status_code == 302
    assert OfferPromise.objects.filter(kind="burden").count() == 1


def test_nothing_that_was_typed_into_either_list_is_lost_when_a_line_is_refused(cast):
    offer = write_down(cast.ada)
    values = {
        "benefit-own": "A budget\n" + "Long " * 70,
        "benefit-ticked": ["influence"],
        "burden-own": "Reports on Sundays",
        "burden-ticked": ["paperwork"],
    }
    answer = cast.ada.browser.post(f"{OFFERS}{offer.pk}/promises/", values)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "A budget\nLong Long" in shown
    assert "Reports on Sundays" in shown
    ticked = re.findall(r'value="(\w+)" form="promises"[^>]*checked', shown)
    assert ticked == ["influence", "paperwork"]
    assert '<a href="#id_benefit-own">' in shown
    assert shown.count("Line 2 has 349 letters.") == 2
    assert not OfferPromise.objects.exists()
    values["benefit-own"] = "A budget"
    assert cast.ada.browser.post(f"{OFFERS}{offer.pk}/promises/", values).status_code == 302
    kinds = {(one.kind, one.text) for one in OfferPromise.objects.all()}
    assert len(kinds) == 4
    assert ("burden", "Reports on Sundays") in kinds


def test_too_many_promises_are_refused_together_and_nothing_that_was_typed_is_lost(cast, monkeypatch):
    monkeypatch.setattr(offer_actions, "MOST_PROMISES", 2)
    offer = write_down(cast.ada)
    values = {"benefit-own": "A budget\nA trip", "burden-own": "Reports"}
    answer = cast.ada.browser.post(f"{OFFERS}{offer.pk}/promises/", values)
    assert answer.status_code == 422
    assert "An offer holds at most 2 promises." in answer.content.decode()
    assert "A budget\nA trip" in answer.content.decode()
    assert not OfferPromise.objects.exists()


@pytest.mark.parametrize("decision", ["accepted", "declined"])
def test_accepting_and_declining_are_both_looked_back_at_after_3_6_and_12_months(cast, decision):
    offer = write_down(cast.ada)
    assert decide(cast.ada, offer, decision).status_code == 302
    dues = list(OfferCheck.objects.values_list("months", "due_on"))
    assert dues == [(3, date(2027, 2, 23)), (6, date(2027, 5, 23)), (12, date(2027, 11, 23))]
    assert f"You {decision} it" in page(cast.ada, offer)
    assert "This was before 30 Nov 2026" in page(cast.ada, offer)


def test_looking_back_is_counted_from_the_day_on_which_an_accepted_role_begins(cast):
    offer = write_down(cast.ada)
    decide(cast.ada, offer, "accepted", begins_on="2027-01-31")
    assert list(OfferCheck.objects.values_list("due_on", flat=True)) == [
        date(2027, 4, 30),
        date(2027, 7, 31),
        date(2028, 1, 31),
    ]


def test_a_role_that_would_begin_on_a_day_that_has_passed_is_refused_and_what_was_typed_stays(cast):
    offer = write_down(cast.ada)
    yesterday = (DAY - timedelta(days=1)).isoformat()
    answer = decide(cast.ada, offer, "accepted", reasons="It suits me", begins_on=yesterday)
    assert answer.status_code == 422
    assert "This day has passed" in answer.content.decode()
    assert "It suits me" in answer.content.decode()
    assert Offer.objects.get().decision == ""
    assert decide(cast.ada, offer, "declined", begins_on=yesterday).status_code == 302


def test_a_decision_needs_its_reasons_whichever_it_is(cast):
    offer = write_down(cast.ada)
    for decision in ("accepted", "declined", "postponed"):
        assert decide(cast.ada, offer, decision, reasons=" ").status_code == 422
    offer.refresh_from_db()
    assert (offer.decision, offer.decided_on) == ("", None)


def test_an_offer_that_is_put_off_comes_up_again_and_can_be_decided_then(cast):
    offer = write_down(cast.ada)
    assert decide(cast.ada, offer, "postponed", until="2026-11-23").status_code == 422
    decide(cast.ada, offer, "postponed", until="2026-12-24")
    assert "It comes up again on 24 Dec 2026" in page(cast.ada, offer)
    assert not OfferCheck.objects.exists()
    with on(cast.ada, "2026-12-24T12:00:00Z"):
        assert offer_queries.today_part(cast.ada.person)[0].title == "An offer to decide about"
        decide(cast.ada, offer, "declined")
        assert "You declined it" in page(cast.ada, offer)


def test_a_decision_is_taken_back_until_somebody_has_looked_back_at_it(cast):
    offer = write_down(cast.ada)
    decide(cast.ada, offer, "accepted")
    assert "Take the decision back first" in refused(decide(cast.ada, offer, "declined"), cast.ada)
    cast.ada.browser.post(f"{OFFERS}{offer.pk}/reopen/")
    assert not OfferCheck.objects.exists()
    decide(cast.ada, offer, "accepted")
    with on(cast.ada, "2027-02-23T12:00:00Z"):
        cast.ada.browser.post(f"{OFFERS}{offer.pk}/look-back/3/", {"satisfaction": "4"})
        answer = cast.ada.browser.post(f"{OFFERS}{offer.pk}/reopen/", follow=True)
    assert "You have looked back at this offer already" in answer.content.decode()
    offer.refresh_from_db()
    assert offer.decision == "accepted"


def test_what_was_promised_is_compared_with_what_came(cast):
    offer = write_down(cast.ada)
    promise(cast.ada, offer, "benefit", "A budget", "More say", "A trip")
    promise(cast.ada, offer, "burden", "Reports")
    decide(cast.ada, offer, "accepted")
    ids = {one.text: one.pk for one in OfferPromise.objects.all()}
    path = f"{OFFERS}{offer.pk}/look-back/3/"
    said = {
        f"promise_{ids['A budget']}": "no",
        f"promise_{ids['More say']}": "partly",
        f"promise_{ids['Reports']}": "yes",
        "satisfaction": "2",
        "note": "More mail than anybody said",
    }
    assert "not due yet" in refused(cast.ada.browser.post(path, said), cast.ada)
    assert OfferCheck.objects.get(months=3).done_on is None
    with on(cast.ada, "2027-02-23T12:00:00Z"):
        assert [one.title for one in offer_queries.today_part(cast.ada.person)] == [
            "3 months since you decided about an offer"
        ]
        assert cast.ada.browser.post(path, said).status_code == 302
        shown = page(cast.ada, offer)
        assert offer_queries.today_part(cast.ada.person) == ()
    assert "Of 3 benefits, after 3 months: 1 came partly, 1 did not come and 1 cannot be said yet." in shown
    assert "Of 1 burden, after 3 months: 1 came." in shown
    assert "after 3 months: did not come" in shown
    assert "glad of the decision: 2 of 5" in shown
    assert "More mail than anybody said" in shown


def test_what_was_said_of_a_promise_goes_with_it(cast):
    offer = write_down(cast.ada)
    promise(cast.ada, offer, "benefit", "A budget")
    decide(cast.ada, offer, "accepted")
    one, check = OfferPromise.objects.get(), OfferCheck.objects.get(months=3)
    check.content = {str(one.pk): "no"}
    check.save()
    cast.ada.browser.post(f"{OFFERS}{offer.pk}/promises/{one.pk}/remove/")
    check.refresh_from_db()
    assert check.content == {}


def test_the_calendar_file_has_every_day_to_come_and_names_no_offer(cast):
    offer = write_down(cast.ada, from_whom="Quarzlibelle", notes="Nebelhorn")
    promise(cast.ada, offer, "benefit", "Brennessel")
    path = f"{OFFERS}{offer.pk}/look-back.ics"
    thinking = cast.ada.browser.get(path)
    days = [(str(one["SUMMARY"]), one["DTSTART"].dt) for one in Calendar.from_ical(thinking.content).events]
    assert days == [("Time to think is over", date(2026, 11, 30))]
    decide(cast.ada, offer, "accepted")
    answer = cast.ada.browser.get(path)
    events = Calendar.from_ical(answer.content).events
    assert [(str(one["SUMMARY"]), one["DTSTART"].dt) for one in events] == [
        ("Look back after 3 months", date(2027, 2, 23)),
        ("Look back after 6 months", date(2027, 5, 23)),
        ("Look back after 12 months", date(2027, 11, 23)),
    ]
    assert len({str(one["UID"]) for one in events}) == 3
    assert {str(one["CLASS"]) for one in events} == {"PRIVATE"}
    for word in (b"platform", b"Quarzlibelle", b"Nebelhorn", b"Brennessel", b"slept"):
        assert word not in answer.content + thinking.content


def test_deleting_an_offer_takes_its_lists_and_looks_back_with_it(cast):
    offer = write_down(cast.ada)
    promise(cast.ada, offer, "benefit", "A budget")
    decide(cast.ada, offer, "accepted")
    cast.ada.browser.post(f"{OFFERS}{offer.pk}/delete/")
    for table in (Offer, OfferPromise, OfferCheck):
        assert not table.objects.exists()


def test_a_promise_and_a_look_back_of_another_offer_are_not_reached_through_ones_own(cast):
    offer = write_down(cast.ada)
    promise(cast.ada, offer, "benefit", "A budget")
    decide(cast.ada, offer, "accepted")
    foreign = OfferPromise.objects.get()
    cast.eve.browser.post(OFFERS, {"title": "Mine", "came_on": DAY.isoformat()})
    own = Offer.objects.get(owner=cast.eve.person)
    assert cast.eve.browser.post(f"{OFFERS}{own.pk}/promises/{foreign.pk}/remove/").status_code == 302
    assert OfferPromise.objects.filter(pk=foreign.pk).exists()
    assert cast.eve.browser.get(f"{OFFERS}{own.pk}/look-back/3/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_of_offers_ask_the_same_whatever_there_is(cast, rows, django_assert_num_queries):
    for number in range(rows):
        offer = Offer.objects.create(
            owner=cast.ada.person, title=f"Offer {number}", came_on=DAY, think_until=DAY
        )
        for one in range(rows):
            OfferPromise.objects.create(offer=offer, kind="benefit", text=f"Promise {one}")
    cast.ada.browser.get("/today/")
    with django_assert_num_queries(LIST):
        cast.ada.browser.get(OFFERS)
    with django_assert_num_queries(PAGE):
        cast.ada.browser.get(f"{OFFERS}{offer.pk}/")


LIST, PAGE = 7, 12


def test_a_second_click_on_the_decision_is_told_that_it_is_written(cast):
    offer = write_down(cast.ada)
    first, second = Offer.objects.get(), Offer.objects.get()
    said = {"actor": cast.ada.person, "decision": "declined", "reasons": "I slept on it"}
    offer_actions.decide(offer=first, **said)
    with pytest.raises(Refused, match="This offer is decided"):
        offer_actions.decide(offer=second, **said)
    assert OfferCheck.objects.filter(offer=offer).count() == 3


def test_an_offer_that_was_deleted_meanwhile_is_neither_changed_nor_decided(cast):
    write_down(cast.ada)
    actor = cast.ada.person
    stale = [Offer.objects.get() for _window in range(3)]
    offer_actions.delete(actor=actor, offer=Offer.objects.get())
    acts = (offer_actions.decide, offer_actions.change, offer_actions.reopen)
    said = ({"decision": "declined", "reasons": ""}, {"title": "Back again"}, {})
    for act, offer, values in zip(acts, stale, said, strict=True):
        with pytest.raises(Refused, match="deleted in another window"):
            act(actor=actor, offer=offer, **values)
    assert not Offer.objects.exists()


def test_the_record_says_that_somebody_decided_and_not_what(cast):
    offer = write_down(cast.ada)
    decide(cast.ada, offer, "declined")
    assert Entry.objects.get(verb="decide").facts == {}


@pytest.mark.parametrize("field", ["came_on", "answer_by", "think_until"])
@pytest.mark.parametrize("day", ["9999-12-31", "2047-01-01", "2006-01-01", "0001-01-01"])
def test_a_day_far_away_is_refused_in_a_sentence(cast, field, day):
    values = {"title": "Lead", "came_on": DAY.isoformat()} | {field: day}
    answer = cast.ada.browser.post(OFFERS, values)
    assert answer.status_code == 422
    assert "Choose a day within twenty years of today." in answer.content.decode()
    assert not Offer.objects.exists()


@pytest.mark.parametrize("said", [{"begins_on": "9999-12-31"}, {"until": "9999-12-31"}])
def test_a_decision_that_begins_or_comes_up_again_in_the_last_year_of_all_is_refused(cast, said):
    offer = write_down(cast.ada)
    decision = "accepted" if "begins_on" in said else "postponed"
    answer = decide(cast.ada, offer, decision, **said)
    assert answer.status_code == 422
    assert "Choose a day within twenty years of today." in answer.content.decode()
    assert Offer.objects.get().decision == ""


def test_a_promise_that_is_too_long_is_refused_without_a_word_of_it_in_the_session(cast):
    offer = write_down(cast.ada)
    answer = promise(cast.ada, offer, "benefit", "A budget", "Quarzlibelle " * 30)
    assert "Line 2 has 389 letters" in answer.content.decode()
    waiting = [one.get_decoded() for one in Session.objects.all()]
    assert waiting
    assert "Quarzlibelle" not in str(waiting)
