"""Five tracks side by side, what one wants and can on each, and a full page about each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from fairlead.library import load
from fairlead.library.translations import ORIGINAL
from fairlead.web import access, asked_in
from fairlead.web.direction import track_actions, track_forms, track_pages, track_queries
from fairlead.web.direction.offer_views import sent, show_or_send

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from fairlead.core.tracks import TrackProfile
    from fairlead.web.people.asking import MemberRequest


@require_safe
@login_required
def tracks(request: MemberRequest) -> HttpResponseBase:
    """Show the five tracks beside each other; what the answers came to is told in English."""
    found = track_queries.tracks(request.user.person)
    speaking = asked_in.speaks(load.direction_languages if found.is_bare else _in_english)
    return speaking(_tracks)(request, found)


def _tracks(request: MemberRequest, found: track_queries.Tracks) -> HttpResponseBase:
    shown = {"found": found, "profiles": track_queries.profiles().values()}
    return render(request, "direction/track_list.html", shown)


def _in_english() -> tuple[str, ...]:
    return (ORIGINAL,)


@show_or_send
@login_required
@asked_in.speaks(load.direction_languages)
def track(request: MemberRequest, track: str) -> HttpResponseBase:
    """Ask what of one track the person wants, can, and would lose."""
    profile, person = _profile(track), request.user.person
    said = track_queries.said_of(person, track)
    form = track_forms.TrackForm(sent(request), profile=profile, said=said)
    if request.method == "POST" and form.is_valid():
        track_actions.keep(actor=person, track=track, **form.values())
        messages.success(request, gettext_noop("Kept. Only you see it, unless you show it to your coach."))
        return redirect(f"{reverse('direction:tracks')}#{track}")
    texts = load.direction_texts(asked_in.now())
    shown = {
        "form": form,
        "profile": profile,
        "ends": {name: texts.scales[name] for name in ("want", "able")},
    }
    return render(request, "direction/track_ask.html", shown, status=422 if form.errors else 200)


@require_safe
@login_required
@asked_in.speaks(load.direction_languages)
def about_track(request: MemberRequest, track: str) -> HttpResponseBase:
    """Show a track's full page: what it is, how others talk about it, how to ask for it."""
    profile = _profile(track)
    others = [one for one in track_queries.profiles().values() if one.id != track]
    shown = {"profile": profile, "page": track_pages.page(track), "others": others}
    return render(request, "direction/track_about.html", shown)


def _profile(track: str) -> TrackProfile:
    found = track_queries.profiles().get(track)
    if found is None:
        raise Http404(access.NOT_HERE)
    return found
