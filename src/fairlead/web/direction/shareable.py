"""What of one part of a direction can be shown to one other person: a plain copy of words and numbers.

Two things can be ticked: what the answers came to, in choices and figures, and what the person wrote in
their own words. Nothing else of the room is ever copied: no goal, no offer, no other part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from fairlead.web.direction import parts, results, told
from fairlead.web.showing import Shareable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from fairlead.web.direction.models import Sitting

PARTS: Final = {
    "result": "What it came to: choices and figures",
    "words": "What I wrote in my own words",
}
USUAL: Final = frozenset({"result"})
NEVER: Final = (
    "Never shown, whatever is ticked: your other parts, your goals and your offers, warnings, the next step, "
    "and what you answered at another time."
)


def snapshot(sitting: Sitting, ticked: Collection[str]) -> dict[str, Any]:
    """Copy the ticked parts as plain data; a part without anything in it is left out."""
    texts = parts.texts_of(sitting)
    answers = told.told(sitting, texts)
    sections = []
    if "result" in ticked:
        says = [*_figures(sitting), *(_line(one.question, one.said) for one in answers if not one.own_words)]
        sections.append(_section("result", texts.section(sitting.section).title, says))
    if "words" in ticked:
        says = [_line(one.question, one.said) for one in answers if one.own_words]
        sections.append(_section("words", "In their own words", says))
    return {
        "made_on": sitting.finished_on.isoformat() if sitting.finished_on else "",
        "stands_until": sitting.stands_until.isoformat() if sitting.stands_until else "",
        "sections": [section for section in sections if section["says"]],
    }


def _section(name: str, title: str, says: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": name, "title": title, "drawn": [], "numbers": [], "says": says}


def _line(label: str, says: str) -> dict[str, Any]:
    return {"label": label.rstrip("."), "says": says, "clear": False}


def _figures(sitting: Sitting) -> Iterator[dict[str, Any]]:
    """Give each figure in words, with its interval."""
    found = results.result_of(sitting)
    for line in found.get("lines", ()):
        for bar in line.bars:
            whose = "mine" if bar.whose == "mine" else "daily practice, as I see it"
            yield _line(f"{line.label}, {whose}", bar.says)
    for bar in found.get("scales", ()):
        yield _line(bar.label, bar.says)


SHAREABLE: Final = {
    "direction": Shareable(
        word="part of your direction",
        permission="sitting.show",
        parts=PARTS,
        usual=USUAL,
        never=NEVER,
        title=lambda sitting: parts.title_of(sitting.section),
        snapshot=snapshot,
        page=lambda sitting: reverse("direction:sitting", args=[sitting.pk]),
        whom="It can be shown to your coach and to nobody else, and no longer than the coaching stands.",
    )
}
