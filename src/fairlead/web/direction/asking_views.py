"""Views of the sittings: begin, one screen after the other, the result; no JavaScript needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.library import load
from fairlead.web import access, asked_in
from fairlead.web.direction import actions, parts, results, screens, sittings, stretches, told, value_sets
from fairlead.web.direction.carrying import LISTS
from fairlead.web.direction.forms import BeginForm
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.library.direction import DirectionTexts
    from fairlead.web.direction.models import Sitting
    from fairlead.web.people.asking import MemberRequest

NOT_FINISHED: Final = "These answers are not finished yet, so there is no result so far. Go on here."
AT_ONCE_WORDS: Final = {
    "energy": gettext_noop(
        "Up to {most} tasks fit into one sitting. {most} more whenever you like; what you said stays."
    ),
    "passions": gettext_noop(
        "Up to {most} of them fit into one sitting. More whenever you like; what you said stays."
    ),
    "strengths": gettext_noop(
        "Up to {most} of them fit into one sitting. More whenever you like; what you said stays."
    ),
    "motives": gettext_noop(
        "Up to {most} reasons of your own fit into one sitting; more can follow in another one."
    ),
}
show_or_send = require_http_methods(["GET", "HEAD", "POST"])


@show_or_send
@login_required
def section(request: MemberRequest, section: str) -> HttpResponseBase:
    """Say what a part is for and how long it takes; begin it, or go on."""
    if section not in parts.ASKED_HERE:
        raise Http404(access.NOT_HERE)
    person = request.user.person
    begun = sittings.open_sitting(person, section)
    if request.method == "POST":
        return _begin(request, section, begun)
    finished = sittings.finished_sittings(person, section)
    how = _how(request, section, begun)
    with translation.override(how.language):
        shown = _section_shown(section, begun, finished, how.language)
        return render(request, "direction/section.html", shown | {"asked": how})


def _how(request: MemberRequest, section: str, begun: Sitting | None) -> asked_in.Asked:
    """Give the language that was chosen for questions, the one of the last sitting, or the browser's.

    What was begun goes on in its own language unless another one is chosen here.
    """
    offered = [code for code in asked_in.framed_in() if _is_there(section, code)]
    how = asked_in.asked(request, offered)
    if begun is not None and "lang" not in request.GET:
        return asked_in.in_language(begun.language, offered)
    last = sittings.last_language(request.user.person)
    return how if how.is_chosen or last not in offered else asked_in.in_language(last, offered)


def _section_shown(
    section: str, begun: Sitting | None, finished: list[Sitting], language: str
) -> dict[str, Any]:
    name = parts.INSTRUMENTS.get(section)
    return {
        "section": load.direction_texts(language).section(section),
        "minutes": stretches.minutes_say(section),
        "stretches": _stretches(section, begun, finished),
        "begun": begun,
        "language": language,
        "finished": finished,
        "adds": section in LISTS,
        "at_once": _at_once(section),
        "instrument": load.instrument(name, language) if name else None,
        "research": results.research_of(section),
    }


def _at_once(section: str) -> str:
    says = AT_ONCE_WORDS.get(section, "")
    return _(says).format(most=stretches.AT_ONCE[section]) if says else ""


def _begin(request: MemberRequest, section: str, begun: Sitting | None) -> HttpResponseBase:
    """Open the first screen of what is begun, or of what is gone on with the first that is not answered."""
    form = BeginForm(request.POST)
    said: dict[str, Any] = {"language": "en", "again": False, "stretch": None}
    said |= form.cleaned_data if form.is_valid() else {}
    wanted = next((one for one in stretches.stretches_of(section) if one.number == said["stretch"]), None)
    sitting = actions.begin(
        actor=request.user.person,
        section=section,
        language=said["language"],
        again=said["again"],
        stretch=wanted.number if wanted else 1,
    )
    goes_on = begun is not None and begun.pk == sitting.pk
    number = screens.to_go_on(sitting, wanted) if goes_on else (wanted.first if wanted else 1)
    if not number:
        return redirect("direction:review", pk=sitting.pk)
    return redirect("direction:step", pk=sitting.pk, number=number)


def _stretches(section: str, begun: Sitting | None, finished: list[Sitting]) -> list[dict[str, Any]]:
    """Give each stretch of a section that has several, with how far it is."""
    there = stretches.stretches_of(section)
    if len(there) == 1:
        return []
    newest = next((one for one in finished if not one.is_history), None)
    return [
        {
            "stretch": one,
            "begun": begun is not None and any(name in begun.content for name in one.names),
            "through": begun is not None and not screens.to_go_on(begun, one),
            "done": newest if newest and any(name in newest.content for name in one.names) else None,
        }
        for one in there
    ]


@show_or_send
@login_required
def step(request: MemberRequest, pk: UUID, number: int) -> HttpResponseBase:
    """Show one screen: save it, then go on, back, or look it over."""
    sitting = _asked_here(request, pk)
    if sitting.is_finished:
        return _is_finished(request, sitting)
    if not parts.is_current(sitting):
        return redirect("direction:section", section=sitting.section)
    asked = screens.screens(sitting)
    if not 1 <= number <= len(asked):
        raise Http404(access.NOT_HERE)
    with translation.override(parts.texts_of(sitting).language):
        return _screen(request, sitting, number)


def _screen(request: MemberRequest, sitting: Sitting, number: int) -> HttpResponseBase:
    asked = screens.screens(sitting)
    screen = _anyway(asked[number - 1], request)
    stretch = stretches.stretch_at(sitting.section, number)
    last = stretch.last or len(asked)
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
        "shown_number": number - stretch.first + 1,
        "count": last - stretch.first + 1,
        "stretch": stretch if stretch.last else None,
        "is_first": number == stretch.first,
        "is_last": number == last,
        "texts": parts.texts_of(sitting),
        "sets": _sets(sitting, screen),
    }
    return render(request, "direction/step.html", shown, status=422 if form.errors else 200)


def _anyway(screen: screens.Screen, request: MemberRequest) -> screens.Screen:
    """Ask what need not be asked, because the person wants to: a set of values, or questions."""
    if "all" in request.GET or "all" in request.POST:
        return screens.with_all(screen)
    wanted = request.POST.get("set", "") or request.GET.get("set", "")
    places = [str(place) for place in range(len(value_sets.all_sets()))]
    if screen.asked is None or wanted not in places:
        return screen
    return screens.with_set(screen, int(wanted))


def _sets(sitting: Any, screen: screens.Screen) -> dict[str, Any] | None:
    if screen.asked is None:
        return None
    side, texts = screen.asked.side, parts.texts_of(sitting)
    skipped = value_sets.skipped(sitting.content, side)
    return {
        "most": len(value_sets.all_sets()),
        "done": len(value_sets.chosen(sitting.content, side)),
        "skipped": [(place, _in_order(one.order, texts)) for place, one in skipped],
        "side": side,
    }


def _in_order(order: Sequence[str], texts: DirectionTexts) -> str:
    """Say why a set of values need not be asked."""
    ordered = _(" before ").join(texts.choice("value", one).label for one in order)
    return _("You have put these three in order already: %(order)s.") % {"order": ordered}


def _turn(go: str, sitting: Any, number: int) -> HttpResponseBase:
    stretch = stretches.stretch_at(sitting.section, number)
    last = stretch.last or len(screens.screens(sitting))
    if go == "more":
        return redirect("direction:step", pk=sitting.pk, number=number)
    if go == "back":
        if number > stretch.first:
            return redirect("direction:step", pk=sitting.pk, number=number - 1)
        return redirect("direction:section", section=sitting.section)
    if go == "review" or number >= last:
        return redirect("direction:review", pk=sitting.pk)
    return redirect("direction:step", pk=sitting.pk, number=number + 1)


@show_or_send
@login_required
def review(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show all answers on one page; then the result."""
    sitting = _asked_here(request, pk)
    if sitting.is_finished:
        return _is_finished(request, sitting)
    if request.method == "POST":
        try:
            actions.finish(actor=request.user.person, sitting=sitting)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("direction:review", pk=pk)
        return redirect("direction:sitting", pk=pk)
    with translation.override(parts.texts_of(sitting).language):
        return render(request, "direction/review.html", _review_shown(sitting))


