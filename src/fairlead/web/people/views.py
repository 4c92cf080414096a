"""The person's own pages: settings, everything as a file, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web import rights
from fairlead.web.people import actions, archive
from fairlead.web.people.forms import LeaveForm, SettingsForm, zones

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest


@require_safe
@login_required
def show(request: MemberRequest) -> HttpResponseBase:
    """Everything about the account in one place."""
    return render(request, "people/account.html", {"person": request.user.person})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change_settings(request: MemberRequest) -> HttpResponseBase:
    """Change name, time zone and working hours."""
    person = request.user.person
    now = {"name": person.name, "zone": person.zone, "work_from": person.work_from, "work_to": person.work_to}
    posted = request.POST if request.method == "POST" else None
    form = SettingsForm(posted, initial=now, keeps_name=person.in_roster)
    if request.method == "POST" and form.is_valid():
        actions.change_settings(person, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("account")
    return render(
        request, "people/settings.html", {"form": form, "zones": zones()}, status=422 if form.errors else 200
    )


@require_POST
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
def download(request: MemberRequest) -> HttpResponseBase:
    """Give the person everything about them as one file."""
    person = request.user.person
    packed = archive.pack(rights.everything(person), rights.fields(), made_at=timezone.now())
    actions.note_download(person)
    name = f"fairlead-{timezone.localdate():%Y-%m-%d}.zip"
    return HttpResponse(
        packed,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
def leave(request: MemberRequest) -> HttpResponseBase:
    """Remove the account and everything that belongs to it, after it was typed what is meant."""
    form = LeaveForm(request.POST if request.method == "POST" else None, email=request.user.email)
    if request.method == "POST" and form.is_valid():
        rights.forget(request.user.person)
        logout(request)
        messages.success(request, "Your account and everything in it has been removed.")
        return redirect("landing")
    return render(request, "people/leave.html", {"form": form}, status=422 if form.errors else 200)
