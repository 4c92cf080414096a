"""Reading what this room holds about a person, what waits for them, and how far a survey is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils import timezone

from fairlead.core.ballots import FLOOR
from fairlead.core.blocks import EVERYBODY
from fairlead.web import finding, release, rights
from fairlead.web.feedback import launching, terms
from fairlead.web.feedback.audience import named_in, reports_of
from fairlead.web.feedback.models import OPEN, OwnInstrument, Report, Seat, Survey, Theme
from fairlead.web.people.models import Person
from fairlead.web.roster.models import Position, Unit
from fairlead.web.today import Do, Today, Waiting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from fairlead.library.schema import Instrument, Item
    from fairlead.web.feedback.launching import Plan
    from fairlead.web.finding import Match

_SEALED_FIGURES: Final = (
    rights.WITHHELD + "figures of several people together; you read them under Feedback, as a page or a file."
)

FIELDS: Final = {
    "OwnInstrument": {
        "id": "The number of the questionnaire.",
        "made_by": "The number of the person who uploaded it.",
        "made_at": "When it was uploaded.",
        "name": "Its short name.",
        "version": "Its version.",
        "title": "Its title.",
        "asks": "Whom it asks about what.",
        "text": "The whole questionnaire.",
        "digest": "The fingerprint of its text.",
        "retired_at": "Since when it is offered no more.",
    },
    "Survey": {
        "id": "The number of the survey.",
        "kind": "Whether it is about a manager, one person's work, or a pulse.",
        "state": "How far it is.",
        "title": "What it is called.",
        "made_by": "The number of the person who began it.",
        "made_at": "When it was begun.",
        "about": "The number of the person it is about.",
        "unit": "The number of the unit that is asked.",
        "instrument": "Which questionnaire.",
        "instrument_version": "Its version.",
        "instrument_digest": "The fingerprint of its text.",
        "instrument_text": "The questionnaire as it was asked.",
        "family": "Which surveys are waves of the same one.",
        "k": "The least number of people behind any figure.",
        "lens": "The one lens through which everybody together may be shown.",
        "opens_on": "Its first day.",
        "closes_on": "Its last day.",
        "organization": rights.WITHHELD + "who reported to whom on that day, also of others.",
        "terms": "The fingerprint of all rules.",
        "frozen_at": "Since when nothing of it changes.",
        "closed_at": "When it was closed.",
        "released_at": "When its figures were released.",
        "reminders": "How many times a reminder was sent.",
        "refusal": "Why nothing could be released.",
    },
    "Seat": {
        "id": "The number of your seat.",
        "owner": "Your number.",
        "survey": "The number of the survey.",
        "team": "The number of the manager whose team you were in.",
        "lens": "Your value of the lens.",
        "used": "Whether your ballot is used. What you answered is not joined to you anywhere.",
    },
    "Release": {
        "id": "The number of the release.",
        "survey": "The number of the survey.",
        "made_at": "When it was released.",
        "verdict": "What the check before the release found.",
        "content": _SEALED_FIGURES,
    },
    "Report": {
        "id": "The number of the report.",
        "survey": "The number of the survey.",
        "about": "The number of the person whose report it is.",
        "reach": "Whose answers it counts.",
        "figures": _SEALED_FIGURES,
        "comments": rights.WITHHELD + "words of others; you read them under Feedback.",
        "others_comments": rights.WITHHELD + "words of others that their authors kept from you.",
        "shown_to_team_at": "Since when the team sees it too.",
    },
    "Theme": {
        "id": "The number of the theme.",
        "report": "The number of the report.",
        "written_by": "The number of the person who put it into words.",
        "made_at": "When it was written.",
        "text": rights.WITHHELD + "what others said, in other words; you read it under Feedback.",
    },
}


def export(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Give the seats, the surveys one began or that are about one, and that reports about one exist."""
    surveys = Survey.objects.filter(made_by=person) | Survey.objects.filter(about=person)
    return {
        "OwnInstrument": rights.rows(OwnInstrument.objects.filter(made_by=person), FIELDS["OwnInstrument"]),
        "Survey": rights.rows(surveys, FIELDS["Survey"]),
        "Seat": rights.rows(Seat.objects.filter(owner=person), FIELDS["Seat"]),
        "Report": rights.rows(Report.objects.filter(about=person), FIELDS["Report"]),
        "Theme": rights.rows(Theme.objects.filter(written_by=person), FIELDS["Theme"]),
    }


# --- what waits -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """A survey that asks somebody: where to answer, until when, how long it takes, whether it was done."""

    href: str
    title: str
    about: str
    closes_on: Any
    minutes: int
    used: bool


