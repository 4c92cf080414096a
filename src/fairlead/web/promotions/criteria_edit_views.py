"""Drafts of criteria: begun, taken over from a file, edited part by part, put to the leadership team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web import access
from fairlead.web.promotions import (
    criteria_actions,
    criteria_drafts,
    criteria_edit_forms,
    criteria_forms,
    criteria_queries,
    criteria_uploads,
)
from fairlead.web.promotions import criteria_editing as editing
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.core.framework import Framework
    from fairlead.web.people.asking import MemberRequest

show_or_send = require_http_methods(["GET", "HEAD", "POST"])
NEW: Final = "new"


@show_or_send
@login_required
def drafts(request: MemberRequest) -> HttpResponseBase:
    """List drafts and the ways to begin one; begin one from what is there."""
    person = access.require(request.user, "criteria.draft")
    stands = criteria_actions.in_force()
    if request.method == "POST":
        newest = request.POST.get("begin") == "newest" and stands is not None
        framework = (
            criteria_queries.framework_of(stands)
            if newest and stands is not None
            else criteria_drafts.own_copy(criteria_queries.shipped())
        )
        try:
            made = criteria_actions.begin(person, framework)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("criteria:drafts")
        messages.success(request, "A draft is made. Nothing of it is in force before it is signed.")
        return redirect("criteria:edit", pk=made.pk)
    shown = {"drafts": criteria_queries.drafts(), "stands": stands}
    return render(request, "promotions/criteria/drafts.html", shown)


@show_or_send
@login_required
def upload(request: MemberRequest) -> HttpResponseBase:
    """Take a framework over from a file, as a new draft."""
    person = access.require(request.user, "criteria.draft")
    form = criteria_forms.UploadForm(*_sent(request))

    def take(found: Framework, notes: tuple[str, ...]) -> Any:
        return criteria_actions.begin(person, found, notes=notes)

    return _upload(request, form, take)


@show_or_send
@login_required
def replace(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Put a file in the place of what a draft says."""
    draft = access.get(request.user, "criteria.draft", pk)
    was = criteria_actions.fingerprint(draft)
    form = criteria_forms.UploadForm(*_sent(request), seen=was)

    def take(found: Framework, _notes: tuple[str, ...]) -> Any:
        careful = criteria_drafts.unless_overtaken(found, form.cleaned_data["seen"])
        return criteria_actions.rewrite(request.user.person, draft, careful)

    return _upload(request, form, take, draft=draft)


