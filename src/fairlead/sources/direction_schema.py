"""What a file of direction answers may say: frozen models, each turned into the core's section.

Every question can be left empty. A section that says nothing is ``None``; written as ``{}`` or ``[]``
it was gone through and left empty.
"""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any, Final, Self, TypeVar

from pydantic import BeforeValidator, Field, StrictFloat, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from fairlead.core import direction_answers as core
from fairlead.core.direction_answers import (
    Bearing,
    Encourager,
    Facet,
    Motive,
    Need,
    Push,
    Reason,
    Sign,
    SkillSide,
    Taught,
    Value,
)  # fmt: skip
from fairlead.core.scales import NOT_MY_WORK
from fairlead.core.tracks import TRACK_ORDER
from fairlead.core.work import Competency, Kind
from fairlead.library import load, role_library
from fairlead.library.schema import Entry
from fairlead.library.wording import misfits, not_right

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from enum import StrEnum

    from fairlead.library.wording import Misfit

Said = TypeVar("Said", bound=Entry)

FORM: Final = "1"
"""The version of the file; it changes when a file of today could no longer be read."""

OWN: Final = "own:"
MAX_TEXT: Final = 4000
MAX_ENTRIES: Final = 100


def near(wanted: object, known: Sequence[str]) -> str:
    """Say what was probably meant, or what can be meant."""
    found = get_close_matches(str(wanted), known, n=1)
    return f"Did you mean “{found[0]}”?" if found else f"Known here: {', '.join(known)}."


def _known(word: object, known: Sequence[str]) -> str:
    if not isinstance(word, str) or word not in known:
        raise not_right(f"“{_short(word)}” is not known here.", near(word, known))
    return word


def _word(kind: type[StrEnum]) -> BeforeValidator:
    def check(value: object) -> object:
        return value if value is None else kind(_known(value, list(kind)))

    return BeforeValidator(check)


