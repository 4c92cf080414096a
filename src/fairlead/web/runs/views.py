"""How far a run is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from fairlead.web import access

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest


@require_safe
@login_required
def show(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Say how far it is; once it is done, lead to its result."""
    run = access.get(request.user, "run.view", pk)
    asked_by_htmx = request.headers.get("HX-Request") == "true"
    if run.is_done and run.page:
        return HttpResponseClientRedirect(run.page) if asked_by_htmx else redirect(run.page)
    return render(request, "parts/progress.html" if asked_by_htmx else "runs/run.html", {"run": run})
