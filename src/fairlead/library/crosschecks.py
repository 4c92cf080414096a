"""Checks of an instrument that look at more than one value: whether what is named exists and fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairlead.library.instrument_parts import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fairlead.library.instrument_parts import InstrumentParts, Item
    from fairlead.library.wording import Misfit

    Path = tuple[str | int, ...]

MOST_COMMENTS: Final = 3
"""Questions in own words that others are asked at most: each takes long and can give away who wrote."""


def instrument_misfits(instrument: InstrumentParts) -> Iterator[Misfit]:
    """Name everything in an instrument that does not fit together, each with its place."""
    yield from _doubles(instrument)
    yield from _options(instrument)
    for path, item in _placed_items(instrument):
        for below, wrong, right in _item(instrument, item):
            yield (*path, *below), wrong, right
    yield from _scales(instrument)
    yield from _pairs(instrument)
    yield from _unused(instrument)
    yield from _placeholders(instrument)
    yield from _asked_of_others(instrument)


def _asked_of_others(instrument: InstrumentParts) -> Iterator[Misfit]:
    """Hold an instrument for surveys to what a release can count."""
    if instrument.mirrors is not None and instrument.asks != "role":
        right = "Only one with “asks: role” sets others beside oneself."
        yield ("mirrors",), f"An instrument with “asks: {instrument.asks}” mirrors none.", right
    if instrument.asks == "self":
        return
    if instrument.pairs:
        right = "Only an instrument with “asks: self” has pairs."
        yield ("pairs",), "A pair sets oneself beside somebody in mind.", right
    yield from _only_choices(instrument)
    yield from _one_scale_of_options(instrument)


def _only_choices(instrument: InstrumentParts) -> Iterator[Misfit]:
    comments = 0
    for path, item in _placed_items(instrument):
        if item.kind == "text":
            comments += 1
            if comments == MOST_COMMENTS + 1:
                right = (
                    f"At most {MOST_COMMENTS} are asked for: each takes long and can give away who wrote it."
                )
                yield (*path, "kind"), f"“{item.id}” asks for own words once more.", right
        elif item.kind != "choice":
            wrong = f"“{item.id}” is answered by {item.kind}."
            right = "Only choices can be released safely: ask with options, or with “kind: text” to comment."
            yield (*path, "kind"), wrong, right
    if comments == len(instrument.items):
        yield ("sections",), "Nothing here can be counted.", "Ask at least one question with options."


def _one_scale_of_options(instrument: InstrumentParts) -> Iterator[Misfit]:
    first: tuple[str, int] | None = None
    for path, item in _placed_items(instrument):
        options = instrument.options.get(item.options or "")
        if item.kind != "choice" or not options:
            continue
        first = first or (item.id, len(options))
        if len(options) != first[1]:
            wrong = f"“{item.id}” has the options 1 to {len(options)}, “{first[0]}” has 1 to {first[1]}."
            right = "A release counts every question on one scale: give all of them as many options."
            yield (*path, "options"), wrong, right


def _placeholders(instrument: InstrumentParts) -> Iterator[Misfit]:
    for path, text, may_name in _words(instrument):
        bare = text.replace(NAME, "") if may_name and instrument.asks == "role" else text
        if not {"{", "}"} & set(bare):
            continue
        if instrument.asks != "role" and NAME in text:
            right = "Only an instrument with “asks: role” is about one person."
        elif may_name:
            right = (
                f"Only {NAME} is filled in, with the name of the person asked about; leave other braces out."
            )
        else:
            right = f"Leave them out; {NAME} can stand in the period, in screens and in questions."
        yield path, "Braces stand in this text.", right


def _words(instrument: InstrumentParts) -> Iterator[tuple[Path, str, bool]]:
    """Give everything that people read: where it stands, the words, whether a name may stand in them."""
    for field in ("title", "purpose", "period", "privacy", "not_mine"):
        yield (field,), getattr(instrument, field), field == "period"
    for name, options in instrument.options.items():
        for i, option in enumerate(options):
            yield ("options", name, i, "label"), option.label, False
    for i, scale in enumerate(instrument.scales):
        yield ("scales", i, "label"), scale.label, False
        yield ("scales", i, "says"), scale.says, False
    for i, section in enumerate(instrument.sections):
        yield ("sections", i, "title"), section.title, True
        yield ("sections", i, "intro"), section.intro, True
    for path, item in _placed_items(instrument):
        yield (*path, "text"), item.text, True
        yield (*path, "help"), item.help, True
        for i, preset in enumerate(item.presets):
            yield (*path, "presets", i, "label"), preset.label, False


def mirror_misfits(instrument: InstrumentParts, mirrored: InstrumentParts) -> Iterator[Misfit]:
    """Name what keeps others' answers from standing beside those about oneself."""
    there = {scale.id: scale for scale in mirrored.scales}
    here = {scale.id for scale in instrument.scales}
    lacking = [name for name in there if name not in here]
    if lacking:
        right = f"Each scale of “{mirrored.id}” is here too; add: {', '.join(lacking)}."
        yield ("mirrors",), f"Scales of “{mirrored.id}” are missing: {len(lacking)} of {len(there)}.", right
    for i, scale in enumerate(instrument.scales):
        other = there.get(scale.id)
        if other is not None and (scale.about, scale.better) != (other.about, other.better):
            right = (
                f"In “{mirrored.id}” it is about {other.about}, and better is {other.better}: write the same."
            )
            yield ("scales", i, "about"), f"“{scale.id}” is not about the same thing.", right
    yield from _mirrored_items(instrument, mirrored)


