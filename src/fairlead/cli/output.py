"""Where results go: the terminal page, JSON on standard output, files that are whole or not there."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from fairlead.core.audit import RoleAudit
    from fairlead.render.content import Report
    from fairlead.render.drawing import Drawn

ENDINGS: Final = (".pdf", ".html", ".csv", ".json")


def check_endings(paths: tuple[Path, ...]) -> None:
    """Refuse, before any work is done, a file that could not be written at the end."""
    for path in paths:
        if path.suffix.lower() not in ENDINGS:
            known = ", ".join(ENDINGS)
            raise click.UsageError(f"--out {path}: the name must end in one of {known}.")
        if path.is_dir():
            raise click.UsageError(f"--out {path}: this is a folder; give the name of a file in it.")
        if not path.parent.is_dir():
            raise click.UsageError(f"--out {path}: the folder {path.parent} does not exist.")


def write_all(audit: RoleAudit, paths: tuple[Path, ...], progress: Callable[[str], None]) -> None:
    """Write every file by its ending; the figures are drawn once for all of them."""
    endings = {path.suffix.lower() for path in paths}
    wide: Any = None
    if endings & {".pdf", ".html"}:
        from fairlead.render import charts

        progress("Drawing the figures.")
        wide = charts.figures(audit)
    for path in paths:
        progress(f"Writing {path.name}.")
        write_whole(path, _as_file(audit, path.suffix.lower(), wide))


def _as_file(audit: RoleAudit, ending: str, drawings: Any) -> bytes:
    if ending == ".json":
        return (to_text(audit) + "\n").encode()
    if ending == ".csv":
        from fairlead.render.rows import audit_rows
        from fairlead.sources.files import write_csv

        # Spreadsheet programs take a CSV for UTF-8 only when it says so.
        return write_csv(*audit_rows(audit)).encode("utf-8-sig")
    if ending == ".html":
        from fairlead.render import page

        return page.html(audit, drawings).encode()
    from fairlead.render import report

    return report.pdf(audit, drawings)


def write_report(
    out: tuple[Path, ...],
    stored: str,
    table: Sequence[Sequence[str | float | None]],
    said: Report,
    drawn: Sequence[Drawn] = (),
    narrow: Mapping[str, str] | None = None,
) -> None:
    """Write each file by its ending; the first row of the table names its columns.

    ``drawn`` are the drawings that the report's pictures name, ``narrow`` the same for small screens.
    """
    for path in out:
        ending = path.suffix.lower()
        if ending == ".json":
            data = (stored + "\n").encode()
        elif ending == ".csv":
            from fairlead.sources.files import write_csv

            # Spreadsheet programs take a CSV for UTF-8 only when it says so.
            data = write_csv([str(name) for name in table[0]], table[1:]).encode("utf-8-sig")
        elif ending == ".html":
            from fairlead.render import page

            data = page.document(said, narrow).encode()
        else:
            from fairlead.render import report

            data = report.print_report(said, drawn)
        write_whole(path, data)


def to_text(audit: RoleAudit) -> str:
    """Write a reading as JSON: two spaces, letters as they are, never NaN."""
    from fairlead.core.audit import to_json

    return json.dumps(to_json(audit), ensure_ascii=False, indent=2, allow_nan=False)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is either whole under its name or not there at all."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.chmod(name, 0o666 & ~_umask())  # noqa: PTH101 - mkstemp gives a name; 0600 is for secrets
            os.replace(name, path)  # noqa: PTH105 - as above
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise click.UsageError(f"{path} could not be written: {error.strerror or error}.") from None


def _umask() -> int:
    # There is no way to ask for the mask without setting it.
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def progress_line() -> Iterator[Callable[[str], None]]:
    """Show what is being done on standard error while it lasts; nothing where nobody watches."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    console = Console(stderr=True, highlight=False)
    with console.status("Starting.") as status:
        yield status.update
