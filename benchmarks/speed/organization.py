"""What the organization costs: an import of 10,000 people, the chart, search; beside Horilla's figures.

    python benchmarks/speed/organization.py [--tiny]

Fills a throw-away installation with a company of 10,000 people (a list as CSV, read in the sandbox,
planned and carried out in one transaction), then asks its pages as somebody of people operations
does. Prints JSON: seconds of the import, per page the median CPU in milliseconds, the number of
queries and the size. Horilla's figures are constants: the published source at commit 72e7198, run on
the same kind of machine (two shared cores, SQLite) with 1,000 employees, a tenth of what is here.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

sys.path.insert(0, str(Path(__file__).parent))

TINY = "--tiny" in sys.argv
PEOPLE = 200 if TINY else 10_000
SPAN = 7

HORILLA_AT_1000_PEOPLE = {
    "source": "horilla-hr at 72e7198, employee list and home page, signed in as administrator, SQLite",
    "employee_list": {"queries": 1243, "cpu_ms": 1732, "kib": 342},
    "home": {"queries": 133, "cpu_ms": 98, "kib": 138},
}


def a_list(people: int, *, moved: bool = False) -> bytes:
    """Write a list; ``moved`` gives a tenth of them another title."""
    draw = random.Random(1)
    lines = ["id,name,email,manager_id,unit,title,level,track,hired"]
    for n in range(people):
        boss = "" if n == 0 else f"E{(n - 1) // SPAN:05d}"
        first, last = draw.choice(FIRST), draw.choice(LAST)
        title = "Another title" if moved and n % 10 == 3 else f"Title {n % 50}"
        lines.append(
            f"E{n:05d},{first} {last} {n},p{n}@example.org,{boss},Unit {n % 200},{title},{n % 7},expert,"
            f"2020-01-{1 + n % 28:02d}"
        )
    return "\n".join(lines).encode()


FIRST = "Ada Bela Chidi Derya Esther Farid Goran Hana Ivo Jürgen Kofi Lale Mei Noor Olga Priya".split()  # noqa: SIM905 - reads better
LAST = "Abel Bakker Castro Diallo Eide Fischer Grau Haddad Ito Jensen Kovač Lang Mori Nair Ångström".split()  # noqa: SIM905 - as above


def timed(work: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    wall, cpu = time.perf_counter(), time.process_time()
    done = work()
    return done, {
        "wall_s": round(time.perf_counter() - wall, 2),
        "cpu_s": round(time.process_time() - cpu, 2),
    }


def take_in(data: bytes) -> tuple[Any, dict[str, Any]]:
    """Look at a list and say yes, as the two requests of the screen do."""
    from fairlead.web.roster import imports

    waiting, look = timed(lambda: imports.begin(None, name="people.csv", data=data, complete=True))
    done, carry = timed(lambda: imports.carry_out(None, waiting))
    together = round(look["wall_s"] + carry["wall_s"], 2)
    return done, {"counts": done.plan["counts"], "look": look, "carry_out": carry, "wall_s": together}


def sign_in() -> Client:
    """Give somebody of the company an account and the role of people operations."""
    import datetime as dt

    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from fairlead.web.grants.models import Grant
    from fairlead.web.people.models import Person, User

    one, two, three = Person.objects.filter(number__isnull=False).order_by("number")[:3]
    one.user = User.objects.create_user("operations@example.org")
    one.save(update_fields=["user"])
    Grant.objects.create(
        person=one,
        role="people_operations",
        since=dt.date(2024, 1, 1),
        until=dt.date(2099, 1, 1),
        reason="In the job",
        proposed_by=two,
        confirmed_by=three,
        confirmed_at=timezone.now(),
    )
    browser = Client()
    browser.force_login(one.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return browser


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "FAIRLEAD_DATA": folder,
            "FAIRLEAD_DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "fairlead.web.settings",
        }
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command
        from pages import measure

        settings.ALLOWED_HOSTS = ["*"]
        call_command("prepare", stdout=sys.stderr)
        from fairlead.web.people.models import Person
        from fairlead.web.roster import imports

        told: dict[str, Any] = {"people": PEOPLE}
        _, told["first_import"] = take_in(a_list(PEOPLE))
        _, told["same_again"] = timed(
            lambda: imports.begin(None, name="people.csv", data=a_list(PEOPLE), complete=True)
        )
        moved, told["a_tenth_moved"] = take_in(a_list(PEOPLE, moved=True))
        _, told["undone"] = timed(lambda: imports.undo(None, moved))
        browser = sign_in()
        boss = Person.objects.get(number="E00001")
        pages = {
            "chart": "/organization/",
            "chart_on_another_day": "/organization/?on=2022-01-01",
            "branch": f"/organization/people/{boss.pk}/branch/",
            "person": f"/organization/people/{boss.pk}/",
            "search": "/organization/find/?q=Esther",
            "search_mistyped": "/organization/find/?q=Estehr+Haddda",
            "units": "/organization/units/",
            "changes": "/organization/changes/",
            "invitations": "/organization/invitations/",
        }
        told["pages"] = {name: measure(browser, path) for name, path in pages.items()}
        told["peer_horilla_at_1000_people"] = HORILLA_AT_1000_PEOPLE
        print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
