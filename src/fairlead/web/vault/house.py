"""Short secrets of accounts, sealed with the installation's own key: no person's key has to be opened.

A second factor is asked for before anybody is signed in. Without the installation's key, which is in
no archive, neither a stolen database nor a stolen backup gives the codes of anybody's app.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Final
from uuid import UUID

from fairlead.web.vault import keys, sealing

MARK: Final = "sealed:"
"""What a sealed secret begins with; what does not was kept before there was a vault."""


def seal(plain: str, *, where: str) -> str:
    """Seal a secret that stands at ``where`` with the newest of the installation's keys."""
    key = keys.masters()[0]
    blob = sealing.seal(plain.encode(), key=key, number=_number(key), where=where)
    return MARK + base64.b64encode(blob).decode("ascii")


def unseal(sealed: str, *, where: str) -> str:
    """Open a secret with whichever of the installation's keys sealed it."""
    if not sealed.startswith(MARK):
        return sealed
    blob = base64.b64decode(sealed.removeprefix(MARK))
    wanted = sealing.header(blob).key
    for key in keys.masters():
        if _number(key) == wanted:
            return sealing.unseal(blob, key=key, where=where).decode()
    raise sealing.DoesNotOpen("The vault key does not open what is sealed with it.")


def is_newest(sealed: str) -> bool:
    """Say whether the newest key sealed it."""
    if not sealed.startswith(MARK):
        return False
    blob = base64.b64decode(sealed.removeprefix(MARK))
    return sealing.header(blob).key == _number(keys.masters()[0])


def _number(key: bytes) -> UUID:
    return UUID(bytes=hashlib.sha256(b"house" + key).digest()[:16])
