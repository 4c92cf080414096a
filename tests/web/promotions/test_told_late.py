"""Until a round is decided its candidates are told nothing of it: no line of the record, no word of state."""

from __future__ import annotations

import pytest
from tests.organization import assemble_organization
from tests.web.promotions import walking
from tests.web.promotions.test_pages import words

from fairlead.web.promotions import assigning, calibration, deciding, holdings
from fairlead.web.promotions.case_models import Rating
from fairlead.web.promotions.models import Nomination, SelfRating
from fairlead.web.trail import queries as trail

pytestmark = pytest.mark.django_db

REASONS = "The move was led on time by somebody else, and nothing here says what was decided about it before."
TOLD = ("wrote your decision about a promotion", "changed a rating of your promotion case",
        "handed in ratings of your promotion case", "rated your promotion case")  # fmt: skip


@pytest.fixture
def organization():
    found = assemble_organization()
    walking.seat_everybody(found)
    return found


def record_of(person) -> str:
    return " | ".join(line.says for day in trail.looked(person).days for line in day.lines)


def verbs_of(person) -> set[str]:
    return {row["verb"] for row in trail.export(person)["Entry"] if row["actor"] != str(person.pk)}


def test_what_was_done_in_a_case_is_in_the_candidates_record_from_the_decided_round_on(organization):
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    cleo, dora = organization.person("cleo"), organization.person("dora")
    one = walking.to(organization, one, "calibrating")
    rating = Rating.objects.select_related("assignment__nomination__round", "assignment__rater").first()
    calibration.revise(rating.assignment.rater, rating, score=2, reason=REASONS)
    one = walking.to(organization, one, "deciding")
    deciding.decide(dora, Nomination.objects.get(), outcome="not_now", reasons=REASONS)
    organization["dora"].browser.get(f"/promotions/cases/{case.pk}/")
    read = record_of(cleo)
    assert [says for says in TOLD if says in read] == []
    assert "looked at your promotion case" in read, "who looked is told at once"
    assert not verbs_of(cleo) & {"decide_case", "revise", "rate", "hand_in"}
    page = words(organization["cleo"].browser.get(f"/promotions/cases/{case.pk}/"))
    assert "in the round" in page
    assert "decided." not in page.replace("being decided.", "")
    row = holdings.export(cleo)["Nomination"][0]
    assert (row["state"], row["ended_at"]) == ("standing", None)
    walking.to(organization, one, "decided")
    read = record_of(cleo)
    assert [says for says in TOLD if says not in read] == []
    assert verbs_of(cleo) >= {"decide_case", "revise", "rate", "hand_in"}
    assert holdings.export(cleo)["Nomination"][0]["state"] == "decided"


def test_raters_read_how_somebody_sees_themselves_once_ratings_are_open(organization):
    one = walking.opened(organization)
    (case,) = walking.nominated(organization, one, "cleo")
    SelfRating.objects.create(nomination=case, criterion="vision", score=5)
    one = walking.to(organization, one, "rating")
    path = f"/promotions/cases/{case.pk}/"
    rater = assigning.live(one)[0].rater
    browser = organization[str(rater).lower()].browser
    assert "own view" not in words(browser.get(path))
    assert "own view" in words(organization["ben"].browser.get(path)), "who carries the case reads it"
    walking.to(organization, one, "calibrating")
    assert "own view: seen far beyond" in words(browser.get(path))


def test_who_has_not_said_yes_is_named_to_people_operations_and_not_to_the_chair(organization):
    one = walking.opened(organization, headcount=2)
    opening = one.openings.get()
    walking.nominated(organization, one, "max")
    Nomination.objects.create(
        round=one, opening=opening, candidate=organization.person("cleo"), state="proposed",
        nominated_by="manager", manager=organization.person("ben"),
    )  # fmt: skip
    path = f"/promotions/rounds/{one.pk}/"
    assert "Cleo" in words(organization["ada"].browser.get(path))
    chair = words(organization["dora"].browser.get(path))
    assert "Max" in chair
    assert "Cleo" not in chair
