"""The inside of the sandbox: limit oneself, read the files, answer in JSON, end."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sys
from typing import Any, Final

from fairlead.core.problems import BadInput
from fairlead.sources.sandbox import MEMORY, PROCESSOR_SECONDS

_CLONE_NEWNET: Final = 0x40000000
_CLONE_NEWUSER: Final = 0x10000000
_NO_NEW_PRIVILEGES: Final = 38
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FORBIDDEN: Final = (
    "socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system",
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.chown",
    "os.kill", "os.truncate", "shutil.", "ctypes.dlopen", "webbrowser.", "urllib.", "ftplib.", "smtplib.",
)  # fmt: skip


def main() -> None:
    """Read one request from stdin, answer it on stdout."""
    limit_resources()
    leave_the_network()
    # Data goes through these two alone; anything that prints by mistake must not end up in the answer.
    source, target = sys.stdin.buffer, sys.stdout.buffer
    header = json.loads(source.read(int.from_bytes(source.read(4), "big")))
    files = [(name, source.read(size)) for name, size in header["files"]]
    forbid()
    try:
        answer = {"result": _work(header["job"], files, header["options"])}
    except BadInput as bad:
        answer = {"problems": [_problem(problem) for problem in bad.problems[:100]]}
    except MemoryError:
        answer = {"fault": "MemoryError"}
    except Exception as error:  # noqa: BLE001 - whatever breaks in here must not reach the caller as a traceback
        answer = {"fault": type(error).__name__}
    target.write(json.dumps(answer).encode())
    target.flush()


def _work(job: str, files: list[tuple[str, bytes]], options: dict[str, Any]) -> Any:
    from fairlead.sources import plain  # noqa: PLC0415 - only after the limits hold

    if job == "calendar":
        from fairlead.sources import ics  # noqa: PLC0415 - as above

        return plain.calendar_out(
            ics.read(
                files,
                who=None if options["who"] is None else plain.who_in(options["who"]),
                zone=options["zone"],
                first=_day(options["first"]),
                last=_day(options["last"]),
                limit_bytes=options["limit_bytes"],
                today=_day(options["today"]),
            )
        )
    if job == "table":
        from fairlead.sources.files import read_table  # noqa: PLC0415 - as above

        return plain.table_out(read_table(*files[0], **options))
    if job == "document":
        from fairlead.library.load import read_yaml  # noqa: PLC0415 - as above

        return plain.document_out(read_yaml(*files[0]))
    if job == "framework":
        from fairlead.sources import framework_files, framework_plain  # noqa: PLC0415 - as above

        return framework_plain.read_out(framework_files.read_framework_file(*files[0], **options))
    from fairlead.sources import viva  # noqa: PLC0415 - as above

    if job == "weeks":
        return plain.weeks_out(viva.read_weeks(files, **options))
    return plain.meetings_out(viva.read_meetings(files, **options))


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _problem(problem: Any) -> dict[str, Any]:
    names = ("file", "wrong", "right", "line", "column")
    return {name: getattr(problem, name) for name in names}


def limit_resources() -> None:
    """Limit memory, processor time, written bytes and processes, as far as the system can."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    wanted = {
        "RLIMIT_AS": MEMORY,
        "RLIMIT_CPU": PROCESSOR_SECONDS,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_CORE": 0,
        "RLIMIT_NPROC": 0,
        "RLIMIT_NOFILE": 64,
    }
    for name, value in wanted.items():
        kind = getattr(resource, name, None)
        if kind is not None:
            # macOS refuses some of these; a lower limit that already holds may not be raised.
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, (value, value))


def leave_the_network() -> bool:
    """Move into a name space without network devices, where the kernel allows it; say whether it did."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes  # noqa: PLC0415 - not needed elsewhere

    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        return bool(libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)
    return False


def forbid() -> None:
    """Refuse sockets, new programs and writing, whoever asks for them, until the process ends."""

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(_FORBIDDEN):
            raise PermissionError(event)
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING:
            raise PermissionError(event)

    sys.addaudithook(watch)
