"""A form that is sent after the session ended comes back whole, and is sent once more."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from tests.factories import PersonFactory

from fairlead.web.journey.models import Accomplishment
from fairlead.web.vault import seen_by

pytestmark = pytest.mark.django_db

WRITTEN = "I moved the store in May.\nNobody waited for <one> “thing”."
FORM = {"what": WRITTEN, "otherwise": "", "criteria": ["reliability", "innovation"], "day": "2026-05-04"}
OURS = {"Origin": "http://testserver"}


@pytest.fixture
def ada():
    return PersonFactory.create(name="Ada")


def token_in(page: str) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]


def fields_in(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'<textarea name="(\w+)" hidden readonly>\n(.*?)</textarea>', page, re.DOTALL)
    return [(name, unescape(value)) for name, value in found]


def opened(browser: Client, person) -> str:
    browser.force_login(person.user)
    return token_in(browser.get("/journey/new/").content.decode())


def test_what_was_typed_comes_back_and_is_kept_when_it_is_sent_again(ada):
    browser = Client(enforce_csrf_checks=True)
    token = opened(browser, ada)
    del browser.cookies["fairlead_session"]
    lost = browser.post("/journey/new/", FORM | {"csrfmiddlewaretoken": token}, headers=OURS)
    assert lost.status_code == 403
    page = lost.content.decode()
    assert 'href="/accounts/login/?next=/journey/new/"' in page
    expected = [("what", WRITTEN), ("otherwise", ""), ("criteria", "reliability"), ("criteria", "innovation")]
    assert fields_in(page)[:4] == expected
    assert "<one>" not in page

    browser.force_login(ada.user)  # in another tab
    again = browser.post("/journey/new/", FORM | {"csrfmiddlewaretoken": "0" * 64}, headers=OURS)
    assert again.status_code == 403
    assert "You are signed in again" in again.content.decode()
    page = again.content.decode()
    everything: dict[str, list[str]] = {"csrfmiddlewaretoken": [token_in(page)]}
    for name, value in fields_in(page):
        everything.setdefault(name, []).append(value)
    assert browser.post("/journey/new/", everything, headers=OURS).status_code == 302
    with seen_by(ada):
        assert WRITTEN in {one.what.replace("\r\n", "\n") for one in Accomplishment.objects.filter(owner=ada)}


def test_a_form_of_a_foreign_page_is_refused_and_never_offered_again(ada):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ada.user)
    for headers in ({"Origin": "https://elsewhere.example"}, {}):
        answer = browser.post("/journey/new/", FORM | {"csrfmiddlewaretoken": "0" * 64}, headers=headers)
        assert answer.status_code == 403
        assert "I moved the store" not in answer.content.decode()


@pytest.mark.parametrize(
    "sent", [{"step": "withdraw"}, {"password": "correct horse battery staple"}, {"what": "short"}]
)
def test_a_button_or_a_secret_leads_to_signing_in_and_is_not_shown(sent):
    answer = Client().post("/journey/new/", sent)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/")


def test_signing_in_afresh_before_something_that_matters_loses_nothing_either(ada, settings):
    settings.SESSION_IDLE = -1
    browser = Client()
    browser.force_login(ada.user)
    browser.get("/today/")
    browser.force_login(ada.user)
    session = browser.session
    session["started"], session["seen"] = 1, 1
    session.save()
    answer = browser.post("/journey/new/", FORM)
    assert answer.status_code == 403
    assert "I moved the store in May." in answer.content.decode()
