"""The append-only record of who did and saw what, without content: ``trail.record(...)``."""

from fairlead.web.trail.actions import Doing, record, record_many, saw

__all__ = ["Doing", "record", "record_many", "saw"]
