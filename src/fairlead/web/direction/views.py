"""My direction: where somebody is with each part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Show where the person is with each part."""
    return render(request, "direction/index.html")
