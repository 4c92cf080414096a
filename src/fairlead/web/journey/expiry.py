"""How long this room keeps what it holds: until the person deletes it, or their account goes."""

from __future__ import annotations

from typing import Final

from fairlead.web.journey.models import OWNED

KEPT: Final = {table.__name__: "own" for table in OWNED} | {"Witness": "own", "Advocacy": "own"}
