"""Settings come from the environment, and a production environment passes Django's own check."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ImproperlyConfigured

from fairlead.web.environment import env, envbool, envint, envlist, envsecret

if TYPE_CHECKING:
    from pathlib import Path


def run(*command: str, data: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run fairlead-web in an environment of its own."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("FAIRLEAD_", "DJANGO_"))
    }
    return subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning:fairlead", "-m", "fairlead.web.manage", *command],
        env={**kept, "FAIRLEAD_DATA": str(data), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_production_environment_has_nothing_to_warn_about(tmp_path):
    checked = run(
        "check",
        "--deploy",
        "--fail-level",
        "INFO",
        data=tmp_path,
        FAIRLEAD_URL="https://fairlead.example.org",
    )
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


@pytest.mark.slow
def test_migrations_are_complete(tmp_path):
    checked = run("makemigrations", "--check", "--dry-run", data=tmp_path)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.slow
def test_the_key_is_made_once_and_belongs_to_its_owner_alone(tmp_path):
    show = ("shell", "--no-imports", "-c", "from django.conf import settings; print(settings.SECRET_KEY)")
    first, second = run(*show, data=tmp_path), run(*show, data=tmp_path)
    assert first.stdout == second.stdout
    assert len(first.stdout.strip()) > 60
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0


@pytest.mark.slow
@pytest.mark.parametrize("given", [{}, {"FAIRLEAD_SECRET_KEY": "k" * 60}], ids=["own key", "given key"])
def test_nobody_else_on_the_machine_can_open_the_data(tmp_path, given):
    data = tmp_path / "new" / "data"
    done = run("prepare", data=data, **given)
    assert done.returncode == 0, done.stderr
    assert data.stat().st_mode & 0o777 == 0o700
    assert (data / "fairlead.sqlite3").stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
def test_the_database_is_closed_also_in_a_folder_that_is_open(tmp_path):
    tmp_path.chmod(0o755)
    (tmp_path / "fairlead.sqlite3").touch(mode=0o644)
    done = run("prepare", data=tmp_path)
    assert done.returncode == 0, done.stderr
    for file in tmp_path.glob("fairlead.sqlite3*"):
        assert file.stat().st_mode & 0o777 == 0o600, file.name


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("FAIRLEAD_URL", "fairlead.example.org", "Write an address such as"),
        ("FAIRLEAD_DATABASE", "mysql://x/y", "Write postgresql://"),
        ("FAIRLEAD_SIGNUP", "perhaps", "Write 1 or 0."),
        ("FAIRLEAD_MAIL_PORT", "smtp", "Write a whole number."),
    ],
)
def test_a_wrong_setting_is_one_sentence_and_no_traceback(tmp_path, name, value, says):
    refused = run("check", data=tmp_path, **{name: value})
    assert refused.returncode == 2
    assert says in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.slow
def test_postgresql_by_address_or_by_parts(tmp_path):
    show = (
        "shell",
        "--no-imports",
        "-c",
        "from django.conf import settings; print(settings.DATABASES['default'])",
    )
    whole = run(*show, data=tmp_path, FAIRLEAD_DATABASE="postgresql://ann:p%40ss@db.example:5433/lead")
    assert "'USER': 'ann', 'PASSWORD': 'p@ss', 'HOST': 'db.example', 'PORT': '5433'" in whole.stdout
    secret = tmp_path / "password"
    secret.write_text("from a file\n")
    parts = run(
        *show, data=tmp_path, FAIRLEAD_DATABASE_HOST="db.example", FAIRLEAD_DATABASE_PASSWORD_FILE=str(secret)
    )
    assert "'PASSWORD': 'from a file'" in parts.stdout
    assert "'NAME': 'fairlead'" in parts.stdout


def test_a_secret_can_stand_in_a_file(monkeypatch, tmp_path):
    file = tmp_path / "secret"
    file.write_text(" hidden \n")
    monkeypatch.setenv("FAIRLEAD_X_FILE", str(file))
    assert envsecret("FAIRLEAD_X") == "hidden"
    monkeypatch.setenv("FAIRLEAD_X", "also")
    with pytest.raises(ImproperlyConfigured, match="Keep one of them"):
        envsecret("FAIRLEAD_X")
    monkeypatch.delenv("FAIRLEAD_X")
    monkeypatch.setenv("FAIRLEAD_X_FILE", str(tmp_path / "nothing"))
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        envsecret("FAIRLEAD_X")


def test_words_for_yes_and_no(monkeypatch):
    for text, means in (("1", True), ("YES", True), ("on", True), ("0", False), ("off", False), ("", False)):
        monkeypatch.setenv("FAIRLEAD_X", text)
        assert envbool("FAIRLEAD_X", default=not means) is means
    monkeypatch.delenv("FAIRLEAD_X")
    assert envbool("FAIRLEAD_X", default=True) is True
    assert (env("FAIRLEAD_X", "d"), envint("FAIRLEAD_X", 7), envlist("FAIRLEAD_X", "a, b,")) == (
        "d",
        7,
        ["a", "b"],
    )
