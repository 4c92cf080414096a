"""The demo's rounds: a strict and a mild rater, a sure candidate with thin evidence, reasons, two parts."""

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories import PersonFactory, PositionFactory
from tests.organization import assemble_organization, sign_in

from fairlead.web.demo import criteria, rounds
from fairlead.web.promotions import calibration_queries, flags_queries
from fairlead.web.promotions.case_models import Decision
from fairlead.web.promotions.models import Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    organization = assemble_organization()
    played = {"people_lead": "ada", "people_partner": "finn"}
    found = {key: organization.person(name) for key, name in played.items()}
    for key in sorted(rounds.STAGED - found.keys()):
        found[key] = PersonFactory.create(name=f"The {key}")
        PositionFactory.create(person=found[key], title=key)
    for number in range(16):
        PositionFactory.create(
            person=PersonFactory.create(name=f"Other {number:02d}", number=f"Z{number:02d}"), title="Senior"
        )
    today = timezone.localdate()
    criteria.stage(found, today)
    rounds.stage(found, today)
    return found


def test_the_rounds_show_what_they_are_for(people):
    chair = people["not_let_go"]
    running = Round.objects.get(title="Winter round")
    page = calibration_queries.page(chair, running)
    assert page.opened
    assert [part.verdict for part in page.parts] == ["corrected"]
    points = {strict.name: strict for strict in page.parts[0].raters}
    assert points["The leadership_gap"].high < 0, "one is strict beyond chance"
    assert points["The both_gaps"].low > 0, "one is mild beyond chance"
    sure = running.nominations.get(candidate=people["management_gap"])
    kinds = {flag.kind for flag in flags_queries.safeguard(sure).flags}
    assert kinds == {"impressions", "before_reading", "self_above_evidence", "praise_without_act"}
    apart = calibration_queries.page(chair, Round.objects.get(title="Round of the two sites"))
    assert len(apart.parts) == 2
    decided = Decision.objects.filter(nomination__round__state="closed")
    assert decided.count() == 6
    assert min(len(one.reasons) for one in decided) >= 50
    text = sign_in(chair).get(reverse("promotions:calibration", args=[running.pk])).content.decode()
    assert "The management_gap" in text
    text = sign_in(chair).get(reverse("promotions:peers", args=[sure.pk])).content.decode()
    assert "No answer yet" in text
