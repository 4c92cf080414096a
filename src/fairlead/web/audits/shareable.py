"""What of a reading can be shown to one other person: a plain copy of drawn figures and numbers.

Everything that is copied is named here, field by field. Not copied, whatever is ticked: titles,
addresses, names of own areas, answers and the scales made from them, single reports, rules and
unsorted events, what is behind a drawing (its data and specification).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from fairlead.core.work import HighPayoff
from fairlead.web.audits import queries
from fairlead.web.showing import Shareable

if TYPE_CHECKING:
    from collections.abc import Collection

    from fairlead.core.reading import Gap, RoleAudit
    from fairlead.web.audits.models import Reading
    from fairlead.web.audits.queries import Number, Shown

PARTS: Final = {
    "map": "The map of leading and managing",
    "week": "The week: hours by kind of work",
    "asked": "What the role asks beside what is done",
    "payoff": "Work that saves trouble later",
    "with": "How many take part in meetings, and which groups they come from",
    "focus": "Focus: undisturbed hours",
    "evenings": "Evenings and weekends",
}
USUAL: Final = frozenset({"map", "week", "asked", "payoff", "with", "focus"})
NEVER: Final = (
    "Never shown, whatever is ticked: titles of events, names, your answers, the rut check and warnings, "
    "meetings with single reports, your register, and your next step."
)

_DRAWN: Final = {
    "map": ("map",),
    "week": ("mean_week", "weeks"),
    "asked": ("asked_and_done",),
    "payoff": ("high_payoff",),
    "with": ("meetings_by_size", "meetings_by_relation"),
    "evenings": ("after_hours",),
}
_NUMBERS: Final = {"week": "week", "payoff": "payoff", "focus": "focus", "evenings": "evenings"}
_TITLES: Final = {
    "map": "The map",
    "week": "The week",
    "asked": "Asked and done",
    "payoff": "Work that saves trouble later",
    "with": "With whom, and how many",
    "focus": "Focus",
    "evenings": "Evenings and weekends",
}
_ONE_DRAWING: Final = ("name", "title", "sentence", "columns", "rows", "svg", "narrow", "titled")
_ONE_FIGURE: Final = ("name", "value", "too_little", "formula", "n", "n_of", "as_of", "left_out")
_PRESET: Final = frozenset(area.value for area in HighPayoff)


def snapshot(reading: Reading, parts: Collection[str]) -> dict[str, Any]:
    """Copy the ticked parts of a reading as plain data; a part without anything in it is left out."""
    shown = queries.show(reading)
    sections = [_section(name, shown) for name in PARTS if name in parts]
    time = shown.audit.time
    return {
        "made_on": reading.made_on.isoformat(),
        "stands_until": reading.stands_until.isoformat(),
        "first_day": time.first_day if time else "",
        "last_day": time.last_day if time else "",
        "events": time.events if time else None,
        "role": _public_role(shown.audit),
        "sections": [section for section in sections if _holds_something(section)],
        "attribution": shown.audit.role.attribution if shown.audit.role else "",
    }


def _section(name: str, shown: Shown) -> dict[str, Any]:
    drawn = [shown.drawn[key] for key in _DRAWN.get(name, ()) if key in shown.drawn]
    if name == "payoff" and _has_own_areas(shown.audit):
        drawn = []
    numbers = shown.numbers.get(_NUMBERS.get(name, ""), [])
    gaps = shown.gaps if name == "asked" else []
    return {
        "id": name,
        "title": _TITLES[name],
        "drawn": [{key: one[key] for key in _ONE_DRAWING} for one in drawn if one["svg"] or one["rows"]],
        "numbers": [_number(one) for one in numbers],
        "says": [_gap(gap) for gap in gaps],
    }


def _holds_something(section: dict[str, Any]) -> bool:
    return bool(section["drawn"] or section["numbers"] or section["says"])


def _number(one: Number) -> dict[str, Any]:
    figure = {key: getattr(one.figure, key) for key in _ONE_FIGURE}
    return {"label": one.label, "shown": one.shown, "range": one.range, "figure": figure}


def _gap(gap: Gap) -> dict[str, Any]:
    return {"label": gap.label, "says": gap.says, "clear": gap.clear}


def _public_role(audit: RoleAudit) -> str:
    """Give the role's name where it is one of the published ones; an own one is the person's words."""
    return audit.role.title if audit.role and audit.role.source == "onet" else ""


def _has_own_areas(audit: RoleAudit) -> bool:
    """Say whether the drawing of high-payoff work holds names that the person wrote."""
    areas = audit.time.high_payoff if audit.time else ()
    return any(area.name not in _PRESET for area in areas)


SHAREABLE: Final = {
    "reading": Shareable(
        word="reading",
        permission="reading.view",
        parts=PARTS,
        usual=USUAL,
        never=NEVER,
        title=str,
        snapshot=snapshot,
        page=lambda reading: reverse("audits:reading", args=[reading.pk]),
    )
}
