"""What every page owes a screen, asked of the page that is there and not of the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

TOUCHED = "button, .button, input:not([type=hidden]), select, nav a"
FINGER = 24
"""CSS pixels that a finger needs at least (WCAG 2.2, 2.5.8)."""

FAULTS = """([touched, finger]) => {
  const root = document.documentElement, main = document.getElementById("main"), found = [];
  const headings = document.querySelectorAll("h1").length;
  if (headings !== 1) found.push(`${headings} headings of the first level`);
  for (const box of [root, main])
    if (box && box.scrollWidth > box.clientWidth)
      found.push(`${box.tagName} is ${box.scrollWidth} wide where ${box.clientWidth} are`);
  for (const element of document.querySelectorAll(touched)) {
    if (!element.checkVisibility()) continue;
    const { height } = (element.closest("label") || element).getBoundingClientRect();
    if (height < finger) found.push(`${height} high: ${element.outerHTML}`);
  }
  return found;
}"""
"""What sticks out of the screen, and what is too small for a finger; a box is as large as its label."""


def here(page: Page) -> Page:
    """Wait until the page that was asked for is there as a whole.

    A click returns as soon as the next page begins, and then it has no element yet: whatever reads a page
    at once (``evaluate``, ``count``, ``all``, ``content``, ``url``) asks here first.
    """
    page.wait_for_load_state("load")
    return page


def fits(page: Page, *, also: str = "") -> None:
    """One heading, nothing that sticks out of the screen, and what a finger presses is large enough."""
    touched = f"{TOUCHED}, {also}" if also else TOUCHED
    found = here(page).evaluate(FAULTS, [touched, FINGER])
    assert found == [], (page.url, found)
