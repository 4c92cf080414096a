"""The provider that runs while a module of tests does, and somebody who comes through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.cast import Browser
from tests.provider.running import Client, Provider, running
from tests.provider.visiting import HERE, Visitor, use

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with running() as found:
        yield found


@pytest.fixture(scope="module")
def client_there(provider) -> Client:
    return provider.register(HERE)


@pytest.fixture
def visitor(db, settings, provider, client_there) -> Visitor:
    use(settings, provider, client_there)
    return Visitor(provider, Browser())
