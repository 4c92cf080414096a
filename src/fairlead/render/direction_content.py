"""A direction as the plain blocks that page, paper and terminal print; tracks in their fixed order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairlead.core.figures import Figure
from fairlead.core.phrases import ended
from fairlead.core.scales import LEVEL
from fairlead.core.track_fit import figure_on, likeness
from fairlead.library.load import direction_texts
from fairlead.render import words
from fairlead.render.content import Bullets, Grid, Part, Report, Section, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fairlead.core.direction_reading import (
        Direction,
        FrustrationReading,
        ProfileAgreement,
        SkillSideReading,
        TrackReading,
        ValueSide,
    )
    from fairlead.core.scales import ScaleScore
    from fairlead.render.content import Block

COLUMNS: Final = ("part", "name", "value", "unit", "low", "high", "n", "n_of", "how", "too_little")
"""One row per figure."""

READINGS: Final = {
    "skill_gap": "rather a skill gap",
    "will_gap": "rather a will gap",
    "not_yet_known": "not yet known",
    "fits": "wanted, and able",
    "not_mine": "neither wanted nor able",
    "between": "in between",
    "not_said": "not answered",
}
SHAPES: Final = ("energy", "values")
"""What tracks are compared on by likeness of shape; want and able are compared by their means."""

LIKENESS: Final = {
    "want": "likeness of what is wanted and asked",
    "able": "likeness of what one is able to do and what is asked",
    "energy": "likeness of energy",
    "values": "likeness of values",
}
ASPECTS: Final = {"want": "wanted", "able": "able to do", "energy": "energy", "values": "values"}


def direction_report(found: Direction) -> Report:
    """Lay out a direction: the one next step, then part by part what was answered."""
    sections = [
        _next_step(found),
        _section("warnings", "Worth a thought", _warnings(found)),
        _section("why", "Why you work", _why(found)),
        _section("values", "What matters to you", _values(found)),
        _section("energy", "What gives you energy", _energy(found)),
        _section("drawn", "What you are drawn to and good at", _drawn(found)),
        _section("gaps", "Skill gap or will gap", _gaps(found)),
        _section("motives", "Why you would move up", _motives(found)),
        _section("next-level", "The next level", _next_level(found)),
        _section("tracks", "Five tracks side by side", _tracks(found)),
        _section("roles", "Beside a role", _roles(found)),
        _section("unsaid", "Not answered", [Bullets(tuple(one.says for one in found.unsaid))]),
        _made(found),
    ]
    return Report("My direction", _lead(found), tuple(one for one in sections if one.blocks))


def direction_rows(found: Direction) -> list[tuple[str | float | None, ...]]:
    """Give one row per figure under :data:`COLUMNS`."""
    return [
        COLUMNS,
        *(
            (part, name, one.value, one.unit, one.low, one.high, one.n, one.n_of, one.formula, one.too_little)
            for part, name, one in figures(found)
        ),
    ]


def figures(found: Direction) -> list[tuple[str, str, Figure]]:
    """Give every figure that the page shows with its part and its name, in order."""
    return [
        *_of_values(found),
        *_of_energy(found),
        *_of_skills(found),
        *_of_motives(found),
        *_of_tracks(found),
    ]


def _of_values(found: Direction) -> Iterator[tuple[str, str, Figure]]:
    if found.values:
        for side in (found.values.mine, found.values.practice):
            for score in side.scores if side else ():
                whose = "mine" if side is found.values.mine else "daily practice"
                yield "values", f"{score.label}, {whose}", score.figure


def _of_energy(found: Direction) -> Iterator[tuple[str, str, Figure]]:
    if found.energy:
        yield "energy", "Hours on the tasks named", found.energy.hours_spent
        yield "energy", "On what energizes", found.energy.on_energizers
        yield "energy", "On what drains", found.energy.on_drains
        yield "energy", "On what energizes, if as wanted", found.energy.wanted_on_energizers
        for kind in found.energy.by_kind:
            yield "energy", f"{kind.label}, effect", kind.effect
            yield "energy", f"{kind.label}, hours spent", kind.hours_spent
            yield "energy", f"{kind.label}, hours wanted", kind.hours_wanted
            if kind.calendar:
                yield "energy", f"{kind.label}, in the calendar", kind.calendar


def _of_skills(found: Direction) -> Iterator[tuple[str, str, Figure]]:
    for side in found.sides:
        yield "skill or will", f"{side.label}: skill gaps", side.skill_gap
        yield "skill or will", f"{side.label}: will gaps", side.will_gap
        yield "skill or will", f"{side.label}: not yet known", side.not_yet_known
        yield "skill or will", f"{side.label}: never taught", side.untaught
        for score in side.scores:
            yield "skill or will", score.label, _of_scale(score)


def _of_motives(found: Direction) -> Iterator[tuple[str, str, Figure]]:
    for one in found.motives.motives if found.motives else ():
        if one.score is not None:
            yield "motives", f"{one.label}, answers", _of_scale(one.score)
        yield "motives", f"{one.label}, own reasons", one.own


def _of_scale(score: ScaleScore) -> Figure:
    """Give the score of a scale as a figure that explains itself."""
    return Figure(
        name=score.scale, value=score.score, unit="points", n=score.n_answered, n_of="answers",
        formula=score.formula, as_of=score.answered_on, low=score.low, high=score.high,
        level=None if score.low is None else LEVEL, too_little=score.too_little,
    )  # fmt: skip


def _of_tracks(found: Direction) -> Iterator[tuple[str, str, Figure]]:
    for track in found.tracks:
        for name, one in (("wanted", track.want), ("able", track.able), ("energy", track.energy)):
            yield "tracks", f"{track.label}, {name}", one
        for agreement in track.agreement:
            yield "tracks", f"{track.label}, {LIKENESS[agreement.on]}", agreement.shape
    for role in found.roles:
        yield "role", f"{role.title}, values", role.values.shape


def _lead(found: Direction) -> str:
    until = words.day(found.expires_on)
    state = (
        f"This reading expired on {until}: answer again." if found.expired else f"It stands until {until}."
    )
    return f"Answered on {words.day(found.answered_on)}. {state} It is for you alone."


def _section(name: str, title: str, blocks: Iterable[Block]) -> Section:
    """Make a section of what says something; it is left out where nothing does."""
    said = (block for block in blocks if not isinstance(block, Bullets) or block.items)
    return Section(name, title, tuple(said))


def _next_step(found: Direction) -> Section:
    step = found.next_step
    blocks: list[Block] = [Text(step.title, "lead"), Text(step.does), Text(step.why)]
    if step.evidence:
        blocks.append(Bullets(step.evidence))
    blocks.append(Text(f"Line {step.line} of the rule decided: {step.line_says}", "note"))
    return Section("next-step", "The one next step", tuple(blocks))


def _warnings(found: Direction) -> Iterator[Block]:
    for sign in found.warnings:
        yield Part(sign.title)
        yield Text(sign.says)
        if sign.evidence:
            yield Bullets(sign.evidence)


def _why(found: Direction) -> Iterator[Block]:
    if found.why:
        yield Bullets(found.why.says)


def _values(found: Direction) -> Iterator[Block]:
    read = found.values
    if read is None:
        return
    yield Text(read.says)
    mine, practice = read.mine, read.practice
    if mine or practice:
        names = [score.label for score in (mine or practice).scores]  # type: ignore[union-attr]
        rows = tuple((name, _score(mine, at), _score(practice, at)) for at, name in enumerate(names))
        caption = "Chance to be put before another of the six, with 80 % intervals"
        yield Grid(caption, ("value", "mine", "daily practice"), rows, numbers=(1, 2))
    yield Bullets(
        tuple([one.says for one in read.mismatches] + [f"{one.label}. {one.says}" for one in read.stated])
    )


def _score(side: ValueSide | None, at: int) -> str:
    return words.DASH if side is None else words.figure(side.scores[at].figure)


def _energy(found: Direction) -> Iterator[Block]:
    read = found.energy
    if read is None:
        return
    yield Text(read.says)
    named = [
        ended(f"{title}: {words.listed([one.label for one in tasks])}")
        for title, tasks in (("Energizes", read.energizers), ("Drains", read.drains))
        if tasks
    ]
    yield Bullets(tuple(named))
    rows = tuple(
        (
            kind.label,
            words.figure(kind.effect),
            words.figure(kind.hours_spent),
            words.figure(kind.hours_wanted),
            words.figure(kind.calendar) if kind.calendar else words.DASH,
        )
        for kind in read.by_kind
    )
    if rows:
        headers = ("kind of work", "effect, −2 to 2", "hours spent", "hours wanted", "in the calendar")
        yield Grid("By kind of work, hours a week", headers, rows, numbers=(1, 2, 3, 4))
    yield Bullets(
        tuple(
            f"{one.label}: {words.hours(one.hours_spent)} now, {words.hours(one.hours_wanted)} wanted."
            for one in read.moves
            if one.hours_spent is not None and one.hours_wanted is not None
        )
    )


def _drawn(found: Direction) -> Iterator[Block]:
    yield Bullets(tuple(f"{ended(one.what)} {one.says}" for one in found.passions))
    yield Bullets(
        tuple(
            f"Good at: {ended(what)}" + (f" Works against you: {ended(against)}" if against else "")
            for what, against in found.strengths
        )
    )


def _gaps(found: Direction) -> Iterator[Block]:
    for side in found.sides:
        yield Part(side.label)
        yield Text(side.says)
        if side.frustrations:
            yield _frustrations(side)
        yield Bullets(tuple(_scored(side)))
    if found.sides_beside:
        yield Text(found.sides_beside)


def _frustrations(side: SkillSideReading) -> Grid:
    rows = tuple((one.what, _reading(one), one.says) for one in side.frustrations)
    return Grid(f"Frustrations: {side.label}", ("what frustrates", "reading", "why"), rows)


def _reading(one: FrustrationReading) -> str:
    said = READINGS.get(one.reading, one.reading)
    return f"{said}; a guess: {READINGS[one.guess]}" if one.guess and one.guess != one.reading else said


def _scored(side: SkillSideReading) -> Iterator[str]:
    for score in side.scores:
        if score.score is None:
            yield f"{score.label}: too few answers."
        else:
            between = ""
            if score.low is not None and score.high is not None:
                between = f" ({score.low:.1f} to {score.high:.1f})"
            yield f"{score.label}: {score.score:.1f}{between} of {score.high_option:g}."


def _motives(found: Direction) -> Iterator[Block]:
    read = found.motives
    if read is None:
        return
    yield Text(read.says)
    rows = tuple(
        (
            one.label,
            f"{one.score.score:.1f} ({one.score.low:.1f} to {one.score.high:.1f})"
            if one.score is not None
            and one.score.score is not None
            and one.score.low is not None
            and one.score.high is not None
            else words.DASH,
            words.figure(one.own),
        )
        for one in read.motives
    )
    yield Grid("Five motives", ("motive", "answers, 1 to 5", "own reasons"), rows, numbers=(1, 2))
    if read.beside:
        yield Text(read.beside)


def _next_level(found: Direction) -> Iterator[Block]:
    read = found.next_level
    if read is None:
        return
    yield Text(read.says)
    yield Bullets(
        tuple(
            f"{title}: {words.listed([_burden(one) for one in burdens])}."
            for title, burdens in (
                ("Fine with you", read.fine),
                ("Bearable", read.bearable),
                ("Not for you", read.not_for_me),
            )
            if burdens
        )
    )


def _burden(name: str) -> str:
    known = {one.id: one.label for one in direction_texts().burdens}
    said = known.get(name, name)
    return said[:1].lower() + said[1:]


def _tracks(found: Direction) -> Iterator[Block]:
    if not found.tracks:
        return
    yield Text(found.tracks_say)
    rows = tuple(
        (track.label, words.figure(track.want), words.figure(track.able), words.figure(track.energy))
        for track in found.tracks
    )
    headers = ("track", "wanted, 1 to 5", "able, 1 to 5", "energy, −2 to 2")
    yield Grid("The tracks, always in this order", headers, rows, numbers=(1, 2, 3))
    if any(figure_on(track, aspect).value is not None for track in found.tracks for aspect in SHAPES):
        yield _likeness(found)
    yield Bullets(tuple(one.says for one in found.apart))
    for track in found.tracks:
        yield from _track(track)


def _likeness(found: Direction) -> Grid:
    """Lay out the shapes by which tracks are compared on energy and values."""
    rows = tuple(
        (track.label, *(likeness(figure_on(track, aspect)) or words.DASH for aspect in SHAPES))
        for track in found.tracks
    )
    caption = "Likeness by which tracks are compared on energy and values"
    headers = ("track", *(f"likeness of {aspect}, −1 to 1" for aspect in SHAPES))
    return Grid(caption, headers, rows, numbers=(1, 2))


def _track(track: TrackReading) -> Iterator[Block]:
    yield Part(track.label)
    yield Text(track.asks)
    if track.too_little:
        yield Text(track.too_little, "note")
    yield Bullets(track.reasons)
    said = [one for one in track.demands if one.want is not None or one.able is not None]
    if said:
        rows = tuple(
            (one.text, _step(one.want), _step(one.able), READINGS.get(one.reading, one.reading))
            for one in said
        )
        headers = ("what it asks", "want", "able", "reading")
        yield Grid(f"What it asks: {track.label}", headers, rows, numbers=(1, 2))
    yield Bullets(tuple(_agreement(one) for one in track.agreement if one.verdict != "too_little"))


def _agreement(one: ProfileAgreement) -> str:
    return f"{ASPECTS.get(one.on, one.on).capitalize()}: {one.says}"


def _step(value: int | None) -> str:
    return words.DASH if value is None else str(value)


def _roles(found: Direction) -> Iterator[Block]:
    for role in found.roles:
        yield Part(f"{role.title} ({role.code})" if role.code else role.title)
        yield Text(role.values.says)


def _made(found: Direction) -> Section:
    rows = tuple(
        (name, _value(one), words.seen(one.n, one.n_of), one.too_little or one.formula)
        for _, name, one in figures(found)
    )
    blocks: list[Block] = []
    if rows:
        headers = ("number", "value", "from", "how")
        blocks.append(Grid("How each number was made", headers, rows))
    blocks += [Text(note, "note") for note in _notes(found)]
    blocks.append(Text(f"The rule of the next step. {found.next_step.rule}", "note"))
    return Section("methods", "How this was made", tuple(blocks))


def _value(one: Figure) -> str:
    return likeness(one) or words.DASH if one.unit == "correlation" else words.figure(one)


def _notes(found: Direction) -> Sequence[str]:
    notes = [*found.notes]
    notes += [note for track in found.tracks for note in track.notes]
    notes += [role.attribution for role in found.roles if role.attribution]
    return tuple(dict.fromkeys(notes))