def _mirrored_items(instrument: InstrumentParts, mirrored: InstrumentParts) -> Iterator[Misfit]:
    there = {item.id: item for item in mirrored.items if item.scales}
    scales = {scale.id for scale in mirrored.scales}
    for path, item in _placed_items(instrument):
        other = there.get(item.id)
        if other is None:
            continue
        if set(item.scales) & scales != set(other.scales) or item.reverse != other.reverse:
            turned = ", reversed" if other.reverse else ""
            counts = f"In “{mirrored.id}” it counts for {', '.join(other.scales)}{turned}"
            right = f"{counts}; another item needs another id."
            yield (*path, "scales"), f"“{item.id}” counts for other scales than there.", right
        here = len(instrument.options.get(item.options or "", ()))
        known = len(mirrored.options[other.options or ""])
        if here != known:
            right = f"In “{mirrored.id}” it has the options 1 to {known}."
            yield (*path, "options"), f"“{item.id}” has the options 1 to {here}.", right


def _placed_items(instrument: InstrumentParts) -> Iterator[tuple[Path, Item]]:
    for i, section in enumerate(instrument.sections):
        for j, item in enumerate(section.items):
            yield ("sections", i, "items", j), item


def _doubles(instrument: InstrumentParts) -> Iterator[Misfit]:
    named: list[tuple[str, Path, str]] = [
        *(("item", (*path, "id"), item.id) for path, item in _placed_items(instrument)),
        *(("section", ("sections", i, "id"), part.id) for i, part in enumerate(instrument.sections)),
        *(("scale", ("scales", i, "id"), scale.id) for i, scale in enumerate(instrument.scales)),
    ]
    seen: set[tuple[str, str]] = set()
    for what, path, name in named:
        if (what, name) in seen:
            yield path, f"“{name}” is already the id of another {what}.", "Give each its own."
        seen.add((what, name))


def _options(instrument: InstrumentParts) -> Iterator[Misfit]:
    for name, options in instrument.options.items():
        if [option.value for option in options] != list(range(1, len(options) + 1)) or len(options) < 2:
            yield ("options", name), f"The options “{name}” are not numbered 1, 2, 3 …", "Number them from 1."


def _item(instrument: InstrumentParts, item: Item) -> Iterator[Misfit]:
    yield from _item_names(instrument, item)
    is_choice = item.kind == "choice"
    if is_choice and item.options is None:
        yield (), f"“{item.id}” is a choice without options.", "Add “options:” with the name of a set."
    if not is_choice and (item.options is not None or item.scales or item.reverse or item.may_not_be_mine):
        right = "Only a choice has options and scales, can be reversed or be no part of the work."
        yield (), f"“{item.id}” is answered by {item.kind}.", right
    if item.scales and not item.research:
        yield (), f"“{item.id}” is scored and names no research.", "Add “research:” with one key or more."
    yield from _item_answers(item)


def _item_names(instrument: InstrumentParts, item: Item) -> Iterator[Misfit]:
    if item.options is not None and item.options not in instrument.options:
        yield ("options",), f"There are no options “{item.options}”.", _known(instrument.options)
    scales = [scale.id for scale in instrument.scales]
    for i, name in enumerate(item.scales):
        if name not in scales:
            yield ("scales", i), f"There is no scale “{name}”.", _known(scales)
    for i, name in enumerate(item.research):
        if name not in instrument.research:
            yield ("research", i), f"There is no research “{name}”.", _known(instrument.research)


