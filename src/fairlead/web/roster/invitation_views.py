"""Invitations: sending them, and the page that they lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web import access
from fairlead.web.people.forms import zones
from fairlead.web.roster import forms, inviting, queries
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponseBase

    from fairlead.web.people.asking import MemberRequest
    from fairlead.web.roster.models import Invitation


@require_safe
@login_required
def invitations(request: MemberRequest) -> HttpResponseBase:
    """List who has no account and what was sent."""
    access.require(request.user, "roster.invite")
    shown = queries.waiting_for_invitation() | {"rows": inviting.rows(), "mail": bool(settings.EMAIL_HOST)}
    return render(request, "roster/invitations.html", shown)


@require_POST
@login_required
def send(request: MemberRequest) -> HttpResponseBase:
    """Invite one, several or all."""
    me = access.require(request.user, "roster.invite")
    try:
        if request.POST.get("all"):
            done = inviting.invite_all(me)
        else:
            chosen = [
                access.get(request.user, "roster.edit", pk).pk for pk in request.POST.getlist("person")[:300]
            ]
            done = inviting.invite_several(me, chosen)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("roster:invitations")
    if not isinstance(done, int):
        return redirect("runs:run", pk=done.pk)
    if done:
        messages.success(request, "1 invitation was sent." if done == 1 else f"{done} invitations were sent.")
    else:
        messages.warning(request, "Nobody was chosen who can be invited.")
    return redirect("roster:invitations")


@require_POST
@login_required
def invite_one(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Invite one person, or send the invitation again with a new link."""
    access.require(request.user, "roster.invite")
    found = access.get(request.user, "roster.edit", pk)
    with telling(request, f"{found} was invited. The link can be used for 14 days."):
        inviting.invite(request.user.person, found)
    return redirect("roster:person", pk=pk)


@require_POST
@login_required
def withdraw(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Take an invitation back."""
    found = access.get(request.user, "roster.invite", pk)
    with telling(request, "Withdrawn. The link does not work any more."):
        inviting.withdraw(request.user.person, found)
    return redirect("roster:invitations")


@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponseBase:
    """Say who invites and what for, and make the account; one calm page for every link that is over."""
    found = inviting.usable(token)
    if found is None:
        return render(request, "roster/link_over.html", status=404)
    if request.user.is_authenticated:
        return _join(request, found, token)
    known = inviting.has_account(found)
    password = not settings.OIDC_ONLY and not known
    form = forms.AcceptForm(inviting.user_to_be(found), request.POST if request.method == "POST" else None)
    if request.method == "POST" and password and form.is_valid():
        zone = form.cleaned_data["zone"]
        user = inviting.accept(
            token, password=form.cleaned_data["password"], zone=zone if zone in zones() else "UTC"
        )
        if user is None:
            return render(request, "roster/link_over.html", status=404)
        answer: HttpResponseBase = perform_login(request, user, redirect_url=reverse("today"))
        return answer
    shown = {"invitation": found, "form": form, "known": known, "password": password}
    shown |= {"provider": settings.OIDC_NAME if settings.OIDC_ISSUER else "", "back": request.path}
    return render(request, "roster/accept.html", shown, status=422 if form.errors else 200)


def _join(request: HttpRequest, found: Invitation, token: str) -> HttpResponseBase:
    """Join the account that is signed in to the place, if it has none yet."""
    me = request.user.person  # type: ignore[union-attr]
    if request.method == "POST" and not me.in_roster:
        done = inviting.accept_as(me, token)
        if done is None:
            return render(request, "roster/link_over.html", status=404)
        messages.success(request, "Your account and your place in the organization are one now.")
        return redirect("today")
    return render(request, "roster/join.html", {"invitation": found, "taken": me.in_roster})
