"""Settings of the tests: the product's own, with a fresh place for data and work done at once."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from typing import Any
from urllib.parse import urlsplit

_KEPT = {"FAIRLEAD_ATTACKED", "FAIRLEAD_EXAMPLES", "FAIRLEAD_REFERENCE_DATA", "FAIRLEAD_TEST_DATABASE"}
for _name in [name for name in os.environ if name.startswith("FAIRLEAD_") and name not in _KEPT]:
    del os.environ[_name]
os.environ["FAIRLEAD_DATA"] = tempfile.mkdtemp(prefix="fairlead-test-")
atexit.register(shutil.rmtree, os.environ["FAIRLEAD_DATA"], ignore_errors=True)
os.environ["FAIRLEAD_SECRET_KEY"] = "only-for-tests-" + "x" * 50
os.environ["FAIRLEAD_VAULT_KEY"] = "only-for-tests-" + "v" * 50

from fairlead.web.settings import *  # noqa: E402, F403
from fairlead.web.settings import DATA, STORAGES  # noqa: E402

DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "fairlead.web.vault.sqlite",
        "NAME": DATA / "fairlead.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
        "TEST": {"NAME": str(DATA / "test.sqlite3")},
    },
}
# The web's tests on PostgreSQL: FAIRLEAD_TEST_DATABASE=postgresql://user@host:port/name pytest tests/web
if "FAIRLEAD_TEST_DATABASE" in os.environ:
    _at = urlsplit(os.environ["FAIRLEAD_TEST_DATABASE"])
    DATABASES["default"] = {
        "ENGINE": "fairlead.web.vault.postgresql",
        "NAME": _at.path.lstrip("/"),
        "USER": _at.username or "",
        "PASSWORD": _at.password or "",
        "HOST": _at.hostname or "",
        "PORT": str(_at.port or ""),
    }
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Hashed names are 404 under live_server, and pages silently lose their scripts.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
