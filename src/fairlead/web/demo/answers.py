"""How the members of the cast answer: their story in numbers, with a little scatter, always the same."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final

from fairlead.core.work import LEADING_COMPETENCIES, MANAGING_COMPETENCIES
from fairlead.library.schema import ItemKind

if TYPE_CHECKING:
    from fairlead.library.schema import Instrument, Item
    from fairlead.web.demo.cast import Member

_LEADING: Final = frozenset((*LEADING_COMPETENCIES, "ahead", "style.vision"))
_MANAGING: Final = frozenset((*MANAGING_COMPETENCIES, "mechanics", "style.clearing", "boss"))
_WELL: Final = frozenset(("balance", "high_payoff"))


def answers(
    member: Member, instrument: Instrument, check: int
) -> tuple[dict[str, float | None], dict[str, str]]:
    """Answer every scored item and every number at the check of that number, oldest first."""
    random = Random(f"{member.key}-{instrument.id}-{check}")  # noqa: S311 - the demo answers alike each time
    about = {scale.id: scale.about for scale in instrument.scales}
    symptoms = member.symptoms[min(check, len(member.symptoms) - 1)]
    values: dict[str, float | None] = {}
    for item in instrument.items:
        if item.kind is ItemKind.CHOICE and item.scales:
            values[item.id] = _choice(member, item, about[item.scales[0]], symptoms, random)
        elif item.kind is ItemKind.NUMBER:
            values[item.id] = _number(item, symptoms, random)
    return values, {}


def _choice(member: Member, item: Item, about: str, symptoms: float, random: Random) -> float:
    level = 3.0
    if about in _LEADING or about.endswith(".leading"):
        level = member.leading
    elif about in _MANAGING or about.endswith(".managing"):
        level = member.managing
    if about == "symptoms":
        level = symptoms
    elif about.startswith("warning."):
        tilt = member.managing - member.leading
        level = 2.2 + (tilt if about == "warning.managing" else -tilt)
    elif about in _WELL:
        level = 6.0 - symptoms
    elif about == "traits.beside":
        level = 1.8 + 0.7 * symptoms
    picked = min(5, max(1, round(level + random.gauss(0, 0.55))))
    return float(6 - picked if item.reverse else picked)


def _number(item: Item, symptoms: float, random: Random) -> float | None:
    if item.about == "loved_work":
        share = 60.0 if item.id.endswith("before") else 78.0 - 15.0 * symptoms
    elif item.about == "firefighting":
        share = 12.0 * symptoms - 8.0
    else:
        return None
    return float(max(0, min(100, round((share + random.gauss(0, 4)) / 5) * 5)))
