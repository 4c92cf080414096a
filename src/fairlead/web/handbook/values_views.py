"""The values that the organization states, and the ways of leading that people here published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web import access
from fairlead.web.handbook import forms, queries, stated
from fairlead.web.handbook.forms import SourceForm, Values
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest

show_or_send = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def show(request: MemberRequest) -> HttpResponseBase:
    """Show what the organization states, and to people operations the draft."""
    access.require(request.user, "stated_values.read")
    writes = access.may(request.user, "stated_values.write")
    shown = {
        "stated": queries.stated_values(),
        "writes": writes,
        "draft": queries.draft_values() if writes else None,
    }
    return render(request, "handbook/values.html", shown)


@show_or_send
@login_required
def write(request: MemberRequest) -> HttpResponseBase:
    """Write a draft down."""
    person = access.require(request.user, "stated_values.write")
    before = queries.draft_values() or queries.stated_values()
    sent = request.POST if request.method == "POST" else None
    lines = Values(sent, initial=None if sent else forms.initial(before), prefix="value")
    source = SourceForm(sent, initial={"source": before.source if before else ""})
    if sent is not None and lines.is_valid() and source.is_valid():
        with telling(request, "Kept as a draft. Nobody else sees it before you publish it."):
            stated.write(person, entries=list(forms.entries(lines)), source=source.cleaned_data["source"])
        if "more" in sent:
            return redirect("handbook:write_values")
        return redirect("handbook:values")
    wrong = sent is not None
    shown = {"lines": lines, "source": source}
    return render(request, "handbook/write_values.html", shown, status=422 if wrong else 200)


@require_POST
@login_required
def publish(request: MemberRequest) -> HttpResponseBase:
    """Publish the draft, or drop it."""
    person = access.require(request.user, "stated_values.write")
    if request.POST.get("act") == "drop":
        with telling(request, "The draft is gone."):
            stated.drop(person)
    else:
        with telling(request, "Published. It stands from today on."):
            stated.publish(person)
    return redirect("handbook:values")


@require_safe
@login_required
def philosophies(request: MemberRequest) -> HttpResponseBase:
    """List the ways of leading that people here published."""
    access.require(request.user, "tip.read")
    found = queries.philosophies(request.user.person)
    return render(request, "handbook/philosophies.html", {"found": found})


@require_safe
@login_required
def philosophy(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show one of them."""
    access.require(request.user, "tip.read")
    found = next((one for one in queries.philosophies(request.user.person) if one.number == pk), None)
    if found is None:
        raise Http404(access.NOT_HERE)
    return render(request, "handbook/philosophy.html", {"one": found})
