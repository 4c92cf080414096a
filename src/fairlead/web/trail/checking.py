"""Walking along the chain: whole, or the first line that is not, and how."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from fairlead.web.trail import sealing
from fairlead.web.trail.models import Entry, Head
from fairlead.web.trail.sealing import COLUMNS, Line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Sealed = tuple[Line, str]

BATCH: Final = 2_000
_HEAD: Final = re.compile(r"^\s*(\d{4}-\d{2}-\d{2})\s+(\d{1,18})\s+([0-9a-f]{64})\s*$")


@dataclass(frozen=True, slots=True)
class Kept:
    """A head as somebody outside the database keeps it."""

    day: date
    entry: int
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a walk found: ``wrong`` is the first line that is not right, ``how`` one word for it."""

    whole: bool
    lines: int
    says: str
    wrong: int | None = None
    how: str = ""


class NotWhole(Exception):  # noqa: N818 - what a walk came upon
    """The first line that is not right, and how."""

    def __init__(self, how: str, wrong: int, says: str) -> None:
        super().__init__(says)
        self.how, self.wrong, self.says = how, wrong, says


def written(heads: Iterable[Any]) -> str:
    """Write heads as they are mailed and exported: day, number of the last line, seal; nothing else."""
    return "".join(f"{head.day:%Y-%m-%d} {head.entry} {head.seal}\n" for head in heads)


def read_heads(text: str) -> list[Kept]:
    """Read heads from an exported file or a saved mail; other lines are passed over."""
    found = (_HEAD.match(line) for line in text.splitlines())
    return [Kept(date.fromisoformat(one[1]), int(one[2]), one[3]) for one in found if one]


def verify(outside: Sequence[Kept] = (), say: Callable[[int], None] | None = None) -> Found:
    """Walk along the chain, compare it with the heads inside and outside the database.

    What a walk can show: a line changed, missing, added between others or exchanged, by anybody
    without the key. With heads from outside: lines cut off the end, and a chain that somebody who
    holds the key has written anew.
    """
    walk = _Walk(outside)
    try:
        for line, sealed in lines_after(0):
            walk.step(line, sealed)
            if say is not None and walk.lines % 10_000 == 0:
                say(walk.lines)
        walk.end()
    except NotWhole as fault:
        return Found(whole=False, lines=walk.lines, says=fault.says, wrong=fault.wrong, how=fault.how)
    return Found(whole=True, lines=walk.lines, says=walk.told())


class _Walk:
    """Where the walk is: the line before and its seal, and which keys still count."""

    def __init__(self, outside: Sequence[Kept]) -> None:
        anchor = Head.objects.filter(pruned=True).last()
        inside = [Kept(head.day, head.entry, head.seal) for head in Head.objects.order_by("entry")]
        self.anchor = Kept(anchor.day, anchor.entry, anchor.seal) if anchor else None
        self.heads = sorted({*inside, *outside}, key=lambda head: head.entry)
        self.compared = len(outside)
        self.first, self.number, self.before = 1, 0, sealing.BEGINNING
        if self.anchor:
            self.first, self.number, self.before = (
                self.anchor.entry + 1,
                self.anchor.entry,
                self.anchor.seal,
            )
        self.keys = sealing.keys()
        self.lines = 0
        self.pruned: tuple[int, date] | None = None
        self._next_head = 0
        self._pass_old_heads()

    def step(self, line: Line, sealed: str) -> None:
        """Take the next line, or say what is wrong with it."""
        if line.id != self.number + 1:
            raise NotWhole("missing", self.number + 1, _missing(self.number + 1, line.id - 1))
        key = sealing.fits(self.keys, self.before, line, sealed)
        if key is None:
            raise _diagnose(self.keys, self.before, line, sealed)
        self.keys = self.keys[: key + 1]  # once a newer key is in use, an older one seals nothing any more
        self.number, self.before = line.id, sealed
        self.lines += 1
        if line.verb == "prune" and line.actor is None:
            days = timedelta(days=int(line.facts.get("days", 0)))
            self.pruned = (int(line.facts.get("through", 0)), timezone.localtime(line.at).date() - days)
        self._compare()

    def end(self) -> None:
        """Compare with what must have been there: a prune that was recorded, and later heads."""
        if self.anchor and (self.pruned is None or self.pruned[0] != self.anchor.entry):
            says = f"The lines up to {self.anchor.entry} are missing, and no line says that they were old."
            raise NotWhole("missing", self.anchor.entry, says)
        for head in self._old_heads:
            if self.pruned and head.entry < self.pruned[0] and head.day >= self.pruned[1]:
                says = (
                    f"Line {head.entry} is missing: it belongs to {_day(head.day)}, and its time is not over."
                )
                raise NotWhole("missing", head.entry, says)
        if self._next_head < len(self.heads):
            head = self.heads[-1]
            says = (
                f"Cut off: the record ends with line {self.number}, and on {_day(head.day)} "
                f"it had reached line {head.entry}."
            )
            raise NotWhole("cut", self.number + 1, says)

    def told(self) -> str:
        """Say in one sentence what is whole."""
        if not self.lines:
            return "The record is whole: it holds no lines yet."
        heads = f" and agree with the {self.compared} heads given" if self.compared else ""
        return f"The record is whole: lines {self.first} to {self.number} follow from each other{heads}."

    def _pass_old_heads(self) -> None:
        self._old_heads = [head for head in self.heads if head.entry < self.number]
        self._next_head = len(self._old_heads)
        self._compare()

    def _compare(self) -> None:
        while self._next_head < len(self.heads) and self.heads[self._next_head].entry == self.number:
            head = self.heads[self._next_head]
            self._next_head += 1
            if head.seal != self.before:
                says = (
                    f"Written anew: line {self.number} has another seal than the head of {_day(head.day)}, "
                    "though the lines follow from each other. Somebody with the key changed it or one before."
                )
                raise NotWhole("rewritten", self.number, says)


