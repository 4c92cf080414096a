"""Ways round the import walls that imports cannot show."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import fairlead.web

WEB = Path(fairlead.web.__file__).parent
MANAGERS = {"objects", "_default_manager", "_base_manager"}
FILES = [file for file in WEB.rglob("*.py") if "migrations" not in file.parts]


ASK_THEMSELVES = {
    "access/doors.py": "it is the way to every object",
    "people/account_forms.py": "it makes the address that the account which is signed in waits for",
    "people/linking.py": "who is coming in: nobody is signed in yet whom access could be asked about",
    "people/endings.py": "it ends the other sessions of the account that is signed in",
    "people/browsers.py": "it lists the browsers of the account that is signed in",
}
"""Files that see a request and ask the database, each with its reason."""


def test_nobody_fetches_a_model_by_its_name():
    found = [file.relative_to(WEB).as_posix() for file in FILES if "get_model(" in file.read_text("utf-8")]
    assert found == []


def test_no_view_asks_the_database_itself():
    """A view that holds ``objects`` got a model past access: through a relation or a form."""
    asked = []
    for file in FILES:
        text = file.read_text("utf-8")
        if not {"django.shortcuts", "django.http", "MemberRequest"} & set(re.findall(r"[\w.]+", text)):
            continue  # it sees no request: actions, queries and what they are split into
        if file.relative_to(WEB).as_posix() in ASK_THEMSELVES:
            continue
        asked.extend(
            f"{file.relative_to(WEB)}:{node.lineno}"
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Attribute) and node.attr in MANAGERS
        )
    assert asked == []


def test_the_search_knows_a_view_when_it_sees_one():
    seen = {file.name for file in FILES if "django.shortcuts" in file.read_text("utf-8")}
    assert {"views.py", "sheets.py", "registers.py", "roles.py"} <= seen


def test_nothing_is_marked_safe_outside_templates():
    """Text of people stays text: ``mark_safe`` is for drawings of our own renderer, in one place."""
    found = [file.relative_to(WEB).as_posix() for file in FILES if "mark_safe(" in file.read_text("utf-8")]
    assert found in ([], ["templatetags/audits.py"])


def test_no_drawing_or_text_skips_escaping_in_templates_but_the_two_that_are_ours():
    """``|safe`` is for Django's own help texts and for figures drawn by ``fairlead.render``."""
    allowed = {"field.help_text|safe", "figure.svg|safe"}
    found = set()
    for file in (WEB / "templates").rglob("*.html"):
        for line in file.read_text("utf-8").splitlines():
            for part in line.split("{{")[1:]:
                if "|safe" in part:
                    found.add(part.split("}}")[0].strip())
    assert found - allowed == set()
