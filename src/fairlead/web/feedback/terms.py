"""What a survey promises: its questionnaire, its policy, its organization as it was frozen, in words too."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from django.utils.dateformat import format as in_words
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from fairlead.core.ballots import Policy
from fairlead.core.blocks import Organization, Team
from fairlead.core.released_comments import FEWEST
from fairlead.library.load import (
    instrument,
    instrument_digest,
    instrument_text,
    instruments,
    languages,
    read_yaml,
    validate,
)
from fairlead.library.schema import Asks, Instrument
from fairlead.library.translations import ORIGINAL
from fairlead.web.feedback.models import OwnInstrument, Survey

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from fairlead.core.ballots import Question

Kind = Survey.Kind

ASKS: Final = {Kind.UPWARD: Asks.ROLE, Kind.ROLE: Asks.ROLE, Kind.PULSE: Asks.PULSE}
"""Which questionnaires fit which kind of survey: about somebody's work, or about everybody's workplace."""

LENSES: Final = {"track": "Track", "tenure": "Time here"}
"""Through what everybody together may be shown beside teams; one of them, said before the launch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A questionnaire that can be asked; ``own`` is its number where the organization wrote it."""

    digest: str
    id: str
    version: str
    title: str
    asks: Asks
    minutes: int
    text: str
    own: UUID | None = None

    @property
    def instrument(self) -> Instrument:
        """Give the questionnaire itself."""
        return parsed(self.text)

    def fits(self, kind: str) -> bool:
        """Say whether a survey of this kind can ask it."""
        return ASKS[Kind(kind)] is self.asks


def offered(kind: str) -> list[Offered]:
    """Give the questionnaires that fit a kind of survey: those that ship, then the organization's own."""
    return [one for one in everything_offered() if one.fits(kind)]


def everything_offered() -> list[Offered]:
    """Give all questionnaires for surveys by title, those that ship first."""
    shipped = [shipped_one(name) for name in instruments(Asks.ROLE, Asks.PULSE)]
    own = [own_one(one) for one in OwnInstrument.objects.filter(retired_at=None)]
    return [*sorted(shipped, key=lambda one: one.title), *own]


def shipped_one(name: str) -> Offered:
    """Give one that ships; ``KeyError`` if there is none of that id."""
    return _offered(instrument(name), instrument_digest(name), instrument_text(name))


def own_one(kept: OwnInstrument) -> Offered:
    """Give one of the organization's own."""
    return _offered(parsed(kept.text), kept.digest, kept.text, own=kept.pk)


def _offered(found: Instrument, digest: str, text: str, own: UUID | None = None) -> Offered:
    return Offered(
        digest=digest,
        id=found.id,
        version=found.version,
        title=found.title,
        asks=found.asks,
        minutes=found.minutes,
        text=text,
        own=own,
    )


def digest_of(text: str) -> str:
    """Give the fingerprint of a questionnaire's text."""
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=64)
def parsed(text: str) -> Instrument:
    """Read a questionnaire that was checked when it was taken in.

    It is not set beside the questionnaire that it mirrors again: that one may have a newer version by
    now, and a survey goes on with the text that it was frozen with.
    """
    return validate(Instrument, read_yaml("questionnaire", text.encode()))


def instrument_of(survey: Survey) -> Instrument:
    """Give the questionnaire of a survey: as it was frozen, or as it is offered today for a draft.

    ``LookupError`` for a draft whose questionnaire is offered no more.
    """
    if survey.instrument_text:
        return parsed(survey.instrument_text)
    return chosen(survey).instrument


def languages_of(survey: Survey) -> tuple[str, ...]:
    """Give the languages that a survey can be answered in: those of the questionnaire it was frozen with.

    A translation that ships belongs to the words that ship. Where a survey was frozen with others, or with
    the organization's own, it is asked in those alone.
    """
    found = instrument_of(survey)
    ships = found.id in instruments() and found == instrument(found.id)
    return languages(found.id) if ships else (ORIGINAL,)


def asked_in(survey: Survey, language: str) -> Instrument:
    """Give the questionnaire of a survey in one of its languages; ids, order and numbers are the same."""
    found = instrument_of(survey)
    return instrument(found.id, language) if language in languages_of(survey)[1:] else found


