"""The coach's space: the next talk, what is shown, the coach's own notes (row 64)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web import access, trail
from fairlead.web.growth import coach_actions as actions
from fairlead.web.growth import coach_forms as forms
from fairlead.web.growth import coach_queries as queries
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest

show_or_send = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def coaching(request: MemberRequest) -> HttpResponseBase:
    """Show one's coaches with what they are shown and show, and those whom one coaches."""
    person = request.user.person
    home = queries.home(person)
    for mine in home.coaches:
        for note in mine.notes:
            trail.saw(person, note, subject=mine.coach)
    page = {"home": home, "in_chart": access.may(request.user, "roster.view")}
    return render(request, "growth/coach_home.html", page)


@show_or_send
@login_required
def talk(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Write what one wants to talk about with this coach next."""
    person = request.user.person
    coach = access.get(request.user, "coach.mine", pk)
    there = queries.talk(person, coach)
    initial = {"agenda": there.agenda, "day": there.day} if there else {}
    form = forms.TalkForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with telling(request, "Kept. Your coach reads it."):
            actions.write_talk(person, coach=coach, **form.cleaned_data)
        return redirect("growth:coaching")
    page = {"form": form, "coach": coach}
    return render(request, "growth/coach_talk.html", page, status=422 if form.errors else 200)


@show_or_send
@login_required
def coached(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show a coach what one person wrote for the talk and shares; take a note."""
    coach = request.user.person
    person = access.get(request.user, "coach.coached", pk)
    form = forms.NoteForm(
        request.POST if request.method == "POST" else None, initial={"day": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        with telling(request, "Noted. Only you read it."):
            actions.add_note(coach, person=person, **form.cleaned_data)
        return redirect("growth:coached", pk=person.pk)
    shown = queries.coached(coach, person)
    if shown.talk is not None:
        trail.saw(coach, shown.talk, subject=person)
    page: dict[str, Any] = {"shown": shown, "form": form}
    return render(request, "growth/coach_coached.html", page, status=422 if form.errors else 200)


@show_or_send
@login_required
def note(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Change one note, or show it."""
    found = access.get(request.user, "coach_note.view", pk)
    form = forms.NoteForm(
        request.POST if request.method == "POST" else None, initial={"text": found.text, "day": found.day}
    )
    if request.method == "POST" and form.is_valid():
        with telling(request, "Kept. A copy that is shown stays as it was; show it again to change it."):
            actions.change_note(request.user.person, note=found, **form.cleaned_data)
        return redirect("growth:coached", pk=found.person_id)
    page = {"note": found, "form": form, "is_shown": queries.is_shown(found)}
    return render(request, "growth/coach_note.html", page, status=422 if form.errors else 200)


@require_POST
@login_required
def delete_note(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Delete one note."""
    found = access.get(request.user, "coach_note.view", pk)
    actions.delete_note(request.user.person, note=found)
    messages.success(request, "Deleted.")
    return redirect("growth:coached", pk=found.person_id)


@require_POST
@login_required
def show_note(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show one note to the person it is about."""
    found = access.get(request.user, "coach_note.view", pk)
    with telling(request, "Shown. The person it is about reads this note, as it stands now."):
        actions.show_note(request.user.person, note=found)
    return redirect("growth:coached", pk=found.person_id)


@require_POST
@login_required
def hide_note(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Take the copy back."""
    found = access.get(request.user, "coach_note.view", pk)
    with telling(request, "Taken back."):
        actions.hide_note(request.user.person, note=found)
    return redirect("growth:coached", pk=found.person_id)
