"""Files of a case, a decision, a calibration; whoever takes one along signed in a moment ago."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from fairlead.web import access
from fairlead.web.access import NOT_HERE, fresh
from fairlead.web.promotions import taken_out

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from fairlead.web.people.asking import MemberRequest
    from fairlead.web.promotions.models import Nomination, Round


@fresh
def _file(request: MemberRequest, what: str, of: Nomination | Round, form: str) -> HttpResponseBase:
    """Write the file, for who may read the page and signed in a moment ago."""
    person = request.user.person
    found = taken_out.KINDS[what](person, of)
    if found is None or form not in taken_out.FORMS:
        raise Http404(NOT_HERE)
    taken_out.note(person, what, of, form)
    answer = HttpResponse(found.written(form), content_type=taken_out.FORMS[form])
    answer["Content-Disposition"] = f'attachment; filename="{found.name}.{form}"'
    return answer


@require_safe
@login_required
def case(request: MemberRequest, pk: UUID, form: str) -> HttpResponseBase:
    """Give a case as a file."""
    return _file(request, "case", access.get(request.user, "case.see", pk), form)


@require_safe
@login_required
def decision(request: MemberRequest, pk: UUID, form: str) -> HttpResponseBase:
    """Give a decision as a file."""
    return _file(request, "decision", access.get(request.user, "case.decision", pk), form)


@require_safe
@login_required
def calibration(request: MemberRequest, pk: UUID, form: str) -> HttpResponseBase:
    """Give a calibration as a file."""
    return _file(request, "calibration", access.get(request.user, "round.calibration", pk), form)