def _review_shown(sitting: Sitting) -> dict[str, Any]:
    texts = parts.texts_of(sitting)
    return {
        "sitting": sitting,
        "title": texts.section(sitting.section).title,
        "language": texts.language,
        "told": told.told(sitting, texts),
        "change": _change_at(sitting),
        "rest": stretches.unanswered(sitting.section, sitting.content),
    }


def _change_at(sitting: Sitting) -> int:
    """Give the screen on which changing something begins: the first of the stretch that was answered."""
    answered = [n for n, one in enumerate(screens.screens(sitting), 1) if screens.is_answered(sitting, one)]
    return stretches.stretch_at(sitting.section, answered[-1]).first if answered else 1


@require_safe
@login_required
def sitting(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show what finished answers came to, what has changed since the time before, and the answers."""
    found = access.get(request.user, "sitting.view", pk)
    if not found.is_finished:
        if found.section not in parts.ASKED_HERE:
            raise Http404(access.NOT_HERE)
        messages.info(request, NOT_FINISHED)
        return redirect("direction:section", section=found.section)
    earlier = sittings.sitting_before(request.user.person, found)
    return render(request, "direction/sitting.html", results.of_sitting(found, earlier))


@require_POST
@login_required
def delete_sitting(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Delete the answers of one time."""
    found = access.get(request.user, "sitting.view", pk)
    actions.delete_sitting(actor=request.user.person, sitting=found)
    messages.success(request, "The answers have been deleted.")
    return redirect("direction:index")


def _asked_here(request: MemberRequest, pk: UUID) -> Any:
    """Give a sitting of a section that is asked here."""
    found = access.get(request.user, "sitting.view", pk)
    if found.section not in parts.ASKED_HERE:
        raise Http404(access.NOT_HERE)
    return found


def _is_finished(request: MemberRequest, sitting: Sitting) -> HttpResponseBase:
    """Lead to what a finished sitting came to: going back in the browser ends there."""
    messages.info(request, actions.FINISHED)
    return redirect("direction:sitting", pk=sitting.pk)


def _is_there(section: str, language: str) -> bool:
    if language not in load.direction_languages():
        return False
    name = parts.INSTRUMENTS.get(section)
    return name is None or language in load.languages(name)
