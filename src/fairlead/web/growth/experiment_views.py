"""An experiment: how it is now, what is planned, and how it is after some weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from fairlead.web import access, asked_in
from fairlead.web.growth import experiments, forms, measuring, queries
from fairlead.web.growth.views import STOP_IDS, sent, show_or_send, show_skill
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from fairlead.web.people.asking import MemberRequest


OVER: Final = "This experiment is over. Here is what came of it."
RUNS: Final = "An experiment is running already. Here is how far it is."


def over(request: MemberRequest, skill: UUID, says: str) -> HttpResponse:
    """Lead from a page that is done, reached by going back, to what came of it."""
    messages.info(request, says)
    return redirect("growth:skill", pk=skill)


@show_or_send
@login_required
def begin(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Ask how it is now, and begin."""
    skill = access.get(request.user, "skill.view", pk)
    running = queries.running(skill)
    if running is not None:
        return over(request, skill.pk, RUNS)
    asked = asked_in.asked(request, measuring.languages_of(skill.about))
    questions = measuring.questions_of(skill.about, asked.language)
    form = forms.BeginForm(sent(request), questions=questions)
    if request.method == "POST" and form.is_valid():
        try:
            made = experiments.begin(
                actor=request.user.person,
                skill=skill,
                weeks=form.cleaned_data["weeks"],
                values=form.values(),
                satisfaction=form.satisfaction(),
                by_mail=form.cleaned_data["by_mail"],
                language=asked.language,
            )
        except Refused as refusal:
            form.add_error(None, gettext_lazy(str(refusal)))
        else:
            return redirect("growth:plan_practice", pk=made.pk)
    shown = {
        "skill": skill,
        "form": form,
        "period": measuring.period(questions),
        "asked": asked,
        "rest": [form["weeks"], form["by_mail"]],
    }
    return render(request, "growth/begin.html", shown, status=422 if form.errors else 200)


@show_or_send
@login_required
def plan(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Put practices on days: at meetings of one's own calendar, or on days one names."""
    person = request.user.person
    experiment = access.get(request.user, "experiment.view", pk)
    if experiment.ended_on is not None:
        return over(request, experiment.skill_id, OVER)
    page = queries.page(experiment.skill.about)
    if page is None:
        raise Http404(access.NOT_HERE)
    ahead = [one for one in queries.occasions(person) if one.day <= experiment.due_on]
    initial = {"practice": request.GET.get("practice", "")}
    form = forms.PlanForm(sent(request), page=page, occasions=ahead, initial=initial)
    if request.method == "POST" and form.is_valid():
        day, at, event = form.when()
        try:
            experiments.plan(
                actor=person,
                experiment=experiment,
                practice=form.cleaned_data["practice"],
                day=day,
                at=at,
                event=event,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("growth:plan_practice", pk=pk)
    shown = {
        "form": form,
        "page": page,
        "tried": queries.tried(experiment),
        "read_until": ahead[0].read_until if ahead else None,
    }
    return render(request, "growth/plan_practice.html", shown, status=422 if form.errors else 200)


@show_or_send
@login_required
def measure(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Ask the same once more, in the same words, and end the experiment with it."""
    experiment = access.get(request.user, "experiment.view", pk)
    if experiment.ended_on is not None:
        return over(request, experiment.skill_id, OVER)
    form = forms.MeasureForm(sent(request), questions=experiment.questions)
    if request.method == "POST" and form.is_valid():
        try:
            experiments.measure(
                actor=request.user.person,
                experiment=experiment,
                values=form.values(),
                satisfaction=form.satisfaction(),
            )
        except Refused as refusal:
            form.add_error(None, gettext_lazy(str(refusal)))
        else:
            return redirect("growth:skill", pk=experiment.skill_id)
    shown = {
        "form": form,
        "tried": queries.tried(experiment),
        "period": measuring.period(experiment.questions),
        "language": measuring.language_of(experiment.questions),
    }
    return render(request, "growth/measure.html", shown, status=422 if form.errors else 200)


@require_POST
@login_required
def stop(request: MemberRequest, pk: UUID) -> HttpResponse:
    """End an experiment early, with the reason."""
    experiment = access.get(request.user, "experiment.view", pk)
    form = forms.StopForm(request.POST, auto_id=STOP_IDS)
    if not form.is_valid():
        return show_skill(request, experiment.skill, stop=form)
    try:
        experiments.stop(
            actor=request.user.person, experiment=experiment, because=form.cleaned_data["because"]
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("growth:skill", pk=experiment.skill_id)


@require_POST
@login_required
def remind(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Switch reminders by mail on or off."""
    experiment = access.get(request.user, "experiment.view", pk)
    experiments.remind(actor=request.user.person, experiment=experiment, by_mail=not experiment.by_mail)
    return redirect("growth:skill", pk=experiment.skill_id)


@require_POST
@login_required
def practise(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Note that a practice was done, and what came of it."""
    found = access.get(request.user, "practice.view", pk)
    form = forms.NoteForm(request.POST, auto_id=f"%s-{found.pk}")
    if not form.is_valid():
        return show_skill(request, found.experiment.skill, note=form, noting=found.pk)
    experiments.practise(actor=request.user.person, practice=found, **form.cleaned_data)
    return redirect("growth:skill", pk=found.experiment.skill_id)


@require_POST
@login_required
def unplan(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Remove a practice from the plan."""
    found = access.get(request.user, "practice.view", pk)
    experiments.unplan(actor=request.user.person, practice=found)
    return redirect("growth:plan_practice", pk=found.experiment_id)
