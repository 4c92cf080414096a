"""A survey's end: closed, counted, released and its box destroyed, in one transaction or not at all."""

from __future__ import annotations

import logging
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db import transaction
from django.utils import timezone

from fairlead.core.blocks import EVERYBODY
from fairlead.core.disclosure import UnsafeReleaseError
from fairlead.web import release, trail
from fairlead.web.feedback import mixing
from fairlead.web.feedback.models import USED, Report, Seat, Survey
from fairlead.web.people.models import Person
from fairlead.web.vault import on_duty, open_keys, writing
from fairlead.web.vault.fields import sealed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from fairlead.core.disclosure import Cell, Participation, Released, Withheld

log = logging.getLogger(__name__)

Reach = Report.Reach
State = Survey.State

GONE: Final = "The ballot box could not be found any more, so there is nothing to count."
SINGLED_OUT: Final = (
    "The check before the release found that figures together could have told something about too few people."
)

_TAKING: Final = (State.FROZEN, State.OPEN)
"""States in which a survey may have a box."""


class Part(NamedTuple):
    """The part of a release that stands in one report."""

    reach: str
    group: str
    figures: dict[str, Any]
    comments: list[dict[str, str]]
    others: list[dict[str, str]]


def close_due(now: datetime) -> int:
    """Close and release every open survey whose last day is over; mix the others; say how many closed.

    A survey that cannot be closed because of a fault stays as it was, is told to the log, and does not
    keep the next one waiting; the fault is raised at the end.
    """
    today = timezone.localdate(now)
    _clear_leftovers()
    mixing.mix_open(today)
    due = Survey.objects.filter(state=State.OPEN, closes_on__lt=today).order_by("closes_on", "pk")
    closed, fault = 0, None
    for pk in list(due.values_list("pk", flat=True)):
        try:
            closed += close(pk, now)
        except Exception as error:  # noqa: BLE001 - raised below, when the others are done
            log.error("Survey %s could not be closed; the next tick tries again.", pk)  # noqa: TRY400 - the fault itself follows
            fault = error
    if fault is not None:
        raise fault
    return closed


@transaction.atomic
def close(pk: UUID, now: datetime) -> bool:
    """Close one survey, release what may be, destroy its box; ``False`` where somebody else did."""
    survey = Survey.objects.select_for_update().filter(pk=pk, state=State.OPEN).first()
    if survey is None:
        return False
    survey.state, survey.closed_at = State.CLOSED, now
    try:
        released = release.survey(survey)
    except writing.NoBox:
        _hold(survey, GONE)
    except UnsafeReleaseError as error:
        _hold(survey, _told(error))
    else:
        _keep(survey, released)
        survey.state, survey.released_at = State.RELEASED, now
    writing.burn(survey.pk)
    _seats_alike(survey.pk)
    survey.save(update_fields=["state", "closed_at", "released_at", "refusal"])
    trail.record(None, "release" if survey.state == State.RELEASED else "hold", survey)
    return True


def _hold(survey: Survey, why: str) -> None:
    survey.state, survey.refusal = State.HELD, why


def _told(error: UnsafeReleaseError) -> str:
    """Say why in a sentence without a number: what the gate found names groups and counts."""
    by_gate = len(error.reasons) != 1 or ":" in error.reasons[0]
    return SINGLED_OUT if by_gate else error.reasons[0]


def _keep(survey: Survey, released: Released) -> None:
    release.keep(survey, released)
    here = {str(pk): pk for pk in Person.objects.values_list("pk", flat=True)}
    # Who had no account at the launch may go by the number of an account by now.
    now = (survey.organization or {}).get("now", {})
    here |= {then: here[number] for then, number in now.items() if number in here}
    for part in parts(released, release.waves_before(survey)):
        if part.group != EVERYBODY and part.group not in here:
            continue  # somebody who is not here any more has no report
        Report.objects.get_or_create(  # two numbers of that day may be one person by now: the first counts
            survey=survey,
            about_id=here.get(part.group),
            reach=part.reach,
            defaults={
                "figures": release.sealed("figures", part.figures),
                "comments": release.sealed("comments", part.comments),
                "others_comments": release.sealed("others_comments", part.others),
            },
        )


def parts(released: Released, earlier: Sequence[Released]) -> list[Part]:
    """Divide a release into the reports of the groups that have a figure or a comment in it."""
    groups = {_group(cell.reach, cell.group): None for cell in released.cells}
    groups |= {_group(comment.reach, comment.group): None for comment in released.comments}
    return [
        Part(reach, group, _figures(released, earlier, reach, group), *_comments(released, reach, group))
        for reach, group in groups
    ]


def _group(reach: str, group: str) -> tuple[str, str]:
    if reach == "team":
        return Reach.TEAM, group
    return (Reach.WHOLE, EVERYBODY) if group == EVERYBODY else (Reach.ORGANIZATION, group)


def _figures(released: Released, earlier: Sequence[Released], reach: str, group: str) -> dict[str, Any]:
    def mine(one: Cell | Withheld | Participation) -> bool:
        return _group(one.reach, one.group) == (reach, group)

    before = [one.closed_on for one in earlier if any(mine(cell) for cell in one.cells)]
    nowhere = {question.id for question in released.questions} - {cell.question for cell in released.cells}
    return {
        "cells": [_plain(cell) for cell in released.cells if mine(cell)],
        "withheld": [asdict(one) for one in released.withheld if mine(one) or _of_all(one, nowhere)],
        "participation": [asdict(one) for one in released.participation if mine(one)],
        "lens": released.lens if reach == Reach.WHOLE else "",
        "some_in_no_figure": released.some_in_no_figure and reach != Reach.TEAM,
        "k": released.k,
        "closed_on": released.closed_on.isoformat(),
        "earlier_on": max(before).isoformat() if before else None,
    }


def _plain(cell: Cell) -> dict[str, Any]:
    """Give a figure as JSON has it: the day of an earlier figure that is shown again as text."""
    return asdict(cell) | {"as_of": cell.as_of.isoformat() if cell.as_of else None}


def _of_all(one: Withheld, nowhere: set[str]) -> bool:
    """Say whether a question is withheld from everybody, as one that was asked too short a time ago."""
    return one.question in nowhere and one.reach == "organization" and one.group == EVERYBODY


def _comments(
    released: Released, reach: str, group: str
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Give the comments for whom the report is about, and those for people operations."""
    mine = [one for one in released.comments if _group(one.reach, one.group) == (reach, group)]
    told = [{"question": one.question, "text": one.text, "choice": one.choice} for one in mine]
    return (
        [one for one in told if one["choice"] == "verbatim"],
        [one for one in told if one["choice"] != "verbatim"],
    )


@on_duty("surveys")
def _seats_alike(survey: UUID) -> None:
    """Let every seat say the same: from now on nobody can read who answered."""
    seats = list(Seat.objects.filter(survey=survey).order_by("pk").values_list("pk", "owner"))
    open_keys(owner for _pk, owner in seats)
    for pk, owner in seats:
        used = sealed(Seat(pk=pk, owner_id=owner), "used", USED)
        Seat.objects.filter(pk=pk).update(used=used)


def _clear_leftovers() -> None:
    """Do what is left of a close: of several files, one may have it and another not if the machine died.

    The release is in the main file, which is written first; the box and the seats follow it.
    """
    for box in writing.standing():
        with transaction.atomic():
            survey = Survey.objects.select_for_update().filter(pk=box).first()
            if survey is None or survey.state not in _TAKING:
                writing.burn(box)
                _seats_alike(box)