def _own_words(value: object) -> object:
    """Take numbers that stand where words should for words: a year, an amount."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else value


def _task(value: object) -> object:
    if value is None or (isinstance(value, str) and value.removesuffix(":") == OWN[:-1]):
        return OWN if value else value
    if isinstance(value, str) and value.startswith(OWN):
        return value
    codes = [one.id for one in role_library.activities()]
    return _known(
        value, [*codes, *Competency, *(kind for kind in Kind if kind is not Kind.UNCLEAR), OWN[:-1]]
    )


def _day(value: object) -> str:
    try:
        if isinstance(value, str) and len(value) == len("2026-01-31"):
            return _come(date.fromisoformat(value)).isoformat()
    except PydanticCustomError:
        raise
    except ValueError:
        pass
    raise not_right(f"“answered_on” is “{_short(value)}”.", "It should be a date like 2026-01-31.")


def _come(day: date) -> date:
    """Refuse a day to come; where the file was written it may be tomorrow already."""
    today = date.today()  # noqa: DTZ011 - the person's own day
    if day - today > timedelta(days=1):
        raise not_right(f"“answered_on” is {day}, a day that has not come.", f"Today is {today}.")
    return day


def _form(value: object) -> object:
    if str(value) != FORM:
        raise not_right(
            f"“direction” is “{_short(value)}”.", f'This is form {FORM}: write direction: "{FORM}".'
        )
    return FORM


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


Text = Annotated[Annotated[str, Field(max_length=MAX_TEXT)] | None, BeforeValidator(_own_words)]
Texts = Annotated[tuple[Text, ...], Field(max_length=MAX_ENTRIES)] | None
Step = Annotated[StrictInt, Field(ge=1, le=5)] | None
Hours = Annotated[StrictFloat, Field(ge=0, le=168, allow_inf_nan=False)] | None
AValue = Annotated[Value | None, _word(Value)]
AMotive = Annotated[Motive | None, _word(Motive)]
Steps = dict[str, Step] | None


class WhyEntry(Entry):
    """``why``."""

    reasons: tuple[Annotated[Reason | None, _word(Reason)], ...] | None = None
    main_reason: Annotated[Reason | None, _word(Reason)] = None
    push: Annotated[Push | None, _word(Push)] = None
    need: Annotated[Need | None, _word(Need)] = None
    encouraged_by: tuple[Annotated[Encourager | None, _word(Encourager)], ...] | None = None
    encouragement: Step = None
    levels_reached: Annotated[StrictInt, Field(ge=0, le=20)] | None = None
    next_level_reason: Text = None
    success: Text = None
    goals: Text = None
    want: Texts = None
    do_not_want: Texts = None
    journey: Step = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        named = _filled(self.encouraged_by)
        if Encourager.NOBODY in named and len(set(named)) > 1:
            right = "Name who encourages you, or write “nobody” alone."
            raise misfits([(("encouraged_by",), "“nobody” stands beside somebody.", right)])
        return self

    def said(self) -> core.WhyIWork:
        """Give the section as the core reads it."""
        return core.WhyIWork(
            reasons=_filled(self.reasons),
            main_reason=self.main_reason,
            push=self.push,
            need=self.need,
            encouraged_by=_filled(self.encouraged_by),
            encouragement=self.encouragement,
            levels_reached=self.levels_reached,
            next_level_reason=self.next_level_reason or "",
            success=self.success or "",
            goals=self.goals or "",
            want=_filled(self.want),
            do_not_want=_filled(self.do_not_want),
            journey=self.journey,
        )


class ChoiceEntry(Entry):
    """One set of three values."""

    shown: Annotated[tuple[Annotated[Value, _word(Value)], ...], Field(min_length=3, max_length=3)]
    most: AValue = None
    least: AValue = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        found: list[Misfit] = []
        if len(set(self.shown)) < len(self.shown):
            found.append((("shown",), "A value stands here twice.", "A set has three different values."))
        named = {"most": self.most, "least": self.least}
        for name, value in named.items():
            if value is None and any(named.values()):
                found.append((("shown",), f"“{name}” is missing.", "Say both, or leave both empty."))
            elif value is not None and value not in self.shown:
                found.append(((name,), f"“{value}” is not among the three.", near(value, self.shown)))
        if self.most is not None and self.most == self.least:
            found.append(
                (("least",), "The same value stands for most and least.", "Name two different ones.")
            )
        if found:
            raise misfits(found)
        return self


class ValuesEntry(Entry):
    """``values``."""

    mine: Annotated[tuple[ChoiceEntry, ...], Field(max_length=MAX_ENTRIES)] | None = None
    practice: Annotated[tuple[ChoiceEntry, ...], Field(max_length=MAX_ENTRIES)] | None = None
    stated: tuple[AValue, ...] | None = None

    def said(self) -> core.Values:
        """Give the section as the core reads it."""
        return core.Values(
            mine=_chosen(self.mine), practice=_chosen(self.practice), stated=_filled(self.stated)
        )


class TaskEntry(Entry):
    """One task of ``energy``."""

    task: Annotated[Annotated[str, Field(max_length=120)] | None, BeforeValidator(_task)] = None
    effect: Annotated[StrictInt, Field(ge=-2, le=2)] | None = None
    label: Text = None
    kind: Annotated[Kind | None, _word(Kind)] = None
    hours_spent: Hours = None
    hours_wanted: Hours = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        given = self.hours_spent is not None or self.hours_wanted is not None
        if self.effect is None and given:
            right = "Say what it gives you, from -2 (drains) to 2 (energizes)."
            raise misfits([(("task",), "Hours stand here, and no effect.", right)])
        if self.effect is not None and self.task is None:
            right = "Name one of the list, or write “task: own” and a “label:”."
            raise misfits([(("effect",), "No task is named.", right)])
        if self.effect is not None and self.task == OWN and not self.label:
            raise misfits([(("task",), "The task has no name.", "Add “label:” with your own words.")])
        return self


class PassionEntry(Entry):
    """One entry of ``passions``."""

    what: Text = None
    facets: tuple[Annotated[Facet | None, _word(Facet)], ...] | None = None
    signs: tuple[Annotated[Sign | None, _word(Sign)], ...] | None = None
    learn: Text = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        return _needs(self, "what", "Say in a few words what draws you.")


class StrengthEntry(Entry):
    """One entry of ``strengths``."""

    what: Text = None
    works_against: Text = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        return _needs(self, "what", "Say in a few words what you are good at.")


class FrustrationEntry(Entry):
    """One entry of ``frustrations``."""

    what: Text = None
    side: Annotated[SkillSide | None, _word(SkillSide)] = None
    about: Annotated[Competency | None, _word(Competency)] = None
    taught: Annotated[Taught | None, _word(Taught)] = None
    with_tools: Step = None
    bothers: Step = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _needs(self, "what", "Say in a few words what frustrates you.")
        if self.what and self.side is None:
            right = "Add “side: technical” or “side: people”."
            raise misfits([(("what",), "“side” is missing.", right)])
        return self


class ReasonEntry(Entry):
    """One own reason."""

    text: Text = None
    motive: AMotive = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        return _needs(self, "text", "Write the reason in your own words.")


class MotivesEntry(Entry):
    """``motives``."""

    answers: Steps = None
    own: Annotated[tuple[ReasonEntry, ...], Field(max_length=MAX_ENTRIES)] | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        known = [item.id for item in load.instrument("motives").items]
        return _keys(self, ("answers",), self.answers, known)

    def said(self) -> core.Motives:
        """Give the section as the core reads it."""
        own = tuple(core.OwnReason(text=one.text, motive=one.motive) for one in self.own or () if one.text)
        return core.Motives(answers=_pairs(self.answers), own=own)


class NextLevelEntry(Entry):
    """``next_level``."""

    role: Text = None
    burdens: dict[str, Annotated[Bearing | None, _word(Bearing)]] | None = None
    heard: Text = None
    would_want: Step = None
    why: Text = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        known = [one.id for one in load.direction_texts().burdens]
        return _keys(self, ("burdens",), self.burdens, known)

    def said(self) -> core.NextLevel:
        """Give the section as the core reads it."""
        return core.NextLevel(
            role=self.role or "",
            burdens=_pairs(self.burdens),
            heard=self.heard or "",
            would_want=self.would_want,
            why=self.why or "",
        )


class TrackEntry(Entry):
    """What is said of one track."""

    want: Steps = None
    able: Steps = None
    lose: Texts = None


class DirectionFile(Entry):
    """The whole file."""

    direction: Annotated[str, BeforeValidator(_form)]
    answered_on: Annotated[str, BeforeValidator(_day)]
    why: WhyEntry | None = None
    values: ValuesEntry | None = None
    energy: Annotated[tuple[TaskEntry, ...], Field(max_length=MAX_ENTRIES)] | None = None
    passions: Annotated[tuple[PassionEntry, ...], Field(max_length=MAX_ENTRIES)] | None = None
    strengths: Annotated[tuple[StrengthEntry, ...], Field(max_length=MAX_ENTRIES)] | None = None
    frustrations: Annotated[tuple[FrustrationEntry, ...], Field(max_length=MAX_ENTRIES)] | None = None
    motives: MotivesEntry | None = None
    skills: dict[str, Annotated[StrictInt, Field(ge=int(NOT_MY_WORK), le=5)] | None] | None = None
    next_level: NextLevelEntry | None = None
    tracks: dict[str, TrackEntry | None] | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        found = [
            *_unknown(("skills",), self.skills, [item.id for item in load.instrument("two-sides").items])
        ]
        found += _unknown(("tracks",), self.tracks, TRACK_ORDER)
        for track in load.tracks():
            said = (self.tracks or {}).get(track.id)
            demands = [one.id for one in track.demands]
            for name in ("want", "able") if said else ():
                found += _unknown(("tracks", track.id, name), getattr(said, name), demands)
        if found:
            raise misfits(found)
        return self

    def answers(self) -> core.DirectionAnswers:
        """Give everything as the core reads it."""
        return core.DirectionAnswers(
            answered_on=self.answered_on,
            why=_unless_blank(self.why, core.WhyIWork()),
            values=_unless_blank(self.values, core.Values()),
            energy=_entries(self.energy, _task_said),
            passions=_entries(self.passions, _passion_said),
            strengths=_entries(self.strengths, _strength_said),
            frustrations=_entries(self.frustrations, _frustration_said),
            motives=_unless_blank(self.motives, core.Motives()),
            skills=_skills(self.skills),
            next_level=_unless_blank(self.next_level, core.NextLevel()),
            tracks=_tracks(self.tracks),
        )


def _unless_blank(entry: Any, empty: Any) -> Any:
    """Give what was said; ``None`` where names stand without a word behind them."""
    if entry is None:
        return None
    said = entry.said()
    return None if said == empty and entry.model_fields_set else said


def _entries(entries: Sequence[Any] | None, said: Callable[[Any], Any]) -> Any:
    if entries is None:
        return None
    found = tuple(one for one in map(said, entries) if one is not None)
    return None if entries and not found else found


def _task_said(one: TaskEntry) -> core.TaskEnergy | None:
    if one.effect is None or one.task is None:
        return None
    return core.TaskEnergy(
        task=one.task,
        effect=one.effect,
        label=one.label or "",
        kind=str(one.kind or ""),
        hours_spent=one.hours_spent,
        hours_wanted=one.hours_wanted,
    )


def _passion_said(one: PassionEntry) -> core.Passion | None:
    if not one.what:
        return None
    return core.Passion(
        what=one.what, facets=_filled(one.facets), signs=_filled(one.signs), learn=one.learn or ""
    )


def _strength_said(one: StrengthEntry) -> core.Strength | None:
    return core.Strength(what=one.what, works_against=one.works_against or "") if one.what else None


def _frustration_said(one: FrustrationEntry) -> core.Frustration | None:
    if not one.what or one.side is None:
        return None
    return core.Frustration(
        what=one.what,
        side=one.side,
        about=str(one.about or ""),
        taught=one.taught or Taught.UNSURE,
        with_tools=one.with_tools,
        bothers=one.bothers,
    )


def _skills(said: Mapping[str, int | None] | None) -> tuple[tuple[str, int], ...] | None:
    found = _pairs(said)
    return None if said is None or (said and not found) else found


def _tracks(said: Mapping[str, TrackEntry | None] | None) -> tuple[core.TrackAnswers, ...] | None:
    if said is None:
        return None
    found = []
    for name, entry in said.items():
        if entry is None:
            continue
        one = core.TrackAnswers(
            track=name, want=_pairs(entry.want), able=_pairs(entry.able), lose=_filled(entry.lose)
        )
        if one != core.TrackAnswers(track=name) or not entry.model_fields_set:
            found.append(one)
    return None if said and not found else tuple(found)


def _chosen(sets: Sequence[ChoiceEntry] | None) -> tuple[core.ValueChoice, ...]:
    return tuple(
        core.ValueChoice(shown=(one.shown[0], one.shown[1], one.shown[2]), most=one.most, least=one.least)
        for one in sets or ()
        if one.most is not None and one.least is not None
    )


def _filled(values: Iterable[Any] | None) -> tuple[Any, ...]:
    return tuple(value for value in values or () if value is not None and value != "")


def _pairs(said: Mapping[str, Any] | None) -> tuple[tuple[str, Any], ...]:
    return tuple((name, value) for name, value in (said or {}).items() if value is not None)


def _needs(entry: Said, name: str, right: str) -> Said:
    """Refuse an entry that says something and not what about."""
    others = (getattr(entry, one) for one in type(entry).model_fields if one != name)
    if not getattr(entry, name) and any(value is not None and value != () for value in others):
        raise misfits([((name,), f"“{name}” is empty.", right)])
    return entry


def _keys(
    entry: Said, path: tuple[str, ...], said: Mapping[str, object] | None, known: Sequence[str]
) -> Said:
    if found := list(_unknown(path, said, known)):
        raise misfits(found)
    return entry


def _unknown(
    path: tuple[str, ...], said: Mapping[str, object] | None, known: Sequence[str]
) -> Iterator[Misfit]:
    for name in said or ():
        if name not in known:
            yield (*path, name), f"“{_short(name)}” is not known here.", near(name, known)
