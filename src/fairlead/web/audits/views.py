"""My role: the home of the room, calendars, readings, sorting, own rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web import access, showing
from fairlead.web.audits import actions, comparing, files, forms, queries, unclear
from fairlead.web.audits.others import others_of
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase, QueryDict

    from fairlead.web.people.asking import MemberRequest

show_or_send = require_http_methods(["GET", "HEAD", "POST"])


def sent(request: MemberRequest) -> QueryDict | None:
    """Give what a form sent, also when it sent nothing; ``None`` where the page is only shown."""
    return request.POST if request.method == "POST" else None


@require_safe
@login_required
def role(request: MemberRequest) -> HttpResponseBase:
    """Show the one next step, then the picture, then the parts; or what will stand here."""
    home = queries.home(request.user.person)
    seen_by = showing.seen_by("reading", home.shown.reading.pk) if home.shown else ""
    others = others_of(request.user.person, home.shown.audit if home.shown else None)
    return render(request, "audits/role.html", {"home": home, "seen_by": seen_by, "others": others})


@show_or_send
@login_required
def calendar(request: MemberRequest) -> HttpResponseBase:
    """Take calendar files; the worker reads them, never this process."""
    person = request.user.person
    if request.method != "POST":
        return _calendar_page(request, forms.CalendarForm(initial=queries.calendar_start(person)))
    form = forms.CalendarForm(request.POST, request.FILES)
    found = form.resolve_role() if form.is_valid() else None
    if found is None or form.errors:
        return _calendar_page(request, form, status=422)
    run = actions.import_calendar(
        actor=person,
        files=form.sent_files(),
        typed=form.typed(),
        role=found,
        remember=form.cleaned_data["remember"],
    )
    unchanged = "" if run else actions.NOTHING_NEW
    if request.htmx:
        return render(request, "audits/_outcome.html", {"run": run, "unchanged": unchanged})
    if run is None:
        return _calendar_page(request, form, unchanged=unchanged)
    return redirect("runs:run", pk=run.pk)


def _calendar_page(
    request: MemberRequest, form: forms.CalendarForm, *, status: int = 200, unchanged: str = ""
) -> HttpResponse:
    shown = {
        "form": form,
        "matches": form.matches,
        "unchanged": unchanged,
        "chosen": request.user.person.role_title,
    }
    if request.htmx and status != 200:
        return render(request, "audits/_outcome.html", shown, status=status)
    return render(request, "audits/calendar.html", shown | {"zones": forms.zone_names()}, status=status)


@require_POST
@login_required
def read_again(request: MemberRequest) -> HttpResponseBase:
    """Make a new reading from what is here."""
    try:
        run = actions.read_again(actor=request.user.person)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("audits:role")
    return redirect("runs:run", pk=run.pk)


@require_POST
@login_required
def put_away(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Put the notice of a failed upload away."""
    run = access.get(request.user, "run.view", pk)
    try:
        actions.put_away(actor=request.user.person, run=run)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("audits:role")


@require_safe
@login_required
def readings(request: MemberRequest) -> HttpResponseBase:
    """List past readings, newest first."""
    return render(request, "audits/readings.html", {"lines": queries.past_readings(request.user.person)})


@require_safe
@login_required
def compare(request: MemberRequest) -> HttpResponseBase:
    """Show two readings side by side, the older one first."""
    picked = [
        access.get(request.user, "reading.view", request.GET.get(side, "")) for side in ("earlier", "later")
    ]
    earlier, later = sorted(picked, key=lambda reading: (reading.made_on, reading.made_at))
    sides = [{"reading": one, "audit": queries.audit_of(one)} for one in (earlier, later)]
    rows = comparing.compared(sides[0]["audit"], sides[1]["audit"])
    same_day = earlier.made_on == later.made_on
    shown = {"earlier": earlier, "later": later, "sides": sides, "rows": rows, "same_day": same_day}
    return render(request, "audits/compare.html", shown)


