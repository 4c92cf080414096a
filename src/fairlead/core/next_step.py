"""One next step, chosen by a rule that is written down and shown (row 192)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from fairlead.core.gaps import only_totals, sorted_hours
from fairlead.core.phrases import percent, with_interval
from fairlead.core.reading import NextStep
from fairlead.core.rut import HIGH, PART_NAMES, heaviest
from fairlead.core.time_signs import FIREFIGHTING
from fairlead.core.work import ASKED_KINDS, Competency, Kind, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.calendars import TimeAudit
    from fairlead.core.figures import Figure
    from fairlead.core.reading import Gap, RutReading
    from fairlead.core.reading import Warning as Sign
    from fairlead.core.replies import Replies
    from fairlead.core.roles import RoleProfile
    from fairlead.core.step_texts import StepText, StepTexts

EQUAL_PART: Final = 1 / 12
"""A role asks for a competency when it is at least an equal part of the twelve."""

SORT_FIRST: Final = 0.2
"""With more unsorted time than this, sorting is the step."""

EQUAL_GAP: Final = 0.02
"""Nobody can tell gaps apart that differ by less."""

WEEKS: Final = 6
"""A new way of working is given six weeks before it is measured again; data are given one."""

RULE_BEGINS: Final = "The first line that fits decides."

RULE_LINES: Final = (
    "Nothing is known yet: begin with a calendar.",
    "More than a fifth of the working time is not sorted, and there are events to sort: sort them.",
    "The role is not named: name it.",
    "There is neither a calendar that can be read nor a full role audit: get one.",
    (
        "Firefighting takes a fifth of sorted work or more, with its whole interval: take on one recurring "
        "fire, because the hours for anything else come from there."
    ),
    (
        "The largest gap that you can move and that the role asks: of the competencies that make up at least "
        "a twelfth of what the role asks, that are part of your work, and where what is asked lies above "
        "what is done with intervals that do not meet, the one with the largest gap."
    ),
    (
        "No competency is clear, but leading, managing or doing as a whole is: of the kinds that lie clearly "
        "below what is asked, the one with the largest gap, and in it the competency with the largest gap, "
        "clear or not."
    ),
    "The rut index is one half or more: the step of its largest part.",
    "There is a warning: the step of the first warning.",
    "Otherwise keep what works, and measure again.",
)
"""Numbered from 1; a step names the one that decided."""

RULE_ENDS: Final = (
    "Gaps that differ by less than two points of a hundred count as equal: of those, the one that a warning "
    "speaks for comes first, then the order of the handbook decides. "
    "If only the rut check is answered, line 8 comes before lines 3 and 4."
)

RULE: Final = " ".join(
    (RULE_BEGINS, *(f"{number}. {line}" for number, line in enumerate(RULE_LINES, start=1)), RULE_ENDS)
)
"""Said to the person word for word; ``docs/methods/audit.md`` holds the same words."""

SIGN_STEPS: Final[dict[str, str]] = {
    "too_much_managing": "sign_too_much_managing",
    "metrics_before_people": "sign_metrics_before_people",
    "too_much_leading": "sign_too_much_leading",
    "boss": "sign_boss",
    "firefighting": "firefighting",
    "one_to_one_drought": "sign_one_to_one_drought",
    "no_free_hour": "sign_no_free_hour",
    "evenings": "rut_after_hours",
    "evenings_rising": "rut_after_hours",
    "missed_personal": "rut_missed_personal",
    "worked_days_off": "rut_after_hours",
}
"""Which step answers which warning."""

SPEAKS_FOR: Final[dict[str, Competency]] = {
    "too_much_managing": Competency.CULTURE_SHAPING,
    "metrics_before_people": Competency.DEVELOPING_PEOPLE,
    "too_much_leading": Competency.RELIABILITY,
    "boss": Competency.CULTURE_SHAPING,
    "one_to_one_drought": Competency.DEVELOPING_PEOPLE,
}
"""Which competency a warning speaks for, where several gaps are equal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Everything that the rule looks at."""

    made_on: date
    time: TimeAudit | None
    role: RoleProfile | None
    replies: Replies
    gaps: tuple[Gap, ...]
    fires: Figure | None
    signs: tuple[Sign, ...]
    rut: RutReading | None


def choose(known: Known, texts: StepTexts) -> NextStep:
    """Choose the one next step by ``RULE``.

    Parameters
    ----------
    known
        The parts of the reading.
    texts
        The words of the steps.

    Returns
    -------
    NextStep
        Always one; the same reading gives the same step.
    """
    if _nothing_known(known):
        why = (
            "Nothing has been read yet."
            if known.time is None
            else "The calendar holds no working time in this period."
        )
        return _step(known, 1, texts.step("start_calendar"), why, weeks=1)
    unsorted = sorted_hours(known.time).unsorted
    if unsorted > SORT_FIRST and not only_totals(known.time):
        why = f"{percent(unsorted)} of your working time is not sorted, so every other number is weak."
        return _step(known, 2, texts.step("sort_unclear"), why, weeks=1)
    only_rut = known.role is None and known.time is None and not any(gap.done_from for gap in known.gaps)
    if only_rut and (found := _from_rut(known, texts)) is not None:
        return found
    return _missing(known, texts) or _from_reading(known, texts)


def _nothing_known(known: Known) -> bool:
    """Say whether nothing was given, or only a calendar in which no event costs time."""
    held = known.time is not None and known.time.hours.work + known.time.hours.unclear > 0
    return not held and known.role is None and not known.replies.scored


def _missing(known: Known, texts: StepTexts) -> NextStep | None:
    if known.role is None:
        why = "What you do is known, what your role asks is not, so there is nothing to set beside it."
        return _step(known, 3, texts.step("name_role"), why, weeks=1)
    if any(gap.done.value is not None for gap in known.gaps):
        return None
    if known.time is None:
        why = f"It is known what your role ({known.role.title}) asks. What you do is not known yet."
        return _step(known, 4, texts.step("start_calendar"), why, weeks=1)
    why = f"The calendar cannot be read against the role yet. {sorted_hours(known.time).too_little}".strip()
    return _step(known, 4, texts.step("answer_role_audit"), why, weeks=1)


def _from_reading(known: Known, texts: StepTexts) -> NextStep:
    fires = known.fires
    if fires is not None and fires.low is not None and fires.low >= FIREFIGHTING:
        why = f"Firefighting takes {with_interval(fires)} of your sorted work, and no role asks for it."
        return _step(known, 5, texts.step("firefighting"), why)
    clear = _largest_clear(known)
    gap = clear or _within_a_clear_kind(known)
    if gap is not None:
        words = texts.step_for(gap.name, reports=_has_reports(known.time))
        return _step(known, 7 if clear is None else 6, words, _why(gap, known))
    return _from_rut(known, texts) or _from_signs(known, texts) or _keep(known, texts)


def movable(known: Known) -> tuple[Gap, ...]:
    """Return the competencies that the role asks for, that are the person's work, asked above done."""
    return tuple(
        gap
        for gap in known.gaps
        if gap.name in set(Competency)
        and gap.gap is not None
        and gap.gap > 0
        and gap.asked.value is not None
        and gap.asked.value >= EQUAL_PART
        and not known.replies.not_mine(gap.name)
    )


