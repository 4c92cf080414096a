"""Pages of offers: writing one down, thinking, deciding, looking back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.library import load
from fairlead.web import access, asked_in
from fairlead.web.direction import (
    later_reading,
    offer_actions,
    offer_calendar,
    offer_forms,
    offer_queries,
    offer_words,
)
from fairlead.web.direction.later_sittings import today_of
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.http import HttpResponseBase, QueryDict

    from fairlead.web.people.asking import MemberRequest

show_or_send = require_http_methods(["GET", "HEAD", "POST"])
WRITTEN = ("title", "from_whom", "came_on", "answer_by", "think_until", "notes")


def sent(request: MemberRequest) -> QueryDict | None:
    """Give what a form sent; ``None`` where the page is only shown."""
    return request.POST if request.method == "POST" else None


@show_or_send
@login_required
@asked_in.speaks(load.direction_languages)
def offers(request: MemberRequest) -> HttpResponseBase:
    """List offers, and write down one that came."""
    person = request.user.person
    today = today_of(person)
    form = offer_forms.OfferForm(sent(request), today=today, initial={"came_on": today})
    if request.method == "POST" and form.is_valid():
        made = offer_actions.record(actor=person, **form.cleaned_data)
        return redirect("direction:offer", pk=made.pk)
    shown = {"form": form, "lines": offer_queries.offers(person)}
    return render(request, "direction/offer_list.html", shown, status=422 if form.errors else 200)


@require_safe
@login_required
@asked_in.speaks(load.direction_languages)
def offer(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show one offer beside what the person said about themselves."""
    found = access.get(request.user, "offer.view", pk)
    return _page(request, found.pk, offer_forms.DecideForm(today=today_of(request.user.person)))


def _page(
    request: MemberRequest,
    pk: UUID,
    form: offer_forms.DecideForm,
    status: int = 200,
    *,
    adding: Sequence[offer_forms.PromiseForm] = (),
    refused: str = "",
) -> HttpResponseBase:
    """Show an offer; ``adding`` holds what was typed into the lists and needs another look."""
    person = request.user.person
    page = offer_queries.page(access.get(request.user, "offer.view", pk), today_of(person))
    typed = {one.kind: one for one in adding}
    lists = [
        (part, typed.get(part.kind) or offer_forms.PromiseForm(kind=part.kind, taken=_taken(part)))
        for part in page.sections
    ]
    shown = {"page": page, "offer": page.offer, "adding": lists, "form": form}
    shown |= {"beside": later_reading.beside(person), "refused": refused, "wrong": [
        (one["own"], error) for one in adding for errors in one.errors.values() for error in errors
    ]}  # fmt: skip
    return render(request, "direction/offer_page.html", shown, status=status)


def _taken(part: offer_queries.Section) -> list[str]:
    return [line.promise.text for line in part.lines]


@show_or_send
@login_required
@asked_in.speaks(load.direction_languages)
def change_offer(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Change what was written about an offer."""
    found = access.get(request.user, "offer.view", pk)
    person = request.user.person
    initial = {name: getattr(found, name) for name in WRITTEN}
    form = offer_forms.OfferForm(sent(request), today=today_of(person), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            offer_actions.change(actor=person, offer=found, **form.cleaned_data)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("direction:offer", pk=pk)
    shown = {"form": form, "offer": found}
    return render(request, "direction/offer_change.html", shown, status=422 if form.errors else 200)


@require_POST
@login_required
@asked_in.speaks(load.direction_languages)
def add_promises(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Add what was promised, out of both lists; where a line is refused, everything typed stays."""
    found = access.get(request.user, "offer.view", pk)
    person = request.user.person
    there = offer_queries.page(found, today_of(person)).sections
    adding = [offer_forms.PromiseForm(request.POST, kind=part.kind, taken=_taken(part)) for part in there]
    refused = ""
    if all([one.is_valid() for one in adding]):  # noqa: C419 - each is asked, to name all that is wrong
        try:
            texts = {one.kind: one.texts() for one in adding}
            offer_actions.promises(actor=person, offer=found, texts=texts)
        except Refused as refusal:
            refused = _(str(refusal))
        else:
            return redirect("direction:offer", pk=pk)
    form = offer_forms.DecideForm(today=today_of(person))
    return _page(request, pk, form, status=422, adding=adding, refused=refused)


@require_POST
@login_required
@asked_in.speaks(load.direction_languages)
def remove_promise(request: MemberRequest, pk: UUID, number: int) -> HttpResponseBase:
    """Remove a promise, and offer to bring it back: its words stand in that page alone."""
    found = access.get(request.user, "offer.view", pk)
    promise = offer_queries.promise_of(found, number)
    if promise is None:  # a second click, or the way back in the browser
        return redirect("direction:offer", pk=pk)
    offer_actions.remove_promise(actor=request.user.person, promise=promise)
    shown = {"promise": promise, "text": offer_words.in_words(promise.text), "offer": found}
    return render(request, "direction/offer_promise_removed.html", shown)


@require_POST
@login_required
@asked_in.speaks(load.direction_languages)
def decide(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Write the decision down."""
    found = access.get(request.user, "offer.view", pk)
    person = request.user.person
    form = offer_forms.DecideForm(request.POST, today=today_of(person))
    if not form.is_valid():
        return _page(request, pk, form, status=422)
    try:
        offer_actions.decide(actor=person, offer=found, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext_noop("Your decision is written down. Nobody else sees it."))
    return redirect("direction:offer", pk=pk)


@require_POST
@login_required
@asked_in.speaks(load.direction_languages)
def reopen(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Take the decision back."""
    found = access.get(request.user, "offer.view", pk)
    try:
        offer_actions.reopen(actor=request.user.person, offer=found)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("direction:offer", pk=pk)


@require_POST
@login_required
@asked_in.speaks(load.direction_languages)
def delete_offer(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Delete an offer with everything that belongs to it."""
    found = access.get(request.user, "offer.view", pk)
    offer_actions.delete(actor=request.user.person, offer=found)
    messages.success(request, gettext_noop("The offer has been deleted."))
    return redirect("direction:offers")


@require_safe
@login_required
def offer_days(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Give the days of an offer as a calendar file."""
    found = access.get(request.user, "offer.view", pk)
    page = offer_queries.page(found, today_of(request.user.person))
    response = HttpResponse(offer_calendar.calendar(page), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="look-back.ics"'
    return response


@show_or_send
@login_required
@asked_in.speaks(load.direction_languages)
def look_back(request: MemberRequest, pk: UUID, months: int) -> HttpResponseBase:
    """Compare what was promised with what came."""
    found = access.get(request.user, "offer.view", pk)
    check = offer_queries.check_of(found, months)
    if check is None:
        raise Http404(access.NOT_HERE)
    person = request.user.person
    promises = offer_queries.promises_of(found) if found.decision == "accepted" else []
    initial = {f"promise_{number}": word for number, word in check.content.items()}
    initial |= {"satisfaction": check.satisfaction, "note": check.note}
    form = offer_forms.LookBackForm(sent(request), promises=promises, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = {"satisfaction": form.cleaned_data["satisfaction"], "note": form.cleaned_data["note"]}
        try:
            offer_actions.look_back(actor=person, check=check, came=form.came(), **values)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("direction:look_back", pk=pk, months=months)
        else:
            messages.success(request, gettext_noop("Kept. What came stands beside what was promised."))
            return redirect("direction:offer", pk=pk)
    shown = {"form": form, "check": check, "offer": found, "due": check.due_on <= today_of(person)}
    return render(request, "direction/offer_look_back.html", shown, status=422 if form.errors else 200)
