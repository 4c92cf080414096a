"""Sees every statement that a page sends, and remembers those that ask a ballot box for what lies in it."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from django.core.signals import request_finished, request_started
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator

ALLOWED: Final = re.compile(r"POST /feedback/answer/[0-9a-f-]{36}/(withdraw/)?")
"""Sending an answer and taking it back look for a place; no other page has a reason to."""

_ASKS: Final = re.compile(r"^\s*(?!INSERT|DELETE).*\bweb_ballot\b", re.IGNORECASE | re.DOTALL)


@contextmanager
def recorded() -> Iterator[list[str]]:
    """Give the list that fills with every page that asked, and what it asked."""
    found: list[str] = []
    pages: list[str] = []

    def begins(environ: dict[str, Any] | None = None, **_more: Any) -> None:
        pages[:] = [f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"] if environ else []

    def ends(**_more: Any) -> None:
        pages.clear()

    def sees(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if pages and not ALLOWED.fullmatch(pages[0]) and _ASKS.search(str(sql)):
            found.append(f"{pages[0]}: {sql}")
        return execute(sql, params, many, context)

    request_started.connect(begins, weak=False)
    request_finished.connect(ends, weak=False)
    connection.execute_wrappers.append(sees)
    try:
        yield found
    finally:
        connection.execute_wrappers.remove(sees)
        request_started.disconnect(begins)
        request_finished.disconnect(ends)
