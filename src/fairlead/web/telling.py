"""Telling a person what became of what they asked for: done, or refused and why."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.contrib import messages

from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest


@contextmanager
def telling(request: HttpRequest, done: str) -> Iterator[None]:
    """Say on the next page that it was done, or with the refusal's own sentence that it was not."""
    try:
        yield
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
