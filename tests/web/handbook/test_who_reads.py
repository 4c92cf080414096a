"""Who reads what in the handbook: visitors, colleagues, people operations; with the setting off and on."""

from __future__ import annotations

from typing import Any

import pytest
from tests.organization import Organization, assemble_organization
from tests.walls.matrix import MATRIX
from tests.walls.test_access_matrix import OTHERS, Walk

ROUTES = [route for route in MATRIX if route.startswith("handbook/")]


@pytest.fixture
def organization(db: None) -> Organization:
    return assemble_organization()


def test_each_answers_as_the_table_says(organization: Any):
    walk = Walk(organization).over(ROUTES, lambda number: [OTHERS[number % len(OTHERS)]])
    assert walk.wrong == []
