"""The blank file of direction answers: every question as a remark above the place of its answer."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from fairlead.core.value_sets import ASKED_ALWAYS, designs
from fairlead.library import load
from fairlead.library.practice import SKILLS
from fairlead.sources.direction_fields import FORM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from fairlead.library.direction import Choice, DirectionTexts, Question, SectionText

WIDEST: Final = 100
HARD: Final = "\u00a0"
SPARE: Final = {"own": 3, "passions": 2, "strengths": 2, "frustrations": 3, "motives": 3}
"""Empty places in the form; more can be added."""

HEAD: Final[dict[str, tuple[str, ...]]] = {
    "en": (
        "My direction: why I work, what matters to me, what gives me energy, and which track fits.",
        "Only you have this file, and nothing of it is sent anywhere. “fairlead direction FILE” reads it.",
        "Write your answer after the colon. Leave empty what you do not want to say: each part stands alone.",
        "A word of a list stands as it is (push: own), own words in quotes, several in brackets: [a, b].",
    ),
    "de": (
        "Meine Richtung: warum ich arbeite, was mir wichtig ist, was mir Energie gibt und welcher Weg passt.",
        "Diese Datei haben nur Sie, nichts davon wird verschickt. „fairlead direction DATEI“ liest sie.",
        "Schreiben Sie Ihre Antwort hinter den Doppelpunkt. Was Sie nicht sagen möchten, bleibt leer.",
        "Ein Wort aus einer Liste steht so da, wie es ist (push: own), eigene Worte in Anführungszeichen,",
        "mehrere in eckigen Klammern: [a, b].",
    ),
}
HOW: Final[dict[str, dict[str, str]]] = {
    "en": {
        "many": "A list of those that apply, like {example}.",
        "text": "Your own words, in quotes.",
        "lines": 'A list, like ["the first", "the second"].',
        "count": "A whole number.",
        "hours": "Hours a week.",
        "role": "A job title, in quotes.",
        "competency": "One of: {competencies}.",
        "own_task": "A task of your own: say in label what it is.",
        "more": "More entries can be added below, in the same form.",
        "most_least": "Once after “most”, once after “least”.",
    },
    "de": {
        "many": "Eine Liste dessen, was zutrifft, etwa {example}.",
        "text": "Eigene Worte, in Anführungszeichen.",
        "lines": 'Eine Liste, etwa ["das Erste", "das Zweite"].',
        "count": "Eine ganze Zahl.",
        "hours": "Stunden pro Woche.",
        "role": "Eine Stellenbezeichnung, in Anführungszeichen.",
        "competency": "Eines von: {competencies}.",
        "own_task": "Eine eigene Aufgabe: Schreiben Sie hinter label, welche.",
        "more": "Weitere Einträge können darunter in derselben Form folgen.",
        "most_least": "Je einmal hinter „most“ (am meisten) und „least“ (am wenigsten).",
    },
}


def new_direction_answers(language: str = "en", answered_on: str = "") -> str:
    """Write the blank file in that language; unfilled it reads back as nothing said.

    Raises ``KeyError`` where direction is not asked in that language.
    """
    if language not in HEAD:
        raise KeyError(language)
    texts = load.direction_texts(language)
    lines = [line for sentence in HEAD[language] for line in _remark(sentence)]
    lines += ["", f'direction: "{FORM}"', f"answered_on: {answered_on}".rstrip()]
    for section in texts.sections:
        lines += ["", *_remark(f"== {section.title} =="), *_remark(section.intro)]
        lines += _WRITERS[section.id](section, texts, HOW[language])
    return "\n".join(lines) + "\n"


def _why(section: SectionText, texts: DirectionTexts, how: dict[str, str]) -> Iterator[str]:
    yield "why:"
    told: set[str] = set()
    for question in section.questions:
        yield ""
        yield from _asked(question, texts, how, 2, meanings=question.answers not in told)
        yield f"  {question.id}:"
        told.add(question.answers or "")


def _values(section: SectionText, texts: DirectionTexts, how: dict[str, str]) -> Iterator[str]:
    yield from _meanings(texts.choices["value"])
    yield "values:"
    for side in ("mine", "practice"):
        yield ""
        yield from _remark(f"{section.question(side).text} {how['most_least']}", 2)
        yield from _remark(section.question(side).help, 2)
        yield f"  {side}:"
        for shown in designs()[:ASKED_ALWAYS]:
            words = " · ".join(texts.choice("value", value).label for value in shown)
            yield f"    - shown: [{', '.join(shown)}]  # {words}"
            yield "      most:"
            yield "      least:"
    yield ""
    yield from _asked(section.question("stated"), texts, how, 2, meanings=False)
    yield "  stated:"


def _energy(section: SectionText, texts: DirectionTexts, how: dict[str, str]) -> Iterator[str]:
    for name in ("effect", "hours_spent", "hours_wanted"):
        question = section.question(name)
        yield from _remark(f"{name}: {question.text}")
        if question.answers:
            yield from _steps(texts, question.answers, 2)
    yield "energy:"
    for group in texts.groups:
        yield ""
        yield from _remark(f"-- {group.label} --", 2)
        for one in group.activities:
            yield from _remark(f"{one.label}: {one.example}", 2)
            yield f"  - {{task: {one.code}, effect: , hours_spent: , hours_wanted: }}"
    yield ""
    yield from _remark(f"{how['own_task']} {how['more']}", 2)
    for _ in range(SPARE["own"]):
        yield '  - {task: own, label: "", effect: , hours_spent: , hours_wanted: }'


def _entries(section: SectionText, texts: DirectionTexts, how: dict[str, str]) -> Iterator[str]:
    for question in section.questions:
        yield from _remark(f"{question.id}:")
        yield from _asked(question, texts, how, 2, indent=0)
    yield from _remark(how["more"])
    yield f"{section.id}:"
    for _ in range(SPARE[section.id]):
        first, *others = (question.id for question in section.questions)
        yield f"  - {first}:"
        yield from (f"    {name}:" for name in others)


def _motives(section: SectionText, texts: DirectionTexts, how: dict[str, str]) -> Iterator[str]:
    yield "motives:"
    yield from _asked(section.question("own"), texts, how, 2)
    yield from _asked(section.question("motive"), texts, how, 2)
    yield from _remark(how["more"], 2)
    yield "  own:"
    for _ in range(SPARE["motives"]):
        yield "    - text:"
        yield "      motive:"
    yield from _instrument("motives", texts.language, "  answers:", 4)


def _skills(section: SectionText, texts: DirectionTexts, how: dict[str, str]) -> Iterator[str]:
    del section, how
    yield from _instrument("two-sides", texts.language, "skills:", 2)


def _next_level(section: SectionText, texts: DirectionTexts, how: dict[str, str]) -> Iterator[str]:
    yield "next_level:"
    yield from _asked(section.question("role"), texts, how, 2)
    yield "  role:"
    yield ""
    yield from _asked(section.question("burdens"), texts, how, 2)
    yield "  burdens:"
    for burden in texts.burdens:
        yield from _remark(f"{burden.label}: {burden.says}", 4)
        yield f"    {burden.id}:"
    yield ""
    yield from _remark(f"{texts.talk.title}: {texts.talk.says}", 2)
    for one in texts.talk.questions:
        yield from _remark(f"- {one.text}", 2)
    for name in ("heard", "would_want", "why"):
        yield ""
        yield from _asked(section.question(name), texts, how, 2)
        yield f"  {name}:"


def _tracks(section: SectionText, texts: DirectionTexts, how: dict[str, str]) -> Iterator[str]:
    yield "tracks:"
    for track in load.tracks(texts.language):
        yield ""
        yield from _remark(f"-- {track.label} --", 2)
        yield from _remark(f"{track.asks} {track.reversible}", 2)
        yield f"  {track.id}:"
        for name in ("want", "able"):
            yield from _asked(section.question(name), texts, how, 4)
            yield f"    {name}:"
            for one in track.demands:
                yield from _remark(one.text, 6)
                yield f"      {one.id}:"
        yield from _asked(section.question("lose"), texts, how, 4)
        for lost in track.loses:
            yield from _remark(f"- {lost}", 4)
        yield "    lose:"


_WRITERS: Final[dict[str, Callable[[SectionText, DirectionTexts, dict[str, str]], Iterator[str]]]] = {
    "why": _why, "values": _values, "energy": _energy, "passions": _entries, "strengths": _entries,
    "frustrations": _entries, "motives": _motives, "skills": _skills, "next_level": _next_level,
    "tracks": _tracks,
}  # fmt: skip


def _instrument(name: str, language: str, key: str, indent: int) -> Iterator[str]:
    form = load.instrument(name, language if language in load.languages(name) else "en")
    yield ""
    yield from _remark(f"{form.title}. {form.period}", indent - 2)
    yield key
    shown = None
    for section in form.sections:
        yield from _remark(f"-- {section.title} --", indent)
        yield from _remark(section.intro, indent)
        for item in section.items:
            choices = form.choices(item)
            if choices != shown:
                yield from _remark(_joined(choices), indent, 2)
                shown = choices
            yield from _remark(item.text, indent)
            yield f"{' ' * indent}{item.id}:"


def _asked(
    question: Question,
    texts: DirectionTexts,
    how: dict[str, str],
    inside: int,
    *,
    indent: int | None = None,
    meanings: bool = True,
) -> Iterator[str]:
    """Write a question, and how it is answered, as remarks."""
    at = inside if indent is None else indent
    yield from _remark(question.text, at, inside - at)
    if question.kind != "lines":  # its help speaks of lines on a page; here stands a list
        yield from _remark(question.help, at, inside - at)
    if question.answers and question.answers in texts.choices:
        choices = texts.choices[question.answers]
        if meanings:
            yield from _meanings(choices, at, inside - at)
        if question.many:
            example = f"[{choices[0].id}, {choices[1].id}]"
            yield from _remark(how["many"].format(example=example), at, inside - at)
    elif question.answers:
        yield from _steps(texts, question.answers, inside - at, at)
    else:
        said = how.get(question.kind, "").format(competencies=", ".join(SKILLS))
        yield from _remark(said, at, inside - at)


def _meanings(choices: Sequence[Choice], indent: int = 0, inner: int = 0) -> Iterator[str]:
    for one in choices:
        yield from _remark(f"{one.id}: {one.label}. {one.says}", indent, inner + 2)


def _steps(texts: DirectionTexts, scale: str, inner: int, indent: int = 0) -> Iterator[str]:
    steps = [(float(one.value), one.label) for one in texts.scales[scale]]
    yield from _remark(_joined(steps), indent, inner + 2)


def _joined(steps: Sequence[tuple[float, str]]) -> str:
    """Join steps so that no line ends between a number and its words."""
    return " · ".join(f"{value:g} {label}".replace(" ", HARD) for value, label in steps)


def _remark(text: str, indent: int = 0, inner: int = 0) -> list[str]:
    begin = f"{' ' * indent}# {' ' * inner}"
    lines = textwrap.wrap(text, WIDEST, initial_indent=begin, subsequent_indent=begin)
    return [line.replace(HARD, " ") for line in lines]
