"""Gives the browser the colours and fonts that charts and paper use: one source, no copy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

import fairlead.render

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

RENDER = Path(fairlead.render.__file__).parent


class RenderFinder(BaseFinder):
    """Finds ``colours.css`` and the woff2 files of ``fairlead.render``, and nothing else."""

    storage = FileSystemStorage(location=RENDER)
    storage.prefix = "render"  # type: ignore[attr-defined]  # read by collectstatic

    def _names(self) -> list[str]:
        return ["colours.css", *sorted(f"fonts/{file.name}" for file in (RENDER / "fonts").glob("*.woff2"))]

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:
        """Return the file's place, or nothing."""
        name = path.removeprefix("render/")
        if name == path or name not in self._names():
            return []
        place = str(RENDER / name)
        return [place] if find_all else place

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        """Name the files with the storage that holds them."""
        del ignore_patterns
        for name in self._names():
            yield name, self.storage

    def check(self, **_kwargs: Any) -> Any:
        """Find nothing to complain about: the files ship with the package."""
        return []
