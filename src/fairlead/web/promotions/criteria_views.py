"""Criteria as everybody reads them: what is in force, older versions, what changed, and signing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web import access, criteria_words
from fairlead.web.access import fresh
from fairlead.web.promotions import criteria_actions, criteria_forms, criteria_queries, signing
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.core.framework import Framework
    from fairlead.web.people.asking import MemberRequest

show_or_send = require_http_methods(["GET", "HEAD", "POST"])
EXAMPLE: Final = "example"


@require_safe
@login_required
def index(request: MemberRequest) -> HttpResponseBase:
    """Show the version in force, or what will stand here."""
    person = access.require(request.user, "criteria.read")
    found = criteria_actions.in_force()
    shown: dict[str, Any] = {
        "versions": criteria_queries.versions(),
        "to_sign": criteria_queries.to_sign(person),
        "drafts": access.may(request.user, "criteria.draft"),
    }
    if found is None:
        return render(request, "promotions/criteria/index.html", shown)
    framework = criteria_queries.framework_of(found)
    return _framework(request, framework, shown | {"facts": criteria_queries.facts(found, framework)})


@require_safe
@login_required
def one(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show one version."""
    found = access.get(request.user, "criteria.read", pk)
    framework = criteria_queries.framework_of(found)
    return _framework(request, framework, {"facts": criteria_queries.facts(found, framework)})


@require_safe
@login_required
def example(request: MemberRequest) -> HttpResponseBase:
    """Show the framework that ships, to everybody who is signed in: a person alone measures by it, too."""
    shown = {
        "is_example": True,
        "drafts": access.may(request.user, "criteria.draft"),
        "outside": not access.may(request.user, "criteria.read"),
    }
    return _framework(request, criteria_queries.shipped(), shown)


def _framework(request: MemberRequest, framework: Framework, more: dict[str, Any]) -> HttpResponse:
    beside = [request.GET.get("a", ""), request.GET.get("b", "")]
    said = criteria_words.spoken(request, framework)
    shown = {"reading": criteria_queries.reading(said.framework, beside), "chosen": beside, "said": said}
    return render(request, "promotions/criteria/framework.html", shown | more)


@require_safe
@login_required
def one_file(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Give one version as a file."""
    found = access.get(request.user, "criteria.read", pk)
    return _file(criteria_queries.framework_of(found))


@require_safe
@login_required
def example_file(_request: MemberRequest) -> HttpResponseBase:
    """Give the framework that ships as a file."""
    return _file(criteria_queries.shipped())


def _file(framework: Framework) -> HttpResponse:
    name = f"{framework.id}-{framework.version}.yaml"
    return HttpResponse(
        criteria_queries.as_yaml(framework),
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
@login_required
def changes(request: MemberRequest) -> HttpResponseBase:
    """Show what changed between any two versions, the one that ships among them."""
    access.require(request.user, "criteria.read")
    names = [request.GET.get("from", ""), request.GET.get("to", "")]
    found = [_named(request, name) for name in names if name]
    shown = {
        "versions": criteria_queries.versions(),
        "chosen": names,
        "example": criteria_queries.shipped(),
        "changed": criteria_queries.changed(*found) if len(found) == 2 else None,
    }
    return render(request, "promotions/criteria/changes.html", shown)


def _named(request: MemberRequest, name: str) -> Framework:
    if name == EXAMPLE:
        return criteria_queries.shipped()
    return criteria_queries.framework_of(access.get(request.user, "criteria.read", name))


# --- signing --------------------------------------------------------------------------------------


@show_or_send
@login_required
@fresh(needs="criteria.sign")
def sign(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Read what is different from the version in force, then sign, or say why not."""
    draft = access.get(request.user, "criteria.sign", pk)
    form = criteria_forms.SignForm(request.POST if request.method == "POST" else None, draft=draft)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        yes = said["answer"] == "signed"
        try:
            done = criteria_actions.answer(
                request.user.person, draft, yes=yes, seen=said["seen"], words=said["words"]
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
            draft.refresh_from_db()
            form.look_again(draft)
        else:
            messages.success(request, _told(done.state, yes=yes))
            return redirect("criteria:index")
    return _signing(request, draft, form)


def _told(state: str, *, yes: bool) -> str:
    if not yes:
        return "Your words are with people operations. It is not in force before you have signed."
    if state == "signed":
        return "Signed. Everybody who is named has signed: it is in force from now on."
    return "Signed. It is in force once everybody who is named has signed."


def _signing(request: MemberRequest, draft: Any, form: criteria_forms.SignForm) -> HttpResponse:
    framework = criteria_queries.framework_of(draft)
    stands = criteria_actions.in_force()
    before = criteria_queries.framework_of(stands) if stands else None
    shown = {
        "draft": draft,
        "form": form,
        "stands": stands,
        "changed": criteria_queries.changed(before, framework) if before else None,
        "reading": criteria_queries.reading(framework),
        "answers": criteria_queries.answers(draft),
    }
    return render(request, "promotions/criteria/sign.html", shown, status=422 if form.errors else 200)


# --- who signs ------------------------------------------------------------------------------------


@require_safe
@login_required
def team(request: MemberRequest) -> HttpResponseBase:
    """Show who signs, and what waits for a second yes."""
    person = access.require(request.user, "signing_team.read")
    shown = {
        "page": criteria_queries.team_page(person),
        "proposes": access.may(request.user, "signing_team.propose"),
    }
    return render(request, "promotions/criteria/team.html", shown)


@show_or_send
@login_required
@fresh(needs="signing_team.propose")
def propose_team(request: MemberRequest) -> HttpResponseBase:
    """Name who signs; it counts once a second person has said yes."""
    person = access.require(request.user, "signing_team.propose")
    form = criteria_forms.TeamForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            signing.propose(person, form.cleaned_data["people"])
        except Refused as refusal:
            form.add_error("people", str(refusal))
        else:
            messages.success(request, "Proposed. It counts once a second person has said yes.")
            return redirect("criteria:team")
    status = 422 if form.errors else 200
    return render(request, "promotions/criteria/propose_team.html", {"form": form}, status=status)


@require_POST
@login_required
@fresh(needs="signing_team.confirm")
def answer_team(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Say the second yes to a list, or no."""
    found = access.get(request.user, "signing_team.confirm", pk)
    if request.POST.get("act") == "confirm":
        with telling(request, "It counts from now on."):
            signing.confirm(request.user.person, found)
    else:
        with telling(request, "Declined. Nothing was changed."):
            signing.decline(request.user.person, found)
    return redirect("criteria:team")
