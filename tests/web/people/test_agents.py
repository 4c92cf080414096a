"""What a browser says about itself, in words."""

from __future__ import annotations

import pytest

from fairlead.web.people import agents

APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
GOOGLE = "AppleWebKit/537.36 (KHTML, like Gecko)"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X)"
IPAD = "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X)"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"
GALAXY = "Mozilla/5.0 (Linux; Android 15; SM-S921B)"
CHROME = "Chrome/140.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", "Firefox on Android"),
        (f"{WINDOWS} {GOOGLE} {CHROME} Edg/140.0.0.0", "Edge on Windows"),
        (f"{WINDOWS} {GOOGLE} {CHROME} OPR/120.0.0.0", "Opera on Windows"),
        (f"{WINDOWS} {GOOGLE} {CHROME}", "Chrome on Windows"),
        (f"{MAC} {APPLE} Version/18.5 Safari/605.1.15", "Safari on macOS"),
        (f"{IPHONE} {APPLE} Version/18.5 Mobile/15E148 Safari/604.1", "Safari on iPhone"),
        (f"{IPHONE} {APPLE} CriOS/140.0 Mobile/15E148 Safari/604.1", "Chrome on iPhone"),
        (f"{IPAD} {APPLE} FxiOS/140.0 Mobile/15E148 Safari/604.1", "Firefox on iPad"),
        (
            f"{GALAXY} {GOOGLE} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
            "Samsung Internet on Android",
        ),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {GOOGLE} {CHROME}", "Chrome on ChromeOS"),
        (
            f"Mozilla/5.0 (X11; Linux x86_64) {GOOGLE} HeadlessChrome/140.0.0.0 Safari/537.36",
            "Chrome on Linux",
        ),
        ("SomethingNew/1.0 (Windows NT 10.0)", "A browser on Windows"),
        ("curl/8.5.0", "A browser"),
        ("", "A browser"),
        ("<script>alert(1)</script>", "A browser"),
    ],
)
def test_a_browser_is_named_in_words_and_never_guessed(said, words):
    assert agents.browser(said) == words