def _item_answers(item: Item) -> Iterator[Misfit]:
    is_number = item.kind == "number"
    if is_number and (item.low is None or item.high is None or not item.unit):
        yield (), f"“{item.id}” is a number without bounds or unit.", "Add “low:”, “high:” and “unit:”."
    if not is_number and (item.low is not None or item.high is not None or item.unit):
        yield (), f"“{item.id}” is answered by {item.kind}.", "Only a number has bounds and a unit."
    if item.low is not None and item.high is not None and item.low >= item.high:
        yield ("low",), f"“low” ({item.low:g}) is not below “high” ({item.high:g}).", "Turn them around."
    if item.kind == "many" and len(item.presets) < 2:
        yield (), f"“{item.id}” has fewer than two answers to tick.", "Add “presets:”."
    if item.presets and item.kind not in {"many", "register"}:
        yield (
            ("presets",),
            f"“{item.id}” is answered by {item.kind}.",
            "Only registers and ticks have presets.",
        )
    seen: set[str] = set()
    for i, preset in enumerate(item.presets):
        if preset.id in seen:
            yield (
                ("presets", i, "id"),
                f"“{preset.id}” is already the id of another preset.",
                "Give each its own.",
            )
        seen.add(preset.id)


def _scales(instrument: InstrumentParts) -> Iterator[Misfit]:
    for i, scale in enumerate(instrument.scales):
        items = [item for item in instrument.items if scale.id in item.scales]
        if not items:
            yield ("scales", i, "id"), f"No item belongs to the scale “{scale.id}”.", "Name it at its items."
            continue
        if scale.min_answered > len(items):
            right = f"Number of items in this scale: {len(items)}."
            yield ("scales", i, "min_answered"), f"{scale.min_answered} answers can never be reached.", right
        lengths = {len(instrument.options.get(item.options or "", ())) for item in items}
        if len(lengths) > 1:
            right = "All items of a scale need the same number of options."
            yield ("scales", i, "id"), f"The items of “{scale.id}” have different options.", right


def _pairs(instrument: InstrumentParts) -> Iterator[Misfit]:
    choices = {item.id: item for item in instrument.items if item.kind == "choice"}
    for i, pair in enumerate(instrument.pairs):
        sides = {"mine": pair.mine, "theirs": pair.theirs, "beside": pair.beside}
        named = {side: name for side, name in sides.items() if name is not None}
        if set(named) not in ({"mine", "theirs"}, {"beside"}):
            right = "Name “mine” and “theirs”, or “beside” alone."
            yield ("pairs", i), "A pair is two items, or one that compares.", right
            continue
        found = {side: choices.get(name) for side, name in named.items()}
        for side, item in found.items():
            if item is None:
                yield ("pairs", i, side), "There is no choice item of that id.", "Name an item with options."
        beside = found.get("beside")
        if beside is not None and len(instrument.options.get(beside.options or "", ())) % 2 == 0:
            right = "Give it an odd number of options, the middle one for “the same”."
            yield ("pairs", i, "beside"), f"“{beside.id}” has no option in the middle.", right
        mine, theirs = found.get("mine"), found.get("theirs")
        if mine is not None and theirs is not None and mine.options != theirs.options:
            yield ("pairs", i), "The two items have different options.", "Ask both with the same options."


def _unused(instrument: InstrumentParts) -> Iterator[Misfit]:
    options = {item.options for item in instrument.items}
    research = {key for item in instrument.items for key in item.research}
    for name in instrument.options:
        if name not in options:
            yield ("options", name), f"No item uses the options “{name}”.", "Leave them out."
    for name in instrument.research:
        if name not in research:
            yield ("research", name), f"No item leans on “{name}”.", "Leave it out."


def _known(names: object) -> str:
    listed = ", ".join(names) if isinstance(names, (list, dict)) else ""
    return f"Known here: {listed}." if listed else "None is defined here."


def doubles(where: str, names: Sequence[str]) -> Iterator[Misfit]:
    """Name every entry of a list whose name another one has."""
    for i, name in enumerate(names):
        if name in names[:i]:
            yield (where, i), f"“{name}” is there twice.", "Each has a name of its own."


def loose_research(
    placed: Sequence[tuple[Path, Sequence[str]]], known: Mapping[str, object]
) -> Iterator[Misfit]:
    """Name publications that entries lean on and that are not listed, and listed ones nobody leans on."""
    for path, keys in placed:
        for key in keys:
            if key not in known:
                yield (*path, "research"), f"There is no research “{key}”.", f"Known: {', '.join(known)}."
    for key in sorted(set(known) - {key for _, keys in placed for key in keys}):
        yield ("research", key), f"Nothing leans on “{key}”.", "Leave it out, or name it where it belongs."
