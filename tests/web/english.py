"""Which English words stand in the part of a page that says it is in another language."""

from __future__ import annotations

import re
from html.parser import HTMLParser

ENGLISH = re.compile(
    r"\b(the|and|you|your|what|which|of|with|that|this|are|not|next|back|answer|answers|on|it|to|for|is|"
    r"screen|minutes|before|nothing|until|only)\b",
    re.IGNORECASE,
)
VOID = frozenset({"input", "br", "img", "meta", "link", "hr", "wbr", "line", "source"})


class _Reader(HTMLParser):
    def __init__(self, language: str) -> None:
        super().__init__()
        self.language, self.open, self.found = language, [("", "")], list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag not in VOID:
            self.open.append((tag, said.get("lang") or self.open[-1][1]))
        for name in (
            "aria-label",
            "title",
            "placeholder",
            *(key for key in said if key.startswith("data-says")),
        ):
            self.handle_data(said.get(name) or "")

    def handle_endtag(self, tag: str) -> None:
        while len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open[-1][1] == self.language and self.open[-1][0] not in {"script", "style", "code"}:
            self.found.append(data)


def words_in(page: str, language: str) -> str:
    """Give what a page says in a language, as its ``lang`` attributes tell it."""
    reader = _Reader(language)
    reader.feed(page)
    return " ".join(" ".join(reader.found).split())


def english_in(page: str, language: str) -> list[str]:
    """Give English words that stand where a page says that it speaks another language."""
    return ENGLISH.findall(words_in(page, language))
