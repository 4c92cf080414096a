"""The training register: the four kinds of support, by skill (rows 73, 152)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fairlead.library.practice import SKILLS
from fairlead.web import access
from fairlead.web.growth import actions, forms, queries
from fairlead.web.growth.views import sent, show_or_send

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from fairlead.web.people.asking import MemberRequest


@show_or_send
@login_required
def register(request: MemberRequest) -> HttpResponse:
    """Show the register, or add to it."""
    begin = request.GET.get("about", "")
    form = forms.TrainingForm(sent(request), initial={"about": begin if begin in SKILLS else ""})
    if request.method == "POST" and form.is_valid():
        actions.add_training(actor=request.user.person, **form.cleaned_data)
        return redirect("growth:training")
    shown = {"form": form, "register": queries.register(request.user.person)}
    return render(request, "growth/training.html", shown, status=422 if form.errors else 200)


@show_or_send
@login_required
def entry(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Change one entry."""
    found = access.get(request.user, "training.view", pk)
    form = forms.TrainingForm(
        sent(request), initial={name: getattr(found, name) for name in forms.TrainingForm.base_fields}
    )
    if request.method == "POST" and form.is_valid():
        actions.change_training(actor=request.user.person, entry=found, **form.cleaned_data)
        return redirect("growth:training")
    shown = {"form": form, "entry": found}
    return render(request, "growth/training_entry.html", shown, status=422 if form.errors else 200)


@require_POST
@login_required
def remove(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Remove one entry."""
    found = access.get(request.user, "training.view", pk)
    actions.remove(actor=request.user.person, entry=found)
    return redirect("growth:training")
