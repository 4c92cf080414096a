"""Settings read from the environment, or from the file that ``NAME_FILE`` names."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})


def env(name: str, default: str = "") -> str:
    """Return the variable, or the default when it is not set."""
    return os.environ.get(name, default)


def envbool(name: str, *, default: bool) -> bool:
    """Read a switch: 1, true, yes, on against 0, false, no, off."""
    text = os.environ.get(name)
    if text is None:
        return default
    word = text.strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {text!r}. Write 1 or 0.")


def envint(name: str, default: int) -> int:
    """Read a whole number."""
    text = os.environ.get(name)
    if text is None:
        return default
    try:
        return int(text)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {text!r}. Write a whole number.") from None


def envlist(name: str, default: str = "") -> list[str]:
    """Read words separated by commas."""
    return [word.strip() for word in env(name, default).split(",") if word.strip()]


def envsecret(name: str, default: str = "") -> str:
    """Read a secret from the variable, or from the file that ``NAME_FILE`` names."""
    path = os.environ.get(f"{name}_FILE")
    if path is None:
        return os.environ.get(name, default)
    if name in os.environ:
        raise ImproperlyConfigured(f"Both {name} and {name}_FILE are set. Keep one of them.")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name}_FILE names {path}, which cannot be read: {error.strerror}."
        ) from None
