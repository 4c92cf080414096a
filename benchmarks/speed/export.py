"""What "Download everything" costs for five years of weekly readings, beside packing the same rows bare.

    python benchmarks/speed/export.py [--tiny]

Fills one member of the demo company into a throw-away folder, gives them a reading for every week of
five years and a record of 20,000 lines, and packs everything about them. The peer writes the same rows,
already read and opened, as JSON into a zip and nothing else.
"""

from __future__ import annotations

import copy
import io
import json
import os
import sys
import tempfile
import time
import uuid
import zipfile

TINY = "--tiny" in sys.argv
WEEKS, LINES = (4, 50) if TINY else (260, 20_000)


def main() -> dict[str, float]:
    """Fill, pack, compare."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    call_command("prepare", stdout=sys.stderr)
    from fairlead.web import rights, trail, vault
    from fairlead.web.audits.models import Reading
    from fairlead.web.demo import cast, staging
    from fairlead.web.people import archive
    from fairlead.web.people.models import Person

    staging.CAST = tuple(member for member in cast.CAST if member.key == ("star" if TINY else "rut"))
    staging.fill()
    with vault.on_duty("demo"):
        reading = Reading.objects.select_related("run", "calendar", "owner").first()
        assert reading is not None
        person = Person.objects.get(pk=reading.owner_id)
        for _ in range(WEEKS):
            of_week = []
            for row in (reading.run, reading.calendar, reading):
                made = copy.copy(row)
                made.pk = uuid.uuid4()
                made._state = copy.copy(row._state)  # noqa: SLF001 - a new row with the same content
                made._state.adding = True  # noqa: SLF001 - as above
                of_week.append(made)
            run, calendar, again = of_week
            again.run, again.calendar = run, calendar
            for row in of_week:
                row.save(force_insert=True)
        trail.record_many(person, [trail.Doing("tick", person, person, {})] * LINES)
    with vault.seen_by(person):
        wall, cpu = time.perf_counter(), time.process_time()
        everything = rights.everything(person)
        packed = archive.pack(everything, rights.fields(), made_at=timezone.now())
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    bare = time.process_time()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("everything.json", json.dumps(everything))
    bare = time.process_time() - bare
    return {
        "readings": len(everything["Reading"]),
        "lines": len(everything["Entry"]),
        "zip_mib": round(len(packed) / 2**20, 2),
        "export_wall_s": round(wall, 3),
        "export_cpu_s": round(cpu, 3),
        "bare_cpu_s": round(bare, 3),
        "export_ratio": round(cpu / bare, 2),
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "FAIRLEAD_DATA": folder,
            "FAIRLEAD_DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "fairlead.web.settings",
        }
        print(json.dumps(main()))
