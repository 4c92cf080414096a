"""A direction as plain JSON values; the keys are a promise."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fairlead.core.direction_reading import Direction


def to_json(found: Direction) -> dict[str, Any]:
    """Turn a direction into JSON values: snake_case keys, numbers unrounded, what is missing is null.

    Parameters
    ----------
    found
        The reading.

    Returns
    -------
    dict
        The fields of ``Direction`` in their order, every figure with its explanation; tuples are lists.
        ``strengths`` are objects with ``what`` and ``works_against``.
    """
    told = _plain(asdict(found))
    told["strengths"] = [
        {"what": what, "works_against": works_against} for what, works_against in found.strengths
    ]
    return dict(told)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value
