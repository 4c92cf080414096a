"""The append-only record of who did and saw what, without content: ``trail.record(...)``."""

from fairlead.web.trail.actions import record, saw

__all__ = ["record", "saw"]
