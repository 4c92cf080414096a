"""Pages of questionnaires: all of them readable in full, the organization's own taken in and retired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.core.problems import BadInput
from fairlead.web import access
from fairlead.web.feedback import forms, instruments, queries, terms
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.web.feedback.terms import Offered
    from fairlead.web.people.asking import MemberRequest


@require_safe
@login_required
def all_instruments(request: MemberRequest) -> HttpResponseBase:
    """List what can be asked."""
    access.require(request.user, "survey.begin")
    keeps = access.may(request.user, "instrument.keep")
    shown = {
        "offered": terms.everything_offered(),
        "keeps": keeps,
        "retired": queries.instruments_of(retired=True) if keeps else [],
    }
    return render(request, "feedback/instrument_list.html", shown)


@require_safe
@login_required
def instrument(request: MemberRequest, name: str) -> HttpResponseBase:
    """Show a questionnaire that ships, in full."""
    return _read(request, _shipped(request, name))


@require_safe
@login_required
def instrument_file(request: MemberRequest, name: str) -> HttpResponseBase:
    """Give the file of a questionnaire that ships, to begin one's own with."""
    return _file(_shipped(request, name))


@require_safe
@login_required
def own_instrument(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show one of the organization's own, in full."""
    kept = access.get(request.user, "instrument.read", pk)
    keeps = access.may(request.user, "instrument.keep")
    return _read(request, terms.own_one(kept), {"kept": kept, "keeps": keeps})


@require_safe
@login_required
def own_instrument_file(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Give the file of one of the organization's own."""
    return _file(terms.own_one(access.get(request.user, "instrument.read", pk)))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def upload(request: MemberRequest) -> HttpResponseBase:
    """Take a questionnaire in; every problem of a file that is refused is shown with its place."""
    me = access.require(request.user, "instrument.keep")
    form = forms.InstrumentForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    problems: list[Any] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept, is_new = instruments.upload(me, name=file.name, data=file.read())
        except BadInput as bad:
            problems = list(bad.problems)
        else:
            messages.success(request, "Taken in." if is_new else "This one is here already; nothing changed.")
            return redirect("feedback:own_instrument", pk=kept.pk)
    wrong = bool(form.errors or problems)
    shown = {"form": form, "problems": problems}
    return render(request, "feedback/instrument_upload.html", shown, status=422 if wrong else 200)


@require_POST
@login_required
def retire(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Offer one of the organization's own no more."""
    kept = access.get(request.user, "instrument.keep", pk)
    with telling(request, "Retired. Surveys that were launched with it go on."):
        instruments.retire(request.user.person, kept)
    return redirect("feedback:instruments")


def _shipped(request: MemberRequest, name: str) -> Offered:
    access.require(request.user, "survey.begin")
    found = next((one for one in terms.everything_offered() if one.own is None and one.id == name), None)
    if found is None:
        raise Http404(access.NOT_HERE)
    return found


def _read(request: MemberRequest, found: Offered, more: dict[str, Any] | None = None) -> HttpResponseBase:
    shown = {"offered": found, "parts": queries.parts_of(found.instrument)} | (more or {})
    return render(request, "feedback/instrument_one.html", shown)


def _file(found: Offered) -> HttpResponseBase:
    answer = HttpResponse(found.text, content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.id}.yaml"'
    return answer
