"""Taking in a list of people: send it, say what its columns are, look, say yes, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.core.problems import BadInput
from fairlead.web import access
from fairlead.web.roster import forms, imports, queries
from fairlead.web.roster.views import as_csv
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest

show_or_send = require_http_methods(["GET", "HEAD", "POST"])
SHOWN = 50
"""Rows of one group that a preview lists; the file to download holds all."""


@show_or_send
@login_required
def send(request: MemberRequest) -> HttpResponseBase:
    """Take a file or a pasted table; it is read in a closed-off process."""
    me = access.require(request.user, "roster.import")
    if request.method != "POST":
        return render(request, "roster/send.html", {"form": forms.ImportForm()})
    form = forms.ImportForm(request.POST, request.FILES)
    if form.is_valid():
        said = form.cleaned_data
        try:
            if said["file"]:
                sent = said["file"]
                found = imports.begin(me, name=sent.name, data=sent.read(), complete=said["complete"])
            else:
                found = imports.begin_pasted(me, text=said["pasted"], complete=said["complete"])
        except BadInput as bad:
            for problem in bad.problems[:5]:
                form.add_error(None, str(problem))
        else:
            if said_before := queries.columns_said_before(found):
                imports.choose_columns(me, found, said_before)
            return redirect("roster:import", pk=found.pk)
    return render(request, "roster/send.html", {"form": form}, status=422)


@show_or_send
@login_required
def columns(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Say which of their columns is which of ours."""
    found = access.get(request.user, "roster.import", pk)
    if found.state != found.State.PREVIEW:
        return redirect("roster:import", pk=pk)
    form = forms.ColumnsForm(found.plan, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        imports.choose_columns(request.user.person, found, form.mapping())
        return redirect("roster:import", pk=pk)
    shown = {"form": form, "change": found, "rows": form.rows()}
    return render(request, "roster/columns.html", shown, status=422 if form.errors else 200)


@require_safe
@login_required
def one(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show what a list would change, or what became of it."""
    found = access.get(request.user, "roster.import", pk)
    if found.mapping.get("by_hand"):
        raise Http404(access.NOT_HERE)
    if found.state == found.State.PREVIEW:
        if not found.plan.get("ready"):
            return redirect("roster:columns", pk=pk)
        return render(request, "roster/preview.html", {"change": found, "plan": found.plan, "first": SHOWN})
    return render(request, "roster/done.html", {"change": found, "plan": found.plan, "first": SHOWN})


@require_POST
@login_required
def carry_out(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Do it, all or nothing."""
    found = access.get(request.user, "roster.import", pk)
    try:
        imports.carry_out(request.user.person, found, typed=request.POST.get("typed", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
        if str(refusal) == imports.OVERTAKEN:
            imports.look_again(found)
        return redirect("roster:import", pk=pk)
    messages.success(request, "The list has been imported.")
    return redirect("roster:import", pk=pk)


@require_POST
@login_required
def drop(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Do not import it."""
    found = access.get(request.user, "roster.import", pk)
    try:
        imports.drop(request.user.person, found)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("roster:import", pk=pk)
    messages.success(request, "Dropped. Nothing was changed, and the rows have been removed.")
    return redirect("roster:changes")


@require_safe
@login_required
def report(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Give every refused row and notice as a file; of a waiting list also every change."""
    found = access.get(request.user, "roster.import", pk)
    waits = found.state == found.State.PREVIEW and found.plan.get("ready")
    data = queries.preview_csv(found) if waits else queries.report_csv(found)
    return as_csv(data, "preview.csv" if waits else "report.csv")


@require_safe
@login_required
def changes(request: MemberRequest) -> HttpResponseBase:
    """List what was imported and changed by hand."""
    access.require(request.user, "roster.import")
    return render(request, "roster/changes.html", {"rows": queries.changes()})


@require_POST
@login_required
def undo(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Put back what a change replaced."""
    found = access.get(request.user, "roster.import", pk)
    with telling(request, "Undone. Everything is as it was before."):
        imports.undo(request.user.person, found)
    return redirect("roster:changes")
