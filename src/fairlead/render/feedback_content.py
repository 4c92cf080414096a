"""A report of a survey: the words, ranges and places that page, paper and table print alike.

Everything here comes out of released figures; nothing is computed from answers.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from fairlead.core import lens_cut
from fairlead.core.notches import Shown
from fairlead.core.released_scales import (
    DIFFERENTLY,
    QuestionFigure,
    Range,
    beside,
    range_of,
    scale_figure,
)
from fairlead.render import words
from fairlead.render.feedback_behaviour import choose
from fairlead.render.feedback_parts import WIDE, Bar, Feedback, Line, Table, Voices
from fairlead.render.feedback_words import (
    APART,
    HOW,
    SEEN_APART,
    ends,
    group_words,
    people,
    seen_by,
    sentence,
    spoken,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fairlead.core.released_scales import ScaleFigure
    from fairlead.library.schema import Item, ScaleEntry
    from fairlead.render.feedback_behaviour import Placed
    from fairlead.render.feedback_parts import Behaviour, Given, Own

TEAM: Final = "team"
"""The reach of which it is said whether people see something alike."""

NEAR_MIDDLE: Final = 0.5
"""Options by which a range has to lie away from the middle of the scale to say something clearly."""


def lay_out(given: Given) -> Feedback:
    """Put what was released of one group into words."""
    return _Laying(given).feedback()


class _Laying:
    """One report on its way."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self.instrument = given.instrument
        self.k = int(given.figures.get("k", 5))
        self.earlier_on = str(given.figures.get("earlier_on") or "")
        self.closed_on = str(given.figures.get("closed_on") or "")
        self.asked = {one.id: one for one in self.instrument.questions()}
        cells = given.figures.get("cells", ())
        self.cells = {one["question"]: one for one in cells if one["reach"] != "lens"}
        self.by_lens = [one for one in cells if one["reach"] == "lens"]
        self.figures = {name: self._question(name) for name in self.asked}
        # Teams below somebody answered about managers of their own.
        self.of_several = given.kind != "pulse" and given.reach != TEAM
        self.who = group_words(given.kind, given.reach, given.reader, given.name)

    # --- figures

    def _question(self, name: str) -> QuestionFigure:
        cell = self.cells.get(name)
        if cell is None:
            return QuestionFigure(question=name, why=self._why(name))
        return figure_of(cell, self.asked[name].lowest, self.asked[name].highest)

    def _why(self, name: str) -> str:
        told = [one for one in self.given.figures.get("withheld", ()) if one["reach"] != "lens"]
        found = next((one["why"] for one in told if one["question"] in {name, ""}), "")
        return found or f"Fewer than {self.k} answers."

    def _scale(self, scale: ScaleEntry) -> tuple[ScaleFigure, list[Item]]:
        items = [item for item in self.instrument.items if scale.id in item.scales and item.id in self.asked]
        parts = [(self.figures[item.id], item.reverse) for item in items]
        return scale_figure(parts, min(scale.min_answered, len(parts))), items

    def feedback(self) -> Feedback:
        given = self.given
        placed = [(scale, *self._scale(scale)) for scale in self.instrument.scales]
        lines = tuple(self._scale_line(scale, found, items) for scale, found, items in placed if items)
        inside = {item.id for _, _, items in placed for item in items}
        alone = tuple(
            self._question_line(item)
            for item in self.instrument.items
            if item.id in self.asked and item.id not in inside
        )
        nothing = "" if self.cells else self._nothing()
        changed, note = self._changed(lines, alone)
        return Feedback(
            title=given.title,
            lead=self._lead(),
            who=self.who,
            clearest="" if nothing else self._clearest(placed),
            lines=() if nothing else lines,
            alone=() if nothing else alone,
            changed=changed,
            changed_note=note,
            behaviour=None if nothing or not self._may_do() else self._behaviour(placed),
            comments=self._voices() if given.reader == "self" else (),
            comments_note=self._comments_note() if given.reader == "self" and given.heard else "",
            themes=tuple(given.themes) if given.reader == "self" else (),
            apart=APART if any(one.agreement == DIFFERENTLY for one in self.figures.values()) else "",
            lens=given.lens,
            by_lens=self._lens(),
            facts=self._facts(),
            nothing=nothing,
            may_ask=bool(nothing) and given.reader == "self" and given.reach == TEAM,
            own_there=any(one.own for one in lines),
            own_missing=self._own_missing(),
        )

    def _may_do(self) -> bool:
        """Say whether the reader is whom the one thing to do is for."""
        return self.given.reader in {"self", "asked"} and not self.of_several

    def _own_missing(self) -> bool:
        asked = self.given.reader == "self" and not self.of_several
        return asked and self.instrument.mirrors is not None and not self.given.own

    def _nothing(self) -> str:
        told = self.given.figures.get("withheld", ())
        whole = [one["why"] for one in told if not one["question"] and one["reach"] != "lens"]
        why = whole[0] if whole else f"Fewer than {self.k} people answered any of the questions."
        return f"{why} A figure of so few would say what single people answered, so there is none."

    def _lead(self) -> str:
        given = self.given
        closed = f"Closed on {words.day(self.closed_on)}." if self.closed_on else ""
        title = given.instrument.title
        stop = "" if title.endswith(("?", ".", "…")) else "."
        return f"{title}{stop} {sentence(self.who)}. {closed}".strip()

    # --- lines

    def _scale_line(self, scale: ScaleEntry, found: ScaleFigure, items: Sequence[Item]) -> Line:
        own = self._own(scale.id)
        mean = found.range
        why = self._scale_why(found) if mean is None else ""
        line = Line(
            id=scale.id,
            label=scale.label,
            says=scale.says,
            agreement=self._agreement(found),
            trend=self._trend(found.trend),
            held=self._held_scale(found),
            people=people(found.people_from, found.people_to) if found.known else "",
            people_from=found.people_from,
            people_to=found.people_to,
            why=why,
            how=self._how(found.people_from, found.people_to, found.known, found.asked),
            own="" if own is None else f"{words.number(own.score)} on {words.day(own.on)}",
            gap="" if own is None or mean is None else _gap(own, mean),
            questions=tuple(self._question_line(item) for item in items),
        )
        return self._drawn(line, items[0], mean, found.step, own)

    def _question_line(self, item: Item) -> Line:
        found = self.figures[item.id]
        mean = None if found.agreement == DIFFERENTLY else found.range
        line = Line(
            id=item.id,
            label=self._worded(item),
            agreement=self._question_agreement(found),
            trend=self._trend(found.trend) if mean else "",
            held=_held(found) if mean else "",
            people=people(found.people_from, found.people_to) if found.range else "",
            people_from=found.people_from,
            people_to=found.people_to,
            why=SEEN_APART if found.agreement == DIFFERENTLY else found.why,
            how=self._how(found.people_from, found.people_to, 1, 1) if found.range else (),
        )
        return self._drawn(line, item, mean, found.step, None)

    def _drawn(self, line: Line, item: Item, mean: Range | None, step: float, own: Own | None) -> Line:
        offered = self.instrument.options[item.options or ""]
        first, last = offered[0], offered[-1]
        of = f"on a scale from {first.value} (“{first.label}”) to {last.value} (“{last.label}”)"
        line = replace(line, of=of, lowest=float(first.value), highest=float(last.value))
        if mean is None:
            return line
        low, high = ends(mean, step)
        near = min(offered, key=lambda one: (abs(one.value - mean.middle), one.value))
        return replace(
            line,
            figure=spoken(mean, step),
            near=near.label,
            low=float(max(low, Fraction(first.value))),
            high=float(min(high, Fraction(last.value))),
            bar=bar(mean, None if own is None else own.score),
        )

    def _scale_why(self, found: ScaleFigure) -> str:
        if found.differently and found.asked > 1:
            return f"{_differently(found)}, so no mean stands for the whole."
        if found.differently:
            return SEEN_APART
        if found.known:
            return f"Only {found.known} of its {found.asked} questions have a figure."
        return "None of its questions has a figure."

    def _agreement(self, found: ScaleFigure) -> str:
        if not found.known or self.given.reach != TEAM:
            return ""
        if found.range is None:
            return ""
        if found.differently:
            return f"{_differently(found)} and not in the figure."
        if found.agreement:
            return f"{sentence(self.who)} sees this alike."
        return f"Too few to say whether {self.who} sees this alike."

    def _question_agreement(self, found: QuestionFigure) -> str:
        if found.range is None or self.given.reach != TEAM:
            return ""
        if found.agreement == DIFFERENTLY:
            return ""
        if found.agreement:
            return f"{sentence(self.who)} sees this alike."
        return f"Too few to say whether {self.who} sees this alike."

    def _held_scale(self, found: ScaleFigure) -> str:
        if not found.held or found.range is None:
            return ""
        if found.held == found.known:
            return "As last time: only few came or left since, and a new figure could be about them."
        stand = "stands" if found.held == 1 else "stand"
        return f"{found.held} of its {found.known} figures {stand} as last time."

    def _trend(self, trend: str) -> str:
        if not trend:
            return ""
        than = f"on {words.day(self.earlier_on)}" if self.earlier_on else "last time"
        return f"{sentence(trend)} {'as' if trend == 'about the same' else 'than'} {than}."

    def _how(self, first: int, last: int | None, known: int, asked: int) -> tuple[tuple[str, str], ...]:
        of = f"{known} of its {asked} questions. " if asked > 1 else ""
        if not known:
            return ()
        return (
            ("How", HOW),
            ("From", f"{of}{people(first, last)} answered."),
            ("As of", words.day(self.closed_on)),
            ("Left out", f"Empty answers and “{self.instrument.not_mine}”."),
            ("Seen by", self._seen_by()),
        )

    # --- words of the whole

    def _name(self) -> str:
        return "their manager" if self.of_several else self.given.name or "the manager"

    def _worded(self, item: Item) -> str:
        return sentence(self.instrument.worded(item, self._name()))

    def _own(self, scale: str) -> Own | None:
        if self.given.reader != "self" or self.of_several:
            return None
        return (self.given.own or {}).get(scale)

    def _clearest(self, placed: Sequence[Placed]) -> str:
        """Name the scale whose range lies furthest from the middle of its scale, where any is apart."""
        best: tuple[float, str] | None = None
        for scale, found, items in placed:
            if found.range is None:
                continue
            mean, offered = found.range, self.instrument.options[items[0].options or ""]
            away = abs(mean.middle - (mean.lowest + mean.highest) / 2)
            near = min(offered, key=lambda one: (abs(one.value - mean.middle), one.value))
            if best is None or away > best[0] + 1e-9:
                said = (
                    f"{scale.label}: {spoken(mean, found.step)} of {offered[-1].value}, near “{near.label}”."
                )
                best = (away, said)
        if best is None:
            return (
                f"{sentence(self.who)} sees too much differently, or said too little, for one clear figure."
            )
        if best[0] < NEAR_MIDDLE:
            return f"{sentence(self.who)} says nothing with great clarity: every figure lies near the middle."
        return f"{sentence(self.who)} says this most clearly. {best[1]}"

    def _changed(self, lines: Sequence[Line], alone: Sequence[Line]) -> tuple[tuple[str, ...], str]:
        if not self.earlier_on or not self.cells:
            return (), ""
        told = [one for one in (*lines, *alone) if one.trend]
        if not told:
            told = [one for line in lines for one in line.questions if one.trend]
        if not told:
            return (), (
                f"What changed since {words.day(self.earlier_on)} is not said: too few people are in it, or "
                "the few who came and left could be found out by it."
            )
        unlike = [one for one in told if not one.trend.startswith("About")]
        same = [one.label for one in told if one.trend.startswith("About")]
        said = [f"{one.label}: {one.trend[0].lower()}{one.trend[1:]}" for one in dict.fromkeys(unlike)]
        note = ""
        if same:
            known = words.listed(list(dict.fromkeys(same)))
            note = f"About the same as on {words.day(self.earlier_on)}: {known}."
        return tuple(said), note

    def _behaviour(self, placed: Sequence[Placed]) -> Behaviour | None:
        found = choose(self.figures, placed, self.given.own or {}, self.instrument, self._name())
        if found is None:
            return None
        line = self._question_line(self.instrument.item(found.question))
        return replace(found, said=f"{line.figure}, near “{line.near}”")

    def _voices(self) -> tuple[Voices, ...]:
        texts: dict[str, list[str]] = {}
        for one in self.given.comments:
            texts.setdefault(one.get("question", ""), []).append(one["text"])
        asked = {item.id: self._worded(item) for item in self.instrument.items}
        order = [*asked, *(name for name in texts if name not in asked)]
        return tuple(
            Voices(question=asked.get(name, "In own words"), texts=tuple(texts[name]))
            for name in order
            if name in texts
        )

    def _comments_note(self) -> str:
        if self.given.comments:
            return (
                "Each stands as it was written, in no order, and ten people or more could have written it. "
                "Others wanted their words told as a theme, or kept from you."
            )
        return "No comment is shown. Comments are shown only where ten people or more answered."

    def _lens(self) -> Table | None:
        if not self.by_lens:
            return None
        found_values = dict.fromkeys(one["value"] for one in self.by_lens)
        values = sorted(found_values, key=_rank)
        rows = []
        for name in self.asked:
            found = {one["value"]: one for one in self.by_lens if one["question"] == name}
            if found:
                item = self.instrument.item(name)
                cells = [self._lens_cell(found.get(value), name) for value in values]
                rows.append((self._worded(item), *cells))
        return Table(columns=("Question", *values), rows=tuple(rows))

    def _lens_cell(self, cell: Mapping[str, Any] | None, name: str) -> str:
        if cell is None:
            return words.DASH
        found = figure_of(cell, self.asked[name].lowest, self.asked[name].highest)
        if found.agreement == DIFFERENTLY or found.range is None:
            return "seen differently"
        said = spoken(found.range, found.step)
        return f"{said} (as on {words.day(found.as_of)})" if found.as_of else said

    def _facts(self) -> tuple[tuple[str, str], ...]:
        known = [one for one in self.figures.values() if one.range is not None]
        facts = []
        if known:
            tops = [one.people_to for one in known]
            last = None if None in tops else max(one for one in tops if one is not None)
            each = " behind each figure" if len(known) > 1 else ""
            facts.append(("How many", f"{people(min(one.people_from for one in known), last)}{each}."))
        facts.append(("How many of those asked", self._rate()))
        facts += [
            ("Least number", f"{self.k}; it was fixed before the first answer."),
            ("Date", f"Closed on {words.day(self.closed_on)}; computed once, and never again."),
        ]
        if known:
            facts.append(("How", HOW))
        facts += [("Left out", " ".join(self._left_out())), ("Who sees this page", self._seen_by())]
        return tuple(facts)

    def _rate(self) -> str:
        for one in self.given.figures.get("participation", ()):
            return f"{one['low']} to {one['high']}\N{NO-BREAK SPACE}%."
        return "Said only of ten people and more. Nobody sees who answered."

    def _left_out(self) -> Iterable[str]:
        yield f"Empty answers and “{self.instrument.not_mine}”."
        told = [one for one in self.given.figures.get("withheld", ()) if one["reach"] != "lens"]
        asked = {one["question"] for one in told if one["question"]}
        if asked and self.cells:
            yield f"{words.count(len(asked), 'question')} without a figure; each says why."
        for why in dict.fromkeys(
            one["why"] for one in self.given.figures.get("withheld", ()) if one["reach"] == "lens"
        ):
            yield f"By {self.given.lens or 'the lens'}: {why}"
        if self.given.figures.get("some_in_no_figure"):
            yield f"Up to {self.k - 1} answers are in no figure, here or elsewhere."

    def _seen_by(self) -> str:
        given = self.given
        return seen_by(
            given.kind,
            given.reach,
            given.reader,
            shown=given.shown,
            own_survey=given.own_survey,
            heard=given.heard,
        )


