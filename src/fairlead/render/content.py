"""What a role audit says, in order, as plain blocks: page, paper and terminal print the same words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fairlead.core.next_step import RULE, RULE_BEGINS, RULE_ENDS, RULE_LINES
from fairlead.core.work import label
from fairlead.render import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fairlead.core.figures import Figure
    from fairlead.core.reading import RoleAudit
    from fairlead.core.time_results import TimeAudit
    from fairlead.render.drawing import Drawn

LANGUAGE: Final = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph; ``role`` is ``"lead"``, ``"plain"`` or ``"note"``."""

    text: str
    role: str = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A short list of sentences; ``numbered`` where others speak of them by number."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a caption; the columns of ``numbers`` (from 0) are aligned right."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure: its title, sentence, drawing and table."""

    drawn: Drawn


@dataclass(frozen=True, slots=True)
class Part:
    """A titled group inside a section."""

    title: str


Block = Text | Bullets | Grid | Picture | Part


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole reading."""

    title: str
    lead: str
    sections: tuple[Section, ...]
    language: str = LANGUAGE


def report(audit: RoleAudit, drawings: Iterable[Drawn]) -> Report:
    """Put a role audit into words; ``drawings`` are its figures (``charts.figures``)."""
    drawn = {d.name: d for d in drawings}
    sections = [
        _next_step(audit),
        Section("map", "Leading and managing", _map(audit, drawn)),
        *([_week(audit.time, drawn)] if audit.time is not None else []),
        _gaps(audit, drawn),
        _warnings(audit),
        _rut(audit, drawn),
        *([_time(audit.time, drawn), _unclear(audit.time)] if audit.time is not None else []),
        _notes(audit),
        _methods(audit),
    ]
    return Report("Role audit", _lead(audit), tuple(s for s in sections if s.blocks))


def _lead(audit: RoleAudit) -> str:
    parts = [f"Made on {words.day(audit.made_on)}."]
    if audit.time is not None:
        time = audit.time
        totals = time.events == 0 and time.weeks
        what = (
            words.count(len(time.weeks), "week") + " of totals"
            if totals
            else words.count(time.events, "event")
        )
        zone = f"time zone {time.zone}, " if time.zone else ""
        parts.append(
            f"{what[:1].upper()}{what[1:]} from {words.day(time.first_day)} to {words.day(time.last_day)}, "
            f"{zone}working hours {time.working_hours}."
        )
        if not time.weeks:
            dropped = f" Left out: {_left_out(time)}." if time.left_out else ""
            parts.append(f"No event of this period costs time, so there is nothing to read.{dropped}")
    if audit.role is not None:
        parts.append(f"Role: {audit.role.title}.")
    return " ".join(parts)


def _next_step(audit: RoleAudit) -> Section:
    step = audit.next_step
    return Section(
        "next-step",
        "One thing to do next",
        (
            Text(step.title, "lead"),
            Text(step.does),
            Text(f"Why: {step.why}"),
            *([Text(f"What would show it: {step.shows}")] if step.shows else []),
            *([Text(f"Line {step.line} of the rule decided: {step.line_says}")] if step.line else []),
            Text(
                f"Measure again on {words.day(step.measure_again_on)}. The whole rule stands under “How this "
                "was made”.",
                "note",
            ),
        ),
    )


def _rule(rule: str) -> tuple[Block, ...]:
    """Set the rule line by line; a reading kept from an older method has its own words."""
    if rule != RULE:
        return (Text(rule),)
    return (Text(RULE_BEGINS), Bullets(RULE_LINES, numbered=True), Text(RULE_ENDS))


def _map(audit: RoleAudit, drawn: dict[str, Drawn]) -> tuple[Block, ...]:
    blocks: list[Block] = [Picture(drawn["map"])]
    if audit.role is not None and audit.role.attribution:
        blocks.append(Text(audit.role.attribution, "note"))
    return tuple(blocks)


def _week(time: TimeAudit, drawn: dict[str, Drawn]) -> Section:
    rows = tuple(
        (
            words.figure_label(f.name),
            words.figure(f) if f.value is not None else words.DASH,
            f.too_little or words.seen(f.n, f.n_of),
        )
        for f in time.figures
    )
    return Section(
        "week",
        "The week",
        (
            Picture(drawn["mean-week"]),
            Picture(drawn["weeks"]),
            Grid("The whole period", ("Number", "Value (80 % interval)", "From"), rows),
        ),
    )


