"""Figures and page in a real Chromium: the right colours, the right width, nothing refused."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from tests.render.sample import role_audit

from fairlead.render import charts, page, theme

pytestmark = pytest.mark.e2e

INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ORIGIN = "http://fairlead.test"
STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'"
DRAW = """
vegaEmbed("#figure", JSON.parse(document.getElementById("spec").textContent), {
  ast: true, actions: false, defaultStyle: false, renderer: "svg", tooltip: {disableDefaultStyle: true},
}).then(() => document.body.classList.add("drawn"), e => console.error(String(e)));
"""


@pytest.fixture(scope="module")
def chromium(playwright):
    # One driver a process: a second one beside that of the web's browser tests refuses to start.
    found = next((path for name in INSTALLED if (path := shutil.which(name))), None)
    browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
    yield browser
    browser.close()


def visit(chromium, files, *, width=1440, scheme="light", policy=STRICT):
    """Serve files from memory under a policy; give the page and what the browser complained about."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    tab = context.new_page()
    complaints = []
    tab.on(
        "console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None
    )
    tab.on("pageerror", lambda error: complaints.append(str(error)))

    def answer(route):
        kind, body = files.get(route.request.url.removeprefix(ORIGIN), ("text/plain", None))
        if body is None:
            complaints.append(f"asked for {route.request.url}")
            return route.abort()
        return route.fulfill(body=body, content_type=kind, headers={"Content-Security-Policy": policy})

    tab.route("**/*", answer)
    tab.goto(f"{ORIGIN}/")
    return tab, complaints


def rgb(colour):
    return "rgb({}, {}, {})".format(*(int(colour[i : i + 2], 16) for i in (1, 3, 5)))


@pytest.mark.parametrize(("scheme", "palette"), [("light", theme.LIGHT), ("dark", theme.DARK)])
def test_inline_figures_follow_the_page_under_a_strict_policy(chromium, scheme, palette):
    drawn = {d.name: d for d in charts.figures(role_audit())}
    body = f"<!doctype html><title>x</title><link rel=stylesheet href=/c.css>{drawn['mean-week'].svg}"
    files = {"/": ("text/html", body), "/c.css": ("text/css", theme.colours_css())}
    tab, complaints = visit(chromium, files, scheme=scheme)
    fills = tab.eval_on_selector_all("svg path", "all => all.map(e => getComputedStyle(e).fill)")
    assert {rgb(palette[kind]) for kind in ("leading", "managing", "doing")} <= set(fills)
    words = tab.eval_on_selector_all("svg text", "all => all.map(e => getComputedStyle(e).fill)")
    assert set(words) == {rgb(palette["ink"])}
    assert complaints == []


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_and_shows_one_drawing_of_each_figure(chromium, width, scheme):
    files = {"/": ("text/html; charset=utf-8", page.html(role_audit()))}
    policy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:"
    tab, complaints = visit(chromium, files, width=width, scheme=scheme, policy=policy)
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    seen = tab.eval_on_selector_all(
        "svg", "all => all.filter(e => e.checkVisibility()).map(e => e.clientWidth)"
    )
    pictures = [d for d in charts.figures(role_audit()) if d.svg]
    assert len(seen) == len(pictures)
    assert max(seen) <= width
    assert tab.evaluate("document.fonts.check('16px \"Source Sans 3\"')")
    small = tab.eval_on_selector_all(
        "svg text", "all => all.filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect().height)"
    )
    assert min(small) >= 11, "letters of a figure are smaller than 11 pixels"
    assert complaints == []


def test_on_paper_every_table_is_open(chromium):
    files = {"/": ("text/html; charset=utf-8", page.html(role_audit()))}
    tab, _ = visit(chromium, files, policy="default-src 'none'; style-src 'unsafe-inline'; font-src data:")
    tab.emulate_media(media="print")
    heights = tab.eval_on_selector_all(
        "details table", "all => all.map(e => e.getBoundingClientRect().height)"
    )
    assert heights
    assert min(heights) > 20
    assert tab.eval_on_selector("nav", "e => getComputedStyle(e).display") == "none"


@pytest.mark.slow
def test_every_spec_draws_in_the_browser_under_a_strict_policy(chromium):
    code = charts.bundle()
    for drawn in charts.figures(role_audit(), width=charts.NARROW):
        if drawn.spec is None:
            continue
        data = json.dumps(drawn.spec).replace("<", "\\u003c")
        body = (
            "<!doctype html><title>x</title><link rel=stylesheet href=/c.css><div id=figure></div>"
            f'<script type="application/json" id=spec>{data}</script>'
            "<script src=/vega.js></script><script src=/draw.js></script>"
        )
        files = {
            "/": ("text/html; charset=utf-8", body),
            "/c.css": ("text/css", theme.colours_css()),
            "/vega.js": ("text/javascript", code),
            "/draw.js": ("text/javascript", DRAW),
        }
        tab, complaints = visit(chromium, files, width=390)
        tab.wait_for_selector("body.drawn", timeout=20_000)
        assert complaints == [], drawn.name
        fills = tab.eval_on_selector_all("#figure svg *", "all => all.map(e => getComputedStyle(e).fill)")
        assert not [f for f in fills if re.match(r"rgb\(0, 0, 0\)", f)] or drawn.name == "map", drawn.name
        tab.context.close()
