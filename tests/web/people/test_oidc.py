"""An organization's own sign-in, against a real OpenID provider in a process of its own."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.core import mail
from django.utils import timezone
from tests.cast import Browser
from tests.factories import GrantFactory, PersonFactory
from tests.provider.running import asked, road
from tests.provider.visiting import HERE, PASSWORD, Visitor, account, known, signed, use

from fairlead.web.people import linking
from fairlead.web.people.models import Person, User

# --- Who is let in ----------------------------------------------------------------------------


def test_the_button_says_the_name_and_is_absent_without_an_issuer(visitor, settings):
    assert "Sign in with Northwind" in visitor.browser.get("/accounts/login/").content.decode()
    settings.OIDC_ISSUER = ""
    assert "Northwind" not in visitor.browser.get("/accounts/login/").content.decode()


def test_the_question_carries_state_nonce_and_a_proof_and_asks_for_three_facts_alone(visitor):
    question = asked(visitor.goes("/accounts/oidc/login/?scope=offline_access&auth_params=prompt%3Dnone"))
    assert question["code_challenge_method"] == "S256"
    assert len(question["code_challenge"]) == 43
    assert len(question["nonce"]) >= 30
    assert len(question["state"]) >= 16
    assert set(question["scope"].split()) == {"openid", "profile", "email"}
    assert "prompt" not in question, "whoever writes a link adds nothing to the question"
    assert question["redirect_uri"] == HERE


def test_a_stranger_gets_an_account_where_accounts_are_open_and_only_three_facts_are_kept(visitor):
    sub = known(visitor.provider, "zoe", picture="https://x/y.png", groups=["a"], locale="de")
    assert visitor.signs_in(sub).headers["Location"] == "/today/"
    assert visitor.signed_in
    person = Person.objects.get()
    assert (person.name, person.user.email, person.user.has_usable_password()) == (
        "Zoe",
        "zoe@example.org",
        False,
    )
    kept = SocialAccount.objects.get()
    assert kept.extra_data == {"sub": sub, "email": "zoe@example.org", "name": "Zoe"}
    assert (kept.provider, kept.uid, kept.user) == (visitor.provider.url, sub, person.user)
    assert not SocialToken.objects.exists()
    assert not SocialApp.objects.exists()
    assert EmailAddress.objects.get().verified


def test_nothing_of_the_tokens_stays_in_the_session(visitor):
    sub = known(visitor.provider, "zoe")
    visitor.signs_in(sub)
    kept = json.dumps(dict(visitor.browser.session))
    assert "eyJ" not in kept, "no token of the provider is kept, not even for the day"


def test_a_stranger_is_refused_calmly_where_accounts_are_closed(visitor, settings):
    settings.SIGNUP = False
    answer = visitor.signs_in(known(visitor.provider, "zoe"))
    assert answer.status_code == 403
    assert "Ask people operations for an account." in answer.content.decode()
    assert not visitor.signed_in
    assert not User.objects.exists()


def test_somebody_of_the_roster_becomes_that_person_at_the_first_sign_in(visitor, settings):
    settings.SIGNUP = False
    waiting = PersonFactory.create(user=None, name="Zoe Quist", number="E7", email="Zoe@Example.org")
    visitor.signs_in(known(visitor.provider, "zoe"))
    assert visitor.signed_in
    waiting.refresh_from_db()
    assert waiting.user is not None
    assert waiting.user.email == "zoe@example.org"
    assert waiting.name == "Zoe Quist", "the roster's name stays"
    assert Person.objects.count() == 1


def test_an_account_whose_address_is_confirmed_on_both_sides_is_connected_and_told(visitor):
    zoe = account("zoe", verified=True)
    visitor.signs_in(known(visitor.provider, "zoe"))
    assert visitor.signed_in
    assert SocialAccount.objects.get().user == zoe.user
    assert User.objects.count() == 1
    zoe.user.refresh_from_db()
    assert zoe.user.has_usable_password(), "the password stays as it was"
    assert [sent.subject for sent in mail.outbox] == ["Fairlead: Another way into your account"]


def test_an_account_whose_address_was_never_confirmed_is_not_opened(visitor):
    account("zoe", verified=False)
    answer = visitor.signs_in(known(visitor.provider, "zoe"))
    assert answer.status_code == 403
    assert "was never confirmed" in answer.content.decode()
    assert not SocialAccount.objects.exists()


def test_a_trusted_provider_takes_over_an_unconfirmed_account_and_throws_out_whoever_made_it(
    visitor, settings
):
    settings.OIDC_TRUST = True
    zoe = account("zoe", verified=False)
    squatter = Browser()
    squatter.post("/accounts/login/", {"login": "zoe@example.org", "password": PASSWORD})
    assert squatter.get("/today/").status_code == 200
    Authenticator.objects.create(user=zoe.user, type="webauthn", data={"name": "not Zoe's"})
    visitor.signs_in(known(visitor.provider, "zoe"))
    assert visitor.signed_in
    assert squatter.get("/today/").status_code == 302
    zoe.user.refresh_from_db()
    assert not zoe.user.has_usable_password()
    assert not Authenticator.objects.exists()
    assert EmailAddress.objects.get().verified


@pytest.mark.parametrize(
    ("said", "trust", "let_in"),
    [
        (True, False, True),
        ("true", False, True),
        (False, False, False),
        (False, True, False),
        ("false", True, False),
        (None, False, False),
        (None, True, True),
    ],
)
def test_only_an_address_that_the_provider_vouches_for_opens_anything(visitor, settings, said, trust, let_in):
    settings.OIDC_TRUST = trust
    visitor.signs_in(known(visitor.provider, "zoe", email_verified=said))
    assert visitor.signed_in is let_in
    assert User.objects.exists() is let_in


@pytest.mark.parametrize("email", [None, "", "not an address", "a@b@c"])
def test_no_address_is_no_account(visitor, settings, email):
    settings.OIDC_TRUST = True
    assert visitor.signs_in(known(visitor.provider, "zoe", email=email)).status_code == 403
    assert not User.objects.exists()


def test_only_the_domains_of_the_settings_come_in_also_those_who_came_before(visitor, settings):
    sub = known(visitor.provider, "zoe")
    visitor.signs_in(sub)
    assert visitor.signed_in
    settings.OIDC_DOMAINS = ["example.com"]
    other = Visitor(visitor.provider, Browser())
    answer = other.signs_in(sub)
    assert answer.status_code == 403
    assert "other e-mail addresses" in answer.content.decode()
    assert not other.signed_in
    settings.OIDC_DOMAINS = ["example.org"]
    assert other.signs_in(sub).headers["Location"] == "/today/"


def test_somebody_who_comes_again_is_found_by_number_not_by_address(visitor):
    sub = known(visitor.provider, "zoe")
    visitor.signs_in(sub)
    visitor.provider.knows(sub, email="zoe.quist@example.org", email_verified=True, name="Zoe")
    later = Visitor(visitor.provider, Browser())
    later.signs_in(sub)
    assert later.signed_in
    assert User.objects.count() == 1
    assert User.objects.get().email == "zoe@example.org"
    assert SocialAccount.objects.get().extra_data["email"] == "zoe.quist@example.org"


def test_the_same_number_at_another_provider_is_somebody_else(visitor, settings, client_there):
    sub = known(visitor.provider, "zoe")
    visitor.signs_in(sub)
    settings.SIGNUP = False
    with road(visitor.provider, lambda _path, said: said) as elsewhere:
        use(settings, elsewhere, client_there)
        visitor.provider.knows(sub, email="mallory@example.org", email_verified=True)
        other = Visitor(elsewhere, Browser())
        assert other.signs_in(sub).status_code == 403
        assert not other.signed_in


@pytest.mark.parametrize("before", [False, True], ids=["first time", "came before"])
@pytest.mark.parametrize("how", ["deactivated", "left"])
def test_whoever_was_deactivated_or_has_left_does_not_come_in(visitor, how, before):
    zoe = account("zoe", verified=True)
    sub = known(visitor.provider, "zoe")
    if before:
        visitor.signs_in(sub)
        assert visitor.signed_in
    if how == "left":
        zoe.left = timezone.localdate() - dt.timedelta(days=1)
        zoe.save(update_fields=["left"])
    else:
        User.objects.filter(pk=zoe.user.pk).update(is_active=False)
    assert not visitor.signed_in, "the session that was open has ended"
    other = Visitor(visitor.provider, Browser())
    page = other.browser.get(
        other.provider.sign_in(other.goes(), sub).removeprefix("http://testserver"), follow=True
    )
    assert "This account is closed" in page.content.decode()
    assert not other.signed_in


def test_somebody_of_the_roster_who_left_gets_no_account(visitor):
    gone = timezone.localdate() - dt.timedelta(days=1)
    PersonFactory.create(user=None, number="E7", email="zoe@example.org", left=gone)
    answer = visitor.signs_in(known(visitor.provider, "zoe"))
    assert answer.status_code == 403
    assert "This account is closed." in answer.content.decode()
    assert not User.objects.exists()


# --- Second factors ---------------------------------------------------------------------------


def test_an_account_with_a_second_factor_here_is_asked_for_it(visitor):
    zoe = account("zoe", verified=True)
    TOTP.activate(zoe.user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    answer = visitor.signs_in(known(visitor.provider, "zoe"))
    assert answer.headers["Location"] == "/accounts/2fa/authenticate/"
    assert not visitor.signed_in


@pytest.mark.parametrize(
    ("believed", "claims", "counts"),
    [
        (True, {"amr": ["pwd", "mfa"]}, True),
        (True, {"acr": "phr"}, True),
        (True, {"amr": ["pwd"]}, False),
        (True, {"amr": "mfa"}, False),
        (True, {"acr": "1"}, False),
        (True, {}, False),
        (False, {"amr": ["pwd", "mfa"]}, False),
    ],
)
def test_a_second_factor_over_there_counts_only_where_the_settings_say_so(
    visitor, settings, believed, claims, counts
):
    settings.OIDC_MFA = believed
    visitor.signs_in(known(visitor.provider, "zoe", **claims))
    methods = [one["method"] for one in visitor.browser.session["account_authentication_methods"]]
    assert methods == (["socialaccount", "mfa"] if counts else ["socialaccount"])


# --- Showing again who one is -----------------------------------------------------------------


def now() -> int:
    return int(timezone.now().timestamp())


def test_whoever_has_no_password_shows_again_over_there_who_they_are(visitor):
    """django-allauth would ask such a person for nothing at all."""
    sub = known(visitor.provider, "zoe", auth_time=now())
    visitor.signs_in(sub)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16)):
        asks = visitor.browser.post("/account/download/")
        assert asks.headers["Location"].startswith("/accounts/oidc/again/?next=")
        there = visitor.goes(asks.headers["Location"])
        assert (asked(there)["prompt"], asked(there)["max_age"]) == ("login", "0")
        stale = visitor.comes_back(visitor.provider.sign_in(there, sub))
        assert stale.status_code == 403
        assert "did not ask who you are again" in stale.content.decode()
        visitor.provider.knows(sub, email="zoe@example.org", email_verified=True, auth_time=now())
        visitor.signs_in(sub, asks.headers["Location"])
        packed = visitor.browser.post("/account/download/")
        assert packed.status_code == 200
        data = json.loads(zipfile.ZipFile(io.BytesIO(packed.content)).read("everything.json"))
    assert data["SocialAccount"][0]["uid"] == sub
    assert data["SocialToken"] == []


def test_nobody_else_can_show_it_for_them(visitor):
    sub = known(visitor.provider, "zoe")
    visitor.signs_in(sub)
    other = known(visitor.provider, "mallory", auth_time=now())
    answer = visitor.signs_in(other, "/accounts/oidc/again/")
    assert answer.status_code == 403
    assert "somebody else" in answer.content.decode()
    assert visitor.signed_in


def test_second_factors_cannot_be_added_in_a_session_that_is_long_open(visitor):
    visitor.signs_in(known(visitor.provider, "zoe"))
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16)):
        answer = visitor.browser.get("/accounts/2fa/webauthn/add/")
        assert answer.headers["Location"].startswith("/accounts/oidc/again/")


# --- Adding it to an account, taking it away --------------------------------------------------


def test_somebody_with_a_password_adds_it_and_takes_it_away(visitor):
    zoe = account("zoe", verified=False)
    visitor.browser.post("/accounts/login/", {"login": "zoe@example.org", "password": PASSWORD})
    sub = known(visitor.provider, "zoe-at-work")
    assert visitor.browser.get("/accounts/oidc/login/").headers["Location"] == "/today/", (
        "a link alone adds nothing"
    )
    assert visitor.browser.post("/accounts/oidc/connect/").headers["Location"].startswith("/accounts/reauth")
    visitor.browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert "Go on to Northwind" in visitor.browser.post("/accounts/oidc/connect/").content.decode()
    assert visitor.signs_in(sub).headers["Location"] == "/accounts/oidc/"
    assert SocialAccount.objects.get().user == zoe.user
    page = visitor.browser.get("/accounts/oidc/").content.decode()
    assert "zoe-at-work@example.org" in page
    later = Visitor(visitor.provider, Browser())
    later.signs_in(sub)
    assert later.signed_in
    visitor.browser.post("/accounts/oidc/remove/")
    assert not SocialAccount.objects.exists()


def test_the_permission_to_add_it_is_used_up_by_one_try(visitor):
    account("zoe", verified=False)
    visitor.browser.post("/accounts/login/", {"login": "zoe@example.org", "password": PASSWORD})
    visitor.browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    visitor.browser.post("/accounts/oidc/connect/")
    visitor.goes()
    assert visitor.browser.get("/accounts/oidc/login/").headers["Location"] == "/today/"


def test_what_belongs_to_somebody_else_is_not_added(visitor):
    sub = known(visitor.provider, "mallory")
    Visitor(visitor.provider, Browser()).signs_in(sub)
    account("zoe", verified=False)
    visitor.browser.post("/accounts/login/", {"login": "zoe@example.org", "password": PASSWORD})
    visitor.browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    visitor.browser.post("/accounts/oidc/connect/")
    answer = visitor.signs_in(sub)
    assert answer.status_code == 403
    assert "belongs to another account" in answer.content.decode()
    assert SocialAccount.objects.get().user.email == "mallory@example.org"


def test_the_only_way_in_cannot_be_taken_away(visitor):
    visitor.signs_in(known(visitor.provider, "zoe"))
    page = visitor.browser.get("/accounts/oidc/").content.decode()
    assert "your only way in" in page
    visitor.browser.post("/accounts/oidc/remove/")
    assert SocialAccount.objects.exists()


# --- The only door ----------------------------------------------------------------------------


@pytest.fixture
def only_door(visitor, settings) -> Visitor:
    settings.OIDC_ONLY = True
    settings.ACCOUNT_SIGNUP_OPEN = False
    return visitor


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/accounts/password/reset/key/1-unknown/",
        "/accounts/password/change/",
        "/accounts/password/set/",
        "/accounts/reauthenticate/",
        "/accounts/2fa/webauthn/login/",
    ],
)
def test_where_the_provider_is_the_only_door_no_page_of_passwords_is_open(only_door, path):
    for browser in (only_door.browser, signed(account("ada", verified=True))):
        for answer in (browser.get(path), browser.post(path, {})):
            assert answer.status_code == 403
            assert "There are no passwords here" in answer.content.decode()


def test_where_the_provider_is_the_only_door_the_right_password_opens_nothing(only_door):
    account("zoe", verified=True)
    answer = only_door.browser.post("/accounts/login/", {"login": "zoe@example.org", "password": PASSWORD})
    assert answer.status_code == 403
    assert not only_door.signed_in
    page = only_door.browser.get("/accounts/login/").content.decode()
    assert "Password" not in page
    assert 'type="password"' not in page
    only_door.signs_in(known(only_door.provider, "zoe"))
    assert only_door.signed_in


def test_a_privileged_role_over_the_provider_is_asked_for_a_second_factor(visitor, settings):
    zoe = account("zoe", verified=True)
    GrantFactory.create(person=zoe, role="people_operations")
    sub = known(visitor.provider, "zoe", amr=["mfa"])
    visitor.signs_in(sub)
    assert "mfa" not in [m["method"] for m in visitor.browser.session["account_authentication_methods"]]
    settings.OIDC_MFA = True
    other = Visitor(visitor.provider, Browser())
    other.signs_in(sub)
    assert "mfa" in [m["method"] for m in other.browser.session["account_authentication_methods"]]


def test_every_reason_is_a_whole_sentence_without_blame_or_jargon():
    for reason in linking.REASONS.values():
        assert reason.endswith(".")
        assert not re.search(r"!|token|OAuth|OpenID|invalid|error|denied|unauthori", reason, re.IGNORECASE)