def _missing(first: int, last: int) -> str:
    return f"Line {first} is missing." if first >= last else f"Lines {first} to {last} are missing."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _diagnose(keys: Sequence[bytes], before: str, line: Line, sealed: str) -> NotWhole:
    """Say how a line that does not follow came to be where it is, as far as the lines after it tell."""
    number = line.id
    after: list[Sealed] = []
    with suppress(NotWhole):  # what is wrong further on is not the first thing that is wrong
        after = list(islice(lines_after(number), 1))

    def follows(onto: str, found: Sealed, as_number: int) -> bool:
        return sealing.fits(keys, onto, found[0]._replace(id=as_number), found[1]) is not None

    if after:
        following = after[0]
        # The line after this one stood here, and this one after it.
        exchanged = follows(before, following, number) and follows(
            following[1], (line, sealed), following[0].id
        )
        if not exchanged and follows(before, following, number):
            return NotWhole(
                "inserted", number, f"Line {number} was inserted: the lines after it follow without it."
            )
        if follows(sealed, following, number + 2):
            says = f"A line before line {number} is missing, and the lines after it carry new numbers."
            return NotWhole("missing", number, says)
    return _changed_or_exchanged(keys, before, line, sealed)


def _changed_or_exchanged(keys: Sequence[bytes], before: str, line: Line, sealed: str) -> NotWhole:
    """Look through the lines after it for the one that belongs here."""
    number = line.id
    with suppress(NotWhole):  # what is wrong further on is not the first thing that is wrong
        for other, other_sealed in lines_after(number):
            if any(
                sealing.fits(keys, before, other._replace(id=number), candidate) is not None
                for candidate in (sealed, other_sealed)
            ):
                return NotWhole("swapped", number, f"Line {number} was exchanged with line {other.id}.")
    says = f"Line {number} was changed, or was not written by Fairlead."
    return NotWhole("changed", number, says)


def lines_after(number: int, batch: int = BATCH) -> Iterator[Sealed]:
    """Give the lines after a number, batch by batch; what cannot be read at all is a changed line."""
    while rows := _batch(number, batch):
        yield from rows
        number = rows[-1][0].id


_UNREADABLE: Final = (ValueError, TypeError, AttributeError, OverflowError)


def _batch(number: int, size: int) -> list[Sealed]:
    found = Entry.objects.filter(id__gt=number).order_by("id").values_list(*COLUMNS)
    try:
        return [_sealed(row) for row in found[:size]]
    except _UNREADABLE:
        return _up_to_the_broken_one(number, size)


def _up_to_the_broken_one(number: int, size: int) -> list[Sealed]:
    whole: list[Sealed] = []
    ids = Entry.objects.filter(id__gt=number).order_by("id").values_list("id", flat=True)
    for one in ids[:size]:
        try:
            whole += [_sealed(row) for row in Entry.objects.filter(id=one).values_list(*COLUMNS)]
        except _UNREADABLE as fault:
            if whole:
                return whole
            raise NotWhole("changed", one, f"Line {one} was changed: it can no longer be read.") from fault
    return whole


def _sealed(row: tuple[Any, ...]) -> Sealed:
    line = Line(*row[:-1])
    if not all((line.at, line.object_id, isinstance(line.facts, dict))):
        raise TypeError("a column is empty that never is")
    return line, str(row[-1])
