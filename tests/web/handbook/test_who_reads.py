"""Who reads what in the handbook: visitors, colleagues, people operations; with the setting off and on."""

from __future__ import annotations

import pytest
from tests.organization import Organization, assemble_organization
from tests.walls.matrix import MATRIX
from tests.walls.test_access_matrix import Walk, path_of
from tests.web.handbook.matrix import LIBRARY

ROUTES = [route for route in MATRIX if route.startswith("handbook/")]


@pytest.fixture
def organization(db: None) -> Organization:
    return assemble_organization()


def test_where_the_setting_says_so_visitors_read_the_library_and_nothing_else(organization, settings):
    settings.PUBLIC_HANDBOOK = True
    walk = Walk(organization)
    for route in ROUTES:
        row = MATRIX[route]
        path = path_of(route, row.own(organization.person("cleo")) if row.own else {})
        for column, method in enumerate(("get", "post")):
            written = (row.get, row.post)[column].split()[0]
            expected = "200" if route in LIBRARY and method == "get" else written
            walk._one("visitor", method, route, path, expected)
    assert walk.wrong == []
    assert set(LIBRARY) <= set(ROUTES)
