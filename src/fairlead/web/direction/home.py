"""Where somebody is with each part of their direction, and what it comes to so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse

from fairlead.core.direction_answers import SECTIONS
from fairlead.library import load
from fairlead.render import words
from fairlead.web.direction import parts, reading, sittings, stretches
from fairlead.web.direction.models import Sitting
from fairlead.web.learning import Learning, learning

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fairlead.core.direction_reading import Direction, DirectionStep
    from fairlead.web.people.models import Person

PAGES: Final = {
    "frustrations": "direction:frustrations",
    "next_level": "direction:next_level",
    "tracks": "direction:tracks",
}
"""Parts that have a page of their own instead of a sitting."""

WAYS: Final = {
    "find_out": ("direction:frustrations", "To the frustrations"),
    "why": ("direction:goals", "Write the Why"),
    "look_closer": ("direction:tracks", "To the tracks"),
    "talk": ("direction:next_level", "To the next level"),
}
"""Where a step is begun that is neither a skill nor a part to answer."""


WILL_GAP_LINE: Final = 2
"""The line of the rule of the next step that speaks of a will gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One part: what it is, how far it is, where to go."""

    section: str
    title: str
    href: str
    state: str
    does: str
    done: str = ""
    is_history: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence of the summary, and the answers it came from."""

    title: str
    says: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where a step is begun."""

    label: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What the first page of the room shows."""

    cards: tuple[Card, ...]
    direction: Direction | None = None
    learning: Learning | None = None
    ways: tuple[Way, ...] = ()
    lines: tuple[Line, ...] = ()
    way: Way | None = None

    @property
    def expired(self) -> tuple[Card, ...]:
        """Parts that have become history and were not answered again."""
        return tuple(card for card in self.cards if card.is_history)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever finished here."""
        return not any(card.done for card in self.cards)


def home(person: Person) -> Home:
    """Give what the first page shows."""
    there = list(Sitting.objects.filter(owner=person).order_by("finished_at"))
    done = {one.section: one for one in there if one.is_finished}
    begun = {one.section: one for one in there if not one.is_finished}
    cards = tuple(_card(section, done.get(section), begun.get(section)) for section in SECTIONS)
    answers = sittings.standing(done)
    if not answers.answered_on:
        return Home(cards=cards)
    found = reading.direction_of(person, answers)
    return Home(
        cards=cards,
        direction=found,
        lines=tuple(_lines(found, done)),
        way=_way(found.next_step, done),
        ways=_letting_go(found.next_step),
        learning=learning(person)(_skill_of(found.next_step)),
    )


def skill_wish(person: Person) -> tuple[str, str] | None:
    """Give the competency that the next step asks to learn and why, where it asks for one."""
    answers = sittings.answers_of(person)
    if not answers.answered_on:
        return None
    step = reading.direction_of(person, answers).next_step
    return (_skill_of(step), step.why) if _skill_of(step) else None


def _skill_of(step: DirectionStep) -> str:
    """Give the skill that a step asks to learn; empty where it asks for none, or it is not yet assigned."""
    return step.about if step.kind == "skill" else ""


def _letting_go(step: DirectionStep) -> tuple[Way, ...]:
    """Give the other full answer to a will gap beside another track: to let go (rows 185, 189)."""
    if step.kind != "look_closer" or not step.evidence or step.line != WILL_GAP_LINE:
        return ()
    return (
        Way(label="What stepping back is", href=reverse("direction:about_track", args=["stepping_back"])),
        Way(label="To the frustrations", href=reverse("direction:frustrations")),
    )


def href_of(section: str) -> str:
    """Give the page on which a part is answered."""
    return reverse(PAGES[section]) if section in PAGES else reverse("direction:section", args=[section])


def is_only_a_why(sitting: Sitting) -> bool:
    """Whether nothing was said about the next level but a written Why, which another page asks for."""
    return sitting.section == "next_level" and {name for name, said in sitting.content.items() if said} == {
        "why"
    }


def _card(section: str, done: Sitting | None, begun: Sitting | None) -> Card:
    state, does = stretches.minutes_say(section) if section in parts.ASKED_HERE else "", "Begin"
    only_why = done is not None and is_only_a_why(done)
    if begun is not None:
        state, does = f"begun on {words.day(begun.made_at.date().isoformat())}", "Go on"
    elif only_why:
        state = "not looked at yet; your Why stands"
    elif done is not None and done.is_history and done.stands_until:
        state, does = f"history: it stood until {words.day(done.stands_until.isoformat())}", "Answer again"
    elif done is not None and done.stands_until:
        state, does = f"stands until {words.day(done.stands_until.isoformat())}", "Answer again"
    return Card(
        section=section,
        title=load.direction_texts().section(section).title,
        href=href_of(section),
        state=state,
        does="Open" if section in PAGES else does,
        done=reverse("direction:sitting", args=[done.pk]) if done is not None and not only_why else "",
        is_history=done is not None and done.is_history and not only_why,
    )


def _lines(found: Direction, done: Mapping[str, Sitting]) -> Iterator[Line]:
    says = {
        "why": " ".join(found.why.says) if found.why else "",
        "values": found.values.says if found.values else "",
        "energy": found.energy.says if found.energy else "",
        "motives": found.motives.says if found.motives else "",
        "skills": found.sides_beside,
        "next_level": found.next_level.says if found.next_level else "",
        "tracks": found.tracks_say if "tracks" in done and not done["tracks"].is_history else "",
    }
    texts = load.direction_texts()
    for section in SECTIONS:
        if says.get(section) and section in done and not is_only_a_why(done[section]):
            href = f"{reverse('direction:sitting', args=[done[section].pk])}#answers"
            yield Line(title=texts.section(section).title, says=says[section], href=href)


def _way(step: DirectionStep, done: Mapping[str, Sitting]) -> Way | None:
    if step.kind == "answer":
        return Way(label="Answer it", href=href_of(step.about))
    if step.kind == "skill" and not step.about:
        return Way(label="Say which skill it is", href=reverse("direction:frustrations"))
    if step.kind == "shift_hours" and "energy" in done:
        return Way(label="To the hours", href=reverse("direction:sitting", args=[done["energy"].pk]))
    if step.kind in WAYS:
        name, label = WAYS[step.kind]
        return Way(label=label, href=reverse(name))
    return None
