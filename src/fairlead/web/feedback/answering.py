"""Answering once, in secret: a paper goes into the box, a code takes it out again until the close.

Neither leaves a line in the record, a log or a message, and neither keeps a time: who answered is
nobody's business.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.debug import sensitive_variables

from fairlead.core.comment_marks import marks
from fairlead.library.schema import ItemKind
from fairlead.web import asked_in
from fairlead.web.feedback import mixing, terms
from fairlead.web.feedback.models import OPEN, USED, Seat, Survey
from fairlead.web.people.models import Person
from fairlead.web.runs.actions import Refused
from fairlead.web.vault import writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from fairlead.core.comment_marks import Mark
    from fairlead.core.released_comments import Choice
    from fairlead.library.schema import Instrument, Item, Section

COMMENT_CHARACTERS: Final = 1000
"""What a comment may have; in a paper it takes ``terms.COMMENT_BYTES`` at most."""

WRONG_CODES: Final = 10
"""Wrong codes in an hour; a code has 125 random bits, so this keeps the machine free and nothing else."""


GONE: Final = gettext_noop("your manager")
"""Whom a survey is about when their name is not here any more."""


class Standing(StrEnum):
    """What somebody who is asked can do at the moment."""

    EARLY = "not open yet"
    OPEN = "open"
    USED = "sent"
    CLOSED = "closed"
    CANCELLED = "cancelled"


TOLD: Final = {
    Standing.EARLY: gettext_lazy("This survey is not open yet."),
    Standing.USED: gettext_lazy("You have sent your answers already."),
    Standing.CLOSED: gettext_lazy("This survey is closed. Nothing can be changed any more."),
    Standing.CANCELLED: gettext_lazy("This survey was cancelled, and every answer was destroyed unread."),
}


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment to the question of that id, and what its author chose."""

    question: str
    text: str
    choice: Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One seat with all that its pages show: whom it is about, the questions, how it stands."""

    seat: Seat
    survey: Survey
    instrument: Instrument
    about: Person | None
    standing: Standing
    how: asked_in.Asked = asked_in.IN_ENGLISH

    def in_language(self, how: asked_in.Asked) -> Asked:
        """Ask the same in the language that this page has."""
        return replace(self, how=how, instrument=terms.asked_in(self.survey, how.language))

    @property
    def name(self) -> str:
        """The name that stands in the questions; empty in a pulse."""
        if self.survey.kind == Survey.Kind.PULSE:
            return ""
        return str(self.about) if self.about is not None else _(GONE)

    @property
    def only_verbatim(self) -> bool:
        """Whether there is nobody who would put comments into other words: the survey is somebody's own."""
        return self.survey.about_id is not None

    @property
    def sections(self) -> list[tuple[Section, list[Item]]]:
        """The screens with choices, each with its items."""
        found = [
            (section, [item for item in section.items if item.kind is ItemKind.CHOICE])
            for section in self.instrument.sections
        ]
        return [(section, items) for section, items in found if items]


def asked(seat: Seat) -> Asked:
    """Give a seat with its survey, its questions and how it stands today."""
    survey = Survey.objects.select_related("about__user").get(pk=seat.survey_id)
    return Asked(
        seat=seat,
        survey=survey,
        instrument=terms.instrument_of(survey),
        about=_about(survey, seat),
        standing=standing(survey, seat, timezone.localdate()),
    )


def _about(survey: Survey, seat: Seat) -> Person | None:
    if survey.kind == Survey.Kind.PULSE:
        return None
    if survey.about is not None:
        return survey.about
    try:
        number = UUID(seat.team)
    except ValueError:
        return None
    return Person.objects.select_related("user").filter(pk=number).first()


def standing(survey: Survey, seat: Seat, today: date) -> Standing:
    """Say what can be done with a seat on a day."""
    state = Survey.State
    if survey.state == state.CANCELLED:
        return Standing.CANCELLED
    if survey.state in {state.CLOSED, state.RELEASED, state.HELD} or today > survey.closes_on:
        return Standing.CLOSED
    if survey.state != state.OPEN or today < survey.opens_on:
        return Standing.EARLY
    return Standing.USED if seat.used == USED else Standing.OPEN


# --- sending, taking back -----------------------------------------------------------------------


