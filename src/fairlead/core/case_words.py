"""What a case rests on: results in the work held now, impressions, or acts (rows 17, 92, 119, 161)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fairlead.core.comment_marks import Mark
from fairlead.core.framework_faults import impression_places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairlead.core.evidence_cover import EvidenceItem
    from fairlead.core.framework import Framework
    from fairlead.core.framework_faults import Impressions

PAST: Final = "It is about the work held now. Say what shows that the new work will be done."
IMPRESSION: Final = "It is how somebody comes across. Say what you saw them do, and what came of it."


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRole:
    """Whether a case argues only from the work held now.

    ``flagged`` is true where no evidence speaks to the level, or none to what is new at it; ``reasons`` say
    so in sentences, and name the words found as well. ``new`` are ids of criteria that the level asks for and
    the level held does not; ``for_level`` and ``for_new`` count the entries that speak to them. ``marks`` are
    the places in each text. It changes no number, and a case may stand with it.
    """

    flagged: bool
    reasons: tuple[str, ...]
    new: tuple[str, ...]
    for_level: int
    for_new: int
    marks: tuple[tuple[str, tuple[Mark, ...]], ...]


def past_role(
    framework: Framework,
    level: str,
    held: str,
    items: Sequence[EvidenceItem],
    texts: Mapping[str, str],
) -> PastRole:
    """Look whether a case speaks of the level asked for, or only of the work held now.

    Parameters
    ----------
    framework
        The framework of the round.
    level, held
        Ids of the level asked for and of the level held; ``held`` may be empty where it is not known.
    items
        The evidence in the case.
    texts
        The argument by the name of each of its parts.

    Returns
    -------
    PastRole
        See there. Where both levels ask for the same criteria nothing is new, and only the words are told.

    Raises
    ------
    KeyError
        When the framework has no such level.

    Notes
    -----
    Results in the old job are taken for a sign of managing well, and are none: in 131 firms who sold most
    was promoted most often, and their teams then sold less (Benson, Li & Shue 2019,
    doi:10.1093/qje/qjz022).

    Examples
    --------
    >>> from fairlead.core.evidence_cover import EvidenceItem
    >>> from fairlead.core.framework import Criterion, Framework, Level, Seen, TrackLevels
    >>> def asked(name, kind, *levels):
    ...     seen = tuple(Seen(level=one, text=f"{name} at {one}") for one in levels)
    ...     return Criterion(id=name, title=name.capitalize(), kind=kind, seen=seen)
    >>> rules = Framework(
    ...     id="f", version="1", title="F", past_only=("top seller",),
    ...     levels=(Level(id="s", title="Seller", rung=1), Level(id="m", title="Manager", rung=2)),
    ...     tracks=(TrackLevels(id="people_manager", label="Manager", levels=("s", "m")),),
    ...     criteria=(asked("selling", "doing", "s", "m"), asked("coaching", "leading", "m")))
    >>> sold = EvidenceItem(id="1", day="2026-10-01", criteria=("selling",))
    >>> found = past_role(rules, "m", "s", [sold], {"why": "She is our top seller."})
    >>> found.flagged, found.new
    (True, ('coaching',))
    >>> for reason in found.reasons:
    ...     print(reason)
    Nothing speaks to what is new at “Manager”: Coaching.
    “top seller” is about the work held now.
    """
    asked = {criterion.id: criterion.title for criterion, _ in framework.asked(level)}
    before = {criterion.id for criterion, _ in framework.asked(held)} if held else set(asked)
    new = tuple(name for name in asked if name not in before)
    for_level = sum(bool(set(asked) & set(item.criteria)) for item in items)
    for_new = sum(bool(set(new) & set(item.criteria)) for item in items)
    marks = tuple((name, past_marks(text, framework.past_only)) for name, text in texts.items())
    title = framework.level(level).title
    reasons = []
    if not for_level:
        reasons.append(f"No entry speaks to a criterion of “{title}”.")
    elif new and not for_new:
        reasons.append(f"Nothing speaks to what is new at “{title}”: {', '.join(asked[one] for one in new)}.")
    flagged = bool(reasons)
    said = [texts[name][mark.start : mark.end] for name, found in marks for mark in found]
    reasons += [f"“{words}” is about the work held now." for words in dict.fromkeys(said)]
    return PastRole(
        flagged=flagged,
        reasons=tuple(reasons),
        new=new,
        for_level=for_level,
        for_new=for_new,
        marks=tuple((name, found) for name, found in marks if found),
    )


def past_marks(text: str, words: Sequence[str]) -> tuple[Mark, ...]:
    """Find words by which a text argues from results in the work held now.

    Parameters
    ----------
    text
        Any text.
    words
        Phrases, as in ``Framework.past_only``; found whole, in any case, with any white space between.

    Returns
    -------
    tuple of Mark
        From left to right, without overlaps; the longest phrase where several begin at one place.

    Examples
    --------
    >>> [(mark.start, mark.end) for mark in past_marks("Our Top  performer, by far", ["top performer"])]
    [(4, 18)]
    """
    if not words:
        return ()
    longest_first = sorted({" ".join(word.split()) for word in words}, key=lambda one: (-len(one), one))
    either = "|".join(r"\s+".join(map(re.escape, one.split())) for one in longest_first)
    found = re.finditer(rf"(?<!\w)(?:{either})(?!\w)", text, re.IGNORECASE)
    return tuple(Mark(match.start(), match.end(), PAST) for match in found)


def impression_marks(text: str, known: Impressions) -> tuple[Mark, ...]:
    """Find praise or blame that tells how somebody comes across, in sentences that name no act.

    Parameters
    ----------
    text
        What somebody wrote about a person: an argument, an input, the reason of a rating.
    known
        The words (``library.framework.impression_words``).

    Returns
    -------
    tuple of Mark
        From left to right. A sentence that also names an act others can see has none.

    Examples
    --------
    >>> from fairlead.core.framework_faults import Impressions
    >>> known = Impressions(words=("confident",), not_meant=(), acts=("answer",))
    >>> text = "Very confident. Answered all three questions, confident as ever."
    >>> [text[mark.start : mark.end] for mark in impression_marks(text, known)]
    ['confident']
    """
    return tuple(Mark(start, end, IMPRESSION) for start, end in impression_places(text, known))
