"""Reading the leaders somebody has had, and the rules that came of them (rows 85, 118)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairlead.web.growth.models import Leader

if TYPE_CHECKING:
    from fairlead.web.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line out of what somebody has seen, and from whom they have it."""

    text: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What somebody keeps, and what they never want to repeat."""

    keep: tuple[Rule, ...]
    never: tuple[Rule, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is none."""
        return not (self.keep or self.never)


def leaders(person: Person) -> list[Leader]:
    """Give the leaders, in the order in which they were written down."""
    return list(Leader.objects.filter(owner=person))


def rules(found: list[Leader]) -> Rules:
    """Put together what is kept and what is never repeated; the same line of two leaders stands once."""
    return Rules(keep=_lines(found, "keep"), never=_lines(found, "never"))


def _lines(found: list[Leader], which: str) -> tuple[Rule, ...]:
    seen: dict[str, Rule] = {}
    for one in found:
        for text in getattr(one, which):
            seen.setdefault(text.casefold(), Rule(text=text, label=one.label))
    return tuple(seen.values())
