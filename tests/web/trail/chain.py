"""A chain of lines over some days, and what somebody with the database in their hands can do to it."""

from __future__ import annotations

import datetime as dt
import json
import random
import uuid
from typing import Any

import time_machine
from django.db import connection
from tests.factories import PersonFactory

from fairlead.web import trail
from fairlead.web.trail import actions, checking, guard, sealing
from fairlead.web.trail.models import Head

FIRST_DAY = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
ENTRY_COLUMNS = [name for name in sealing.COLUMNS if name != "id"]


def chain(lines: int = 30, a_day: int = 10) -> str:
    """Add so many lines, so many a day, and give the heads of the days as they were exported."""
    ada, ben = PersonFactory.create(), PersonFactory.create()
    for number in range(lines):
        day, nth = divmod(number, a_day)
        with time_machine.travel(FIRST_DAY + dt.timedelta(days=day, minutes=nth), tick=False):
            if number % 3:
                trail.record(ada, ("tick", "keep")[number % 2], ada, count=number, share=number / 7)
            else:
                trail.saw(ada, ben, subject=ben)
    with time_machine.travel(FIRST_DAY + dt.timedelta(days=lines // a_day + 1), tick=False):
        actions.write_heads()
    return checking.written(Head.objects.all())


def sql(statement: str, *values: Any) -> None:
    """Run one statement as whoever owns the database."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def number(value: uuid.UUID | None) -> Any:
    """Write an id as the database keeps it."""
    return None if value is None else value if connection.vendor == "postgresql" else value.hex


def rows() -> dict[int, dict[str, Any]]:
    """Give every line as the database keeps it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(sealing.COLUMNS)} FROM web_entry ORDER BY id")
        return {row[0]: dict(zip(sealing.COLUMNS, row, strict=True)) for row in cursor.fetchall()}


def write(line: int, values: dict[str, Any]) -> None:
    """Write over columns of a line."""
    places = ", ".join(f"{name} = %s" for name in values)
    sql(f"UPDATE web_entry SET {places} WHERE id = %s", *values.values(), line)


def renumber(after: int, by: int) -> None:
    """Move the numbers of all lines after one."""
    sql("UPDATE web_entry SET id = -id WHERE id > %s", after)
    sql("UPDATE web_entry SET id = -id + %s WHERE id < 0", by)


class Tamperer:
    """Does one thing at random to a chain; every kind of it is used."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.lines = rows()
        self.last = max(self.lines)
        guard.disarm()

    def any_line(self, first: int = 1, last: int | None = None) -> int:
        return self.chance.randint(first, last or self.last)

    def edit(self) -> str:
        """Write another value into one column of one line."""
        line, column = self.any_line(), self.chance.choice(ENTRY_COLUMNS)
        value = {
            "at": lambda: "2026-03-02 09:00:00.000001+00",
            "actor": lambda: self.chance.choice([None, number(uuid.uuid4())]),
            "verb": lambda: "looked",
            "object_kind": lambda: "reading",
            "object_id": lambda: number(uuid.uuid4()),
            "subject": lambda: number(uuid.uuid4()),
            "facts": lambda: json.dumps({"count": -1}),
            "seal": lambda: "".join(self.chance.choices("0123456789abcdef", k=64)),
        }[column]()
        if connection.vendor == "sqlite" and column == "at":
            value = self.chance.choice(["2026-03-02 09:00:00.000001", "never"])
        if connection.vendor == "sqlite" and column == "facts":
            value = self.chance.choice([value, "[]", "7"])
        write(line, {column: value})
        return f"edit {column} of {line}"

    def delete(self) -> str:
        """Take a line out, and sometimes hide the gap."""
        line = self.any_line(last=self.last - 1)
        sql("DELETE FROM web_entry WHERE id = %s", line)
        hide = self.chance.random() < 0.5
        if hide:
            renumber(line, -1)
        return f"delete {line}, hidden: {hide}"

    def swap(self) -> str:
        """Exchange two lines, with their seals or without."""
        one, other = self.chance.sample(sorted(self.lines), 2)
        seals = self.chance.random() < 0.5
        if self.chance.random() < 0.3:
            other = one + 1 if one < self.last else one - 1
        names = [name for name in ENTRY_COLUMNS if seals or name != "seal"]
        for here, there in ((one, other), (other, one)):
            write(here, {name: self.lines[there][name] for name in names})
        return f"swap {one} and {other}, seals: {seals}"

    def insert(self) -> str:
        """Put a line between two others, or behind the last one."""
        after = self.any_line(first=0)
        model = self.lines[self.any_line()]
        forged = dict(model, id=after + 1)
        if self.chance.random() < 0.5:
            forged |= {"object_id": number(uuid.uuid4()), "seal": "0" * 64}
        renumber(after, 1)
        places = ", ".join(["%s"] * len(forged))
        sql(f"INSERT INTO web_entry ({', '.join(forged)}) VALUES ({places})", *forged.values())
        return f"insert after {after}"

    def cut(self) -> str:
        """Take away the end; the heads inside go along."""
        first = self.any_line()
        sql("DELETE FROM web_entry WHERE id >= %s", first)
        sql("DELETE FROM web_head WHERE entry >= %s", first)
        return f"cut from {first}"

    def rechain(self) -> str:
        """With the key: change a line, then seal it and all after it anew; the heads inside too."""
        first = self.any_line()
        write(first, {"verb": "choose_role"})
        before = self.lines[first - 1]["seal"] if first > 1 else sealing.BEGINNING
        for line, _sealed in list(checking.lines_after(first - 1)):
            before = sealing.seal(sealing.keys()[0], before, line)
            write(line.id, {"seal": before})
            sql("UPDATE web_head SET seal = %s WHERE entry = %s", before, line.id)
        return f"rechain from {first}"
