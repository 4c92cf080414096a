"""The criteria of the demo company: a signed version, and a newer one that waits for two more signatures."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from fairlead.core.framework import Seen
from fairlead.library import framework as library
from fairlead.web.demo.clock import on
from fairlead.web.demo.company import NAME
from fairlead.web.promotions import criteria_actions, criteria_drafts, criteria_editing, signing, terms
from fairlead.web.promotions.criteria_models import SigningTeam

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from fairlead.core.framework import Framework
    from fairlead.web.people.models import Person
    from fairlead.web.promotions.models import FrameworkVersion

SIGNS: Final = ("leadership_gap", "management_gap", "not_let_go")
"""Who of the cast is the leadership team."""

REWORDED: Final = "manager-2"
"""The level that is different in the second version."""

STAGED: Final = frozenset({*SIGNS, "people_lead", "people_partner"})


def stage(people: Mapping[str, Person], today: date) -> None:
    """Name who signs, sign the first version, and put the second one forward."""
    lead, partner = people["people_lead"], people["people_partner"]
    team = [people[key] for key in SIGNS]
    with on(today - timedelta(days=170)):
        named = signing.confirm(partner, signing.propose(lead, team))
        SigningTeam.objects.filter(pk=named.pk).update(made_at=timezone.now())
        own = criteria_drafts.own_copy(library.framework("fairlead"))
        first = criteria_actions.begin(lead, replace(own, title=f"Tracks and levels at {NAME}"))
        _as_of_now(first)
        criteria_actions.put(lead, first, seen=criteria_actions.fingerprint(first))
    for number, one in enumerate(team):
        with on(today - timedelta(days=165 - number)):
            criteria_actions.answer(one, first, yes=True, seen=first.sha256)
    with on(today - timedelta(days=6)):
        first.refresh_from_db()
        second = criteria_actions.begin(partner, terms.framework_of(first))
        second = criteria_actions.rewrite(partner, second, _changed)
        _as_of_now(second)
        criteria_actions.put(partner, second, seen=criteria_actions.fingerprint(second))
    with on(today - timedelta(days=2)):
        second.refresh_from_db()
        criteria_actions.answer(people["leadership_gap"], second, yes=True, seen=second.sha256)


def _as_of_now(made: FrameworkVersion) -> None:
    """Set when something was made to the staged day: defaults of models look at the true clock."""
    made.made_at = timezone.now()
    made.save(update_fields=["made_at"])


def _changed(now: Framework) -> Framework:
    """Say one thing more exactly, add what an incident taught, and reword what a level answers for."""
    reliability = now.criterion("reliability")
    said = (
        "Gives dates for the team only after asking those who do the work, and tells people on the day when "
        "one cannot be kept."
    )
    seen = tuple(replace(one, text=said) if one.level == REWORDED else one for one in reliability.seen)
    found = criteria_editing.with_criterion(now, replace(reliability, seen=seen))
    level = found.level(REWORDED)
    handing_over = replace(
        reliability,
        id="handing_over",
        title="Hands work over so that nobody has to ask",
        rows=(),
        research=(),
        seen=(
            Seen(
                level=level.id,
                text="Writes down what is open, who decides and by when, before work changes hands; whoever "
                "takes over names no more than one thing that was missing.",
                examples=("The hand-over sheet of the night shift",),
            ),
        ),
    )
    found = criteria_editing.with_criterion(found, handing_over)
    return criteria_editing.with_level(
        found,
        replace(level, words="Answers for what one team promises, and for how it gets there."),
        [track.id for track in found.tracks_of(level.id)],
    )
