"""Tries are counted by all processes together, under the address that the visitor really has."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys

import pytest
from django.core.cache import cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.test import RequestFactory
from django.utils import timezone
from tests.cast import Browser
from tests.factories import PersonFactory

from fairlead.web.people import actions
from fairlead.web.people.accounts import AccountAdapter
from fairlead.web.people.models import Attempt

PASSWORD = "correct horse battery staple"
TRIES = """
import sys
from django.test import Client
browser = Client(SERVER_NAME="127.0.0.1")
for n in range(int(sys.argv[1])):
    answer = browser.post("/accounts/login/", {"login": "zoe@example.org", "password": f"wrong {n}"})
print("Too many" in answer.content.decode())
"""
RIGHT = """
from django.test import Client
said = {"login": "zoe@example.org", "password": "correct horse battery staple"}
print(Client(SERVER_NAME="127.0.0.1").post("/accounts/login/", said).headers.get("Location", "stays"))
"""
PLANT = """
from fairlead.web.people.models import Person, User
Person.objects.create(user=User.objects.create_user("zoe@example.org", "correct horse battery staple"))
"""


def tries(browser: Browser, number: int, **more: str) -> list[str]:
    """Guess a password so many times, and give the pages."""
    return [
        browser.post(
            "/accounts/login/", {"login": "zoe@example.org", "password": f"wrong {n}"}, **more
        ).content.decode()
        for n in range(number)
    ]


def test_the_tests_count_where_the_product_counts():
    assert isinstance(caches["default"], DatabaseCache)


@pytest.mark.slow
def test_two_processes_count_together(tmp_path):
    """Three wrong passwords in one process and three in another are six, and five is the limit."""

    def run(*command: str) -> str:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("FAIRLEAD_", "DJANGO_"))
        }
        done = subprocess.run(
            [sys.executable, "-m", "fairlead.web.manage", *command],
            env={**kept, "FAIRLEAD_DATA": str(tmp_path), "FAIRLEAD_DEBUG_PAGES": "1"},  # no static files
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def guess(number: int) -> str:
        return run("shell", "--no-imports", "-c", f"import sys; sys.argv = ['', '{number}']\n{TRIES}")

    run("migrate", "--verbosity", "0")
    run("shell", "--no-imports", "-c", PLANT)
    assert guess(3) == "False"
    assert guess(3) == "True"
    assert run("shell", "--no-imports", "-c", RIGHT) == "stays"


def test_what_is_counted_names_nobody(db):
    tries(Browser(), 3, REMOTE_ADDR="192.0.2.77")
    rows = list(Attempt.objects.all())
    assert len(rows) >= 2, "by address and by account"
    for row in rows:
        assert len(row.cache_key) == 64
        assert "192.0.2.77" not in row.cache_key + row.value
        assert "zoe" not in row.cache_key + row.value


def test_the_same_key_under_another_secret_is_another_seal(settings):
    here = cache.make_key("ip:192.0.2.77")
    settings.SECRET_KEY = "another secret of an installation, long enough"
    assert cache.make_key("ip:192.0.2.77") != here


def test_what_no_longer_counts_is_dropped(db):
    tries(Browser(), 3)
    Attempt.objects.update(expires=timezone.now() - dt.timedelta(seconds=1))
    cache.set("still counts", 1, 300)
    actions.tick()
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize(
    ("path", "form", "limit"),
    [
        ("/accounts/login/", {"login": "a{n}@example.org", "password": "x"}, 30),
        ("/accounts/signup/", {"email": "a{n}@example.org", "password1": "short"}, 20),
        ("/accounts/password/reset/", {"email": "a{n}@example.org"}, 20),
        ("/accounts/password/reset/", {"email": "same@example.org"}, 5),
    ],
)
def test_each_door_has_its_limit(db, path, form, limit):
    browser, refused_at = Browser(), None
    for n in range(limit + 1):
        answer = browser.post(path, {name: value.format(n=n) for name, value in form.items()})
        if answer.status_code == 429 or "many times" in answer.content.decode():
            refused_at = n
            break
    assert refused_at is not None
    assert refused_at <= limit
    assert "<h1>" in answer.content.decode()
    assert "Too Many Requests" not in answer.content.decode(), "the words are ours"


def test_showing_again_and_second_factors_have_their_limits(db):
    from allauth.mfa.totp.internal.auth import TOTP

    person = PersonFactory.create(user__email="zoe@example.org")
    TOTP.activate(person.user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    browser = Browser()
    browser.force_login(person.user)
    pages = [
        browser.post("/accounts/reauthenticate/", {"password": f"wrong {n}"}).content.decode()
        for n in range(11)
    ]
    assert "Too many tries" in pages[-1] or "many times" in pages[-1]
    cache.clear()
    stranger = Browser()
    stranger.post("/accounts/login/", {"login": "zoe@example.org", "password": PASSWORD})
    pages = [
        stranger.post("/accounts/2fa/authenticate/", {"code": f"{n:06d}"}).content.decode() for n in range(7)
    ]
    assert "not the right code" in pages[0]
    assert "Too many tries" in pages[-1]


# --- Behind a proxy ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proxies", "forwarded", "is_really"),
    [
        (0, None, "10.0.0.9"),
        (0, "203.0.113.5", "10.0.0.9"),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "1.1.1.1, 203.0.113.5", "203.0.113.5"),
        (1, "1.1.1.1,2.2.2.2,203.0.113.5", "203.0.113.5"),
        (2, "1.1.1.1, 203.0.113.5, 10.0.0.8", "203.0.113.5"),
        (2, "203.0.113.5", "10.0.0.9"),
        (1, None, "10.0.0.9"),
        (1, "1.1.1.1, 2001:db8::7", "2001:db8::7"),
        (1, "1.1.1.1, [2001:db8::7]:4711", "2001:db8::7"),
    ],
)
def test_only_what_ones_own_proxies_wrote_is_believed(settings, proxies, forwarded, is_really):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR="10.0.0.9")
    assert AccountAdapter(request).get_client_ip(request) == is_really


@pytest.mark.parametrize("proxies", [0, 1])
def test_an_invented_address_for_each_try_does_not_help(db, settings, proxies):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    PersonFactory.create(user__email="zoe@example.org")
    browser = Browser()
    said = ""
    for n in range(31):
        invented = f"198.51.100.{n}" + (", 203.0.113.5" if proxies else "")
        said = browser.post(
            "/accounts/login/",
            {"login": f"a{n}@example.org", "password": "x"},
            headers={"X-Forwarded-For": invented},
            REMOTE_ADDR="203.0.113.5",
        ).content.decode()
    assert "Too many tries" in said or "many times" in said


def test_an_address_that_is_none_is_no_fault_of_the_page(db, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    browser = Browser(raise_request_exception=False)
    answer = browser.post(
        "/accounts/login/",
        {"login": "a@example.org", "password": "x"},
        headers={"X-Forwarded-For": "<script>"},
    )
    assert answer.status_code < 500


def test_settings_count_the_proxies():
    from django.conf import settings

    assert settings.ALLAUTH_TRUSTED_PROXY_COUNT == settings.PROXIES
