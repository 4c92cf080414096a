"""Files beside an entry: taken in by size and kind, handed back as they came, never opened."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Sum

from fairlead.web import erasing, trail
from fairlead.web.journey.models import Accomplishment, Attachment
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from fairlead.web.people.models import Person

MIB: Final = 1024 * 1024
LARGEST: Final = 5 * MIB
MOST_FILES: Final = 5
MOST_TOGETHER: Final = 25 * MIB
"""What all files of one person may take; the rest stays where they work, behind a link."""

_BEGINS: Final = {"pdf": (b"%PDF-",), "png": (b"\x89PNG\r\n\x1a\n",), "jpg": (b"\xff\xd8\xff",)}
_ENDINGS: Final = {"pdf": "pdf", "png": "png", "jpg": "jpg", "jpeg": "jpg", "txt": "txt"}
_HIDDEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
KINDS: Final = "PDF, PNG, JPEG or plain text"


def kind_of(name: str, content: bytes) -> str | None:
    """Say what kind of file it is, by its ending and by how it begins; ``None`` where they do not fit."""
    kind = _ENDINGS.get(PurePosixPath(name).suffix.lower().lstrip("."))
    if kind == "txt":
        return kind if _is_text(content) else None
    return kind if kind and content.startswith(_BEGINS[kind]) else None


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False


def plain_name(name: str) -> str:
    """Give the last part of a file's name without what cannot be seen, short enough, with its ending."""
    last = _HIDDEN.sub("", name.replace("\\", "/").rsplit("/", 1)[-1]).strip() or "file"
    path = PurePosixPath(last)
    return last if len(last) <= 120 else f"{path.stem[: 119 - len(path.suffix)]}{path.suffix}"


@transaction.atomic
def attach(*, actor: Person, entry: Accomplishment, name: str, content: bytes) -> Attachment:
    """Keep a file beside an entry."""
    type(actor).objects.select_for_update().get(pk=actor.pk)
    name = plain_name(name)
    kind = kind_of(name, content)
    if kind is None:
        raise Refused(f"“{name}” is not a file that can stay here: {KINDS}.")
    if len(content) > LARGEST:
        raise Refused(f"“{name}” is too large: a file can have {LARGEST // MIB} MiB. Put a link instead.")
    there = Attachment.objects.filter(owner=actor)
    if there.filter(entry=entry).count() >= MOST_FILES:
        raise Refused(f"{MOST_FILES} files stand beside this entry, which is the most. Remove one first.")
    together = there.aggregate(all=Sum("size"))["all"] or 0
    if together + len(content) > MOST_TOGETHER:
        raise Refused(f"Your files would have more than {MOST_TOGETHER // MIB} MiB together. Remove some.")
    made = Attachment.objects.create(
        owner=actor, entry=entry, name=name, kind=kind, size=len(content), content=content
    )
    trail.record(actor, "add", made)
    return made


@transaction.atomic
def remove(*, actor: Person, file: Attachment) -> None:
    """Remove a file."""
    trail.record(actor, "delete", file)
    file.delete()
    erasing.for_good()
