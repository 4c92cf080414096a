"""Pages on which somebody answers once, and takes it back; nothing is kept before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from fairlead.web import access, asked_in
from fairlead.web.feedback import answering, terms
from fairlead.web.feedback.answer_forms import AnswerForm, CodeForm, who_reads
from fairlead.web.feedback.answering import Standing
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

    from fairlead.web.feedback.answering import Asked
    from fairlead.web.people.asking import MemberRequest

show_or_send = require_http_methods(["GET", "HEAD", "POST"])


def _asked(request: MemberRequest, seat: UUID) -> Asked:
    """Give what is asked, in the language of this page. Which one it is, is kept in the browser alone."""
    found = answering.asked(access.get(request.user, "seat.own", seat))
    return found.in_language(asked_in.asked(request, terms.languages_of(found.survey)))


@sensitive_post_parameters()
@show_or_send
@login_required
def answer(request: MemberRequest, seat: UUID) -> HttpResponseBase:
    """Show the questions, then what was said, then the receipt; or why nothing can be answered now."""
    turned = asked_in.chose(request, request.POST.get("go", ""))
    asked = _asked(request, seat)
    with translation.override(asked.how.language):
        if asked.standing is not Standing.OPEN:
            return _state(request, asked)
        if request.method != "POST":
            return _questions(request, AnswerForm(asked))
        if turned and request.POST.get("at") != "review":
            # What was typed comes along; it is not looked at before somebody asks for it.
            return _questions(request, AnswerForm(asked, initial=request.POST.dict()))
        return _look(request, AnswerForm(asked, request.POST))


def _look(request: MemberRequest, form: AnswerForm) -> HttpResponse:
    go = request.POST.get("go", "")
    if go.startswith("change"):
        return _questions(request, form, start=go.partition("-")[2])
    if not form.is_valid():
        if request.POST.get("at") == "review" and not form.non_field_errors():
            return _review(request, form, status=422)
        return _questions(request, form, status=422)
    if go != "send" or request.POST.get("looked") != answering.digest(form.comments()):
        return _review(request, form, again=go == "send")
    return _send(request, form)


def _send(request: MemberRequest, form: AnswerForm) -> HttpResponse:
    asked = form.asked
    try:
        code = answering.send(request.user.person, asked.seat, form.answers(), form.comments())
    except Refused as refusal:
        now = _asked(request, asked.seat.pk)
        if now.standing is not Standing.OPEN:
            return _state(request, now)
        form.add_error(None, _(str(refusal)))
        return _review(request, form, status=422)
    return render(request, "feedback/answer_sent.html", {"asked": asked, "code": code})


def _questions(
    request: MemberRequest, form: AnswerForm, *, status: int = 200, start: str = ""
) -> HttpResponse:
    asked = form.asked
    shown = {
        "form": form,
        "asked": asked,
        "purpose": asked.instrument.with_name(asked.instrument.purpose, asked.name),
        "period": asked.instrument.with_name(asked.instrument.period, asked.name),
        "promise": terms.promise(asked.survey),
        "who_reads": who_reads(asked),
        "start": start,
        # A page that already says something is the truth; only an empty one asks the browser's memory.
        "keeps": "take" if form.is_bound else "give",
    }
    return render(request, "feedback/answer_form.html", shown, status=status)


def _review(
    request: MemberRequest, form: AnswerForm, *, status: int = 200, again: bool = False
) -> HttpResponse:
    shown: dict[str, Any] = {"form": form, "asked": form.asked, "again": again, "words": form.looked_over()}
    if not form.errors:
        shown["looked"] = answering.digest(form.comments())
    return render(request, "feedback/answer_review.html", shown, status=status)


def _state(request: MemberRequest, asked: Asked) -> HttpResponse:
    return render(request, "feedback/answer_state.html", {"asked": asked})


@sensitive_post_parameters()
@show_or_send
@login_required
def withdraw(request: MemberRequest, seat: UUID) -> HttpResponseBase:
    """Take the answers back with the receipt's code, until the survey closes."""
    turned = asked_in.chose(request, request.POST.get("go", ""))
    asked = _asked(request, seat)
    with translation.override(asked.how.language):
        if asked.standing is not Standing.USED:
            return render(request, "feedback/answer_state.html", {"asked": asked, "withdrawing": True})
        if turned or request.method != "POST":
            return _withdrawing(request, CodeForm(initial=request.POST.dict()), asked)
        return _take_back(request, CodeForm(request.POST), asked)


def _take_back(request: MemberRequest, form: CodeForm, asked: Asked) -> HttpResponse:
    if form.is_valid():
        try:
            taken = answering.withdraw(request.user.person, asked.seat, form.cleaned_data["code"])
        except Refused as refusal:
            form.add_error("code", _(str(refusal)))
        else:
            if taken:
                return render(request, "feedback/answer_withdrawn.html", {"asked": asked})
            wrong = _("There are no answers of yours with this code. Compare it sign by sign.")
            form.add_error("code", wrong)
    return _withdrawing(request, form, asked)


def _withdrawing(request: MemberRequest, form: CodeForm, asked: Asked) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "feedback/answer_withdraw.html", {"asked": asked, "form": form}, status=status)
