"""Every read of this room; each begins with the person, and finds nobody else's rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from pydantic import TypeAdapter

from fairlead.core import figures, roles, scales, time_results
from fairlead.core import reading as core_reading
from fairlead.core.reading import RoleAudit
from fairlead.core.roles import RoleProfile
from fairlead.core.time_results import TimeAudit
from fairlead.core.work import ASKED_KINDS, Competency, Kind, label
from fairlead.library import load, role_library
from fairlead.render import words
from fairlead.web.audits import holdings
from fairlead.web.audits.models import (
    AnswerSheet,
    HighPayoffEntry,
    OwnProfile,
    OwnRule,
    Procedure,
    Reading,
    Remembered,
    Resolution,
)
from fairlead.web.runs.models import Run, State
from fairlead.web.today import Do, Today, Waiting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fairlead.core.figures import Figure
    from fairlead.core.reading import Gap
    from fairlead.library.schema import Instrument
    from fairlead.web.people.models import Person

OWN_INSTRUMENTS: Final = ("role-audit", "rut-check")
"""The two questionnaires of this room, in the order in which they are offered."""

KIND_NAMES: Final = frozenset(ASKED_KINDS)

SECTIONS: Final = {
    "week": (
        "hours_per_week",
        "meeting_hours_per_week",
        "reactive_share",
        "firefighting_share",
        "unclear_share",
    ),
    "payoff": ("high_payoff_share",),
    "ones": ("one_to_one_coverage",),
    "focus": ("focus_blocks_per_week", "focus_hours_per_week", "fragmentation", "days_without_free_hour"),
    "evenings": ("after_hours", "weekend_hours", "holiday_hours", "missed_personal"),
}
"""Which figures stand under which heading; the others stand under “more numbers”."""


UNTITLED: Final = frozenset({"map", "asked-and-done", "high-payoff", "one-to-ones", "after-hours", "drift"})
"""Figures that stand alone under a heading which says what they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A figure with its words, as ``parts/number.html`` shows it."""

    figure: Figure
    label: str
    shown: str
    range: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One questionnaire on the home of the room: what it is, how far it is, where to go."""

    title: str
    purpose: str
    href: str
    does: str
    state: str


@dataclass(frozen=True, slots=True)
class Way:
    """Where a step is begun."""

    label: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A reading laid out for a page."""

    reading: Reading
    audit: RoleAudit
    drawn: dict[str, dict[str, Any]]
    numbers: dict[str, list[Number]]
    unclear: Number | None
    gaps: list[Gap]
    close_gaps: list[Gap]
    notes: list[str]
    way: Way | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What the home of the room shows."""

    shown: Shown | None
    run: Run | None
    corrections: int
    questionnaires: tuple[Card, ...]
    role: str


# --- readings --------------------------------------------------------------------------------


@cache
def audits() -> TypeAdapter[RoleAudit]:
    """Give the reader and writer of stored results."""
    adapter = TypeAdapter(RoleAudit)
    adapter.rebuild(force=True, _types_namespace=_types())
    return adapter


@cache
def profiles() -> TypeAdapter[RoleProfile]:
    """Give the reader and writer of stored role profiles."""
    return TypeAdapter(RoleProfile)


@cache
def times() -> TypeAdapter[TimeAudit]:
    """Give the reader and writer of stored weekly totals."""
    adapter = TypeAdapter(TimeAudit)
    adapter.rebuild(force=True, _types_namespace=_types())
    return adapter


def _types() -> dict[str, Any]:
    # The results name each other for type checkers only; the reader needs them in earnest.
    found: dict[str, Any] = {}
    for module in (figures, roles, scales, time_results, core_reading):
        found |= {name: part for name, part in vars(module).items() if isinstance(part, type)}
    return found


def audit_of(reading: Reading) -> RoleAudit:
    """Read the stored result."""
    return audits().validate_python(reading.run.result["audit"], strict=False)


def newest_reading(person: Person) -> Reading | None:
    """Give the person's newest reading with its run."""
    found: Reading | None = readings_of(person).first()
    return found


def newest_time(person: Person) -> TimeAudit | None:
    """Give what the newest reading says of a calendar; ``None`` without one, or when it is history."""
    reading = newest_reading(person)
    return None if reading is None or reading.is_history else audit_of(reading).time


