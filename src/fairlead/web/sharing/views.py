"""Pages on which something is shown to one person, seen by them, and taken back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web import access, finding, trail
from fairlead.web.runs.actions import Refused
from fairlead.web.sharing import actions, queries
from fairlead.web.sharing.forms import CommentForm, ShareForm
from fairlead.web.showing import shareable

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest
    from fairlead.web.people.models import Person
    from fairlead.web.sharing.models import Share
    from fairlead.web.showing import Shareable


@require_safe
@login_required
def shares(request: MemberRequest) -> HttpResponseBase:
    """List what the person shows, and what is shown to them."""
    return render(request, "sharing/shares.html", {"shares": queries.shares(request.user.person)})


@require_safe
@login_required
def show(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show the copy to its reader, and to its owner as the reader sees it."""
    return _show(request, access.get(request.user, "share.view", pk))


def _show(
    request: MemberRequest, found: Share, form: CommentForm | None = None, status: int = 200
) -> HttpResponseBase:
    person = request.user.person
    if found.snapshot is None:
        raise Http404(access.NOT_HERE)
    trail.saw(person, found, subject=found.owner)
    may_comment = access.visible(request.user, "share.comment").filter(pk=found.pk).exists()
    page = {
        "share": found,
        "snapshot": found.snapshot,
        "mine": found.owner_id == person.pk,
        "form": form or (CommentForm() if may_comment else None),
        "comments": [
            one
            for one in queries.comments(found.kind, found.object_id)
            if found.reader_id in {one.owner_id, one.person_id}
        ],
    }
    return render(request, "sharing/show.html", page, status=status)


@require_POST
@login_required
def comment(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Write a comment on what one is shown."""
    found = access.get(request.user, "share.comment", pk)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    try:
        actions.comment(request.user.person, found, text=form.cleaned_data["text"])
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _show(request, found, form, status=422)
    messages.success(request, "Written. The person reads it beside what they show you, and nobody else does.")
    return redirect("sharing:show", pk=pk)


@require_POST
@login_required
def delete_comment(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Delete a comment, for both."""
    found = access.get(request.user, "share_comment.own", pk)
    mine = found.person_id == request.user.person.pk
    href = queries.page_of(found.kind, found.object_id) if mine else reverse("sharing:shares")
    actions.delete_comment(request.user.person, found)
    messages.success(request, "The comment is deleted, for both of you.")
    return redirect(href)


@require_POST
@login_required
def take_back(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """End a share now."""
    found = access.get(request.user, "share.own", pk)
    actions.take_back(request.user.person, found)
    messages.success(request, "Taken back. Nobody but you sees it now, unless you show it to others too.")
    return redirect("sharing:shares")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def share(request: MemberRequest, kind: str, pk: UUID) -> HttpResponseBase:
    """Choose a person, parts and a day; see exactly what they will see; then share it."""
    offer = shareable(kind)
    if offer is None:
        raise Http404(access.NOT_HERE)
    thing = access.get(request.user, offer.permission, pk)
    person = request.user.person
    form = ShareForm(
        request.POST if request.method == "POST" else None,
        offer=offer,
        today=actions.today_of(person),
        searches_roster=person.in_roster,
    )
    page = {"form": form, "offer": offer, "title": offer.title(thing), "back": offer.page(thing)}
    if request.method != "POST" or not form.is_valid():
        return render(request, "sharing/new.html", page, status=422 if form.errors else 200)
    if form.asked == "find":
        return _found(request, page, person, form.cleaned_data["who"])
    return _preview_or_share(request, page, offer, thing, kind)


def _found(request: MemberRequest, page: dict[str, Any], person: Person, words: str) -> HttpResponseBase:
    if finding.too_many_searches(person, "sharing"):
        page["form"].add_error("who", "That were many searches. Try again in an hour.")
        return render(request, "sharing/new.html", page, status=422)
    return render(
        request, "sharing/new.html", page | {"matches": finding.find(person, words), "searched": True}
    )


def _preview_or_share(
    request: MemberRequest, page: dict[str, Any], offer: Shareable, thing: Any, kind: str
) -> HttpResponseBase:
    form, person = page["form"], request.user.person
    reader = finding.chosen(person, form.cleaned_data["reader"])
    if reader is None:
        form.add_error("who", "Look for somebody, and choose one of those found.")
        return render(request, "sharing/new.html", page, status=422)
    # Through JSON and back: what is shown now is what the database will give back to the reader.
    snapshot = json.loads(json.dumps(offer.snapshot(thing, form.cleaned_data["parts"])))
    digest = actions.digest(snapshot)
    page |= {"snapshot": snapshot, "digest": digest, "reader": reader}
    if not snapshot["sections"]:
        form.add_error("parts", "These parts are empty in this reading. Tick others.")
        return render(request, "sharing/new.html", page, status=422)
    if form.asked == "preview" or form.cleaned_data["digest"] != digest:
        return render(request, "sharing/preview.html", page)
    try:
        actions.share(
            person,
            reader=reader,
            kind=kind,
            object_id=thing.pk,
            title=page["title"],
            snapshot=snapshot,
            until=form.cleaned_data["until"],
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return render(request, "sharing/new.html", page, status=422)
    messages.success(request, "Shared. It stands under their Today, and they were sent a link by mail.")
    return redirect("sharing:shares")