def ballots(person: Person) -> list[Ballot]:
    """Give the open surveys that ask somebody, those not answered first, the one that closes first on top."""
    seats = Seat.objects.filter(owner=person, survey__state=Survey.State.OPEN)
    seats = seats.filter(survey__closes_on__gte=timezone.localdate())
    if not seats.exists():
        return []  # on most days, and Today asks at every visit
    found = list(
        seats.select_related("survey", "survey__about", "survey__about__user")
        .defer("survey__organization")
        .order_by("survey__closes_on", "survey__title", "pk")
    )
    managers = _managers(seat for seat in found if seat.survey.about_id is None)
    told = [_ballot(seat, managers) for seat in found]
    return sorted(told, key=lambda one: one.used)


def _managers(seats: Iterable[Seat]) -> dict[str, str]:
    """Name the managers whom seats in upward surveys are about."""
    teams = {seat.team for seat in seats if seat.team and seat.survey.kind == Survey.Kind.UPWARD}
    people = Person.objects.filter(pk__in=teams).select_related("user") if teams else ()
    return {str(one.pk): str(one) for one in people}


def _ballot(seat: Seat, managers: dict[str, str]) -> Ballot:
    survey = seat.survey
    return Ballot(
        href=reverse("feedback:answer", args=[seat.pk]),
        title=survey.title,
        about=str(survey.about) if survey.about else managers.get(seat.team, ""),
        closes_on=survey.closes_on,
        minutes=terms.instrument_of(survey).minutes,
        used=seat.used != OPEN,
    )


def today(person: Person) -> Today | None:
    """Say what waits: a ballot first, then what was released, then a survey that was cancelled."""
    from fairlead.web.feedback.reporting import new_for  # noqa: PLC0415 - reports are drawn with more than this

    open_ = [one for one in ballots(person) if not one.used]
    waiting = (*(_waiting(one) for one in open_[1:]), *new_for(person))
    do = _to_answer(open_[0]) if open_ else None
    return Today(do=do, waiting=waiting) if do or waiting else None


def _to_answer(one: Ballot) -> Do:
    about = f" about working with {one.about}" if one.about else ""
    return Do(
        title=one.title,
        does=f"A survey{about}: {one.minutes} minutes, until {terms.spoken(one.closes_on)}.",
        why="Nobody sees whether you answered, and no figure stands for fewer than five people. "
        "Before the first question you read who will see what.",
        href=one.href,
        link="Read and answer",
        rule="A survey that asks you stands here until you answered or it closed, the nearest end first.",
    )


def _waiting(one: Ballot) -> Waiting:
    says = f"{one.minutes} minutes, until {terms.spoken(one.closes_on)}"
    return Waiting(title=one.title, href=one.href, says=says)


# --- preparing ------------------------------------------------------------------------------------


def units() -> list[Unit]:
    """Give the units that exist, by name."""
    return list(Unit.objects.filter(closed_on=None))


def named(draft: Survey) -> list[Person]:
    """Give the colleagues named in a draft, by name."""
    return list(Person.objects.filter(pk__in=named_in(draft)).select_related("user").order_by("name", "pk"))


def suggested(person: Person) -> list[Match]:
    """Give those somebody works with most: their manager, their team, their peers; sealed for the form."""
    day = timezone.localdate()
    there = Position.objects.on(day)
    place = there.filter(person=person).first()
    found: dict[UUID, Person] = {}
    wanted = [there.filter(manager=person)]
    if place is not None and place.manager_id is not None:
        wanted.insert(0, there.filter(person=place.manager_id))
        wanted.append(there.filter(manager=place.manager_id, unit=place.unit_id).exclude(person=person))
    for rows in wanted:
        named_ = rows.select_related("person", "person__user").order_by("person__name", "person_id")
        found |= {row.person_id: row.person for row in named_[:SUGGESTED]}
    return finding.matches(person, [one for one in found.values() if finding.can_be_reached(one)][:SUGGESTED])


SUGGESTED: Final = 30


def my_reports(person: Person) -> int:
    """Count those who report to somebody and could be asked about them."""
    return reports_of(person, timezone.localdate())


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a launch would do, before it is done."""

    survey: Survey
    plan: Plan
    units: list[tuple[str, int]]
    managers: list[Person]
    promise: tuple[str, str, str]
    first: list[str]


MOST_NAMED: Final = 60
FIRST: Final = 3


def preview(survey: Survey) -> Preview:
    """Say whom a launch today would ask, from how many, and what the first questions are."""
    plan = launching.plan(survey, timezone.localdate())
    of_units = plan.audience.of_units
    names: dict[Any, str] = dict(
        Unit.objects.filter(pk__in=[pk for pk, _ in of_units if pk]).values_list("pk", "name")
    )
    small = plan.audience.small_teams(survey.k) if survey.kind != Survey.Kind.ROLE else []
    managers = Person.objects.filter(pk__in=small).select_related("user").order_by("name", "pk")
    return Preview(
        survey=survey,
        plan=plan,
        units=[(names.get(pk, "In no unit"), number) for pk, number in of_units],
        managers=list(managers),
        promise=terms.promise(survey),
        first=_first_questions(survey, plan),
    )


def _first_questions(survey: Survey, plan: Plan) -> list[str]:
    if plan.offered is None:
        return []
    instrument = plan.offered.instrument
    name = str(survey.about) if survey.about else "your manager"
    return [terms.begun(instrument.worded(item, name)) for item in instrument.items[:FIRST]]


# --- how far it is --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One survey in a list."""

    survey: Survey
    asks: str


