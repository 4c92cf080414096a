"""Views of the registers and of the dated decision."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from fairlead.core.work import Trait, label
from fairlead.library import load
from fairlead.render import words
from fairlead.web import access
from fairlead.web.audits import actions, forms, queries
from fairlead.web.audits.views import sent, show_or_send
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django import forms as django_forms
    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest

HIGH_PAYOFF = {
    "title": "High-payoff register",
    "lead": "Things done now that save trouble later. An hour here is an investment, and counted as one.",
    "empty": "Nothing is written down yet. Begin with one thing of last month that saved somebody trouble.",
    "after": "Words in titles mark your areas when a calendar is read: an event whose title holds one of "
    "them counts as high-payoff time. Titles are forgotten afterwards, so new words count from the next "
    "calendar on.",
}
PROCEDURES = {
    "title": "Procedure register",
    "lead": "What is written down, where, and when it was last checked: order that does not hang on you.",
    "empty": "Nothing is written down yet. Begin with the one question you are asked most often.",
}
DAILY: Final = {
    "scheduling": "Staff scheduling and call-outs",
    "stock": "Stock and supply checks",
    "payroll": "Payroll, hours and expenses",
    "quality": "Quality checks",
    "figures": "Figures and reports",
    "approvals": "Approvals and budgets",
    "audits": "Audits and rules from outside",
}
"""What daily management is often made of (row 153), to begin an entry of the procedure register with."""


@show_or_send
@login_required
def high_payoff(request: MemberRequest) -> HttpResponseBase:
    """Show the high-payoff register, or add to it (rows 37-42)."""
    person = request.user.person
    form = forms.HighPayoffForm(sent(request))
    if request.method == "POST" and form.is_valid():
        actions.add_high_payoff(actor=person, **form.cleaned_data)
        return redirect("audits:high_payoff")
    entries = [
        _line(entry, "audits:high_payoff_entry", (_area(entry.area), entry.saves, entry.people))
        for entry in queries.high_payoff(person)
    ]
    return _register(request, form, entries, HIGH_PAYOFF)


@show_or_send
@login_required
def high_payoff_entry(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Change one entry."""
    entry = access.get(request.user, "high_payoff.view", pk)
    form = forms.HighPayoffForm(sent(request), initial=_initial(entry, forms.HighPayoffForm))
    return _entry(request, entry, form, HIGH_PAYOFF["title"], "high_payoff")


