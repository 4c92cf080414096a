"""A privileged role counts only with a second factor; what matters asks to sign in again."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from tests.cast import Browser
from tests.factories import GrantFactory
from tests.organization import ROLES, assemble_organization, sign_in

from fairlead.web.access.relations import PRIVILEGED
from fairlead.web.grants.models import Grant, Role

SEE_ROLES = {"people_operations", "system_admin", "auditor", "works_council"}
OWN_PAGES = ("/today/", "/account/", "/roles/mine/", "/who-sees-what/")


@pytest.fixture
def organization(db):
    return assemble_organization()


@pytest.mark.parametrize("name", [name for name, role in ROLES.items() if role in SEE_ROLES])
def test_without_a_second_factor_a_privileged_role_opens_nothing(organization, name):
    browser = sign_in(organization.person(name), second_factor=False)
    answer = browser.get("/roles/")
    if Role(ROLES[name]) in PRIVILEGED:
        assert answer.headers["Location"] == "/accounts/2fa/"
        assert "asks for a second factor" in browser.get("/accounts/2fa/").content.decode()
    else:
        assert answer.status_code == 200, "the works council's reading is not privileged"
    for page in OWN_PAGES:
        assert browser.get(page).status_code == 200, page


def test_a_foreign_object_stays_missing_without_one(organization):
    """Whoever holds no role is not told that a role would open it."""
    grant = Grant.objects.filter(role="auditor").get()
    browser = sign_in(organization.person("max"), second_factor=False)
    assert browser.get("/roles/").status_code == 404
    assert browser.post(f"/roles/{grant.pk}/confirm/").status_code == 404


def test_one_privileged_and_one_other_role_asks_all_the_same_for_the_privileged_part(organization):
    GrantFactory.create(person=organization.person("ada"), role="works_council")
    browser = sign_in(organization.person("ada"), second_factor=False)
    assert browser.get("/roles/").status_code == 200, "as the works council"
    assert browser.get("/roles/propose/").headers["Location"] == "/accounts/2fa/"


def test_what_matters_asks_to_sign_in_again(organization):
    for name in ("ada", "gina"):
        person = organization.person(name)
        assert (
            sign_in(person).get("/roles/propose/").headers["Location"].startswith("/accounts/reauthenticate/")
        )
        assert sign_in(person, fresh=True).get("/roles/propose/").status_code == 200


def test_it_lasts_fifteen_minutes(organization):
    start = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=False) as clock:
        browser = sign_in(organization.person("ada"), fresh=True)
        clock.move_to(start + dt.timedelta(minutes=14, seconds=59))
        assert browser.get("/roles/propose/").status_code == 200
        clock.move_to(start + dt.timedelta(minutes=15, seconds=1))
        assert browser.get("/roles/propose/").status_code == 302


def test_just_signed_in_is_not_enough_without_the_second_factor(organization):
    browser = sign_in(organization.person("ada"), second_factor=False, fresh=True)
    assert browser.get("/roles/propose/").headers["Location"] == "/accounts/2fa/"


def test_an_account_of_another_provider_signs_in_anew(organization):
    """No password and no second factor here: nothing can be asked for, so a recent sign-in counts."""
    user = organization.person("max").user
    user.set_unusable_password()
    user.save()
    GrantFactory.create(person=organization.person("max"), role="works_council")
    grant = Grant.objects.get(person=organization.person("max"))
    stale = sign_in(organization.person("max"), second_factor=False)
    answer = stale.get(f"/roles/{grant.pk}/end/")
    assert answer.headers["Location"].startswith("/accounts/login/")
    assert stale.get("/today/").status_code == 302
    assert sign_in(organization.person("max"), fresh=True).get(f"/roles/{grant.pk}/end/").status_code == 200


def test_in_the_demo_nobody_is_asked(organization, settings):
    settings.DEMO = True
    browser = Browser()
    browser.force_login(organization.person("ada").user)
    assert browser.get("/roles/").status_code == 200
    assert browser.get("/roles/propose/").status_code == 200


def names(resolver=None):
    for part in (resolver or get_resolver()).url_patterns:
        if isinstance(part, URLResolver):
            yield from names(part)
        elif isinstance(part, URLPattern):
            yield str(part.pattern), part.name or ""


def test_outside_the_demo_nobody_becomes_somebody_else(organization, settings):
    settings.DEMO = False
    for pattern, name in names():
        assert not {"impersonate", "hijack", "masquerade", "su"} & {*pattern.split("/"), *name.split("_")}, (
            pattern
        )
    for name in (*ROLES, "cleo"):
        browser = sign_in(organization.person(name), fresh=True)
        for member in ("rut", "max@example.org", str(organization.person("max").pk)):
            assert browser.post("/demo/step-in/", {"member": member}).status_code == 404
        assert browser.session["_auth_user_id"] == str(organization.person(name).user_id)


def test_roles_are_read_once_in_a_request_and_anew_in_the_next(organization, django_assert_num_queries):

    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            organization["ada"].browser.get("/roles/")
        reads = [q["sql"] for q in asked if 'FROM "web_grant"' in q["sql"] and "proposed_at" not in q["sql"]]
        assert len(reads) == 1, reads
