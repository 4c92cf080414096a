"""Other people's files are read in a limited child process that ends with the file.

The child is a fresh interpreter (never a fork), without the caller's environment and open files.
It limits itself before it looks at the first byte: memory, processor time, no writing, no new
programs, no sockets. Input comes by stdin, plain JSON goes back by stdout, both counted.

What holds where: on Linux all of it, and where user namespaces are allowed the child has no network
device at all; on macOS memory cannot be limited by the system, so only time and the guards are;
on Windows there are no such limits and the guards and the wall clock stand alone.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fairlead.core.problems import BadInput, Problem

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from fairlead.core.tables import Meetings, PersonWeeks
    from fairlead.library.load import Document
    from fairlead.sources.files import Table
    from fairlead.sources.framework_rules import FrameworkRead
    from fairlead.sources.ics_read import CalendarRead
    from fairlead.sources.people import Who

MEMORY: Final = 512 * 1024 * 1024
PROCESSOR_SECONDS: Final = 10
WALL_SECONDS: Final = 15.0
MAX_ANSWER: Final = 64 * 1024 * 1024
CALENDAR_BYTES: Final = 64 * 1024 * 1024
TABLE_BYTES: Final = 5 * 1024 * 1024
_ROOT: Final = str(Path(__file__).resolve().parents[2])
_START: Final = (
    "import sys; sys.path.append(sys.argv[1]); from fairlead.sources.sandbox_child import main; main()"
)


def read_calendar(
    files: Sequence[tuple[str, bytes]],
    *,
    who: Who | None = None,
    zone: str | None = None,
    first: dt.date | None = None,
    last: dt.date | None = None,
    limit_bytes: int = CALENDAR_BYTES,
    today: dt.date | None = None,
) -> CalendarRead:
    """Read calendars of one person (``ics.read``) in a child process.

    Raises
    ------
    BadInput
        As ``ics.read``, and when the child needs more memory or time than it may have.
    """
    from fairlead.sources import plain  # noqa: PLC0415 - numpy is not needed to say that a file is too long

    _check_sizes(files, limit_bytes)
    options = {
        "who": None if who is None else plain.who_out(who),
        "zone": zone,
        "first": first.isoformat() if first else None,
        "last": last.isoformat() if last else None,
        "limit_bytes": limit_bytes,
        "today": today.isoformat() if today else None,
    }
    return plain.calendar_in(_run("calendar", files, options))


def read_table(
    name: str,
    data: bytes,
    *,
    names: Mapping[str, str] | None = None,
    known: Sequence[str] = (),
    limit_bytes: int = TABLE_BYTES,
    rows_alone: bool = False,
) -> Table:
    """Read a CSV or XLSX file (``files.read_table``) in a child process."""
    from fairlead.sources import plain  # noqa: PLC0415 - as above

    _check_sizes([(name, data)], limit_bytes)
    options = {
        "names": dict(names or {}),
        "known": list(known),
        "limit_bytes": limit_bytes,
        "rows_alone": rows_alone,
    }
    return plain.table_in(_run("table", [(name, data)], options))


def read_document(name: str, data: bytes) -> Document:
    """Read a YAML file strictly (``library.load.read_yaml``) in a child process."""
    from fairlead.sources import plain  # noqa: PLC0415 - as above

    _check_sizes([(name, data)], TABLE_BYTES)
    return plain.document_in(_run("document", [(name, data)], {}))


def read_framework(
    name: str,
    data: bytes,
    names: Mapping[str, str] | None = None,
    *,
    framework_id: str = "",
    version: str = "1",
) -> FrameworkRead:
    """Read a promotion framework (``framework_files.read_framework_file``) in a child process."""
    from fairlead.sources import framework_plain  # noqa: PLC0415 - as above

    _check_sizes([(name, data)], TABLE_BYTES)
    options = {"names": dict(names or {}), "framework_id": framework_id, "version": version}
    return framework_plain.read_in(_run("framework", [(name, data)], options))


def read_weeks(files: Sequence[tuple[str, bytes]], *, me: str | None = None) -> PersonWeeks:
    """Read person-weeks of Viva Insights or Workplace Analytics (``viva.read_weeks``) in a child process."""
    from fairlead.sources import plain  # noqa: PLC0415 - as above

    _check_sizes(files, CALENDAR_BYTES)
    return plain.weeks_in(_run("weeks", files, {"me": me}))


def read_viva_meetings(
    files: Sequence[tuple[str, bytes]], *, me: str | None = None, zone: str | None = None
) -> Meetings:
    """Read a meeting query of Viva Insights (``viva.read_meetings``) in a child process."""
    from fairlead.sources import plain  # noqa: PLC0415 - as above

    _check_sizes(files, CALENDAR_BYTES)
    return plain.meetings_in(_run("viva_meetings", files, {"me": me, "zone": zone}))


def _check_sizes(files: Sequence[tuple[str, bytes]], limit_bytes: int) -> None:
    total = sum(len(data) for _, data in files)
    if total > limit_bytes:
        raise BadInput(
            Problem(
                file=files[0][0],
                wrong=f"{total / 2**20:,.1f} MiB were given.",
                right=f"At most {limit_bytes / 2**20:,.0f} MiB are read.",
            )
        )


def _run(job: str, files: Sequence[tuple[str, bytes]], options: Mapping[str, Any]) -> Any:
    """Start the child, give it the files, and return what it answers."""
    header = json.dumps(
        {"job": job, "files": [[name, len(data)] for name, data in files], "options": options}
    ).encode()
    parts = [len(header).to_bytes(4, "big"), header, *(data for _, data in files)]
    answer, code, late = _exchange(parts)
    shown = files[0][0] if files else job
    if len(answer) > MAX_ANSWER:
        raise _stopped(shown, f"What the file holds is larger than {MAX_ANSWER >> 20} MiB.")
    if late or code in {-24, -9, 152, 137}:  # stopped by SIGXCPU or SIGKILL
        raise _stopped(shown, f"Reading takes more than {PROCESSOR_SECONDS} seconds.")
    try:
        told = json.loads(answer)
    except ValueError:
        raise _stopped(shown, f"The reader stopped (code {code}).") from None
    if "problems" in told:
        raise BadInput(*(Problem(**problem) for problem in told["problems"]))
    if "fault" in told:
        wrong = (
            f"Reading takes more than {MEMORY >> 20} MiB of memory."
            if told["fault"] == "MemoryError"
            else f"The reader could not make sense of it ({told['fault']})."
        )
        raise _stopped(shown, wrong)
    return told["result"]


def _stopped(name: str, wrong: str) -> BadInput:
    return BadInput(
        Problem(file=name, wrong=wrong, right="Export a shorter period, or fewer things, and try again.")
    )


def _exchange(parts: Sequence[bytes]) -> tuple[bytes, int, bool]:
    """Pass bytes through the child; give its answer, its code, and whether it ran out of time."""
    with subprocess.Popen(  # noqa: S603 - our own interpreter and code, no shell, no words from outside
        [sys.executable, "-I", "-X", "utf8", "-c", _START, _ROOT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        cwd=os.sep,
        close_fds=True,
        start_new_session=True,
    ) as child:
        answer = bytearray()
        writer = threading.Thread(target=_write, args=(child, parts), daemon=True)
        reader = threading.Thread(target=_read, args=(child, answer), daemon=True)
        writer.start()
        reader.start()
        reader.join(WALL_SECONDS)
        late = reader.is_alive()
        if late or len(answer) > MAX_ANSWER:
            child.kill()
        try:
            code = child.wait(1.0 if not late else None)
        except subprocess.TimeoutExpired:
            child.kill()
            code = child.wait()
        reader.join()
        writer.join()
    return bytes(answer), code, late


def _environment() -> dict[str, str]:
    """Give the child nothing of ours; Windows cannot start a program without its own folder's name."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return {**kept, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"}


def _write(child: subprocess.Popen[bytes], parts: Sequence[bytes]) -> None:
    assert child.stdin is not None  # noqa: S101 - a pipe was asked for
    # The child may refuse before it has read all; that is its right.
    with contextlib.suppress(BrokenPipeError, OSError):
        for part in parts:
            child.stdin.write(part)
    with contextlib.suppress(BrokenPipeError, OSError):
        child.stdin.close()


def _read(child: subprocess.Popen[bytes], answer: bytearray) -> None:
    assert child.stdout is not None  # noqa: S101 - a pipe was asked for
    with contextlib.suppress(OSError, ValueError):
        while len(answer) <= MAX_ANSWER:
            part = child.stdout.read1(1024 * 1024)  # type: ignore[attr-defined]  # a buffered reader has it
            if not part:
                return
            answer.extend(part)
