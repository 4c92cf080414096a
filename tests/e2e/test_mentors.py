"""Two people find each other, a coach sees what is shown, a plan fits on one sheet; in a real browser."""

from __future__ import annotations

import io
import re
from typing import Any

import pikepdf
import pytest
from playwright.sync_api import Page, expect
from tests.e2e.fits import fits
from tests.organization import Organization, assemble_organization

from fairlead.web.growth import plan_forms
from fairlead.web.growth.models import MentorOffer, PublishedPhilosophy

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def organization() -> Organization:
    found = assemble_organization()
    for name in ("eve", "ben", "ida"):
        MentorOffer.objects.create(
            person=found.person(name),
            about=["conflict_navigation", "expert"],
            says="I have led a team through a merger. An hour every two weeks, walking.",
        )
    return found


def test_a_mentor_is_found_asked_says_yes_and_either_ends_it(
    organization: Organization, phone: Page, dark_desk: Page, signed_in: Any
) -> None:
    learner = signed_in(phone, organization.person("cleo"))
    mentor = signed_in(dark_desk, organization.person("eve"))
    learner.goto("/growth/mentors/")
    fits(learner)
    learner.get_by_label("What it is about").select_option("conflict_navigation")
    learner.get_by_label("Somebody who knows this track from the inside").select_option("expert")
    learner.get_by_role("button", name="Look", exact=True).click()
    expect(learner.get_by_text("Ben offers it and is your manager.")).to_be_visible()
    fits(learner)
    learner.get_by_role("link", name="Ask Eve").click()
    fits(learner)
    learner.get_by_label("What you say to them").fill("I avoid hard talks, and would like to stop.")
    learner.get_by_role("button", name="Ask").click()
    expect(learner.get_by_text("It begins when they say yes.")).to_be_visible()
    fits(learner)

    mentor.goto("/today/")
    mentor.get_by_role("link", name="A mentor is asked for").click()
    expect(mentor.get_by_text("I avoid hard talks")).to_be_visible()
    fits(mentor)
    mentor.get_by_label("A word with your yes").fill("Thursday at four?")
    mentor.get_by_role("button", name=re.compile("Yes ?: Cleo")).click()
    expect(mentor.get_by_role("heading", name="Agreed")).to_be_visible()

    learner.goto("/growth/mentors/")
    expect(learner.get_by_text("Thursday at four?")).to_be_visible()
    fits(learner)
    learner.get_by_role("button", name=re.compile("End it ?: Eve")).click()
    expect(learner.get_by_text(re.compile("Ended. The other one hears"))).to_be_visible()
    assert MentorOffer.objects.get(person=organization.person("eve")).taken == 0


def test_the_coach_reads_the_agenda_keeps_a_note_and_shows_it(
    organization: Organization, dark_phone: Page, desk: Page, signed_in: Any
) -> None:
    person = signed_in(dark_phone, organization.person("cleo"))
    coach = signed_in(desk, organization.person("lea"))
    person.goto("/growth/coach/")
    person.get_by_role("link", name="Write what you want to talk about").click()
    person.get_by_label("What I want to talk about").fill("Whether I want to lead at all.")
    fits(person)
    person.get_by_role("button", name="Keep").click()
    expect(person.get_by_text("Whether I want to lead at all.")).to_be_visible()
    fits(person)

    coach.goto("/growth/coach/")
    coach.get_by_role("link", name="Cleo").click()
    expect(coach.get_by_text("Whether I want to lead at all.")).to_be_visible()
    coach.get_by_label("Note", exact=True).fill("Speaks of the team as of her own work.")
    coach.get_by_role("button", name="Keep it").click()
    fits(coach)
    coach.get_by_role("link", name=re.compile("Change or show")).click()
    fits(coach)
    coach.get_by_role("button", name="Show it to Cleo").click()
    expect(coach.get_by_text("shown to them")).to_be_visible()

    person.goto("/growth/coach/")
    expect(person.get_by_text("Speaks of the team as of her own work.")).to_be_visible()
    fits(person)


def test_a_full_plan_of_five_years_fits_on_one_sheet_of_paper(
    organization: Organization, desk: Page, signed_in: Any
) -> None:
    page = signed_in(desk, organization.person("cleo"))
    page.goto("/growth/plan/write/?years=5")
    fits(page)
    words = "Lead a talk in which two people disagree, and have both want to come again. "
    for field in page.locator("textarea").all():
        longest = 300 if field.get_attribute("name") in {"start", "aim"} else plan_forms.LONGEST
        field.fill((words * 4)[:longest])
    page.get_by_role("button", name="Keep the plan").click()
    expect(page.get_by_role("heading", name="My plan for the coming years")).to_be_visible()
    fits(page)
    page.evaluate("() => document.fonts.ready.then(() => true)")  # another font takes more room
    with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as paper:
        (sheet,) = paper.pages
        _left, _low, width, height = (float(side) for side in sheet.mediabox)
    assert (round(width), round(height)) == (842, 595)  # A4, turned


def test_a_way_of_leading_is_written_seen_published_and_withdrawn(
    organization: Organization, phone: Page, signed_in: Any
) -> None:
    page = signed_in(phone, organization.person("cleo"))
    page.goto("/growth/leaders/")
    page.get_by_label("A word for them").fill("The one who asked")
    page.get_by_label("What I want to keep").fill("Ask before telling")
    page.get_by_role("button", name="Keep").click()
    fits(page)
    page.get_by_role("link", name="Make them my own way").click()
    page.get_by_role("button", name="Add them to the draft").click()
    expect(page.get_by_label("How I want to lead")).to_have_value(re.compile("Ask before telling"))
    fits(page)
    page.get_by_role("link", name="See it as it will stand").click()
    fits(page)
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_text("Published. Colleagues read it")).to_be_visible()
    fits(page)
    page.get_by_role("button", name="Withdraw it now").click()
    expect(page.get_by_text("Withdrawn.")).to_be_visible()
    assert not PublishedPhilosophy.objects.exists()
