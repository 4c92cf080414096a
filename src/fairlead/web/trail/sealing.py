"""The seal of a line: HMAC-SHA256 over the seal before it and the line's own bytes."""

from __future__ import annotations

import hashlib
import hmac
import json
import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

BEGINNING: Final = "0" * 64
"""What stands in place of a seal before the very first line."""


class Line(NamedTuple):
    """Everything that a seal covers, in the order of the columns."""

    id: int
    at: datetime
    actor: UUID | None
    verb: str
    object_kind: str
    object_id: UUID
    subject: UUID | None
    facts: Mapping[str, Any]


COLUMNS: Final = (*Line._fields, "seal")


def keys() -> tuple[bytes, ...]:
    """Give the keys, the newest first: it seals, the older ones only prove what they sealed."""
    return tuple(key.encode() for key in settings.TRAIL_KEYS)


def canonical(line: Line) -> bytes:
    """Write a line in the one way in which it is sealed, whatever database it comes from."""
    return json.dumps(
        [
            line.id,
            line.at.astimezone(UTC).isoformat(timespec="microseconds"),
            _hex(line.actor),
            line.verb,
            line.object_kind,
            _hex(line.object_id),
            _hex(line.subject),
            {name: _plain(fact) for name, fact in line.facts.items()},
        ],
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    ).encode("ascii")


def seal(key: bytes, before: str, line: Line) -> str:
    """Seal a line onto the one before it."""
    return hmac.new(key, before.encode("ascii", "replace") + canonical(line), hashlib.sha256).hexdigest()


def fits(with_keys: Sequence[bytes], before: str, line: Line, sealed: str) -> int | None:
    """Say by which key the line was sealed onto that seal; ``None`` when by none of them."""
    for number, key in enumerate(with_keys):
        if hmac.compare_digest(seal(key, before, line), sealed.encode("ascii", "replace").decode()):
            return number
    return None


def _hex(number: UUID | None) -> str | None:
    return None if number is None else number.hex


def _plain(fact: Any) -> Any:
    # PostgreSQL gives 1e20 back as a whole number; a fact is the same fact either way.
    if isinstance(fact, float) and math.isfinite(fact) and fact.is_integer():
        return int(fact)
    return fact
