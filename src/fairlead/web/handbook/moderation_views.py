"""What people operations do: read tips before anybody else does, answer notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from fairlead.web import access
from fairlead.web.handbook import looking, notices, queries, tips
from fairlead.web.handbook.forms import ModerationForm, SettleForm
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest
    from fairlead.web.people.models import Person

show_or_send = require_http_methods(["GET", "HEAD", "POST"])

DONE = {
    "publish": "Published. Everybody in the organization chart can read it.",
    "suggest": "Sent to its author. Without their yes nothing is published.",
    "decline": "Declined. Its author reads your reason.",
}


@require_safe
@login_required
def waiting(request: MemberRequest) -> HttpResponseBase:
    """List what waits: tips and notices."""
    access.require(request.user, "tip.moderate")
    shown = {"lines": queries.waiting_tips(request.user), "notices": queries.notices(request.user)}
    return render(request, "handbook/moderation.html", shown)


@show_or_send
@login_required
def tip(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Read one tip and answer it."""
    found = access.get(request.user, "tip.moderate", pk)
    person = request.user.person
    form = ModerationForm(request.POST if request.method == "POST" else None, initial={"wording": found.text})
    if request.method == "POST" and form.is_valid():
        try:
            _answer(person, found, form.cleaned_data)
        except tips.Changed as changed:
            found = access.get(request.user, "tip.moderate", pk)
            form.add_error(None, str(changed))
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("handbook:moderation")
        else:
            messages.success(request, DONE[form.cleaned_data["act"]])
            return redirect("handbook:moderation")
    form.shows(found.text)
    queries.saw_tip(person, found)
    shown = {
        "form": form,
        "line": queries.tip_line(found),
        "tip": found,
        "pieces": looking.pieces(found.text, named=found.name_shown),
    }
    shown["marked"] = [piece for piece in shown["pieces"] if piece.why]
    return render(request, "handbook/moderate.html", shown, status=422 if form.errors else 200)


def _answer(person: Person, found: Any, said: dict[str, str]) -> None:
    read = said["read"]
    if said["act"] == "publish":
        tips.publish(person, tip=found, read=read)
    elif said["act"] == "suggest":
        tips.suggest(person, tip=found, read=read, wording=said["wording"], reason=said["reason"])
    else:
        tips.decline(person, tip=found, read=read, reason=said["reason"])


@show_or_send
@login_required
def notice(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Look at what a notice is about, and leave it or take it away."""
    found = access.get(request.user, "notice.settle", pk)
    form = SettleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        away = form.cleaned_data["act"] == "take_away"
        done = "Taken away. Its author reads your reason." if away else "Left as it is."
        with telling(request, done):
            notices.settle(
                request.user.person, notice=found, take_away=away, reason=form.cleaned_data["reason"]
            )
        return redirect("handbook:moderation")
    shown = {"form": form, "line": queries.notice_line(found)}
    return render(request, "handbook/settle.html", shown, status=422 if form.errors else 200)
