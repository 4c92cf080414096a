"""Which sets of three values to ask, and which follow from what was chosen (row 65)."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final

from fairlead.core.choices import follows, pairs_of
from fairlead.core.direction_answers import Value, ValueChoice
from fairlead.core.direction_reading import Skipped

if TYPE_CHECKING:
    from collections.abc import Sequence

    Shown = tuple[Value, Value, Value]

LABELS: Final[dict[str, str]] = {
    Value.ACHIEVEMENT: "Achievement",
    Value.INDEPENDENCE: "Independence",
    Value.RECOGNITION: "Recognition",
    Value.RELATIONSHIPS: "Relationships",
    Value.SUPPORT: "Support",
    Value.WORKING_CONDITIONS: "Working conditions",
}

ASKED_ALWAYS: Final = 6
"""The first six sets let each of the fifteen pairs meet once; the other four let them meet again."""

AT: Final = {value: at for at, value in enumerate(Value)}
"""Place of each value in every array and tuple here."""

_BLOCKS: Final = (
    (3, 4, 1), (5, 2, 3), (0, 5, 4), (2, 1, 5), (4, 0, 2), (1, 3, 0),
    (1, 2, 0), (0, 3, 5), (5, 1, 4), (2, 4, 3),
)  # fmt: skip


def designs() -> tuple[Shown, ...]:
    """Give the ten sets of three in which every pair of the six values meets exactly twice.

    Returns
    -------
    tuple of sets
        In the order of asking. The first ``ASKED_ALWAYS`` hold every pair at least once, and every
        value once in each of the three places.

    Notes
    -----
    A balanced incomplete block design: v = 6, k = 3, b = 10, r = 5, λ = 2 (Louviere, Flynn & Marley
    2015, Best-Worst Scaling, doi:10.1017/CBO9781107337855, on such designs for best–worst choices).

    Examples
    --------
    >>> len(designs()), [str(value) for value in designs()[0]]
    (10, ['relationships', 'support', 'independence'])
    """
    values = tuple(Value)
    return tuple((values[a], values[b], values[c]) for a, b, c in _BLOCKS)


def middle(choice: ValueChoice) -> Value:
    """Give the value that is neither the most nor the least.

    Raises
    ------
    ValueError
        When the choice does not name two different ones of three different values.

    Examples
    --------
    >>> said = ValueChoice(shown=(Value.SUPPORT, Value.RECOGNITION, Value.ACHIEVEMENT),
    ...                    most=Value.ACHIEVEMENT, least=Value.SUPPORT)
    >>> str(middle(said))
    'recognition'
    """
    rest = set(choice.shown) - {choice.most, choice.least}
    if len(set(choice.shown)) != 3 or len(rest) != 1 or not {choice.most, choice.least} <= set(choice.shown):
        shown = ", ".join(str(value) for value in choice.shown)
        raise ValueError(f"The most and the least are two different ones of three values; shown: {shown}.")
    return rest.pop()


def placed(chosen: Sequence[ValueChoice]) -> list[tuple[int, int, int]]:
    """Turn choices into (most, middle, least) by place; of a set answered twice the last answer counts.

    The order of the choices makes no difference otherwise: sets come out in the order of their values.
    """
    last = {frozenset(one.shown): one for one in chosen}
    found = [(AT[one.most], AT[middle(one)], AT[one.least]) for one in last.values()]
    return sorted(found, key=sorted)


def skippable(chosen: Sequence[ValueChoice], shown: Shown) -> Skipped | None:
    """Say whether the whole order of a set follows from earlier choices, and from which.

    Parameters
    ----------
    chosen
        Choices so far.
    shown
        The set that would come next.

    Returns
    -------
    Skipped or None
        ``None`` when one of its pairs is open, or was put both ways by what was chosen: then it is asked.

    Notes
    -----
    A pair follows if it was chosen or if a chain of chosen pairs leads from one to the other, and no
    chain leads back. A skipped set is no answer: it adds nothing to the scores, which stay as
    uncertain as the answered sets leave them.

    Examples
    --------
    >>> A, I, R, S = Value.ACHIEVEMENT, Value.INDEPENDENCE, Value.RECOGNITION, Value.SUPPORT
    >>> said = [ValueChoice(shown=(A, I, R), most=A, least=R), ValueChoice(shown=(I, R, S), most=I, least=S)]
    >>> skippable(said, (S, A, R)).says
    'You have put these three in order already: Achievement before Recognition before Support.'
    >>> skippable(said[:1], (S, A, R)) is None
    True
    """
    said = pairs_of(placed(chosen))
    known = follows(said, len(Value))
    wins = dict.fromkeys((AT[value] for value in shown), 0)
    for a, b in combinations(wins, 2):
        if ((a, b) in known) == ((b, a) in known):
            return None
        wins[a if (a, b) in known else b] += 1
    first, second, third = sorted(wins, key=lambda at: -wins[at])
    values = tuple(Value)
    order = (str(values[first]), str(values[second]), str(values[third]))
    return Skipped(
        shown=(str(shown[0]), str(shown[1]), str(shown[2])),
        order=order,
        because=tuple(
            (str(values[a]), str(values[b])) for a, b in _because(said, ((first, second), (second, third)))
        ),
        says=f"You have put these three in order already: {' before '.join(map(label, order))}.",
    )


def next_set(chosen: Sequence[ValueChoice], *, everything: bool = False) -> Shown | None:
    """Give the set to ask next; ``None`` when all that is left follows.

    Parameters
    ----------
    chosen
        Choices so far, in any order.
    everything
        Ask also what follows: more answers make the scores more certain.

    Notes
    -----
    The first unanswered set of :func:`designs`, where the last four are skipped if they follow
    (:func:`skippable`). So somebody who contradicts themselves nowhere answers six sets, and every
    contradiction is asked about again.

    Examples
    --------
    >>> next_set([]) == designs()[0]
    True
    """
    answered = {frozenset(one.shown) for one in chosen}
    for place, shown in enumerate(designs()):
        if frozenset(shown) in answered:
            continue
        if everything or place < ASKED_ALWAYS or skippable(chosen, shown) is None:
            return shown
    return None


def skipped(chosen: Sequence[ValueChoice]) -> tuple[Skipped, ...]:
    """Give each of the last four sets that was not answered because it follows, with its reason.

    Examples
    --------
    >>> said = [ValueChoice(shown=shown, most=min(shown), least=max(shown)) for shown in designs()[:6]]
    >>> len(skipped(said))
    4
    """
    answered = {frozenset(one.shown) for one in chosen}
    left = [shown for shown in designs()[ASKED_ALWAYS:] if frozenset(shown) not in answered]
    found = (skippable(chosen, shown) for shown in left)
    return tuple(one for one in found if one is not None)


def label(value: str) -> str:
    """Give the plain words for a value.

    Examples
    --------
    >>> label("working_conditions")
    'Working conditions'
    """
    return LABELS.get(value, value)


def _because(
    said: dict[tuple[int, int], int], links: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """Find for each link the shortest chain of chosen pairs that leads along it."""
    used: dict[tuple[int, int], None] = {}
    for start, end in links:
        chains = [[start]]
        while chains[0][-1] != end:
            chain = chains.pop(0)
            chains += [[*chain, b] for a, b in sorted(said) if a == chain[-1] and b not in chain]
        used |= dict.fromkeys(pairwise(chains[0]))
    return tuple(used)
