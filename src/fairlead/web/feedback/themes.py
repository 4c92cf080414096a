"""Themes: what people operations put into other words, because the authors of comments wanted that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction

from fairlead.web import release, trail
from fairlead.web.feedback import terms
from fairlead.web.feedback.models import Report, Survey, Theme
from fairlead.web.runs.actions import Refused
from fairlead.web.vault import house

if TYPE_CHECKING:
    from uuid import UUID

    from fairlead.web.people.models import Person

WHERE: Final = "Theme.text"

LONGEST: Final = 500

MOST: Final = 30

FEWEST_WORDS: Final = 4
"""So many words in a row out of a comment are its author's own way of putting it."""

TELLS: Final = (
    "These are words of a comment, in the same order: “{words}”. Its author wanted other words; say what "
    "several people mean, as you would say it."
)
NOBODY_WANTS: Final = "No comment here is meant for a theme."
NOBODY_READS: Final = (
    "These comments are not about one person who reads this report: nobody would read a theme."
)
GONE: Final = "This theme is not here any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A theme, opened."""

    pk: UUID
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Comments under the question they answer: those for a theme, and those kept from whom it is about."""

    question: str
    for_themes: tuple[str, ...]
    not_for_them: tuple[str, ...]


def has_reader(report: Report) -> bool:
    """Say whether comments and themes of a report are for whom it is about.

    What small teams wrote about their managers stands with the organization above them, so that ten
    people are behind it; whoever leads that organization is not whom it was written about.
    """
    if report.about_id is None:
        return False
    return report.reach == Report.Reach.TEAM or report.survey.kind == Survey.Kind.PULSE


def of(report: Report) -> list[Written]:
    """Give the themes of a report, in the order in which they were written."""
    return [Written(pk=one.pk, text=_open(one)) for one in report.themes.all()]


def one_of(report: Report, pk: UUID) -> Written | None:
    """Give one theme of this report, and of no other."""
    found = report.themes.filter(pk=pk).first()
    return None if found is None else Written(pk=found.pk, text=_open(found))


def comments(report: Report) -> list[Kept]:
    """Give the comments for people operations by question, in the order in which they were released."""
    instrument = terms.instrument_of(report.survey)
    name = str(report.about) if report.about else ""
    asked = {item.id: instrument.worded(item, name) for item in instrument.items}
    found: dict[str, list[dict[str, str]]] = {}
    for one in release.others_comments_of(report):
        found.setdefault(one["question"], []).append(one)
    return [
        Kept(
            question=asked.get(question, "In own words"),
            for_themes=tuple(one["text"] for one in told if one["choice"] == "themes"),
            not_for_them=tuple(one["text"] for one in told if one["choice"] != "themes"),
        )
        for question, told in found.items()
    ]


@transaction.atomic
def write(person: Person, report: Report, text: str) -> None:
    """Write a theme; refused where it holds a comment's own words."""
    _check(report, text)
    if report.themes.count() >= MOST:
        raise Refused(f"{MOST} themes are enough for anybody to read. Put two of them together.")
    made = Theme.objects.create(report=report, written_by=person, text=house.seal(text, where=WHERE))
    trail.record(person, "write_theme", made, subject=report.about)


@transaction.atomic
def change(person: Person, report: Report, pk: UUID, text: str) -> None:
    """Say a theme in other words."""
    _check(report, text)
    kept = _kept(report, pk)
    kept.text = house.seal(text, where=WHERE)
    kept.save(update_fields=["text"])
    trail.record(person, "change_theme", kept, subject=report.about)


@transaction.atomic
def remove(person: Person, report: Report, pk: UUID) -> None:
    """Take a theme away."""
    kept = _kept(report, pk)
    trail.record(person, "delete_theme", kept, subject=report.about)
    kept.delete()


def _kept(report: Report, pk: UUID) -> Theme:
    found = report.themes.select_for_update().filter(pk=pk).first()
    if found is None:
        raise Refused(GONE)
    return found


def _check(report: Report, text: str) -> None:
    """Refuse what is not in other words: also of comments that were kept from whom it is about."""
    if not has_reader(report):
        raise Refused(NOBODY_READS)
    told = release.others_comments_of(report)
    if not any(one["choice"] == "themes" for one in told):
        raise Refused(NOBODY_WANTS)
    said = _words(text)
    runs = {tuple(said[at : at + FEWEST_WORDS]) for at in range(len(said) - FEWEST_WORDS + 1)}
    for one in told:
        theirs = _words(one["text"])
        if 0 < len(theirs) < FEWEST_WORDS and len(theirs) == len(said) and theirs == said:
            raise Refused(TELLS.format(words=" ".join(theirs)))
        for at in range(len(theirs) - FEWEST_WORDS + 1):
            if tuple(theirs[at : at + FEWEST_WORDS]) in runs:
                raise Refused(TELLS.format(words=" ".join(theirs[at : at + FEWEST_WORDS])))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _open(theme: Theme) -> str:
    return house.unseal(theme.text, where=WHERE)
