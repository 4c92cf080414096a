"""What of a skill can be shown to one other person: a plain copy, part by part.

Never copied, whatever is ticked: single answers, notes, reasons, the occasion of a practice, where the
skill came from, the person's own words for it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils import timezone

from fairlead.render import words
from fairlead.web.growth import plan_shareable, queries
from fairlead.web.showing import Shareable

if TYPE_CHECKING:
    from collections.abc import Collection

    from fairlead.core.figures import Figure
    from fairlead.web.growth.models import Skill
    from fairlead.web.growth.queries import Tried

PARTS: Final = {
    "skill": "Which skill it is, and how far",
    "practices": "Which practices were planned and done",
    "change": "What the measurement before and after says",
    "satisfaction": "What it did to how content I am with my work",
}
USUAL: Final = frozenset({"skill", "practices"})
NEVER: Final = (
    "Never shown, whatever is ticked: your single answers, your notes, your reasons, the meetings you chose "
    "for a practice, your own words for the skill, and where it came from."
)
STANDS_FOR: Final = timedelta(days=90)

_ONE_FIGURE: Final = ("name", "value", "too_little", "formula", "n", "n_of", "as_of", "left_out")


def snapshot(skill: Skill, parts: Collection[str]) -> dict[str, Any]:
    """Copy the ticked parts of a skill as plain data."""
    today = timezone.localdate()
    tried = queries.experiments(skill)
    sections = [
        _section("skill", skill.word, _how_far(skill, tried)),
        _section("practices", "Practices", [line for one in tried for line in _practices(one)]),
        _section("change", "Before and after", *_changes(tried, "behaviour")),
        _section("satisfaction", "Content with work", *_changes(tried, "satisfaction")),
    ]
    return {
        "made_on": today.isoformat(),
        "stands_until": (today + STANDS_FOR).isoformat(),
        "first_day": "",
        "last_day": "",
        "events": None,
        "role": "",
        "sections": [one for one in sections if one["id"] in parts and (one["says"] or one["numbers"])],
        "attribution": "",
    }


def _section(
    name: str, title: str, says: list[dict[str, Any]], numbers: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    return {"id": name, "title": title, "drawn": [], "numbers": numbers or [], "says": says}


def _line(label: str, says: str) -> dict[str, Any]:
    return {"label": label, "says": says, "clear": False}


def _how_far(skill: Skill, tried: list[Tried]) -> list[dict[str, Any]]:
    found = [_line("State", f"{skill.get_state_display()}.")]
    for one in tried:
        begun, due = words.day(one.row.begun_on.isoformat()), words.day(one.row.due_on.isoformat())
        found.append(_line("Experiment", f"{one.row.weeks} weeks, {begun} to {due}; {one.state}."))
    return found


def _practices(one: Tried) -> list[dict[str, Any]]:
    return [
        _line(it.title, f"Done on {words.day(it.row.done_on.isoformat())}." if it.row.done_on else "Planned.")
        for it in one.planned
    ]


def _changes(tried: list[Tried], what: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    says, numbers = [], []
    for one in tried:
        if one.change is None or one.row.ended_on is None:
            continue
        behaviour = what == "behaviour"
        figure = one.change.behaviour if behaviour else one.change.satisfaction
        sentence = one.change.says if behaviour else one.change.satisfaction_says
        says.append(_line(words.day(one.row.ended_on.isoformat()), sentence))
        numbers.append(_number(figure))
    return says, numbers


def _number(figure: Figure) -> dict[str, Any]:
    shown = "" if figure.value is None else f"{words.number(figure.value)} points"
    between = ""
    if figure.low is not None and figure.high is not None:
        between = f"{words.number(figure.low)} to {words.number(figure.high)}"
    return {
        "label": "Change",
        "shown": shown,
        "range": between,
        "figure": {key: getattr(figure, key) for key in _ONE_FIGURE},
    }


SHAREABLE: Final = {
    "skill": Shareable(
        word="skill",
        permission="skill.view",
        parts=PARTS,
        usual=USUAL,
        never=NEVER,
        title=lambda skill: str(skill.word),
        snapshot=snapshot,
        page=lambda skill: reverse("growth:skill", args=[skill.pk]),
    )
} | plan_shareable.SHAREABLE
