"""What fits one sitting of five minutes: a section is asked in one stretch, or in several that stand alone.

Every number of minutes on a page is counted here, from the questions, by ``library.pace``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from fairlead.core import value_sets
from fairlead.library import load, pace

if TYPE_CHECKING:
    from collections.abc import Callable

WHY: Final = (
    (gettext_noop("Why this job"), ("current_track", "reasons", "main_reason")),
    (gettext_noop("Where the wish came from"), ("push", "encouraged_by", "encouragement")),
    (gettext_noop("Level after level"), ("need", "levels_reached", "next_level_reason", "journey")),
    (gettext_noop("What a good working life is to you"), ("success", "goals")),
    (gettext_noop("Two lists"), ("do_not_want", "want")),
)
"""The screens of the section on why somebody works, each with its questions."""

IN_SEVERAL: Final = ("why",)
"""Sections that are asked in more than one sitting."""

AT_ONCE: Final = {"energy": 8, "passions": 3, "strengths": 4, "motives": 6}
"""So many new things fit into one sitting of a section that is a list; more follow in another one."""

ON_ONE_SCREEN: Final = 4
"""Tasks on one screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What is asked in one sitting: the screens from ``first`` to ``last``, all of them where that is 0."""

    number: int
    title: str
    seconds: int
    names: tuple[str, ...] = ()
    first: int = 1
    last: int = 0

    @property
    def minutes(self) -> int:
        """The minutes that it takes at most."""
        return pace.minutes(self.seconds)

    def holds(self, number: int) -> bool:
        """Whether a screen belongs to it."""
        return self.first <= number and (not self.last or number <= self.last)


def stretches_of(section: str) -> tuple[Stretch, ...]:
    """Give the stretches of a section in the order of asking; most sections have one."""
    if section in IN_SEVERAL:
        return (
            _of_why(1, _("Why this job, and where the wish to move up came from"), first=1, last=3),
            _of_why(2, _("What a good working life is to you, and what you want"), first=4, last=5),
        )
    title = load.direction_texts().section(section).title
    return (Stretch(number=1, title=title, seconds=_SECONDS[section]()),)


def unanswered(section: str, content: Any) -> tuple[Stretch, ...]:
    """Give the stretches of a section that has several of which nothing was answered yet."""
    if section not in IN_SEVERAL:
        return ()
    there = stretches_of(section)
    return tuple(one for one in there if not any(name in (content or {}) for name in one.names))


def minutes_say(section: str) -> str:
    """Say how long the sittings of a section take at most."""
    there = stretches_of(section)
    if len(there) == 1:
        return _("at most %(minutes)s minutes") % {"minutes": there[0].minutes}
    each = _(" and ").join(str(one.minutes) for one in there)
    return _("%(count)s sittings, at most %(each)s minutes") % {"count": len(there), "each": each}


def stretch_at(section: str, number: int) -> Stretch:
    """Give the stretch that a screen belongs to."""
    return next(one for one in stretches_of(section) if one.holds(number))


def _of_why(number: int, title: str, *, first: int, last: int) -> Stretch:
    texts = load.direction_texts()
    asked = [names for _heading, names in WHY[first - 1 : last]]
    seconds = sum(pace.of_screen(texts.question("why", name) for name in names) for names in asked)
    every = tuple(name for names in asked for name in names)
    return Stretch(number=number, title=title, seconds=seconds, names=every, first=first, last=last)


def _values() -> int:
    """Both sides with every set there is, then what the company says of itself."""
    one_set = pace.of("screen", "most_and_least")
    return 2 * len(value_sets.designs()) * one_set + pace.of("screen", "many")


def _energy() -> int:
    """Ticking and own tasks, then what each of the tasks gives or takes, and its hours."""
    tasks = AT_ONCE["energy"]
    screens = 1 + -(-tasks // ON_ONE_SCREEN)
    one = pace.of("choice", "number", "number")
    return pace.of("task_list", "text", *["screen"] * screens) + tasks * one


def _entries(section: str, names: tuple[str, ...]) -> int:
    """One screen of things: what each is, in a few words, then the other questions about it."""
    texts = load.direction_texts()
    kinds = ["line", *(pace.kind_of(texts.question(section, name)) for name in names[1:])]
    return pace.of("screen") + AT_ONCE[section] * pace.of(*kinds)


_SECONDS: Final[dict[str, Callable[[], int]]] = {
    "values": _values,
    "energy": _energy,
    "passions": lambda: _entries("passions", ("what", "facets", "signs", "learn")),
    "strengths": lambda: _entries("strengths", ("what", "works_against")),
    "motives": lambda: (
        _entries("motives", ("own", "motive")) + pace.of_instrument(load.instrument("motives"))
    ),
    "skills": lambda: pace.of_instrument(load.instrument("two-sides")),
}
