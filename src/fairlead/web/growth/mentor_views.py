"""Pages about mentors: offering, looking, asking, answering, ending (row 81)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web import access, asked_in
from fairlead.web.growth import mentor_actions as actions
from fairlead.web.growth import mentor_forms as forms
from fairlead.web.growth import mentor_queries as queries
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest

show_or_send = require_http_methods(["GET", "HEAD", "POST"])

KEPT_OPEN = gettext_noop("Kept. Colleagues find you when they look for one of these topics.")
KEPT_CLOSED = gettext_noop("Kept. Nobody finds you until you tick that you can be asked.")


@require_safe
@login_required
@asked_in.speaks()
def mentors(request: MemberRequest) -> HttpResponseBase:
    """Show who could be asked for a skill, what waits, what stands; or how to begin."""
    return _home(request)


def _home(request: MemberRequest, **refused: object) -> HttpResponseBase:
    person = request.user.person
    form = forms.SearchForm(request.GET if "about" in request.GET else None)
    page: dict[str, Any] = {
        "home": queries.home(person),
        "form": form,
        "in_chart": access.may(request.user, "mentor_offer.view"),
    }
    if page["in_chart"] and form.is_bound and form.is_valid():
        page["search"] = queries.search(person, **form.cleaned_data)
    return render(request, "growth/mentor_home.html", page | refused, status=422 if refused else 200)


@show_or_send
@login_required
@asked_in.speaks()
def offer(request: MemberRequest) -> HttpResponseBase:
    """Offer to be a mentor, or change the offer."""
    person = access.require(request.user, "mentor_offer.view")
    there = queries.own_offer(person)
    form = forms.OfferForm(request.POST if request.method == "POST" else None, initial=_initial(there))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        about = form.about()
        try:
            actions.offer(
                person, about=about, says=said["says"], capacity=said["capacity"], is_open=said["is_open"]
            )
        except Refused as no:
            form.add_error("capacity", _(str(no)))
        else:
            messages.success(request, KEPT_OPEN if said["is_open"] else KEPT_CLOSED)
            return redirect("growth:mentors")
    page = {"form": form, "there": there}
    return render(request, "growth/mentor_offer.html", page, status=422 if form.errors else 200)


def _initial(there: Any) -> dict[str, Any]:
    if there is None:
        return {}
    return {
        "skills": there.about,
        "tracks": there.about,
        "aspects": there.about,
        "says": there.says,
        "capacity": there.capacity,
        "is_open": there.open,
    }


@require_POST
@login_required
@asked_in.speaks()
def withdraw_offer(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Take the offer away."""
    found = access.get(request.user, "mentor_offer.own", pk)
    actions.withdraw_offer(request.user.person, found=found)
    messages.success(
        request, gettext_noop("Your offer is gone. What you have agreed to goes on until one of you ends it.")
    )
    return redirect("growth:mentors")


@show_or_send
@login_required
@asked_in.speaks()
def wish(request: MemberRequest) -> HttpResponseBase:
    """Note for oneself what one looks for."""
    form = forms.WishForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.wish(request.user.person, **form.cleaned_data)
        return redirect("growth:mentors")
    return render(request, "growth/mentor_wish.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@login_required
@asked_in.speaks()
def forget_wish(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Look no longer."""
    found = access.get(request.user, "mentor_wish.view", pk)
    actions.forget_wish(request.user.person, found=found)
    return redirect("growth:mentors")


@show_or_send
@login_required
@asked_in.speaks()
def ask(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Ask somebody to be one's mentor."""
    found = access.get(request.user, "mentor_offer.view", pk)
    person = request.user.person
    about = request.GET.get("about", "")
    form = forms.AskForm(
        request.POST if request.method == "POST" else None,
        offered=found.about,
        initial={"about": about, "words": queries.hope(person, about)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask(person, found=found, **form.cleaned_data)
        except Refused as no:
            form.add_error(None, _(str(no)))
        else:
            messages.success(request, gettext_noop("Asked. It begins when they say yes."))
            return redirect("growth:mentors")
    page = {"form": form, "offer": found, "mine": found.person_id == person.pk}
    return render(request, "growth/mentor_ask.html", page, status=422 if form.errors else 200)


@require_POST
@login_required
@asked_in.speaks()
def agree(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Say yes."""
    found = access.get(request.user, "mentorship.view", pk)
    form = forms.AnswerForm(request.POST, auto_id=f"%s-{found.pk}")
    if not form.is_valid():
        return _home(request, answering=found.pk, answer_form=form)
    with telling(request, gettext_noop("You said yes. They hear it, and find your words here.")):
        actions.agree(request.user.person, found=found, answer=form.cleaned_data["answer"])
    return redirect("growth:mentors")


@require_POST
@login_required
@asked_in.speaks()
def decline(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Say no without a reason."""
    found = access.get(request.user, "mentorship.view", pk)
    with telling(
        request, gettext_noop("Declined. They read that it did not come about this time, and no reason.")
    ):
        actions.decline(request.user.person, found=found)
    return redirect("growth:mentors")


@require_POST
@login_required
@asked_in.speaks()
def take_back(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Take one's own question back."""
    found = access.get(request.user, "mentorship.view", pk)
    with telling(request, gettext_noop("Taken back. It is gone for both of you.")):
        actions.take_back(request.user.person, found=found)
    return redirect("growth:mentors")


@require_POST
@login_required
@asked_in.speaks()
def end(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """End a mentorship."""
    found = access.get(request.user, "mentorship.view", pk)
    with telling(request, gettext_noop("Ended. The other one hears that it is over, and no reason.")):
        actions.end(request.user.person, found=found)
    return redirect("growth:mentors")


@require_POST
@login_required
@asked_in.speaks()
def remove(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Remove what is over."""
    found = access.get(request.user, "mentorship.view", pk)
    with telling(request, gettext_noop("Removed for both of you.")):
        actions.remove(request.user.person, found=found)
    return redirect("growth:mentors")
