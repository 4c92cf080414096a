"""The questionnaires about oneself in German: chosen or preferred, remembered, and scored alike."""

from __future__ import annotations

import html
import re

import pytest
from tests.web.audits.test_questionnaires import begin
from tests.web.english import english_in

from fairlead.library import load
from fairlead.web.asked_in import COOKIE, framed_in, name_of
from fairlead.web.audits.models import AnswerSheet

ENGLISH, GERMAN = load.instrument("rut-check"), load.instrument("rut-check", "de")


def page(member, path, **headers):
    answer = member.browser.get(path, headers=headers)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_english_is_asked_where_nobody_prefers_anything(cast):
    said = page(cast.ada, "/role/questions/rut-check/")
    assert ENGLISH.title in said
    assert '<a href="?lang=de" lang="de" hreflang="de">Deutsch</a>' in said
    assert GERMAN.title not in said


@pytest.mark.parametrize("header", ["de", "de-AT,de;q=0.9,en;q=0.5", "fr;q=0.9,de;q=0.8,en;q=0.1"])
def test_a_browser_that_prefers_german_is_asked_in_german(cast, header):
    said = page(cast.ada, "/role/questions/rut-check/", accept_language=header)
    assert f'<h1 lang="de">{GERMAN.title}</h1>' in said
    assert "Anfangen" in said
    assert '<html lang="en' in said


def test_a_language_that_is_not_there_leaves_english(cast):
    assert ENGLISH.title in page(cast.ada, "/role/questions/rut-check/", accept_language="fr,es;q=0.5")
    assert ENGLISH.title in page(cast.ada, "/role/questions/rut-check/?lang=fr")


def test_what_was_chosen_is_remembered_and_goes_before_the_browser(cast):
    page(cast.ada, "/role/questions/rut-check/?lang=de")
    assert GERMAN.title in page(cast.ada, "/role/questions/rut-check/")
    assert load.instrument("role-audit", "de").title in page(cast.ada, "/role/questions/role-audit/")
    page(cast.ada, "/role/questions/rut-check/?lang=en")
    assert ENGLISH.title in page(cast.ada, "/role/questions/rut-check/", accept_language="de")


def test_the_choice_is_one_person_s_own(cast):
    page(cast.ada, "/role/questions/rut-check/?lang=de")
    assert ENGLISH.title in page(cast.ben, "/role/questions/rut-check/")


def test_every_screen_is_german_throughout(cast):
    page(cast.ada, "/role/questions/rut-check/?lang=de")
    sheet, _ = begin(cast.ada)
    for number, (german, english) in enumerate(zip(GERMAN.sections, ENGLISH.sections, strict=True), start=1):
        said = page(cast.ada, f"/role/answers/{sheet.pk}/{number}/")
        assert f"Seite {number} von {len(GERMAN.sections)}" in said
        assert german.title in said
        assert english_in(said, "de") == []
        for mine, theirs in zip(german.items, english.items, strict=True):
            assert mine.text in said
            assert theirs.text not in said
        assert 'class="questions" lang="de"' in said
    assert "Prozent" in page(cast.ada, f"/role/answers/{sheet.pk}/2/")


def test_changing_the_language_halfway_keeps_what_was_answered_on_the_screen(cast):
    sheet, first = begin(cast.ada)
    item = ENGLISH.sections[0].items[0]
    answer = cast.ada.browser.post(first, {item.id: "3", "go": "lang-de"})
    assert answer["Location"] == first
    said = page(cast.ada, first)
    assert GERMAN.item(item.id).text in said
    assert said.count("checked") == 1
    sheet.refresh_from_db()
    assert sheet.values == {item.id: 3.0}


def test_what_is_wrong_in_a_field_is_told_in_german(cast):
    page(cast.ada, "/role/questions/rut-check/?lang=de")
    sheet, _ = begin(cast.ada)
    answer = cast.ada.browser.post(f"/role/answers/{sheet.pk}/2/", {"loved_now": "140"})
    assert answer.status_code == 422
    assert "kleiner oder gleich 100" in html.unescape(answer.content.decode())


def test_answers_in_german_are_scored_like_those_in_english(cast):
    scores = []
    for language, member in (("en", cast.ada), ("de", cast.ben)):
        page(member, f"/role/questions/rut-check/?lang={language}")
        sheet, _ = begin(member)
        for number, section in enumerate(ENGLISH.sections, start=1):
            said = {item.id: "2" for item in section.items if item.kind in {"choice", "number"}}
            assert member.browser.post(f"/role/answers/{sheet.pk}/{number}/", said).status_code == 302
        review = page(member, f"/role/answers/{sheet.pk}/review/")
        assert ("Alles durchsehen" in review) == (language == "de")
        member.browser.post(f"/role/answers/{sheet.pk}/review/")
        sheet = AnswerSheet.objects.get(owner=member.person)
        assert sheet.finished_at is not None
        result = page(member, f"/role/answers/{sheet.pk}/")
        form = GERMAN if language == "de" else ENGLISH
        assert all(scale.label in result for scale in form.scales)
        scores.append(re.findall(r"<strong>([\d.]+)</strong>", result))
    assert scores[0] == scores[1]
    assert len(scores[0]) == len(ENGLISH.scales)


def test_the_first_page_says_that_nothing_was_measured_yet(cast):
    assert "Reliability: not yet measured." in page(cast.ada, "/role/questions/rut-check/")
    assert "Zuverlässigkeit: noch nicht gemessen." in page(cast.ada, "/role/questions/rut-check/?lang=de")


def test_the_choice_is_kept_by_the_browser_and_by_nothing_here(cast):
    page(cast.ada, "/role/questions/rut-check/")
    before = dict(cast.ada.browser.session)
    answer = cast.ada.browser.get("/role/questions/rut-check/?lang=de")
    cookie = answer.cookies[COOKIE]
    assert (cookie.value, cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (
        "de",
        True,
        "Lax",
        "",
    )
    assert dict(cast.ada.browser.session) == before
    assert COOKIE not in cast.ada.browser.get("/role/questions/rut-check/").cookies


def test_a_browser_that_keeps_nonsense_is_asked_in_english(cast):
    cast.ada.browser.cookies[COOKIE] = "../de"
    assert ENGLISH.title in page(cast.ada, "/role/questions/rut-check/")


def test_the_end_of_asking_says_that_the_result_is_english(cast):
    said = "Das Ergebnis steht auf Englisch da"
    page(cast.ada, "/role/questions/rut-check/?lang=de")
    sheet, _ = begin(cast.ada)
    review = f"/role/answers/{sheet.pk}/review/"
    assert said in page(cast.ada, review)
    assert english_in(page(cast.ada, review), "de") == []
    assert english_in(page(cast.ada, "/role/questions/rut-check/"), "de") == []
    assert "The result is in English" not in page(cast.ada, f"{review}?lang=en")


def test_each_language_of_the_frame_has_a_name_of_its_own():
    assert framed_in() == ("en", "de")
    assert [name_of(language) for language in framed_in()] == ["English", "Deutsch"]
