"""Seal every key, the secrets of second factors and what was released with the newest vault key."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fairlead.web import release
from fairlead.web.people import actions
from fairlead.web.vault import house_fields, keys, sealing


class Command(BaseCommand):
    """After FAIRLEAD_VAULT_KEY was changed, with the one before in FAIRLEAD_OLD_VAULT_KEY."""

    help = (
        "Seal every key, the secrets of second factors and what was released with the newest vault key; "
        "afterwards the one before is not needed."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Do all of them or none."""
        try:
            changed, seen = keys.rewrap()
            boxes, of_boxes = keys.rewrap_boxes()
            factors, of = actions.reseal_second_factors()
            texts, of_texts = release.seal_anew()
            cases, of_cases = house_fields.seal_anew()
        except sealing.DoesNotOpen as error:
            raise CommandError(f"{error} Set the one before as FAIRLEAD_OLD_VAULT_KEY.") from None
        self.stdout.write(f"{changed} of {seen} keys sealed anew.")
        self.stdout.write(f"{boxes} of {of_boxes} keys of ballot boxes sealed anew.")
        self.stdout.write(f"{texts} of {of_texts} released texts sealed anew.")
        self.stdout.write(f"{cases} of {of_cases} texts of promotion cases sealed anew.")
        self.stdout.write(f"{factors} of {of} secrets of second factors sealed anew.")
