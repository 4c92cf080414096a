"""What every test may use: the cast, each with a browser of their own."""

from __future__ import annotations

import gc
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from tests import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cast import Cast


# The same commit gives the same answer: each run draws the same examples, and `make explore` draws others.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", derandomize=False, print_blob=True, deadline=None)
settings.load_profile(os.environ.get("FAIRLEAD_EXAMPLES", "same"))

# Programs of their own, started by tests: reading them for examples would run them.
collect_ignore = [
    "provider/serve.py",
    "walls/box_attack.py",
    "walls/killed_closing.py",
    "walls/killed_imports.py",
]


def pytest_collection() -> None:
    """Look for no garbage while tests are gathered: whatever is imported stays."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Never look through what was imported again, and seldom through the rest."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def _drawn_plainly(django_test_environment: None) -> None:
    """Draw templates as in production: no test reads a context, and copies cost a tenth of each page."""
    from django.template.base import Template
    from django.test.utils import _TestState

    Template._render = _TestState.saved_data.template_render


@pytest.fixture(scope="session", autouse=True)
def _drawn_once() -> None:
    """Draw each chart once: the same description gives the same drawing, and most calendars are the same."""
    from fairlead.render import drawing

    renderer, found = drawing._renderer, {}

    class Remembering:
        def __getattr__(self, name: str) -> Any:
            return getattr(renderer(), name)

        def vegalite_to_svg(self, spec: Any, **options: Any) -> str:
            asked = json.dumps([spec, options], sort_keys=True)
            if asked not in found:
                found[asked] = renderer().vegalite_to_svg(spec, **options)
            return found[asked]

    drawing._renderer = Remembering


@pytest.fixture(scope="session", autouse=True)
def _emptied_plainly() -> None:
    """Empty the tables after a test that commits, and tell no app that it was migrated anew.

    That fills in a row for each kind of object and each thing that might be done to it, four hundred in all,
    and nothing here reads them.
    """
    from django.core.management import call_command
    from django.test import TransactionTestCase

    def emptied(case: TransactionTestCase) -> None:
        for name in case._databases_names(include_mirrors=False):
            options = {"interactive": False, "reset_sequences": False, "inhibit_post_migrate": True}
            call_command("flush", verbosity=0, database=name, **options)

    TransactionTestCase._fixture_teardown = emptied


@pytest.fixture(scope="session")
def empty_tables(request: pytest.FixtureRequest) -> Path:
    """A folder with SQLite's files as every migration leaves them."""
    return tables.kept_in(Path(request.config.rootpath, ".pytest_cache", "d", "tables"))


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """On SQLite the tables are there before the first test."""
    return "FAIRLEAD_TEST_DATABASE" not in os.environ


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, django_db_modify_db_settings_parallel_suffix: None, django_db_keepdb: bool
) -> None:
    """Put the tables where this worker looks for them."""
    if django_db_keepdb:
        from django.db import connection

        name = connection.creation._get_test_db_name()
        tables.copied(request.getfixturevalue("empty_tables"), Path(name))


@pytest.fixture(autouse=True)
def _on_duty() -> Iterator[None]:
    """Let tests plant and look at private rows; within a request only its person does."""
    from fairlead.web import vault

    with vault.on_duty("test"):
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    """Ada, Ben, Cleo, Dora and Eve, signed in, and a logged-out visitor."""
    from tests.cast import assemble

    return assemble()


@pytest.fixture
def django_assert_num_queries(django_assert_num_queries):
    """Count the questions of what is done, and none of signing in."""
    return _signed_in(django_assert_num_queries)


@pytest.fixture
def django_assert_max_num_queries(django_assert_max_num_queries):
    """Bound the questions of what is done, and none of signing in."""
    return _signed_in(django_assert_max_num_queries)


@pytest.fixture(autouse=True)
def _nobody_waits():
    """Forget who did not sign in to the last test."""
    from tests.cast import WAITING

    WAITING.clear()


def _signed_in(counts):
    from tests.cast import sign_in_who_waits

    def counted(*number, **also):
        sign_in_who_waits()
        return counts(*number, **also)

    return counted
