"""Two windows of one person at the same moment."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fairlead.web.people.models import Person

TURN = 'FROM "web_person" WHERE "web_person"."id" = '


@contextmanager
def another_first(person: Person, act: Callable[[], Any]) -> Iterator[None]:
    """Let another window act while this one waits for the person's row: what is read before is old then."""
    done = False

    def wait(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal done
        if not done and TURN in sql:
            done = True
            act()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wait):
        yield
    assert done, f"no turn of {person.pk} was waited for"
