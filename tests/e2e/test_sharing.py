"""A reading is shown to one person: they see exactly that, until it is taken back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.fits import fits
from tests.organization import Organization, assemble_organization
from tests.web.audits import made

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def organization() -> Organization:
    found = assemble_organization()
    made.stand(found["cleo"])
    return found


def shown(page: Page) -> str:
    """What is shown, as the server wrote it."""
    text = page.request.get(page.url).text()
    return re.findall(r'<article class="shown".*?</article>', text, re.DOTALL)[0]


def share(page: Page, who: str) -> str:
    """Share the newest reading step by step; give the bytes of the preview."""
    page.goto("/role/")
    page.get_by_role("link", name="Share this reading").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Share this reading")
    fits(page)
    page.get_by_label("Whom do you show it to?").fill(who)
    page.get_by_role("button", name="Look for them").click()
    expect(page.get_by_role("radio", name=re.compile("Max"))).to_be_checked()
    fits(page)
    with page.expect_response(lambda answer: "/sharing/new/" in answer.url) as preview:
        page.get_by_role("button", name="See what they will see").click()
    expect(page.get_by_text("Nothing has been sent yet")).to_be_visible()
    fits(page)
    text = re.findall(r'<article class="shown".*?</article>', preview.value.text(), re.DOTALL)[0]
    page.get_by_role("button", name="Share this with Max").click()
    expect(page.get_by_text("Shared. It stands under their Today")).to_be_visible()
    fits(page)
    return text


@pytest.mark.parametrize("who", ["max@example.org", "Ma"])
def test_a_reading_is_shown_to_one_person_seen_taken_back_and_gone(
    organization: Organization, phone: Page, dark_desk: Page, signed_in: Any, who: str
) -> None:
    owner = signed_in(phone, organization.person("cleo"))
    reader = signed_in(dark_desk, organization.person("max"))
    preview = share(owner, who)

    reader.goto("/today/")
    reader.get_by_role("link", name="Cleo shows you a reading").click()
    expect(reader.locator("#figure-map svg").first).to_be_visible()
    assert shown(reader) == preview
    fits(reader)
    address = reader.url

    owner.goto("/record/")
    expect(owner.get_by_text("looked at your shared reading").first).to_be_visible()
    fits(owner)

    owner.goto("/sharing/")
    owner.get_by_role("button", name=re.compile("Take back")).click()
    expect(owner.get_by_text("Taken back. Nobody but you sees it now")).to_be_visible()
    gone = reader.request.get(address)
    assert gone.status == 404
    reader.goto("/today/")
    expect(reader.get_by_text("shows you a reading")).to_have_count(0)


def test_it_works_without_scripts(organization: Organization, opens: Any, signed_in: Any) -> None:
    page = opens({"width": 390, "height": 844}, java_script_enabled=False)
    signed_in(page, organization.person("cleo"))
    page.goto("/role/")
    page.get_by_role("link", name="Share this reading").click()
    page.get_by_label("Whom do you show it to?").fill("max")
    page.get_by_role("button", name="Look for them").click()
    page.get_by_role("button", name="See what they will see").click()
    page.get_by_role("button", name="Share this with Max").click()
    expect(page.get_by_text("Shared. It stands")).to_be_visible()