@require_POST
@login_required
def remove_high_payoff(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Remove one entry."""
    entry = access.get(request.user, "high_payoff.view", pk)
    actions.remove(actor=request.user.person, entry=entry)
    return redirect("audits:high_payoff")


@show_or_send
@login_required
def procedures(request: MemberRequest) -> HttpResponseBase:
    """Show the procedure register, or add to it (row 154); daily work is offered to begin with (row 153)."""
    person = request.user.person
    form = forms.ProcedureForm(sent(request), initial={"name": DAILY.get(request.GET.get("begin", ""), "")})
    if request.method == "POST" and form.is_valid():
        actions.add_procedure(actor=person, **form.cleaned_data)
        return redirect("audits:procedures")
    entries = [
        _line(entry, "audits:procedure", (entry.brings, entry.kept_at, _checked(entry.checked_on)))
        for entry in queries.procedures(person)
    ]
    there = {entry["name"] for entry in entries}
    daily = [(name, words) for name, words in DAILY.items() if words not in there]
    return _register(request, form, entries, PROCEDURES | {"daily": daily})


@show_or_send
@login_required
def procedure(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Change one procedure."""
    entry = access.get(request.user, "procedure.view", pk)
    form = forms.ProcedureForm(sent(request), initial=_initial(entry, forms.ProcedureForm))
    return _entry(request, entry, form, PROCEDURES["title"], "procedures")


@require_POST
@login_required
def remove_procedure(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Remove one procedure."""
    entry = access.get(request.user, "procedure.view", pk)
    actions.remove(actor=request.user.person, entry=entry)
    return redirect("audits:procedures")


@show_or_send
@login_required
def decision(request: MemberRequest) -> HttpResponseBase:
    """Show or make the dated decision (row 34), and the weeks since (row 21)."""
    person = request.user.person
    initial = {"decided_on": timezone.localdate(), "text": _question(request.GET.get("ask", ""))}
    form = forms.ResolutionForm(sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide(actor=person, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("decided_on", str(refusal))
        else:
            return redirect("audits:decision")
    all_of_them = queries.resolutions(person)
    now = next((one for one in all_of_them if one.closed_on is None), None)
    reading = queries.newest_reading(person)
    shown: dict[str, Any] = {
        "form": form,
        "resolution": now,
        "earlier": [one for one in all_of_them if one.closed_on is not None],
        "way_out": queries.audit_of(reading).way_out if reading else (),
    }
    if now is not None:
        ticked = {tick.monday for tick in now.ticks.all()}
        shown |= {"weeks": _weeks(now.decided_on, ticked), "ticked": len(ticked)}
    return render(request, "audits/decision.html", shown, status=422 if form.errors else 200)


@require_POST
@login_required
def tick(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Tick a week, or take the tick away."""
    resolution = access.get(request.user, "decision.view", pk)
    form = forms.TickForm(request.POST)
    if form.is_valid():
        try:
            actions.tick_week(actor=request.user.person, resolution=resolution, **form.cleaned_data)
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect(f"{reverse('audits:decision')}#weeks")


@require_POST
@login_required
def delete_decision(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Delete a decision with its ticks."""
    resolution = access.get(request.user, "decision.view", pk)
    actions.remove(actor=request.user.person, entry=resolution)
    return redirect("audits:decision")


def _register(
    request: MemberRequest, form: django_forms.Form, entries: list[dict[str, str]], about: dict[str, Any]
) -> HttpResponseBase:
    shown = {"form": form, "entries": entries, **about}
    return render(request, "audits/register.html", shown, status=422 if form.errors else 200)


def _entry(
    request: MemberRequest, entry: Any, form: django_forms.Form, title: str, name: str
) -> HttpResponseBase:
    if request.method == "POST" and form.is_valid():
        actions.change(actor=request.user.person, entry=entry, **form.cleaned_data)
        return redirect(f"audits:{name}")
    removal = {"high_payoff": "remove_high_payoff", "procedures": "remove_procedure"}[name]
    shown = {
        "entry": entry,
        "form": form,
        "title": title,
        "back": reverse(f"audits:{name}"),
        "remove": reverse(f"audits:{removal}", args=[entry.pk]),
    }
    return render(request, "audits/entry.html", shown, status=422 if form.errors else 200)


def _initial(entry: Any, form: type[django_forms.Form]) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in form.base_fields}


def _line(entry: Any, name: str, parts: tuple[str, ...]) -> dict[str, str]:
    line = " · ".join(part for part in parts if part)
    return {"name": entry.name, "line": line, "href": reverse(name, args=[entry.pk])}


def _question(trait: str) -> str:
    """Begin a decision with what to ask the manager in mind, where they are ahead (row 33)."""
    found = next((item for item in load.instrument("rut-check").items if item.about == trait), None)
    if trait not in set(Trait) or found is None:
        return ""
    return f"I ask the manager I have in mind how they do this: {found.text[0].lower()}{found.text[1:]}."


def _area(area: str) -> str:
    return "My own" if area == "own" else label(area)


def _checked(on: date | None) -> str:
    return f"checked on {words.day(on.isoformat())}" if on else "not checked yet"


def _weeks(decided_on: date, ticked: set[date]) -> list[dict[str, Any]]:
    """Give every week from the decision to now, the newest first."""
    monday = decided_on - timedelta(days=decided_on.weekday())
    count = (timezone.localdate() - monday).days // 7 + 1
    mondays = [monday + timedelta(weeks=number) for number in range(min(count, 104))]
    return [{"monday": one, "ticked": one in ticked} for one in reversed(mondays)]