def _gaps(audit: RoleAudit, drawn: dict[str, Drawn]) -> Section:
    blocks: list[Block] = [Picture(drawn["asked-and-done"])]
    blocks += [Text(f"{g.label}: {g.says}") for g in audit.gaps if g.clear]
    if audit.firefighting is not None and audit.firefighting.value is not None:
        said = f"Firefighting is asked of nobody: {words.figure(audit.firefighting)} of your sorted time."
        blocks.append(Text(said))
    if audit.aspects:
        blocks.append(Part("Two styles of each aspect"))
        blocks.append(
            Grid(
                "Both styles can be high",
                ("Aspect", "Leading style", "Managing style", "Reading"),
                tuple(
                    (a.label, words.figure(a.leading), words.figure(a.managing), a.says)
                    for a in audit.aspects
                ),
            )
        )
        blocks += [
            Text(f"{a.label}, if it lasts: {a.if_it_lasts}", "note") for a in audit.aspects if a.if_it_lasts
        ]
    return Section("gaps", "Asked and done", tuple(blocks))


def _warnings(audit: RoleAudit) -> Section:
    if not audit.warnings:
        return Section(
            "warnings", "Warnings", (Text("No warning: nothing here speaks of a lasting imbalance."),)
        )
    blocks: list[Block] = []
    for warning in audit.warnings:
        blocks += [Part(warning.title), Text(warning.says), Bullets(warning.evidence)]
    return Section("warnings", "Warnings and what they rest on", tuple(blocks))


def _rut(audit: RoleAudit, drawn: dict[str, Drawn]) -> Section:
    rut = audit.rut
    if rut is None:
        return Section("rut", "The rut check", ())
    parts = tuple(
        (words.part_label(p.name), words.index(p), p.too_little or words.seen(p.n, p.n_of)) for p in rut.parts
    )
    blocks: list[Block] = [Text(rut.says)]
    if rut.index.value is not None:
        until = words.day(rut.expires_on)
        said = (
            f"This was true until {until}; it is history." if rut.expired else f"This stands until {until}."
        )
        blocks.append(Text(f"{said} No state lasts: answer again then.", "note"))
    blocks += [
        Grid("Parts of the index", ("Part", "0 (none) to 1", "From"), parts),
        Picture(drawn["drift"]),
        *([Picture(drawn["changes"])] if rut.drift else []),
    ]
    if audit.way_out:
        stages = tuple((s.weeks, s.does, s.shows) for s in audit.way_out)
        blocks += [
            Part("The way out"),
            Grid("Week by week", ("Weeks", "What to do", "What would show it"), stages),
        ]
    return Section("rut", "The rut check", tuple(blocks))


_HOURS: Final = (
    "competencies",
    "high-payoff",
    "meetings-by-size",
    "meetings-by-relation",
    "one-to-ones",
    "after-hours",
)


def _time(time: TimeAudit, drawn: dict[str, Drawn]) -> Section:
    blocks: list[Block] = [Picture(drawn[name]) for name in _HOURS]
    behaviour = time.behaviour
    blocks.append(Part("A second opinion without keywords"))
    if behaviour.index is None or behaviour.low is None or behaviour.high is None:
        blocks.append(Text(behaviour.too_little))
    else:
        blocks.append(
            Text(
                f"Share of the published “leader” behaviour: {behaviour.index:.2f} "
                f"({behaviour.low:.2f} to {behaviour.high:.2f}) over {behaviour.units} units. "
                f"{behaviour.method}"
            )
        )
    return Section("time", "Where the hours go", tuple(blocks))


