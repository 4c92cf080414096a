"""Every write of this room; each needs its owner, and nobody else ever passes here."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from fairlead.web import erasing, trail
from fairlead.web.audits import incoming, unclear
from fairlead.web.audits.models import (
    OWNED,
    TITLES_KEPT_FOR,
    AnswerSheet,
    CalendarImport,
    HighPayoffEntry,
    OwnProfile,
    OwnRule,
    Procedure,
    Reading,
    Remembered,
    Resolution,
    WeekTick,
)
from fairlead.web.runs import actions as runs
from fairlead.web.runs import queries as runs_queries
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.web.audits.unclear import ToSort
    from fairlead.web.people.models import Person
    from fairlead.web.runs.models import Run

NOTHING_NEW = "You have read this calendar already, with the same settings. Nothing has changed."
NOTHING_TO_READ = "There is nothing to read yet. Begin with a calendar or one of the two questionnaires."


# --- calendars and readings ------------------------------------------------------------------


def import_calendar(
    *,
    actor: Person,
    files: Sequence[tuple[str, bytes]],
    typed: dict[str, Any],
    role: tuple[str, str] = ("", ""),
    remember: bool = False,
) -> Run | None:
    """Send calendar files to the worker; ``None`` when the same files were read with the same settings.

    Sent twice at once (a double click, two windows), both get the run that is under way.
    """
    from fairlead.web.audits import tasks  # noqa: PLC0415 - tasks name actions

    incoming.forget_stale()
    digest = _digest(files, typed)
    if CalendarImport.objects.filter(owner=actor, digest=digest).exists():
        return None
    token = incoming.put(files, typed)
    try:
        with transaction.atomic():
            _one_at_a_time(actor)
            going = runs_queries.under_way(actor, "calendar", digest)
            if going is not None:
                incoming.forget(token)
                return going
            _remember(actor, typed if remember else None)
            if role[0]:
                choose_role(actor=actor, code=role[0], title=role[1])
            kept = {
                name: typed[name] for name in ("zone", "day_starts", "day_ends", "first", "last", "titles")
            }
            return runs.start(
                tasks.read_calendar,
                owner=actor,
                kind="calendar",
                params={"token": token, "options": kept},
                page=reverse("audits:role"),
                inputs_digest=digest,
            )
    except BaseException:
        incoming.forget(token)
        raise


def _one_at_a_time(actor: Person) -> None:
    """Let a second request of the same person wait until this transaction is over."""
    type(actor).objects.select_for_update().get(pk=actor.pk)


@transaction.atomic
def read_again(*, actor: Person) -> Run:
    """Make a new reading from what is here: the newest calendar, the answers, the role, the own rules."""
    from fairlead.web.audits import tasks  # noqa: PLC0415 - tasks name actions

    calendar = CalendarImport.objects.filter(owner=actor).defer("table", "placed", "titles").first()
    answered = AnswerSheet.objects.filter(owner=actor, finished_at__isnull=False).exists()
    if calendar is None and not answered:
        raise Refused(NOTHING_TO_READ)
    params = {"calendar": str(calendar.pk) if calendar else "", "at": timezone.now().isoformat()}
    return runs.start(
        tasks.read_again, owner=actor, kind="reading", params=params, page=reverse("audits:role")
    )


@transaction.atomic
def put_away(*, actor: Person, run: Run) -> None:
    """Delete what was said about something that could not be read; only a failed run can be put away."""
    if not run.is_failed or run.kind not in {"calendar", "reading"}:
        raise Refused("Only a notice about something that failed can be put away.")
    trail.record(actor, "put_away", run, kind=run.kind)
    run.delete()
    erasing.for_good()


@transaction.atomic
def delete_reading(*, actor: Person, reading: Reading) -> None:
    """Delete a reading with its figures; the calendar goes too when no other reading stands on it."""
    calendar = reading.calendar
    erasing.for_good()
    trail.record(actor, "delete", reading)
    reading.run.delete()
    if calendar is not None and not Reading.objects.filter(calendar=calendar).exists():
        trail.record(actor, "delete", calendar)
        calendar.delete()


@transaction.atomic
def forget_titles(*, actor: Person, calendar: CalendarImport) -> None:
    """Forget the titles that were kept for sorting, now."""
    calendar.titles, calendar.titles_until = None, None
    calendar.save(update_fields=["titles", "titles_until"])
    erasing.for_good()
    trail.record(actor, "forget_titles", calendar)


def forget_expired_titles() -> int:
    """Forget every title whose days are over, and say in how many calendars; ``tick`` calls this."""
    old = CalendarImport.objects.filter(titles__isnull=False, titles_until__lte=timezone.now())
    return old.update(titles=None, titles_until=None)


def _digest(files: Sequence[tuple[str, bytes]], typed: dict[str, Any]) -> str:
    whole = hashlib.sha256(json.dumps(typed, sort_keys=True).encode())
    for part in sorted(hashlib.sha256(data).digest() for _name, data in files):
        whole.update(part)
    return whole.hexdigest()


def _remember(actor: Person, typed: dict[str, Any] | None) -> None:
    if typed is None:
        Remembered.objects.filter(owner=actor).delete()
        return
    values = {name: typed[name] for name in ("addresses", "reports")}
    Remembered.objects.update_or_create(owner=actor, defaults={"values": values})


# --- sorting ---------------------------------------------------------------------------------


@transaction.atomic
def place(*, actor: Person, entry: ToSort, kind: str) -> OwnRule:
    """Say what a series is: an own rule, at once, for the past and for later calendars."""
    rule, _ = OwnRule.objects.update_or_create(
        owner=actor,
        about=entry.about,
        match=entry.match,
        defaults={
            "kind": kind,
            "says": entry.says[:200],
            "events": entry.events,
            "hours": entry.hours,
            "made_at": timezone.now(),
        },
    )
    trail.record(actor, "place", rule, kind=kind)
    return rule


def sort(
    *, actor: Person, calendar: CalendarImport, series: int | None, kind: str, go: str, skipped: str
) -> None:
    """Do what one key of the sorting screen says: place a series, take the last answer back, or skip."""
    del skipped  # a skip is remembered by the page, not here
    if go == "undo":
        last = unclear.sorting(actor, calendar).last
        if last is not None:
            take_back(actor=actor, rule=last)
        return
    entry = unclear.entry(calendar, actor, series) if kind and series is not None else None
    if entry is not None:
        place(actor=actor, entry=entry, kind=kind)


@transaction.atomic
def take_back(*, actor: Person, rule: OwnRule) -> None:
    """Delete an own rule; its events are unclear again, or what the shipped rules say."""
    trail.record(actor, "delete", rule)
    rule.delete()


# --- questionnaires --------------------------------------------------------------------------


@transaction.atomic
def open_sheet(*, actor: Person, instrument: str, version: str, sha256: str) -> AnswerSheet:
    """Go on with the sheet that is open, or begin one; an open sheet of another version is deleted."""
    AnswerSheet.objects.filter(owner=actor, instrument=instrument, finished_at=None).exclude(
        version=version
    ).delete()
    sheet, made = AnswerSheet.objects.get_or_create(
        owner=actor, instrument=instrument, finished_at=None, defaults={"version": version, "sha256": sha256}
    )
    if made:
        trail.record(actor, "open", sheet, instrument=instrument)
    return sheet


@transaction.atomic
def answer(
    *, actor: Person, sheet: AnswerSheet, values: dict[str, float | None], texts: dict[str, str]
) -> AnswerSheet:
    """Save one step: numbers (0 is "not part of my work") and texts; ``None`` and "" take one away."""
    if sheet.is_finished:
        raise Refused("This questionnaire is finished. Begin it again to answer anew.")
    sheet = AnswerSheet.objects.select_for_update().get(pk=sheet.pk, owner=actor)
    sheet.values = _merged(sheet.values, values)
    sheet.texts = _merged(sheet.texts, {item: text or None for item, text in texts.items()})
    sheet.save(update_fields=["values", "texts"])
    return sheet


@transaction.atomic
def finish_sheet(*, actor: Person, sheet: AnswerSheet) -> Run:
    """Hand the sheet in to oneself and read again with it."""
    if sheet.is_finished:
        raise Refused("This questionnaire is finished already.")
    if not sheet.values:
        raise Refused("Not one question has been answered. Answer some of them first.")
    sheet.finished_at = timezone.now()
    sheet.save(update_fields=["finished_at"])
    trail.record(actor, "finish", sheet, instrument=sheet.instrument)
    return read_again(actor=actor)


@transaction.atomic
def delete_sheet(*, actor: Person, sheet: AnswerSheet) -> None:
    """Delete the answers of one time; readings made from them stay until they are deleted."""
    trail.record(actor, "delete", sheet)
    sheet.delete()
    erasing.for_good()


def _merged(before: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    after = before | changes
    return {item: value for item, value in after.items() if value is not None}


# --- the role --------------------------------------------------------------------------------


@transaction.atomic
def choose_role(*, actor: Person, code: str, title: str) -> None:
    """Compare with this role of the library from now on."""
    actor.role_code, actor.role_title = code, title[:160]
    actor.save(update_fields=["role_code", "role_title"])
    trail.record(actor, "choose_role", actor, code=code)


@transaction.atomic
def keep_profile(*, actor: Person, title: str, source: str, profile: dict[str, Any]) -> OwnProfile:
    """Keep an own role profile and compare with it from now on."""
    kept = OwnProfile.objects.create(owner=actor, title=title[:200], source=source, profile=profile)
    trail.record(actor, "keep", kept, source=source)
    choose_role(actor=actor, code=kept.pk.hex, title=kept.title)
    return kept


@transaction.atomic
def delete_profile(*, actor: Person, profile: OwnProfile) -> None:
    """Delete an own role profile; if it was the chosen role, none is chosen then."""
    if actor.role_code == profile.pk.hex:
        choose_role(actor=actor, code="", title="")
    trail.record(actor, "delete", profile)
    profile.delete()
    erasing.for_good()


# --- registers and the decision --------------------------------------------------------------


@transaction.atomic
def add_high_payoff(*, actor: Person, **values: str) -> HighPayoffEntry:
    """Write something down that saves trouble later (rows 37-42)."""
    entry = HighPayoffEntry.objects.create(owner=actor, **values)
    trail.record(actor, "add", entry, area=entry.area)
    return entry


@transaction.atomic
def add_procedure(*, actor: Person, **values: Any) -> Procedure:
    """Write a procedure down in the register (row 154)."""
    entry = Procedure.objects.create(owner=actor, **values)
    trail.record(actor, "add", entry)
    return entry


@transaction.atomic
def change(*, actor: Person, entry: HighPayoffEntry | Procedure, **values: Any) -> None:
    """Change an entry of a register."""
    for name, value in values.items():
        setattr(entry, name, value)
    entry.save(update_fields=list(values))
    trail.record(actor, "change", entry)


@transaction.atomic
def remove(*, actor: Person, entry: HighPayoffEntry | Procedure | Resolution) -> None:
    """Remove an entry of a register, or a decision."""
    trail.record(actor, "delete", entry)
    entry.delete()
    erasing.for_good()


@transaction.atomic
def decide(*, actor: Person, text: str, decided_on: date) -> Resolution:
    """Write down the dated decision (row 34); an earlier one is closed and kept."""
    if decided_on > timezone.localdate():
        raise Refused("A decision is made on its day. Choose today or an earlier day.")
    Resolution.objects.filter(owner=actor, closed_on=None).update(closed_on=timezone.localdate())
    made = Resolution.objects.create(owner=actor, text=text, decided_on=decided_on)
    trail.record(actor, "decide", made)
    return made


@transaction.atomic
def tick_week(*, actor: Person, resolution: Resolution, monday: date, note: str = "") -> WeekTick | None:
    """Tick a week of the way out, or take the tick away again (row 21)."""
    monday -= timedelta(days=monday.weekday())
    # Added to the week rather than taken from the decision: before the first day of all there is no date.
    if monday > timezone.localdate() or monday + timedelta(days=6) < resolution.decided_on:
        raise Refused("This week does not belong to the decision.")
    there = WeekTick.objects.filter(resolution=resolution, monday=monday)
    trail.record(actor, "tick", resolution, monday=monday.isoformat())
    if there.exists() and not note:
        there.delete()
        return None
    tick, _ = WeekTick.objects.update_or_create(resolution=resolution, monday=monday, defaults={"note": note})
    return tick


# --- leaving ---------------------------------------------------------------------------------


@transaction.atomic
def delete_everything(*, actor: Person) -> int:
    """Delete all that this room holds about the person and say how many rows it was."""
    from fairlead.web.runs.models import Run  # noqa: PLC0415 - a type above, a table only here

    forget(actor)
    gone = 0
    for table in OWNED:
        gone += table._default_manager.filter(owner=actor).delete()[0]  # noqa: SLF001 - every table has it
    gone += Run.objects.filter(owner=actor, kind__in=["calendar", "reading"]).delete()[0]
    choose_role(actor=actor, code="", title="")
    trail.record(actor, "delete_room", actor, rows=gone)
    erasing.for_good()
    return gone


def forget(person: Person) -> None:
    """Remove what deleted rows do not take along: files still on their way to the worker."""
    from fairlead.web.runs.models import Run  # noqa: PLC0415 - a type above, a table only here

    for params in Run.objects.filter(owner=person, kind="calendar").values_list("params", flat=True):
        if params.get("token"):
            incoming.forget(params["token"])


def forget_refusals() -> int:
    """Forget what was said about calendars that could not be read: such a sentence may quote the file."""
    from fairlead.web.runs.models import Run, State  # noqa: PLC0415 - a type above, a table only here

    over = timezone.now() - TITLES_KEPT_FOR
    return Run.objects.filter(kind="calendar", state=State.FAILED, finished_at__lte=over).delete()[0]


def tick() -> None:
    """Do what is due in this room: titles and refusals whose days are over, files whose run died."""
    forget_expired_titles()
    forget_refusals()
    incoming.forget_stale()
