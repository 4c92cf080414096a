"""What is wrong with an input, said once: file, line, column, what would be right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong in one file.

    ``line`` and ``column`` count from 1 and are ``None`` where the whole file is meant; ``wrong``
    and ``right`` are sentences: what was found, and what would be right.
    """

    file: str
    wrong: str
    right: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f", line {self.line}"
        if self.column is not None:
            place += f", column {self.column}"
        return f"{place}: {self.wrong} {self.right}".rstrip()


class BadInput(Exception):  # noqa: N818 - named for what it means to a person
    """A file that cannot be read as asked; carries every problem found, the worst first."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
