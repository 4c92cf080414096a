"""What a page of My role costs: CPU and queries, beside a page with the same middleware and no data.

    python benchmarks/speed/pages.py [--tiny]

Fills one member of the demo company into a throw-away folder, asks each page as they would, and prints
JSON: per page the median CPU in milliseconds, the number of queries and the size; the sign-in page
stands beside them as the peer that holds no data.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client

TINY = "--tiny" in sys.argv


def stage(folder: str) -> tuple[Client, dict[str, str]]:
    """Set an installation up and sign its one member in."""
    os.environ |= {
        "FAIRLEAD_DATA": folder,
        "FAIRLEAD_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "fairlead.web.settings",
    }
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    settings.ALLOWED_HOSTS = ["*"]
    call_command("prepare", stdout=sys.stderr)
    from fairlead.web import vault
    from fairlead.web.audits.models import Reading
    from fairlead.web.demo import cast, staging
    from fairlead.web.people.models import User

    staging.CAST = tuple(member for member in cast.CAST if member.key == ("star" if TINY else "rut"))
    began = time.process_time()
    staging.fill()
    filled = time.process_time() - began
    browser = Client()
    browser.force_login(User.objects.get(), backend=settings.AUTHENTICATION_BACKENDS[0])
    with vault.on_duty("demo"):
        reading = Reading.objects.first()
    assert reading is not None
    pages = {
        "today": "/today/",
        "my_role": "/role/",
        "reasons": f"/role/readings/{reading.pk}/events/",
        "sorting": f"/role/sort/{reading.calendar_id}/",
        "readings": "/role/readings/",
        "calendar_form": "/role/calendar/",
        "questionnaire": "/role/questions/rut-check/",
        "decision": "/role/decision/",
    }
    print(f"filling took {filled:.1f} s of CPU in this process", file=sys.stderr)
    return browser, pages


def measure(browser: Client, path: str) -> dict[str, Any]:
    """Median CPU of a page after its templates were compiled once, its queries and its bytes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    page = browser.get(path)
    if page.status_code != 200:
        raise SystemExit(f"{path} answered {page.status_code}")
    with CaptureQueriesContext(connection) as asked:
        browser.get(path)
    queries = len(asked)  # counted at once: the next request empties the log
    spent = []
    for _ in range(3 if TINY else 21):
        began = time.process_time()
        browser.get(path)
        spent.append((time.process_time() - began) * 1000)
    return {
        "cpu_ms": round(statistics.median(spent), 1),
        "cpu_ms_worst": round(max(spent), 1),
        "queries": queries,
        "kib": round(len(page.content) / 1024),
    }


def main() -> None:
    from importlib import import_module

    with tempfile.TemporaryDirectory() as folder:
        browser, pages = stage(folder)
        told = {name: measure(browser, path) for name, path in pages.items()}
        told["peer_sign_in"] = measure(import_module("django.test").Client(), "/accounts/login/")
        told["data_mib"] = round(sum(f.stat().st_size for f in Path(folder).rglob("*.sqlite3*")) / 2**20, 1)
        print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
