"""What the person said about themselves, as other pages of this room set it beside something."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from fairlead.core import values
from fairlead.library import load
from fairlead.library.translations import ORIGINAL
from fairlead.web import asked_in
from fairlead.web.direction import reading, sittings
from fairlead.web.direction.later_sittings import today_of
from fairlead.web.direction.models import PromotionGoal

if TYPE_CHECKING:
    from fairlead.core.direction_answers import DirectionAnswers, TaskEnergy
    from fairlead.core.direction_reading import Direction, DirectionSign, ValueSide
    from fairlead.web.people.models import Person

MOST: Final = 3
"""So many of a kind stand beside something: more is a list and no reminder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Why, values and energy in the person's own words, as they stand today; empty where nothing was said."""

    why: str = ""
    values: str = ""
    energizes: tuple[str, ...] = ()
    drains: tuple[str, ...] = ()
    do_not_want: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the person has said nothing of it yet."""
        return not (self.why or self.values or self.energizes or self.drains or self.do_not_want)


def beside(person: Person) -> Beside:
    """Give what the person said of themselves, to be read beside an offer."""
    answers = sittings.answers_of(person)
    return Beside(
        why=written_why(person, answers),
        values=_values(answers),
        energizes=tuple(_tasks(answers.energy or (), sign=1)),
        drains=tuple(_tasks(answers.energy or (), sign=-1)),
        do_not_want=answers.why.do_not_want[:MOST] if answers.why else (),
    )


def written_why(person: Person, answers: DirectionAnswers) -> str:
    """Give the Why of the open promotion goal, else the one that was written without a goal."""
    goal = PromotionGoal.objects.filter(owner=person, closed_on=None).first()
    if goal is not None:
        return goal.why
    return answers.next_level.why if answers.next_level else ""


def _values(answers: DirectionAnswers) -> str:
    """Say which values come first for the person, as far as that can be said."""
    if answers.values is None or not answers.values.mine:
        return ""
    mine = values.read_side(answers.values.mine, "mine", answers.answered_on)
    if asked_in.now() == ORIGINAL:
        return mine.too_little or mine.says
    return _("Too little has been said of it yet.") if mine.too_little else _first(mine)


def _first(mine: ValueSide) -> str:
    """Say the same in the language of the page: the values that come first, in the library's words."""
    texts = load.direction_texts(asked_in.now())
    clear = [one for one in mine.scores if (one.figure.low or 0.0) > values.MIDDLE]
    clear.sort(key=lambda one: -(one.figure.value or 0.0))
    if not clear:
        return _("No value stands out for you.")
    names = ", ".join(texts.choice("value", one.value).label for one in clear)
    return _("Clearly above the middle for you: %(names)s.") % {"names": names}


def _tasks(energy: tuple[TaskEnergy, ...], *, sign: int) -> list[str]:
    """Give the tasks with the strongest effect of one sign, in words."""
    chosen = [one for one in energy if one.effect * sign > 0]
    chosen.sort(key=lambda one: -abs(one.effect))
    return [reading.in_plain_words(one).label for one in chosen[:MOST]]


def direction_of(person: Person) -> Direction:
    """Read everything the person said, also where that is nothing yet; what expired is left out (row 47)."""
    answers = sittings.answers_of(person)
    on = answers.answered_on or today_of(person).isoformat()
    return reading.direction_of(person, replace(answers, answered_on=on))


BEFORE_A_GOAL: Final = ("pushed", "expected_next_step", "treadmill")
"""The warnings that speak of where a wish to move up came from."""


def signs(person: Person) -> tuple[DirectionSign, ...]:
    """Give calm warnings about where the wish to move up came from (rows 55, 59, 91)."""
    return tuple(one for one in direction_of(person).warnings if one.id in BEFORE_A_GOAL)
