"""Signals, who speaks for one, the argument, roles to aim for (rows 97, 98, 112-116, 140)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web import access, finding
from fairlead.web.journey import (
    advocate_actions,
    advocate_queries,
    later_actions,
    later_forms,
    later_queries,
    witness_queries,
)
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from fairlead.web.people.asking import MemberRequest

show_or_send = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def signals(request: MemberRequest) -> HttpResponse:
    """Show what goes beyond the daily work of the role."""
    return render(request, "journey/signals.html", {"signals": later_queries.signals(request.user.person)})


# --- who speaks for one ----------------------------------------------------------------------


@require_safe
@login_required
def advocates(request: MemberRequest) -> HttpResponse:
    """Show whom one asked, and who asks one."""
    return _advocates(request)


def _advocates(request: MemberRequest, *, wrong: Any = None, pk: UUID | None = None) -> HttpResponse:
    person = request.user.person
    asked = [
        (one, wrong if one.pk == pk else later_forms.AnswerForm(auto_id=f"id_{one.pk}_%s"))
        for one in advocate_queries.asked_of(person)
    ]
    page = {"own": advocate_queries.own(person), "asked": asked, "standing": advocate_queries.STANDING}
    return render(request, "journey/advocates.html", page, status=422 if wrong else 200)


@show_or_send
@login_required
def ask_advocate(request: MemberRequest) -> HttpResponse:
    """Find somebody, and ask them openly whether they want to speak for one."""
    person = request.user.person
    form = later_forms.AskForm(request.POST if request.method == "POST" else None)
    page: dict[str, Any] = {"form": form, "near": witness_queries.near(person)}
    if form.is_bound and form.is_valid():
        if form.cleaned_data["step"] != "ask":
            if finding.too_many_searches(person, "journey"):
                form.add_error("who", "That were many searches. Try again in an hour.")
            else:
                page |= {"matches": finding.find(person, form.cleaned_data["who"]), "searched": True}
        elif _asked(request, form):
            return redirect("journey:advocates")
    return render(request, "journey/advocate_ask.html", page, status=422 if form.errors else 200)


def _asked(request: MemberRequest, form: later_forms.AskForm) -> bool:
    person, said = request.user.person, form.cleaned_data
    advocate = finding.chosen(person, said["chosen"])
    if advocate is None:
        form.add_error("who", "Look for somebody, and choose one of those found.")
        return False
    try:
        advocate_actions.ask(actor=person, advocate=advocate, aim=said["aim"], words=said["words"])
    except Refused as no:
        form.add_error(None, str(no))
        return False
    # A message waits in the session, which is not sealed: it names nobody.
    messages.success(request, "Asked. What they answer stands here, and under Today.")
    return True


@require_POST
@login_required
def answer_advocate(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Say yes, or not yet and what is missing."""
    found = access.get(request.user, "advocacy.view", pk)
    form = later_forms.AnswerForm(request.POST, auto_id=f"id_{found.pk}_%s")
    if not form.is_valid():
        return _advocates(request, wrong=form, pk=found.pk)
    says, words = form.cleaned_data["says"], form.cleaned_data["words"]
    with telling(request, "They read your answer."):
        advocate_actions.answer(actor=request.user.person, found=found, says_yes=says == "yes", words=words)
    return redirect("journey:advocates")


@require_POST
@login_required
def withdraw_advocate(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Take the question or the answer back."""
    found = access.get(request.user, "advocacy.view", pk)
    with telling(request, "Taken back."):
        advocate_actions.withdraw(actor=request.user.person, found=found)
    return redirect("journey:advocates")


@require_POST
@login_required
def remove_advocate(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Remove what is over."""
    found = access.get(request.user, "advocacy.view", pk)
    with telling(request, "Removed for both of you."):
        advocate_actions.remove(actor=request.user.person, found=found)
    return redirect("journey:advocates")


# --- the argument ----------------------------------------------------------------------------


@show_or_send
@login_required
def arguments(request: MemberRequest) -> HttpResponse:
    """List the arguments, or put one together."""
    person = request.user.person
    form = later_forms.ArgumentForm(
        request.POST if request.method == "POST" else None, offered=later_queries.offered(person)
    )
    if form.is_bound and form.is_valid():
        try:
            made = later_actions.add_argument(actor=person, **form.cleaned_data)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            return redirect("journey:argument", pk=made.pk)
    page = {"form": form, "arguments": later_queries.arguments(person)}
    return render(request, "journey/arguments.html", page, status=422 if form.errors else 200)


@require_safe
@login_required
def argument(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Show an argument as it is printed."""
    found = access.get(request.user, "argument.view", pk)
    return render(request, "journey/argument.html", {"laid": later_queries.laid(found)})


@show_or_send
@login_required
def change_argument(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Change an argument."""
    found = access.get(request.user, "argument.view", pk)
    initial = {name: getattr(found, name) for name in later_forms.ArgumentForm.base_fields}
    form = later_forms.ArgumentForm(
        request.POST if request.method == "POST" else None,
        offered=later_queries.offered(request.user.person, found.entries),
        initial=initial,
    )
    if form.is_bound and form.is_valid():
        later_actions.change(actor=request.user.person, found=found, **form.cleaned_data)
        return redirect("journey:argument", pk=pk)
    page = {"form": form, "argument": found}
    return render(request, "journey/argument_change.html", page, status=422 if form.errors else 200)


@require_POST
@login_required
def remove_argument(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Delete an argument."""
    found = access.get(request.user, "argument.view", pk)
    later_actions.remove(actor=request.user.person, found=found)
    messages.success(request, "Deleted. The entries it rested on are as they were.")
    return redirect("journey:arguments")


# --- roles to aim for ------------------------------------------------------------------------


@show_or_send
@login_required
def aims(request: MemberRequest) -> HttpResponse:
    """List the roles somebody aims for, or note one."""
    person = request.user.person
    form = later_forms.AimForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            later_actions.add_aim(actor=person, **form.cleaned_data)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            return redirect("journey:aims")
    page = {"form": form, "aims": later_queries.aims(person)}
    return render(request, "journey/aims.html", page, status=422 if form.errors else 200)


@show_or_send
@login_required
def aim(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Change what is known about a role."""
    found = access.get(request.user, "aimed_role.view", pk)
    initial = {name: getattr(found, name) for name in later_forms.AimForm.base_fields}
    form = later_forms.AimForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        later_actions.change(actor=request.user.person, found=found, **form.cleaned_data)
        return redirect("journey:aims")
    page = {"form": form, "role": found}
    return render(request, "journey/aim.html", page, status=422 if form.errors else 200)


@require_POST
@login_required
def remove_aim(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Remove a role."""
    found = access.get(request.user, "aimed_role.view", pk)
    later_actions.remove(actor=request.user.person, found=found)
    messages.success(request, "Removed.")
    return redirect("journey:aims")