def lines(found: Any) -> list[Line]:
    """Give surveys with whom they ask, the newest first."""
    rows = found.select_related("unit", "about", "about__user").defer("organization", "instrument_text")
    return [Line(survey=one, asks=whom(one)) for one in rows]


def whom(survey: Survey) -> str:
    """Say in words whom a survey asks."""
    if survey.kind == Survey.Kind.ROLE:
        return f"colleagues, about the work of {survey.about}"
    if survey.about is not None:
        return f"the team of {survey.about}"
    everybody = f"{survey.unit.name}, with all its parts" if survey.unit else "everybody"
    return f"{everybody}, about each manager" if survey.kind == Survey.Kind.UPWARD else everybody


def way_of(survey: Survey) -> str:
    """Name the way in which a survey asks, as its address does."""
    if survey.kind == Survey.Kind.ROLE:
        return "work"
    if survey.kind == Survey.Kind.PULSE:
        return "pulse"
    return "managers" if survey.about_id is None else "team"


def state(survey: Survey, person: Person, *, mine: bool) -> dict[str, Any]:
    """Say how far a survey is: what was fixed, and after its end the share that answered, in tenths."""
    seat = Seat.objects.filter(survey=survey, owner=person).first()
    return {
        "survey": survey,
        "asks": whom(survey),
        "asked": _asked(survey) if mine else None,
        "promise": terms.promise(survey),
        "seat": seat,
        "rate": _rate(survey) if mine else None,
        "lens": terms.LENSES.get(survey.lens, ""),
        "questionnaire": terms.instrument_of(survey) if survey.instrument_text else None,
    }


def _asked(survey: Survey) -> int | None:
    """Count those who were asked, from the organization as it was fixed."""
    if survey.organization is None:
        return None
    there = terms.organization_of(survey)
    return len(there.alone) + sum(len(team.members) for team in there.teams)


def _rate(survey: Survey) -> tuple[int, int] | None:
    """Give the tenth in which the share of answers lies, where ten or more were asked."""
    released = release.of(survey) if survey.state == Survey.State.RELEASED else None
    if released is None:
        return None
    wanted = ("organization", EVERYBODY) if survey.about_id is None else ("team", str(survey.about_id))
    there = (one for one in released.participation if (one.reach, one.group) == wanted)
    return next(((one.low, one.high) for one in there), None)


def least() -> int:
    """Give the least number of answers behind a figure."""
    return FLOOR


# --- questionnaires -------------------------------------------------------------------------------


def instruments_of(*, retired: bool) -> list[OwnInstrument]:
    """Give the organization's own questionnaires, those that are offered or those that are not."""
    return list(OwnInstrument.objects.filter(retired_at__isnull=not retired))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One question as a page shows it: its words, its answers, what it counts for, where it is from."""

    text: str
    help: str
    answers: tuple[str, ...]
    scales: tuple[str, ...]
    reverse: bool
    rows: tuple[int, ...]
    research: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One screen of a questionnaire."""

    title: str
    intro: str
    questions: tuple[Told, ...]


def parts_of(instrument: Instrument) -> list[Part]:
    """Give a questionnaire in full, with “this person” where a name will stand."""
    labels = {scale.id: scale.label for scale in instrument.scales}

    def told(item: Item) -> Told:
        cited = [instrument.research[name] for name in item.research]
        return Told(
            text=terms.begun(instrument.worded(item, SOMEBODY)),
            help=terms.begun(instrument.with_name(item.help, SOMEBODY)),
            answers=tuple(words for _, words in instrument.choices(item)),
            scales=tuple(labels[name] for name in item.scales),
            reverse=item.reverse,
            rows=item.rows,
            research=tuple((one.cite, one.doi) for one in cited),
        )

    return [
        Part(
            title=terms.begun(instrument.with_name(section.title, SOMEBODY)),
            intro=terms.begun(instrument.with_name(section.intro, SOMEBODY)),
            questions=tuple(told(item) for item in section.items),
        )
        for section in instrument.sections
    ]


SOMEBODY: Final = "this person"
"""What a name is called where a questionnaire is read and nobody is asked about yet."""