def readings_of(person: Person) -> Any:
    """Give the person's readings with their runs, newest first, without the blobs of the calendars."""
    found = Reading.objects.filter(owner=person).select_related("run", "calendar")
    return found.defer("calendar__table", "calendar__placed", "calendar__titles", "run__params")


def show(reading: Reading) -> Shown:
    """Lay a reading out: figures by name, numbers under their headings."""
    audit = audit_of(reading)
    numbers: dict[str, list[Number]] = {name: [] for name in (*SECTIONS, "more")}
    unclear = None
    for found in audit.time.figures if audit.time else ():
        numbers[_heading(found.name)].append(number(found))
    if audit.time and audit.time.unsorted and reading.calendar_id:
        unclear = number(audit.time.figure("unclear_share"))
    if audit.rut:
        numbers["rut"] = [index(audit.rut.index, "Rut index"), *(index(part) for part in audit.rut.parts)]
    drawn = {_key(one["name"]): _with_svgs(one, reading.run) for one in reading.run.result["drawn"]}
    return Shown(
        reading=reading,
        audit=audit,
        drawn=drawn,
        numbers=numbers,
        unclear=unclear,
        gaps=[gap for gap in audit.gaps if gap.clear or gap.name in KIND_NAMES],
        close_gaps=[gap for gap in audit.gaps if not gap.clear and gap.name not in KIND_NAMES],
        notes=_notes(audit),
        way=way_of(audit, reading),
    )


def _notes(audit: RoleAudit) -> list[str]:
    # The attribution stands beside the figures that need it, and once is enough.
    attribution = audit.role.attribution if audit.role else ""
    return [note for note in (*audit.notes, *(audit.time.notes if audit.time else ())) if note != attribution]


def way_of(audit: RoleAudit, reading: Reading) -> Way | None:
    """Say where a step that is done in this room is begun; others are done outside it."""
    step = audit.next_step.id
    if step == "sort_unclear" and reading.calendar_id and audit.time and audit.time.unsorted:
        return Way("Sort them", reverse("audits:sort", args=[reading.calendar_id]))
    if step == "answer_role_audit":
        return Way("Answer the role audit", reverse("audits:questionnaire", args=["role-audit"]))
    if step == "name_role":
        return Way("Choose a role", reverse("audits:asked"))
    if step == "start_calendar":
        return Way("Read a calendar", reverse("audits:calendar"))
    return None


def number(found: Figure, label: str = "") -> Number:
    """Give a figure with its words."""
    between = ""
    if found.low is not None and found.high is not None:
        low, high = words.amount(found.low, found.unit), words.amount(found.high, found.unit)
        between = f"{low} to {high}"
    return Number(
        figure=found,
        label=label or words.figure_label(found.name),
        shown=words.amount(found.value, found.unit),
        range=between,
    )


def index(found: Figure, label: str = "") -> Number:
    """Give the rut index or a part of it: from 0 to 1, and a part of nothing."""
    between = ""
    if found.low is not None and found.high is not None:
        between = f"{found.low:.2f} to {found.high:.2f}, on a scale from 0 to 1"
    shown = words.DASH if found.value is None else f"{found.value:.2f}"
    return Number(figure=found, label=label or words.part_label(found.name), shown=shown, range=between)


def _heading(name: str) -> str:
    return next((heading for heading, names in SECTIONS.items() if name in names), "more")


def _key(name: str) -> str:
    return name.replace("-", "_")


def _with_svgs(one: dict[str, Any], run: Run) -> dict[str, Any]:
    svgs = {"svg": run.svgs.get(one["name"], ""), "narrow": run.svgs.get(f"{one['name']}-narrow", "")}
    return one | svgs | {"spec_id": f"spec-{one['name']}", "titled": one["name"] not in UNTITLED}


def home(person: Person) -> Home:
    """Give what the home of the room shows."""
    reading = newest_reading(person)
    run = Run.objects.filter(owner=person, kind__in=["calendar", "reading"]).defer("result", "svgs").first()
    after = reading.made_at if reading else None
    rules = OwnRule.objects.filter(owner=person, made_at__gt=after).count() if after else 0
    return Home(
        shown=show(reading) if reading else None,
        run=run if run is not None and run.state != State.DONE else None,
        corrections=rules,
        questionnaires=tuple(_card(person)),
        role=person.role_title,
    )