@sensitive_variables()
@transaction.atomic
def send(actor: Person, seat: Seat, answers: Mapping[str, int | None], comments: Sequence[Comment]) -> str:
    """Put one paper into the box and give the receipt's code, which is shown once and kept nowhere.

    ``answers`` by question; what is missing, ``None`` or 0 ("I have not seen this") is no answer.
    ``Refused`` when the seat is used, or the survey is not open today.
    """
    survey, mine = _held(actor, seat, Standing.OPEN)
    code = writing.drop(survey.pk, actor.pk, paper(terms.instrument_of(survey), mine, answers, comments))
    _set(mine, USED)
    return code


@sensitive_variables("code")
@transaction.atomic
def withdraw(actor: Person, seat: Seat, code: str) -> bool:
    """Destroy the paper that this code belongs to; the seat is free again. ``False`` for a wrong code."""
    survey, mine = _held(actor, seat, Standing.USED)
    if too_many_codes(actor, survey.pk):
        raise Refused(_("These were many codes. Try again in an hour."))
    if not writing.take_back(survey.pk, actor.pk, code):
        _count_code(actor, survey.pk)
        return False
    _set(mine, OPEN)
    return True


def _held(actor: Person, seat: Seat, wanted: Standing) -> tuple[Survey, Seat]:
    """Give survey and seat as they stand, for this transaction alone; ``Refused`` if they stand otherwise.

    The survey's row is the one lock: answers to it come one after the other, and its close waits for
    them or they for it. Seats are written after the box was opened, in the order in which mixing does.
    """
    survey = Survey.objects.select_for_update(of=("self",)).get(pk=seat.survey_id)
    mine = Seat.objects.get(pk=seat.pk, owner=actor)
    found = standing(survey, mine, timezone.localdate())
    if found is not wanted:
        raise Refused(str(TOLD.get(found) or _("You have not sent anything that could be taken back.")))
    return survey, mine


def _set(seat: Seat, word: str) -> None:
    mixing.in_company(seat.pk, survey=seat.survey_id, used=word)


def too_many_codes(actor: Person, survey: UUID) -> bool:
    """Say whether this person has tried too many wrong codes in the last hour."""
    return bool(cache.get(_counter(actor, survey), 0) >= WRONG_CODES)


def _count_code(actor: Person, survey: UUID) -> None:
    key = _counter(actor, survey)
    cache.add(key, 0, timeout=3600)
    try:
        cache.incr(key)
    except ValueError:  # the hour ended between the two
        return


def _counter(actor: Person, survey: UUID) -> str:
    return f"feedback-code-{actor.pk}-{survey}"


# --- the paper ----------------------------------------------------------------------------------


def paper(
    instrument: Instrument, seat: Seat, answers: Mapping[str, int | None], comments: Iterable[Comment]
) -> dict[str, Any]:
    """Write what goes into the box: the group, the numbers in the order of the questions, the comments.

    It is as long as ``terms.paper_size`` at most where no comment takes more than ``terms.COMMENT_BYTES``.
    """
    return {
        "team": seat.team,
        "lens": seat.lens,
        "answers": [answers.get(question.id) or None for question in instrument.questions()],
        "comments": [
            {"question": one.question, "text": one.text, "choice": one.choice} for one in comments if one.text
        ],
    }


def bytes_in_paper(text: str) -> int:
    """Give the bytes that a comment takes in a paper."""
    return len(_written(text)) - 2


def _written(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


# --- looking it over ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a comment; ``why`` says what it could give away, empty where it gives nothing away."""

    text: str
    why: str = ""


def names_beside(about: Person | None) -> list[str]:
    """Give the names of everybody in the roster beside the one who is asked about."""
    people = Person.objects.filter(number__isnull=False).exclude(name="")
    if about is not None:
        people = people.exclude(pk=about.pk)
    return list(people.values_list("name", flat=True))


def pieces(text: str, names: Sequence[str]) -> list[Piece]:
    """Part a comment into what could give somebody away and what lies between."""
    found: tuple[Mark, ...] = marks(text, names=names)
    parts, at = [], 0
    for mark in found:
        parts += [Piece(text[at : mark.start]), Piece(text[mark.start : mark.end], _(mark.why))]
        at = mark.end
    return [part for part in (*parts, Piece(text[at:])) if part.text]


def digest(comments: Iterable[Comment]) -> str:
    """Give a fingerprint of comments, so that what is sent is what was looked over."""
    said = [[one.question, one.text, one.choice] for one in comments]
    return hashlib.sha256(_written(said)).hexdigest()
