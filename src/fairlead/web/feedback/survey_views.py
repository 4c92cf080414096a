"""Pages on which a survey is prepared, looked at, launched, followed and cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web import access, finding
from fairlead.web.access import fresh
from fairlead.web.feedback import forms, launching, queries, reporting, surveys
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest

show_or_send = require_http_methods(["GET", "HEAD", "POST"])

OF_ORGANIZATION = {"managers", "pulse"}
"""The ways to ask that only people operations have; the others are about who asks."""


@require_safe
@login_required
def index(request: MemberRequest) -> HttpResponseBase:
    """Show what waits for an answer, what may be read, and how to ask."""
    person = access.require(request.user, "survey.begin")
    shown = {
        "ballots": queries.ballots(person),
        "reports": reporting.lists(request.user, person),
        "own": queries.lines(access.visible(request.user, "survey.own")),
        "team": queries.my_reports(person),
        "least": queries.least(),
        "runs": access.may(request.user, "survey.run"),
        "audits": access.may(request.user, "verdict.read"),
    }
    return render(request, "feedback/index.html", shown)


@require_safe
@login_required
def all_surveys(request: MemberRequest) -> HttpResponseBase:
    """List the surveys of the organization."""
    access.require(request.user, "survey.run")
    return render(
        request,
        "feedback/survey_list.html",
        {"lines": queries.lines(access.visible(request.user, "survey.run"))},
    )


@require_safe
@login_required
def new(request: MemberRequest) -> HttpResponseBase:
    """Choose what kind of survey."""
    person = access.require(request.user, "survey.begin")
    shown = {
        "runs": access.may(request.user, "survey.run"),
        "team": queries.my_reports(person),
        "least": queries.least(),
    }
    return render(request, "feedback/survey_new.html", shown)


@show_or_send
@login_required
def begin(request: MemberRequest, way: str) -> HttpResponseBase:
    """Say what is asked, of whom, until when."""
    kind = forms.FORMS.get(way)
    if kind is None:
        raise Http404(access.NOT_HERE)
    of_organization = way in OF_ORGANIZATION
    person = access.require(request.user, "survey.run" if of_organization else "survey.begin")
    form = kind(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid() and not getattr(form, "looks", False):
        try:
            about = None if of_organization else person
            survey = surveys.begin(person, form.kind, form.wanted(), about=about)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("feedback:preview", pk=survey.pk)
    return _form(request, form, way)


@show_or_send
@login_required
def change(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Change a survey that is being prepared."""
    survey = _mine(request, pk)
    if survey.state != survey.State.DRAFT:
        return redirect("feedback:survey", pk=pk)
    person, way = request.user.person, queries.way_of(survey)
    form = forms.FORMS[way](request.POST if request.method == "POST" else None, person=person, draft=survey)
    if request.method == "POST" and form.is_valid() and not getattr(form, "looks", False):
        try:
            surveys.change(person, survey, form.wanted())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("feedback:preview", pk=pk)
    return _form(request, form, way, survey)


def _form(request: MemberRequest, form: Any, way: str, survey: Any = None) -> HttpResponseBase:
    shown: dict[str, Any] = {"form": form, "way": way, "survey": survey, "most": surveys.MOST_NAMED}
    if isinstance(form, forms.WorkForm):
        shown |= _people(request, form)
    return render(request, "feedback/survey_form.html", shown, status=422 if form.errors else 200)


def _people(request: MemberRequest, form: forms.WorkForm) -> dict[str, Any]:
    """Give those chosen, those found, and those who are suggested, each once."""
    person = request.user.person
    found: list[finding.Match] = []
    if form.is_bound and form.looks:
        form.errors.clear()  # who looks for somebody has not filled in the rest yet
        words = form.data.get("who", "")
        if finding.too_many_searches(person, "feedback"):
            form.add_error("who", "That were many searches. Try again in an hour.")
        else:
            found = finding.find(person, words)
    chosen = finding.matches(person, form.chosen)
    known = {one.person.pk for one in chosen}
    found = [one for one in found if one.person.pk not in known]
    known |= {one.person.pk for one in found}
    suggested = [one for one in queries.suggested(person) if one.person.pk not in known]
    return {
        "chosen": chosen,
        "found": found,
        "searched": form.is_bound and form.looks,
        "suggested": suggested,
    }


@require_safe
@login_required
def preview(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Say whom a launch would ask and what it would fix."""
    survey = _mine(request, pk)
    if survey.state != survey.State.DRAFT:
        return redirect("feedback:survey", pk=pk)
    shown = {
        "survey": survey,
        "preview": queries.preview(survey),
        "asks": queries.whom(survey),
        "own": survey.about_id is not None,
        "invites": access.may(request.user, "roster.invite"),
    }
    return render(request, "feedback/survey_preview.html", shown)


@require_POST
@login_required
@fresh(needs="survey.run")
def launch(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Launch a survey of the organization."""
    return _launch(request, access.get(request.user, "survey.run", pk))


@require_POST
@login_required
def ask(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Launch a survey about oneself."""
    return _launch(request, access.get(request.user, "survey.own", pk))


def _launch(request: MemberRequest, survey: Any) -> HttpResponseBase:
    try:
        launching.freeze(request.user.person, survey, seen=request.POST.get("seen", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("feedback:preview", pk=survey.pk)
    messages.success(request, "Launched. From now on nothing of it changes.")
    return redirect("feedback:survey", pk=survey.pk)


@require_safe
@login_required
def survey(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show how far a survey is; before its end nothing about answers."""
    found = access.get(request.user, "survey.view", pk)
    person = request.user.person
    mine = _is_mine(request, found)
    if found.state == found.State.DRAFT:
        if not mine:
            raise Http404(access.NOT_HERE)
        return redirect("feedback:preview", pk=pk)
    shown = queries.state(found, person, mine=mine) | {"mine": mine}
    return render(request, "feedback/survey_state.html", shown)


@show_or_send
@login_required
def cancel(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Ask once more, then cancel."""
    found = _mine(request, pk)
    if request.method != "POST":
        if found.state not in {found.State.FROZEN, found.State.OPEN}:
            return redirect("feedback:survey", pk=pk)
        return render(request, "feedback/survey_cancel.html", {"survey": found})
    with telling(request, "Cancelled. Every answer was destroyed unread."):
        surveys.cancel(request.user.person, found)
    return redirect("feedback:survey", pk=pk)


@require_POST
@login_required
def delete(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Delete a survey that is being prepared."""
    found = _mine(request, pk)
    to = "feedback:surveys" if found.about_id is None else "feedback:index"
    try:
        surveys.delete(request.user.person, found)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("feedback:survey", pk=pk)
    messages.success(request, "Deleted.")
    return redirect(to)


def _mine(request: MemberRequest, pk: UUID) -> Any:
    """Give a survey that one may change: one's own, or one of the organization's for people operations."""
    own = access.visible(request.user, "survey.own").filter(pk=pk).first()
    return own if own is not None else access.get(request.user, "survey.run", pk)


def _is_mine(request: MemberRequest, found: Any) -> bool:
    if found.about_id is not None:
        return bool(found.about_id == request.user.person.pk)
    return access.may(request.user, "survey.run")
