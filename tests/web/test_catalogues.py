"""The words around questions in other languages: complete, sure, alike in both files, and polite."""

from __future__ import annotations

import gettext
import re
import string
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from tests.web.catalogue import lines, said_in_code, said_in_templates

import fairlead
from fairlead.core import comment_marks
from fairlead.web.asked_in import framed_in
from fairlead.web.feedback import answer_words

PACKAGE = Path(fairlead.__file__).parent
LANGUAGES = framed_in()[1:]
FOLDERS = {name: Path(settings.LOCALE_PATHS[0]) / name / "LC_MESSAGES" for name in LANGUAGES}
WRITTEN = {name: tuple(lines(folder / "django.po")) for name, folder in FOLDERS.items()}


@cache
def asked_for() -> frozenset[str]:
    return frozenset({*said_in_templates(PACKAGE / "web" / "templates"), *said_in_code(PACKAGE)})


def places(text: str) -> list[str]:
    named = [name for _, name, _, _ in string.Formatter().parse(text.replace("%", "%%")) if name]
    return sorted([*named, *re.findall(r"%\(\w+\)s", text)])


def test_german_is_there_and_every_catalogue_was_compiled():
    assert "de" in LANGUAGES
    written = {path.parent.parent.name for path in Path(settings.LOCALE_PATHS[0]).glob("*/*/django.po")}
    assert written == set(LANGUAGES)


@pytest.mark.parametrize("name", LANGUAGES)
def test_what_is_read_is_what_was_written(name):
    """``.mo`` is what runs and ``.po`` is what people write: both hold the same, no more and no less."""
    with (FOLDERS[name] / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    written: dict[object, str] = {}
    for line in WRITTEN[name]:
        if len(line.says) == 1:
            written[line.says[0]] = line.translated[0]
        else:
            written |= {(line.says[0], at): words for at, words in enumerate(line.translated)}
    assert {key: words for key, words in compiled.items() if key} == written


@pytest.mark.parametrize("name", LANGUAGES)
def test_everything_that_pages_ask_for_is_translated_and_nothing_else(name):
    written = {words for line in WRITTEN[name] for words in line.says}
    assert asked_for() - written == set(), "run makemessages, translate, run compilemessages"
    assert written - asked_for() == set(), "no page says this any more"
    assert not [line for line in WRITTEN[name] if line.is_unsure or not all(line.translated)]


@pytest.mark.parametrize("name", LANGUAGES)
def test_places_for_names_numbers_and_days_are_the_same_in_each_sentence(name):
    for line in WRITTEN[name]:
        for words in line.translated:
            assert places(words) in [places(one) for one in line.says], words
            assert re.findall(r"<[^>]*>", words) == re.findall(r"<[^>]*>", line.says[0])


def test_german_frames_are_polite_and_plain():
    for line in WRITTEN["de"]:
        for words in line.translated:
            assert "!" not in words
            assert "  " not in words
            assert not re.search(r"\b([Dd]u|[Dd]ein\w*|[Dd]ich|[Dd]ir|[Ee]uch|[Ee]uer)\b", words), words
            assert not re.search(r"\w+[*:_]innen", words), words


def test_every_reason_of_a_mark_in_a_comment_has_its_words():
    reasons = {
        value
        for name, value in vars(comment_marks).items()
        if name.isupper() and isinstance(value, str) and value.endswith(".")
    }
    assert len(reasons) > 10
    assert set(answer_words.WHYS) == reasons


def test_the_site_itself_stays_english():
    """Only what stands around questions is translated; dates, messages and rooms do not follow a browser."""
    assert [code for code, _ in settings.LANGUAGES] == ["en-gb"]
    with translation.override("de"):
        assert translation.gettext("Next") == "Weiter"
    assert translation.gettext("Next") == "Next"
