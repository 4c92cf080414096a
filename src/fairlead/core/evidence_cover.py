"""What a person's evidence says about the criteria of a level, and what is missing (rows 121, 123, 132)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.framework import Criterion, Framework, Seen

COVERED: Final = "covered"
THIN: Final = "thin"
STALE: Final = "stale"
MISSING: Final = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceItem:
    """One thing that somebody did, as it stands in their evidence log.

    ``criteria`` are ids of the criteria that it speaks to; ``seen_by`` whoever confirmed that they saw it,
    by any key that is the same for the same person; ``counterfactual`` whether it says what would not have
    happened otherwise (row 132). ``day`` is an ISO date.
    """

    id: str
    day: str
    criteria: tuple[str, ...]
    seen_by: tuple[str, ...] = ()
    counterfactual: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverRule:
    """When evidence for a criterion counts as enough to read: an agreement, no measurement.

    An item is fresh for ``fresh_days`` days. Fewer than ``items`` fresh ones, fewer than ``witnesses``
    people who saw one of them, or fewer than ``counterfactuals`` that say what would not have happened
    otherwise, make it thin.
    """

    fresh_days: int = 365
    items: int = 2
    witnesses: int = 1
    counterfactuals: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionCover:
    """What there is for one criterion at one level, in counts and words; no score.

    ``state`` is ``covered``, ``thin``, ``stale`` or ``missing``; ``reasons`` say why in sentences, empty
    where it is covered. ``items`` and ``witnesses`` count everything, ``fresh`` and ``fresh_witnesses`` what
    is not too old. ``newest`` and ``oldest`` are ISO dates.
    """

    criterion: str
    title: str
    kind: str
    asked: str
    state: str
    reasons: tuple[str, ...]
    items: int
    witnesses: int
    with_counterfactual: int
    fresh: int
    fresh_witnesses: int
    newest: str | None
    oldest: str | None
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceCover:
    """All criteria of a level in the framework's order, beside one person's evidence.

    ``unused`` are ids of items that speak to no criterion of this level; ``ahead`` ids of items dated
    after ``as_of``, which do not count; ``notes`` say so in sentences. ``rule`` is the agreement used.
    """

    framework: str
    version: str
    level: str
    as_of: str
    rule: CoverRule
    criteria: tuple[CriterionCover, ...]
    unused: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def of(self, state: str) -> tuple[CriterionCover, ...]:
        """Give the criteria in one state, in the framework's order."""
        return tuple(one for one in self.criteria if one.state == state)


def cover(
    framework: Framework,
    level: str,
    items: Sequence[EvidenceItem],
    *,
    as_of: str,
    owner: str = "",
    rule: CoverRule | None = None,
) -> EvidenceCover:
    """Set a person's evidence beside what a level asks: what is there, and what is missing.

    Parameters
    ----------
    framework
        The framework, in one version.
    level
        The id of any of its levels, of any track.
    items
        The evidence of one person, in any order; an item may speak to several criteria and counts for each.
        Ids are unique.
    as_of
        ISO date of the day on which this is read. An item that is exactly ``rule.fresh_days`` old is fresh.
    owner
        The key of the person; nobody is a witness of their own work.
    rule
        The agreement on what is enough; ``CoverRule()`` without one.

    Returns
    -------
    EvidenceCover
        One entry for each criterion that the level asks. Counts and sentences only: nothing is added up
        over criteria, and two persons cannot be put in an order by it.

    Raises
    ------
    KeyError
        When the framework has no such level.
    ValueError
        When a day is no ISO date, two items have one id, or a number of the rule is below its least
        (1 day, 1 item, otherwise 0).

    Notes
    -----
    That evidence which others saw, which is recent, and which says what would not have happened otherwise
    weighs more is an agreement of ours, after what is known of memory and of self-report in appraisals
    (DeNisi, Robbins & Cafferty 1989, doi:10.1037/0021-9010.74.1.124; Heidemeier & Moser 2009,
    doi:10.1037/0021-9010.94.2.353). It is no promise: a level can be covered and no opening be there.

    Examples
    --------
    >>> from fairlead.core.framework import Criterion, Framework, Level, Seen, TrackLevels
    >>> asked = Criterion(id="reliability", title="Reliability", kind="managing",
    ...                   seen=(Seen(level="m1", text="Names dates and meets them"),))
    >>> rules = Framework(id="f", version="1", title="F", criteria=(asked,),
    ...                   levels=(Level(id="m1", title="Lead", rung=1),),
    ...                   tracks=(TrackLevels(id="people_manager", label="People manager", levels=("m1",)),))
    >>> done = EvidenceItem(id="a", day="2026-10-01", criteria=("reliability",), seen_by=("kim",))
    >>> found = cover(rules, "m1", [done], as_of="2026-11-23").criteria[0]
    >>> found.state, found.reasons
    ('thin', ('One item; two are asked for.', 'No item says what would not have happened otherwise.'))
    """
    rule = rule or CoverRule()
    _check_rule(rule)
    today = _day(as_of, "as_of")
    items = [replace(item, day=_day(item.day, f"item “{item.id}”").isoformat()) for item in items]
    if len({item.id for item in items}) < len(items):
        raise ValueError("Two items have the same id.")
    asked = framework.asked(level)
    ahead = tuple(item.id for item in items if item.day > today.isoformat())
    counted = [item for item in items if item.id not in ahead]
    known = {criterion.id for criterion, _ in asked}
    return EvidenceCover(
        framework=framework.id,
        version=framework.version,
        level=level,
        as_of=today.isoformat(),
        rule=rule,
        criteria=tuple(_one(criterion, seen, counted, today, owner, rule) for criterion, seen in asked),
        unused=tuple(item.id for item in counted if not known & set(item.criteria)),
        ahead=ahead,
        notes=tuple(_notes(len(ahead), sum(not known & set(item.criteria) for item in counted))),
    )


