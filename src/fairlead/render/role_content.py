"""What a role asks, and a description read, as the plain blocks that page and paper print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairlead.core.work import LABELS
from fairlead.render.content import Bullets, Grid, Report, Section, Text
from fairlead.render.words import minus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.roles import Demand, DescriptionReading, Relative, RoleMatch, RoleProfile
    from fairlead.render.content import Block

EMPHASIS: Final = ((1.5, "much more"), (0.5, "more"), (-0.5, "about as much"), (-1.5, "less"))
"""Lower bounds in standard deviations, with words that stand beside similar roles."""

PREPARATION: Final = ("little or no", "some", "medium", "considerable", "extensive")
COLUMNS: Final = ("part", "name", "share", "share_low", "share_high", "level", "emphasis", "attribution")


def emphasis_in_words(emphasis: float | None) -> str:
    """Say how much a role asks of something compared with roles of its job zone."""
    if emphasis is None:
        return ""
    return next((words for bound, words in EMPHASIS if emphasis >= bound), "much less")


def preparation(profile: RoleProfile) -> str:
    """Name the job zone in words, empty where there is none."""
    if not profile.job_zone:
        return ""
    return f"job zone {profile.job_zone} of 5: {PREPARATION[profile.job_zone - 1]} preparation"


def share_words(share: float | None) -> str:
    """Write a share in whole per cent."""
    return "not known" if share is None else f"{100 * share:.0f} %"


def interval_words(demand: Demand) -> str:
    """Write the interval of a share, empty where there is none."""
    if demand.share_low is None or demand.share_high is None:
        return ""
    return f"{100 * demand.share_low:.0f} to {100 * demand.share_high:.0f} %"


def compared_words(demand: Demand) -> str:
    """Write an emphasis in words with its number."""
    words = emphasis_in_words(demand.emphasis)
    return f"{words} ({minus(f'{demand.emphasis:+.1f}')} SD)" if words else "not known"


def role_report(
    profile: RoleProfile, matches: Sequence[RoleMatch], near: Sequence[Relative], attribution: str
) -> Report:
    """Lay out what a role asks: kinds, competencies, relatives, how it was made."""
    sections = [_asks(profile)]
    if profile.values or profile.styles:
        sections.append(_nature(profile))
    if near:
        items = tuple(f"{role.title} ({role.code}), distance {role.distance:.2f}" for role in near)
        sections.append(Section("relatives", "Nearest relatives", (Bullets(items),)))
    if len(matches) > 1:
        items = tuple(f"{match.title} ({match.code}), found as “{match.matched}”" for match in matches[1:])
        sections.append(Section("others", "Other roles this may mean", (Bullets(items),)))
    sections.append(_made(profile, attribution))
    zone = preparation(profile)
    lead = (
        f"O*NET {profile.code}{', ' if zone else ''}{zone}."
        if profile.source == "onet"
        else "A role profile of your own."
    )
    return Report(profile.title, lead, tuple(sections))


def description_report(reading: DescriptionReading) -> Report:
    """Lay out a description: its profile first, then each sentence with what decided."""
    sections = []
    if reading.profile is None:
        sections.append(Section("asks", "What it asks", (Text(reading.too_little),)))
    else:
        sections.append(_asks(reading.profile))
    rows = tuple(
        (
            sentence.text,
            LABELS[sentence.kind] if sentence.kind else "nothing",
            LABELS[sentence.competency] if sentence.competency else "",
            sentence.why,
        )
        for sentence in reading.sentences
    )
    headers = ("sentence", "asks for", "competency", "why")
    sections.append(Section("sentences", "Sentence by sentence", (Grid("Each sentence", headers, rows),)))
    if reading.profile is not None:
        sections.append(_made(reading.profile, ""))
    title = reading.profile.title if reading.profile else "A job description"
    return Report(title, "A job description through the lens: leading, managing, doing.", tuple(sections))


def profile_rows(profile: RoleProfile, attribution: str) -> list[tuple[str | float | None, ...]]:
    """Give every figure of a profile as a row under :data:`COLUMNS`."""
    parts = (("kind", profile.kinds), ("competency", profile.competencies))
    return [
        (part, d.name, d.share, d.share_low, d.share_high, d.level, d.emphasis, attribution)
        for part, demands in parts
        for d in demands
    ]


def _asks(profile: RoleProfile) -> Section:
    blocks: list[Block] = [_grid("Leading, managing and doing", "kind of work", profile.kinds, profile)]
    if any(demand.share is not None for demand in profile.competencies):
        blocks += [
            _grid(
                "Managing: its six competencies", "competency of managing", profile.competencies[:6], profile
            ),
            _grid(
                "Leading: its six competencies", "competency of leading", profile.competencies[6:], profile
            ),
        ]
    return Section("asks", "What it asks", tuple(blocks))


def _grid(caption: str, first: str, demands: Sequence[Demand], profile: RoleProfile) -> Grid:
    spread = "give or take" if profile.source == "own" else "80 % interval"
    if profile.source != "onet":
        rows = tuple((LABELS[d.name], share_words(d.share), interval_words(d)) for d in demands)
        return Grid(caption, (first, "share", spread), rows, numbers=(1, 2))
    full = tuple(
        (
            LABELS[d.name],
            share_words(d.share),
            interval_words(d),
            "not rated" if d.level is None else f"{d.level:.2f}",
            compared_words(d),
        )
        for d in demands
    )
    headers = (first, "share", spread, "level, 0 to 1", "beside similar roles")
    return Grid(caption, headers, full, numbers=(1, 2, 3))


def _nature(profile: RoleProfile) -> Section:
    blocks: list[Block] = []
    for title, first, scale, pairs in (
        ("Values that the work serves", "value", "extent, 1 to 7", profile.values),
        ("Styles that help in it", "style", "impact, −3 to 3", profile.styles),
    ):
        if pairs:
            rows = tuple((name, minus(f"{number:.2f}")) for name, number in pairs)
            blocks.append(Grid(title, (first, scale), rows, numbers=(1,)))
    return Section("nature", "Values and styles", tuple(blocks))


def _made(profile: RoleProfile, attribution: str) -> Section:
    notes = [Text(note, "note") for note in profile.notes]
    if attribution:
        notes.append(Text(attribution, "note"))
    return Section("made", "How this was made", tuple(notes))