def _unclear(time: TimeAudit) -> Section:
    if not time.unsorted:
        return Section("unclear", "Not sorted yet", ())
    events = sum(u.events for u in time.unsorted)
    hours = sum(u.hours for u in time.unsorted)
    rows = tuple(
        (u.title or "(title not kept)", u.when, u.people, f"{u.events:,}", words.hours(u.hours))
        for u in sorted(time.unsorted, key=lambda u: -u.hours)[:12]
    )
    more = len(time.unsorted) - len(rows)
    blocks: list[Block] = [
        Text(
            f"{words.count(events, 'event')} with {words.hours(hours)} could not be placed by any rule. "
            "Nothing unclear is counted as doing; sorting the largest first takes about two minutes."
        ),
        Grid("The largest first", ("Event", "When", "With", "Events", "Hours"), rows, (3, 4)),
    ]
    if more > 0:
        blocks.append(Text(f"And {more:,} more.", "note"))
    return Section("unclear", "Not sorted yet", tuple(blocks))


def _methods(audit: RoleAudit) -> Section:
    blocks: list[Block] = [
        Part("The rule of the next step"),
        *_rule(audit.next_step.rule),
        Part("Every number"),
        _explained(_every_figure(audit)),
    ]
    time = audit.time
    if time is not None:
        rules = tuple((label(r.kind), r.reason, f"{r.events:,}", words.hours(r.hours)) for r in time.rules)
        if rules:
            blocks += [
                Part("Which rules decided"),
                Grid("By rule", ("Kind", "Reason", "Events", "Hours"), rules, (2, 3)),
            ]
        if time.left_out:
            blocks += [Part("Left out of the calendar"), Text(f"{_left_out(time)}.")]
    if audit.role is not None and audit.role.attribution:
        blocks += [Part("Sources"), Text(audit.role.attribution)]
    blocks.append(
        Text(f"Method {audit.method}. Computed on your own machine; nothing was sent anywhere.", "note")
    )
    return Section("methods", "How this was made", tuple(blocks))


def _left_out(time: TimeAudit) -> str:
    dropped = words.listed([f"{count:,} {what.replace('_', ' ')}" for what, count in time.left_out])
    return f"{dropped[:1].upper()}{dropped[1:]}"


def _notes(audit: RoleAudit) -> Section:
    """Say how files and wordings were understood: whom it took for the person, which zone, which role."""
    time, role = audit.time, audit.role
    notes = dict.fromkeys((*(time.notes if time else ()), *(role.notes if role else ()), *audit.notes))
    said = tuple(note for note in notes if role is None or note != role.attribution)
    return Section("notes", "Notes", (Bullets(said),) if said else ())


def _every_figure(audit: RoleAudit) -> list[tuple[str, Figure, str]]:
    found = [(words.figure_label(f.name), f) for f in (audit.time.figures if audit.time else ())]
    for gap in audit.gaps:
        found += [(f"{gap.label}, asked", gap.asked), (f"{gap.label}, done", gap.done)]
    for aspect in audit.aspects:
        found += [
            (f"{aspect.label}, leading style", aspect.leading),
            (f"{aspect.label}, managing style", aspect.managing),
        ]
    if audit.firefighting is not None:
        found.append(("Firefighting", audit.firefighting))
    told = [(name, one, words.figure(one)) for name, one in found]
    if audit.rut is not None:
        rut = (("Rut index", audit.rut.index), *((words.part_label(p.name), p) for p in audit.rut.parts))
        told += [(name, one, words.index(one)) for name, one in rut]
    return told


def _explained(figures: Sequence[tuple[str, Figure, str]]) -> Grid:
    # Numbers made in the same way from the same data share a row, or twelve competencies fill four pages.
    alike: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for name, found, shown in figures:
        origin = words.seen(found.n, found.n_of) + (
            f", until {words.day(found.as_of)}" if found.as_of else ""
        )
        how = found.too_little or found.formula
        side = name.rpartition(", ")[2]
        key = (origin, how, found.left_out or "nothing", side if side in {"asked", "done"} else name)
        alike.setdefault(key, []).append((name, shown))
    rows = []
    for (origin, how, left_out, side), numbers in alike.items():
        name, value = numbers[0]
        if len(numbers) > 1:
            shared = words.listed([one.removesuffix(f", {side}") for one, _ in numbers])
            name, value = f"{shared}: {side}", "in the table of asked and done"
        rows.append((name, value, origin, how, left_out))
    return Grid("How each number was made", ("Number", "Value", "From", "How", "Left out"), tuple(rows))
