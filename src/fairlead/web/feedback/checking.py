"""What auditors and the works council read: what the check before each release found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from fairlead.render import words
from fairlead.render.feedback_words import sentence
from fairlead.web import access
from fairlead.web.feedback import terms
from fairlead.web.feedback.models import Survey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fairlead.web.access.relations import Actor
    from fairlead.web.feedback.models import Release


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One survey as auditors and the works council see it: its rules and what the check found."""

    href: str
    title: str
    days: str
    rules: str
    found: tuple[tuple[str, str], ...]
    checks: tuple[str, ...]
    held: str


def verdicts(user: Actor) -> dict[str, list[Checked]]:
    """List what was found of every survey, the newest first; no figure and nobody's name is in it."""
    found = access.visible(user, "verdict.read").select_related("survey").defer(*_UNREAD)
    stopped = Survey.objects.filter(state=Survey.State.HELD).defer("organization", "instrument_text")
    return {
        "released": [checked(one.survey, one.verdict, one) for one in found],
        "held": [checked(one, {}) for one in stopped],
    }


_UNREAD: Final = ("content", "survey__organization", "survey__instrument_text")


def checked_release(found: Release) -> Checked:
    """Say what the check of one release found."""
    return checked(found.survey, found.verdict, found)


CHECKS: Final = {
    "groups": "Every figure is made of whole groups, no two of which share a person.",
    "rank": "All figures were added, subtracted and compared with each other in every way.",
    "cut": "The lens was cut across the teams in every way.",
    "notches": "Every figure is as coarse as one answer can move it, and its ends are closed.",
    "intervals": "For every answer it was worked out what it could still have been.",
    "agreement": "A word about agreement stands only where either word would leave every answer open.",
    "waves": "Earlier surveys of the same family were attacked together with this one.",
}
"""The checks of the gate in words."""


def checked(survey: Survey, verdict: Mapping[str, Any], found: Release | None = None) -> Checked:
    """Say what the check of one survey found; its own title may name somebody, so it is not said."""
    lens = terms.LENSES.get(survey.lens, survey.lens).lower() if survey.lens else "none"
    asked = f"{survey.instrument} {survey.instrument_version}".strip()
    return Checked(
        href=reverse("feedback:verdict", args=[found.pk]) if found is not None else "",
        title=f"{sentence(survey.get_kind_display())}: {asked}",
        days=f"{words.day(survey.opens_on.isoformat())} to {words.day(survey.closes_on.isoformat())}",
        rules=f"No figure of fewer than {survey.k} people. Lens: {lens}.",
        found=tuple(_found(verdict)),
        checks=tuple(CHECKS.get(name, name) for name in verdict.get("checks", ())),
        held=survey.refusal,
    )


def _found(verdict: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Say what the check found; how few people are behind a figure as it was promised, never as a count.

    Beside the number of those who were asked, a count would say who did not answer.
    """
    if not verdict:
        return
    if not verdict.get("figures"):
        yield "Result", "There was no figure to attack."
        return
    yield "Result", "Passed." if verdict.get("passed") else "Refused."
    yield "Figures that were attacked together", f"{verdict['figures']:,}"
    kept = f"{verdict['k']} or more" if verdict.get("passed") else "too few"
    for name, says in (
        ("smallest", "People on whom any combination depends"),
        ("lens_cut", "People on whom any combination with the lens depends"),
    ):
        if verdict.get(name) is not None:
            yield says, kept
    if verdict.get("fewest_possible") is not None:
        yield "Options that every single answer can still have at least", f"{verdict['fewest_possible']}"
