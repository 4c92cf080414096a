"""What stands in an instrument: frozen models of its parts, each checked for itself."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
)

from fairlead.core.ballots import Question
from fairlead.core.scales import NOT_MY_WORK, ItemPair, NumberItem, Scale, ScaleItem
from fairlead.core.work import LABELS, Aspect, Competency, HighPayoff, Kind, Trait
from fairlead.library.wording import not_right

NOT_MINE: Final = "Not part of my work"
NOT_SEEN: Final = "I have not seen this"
"""What the answer that does not count is called, of oneself and of others."""

NAME: Final = "{name}"
"""Stands in an instrument about somebody's work for that person's name."""

LAST_ROW: Final = 194
"""Rows of the requirements are numbered 1 to 194 for ever."""

READINGS: Final[dict[str, str]] = {
    "symptoms": "Signs of a rut",
    "balance": "Balance with life outside work",
    "mechanics": "The mechanics of the job",
    "ahead": "Getting ahead of the cycle",
    "high_payoff": "High-payoff work",
    "warning.managing": "Signs of too much managing",
    "warning.leading": "Signs of too much leading",
    "traits.beside": "The ten traits, beside a manager I have in mind",
    "traits.me": "The ten traits, in me",
    "traits.them": "The ten traits, in a manager I have in mind",
    "boss": "Boss or leader",
    "style.vision": "Leading by vision and depth in the craft",
    "style.clearing": "Leading by clearing the way",
    "loved_work": "Work you love",
    "hours": "Where hours go",
    "decision": "A decision with a date",
    "team": "What the team needs",
    "own": "Own question",
    "informal_leadership": "Leading without being asked to",
    "determination": "Determination and resourcefulness",
    "multiplier.growing": "People grow",
    "multiplier.backing": "People are backed",
    "multiplier.room": "People have room",
    "multiplier.strengths": "What people can do is used",
    "motive.advancement": "Getting on",
    "motive.developing_people": "Helping people to grow",
    "motive.influence": "Having a say",
    "motive.organization": "The good of the whole",
    "motive.expectation": "What others expect",
    "technical": "The subject",
    "people": "People",
    "people.under_stress": "People, under stress",
    "pulse.safety": "Safe to speak",
    "pulse.alignment": "Pulling one way",
    "pulse.discussion": "Discussing, not gossiping",
    "pulse.purpose": "Work with a purpose",
    "pulse.bench": "Who would want to lead",
    "pulse.leadership_culture": "Leading is everybody's",
    "pulse.initiative": "Taking things up",
    "pulse.change": "Open to change",
    "pulse.order": "Work that runs as agreed",
    "pulse.consistency": "Steady work counts",
    "pulse.promotion": "Who moves up",
    "pulse.reasons": "Reasons are given",
    "pulse.same_rules": "The same rules for all",
    "pulse.drawing_back": "Drawing back",
}
"""What scales and items can be about besides the words of :mod:`fairlead.core.work`."""

ABOUT: Final[dict[str, str]] = {
    **{word: LABELS[word] for words in (Kind, Competency, HighPayoff, Trait) for word in words},
    **{
        f"{aspect}.{style}": f"{LABELS[aspect]}, the {style} style"
        for aspect in Aspect
        for style in ("leading", "managing")
    },
    **READINGS,
}
"""Every word that ``about`` may hold, with its plain words."""


class Entry(BaseModel):
    """Frozen, and refusing names that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def matching(pattern: str, right: str) -> tuple[Any, Any]:
    """Annotate text that has to look like the pattern, with words on what would be right."""

    def check(text: str) -> str:
        if re.fullmatch(pattern, text) is None:
            shown = text if len(text) <= 60 else f"{text[:57]}…"
            raise not_right(f"“{shown}” cannot stand here.", right)
        return text

    return AfterValidator(check), Field(json_schema_extra={"pattern": f"^{pattern}$"})


