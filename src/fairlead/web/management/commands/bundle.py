"""Write the script that draws charts in the browser: the same Vega-Lite as on paper."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Made once per version, kept in the data folder, loaded on chart pages only."""

    help = "Write the browser's chart library into the data folder."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write ``charts-library.js``; without it the drawn figures stand as they are."""
        from fairlead.render import charts  # noqa: PLC0415 - altair and vl-convert are slow to import

        path = settings.BUNDLE / "vega.js"
        text = charts.bundle()
        part = path.with_suffix(".part")
        part.write_text(text, encoding="utf-8")
        part.replace(path)
        self.stdout.write(f"{path} ({len(text) // 1024} KiB)")
