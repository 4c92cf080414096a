"""What happens around every ``migrate``: tables go to their files, policies are made."""

from __future__ import annotations

from typing import Any

from django.core.checks import Tags, register
from django.db.models.signals import post_migrate, pre_migrate

from fairlead.web.vault import files, policies, ready


def connect(app: Any) -> None:
    """Be called once, when the app is ready."""
    register(ready.check, Tags.database)
    pre_migrate.connect(_before, sender=app, dispatch_uid="vault before")
    post_migrate.connect(_after, sender=app, dispatch_uid="vault after")


def _before(**_more: Any) -> None:
    files.settle()


def _after(using: str = "default", **_more: Any) -> None:
    policies.make(using)
