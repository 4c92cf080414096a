"""The terminal pages of ``fairlead roles``: a role and what it asks, a job description read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from fairlead.core.work import LABELS, LEADING_COMPETENCIES, MANAGING_COMPETENCIES
from fairlead.render.role_content import compared_words, interval_words, preparation, share_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.roles import (
        Demand,
        DescriptionReading,
        Relative,
        RoleMatch,
        RoleProfile,
        SentenceReading,
    )
    from fairlead.library.role_library import RoleLibrary

WIDEST: Final = 96
SURE: Final = 75.0
"""Below this score a match may mean another role, and the page says so."""
GENERIC: Final = (
    "Every trade uses this wording, so this role is one guess among several. "
    "Add your trade (“team lead sales”), or choose among the other roles named below."
)


def print_role(
    profile: RoleProfile, matches: Sequence[RoleMatch], near: Sequence[Relative], library: RoleLibrary
) -> None:
    """Print what a role asks, its relatives and other roles that the wording may mean."""
    console = _console()
    console.print(Text(_shown(profile.title), style="bold"))
    console.print(Text(_subtitle(profile, matches)))
    if matches and matches[0].generic:
        console.print(Text(GENERIC, style="bold"))
    console.print()
    _print_demands(console, "What the role asks", profile.kinds, profile)
    for heading, names in (("Managing", MANAGING_COMPETENCIES), ("Leading", LEADING_COMPETENCIES)):
        chosen = [demand for demand in profile.competencies if demand.name in names]
        if any(demand.share is not None for demand in chosen):
            _print_demands(console, f"{heading}: its six competencies", chosen, profile)
    if profile.source == "onet":
        _print_nature(console, profile)
    _print_list(console, "Nearest relatives", [_relative(role) for role in near])
    _print_list(console, "Other roles this may mean", [_match(match) for match in matches[1:]])
    for note in profile.notes:
        _print_quiet(console, note)
    _print_quiet(console, library.attribution)


def print_description(reading: DescriptionReading) -> None:
    """Print each sentence with its kind and the words that decided, then the profile it makes."""
    console = _console()
    console.print(Text("The description through the lens", style="bold"))
    for sentence in reading.sentences:
        console.print()
        console.print(_marked(sentence))
        _print_quiet(console, _shown(_verdict(sentence)), left=2)
    console.print()
    if reading.profile is None:
        console.print(Text(reading.too_little))
        return
    _print_demands(console, "What the description asks", reading.profile.kinds, reading.profile)
    named = [demand for demand in reading.profile.competencies if demand.share]
    if named:
        named.sort(key=lambda demand: -(demand.share or 0.0))
        _print_demands(console, "Competencies it names", named, reading.profile)
    for note in reading.profile.notes:
        _print_quiet(console, note)


def _console() -> Console:
    console = Console(highlight=False, markup=False, emoji=False)
    console.width = min(console.width, WIDEST)
    return console


def _shown(text: str) -> str:
    """Leave out what would steer a terminal or turn text around."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _subtitle(profile: RoleProfile, matches: Sequence[RoleMatch]) -> str:
    if profile.source == "own":
        return "A role profile of your own"
    parts = [f"O*NET {profile.code}"]
    if matches and matches[0].matched not in {profile.title, profile.code}:
        found = "found as" if matches[0].score >= SURE else "not found exactly; the nearest wording is"
        parts.append(f"{found} “{_shown(matches[0].matched)}”")
    if profile.job_zone:
        parts.append(preparation(profile))
    return ", ".join(parts)


def _print_demands(console: Console, heading: str, demands: Sequence[Demand], profile: RoleProfile) -> None:
    compared = profile.source == "onet"
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), title=heading, title_justify="left")
    table.title_style = "bold"
    table.add_column("")
    table.add_column("share", justify="right")
    table.add_column("give or take" if profile.source == "own" else "80 % interval", justify="right")
    if compared:
        table.add_column("level, 0 to 1", justify="right")
        table.add_column("beside similar roles", justify="left")
    for demand in demands:
        row = [LABELS[demand.name], share_words(demand.share), interval_words(demand)]
        if compared:
            level = "not rated" if demand.level is None else f"{demand.level:.2f}"
            row += [level, compared_words(demand)]
        table.add_row(*row)
    console.print(table)
    console.print()


def _print_nature(console: Console, profile: RoleProfile) -> None:
    """Name the strongest values and styles; their numbers are in the JSON."""
    if profile.values:
        names = ", ".join(name.lower() for name, _ in profile.values[:3])
        console.print(Text(f"Values that the work serves most: {names}."))
    if profile.styles:
        names = ", ".join(name.lower() for name, _ in profile.styles[:5])
        console.print(Text(f"Styles that help most: {names}."))
    if profile.values or profile.styles:
        console.print()


def _relative(role: Relative) -> str:
    return f"{role.title} ({role.code}), distance {role.distance:.2f}"


def _match(match: RoleMatch) -> str:
    found = "" if match.matched == match.title else f", found as “{_shown(match.matched)}”"
    return f"{match.title} ({match.code}){found}"


def _print_list(console: Console, heading: str, entries: Sequence[str]) -> None:
    if not entries:
        return
    console.print(Text(heading, style="bold"))
    for entry in entries:
        console.print(Padding(Text(_shown(entry)), (0, 0, 0, 2)))
    console.print()


def _print_quiet(console: Console, text: str, *, left: int = 0) -> None:
    console.print(Padding(Text(text, style="dim"), (0, 0, 0, left)))


def _marked(sentence: SentenceReading) -> Text:
    """Underline the words that decided; their places hold, since one character stands for one."""
    text = Text(_shown(sentence.text))
    for start, end in sentence.words:
        text.stylize("bold underline", start, end)
    return text


def _verdict(sentence: SentenceReading) -> str:
    if not sentence.kind:
        return sentence.why
    competency = f", {LABELS[sentence.competency].lower()}" if sentence.competency else ""
    return f"{LABELS[sentence.kind]}{competency}. {sentence.why}"
