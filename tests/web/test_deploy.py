"""What deploy/ and the documentation promise is what the commands and settings know."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_units_name_commands_that_exist():
    from django.core.management import get_commands

    known = set(get_commands())
    for unit in (ROOT / "deploy").glob("*.service"):
        for line in unit.read_text().splitlines():
            if line.startswith("Exec") and "fairlead-web " in line:
                assert line.split("fairlead-web ")[1].split()[0] in known, unit.name


def test_every_setting_is_in_the_documentation_and_the_other_way_round():
    import re

    source = (ROOT / "src/fairlead/web/settings.py").read_text()
    read = set(re.findall(r'"(FAIRLEAD_[A-Z_]+)"', source))
    page = (ROOT / "docs/run/settings.md").read_text()
    said = set(re.findall(r"FAIRLEAD_[A-Z_]+", page))
    for prefix, rest in re.findall(r"`(FAIRLEAD_[A-Z]+)_[A-Z]+`((?:, `_[A-Z]+`[ ᶠ]*)+)", page):
        said |= {f"{prefix}{part}" for part in re.findall(r"`(_[A-Z]+)`", rest)}
    assert read - said == set(), "say in docs/run/settings.md what these do"
    assert said - read - {"FAIRLEAD_SECRET_KEY_FILE"} == set(), "these are not read any more"
