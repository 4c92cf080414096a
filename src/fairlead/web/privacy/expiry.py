"""How long this room keeps what it holds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from fairlead.web.privacy.models import ErasureRequest

if TYPE_CHECKING:
    from datetime import datetime

KEPT: Final = {"ErasureRequest": "requests"}


def clear_requests(now: datetime, days: int) -> int:
    """Remove requests that were answered or taken back long enough ago; an open one stays."""
    return ErasureRequest.objects.filter(answered_at__lte=now - timedelta(days=days)).delete()[0]


EXPIRES: Final = {"requests": clear_requests}
