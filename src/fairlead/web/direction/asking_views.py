"""Views of the sittings: begin, one screen after the other, the result; no JavaScript needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.library import load
from fairlead.web import access
from fairlead.web.direction import actions, parts, queries, results, screens, told, value_sets
from fairlead.web.direction.forms import LANGUAGES, BeginForm
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest

show_or_send = require_http_methods(["GET", "HEAD", "POST"])


@show_or_send
@login_required
def section(request: MemberRequest, section: str) -> HttpResponseBase:
    """Say what a part is for and how long it takes; begin it, or go on."""
    if section not in parts.ASKED_HERE:
        raise Http404(access.NOT_HERE)
    person = request.user.person
    begun = queries.open_sitting(person, section)
    if request.method == "POST":
        form = BeginForm(request.POST)
        chosen = form.cleaned_data if form.is_valid() else {"language": "en", "again": False}
        sitting = actions.begin(actor=person, section=section, **chosen)
        return redirect("direction:step", pk=sitting.pk, number=1)
    language = begun.language if begun else queries.last_language(person)
    shown = {
        "section": load.direction_texts().section(section),
        "minutes": parts.minutes_of(section),
        "begun": begun,
        "language": language,
        "languages": [one for one in LANGUAGES if _is_there(section, one[0])],
        "finished": queries.finished_sittings(person, section),
        "instrument": load.instrument(parts.INSTRUMENTS[section]) if section in parts.INSTRUMENTS else None,
        "research": results.research_of(section),
    }
    return render(request, "direction/section.html", shown)


@show_or_send
@login_required
def step(request: MemberRequest, pk: UUID, number: int) -> HttpResponseBase:
    """Show one screen: save it, then go on, back, or look it over."""
    sitting = _open(request, pk)
    if not parts.is_current(sitting):
        return redirect("direction:section", section=sitting.section)
    asked = screens.screens(sitting)
    if not 1 <= number <= len(asked):
        raise Http404(access.NOT_HERE)
    screen = _anyway(asked[number - 1], request)
    sent = request.POST if request.method == "POST" else None
    form = screens.form_of(request.user.person, sitting, screen, sent)
    if request.method == "POST" and form.is_valid():
        sitting = actions.save(actor=request.user.person, sitting=sitting, change=form.put_into)
        return _turn(request.POST.get("go", "on"), sitting, number)
    shown = {
        "form": form,
        "sitting": sitting,
        "section_title": parts.texts_of(sitting).section(sitting.section).title,
        "screen": screen,
        "number": number,
        "count": len(asked),
        "texts": parts.texts_of(sitting),
        "sets": _sets(sitting, screen),
    }
    return render(request, "direction/step.html", shown, status=422 if form.errors else 200)


def _anyway(screen: screens.Screen, request: MemberRequest) -> screens.Screen:
    """Ask a set that need not be asked, because the person wants to."""
    wanted = request.POST.get("set", "") or request.GET.get("set", "")
    places = [str(place) for place in range(len(value_sets.all_sets()))]
    if screen.asked is None or wanted not in places:
        return screen
    return screens.with_set(screen, int(wanted))


def _sets(sitting: Any, screen: screens.Screen) -> dict[str, Any] | None:
    if screen.asked is None:
        return None
    side = screen.asked.side
    return {
        "most": len(value_sets.all_sets()),
        "done": len(value_sets.chosen(sitting.content, side)),
        "skipped": value_sets.skipped(sitting.content, side),
        "side": side,
    }


def _turn(go: str, sitting: Any, number: int) -> HttpResponseBase:
    count = len(screens.screens(sitting))
    if go == "more":
        return redirect("direction:step", pk=sitting.pk, number=number)
    if go == "back":
        if number > 1:
            return redirect("direction:step", pk=sitting.pk, number=number - 1)
        return redirect("direction:section", section=sitting.section)
    if go == "review" or number >= count:
        return redirect("direction:review", pk=sitting.pk)
    return redirect("direction:step", pk=sitting.pk, number=number + 1)


@show_or_send
@login_required
def review(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show all answers on one page; then the result."""
    sitting = _open(request, pk)
    if request.method == "POST":
        try:
            actions.finish(actor=request.user.person, sitting=sitting)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("direction:review", pk=pk)
        return redirect("direction:sitting", pk=pk)
    texts = parts.texts_of(sitting)
    shown = {
        "sitting": sitting,
        "title": texts.section(sitting.section).title,
        "language": texts.language,
        "told": told.told(sitting, texts),
    }
    return render(request, "direction/review.html", shown)


@require_safe
@login_required
def sitting(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show what finished answers came to, what has changed since the time before, and the answers."""
    found = access.get(request.user, "sitting.view", pk)
    if not found.is_finished:
        raise Http404(access.NOT_HERE)
    earlier = queries.sitting_before(request.user.person, found)
    return render(request, "direction/sitting.html", results.of_sitting(found, earlier))


@require_POST
@login_required
def delete_sitting(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Delete the answers of one time."""
    found = access.get(request.user, "sitting.view", pk)
    actions.delete_sitting(actor=request.user.person, sitting=found)
    messages.success(request, "The answers have been deleted.")
    return redirect("direction:index")


def _open(request: MemberRequest, pk: UUID) -> Any:
    """Give a sitting of a section that is asked here and is not finished."""
    found = access.get(request.user, "sitting.view", pk)
    if found.is_finished or found.section not in parts.ASKED_HERE:
        raise Http404(access.NOT_HERE)
    return found


def _is_there(section: str, language: str) -> bool:
    if language not in load.direction_languages():
        return False
    name = parts.INSTRUMENTS.get(section)
    return name is None or language in load.languages(name)
