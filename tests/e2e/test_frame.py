"""The frame around every page: it fits at every width between a phone and a desk."""

from __future__ import annotations

import pytest
from tests.e2e.fits import fits
from tests.factories import PersonFactory, PositionFactory

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = (390, 768, 1023, 1025, 1100, 1280, 1366, 1440, 1600)


def test_the_line_of_rooms_fits_at_every_width(desk, signed_in):
    person = PersonFactory.create(name="Ada Ott", user__email="ada@example.org")
    PositionFactory.create(person=person)
    page = signed_in(desk, person)
    page.goto("/today/")
    assert page.locator("header nav a").count() >= 8
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        fits(page)
