"""No module of the core imports another that imports it back, for its types either."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import fairlead.core

HOME = Path(fairlead.core.__file__).parent


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("fairlead.core"):
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def test_the_core_has_an_order():
    modules = {f"fairlead.core.{path.stem}": path for path in HOME.glob("*.py")}
    graph = {name: imports(path) & modules.keys() - {name} for name, path in modules.items()}
    assert sum(map(len, graph.values())) > 100  # or the reading has gone wrong
    assert len(list(TopologicalSorter(graph).static_order())) == len(modules)
