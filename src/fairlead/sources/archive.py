"""Zip archives, opened only after everything that they declare has been checked."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from typing import TYPE_CHECKING, Final, NoReturn

from fairlead.core.problems import BadInput, Problem
from fairlead.sources.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_UNPACKED: Final = 50 * 1024 * 1024
MAX_MEMBERS: Final = 50
MAX_RATIO: Final = 100
SMALL: Final = 128 * 1024
"""Members that unpack to less than this may be as repetitive as they like."""

ZIP_START: Final = b"PK\x03\x04"
_ARCHIVES: Final = (".zip", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".jar", ".zst")
_PACKED_STARTS: Final = (ZIP_START, b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"\xfd7zXZ", b"Rar!")
_MAC: Final = ("__MACOSX/", ".DS_Store")


def is_zip(data: bytes) -> bool:
    """Say whether bytes are a zip archive, by how they begin."""
    return data.startswith((ZIP_START, b"PK\x05\x06"))


def members(file: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each file in an archive; ``BadInput`` before the first if it looks hostile.

    Folders and what macOS adds are passed over. Refused: more than 50 members, more than 50 MiB in
    all, more than a hundredfold packing, archives in archives, symbolic links, names that leave the
    folder, passwords and rare packing methods.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, OSError) as error:
        _refuse(
            file,
            f"This is not a whole zip archive ({clean(str(error), 80)}).",
            "Pack it again or send the files themselves.",
        )
    with archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        _check_all(file, entries)
        left = MAX_UNPACKED
        for entry in entries:
            if entry.filename.startswith(_MAC) or entry.filename.endswith(_MAC):
                continue
            content = _read(file, archive, entry, left)
            left -= len(content)
            yield clean(entry.filename, 200), content


def _check_all(file: str, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_MEMBERS:
        _refuse(
            file, f"The archive holds {len(entries)} files.", f"At most {MAX_MEMBERS} are read; pack fewer."
        )
    declared = sum(entry.file_size for entry in entries)
    if declared > MAX_UNPACKED:
        _refuse(
            file,
            f"The archive unpacks to {declared / 2**20:,.0f} MiB.",
            f"At most {MAX_UNPACKED >> 20} MiB are read; pack less, or give the files themselves.",
        )
    for entry in entries:
        _check_one(file, entry)


def _check_one(file: str, entry: zipfile.ZipInfo) -> None:
    name = clean(entry.filename, 80)
    parts = entry.filename.replace("\\", "/").split("/")
    if entry.filename.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
        _refuse(
            file, f"The member '{name}' points outside the archive.", "Names in an archive must be plain."
        )
    if stat.S_ISLNK(entry.external_attr >> 16):
        _refuse(file, f"The member '{name}' is a symbolic link.", "Pack the file itself.")
    if entry.flag_bits & 0x1:
        _refuse(file, f"The member '{name}' has a password.", "Pack it without one.")
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        _refuse(file, f"The member '{name}' is packed in a rare way.", "Use ordinary zip packing (deflate).")
    if entry.file_size > SMALL and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        _refuse(
            file,
            f"The member '{name}' would grow {entry.file_size // max(entry.compress_size, 1):,} times.",
            f"At most {MAX_RATIO} times is read; give the file unpacked.",
        )
    if entry.filename.lower().endswith(_ARCHIVES):
        _refuse(file, f"The member '{name}' is an archive itself.", "Archives in archives are not opened.")


def _read(file: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """Read one member, counting what really comes out and not what was declared."""
    name = clean(entry.filename, 80)
    try:
        with archive.open(entry) as stream:
            content = stream.read(min(left, entry.file_size) + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        _refuse(file, f"The member '{name}' is damaged ({clean(str(error), 80)}).", "Pack the archive again.")
    if len(content) > left or len(content) > entry.file_size:
        _refuse(file, f"The member '{name}' is larger than the archive declares.", "Pack the archive again.")
    if content.startswith(_PACKED_STARTS):
        _refuse(file, f"The member '{name}' is an archive itself.", "Archives in archives are not opened.")
    return content


def gunzip(file: str, data: bytes, limit: int = MAX_UNPACKED) -> bytes:
    """Unpack one gzip stream, counting while reading."""
    stream = zlib.decompressobj(wbits=31)
    try:
        content = stream.decompress(data, limit + 1)
    except zlib.error:
        _refuse(file, "This is not a whole gzip file.", "Pack it again, or give it unpacked.")
    if len(content) > limit or (len(content) > SMALL and len(content) > MAX_RATIO * len(data)):
        _refuse(
            file,
            "The file grows too much on unpacking.",
            f"At most {limit >> 20} MiB, and {MAX_RATIO} times its packed size, are read.",
        )
    if not stream.eof or stream.unused_data:
        _refuse(file, "The gzip file is cut off or has more behind it.", "Pack it again as one file.")
    if content.startswith(_PACKED_STARTS):
        _refuse(file, "The gzip file holds another archive.", "Archives in archives are not opened.")
    return content


def _refuse(file: str, wrong: str, right: str) -> NoReturn:
    raise BadInput(Problem(file=file, wrong=wrong, right=right))
