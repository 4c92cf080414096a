"""The demo company has signed criteria, and a newer version that two of three have not signed yet."""

import pytest
from django.utils import timezone
from tests.organization import assemble_organization

from fairlead.web.demo import criteria
from fairlead.web.promotions import criteria_queries, signing
from fairlead.web.promotions.models import FrameworkVersion

pytestmark = pytest.mark.django_db


def test_one_version_is_signed_and_a_newer_one_waits_with_a_difference():
    organization = assemble_organization()
    played = {"people_lead": "ada", "people_partner": "finn"}
    played |= dict(zip(criteria.SIGNS, ("ben", "eve", "kim"), strict=True))
    people = {key: organization.person(name) for key, name in played.items()}
    today = timezone.localdate()
    criteria.stage(people, today)
    signed, waits = FrameworkVersion.objects.order_by("made_at")
    assert (signed.state, signed.version) == ("signed", "1")
    assert (waits.state, waits.version, bool(waits.asked_at)) == ("draft", "2", True)
    assert signed.signed_at.date() < waits.made_at.date() < today
    found = criteria_queries.changed(
        criteria_queries.framework_of(signed), criteria_queries.framework_of(waits)
    )
    assert [one.title for one in found.groups] == ["Level: Team lead", "Criteria"]
    assert len(signing.people()) == 3
    asked = {key for key, one in people.items() if criteria_queries.to_sign(one)}
    assert asked == set(criteria.SIGNS) - {"leadership_gap"}
