"""Reading what was released: one report in words, the lists of reports, others' side of My role."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from fairlead.library.load import conversation_research, conversations
from fairlead.render import words
from fairlead.render.feedback_behaviour import advice
from fairlead.render.feedback_content import lay_out
from fairlead.render.feedback_parts import Feedback, Given, Own
from fairlead.render.feedback_words import group_words, sentence
from fairlead.web import access, release, trail
from fairlead.web.feedback import terms, themes
from fairlead.web.feedback.models import Report, Seat, Survey
from fairlead.web.rooms import offers
from fairlead.web.runs.actions import Refused
from fairlead.web.today import Waiting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from fairlead.render.feedback_parts import Advice, Reader
    from fairlead.web.access.relations import Actor
    from fairlead.web.people.models import Person

NEW_FOR: Final = timedelta(days=7)
"""How long a report stands under Today."""

Kind, Reach = Survey.Kind, Report.Reach


# --- one report ------------------------------------------------------------------------------


def reader_of(person: Person, report: Report) -> Reader:
    """Say as whom somebody reads a report that they may read."""
    if report.about_id == person.pk:
        return "self"
    seats = Seat.objects.filter(owner=person, survey=report.survey_id)
    if report.about_id is None:
        return "asked" if report.survey.kind == Kind.PULSE and seats.exists() else "operations"
    in_team = any(seat.team == str(report.about_id) for seat in seats)
    return "shown" if report.shown_to_team_at is not None and in_team else "operations"


def told(report: Report, reader: Reader, *, shown: bool = False) -> Feedback:
    """Put a report into words as this reader may read it, or could if it were ``shown``."""
    survey, instrument = report.survey, terms.instrument_of(report.survey)
    mine, heard = reader == "self", reader == "self" and themes.has_reader(report)
    return lay_out(
        Given(
            instrument=instrument,
            figures=release.figures_of(report),
            kind=survey.kind,
            reach=report.reach,
            reader=reader,
            title=survey.title,
            name=str(report.about) if report.about else "",
            own=own_of(report.about, instrument.mirrors) if mine and report.about else None,
            comments=release.comments_of(report) if heard else (),
            themes=[one.text for one in themes.of(report)] if heard else (),
            heard=heard,
            shown=shown or report.shown_to_team_at is not None,
            own_survey=survey.about_id is not None,
            lens=terms.LENSES.get(survey.lens, survey.lens).lower(),
        )
    )


def own_of(person: Person, mirrored: str | None) -> dict[str, Own]:
    """Give somebody's own scores, from whichever room has them, of what this instrument asks of others."""
    found: dict[str, Own] = {}
    if mirrored is not None:
        for _room, own_scores in offers("queries", "own_scores"):
            scores = own_scores(person, mirrored)
            found |= {name: Own(score=score, on=on) for name, (score, on) in scores.items()}
    return found


def note_reading(person: Person, report: Report) -> None:
    """Leave a line that somebody read a report about somebody else; pulses of everybody are about nobody."""
    if report.about is not None:
        trail.saw(person, report, subject=report.about)


def note_download(person: Person, report: Report, form: str) -> None:
    """Leave a line that a copy was taken along."""
    trail.record(person, "download_report", report, subject=report.about, form=form)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What stands on the page of a report, and in its files."""

    told: Feedback
    advice: Advice | None
    reader: Reader
    can_show: bool = False
    shown_on: str = ""
    themes: bool = False


def page(person: Person, report: Report) -> Page:
    """Lay one report out for one reader."""
    reader = reader_of(person, report)
    feedback = told(report, reader)
    mine, shown = reader == "self", report.shown_to_team_at
    return Page(
        told=feedback,
        advice=advice(feedback, conversations(), conversation_research()),
        reader=reader,
        can_show=mine and report.reach == Reach.TEAM and not feedback.nothing,
        shown_on="" if shown is None else words.day(timezone.localdate(shown).isoformat()),
        themes=reader == "operations",
    )


def preview(report: Report) -> Page:
    """Lay a report out as the team will read it."""
    return Page(told=told(report, "shown", shown=True), advice=None, reader="shown")


def report_in(person: Person, survey: Survey) -> Report | None:
    """Give the report about the person's own team in a survey, where there is one."""
    return Report.objects.filter(survey=survey, about=person, reach=Reach.TEAM).first()


def nothing(person: Person, survey: Survey) -> Page:
    """Lay out that there is no figure of the person's own team, why, and how to ask openly."""
    why = f"Fewer than {survey.k} answers."
    if survey.state == Survey.State.HELD:
        why = survey.refusal
    feedback = lay_out(
        Given(
            instrument=terms.instrument_of(survey),
            figures={
                "withheld": [{"question": "", "reach": "team", "group": str(person.pk), "why": why}],
                "k": survey.k,
                "closed_on": survey.closes_on.isoformat(),
            },
            kind=survey.kind,
            reach=Reach.TEAM,
            reader="self",
            title=survey.title,
            name=str(person),
            own_survey=True,  # nobody else has this page
        )
    )
    return Page(
        told=feedback, advice=advice(feedback, conversations(), conversation_research()), reader="self"
    )