def _check_rule(rule: CoverRule) -> None:
    if rule.fresh_days < 1 or rule.items < 1 or rule.witnesses < 0 or rule.counterfactuals < 0:
        raise ValueError("A rule asks for one day and one item at least, and for no negative number.")


def _day(text: str, where: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"The day of {where} is “{text}”; it should be a date like 2026-01-31.") from None


def _one(
    criterion: Criterion,
    seen: Seen,
    items: Sequence[EvidenceItem],
    today: dt.date,
    owner: str,
    rule: CoverRule,
) -> CriterionCover:
    mine = (item for item in items if criterion.id in item.criteria)
    own = sorted(mine, key=lambda item: (item.day, item.id), reverse=True)
    fresh = [item for item in own if (today - dt.date.fromisoformat(item.day)).days <= rule.fresh_days]
    state, reasons = _judged(own, fresh, owner, rule)
    return CriterionCover(
        criterion=criterion.id,
        title=criterion.title,
        kind=criterion.kind,
        asked=seen.text,
        state=state,
        reasons=reasons,
        items=len(own),
        witnesses=len(_witnesses(own, owner)),
        with_counterfactual=sum(item.counterfactual for item in own),
        fresh=len(fresh),
        fresh_witnesses=len(_witnesses(fresh, owner)),
        newest=own[0].day if own else None,
        oldest=own[-1].day if own else None,
        evidence=tuple(item.id for item in own),
    )


def _judged(
    own: Sequence[EvidenceItem], fresh: Sequence[EvidenceItem], owner: str, rule: CoverRule
) -> tuple[str, tuple[str, ...]]:
    if not own:
        return MISSING, ("Nothing is written down for this yet.",)
    if not fresh:
        return STALE, (f"The newest is of {own[0].day}, more than {rule.fresh_days} days ago.",)
    reasons = []
    if len(fresh) < rule.items:
        older = ", the others are older" if len(own) > len(fresh) else ""
        reasons.append(f"{_items(len(fresh))}{older}; {_count(rule.items)} {_are(rule.items)} asked for.")
    witnesses = len(_witnesses(fresh, owner))
    if witnesses < rule.witnesses:
        reasons.append(_seen(witnesses, rule.witnesses))
    told = sum(item.counterfactual for item in fresh)
    if told < rule.counterfactuals:
        found = "No item says" if not told else f"{_items(told)} {'says' if told == 1 else 'say'}"
        wanted = f"; {_count(rule.counterfactuals)} should" if rule.counterfactuals > 1 else ""
        reasons.append(f"{found} what would not have happened otherwise{wanted}.")
    return (THIN, tuple(reasons)) if reasons else (COVERED, ())


def _witnesses(items: Sequence[EvidenceItem], owner: str) -> set[str]:
    return {who for item in items for who in item.seen_by if who and who != owner}


def _seen(found: int, wanted: int) -> str:
    if not found:
        return "Nobody has confirmed yet that they saw it."
    have = "person has" if found == 1 else "people have"
    return f"{_count(found).capitalize()} {have} confirmed that they saw it; {_count(wanted)} are asked for."


def _items(number: int) -> str:
    return f"{_count(number).capitalize()} item{'' if number == 1 else 's'}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _count(number: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[number] if number < len(words) else str(number)


def _notes(ahead: int, unused: int) -> list[str]:
    notes = []
    if ahead:
        notes.append(f"{_items(ahead)} {_are(ahead)} dated after this day and {_do(ahead)} not count yet.")
    if unused:
        notes.append(
            f"{_items(unused)} {'speaks' if unused == 1 else 'speak'} to no criterion of this level."
        )
    return notes


def _do(number: int) -> str:
    return "does" if number == 1 else "do"
