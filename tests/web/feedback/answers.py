"""Somebody who answers a survey step by step, and what a test reads off the page and the tables."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from typing import Any

from django.db import connection
from django.utils import timezone
from tests.web.feedback import boxed

from fairlead.web import vault
from fairlead.web.feedback import terms
from fairlead.web.feedback.models import Seat

CODE = re.compile(r'<code id="code">([0-9A-Z-]{29})</code>')
WORD = "quartzheron"
"""A word that stands nowhere by chance."""


class Answering:
    """Cleo answers step by step, as a browser does."""

    def __init__(self, organization: Any, *, kind: str = "upward", own: bool = False, **more: Any) -> None:
        self.cleo, self.organization = organization["cleo"], organization
        self.ben = organization.person("ben")
        members = [self.cleo.person, organization.person("max"), *boxed.staff(4)]
        about = {"about": self.ben} if own else {"managers": [self.ben]}
        today = timezone.localdate()
        self.made = boxed.opened(
            [members], kind=kind, closes_on=today + dt.timedelta(days=5), **about, **more
        )
        self.survey = self.made.survey
        self.instrument = terms.instrument_of(self.survey)
        self.seat = Seat.objects.get(survey=self.survey, owner=self.cleo.person)
        self.path = f"/feedback/answer/{self.seat.pk}/"
        self.items = [question.id for question in self.instrument.questions()]
        self.words = [item.id for item in self.instrument.comment_items()]

    def filled(self, **more: str) -> dict[str, str]:
        said = {f"answer-{item}": str(1 + at % 5) for at, item in enumerate(self.items)}
        said |= {f"comment-{self.words[0]}": f"{WORD} helps.", f"choice-{self.words[0]}": "themes"}
        return said | more

    def post(self, said: dict[str, str], go: str) -> Any:
        return self.cleo.browser.post(self.path, said | {"go": go})

    def send(self, said: dict[str, str] | None = None) -> Any:
        said = self.filled() if said is None else said
        page = self.post(said, "review")
        return self.post(said | carried(page), "send")

    def used(self) -> str:
        return str(Seat.objects.get(pk=self.seat.pk).used)


def carried(page: Any) -> dict[str, str]:
    """What the page carries along in hidden fields."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode())
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def text(page: Any) -> str:
    """The words on a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def everything() -> dict[str, list[str]]:
    """Every row of every table as the database holds it; without sessions and counters of attempts."""
    found = {}
    # PostgreSQL gives the rows of ballot boxes to this duty alone.
    with vault.on_duty("ballots"), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in {"django_session", "usersessions_usersession", "web_attempt"}:
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(
                str([bytes(one) if isinstance(one, memoryview) else one for one in row]) for row in cursor
            )
    return found
