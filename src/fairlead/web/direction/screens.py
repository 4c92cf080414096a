"""Which screens a section is asked on, and the form of each; one idea on each screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from fairlead.web.direction import tasks_form, value_sets
from fairlead.web.direction.forms import EntriesForm, ItemsForm, QuestionsForm
from fairlead.web.direction.parts import instrument_of, texts_of
from fairlead.web.direction.set_form import SetForm

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairlead.library.direction import DirectionTexts, SectionText
    from fairlead.web.direction.forms import Asked
    from fairlead.web.direction.models import Sitting
    from fairlead.web.direction.value_sets import SetAsked
    from fairlead.web.people.models import Person

WHY: Final = (
    ("Why this job", ("reasons", "main_reason")),
    ("Where the wish came from", ("push", "need", "encouraged_by", "encouragement")),
    ("Level after level", ("levels_reached", "next_level_reason", "journey")),
    ("What a good working life is to you", ("success", "goals")),
    ("Two lists", ("do_not_want", "want")),
)
ENTRIES: Final = {
    "passions": {"what": "what", "facets": "facets", "signs": "signs", "learn": "learn"},
    "strengths": {"what": "what", "works_against": "works_against"},
}
PUBLISHED: Final = "Ticked to begin with: what your organization has published. Change it as you see it."
OWN_REASONS: Final = {"text": "own", "motive": "motive"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One screen: its heading and what is said under it; ``part`` says which of its kind it is."""

    title: str
    kind: str
    intro: str = ""
    part: int = 0
    asked: SetAsked | None = None


def screens(sitting: Sitting) -> tuple[Screen, ...]:
    """Give the screens of a section, in order."""
    texts = texts_of(sitting)
    section = texts.section(sitting.section)
    whole = Screen(title=section.title, kind="entries", intro=section.intro)
    if sitting.section == "why":
        return tuple(Screen(title=title, kind="questions", part=n) for n, (title, _names) in enumerate(WHY))
    if sitting.section == "values":
        return _value_screens(texts, sitting.content)
    if sitting.section == "energy":
        return _energy_screens(section, sitting.content or [])
    if sitting.section in ENTRIES:
        return (whole,)
    asked = tuple(
        Screen(title=one.title, kind="items", intro=one.intro, part=n)
        for n, one in enumerate(instrument_of(sitting).sections)
    )
    return (whole, *asked) if sitting.section == "motives" else asked


def with_set(screen: Screen, place: int) -> Screen:
    """Give the screen of a set of values with another set in its place."""
    return replace(screen, asked=replace(screen.asked, place=place)) if screen.asked else screen


def form_of(person: Person, sitting: Sitting, screen: Screen, sent: Mapping[str, Any] | None) -> Asked:
    """Give the form of one screen, with what was answered already."""
    texts, section, content = texts_of(sitting), sitting.section, sitting.content
    if screen.kind == "questions":
        return QuestionsForm(texts, section, WHY[screen.part][1], sent=sent, content=content or {})
    if screen.kind == "choose_tasks":
        return tasks_form.ChooseForm(person, texts, sent=sent, entries=content or [])
    if screen.kind == "known_tasks":
        return tasks_form.RateForm(texts, screen.part, sent=sent, entries=content or [])
    if screen.asked is not None:
        return SetForm(texts, screen.asked, sent=sent, content=content)
    if screen.kind == "stated":
        begins = {"stated": list(value_sets.published() or ())} | (content or {})
        return QuestionsForm(texts, section, ("stated",), sent=sent, content=begins)
    if screen.kind == "items":
        asked = instrument_of(sitting)
        under = "answers" if section == "motives" else ""
        pairs = (content or {}).get(under, []) if under else content or []
        return ItemsForm(asked, asked.sections[screen.part], sent=sent, answers=dict(pairs), under=under)
    if section == "motives":
        own = (content or {}).get("own", [])
        return EntriesForm(texts, section, OWN_REASONS, sent=sent, entries=own, under="own")
    return EntriesForm(texts, section, ENTRIES[section], sent=sent, entries=content or [])


def _energy_screens(section: SectionText, entries: Sequence[object]) -> tuple[Screen, ...]:
    """Give the screen on which tasks are chosen, then a few tasks on each."""
    choose = Screen(title=section.title, kind="choose_tasks", intro=section.intro)
    parts = max(1, -(-len(entries) // tasks_form.ON_ONE_SCREEN))
    rated = (Screen(title="What each gives and takes", kind="known_tasks", part=n) for n in range(parts))
    return (choose, *rated)


def _value_screens(texts: DirectionTexts, content: object) -> tuple[Screen, ...]:
    """Give the sets of one's own values, then of practice, then what the company says of itself."""
    found = []
    for side in value_sets.SIDES:
        question = texts.question("values", side)
        asked = value_sets.sets_asked(content, side)
        found += [Screen(title=question.text, kind="set", intro=question.help, asked=one) for one in asked]
        if not value_sets.is_through(content, side):
            return tuple(found)
    intro = PUBLISHED if value_sets.published() else ""
    return (*found, Screen(title=texts.section("values").title, kind="stated", intro=intro))
