"""A case: nominating, the packet, its evidence, who speaks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from fairlead.web import access, trail
from fairlead.web.promotions import cases, deciding_queries, forms, queries, rating
from fairlead.web.promotions.views import sent, show_or_send
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest


@show_or_send
@login_required
def nominate(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Nominate oneself, or somebody who reports to one."""
    one, person = access.get(request.user, "round.see", pk), request.user.person
    form = forms.NominateForm(sent(request), one=one, person=person)
    if form.is_bound and form.is_valid():
        candidate = form.people[form.cleaned_data["who"]]
        opening = form.openings[form.cleaned_data["opening"]]
        try:
            if candidate == person:
                made = cases.nominate_oneself(person, one, opening)
            else:
                made = cases.nominate(person, one, opening, candidate)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if candidate != person:
                messages.success(request, "They are asked. It counts when they say yes.")
            return redirect("promotions:case", pk=made.pk)
    shown = {
        "form": form,
        "round": one,
        "page": queries.round_page(person, one),
        "not_offered": queries.not_offered(one, person),
    }
    return render(request, "promotions/nominate.html", shown, status=422 if form.errors else 200)


@require_safe
@login_required
def case(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show a case to somebody who may read it, and note that they did."""
    found = access.get(request.user, "case.see", pk)
    person = request.user.person
    trail.saw(person, found, subject=found.candidate)
    if request.method == "GET":
        rating.read_evidence(person, found)
    shown: dict[str, Any] = {
        "page": queries.case_page(person, found),
        "case": found,
        "because": forms.BecauseForm(),
        "rates": access.visible(request.user, "case.rate").filter(pk=found.pk).exists(),
        "decides": deciding_queries.decides(person, found)
        and access.visible(request.user, "case.decide").filter(pk=found.pk).exists(),
        "told": access.visible(request.user, "case.decision").filter(pk=found.pk).exists(),
        "talks": access.visible(request.user, "notes.see").filter(pk=found.pk).exists(),
        "reads_ratings": access.visible(request.user, "case.ratings").filter(pk=found.pk).exists(),
        "recuses": queries.sits(person, found.round),
        "reads_scores": access.visible(request.user, "round.calibration").filter(pk=found.round_id).exists(),
    }
    return render(request, "promotions/case.html", shown)


SAID: Final = {
    "agree": "Your case is in the round.",
    "decline": "You said no. Nothing more happens with it.",
    "take-back": "The nomination is taken back.",
    "withdraw": "Your case is out of the round.",
    "ask-advocate": "They are asked whether they want to speak for your case.",
    "no-advocate": "They are not asked, and know nothing of it.",
}


@require_POST
@login_required
def do(request: MemberRequest, pk: UUID, verb: str) -> HttpResponseBase:
    """Say yes or no to a nomination, take it back, withdraw a case."""
    person, found = request.user.person, access.get(request.user, "case.write", pk)
    form = forms.BecauseForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["because"][0]))
        return redirect("promotions:case", pk=pk)
    because = form.cleaned_data["because"]
    verbs: dict[str, Callable[[], object]] = {
        "agree": lambda: cases.agree(person, found),
        "decline": lambda: cases.decline(person, found, because=because),
        "take-back": lambda: cases.take_back(person, found),
        "withdraw": lambda: cases.withdraw(person, found, because=because),
        "ask-advocate": lambda: cases.agree_to_advocate(person, found, wanted=True),
        "no-advocate": lambda: cases.agree_to_advocate(person, found, wanted=False),
    }
    if verb not in verbs:
        raise Http404(access.NOT_HERE)
    with telling(request, SAID[verb]):
        verbs[verb]()
    return redirect("promotions:case", pk=pk)


@show_or_send
@login_required
def write(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Write what the case says beside its evidence."""
    found, person = access.get(request.user, "case.write", pk), request.user.person
    trail.saw(person, found, subject=found.candidate)
    form = forms.PacketForm(sent(request), case=found)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            cases.write_packet(person, found, said, seen=said["seen"] or None)
            cases.name_advocate(person, found, form.people.get(said["advocate"]))
        except cases.Overtaken as refusal:
            found.refresh_from_db()
            form.data = {**request.POST.dict(), "seen": cases.fingerprint(found)}
            form.add_error(None, str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("promotions:case", pk=pk)
    shown = {"form": form, "case": found, "texts": queries.texts_now(found, form)}
    return render(request, "promotions/write.html", shown, status=422 if form.errors else 200)


@show_or_send
@login_required
def rate_oneself(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Say how one sees oneself; it counts nowhere."""
    found = access.get(request.user, "case.own", pk)
    form = forms.SelfRatingForm(sent(request), case=found)
    if form.is_bound and form.is_valid():
        try:
            cases.rate_oneself(request.user.person, found, form.scores())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("promotions:case", pk=pk)
    shown = {"form": form, "case": found}
    return render(request, "promotions/rate_oneself.html", shown, status=422 if form.errors else 200)


@show_or_send
@login_required
def advocate(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Ask somebody whether they want to speak for a case, of which they read nothing before."""
    found, person = access.get(request.user, "case.advocate", pk), request.user.person
    form = forms.AdvocateForm(sent(request))
    if form.is_bound and form.is_valid():
        wants = form.cleaned_data["wants"] == "yes"
        with telling(request, "Said."):
            cases.answer_advocate(person, found, wants=wants, words=form.cleaned_data["words"])
        return redirect("promotions:case", pk=pk) if wants else redirect("promotions:index")
    trail.saw(person, found, subject=found.candidate)
    shown = {"form": form, "case": found}
    return render(request, "promotions/advocate.html", shown, status=422 if form.errors else 200)
