"""What somebody answered, in words: for the page behind a figure, for what has changed, for a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from fairlead.core.work import LABELS, label
from fairlead.library import load
from fairlead.library.direction import CHOICES, SCALES
from fairlead.library.practice import SKILLS
from fairlead.library.translations import ORIGINAL
from fairlead.web import asked_in
from fairlead.web.direction.parts import INSTRUMENTS
from fairlead.web.direction.task_words import task_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fairlead.library.direction import DirectionTexts, Question
    from fairlead.web.direction.models import Sitting

LISTS: Final = {"passions": "what", "strengths": "what", "frustrations": "what"}
"""Sections that are lists of things, and what names one."""


WHOSE: Final = {
    "en": {"mine": "For me", "practice": "In daily practice"},
    "de": {"mine": "Für mich", "practice": "In der täglichen Praxis"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One answer: what was asked, what was said; ``own_words`` where it is what somebody wrote."""

    key: str
    question: str
    said: str
    own_words: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One answer that is another one than the time before; empty where it was not given."""

    question: str
    before: str
    now: str


def told(sitting: Sitting, texts: DirectionTexts) -> tuple[Told, ...]:
    """Give every answer of a sitting in the words of its language, in the order of asking."""
    with translation.override(texts.language):
        return _told(sitting, texts)


def _told(sitting: Sitting, texts: DirectionTexts) -> tuple[Told, ...]:
    content, section = sitting.content, sitting.section
    if not content:
        return ()
    if section == "values":
        return tuple(_values(content, texts))
    if section == "energy":
        return tuple(_tasks(content, texts))
    if section == "skills":
        return tuple(_items(content, section, texts.language))
    if section == "motives":
        own = [
            Told(key=f"own:{one['text']}", question=_motive(one, texts), said=one["text"], own_words=True)
            for one in content.get("own", [])
        ]
        return (*own, *_items(content.get("answers", []), section, texts.language))
    if section in LISTS:
        return tuple(_entries(content, section, texts))
    if section == "tracks":
        return tuple(_tracks(content, texts))
    return tuple(_answers(content, section, texts))


def changes(before: tuple[Told, ...], now: tuple[Told, ...]) -> tuple[Change, ...]:
    """Give each answer that has changed, was added or taken away."""
    old, new = {one.key: one for one in before}, {one.key: one for one in now}
    found = []
    for key in dict.fromkeys((*new, *old)):
        was, is_now = old.get(key), new.get(key)
        if was is None or is_now is None or was.said != is_now.said:
            asked = is_now or was
            question = asked.question if asked else ""
            found.append(
                Change(question=question, before=was.said if was else "", now=is_now.said if is_now else "")
            )
    return tuple(found)


def in_words(question: Question, said: Any, texts: DirectionTexts) -> str:
    """Give one answer in words."""
    if question.answers in CHOICES and question.many:
        return ", ".join(_choice(question.answers, one, texts) for one in said)
    if question.answers in CHOICES:
        return _choice(question.answers, said, texts)
    if question.answers in SCALES:
        on = _("%(step)s of %(steps)s") % {"step": said, "steps": SCALES[question.answers][1]}
        return f"{texts.answer(question.answers, int(said))} ({on})"
    if question.kind == "competency":
        return asked_in.said(SKILLS.get(said, str(said)))
    if question.kind == "hours":
        return f"{said:g} h"
    return "\n".join(said) if isinstance(said, list) else str(said)


def _choice(name: str | None, word: str, texts: DirectionTexts) -> str:
    try:
        return texts.choice(str(name), word).label
    except KeyError:
        return str(word)


def _answers(content: Mapping[str, Any], section: str, texts: DirectionTexts) -> Iterator[Told]:
    for question in texts.section(section).questions:
        said = content.get(question.id)
        if said in (None, "", []):
            continue
        if question.id == "burdens":
            bearings = {burden: _choice("bearing", bearing, texts) for burden, bearing in said}
            for burden, bearing in bearings.items():
                known = next((one.label for one in texts.burdens if one.id == burden), None)
                yield Told(
                    key=f"burdens:{burden}",
                    question=known or burden,
                    said=bearing,
                    own_words=known is None,
                )
            continue
        own = question.kind in {"text", "lines", "role"}
        yield Told(
            key=question.id, question=question.text, said=in_words(question, said, texts), own_words=own
        )


def _values(content: Mapping[str, Any], texts: DirectionTexts) -> Iterator[Told]:
    for side in ("mine", "practice"):
        whose = WHOSE.get(texts.language, WHOSE["en"])[side]
        for one in content.get(side, []):
            names = {value: _choice("value", value, texts) for value in one["shown"]}
            most, least = names[one["most"]], names[one["least"]]
            rest = next(name for name in names.values() if name not in {most, least})
            key = f"{side}:{','.join(sorted(one['shown']))}"
            yield Told(
                key=key,
                question=f"{whose}: {' · '.join(names.values())}",
                said=_("%(most)s, then %(rest)s, then %(least)s")
                % {"most": most, "rest": rest, "least": least},
            )
    question = texts.question("values", "stated")
    if content.get("stated"):
        yield Told(key="stated", question=question.text, said=in_words(question, content["stated"], texts))


def _tasks(content: list[dict[str, Any]], texts: DirectionTexts) -> Iterator[Told]:
    for one in content:
        if one.get("effect") is None:
            continue
        parts = [texts.answer("effect", one["effect"])]
        hours = (
            ("hours_spent", gettext_noop("has {hours} h a week")),
            ("hours_wanted", gettext_noop("would have {hours} h")),
        )
        parts += [_(says).format(hours=f"{one[name]:g}") for name, says in hours if one.get(name) is not None]
        words = task_label(one, texts)
        own = one["task"].startswith("own:")
        yield Told(key=f"{words}", question=words, said="; ".join(parts), own_words=own)


def _items(pairs: Any, section: str, language: str) -> Iterator[Told]:
    name = INSTRUMENTS[section]
    asked = load.instrument(name, language if language in load.languages(name) else ORIGINAL)
    items = {item.id: item for one in asked.sections for item in one.items}
    for item_id, value in pairs:
        item = items.get(item_id)
        if item is None:
            yield Told(key=item_id, question=item_id, said=str(value))
            continue
        words = {int(number): words for number, words in asked.choices(item)}
        yield Told(key=item_id, question=item.text, said=words.get(int(value), str(value)))


def _entries(content: list[dict[str, Any]], section: str, texts: DirectionTexts) -> Iterator[Told]:
    first = LISTS[section]
    questions = [one for one in texts.section(section).questions if one.id != first]
    for one in content:
        name = one.get(first, "")
        lines = [
            f"{question.text} {in_words(question, one[question.id], texts)}"
            for question in questions
            if one.get(question.id) not in (None, "", [])
        ]
        yield Told(key=name, question=name, said="\n".join(lines) or "–", own_words=True)


def _tracks(content: list[dict[str, Any]], texts: DirectionTexts) -> Iterator[Told]:
    for one in content:
        track = one["track"]
        name = label(track) if track in LABELS else track.replace("_", " ").capitalize()
        for aspect in ("want", "able"):
            asked = texts.question("tracks", aspect)
            for demand, value in one.get(aspect, []):
                yield Told(
                    key=f"{track}:{aspect}:{demand}",
                    question=f"{name}: {demand.replace('_', ' ')}. {asked.text}",
                    said=texts.answer(aspect, value),
                )
        if one.get("lose"):
            question = texts.question("tracks", "lose")
            yield Told(
                key=f"{track}:lose",
                question=f"{name}: {question.text}",
                said="\n".join(one["lose"]),
                own_words=True,
            )


def _motive(one: Mapping[str, Any], texts: DirectionTexts) -> str:
    motive = one.get("motive")
    return _choice("motive", motive, texts) if motive else texts.question("motives", "own").text
