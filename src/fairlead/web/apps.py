"""The one Django app of the house."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FairleadConfig(AppConfig):
    """All rooms keep their tables in this app, and so in one migrations folder."""

    name = "fairlead.web"
    label = "web"
    verbose_name = "Fairlead"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the record's triggers in place after a migration; listen for what ends sessions."""
        from fairlead.web.people import endings  # noqa: F401, PLC0415 - models first
        from fairlead.web.trail import guard  # noqa: PLC0415 - models first
        from fairlead.web.vault import signals  # noqa: PLC0415 - models first

        signals.connect(self)
        post_migrate.connect(guard.arm, sender=self)
