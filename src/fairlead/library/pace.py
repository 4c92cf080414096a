"""How long asking takes: so many seconds for each kind of question, the same for every questionnaire.

The seconds are an assumption that was tried and not a measurement: a newcomer who read every word needed
5 to 6 minutes for what the rule counts as 347 seconds, and 6 to 8 for what it counts as 432
(``docs/methods/questionnaires.md``). Nothing that is asked in one sitting takes more than
:data:`MOST_MINUTES`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fairlead.library.direction import Question
    from fairlead.library.schema import Instrument

MOST_MINUTES: Final = 5
"""No sitting takes longer, whatever is asked in it."""

SECONDS: Final = {
    "screen": 3,
    "choice": 6,
    "number": 8,
    "most_and_least": 9,
    "date": 10,
    "many": 12,
    "line": 20,
    "text": 30,
    "register": 45,
    "thought": 50,
    "lines": 60,
    "task_list": 60,
}
"""Seconds for one question, read and answered, by its kind.

``most_and_least`` is both choices among the same three, ``line`` a few words, ``text`` a remark that many
leave empty, ``thought`` own words about oneself, ``lines`` a list of one's own, ``task_list`` ticking among
all the tasks there are.
"""

_BY_KIND: Final = {
    "text": "thought", "lines": "lines", "count": "number", "hours": "number", "role": "line",
    "competency": "choice",
}  # fmt: skip


def of(*kinds: str) -> int:
    """Add up the seconds of some kinds of questions.

    Examples
    --------
    >>> of("screen", "choice", "choice")
    15
    """
    return sum(SECONDS[kind] for kind in kinds)


def kind_of(question: Question) -> str:
    """Give the kind by which a question of direction is counted."""
    if question.kind == "choice":
        return "many" if question.many else "choice"
    return _BY_KIND[question.kind]


def of_screen(questions: Iterable[Question]) -> int:
    """Give the seconds of one screen with these questions of direction."""
    return of("screen", *map(kind_of, questions))


def of_instrument(instrument: Instrument) -> int:
    """Give the seconds of a whole questionnaire."""
    return of(*("screen" for _ in instrument.sections), *(str(item.kind) for item in instrument.items))


def minutes(seconds: float) -> int:
    """Give whole minutes that are enough for so many seconds; at least one.

    Examples
    --------
    >>> minutes(240), minutes(241), minutes(0)
    (4, 5, 1)
    """
    return max(1, -int(-seconds // 60))