def _written_number(value: object) -> object:
    """Give a number back as it was written; the reader keeps those that would lose a zero as text."""
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def _known_about(word: str) -> str:
    if word not in ABOUT:
        raise not_right(f"“{word}” is not a word of the vocabulary.", f"Known: {', '.join(ABOUT)}.")
    return word


_ID_CHECK: Final = matching(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*", "Use small letters, digits, - and _.")
_DOI_CHECK: Final = matching(
    r"10\.\d{4,9}/\S+", "A DOI begins with 10. and has a slash, like 10.1086/705331."
)
_VERSION_CHECK: Final = matching(r"\d+(?:\.\d+){0,2}", "A version is a number like 1 or 1.2.")
_LANGUAGE_CHECK: Final = matching(
    r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", "A language is a code like en or pt-BR."
)

Id = Annotated[str, Field(min_length=1, max_length=48), *_ID_CHECK]
Doi = Annotated[str, Field(max_length=120), *_DOI_CHECK]
Version = Annotated[str, BeforeValidator(_written_number), *_VERSION_CHECK]
Language = Annotated[str, *_LANGUAGE_CHECK]
Word = Annotated[str, AfterValidator(_known_about), Field(json_schema_extra={"enum": list(ABOUT)})]
Row = Annotated[int, Field(ge=1, le=LAST_ROW)]
Short = Annotated[str, Field(min_length=1, max_length=120)]
Line = Annotated[str, Field(min_length=1, max_length=300)]
Passage = Annotated[str, Field(min_length=1, max_length=1500)]


class Asks(StrEnum):
    """Whom an instrument is asked of: oneself, others about one person's work, everybody about theirs."""

    SELF = "self"
    ROLE = "role"
    PULSE = "pulse"


class ItemKind(StrEnum):
    """How an item is answered."""

    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    REGISTER = "register"
    MANY = "many"


class Better(StrEnum):
    """Which end of a scale a person would rather be at."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Research(Entry):
    """A publication that items lean on."""

    cite: Line
    doi: Doi


class Option(Entry):
    """One answer of a choice, in words."""

    value: int = Field(ge=1, le=11)
    label: Short


class Preset(Entry):
    """A ready entry of a register, or one of many to tick."""

    id: Id
    label: Line
    about: Word | None = None


class Item(Entry):
    """One question. ``options`` names a set of the instrument; rows and research say where it is from.

    ``unit`` is a word that scoring goes by; ``unit_label`` is what people read, in each language.
    """

    id: Id
    text: Line
    kind: ItemKind = ItemKind.CHOICE
    help: Annotated[str, Field(max_length=300)] = ""
    options: Id | None = None
    scales: tuple[Id, ...] = ()
    reverse: StrictBool = False
    may_not_be_mine: StrictBool = False
    low: float | None = None
    high: float | None = None
    unit: Annotated[str, Field(max_length=40)] = ""
    unit_label: Annotated[str, Field(max_length=40)] = ""
    presets: tuple[Preset, ...] = ()
    about: Word | None = None
    rows: tuple[Row, ...] = Field(min_length=1)
    research: tuple[Id, ...] = ()


class Section(Entry):
    """One screen: one idea and its items."""

    id: Id
    title: Short
    intro: Annotated[str, Field(max_length=600)] = ""
    items: tuple[Item, ...] = Field(min_length=1)


class ScaleEntry(Entry):
    """A scale: what it is about, how many answers it needs, and which end is better.

    ``spread`` is the standard deviation to expect among one person's answers within the scale, as a
    share of the range of its options; intervals start from it.
    """

    id: Id
    label: Short
    about: Word
    min_answered: int = Field(ge=1)
    better: Better = Better.NEITHER
    spread: float = Field(default=0.2, gt=0, lt=1)
    says: Line


class PairEntry(Entry):
    """Oneself beside somebody in mind: two items asked alike, or one that compares the two outright."""

    about: Word
    mine: Id | None = None
    theirs: Id | None = None
    beside: Id | None = None


def _not_mine(said: dict[str, Any]) -> str:
    return NOT_MINE if said.get("asks", Asks.SELF) is Asks.SELF else NOT_SEEN


class InstrumentParts(Entry):
    """An instrument before it is held against itself: every field and what follows from them."""

    id: Id
    version: Version
    title: Short
    purpose: Passage
    period: Line
    privacy: Passage
    source: Passage
    licence: Short
    languages: tuple[Language, ...] = Field(min_length=1)
    expires_after_days: int = Field(ge=1, le=730)
    minutes: int = Field(ge=1, le=60)
    measured: Annotated[str, Field(max_length=300)] = ""
    asks: Asks = Asks.SELF
    mirrors: Id | None = None
    not_mine: Short = Field(default_factory=_not_mine)
    research: dict[Id, Research]
    options: dict[Id, tuple[Option, ...]]
    scales: tuple[ScaleEntry, ...]
    pairs: tuple[PairEntry, ...] = ()
    sections: tuple[Section, ...] = Field(min_length=1)

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item, in the order of the screens."""
        return tuple(item for section in self.sections for item in section.items)

    def item(self, item_id: str) -> Item:
        """Give the item of that id; ``KeyError`` if there is none."""
        for found in self.items:
            if found.id == item_id:
                return found
        raise KeyError(item_id)

    def choices(self, item: Item) -> tuple[tuple[float, str], ...]:
        """Give the answers of a choice item as number and words; 0 is ``not_mine``, which never counts."""
        if item.options is None:
            return ()
        offered = tuple((float(option.value), option.label) for option in self.options[item.options])
        return (*offered, (NOT_MY_WORK, self.not_mine)) if item.may_not_be_mine else offered

    def scoring(self) -> tuple[Scale, ...]:
        """Give the scales as the core scores them."""
        return tuple(self._scale(entry) for entry in self.scales)

    def compared(self) -> tuple[ItemPair, ...]:
        """Give the pairs as the core compares them."""
        return tuple(self._pair(pair) for pair in self.pairs)

    def counted(self) -> tuple[NumberItem, ...]:
        """Give the items answered with a number of their own, and choices that stand alone."""
        return tuple(
            NumberItem(id=item.id, label=item.text, about=item.about or "own", unit=item.unit or "option")
            for item in self.items
            if item.kind is ItemKind.NUMBER or (item.kind is ItemKind.CHOICE and not item.scales)
        )

    def questions(self) -> tuple[Question, ...]:
        """Give the choice items in order as a release counts them; ``not_mine`` is no answer there."""
        return tuple(
            Question(id=item.id, lowest=offered[0].value, highest=offered[-1].value)
            for item in self.items
            if item.kind is ItemKind.CHOICE and (offered := self.options[item.options or ""])
        )

    def comment_items(self) -> tuple[Item, ...]:
        """Give the items that are answered in own words, in order."""
        return tuple(item for item in self.items if item.kind is ItemKind.TEXT)

    def worded(self, item: Item, name: str) -> str:
        """Give the text of an item with the name of the person it is about."""
        return self.with_name(item.text, name)

    @staticmethod
    def with_name(text: str, name: str) -> str:
        """Put the name of the person asked about into any words of an instrument."""
        return text.replace(NAME, name)

    def _pair(self, pair: PairEntry) -> ItemPair:
        offered = self.options[self.item(pair.beside).options or ""] if pair.beside else ()
        return ItemPair(
            about=pair.about,
            label=ABOUT[pair.about],
            mine=pair.mine or "",
            theirs=pair.theirs or "",
            beside=pair.beside or "",
            middle=(len(offered) + 1) / 2 if offered else 0.0,
        )

    def _scale(self, entry: ScaleEntry) -> Scale:
        items = [item for item in self.items if entry.id in item.scales]
        options = self.options[items[0].options or ""]
        return Scale(
            id=entry.id,
            label=entry.label,
            about=entry.about,
            items=tuple(ScaleItem(id=item.id, reverse=item.reverse) for item in items),
            low_option=float(options[0].value),
            high_option=float(options[-1].value),
            min_answered=entry.min_answered,
            better=entry.better.value,
            spread=entry.spread,
        )