def _rank(value: str) -> int:
    """Put spans of time in their order, and what is no value of its own last."""
    if value in {lens_cut.OTHER, lens_cut.NOT_STATED}:
        return 3
    return 0 if value.startswith("under ") else 2 if value.startswith("over ") else 1


def figure_of(cell: Mapping[str, Any], lowest: int, highest: int) -> QuestionFigure:
    """Read one released figure; what an older release does not say stands empty."""
    shown = Shown(**cell["shown"])
    return QuestionFigure(
        question=cell["question"],
        range=range_of(shown, lowest, highest),
        step=shown.step,
        people_from=shown.people_from,
        people_to=shown.people_to,
        agreement=cell.get("agreement", ""),
        trend=cell.get("trend", ""),
        as_of=str(cell.get("as_of") or "") if cell.get("held") else "",
    )


def _differently(found: ScaleFigure) -> str:
    verb = "is" if found.differently == 1 else "are"
    return f"{found.differently} of its {found.asked} questions {verb} seen differently"


def _held(found: QuestionFigure) -> str:
    if not found.as_of:
        return ""
    day = words.day(found.as_of)
    return f"As on {day}: only few came or left since, and a new figure could be about them."


def bar(found: Range, own: float | None = None) -> Bar:
    """Place a range on a line."""
    span = found.highest - found.lowest

    def at(value: float) -> float:
        return round((min(max(value, found.lowest), found.highest) - found.lowest) / span * WIDE, 2)

    options = int(span) + 1
    ticks = tuple(at(found.lowest + number) for number in range(options)) if options <= 11 else ()
    return Bar(low=at(found.low), high=at(found.high), ticks=ticks, own=None if own is None else at(own))


def _gap(own: Own, others: Range) -> str:
    seen = beside(own.score, others)
    if seen == "about the same":
        return "About the same in your eyes and in theirs."
    return f"{sentence(seen)} of it in your own eyes than in theirs."