def _card(person: Person) -> Iterable[Card]:
    sheets = list(AnswerSheet.objects.filter(owner=person, instrument__in=OWN_INSTRUMENTS))
    for name in OWN_INSTRUMENTS:
        instrument = load.instrument(name)
        mine = [sheet for sheet in sheets if sheet.instrument == name]
        begun = next((sheet for sheet in mine if is_begun(sheet)), None)
        last = next((sheet for sheet in mine if sheet.is_finished), None)
        does, state = "Begin", f"{instrument.minutes} minutes"
        if begun:
            does, state = "Go on", f"begun, {len(begun.values)} answered"
        elif last and last.finished_at:
            does, state = "Answer again", f"last answered on {words.day(last.finished_at.date().isoformat())}"
        href = reverse("audits:questionnaire", args=[name])
        yield Card(title=instrument.title, purpose=instrument.purpose, href=href, does=does, state=state)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One kind's stretch of a bar that is 100 wide."""

    kind: str
    start: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PastLine:
    """One past reading in the list, with its hours by kind as a bar and in words."""

    reading: Reading
    says: str
    parts: tuple[Part, ...] = ()
    shares: str = ""


def past_readings(person: Person) -> list[PastLine]:
    """Give the person's readings, newest first, each with one line."""
    lines = []
    for reading in Reading.objects.filter(owner=person):
        line = reading.line
        parts = [reading.role_title] if reading.role_title else []
        if line.get("first_day"):
            parts.append(f"{words.day(line['first_day'])} to {words.day(line['last_day'])}")
        parts.append(line.get("step", ""))
        bar, shares = _bar(line["hours"]) if line.get("hours") else ((), "")
        lines.append(PastLine(reading=reading, says=" · ".join(parts), parts=bar, shares=shares))
    return lines


def _bar(hours: dict[str, float]) -> tuple[tuple[Part, ...], str]:
    whole = sum(hours.values())
    if not whole:
        return (), ""
    parts, told, start = [], [], 0.0
    for kind in Kind:
        amount = hours.get(kind, 0.0)
        width = 100 * amount / whole
        if width:
            parts.append(Part(kind=kind, start=round(start, 2), width=round(width, 2)))
            told.append(f"{label(kind).lower()} {words.percent(amount / whole)}")
        start += width
    return tuple(parts), ", ".join(told)


# --- questionnaires --------------------------------------------------------------------------


def open_sheet(person: Person, instrument: str) -> AnswerSheet | None:
    """Give the sheet that was begun, if there is one."""
    return AnswerSheet.objects.filter(owner=person, instrument=instrument, finished_at=None).first()


def finished_sheets(person: Person, instrument: str) -> list[AnswerSheet]:
    """Give the finished sheets of one questionnaire, newest first."""
    return list(AnswerSheet.objects.filter(owner=person, instrument=instrument, finished_at__isnull=False))


def sheet_before(person: Person, sheet: AnswerSheet) -> AnswerSheet | None:
    """Give the answers of the time before to the same version, for the drift."""
    found = AnswerSheet.objects.filter(owner=person, instrument=sheet.instrument, version=sheet.version)
    return found.filter(finished_at__lt=sheet.finished_at).order_by("-finished_at").first()


def is_current(sheet: AnswerSheet) -> bool:
    """Whether the sheet answers the version that is shipped; another one cannot be scored by it."""
    return (
        sheet.instrument in load.instruments() and sheet.version == load.instrument(sheet.instrument).version
    )


def is_begun(sheet: AnswerSheet) -> bool:
    """Whether there is something to go on with: a screen that was only opened is no beginning."""
    return not sheet.is_finished and is_current(sheet) and bool(sheet.values or sheet.texts)


def stands_days(instrument: str) -> int:
    """Give for how many days answers describe somebody."""
    return load.instrument(instrument).expires_after_days


def instrument_of(sheet: AnswerSheet) -> Instrument | None:
    """Give the questionnaire of a sheet, ``None`` when this version is no longer shipped."""
    return load.instrument(sheet.instrument) if is_current(sheet) else None


# --- the role --------------------------------------------------------------------------------


