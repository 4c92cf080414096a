"""My way of leading: a draft that nobody sees, published as it was looked at, withdrawn at once (row 131)."""

from __future__ import annotations

import datetime as dt
import html
import json
import re

import pytest
from django.utils import timezone
from tests.organization import assemble_organization

from fairlead.library.prompts import prompts
from fairlead.web import rights, vault
from fairlead.web.growth.models import Philosophy, PublishedPhilosophy
from fairlead.web.growth.philosophy_actions import digest
from fairlead.web.growth.queries import published_philosophies
from fairlead.web.rooms import offers
from fairlead.web.trail.models import Entry

DRAFT = "With me you can count on an answer.\n\nI decide late & say why."


@pytest.fixture
def organization(db):
    return assemble_organization()


@pytest.fixture
def cleo(organization):
    return organization["cleo"]


def keep(member, text=DRAFT):
    assert member.browser.post("/growth/my-way/", {"text": text}).status_code == 302


def page(member, path="/growth/my-way/"):
    answer = member.browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def publish(member):
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', page(member, "/growth/my-way/preview/"))
    return member.browser.post("/growth/my-way/publish/", {"seen": seen[1]}, follow=True)


def read_by(organization, name):
    return [(str(one.person), one.text) for one in published_philosophies(organization.person(name))]


def test_a_draft_is_read_by_nobody_else(organization, cleo):
    keep(cleo, "Planted draft")
    for name, member in organization.members.items():
        if name != "cleo":
            for path in ("/growth/my-way/", "/growth/my-way/preview/"):
                assert "Planted" not in page(member, path)
            assert read_by(organization, name) == []
    assert "Planted" not in str(list(Entry.objects.values_list("facts")))


def test_it_is_published_as_the_preview_showed_it(organization, cleo):
    keep(cleo)
    preview = page(cleo, "/growth/my-way/preview/")
    (shown,) = re.findall(r'<article class="way">.*?</article>', preview, re.DOTALL)
    assert "Cleo&#x27;s job, Works" in shown
    assert [html.unescape(part) for part in re.findall(r"<p>(.*?)</p>", shown)] == DRAFT.split("\n\n")
    assert "Published. Colleagues read it" in publish(cleo).content.decode()
    (found,) = published_philosophies(organization.person("max"))
    assert (found.person, found.text, found.place) == (cleo.person, DRAFT, "Cleo's job, Works")
    assert found.paragraphs == tuple(DRAFT.split("\n\n"))
    assert (found.is_mine, found.since) == (False, timezone.localdate())
    assert published_philosophies(cleo.person)[0].is_mine
    assert Entry.objects.filter(verb="publish_way", actor=cleo.person.pk).count() == 1


def test_the_handbook_finds_it_by_the_rooms(organization, cleo):
    keep(cleo)
    publish(cleo)
    (offer,) = [ask for room, ask in offers("queries", "published_philosophies") if room == "growth"]
    assert [one.text for one in offer(organization.person("max"))] == [DRAFT]


def test_later_changes_of_the_draft_do_not_reach_what_is_published(organization, cleo):
    keep(cleo)
    publish(cleo)
    keep(cleo, "Planted afterthought")
    assert read_by(organization, "max") == [("Cleo", DRAFT)]
    assert "your draft has changed since then" in page(cleo)
    publish(cleo)
    assert read_by(organization, "max") == [("Cleo", "Planted afterthought")]


def test_what_changed_after_it_was_looked_at_is_not_published(organization, cleo):
    keep(cleo)
    seen = digest(DRAFT)
    keep(cleo, "Something else")
    answer = cleo.browser.post("/growth/my-way/publish/", {"seen": seen}, follow=True).content.decode()
    assert "Your draft has changed since you looked at it." in answer
    assert read_by(organization, "max") == []


def test_an_empty_draft_is_not_published(organization, cleo):
    answer = cleo.browser.post("/growth/my-way/publish/", {"seen": digest("")}, follow=True).content.decode()
    assert "There is nothing to publish yet." in answer
    assert not PublishedPhilosophy.objects.exists()


