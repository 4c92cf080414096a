"""What finished answers came to, laid out for a page: figures, bars, words, and what has changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from fairlead.core import skill_or_will
from fairlead.library import load
from fairlead.render import words
from fairlead.web.direction import home, parts, reading, stretches, told
from fairlead.web.direction.carrying import LISTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fairlead.core.direction_reading import EnergyReading, ValuesReading
    from fairlead.core.figures import Figure
    from fairlead.core.scales import ScaleScore
    from fairlead.library.schema import Research
    from fairlead.web.direction.models import Sitting

WIDE: Final = 200
"""Units of a drawn rail."""

WORDS: Final = {"skills": "technical_and_people_skill"}
"""Words of the handbook where a section is not called by its own."""

SPANS: Final = {"share": (0.0, 1.0), "effect": (-2.0, 2.0), "points": (1.0, 5.0)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One figure on its rail, and the same in words."""

    label: str
    says: str
    whose: str = ""
    at: float | None = None
    low: float | None = None
    high: float | None = None
    figure: Figure | None = None
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueLine:
    """One value: mine beside what practice rewards, and what is said of the two."""

    name: str
    label: str
    bars: tuple[Bar, ...]
    apart: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursLine:
    """Hours a week of one task, spent and wanted, as lengths on the same rail."""

    label: str
    says: str
    spent: float
    wanted: float


def of_sitting(found: Sitting, earlier: Sitting | None) -> dict[str, Any]:
    """Lay one finished sitting out."""
    texts = parts.texts_of(found)
    section = texts.section(found.section)
    answers = told.told(found, texts)
    before = told.told(earlier, parts.texts_of(found)) if earlier else ()
    return {
        "sitting": found,
        "title": section.title,
        "language": texts.language,
        "told": answers,
        "earlier": earlier,
        "changes": told.changes(before, answers) if earlier else (),
        "result": result_of(found),
        "research": research_of(found.section),
        "href": home.href_of(found.section),
        "adds": found.section in LISTS,
        "rest": () if found.is_history else stretches.unanswered(found.section, found.content),
        "word": WORDS.get(found.section, found.section),
    }


def result_of(found: Sitting) -> dict[str, Any]:
    """Give the figures of one sitting alone; empty for a section that has none."""
    if found.section == "values" and (values := reading.values_in(found)) is not None:
        return {"six": values, "lines": value_lines(values)}
    if found.section == "energy" and (energy := reading.energy_in(found)) is not None:
        return {"energy": energy, "hours": hours_lines(energy)}
    if found.section == "motives" and (motives := reading.motives_in(found)) is not None:
        return {"motives": motives, "scales": score_lines(_known(one.score for one in motives.motives))}
    if found.section == "skills":
        sides = reading.skills_in(found)
        scores = [score for side in sides for score in side.scores]
        return {"sides": sides, "scales": score_lines(scores), "beside": skill_or_will.beside(sides)}
    return {}


def _known(scores: Iterable[ScaleScore | None]) -> list[ScaleScore]:
    return [score for score in scores if score is not None]


def bar(figure: Figure, label: str, *, span: str, whose: str = "") -> Bar:
    """Place a figure on its rail."""
    if figure.value is None:
        return Bar(label=label, whose=whose, says=figure.too_little, figure=figure)
    says = number(figure.value, span)
    if figure.low is not None and figure.high is not None:
        says = f"{says}, {number(figure.low, span)} to {number(figure.high, span)}"
    return Bar(
        label=label,
        whose=whose,
        says=says,
        at=_on_rail(figure.value, span),
        low=_on_rail(figure.low, span),
        high=_on_rail(figure.high, span),
        figure=figure,
    )


def number(value: float, span: str) -> str:
    """Write a value as it stands beside its rail."""
    if span == "share":
        return words.percent(value)
    return f"{value:+.1f}".replace("-", "−") if span == "effect" else f"{value:.1f}"


def value_lines(found: ValuesReading) -> list[ValueLine]:
    """Give the six values in their fixed order, mine and practice under each other."""
    apart = {one.value: one.says for one in found.mismatches}
    sides = [("mine", found.mine), ("practice", found.practice)]
    lines: dict[str, list[Bar]] = {}
    labels: dict[str, str] = {}
    for whose, side in sides:
        for score in side.scores if side else ():
            labels[score.value] = score.label
            lines.setdefault(score.value, []).append(
                bar(score.figure, score.label, span="share", whose=whose)
            )
    return [
        ValueLine(name=name, label=labels[name], bars=tuple(bars), apart=apart.get(name, ""))
        for name, bars in lines.items()
    ]


def hours_lines(found: EnergyReading) -> list[HoursLine]:
    """Give each task whose hours are known both ways."""
    known = [one for one in found.tasks if one.hours_spent is not None and one.hours_wanted is not None]
    most = max((max(one.hours_spent or 0, one.hours_wanted or 0) for one in known), default=0) or 1
    return [
        HoursLine(
            label=one.label,
            says=f"{one.hours_spent:g} h spent, {one.hours_wanted:g} h wanted",
            spent=round(WIDE * (one.hours_spent or 0) / most, 1),
            wanted=round(WIDE * (one.hours_wanted or 0) / most, 1),
        )
        for one in known
    ]


def score_lines(scores: Iterable[ScaleScore]) -> list[Bar]:
    """Place the scores of a questionnaire on their rails."""
    found = []
    for score in scores:
        if score.score is None or score.low is None or score.high is None:
            found.append(Bar(label=score.label, says=score.too_little))
            continue
        span = score.high_option - score.low_option
        at, low, high = (
            round((value - score.low_option) / span * WIDE, 1)
            for value in (score.score, score.low, score.high)
        )
        says = (
            f"{score.score:.1f}, {score.low:.1f} to {score.high:.1f}, on a scale from "
            f"{score.low_option:g} to {score.high_option:g}"
        )
        found.append(Bar(label=score.label, says=says, at=at, low=low, high=high, how=score.formula))
    return found


def research_of(section: str) -> tuple[Research, ...]:
    """Give the research behind the questions of a section, each once."""
    texts = load.direction_texts()
    found = texts.section(section)
    keys = dict.fromkeys((*found.research, *(key for one in found.questions for key in one.research)))
    known = [texts.research[key] for key in keys]
    if section in parts.INSTRUMENTS:
        known += list(load.instrument(parts.INSTRUMENTS[section]).research.values())
    return tuple({one.doi: one for one in known}.values())


def _on_rail(value: float | None, span: str) -> float | None:
    if value is None:
        return None
    low, high = SPANS[span]
    return round(WIDE * (min(max(value, low), high) - low) / (high - low), 1)
