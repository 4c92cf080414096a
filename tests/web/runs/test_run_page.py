"""The page that says how far a run is."""

from __future__ import annotations

from tests.factories import RunFactory


def test_it_asks_for_itself_until_it_is_over(cast):
    run = RunFactory.create(owner=cast.ada.person, state="running", progress=43, words="Reading 2026.")
    page = cast.ada.browser.get(f"/runs/{run.pk}/").content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert 'value="43"' in page
    assert "Reading 2026." in page


def test_a_part_of_the_page_is_enough_for_htmx(cast):
    run = RunFactory.create(owner=cast.ada.person, state="running")
    part = cast.ada.browser.get(f"/runs/{run.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'id="progress"' in part


def test_when_it_is_done_it_leads_to_the_result(cast):
    run = RunFactory.create(owner=cast.ada.person, state="done", page="/today/")
    assert cast.ada.browser.get(f"/runs/{run.pk}/").headers["Location"] == "/today/"
    led = cast.ada.browser.get(f"/runs/{run.pk}/", headers={"HX-Request": "true"})
    assert led.headers["HX-Redirect"] == "/today/"


def test_a_failed_one_says_why_and_asks_no_more(cast):
    error = "calendar.ics, line 2: <b>no</b> calendar."
    run = RunFactory.create(owner=cast.ada.person, state="failed", error=error)
    page = cast.ada.browser.get(f"/runs/{run.pk}/").content.decode()
    assert "every 2s" not in page
    assert "&lt;b&gt;no&lt;/b&gt;" in page, "text of a file stays text"
    assert 'href="/role/calendar/"' in page, "an error has a way on"
