"""What of a plan, and of the draft of a way of leading, can be shown to one other person: a plain copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils import timezone

from fairlead.render import words
from fairlead.web.growth import leader_queries, plan_queries
from fairlead.web.growth.philosophy_queries import paragraphs
from fairlead.web.showing import Shareable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from fairlead.web.growth.later_models import Plan
    from fairlead.web.growth.models import Philosophy

WHOM: Final = (
    "It can be shown to your manager, to their manager, or to a coach of yours, and only while they are that."
)
NEVER_OF_PLAN: Final = (
    "Never shown, whatever is ticked: years that are over, what stood in the plan before, and everything "
    "else in My growth."
)
NEVER_OF_DRAFT: Final = (
    "Never shown, whatever is ticked: which leaders you had, what you called them, and everything else in My "
    "growth."
)
PLAN_PARTS: Final = {"from_to": "From where, to where, and when I look at it again"} | plan_queries.PARTS
DRAFT_PARTS: Final = {
    "draft": "My draft, as it stands",
    "rules": "What I keep and what I do not repeat, without whom I have it from",
}


def plan_snapshot(plan: Plan, parts: Collection[str]) -> dict[str, Any]:
    """Copy the ticked parts of a plan: what lies ahead, part by part."""
    this = timezone.localdate().year
    years = {year: said for year, said in sorted(plan_queries.years_of(plan.owner).items()) if year >= this}
    sections = [_section("from_to", "From where, to where", _from_to(plan))]
    sections += [
        _section(
            name, title, [_line(str(year), said[name]) for year, said in years.items() if said.get(name)]
        )
        for name, title in plan_queries.PARTS.items()
    ]
    return _copy(sections, parts)


def draft_snapshot(draft: Philosophy, parts: Collection[str]) -> dict[str, Any]:
    """Copy the draft as it stands, and the rules, where ticked."""
    rules = leader_queries.rules(leader_queries.leaders(draft.owner))
    kept = [_line("I keep", one.text) for one in rules.keep]
    never = [_line("I do not repeat", one.text) for one in rules.never]
    sections = [
        _section("draft", "How they want to lead", [_line("", one) for one in paragraphs(draft.text)]),
        _section("rules", "Out of leaders they have had", kept + never),
    ]
    return _copy(sections, parts)


def _copy(sections: Iterable[dict[str, Any]], parts: Collection[str]) -> dict[str, Any]:
    return {
        "made_on": timezone.localdate().isoformat(),
        "made_word": "as it stood on",
        "sections": [one for one in sections if one["id"] in parts and one["says"]],
    }


def _from_to(plan: Plan) -> list[dict[str, Any]]:
    day = words.day(plan.review_on.isoformat()) if plan.review_on else ""
    told = (("From", plan.start), ("To", plan.aim), ("Looked at again on", day))
    return [_line(label, says) for label, says in told if says]


def _section(name: str, title: str, says: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": name, "title": title, "drawn": [], "numbers": [], "says": says}


def _line(label: str, says: str) -> dict[str, Any]:
    return {"label": label, "says": says, "clear": False}


SHAREABLE: Final = {
    "plan": Shareable(
        word="plan",
        permission="plan.view",
        parts=PLAN_PARTS,
        usual=frozenset({"from_to", "able", "tried"}),
        never=NEVER_OF_PLAN,
        title=lambda _plan: "Plan for the coming years",
        snapshot=plan_snapshot,
        page=lambda _plan: reverse("growth:plan"),
        whom=WHOM,
    ),
    "philosophy": Shareable(
        word="draft",
        permission="philosophy.view",
        parts=DRAFT_PARTS,
        usual=frozenset({"draft"}),
        never=NEVER_OF_DRAFT,
        title=lambda _draft: "Way of leading, a draft",
        snapshot=draft_snapshot,
        page=lambda _draft: reverse("growth:philosophy"),
        whom=WHOM,
    ),
}
