"""Your data; requests to be erased; the papers that whoever runs this has to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web import access
from fairlead.web.privacy import actions, papers, queries
from fairlead.web.privacy.forms import EraseForm, RefuseForm
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.render.content import Report
    from fairlead.web.people.asking import MemberRequest


@require_safe
@login_required
def show(request: MemberRequest) -> HttpResponseBase:
    """Show what is held about the person, how long, and what they can do about it."""
    person = request.user.person
    return render(
        request,
        "privacy/mine.html",
        {
            "held": queries.held(person),
            "person": person,
            "asked": queries.own_request(person),
            "record": access.may(request.user, "record.read"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@access.fresh
def ask(request: MemberRequest) -> HttpResponseBase:
    """Ask that what the organization holds goes too."""
    if request.method == "POST":
        actions.ask(request.user.person)
        messages.success(request, "Your request is there. It is answered within 30 days.")
        return redirect("privacy:mine")
    return render(request, "privacy/ask.html", {"person": request.user.person})


@require_POST
@login_required
def take_back(request: MemberRequest) -> HttpResponseBase:
    """Take the own request back."""
    actions.take_back(request.user.person)
    messages.success(request, "Your request is taken back. Nothing was erased.")
    return redirect("privacy:mine")


@require_safe
@login_required
def list_requests(request: MemberRequest) -> HttpResponseBase:
    """List requests that wait for an answer, the most urgent first."""
    access.require(request.user, "erasure.answer")
    return render(request, "privacy/requests.html", {"requests": queries.requests(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@access.fresh(needs="erasure.answer")
def erase(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Erase somebody who asked for it, after their name was typed."""
    asked = queries.asked(access.get(request.user, "erasure.answer", pk))
    form = EraseForm(request.POST if request.method == "POST" else None, name=asked.name)
    if request.method == "POST" and form.is_valid():
        return _done(
            request,
            lambda: actions.erase(request.user.person, request=asked.request),
            "Erased. The record keeps that it was done, and no name.",
        )
    return _answer(request, "privacy/erase.html", form, asked)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@access.fresh(needs="erasure.answer")
def refuse(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Refuse a request with a reason that the person reads."""
    asked = queries.asked(access.get(request.user, "erasure.answer", pk))
    form = RefuseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _done(
            request,
            lambda: actions.refuse(request.user.person, request=asked.request, **form.cleaned_data),
            "Refused. The person reads your reason.",
        )
    return _answer(request, "privacy/refuse.html", form, asked)


def _done(request: MemberRequest, does: Callable[[], None], says: str) -> HttpResponseBase:
    with telling(request, says):
        does()
    return redirect("privacy:requests")


def _answer(
    request: MemberRequest, template: str, form: EraseForm | RefuseForm, asked: queries.Asked
) -> HttpResponseBase:
    actions.look(request.user.person, request=asked.request)
    return render(request, template, {"form": form, "asked": asked}, status=422 if form.errors else 200)


@require_safe
@login_required
def paper(request: MemberRequest, name: str) -> HttpResponseBase:
    """Show one paper, made from the settings and tables as they are now."""
    return render(request, "privacy/paper.html", {"paper": _paper(request, name), "name": name})


@require_safe
@login_required
def print_paper(request: MemberRequest, name: str) -> HttpResponseBase:
    """Print the same as a tagged PDF."""
    from fairlead.render import report  # noqa: PLC0415 - slow to import

    printed = report.print_report(_paper(request, name))
    return HttpResponse(
        printed,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="fairlead-{name}.pdf"'},
    )


def _paper(request: MemberRequest, name: str) -> Report:
    access.require(request.user, "record.read")
    if name not in papers.PAPERS:
        raise Http404(access.NOT_HERE)
    return papers.PAPERS[name]()
