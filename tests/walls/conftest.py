"""What every wall test has about it: no page asks a ballot box for what lies in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.walls.ballot_recorder import recorded

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def asked_of_boxes() -> Iterator[list[str]]:
    with recorded() as found:
        yield found
    assert found == []
