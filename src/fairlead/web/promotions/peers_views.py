"""Colleagues' input: asked, written, summarized, answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from fairlead.web import access, trail
from fairlead.web.access import NOT_HERE
from fairlead.web.promotions import peers, peers_forms, peers_queries, queries
from fairlead.web.runs.actions import Refused
from fairlead.web.telling import telling

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest

show_or_send = require_http_methods(["GET", "HEAD", "POST"])


def _sent(request: MemberRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _number(sent: str) -> UUID:
    try:
        return UUID(sent)
    except ValueError:
        return uuid4()


@show_or_send
@login_required
def of_case(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Show what colleagues said about a case; let one more be asked."""
    sends = request.method == "POST"
    case = access.get(request.user, "peers.ask" if sends else "peers.see", pk)
    person = request.user.person
    if request.POST.get("step") == "take_back":
        with telling(request, "Taken back. They are not asked any more."):
            peers.take_back(person, case, _number(request.POST.get("voice", "")))
        return redirect("promotions:peers", pk=pk)
    form = peers_forms.AskForm(_sent(request), initial={"form": "named"})
    if form.is_bound and form.is_valid():
        author = form.found(person)
        if author is not None:
            try:
                peers.ask(person, case, author, form=form.cleaned_data["form"])
            except Refused as refusal:
                form.add_error("who", str(refusal))
            else:
                messages.success(request, "Asked. They read first who reads it.")
                return redirect("promotions:peers", pk=pk)
    page = peers_queries.page(person, case)
    peers_queries.note_seen(person, page)
    shown = {"page": page, "case": case, "round": case.round, "form": form, "forms": peers_queries.forms()}
    return render(request, "promotions/peers/case.html", shown, status=422 if form.errors else 200)


@show_or_send
@login_required
def write(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Let a colleague read how it is read, then write, decline or take back."""
    found, person = access.get(request.user, "peers.write", pk), request.user.person
    step = request.POST.get("step", "")
    if request.method == "POST" and step in {"decline", "withdraw"}:
        done = (
            "Said; no reason is asked for." if step == "decline" else "Taken back; your words are destroyed."
        )
        with telling(request, done):
            (peers.decline if step == "decline" else peers.withdraw)(person, found)
        return redirect("promotions:peer_write", pk=pk)
    own = peers_queries.own_words(person, found)
    form = peers_forms.WriteForm(_sent(request), initial={"text": own, "leaning": found.leaning})
    if form.is_bound and form.is_valid():
        try:
            peers.write(person, found, text=form.cleaned_data["text"], leaning=form.cleaned_data["leaning"])
        except Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, "Sent. It is read as it says here.")
            return redirect("promotions:peer_write", pk=pk)
    shown = {
        "found": found,
        "case": found.nomination,
        "opening": queries.opening_words(found.nomination.round, found.nomination.opening),
        "form": form,
        "own": own,
        "read_by": peers_queries.read_by(found),
        "open": peers_queries.is_open(found),
    }
    return render(request, "promotions/peers/write.html", shown, status=422 if form.errors else 200)


@show_or_send
@login_required
def summarize(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Let one member of the committee take a summary on, read the words and write it."""
    found = access.get(request.user, "peers.answer", peers_queries.under(pk))
    person = request.user.person
    if not peers_queries.may_summarize(person, found):
        raise Http404(NOT_HERE)
    if request.method == "POST" and request.POST.get("step") == "take":
        with telling(request, "You write this summary; nobody else reads the words."):
            peers.take_summary(person, found)
        return redirect("promotions:peer_summary", pk=found.voice)
    words = peers_queries.words_to_summarize(person, found)
    if words and found.author is not None:
        trail.saw(person, found, subject=found.author)
    form = peers_forms.WordsForm(
        _sent(request),
        label="The summary, without the name",
        help_text="What was done and what came of it. Leave out what only one person could know.",
        now=found.summary,
    )
    if form.is_bound and form.is_valid():
        try:
            peers.summarize(person, found, text=form.cleaned_data["text"])
        except Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, "Written. Its author can read it.")
            return redirect("promotions:peers", pk=found.nomination_id)
    shown = {"found": found, "case": found.nomination, "round": found.nomination.round, "form": form,
             "words": words, "taken": found.summary_by_id == person.pk}  # fmt: skip
    return render(request, "promotions/peers/summary.html", shown, status=422 if form.errors else 200)


@show_or_send
@login_required
def answer(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Answer what a colleague said, or say as the chair why it stays unanswered."""
    found = access.get(request.user, "peers.answer", peers_queries.under(pk))
    person = request.user.person
    voice = peers_queries.voice_of(person, found)
    if voice is None:
        raise Http404(NOT_HERE)
    trail.saw(person, found.nomination, subject=found.nomination.candidate)
    label = "Your answer" if voice.can_answer else "Why this stays unanswered"
    form = peers_forms.WordsForm(
        _sent(request),
        label=label,
        help_text="The committee reads it now, the candidate and the colleague’s other readers with it.",
    )
    if form.is_bound and form.is_valid():
        act = peers.answer if voice.can_answer else peers.leave_open
        try:
            act(person, found, text=form.cleaned_data["text"])
        except Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, "Written.")
            return redirect("promotions:peers", pk=found.nomination_id)
    shown = {"voice": voice, "case": found.nomination, "round": found.nomination.round, "form": form}
    return render(request, "promotions/peers/answer.html", shown, status=422 if form.errors else 200)