def chosen_profile(person: Person) -> RoleProfile | None:
    """Give the role the person compares with: from the library, or their own."""
    if not person.role_code:
        return None
    found = role_library.load().profiles.get(person.role_code)
    if found is not None:
        return found
    own = (
        OwnProfile.objects.filter(owner=person, pk=person.role_code).first()
        if _hex(person.role_code)
        else None
    )
    return profile_of(own) if own else None


def profile_of(own: OwnProfile) -> RoleProfile:
    """Read a stored profile."""
    return profiles().validate_python(own.profile)


def own_profiles(person: Person) -> list[OwnProfile]:
    """Give the person's own role profiles, newest first."""
    return list(OwnProfile.objects.filter(owner=person).defer("profile"))


def _hex(code: str) -> bool:
    return len(code) == 32 and all(digit in "0123456789abcdef" for digit in code)


def high_payoff(person: Person) -> list[HighPayoffEntry]:
    """Give the high-payoff register."""
    return list(HighPayoffEntry.objects.filter(owner=person))


def procedures(person: Person) -> list[Procedure]:
    """Give the procedure register."""
    return sorted(Procedure.objects.filter(owner=person), key=lambda one: one.name.casefold())


def resolutions(person: Person) -> list[Resolution]:
    """Give the decisions with their ticks, newest first."""
    return list(Resolution.objects.filter(owner=person).prefetch_related("ticks"))


def calendar_start(person: Person) -> dict[str, Any]:
    """Give what the upload form begins with: the settings, and what the person asked to be remembered."""
    start: dict[str, Any] = {
        "zone": person.zone,
        "day_starts": person.work_from,
        "day_ends": person.work_to,
        "titles": "forget",
    }
    found = Remembered.objects.filter(owner=person).first()
    if found is None:
        return start | {"addresses": person.user.email if person.user else person.email}
    lists = {name: ", ".join(found.values.get(name, ())) for name in ("addresses", "reports")}
    return start | lists | {"remember": True}


def own_scores(person: Person, instrument: str) -> dict[str, tuple[float, str]]:
    """Give the newest scores of one questionnaire by scale, each with its ISO date, for whom they are about.

    Another room asks for them where it shows the person beside others, and shows them to nobody else.
    """
    from fairlead.web.audits import answering  # noqa: PLC0415 - only where a report is read

    sheet = next((one for one in finished_sheets(person, instrument) if is_current(one)), None)
    asked = instrument_of(sheet) if sheet is not None else None
    if sheet is None or asked is None:
        return {}
    found = answering.scored(asked, sheet)
    return {one.scale: (one.score, one.answered_on) for one in found.scores if one.score is not None}


# --- Today, and the person's rights ----------------------------------------------------------


def today(person: Person) -> Today | None:
    """Say the one thing to do from the newest reading, and what waits in this room."""
    reading = newest_reading(person)
    waiting = [*_waiting_sheets(person)]
    if reading is None:
        return Today(do=None, waiting=tuple(waiting)) if waiting else None
    audit = audit_of(reading)
    step = audit.next_step
    if reading.is_history:
        title = "Your last reading has become history"
        waiting.insert(
            0, Waiting(title=title, href=reverse("audits:calendar"), says="A new one takes two minutes.")
        )
    way = way_of(audit, reading)
    do = Do(
        title=step.title,
        does=step.does,
        why=step.why,
        href=way.href if way else reverse("audits:role"),
        link=way.label if way else "See where it comes from",
        rule=step.rule,
        from_what=f"Your reading of {words.day(reading.made_on.isoformat())}",
        skill=step.about if step.about in set(Competency) else "",
        measure_again_on=date.fromisoformat(step.measure_again_on),
    )
    return Today(do=do, waiting=tuple(waiting))


def _waiting_sheets(person: Person) -> Iterable[Waiting]:
    for sheet in AnswerSheet.objects.filter(owner=person, finished_at=None, instrument__in=OWN_INSTRUMENTS):
        if not is_begun(sheet):
            continue
        title = load.instrument(sheet.instrument).title
        href = reverse("audits:questionnaire", args=[sheet.instrument])
        yield Waiting(title=title, href=href, says=f"Begun, {len(sheet.values)} answered so far.")


FIELDS: Final = holdings.FIELDS
export = holdings.export
