"""A drawn figure becomes one that answers, under the policy; where scripts fail the drawing stays."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect
from tests.factories import PersonFactory

from fairlead.core.work import WORK_KINDS

pytestmark = pytest.mark.django_db(transaction=True)

SPEC = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "width": 400,
    "height": 120,
    "config": {"font": "Source Sans 3"},
    "data": {"values": [{"kind": kind.value, "hours": n + 1} for n, kind in enumerate(WORK_KINDS)]},
    "mark": {"type": "bar", "fill": "var(--firefighting)"},
    "encoding": {"y": {"field": "kind", "type": "nominal"}, "x": {"field": "hours", "type": "quantitative"}},
}
DRAWING = (
    '<svg viewBox="0 0 400 120" width="400" height="120" role="img" aria-labelledby="t">'
    '<title id="t">Hours</title>'
    '<defs><pattern id="figure-x-firefighting"><path d="M0,3h6"/></pattern></defs>'
    '<text id="still">drawn</text></svg>'
)


def put_figure(page: Page) -> None:
    """Put a figure into the page as the server would, and tell what htmx tells."""
    page.evaluate(
        """([drawing, spec]) => {
            const main = document.querySelector("main");
            const figure = document.createElement("figure");
            figure.innerHTML = `<div class="drawing" data-spec="spec-x">${drawing}</div>`;
            const data = document.createElement("script");
            data.type = "application/json"; data.id = "spec-x"; data.textContent = spec;
            main.prepend(data, figure);
            document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: main } }));
        }""",
        [DRAWING, json.dumps(SPEC)],
    )


def test_a_figure_answers_and_keeps_its_name_its_pattern_and_its_font(desk, signed_in):
    signed_in(desk, PersonFactory.create()).goto("/account/")
    put_figure(desk)
    chart = desk.locator(".vega-embed svg.marks")
    expect(chart).to_be_visible()
    expect(chart).to_have_attribute("role", "img")
    expect(chart.locator("title").first).to_have_text("Hours")
    expect(chart.locator('path[fill="url(#figure-x-firefighting)"]')).to_have_count(len(WORK_KINDS))
    label = chart.locator("text", has_text="firefighting")
    cut = label.evaluate(
        "(e) => e.getBoundingClientRect().left < e.ownerSVGElement.getBoundingClientRect().left"
    )
    assert not cut, "words measured in another font than they are drawn in lose their beginning"
    expect(desk.locator("#still")).to_have_count(0)


def test_on_a_phone_the_drawing_stays_and_nothing_is_fetched(phone, signed_in):
    fetched: list[str] = []
    phone.on("request", lambda sent: fetched.append(sent.url))
    signed_in(phone, PersonFactory.create()).goto("/account/")
    put_figure(phone)
    phone.wait_for_timeout(500)
    expect(phone.locator("#still")).to_be_visible()
    assert not any("vega" in url for url in fetched)


def test_a_library_that_cannot_be_loaded_leaves_the_drawing(desk, signed_in, complaints):
    desk.route("**/vega.js", lambda route: route.abort())
    signed_in(desk, PersonFactory.create()).goto("/account/")
    put_figure(desk)
    desk.wait_for_timeout(500)
    expect(desk.locator("#still")).to_be_visible()
    assert [said for said in complaints if "ERR_FAILED" not in said] == []
    complaints.clear()
