"""Deciding in one's own name, and what the candidate reads and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from fairlead.web import access, trail
from fairlead.web.access import fresh
from fairlead.web.promotions import conferring_queries, deciding, deciding_queries, forms, queries
from fairlead.web.promotions.views import sent, show_or_send
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

    from fairlead.web.people.asking import MemberRequest


@show_or_send
@login_required
@fresh(needs="case.decide")
def decide(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Decide about a case, with reasons that the candidate reads."""
    found, person = access.get(request.user, "case.decide", pk), request.user.person
    trail.saw(person, found, subject=found.candidate)
    form = forms.DecisionForm(sent(request), least=queries.policy(found.round).least_reasons)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            deciding.decide(person, found, outcome=said["outcome"], reasons=said["reasons"])
        except Refused as refusal:
            form.add_error("reasons", str(refusal))
        else:
            messages.success(request, "Decided. It is read when the whole round is.")
            return redirect("promotions:decision", pk=pk)
    shown = {
        "form": form,
        "case": found,
        "page": queries.case_page(person, found),
        "ratings": deciding_queries.open_ratings(found),
        "notes": conferring_queries.notes_of(person, found),
        "tally": conferring_queries.tally_for(person, found),
    }
    return render(request, "promotions/decide.html", shown, status=422 if form.errors else 200)


@show_or_send
@login_required
@fresh(needs="case.run")
def set_aside(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """End a case that cannot be decided in this round, and say why."""
    found = access.get(request.user, "case.run", pk)
    form = forms.ReasonForm(sent(request))
    form.fields["reason"].help_text = "The candidate reads it."
    if form.is_bound and form.is_valid():
        try:
            deciding.set_aside(request.user.person, found, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, "Set aside.")
            return redirect("promotions:round", pk=found.round_id)
    shown = {"form": form, "case": found}
    return render(request, "promotions/set_aside.html", shown, status=422 if form.errors else 200)


@require_safe
@login_required
def decision(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show what was decided, why, what the candidate says to it, and what comes next."""
    found, person = access.get(request.user, "case.decision", pk), request.user.person
    trail.saw(person, found, subject=found.candidate)
    deciding.note_read(person, found)
    return _decision(request, found)


def _decision(request: MemberRequest, found: Any, **more: Any) -> HttpResponse:
    person = request.user.person
    people = queries.next_step_people(person, found)
    talks = access.visible(request.user, "notes.see").filter(pk=found.pk).exists()
    shown = {
        "case": found,
        "page": deciding_queries.decision_page(person, found),
        "ratings": deciding_queries.open_ratings(found),
        "talks": talks,
        "notes": conferring_queries.notes_of(person, found) if talks else (),
        "tally": conferring_queries.tally_for(person, found),
        "answer_form": more.get("answer_form") or forms.AnswerForm(),
        "step_form": more.get("step_form") or forms.NextStepForm(people=people),
    }
    return render(request, "promotions/decision.html", shown, status=422 if more else 200)


@require_POST
@login_required
def answer(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Answer the decision about oneself."""
    found = access.get(request.user, "case.told", pk)
    form = forms.AnswerForm(request.POST)
    if form.is_valid():
        try:
            deciding.answer(request.user.person, found, text=form.cleaned_data["text"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your statement stands beside the decision.")
            return redirect("promotions:decision", pk=pk)
    return _decision(request, found, answer_form=form)


@require_POST
@login_required
def step_done(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Say that a next step is done, or take that back."""
    found = access.get(request.user, "next_step.own", pk)
    done = request.POST.get("done") == "yes"
    with telling(request, "Done." if done else "It is open again."):
        deciding.mark_done(request.user.person, found, done=done)
    return redirect("promotions:decision", pk=found.nomination_id)


@require_POST
@login_required
def next_step(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Write what is done next."""
    found, person = access.get(request.user, "case.decision", pk), request.user.person
    form = forms.NextStepForm(request.POST, people=queries.next_step_people(person, found))
    if form.is_valid():
        said = form.cleaned_data
        try:
            deciding.write_next_step(
                person, found, text=said["text"], by=form.people[said["by"]], due=said["due"]
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Written down.")
            return redirect("promotions:decision", pk=pk)
    return _decision(request, found, step_form=form)
