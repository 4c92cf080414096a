"""How long this room keeps what it holds: a key goes with its person, or with its box."""

from typing import Final

KEPT: Final = {"DataKey": "account", "BoxKey": "surveys", "Ballot": "surveys"}
