"""Showing a skill to one person: part by part, never an answer, a note or a meeting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.growth import made

from fairlead.library import load
from fairlead.web.growth.shareable import PARTS, SHAREABLE, snapshot
from fairlead.web.sharing.models import Share

PLANTED = "Quarzlibelle"


@pytest.fixture
def skill(cast):
    today = timezone.localdate()
    found = made.skill(
        cast.ada.person,
        state="open",
        opened_on=today,
        title=PLANTED,
        came_from=PLANTED,
        ended_because=PLANTED,
    )
    over = made.experiment(
        found,
        begun_on=today - timedelta(weeks=4),
        again={"one": 5, "two": 5},
        satisfaction_after=5,
        ended_on=today,
        ended_because=PLANTED,
    )
    made.practice(over, practice="the_talk_you_avoid", event=PLANTED, note=PLANTED, done_on=today)
    return found


def test_nothing_that_is_ticked_holds_own_words_or_single_answers(skill):
    text = repr(snapshot(skill, PARTS))
    assert PLANTED not in text
    assert "Question one" not in text
    assert load.practice("the_talk_you_avoid").title in text


def test_a_part_that_is_not_ticked_is_not_there(skill):
    assert [one["id"] for one in snapshot(skill, {"skill"})["sections"]] == ["skill"]
    text = repr(snapshot(skill, {"skill", "practices"}))
    assert "points" not in text
    assert "more often" not in text


def test_the_change_is_shown_with_how_it_was_computed(skill):
    section = snapshot(skill, {"change"})["sections"][0]
    assert section["says"][0]["says"] == "You do these things more often than before."
    assert section["numbers"][0]["figure"]["formula"]


def test_a_skill_is_shown_to_one_person_who_sees_a_copy_and_nothing_later(cast, skill):
    page = cast.ada.browser.get(f"/sharing/new/skill/{skill.pk}/")
    assert page.status_code == 200
    assert SHAREABLE["skill"].never.replace("'", "&#x27;") in page.content.decode()
    Share.objects.create(
        owner=cast.ada.person, reader=cast.ben.person, kind="skill", object_id=skill.pk, title="x",
        snapshot=snapshot(skill, {"skill", "change"}), until=timezone.localdate(),
        ends_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    share = Share.objects.get()
    assert "Conflict navigation" in cast.ben.browser.get(f"/sharing/{share.pk}/").content.decode()
    assert cast.eve.browser.get(f"/sharing/{share.pk}/").status_code == 404
    assert cast.ben.browser.get(f"/growth/skills/{skill.pk}/").status_code == 404
    assert "Ben until" in cast.ada.browser.get(f"/growth/skills/{skill.pk}/").content.decode()
    cast.ada.browser.post(f"/growth/skills/{skill.pk}/do/delete/")
    assert not Share.objects.exists()
