"""Pages of reports: reading one, taking it along, showing it to the team, themes, verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web import access
from fairlead.web.feedback import checking, report_files, reporting
from fairlead.web.feedback import themes as written
from fairlead.web.feedback.report_forms import ThemeForm
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest

show_or_send = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def reports(request: MemberRequest) -> HttpResponseBase:
    """List every report that the person may read."""
    return render(
        request, "feedback/report_list.html", {"lists": reporting.lists(request.user, request.user.person)}
    )


@require_safe
@login_required
def report(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show one report as this reader may read it."""
    found = access.get(request.user, "report.view", pk)
    person = request.user.person
    page = reporting.page(person, found)
    reporting.note_reading(person, found)
    return render(request, "feedback/report_page.html", {"page": page, "report": found})


@require_safe
@login_required
def download(request: MemberRequest, pk: UUID, form: str) -> HttpResponseBase:
    """Give one report as a file; people operations sign in again before they take somebody else's along."""
    found = access.get(request.user, "report.view", pk)
    if form not in report_files.FORMS:
        raise Http404(access.NOT_HERE)
    others = reporting.reader_of(request.user.person, found) == "operations"
    return (_again if others else _download)(request, pk=pk, form=form)


def _download(request: MemberRequest, pk: UUID, form: str) -> HttpResponseBase:
    found = access.get(request.user, "report.view", pk)
    person = request.user.person
    data = report_files.write(reporting.page(person, found), form)
    reporting.note_download(person, found, form)
    answer = HttpResponse(data, content_type=report_files.FORMS[form])
    answer["Content-Disposition"] = f'attachment; filename="{report_files.name_of(found, form)}"'
    return answer


_again = access.fresh(_download)


@show_or_send
@login_required
def show(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Say exactly what the team will see; then show it to them."""
    found = access.get(request.user, "report.own", pk)
    if not reporting.can_be_shown(found):
        raise Http404(access.NOT_HERE)
    if request.method != "POST":
        page = {"page": reporting.preview(found), "report": found, "people": reporting.shown_people(found)}
        return render(request, "feedback/report_show.html", page)
    with telling(request, "Shown. Those who were asked see the figures under Today and under Feedback."):
        reporting.show_to_team(request.user.person, found)
    return redirect("feedback:report", pk=found.pk)


@require_POST
@login_required
def take_back(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show it to nobody else from now on."""
    found = access.get(request.user, "report.own", pk)
    with telling(request, "Taken back. Nobody else reads it here any more; who printed it keeps the paper."):
        reporting.take_back(request.user.person, found)
    return redirect("feedback:report", pk=found.pk)


@require_safe
@login_required
def no_report(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Say why there is no figure, and how to ask openly instead."""
    survey = access.get(request.user, "report.none", pk)
    there = reporting.report_in(request.user.person, survey)
    if there is not None:
        return redirect("feedback:report", pk=there.pk)
    page = reporting.nothing(request.user.person, survey)
    return render(request, "feedback/report_page.html", {"page": page, "report": None})


# --- themes ----------------------------------------------------------------------------------


@show_or_send
@login_required
def themes(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show the comments for people operations, and take a theme."""
    found = access.get(request.user, "theme.write", pk)
    person = request.user.person
    form = ThemeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            written.write(person, found, form.cleaned_data["text"])
        except Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            return redirect("feedback:themes", pk=found.pk)
    reporting.note_reading(person, found)
    page = reporting.themes_page(found) | {"form": form}
    return render(request, "feedback/theme_list.html", page, status=422 if form.errors else 200)


@show_or_send
@login_required
def theme(request: MemberRequest, pk: UUID, theme: UUID) -> HttpResponseBase:
    """Say one theme in other words."""
    found = access.get(request.user, "theme.write", pk)
    kept = written.one_of(found, theme)
    if kept is None:
        raise Http404(access.NOT_HERE)
    form = ThemeForm(request.POST if request.method == "POST" else None, initial={"text": kept.text})
    if request.method == "POST" and form.is_valid():
        try:
            written.change(request.user.person, found, theme, form.cleaned_data["text"])
        except Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            return redirect("feedback:themes", pk=found.pk)
    page = reporting.themes_page(found) | {"form": form, "theme": kept}
    return render(request, "feedback/theme_edit.html", page, status=422 if form.errors else 200)


@require_POST
@login_required
def remove_theme(request: MemberRequest, pk: UUID, theme: UUID) -> HttpResponseBase:
    """Take one theme away."""
    found = access.get(request.user, "theme.write", pk)
    if written.one_of(found, theme) is None:
        raise Http404(access.NOT_HERE)
    with telling(request, "Removed."):
        written.remove(request.user.person, found, theme)
    return redirect("feedback:themes", pk=found.pk)


# --- verdicts --------------------------------------------------------------------------------


@require_safe
@login_required
def verdicts(request: MemberRequest) -> HttpResponseBase:
    """List what the check before each release found."""
    access.require(request.user, "verdict.read")
    return render(request, "feedback/verdict_list.html", checking.verdicts(request.user))


@require_safe
@login_required
def verdict(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show one verdict."""
    found = access.get(request.user, "verdict.read", pk)
    return render(request, "feedback/verdict_page.html", {"one": checking.checked_release(found)})
