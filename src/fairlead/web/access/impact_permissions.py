"""The permissions of statements about oneself and of tables of selection rates."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from fairlead.web.access.permission import Permission, everybody
from fairlead.web.access.relations import everything
from fairlead.web.access.table import Verb
from fairlead.web.promotions.models import ImpactTable

IMPACT_PERMISSIONS: Final[dict[str, Permission]] = {
    "self_statement.own": Permission(
        of="self_statement",
        verb=Verb.WRITE,
        anybody=everybody,
        says="Only the person who states it.",
    ),
    "impact.work": Permission(
        of="impact",
        verb=Verb.WRITE,
        model=ImpactTable,
        rows=everything,
        says="The equality analyst: what is asked, counting, files, publishing.",
    ),
    "impact.see": Permission(
        of="impact",
        verb=Verb.READ,
        model=ImpactTable,
        rows=lambda _one: Q(state=ImpactTable.State.RELEASED),
        says="The equality analyst, auditors; people operations and the works council too: released tables.",
    ),
    "impact.summary": Permission(
        of="impact",
        verb=Verb.FIGURES,
        model=ImpactTable,
        own=lambda _one: Q(state=ImpactTable.State.RELEASED, published_at__isnull=False),
        anybody=everybody,
        says="Everybody who is signed in, what is published.",
    ),
}
