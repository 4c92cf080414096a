"""What the room shows, and what it holds about a person."""

from __future__ import annotations

from fairlead.web.promotions.holdings import FIELDS, export

__all__ = ["FIELDS", "export"]
