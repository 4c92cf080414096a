"""Pages of rounds name what they leave out, ask before what cannot be undone, and lead to the next thing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from tests.factories import PersonFactory, PositionFactory
from tests.organization import assemble_organization, sign_in
from tests.web.promotions import made, walking
from tests.web.promotions.calibrated import calibrating
from tests.web.promotions.test_calibration import all_read, worked_out
from tests.web.promotions.test_pages import fresh, words

from fairlead.web.promotions import rounds
from fairlead.web.promotions.models import Recusal, Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def organization():
    found = assemble_organization()
    walking.seat_everybody(found)
    return found


def test_who_is_not_offered_for_a_nomination_is_named_with_the_reason(organization):
    one = walking.opened(organization)
    walking.nominated(organization, one, "cleo")
    ben = organization.person("ben")
    PositionFactory.create(person=PersonFactory.create(name="Nils Ohne", user=None), manager=ben)
    text = words(organization["ben"].browser.get(f"/promotions/rounds/{one.pk}/nominate/"))
    assert "Nils Ohne : no account to ask them by yet" in text
    assert "Cleo : there is a case in this round already" in text
    assert "I sit in the committee" in words(
        organization["dora"].browser.get(f"/promotions/rounds/{one.pk}/nominate/")
    )


def test_a_second_chair_is_refused_and_who_sits_is_not_offered_again(organization):
    ada = organization.person("ada")
    one = rounds.begin(ada, walking.wanted())
    page = f"/promotions/rounds/{one.pk}/"
    dora, lea = organization.person("dora"), organization.person("lea")
    rounds.give_seat(ada, one, dora, "chair")
    browser = fresh(organization, "ada")
    assert f'<option value="{dora.pk}"' not in browser.get(page).content.decode()
    answer = browser.post(f"{page}seats/", {"person": str(lea.pk), "part": "chair"})
    assert answer.status_code == 422
    assert "Dora chairs already" in words(answer)
    assert one.seats.get().part == "chair"
    assert browser.post(f"{page}seats/", {"person": str(lea.pk), "part": "member"}).status_code == 302
    assert "Delete it for good" in words(browser.get(page))


def test_a_phase_that_is_late_says_so_and_a_framework_is_one_step_away(organization):
    one = walking.opened(organization)
    page = f"/promotions/rounds/{one.pk}/"
    text = organization["max"].browser.get(page)
    assert "last day has passed" not in words(text)
    assert f'href="/promotions/criteria/{one.framework_id}/"' in text.content.decode()
    assert f'href="/promotions/criteria/{one.framework_id}/#level-m1"' in text.content.decode()
    assert 'class="word"' in text.content.decode(), "a word of the handbook is linked"
    late = timezone.localdate() - dt.timedelta(days=20)
    Round.objects.filter(pk=one.pk).update(frozen={**one.frozen, "dates": made.dates(late)})
    assert "now; its last day has passed" in words(organization["max"].browser.get(page))


def test_what_is_proposed_is_shown_before_it_is_assigned(organization):
    one = walking.opened(organization)
    walking.nominated(organization, one, "cleo")
    ada = organization.person("ada")
    for verb in ("gather", "close_evidence"):
        one = rounds.go_on(ada, one, verb, reason=walking.EARLY)
    page = f"/promotions/rounds/{one.pk}/raters/"
    heard = words(organization["dora"].browser.get(f"/promotions/rounds/{one.pk}/"))
    assert "What colleagues say About Cleo" in heard, "the committee finds where to ask before ratings"
    for seat in one.seats.all():
        organization[str(seat.person).lower()].browser.post(
            f"/promotions/seats/{seat.pk}/conflict/", {"conflict": ""}
        )
    text = words(organization["ada"].browser.get(page))
    proposed = text.split("Proposed")[1].split("Assign as proposed")[0]
    organization["ada"].browser.post(page, {"step": "assign"})
    raters = [str(row.rater) for row in one.nominations.get().assignments.all()]
    assert len(raters) == 2
    assert all(rater in proposed for rater in raters), "what was shown is what was done"


def test_an_interval_says_in_how_many_cases_it_holds(django_capture_on_commit_callbacks):
    found = calibrating(candidates=4)
    worked_out(found, found.raters["Mild Mira"], django_capture_on_commit_callbacks)
    all_read(found)
    page = sign_in(found.raters["Mild Mira"]).get(f"/promotions/rounds/{found.round.pk}/calibration/")
    text = page.content.decode()
    assert "it holds in 80 of 100 cases" in words(page)
    assert text.count("(80 of 100)") == 4 + 3, "beside each candidate and each rater"
    for word in ("fair_score", "rater_severity"):
        assert f"/handbook/page/{word}/" in text


def test_the_list_of_cases_leads_to_decisions_that_one_may_read_and_to_no_other(organization):
    one = walking.opened(organization)
    walking.nominated(organization, one, "cleo", "max")
    one = walking.to(organization, one, "decided")
    dora = organization.person("dora")
    out, kept = one.nominations.order_by("candidate__name")
    Recusal.objects.create(round=one, nomination=out, person=dora, reason="A friend of many years")
    page = organization["dora"].browser.get(f"/promotions/rounds/{one.pk}/").content.decode()
    assert f"/promotions/cases/{kept.pk}/decision/" in page
    assert f"/promotions/cases/{out.pk}/decision/" not in page
    assert organization["dora"].browser.get(f"/promotions/cases/{out.pk}/decision/").status_code == 404
