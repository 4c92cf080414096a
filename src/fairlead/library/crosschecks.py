"""Checks of an instrument that look at more than one value: whether what is named exists and fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairlead.library.schema import Instrument, Item
    from fairlead.library.wording import Misfit

    Path = tuple[str | int, ...]


def instrument_misfits(instrument: Instrument) -> Iterator[Misfit]:
    """Name everything in an instrument that does not fit together, each with its place."""
    yield from _doubles(instrument)
    yield from _options(instrument)
    for path, item in _placed_items(instrument):
        for below, wrong, right in _item(instrument, item):
            yield (*path, *below), wrong, right
    yield from _scales(instrument)
    yield from _pairs(instrument)
    yield from _unused(instrument)


def _placed_items(instrument: Instrument) -> Iterator[tuple[Path, Item]]:
    for i, section in enumerate(instrument.sections):
        for j, item in enumerate(section.items):
            yield ("sections", i, "items", j), item


def _doubles(instrument: Instrument) -> Iterator[Misfit]:
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


def _options(instrument: Instrument) -> Iterator[Misfit]:
    for name, options in instrument.options.items():
        if [option.value for option in options] != list(range(1, len(options) + 1)) or len(options) < 2:
            yield ("options", name), f"The options “{name}” are not numbered 1, 2, 3 …", "Number them from 1."


def _item(instrument: Instrument, item: Item) -> Iterator[Misfit]:
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


def _item_names(instrument: Instrument, item: Item) -> Iterator[Misfit]:
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


def _scales(instrument: Instrument) -> Iterator[Misfit]:
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


def _pairs(instrument: Instrument) -> Iterator[Misfit]:
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


def _unused(instrument: Instrument) -> Iterator[Misfit]:
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
