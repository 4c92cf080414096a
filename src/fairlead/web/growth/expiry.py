"""How long this room keeps what it holds: until the person deletes it, or their account goes."""

from __future__ import annotations

from typing import Final

from fairlead.web.growth.later_models import LATER_OWNED
from fairlead.web.growth.models import OWNED

KEPT: Final = {table.__name__: "own" for table in (*OWNED, *LATER_OWNED)} | {
    "Feed": "own",
    "MentorOffer": "own",
    "Mentorship": "own",
    "PublishedPhilosophy": "own",
}
