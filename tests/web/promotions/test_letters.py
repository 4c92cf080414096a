"""Mail about rounds: a link and nothing else, one a day at most, none where it is switched off."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail
from django.utils import timezone
from tests.factories import PersonFactory
from tests.organization import assemble_organization
from tests.web.promotions import made, walking

from fairlead.web.promotions import (
    actions,
    cases,
    criteria_actions,
    deciding,
    letters,
    peers,
    rounds,
    signing,
)
from fairlead.web.promotions.criteria_models import SigningMember, SigningTeam
from fairlead.web.promotions.letter_models import RoundMail

pytestmark = pytest.mark.django_db

SAID = {
    "Spring", "round", "Lead", "works", "promot", "promotion", "decision", "nominat", "criteria", "Leandra",
    "vision", "store", "committee",
}  # fmt: skip
"""Words that would tell what it is about; names come from the organization."""


@pytest.fixture
def organization():
    found = assemble_organization()
    walking.seat_everybody(found)
    return found


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """Do something, and give who got mail for it, with their bodies."""

    def doing(work):
        mail.outbox.clear()
        RoundMail.objects.update(sent_on=None)
        with django_capture_on_commit_callbacks(execute=True):
            work()
        return {one.to[0]: one for one in mail.outbox}

    return doing


def holds_no_content(organization, found):
    names = {str(organization.person(name)) for name in organization.members} | SAID
    names |= {name.split()[0] for name in names}
    for one in found.values():
        links = re.findall(r"https?://\S+", one.body)
        assert len(links) == 2
        assert all(
            re.fullmatch(r"https?://[^/]+/[a-z/]+(?:[0-9a-f-]{36}/[a-z-]*/?)?(?:#mail)?", it) for it in links
        )
        text = f"{one.subject} {re.sub(r'https?://[^ ]+', '', one.body)}".lower()
        said = [word for word in names if re.search(rf"\b{re.escape(word.lower())}\b", text)]
        assert said == [], one.body
        assert len(one.to) == 1
        assert not one.attachments


def addresses(organization, *names):
    return {organization.person(name).user.email for name in names}


def test_a_link_goes_to_whom_something_waits_for_at_each_step_and_nothing_else(organization, sent):
    one = walking.opened(organization)
    ben, cleo = organization.person("ben"), organization.person("cleo")
    opening = one.openings.get()
    found = sent(lambda: cases.nominate(ben, one, opening, cleo))
    assert set(found) == addresses(organization, "cleo")
    holds_no_content(organization, found)
    case = one.nominations.get()
    cases.agree(cleo, case)
    assert sent(lambda: cases.nominate_oneself(organization.person("max"), one, opening)) == {}
    one = walking.to(organization, one, "evidence")
    asked = PersonFactory.create(name="Leandra Asked")
    found = sent(lambda: peers.ask(ben, case, asked, form="named"))
    assert set(found) == {asked.user.email}
    holds_no_content(organization, found)
    one = walking.to(organization, one, "assigning")
    found = sent(lambda: walking.to(organization, one, "rating"))
    raters = {row.rater.user.email for row in walking.assigning.live(one)}
    assert set(found) == raters
    holds_no_content(organization, found)
    one.refresh_from_db()
    one = walking.to(organization, one, "deciding")
    walking.decide_all(organization, one)
    found = sent(lambda: rounds.go_on(organization.person("ada"), one, "announce"))
    assert set(found) >= addresses(organization, "cleo", "max", "ben")
    assert not set(found) & addresses(organization, "ada", "kim", "lea")
    holds_no_content(organization, found)
    case.refresh_from_db()
    found = sent(lambda: deciding.answer(cleo, case, text="The second project is missing."))
    assert set(found) == addresses(organization, "dora", "ben")
    holds_no_content(organization, found)


def test_the_leadership_team_is_asked_to_sign_by_a_link(organization, sent):
    team = SigningTeam.objects.create(confirmed_at=timezone.now())
    for name in ("kim", "ben"):
        SigningMember.objects.create(team=team, person=organization.person(name))
    draft = made.framework(state="draft")
    seen = criteria_actions.fingerprint(draft)
    found = sent(lambda: criteria_actions.put(organization.person("ada"), draft, seen=seen))
    assert signing.current() == team
    assert set(found) == addresses(organization, "kim", "ben")
    holds_no_content(organization, found)


def test_one_mail_a_day_and_one_the_next_day_for_all_that_came_up_since(
    organization, django_capture_on_commit_callbacks
):
    cleo = organization.person("cleo")
    with django_capture_on_commit_callbacks(execute=True):
        letters.tell(cleo, "/promotions/first/")
        letters.tell(cleo, "/promotions/second/")
        letters.tell(cleo, "/promotions/third/")
        actions.tick()
    assert len(mail.outbox) == 1
    assert "/promotions/first/" in mail.outbox[0].body
    RoundMail.objects.update(sent_on=timezone.localdate() - dt.timedelta(days=1))
    with django_capture_on_commit_callbacks(execute=True):
        actions.tick()
        actions.tick()
    assert len(mail.outbox) == 2
    assert "/promotions/\n" in mail.outbox[1].body
    assert RoundMail.objects.get().due is False
    RoundMail.objects.update(sent_on=timezone.localdate() - dt.timedelta(days=1))
    with django_capture_on_commit_callbacks(execute=True):
        actions.tick()
    assert len(mail.outbox) == 2, "nothing came up since"


def test_no_mail_where_it_is_switched_off_and_again_where_it_is_on(
    organization, django_capture_on_commit_callbacks
):
    cleo, browser = organization.person("cleo"), organization["cleo"].browser
    assert "Switch it off" in browser.get("/promotions/").content.decode()
    assert browser.post("/promotions/mail/", {"wanted": "no"}).status_code == 302
    assert "Switch it on" in browser.get("/promotions/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        letters.tell(cleo, "/promotions/first/")
        actions.tick()
    assert mail.outbox == []
    assert RoundMail.objects.get().due is False
    browser.post("/promotions/mail/", {"wanted": "yes"})
    with django_capture_on_commit_callbacks(execute=True):
        letters.tell(cleo, "/promotions/first/")
    assert len(mail.outbox) == 1


def test_nobody_without_an_account_gets_one_and_a_mail_server_that_is_away_stops_nothing(
    organization, django_capture_on_commit_callbacks, settings
):
    left = PersonFactory.create(name="Left", left=timezone.localdate() - dt.timedelta(days=3))
    cleo = organization.person("cleo")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with django_capture_on_commit_callbacks(execute=True):
        letters.tell(left, "/promotions/first/")
        letters.tell(cleo, "/promotions/first/")
    held = RoundMail.objects.get()
    assert (held.person, held.due, held.sent_on) == (cleo, True, None), "it is sent once the server is back"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with django_capture_on_commit_callbacks(execute=True):
        actions.tick()
    assert len(mail.outbox) == 1
    held.refresh_from_db()
    assert (held.due, held.sent_on) == (False, timezone.localdate())
