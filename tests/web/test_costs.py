"""What a page may cost: queries to the number, processor time within bounds."""

from __future__ import annotations

import os
import statistics

import pytest
from tests import processor
from tests.factories import RunFactory

QUERIES = {
    "/today/": 30,
    "/account/": 30,
    "/account/settings/": 30,
}
MEDIAN_MS, WORST_MS = 25, 100  # at the pace of the machine: see tests/processor.py


@pytest.mark.parametrize("rows", [1, 3])
def test_a_run_page_asks_the_same_whatever_the_number_of_runs(cast, rows, django_assert_num_queries):
    runs = [RunFactory.create(owner=cast.ada.person, state="running") for _ in range(rows)]
    cast.ada.browser.get("/today/")
    with django_assert_num_queries(6):  # session, account, run, person; in the chart? which roles?
        cast.ada.browser.get(f"/runs/{runs[0].pk}/")


@pytest.mark.parametrize("path", list(QUERIES))
def test_pages_stay_within_their_queries(cast, path, django_assert_max_num_queries):
    cast.ada.browser.get(path)
    with django_assert_max_num_queries(QUERIES[path]):
        assert cast.ada.browser.get(path).status_code == 200


# A driver that speaks to a server costs more than a library does; the bounds are set with the library.
@pytest.mark.skipif("FAIRLEAD_TEST_DATABASE" in os.environ, reason="the bounds are SQLite's")
def test_pages_stay_within_their_processor_time(cast):
    """Half of the pages cost 25 ms at most, and none costs more than 100 ms."""
    costs = {path: cost(cast.visitor, path) for path in ("/", "/accounts/login/")}
    costs |= {path: cost(cast.ada.browser, path) for path in ("/today/", "/account/", "/account/settings/")}
    assert statistics.median(costs.values()) <= MEDIAN_MS, costs
    assert max(costs.values()) <= WORST_MS, costs


def cost(browser, path) -> float:
    """What a page costs in the middle of fifteen turns: one of them may be the garbage collector's."""
    return statistics.median(processor.milliseconds(lambda: browser.get(path)))