def test_withdrawn_it_is_gone_at_once_and_the_draft_stays(organization, cleo):
    keep(cleo)
    publish(cleo)
    said = cleo.browser.post("/growth/my-way/withdraw/", follow=True).content.decode()
    assert "Withdrawn." in said
    assert read_by(organization, "max") == []
    assert "count on an answer" in said
    assert Entry.objects.filter(verb="withdraw_way").count() == 1
    again = cleo.browser.post("/growth/my-way/withdraw/", follow=True).content.decode()
    assert "You have published nothing." in again


def test_deleting_the_draft_withdraws_it_too(organization, cleo):
    keep(cleo)
    publish(cleo)
    cleo.browser.post("/growth/my-way/delete/")
    assert read_by(organization, "max") == []
    with vault.on_duty("test"):
        assert not Philosophy.objects.exists()


def test_only_colleagues_in_the_chart_read_it(organization, cleo):
    keep(cleo)
    publish(cleo)
    organization.person("max").positions.all().delete()
    assert read_by(organization, "max") == []
    assert read_by(organization, "eve") == [("Cleo", DRAFT)]


def test_somebody_in_no_chart_reads_their_own_and_cannot_publish(organization, cleo):
    cleo.person.positions.all().delete()
    keep(cleo)
    shown = page(cleo, "/growth/my-way/preview/")
    assert "Only somebody in the organization chart can publish" in shown
    assert "Publish it" not in shown
    cleo.browser.post("/growth/my-way/publish/", {"seen": digest(DRAFT)})
    assert not PublishedPhilosophy.objects.exists()


def test_what_somebody_published_who_left_is_not_shown(organization, cleo):
    keep(cleo)
    publish(cleo)
    cleo.person.left = timezone.localdate() - dt.timedelta(days=1)
    cleo.person.save(update_fields=["left"])
    assert read_by(organization, "max") == []


def test_who_goes_takes_it_along(organization, cleo):
    keep(cleo)
    publish(cleo)
    with vault.seen_by(cleo.person):
        assert "count on an answer" in json.dumps(rights.everything(cleo.person), default=str)
    rights.forget(cleo.person)
    assert not PublishedPhilosophy.objects.exists()


def test_rules_out_of_leaders_are_added_once_and_without_a_word_of_whom(cleo):
    rules = {"label": "Planted boss", "kind": "good", "keep": "Ask first", "never": "Shout"}
    cleo.browser.post("/growth/leaders/", rules)
    keep(cleo, "My beginning.")
    cleo.browser.post("/growth/my-way/rules/")
    with vault.on_duty("test"):
        text = Philosophy.objects.get().text
    assert text == "My beginning.\n\nWhat I keep:\n- Ask first\n\nWhat I do not repeat:\n- Shout"
    again = cleo.browser.post("/growth/my-way/rules/", follow=True).content.decode()
    assert "There is no rule that is not in your draft already." in again
    publish(cleo)
    assert "Planted boss" not in PublishedPhilosophy.objects.get().text


def test_every_question_stands_beside_the_draft_in_both_languages(cleo):
    for language, path in (("en", "/growth/my-way/"), ("de", "/growth/my-way/?language=de")):
        shown = html.unescape(page(cleo, path))
        for one in prompts().prompts:
            assert (one.in_language(language)[0] in shown) is (one.group != "leaders")
    assert "Wie ich führe" not in page(cleo, "/growth/my-way/?language=fr")


def test_markup_stays_text(organization, cleo):
    keep(cleo, "<script>alert(1)</script>")
    assert "&lt;script&gt;alert" in page(cleo, "/growth/my-way/preview/")


def test_reading_all_costs_as_many_queries_with_three_as_with_one(organization, django_assert_num_queries):
    for names in (("cleo",), ("eve", "ida")):
        for name in names:
            keep(organization[name])
            publish(organization[name])
        with django_assert_num_queries(3):
            published_philosophies(organization.person("max"))
