"""The parts of a direction that are asked in sittings: which, and with which words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fairlead.library import load
from fairlead.library.translations import ORIGINAL

if TYPE_CHECKING:
    from fairlead.library.direction import DirectionTexts
    from fairlead.web.direction.models import Sitting

ASKED_HERE: Final = ("why", "values", "energy", "passions", "strengths", "motives", "skills")
"""The sections with a sitting of this kind, in the order of asking; the others have pages of their own."""

INSTRUMENTS: Final = {"motives": "motives", "skills": "two-sides"}
"""The questionnaires behind two of the sections."""


def title_of(section: str) -> str:
    """Give what a part is called on a page."""
    return load.direction_texts().section(section).title


def texts_of(sitting: Sitting) -> DirectionTexts:
    """Give the words in the language of a sitting."""
    language = sitting.language if sitting.language in load.direction_languages() else ORIGINAL
    return load.direction_texts(language)


def instrument_of(sitting: Sitting) -> Any:
    """Give the questionnaire of a sitting in its language, where it is there."""
    name = INSTRUMENTS[sitting.section]
    language = sitting.language if sitting.language in load.languages(name) else ORIGINAL
    return load.instrument(name, language)


def is_current(sitting: Sitting) -> bool:
    """Whether the sitting answers the version that is shipped; another one is asked anew."""
    name = INSTRUMENTS.get(sitting.section)
    return name is None or sitting.version == load.instrument(name).version
