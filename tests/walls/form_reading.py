"""What a page's forms do before anything is sent: nothing. The server reads, and keeps what was typed."""

from __future__ import annotations

from html.parser import HTMLParser

TYPED = {
    "text",
    "search",
    "email",
    "url",
    "number",
    "date",
    "time",
    "datetime-local",
    "password",
    "tel",
    "file",
}


class Forms(HTMLParser):
    """Collects fields that a browser cuts in silence, and forms in which it speaks instead of the house."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: dict[str, str | None] | None = None
        self._told = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "form":
            self._open, self._told = said, False
        if tag not in {"input", "textarea", "select"} or said.get("type") == "hidden":
            return
        if (
            "maxlength" in said and said.get("type") != "search"
        ):  # what is looked for stands there as it was cut
            self.found.append(f"<{tag} name={said.get('name')!r} maxlength>")
        if (
            self._open is not None
            and "novalidate" not in self._open
            and not self._told
            and checked(tag, said)
        ):
            self._told = True
            self.found.append(f"<form action={self._open.get('action')!r}> without novalidate")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


def checked(tag: str, said: dict[str, str | None]) -> bool:
    """Whether a browser would look at what is in this field before it sends it."""
    bounds = {"required", "pattern", "min", "max", "minlength", "step"} & set(said)
    return bool(bounds) or (tag == "input" and said.get("type") in {"email", "url", "number", "date", "time"})