def themes_page(report: Report) -> dict[str, Any]:
    """Give what stands on the page of themes: comments, themes, and no figure."""
    return {
        "report": report,
        "comments": themes.comments(report),
        "written": themes.of(report),
        "read_by": str(report.about) if report.about and themes.has_reader(report) else "",
    }


# --- showing it ------------------------------------------------------------------------------


@transaction.atomic
def show_to_team(person: Person, report: Report) -> None:
    """Let the team read the figures, and no more than the figures."""
    kept = Report.objects.select_for_update().get(pk=report.pk)
    if kept.shown_to_team_at is not None:
        raise Refused("It is shown already.")
    if not has_figures(kept):
        raise Refused("There is no figure in it that could be shown.")
    kept.shown_to_team_at = timezone.now()
    kept.save(update_fields=["shown_to_team_at"])
    trail.record(person, "show_report", kept)


@transaction.atomic
def take_back(person: Person, report: Report) -> None:
    """Show it to nobody else from now on."""
    kept = Report.objects.select_for_update().get(pk=report.pk)
    if kept.shown_to_team_at is None:
        raise Refused("It is not shown to anybody.")
    kept.shown_to_team_at = None
    kept.save(update_fields=["shown_to_team_at"])
    trail.record(person, "take_back_report", kept)


def can_be_shown(report: Report) -> bool:
    """Say whether there is a team to show it to: not the figures of several teams together."""
    return report.about_id is not None and report.reach == Reach.TEAM and has_figures(report)


def has_figures(report: Report) -> bool:
    """Say whether any figure was released of this group."""
    return bool(release.figures_of(report).get("cells"))


def shown_people(report: Report) -> int:
    """Count whom it would be shown to: the team as it stood when the survey was frozen."""
    organization = terms.organization_of(report.survey)
    return next((len(one.members) for one in organization.teams if one.id == str(report.about_id)), 0)


# --- lists -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One report in a list: where it is, what it is, whose answers, when."""

    href: str
    title: str
    says: str
    survey: str = ""
    whose: str = ""
    themes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """The reports somebody may read, by why they may."""

    mine: tuple[Listed, ...]
    shown: tuple[Listed, ...]
    pulses: tuple[Listed, ...]
    all_released: tuple[Listed, ...]

    @property
    def any(self) -> bool:
        """Whether there is anything to list."""
        return bool(self.mine or self.shown or self.pulses or self.all_released)


def lists(user: Actor, person: Person) -> Lists:
    """List every report somebody may read; those of others only for people operations, by name."""
    found = list(reports(access.visible(user, "report.view")))
    teams = {(seat.survey_id, seat.team) for seat in Seat.objects.filter(owner=person)}
    surveys = {survey for survey, _ in teams}
    writes = set(access.visible(user, "theme.write").values_list("pk", flat=True)) if found else set()
    mine: list[Listed] = []
    shown: list[Listed] = []
    pulses: list[Listed] = []
    others: list[Listed] = []
    for one in found:
        if one.about_id == person.pk:
            mine.append(_listed(one, "self"))
        elif one.about_id is None:
            asked = one.survey.kind == Kind.PULSE and one.survey_id in surveys
            (pulses if asked else others).append(_listed(one, "asked", one.pk in writes))
        elif one.shown_to_team_at is not None and (one.survey_id, str(one.about_id)) in teams:
            shown.append(_listed(one, "shown"))
        else:
            others.append(_listed(one, "operations", one.pk in writes))
    mine += [
        Listed(
            href=reverse("feedback:no_report", args=[one.pk]),
            title=one.title,
            says=f"No figure; closed on {words.day(one.closes_on.isoformat())}",
        )
        for one in without_report(person, date.min)
    ]
    return Lists(
        mine=tuple(mine),
        shown=tuple(shown),
        pulses=tuple(pulses),
        all_released=tuple(_by_survey(others)),
    )


def _by_survey(found: list[Listed]) -> list[Listed]:
    """Keep what belongs to one survey together, the newest survey first, by whose answers they are."""
    order = {one: at for at, one in enumerate(dict.fromkeys(one.survey for one in found))}
    return sorted(found, key=lambda one: (order[one.survey], one.says.casefold()))


def reports(found: QuerySet[Report]) -> QuerySet[Report]:
    """Give reports with what a list says of them, the newest survey first; no sealed text is read."""
    closed = Q(survey__state__in=[Survey.State.RELEASED, Survey.State.HELD])
    return (
        found.filter(closed)
        .select_related("survey", "about")
        .defer("figures", "comments", "others_comments", "survey__organization", "survey__instrument_text")
        .order_by("-survey__closes_on", "survey__title", "reach")
    )


