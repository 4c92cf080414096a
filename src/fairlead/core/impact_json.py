"""Impact as plain JSON values; the keys are a promise."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fairlead.core.impact_release import ReleasedImpact
    from fairlead.core.impact_results import AttributeImpact, Comparison, Impact, Stratified


def impact_json(found: Impact) -> dict[str, Any]:
    """Give an analysis as JSON values: the promised keys of the first attribute, everything else after them.

    Parameters
    ----------
    found
        What :func:`fairlead.core.impact.impact` said.

    Returns
    -------
    dict
        Numbers unrounded; what is missing is ``None``. ``groups`` are those of the whole way from the
        first step to the end; ``mantel_haenszel`` is everybody else together beside the reference, inside
        the strata, or ``None``.
    """
    first = found.attributes[0]
    told = _comparison(first.whole)
    told |= {
        "attribute": first.attribute,
        "level": found.level,
        "inside": found.strata or None,
        "steps": [_comparison(one) for one in first.steps],
        "rounds": [_comparison(one) for one in first.rounds],
        "watch": asdict(first.watch) if first.watch is not None else None,
        "scores": asdict(first.scores) if first.scores is not None else None,
    }
    return told | {
        "attributes": [_attribute(one) for one in found.attributes[1:]],
        "notes": list(found.notes),
    }


def _attribute(one: AttributeImpact) -> dict[str, Any]:
    return {
        "attribute": one.attribute,
        "crossed": one.crossed,
        **_comparison(one.whole),
        "steps": [_comparison(step) for step in one.steps],
        "rounds": [_comparison(step) for step in one.rounds],
        "watch": asdict(one.watch) if one.watch is not None else None,
        "scores": asdict(one.scores) if one.scores is not None else None,
    }


def _comparison(one: Comparison) -> dict[str, Any]:
    told = asdict(one)
    together = one.mantel_haenszel
    promised = {
        "reference": one.reference or None,
        "groups": told.pop("groups"),
        "mantel_haenszel": _stratified(together) if together and together.found.strata else None,
    }
    for done in ("reference", "mantel_haenszel"):
        told.pop(done)
    told["stratified"] = [_stratified(group) for group in one.stratified]
    return promised | told


def _stratified(one: Stratified) -> dict[str, Any]:
    found = asdict(one.found)
    odds, p = found.pop("odds_ratio"), found.pop("p")
    return {
        "odds_ratio": odds,
        "p": p,
        **found,
        "group": one.group,
        "crude_odds_ratio": one.crude_odds_ratio,
        "reversed": one.reversed,
        "lower_in": one.lower_in,
        "higher_in": one.higher_in,
        "says": one.says,
    }


def released_json(found: ReleasedImpact) -> dict[str, Any]:
    """Give a release as JSON values; a withheld count is ``None``, and so is all that is made from it."""
    return {
        "minimum": found.minimum,
        "rounds": list(found.rounds),
        "tables": [asdict(one) for one in found.tables],
        "audit": asdict(found.audit),
        "notes": list(found.notes),
    }