def chosen(survey: Survey) -> Offered:
    """Give the questionnaire that a draft names; ``LookupError`` where it is offered no more."""
    there = offered(survey.kind)
    same = [one for one in there if one.digest == survey.instrument_digest]
    # One that ships may have a newer text since the draft was written: there is one of each.
    named = [one for one in there if one.id == survey.instrument and one.own is None]
    for one in (*same, *named):
        return one
    raise LookupError(f"The questionnaire “{survey.instrument}” is offered no more.")


def policy_of(survey: Survey, questions: tuple[Question, ...] | None = None) -> Policy:
    """Give the rules of a survey as a release takes them."""
    return Policy(
        survey=str(survey.pk),
        family=survey.family,
        closed_on=survey.closes_on,
        questions=instrument_of(survey).questions() if questions is None else questions,
        kind="pulse" if survey.kind == Kind.PULSE else "upward",
        k=survey.k,
        lens=survey.lens,
    )


def organization_of(survey: Survey) -> Organization:
    """Give the organization as it stood when the survey was frozen; ``ValueError`` for a draft."""
    kept = survey.organization
    if kept is None:
        raise ValueError("A survey that is still being prepared has no organization.")
    teams = (Team(id=one["id"], above=one["above"], members=tuple(one["members"])) for one in kept["teams"])
    return Organization(teams=tuple(teams), alone=tuple(kept["alone"]))


def kept(organization: Organization) -> dict[str, object]:
    """Give an organization as a survey keeps it."""
    teams = [{"id": one.id, "above": one.above, "members": list(one.members)} for one in organization.teams]
    return {"teams": teams, "alone": list(organization.alone)}


COMMENT_BYTES: Final = 3_000
"""Room in the box for one comment: a thousand characters of nearly every script."""


def paper_size(instrument: Instrument) -> int:
    """Say how many bytes a paper with all questions answered and all comments written has at most."""
    answers = 5 * len(instrument.questions())
    comments = (COMMENT_BYTES + 120) * len(instrument.comment_items())
    return 300 + answers + comments


def spoken(day: date) -> str:
    """Give a day in words."""
    return in_words(day, _("j F Y"))


def begun(words: str) -> str:
    """Begin a sentence with a capital letter, whatever was put in at its beginning."""
    return words[:1].upper() + words[1:]


def promise(survey: Survey) -> tuple[str, str, str]:
    """Say before the first question who will see what, from how many, and what nobody ever sees."""
    return _who(survey), _how_many(survey), _(NOBODY)


NOBODY: Final = gettext_noop(
    "Nobody ever sees one person's answers, or who answered; what no rule can prevent is that people tell "
    "what they said, that somebody recognizes a way of writing, or that a court gives an order to those who "
    "run this server while the survey is open."
)

BY_LENS: Final = {
    "": "",
    "track": gettext_noop(", of everybody together also by track"),
    "tenure": gettext_noop(", of everybody together also by time here"),
}


def _who(survey: Survey) -> str:
    if survey.about is not None and survey.kind == Kind.UPWARD:
        return _(
            "Only %(name)s reads the figures and the comments, and may show the figures to the team; nobody "
            "above them and nobody in people operations does."
        ) % {"name": survey.about}
    if survey.about is not None:
        return _(
            "Only %(name)s reads the figures and the comments, and may show the figures to those who were "
            "asked; nobody above them and nobody in people operations does."
        ) % {"name": survey.about}
    if survey.kind == Kind.UPWARD:
        return _(
            "Your manager reads the figures of your team and the comments you let them read; those above "
            "read figures of several teams together; people operations read all figures, and the comments "
            "you want in other words or kept from your manager."
        )
    return _(
        "Everybody who is asked reads the figures of all together; managers read those of their team and of "
        "everybody below them; people operations read all figures; each comment reaches whom you choose."
    )


def _how_many(survey: Survey) -> str:
    lens = BY_LENS[survey.lens]
    return _(
        "Every figure stands for the answers of %(k)s people or more%(lens)s, and a comment is shown only "
        "where %(fewest)s or more answered; nothing is counted before the survey has closed on %(day)s, and "
        "nothing changes afterwards."
    ) % {
        "k": survey.k,
        "lens": _(lens) if lens else "",
        "fewest": max(FEWEST, survey.k),
        "day": spoken(survey.closes_on),
    }
