"""What the log does not say: that somebody was at the page of a survey at a certain time.

The framework writes a line with address and time for each form that was not in order, and the address
holds the number of somebody's seat. Whoever keeps that line knows who was answering, and when.
"""

from __future__ import annotations

import logging
import re
from typing import Final

PAGES: Final = "/feedback/answer/"
_SEAT: Final = re.compile(re.escape(PAGES) + r"[0-9a-fA-F-]{32,36}")


class Answers(logging.Filter):
    """Lets no line about these pages pass; a fault of ours passes without the number of the seat."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Drop what is no fault; take the number out of what is."""
        path = str(getattr(getattr(record, "request", None), "path", ""))
        if not path.startswith(PAGES) and PAGES not in record.getMessage():
            return True
        if record.levelno < logging.ERROR:
            return False
        record.msg, record.args = _SEAT.sub(f"{PAGES}…", record.getMessage()), ()
        return True
