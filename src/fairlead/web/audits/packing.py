"""A calendar's table as one compact value in the database, without titles, names or addresses."""

from __future__ import annotations

import io
import json
import zlib
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from fairlead.core.tables import Meetings

if TYPE_CHECKING:
    from collections.abc import Mapping

_COLUMNS: Final = tuple(f.name for f in fields(Meetings) if str(f.type).startswith("NDArray"))


def pack(meetings: Meetings) -> bytes:
    """Write the numbers of the table; titles and categories are forgotten, whatever the table holds."""
    bare = meetings.without_titles()
    columns = {name: getattr(bare, name) for name in _COLUMNS}
    rest = {
        "zone": bare.zone,
        "report_labels": bare.report_labels,
        "left_out": bare.left_out,
        "source": bare.source,
    }
    return pack_columns(columns, rest)


def unpack(data: bytes) -> Meetings:
    """Read the table back; titles are empty."""
    columns, rest = unpack_columns(data)
    n = len(columns["series"])
    return Meetings(
        **columns,
        title=("",) * n,
        categories=((),) * n,
        zone=rest["zone"],
        report_labels=tuple(rest["report_labels"]),
        left_out=tuple((what, count) for what, count in rest["left_out"]),
        source=tuple(rest["source"]),
    )


def pack_columns(columns: Mapping[str, Any], rest: Mapping[str, Any]) -> bytes:
    """Write numpy columns and a few plain values; nothing that could run when it is read."""
    kept = io.BytesIO()
    note = np.frombuffer(json.dumps(rest).encode(), dtype=np.uint8)
    np.savez_compressed(kept, **columns, rest=note, allow_pickle=False)
    return kept.getvalue()


def unpack_columns(data: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read what ``pack_columns`` wrote."""
    with np.load(io.BytesIO(data), allow_pickle=False) as kept:
        columns = {name: kept[name] for name in kept.files if name != "rest"}
        rest: dict[str, Any] = json.loads(kept["rest"].tobytes())
    return columns, rest


def pack_text(value: Any) -> bytes:
    """Write text that is kept for a few days only."""
    return zlib.compress(json.dumps(value).encode())


def unpack_text(data: bytes) -> Any:
    """Read what ``pack_text`` wrote."""
    return json.loads(zlib.decompress(data))
