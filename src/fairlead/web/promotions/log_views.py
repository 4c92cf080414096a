"""Evidence out of one's own log, chosen by the candidate alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render

from fairlead.web import access
from fairlead.web.promotions import from_log as log
from fairlead.web.promotions import log_forms, queries
from fairlead.web.promotions.views import sent, show_or_send
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest


@show_or_send
@login_required
def from_log(request: MemberRequest, pk: UUID) -> HttpResponseBase:
    """Let the candidate choose entries of their own log for their case."""
    found, person = access.get(request.user, "case.own", pk), request.user.person
    entries = log.offered(person, found)
    page = log.paged(entries, request.GET.get("page", "1"))
    asked = queries.asked_in(found)
    criteria = [(one.criterion.id, one.criterion.title) for one in asked]
    form = log_forms.FromLogForm(sent(request), entries=list(page), criteria=criteria)
    if form.is_bound and form.is_valid():
        try:
            number = log.take_over(person, found, form.wanted())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            pieces = "One piece is" if number == 1 else f"{number} pieces are"
            messages.success(request, f"{pieces} in your case now. Your log stays as it is.")
            return redirect("promotions:case", pk=pk)
    shown = {
        "form": form,
        "case": found,
        "page": page,
        "asked": asked,
        "open": "write_packet" in queries.case_page(person, found).can,
    }
    return render(request, "promotions/from_log.html", shown, status=422 if form.errors else 200)
