"""Say in plain words what keeps a file from being YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairlead.core.problems import Problem

if TYPE_CHECKING:
    import yaml

_SYNTAX: Final = (
    ("mapping values are not allowed", "A colon stands where it cannot.", "Put text with a colon in quotes."),
    (
        "cannot start any token",
        "This character cannot begin a value.",
        "Use spaces, not tabs; quote such text.",
    ),
    ("found a tab character", "A tab stands in the indentation.", "Use spaces, not tabs."),
    ("could not find expected ':'", "A name without a colon.", "Write “name: value”."),
    ("did not find expected key", "The indentation breaks off here.", "Indent names of one mapping alike."),
    ("expected <block end>", "The indentation breaks off here.", "Indent names of one mapping alike."),
    ("did not find expected '-'", "The indentation breaks off here.", "Indent the dashes of one list alike."),
    ("unexpected end of stream", "A quote is opened and never closed.", "Close the quote."),
    ("found undefined alias", "An alias (*) stands here.", "Write the value out."),
    ("did not find expected ',' or", "A bracket is not closed.", "Close it, with commas between the values."),
)


def syntax_problem(name: str, error: yaml.MarkedYAMLError) -> Problem:
    """Say what breaks the YAML, where, and what would be right."""
    said = str(error.problem or error.context or "it breaks off")
    wrong, right = f"This is not YAML: {said}.", "Check the indentation and the quotes."
    for sign, plain, better in _SYNTAX:
        if sign in said:
            wrong, right = plain, better
            break
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Problem(file=name, wrong=wrong, right=right)
    return Problem(file=name, wrong=wrong, right=right, line=mark.line + 1, column=mark.column + 1)
