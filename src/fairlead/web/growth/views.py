"""My growth: the one skill, the list behind it, the page of practices, dates for a calendar program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web import access, showing
from fairlead.web.growth import actions, dates, forms, measuring, queries
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, QueryDict

    from fairlead.web.growth.models import Skill
    from fairlead.web.people.asking import MemberRequest

show_or_send = require_http_methods(["GET", "HEAD", "POST"])

STOP_IDS: Final = "stop-%s"
"""Both forms of a skill's page ask ``because``; each label leads to its own field."""

SAID: Final = {
    "take-up": "“{skill}” is the skill you work on now.",
    "finish": "“{skill}” is finished. Look back at it below at any time.",
    "put-aside": "“{skill}” is put aside. It can be taken back at any time.",
    "put-back": "“{skill}” is back.",
    "drop": "“{skill}” is off the list.",
    "delete": "“{skill}” is deleted, with what was tried for it.",
}


def sent(request: MemberRequest) -> QueryDict | None:
    """Give what a form sent, also when it sent nothing; ``None`` where the page is only shown."""
    return request.POST if request.method == "POST" else None


@require_safe
@login_required
def index(request: MemberRequest) -> HttpResponse:
    """Show the one skill that is open, the list behind it, and where the rest is."""
    return _index(request, forms.WantForm())


@require_POST
@login_required
def want(request: MemberRequest) -> HttpResponse:
    """Put a skill on the list."""
    form = forms.WantForm(request.POST)
    if not form.is_valid():
        return _index(request, form, status=422)
    about = form.cleaned_data["about"]
    pointed = {one.about: one.why for one in queries.suggestions(request.user.person)}
    actions.want_skill(
        actor=request.user.person,
        about=about,
        came_from=pointed.get(about, "You chose it yourself."),
        title=form.cleaned_data["title"],
    )
    return redirect("growth:index")


def _index(request: MemberRequest, form: forms.WantForm, *, status: int = 200) -> HttpResponse:
    shown = {
        "home": queries.home(request.user.person),
        "form": form,
        "why": forms.WhyForm(),
        "counts": access.may(request.user, "growth.counts"),
    }
    return render(request, "growth/index.html", shown, status=status)


@require_safe
@login_required
def skill(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Show one skill: what was tried for it, and what can be done with it."""
    return show_skill(request, access.get(request.user, "skill.view", pk))


def show_skill(request: MemberRequest, found: Skill, **refused: object) -> HttpResponse:
    """Show a skill; with a form that was ``refused``, and what was typed into it, where one was."""
    shown = {
        "skill": found,
        "page": queries.page(found.about),
        "tried": queries.experiments(found),
        "why": forms.WhyForm(),
        "stop": forms.StopForm(auto_id=STOP_IDS),
        "seen_by": showing.seen_by("skill", found.pk),
        "comments": showing.comments("skill", found.pk),
    }
    return render(request, "growth/skill.html", shown | refused, status=422 if refused else 200)


@require_POST
@login_required
def do(request: MemberRequest, pk: UUID, verb: str) -> HttpResponse:
    """Take a skill up, finish it, put it aside or back, move it in the list, delete it."""
    person, found = request.user.person, access.get(request.user, "skill.view", pk)
    form = forms.WhyForm(request.POST)
    if not form.is_valid():
        return show_skill(request, found, why=form)
    because = form.cleaned_data["because"]
    verbs: dict[str, Callable[[], object]] = {
        "take-up": lambda: actions.take_up(actor=person, skill=found),
        "finish": lambda: actions.finish(actor=person, skill=found, because=because),
        "put-aside": lambda: actions.put_aside(actor=person, skill=found, because=because),
        "put-back": lambda: actions.put_back(actor=person, skill=found),
        "up": lambda: actions.move(actor=person, skill=found, up=True),
        "down": lambda: actions.move(actor=person, skill=found, up=False),
        "drop": lambda: actions.drop(actor=person, skill=found),
        "delete": lambda: actions.remove(actor=person, entry=found),
    }
    if verb not in verbs:
        raise Http404(access.NOT_HERE)
    # A message waits in the session, which is not sealed: the skill's own word, never the person's.
    said = SAID.get(verb, "").format(skill=found.word)
    try:
        verbs[verb]()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if said:
            messages.success(request, said)
    return redirect("growth:index")


@require_safe
@login_required
def practices(request: MemberRequest, about: str) -> HttpResponse:
    """Show the page of one skill: how it looks, what to try at one's own meetings, what to read."""
    person, page = request.user.person, queries.page(about)
    if page is None:
        raise Http404(access.NOT_HERE)
    tries = queries.ways_to_try(person, page)
    shown = {
        "page": page,
        "tries": tries,
        "read_until": next((it.read_until for _one, ahead in tries for it in ahead), None),
        "asked": measuring.questions_of(about),
        "mine": queries.skill_about(person, about),
    }
    return render(request, "growth/practices.html", shown)


# --- dates for a calendar program ------------------------------------------------------------


@show_or_send
@login_required
def calendar_address(request: MemberRequest) -> HttpResponse:
    """Say what a calendar program would be told, and make an address for it, shown once."""
    address = ""
    if request.method == "POST":
        token = dates.make(actor=request.user.person)
        address = request.build_absolute_uri(reverse("growth:dates", args=[token]))
    shown = {"address": address, "feed": queries.feed_of(request.user.person)}
    return render(request, "growth/dates.html", shown | {"planned": dates.PLANNED, "due": dates.DUE})


@require_POST
@login_required
def close_address(request: MemberRequest) -> HttpResponse:
    """End the address."""
    dates.close(actor=request.user.person)
    messages.success(request, "The address is closed. Calendars that ask it find nothing.")
    return redirect("growth:calendar_address")


@require_safe
def show_dates(_request: HttpRequest, token: str) -> HttpResponse:
    """Give the dates to whoever knows the address: a calendar program does not sign in."""
    person = dates.owner_of(token)
    if person is None:
        raise Http404(access.NOT_HERE)
    if dates.too_often(person):
        return HttpResponse("Asked too often. Ask again in an hour.", status=429, content_type="text/plain")
    return HttpResponse(dates.calendar(person), content_type="text/calendar; charset=utf-8")
