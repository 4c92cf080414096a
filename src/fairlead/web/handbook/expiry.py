"""How long this room keeps what it holds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from fairlead.web.handbook.models import Idea, IdeaAnswer, Notice, Tip

if TYPE_CHECKING:
    from datetime import datetime

KEPT: Final = {
    "Tip": "handbook",
    "Idea": "handbook",
    "IdeaAnswer": "handbook",
    "Notice": "handbook",
    "UnitFollow": "own",
    "StatedValues": "organization",
}


def clear_handbook(now: datetime, days: int) -> int:
    """Remove tips, ideas, answers and notices that are old enough; whoever means them still writes anew.

    An idea stays as long as an answer to it does: it is what the answer is about.
    """
    end = now - timedelta(days=days)
    gone = Tip.objects.filter(written_on__lt=end.date()).delete()[0]
    gone += Notice.objects.filter(made_on__lt=end.date()).delete()[0]
    gone += IdeaAnswer.objects.filter(made_at__lt=end).delete()[0]
    return gone + Idea.objects.filter(made_at__lt=end, answers=None).delete()[0]


EXPIRES: Final = {"handbook": clear_handbook}
