"""Catalogues of words as tests read them: the text a translator writes, without the tools of gettext."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: what the pages say, and how it is said in the other language, each once or twice."""

    says: tuple[str, ...]
    translated: tuple[str, ...]
    is_unsure: bool


def lines(path: Path) -> Iterator[Line]:
    """Give every entry of a ``.po`` file but its head."""
    for block in path.read_text("utf-8").split("\n\n"):
        found: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if key := re.match(r"(msg(?:id|str)\S*) (?=\")", line):
                name = key[1]
                found[name] = ast.literal_eval(line[key.end() :])
            elif line.startswith('"'):
                found[name] += ast.literal_eval(line)
        if found.get("msgid"):
            says = tuple(found[key] for key in ("msgid", "msgid_plural") if key in found)
            translated = tuple(value for key, value in found.items() if key.startswith("msgstr"))
            yield Line(says, translated, "#, fuzzy" in block)


def said_in_templates(folder: Path) -> Iterator[str]:
    """Give every sentence that a template asks a catalogue for."""
    for path in folder.rglob("*.html"):
        text = path.read_text("utf-8")
        yield from re.findall(r'\{% translate "([^"]*)"', text)
        yield from re.findall(r'\|\w+:_\("([^"]*)"\)', text)
        block = r"\{% blocktranslate([^%]*)%\}(.*?)\{% endblocktranslate %\}"
        for options, inside in re.findall(block, text, re.DOTALL):
            for part in re.split(r"\{% plural %\}", inside):
                words = part if "trimmed" not in options else " ".join(part.split())
                yield re.sub(r"\{\{ (\w+) \}\}", r"%(\1)s", words)


def said_in_code(folder: Path) -> Iterator[str]:
    """Give every sentence that code asks a catalogue for."""
    asks = {"_", "gettext", "gettext_lazy", "gettext_noop"}
    for path in folder.rglob("*.py"):
        text = path.read_text("utf-8")
        if "gettext" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in asks:
                (first, *_) = node.args
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value
