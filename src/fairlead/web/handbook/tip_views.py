"""Tips of one's own: written, followed, changed, taken back; and asking to look at somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web import access
from fairlead.web.handbook import notices, pages, queries, tips
from fairlead.web.handbook.forms import NoticeForm, TipForm, WordingForm
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest

show_or_send = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def own(request: MemberRequest) -> HttpResponseBase:
    """List one's own tips with what became of them."""
    person = request.user.person
    shown = {"lines": queries.own_tips(person), "writes": access.may(request.user, "tip.write")}
    return render(request, "handbook/own_tips.html", shown)


@show_or_send
@login_required
def write(request: MemberRequest, name: str) -> HttpResponseBase:
    """Write a tip for one page; it goes to people operations."""
    person = access.require(request.user, "tip.write")
    page = pages.pages().get(name)
    if page is None:
        raise Http404(access.NOT_HERE)
    form = TipForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and not form.looks_over(named=form.name_shown):
            try:
                tips.write(person, page=name, text=form.cleaned_data["text"], name_shown=form.name_shown)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "Sent. People operations read it; you find their answer here.")
                return redirect("handbook:own_tips")
        status = 422 if form.errors else 200
    return render(request, "handbook/write_tip.html", {"form": form, "page": page}, status=status)


@show_or_send
@login_required
def tip(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show one's own tip, and change it."""
    found = access.get(request.user, "tip.own", pk)
    form = WordingForm(request.POST if request.method == "POST" else None, initial={"text": found.text})
    status = 200
    if request.method == "POST":
        if form.is_valid() and not form.looks_over(named=found.name_shown):
            with telling(request, "Changed. People operations read it anew; until then nobody else sees it."):
                tips.change(request.user.person, tip=found, text=form.cleaned_data["text"])
            return redirect("handbook:own_tips")
        status = 422 if form.errors else 200
    shown = {"form": form, "line": queries.tip_line(found), "tip": found}
    return render(request, "handbook/own_tip.html", shown, status=status)


@require_POST
@login_required
def accept(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Say yes to another wording of one's tip."""
    found = access.get(request.user, "tip.own", pk)
    with telling(request, "Published in this wording."):
        tips.accept(request.user.person, tip=found)
    return redirect("handbook:own_tips")


@require_POST
@login_required
def withdraw(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Take one's tip back."""
    found = access.get(request.user, "tip.own", pk)
    with telling(request, "Taken back. It is deleted."):
        tips.withdraw(request.user.person, tip=found)
    return redirect("handbook:own_tips")


@show_or_send
@login_required
def notice(request: MemberRequest, kind: str, pk: UUID) -> HttpResponseBase:
    """Ask people operations to look at a tip, an idea or an answer."""
    permission = {"tip": "tip.read", "idea": "idea.read", "answer": "idea_answer.read"}.get(kind)
    if permission is None:
        raise Http404(access.NOT_HERE)
    thing = access.get(request.user, permission, pk)
    form = NoticeForm(request.POST if request.method == "POST" else None)
    back = queries.place_of(thing)
    if request.method == "POST" and form.is_valid():
        done = "Sent. People operations look at it; your name is not shown to them."
        with telling(request, done):
            notices.send(request.user.person, thing=thing, text=form.cleaned_data["text"])
        return redirect(back)
    shown = {"form": form, "thing": thing, "kind": kind, "back": back}
    return render(request, "handbook/notice.html", shown, status=422 if form.errors else 200)
