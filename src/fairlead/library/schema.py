"""What a library file may say: frozen models, checked across, with a JSON Schema for editors."""

from __future__ import annotations

from typing import Any, Self

from pydantic import model_validator

from fairlead.library.crosschecks import instrument_misfits
from fairlead.library.instrument_parts import (
    ABOUT,
    LAST_ROW,
    NOT_MINE,
    NOT_SEEN,
    READINGS,
    Asks,
    Better,
    Doi,
    Entry,
    Id,
    InstrumentParts,
    Item,
    ItemKind,
    Language,
    Line,
    Option,
    PairEntry,
    Passage,
    Preset,
    Research,
    Row,
    ScaleEntry,
    Section,
    Short,
    Version,
    Word,
    matching,
)
from fairlead.library.wording import misfits

__all__ = [
    "ABOUT",
    "LAST_ROW",
    "NOT_MINE",
    "NOT_SEEN",
    "READINGS",
    "Asks",
    "Better",
    "Doi",
    "Entry",
    "Id",
    "Instrument",
    "Item",
    "ItemKind",
    "Language",
    "Line",
    "Option",
    "PairEntry",
    "Passage",
    "Preset",
    "Research",
    "Row",
    "ScaleEntry",
    "Section",
    "Short",
    "Version",
    "Word",
    "json_schema",
    "matching",
]


class Instrument(InstrumentParts):
    """A questionnaire: screens, items, scales, and where all of it comes from.

    ``mirrors`` names the instrument about oneself that this one asks of others: each scale of that
    one is here too, and an item with the same id is about the same behaviour. ``measured`` says on how
    many answers its reliability was measured; empty: not yet measured.
    """

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        found = list(instrument_misfits(self))
        if found:
            raise misfits(found)
        return self


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema of an instrument, for editors that complete and check YAML."""
    schema = Instrument.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Fairlead instrument"
    return schema
