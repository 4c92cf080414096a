"""Criteria in the language in which somebody is asked; what is signed stays as it was signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairlead.library import framework as library
from fairlead.web import asked_in

if TYPE_CHECKING:
    from django.http import HttpRequest

    from fairlead.core.framework import Framework
    from fairlead.web.asked_in import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A framework with the words of one language, and the others to choose from."""

    framework: Framework
    asked: Asked
    is_translated: bool


def spoken(request: HttpRequest, framework: Framework) -> Spoken:
    """Give a framework in the chosen language, where it has the words that ship; else in its own."""
    how = asked_in.asked(request, library.languages_of(framework))
    said = library.in_language(framework, how.language)
    return Spoken(framework=said, asked=how, is_translated=said.language != framework.language)
