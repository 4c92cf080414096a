"""Pages of the library: by kind, one by one. They open without signing in where the setting says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fairlead.web import access
from fairlead.web.handbook import pages
from fairlead.web.handbook.public import readable

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase


@require_safe
@readable
def index(request: HttpRequest) -> HttpResponseBase:
    """Show every page by kind."""
    return render(request, "handbook/index.html", {"shelves": pages.shelves()})


@require_safe
@readable
def page(request: HttpRequest, name: str) -> HttpResponseBase:
    """Show one page."""
    shown = pages.shown(name)
    if shown is None:
        raise Http404(access.NOT_HERE)
    return render(request, "handbook/page.html", {"shown": shown, "page": shown.page})
