"""What a browser says about itself, in words a person uses."""

from __future__ import annotations

import re
from typing import Final

# Most browsers also claim to be others, so the order matters: whoever is more special stands first.
BROWSERS: Final = (
    (r"\bEdg(?:e|A|iOS)?/", "Edge"),
    (r"\b(?:OPR|Opera|OPT|OPiOS)/", "Opera"),
    (r"\bSamsungBrowser/", "Samsung Internet"),
    (r"\bVivaldi/", "Vivaldi"),
    (r"\bYaBrowser/", "Yandex Browser"),
    (r"\bDuckDuckGo/", "DuckDuckGo"),
    (r"\b(?:Firefox|FxiOS)/", "Firefox"),
    (r"\bChromium/", "Chromium"),
    (r"\b(?:Headless)?(?:Chrome|CriOS)/", "Chrome"),
    (r"\bVersion/[\d.]+ .*\bSafari/", "Safari"),
)
SYSTEMS: Final = (
    (r"\biPhone\b|\biPod\b", "iPhone"),
    (r"\biPad\b", "iPad"),
    (r"\bAndroid\b", "Android"),
    (r"\bCrOS\b", "ChromeOS"),
    (r"\bWindows\b", "Windows"),
    (r"\bMac OS X\b|\bMacintosh\b", "macOS"),
    (r"\bLinux\b|\bX11\b", "Linux"),
)


def browser(user_agent: str) -> str:
    """Say "Firefox on Linux"; what is not known stays "A browser", and nothing is guessed."""
    name, system = _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)
    if system is None:
        return name or "A browser"
    return f"{name or 'A browser'} on {system}"


def _first(table: tuple[tuple[str, str], ...], text: str) -> str | None:
    return next((words for pattern, words in table if re.search(pattern, text)), None)
