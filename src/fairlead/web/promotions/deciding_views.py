"""Deciding in one's own name, and what the candidate reads and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from fairlead.web import access, trail
from fairlead.web.access import fresh
from fairlead.web.promotions import (
    calibration_queries,
    conferring_queries,
    deciding,
    deciding_queries,
    flags_queries,
    forms,
    peers_queries,
    queries,
    taken_out_queries,
)
from fairlead.web.promotions.views import sent, show_or_send
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

    from fairlead.web.people.asking import MemberRequest
    from fairlead.web.people.models import Person
    from fairlead.web.promotions.case_models import Decision
    from fairlead.web.promotions.models import Nomination


@show_or_send
@login_required
@fresh(needs="case.decide")
def decide(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Decide about a case, with reasons that the candidate reads."""
    found, person = access.get(request.user, "case.decide", pk), request.user.person
    if not deciding_queries.decides(person, found):
        raise Http404(access.NOT_HERE)
    trail.saw(person, found, subject=found.candidate)
    form = forms.DecisionForm(sent(request), least=queries.policy(found.round).least_reasons)
    if _kept(form, person, found, deciding.decide):
        messages.success(
            request, "Decided. It is read when the whole round is; until then you can change it."
        )
        return redirect("promotions:decision", pk=pk)
    return _deciding(request, found, form)


@show_or_send
@login_required
@fresh(needs="decision.change")
def change(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Change one's own decision while nobody has been told."""
    found, person = access.get(request.user, "decision.change", pk), request.user.person
    trail.saw(person, found, subject=found.candidate)
    made = deciding.decided(found)
    form = forms.DecisionForm(sent(request), least=queries.policy(found.round).least_reasons, made=made)
    if _kept(form, person, found, deciding.change):
        messages.success(request, "Changed. What it said before stands beside it.")
        return redirect("promotions:decision", pk=pk)
    return _deciding(request, found, form, made=made)


def _kept(form: forms.DecisionForm, person: Person, found: Nomination, act: Callable[..., Any]) -> bool:
    """Take the step with what was sent; put a refusal beside what it is about."""
    if not form.is_bound or not form.is_valid():
        return False
    said = form.cleaned_data
    try:
        act(person, found, outcome=said["outcome"], reasons=said["reasons"])
    except Refused as refusal:
        form.add_error(deciding_queries.field_of(str(refusal)), str(refusal))
        return False
    return True


def _deciding(
    request: MemberRequest, found: Nomination, form: forms.DecisionForm, made: Decision | None = None
) -> HttpResponse:
    person = request.user.person
    voices = peers_queries.page(person, found)
    peers_queries.note_seen(person, voices)
    shown = {
        "form": form,
        "case": found,
        "made": made,
        "page": queries.case_page(person, found),
        "ratings": deciding_queries.open_ratings(found),
        "safeguard": flags_queries.safeguard(found),
        "score": calibration_queries.score_of(person, found),
        "voices": voices.voices,
        "notes": conferring_queries.notes_of(person, found),
        "tally": conferring_queries.tally_for(person, found),
        "marks": flags_queries.praise(form.data.get("reasons", "")) if form.is_bound else (),
        "taken_out": taken_out_queries.taken_out(found),
        "undone": taken_out_queries.undone(found),
        **deciding_queries.deciding_now(person, found),
    }
    return render(request, "promotions/decide.html", shown, status=422 if form.errors else 200)


@show_or_send
@login_required
@fresh(needs="case.run")
def set_aside(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """End a case that cannot be decided in this round, and say why."""
    found = access.get(request.user, "case.run", pk)
    least = queries.policy(found.round).least_reasons
    form = forms.ReasonForm(sent(request), read_by="The candidate reads it.", least=least)
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
    page = deciding_queries.decision_page(person, found)
    ratings = deciding_queries.open_ratings(found)
    changes = access.visible(request.user, "decision.change").filter(pk=found.pk).exists()
    shown = {
        "case": found,
        "page": page,
        "changes": changes,
        "marks": flags_queries.praise(page.decision.reasons) if changes and page.decision else (),
        "ratings": ratings,
        "talks": talks,
        "notes": conferring_queries.notes_of(person, found) if talks else (),
        "tally": conferring_queries.tally_for(person, found),
        "answer_form": more.get("answer_form") or forms.AnswerForm(ratings=ratings),
        "step_form": more.get("step_form") or forms.NextStepForm(people=people),
    }
    return render(request, "promotions/decision.html", shown, status=422 if more else 200)


@require_POST
@login_required
def answer(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Answer the decision about oneself."""
    found = access.get(request.user, "case.told", pk)
    form = forms.AnswerForm(request.POST, ratings=deciding_queries.open_ratings(found))
    if form.is_valid():
        said = form.cleaned_data
        try:
            deciding.answer(request.user.person, found, text=said["text"], rating=said["rating"])
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
            form.add_error("due" if "day" in str(refusal) else None, str(refusal))
        else:
            messages.success(request, "Written down.")
            return redirect("promotions:decision", pk=pk)
    return _decision(request, found, step_form=form)
