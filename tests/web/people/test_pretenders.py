"""Somebody who gives another person's address gets neither the account nor the place that go with it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from tests.cast import Browser

from fairlead.web.people.models import Person, User
from fairlead.web.roster.models import Position

PASSWORD = "correct horse battery staple"
NEW = "a quite different sentence"


@pytest.fixture
def place(db, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    person = Person.objects.create(number="V1", name="Vera", email="vera@example.org")
    Position.objects.create(person=person, since=date(2024, 1, 1))
    return person


def sign_up(email: str) -> Browser:
    browser = Browser()
    browser.post("/accounts/signup/", {"email": email, "password1": PASSWORD, "name": "Mallory"})
    return browser


def link(what: str) -> str:
    (found,) = re.findall(rf"http://[^/]+(/accounts/{what}/\S+)", mail.outbox[-1].body)
    return found


def number_of(email: str) -> str | None:
    return Person.objects.get(user__email=email).number


def test_a_click_on_a_mail_one_did_not_ask_for_gives_nobody_ones_place(place):
    stranger = sign_up("vera@example.org")
    confirm = link("confirm-email")
    vera = Browser()
    assert vera.get(confirm).status_code == 200
    answer = vera.post(confirm, follow=True)
    assert "Nothing was confirmed" in answer.content.decode()
    assert not EmailAddress.objects.get(email="vera@example.org").verified
    assert number_of("vera@example.org") is None
    assert stranger.get("/organization/").status_code == 404


def test_nor_does_a_click_by_somebody_who_is_signed_in_to_another_account(place):
    sign_up("mallory@example.org")
    stranger = Browser()
    stranger.post("/accounts/login/", {"login": "mallory@example.org", "password": PASSWORD})
    stranger.post("/accounts/reauthenticate/", {"password": PASSWORD})
    stranger.post("/accounts/email/", {"action_add": "", "email": "vera@example.org"})
    confirm = link("confirm-email")
    other = sign_up("other@example.org")
    other.post(confirm)
    assert not EmailAddress.objects.filter(email="vera@example.org", verified=True).exists()
    assert number_of("mallory@example.org") is None


def test_an_address_that_was_never_confirmed_counts_until_the_new_one_is(place):
    for name in ("ann", "bob"):
        browser = sign_up(f"{name}@example.org")
        browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
        browser.post("/accounts/email/", {"action_add": "", "email": f"{name}@example.net"})
        browser.post("/accounts/email/", {"action_add": "", "email": f"{name}@example.com"})
        page = browser.get("/accounts/email/").content.decode()
        assert f"You sign in with <b><bdi>{name}@example.org" in page
        assert f"{name}@example.com" in page
        said = {"login": f"{name}@example.org", "password": PASSWORD}
        assert Browser().post("/accounts/login/", said).headers["Location"] == "/today/"
        browser.post(link("confirm-email"))
        assert list(EmailAddress.objects.filter(user__email=f"{name}@example.com").values_list("email")) == [
            (f"{name}@example.com",)
        ]


def test_the_one_who_asked_confirms_in_their_own_browser_and_finds_their_place(place):
    vera = sign_up("vera@example.org")
    vera.post(link("confirm-email"))
    assert number_of("vera@example.org") == "V1"


def test_with_a_confirmed_address_as_a_must_the_browser_that_typed_the_password_confirms(place, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    vera = sign_up("vera@example.org")
    Browser().post(link("confirm-email"))
    assert not EmailAddress.objects.get(email="vera@example.org").verified
    vera.post(link("confirm-email"))
    assert EmailAddress.objects.get(email="vera@example.org").verified


def test_a_new_password_by_mail_ends_what_a_stranger_added_to_an_unproved_account(place):
    sign_up("vera@example.org")
    user = User.objects.get(email="vera@example.org")
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "Mallory's key"})
    SocialAccount.objects.create(user=user, provider="https://id.example.org", uid="mallory")
    vera = Browser()
    vera.post("/accounts/password/reset/", {"email": "vera@example.org"})
    page = vera.get(link("password/reset/key"), follow=True)
    vera.post(page.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert not Authenticator.objects.filter(user=user).exists()
    assert not SocialAccount.objects.filter(user=user).exists()


def test_a_new_password_by_mail_leaves_the_second_factor_of_a_proved_account(place):
    sign_up("vera@example.org")
    user = User.objects.get(email="vera@example.org")
    EmailAddress.objects.filter(user=user).update(verified=True)
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "Vera's key"})
    vera = Browser()
    vera.post("/accounts/password/reset/", {"email": "vera@example.org"})
    page = vera.get(link("password/reset/key"), follow=True)
    vera.post(page.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert Authenticator.objects.filter(user=user).count() == 1


@pytest.mark.parametrize("address", ["vera@examp\u0131e.org", "\u0131an@example.org"])
def test_an_address_that_only_looks_like_anothers_is_refused(db, address):
    answer = Browser().post("/accounts/signup/", {"email": address, "password1": PASSWORD})
    assert answer.status_code == 200
    assert "letters a to z" in answer.content.decode()
    assert not User.objects.exists()