def _largest(gaps: Sequence[Gap], known: Known) -> Gap | None:
    """Take the largest gap; among equal ones warnings speak first, then the order they come in."""
    largest = max((gap.gap or 0.0 for gap in gaps), default=0.0)
    equal = [gap for gap in gaps if (gap.gap or 0.0) > largest - EQUAL_GAP]
    for sign in known.signs:
        for gap in equal:
            if gap.name == SPEAKS_FOR.get(sign.id):
                return gap
    return equal[0] if equal else None


def _largest_clear(known: Known) -> Gap | None:
    return _largest([gap for gap in movable(known) if gap.clear], known)


def _within_a_clear_kind(known: Known) -> Gap | None:
    kinds = [
        gap
        for gap in known.gaps
        if gap.name in set(ASKED_KINDS) and gap.clear and gap.gap is not None and gap.gap > 0
    ]
    for kind in sorted(kinds, key=lambda gap: -(gap.gap or 0.0)):
        if kind.name == Kind.DOING:
            return kind
        found = _largest([gap for gap in movable(known) if Competency(gap.name).kind == kind.name], known)
        if found is not None:
            return found
    return None


def _why(gap: Gap, known: Known) -> str:
    role = "Your role" if known.role is None else f"Your role ({known.role.title})"
    source = "of what your calendar shows" if gap.done_from == "calendar" else "of what you say you do"
    whole = "leading, managing and doing" if gap.name == Kind.DOING else "the twelve competencies"
    said = (
        f"{role} asks for {gap.label.lower()}: {with_interval(gap.asked)} of {whole}. It is "
        f"{with_interval(gap.done)} {source}."
    )
    speaking = [sign.title.lower() for sign in known.signs if SPEAKS_FOR.get(sign.id) == gap.name]
    sign = f" A warning speaks for it: {speaking[0]}." if speaking else ""
    if gap.name == Kind.DOING:
        return f"{said} No competency alone is clear, but doing as a whole is clearly below what is asked."
    if gap.clear:
        return f"{said} Of the gaps that you can move, no clear one is larger by two points or more.{sign}"
    kind = label(Competency(gap.name).kind).lower()
    return (
        f"{said} This gap alone is too close to call, but {kind} as a whole is clearly below what is asked."
        f"{sign}"
    )


def _from_rut(known: Known, texts: StepTexts) -> NextStep | None:
    rut = known.rut
    if rut is None or rut.expired or rut.index.value is None or rut.index.value < HIGH:
        return None
    part = heaviest(rut)[0]
    why = f"The rut index is {rut.index.value:.2f} of 1, and its largest part is {PART_NAMES[part]}."
    return _step(known, 8, texts.step(f"rut_{part}"), why)


def _from_signs(known: Known, texts: StepTexts) -> NextStep | None:
    if not known.signs:
        return None
    first = known.signs[0]
    return _step(known, 9, texts.step(SIGN_STEPS[first.id]), f"{first.title}: {first.evidence[0]}")


def _keep(known: Known, texts: StepTexts) -> NextStep:
    seen = sum(gap.gap is not None for gap in known.gaps)
    why = f"Of {seen} comparisons of asked and done, none that you could move is clearly apart."
    return _step(known, 10, texts.step("keep"), why)


def _has_reports(time: TimeAudit | None) -> bool:
    if time is None:
        return False
    return bool(time.one_to_ones) or any(
        share.name == "report" and share.events for share in time.by_relation
    )


def _step(known: Known, line: int, words: StepText, why: str, *, weeks: int = WEEKS) -> NextStep:
    return NextStep(
        id=words.id,
        about=words.about,
        title=words.title,
        does=words.does,
        why=why,
        rule=RULE,
        measure_again_on=(known.made_on + timedelta(weeks=weeks)).isoformat(),
        shows=words.shows,
        rows=words.rows,
        research=words.research,
        line=line,
        line_says=RULE_LINES[line - 1],
    )
