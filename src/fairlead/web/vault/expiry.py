"""How long this room keeps what it holds: a key goes with its person."""

from typing import Final

KEPT: Final = {"DataKey": "account"}
