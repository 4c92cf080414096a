"""A session ends when nobody uses it, and after a day's work in any case."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.core import mail
from tests.cast import Browser, member
from tests.factories import PersonFactory

from fairlead.web.people import sessions

START = datetime(2026, 11, 2, 8, tzinfo=UTC)


@pytest.fixture
def clock(db):
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def test_half_an_hour_without_a_page_ends_it(clock):
    ada = member("ada")
    assert ada.browser.get("/today/").status_code == 200
    clock.move_to(START + timedelta(minutes=29))
    assert ada.browser.get("/today/").status_code == 200
    clock.move_to(START + timedelta(minutes=29 + 31))
    assert ada.browser.get("/today/").headers["Location"] == "/accounts/login/?next=/today/"


def test_twelve_hours_end_it_however_busy(clock):
    ada = member("ada")
    for minutes in range(0, 12 * 60 + 1, 20):
        clock.move_to(START + timedelta(minutes=minutes))
        assert ada.browser.get("/today/").status_code == 200, minutes
    clock.move_to(START + timedelta(hours=12, minutes=1))
    assert ada.browser.get("/today/").status_code == 302


def test_a_page_that_asks_for_its_progress_is_nobody_at_the_keyboard(clock):
    ada = member("ada")
    ada.browser.get("/today/")
    for minutes in range(5, 31, 5):
        clock.move_to(START + timedelta(minutes=minutes))
        ada.browser.get("/today/", headers={"HX-Request": "true", "HX-Trigger": "progress"})
    clock.move_to(START + timedelta(minutes=31))
    assert ada.browser.get("/today/").status_code == 302


def test_being_seen_is_noted_once_a_minute_and_not_on_every_page(clock, django_assert_num_queries):
    ada = member("ada")
    ada.browser.get("/today/")
    seen = ada.browser.session[sessions.SEEN]
    clock.move_to(START + timedelta(seconds=59))
    ada.browser.get("/today/")
    assert ada.browser.session[sessions.SEEN] == seen
    clock.move_to(START + timedelta(seconds=61))
    ada.browser.get("/today/")
    assert ada.browser.session[sessions.SEEN] == seen + 61


# --- What ends the other sessions -------------------------------------------------------------

PASSWORD = "correct horse battery staple"
KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def signed_in_twice(name="ada"):
    """One person in two browsers: this one, and another that was left open elsewhere."""
    person = PersonFactory.create(name=name.title(), user__email=f"{name}@example.org")
    EmailAddress.objects.create(user=person.user, email=person.user.email, verified=True, primary=True)
    here, elsewhere = Browser(), Browser()
    for browser in (here, elsewhere):
        said = {"login": person.user.email, "password": PASSWORD}
        assert browser.post("/accounts/login/", said).headers["Location"] == "/today/"
    here.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return person, here, elsewhere


def is_in(browser):
    return browser.get("/today/").status_code == 200


def change_password(_person, here):
    here.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "another good long one", "password2": "another good long one"},
    )


def change_address(person, here):
    here.post("/accounts/email/", {"email": "new@example.org", "action_add": ""})
    link = re.search(r"/accounts/confirm-email/\S+", mail.outbox[-1].body).group()
    mail.outbox.clear()
    here.post(link)
    person.user.refresh_from_db()
    assert person.user.email == "new@example.org"


def add_an_app(_person, here):
    page = here.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r"<code><bdi>([A-Z2-7]{32})</bdi></code>", page).group(1)
    here.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})


def remove_the_app(person, here):
    TOTP.activate(person.user, KEY)
    here.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=person.user).exists()


def make_new_codes(person, here):
    TOTP.activate(person.user, KEY)
    here.post("/accounts/2fa/recovery-codes/generate/")


def remove_a_key(person, here):
    key = Authenticator.objects.create(user=person.user, type="webauthn", data={"name": "Key"})
    here.post(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/")


def end_all_others(_person, here):
    here.post("/accounts/sessions/")


def end_the_one(person, here):
    other = UserSession.objects.exclude(session_key=here.session.session_key).get(user=person.user)
    here.post(f"/accounts/sessions/{other.pk}/end/")


def code_of(secret):
    """The code that an app shows now (RFC 6238)."""
    counter = int(time.time()) // 30
    digest = hmac.new(base64.b32decode(secret), counter.to_bytes(8, "big"), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


@pytest.mark.parametrize(
    ("does", "subject", "to"),
    [
        (change_password, "Your password was changed", "ada@example.org"),
        (change_address, "The address of your account", "ada@example.org"),
        (add_an_app, "A second factor was added", "ada@example.org"),
        (remove_the_app, "A second factor was removed", "ada@example.org"),
        (make_new_codes, "New recovery codes", "ada@example.org"),
        (remove_a_key, "A passkey was removed", "ada@example.org"),
        (end_all_others, "Browsers were signed out", "ada@example.org"),
        (end_the_one, "Browsers were signed out", "ada@example.org"),
    ],
)
def test_what_changes_how_one_gets_in_ends_the_other_sessions_and_is_told_by_mail(
    transactional_db, does, subject, to
):
    """With real commits: the mails about second factors leave after them."""
    person, here, elsewhere = signed_in_twice()
    mail.outbox.clear()
    assert is_in(elsewhere)
    does(person, here)
    assert not is_in(elsewhere)
    assert is_in(here), "whoever did it stays"
    sent = [message for message in mail.outbox if message.subject == f"Fairlead: {subject}"]
    assert [message.to for message in sent] == [[to]]
    body = sent[0].body
    assert "http://testserver/accounts/sessions/" in body
    for content in ("new@example.org", "127.0.0.1", "Mozilla", "Ada", "!"):
        assert content not in body


def test_a_forgotten_password_that_is_replaced_ends_every_session(db):
    _person, here, elsewhere = signed_in_twice()
    stranger = Browser()
    stranger.post("/accounts/password/reset/", {"email": "ada@example.org"})
    link = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[-1].body).group()
    page = stranger.get(link, follow=True)
    new = {"password1": "another good long one", "password2": "another good long one"}
    stranger.post(page.request["PATH_INFO"], new)
    assert not is_in(here)
    assert not is_in(elsewhere)
    assert mail.outbox[-1].subject == "Fairlead: Your password was changed"


def test_a_deactivated_account_is_out_at_the_next_page_and_comes_in_by_no_door(db):
    person, here, elsewhere = signed_in_twice()
    TOTP.activate(person.user, KEY)
    person.user.is_active = False
    person.user.save(update_fields=["is_active"])
    assert not is_in(here)
    assert not is_in(elsewhere)
    again = Browser().post(
        "/accounts/login/", {"login": "ada@example.org", "password": PASSWORD}, follow=True
    )
    assert "/accounts/2fa/" not in again.request["PATH_INFO"]
    assert (
        "This account is closed" in again.content.decode()
        or "do not belong together" in again.content.decode()
    )


def test_whoever_has_left_is_out_on_the_day_after_the_last_day(clock):
    person, here, _elsewhere = signed_in_twice()
    person.left = START.date()
    person.save(update_fields=["left"])
    assert is_in(here), "the last day is a day at work"
    clock.move_to(START + timedelta(days=1))
    answer = Browser().post(
        "/accounts/login/", {"login": "ada@example.org", "password": PASSWORD}, follow=True
    )
    assert "This account is closed" in answer.content.decode()
    clock.move_to(START + timedelta(minutes=10))
    assert is_in(here)
    person.left = START.date() - timedelta(days=1)
    person.save(update_fields=["left"])
    answer = here.get("/today/", follow=True)
    assert "This account is closed" in answer.content.decode()


def test_the_list_says_which_browser_is_this_one_in_words(db):
    person, here, _elsewhere = signed_in_twice()
    UserSession.objects.exclude(session_key=here.session.session_key).update(
        user_agent="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", ip="192.0.2.7"
    )
    page = here.get("/accounts/sessions/").content.decode()
    assert page.count("This one") == 1
    assert "Firefox on Linux" in page
    assert "Mozilla" not in page
    assert page.index("This one") < page.index("Firefox on Linux")
    assert UserSession.objects.filter(user=person.user).count() == 2


def test_nobody_ends_a_session_of_somebody_else_nor_their_own_by_this_way(db):
    _ada, here, _ = signed_in_twice("ada")
    _eve, eve, _ = signed_in_twice("eve")
    mine = UserSession.objects.get(session_key=here.session.session_key)
    assert eve.post(f"/accounts/sessions/{mine.pk}/end/").status_code == 404
    assert here.post(f"/accounts/sessions/{mine.pk}/end/").status_code == 404
    assert is_in(here)


def test_a_mail_server_that_is_down_undoes_nothing(db, settings):
    _person, here, elsewhere = signed_in_twice()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "localhost", 9, 1
    assert here.post("/accounts/sessions/").status_code == 302
    assert not is_in(elsewhere)
