"""Read the authored words of the audit: next steps, stages of the way out, aspects and warnings."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from fairlead.core.imbalance import SIGNS
from fairlead.core.next_step import SIGN_STEPS
from fairlead.core.rut import PARTS
from fairlead.core.step_texts import AspectText, StageText, StepText, StepTexts, WarningText
from fairlead.core.time_signs import TIME_SIGNS
from fairlead.core.work import Aspect, Competency, Kind
from fairlead.library.crosschecks import doubles, loose_research
from fairlead.library.load import shipped, validate
from fairlead.library.schema import ABOUT, Entry, Id, Line, Passage, Research, Row, Short
from fairlead.library.wording import misfits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fairlead.library.wording import Misfit

LEANINGS: Final = frozenset({"leading", "managing", "both", "neither", "even", "unknown"})
LASTING: Final = frozenset({"leading", "managing", "both", "neither"})
SPECIAL_STEPS: Final = frozenset({
    "start_calendar", "sort_unclear", "name_role", "answer_role_audit", "keep", "firefighting", "doing",
    *(f"rut_{part}" for part in PARTS), *SIGN_STEPS.values(),
})  # fmt: skip
"""Steps that the rule asks for by name."""

SPECIAL_STAGES: Final = frozenset({"hold", "look_around", "decide", "high_payoff", "check_again", *PARTS})

Rows = Annotated[tuple[Row, ...], Field(min_length=1)]
Keys = Annotated[tuple[Id, ...], Field(min_length=1)]


class StepEntry(Entry):
    """One step; ``needs`` is empty or ``reports``."""

    id: Id
    about: Line
    title: Short
    does: Passage
    shows: Line
    rows: Rows
    research: Keys
    needs: Literal["", "reports"] = ""


class StageEntry(Entry):
    """One stage of the way out."""

    id: Id
    about: Annotated[str, Field(max_length=48)]
    title: Short
    does: Passage
    shows: Line
    rows: Rows
    research: Keys


class AspectEntry(Entry):
    """What to say of one aspect, by leaning."""

    aspect: Aspect
    rows: Rows
    research: Keys
    says: dict[str, Line]
    if_it_lasts: dict[str, Line]


class WarningEntry(Entry):
    """Title and sentence of one warning."""

    id: Id
    title: Short
    says: Passage
    rows: Rows
    research: Keys


Leaning = StepEntry | StageEntry | AspectEntry | WarningEntry


class StepFile(Entry):
    """``steps.yaml``."""

    research: dict[Id, Research]
    steps: tuple[StepEntry, ...]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        known = {"start", *ABOUT}
        found = [
            *doubles("steps", [step.id for step in self.steps]),
            *_missing("steps", SPECIAL_STEPS, [step.id for step in self.steps]),
            *_missing(
                "steps",
                [*Competency, Kind.DOING, Kind.FIREFIGHTING],
                [step.about for step in self.steps if not step.needs],
            ),
            *loose_research(_at("steps", self.steps), self.research),
            *(
                (
                    ("steps", i, "about"),
                    f"“{step.about}” is not a word of the vocabulary.",
                    "Use one that is.",
                )
                for i, step in enumerate(self.steps)
                if step.about not in known
            ),
        ]
        if found:
            raise misfits(found)
        return self


class StageFile(Entry):
    """``stages.yaml``."""

    research: dict[Id, Research]
    stages: tuple[StageEntry, ...]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        names = [stage.id for stage in self.stages]
        found = [
            *doubles("stages", names),
            *_missing("stages", SPECIAL_STAGES, names),
            *loose_research(_at("stages", self.stages), self.research),
            *(
                (
                    ("stages", i, "about"),
                    f"“{stage.about}” is not a word of the vocabulary.",
                    "Use one that is.",
                )
                for i, stage in enumerate(self.stages)
                if stage.about and stage.about not in ABOUT
            ),
        ]
        if found:
            raise misfits(found)
        return self


class ImbalanceFile(Entry):
    """``imbalance.yaml``."""

    research: dict[Id, Research]
    aspects: tuple[AspectEntry, ...]
    warnings: tuple[WarningEntry, ...]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        aspects, signs = [one.aspect for one in self.aspects], [one.id for one in self.warnings]
        found = [
            *doubles("aspects", aspects),
            *_missing("aspects", Aspect, aspects),
            *doubles("warnings", signs),
            *_missing("warnings", {**SIGNS, **TIME_SIGNS}, signs),
            *loose_research([*_at("warnings", self.warnings), *_at("aspects", self.aspects)], self.research),
        ]
        for i, one in enumerate(self.aspects):
            for key, needed in (("says", LEANINGS), ("if_it_lasts", LASTING)):
                if set(getattr(one, key)) != needed:
                    right = f"It has one sentence for each of {', '.join(sorted(needed))}."
                    found.append((("aspects", i, key), f"“{one.aspect}” has other leanings.", right))
        if found:
            raise misfits(found)
        return self


@cache
def step_texts() -> StepTexts:
    """Give the shipped words, checked."""
    steps, stages, imbalance = _files()
    return StepTexts(
        steps=tuple(StepText(**one.model_dump()) for one in steps.steps),
        stages=tuple(StageText(**one.model_dump()) for one in stages.stages),
        aspects=tuple(
            AspectText(**{**one.model_dump(), "aspect": one.aspect.value}) for one in imbalance.aspects
        ),
        warnings=tuple(WarningText(**one.model_dump()) for one in imbalance.warnings),
    )


@cache
def research() -> dict[str, Research]:
    """Give the publications that the words lean on, by key."""
    return {key: one for file in _files() for key, one in file.research.items()}


def _files() -> tuple[StepFile, StageFile, ImbalanceFile]:
    return (
        validate(StepFile, shipped("steps/steps.yaml")),
        validate(StageFile, shipped("steps/stages.yaml")),
        validate(ImbalanceFile, shipped("steps/imbalance.yaml")),
    )


def _missing(where: str, needed: Iterable[str], there: Iterable[str]) -> Iterator[Misfit]:
    lacking = sorted(set(needed) - set(there))
    if lacking:
        yield (where,), f"Missing: {', '.join(lacking)}.", "The audit asks for each of them."


def _at(where: str, entries: Sequence[Leaning]) -> list[tuple[tuple[str, int], tuple[str, ...]]]:
    return [((where, i), entry.research) for i, entry in enumerate(entries)]
