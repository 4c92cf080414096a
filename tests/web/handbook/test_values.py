"""Stated values: a draft of people operations, published from a day on; and ways of leading."""

from __future__ import annotations

import datetime as dt
import html

import pytest
import time_machine
from tests.organization import assemble_organization, sign_in
from tests.web.handbook import made

from fairlead.core.direction_answers import Value
from fairlead.web.growth.models import PublishedPhilosophy
from fairlead.web.handbook import queries
from fairlead.web.handbook.models import StatedValues
from fairlead.web.rooms import offers

SAID = {
    "value-TOTAL_FORMS": "3",
    "value-INITIAL_FORMS": "0",
    "source": "The page about us",
    "value-0-name": "Together",
    "value-0-says": "We help each other.",
    "value-0-values": ["relationships", "support"],
    "value-1-name": "Curious <b>minds</b>",
    "value-1-values": ["achievement"],
}


@pytest.fixture
def organization(db):
    return assemble_organization()


def text(answer) -> str:
    return html.unescape(answer.content.decode())


def test_a_draft_is_read_by_people_operations_alone_and_stands_once_it_is_published(organization):
    ada, max_ = organization["ada"].browser, organization["max"].browser
    assert queries.stated_values() is None
    assert ada.post("/handbook/values/change/", SAID).status_code == 302
    assert "Together" in text(ada.get("/handbook/values/"))
    assert "Together" not in text(max_.get("/handbook/values/"))
    assert queries.stated_values() is None
    ada.post("/handbook/values/publish/", {"act": "publish"})
    shown = max_.get("/handbook/values/").content.decode()
    assert "Together" in shown
    assert "Comes to: Relationships, Support" in shown
    assert "<b>minds" not in shown


def test_direction_is_offered_what_stands_today_with_the_work_values_in_their_order(organization):
    made.values(organization.person("ada"))
    (given,) = [give() for _room, give in offers("queries", "stated_values")]
    assert given.values == (Value.RELATIONSHIPS, Value.SUPPORT)
    assert given.entries[0].name == "Together"
    assert given.published_on is not None


def test_a_later_version_stands_and_the_earlier_one_is_kept(organization):
    ada = organization.person("ada")
    with time_machine.travel(dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC), tick=False):
        made.values(ada)
        browser = sign_in(ada)
        said = {**SAID, "value-0-name": "Apart"}
        browser.post("/handbook/values/change/", said)
        browser.post("/handbook/values/publish/", {"act": "publish"})
    assert queries.stated_values().entries[0].name == "Apart"
    assert StatedValues.objects.count() == 1, "two versions of one day are a correction"
    with time_machine.travel(dt.datetime(2026, 4, 2, 12, tzinfo=dt.UTC), tick=False):
        browser = sign_in(ada)
        browser.post("/handbook/values/change/", SAID)
        browser.post("/handbook/values/publish/", {"act": "publish"})
    assert queries.stated_values().entries[0].name == "Together"
    assert StatedValues.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"value-0-name": ""}, "Give it a name"),
        ({"value-0-values": []}, "Tick at least one"),
        ({"value-0-values": ["money"]}, "Choose among the six"),
        ({"value-0-name": "x" * 81}, "80 fit"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_line(organization, wrong, says):
    answer = organization["ada"].browser.post("/handbook/values/change/", SAID | wrong)
    assert answer.status_code == 422
    assert says in text(answer)
    assert not StatedValues.objects.exists()


def test_a_draft_can_be_dropped_and_what_stands_stays(organization):
    made.values(organization.person("ada"))
    made.values(organization.person("ada"), published=False)
    organization["ada"].browser.post("/handbook/values/publish/", {"act": "drop"})
    assert StatedValues.objects.get().published_on is not None


def test_published_ways_of_leading_are_read_by_colleagues_and_go_when_they_are_taken_back(organization):
    cleo = organization.person("cleo")
    published = PublishedPhilosophy.objects.create(person=cleo, text="I listen first. <script>x</script>")
    browser = organization["max"].browser
    shown = browser.get("/handbook/philosophies/").content.decode()
    assert "<bdi>Cleo</bdi>" in shown
    assert "<script>x" not in shown
    path = f"/handbook/philosophies/{published.pk}/"
    assert "I listen first." in text(browser.get(path))
    published.delete()
    assert browser.get(path).status_code == 404
    organization.person("max").positions.all().delete()
    assert browser.get("/handbook/philosophies/").status_code == 404
