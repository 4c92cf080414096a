"""What is asked before and after an experiment, and what the difference says (row 82).

The questions are items of the role audit, and for people skills when it is tense the scale of its own that
the questionnaire "two-sides" has; content with one's work is one item of ours. Single items of
overall satisfaction are reliable enough for that: Wanous, Reichers & Hudy (1997),
doi:10.1037/0021-9010.82.2.247.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from fairlead.core.figures import Figure
from fairlead.core.scales import LEVEL, NOT_MY_WORK, Drift, Scale, ScaleItem, drift, score
from fairlead.core.tables import Answers
from fairlead.library import load
from fairlead.library.practice import INSTRUMENT, SKILLS, TWO_SIDES
from fairlead.library.translations import ORIGINAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from fairlead.web.growth.models import Experiment

SATISFACTION: Final = "satisfaction"
SATISFACTION_TEXT: Final = {
    "en": "Taken together: how content are you with your work at the moment?",
    "de": "Alles in allem: Wie zufrieden sind Sie zurzeit mit Ihrer Arbeit?",
}
SATISFACTION_CHOICES: Final = {
    "en": ((1, "Not at all"), (2, "Little"), (3, "Partly"), (4, "Mostly"), (5, "Very")),
    "de": ((1, "Gar nicht"), (2, "Wenig"), (3, "Teils"), (4, "Überwiegend"), (5, "Sehr")),
}
LOW, HIGH = 1.0, 5.0
LEAST: Final = 2
"""Behaviours that must be answered both times."""

ENDS: Final = {
    INSTRUMENT: "from 1 (never) to 5 (more than once a week)",
    TWO_SIDES: "from 1 (not true) to 5 (fully true), a reversed one turned around",
}
HOW: Final = (
    "The mean of the changes of each behaviour, {ends}, asked twice in "
    "the same words; the 80 % interval comes from how much the changes differ and from how much such answers "
    "waver anyway. Where nothing changed, about one in five is called a change by chance."
)
HOW_CONTENT: Final = (
    "The second answer less the first, from 1 (not at all) to 5 (very). It is one question: its 80 % "
    "interval is as wide as such single answers waver."
)
LEFT_OUT: Final = "What others noticed; whether it was the practices or something else in these weeks."
MOVED: Final = {
    INSTRUMENT: {
        "higher": "You do these things more often than before.",
        "lower": "You do these things less often than before.",
    },
    TWO_SIDES: {
        "higher": "By your own answers, this is more true of you than before.",
        "lower": "By your own answers, this is less true of you than before.",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What came of an experiment: two figures, each with a sentence that says no more than it knows."""

    behaviour: Figure
    says: str
    satisfaction: Figure
    satisfaction_says: str


def questions_of(about: str, language: str = ORIGINAL) -> list[dict[str, Any]]:
    """Give what is asked about a skill as an experiment keeps it: word for word, with the options."""
    page = load.practices()[about]
    instrument = load.instrument(page.instrument, language if language in languages_of(about) else ORIGINAL)
    items = {item.id: item for item in instrument.items}
    return [
        {
            "id": name,
            "text": items[name].text,
            "choices": [[value, words] for value, words in instrument.choices(items[name])],
            "instrument": page.instrument,
            "version": instrument.version,
            "language": language if language in languages_of(about) else ORIGINAL,
            "reverse": items[name].reverse,
        }
        for name in page.items
    ]


def languages_of(about: str) -> tuple[str, ...]:
    """Give the languages in which a skill can be asked about."""
    return tuple(load.languages(load.practices()[about].instrument))


def language_of(questions: Sequence[Mapping[str, Any]]) -> str:
    """Give the language in which an experiment asks; it asks again in the same."""
    return str(next((one["language"] for one in questions if "language" in one), ORIGINAL))


def period(questions: Sequence[Mapping[str, Any]]) -> str:
    """Say which weeks the questions are about, in their language."""
    name = _instrument_of(questions)
    language = language_of(questions)
    return load.instrument(name, language if language in load.languages(name) else ORIGINAL).period


def _instrument_of(questions: Sequence[Mapping[str, Any]]) -> str:
    return str(next((one["instrument"] for one in questions if "instrument" in one), INSTRUMENT))


def enough(values: dict[str, float]) -> bool:
    """Say whether so many behaviours were answered that a change can be told later."""
    return sum(value != NOT_MY_WORK for value in values.values()) >= LEAST


def change(experiment: Experiment) -> Change | None:
    """Compare the second answers with the first; ``None`` while there are none."""
    if experiment.again is None or experiment.ended_on is None:
        return None
    word = SKILLS[experiment.skill.about]
    on = (experiment.begun_on, experiment.ended_on)
    asked = _instrument_of(experiment.questions)
    turned = frozenset(one["id"] for one in experiment.questions if one.get("reverse"))
    moved = _drift(word, on, experiment.baseline, experiment.again, LEAST, turned)
    before, after = experiment.satisfaction_before, experiment.satisfaction_after
    content = _drift("Content with work", on, _one(before), _one(after), 1)
    return Change(
        behaviour=_figure(
            "change_of_behaviour",
            moved,
            on[1],
            HOW.format(ends=ENDS[asked]),
            "behaviours answered both times",
        ),
        says=_says(moved, asked),
        satisfaction=_figure(
            "change_of_satisfaction", content, on[1], HOW_CONTENT, "question answered twice"
        ),
        satisfaction_says=_content(content),
    )


def _one(value: float | None) -> dict[str, float]:
    return {} if value is None else {SATISFACTION: value}


def _drift(
    label: str,
    on: tuple[date, date],
    before: dict[str, float],
    after: dict[str, float],
    least: int,
    turned: frozenset[str] = frozenset(),
) -> Drift | None:
    scale = Scale(
        id="it",
        label=label,
        about="",
        items=tuple(ScaleItem(id=name, reverse=name in turned) for name in before),
        low_option=LOW,
        high_option=HIGH,
        min_answered=least,
    )
    scored = [score(_answers(values, day), [scale]) for values, day in ((before, on[0]), (after, on[1]))]
    return next(iter(drift(scored[0], scored[1])), None)


def _answers(values: dict[str, float], day: date) -> Answers:
    numbers = {name: float(value) for name, value in values.items()}
    return Answers(instrument=INSTRUMENT, version="", answered_on=day.isoformat(), values=numbers, texts={})


def _figure(name: str, moved: Drift | None, on: date, how: str, n_of: str) -> Figure:
    return Figure(
        name=name,
        value=moved.change if moved else None,
        unit="points",
        n=moved.n_items if moved else 0,
        n_of=n_of,
        formula=how,
        left_out=LEFT_OUT,
        as_of=on.isoformat(),
        low=moved.low if moved else None,
        high=moved.high if moved else None,
        level=LEVEL,
        too_little="" if moved else "It takes more answers, given both times.",
    )


def _says(moved: Drift | None, asked: str) -> str:
    if moved is None:
        return "There is too little to say: too few questions were answered both times."
    return MOVED[asked].get(moved.moved, "No change that we could tell from chance.")


def _content(moved: Drift | None) -> str:
    if moved is None:
        return "Whether you are more content cannot be said: it was not answered both times."
    if moved.moved == "about the same":
        return "No change in how content you are with your work that we could tell from chance."
    return f"You are {'more' if moved.moved == 'higher' else 'less'} content with your work than before."
