"""``fairlead-web``: Django's commands, and our own: serve, demo, worker, tick, verify-trail and others."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run one command; a wrong setting is one sentence and no traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairlead.web.settings")
    if sys.argv[1:2] == ["demo"]:
        # Invented people are kept apart from real ones: their own switch, their own data folder.
        os.environ["FAIRLEAD_DEMO"] = "1"

    # A command is a module; its name on the command line is written with hyphens.
    sys.argv[1:2] = [name.replace("-", "_") if name[:1] != "-" else name for name in sys.argv[1:2]]

    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - after the environment is set
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - as above

    try:
        execute_from_command_line(["fairlead-web", *sys.argv[1:]])
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
