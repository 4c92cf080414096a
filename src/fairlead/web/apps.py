"""The one Django app of the house."""

from __future__ import annotations

from django.apps import AppConfig


class FairleadConfig(AppConfig):
    """All rooms keep their tables in this app, and so in one migrations folder."""

    name = "fairlead.web"
    label = "web"
    verbose_name = "Fairlead"
    default_auto_field = "django.db.models.BigAutoField"
