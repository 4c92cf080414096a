"""My direction asked in German: frame and questions alike, from the first page to the look over all."""

from __future__ import annotations

import re

import pytest
from django.utils import translation
from tests.web.english import english_in, words_in

from fairlead.core.work import Competency, Kind, label
from fairlead.library import load
from fairlead.web.asked_in import COOKIE
from fairlead.web.direction import asked_words, parts
from fairlead.web.direction.models import Sitting

GERMAN = {"HTTP_ACCEPT_LANGUAGE": "de"}


def begun(member, section):
    member.browser.post(f"/direction/part/{section}/", {"language": "de"})
    return Sitting.objects.get(owner=member.person, section=section, finished_at=None)


def page(member, path):
    answer = member.browser.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.parametrize("section", parts.ASKED_HERE)
def test_every_screen_of_every_part_is_german_throughout(cast, section):
    cast.ada.browser.defaults.update(GERMAN)
    first = page(cast.ada, f"/direction/part/{section}/")
    sitting = begun(cast.ada, section)
    pages = [
        first,
        page(cast.ada, f"/direction/part/{section}/"),
        page(cast.ada, f"/direction/sitting/{sitting.pk}/1/"),
    ]
    number = 2
    while (answer := cast.ada.browser.get(f"/direction/sitting/{sitting.pk}/{number}/")).status_code == 200:
        pages.append(answer.content.decode())
        number += 1
    pages.append(page(cast.ada, f"/direction/sitting/{sitting.pk}/review/"))
    for said in pages:
        assert '<html lang="en"' in said
        assert len(words_in(said, "de").split()) > 8
        assert english_in(said, "de") == []


def test_what_is_wrong_is_told_in_german(cast):
    sitting = begun(cast.ada, "values")
    answer = cast.ada.browser.post(f"/direction/sitting/{sitting.pk}/1/", {"set": "0"})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Noch nicht abgesendet, und nichts ist verloren." in said
    assert "Wählen Sie eines von den dreien." in said
    assert english_in(said, "de") == []


def test_what_was_answered_is_said_in_german_and_stored_in_no_language(cast):
    for member, language in ((cast.ada, "de"), (cast.ben, "en")):
        member.browser.post("/direction/part/values/", {"language": language})
        sitting = Sitting.objects.get(owner=member.person, section="values", finished_at=None)
        screen = f"/direction/sitting/{sitting.pk}/1/"
        offered = re.findall(r'name="most" value="(\w+)"', page(member, screen))
        member.browser.post(screen, {"set": "0", "most": offered[0], "least": offered[1]})
        said = page(member, f"/direction/sitting/{sitting.pk}/review/")
        assert (", dann " in said) == (language == "de")
    german, english = (
        Sitting.objects.get(owner=member.person, section="values").content for member in (cast.ada, cast.ben)
    )
    assert german == english


def test_the_first_page_follows_the_browser_then_what_was_chosen_then_the_last_sitting(cast):
    path = "/direction/part/why/"
    assert "Anfangen" not in page(cast.ada, path)
    cast.ada.browser.defaults.update(GERMAN)
    assert "Anfangen" in page(cast.ada, path)
    cast.ada.browser.cookies[COOKIE] = "en"
    assert "Anfangen" not in page(cast.ada, path)
    del cast.ada.browser.cookies[COOKIE]
    cast.ada.browser.defaults.clear()
    begun(cast.ada, "skills")
    assert "Anfangen" in page(cast.ada, path)


def test_tasks_are_called_as_the_role_audit_calls_them():
    named = {label(one) for one in (*Competency, Kind.DOING, Kind.FIREFIGHTING)}
    assert set(asked_words.TASKS) == named
    english, german = (load.instrument("role-audit", language).scales for language in ("en", "de"))
    with translation.override("de"):
        for mine, theirs in zip(german, english, strict=True):
            if theirs.label in named:
                assert translation.gettext(theirs.label) == mine.label