def _listed(report: Report, reader: Reader, writes: bool = False) -> Listed:
    who = group_words(report.survey.kind, report.reach, reader, str(report.about) if report.about else "")
    closed = words.day(report.survey.closes_on.isoformat())
    return Listed(
        href=reverse("feedback:report", args=[report.pk]),
        title=report.survey.title,
        says=f"{sentence(who)}, closed on {closed}",
        survey=f"{report.survey.title}, closed on {closed}",
        whose=sentence(who),
        themes=reverse("feedback:themes", args=[report.pk]) if writes else "",
    )


def without_report(person: Person, since: date) -> list[Survey]:
    """Give the finished surveys of the person's own team about them that gave no report, newest first."""
    states, kinds = [Survey.State.RELEASED, Survey.State.HELD], [Kind.UPWARD, Kind.ROLE]
    over = Survey.objects.filter(state__in=states, kind__in=kinds, closes_on__gte=since)
    there = Report.objects.filter(about=person, reach=Reach.TEAM).values_list("survey", flat=True)
    found = over.exclude(pk__in=list(there)).defer("instrument_text").order_by("-closes_on")
    return [one for one in found if _asks_about(one, str(person.pk))]


def _asks_about(survey: Survey, person: str) -> bool:
    teams = (survey.organization or {}).get("teams", ())
    return any(one["id"] == person and one["members"] for one in teams)


def new_for(person: Person) -> tuple[Waiting, ...]:
    """Give what is new for seven days: reports, pulses, what a manager shows, what was cancelled."""
    since = timezone.now() - NEW_FOR
    # On most days nothing was closed or shown lately, and Today asks at every visit.
    closed = Survey.objects.filter(closed_at__gte=since)
    if not closed.exists() and not Report.objects.filter(shown_to_team_at__gte=since).exists():
        return ()
    own = reports(Report.objects.filter(about=person, survey__released_at__gte=since))
    waiting = [
        Waiting(
            title=one.survey.title,
            href=reverse("feedback:report", args=[one.pk]),
            says="What was said is here; you alone decide whether the team sees it."
            if one.reach == Reach.TEAM
            else "What everybody below you said is here.",
        )
        for one in own
    ]
    too_few = [
        Waiting(
            title=one.title,
            href=reverse("feedback:no_report", args=[one.pk]),
            says="There is no figure, and how to ask openly instead.",
        )
        for one in without_report(person, timezone.localdate(since))
    ]
    lately = (*_pulses_lately(person, since), *_shown_lately(person, since), *_cancelled(person, since))
    return (*waiting, *too_few, *lately)


def _cancelled(person: Person, since: datetime) -> tuple[Waiting, ...]:
    found = Survey.objects.filter(made_by=person, state=Survey.State.CANCELLED, closed_at__gte=since)
    return tuple(
        Waiting(
            title=one.title,
            href=reverse("feedback:survey", args=[one.pk]),
            says="Cancelled; every answer was destroyed unread.",
        )
        for one in found.only("title")
    )


def _pulses_lately(person: Person, since: datetime) -> Iterable[Waiting]:
    asked = Seat.objects.filter(owner=person, survey=OuterRef("survey"))
    found = Report.objects.filter(
        Exists(asked), about=None, survey__kind=Kind.PULSE, survey__released_at__gte=since
    )
    for one in reports(found):
        yield Waiting(
            title=one.survey.title,
            href=reverse("feedback:report", args=[one.pk]),
            says="What everybody who was asked said is here; it closed on "
            f"{words.day(one.survey.closes_on.isoformat())}.",
        )


def _shown_lately(person: Person, since: datetime) -> Iterable[Waiting]:
    shown = list(reports(Report.objects.filter(shown_to_team_at__gte=since).exclude(about=person)))
    if not shown:
        return
    surveys = {one.survey_id for one in shown}
    teams = {(one.survey_id, one.team) for one in Seat.objects.filter(owner=person, survey__in=surveys)}
    for one in shown:
        if (one.survey_id, str(one.about_id)) in teams:
            yield Waiting(
                title=f"{one.survey.title}: {one.about} shows you the figures",
                href=reverse("feedback:report", args=[one.pk]),
                says="The figures of all together, without comments.",
            )


# --- others' side of My role -----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """What others said about somebody's role: the newest release, in words, and where it stands.

    ``feedback`` holds no own answers and no comment; ``closed_on`` is an ISO date.
    """

    feedback: Feedback
    closed_on: str
    href: str


def others(person: Person, mirrored: str) -> Others | None:
    """Give the newest released report about the person by an instrument that mirrors theirs; only to them.

    Offered to the rooms as ``queries.others``.
    """
    found = Report.objects.filter(
        about=person,
        reach=Reach.TEAM,
        survey__kind__in=[Kind.UPWARD, Kind.ROLE],
        survey__state=Survey.State.RELEASED,
    )
    for report in found.select_related("survey", "about").order_by(
        "-survey__closes_on", "-survey__released_at"
    ):
        if terms.instrument_of(report.survey).mirrors == mirrored and has_figures(report):
            feedback = replace(told(report, "self"), comments=(), comments_note="", themes=())
            href = reverse("feedback:report", args=[report.pk])
            return Others(feedback=feedback, closed_on=report.survey.closes_on.isoformat(), href=href)
    return None