def _sent(request: MemberRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _upload(
    request: MemberRequest,
    form: criteria_forms.UploadForm,
    take: Callable[[Framework, tuple[str, ...]], Any],
    draft: Any = None,
) -> HttpResponseBase:
    faults: tuple[str, ...] = ()
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        read = criteria_uploads.read(said["name"], said["bytes"], said["names"])
        faults = read.faults
        if read.framework is not None:
            try:
                made = take(read.framework, read.notes)
            except criteria_actions.Overtaken as overtaken:
                form.add_error(None, str(overtaken))
                form.keep()
                draft.refresh_from_db()
                form.look_again(criteria_actions.fingerprint(draft))
            except Refused as refusal:
                form.add_error(None, str(refusal))
                form.keep()
            else:
                messages.success(
                    request, "The file is taken over. Nothing of it is in force before it is signed."
                )
                return redirect("criteria:edit", pk=made.pk)
        elif read.questions:
            form.ask(read.questions)
    shown = {"form": form, "faults": faults, "draft": draft}
    status = 422 if form.errors or faults or form.asked else 200
    return render(request, "promotions/criteria/upload.html", shown, status=status)


@require_safe
@login_required
def edit(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show a draft part by part, with what is not right yet at its place."""
    draft = access.get(request.user, "criteria.draft", pk)
    shown = {"page": criteria_drafts.draft_page(draft), "draft": draft}
    return render(request, "promotions/criteria/edit.html", shown)


@show_or_send
@login_required
def head(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Change title, version, words, and what tracks are called."""
    return _part(request, pk, editing.HEAD)


@show_or_send
@login_required
def questions(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Change what is asked of every case."""
    return _part(request, pk, editing.QUESTIONS)


@show_or_send
@login_required
def level(request: MemberRequest, pk: UUID, name: str) -> HttpResponseBase:
    """Change one level, or add one."""
    return _part(request, pk, editing.LEVEL, name)


@show_or_send
@login_required
def criterion(request: MemberRequest, pk: UUID, name: str) -> HttpResponseBase:
    """Change one criterion, or add one."""
    return _part(request, pk, editing.CRITERION, name)


def _part(request: MemberRequest, pk: UUID, kind: str, name: str = "") -> HttpResponseBase:
    draft = access.get(request.user, "criteria.draft", pk)
    framework = criteria_queries.framework_of(draft)
    name = "" if name == NEW else name
    gone = bool(name) and editing.part(framework, kind, name) is None
    if gone and request.method != "POST":
        raise Http404(access.NOT_HERE)
    sent = request.POST if request.method == "POST" else None
    form = criteria_edit_forms.FORMS[kind](sent, framework=framework, name=name)
    stands: tuple[tuple[str, str], ...] = ()
    if form.is_bound and form.is_valid():
        change = editing.unless_changed(form.make(), kind, name, form.cleaned_data["seen"])
        try:
            criteria_actions.rewrite(request.user.person, draft, change)
        except criteria_actions.Overtaken as overtaken:
            form.add_error(None, str(overtaken))
            draft.refresh_from_db()
            now = criteria_queries.framework_of(draft)
            form.look_again(now)
            stands = criteria_drafts.as_lines(now, kind, name)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kept.")
            return redirect("criteria:edit", pk=pk)
    shown = {"form": form, "draft": draft, "kind": kind, "name": name, "stands": stands}
    status = 422 if form.errors else 200
    return render(request, "promotions/criteria/part.html", shown, status=status)


@require_POST
@login_required
def do(request: MemberRequest, pk: UUID, verb: str) -> HttpResponseBase:
    """Move, remove or undo."""
    draft = access.get(request.user, "criteria.draft", pk)
    said = [request.POST.get(name, "") for name in ("kind", "name", "seen")]
    person = request.user.person
    if verb == "undo":
        with telling(request, "Undone. Once more brings it back."):
            criteria_actions.undo(person, draft, seen=said[2])
        return redirect("criteria:edit", pk=pk)
    change = criteria_drafts.CHANGES.get(verb)
    if change is None:
        raise Http404(access.NOT_HERE)
    done = "Removed. “Undo the last change” brings it back." if verb == "remove" else "Moved."
    with telling(request, done):
        criteria_actions.rewrite(person, draft, criteria_drafts.careful(change, *said))
    return redirect("criteria:edit", pk=pk)


@require_POST
@login_required
def put(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Put a draft to the leadership team, or take it back."""
    draft = access.get(request.user, "criteria.draft", pk)
    if request.POST.get("act") == "take-back":
        with telling(request, "Taken back. Nobody is asked to sign it now."):
            criteria_actions.take_back(request.user.person, draft)
    else:
        with telling(request, "It waits for the signatures of everybody who is named."):
            criteria_actions.put(request.user.person, draft, seen=request.POST.get("seen", ""))
    draft.refresh_from_db()
    if draft.state != draft.State.DRAFT:
        return redirect("criteria:index")
    return redirect("criteria:edit", pk=pk)


@show_or_send
@login_required
def delete(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Delete a draft, after asking."""
    draft = access.get(request.user, "criteria.draft", pk)
    if request.method == "POST":
        with telling(request, "The draft is deleted."):
            criteria_actions.delete(request.user.person, draft)
        return redirect("criteria:drafts")
    return render(request, "promotions/criteria/delete.html", {"draft": draft})
