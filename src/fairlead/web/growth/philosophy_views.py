"""My way of leading: the draft, as it will stand, publishing, withdrawing (rows 130, 131)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.library.prompts import LANGUAGES, prompts
from fairlead.web import access, showing
from fairlead.web.growth import leader_queries
from fairlead.web.growth import philosophy_actions as actions
from fairlead.web.growth import philosophy_queries as queries
from fairlead.web.growth.philosophy_forms import DraftForm, PublishForm
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest

GROUPS = ("style", "people", "serving")
"""Questions that stand beside the draft; those about leaders stand on their own page."""


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def philosophy(request: MemberRequest) -> HttpResponseBase:
    """Show the draft with questions beside it, or keep it."""
    person = request.user.person
    language = request.GET.get("language", "en")
    language = language if language in LANGUAGES else "en"
    form = DraftForm(
        request.POST if request.method == "POST" else None, initial={"text": queries.draft(person)}
    )
    if request.method == "POST" and form.is_valid():
        actions.keep(person, text=form.cleaned_data["text"])
        messages.success(request, "Kept. What somebody was shown of it stays as it was.")
        return redirect("growth:philosophy")
    there = queries.draft_of(person)
    page = {
        "form": form,
        "there": there,
        "seen_by": showing.seen_by("philosophy", there.pk) if there else "",
        "groups": _groups(language),
        "language": language,
        "languages": LANGUAGES,
        "published": queries.own_published(person),
        "draft": there.text if there else "",
        "rules": leader_queries.rules(leader_queries.leaders(person)),
    }
    return render(request, "growth/philosophy_draft.html", page, status=422 if form.errors else 200)


def _groups(language: str) -> list[dict[str, Any]]:
    found = prompts()
    german = language == "de"
    return [
        {
            "title": one.title_de if german else one.title,
            "says": one.says_de if german else one.says,
            "prompts": [prompt.in_language(language) for prompt in found.of(one.id)],
        }
        for one in found.groups
        if one.id in GROUPS
    ]


@require_POST
@login_required
def take_rules(request: MemberRequest) -> HttpResponseBase:
    """Add the rules out of the leaders one has had to the draft."""
    with telling(request, "Your rules stand at the end of the draft. Make them your own words."):
        actions.take_rules(request.user.person)
    return redirect("growth:philosophy")


@require_safe
@login_required
def preview(request: MemberRequest) -> HttpResponseBase:
    """Show the draft as colleagues would read it."""
    person = request.user.person
    text = queries.draft(person)
    page = {
        "shown": queries.as_it_will_stand(person, text),
        "form": PublishForm(initial={"seen": actions.digest(text)}),
        "published": queries.own_published(person),
        "in_chart": access.may(request.user, "published_philosophy.view"),
    }
    return render(request, "growth/philosophy_preview.html", page)


@require_POST
@login_required
def publish(request: MemberRequest) -> HttpResponseBase:
    """Publish the draft as it was looked at."""
    form = PublishForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else ""
    try:
        actions.publish(request.user.person, seen=seen)
    except Refused as no:
        messages.error(request, str(no))
        return redirect("growth:philosophy_preview")
    messages.success(request, "Published. Colleagues read it in the handbook; you can withdraw it any time.")
    return redirect("growth:philosophy")


@require_POST
@login_required
def withdraw(request: MemberRequest) -> HttpResponseBase:
    """Withdraw what was published."""
    with telling(request, "Withdrawn. Nobody else sees it any more; your draft is as it was."):
        actions.withdraw(request.user.person)
    return redirect("growth:philosophy")


@require_POST
@login_required
def delete(request: MemberRequest) -> HttpResponseBase:
    """Delete the draft, and withdraw what is published."""
    actions.delete(request.user.person)
    messages.success(request, "Deleted.")
    return redirect("growth:philosophy")
