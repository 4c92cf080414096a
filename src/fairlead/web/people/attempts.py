"""How often a door was tried: counted in the database, under keys that name nobody."""

from __future__ import annotations

from typing import Final

from django.utils.crypto import salted_hmac

SALT: Final = "fairlead.web.people.attempts"


def sealed(key: str, key_prefix: str, version: int) -> str:
    """Give the key under which something is counted: whoever reads the table learns no address from it."""
    return salted_hmac(SALT, f"{key_prefix}:{version}:{key}", algorithm="sha256").hexdigest()
