"""Whoever a round waits for reads it on Today, with the way to it; nobody else does, and it costs little."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from tests.factories import PersonFactory
from tests.organization import assemble_organization
from tests.web.promotions import made, walking
from tests.web.promotions.test_pages import words

from fairlead.web.promotions import assigning, deciding, queries
from fairlead.web.promotions.case_models import PeerInput
from fairlead.web.promotions.models import Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def organization():
    found = assemble_organization()
    walking.seat_everybody(found)
    return found


def waits(organization, name) -> dict[str, str]:
    return {one.title: one.href for one in queries.waits_for(organization.person(name))}


def test_the_chair_is_told_of_undecided_cases_and_members_are_not(organization):
    one = walking.opened(organization)
    (case, _other) = walking.nominated(organization, one, "cleo", "max")
    one = walking.to(organization, one, "deciding")
    page = f"/promotions/rounds/{one.pk}/"
    assert waits(organization, "dora") == {"2 cases wait for your decision": page}
    assert "decision" not in str(waits(organization, "lea"))
    deciding.decide(organization.person("dora"), case, outcome="not_now", reasons=made.REASONS)
    assert "One case waits for your decision" in waits(organization, "dora")
    assert "One case waits for your decision" in words(organization["dora"].browser.get("/today/"))


def test_raters_are_led_to_the_round_or_to_their_one_case(organization):
    one = walking.opened(organization)
    cases = walking.nominated(organization, one, "cleo", "max")
    one = walking.to(organization, one, "rating")
    for seat in one.seats.all():
        mine = [row for row in assigning.live(one) if row.rater_id == seat.person_id]
        told = waits(organization, str(seat.person).lower())
        if len(mine) == 1:
            assert told["One case waits for your rating"] == f"/promotions/cases/{mine[0].nomination_id}/"
        elif mine:
            assert told[f"{len(mine)} cases wait for your rating"] == f"/promotions/rounds/{one.pk}/"
        else:
            assert told == {}
    assert len(cases) == 2


def test_summaries_and_voices_without_an_answer_wait_for_the_committee(organization):
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    one = walking.to(organization, one, "calibrating")
    values = {"nomination": case, "state": "written", "leaning": "against"}
    said = PeerInput.objects.create(author=PersonFactory.create(), form="summarized", **values)
    path = f"/promotions/cases/{case.pk}/peers/"
    for name in walking.COMMITTEE:
        assert waits(organization, name) == {"A colleague’s words wait for a summary": path}, name
    said.summary, said.summary_by = "A move was late.", organization.person("lea")
    said.save()
    assert waits(organization, "dora") == {"A colleague’s voice has no answer": path}
    assert waits(organization, "lea") == {}
    assert waits(organization, "cleo") == {}, "nobody is told of a voice about themselves"
    said.answered_at = timezone.now()
    said.save()
    assert waits(organization, "dora") == {}


def test_people_operations_are_told_when_a_phase_has_had_its_last_day(organization):
    one = walking.opened(organization)
    walking.nominated(organization, one, "finn")
    assert waits(organization, "ada") == {}
    before = timezone.localdate() - dt.timedelta(days=20)
    Round.objects.filter(pk=one.pk).update(frozen={**one.frozen, "dates": made.dates(before)})
    assert waits(organization, "ada") == {"“Spring round” stands still": f"/promotions/rounds/{one.pk}/"}
    assert "stands still" in words(organization["ada"].browser.get("/today/"))
    assert "stands still" not in str(waits(organization, "finn")), "whoever has a case there does not run it"
    assert "stands still" not in str(waits(organization, "max"))


def test_ones_own_case_is_found_from_the_first_page_and_in_its_round(organization):
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    for path in ("/promotions/", f"/promotions/rounds/{one.pk}/"):
        page = organization["cleo"].browser.get(path)
        assert "My case" in words(page)
        assert f'href="/promotions/cases/{case.pk}/"' in page.content.decode()
        assert "My case" not in words(organization["max"].browser.get(path))


def test_whoever_has_no_part_in_any_round_is_asked_for_once(organization, django_assert_num_queries):
    max_ = organization.person("max")
    with django_assert_num_queries(3):  # two about frameworks; is there a round?
        queries.today(max_)
    one = walking.opened(organization)
    walking.nominated(organization, one, "cleo")
    max_ = organization.person("max")
    with django_assert_num_queries(5):  # and: which roles? which part?
        queries.today(max_)
