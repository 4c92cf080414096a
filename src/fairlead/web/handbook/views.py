"""Pages of the library: by kind, one by one, found by words. Visitors read them where the setting says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fairlead.web import access
from fairlead.web.handbook import pages, queries, search
from fairlead.web.handbook.forms import SearchForm
from fairlead.web.handbook.public import readable

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase


def _page(request: HttpRequest, more: dict[str, Any], *, asked: str = "") -> dict[str, Any]:
    """Give a page what all of the library's pages have; a visitor's is bare: it sets no cookie."""
    return more | {
        "search": SearchForm({"q": asked}),
        "bare": not request.user.is_authenticated,
        "member": access.may(request.user, "tip.read"),
    }


@require_safe
@readable
def index(request: HttpRequest) -> HttpResponseBase:
    """Show every page by kind."""
    shown = _page(request, {"shelves": pages.shelves()})
    if shown["member"]:
        shown["moderates"] = access.may(request.user, "tip.moderate")
    return render(request, "handbook/index.html", shown)


@require_safe
@readable
def page(request: HttpRequest, name: str) -> HttpResponseBase:
    """Show one page, and to colleagues the tips under it."""
    found = pages.shown(name)
    if found is None:
        raise Http404(access.NOT_HERE)
    shown = _page(request, {"shown": found, "page": found.page})
    if shown["member"]:
        shown["tips"] = queries.tips_of(request.user, name)
        shown["writes"] = access.may(request.user, "tip.write")
    return render(request, "handbook/page.html", shown)


def _of_colleagues(request: Any, shown: dict[str, Any], asked: str) -> list[queries.Hit]:
    """Search what colleagues wrote, which is read anew each time; the library's pages are always searched."""
    if not search.words(asked):
        return []
    shown["many"] = queries.too_many_searches(request.user.person)
    return [] if shown["many"] else queries.search_colleagues(request.user, asked)


@require_safe
@readable
def find(request: HttpRequest) -> HttpResponseBase:
    """Show what was found, best first."""
    asked = request.GET.get("q", "")[: search.LONGEST]
    shown = _page(request, {"asked": asked, "hits": queries.search_library(asked)}, asked=asked)
    shown["colleagues"] = _of_colleagues(request, shown, asked) if shown["member"] else []
    if search.words(asked) and not shown["hits"] and not shown["colleagues"]:
        shown["nearest"] = search.nearest(asked)
    return render(request, "handbook/search.html", shown)