@require_safe
@login_required
def reading(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show one reading as it was."""
    found = access.get(request.user, "reading.view", pk)
    shown = queries.show(found)
    page = {"shown": shown, "reading": found, "seen_by": showing.seen_by("reading", found.pk)}
    page["others"] = others_of(request.user.person, shown.audit)
    return render(request, "audits/reading.html", page)


@require_safe
@login_required
def events(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Say why each event has its kind."""
    found = access.get(request.user, "reading.view", pk)
    shown = {"reading": found, "groups": unclear.event_groups(found), "keys": unclear.KEYS}
    return render(request, "audits/events.html", shown)


@require_POST
@login_required
def correct(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Say that a series is of another kind."""
    found = access.get(request.user, "reading.view", pk)
    form = forms.SortForm(request.POST)
    entry = unclear.event(found, form.cleaned_data["series"]) if form.is_valid() else None
    if entry is None or not form.cleaned_data["kind"]:
        raise Http404(access.NOT_HERE)
    actions.place(actor=request.user.person, entry=entry, kind=form.cleaned_data["kind"])
    messages.success(request, "Kept as your own rule. Read again when you have corrected what you wanted.")
    return redirect("audits:events", pk=pk)


@require_POST
@login_required
def delete_reading(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Delete a reading."""
    found = access.get(request.user, "reading.view", pk)
    actions.delete_reading(actor=request.user.person, reading=found)
    messages.success(request, "The reading has been deleted.")
    return redirect("audits:readings")


@require_safe
@login_required
def download(request: MemberRequest, pk: UUID, form: str) -> HttpResponseBase:
    """Give one reading as a file."""
    found = access.get(request.user, "reading.view", pk)
    if form not in files.FORMS:
        raise Http404(access.NOT_HERE)
    data = files.write(queries.show(found), form)
    response = HttpResponse(data, content_type=files.FORMS[form])
    response["Content-Disposition"] = f'attachment; filename="my-role-{found.made_on:%Y-%m-%d}.{form}"'
    return response


@show_or_send
@login_required
def sort(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Sort unclear events, one key or one tap each; every answer is kept at once."""
    found = access.get(request.user, "calendar.view", pk)
    person = request.user.person
    form = forms.SortForm(sent(request))
    if request.method == "POST":
        if not form.is_valid():
            raise Http404(access.NOT_HERE)
        actions.sort(actor=person, calendar=found, **form.cleaned_data)
    skipped = form.next_skipped() if request.method == "POST" else ()
    shown = {"calendar": found, "sorting": unclear.sorting(person, found, skipped)}
    return render(request, "audits/sort.html#sorting" if request.htmx else "audits/sort.html", shown)


@require_POST
@login_required
def forget_titles(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Forget kept titles now."""
    found = access.get(request.user, "calendar.view", pk)
    actions.forget_titles(actor=request.user.person, calendar=found)
    messages.success(request, "The titles have been forgotten.")
    return redirect("audits:sort", pk=pk)


@require_safe
@login_required
def rules(request: MemberRequest) -> HttpResponseBase:
    """List what the person said about events."""
    return render(request, "audits/rules.html", {"rules": unclear.own_rules(request.user.person)})


@require_POST
@login_required
def take_back(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Delete an own rule."""
    rule = access.get(request.user, "own_rule.view", pk)
    actions.take_back(actor=request.user.person, rule=rule)
    messages.success(request, "Taken back. The next reading goes without it.")
    return redirect("audits:rules")


@show_or_send
@login_required
def delete_everything(request: MemberRequest) -> HttpResponseBase:
    """Delete all that this room holds."""
    form = forms.SureForm(sent(request))
    if request.method == "POST" and form.is_valid():
        actions.delete_everything(actor=request.user.person)
        messages.success(request, "Everything in this room has been deleted.")
        return redirect(reverse("audits:role"))
    status = 422 if form.errors else 200
    return render(request, "audits/delete.html", {"form": form}, status=status)
