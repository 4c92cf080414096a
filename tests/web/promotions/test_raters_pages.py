"""What raters and who runs a round read: conflicts where they were promised, names, marks that are true."""

from __future__ import annotations

import pytest
from tests.organization import assemble_organization
from tests.web.promotions import made, walking
from tests.web.promotions.test_pages import fresh, words

from fairlead.web import vault
from fairlead.web.promotions import assigning, committee, deciding, rounds
from fairlead.web.promotions.apart_models import SealedRating
from fairlead.web.promotions.case_models import PeerInput
from fairlead.web.promotions.models import CaseEvidence, Nomination
from fairlead.web.trail.models import Entry

pytestmark = pytest.mark.django_db

FRIENDS = "Friends with Cleo since school"


@pytest.fixture
def organization():
    found = assemble_organization()
    walking.seat_everybody(found)
    return found


def rating_round(organization):
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    CaseEvidence.objects.create(nomination=case, criterion="craft", text="Rebuilt the press in March")
    one = walking.to(organization, one, "rating")
    rater = assigning.live(one)[0].rater
    return one, case, organization[str(rater).lower()].browser, rater


def test_a_conflict_is_read_where_it_was_promised_and_recorded_from_there(organization):
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    lea, ida = organization.person("lea"), organization.person("ida")
    committee.state_conflict(lea, one.seats.get(person=lea), conflict=FRIENDS)
    committee.state_conflict(ida, one.seats.get(person=ida), conflict="")
    path = f"/promotions/rounds/{one.pk}/"
    for reads in ("ada", "dora"):
        assert FRIENDS in words(organization[reads].browser.get(path)), reads
    for other in ("ida", "cleo", "max"):
        assert FRIENDS not in words(organization[other].browser.get(path)), other
    assert Entry.objects.filter(verb="saw", subject=lea.pk, actor=organization.person("dora").pk).exists()
    ada = organization.person("ada")
    for verb in ("gather", "close_evidence"):
        one = rounds.go_on(ada, one, verb, reason=walking.EARLY)
    page = organization["dora"].browser.get(f"{path}raters/")
    text = words(page)
    assert FRIENDS in text
    assert text.index(FRIENDS) < text.index("Cases for each rater")
    assert "Not said yet: Dora, Eve" in text
    way = f"/promotions/cases/{case.pk}/recuse/?person={lea.pk}"
    assert way in page.content.decode()
    assert f'value="{lea.pk}" selected' in fresh(organization, "dora").get(way).content.decode()
    text = words(organization["ada"].browser.get(path))
    assert "Not every member" in text
    assert text.index("Not every member") < text.index("Dora") < text.index("Eve")


def test_what_stands_in_the_way_is_named_with_the_way_to_it(organization):
    one = walking.opened(organization, headcount=2)
    cleo, maxs = walking.nominated(organization, one, "cleo", "max")
    path = f"/promotions/rounds/{one.pk}/"
    one = walking.to(organization, one, "rating")
    text = words(organization["ada"].browser.get(path))
    rater = assigning.live(one)[0]
    assert f"{rater.rater}, in the case of {rater.nomination.candidate}" in text
    one = walking.to(organization, one, "calibrating")
    PeerInput.objects.create(
        nomination=cleo, author=organization.person("gina"), form="named", state="written", leaning="against"
    )
    chair = organization["dora"].browser.get(path)
    assert "The case of Cleo" in words(chair)
    assert f"/promotions/cases/{cleo.pk}/peers/" in chair.content.decode()
    assert f"/promotions/cases/{cleo.pk}/peers/" not in organization["ada"].browser.get(path).content.decode()
    PeerInput.objects.all().delete()
    one = walking.to(organization, one, "deciding")
    deciding.decide(organization.person("dora"), cleo, outcome="not_now", reasons=made.REASONS)
    page = organization["dora"].browser.get(path).content.decode()
    assert f"/promotions/cases/{maxs.pk}/decide/" in page
    assert f"/promotions/cases/{cleo.pk}/decide/" not in page
    one = walking.to(organization, one, "decided")
    page = organization["ada"].browser.get(path)
    assert "has no next step yet" in words(page)
    assert f"/promotions/cases/{maxs.pk}/decision/" in page.content.decode()


def test_only_reading_the_case_counts_as_having_read_it(organization):
    one, case, browser, rater = rating_round(organization)
    rate, read = f"/promotions/cases/{case.pk}/rate/", f"/promotions/cases/{case.pk}/"
    assert "Rebuilt the press" not in words(browser.get(rate))
    browser.head(read)
    browser.post(rate, {"craft-score": "4", "craft-rests_on": "impression", "craft-words": walking.WORDS})
    mine = case.assignments.get(rater=rater)
    assert mine.read_at is None, "neither the form nor a look at the head of the page"
    browser.get(read)
    mine.refresh_from_db()
    assert mine.read_at is not None
    with vault.seen_by(rater):
        assert SealedRating.objects.get().given_at < mine.read_at, "so the rating is marked as given before"
    assert "Rebuilt the press" in words(browser.get(rate))
    assert one.state == "rating"


def test_what_is_wrong_with_ratings_is_said_once_with_the_criterions_name(organization):
    _one, case, browser, _rater = rating_round(organization)
    path = f"/promotions/cases/{case.pk}/rate/"
    page = browser.get(path).content.decode()
    assert "(optional)" not in page
    answer = browser.post(path, {
        "vision-score": "4", "vision-rests_on": "seen", "vision-words": walking.WORDS,
        "craft-score": "5", "craft-words": "So it is",
        "reliability-words": "Kept every date that was promised",
    })  # fmt: skip
    page, text = answer.content.decode(), words(answer)
    assert answer.status_code == 422
    assert page.count('id="errors"') == page.count("autofocus") == 1
    assert "2 ratings are not kept yet" in text
    assert "Masters the craft : Say what this rating rests on." in text
    assert "Keeps what is promised : Choose one, or say that you cannot." in text
    assert "Kept every date that was promised" in page
    assert browser.post(path, {"reliability-score": "none", "craft-score": "none"}).status_code == 302
    assert Nomination.objects.get().assignments.filter(handed_in_at=None).exists()
