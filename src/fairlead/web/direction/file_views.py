"""Views that hand one's own answers out as a file and take a file in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from fairlead.core.problems import BadInput
from fairlead.web import access
from fairlead.web.direction import actions, files, parts, sittings
from fairlead.web.direction.forms import AnswerFileForm

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def own_files(request: MemberRequest) -> HttpResponseBase:
    """Offer the answers as a file, and take one in."""
    person, problems = request.user.person, []
    form = AnswerFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        try:
            answers = files.read(form.cleaned_data["file"].name, form.cleaned_data["file"].read())
            taken = actions.take_in(actor=person, answers=answers)
        except BadInput as refused:
            problems = [str(one) for one in refused.problems]
        else:
            messages.success(request, f"Taken in: {', '.join(map(parts.title_of, taken)) or 'nothing'}.")
            return redirect("direction:index")
    newest = sittings.newest_sittings(person)
    shown = {
        "form": form,
        "problems": problems,
        "sections": [parts.title_of(name) for name, one in newest.items() if not one.is_history],
    }
    return render(request, "direction/files.html", shown, status=422 if problems or form.errors else 200)


@require_safe
@login_required
def download(request: MemberRequest, form: str) -> HttpResponseBase:
    """Hand out what stands today."""
    if form not in files.FORMS:
        raise Http404(access.NOT_HERE)
    answer = HttpResponse(files.write(request.user.person, form), content_type=files.FORMS[form])
    name = f"direction-{timezone.localdate().isoformat()}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
