"""Find, read and check the YAML files that Fairlead ships and that people write themselves."""

from __future__ import annotations

import json
from difflib import get_close_matches
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError

from fairlead.core.problems import BadInput
from fairlead.library.conversation import Conversation, ConversationFile
from fairlead.library.crosschecks import mirror_misfits
from fairlead.library.direction import ActivityFile, BurdenFile, ChoiceFile, DirectionTexts, QuestionFile
from fairlead.library.framework_file import FrameworkFile
from fairlead.library.handbook_page import HandbookFile, HandbookPage
from fairlead.library.practice import SKILLS, Practice, PracticePage
from fairlead.library.schema import Asks, Instrument, Research
from fairlead.library.strict_yaml import Document as Document  # noqa: PLC0414 - known by this module's name
from fairlead.library.strict_yaml import read_yaml as read_yaml  # noqa: PLC0414 - as above
from fairlead.library.track_library import TrackFile
from fairlead.library.track_library import profiles as track_profiles
from fairlead.library.translations import ORIGINAL, check_head, texts, translated
from fairlead.library.wording import placed_problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairlead.core.tracks import TrackProfile

Original: TypeAlias = (
    Instrument | QuestionFile | ChoiceFile | BurdenFile | ActivityFile | TrackFile | FrameworkFile
)
"""Every kind of file that has words to translate, and a version."""

Model = TypeVar("Model", bound=BaseModel)
Versioned = TypeVar("Versioned", bound=Original)


def validate(model: type[Model], document: Document) -> Model:
    """Build the model from the document, or raise :class:`BadInput` with every problem placed."""
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        found = placed_problems(model, error, document.problem)
    found.sort(key=lambda problem: (problem.line or 0, problem.column or 0))
    raise BadInput(*found)


@cache
def shipped(path: str) -> Document:
    """Read a YAML file of the library by its path inside it, e.g. ``"rules/kinds.yaml"``."""
    return read_yaml(path.rpartition("/")[2], _resource(path))


def _resource(path: str) -> bytes:
    return resources.files("fairlead.library").joinpath(path).read_bytes()


@cache
def instrument(instrument_id: str, language: str = ORIGINAL) -> Instrument:
    """Give a shipped instrument by its id; ``KeyError`` if there is none of that id or language.

    Ids, version, order and scoring are the same in every language; only the words differ.
    """
    original = read_instrument(_instrument_document(instrument_id))
    path = f"instruments/{instrument_id}"
    return original if language == ORIGINAL else _translated(original, path, instrument_id, language)


def languages(instrument_id: str) -> tuple[str, ...]:
    """Give the languages that a shipped instrument can be answered in, the original first."""
    _instrument_document(instrument_id)
    return file_languages("instruments", instrument_id)


@cache
def file_languages(folder: str, name: str) -> tuple[str, ...]:
    """Give the languages of a library file: the original, and those that have a file beside it."""
    beside = (one.partition(".") for one in _all_names(folder))
    return (ORIGINAL, *sorted(language for stem, _, language in beside if stem == name and language))


@cache
def direction_texts(language: str = ORIGINAL) -> DirectionTexts:
    """Give every word that direction asks with; ``KeyError`` if there is no such language."""
    questions = shipped_in(QuestionFile, "direction/questions", language)
    choices = shipped_in(ChoiceFile, "direction/choices", language)
    burdens = shipped_in(BurdenFile, "direction/burdens", language)
    activities = shipped_in(ActivityFile, "direction/activities", language)
    return DirectionTexts(
        language=language,
        sections=questions.sections,
        choices=MappingProxyType({one.id: one.options for one in choices.choices}),
        scales=MappingProxyType({one.id: one.answers for one in choices.scales}),
        burdens=burdens.burdens,
        talk=burdens.talk,
        groups=activities.groups,
        attribution=activities.attribution,
        research=MappingProxyType({**questions.research, **choices.research, **burdens.research}),
    )


@cache
def tracks(language: str = ORIGINAL) -> tuple[TrackProfile, ...]:
    """Give the five tracks in their fixed order; ``KeyError`` if there is no such language."""
    file = shipped_in(TrackFile, "tracks/tracks", language)
    return track_profiles(file, json.loads(_resource("tracks/derived.json")))


@cache
def track_file(language: str = ORIGINAL) -> TrackFile:
    """Give the tracks as they are written, with rows and research."""
    return shipped_in(TrackFile, "tracks/tracks", language)


def direction_languages() -> tuple[str, ...]:
    """Give the languages that direction can be asked in, the original first."""
    return file_languages("direction", "questions")


def shipped_in(model: type[Versioned], path: str, language: str) -> Versioned:
    """Read a file of the library by its path without ending, in a language; ``KeyError`` without it."""
    original = validate(model, shipped(f"{path}.yaml"))
    return original if language == ORIGINAL else _translated(original, path, path, language)


def _translated(original: Versioned, path: str, name: str, language: str) -> Versioned:
    folder, _, stem = path.rpartition("/")
    if language not in file_languages(folder, stem):
        raise KeyError(language)
    document = shipped(f"{path}.{language}.yaml")
    check_head(document, name, original.version)
    return translated(original, document)


def read_instrument(document: Document) -> Instrument:
    """Check an instrument, and beside the shipped one that it mirrors; ``BadInput`` places every problem."""
    found = validate(Instrument, document)
    if found.mirrors is None:
        return found
    known = instruments(Asks.SELF)
    if found.mirrors not in known:
        wrong = f"There is no shipped instrument “{found.mirrors}” that people answer about themselves."
        raise BadInput(document.problem(("mirrors",), wrong, f"Known: {', '.join(known)}."))
    misfits = mirror_misfits(found, instrument(found.mirrors))
    if problems := [document.problem(*misfit) for misfit in misfits]:
        raise BadInput(*sorted(problems, key=lambda problem: (problem.line or 0, problem.column or 0)))
    return found


