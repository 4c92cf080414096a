"""A witness sees one thing as it stands, says that they saw it or not, and nothing more."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from tests.web.journey import made

from fairlead.web import vault
from fairlead.web.journey import actions, witness_actions
from fairlead.web.journey.models import Witness
from fairlead.web.trail.models import Entry

SECRETS = {
    "seen_by": "My own words about who saw it",
    "came_from": "Where it came from",
    "thanks": "Words of thanks",
    "thanks_from": "Whoever thanked",
}


@pytest.fixture
def entry(cast):
    cleo = cast.cleo.person
    with vault.seen_by(cleo):
        one = made.entry(
            cleo, "Moved the pumps", otherwise="Three weeks more", criteria=["reliability"], **SECRETS
        )
        made.attachment(one, "proof.txt")
        made.entry(cleo, "Another thing")
    return one


def ask(cast, entry, name="ben", **more):
    """Find somebody by name and ask them, as the page does it."""
    browser, path = cast.cleo.browser, f"/journey/entries/{entry.pk}/witness/"
    found = browser.post(path, {"step": "find", "who": f"{name}@example.org"}).content.decode()
    chosen = re.findall(r'name="chosen" value="([^"]+)" checked', found)
    digest = re.search(r'name="digest" value="(\w+)"', found)[1]
    data = {
        "step": "ask",
        "who": f"{name}@example.org",
        "chosen": chosen[0] if chosen else "",
        "digest": digest,
    }
    return browser.post(path, data | more)


def the_one():
    with vault.on_duty("test"):
        return Witness.objects.select_related("entry").get()


def answers(cast, name, what, found=None):
    found = found or the_one()
    browser = getattr(cast, name).browser
    shown = browser.get(f"/journey/witness/{found.pk}/").content.decode()
    digest = re.search(r'name="digest" value="(\w+)"', shown)
    data = {"digest": digest[1]} if digest else {}
    return browser.post(f"/journey/witness/{found.pk}/{what}/", data)


def test_the_witness_sees_that_thing_alone_and_is_sent_a_link_without_content(cast, entry):
    assert ask(cast, entry).status_code == 302
    one = the_one()
    assert (one.witness, one.state) == (cast.ben.person, "asked")
    (letter,) = mail.outbox
    assert letter.to == ["ben@example.org"]
    assert "pumps" not in letter.body
    assert "Cleo" not in letter.body
    browser = cast.ben.browser
    assert "Cleo asks whether you saw something" in browser.get("/today/").content.decode()
    shown = browser.get(f"/journey/witness/{one.pk}/").content.decode()
    assert "Moved the pumps" in shown
    assert "Three weeks more" in shown
    for hidden in (*SECRETS.values(), "proof.txt", "Another thing", "Promises what can be kept"):
        assert hidden not in shown
    for path in (f"/journey/entries/{entry.pk}/", f"/journey/entries/{entry.pk}/change/"):
        assert browser.get(path).status_code == 404
    saw = Entry.objects.get(verb="saw", object_id=str(one.pk))
    assert (saw.actor, saw.subject) == (cast.ben.person.pk, cast.cleo.person.pk)


def test_one_click_confirms_and_the_person_reads_who(cast, entry):
    ask(cast, entry)
    answers(cast, "ben", "saw")
    assert the_one().state == "confirmed"
    assert "For <bdi>Cleo</bdi>" in cast.ben.browser.get("/journey/").content.decode(), "to take it back"
    shown = cast.cleo.browser.get(f"/journey/entries/{entry.pk}/").content.decode()
    assert re.search(r"<bdi>Ben</bdi></strong> saw it", shown)
    assert "Ben confirmed that they saw it" in cast.cleo.browser.get("/today/").content.decode()


def test_a_no_is_told_in_plain_words_keeps_no_copy_and_is_not_asked_again(cast, entry):
    ask(cast, entry)
    answers(cast, "ben", "did-not-see")
    one = the_one()
    assert (one.state, one.copy) == ("not_seen", {})
    browser = cast.cleo.browser
    assert "says they did not see this" in browser.get(f"/journey/entries/{entry.pk}/").content.decode()
    assert cast.ben.browser.get(f"/journey/witness/{one.pk}/").status_code == 404
    again = ask(cast, entry)
    assert again.status_code == 422
    assert "said that they did not see this" in again.content.decode()


def test_a_change_of_what_was_shown_ends_the_word_and_the_page_says_so_before(cast, entry):
    ask(cast, entry)
    answers(cast, "ben", "saw")
    browser, path = cast.cleo.browser, f"/journey/entries/{entry.pk}/change/"
    said = browser.get(path).content.decode()
    assert "confirmed this as it stands" in said
    assert "that ends" in said
    kept = {"what": "Moved the pumps", "otherwise": "Three weeks more", "day": entry.day.isoformat()}
    browser.post(path, kept | {"seen_by": "Somebody else", "criteria": ["innovation"], "signals": ["beyond"]})
    assert the_one().state == "confirmed", "what the witness never saw changes freely"
    browser.post(path, kept | {"what": "Moved all the pumps alone"})
    assert (the_one().state, the_one().copy) == ("changed", {})
    assert cast.ben.browser.get(f"/journey/witness/{the_one().pk}/").status_code == 404
    assert (
        "their word ended when you changed" in browser.get(f"/journey/entries/{entry.pk}/").content.decode()
    )


@pytest.mark.parametrize("field", ["what", "otherwise", "result", "links", "day"])
def test_each_part_that_a_witness_sees_ends_their_word_when_it_changes(cast, entry, field):
    cleo = cast.cleo.person
    other = {"links": ["https://example.org/"], "day": dt.date(2025, 1, 2)}.get(field, "Changed")
    with vault.seen_by(cleo):
        one = made.witness(entry, cast.ben.person, state="confirmed")
        assert actions.change(actor=cleo, entry=entry, **{field: other}) == 1
        one.refresh_from_db()
    assert one.state == "changed"


def test_a_yes_to_something_else_than_was_read_is_refused(cast, entry):
    ask(cast, entry)
    found = the_one()
    cast.ben.browser.post(f"/journey/witness/{found.pk}/saw/", {"digest": "0" * 64})
    cast.ben.browser.post(f"/journey/witness/{found.pk}/saw/", {})
    assert the_one().state == "asked"


def test_what_is_asked_is_what_the_owner_was_shown(cast, entry):
    refused = ask(cast, entry, digest="0" * 64)
    assert refused.status_code == 422
    assert "changed in another window" in refused.content.decode()
    with vault.on_duty("test"):
        assert not Witness.objects.exists()


@pytest.mark.parametrize(
    ("name", "state"), [("ben", "asked"), ("ben", "confirmed"), ("cleo", "asked"), ("cleo", "confirmed")]
)
def test_either_takes_it_back_at_any_time(cast, entry, name, state):
    ask(cast, entry)
    if state == "confirmed":
        answers(cast, "ben", "saw")
    answers(cast, name, "take-back")
    assert (the_one().state, the_one().copy) == ("withdrawn", {})
    assert cast.ben.browser.get(f"/journey/witness/{the_one().pk}/").status_code == 404


def test_nobody_answers_for_the_witness_not_even_the_owner(cast, entry):
    ask(cast, entry)
    found = the_one()
    for name in ("cleo", "dora", "ada", "eve"):
        answers(cast, name, "saw", found)
        answers(cast, name, "did-not-see", found)
    assert the_one().state == "asked"


def test_a_question_is_over_after_thirty_days_at_once_and_its_copy_goes(cast, entry):
    ask(cast, entry)
    one = the_one()
    path = f"/journey/witness/{one.pk}/"
    for days, there in ((30, 200), (31, 404)):
        with time_machine.travel(timezone.now() + dt.timedelta(days=days), tick=False):
            cast.ben.browser.force_login(cast.ben.person.user)
            assert cast.ben.browser.get(path).status_code == there
    with time_machine.travel(timezone.now() + dt.timedelta(days=31), tick=False):
        witness_actions.tick()
    assert (the_one().state, the_one().copy) == ("lapsed", {})


def test_nobody_is_their_own_witness_and_a_colleague_is_no_notary(cast, entry):
    cleo = cast.cleo.person
    assert ask(cast, entry, "cleo").status_code == 422
    with vault.seen_by(cleo):
        for number in range(witness_actions.MOST_ASKED_OF_ONE):
            made.witness(made.entry(cleo, f"Thing {number}"), cast.ben.person)
    refused = ask(cast, entry)
    assert "wait already" in refused.content.decode()
    assert ask(cast, entry, "dora").status_code == 302


def test_a_foreign_choice_of_a_person_opens_nothing(cast, entry):
    found = cast.eve.browser.post(f"/sharing/new/accomplishment/{entry.pk}/", {"step": "find", "who": "Ben"})
    assert found.status_code == 404
    refused = ask(cast, entry, chosen="not-a-token")
    assert refused.status_code == 422
    assert "choose one of those found" in refused.content.decode()
