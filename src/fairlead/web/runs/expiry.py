"""How long this room keeps what it holds; the rooms that start runs clear theirs."""

from typing import Final

KEPT: Final = {"Run": "readings"}
