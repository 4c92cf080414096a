"""The pages that belong to no room: the front door, Today, appearance, health, errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from fairlead.web import kept, look
from fairlead.web.today import today
from fairlead.web.vault import ready

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from fairlead.web.people.asking import MemberRequest

YEAR = 365 * 24 * 3600


@require_safe
def landing(request: HttpRequest) -> HttpResponseBase:
    """Say what this is; somebody who is signed in goes on to Today."""
    if request.user.is_authenticated:
        return redirect("today")
    return render(request, "landing.html", {"open": settings.ACCOUNT_SIGNUP_OPEN})


@require_safe
@login_required
def show_today(request: MemberRequest) -> HttpResponseBase:
    """One thing to do, and what is waiting; nothing else."""
    return render(request, "today.html", {"today": today(request.user.person)})


@require_POST
def appearance(request: HttpRequest) -> HttpResponseBase:
    """Remember light, dark or as the device, in a cookie and nowhere else."""
    chosen = request.POST.get("appearance", "")
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = redirect(back if safe else "landing")
    if chosen in look.APPEARANCES:
        response.set_cookie(
            look.APPEARANCE_COOKIE, chosen, max_age=YEAR, samesite="Lax", secure=settings.HTTPS, httponly=True
        )
    return response


@require_safe
def healthz(request: HttpRequest) -> HttpResponseBase:
    """Say that the process answers."""
    del request
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponseBase:
    """Say whether the database can be read, and whether the second wall stands."""
    del request
    try:
        wrong = ready.problems()
    except DatabaseError:
        wrong = ["the database does not answer"]
    if wrong:
        return HttpResponse("".join(f"{says}\n" for says in wrong), content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """Answer a request that cannot be understood."""
    del exception
    return render(request, "400.html", {"bare": True}, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """Answer a request that is not allowed."""
    del exception
    return render(request, "403.html", {"bare": True}, status=403)


def not_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """Answer alike for what is not there and what is not yours: the page holds no path and no token."""
    del exception
    return render(request, "404.html", {"bare": True}, status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Explain a form that was sent without its token: an old page, or cookies refused."""
    del reason
    if kept.may_send_again(request):
        return kept.page(request)
    return render(request, "403_csrf.html", {"bare": True}, status=403)
