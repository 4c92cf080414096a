"""My journey: the evidence log, one entry, the Friday message, thanks, files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairlead.web import access, criteria_words, showing
from fairlead.web.journey import actions, cover_queries, criteria, file_actions, forms, queries
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import QueryDict

    from fairlead.web.people.asking import MemberRequest

show_or_send = require_http_methods(["GET", "HEAD", "POST"])

SAID: Final = {
    "put-away": "Put away. It can be taken back for 30 days, below.",
    "take-back": "It stands again.",
    "delete": "Deleted for good.",
}


def sent(request: MemberRequest) -> QueryDict | None:
    """Give what a form sent, also when it sent nothing; ``None`` where the page is only shown."""
    return request.POST if request.method == "POST" else None


@show_or_send
@login_required
def index(request: MemberRequest) -> HttpResponse:
    """Show the log; write something down in one field."""
    person = request.user.person
    form = forms.QuickForm(sent(request))
    if form.is_bound and form.is_valid():
        try:
            made = actions.add(actor=person, **form.cleaned_data)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Kept. What else there is to say about it can wait.")
            return redirect("journey:entry", pk=made.pk)
    found = queries.log(person, only=request.GET.get("only", ""), page=request.GET.get("page", ""))
    page = {"form": form, "log": found, "friday": queries.friday_waits(person)}
    return render(request, "journey/index.html", page, status=422 if form.errors else 200)


@show_or_send
@login_required
def new(request: MemberRequest) -> HttpResponse:
    """Write something down with everything that belongs to it."""
    used = criteria.in_use()
    form = forms.EntryForm(sent(request), framework=used.framework)
    if form.is_bound and form.is_valid():
        try:
            made = actions.add(actor=request.user.person, **form.cleaned_data)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Kept.")
            return redirect("journey:entry", pk=made.pk)
    page = {"form": form, "framework": used}
    return render(request, "journey/new.html", page, status=422 if form.errors else 200)


@require_safe
@login_required
def entry(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Show one entry, who confirmed it, and what is not there yet."""
    found = access.get(request.user, "accomplishment.view", pk)
    return _entry(request, found, forms.FileForm())


def _entry(request: MemberRequest, found: Any, form: forms.FileForm, *, status: int = 200) -> HttpResponse:
    page = {
        "shown": queries.one_shown(request.user.person, found),
        "form": form,
        "seen_by": showing.seen_by("accomplishment", found.pk),
    }
    return render(request, "journey/entry.html", page, status=status)


