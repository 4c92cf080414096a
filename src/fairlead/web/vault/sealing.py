"""AES-256-GCM: values sealed with a person's key, and that key with the installation's.

A sealed value is: version (1 byte), number of the key (16), how many others may read it (1) and their
numbers (16 each), nonce (12), ciphertext with its tag. Where it stands (table.column) and all that
comes before the nonce are authenticated: a value moved to another column, or given another reader, does
not open.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

VERSION: Final = 1
NONCE: Final = 12
"""Bytes drawn anew for each value: one key may seal four thousand million values before that is too few."""

_FIXED: Final = 18
_TAG: Final = 16
_WRAPPED_AS: Final = b"fairlead data key"


class DoesNotOpen(ValueError):  # noqa: N818 - named for what happened
    """A sealed value, or a key, that this key does not open."""


@dataclass(frozen=True, slots=True)
class Header:
    """What stands unsealed before a value: the key it asks for, and who may read beside the owner."""

    key: UUID
    readers: tuple[UUID, ...]
    length: int


def header(blob: bytes) -> Header:
    """Read what a sealed value says about itself."""
    if len(blob) < _FIXED or blob[0] != VERSION:
        raise DoesNotOpen("This is no sealed value of this version.")
    end = _FIXED + 16 * blob[17]
    if len(blob) < end + NONCE + _TAG:
        raise DoesNotOpen("This sealed value was cut off.")
    readers = tuple(UUID(bytes=blob[start : start + 16]) for start in range(_FIXED, end, 16))
    return Header(key=UUID(bytes=blob[1:17]), readers=readers, length=end)


def seal(plain: bytes, *, key: bytes, number: UUID, where: str, readers: Iterable[UUID] = ()) -> bytes:
    """Seal a value that stands at ``where`` for the holder of the key, and for ``readers``."""
    others = b"".join(reader.bytes for reader in readers)
    head = bytes([VERSION]) + number.bytes + bytes([len(others) // 16]) + others
    nonce = secrets.token_bytes(NONCE)
    return head + nonce + AESGCM(key).encrypt(nonce, plain, where.encode() + head)


def unseal(blob: bytes, *, key: bytes, where: str) -> bytes:
    """Open a value; ``DoesNotOpen`` when the key, the place or one bit is another."""
    end = header(blob).length
    try:
        return AESGCM(key).decrypt(blob[end : end + NONCE], blob[end + NONCE :], where.encode() + blob[:end])
    except InvalidTag:
        raise DoesNotOpen(f"A value in {where} does not open: it was changed, or moved there.") from None


def master(secret: str) -> bytes:
    """Make the installation's key out of its secret, which may be any long text."""
    return HKDF(SHA256(), length=32, salt=None, info=b"fairlead vault").derive(secret.encode())


def wrap(data_key: bytes, *, person: UUID, masters: Sequence[bytes]) -> bytes:
    """Seal a person's key with the first of the installation's keys."""
    nonce = secrets.token_bytes(NONCE)
    head = bytes([VERSION]) + _mark(masters[0])
    return head + nonce + AESGCM(masters[0]).encrypt(nonce, data_key, _WRAPPED_AS + person.bytes + head)


def unwrap(wrapped: bytes, *, person: UUID, masters: Sequence[bytes]) -> bytes:
    """Open a person's key with whichever of the installation's keys sealed it."""
    head = wrapped[:9]
    for one in masters:
        if head == bytes([VERSION]) + _mark(one):
            try:
                return AESGCM(one).decrypt(wrapped[9:21], wrapped[21:], _WRAPPED_AS + person.bytes + head)
            except InvalidTag:
                break
    raise DoesNotOpen("The vault key does not open the keys in this database.")


def is_wrapped_by(wrapped: bytes, one: bytes) -> bool:
    """Say whether this key of the installation sealed that key of a person."""
    return wrapped[1:9] == _mark(one)


def _mark(one: bytes) -> bytes:
    return hashlib.sha256(b"mark" + one).digest()[:8]