def read_translation(document: Document, own: Mapping[str, Instrument] | None = None) -> int:
    """Check a translation beside what it translates and give the number of its texts.

    It translates an instrument, shipped or among ``own``, or another file of the library that has
    words; :class:`BadInput` places every problem.
    """
    said = document.value if isinstance(document.value, dict) else {}
    wanted = str(said.get("translates", ""))
    originals = _originals()
    known = [*instruments(), *(own or {}), *originals]
    if wanted in (own or {}):
        original: Original = (own or {})[wanted]
    elif wanted in originals:
        original = validate(originals[wanted], shipped(f"{wanted}.yaml"))
    elif wanted in instruments():
        original = instrument(wanted)
    else:
        near = get_close_matches(wanted, known, n=1)
        right = f"Did you mean “{near[0]}”?" if near else f"Known: {', '.join(known)}."
        raise BadInput(document.problem(("translates",), f"There is nothing called “{wanted}”.", right))
    check_head(document, wanted, original.version)
    translated(original, document)
    return len(texts(original))


def _originals() -> dict[str, type[Original]]:
    return {
        "direction/questions": QuestionFile,
        "direction/choices": ChoiceFile,
        "direction/burdens": BurdenFile,
        "direction/activities": ActivityFile,
        "tracks/tracks": TrackFile,
        **{f"frameworks/{name}": FrameworkFile for name in _names("frameworks")},
    }


def instrument_digest(instrument_id: str) -> str:
    """Give the SHA-256 of a shipped instrument's file, as it is stored beside answers."""
    return _instrument_document(instrument_id).sha256


def instrument_text(instrument_id: str) -> str:
    """Give the text of a shipped instrument's file; encoded as UTF-8 it has the digest."""
    _instrument_document(instrument_id)
    return _resource(f"instruments/{instrument_id}.yaml").decode()


@cache
def instruments(*asks: Asks) -> tuple[str, ...]:
    """Give the ids of the shipped instruments: all of them, or those that are asked of these people."""
    found = _names("instruments")
    return tuple(name for name in found if _asks(name) in asks) if asks else found


def _asks(instrument_id: str) -> str:
    """Whom it is asked of, from its file alone: who mirrors another is checked with the help of this."""
    said = _instrument_document(instrument_id).value
    return str(said.get("asks", Asks.SELF)) if isinstance(said, dict) else ""


def _instrument_document(instrument_id: str) -> Document:
    if instrument_id not in instruments():
        raise KeyError(instrument_id)
    return shipped(f"instruments/{instrument_id}.yaml")


def conversations() -> Mapping[str, Conversation]:
    """Give the conversation guides by the scale they go with, and ``ASK_OPENLY``."""
    return MappingProxyType({one.id: one for file in _conversation_files() for one in file.conversations})


def conversation_research() -> Mapping[str, Research]:
    """Give the publications that the conversation guides lean on, by key."""
    return MappingProxyType(
        {key: one for file in _conversation_files() for key, one in file.research.items()}
    )


@cache
def _conversation_files() -> tuple[ConversationFile, ...]:
    found = _names("conversations")
    return tuple(validate(ConversationFile, shipped(f"conversations/{name}.yaml")) for name in found)


@cache
def practices() -> Mapping[str, PracticePage]:
    """Give the page of practices of each skill, by its word, in the order of ``SKILLS``."""
    found = {name: read_practices(shipped(f"practices/{name}.yaml")) for name in _names("practices")}
    return MappingProxyType({skill: found[skill] for skill in SKILLS if skill in found})


@cache
def practice(practice_id: str) -> Practice:
    """Give one practice by its id; ``KeyError`` if there is none of that id."""
    return {one.id: one for page in practices().values() for one in page.practices}[practice_id]


def read_practices(document: Document) -> PracticePage:
    """Check a page of practices, and that the questionnaire asks what it names; problems are placed."""
    page = validate(PracticePage, document)
    known = {item.id for item in instrument(page.instrument).items}
    problems = [
        document.problem(("items", i), f"“{item}” is no item of {page.instrument}.", "Name one that it asks.")
        for i, item in enumerate(page.items)
        if item not in known
    ]
    if problems:
        raise BadInput(*problems)
    return page


@cache
def handbook() -> Mapping[str, HandbookPage]:
    """Give the pages of the handbook by id, in the order of their titles."""
    pages = [page for file in _handbook_files() for page in file.pages]
    return MappingProxyType({page.id: page for page in sorted(pages, key=lambda page: page.title.casefold())})


@cache
def handbook_words() -> Mapping[str, str]:
    """Give the id of the page that explains each word of code and data."""
    return MappingProxyType(
        {word: page.id for page in handbook().values() for word in (page.id, *page.words)}
    )


@cache
def handbook_research() -> Mapping[str, Research]:
    """Give the publications that the handbook leans on, by key."""
    return MappingProxyType({key: one for file in _handbook_files() for key, one in file.research.items()})


@cache
def _handbook_files() -> tuple[HandbookFile, ...]:
    return tuple(validate(HandbookFile, shipped(f"handbook/{name}.yaml")) for name in _names("handbook"))


def _names(folder: str) -> tuple[str, ...]:
    """Names, without their endings, of the YAML files in a folder of the library."""
    return tuple(name for name in _all_names(folder) if "." not in name)


def _all_names(folder: str) -> tuple[str, ...]:
    """Names as above, with those of translations, which end in a dot and their language."""
    names = (entry.name for entry in resources.files("fairlead.library").joinpath(folder).iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))
