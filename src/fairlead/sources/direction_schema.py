"""What a file of direction answers may say: frozen models, each turned into the core's section.

Every question can be left empty. A section that says nothing is ``None``; written as ``{}`` or ``[]``
it was gone through and left empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Self, TypeVar

from pydantic import BeforeValidator, Field, StrictInt, model_validator

from fairlead.core import direction_answers as core
from fairlead.core.direction_answers import (
    Bearing,
    Encourager,
    Facet,
    Need,
    OwnTrack,
    Push,
    Reason,
    Sign,
    SkillSide,
    Taught,
    Value,
)  # fmt: skip
from fairlead.core.scales import NOT_MY_WORK
from fairlead.core.tracks import TRACK_ORDER
from fairlead.core.work import Kind
from fairlead.library import load
from fairlead.library.schema import Entry
from fairlead.library.wording import misfits
from fairlead.sources.direction_fields import (
    MAX_ENTRIES,
    OWN,
    AMotive,
    AValue,
    Hours,
    Step,
    Steps,
    Text,
    Texts,
    a_day,
    known_skill,
    known_task,
    near,
    short,
    this_form,
    word_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from fairlead.library.wording import Misfit

Said = TypeVar("Said", bound=Entry)


class WhyEntry(Entry):
    """``why``."""

    reasons: tuple[Annotated[Reason | None, word_of(Reason)], ...] | None = None
    main_reason: Annotated[Reason | None, word_of(Reason)] = None
    push: Annotated[Push | None, word_of(Push)] = None
    need: Annotated[Need | None, word_of(Need)] = None
    encouraged_by: tuple[Annotated[Encourager | None, word_of(Encourager)], ...] | None = None
    encouragement: Step = None
    levels_reached: Annotated[StrictInt, Field(ge=0, le=20)] | None = None
    next_level_reason: Text = None
    success: Text = None
    goals: Text = None
    want: Texts = None
    do_not_want: Texts = None
    journey: Step = None
    current_track: Annotated[OwnTrack | None, word_of(OwnTrack)] = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        named = _filled(self.encouraged_by)
        if core.nobody_beside_somebody(named):
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
            current_track=self.current_track,
        )


class ChoiceEntry(Entry):
    """One set of three values."""

    shown: Annotated[tuple[Annotated[Value, word_of(Value)], ...], Field(min_length=3, max_length=3)]
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

    task: Annotated[Annotated[str, Field(max_length=120)] | None, BeforeValidator(known_task)] = None
    effect: Annotated[StrictInt, Field(ge=-2, le=2)] | None = None
    label: Text = None
    kind: Annotated[Kind | None, word_of(Kind)] = None
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
    facets: tuple[Annotated[Facet | None, word_of(Facet)], ...] | None = None
    signs: tuple[Annotated[Sign | None, word_of(Sign)], ...] | None = None
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
    side: Annotated[SkillSide | None, word_of(SkillSide)] = None
    about: Annotated[str | None, BeforeValidator(known_skill)] = None
    taught: Annotated[Taught | None, word_of(Taught)] = None
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
    burdens: dict[str, Annotated[Bearing | None, word_of(Bearing)]] | None = None
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

    direction: Annotated[str, BeforeValidator(this_form)]
    answered_on: Annotated[str, BeforeValidator(a_day)]
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
            yield (*path, name), f"“{short(name)}” is not known here.", near(name, known)
