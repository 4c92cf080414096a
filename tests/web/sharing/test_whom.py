"""Whom something is shown to, until when, and who is found."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone
from tests.factories import PersonFactory
from tests.organization import assemble_organization
from tests.web.audits import made
from tests.web.sharing.steps import Sharing, days, share_with

from fairlead.web import finding
from fairlead.web.runs.actions import Refused
from fairlead.web.sharing import actions
from fairlead.web.sharing.models import Share


@pytest.fixture
def organization(db):
    return assemble_organization()


# --- whom, and until when ---------------------------------------------------------------------


def test_people_are_found_by_a_part_of_their_name_or_an_exact_address(organization):
    cleo = organization.person("cleo")
    assert [str(one.person) for one in finding.find(cleo, "ma")] == ["Max"]
    assert [str(one.person) for one in finding.find(cleo, "EVE@example.org")] == ["Eve"]
    assert finding.find(cleo, "eve@exam") == []
    assert finding.find(cleo, "m") == []
    assert finding.find(cleo, "Cleo") == []


def test_only_an_account_that_counts_is_found(organization):
    cleo, max_ = organization.person("cleo"), organization.person("max")
    max_.user.is_active = False
    max_.user.save()
    assert finding.find(cleo, "Max") == []
    eve = organization.person("eve")
    eve.left = timezone.localdate() - dt.timedelta(days=1)
    eve.save()
    assert finding.find(cleo, "Eve") == []
    PersonFactory.create(name="Nora Nobody", user=None, number="E900")
    assert finding.find(cleo, "Nora") == []


def test_somebody_outside_the_roster_names_an_address_and_searches_nobody(organization):
    outside = PersonFactory.create(name="Olga", user__email="olga@example.org")
    assert finding.find(outside, "Max") == []
    assert [str(one.person) for one in finding.find(outside, "max@example.org")] == ["Max"]
    assert finding.find(organization.person("cleo"), "Olga") == [], "not in the roster"


def test_a_choice_is_sealed_for_the_one_who_chose(organization):
    cleo, ben, max_ = (organization.person(name) for name in ("cleo", "ben", "max"))
    token = finding.match(cleo, max_).token
    assert finding.chosen(cleo, token) == max_
    assert finding.chosen(ben, token) is None
    for forged in ("", "x", str(max_.pk), token[:-1], token + "x"):
        assert finding.chosen(cleo, forged) is None
    sharing = Sharing(organization)
    answer = sharing.member.browser.post(
        sharing.path, sharing.form | {"who": "Max", "reader": max_.pk, "step": "preview"}
    )
    assert answer.status_code == 422
    assert "choose one of those found" in answer.content.decode()


@pytest.mark.parametrize(("ahead", "status"), [(-1, 422), (0, 200), (180, 200), (181, 422), (4000, 422)])
def test_a_last_day_lies_within_half_a_year(organization, ahead, status):
    sharing = Sharing(organization)
    with time_machine.travel(dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC), tick=False):
        sharing.member.browser.force_login(sharing.member.person.user)
        sharing.form["until"] = str(dt.date(2026, 3, 2) + dt.timedelta(days=ahead))
        assert sharing.find("Max").status_code == status


def test_the_usual_last_day_is_in_thirty_days(organization):
    page = made.stand(organization["cleo"])
    answer = organization["cleo"].browser.get(f"/sharing/new/reading/{page.pk}/").content.decode()
    assert f'value="{days(30)}"' in answer


def test_refusals_say_why(organization):
    cleo, max_ = organization.person("cleo"), organization.person("max")
    with pytest.raises(Refused, match="You see it already"):
        share_with(cleo, cleo)
    with pytest.raises(Refused, match="has no account"):
        share_with(cleo, PersonFactory.create(user=None))
    with pytest.raises(Refused, match="Choose a last day"):
        share_with(cleo, max_, until=days(400))
    share_with(cleo, max_)
    with pytest.raises(Refused, match="Max sees it already"):
        share_with(cleo, max_)
    for number in range(1, actions.MOST_SHARES):
        share_with(cleo, max_, number)
    with pytest.raises(Refused, match="20 things"):
        share_with(cleo, max_, 99)
    actions.take_back(cleo, Share.objects.first())
    share_with(cleo, max_, 99)


def test_a_refusal_stands_on_the_page_and_nothing_is_shared(organization):
    sharing = Sharing(organization)
    sharing.share()
    _preview, answer = sharing.share()
    assert answer.status_code == 422
    assert "Max sees it already" in answer.content.decode()
    assert Share.objects.count() == 1


def test_searches_are_limited(organization, monkeypatch):
    monkeypatch.setattr(finding, "TRIES", 2)
    sharing = Sharing(organization)
    assert sharing.find("Max").status_code == 200
    assert sharing.find("Max").status_code == 200
    answer = sharing.find("Max")
    assert answer.status_code == 422
    assert "Try again in an hour" in answer.content.decode()
