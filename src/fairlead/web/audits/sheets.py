"""Views of the two questionnaires: one screen per idea, saved at each step, no JavaScript needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from fairlead.library import load
from fairlead.web import access
from fairlead.web.asked_in import asked, chose
from fairlead.web.audits import actions, answering, queries
from fairlead.web.audits.steps import StepForm, step_initial
from fairlead.web.audits.views import sent, show_or_send
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.library.schema import Instrument
    from fairlead.web.people.asking import MemberRequest


@show_or_send
@login_required
def questionnaire(request: MemberRequest, instrument: str) -> HttpResponseBase:
    """Say what it is for, who sees it, how long it takes; begin, or go on."""
    if instrument not in queries.OWN_INSTRUMENTS:
        raise Http404(access.NOT_HERE)
    person, how = request.user.person, asked(request, load.languages(instrument))
    found = load.instrument(instrument, how.language)
    begun = queries.open_sheet(person, instrument)
    if request.method == "POST":
        digest = load.instrument_digest(instrument)
        sheet = actions.open_sheet(actor=person, instrument=instrument, version=found.version, sha256=digest)
        return redirect("audits:step", pk=sheet.pk, number=answering.next_number(found, sheet))
    shown = {
        "asked": how,
        "instrument": found,
        "sheet": begun if begun is not None and queries.is_current(begun) else None,
        "outdated": begun if begun is not None and not queries.is_current(begun) else None,
        "finished": [(one, queries.is_current(one)) for one in queries.finished_sheets(person, instrument)],
    }
    return render(request, "audits/questionnaire.html", shown)


@show_or_send
@login_required
def step(request: MemberRequest, pk: UUID, number: int) -> HttpResponseBase:
    """Show one screen: save it, then go on, back, or look it over."""
    sheet, instrument = _open_sheet(request, pk)
    if instrument is None:
        return redirect("audits:questionnaire", instrument=sheet.instrument)
    count = len(instrument.sections)
    if not 1 <= number <= count:
        raise Http404(access.NOT_HERE)
    how = asked(request, load.languages(instrument.id))
    instrument = load.instrument(instrument.id, how.language)
    section = instrument.sections[number - 1]
    form = StepForm(instrument, section, sent(request), initial=step_initial(section, sheet))
    if request.method == "POST" and form.is_valid():
        values, texts = form.answers()
        actions.answer(actor=request.user.person, sheet=sheet, values=values, texts=texts)
        return _turn(request, pk, number, count)
    shown = {
        "asked": how,
        "form": form,
        "sheet": sheet,
        "instrument": instrument,
        "section": section,
        "number": number,
        "count": count,
    }
    return render(request, "audits/step.html", shown, status=422 if form.errors else 200)


def _turn(request: MemberRequest, pk: UUID, number: int, count: int) -> HttpResponseBase:
    go = request.POST.get("go", "on")
    if chose(request, go):
        return redirect("audits:step", pk=pk, number=number)
    if go == "back":
        return redirect("audits:step", pk=pk, number=number - 1) if number > 1 else redirect("audits:role")
    if go == "review" or number == count:
        return redirect("audits:review", pk=pk)
    return redirect("audits:step", pk=pk, number=number + 1)


@show_or_send
@login_required
def review(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show all answers on one page; then the result."""
    sheet, instrument = _open_sheet(request, pk)
    if instrument is None:
        return redirect("audits:questionnaire", instrument=sheet.instrument)
    if request.method == "POST":
        try:
            run = actions.finish_sheet(actor=request.user.person, sheet=sheet)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("audits:review", pk=pk)
        return redirect("runs:run", pk=run.pk)
    how = asked(request, load.languages(instrument.id))
    instrument = load.instrument(instrument.id, how.language)
    shown: dict[str, Any] = {"sheet": sheet, "instrument": instrument, "asked": how}
    return render(request, "audits/review.html", shown | answering.overview(instrument, sheet))


@require_safe
@login_required
def sheet(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show the result of finished answers, with intervals and the drift since the time before."""
    found = access.get(request.user, "sheet.view", pk)
    instrument = queries.instrument_of(found)
    if not found.is_finished:
        raise Http404(access.NOT_HERE)
    if instrument is None:
        return render(request, "audits/set_aside.html", answering.set_aside(found))
    earlier = queries.sheet_before(request.user.person, found)
    how = asked(request, load.languages(instrument.id))
    told = answering.result(load.instrument(instrument.id, how.language), found, earlier)
    return render(request, "audits/sheet.html", told | {"asked": how})


@require_POST
@login_required
def delete_sheet(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Delete the answers of one time."""
    found = access.get(request.user, "sheet.view", pk)
    actions.delete_sheet(actor=request.user.person, sheet=found)
    messages.success(request, "The answers have been deleted.")
    return redirect("audits:role")


def _open_sheet(request: MemberRequest, pk: UUID) -> tuple[Any, Instrument | None]:
    """Give a sheet that is not finished, and its questions, ``None`` when they have changed since."""
    found = access.get(request.user, "sheet.view", pk)
    if found.is_finished or found.instrument not in queries.OWN_INSTRUMENTS:
        raise Http404(access.NOT_HERE)
    return found, queries.instrument_of(found)
