"""The demo's statements: something is shown, something withheld, one group too few to say."""

from collections import Counter

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories import PersonFactory, PositionFactory
from tests.organization import assemble_organization, sign_in

from fairlead.web.demo import criteria, statements
from fairlead.web.promotions import impact_counting, terms
from fairlead.web.promotions.case_models import RaterAssignment
from fairlead.web.promotions.models import ImpactTable, Round

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_selection_rates_show_withhold_and_say_that_there_are_too_few():
    organization = assemble_organization()
    people = {
        key: organization.person(name) for key, name in (("people_lead", "ada"), ("people_partner", "finn"))
    }
    for key in sorted((statements.STAGED | criteria.STAGED) - people.keys()):
        people[key] = PersonFactory.create(name=f"The {key}", number=f"Y{key}")
        PositionFactory.create(person=people[key], title=key)
    for number in range(125):
        PositionFactory.create(
            person=PersonFactory.create(name=f"Other {number:03d}", number=f"Z{number:03d}")
        )
    today = timezone.localdate()
    criteria.stage(people, today)
    statements.stage(people, today)
    one = Round.objects.get()
    live = RaterAssignment.objects.filter(nomination__round=one)
    policy = terms.policy_of(one)
    assert set(Counter(live.values_list("nomination", flat=True)).values()) == {policy.raters}
    assert max(Counter(live.values_list("rater", flat=True)).values()) <= policy.most_cases
    found = {one.step: one for one in ImpactTable.objects.all()}
    assert {one.state for one in found.values()} == {"released"}
    groups = [
        group
        for one in found.values()
        for table in impact_counting.released_of(one).tables
        for group in table.groups
    ]
    assert any(group.selected is None for group in groups)
    assert any(group.said == "too few to say" for group in groups)
    assert any(group.said in {"unclear", "lower"} for group in groups)
    page = reverse("promotions:impact_table", args=[found["decided"].pk])
    text = sign_in(people[statements.ANALYST], fresh=True).get(page).content.decode()
    assert "withheld" in text