@show_or_send
@login_required
def change(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Change an entry; what confirmations lose by it is said on the page before."""
    found = access.get(request.user, "accomplishment.view", pk)
    used = criteria.in_use()
    initial = {name: getattr(found, name) for name in forms.EntryForm.base_fields}
    form = forms.EntryForm(sent(request), framework=used.framework, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            ended = actions.change(actor=request.user.person, entry=found, **form.cleaned_data)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _changed(ended))
            return redirect("journey:entry", pk=pk)
    shown = queries.one_shown(request.user.person, found)
    page = {"form": form, "shown": shown, "framework": used}
    return render(request, "journey/change.html", page, status=422 if form.errors else 200)


def _changed(ended: int) -> str:
    if not ended:
        return "Kept."
    what = "One confirmation or question" if ended == 1 else f"{ended} confirmations or questions"
    return f"Kept. {what} ended, because it was about what stood there before."


@require_POST
@login_required
def do(request: MemberRequest, pk: UUID, verb: str) -> HttpResponse:
    """Put an entry away, take it back, or delete it for good."""
    person, found = request.user.person, access.get(request.user, "accomplishment.view", pk)
    verbs: dict[str, Callable[[], None]] = {
        "put-away": lambda: actions.put_away(actor=person, entry=found),
        "take-back": lambda: actions.take_back(actor=person, entry=found),
        "delete": lambda: actions.delete(actor=person, entry=found),
    }
    if verb not in verbs:
        raise Http404(access.NOT_HERE)
    try:
        verbs[verb]()
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, SAID[verb])
    return redirect("journey:index")


@show_or_send
@login_required
def friday(request: MemberRequest) -> HttpResponse:
    """Ask three questions about the week; the answer becomes an entry."""
    person = request.user.person
    form = forms.FridayForm(sent(request))
    if form.is_bound and form.is_valid():
        values = form.cleaned_data | {"day": queries.today_of(person), "origin": "friday"}
        try:
            made = actions.add(actor=person, **values)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Kept. Have a good end of the week.")
            return redirect("journey:entry", pk=made.pk)
    page = {"form": form, "week": queries.week(person)}
    return render(request, "journey/friday.html", page, status=422 if form.errors else 200)


@show_or_send
@login_required
def thanks(request: MemberRequest) -> HttpResponse:
    """Keep words of thanks, and what they were for."""
    person = request.user.person
    form = forms.ThanksForm(sent(request), initial={"day": queries.today_of(person)})
    if form.is_bound and form.is_valid():
        try:
            made = actions.add(actor=person, origin="thanks", **form.cleaned_data)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Kept. Whoever thanked you may also confirm that they saw it.")
            return redirect("journey:entry", pk=made.pk)
    return render(request, "journey/thanks.html", {"form": form}, status=422 if form.errors else 200)


@show_or_send
@login_required
def result(request: MemberRequest) -> HttpResponse:
    """Keep what came of something taken on: it counts without anybody to lead (row 96)."""
    person = request.user.person
    form = forms.ResultForm(sent(request), initial={"day": queries.today_of(person)})
    if form.is_bound and form.is_valid():
        try:
            made = actions.add(actor=person, origin="result", **form.cleaned_data)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Kept. Name the criteria it speaks to, and it can go into a case.")
            return redirect("journey:entry", pk=made.pk)
    return render(request, "journey/result.html", {"form": form}, status=422 if form.errors else 200)


# --- files -----------------------------------------------------------------------------------


@require_POST
@login_required
def attach(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Keep a file beside an entry."""
    found = access.get(request.user, "accomplishment.view", pk)
    form = forms.FileForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            _hand_on(request, found, file)
        except Refused as no:
            form.add_error("file", str(no))
        else:
            messages.success(request, "The file stands beside it.")
            return redirect("journey:entry", pk=pk)
    return _entry(request, found, form, status=422)


def _hand_on(request: MemberRequest, found: Any, file: Any) -> None:
    """Hand a file on; one that is too large is refused before it is read."""
    if file.size > file_actions.LARGEST:
        most = file_actions.LARGEST // file_actions.MIB
        raise Refused(f"This file is too large: a file can have {most} MiB. Put a link instead.")
    content = file.read()
    file_actions.attach(actor=request.user.person, entry=found, name=file.name, content=content)


@require_safe
@login_required
def file(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Hand a file back as it came: to be saved, never shown or run here."""
    found = access.get(request.user, "attachment.view", pk)
    answer = HttpResponse(found.content, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.name)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@require_POST
@login_required
def remove_file(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Remove a file."""
    found = access.get(request.user, "attachment.view", pk)
    entry_number = found.entry_id
    file_actions.remove(actor=request.user.person, file=found)
    messages.success(request, "The file is removed.")
    return redirect("journey:entry", pk=entry_number)


# --- what am I missing? ----------------------------------------------------------------------


@show_or_send
@login_required
def missing(request: MemberRequest) -> HttpResponse:
    """Show a level of any track beside the person's evidence; write something down right there."""
    person = request.user.person
    used = criteria.in_use()
    form = forms.CriterionForm(sent(request), framework=used.framework)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            actions.add(
                actor=person,
                what=said["what"],
                otherwise=said["otherwise"],
                criteria=[said["criterion"]],
                day=queries.today_of(person),
            )
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "Kept.")
            here = reverse("journey:missing", query={"level": said["level"]})
            return redirect(f"{here}#c-{said['criterion']}")
    level = str(form["level"].value() or "") if form.is_bound else request.GET.get("level", "")
    words = criteria_words.spoken(request, used.framework)
    found = cover_queries.missing(person, level, replace(used, framework=words.framework))
    page = {"missing": found, "form": form, "words": words}
    return render(request, "journey/missing.html", page, status=422 if form.errors else 200)
