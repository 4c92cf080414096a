"""Nobody but the release makes a ``Released``, and nobody reaches for its seal."""

import ast
import re
from pathlib import Path

import fairlead

SOURCE = Path(fairlead.__file__).parent
HOME = SOURCE / "core" / "disclosure.py"


def makers(text):
    """Give the lines that make a ``Released``, copy one with changes, or name its seal."""
    tree = ast.parse(text)
    names = {"Released"} | {
        alias.asname
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name == "Released" and alias.asname
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            sealed = called == "replace" and any(word.arg == "seal" for word in node.keywords)
            if called in names or sealed:
                found.append(node.lineno)
            if called == "__new__" and any(getattr(one, "id", "") in names for one in node.args):
                found.append(node.lineno)
        word = getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "name", None)
        if word == "_SEAL" and hasattr(node, "lineno"):
            found.append(node.lineno)
        if isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") in names for base in node.bases):
            found.append(node.lineno)
    return found


def test_no_module_but_the_release_makes_a_released():
    found = {
        file.relative_to(SOURCE).as_posix(): lines
        for file in SOURCE.rglob("*.py")
        if file != HOME and (lines := makers(file.read_text("utf-8")))
    }
    assert found == {}


def test_no_module_but_its_release_makes_released_figures_of_impact():
    home = SOURCE / "core" / "impact_release.py"
    words = re.compile(r"ReleasedImpact\(|_HALLMARK")
    assert len(words.findall(home.read_text("utf-8"))) >= 3
    others = [file for file in SOURCE.rglob("*.py") if file != home and words.search(file.read_text("utf-8"))]
    assert others == []


def test_the_search_sees_every_way_round():
    assert makers(HOME.read_text("utf-8"))
    for planted in [
        "from fairlead.core.disclosure import Released\nReleased(k=1)",
        "from fairlead.core.disclosure import Released as R\nR(k=1)",
        "from fairlead.core import disclosure\ndisclosure.Released(k=1)",
        "from fairlead.core import disclosure\nx = disclosure._SEAL",
        "from fairlead.core.disclosure import _SEAL",
        "dataclasses.replace(found, cells=(), seal=x)",
        "object.__new__(Released)",
        "class Mine(Released): pass",
    ]:
        assert makers(planted), planted
    assert makers("from fairlead.core.disclosure import Released\ndef page(found: Released): ...") == []
