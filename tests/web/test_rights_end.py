"""Rights end at once: the request after is refused, by every way somebody can be signed in."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone
from tests.cast import Browser
from tests.organization import assemble_organization, sign_in

from fairlead.web import rights
from fairlead.web.grants import actions as roles
from fairlead.web.grants.models import Grant
from fairlead.web.people import actions
from fairlead.web.people.models import Person, User
from fairlead.web.trail.models import Entry

PASSWORD = "correct horse battery staple"
NEW = "another battery horse staple"
IN = "/accounts/login/?next=/today/"


@pytest.fixture
def organization(db):
    return assemble_organization(signed_in=True)


def typed(name):
    """Sign in as people do, with address and password; a browser that the list of browsers knows."""
    browser = Browser()
    assert (
        browser.post("/accounts/login/", {"login": f"{name}@example.org", "password": PASSWORD}).status_code
        == 302
    )
    assert browser.get("/today/").status_code == 200
    return browser


def is_out(browser):
    answer = browser.get("/today/")
    return answer.status_code == 302 and answer.headers["Location"] in {IN, "/accounts/inactive/"}


def sessions_of(person):
    mine = str(person.user_id)
    return [s for s in Session.objects.all() if s.get_decoded().get("_auth_user_id") == mine]


def test_1_a_role_that_was_ended(organization):
    hugo = organization["hugo"]
    assert hugo.browser.get("/roles/").status_code == 200
    roles.end(organization.person("ada"), Grant.objects.get(person=hugo.person))
    assert hugo.browser.get("/roles/").status_code == 404
    assert hugo.browser.get("/today/").status_code == 200, "their own pages stay"


def test_2_a_role_whose_last_day_is_over(organization):
    ida = organization["ida"]
    assert ida.browser.get("/roles/").status_code == 200
    Grant.objects.filter(person=ida.person).update(until=timezone.localdate() - dt.timedelta(days=1))
    assert ida.browser.get("/roles/").status_code == 404


def test_3_a_role_that_has_not_begun(organization):
    gina = organization["gina"]
    Grant.objects.filter(person=gina.person).update(since=timezone.localdate() + dt.timedelta(days=1))
    assert gina.browser.get("/roles/").status_code == 404


def test_4_a_second_yes_that_was_taken_out(organization):
    Grant.objects.filter(person=organization.person("ada")).update(confirmed_at=None, confirmed_by=None)
    assert organization["ada"].browser.get("/roles/").status_code == 404


def test_5_an_account_that_was_closed(organization):
    max_ = organization.person("max")
    browsers = [typed("max"), typed("max"), organization["max"].browser]
    actions.deactivate(organization.person("gina"), max_)
    assert all(is_out(browser) for browser in browsers)
    assert sessions_of(max_) == []
    again = Browser()
    again.post("/accounts/login/", {"login": "max@example.org", "password": PASSWORD})
    assert is_out(again)
    assert Entry.objects.filter(verb="deactivate", subject=max_.pk).count() == 1


def test_6_an_account_that_was_opened_again_has_no_session_from_before(organization):
    max_, browser = organization.person("max"), typed("max")
    actions.deactivate(organization.person("gina"), max_)
    actions.reactivate(organization.person("gina"), max_)
    assert is_out(browser)
    assert is_out(organization["max"].browser)
    typed("max")


def test_7_an_account_closed_past_our_own_code(organization):
    """The row alone is enough, whoever changed it."""
    user = organization.person("max").user
    user.is_active = False
    user.save()
    assert is_out(organization["max"].browser)


def test_8_somebody_whose_last_day_is_over(organization):
    ada = organization["ada"]
    ada.person.left = timezone.localdate()
    ada.person.save()
    assert ada.browser.get("/roles/").status_code == 200, "the last day is a day"
    ada.person.left = timezone.localdate() - dt.timedelta(days=1)
    ada.person.save()
    assert is_out(ada.browser)
    assert sessions_of(ada.person) == []
    again = Browser()
    again.post("/accounts/login/", {"login": "ada@example.org", "password": PASSWORD})
    assert is_out(again)


def test_9_a_password_that_was_changed(organization):
    other, here = typed("max"), typed("max")
    here.post("/accounts/reauthenticate/", {"password": PASSWORD})
    answer = here.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    )
    assert answer.status_code == 302, answer.content
    assert is_out(other)
    assert here.get("/today/").status_code == 200


def test_10_a_password_that_was_changed_on_the_server(organization):
    browser, user = typed("max"), organization.person("max").user
    user.set_password(NEW)
    user.save()
    assert is_out(browser)


def test_11_an_account_that_is_gone(organization):
    browser = typed("eve")
    organization.person("eve").user.delete()
    assert is_out(browser)


def test_12_a_second_factor_that_is_not_shown_in_this_session(organization):
    """A session from before the role, signed in by password alone, gets no role page."""
    hugo = sign_in(organization.person("hugo"), second_factor=False)
    assert hugo.get("/roles/").headers["Location"] == "/accounts/2fa/"
    assert hugo.get("/today/").status_code == 200
    Authenticator.objects.create(user=organization.person("hugo").user, type="totp", data={"secret": "x"})
    assert hugo.get("/roles/").headers["Location"] == "/accounts/2fa/reauthenticate/?next=%2Froles%2F"


def test_nobody_closes_their_own(organization):
    gina = organization.person("gina")
    for act in (actions.deactivate, actions.reactivate):
        with pytest.raises(ValueError, match=r"own account|Somebody else"):
            act(gina, gina)


def test_the_shell_closes_and_opens(organization, capsys):
    browser = typed("max")
    call_command("account", "close", "Max@example.org")
    assert is_out(browser)
    call_command("account", "open", "max@example.org")
    typed("max")
    with pytest.raises(CommandError, match="no account"):
        call_command("account", "close", "nobody@example.org")
    assert Entry.objects.filter(actor=None, verb__in=["deactivate", "reactivate"]).count() == 2


def test_roles_end_with_the_account_and_a_new_account_at_the_same_place_has_none(organization):
    hugo = organization.person("hugo")
    rights.forget(hugo)
    assert Person.objects.get(pk=hugo.pk).in_roster
    user = User.objects.create_user("somebody.else@example.org", NEW)
    actions.take_place(Person.objects.get(pk=hugo.pk), user=user)
    browser = sign_in(Person.objects.get(pk=hugo.pk))
    assert browser.get("/record/checks/").status_code == 404
    assert Entry.objects.filter(verb="end", subject=hugo.pk, actor=None).count() == 1


def test_roles_of_somebody_who_left_do_not_come_back_with_them(organization):
    gina = organization.person("gina")
    Person.objects.filter(pk=gina.pk).update(left=timezone.localdate() - dt.timedelta(days=1))
    roles.tick()
    Person.objects.filter(pk=gina.pk).update(left=None)
    assert sign_in(Person.objects.get(pk=gina.pk)).get("/record/technical/").status_code == 404
    roles.tick()
    assert Entry.objects.filter(verb="end").count() == 1
    assert Grant.objects.filter(ended_at=None, person=organization.person("ada")).exists()
