"""The browsers somebody is signed in with: which they are, and ending one or all the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from fairlead.web.people import agents

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show(request: MemberRequest) -> HttpResponseBase:
    """List the browsers, this one first; a POST ends all the others."""
    if request.method == "POST":
        end_other_sessions(request, request.user)
        get_adapter(request).send_notification_mail("usersessions/email/ended", request.user)
        messages.info(request, "Every other browser is signed out.")
        return redirect("usersessions_list")
    found = [
        {
            "pk": one.pk,
            "browser": agents.browser(one.user_agent),
            "ip": one.ip,
            "since": one.created_at,
            "this": one.is_current(),
        }
        for one in UserSession.objects.purge_and_list(request.user)
    ]
    found.sort(key=lambda one: (one["this"], one["since"]), reverse=True)
    return render(request, "usersessions/usersession_list.html", {"browsers": found})


@require_POST
@login_required
def end(request: MemberRequest, pk: int) -> HttpResponseBase:
    """End one browser's session; the one in use is left by signing out."""
    one = UserSession.objects.filter(user=request.user, pk=pk).first()
    if one is None or one.is_current():
        raise Http404
    one.end()
    get_adapter(request).send_notification_mail("usersessions/email/ended", request.user)
    messages.info(request, "That browser is signed out.")
    return redirect("usersessions_list")
