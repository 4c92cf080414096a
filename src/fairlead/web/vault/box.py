"""The ballot box: places made beforehand, all alike, whose papers nobody can find, count or put in order.

A box has one place for each person who is asked, from its first moment. A place is a row with a random
number and two sealed values of constant length: its head (whether something lies there, and the hash of
the receipt) and its paper, padded. To put a paper in is to write over a place drawn by chance among the
free ones. So rows, their order, their lengths and the size of the file are the same whether nobody
answered or everybody. With each paper ``COMPANY`` other places of the box, drawn by chance, are sealed
anew, and once a day all of them change places (``writing.mix``): neither the log of a database nor the
difference between two nights' backups points at one row.

Everything is sealed with the key of the box, which is sealed with the installation's key and destroyed
when the box is counted; what old backups hold of it is noise from then on. The paper holds no person,
no time and no number that counts up. A receipt is a code of 125 random bits that only its author has
seen; its hash is bound to code, person and box and lies inside the sealed head.

Putting a paper of 4 kB in takes 5 ms among 240 places and 60 to 90 ms among 10,000, taking it back 16 ms
and 0.2 to 0.4 s, mixing the whole box 0.06 s and 4 s (SQLite, one core of two that were busy).

It does not protect against the person who runs the server, holds the installation's key and looks into
the box while it is open: see ``docs/run/feedback.md``.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from fairlead.web.runs.actions import Refused
from fairlead.web.vault import keys, sealing
from fairlead.web.vault.models import Ballot, BoxKey

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from uuid import UUID

COMPANY: Final = 7
"""How many other places are sealed anew whenever one changes."""

BATCH: Final = 200

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS, _OF = 5, 5
_MISREAD: Final = str.maketrans("OIL", "011")
_HASH: Final = 32
_LENGTH: Final = 4

chance: Final = secrets.SystemRandom()


class Content(NamedTuple):
    """What lies in a place: the receipt's hash and the paper's bytes; both empty where nothing does."""

    receipt: bytes
    paper: bytes


NOTHING: Final = Content(b"", b"")


class NoBox(Refused):
    """There is no such box: it was counted, destroyed or never made."""

    def __init__(self) -> None:
        super().__init__("This survey takes no answers.")


class TooLong(Refused):
    """A paper that is larger than all the others of its box may be."""

    def __init__(self) -> None:
        super().__init__("Your comments are too long together. Please shorten them.")


@dataclass(frozen=True, slots=True)
class Box:
    """An open box: its number, its key, and how many bytes a paper has at most."""

    number: UUID
    key: bytes
    size: int

    def seal(self, place: UUID, content: Content) -> dict[str, bytes]:
        """Seal what lies in a place, as the columns of its row."""
        head = bytes([bool(content.receipt)]) + content.receipt.ljust(_HASH, b"\0")
        padded = len(content.paper).to_bytes(_LENGTH) + content.paper.ljust(self.size, b"\0")
        return {
            "head": self._sealed("head", place, head),
            "paper": self._sealed("paper", place, padded),
        }

    def receipt(self, place: UUID, head: bytes) -> bytes:
        """Open a head: the receipt's hash, or nothing where the place is free."""
        plain = self._opened("head", place, head)
        return plain[1:] if plain[0] else b""

    def content(self, place: UUID, head: bytes, paper: bytes) -> Content:
        """Open a whole place."""
        receipt = self.receipt(place, head)
        plain = self._opened("paper", place, paper)
        return Content(receipt, plain[_LENGTH : _LENGTH + int.from_bytes(plain[:_LENGTH])])

    def bytes_of(self, paper: dict[str, Any]) -> bytes:
        """Write a paper as JSON; ``TooLong`` where it does not fit."""
        written = json.dumps(paper, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        if len(written) > self.size:
            raise TooLong
        return written

    def _sealed(self, column: str, place: UUID, plain: bytes) -> bytes:
        return sealing.seal(plain, key=self.key, number=self.number, where=f"ballot.{column} {place}")

    def _opened(self, column: str, place: UUID, blob: bytes) -> bytes:
        return sealing.unseal(bytes(blob), key=self.key, where=f"ballot.{column} {place}")


def make(number: UUID, *, size: int, today: date) -> Box:
    """Make the key of a box."""
    row, key = keys.new_for_box(number)
    row.size, row.mixed_on = size, today
    row.save(force_insert=True)
    return Box(number, key, size)


def opened(number: UUID) -> Box:
    """Open a box and let nobody else open it until the transaction ends; ``NoBox`` where there is none."""
    row = BoxKey.objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise NoBox
    return Box(row.box, keys.of_box(row), row.size)


def places(box: Box) -> list[UUID]:
    """Give the numbers of all places of a box, in an order drawn by chance."""
    found = list(Ballot.objects.filter(box=box.number).values_list("pk", flat=True))
    chance.shuffle(found)
    return found


def receipts(box: Box, among: Sequence[UUID]) -> Iterator[tuple[UUID, bytes]]:
    """Give places with their receipts' hashes (empty: free), some at a time, in the order of ``among``."""
    for start in range(0, len(among), BATCH):
        some = among[start : start + BATCH]
        heads = dict(Ballot.objects.filter(pk__in=some).values_list("pk", "head"))
        for place in some:
            yield place, box.receipt(place, bytes(heads[place]))


def contents(box: Box, among: Sequence[UUID]) -> Iterator[tuple[UUID, Content]]:
    """Give places with what lies in them, some at a time, in the order of ``among``."""
    for start in range(0, len(among), BATCH):
        some = among[start : start + BATCH]
        found = {
            pk: rest for pk, *rest in Ballot.objects.filter(pk__in=some).values_list("pk", "head", "paper")
        }
        for place in some:
            yield place, box.content(place, *(bytes(part) for part in found[place]))


def put(box: Box, place: UUID, content: Content) -> None:
    """Write over what lies in a place."""
    Ballot.objects.filter(pk=place).update(**box.seal(place, content))


def new_code() -> str:
    """Draw a receipt's code: 125 bits, as letters and digits that are not mistaken for one another."""
    drawn = "".join(chance.choice(_LETTERS) for _ in range(_GROUPS * _OF))
    return "-".join(drawn[start : start + _OF] for start in range(0, len(drawn), _OF))


def hash_of(code: str, *, person: UUID, box: UUID) -> bytes:
    """Hash a code as a person may have written it down; it fits that person and that box alone."""
    plain = "".join(code.upper().split()).replace("-", "").translate(_MISREAD)
    return hashlib.sha256(b"fairlead receipt" + box.bytes + person.bytes + plain.encode()).digest()
