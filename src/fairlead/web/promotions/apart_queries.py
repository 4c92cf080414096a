"""How ratings that were linked came to fall into parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairlead.web.promotions.case_models import RaterAssignment, Rating
from fairlead.web.promotions.closeness import barred

if TYPE_CHECKING:
    from fairlead.web.people.models import Person
    from fairlead.web.promotions.models import Round


def taken_from(person: Person, one: Round) -> list[tuple[str, str]]:
    """Name who rated a case and has no part in it any more, with the candidate, by name.

    Of a case in which the reader has no part either, nothing is said.
    """
    found = RaterAssignment.objects.filter(
        nomination__round=one, ended_because=RaterAssignment.Ended.RECUSED, rater__isnull=False,
        pk__in=Rating.objects.filter(assignment__nomination__round=one).values("assignment"),
    ).select_related("rater", "nomination__candidate", "nomination__round")  # fmt: skip
    gone = list(found)
    out = barred([row.nomination for row in gone])
    return sorted(
        (str(row.rater), str(row.nomination.candidate))
        for row in gone
        if person.pk not in out[row.nomination_id]
    )
