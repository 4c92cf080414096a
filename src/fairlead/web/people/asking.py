"""What a view may count on once ``login_required`` has let a request pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase
    from django_htmx.middleware import HtmxDetails

    from fairlead.web.people.models import User


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in: ``request.user.person`` is there."""

    user: User
    session: SessionBase
    htmx: HtmxDetails
