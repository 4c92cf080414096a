"""Agreement and scores as plain JSON values; the keys are a promise."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fairlead.core.agreement import GroupAgreement, ScaleAgreement, Spread


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreements:
    """Every scale of one table: ``n`` people in ``groups`` groups, and what was left out, in words."""

    n: int
    groups: int
    scales: tuple[ScaleAgreement, ...]
    notes: tuple[str, ...] = ()


def agreements_json(found: Agreements, *, every_index: bool = False) -> dict[str, Any]:
    """Give agreement as JSON values: the promised keys, with ``every_index`` all others after them.

    Parameters
    ----------
    found
        What :func:`fairlead.core.agreement.agreement` said of each scale.
    every_index
        Whether to add r*wg, a_wg, AD of the median, REML, critical values, verdicts and notes.

    Returns
    -------
    dict
        Numbers unrounded; what is missing is ``None``.

    Examples
    --------
    >>> agreements_json(Agreements(n=0, groups=0, scales=()))
    {'n': 0, 'groups': 0, 'scales': []}
    """
    told: dict[str, Any] = {
        "n": found.n,
        "groups": found.groups,
        "scales": [_scale(scale, every_index=every_index) for scale in found.scales],
    }
    return told | ({"notes": list(found.notes)} if every_index else {})


def _scale(scale: ScaleAgreement, *, every_index: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": scale.name,
        "items": scale.items,
        "alpha": scale.alpha,
        "icc1": scale.icc.icc1,
        "icc2": scale.icc.icc2,
        "rwg_j": _spread(scale.rwg_j),
        "ad_mean": _spread(scale.ad_mean),
        "groups": [_group(group, every_index=every_index) for group in scale.groups],
    }
    if not every_index:
        return told
    return told | {
        "n": scale.n,
        "left_out": scale.left_out,
        "alone": scale.alone,
        "options": scale.options,
        "lowest": scale.lowest,
        "ad_median": _spread(scale.ad_median),
        "rwg_star": _spread(scale.rwg_star),
        "awg": _spread(scale.awg),
        "out_of_range": scale.out_of_range,
        "two_camps": scale.two_camps,
        "verdicts": {"alike": scale.alike, "differently": scale.differently, "too_few": scale.too_few},
        "icc": asdict(scale.icc),
        "null": scale.null,
        "null_variance": scale.null_variance,
        "ad_limit": scale.ad_limit,
        "correlation": scale.correlation,
        "repetitions": scale.repetitions,
        "chance": [
            {
                "n": one.size,
                "rwg_star": 1.0 - one.ratio,
                "ad_mean": one.ad_mean,
                "rwg_star_divided": 1.0 - one.divided,
            }
            for one in scale.chance
        ],
    }


def _spread(spread: Spread) -> dict[str, float | None]:
    return {"mean": spread.mean, "median": spread.median, "min": spread.min, "max": spread.max}


def _group(group: GroupAgreement, *, every_index: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "group": group.group,
        "n": group.n,
        "mean": group.mean,
        "rwg_j": group.rwg_j,
        "ad_mean": group.ad_mean,
    }
    if not every_index:
        return told
    return told | {
        "ad_median": group.ad_median,
        "rwg_star": group.rwg_star,
        "awg": group.awg,
        "out_of_range": group.out_of_range,
        "two_camps": group.two_camps,
        "verdict": group.verdict or None,
    }
