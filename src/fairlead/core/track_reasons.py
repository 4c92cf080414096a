"""The sentences behind one track: wants, gaps, energy, values, losses, each from the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairlead.core.profile_agreement import ALIKE, UNLIKE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairlead.core.direction_reading import DemandReading, EnergyReading, ProfileAgreement

MOST: Final = 3
"""So many examples are named; the rest is counted."""

MORE: Final = 0.03
"""An activity is asked more of than by other tracks from this difference in strength (0 to 1) on."""


def reasons_of(
    demands: Sequence[DemandReading],
    more: Mapping[str, float],
    energy: EnergyReading | None,
    values: ProfileAgreement,
    lose: Sequence[str],
) -> tuple[str, ...]:
    """Give the reasons for and against one track in the order in which they are asked.

    Parameters
    ----------
    demands, energy, values, lose
        What was read of it.
    more
        How much more of each activity the track asks than the other tracks do.

    Returns
    -------
    tuple of str
        One sentence each; nothing is said where nothing was answered.
    """
    return tuple(
        sentence
        for sentence in (
            *_demands(demands),
            *_energy(more, energy),
            _values(values),
            f"You would lose: {_named(lose)}." if lose else "",
        )
        if sentence
    )


def _demands(demands: Sequence[DemandReading]) -> tuple[str, ...]:
    def texts(reading: str) -> list[str]:
        return [one.text for one in sorted(demands, key=lambda one: -one.weight) if one.reading == reading]

    lines = (
        ("fits", "You want it and are able to do it"),
        ("skill_gap", "You want it and are not yet able to do it, a skill gap"),
        ("will_gap", "You are able to do it and do not want it, a will gap"),
        ("not_mine", "You neither want it nor are able to do it yet"),
    )
    return tuple(f"{says}: {_named(found)}." for reading, says in lines if (found := texts(reading)))


def _energy(more: Mapping[str, float], energy: EnergyReading | None) -> tuple[str, ...]:
    if energy is None:
        return ()
    core = [one for one in energy.tasks if more.get(one.task, 0.0) >= MORE]
    core.sort(key=lambda one: -more[one.task])
    gives = [one.label for one in core if one.effect > 0]
    takes = [one.label for one in core if one.effect < 0]
    return (
        f"It asks more than other tracks of what energizes you: {_named(gives)}." if gives else "",
        f"It asks more than other tracks of what drains you: {_named(takes)}." if takes else "",
    )


def _values(values: ProfileAgreement) -> str:
    if values.verdict == ALIKE:
        return "It offers most of what you put first, and least of what you put last."
    if values.verdict == UNLIKE:
        return "It offers least of what you put first."
    return ""


def _named(texts: Sequence[str]) -> str:
    """Name some of them and count the rest; a text that ends in a full stop loses it."""
    shown = "; ".join(text.rstrip(".") for text in texts[:MOST])
    rest = len(texts) - MOST
    return f"{shown}; and {rest} more" if rest > 0 else shown
