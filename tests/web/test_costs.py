"""What a page may cost: queries to the number, processor time within bounds."""

from __future__ import annotations

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


@pytest.mark.parametrize("path", ["/", "/accounts/login/"])
def test_a_visitors_page_stays_within_its_processor_time(cast, path):
    keeps_within(cast.visitor, path)


@pytest.mark.parametrize("path", ["/today/", "/account/", "/account/settings/"])
def test_a_page_stays_within_its_processor_time(cast, path):
    keeps_within(cast.ada.browser, path)


def keeps_within(browser, path) -> None:
    spent = processor.milliseconds(lambda: browser.get(path))
    assert spent[len(spent) // 2] <= MEDIAN_MS
    assert spent[-2] <= WORST_MS  # the worst of fifteen may be the garbage collector's
