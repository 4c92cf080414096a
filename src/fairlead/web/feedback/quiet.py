"""What the log does not say: who was at the page of a survey, and what opens somebody's dates.

The framework writes a line with address and time for each form that was not in order, and for each page
that is not there. The address of a survey holds the number of somebody's seat: whoever keeps that line
knows who was answering, and when. The address of a calendar is a key: whoever reads it can use it.
"""

from __future__ import annotations

import logging
import re
from typing import Final

PAGES: Final = "/feedback/answer/"
_SEAT: Final = re.compile(re.escape(PAGES) + r"[0-9a-fA-F-]{32,36}")
# However it was typed: an address that leads nowhere because of one letter still holds the key, which is
# longer than any number of ours.
_KEY: Final = re.compile(r"(?<=/dates/)[^/\s\"'<>]+|(?<=/)[\w-]{40,}", re.IGNORECASE)


class Answers(logging.Filter):
    """Lets no line about the pages of surveys pass, and none with a seat or the key of a calendar in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Drop what is no fault on the pages of surveys; take numbers and keys out of what passes."""
        said = record.getMessage()
        kept = _KEY.sub("…", said)
        path = str(getattr(getattr(record, "request", None), "path", ""))
        if path.startswith(PAGES) or PAGES in said:
            if record.levelno < logging.ERROR:
                return False
            kept = _SEAT.sub(f"{PAGES}…", kept)
        if kept != said:
            record.msg, record.args = kept, ()
        return True
