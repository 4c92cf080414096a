"""Leaders I have had: rules out of both kinds (rows 85, 118)."""

from __future__ import annotations

import pytest
from tests.cast import assemble

from fairlead.web import vault
from fairlead.web.growth import leader_actions, leader_queries
from fairlead.web.growth.models import Leader
from fairlead.web.trail.models import Entry

GOOD = {
    "label": "The one who asked",
    "kind": "good",
    "keep": "Ask before telling\n- Answer the same day",
    "never": "",
}
BAD = {"label": "My second boss", "kind": "bad", "keep": "", "never": "Correct somebody in front of others"}


@pytest.fixture
def cast(db):
    return assemble()


@pytest.fixture
def cleo(cast):
    return cast.cleo


def add(member, form):
    return member.browser.post("/growth/leaders/", form)


def page(member, path="/growth/leaders/"):
    answer = member.browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_line_becomes_a_rule_and_says_from_whom(cleo):
    assert add(cleo, GOOD).status_code == 302
    assert add(cleo, BAD).status_code == 302
    with vault.seen_by(cleo.person):
        found = leader_queries.rules(leader_queries.leaders(cleo.person))
    assert [(one.text, one.label) for one in found.keep] == [
        ("Ask before telling", "The one who asked"),
        ("Answer the same day", "The one who asked"),
    ]
    assert [one.text for one in found.never] == ["Correct somebody in front of others"]
    shown = page(cleo)
    assert shown.index("I keep") < shown.index("I do not repeat")


def test_the_same_rule_of_two_leaders_stands_once(cleo):
    add(cleo, GOOD)
    add(cleo, GOOD | {"label": "Another", "keep": "ask before telling"})
    with vault.seen_by(cleo.person):
        found = leader_queries.rules(leader_queries.leaders(cleo.person))
    assert [one.text for one in found.keep] == ["Ask before telling", "Answer the same day"]


def test_a_word_is_suggested_instead_of_a_name(cleo):
    assert "Not their name" in page(cleo)


def test_nobody_else_reads_them(cast, cleo):
    add(cleo, GOOD | {"label": "Planted label", "keep": "Planted rule"})
    with vault.on_duty("test"):
        found = Leader.objects.get()
    for name, member in cast:
        if name != "cleo":
            assert "Planted" not in page(member)
            assert member.browser.get(f"/growth/leaders/{found.pk}/").status_code == 404
            assert member.browser.post(f"/growth/leaders/{found.pk}/remove/").status_code == 404
    assert "Planted" not in str(list(Entry.objects.values_list("facts")))


def test_a_leader_is_changed_and_removed_and_the_rules_follow(cleo):
    add(cleo, GOOD)
    with vault.on_duty("test"):
        found = Leader.objects.get()
    shown = page(cleo, f"/growth/leaders/{found.pk}/")
    assert "Ask before telling\nAnswer the same day" in shown
    cleo.browser.post(f"/growth/leaders/{found.pk}/", GOOD | {"keep": "Listen first"})
    assert "Listen first" in page(cleo)
    assert "Ask before telling" not in page(cleo)
    cleo.browser.post(f"/growth/leaders/{found.pk}/remove/")
    assert "Listen first" not in page(cleo)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"keep": "", "never": ""}, "Write one thing to keep, or one never to repeat."),
        ({"label": ""}, "Give them a word"),
        ({"keep": "\n".join(f"rule {n}" for n in range(8))}, "8 lines are many to live by."),
        ({"keep": "x" * 161}, "more than 160 letters"),
        ({"keep": "turned \u202e around"}, "invisible character"),
        ({"kind": "horrible"}, "Select a valid choice"),
    ],
)
def test_what_is_missing_or_too_much_is_said(cleo, wrong, says):
    answer = add(cleo, GOOD | wrong)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_thirty_leaders_are_enough(cleo, monkeypatch):
    monkeypatch.setattr(leader_actions, "MOST", 1)
    add(cleo, GOOD)
    answer = add(cleo, BAD)
    assert answer.status_code == 422
    assert "which is the most" in answer.content.decode()


def test_the_page_costs_as_many_queries_with_three_leaders_as_with_one(cleo, django_assert_num_queries):
    for more in (1, 2):
        for number in range(more):
            add(cleo, GOOD | {"label": f"Leader {more} {number}"})
        with vault.seen_by(cleo.person), django_assert_num_queries(2):
            leader_queries.leaders(cleo.person)
