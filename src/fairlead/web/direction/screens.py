"""Which screens a section is asked on, and the form of each; one idea on each screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from fairlead.core.direction_answers import Push
from fairlead.web.direction import carrying, tasks_form, value_sets
from fairlead.web.direction.forms import EntriesForm, ItemsForm, QuestionsForm
from fairlead.web.direction.parts import instrument_of, texts_of
from fairlead.web.direction.set_form import SetForm
from fairlead.web.direction.stretches import AT_ONCE, ON_ONE_SCREEN, WHY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairlead.library.direction import DirectionTexts, SectionText
    from fairlead.web.direction.forms import Asked
    from fairlead.web.direction.models import Sitting
    from fairlead.web.direction.stretches import Stretch
    from fairlead.web.direction.value_sets import SetAsked
    from fairlead.web.people.models import Person

ENTRIES: Final = {
    "passions": {"what": "what", "facets": "facets", "signs": "signs", "learn": "learn"},
    "strengths": {"what": "what", "works_against": "works_against"},
}
PUBLISHED: Final = gettext_noop(
    "Ticked to begin with: what your organization has published. Change it as you see it."
)
OWN_REASONS: Final = {"text": "own", "motive": "motive"}


WITHOUT_A_WISH: Final = ("need", "next_level_reason")
"""What need not be asked of somebody who has no wish to move up."""

NO_WISH_SAYS: Final = gettext_noop("You said that you have no wish to move up, so this is not asked")
"""Why fewer questions stand on the screen about levels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One screen: its heading and what is said under it; ``part`` says which of its kind it is.

    ``names`` are the questions of a screen of questions, ``left_out`` the words of those that need not be
    asked, ``because`` why.
    """

    title: str
    kind: str
    intro: str = ""
    part: int = 0
    asked: SetAsked | None = None
    names: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    because: str = ""


def screens(sitting: Sitting) -> tuple[Screen, ...]:
    """Give the screens of a section, in order."""
    texts = texts_of(sitting)
    section = texts.section(sitting.section)
    whole = Screen(title=section.title, kind="entries", intro=section.intro)
    if sitting.section == "why":
        return tuple(_why_screen(texts, part, sitting.content or {}) for part in range(len(WHY)))
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
        return QuestionsForm(texts, section, screen.names, sent=sent, content=content or {})
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
        return EntriesForm(
            texts, section, OWN_REASONS, sent=sent, entries=own, at_once=AT_ONCE[section], under="own"
        )
    names, entries = ENTRIES[section], content or []
    return EntriesForm(texts, section, names, sent=sent, entries=entries, at_once=AT_ONCE[section])


def with_all(screen: Screen) -> Screen:
    """Give a screen with the questions that need not be asked, because the person wants them."""
    if not screen.left_out:
        return screen
    return replace(screen, names=WHY[screen.part][1], left_out=(), because="")


def is_answered(sitting: Sitting, screen: Screen) -> bool:
    """Whether anything was answered on a screen; one that was left empty is offered again."""
    content = sitting.content
    if screen.asked is not None:
        return screen.asked.answered
    if screen.kind == "questions":
        return any(name in (content or {}) for name in screen.names)
    if screen.kind == "stated":
        return "stated" in (content or {})
    if screen.kind == "choose_tasks":
        return any(map(carrying.is_asked, content or []))
    if screen.kind == "known_tasks":
        rated = tasks_form.on_screen(content or [], screen.part)
        return any(one.get("effect") is not None for one in rated)
    if screen.kind == "items":
        pairs = (content or {}).get("answers", []) if sitting.section == "motives" else content or []
        here = {item.id for item in instrument_of(sitting).sections[screen.part].items}
        return any(item in here for item, _value in pairs)
    entries = (content or {}).get("own", []) if sitting.section == "motives" else content
    return bool(entries)


def to_go_on(sitting: Sitting, stretch: Stretch | None = None) -> int:
    """Give the number of the first screen that is not answered; 0 where all of them are.

    With ``stretch`` only its own screens count. A section of one screen is always gone on with there.
    """
    asked = screens(sitting)
    if len(asked) == 1:
        return 1
    for number, screen in enumerate(asked, 1):
        if (stretch is None or stretch.holds(number)) and not is_answered(sitting, screen):
            return number
    return 0


def _why_screen(texts: DirectionTexts, part: int, content: Mapping[str, Any]) -> Screen:
    """Give one screen of questions, without those that the answers so far make needless."""
    title, names = WHY[part]
    spared: tuple[str, ...] = ()
    if content.get("push") == Push.NO_WISH:
        spared = tuple(name for name in names if name in WITHOUT_A_WISH and name not in content)
    return Screen(
        title=_(title),
        kind="questions",
        part=part,
        names=tuple(name for name in names if name not in spared),
        left_out=tuple(texts.question("why", name).text for name in spared),
        because=_(NO_WISH_SAYS) if spared else "",
    )


def _energy_screens(section: SectionText, entries: Sequence[Mapping[str, Any]]) -> tuple[Screen, ...]:
    """Give the screen on which tasks are chosen, then a few tasks on each."""
    choose = Screen(title=section.title, kind="choose_tasks", intro=section.intro)
    parts = max(1, -(-sum(map(carrying.is_asked, entries)) // ON_ONE_SCREEN))
    title = _("What each gives and takes")
    return (choose, *(Screen(title=title, kind="known_tasks", part=n) for n in range(parts)))


def _value_screens(texts: DirectionTexts, content: object) -> tuple[Screen, ...]:
    """Give the sets of one's own values, then of practice, then what the company says of itself."""
    found = []
    for side in value_sets.SIDES:
        question = texts.question("values", side)
        asked = value_sets.sets_asked(content, side)
        found += [Screen(title=question.text, kind="set", intro=question.help, asked=one) for one in asked]
        if not value_sets.is_through(content, side):
            return tuple(found)
    intro = _(PUBLISHED) if value_sets.published() else ""
    return (*found, Screen(title=texts.section("values").title, kind="stated", intro=intro))
