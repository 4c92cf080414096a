"""A wrong setting of the organization's sign-in stops the start with one sentence."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

HERE = {"FAIRLEAD_OIDC_ISSUER": "https://login.example.org", "FAIRLEAD_OIDC_CLIENT_ID": "fairlead"}


def run(tmp_path, *command, **given):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("FAIRLEAD_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "fairlead.web.manage", *command],
        env={**kept, "FAIRLEAD_DATA": str(tmp_path), **given},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({**HERE, "FAIRLEAD_OIDC_ISSUER": "http://login.example.org"}, "Write the https:// address"),
        ({**HERE, "FAIRLEAD_OIDC_ISSUER": "login.example.org"}, "Write the https:// address"),
        ({"FAIRLEAD_OIDC_ISSUER": "https://login.example.org"}, "without FAIRLEAD_OIDC_CLIENT_ID"),
        ({"FAIRLEAD_OIDC_ONLY": "1"}, "nobody could sign in"),
        ({**HERE, "FAIRLEAD_OIDC_TRUST": "maybe"}, "Write 1 or 0."),
    ],
)
def test_a_wrong_setting_is_one_sentence_and_no_traceback(tmp_path, given, says):
    refused = run(tmp_path, "check", **given)
    assert refused.returncode == 2
    assert says in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.slow
def test_the_secret_can_stand_in_a_file_and_the_only_door_closes_sign_up(tmp_path):
    secret = tmp_path / "oidc"
    secret.write_text("from a file\n")
    show = (
        "from django.conf import settings as s;"
        "print(s.OIDC_CLIENT_SECRET, s.OIDC_DOMAINS, s.SIGNUP, s.ACCOUNT_SIGNUP_OPEN, sep='|')"
    )
    given = {
        **HERE,
        "FAIRLEAD_OIDC_CLIENT_SECRET_FILE": str(secret),
        "FAIRLEAD_OIDC_DOMAINS": "Example.org, @example.com",
        "FAIRLEAD_OIDC_ONLY": "1",
    }
    said = run(tmp_path, "shell", "--no-imports", "-c", show, **given)
    assert said.stdout.strip() == "from a file|['example.org', 'example.com']|True|False", said.stderr
