"""Severities and fair scores as plain JSON values; the keys are a promise."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fairlead.core.rater_results import CriterionDifficulty, FairScore, Fit, RaterSeverity, Severity


def severity_json(found: Severity) -> dict[str, Any]:
    """Give a result as JSON values: first what every version has, then all the rest.

    Parameters
    ----------
    found
        What :func:`fairlead.core.raters.severity` said.

    Returns
    -------
    dict
        ``severity`` is the estimate before it is drawn towards 0, stricter above 0; it sums to 0 in each
        component. ``shrunk`` is what corrects ``fair``. Numbers unrounded; what is missing is ``None``.
    """
    return {
        "model": found.model,
        "connected": found.connected,
        "components": [
            {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(one).items()}
            for one in found.components
        ],
        "log_likelihood": found.log_likelihood,
        "raters": [_rater(one) for one in found.raters],
        "ratees": [_ratee(one) for one in found.ratees],
        "criteria": [_criterion(one) for one in found.criteria],
        "steps": [asdict(one) for one in found.steps],
        "method": found.method,
        "deviance": found.deviance,
        "spread": found.spread,
        "reliability": found.reliability,
        "lowest": found.lowest,
        "highest": found.highest,
        "scores": list(found.scores),
        "n": found.n,
        "converged": found.converged,
        "passes": found.passes,
        "separation": {
            "raters": asdict(found.rater_separation),
            "ratees": asdict(found.ratee_separation),
            "criteria": asdict(found.criterion_separation),
        },
        "agreement": asdict(found.agreement),
        "halo": asdict(found.halo),
        "design": _plain(asdict(found.design)),
        "use": [_plain(asdict(one)) for one in found.use],
        "crossed": _plain(asdict(found.crossed)) if found.crossed else None,
        "notes": list(found.notes),
        **({} if found.groups is None else {"groups": [asdict(one) for one in found.groups]}),
    }


def _rater(one: RaterSeverity) -> dict[str, Any]:
    return {
        "rater": one.rater,
        "n": one.n,
        "severity": one.severity,
        "se": one.se,
        **_fit(one.fit),
        "se_model": one.se_model,
        "shrunk": one.shrunk,
        "shrunk_se": one.shrunk_se,
        "points": one.points,
        "points_low": one.points_low,
        "points_high": one.points_high,
        "observed": one.observed,
        "ratees": one.ratees,
        "shared": one.shared,
        "component": one.component,
        "extreme": one.extreme or None,
    }


def _ratee(one: FairScore) -> dict[str, Any]:
    return {
        "ratee": one.ratee,
        "n": one.n,
        "observed": one.observed,
        "fair": one.fair,
        "measure": one.measure,
        "se": one.se,
        **_fit(one.fit),
        "low": one.low,
        "high": one.high,
        "corrected": one.corrected,
        "raters": one.raters,
        "component": one.component,
        "extreme": one.extreme or None,
    }


def _criterion(one: CriterionDifficulty) -> dict[str, Any]:
    return {
        "criterion": one.criterion,
        "difficulty": one.difficulty,
        "se": one.se,
        "n": one.n,
        "observed": one.observed,
        **_fit(one.fit),
        "extreme": one.extreme or None,
    }


def _fit(fit: Fit) -> dict[str, float | None]:
    return {
        "infit": fit.infit,
        "outfit": fit.outfit,
        "infit_z": fit.infit_z,
        "outfit_z": fit.outfit_z,
    }


def _plain(value: Any) -> Any:
    """Turn tuples into lists all the way down, as JSON has them."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    return value
