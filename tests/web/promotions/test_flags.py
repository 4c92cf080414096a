"""What a packet rests on is counted, explains itself, changes no number, and is about no rater."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories import PersonFactory
from tests.organization import sign_in
from tests.web.promotions import made
from tests.web.promotions.calibrated import calibrating, rate

from fairlead.core.impressions import JudgedCase, impression_effect
from fairlead.web.promotions import calibration, flags_queries
from fairlead.web.promotions.case_models import Decision, RaterAssignment, Rating
from fairlead.web.promotions.models import CaseEvidence, SelfRating

pytestmark = pytest.mark.django_db


@pytest.fixture
def one():
    found = calibrating(candidates=2)
    case = found.cases["Candidate A"]
    Rating.objects.filter(assignment__nomination=case, criterion="vision").update(rests_on="impression")
    SelfRating.objects.create(nomination=case, criterion="vision", score=5)
    SelfRating.objects.create(nomination=case, criterion="craft", score=2)
    CaseEvidence.objects.create(nomination=case, criterion="craft", text="Rebuilt the press")
    RaterAssignment.objects.filter(nomination=case, rater=found.raters["Even Edda"]).update(
        read_at=timezone.now() + timedelta(hours=1)
    )
    case.argument = "She is brilliant and a natural leader."
    case.save()
    return found, case


def page_of(person, case) -> str:
    answer = sign_in(person).get(reverse("promotions:case_ratings", args=[case.pk]))
    return answer.content.decode()


def test_the_packet_says_what_it_rests_on(one):
    found, case = one
    told = flags_queries.safeguard(case)
    assert (told.ratings, dict(told.rests_on)["an impression"]) == (9, 3)
    by_kind = {flag.kind: flag for flag in told.flags}
    assert set(by_kind) == {
        "impressions", "before_reading", "self_above_evidence", "praise_without_act", "no_evidence",
    }  # fmt: skip
    assert (by_kind["no_evidence"].count, by_kind["no_evidence"].of) == (6, 9)
    assert by_kind["no_evidence"].criteria == ("Says where to", "Keeps what is promised")
    assert (by_kind["impressions"].count, by_kind["impressions"].of) == (3, 9)
    assert by_kind["before_reading"].count == 3
    assert by_kind["self_above_evidence"].criteria == ("Says where to",)
    text = page_of(found.raters["Mild Mira"], case)
    for flag in told.flags:
        assert flag.says.split(".")[0].replace("“", "") in text.replace("“", "")
        assert flag.explains
    assert "<mark>" in text


def test_no_flag_changes_a_number(one):
    found, case = one
    before = calibration.rows_of(found.round)
    flags_queries.safeguard(case)
    Rating.objects.update(rests_on="impression")
    assert calibration.rows_of(found.round) == before


def test_only_the_committee_reads_it(one):
    found, case = one
    found.round.state = "decided"
    found.round.save()
    case.state = "decided"
    case.save()
    assert "What this rests on" in page_of(found.raters["Mild Mira"], case)
    text = page_of(case.candidate, case)
    assert "Ratings of" in text
    assert "What this rests on" not in text


def test_impressions_over_finished_rounds_are_those_of_the_core_and_of_nobody():
    found = calibrating(candidates=1, state="decided")
    expected = []
    for number in range(36):
        case = made.case(found.round, PersonFactory.create(), "decided")
        promoted = (number * 5) % 7 < 3
        for place, rater in enumerate(found.raters.values()):
            given = rate(case, rater, [2 + (number + place) % 3, 3, 2 + number % 4])
            if (number + place) % 4 == 0:
                given.ratings.exclude(criterion="vision").update(rests_on="impression")
        Decision.objects.create(
            nomination=case,
            by=rater,
            by_name="Chair",
            outcome="promoted" if promoted else "not_now",
            reasons=made.REASONS,
        )
        ratings = list(Rating.objects.filter(assignment__nomination=case))
        seen = [row.score for row in ratings if row.rests_on == "seen"]
        expected.append(
            JudgedCase(
                round=str(found.round.pk),
                evidence=sum(seen) / len(seen),
                impressions=1 - len(seen) / 9,
                promoted=promoted,
            )
        )
    told, core = flags_queries.impressions(), impression_effect(expected)
    assert told["n"] == core.n == 36
    assert told["odds_ratio"] == pytest.approx(core.odds_ratio)
    assert (told["low"], told["high"]) == pytest.approx((core.low, core.high), rel=1e-4)
    assert told["said"] == core.said
    assert not {str(person.pk) for person in found.raters.values()} & set(str(told).split("'"))


def test_too_few_finished_decisions_are_no_figure():
    assert flags_queries.impressions()["said"] == "too few to say"
