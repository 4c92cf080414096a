"""An offer from its first day to the look back, the Why before the goal, tracks side by side."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.e2e.fits import fits
from tests.factories import PersonFactory

from fairlead.core.tracks import TRACK_ORDER
from fairlead.web.direction import later_sittings, track_actions, track_queries
from fairlead.web.direction.models import Offer, OfferCheck

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ada() -> Any:
    return PersonFactory.create(name="Ada", user__email="ada@example.org")


def test_an_offer_is_thought_about_decided_and_looked_back_at(ada: Any, phone: Page, signed_in: Any) -> None:
    page = signed_in(phone, ada)
    page.goto("/direction/offers/")
    fits(page)
    page.get_by_label("What is offered").fill("Lead of the platform team")
    page.get_by_label("An answer is wanted by").fill((timezone.localdate() + timedelta(days=2)).isoformat())
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("Please do not answer before")).to_be_visible()
    expect(page.get_by_text("An answer is wanted within 2 days. That is fast")).to_be_visible()
    page.get_by_label("More influence").check()
    page.get_by_label("In your own words, one on each line").first.fill("A budget of my own")
    page.get_by_role("button", name="Add").first.click()
    page.get_by_label("Forms and reports").check()
    page.get_by_role("button", name="Add").last.click()
    expect(page.get_by_role("listitem").filter(has_text="A budget of my own")).to_be_visible()
    fits(page)
    page.get_by_role("button", name=re.compile("Remove ?: A budget of my own")).click()
    fits(page)
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_role("listitem").filter(has_text="A budget of my own")).to_be_visible()
    page.goto("/today/")
    page.get_by_role("link", name="An offer to think about").click()

    page.get_by_text("I want to decide already").click()
    page.get_by_label("I accept it").check()
    page.get_by_label("My reasons").fill("I want to see people grow")
    fits(page)
    page.get_by_role("button", name="Write my decision down").click()
    expect(page.get_by_role("heading", name="You accepted it")).to_be_visible()

    OfferCheck.objects.filter(offer=Offer.objects.get(), months=3).update(due_on=timezone.localdate())
    page.goto("/today/")
    page.get_by_role("link", name="3 months since you decided about an offer").click()
    page.get_by_role("group", name="A budget of my own").get_by_label("It did not come").check()
    page.get_by_role("group", name="More influence").get_by_label("It came").check()
    fits(page)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Of 2 benefits, after 3 months: 1 came and 1 did not come.")).to_be_visible()
    fits(page)


def test_all_of_it_works_without_scripts_and_the_why_comes_before_the_goal(
    ada: Any, opens: Any, signed_in: Any
) -> None:
    page = signed_in(opens({"width": 390, "height": 844}, java_script_enabled=False), ada)
    page.goto("/direction/goals/")
    expect(page.get_by_role("button", name="Open this goal")).to_have_count(0)
    page.get_by_label("Why do I want to get there?").fill("So that people can grow")
    page.get_by_role("button", name="Keep my Why").click()
    page.get_by_label("What I want to become").fill("Lead of the platform team")
    page.get_by_role("button", name="Open this goal").click()
    expect(page.get_by_role("heading", name="Lead of the platform team")).to_be_visible()

    page.goto("/direction/frustrations/")
    page.get_by_label("What frustrates you?").fill("Quarrels in the stand-up")
    page.get_by_label("People: Dealing with others").check()
    page.get_by_label("No: I had to find out alone.").check()
    page.get_by_label("I would like it very much").check()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("Skill gap", exact=True)).to_be_visible()

    page.goto("/direction/next-level/role/")
    page.get_by_role("searchbox").fill("engineering manager")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Architectural and Engineering Managers").click()
    expect(page.get_by_role("heading", name="Architectural and Engineering Managers")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_tracks_stand_in_their_order_on_a_desk_and_on_a_phone(
    ada: Any, opens: Any, signed_in: Any, scheme: str
) -> None:
    for track, (want, able) in zip(TRACK_ORDER, ((1, 3), (4, 3), (3, 4), (5, 5), (5, 5)), strict=True):
        demands = [one.id for one in track_queries.profiles()[track].demands]
        given = dict.fromkeys(demands, want), dict.fromkeys(demands, able)
        lose = ["The say that I have now"] if track == "expert" else []
        track_actions.keep(actor=ada, track=track, want=given[0], able=given[1], lose=lose)
    later_sittings.keep(actor=ada, section="why", content={"push": "pushed", "levels_reached": 3})
    for width, height in ((1440, 900), (390, 844)):
        page = signed_in(opens({"width": width, "height": height}, scheme), ada)
        page.goto("/direction/tracks/")
        boxes = [page.locator(f"article#{track}").bounding_box() for track in TRACK_ORDER]
        places = [(box["x"], box["y"]) for box in boxes if box]
        assert places == sorted(places, key=(lambda at: at[0]) if width == 1440 else (lambda at: at[1]))
        assert len({round(x) for x, _ in places}) == (5 if width == 1440 else 1)
        fits(page)
        if scheme == "dark" and width == 1440:
            continue
        page.locator("article#stepping_back h2 a").click()
        expect(page.get_by_role("heading", name="How to ask for it")).to_be_visible()
        fits(page)
        page.goto("/direction/tracks/expert/")
        fits(page)
        for name in ("next-level", "next-level/burdens", "next-level/talk", "goals", "frustrations"):
            page.goto(f"/direction/{name}/")
            fits(page)
