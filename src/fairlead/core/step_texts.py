"""The words that an audit needs and does not write itself: steps, stages, aspects, warnings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, slots=True, kw_only=True)
class StepText:
    """One step that can be done next week: what to do, and how one would notice that it worked.

    ``about`` is a competency, a kind of work, a part of the rut check or ``"start"``. ``needs`` is
    empty or ``"reports"``: the step is for people who have reports.
    """

    id: str
    about: str
    title: str
    does: str
    shows: str
    rows: tuple[int, ...]
    research: tuple[str, ...] = ()
    needs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageText:
    """One stretch of the way out; ``about`` is a part of the rut check, or empty for everybody."""

    id: str
    about: str
    title: str
    does: str
    shows: str
    rows: tuple[int, ...]
    research: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AspectText:
    """What to say of one aspect for each leaning, and what happens when it lasts.

    The keys of both mappings are the leanings of ``AspectReading``; ``even`` and ``unknown`` have
    nothing that could last.
    """

    aspect: str
    says: dict[str, str]
    if_it_lasts: dict[str, str]
    rows: tuple[int, ...]
    research: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningText:
    """Title and sentence of one warning."""

    id: str
    title: str
    says: str
    rows: tuple[int, ...]
    research: tuple[str, ...] = ()


Entry = TypeVar("Entry", StepText, StageText, WarningText)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTexts:
    """All words of the audit, checked by the library when it reads them."""

    steps: tuple[StepText, ...]
    stages: tuple[StageText, ...]
    aspects: tuple[AspectText, ...]
    warnings: tuple[WarningText, ...]

    def step(self, step_id: str) -> StepText:
        """Return the step of that id; ``KeyError`` if there is none."""
        return _named(self.steps, step_id)

    def stage(self, stage_id: str) -> StageText:
        """Return the stage of that id; ``KeyError`` if there is none."""
        return _named(self.stages, stage_id)

    def warning(self, warning_id: str) -> WarningText:
        """Return the warning of that id; ``KeyError`` if there is none."""
        return _named(self.warnings, warning_id)

    def aspect(self, name: str) -> AspectText:
        """Return the words of that aspect; ``KeyError`` if there are none."""
        for found in self.aspects:
            if found.aspect == name:
                return found
        raise KeyError(name)

    def step_for(self, about: str, *, reports: bool) -> StepText:
        """Return the step about that word which fits somebody with or without reports."""
        fitting = [step for step in self.steps if step.about == about and (reports or not step.needs)]
        if not fitting:
            raise KeyError(about)
        return max(fitting, key=lambda step: bool(step.needs))


def _named(entries: tuple[Entry, ...], name: str) -> Entry:
    for found in entries:
        if found.id == name:
            return found
    raise KeyError(name)
