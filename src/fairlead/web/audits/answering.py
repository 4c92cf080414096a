"""Answers laid out: where to go on, all on one page, and the result of a finished questionnaire."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from fairlead.core import scales
from fairlead.core.tables import Answers
from fairlead.library import load
from fairlead.library.schema import ItemKind
from fairlead.render import words

if TYPE_CHECKING:
    from fairlead.core.scales import Drift, ScaleScore, Scored
    from fairlead.library.schema import Instrument, Item
    from fairlead.web.audits.models import AnswerSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One scale on a page; positions run from 0 to 200."""

    score: ScaleScore
    at: float = 0.0
    low: float = 0.0
    high: float = 0.0
    drift: Drift | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One trait beside the manager in mind: the answer in words, and whether they are ahead in it."""

    about: str
    text: str
    said: str
    gap: float

    @property
    def ahead(self) -> bool:
        """Whether it is more true of them."""
        return self.gap > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer that stands for itself, now and the time before."""

    text: str
    said: str
    before: str = ""


def next_number(instrument: Instrument, sheet: AnswerSheet) -> int:
    """Give the first screen on which nothing is answered, the last one when all have something."""
    answered = {*sheet.values, *sheet.texts}
    for number, section in enumerate(instrument.sections, start=1):
        if not any(item.id in answered for item in section.items):
            return number
    return len(instrument.sections)


def overview(instrument: Instrument, sheet: AnswerSheet) -> dict[str, Any]:
    """Lay all answers out, screen by screen."""
    sections = [
        {
            "number": number,
            "title": section.title,
            "answers": [(item.text, said(instrument, item, sheet)) for item in section.items],
        }
        for number, section in enumerate(instrument.sections, start=1)
    ]
    answered = sum(item.id in sheet.values or item.id in sheet.texts for item in instrument.items)
    return {"sections": sections, "answered": answered, "questions": len(instrument.items)}


def said(instrument: Instrument, item: Item, sheet: AnswerSheet) -> str:
    """Give an answer in words; empty when there is none."""
    if item.kind is ItemKind.CHOICE:
        return dict(instrument.choices(item)).get(sheet.values.get(item.id, -1.0), "")
    if item.kind is ItemKind.NUMBER:
        found = sheet.values.get(item.id)
        return "" if found is None else f"{words.number(found)} {item.unit_label or item.unit}".strip()
    text: str = sheet.texts.get(item.id, "")
    if item.kind is ItemKind.MANY:
        labels = {preset.id: preset.label for preset in item.presets}
        return "\n".join(labels.get(word, word) for word in text.splitlines())
    return text


def answers_of(sheet: AnswerSheet) -> Answers:
    """Give a finished sheet as the core's table."""
    finished = sheet.finished_at or timezone.now()
    return Answers(
        instrument=sheet.instrument,
        version=sheet.version,
        answered_on=timezone.localdate(finished).isoformat(),
        values={item: float(value) for item, value in sheet.values.items()},
        texts=dict(sheet.texts),
    )


def scored(instrument: Instrument, sheet: AnswerSheet) -> Scored:
    """Score a finished sheet."""
    return scales.score(
        answers_of(sheet), instrument.scoring(), pairs=instrument.compared(), numbers=instrument.counted()
    )


def result(instrument: Instrument, sheet: AnswerSheet, earlier: AnswerSheet | None) -> dict[str, Any]:
    """Lay the result of a finished sheet out, with its drift since the sheet before."""
    now = scored(instrument, sheet)
    moved, before = {}, None
    if earlier is not None:
        before = scored(instrument, earlier)
        moved = {one.scale: one for one in scales.drift(before, now)}
    expires = scales.expires_on(now.answered_on, instrument.expires_after_days)
    return {
        "sheet": sheet,
        "instrument": instrument,
        "lines": [_line(score, moved.get(score.scale)) for score in now.scores if score.score is not None],
        "silent": [score for score in now.scores if score.score is None],
        "beside": _beside(instrument, now, sheet),
        "told": _told(instrument, sheet, earlier),
        "before_on": before.answered_on if before else "",
        "answered_on": now.answered_on,
        "expires": expires,
        "is_history": timezone.localdate().isoformat() > expires,
    }


def set_aside(sheet: AnswerSheet) -> dict[str, Any]:
    """Say what finished answers to another version are, where the result would stand."""
    known = sheet.instrument in load.instruments()
    return {
        "sheet": sheet,
        "instrument": load.instrument(sheet.instrument) if known else None,
        "answers": len(sheet.values) + len(sheet.texts),
    }


def _beside(instrument: Instrument, now: Scored, sheet: AnswerSheet) -> list[Beside]:
    """Give the traits that were compared, those first in which the other is furthest ahead."""
    items = {pair.about: instrument.item(pair.beside) for pair in instrument.pairs if pair.beside}
    found = [
        Beside(
            about=pair.about,
            text=items[pair.about].text,
            said=said(instrument, items[pair.about], sheet),
            gap=pair.gap,
        )
        for pair in now.pairs
        if pair.gap is not None and pair.about in items
    ]
    return sorted(found, key=lambda one: -one.gap)


def _told(instrument: Instrument, sheet: AnswerSheet, earlier: AnswerSheet | None) -> list[Told]:
    """Give the answers that are in no scale and compare nothing: they stand for themselves."""
    compared = {name for pair in instrument.pairs for name in (pair.mine, pair.theirs, pair.beside)}
    alone = [item for item in instrument.items if not item.scales and item.id not in compared]
    answered = [(item, said(instrument, item, sheet)) for item in alone]
    return [
        Told(text=item.text, said=words_, before=said(instrument, item, earlier) if earlier else "")
        for item, words_ in answered
        if words_
    ]


def _line(score: ScaleScore, drift: Drift | None) -> Line:
    if score.score is None or score.low is None or score.high is None:  # for the type checker; see result
        return Line(score=score)
    span = score.high_option - score.low_option
    at, low, high = ((x - score.low_option) / span * 200 for x in (score.score, score.low, score.high))
    return Line(score=score, at=round(at, 1), low=round(low, 1), high=round(high, 1), drift=drift)
