"""Aspects with two styles each, and warnings with their evidence; signs of a state, never of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairlead.core.figures import Figure
from fairlead.core.phrases import count, day, percent
from fairlead.core.reading import AspectReading
from fairlead.core.reading import Warning as Sign
from fairlead.core.replies import level
from fairlead.core.time_signs import TIME_SIGNS
from fairlead.core.work import Aspect, Competency, label

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairlead.core.calendars import TimeAudit
    from fairlead.core.replies import Replies
    from fairlead.core.scales import ScaleScore
    from fairlead.core.step_texts import StepTexts

MIDDLE: Final = 0.5
"""A scale says "often" where its whole 80 % interval lies above the middle of its options."""

METRICS_TO_PEOPLE: Final = 4.0
METRICS_PART: Final = 0.1
"""Row 155: watching numbers takes a tenth of work, and four times the hours of developing people."""


def read_aspects(replies: Replies, texts: StepTexts) -> tuple[AspectReading, ...]:
    """Read both styles of the four aspects from the answers (rows 166-169).

    Parameters
    ----------
    replies
        Answers with scales about ``<aspect>.leading`` and ``<aspect>.managing``.
    texts
        Sentences per aspect and leaning.

    Returns
    -------
    tuple of AspectReading
        The aspects that were asked about, in the order of the vocabulary; empty without answers.

    Notes
    -----
    With levels from 0 to 1: two intervals that do not meet lean to the higher one; else both above
    the middle are ``both``, both below ``neither``, and everything else is ``even``, too close to
    call. The styles are two axes: both can be high.
    """
    found = []
    for aspect in Aspect:
        leading, managing = replies.score(f"{aspect}.leading"), replies.score(f"{aspect}.managing")
        if leading is None and managing is None:
            continue
        leaning = _leaning(leading, managing)
        words = texts.aspect(aspect)
        found.append(
            AspectReading(
                aspect=aspect,
                label=label(aspect),
                leading=_points("leading", leading),
                managing=_points("managing", managing),
                leaning=leaning,
                says=words.says[leaning],
                if_it_lasts=words.if_it_lasts.get(leaning, ""),
            )
        )
    return tuple(found)


def find_warnings(time: TimeAudit | None, replies: Replies, texts: StepTexts) -> tuple[Sign, ...]:
    """Collect the signs of imbalance that have evidence, each with numbers, counts and dates.

    Parameters
    ----------
    time, replies
        Calendar and answers, as far as there are any.
    texts
        Title and sentence of every warning.

    Returns
    -------
    tuple of Warning
        In the fixed order of ``SIGNS`` and ``TIME_SIGNS``; empty when nothing was seen, which is
        not the same as nothing being there.
    """
    evidence = {name: sign(replies, time) for name, sign in SIGNS.items()}
    if time is not None:
        evidence |= {name: sign(time) for name, sign in TIME_SIGNS.items()}
    found = []
    for name, seen in evidence.items():
        if seen:
            words = texts.warning(name)
            found.append(
                Sign(
                    id=name,
                    row=words.rows[0],
                    rows=words.rows,
                    title=words.title,
                    evidence=seen,
                    says=words.says,
                )
            )
    return tuple(found)


def _leaning(leading: ScaleScore | None, managing: ScaleScore | None) -> str:
    first = None if leading is None else level(leading)
    second = None if managing is None else level(managing)
    if first is None or second is None:
        return "unknown"
    if first.low > second.high:
        return "leading"
    if second.low > first.high:
        return "managing"
    if min(first.low, second.low) > MIDDLE:
        return "both"
    return "neither" if max(first.high, second.high) < MIDDLE else "even"


def _points(name: str, found: ScaleScore | None) -> Figure:
    if found is None:
        return Figure(
            name=name, value=None, unit="points", n=0, n_of="answers", formula="Mean of the answered items.",
            too_little="This style was not asked about.",
        )  # fmt: skip
    return Figure(
        name=name,
        value=found.score,
        low=found.low,
        high=found.high,
        level=None if found.score is None else 0.8,
        unit="points",
        n=found.n_answered,
        n_of="answers",
        formula=found.formula,
        left_out="What others see.",
        as_of=found.answered_on,
        too_little=found.too_little,
    )


def _often(replies: Replies, about: str) -> tuple[str, ...]:
    """Give the evidence when the whole interval of a scale lies above the middle of its options."""
    found = replies.score(about)
    placed = replies.burden(about)
    if found is None or placed is None or placed.low <= MIDDLE or found.score is None:
        return ()
    said = (
        f"{found.label}: {found.score:.1f} on a scale from {found.low_option:g} to {found.high_option:g} "
        f"({found.low:.1f} to {found.high:.1f}), {count(found.n_answered, 'answer')} of "
        f"{day(found.answered_on)}."
    )
    return (said,)


def _too_much_managing(replies: Replies, _: TimeAudit | None) -> tuple[str, ...]:
    return _often(replies, "warning.managing")


def _too_much_leading(replies: Replies, _: TimeAudit | None) -> tuple[str, ...]:
    return _often(replies, "warning.leading")


def _boss(replies: Replies, _: TimeAudit | None) -> tuple[str, ...]:
    return _often(replies, "boss")


def _metrics(replies: Replies, time: TimeAudit | None) -> tuple[str, ...]:
    evidence = []
    numbers, people = replies.score("success_metrics.managing"), replies.score("success_metrics.leading")
    if _leaning(people, numbers) == "managing" and numbers is not None and people is not None:
        evidence.append(
            f"Success by time, cost and standard: {numbers.score:.1f}; by growth and people: "
            f"{people.score:.1f}; the two intervals do not meet "
            f"({count(numbers.n_answered + people.n_answered, 'answer')} of {day(numbers.answered_on)})."
        )
    if time is not None and time.hours.work > 0:
        hours = {share.name: share.hours for share in time.competencies}
        watched = hours.get(Competency.PERFORMANCE_MONITORING, 0.0)
        people_hours = hours.get(Competency.DEVELOPING_PEOPLE, 0.0)
        if watched >= max(METRICS_PART * time.hours.work, METRICS_TO_PEOPLE * people_hours) and watched > 0:
            evidence.append(
                f"{watched:.1f} hours of watching performance ({percent(watched / time.hours.work)} of "
                f"sorted work) beside {people_hours:.1f} of developing people, {day(time.first_day)} to "
                f"{day(time.last_day)}."
            )
    return tuple(evidence)


SIGNS: Final[dict[str, Callable[[Replies, TimeAudit | None], tuple[str, ...]]]] = {
    "too_much_managing": _too_much_managing,
    "metrics_before_people": _metrics,
    "too_much_leading": _too_much_leading,
    "boss": _boss,
}
"""Signs that need answers, in the order of their rows."""
