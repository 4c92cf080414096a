"""Joining, signing in, changing one's settings."""

from __future__ import annotations

import re
from datetime import time

import pytest
from django.core import mail
from tests.cast import Browser
from tests.factories import PersonFactory

from fairlead.web.people.models import Person, User
from fairlead.web.trail.models import Entry

PASSWORD = "correct horse battery staple"


def join(browser, **said):
    form = {"email": "Zoe.Quist@Example.org", "password1": PASSWORD, "name": "Zoe", **said}
    return browser.post("/accounts/signup/", form)


def test_signing_up_makes_an_account_and_its_person_and_leads_to_today(db):
    browser = Browser()
    assert join(browser).headers["Location"] == "/today/"
    person = Person.objects.get()
    assert (person.name, person.user.email) == ("Zoe", "zoe.quist@example.org")
    assert browser.get("/today/").status_code == 200
    assert list(Entry.objects.values_list("verb", "actor")) == [("join", person.pk)]


@pytest.mark.parametrize(
    ("said", "kept"),
    [("America/Bogota", "America/Bogota"), ("Mars/Olympus", "UTC"), ("../etc/passwd", "UTC")],
)
def test_a_new_persons_days_begin_in_the_time_zone_of_their_browser(db, said, kept):
    join(Browser(), zone=said)
    assert Person.objects.get().zone == kept


def test_joining_and_forgetting_are_said_in_plain_words_without_exclamation_marks(db, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    browser = Browser()
    join(browser)
    assert "Successfully" not in browser.get("/today/").content.decode()
    for address in ("zoe.quist@example.org", "nobody@example.org"):
        Browser().post("/accounts/password/reset/", {"email": address})
    join(Browser())
    assert [sent.subject for sent in mail.outbox][:2] == [
        "Fairlead: Confirm your address",
        "Fairlead: A new password",
    ]
    assert all("Somebody, probably you," in sent.body and "!" not in sent.body for sent in mail.outbox)
    assert "there is nothing to do" in mail.outbox[-1].body


def test_one_address_is_one_account_however_it_is_typed(db):
    join(Browser())
    join(Browser(), email="ZOE.QUIST@example.ORG")
    assert User.objects.count() == 1
    signed = Browser().post("/accounts/login/", {"login": "zoe.QUIST@example.org", "password": PASSWORD})
    assert signed.headers["Location"] == "/today/"


def test_where_addresses_must_be_confirmed_the_screen_does_not_tell_that_one_is_taken(db, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    fresh, taken = Browser(), Browser()
    assert join(fresh).headers["Location"] == join(taken).headers["Location"] == "/accounts/confirm-email/"
    pages = [browser.get("/accounts/confirm-email/").content for browser in (fresh, taken)]
    assert all(b"already" not in page for page in pages)
    assert User.objects.count() == 1


@pytest.mark.parametrize("password", ["short", "password123456", "zoe.quist@example.org"])
def test_weak_passwords_are_refused_with_what_would_be_right(db, password):
    page = join(Browser(), password1=password)
    assert page.status_code == 200
    assert "errors" in page.content.decode()
    assert not User.objects.exists()


def test_an_installation_can_close_its_door(db, settings):
    settings.ACCOUNT_SIGNUP_OPEN = False
    assert "No new accounts here" in Browser().get("/accounts/signup/").content.decode()
    join(Browser())
    assert not User.objects.exists()


def test_guessing_is_slowed_down(db):
    PersonFactory.create(user__email="ben@example.org")
    browser = Browser()
    answers = [
        browser.post("/accounts/login/", {"login": "ben@example.org", "password": f"wrong {n}"})
        for n in range(8)
    ]
    assert "Too many" in answers[-1].content.decode()
    right = browser.post(
        "/accounts/login/", {"login": "ben@example.org", "password": "correct horse battery staple"}
    )
    assert right.status_code == 200, "the right password does not help within the pause"


def test_a_forgotten_password_is_replaced_by_a_link_in_a_mail(db):
    PersonFactory.create(user__email="ben@example.org")
    browser = Browser()
    browser.post("/accounts/password/reset/", {"email": "ben@example.org"})
    link = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[0].body).group()
    page = browser.get(link, follow=True)
    browser.post(
        page.request["PATH_INFO"],
        {"password1": "another good long one", "password2": "another good long one"},
    )
    signed = Browser().post(
        "/accounts/login/", {"login": "ben@example.org", "password": "another good long one"}
    )
    assert signed.headers["Location"] == "/today/"


def test_an_installation_that_can_send_no_mail_promises_none(db):
    join(Browser())
    assert mail.outbox == []


def test_mails_carry_no_content_of_the_product(db, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    join(Browser())
    assert len(mail.outbox) == 1
    assert mail.outbox[0].subject.startswith("Fairlead: ")
    assert "http" in mail.outbox[0].body


def test_settings_are_saved_and_shown(cast):
    said = {"name": "Ada M.", "zone": "America/Bogota", "work_from": "08:00", "work_to": "16:30"}
    assert cast.ada.browser.post("/account/settings/", said).headers["Location"] == "/account/"
    person = Person.objects.get(pk=cast.ada.person.pk)
    assert (person.name, person.zone, person.work_from) == ("Ada M.", "America/Bogota", time(8))
    assert "08:00 to 16:30" in cast.ada.browser.get("/account/").content.decode()


@pytest.mark.parametrize(
    ("field", "value", "right"),
    [
        ("work_to", "07:00", "Give a later time."),
        ("zone", "Mars/Olympus", "One looks like Europe/Berlin."),
        ("work_from", "early", "Enter a valid time"),
        ("name", "n" * 121, "at most 120"),
        ("name", "Ada\x00", "Null characters"),
        ("name", "Ada \u202ereversed", "direction"),
    ],
)
def test_settings_that_cannot_be_are_refused_with_a_reason(cast, field, value, right):
    said = {"name": "Ada", "zone": "UTC", "work_from": "09:00", "work_to": "17:00", field: value}
    answer = cast.ada.browser.post("/account/settings/", said)
    assert answer.status_code == 422
    assert right in answer.content.decode()
    assert Person.objects.get(pk=cast.ada.person.pk).zone == "Europe/Berlin"


def test_setting_up_an_authenticator_app_says_what_to_do_and_gives_the_key_as_text(db):
    browser = Browser()
    join(browser)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = browser.get("/accounts/2fa/totp/activate/").content.decode()
    assert "Set up an authenticator app" in page
    key = re.search(r"<code><bdi>([A-Z2-7]{32})</bdi></code>", page)
    assert key is not None
    again = browser.post("/accounts/2fa/totp/activate/", {"code": "12"}).content.decode()
    assert key.group(1) in again, "a mistyped code costs no second scan"
    assert "errors" in again
